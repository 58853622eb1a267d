# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.scene import Scene
from zarr_spaces._generated.codecs.ome_zarr.v0_6.coordinate_systems import dump_coordinate_system, load_coordinate_system
from zarr_spaces._generated.codecs.ome_zarr.v0_6.transformations import dump_transformation, load_transformation
from zarr_spaces.model import ROOM, TooDeep, add_extra, free_members

_new = object.__new__


_SCENE = frozenset(("coordinateSystems", "coordinateTransformations",))


def load_scene(data: Mapping[str, Any], room: int = ROOM) -> Scene:
    """Build a `Scene` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Scene)
    obj.coordinate_transformations = [load_transformation(v, room - 1) for v in data["coordinateTransformations"]]
    if len(data) == 1:
        obj.coordinate_systems = None
        return obj
    count = 1
    value = data.get("coordinateSystems")
    if value is None:
        obj.coordinate_systems = None
    else:
        obj.coordinate_systems = [load_coordinate_system(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _SCENE)
    return obj


def dump_scene(obj: Scene) -> dict[str, Any]:
    """Write a `Scene` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "coordinateTransformations": [dump_transformation(v) for v in obj.coordinate_transformations],
    }
    if obj.coordinate_systems is not None:
        out["coordinateSystems"] = [dump_coordinate_system(v) for v in obj.coordinate_systems]
    if obj.extra:
        add_extra(out, obj.extra, _SCENE)
    return out
