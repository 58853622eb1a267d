# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.scene import Scene
from zarr_spaces._generated.codecs.ome_zarr.v0_6.coordinate_systems import dump_coordinate_system, load_coordinate_system
from zarr_spaces._generated.codecs.ome_zarr.v0_6.transformations import dump_transformation, load_transformation
from zarr_spaces.model import add_extra, free

_new = object.__new__


_SCENE = frozenset(("coordinateSystems", "coordinateTransformations",))


def load_scene(data: Mapping[str, Any]) -> Scene:
    """Build a `Scene` from its JSON object, which must have passed the schema."""
    obj = _new(Scene)
    obj.coordinate_transformations = [load_transformation(v) for v in data["coordinateTransformations"]]
    value = data.get("coordinateSystems")
    obj.coordinate_systems = None if value is None else [load_coordinate_system(v) for v in value]
    obj.extra = {} if data.keys() <= _SCENE else {k: free(v) for k, v in data.items() if k not in _SCENE}
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
