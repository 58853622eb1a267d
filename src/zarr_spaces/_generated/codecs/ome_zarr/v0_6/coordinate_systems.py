# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.coordinate_systems import CoordinateSystem
from zarr_spaces._generated.codecs.ome_zarr.v0_6.axes import dump_axis, load_axis
from zarr_spaces.model import add_extra, free_members, text

_new = object.__new__


_COORDINATE_SYSTEM = frozenset(("name", "axes",))


def load_coordinate_system(data: Mapping[str, Any]) -> CoordinateSystem:
    """Build a `CoordinateSystem` from its JSON object."""
    obj = _new(CoordinateSystem)
    obj.name = v if (v := data["name"]).isascii() else text(v)
    obj.axes = [load_axis(v) for v in data["axes"]]
    if len(data) != 2:
        obj.extra = free_members(data, _COORDINATE_SYSTEM)
    return obj


def dump_coordinate_system(obj: CoordinateSystem) -> dict[str, Any]:
    """Write a `CoordinateSystem` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "name": obj.name,
        "axes": [dump_axis(v) for v in obj.axes],
    }
    if obj.extra:
        add_extra(out, obj.extra, _COORDINATE_SYSTEM)
    return out
