# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.axes import Axis
from zarr_spaces.model import add_extra, free

_new = object.__new__


_AXIS = frozenset(("name", "type", "discrete", "unit", "longName",))


def load_axis(data: Mapping[str, Any]) -> Axis:
    """Build a `Axis` from its JSON object, which must have passed the schema."""
    obj = _new(Axis)
    obj.name = data["name"]
    obj.type = data.get("type")
    obj.discrete = data.get("discrete")
    obj.unit = data.get("unit")
    obj.long_name = data.get("longName")
    obj.extra = {} if data.keys() <= _AXIS else {k: free(v) for k, v in data.items() if k not in _AXIS}
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
