# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.multiscales import Dataset, LevelTransformation, Multiscale
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Identity, Scale, Sequence
from zarr_spaces._generated.codecs.ome_zarr.v0_6.coordinate_systems import dump_coordinate_system, load_coordinate_system
from zarr_spaces._generated.codecs.ome_zarr.v0_6.transformations import dump_identity, dump_scale, dump_sequence, dump_transformation, load_identity, load_scale, load_sequence, load_transformation
from zarr_spaces.model import ROOM, TooDeep, add_extra, free, free_members, text

_new = object.__new__


_MULTISCALE = frozenset(("name", "type", "metadata", "coordinateSystems", "datasets", "coordinateTransformations",))


def load_multiscale(data: Mapping[str, Any], room: int = ROOM) -> Multiscale:
    """Build a `Multiscale` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Multiscale)
    obj.coordinate_systems = [load_coordinate_system(v) for v in data["coordinateSystems"]]
    obj.datasets = [load_dataset(v, room) for v in data["datasets"]]
    if len(data) == 2:
        obj.name = obj.type = obj.metadata = obj.coordinate_transformations = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("type")
    if value is None:
        obj.type = None
    else:
        obj.type = value if value.isascii() else text(value)
        count += 1
    value = data.get("metadata")
    if value is None:
        obj.metadata = None
    else:
        obj.metadata = free(value)
        count += 1
    value = data.get("coordinateTransformations")
    if value is None:
        obj.coordinate_transformations = None
    else:
        obj.coordinate_transformations = [load_transformation(v, room - 1) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _MULTISCALE)
    return obj


def dump_multiscale(obj: Multiscale) -> dict[str, Any]:
    """Write a `Multiscale` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "coordinateSystems": [dump_coordinate_system(v) for v in obj.coordinate_systems],
        "datasets": [dump_dataset(v) for v in obj.datasets],
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.type is not None:
        out["type"] = obj.type
    if obj.metadata is not None:
        out["metadata"] = dict(obj.metadata)
    if obj.coordinate_transformations is not None:
        out["coordinateTransformations"] = [dump_transformation(v) for v in obj.coordinate_transformations]
    if obj.extra:
        add_extra(out, obj.extra, _MULTISCALE)
    return out


_DATASET = frozenset(("path", "coordinateTransformations",))


def load_dataset(data: Mapping[str, Any], room: int = ROOM) -> Dataset:
    """Build a `Dataset` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Dataset)
    obj.path = v if (v := data["path"]).isascii() else text(v)
    obj.coordinate_transformations = [_LOAD_LEVEL_TRANSFORMATION[v["type"]](v, room - 1) for v in data["coordinateTransformations"]]
    if len(data) != 2:
        obj.extra = free_members(data, _DATASET)
    return obj


def dump_dataset(obj: Dataset) -> dict[str, Any]:
    """Write a `Dataset` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "path": obj.path,
        "coordinateTransformations": [dump_level_transformation(v) for v in obj.coordinate_transformations],
    }
    if obj.extra:
        add_extra(out, obj.extra, _DATASET)
    return out


def load_level_transformation(data: Mapping[str, Any], room: int = ROOM) -> LevelTransformation:
    """Build the `LevelTransformation` that the member type names."""
    return _LOAD_LEVEL_TRANSFORMATION[data["type"]](data, room)


def dump_level_transformation(obj: LevelTransformation) -> dict[str, Any]:
    """Write a `LevelTransformation` as a JSON object."""
    return _DUMP_LEVEL_TRANSFORMATION[type(obj)](obj)



_LOAD_LEVEL_TRANSFORMATION: dict[str, Callable[..., LevelTransformation]] = {
    "identity": load_identity,
    "scale": load_scale,
    "sequence": load_sequence,
}
_DUMP_LEVEL_TRANSFORMATION: dict[type, Callable[[Any], dict[str, Any]]] = {
    Identity: dump_identity,
    Scale: dump_scale,
    Sequence: dump_sequence,
}
