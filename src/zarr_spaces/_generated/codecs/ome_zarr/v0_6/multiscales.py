# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.multiscales import Dataset, Multiscale
from zarr_spaces._generated.codecs.ome_zarr.v0_6.coordinate_systems import dump_coordinate_system, load_coordinate_system
from zarr_spaces._generated.codecs.ome_zarr.v0_6.transformations import dump_transformation, load_transformation
from zarr_spaces.model import add_extra, free

_new = object.__new__


_MULTISCALE = frozenset(("name", "type", "metadata", "coordinateSystems", "datasets", "coordinateTransformations",))


def load_multiscale(data: Mapping[str, Any]) -> Multiscale:
    """Build a `Multiscale` from its JSON object, which must have passed the schema."""
    obj = _new(Multiscale)
    obj.coordinate_systems = [load_coordinate_system(v) for v in data["coordinateSystems"]]
    obj.datasets = [load_dataset(v) for v in data["datasets"]]
    obj.name = data.get("name")
    obj.type = data.get("type")
    value = data.get("metadata")
    obj.metadata = None if value is None else free(value)
    value = data.get("coordinateTransformations")
    obj.coordinate_transformations = None if value is None else [load_transformation(v) for v in value]
    obj.extra = {} if data.keys() <= _MULTISCALE else {k: free(v) for k, v in data.items() if k not in _MULTISCALE}
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


def load_dataset(data: Mapping[str, Any]) -> Dataset:
    """Build a `Dataset` from its JSON object, which must have passed the schema."""
    obj = _new(Dataset)
    obj.path = data["path"]
    obj.coordinate_transformations = [load_transformation(v) for v in data["coordinateTransformations"]]
    obj.extra = {} if data.keys() <= _DATASET else {k: free(v) for k, v in data.items() if k not in _DATASET}
    return obj


def dump_dataset(obj: Dataset) -> dict[str, Any]:
    """Write a `Dataset` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "path": obj.path,
        "coordinateTransformations": [dump_transformation(v) for v in obj.coordinate_transformations],
    }
    if obj.extra:
        add_extra(out, obj.extra, _DATASET)
    return out
