# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Affine, Bijection, ByDimension, ByDimensionItem, Coordinates, Displacements, Identity, MapAxis, ProjectAxis, Reference, Rotation, Scale, Sequence, Transformation, Translation
from zarr_spaces.model import add_extra, free

_new = object.__new__


_REFERENCE = frozenset(("name", "path",))


def load_reference(data: Mapping[str, Any]) -> Reference:
    """Build a `Reference` from its JSON object, which must have passed the schema."""
    obj = _new(Reference)
    obj.name = data.get("name")
    obj.path = data.get("path")
    obj.extra = {} if data.keys() <= _REFERENCE else {k: free(v) for k, v in data.items() if k not in _REFERENCE}
    return obj


def dump_reference(obj: Reference) -> dict[str, Any]:
    """Write a `Reference` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.path is not None:
        out["path"] = obj.path
    if obj.extra:
        add_extra(out, obj.extra, _REFERENCE)
    return out


def load_transformation(data: Mapping[str, Any]) -> Transformation:
    """Build the `Transformation` that the member type names."""
    return _LOAD_TRANSFORMATION[data["type"]](data)


def dump_transformation(obj: Transformation) -> dict[str, Any]:
    """Write a `Transformation` as a JSON object."""
    return _DUMP_TRANSFORMATION[type(obj)](obj)



_IDENTITY = frozenset(("type", "name", "input", "output",))


def load_identity(data: Mapping[str, Any]) -> Identity:
    """Build a `Identity` from its JSON object, which must have passed the schema."""
    obj = _new(Identity)
    obj.type = data["type"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _IDENTITY else {k: free(v) for k, v in data.items() if k not in _IDENTITY}
    return obj


def dump_identity(obj: Identity) -> dict[str, Any]:
    """Write a `Identity` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _IDENTITY)
    return out


_MAP_AXIS = frozenset(("type", "name", "input", "output", "mapAxis",))


def load_map_axis(data: Mapping[str, Any]) -> MapAxis:
    """Build a `MapAxis` from its JSON object, which must have passed the schema."""
    obj = _new(MapAxis)
    obj.type = data["type"]
    obj.map_axis = [int(v) for v in data["mapAxis"]]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _MAP_AXIS else {k: free(v) for k, v in data.items() if k not in _MAP_AXIS}
    return obj


def dump_map_axis(obj: MapAxis) -> dict[str, Any]:
    """Write a `MapAxis` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "mapAxis": list(obj.map_axis),
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _MAP_AXIS)
    return out


_PROJECT_AXIS = frozenset(("type", "name", "input", "output", "droppedInputs", "createdOutputs",))


def load_project_axis(data: Mapping[str, Any]) -> ProjectAxis:
    """Build a `ProjectAxis` from its JSON object, which must have passed the schema."""
    obj = _new(ProjectAxis)
    obj.type = data["type"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    value = data.get("droppedInputs")
    obj.dropped_inputs = None if value is None else [int(v) for v in value]
    value = data.get("createdOutputs")
    obj.created_outputs = None if value is None else [int(v) for v in value]
    obj.extra = {} if data.keys() <= _PROJECT_AXIS else {k: free(v) for k, v in data.items() if k not in _PROJECT_AXIS}
    return obj


def dump_project_axis(obj: ProjectAxis) -> dict[str, Any]:
    """Write a `ProjectAxis` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.dropped_inputs is not None:
        out["droppedInputs"] = list(obj.dropped_inputs)
    if obj.created_outputs is not None:
        out["createdOutputs"] = list(obj.created_outputs)
    if obj.extra:
        add_extra(out, obj.extra, _PROJECT_AXIS)
    return out


_TRANSLATION = frozenset(("type", "name", "input", "output", "translation",))


def load_translation(data: Mapping[str, Any]) -> Translation:
    """Build a `Translation` from its JSON object, which must have passed the schema."""
    obj = _new(Translation)
    obj.type = data["type"]
    obj.translation = list(data["translation"])
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _TRANSLATION else {k: free(v) for k, v in data.items() if k not in _TRANSLATION}
    return obj


def dump_translation(obj: Translation) -> dict[str, Any]:
    """Write a `Translation` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "translation": list(obj.translation),
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _TRANSLATION)
    return out


_SCALE = frozenset(("type", "name", "input", "output", "scale",))


def load_scale(data: Mapping[str, Any]) -> Scale:
    """Build a `Scale` from its JSON object, which must have passed the schema."""
    obj = _new(Scale)
    obj.type = data["type"]
    obj.scale = list(data["scale"])
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _SCALE else {k: free(v) for k, v in data.items() if k not in _SCALE}
    return obj


def dump_scale(obj: Scale) -> dict[str, Any]:
    """Write a `Scale` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "scale": list(obj.scale),
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _SCALE)
    return out


_AFFINE = frozenset(("type", "name", "input", "output", "affine", "path",))


def load_affine(data: Mapping[str, Any]) -> Affine:
    """Build a `Affine` from its JSON object, which must have passed the schema."""
    obj = _new(Affine)
    obj.type = data["type"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    value = data.get("affine")
    obj.affine = None if value is None else [list(v) for v in value]
    obj.path = data.get("path")
    obj.extra = {} if data.keys() <= _AFFINE else {k: free(v) for k, v in data.items() if k not in _AFFINE}
    return obj


def dump_affine(obj: Affine) -> dict[str, Any]:
    """Write a `Affine` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.affine is not None:
        out["affine"] = [list(v) for v in obj.affine]
    if obj.path is not None:
        out["path"] = obj.path
    if obj.extra:
        add_extra(out, obj.extra, _AFFINE)
    return out


_ROTATION = frozenset(("type", "name", "input", "output", "rotation", "path",))


def load_rotation(data: Mapping[str, Any]) -> Rotation:
    """Build a `Rotation` from its JSON object, which must have passed the schema."""
    obj = _new(Rotation)
    obj.type = data["type"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    value = data.get("rotation")
    obj.rotation = None if value is None else [list(v) for v in value]
    obj.path = data.get("path")
    obj.extra = {} if data.keys() <= _ROTATION else {k: free(v) for k, v in data.items() if k not in _ROTATION}
    return obj


def dump_rotation(obj: Rotation) -> dict[str, Any]:
    """Write a `Rotation` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.rotation is not None:
        out["rotation"] = [list(v) for v in obj.rotation]
    if obj.path is not None:
        out["path"] = obj.path
    if obj.extra:
        add_extra(out, obj.extra, _ROTATION)
    return out


_SEQUENCE = frozenset(("type", "name", "input", "output", "transformations",))


def load_sequence(data: Mapping[str, Any]) -> Sequence:
    """Build a `Sequence` from its JSON object, which must have passed the schema."""
    obj = _new(Sequence)
    obj.type = data["type"]
    obj.transformations = [load_transformation(v) for v in data["transformations"]]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _SEQUENCE else {k: free(v) for k, v in data.items() if k not in _SEQUENCE}
    return obj


def dump_sequence(obj: Sequence) -> dict[str, Any]:
    """Write a `Sequence` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "transformations": [dump_transformation(v) for v in obj.transformations],
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _SEQUENCE)
    return out


_DISPLACEMENTS = frozenset(("type", "name", "input", "output", "path", "interpolation",))


def load_displacements(data: Mapping[str, Any]) -> Displacements:
    """Build a `Displacements` from its JSON object, which must have passed the schema."""
    obj = _new(Displacements)
    obj.type = data["type"]
    obj.path = data["path"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.interpolation = data.get("interpolation")
    obj.extra = {} if data.keys() <= _DISPLACEMENTS else {k: free(v) for k, v in data.items() if k not in _DISPLACEMENTS}
    return obj


def dump_displacements(obj: Displacements) -> dict[str, Any]:
    """Write a `Displacements` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "path": obj.path,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.interpolation is not None:
        out["interpolation"] = obj.interpolation
    if obj.extra:
        add_extra(out, obj.extra, _DISPLACEMENTS)
    return out


_COORDINATES = frozenset(("type", "name", "input", "output", "path", "interpolation",))


def load_coordinates(data: Mapping[str, Any]) -> Coordinates:
    """Build a `Coordinates` from its JSON object, which must have passed the schema."""
    obj = _new(Coordinates)
    obj.type = data["type"]
    obj.path = data["path"]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.interpolation = data.get("interpolation")
    obj.extra = {} if data.keys() <= _COORDINATES else {k: free(v) for k, v in data.items() if k not in _COORDINATES}
    return obj


def dump_coordinates(obj: Coordinates) -> dict[str, Any]:
    """Write a `Coordinates` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "path": obj.path,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.interpolation is not None:
        out["interpolation"] = obj.interpolation
    if obj.extra:
        add_extra(out, obj.extra, _COORDINATES)
    return out


_BY_DIMENSION = frozenset(("type", "name", "input", "output", "transformations",))


def load_by_dimension(data: Mapping[str, Any]) -> ByDimension:
    """Build a `ByDimension` from its JSON object, which must have passed the schema."""
    obj = _new(ByDimension)
    obj.type = data["type"]
    obj.transformations = [load_by_dimension_item(v) for v in data["transformations"]]
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _BY_DIMENSION else {k: free(v) for k, v in data.items() if k not in _BY_DIMENSION}
    return obj


def dump_by_dimension(obj: ByDimension) -> dict[str, Any]:
    """Write a `ByDimension` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "transformations": [dump_by_dimension_item(v) for v in obj.transformations],
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _BY_DIMENSION)
    return out


_BY_DIMENSION_ITEM = frozenset(("inputAxes", "outputAxes", "transformation",))


def load_by_dimension_item(data: Mapping[str, Any]) -> ByDimensionItem:
    """Build a `ByDimensionItem` from its JSON object, which must have passed the schema."""
    obj = _new(ByDimensionItem)
    obj.input_axes = [int(v) for v in data["inputAxes"]]
    obj.output_axes = [int(v) for v in data["outputAxes"]]
    obj.transformation = load_transformation(data["transformation"])
    obj.extra = {} if data.keys() <= _BY_DIMENSION_ITEM else {k: free(v) for k, v in data.items() if k not in _BY_DIMENSION_ITEM}
    return obj


def dump_by_dimension_item(obj: ByDimensionItem) -> dict[str, Any]:
    """Write a `ByDimensionItem` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "inputAxes": list(obj.input_axes),
        "outputAxes": list(obj.output_axes),
        "transformation": dump_transformation(obj.transformation),
    }
    if obj.extra:
        add_extra(out, obj.extra, _BY_DIMENSION_ITEM)
    return out


_BIJECTION = frozenset(("type", "name", "input", "output", "forward", "inverse",))


def load_bijection(data: Mapping[str, Any]) -> Bijection:
    """Build a `Bijection` from its JSON object, which must have passed the schema."""
    obj = _new(Bijection)
    obj.type = data["type"]
    obj.forward = load_transformation(data["forward"])
    obj.inverse = load_transformation(data["inverse"])
    obj.name = data.get("name")
    value = data.get("input")
    obj.input = None if value is None else load_reference(value)
    value = data.get("output")
    obj.output = None if value is None else load_reference(value)
    obj.extra = {} if data.keys() <= _BIJECTION else {k: free(v) for k, v in data.items() if k not in _BIJECTION}
    return obj


def dump_bijection(obj: Bijection) -> dict[str, Any]:
    """Write a `Bijection` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "type": obj.type,
        "forward": dump_transformation(obj.forward),
        "inverse": dump_transformation(obj.inverse),
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.input is not None:
        out["input"] = dump_reference(obj.input)
    if obj.output is not None:
        out["output"] = dump_reference(obj.output)
    if obj.extra:
        add_extra(out, obj.extra, _BIJECTION)
    return out


_LOAD_TRANSFORMATION: dict[str, Callable[[Mapping[str, Any]], Transformation]] = {
    "identity": load_identity,
    "mapAxis": load_map_axis,
    "projectAxis": load_project_axis,
    "translation": load_translation,
    "scale": load_scale,
    "affine": load_affine,
    "rotation": load_rotation,
    "sequence": load_sequence,
    "displacements": load_displacements,
    "coordinates": load_coordinates,
    "byDimension": load_by_dimension,
    "bijection": load_bijection,
}
_DUMP_TRANSFORMATION: dict[type, Callable[[Any], dict[str, Any]]] = {
    Identity: dump_identity,
    MapAxis: dump_map_axis,
    ProjectAxis: dump_project_axis,
    Translation: dump_translation,
    Scale: dump_scale,
    Affine: dump_affine,
    Rotation: dump_rotation,
    Sequence: dump_sequence,
    Displacements: dump_displacements,
    Coordinates: dump_coordinates,
    ByDimension: dump_by_dimension,
    Bijection: dump_bijection,
}
