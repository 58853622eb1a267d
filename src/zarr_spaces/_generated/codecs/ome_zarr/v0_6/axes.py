# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.axes import Axis
from zarr_spaces.model import add_extra, free_members, text

_new = object.__new__


_AXIS = frozenset(("name", "type", "discrete", "unit", "longName",))


def load_axis(data: Mapping[str, Any]) -> Axis:
    """Build a `Axis` from its JSON object."""
    obj = _new(Axis)
    obj.name = v if (v := data["name"]).isascii() else text(v)
    if len(data) == 1:
        obj.type = obj.discrete = obj.unit = obj.long_name = None
        return obj
    count = 1
    value = data.get("type")
    if value is None:
        obj.type = None
    else:
        obj.type = value if value.isascii() else text(value)
        count += 1
    value = data.get("discrete")
    if value is None:
        obj.discrete = None
    else:
        obj.discrete = value
        count += 1
    value = data.get("unit")
    if value is None:
        obj.unit = None
    else:
        obj.unit = value if value.isascii() else text(value)
        count += 1
    value = data.get("longName")
    if value is None:
        obj.long_name = None
    else:
        obj.long_name = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _AXIS)
    return obj


def dump_axis(obj: Axis) -> dict[str, Any]:
    """Write a `Axis` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "name": obj.name,
    }
    if obj.type is not None:
        out["type"] = obj.type
    if obj.discrete is not None:
        out["discrete"] = obj.discrete
    if obj.unit is not None:
        out["unit"] = obj.unit
    if obj.long_name is not None:
        out["longName"] = obj.long_name
    if obj.extra:
        add_extra(out, obj.extra, _AXIS)
    return out
