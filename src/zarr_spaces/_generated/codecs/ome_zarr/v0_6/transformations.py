# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Affine, Bijection, ByDimension, ByDimensionItem, Coordinates, Displacements, Identity, MapAxis, ProjectAxis, Reference, Rotation, Scale, Sequence, Transformation, Translation
from zarr_spaces.model import ROOM, TooDeep, add_extra, free_members, numbers, text

_new = object.__new__


_REFERENCE = frozenset(("name", "path",))


def load_reference(data: Mapping[str, Any]) -> Reference:
    """Build a `Reference` from its JSON object."""
    obj = _new(Reference)
    count = 0
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("path")
    if value is None:
        obj.path = None
    else:
        obj.path = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _REFERENCE)
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


def load_transformation(data: Mapping[str, Any], room: int = ROOM) -> Transformation:
    """Build the `Transformation` that the member type names."""
    return _LOAD_TRANSFORMATION[data["type"]](data, room)


def dump_transformation(obj: Transformation) -> dict[str, Any]:
    """Write a `Transformation` as a JSON object."""
    return _DUMP_TRANSFORMATION[type(obj)](obj)



_IDENTITY = frozenset(("type", "name", "input", "output",))


def load_identity(data: Mapping[str, Any], room: int = ROOM) -> Identity:
    """Build a `Identity` from its JSON object."""
    obj = _new(Identity)
    obj.type = data["type"]
    if len(data) == 1:
        obj.name = obj.input = obj.output = None
        return obj
    count = 1
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _IDENTITY)
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


def load_map_axis(data: Mapping[str, Any], room: int = ROOM) -> MapAxis:
    """Build a `MapAxis` from its JSON object."""
    obj = _new(MapAxis)
    obj.type = data["type"]
    obj.map_axis = [v if type(v) is int else int(v) for v in data["mapAxis"]]
    if len(data) == 2:
        obj.name = obj.input = obj.output = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _MAP_AXIS)
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


def load_project_axis(data: Mapping[str, Any], room: int = ROOM) -> ProjectAxis:
    """Build a `ProjectAxis` from its JSON object."""
    obj = _new(ProjectAxis)
    obj.type = data["type"]
    if len(data) == 1:
        obj.name = obj.input = obj.output = obj.dropped_inputs = obj.created_outputs = None
        return obj
    count = 1
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    value = data.get("droppedInputs")
    if value is None:
        obj.dropped_inputs = None
    else:
        obj.dropped_inputs = [v if type(v) is int else int(v) for v in value]
        count += 1
    value = data.get("createdOutputs")
    if value is None:
        obj.created_outputs = None
    else:
        obj.created_outputs = [v if type(v) is int else int(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _PROJECT_AXIS)
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


def load_translation(data: Mapping[str, Any], room: int = ROOM) -> Translation:
    """Build a `Translation` from its JSON object."""
    obj = _new(Translation)
    obj.type = data["type"]
    obj.translation = list(v) if type(sum((v := data["translation"]), 0.0)) is float else numbers(v)
    if len(data) == 2:
        obj.name = obj.input = obj.output = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _TRANSLATION)
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


def load_scale(data: Mapping[str, Any], room: int = ROOM) -> Scale:
    """Build a `Scale` from its JSON object."""
    obj = _new(Scale)
    obj.type = data["type"]
    obj.scale = list(v) if type(sum((v := data["scale"]), 0.0)) is float else numbers(v)
    if len(data) == 2:
        obj.name = obj.input = obj.output = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _SCALE)
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


def load_affine(data: Mapping[str, Any], room: int = ROOM) -> Affine:
    """Build a `Affine` from its JSON object."""
    obj = _new(Affine)
    obj.type = data["type"]
    if len(data) == 1:
        obj.name = obj.input = obj.output = obj.affine = obj.path = None
        return obj
    count = 1
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    value = data.get("affine")
    if value is None:
        obj.affine = None
    else:
        obj.affine = [list(v) if type(sum(v, 0.0)) is float else numbers(v) for v in value]
        count += 1
    value = data.get("path")
    if value is None:
        obj.path = None
    else:
        obj.path = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _AFFINE)
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


def load_rotation(data: Mapping[str, Any], room: int = ROOM) -> Rotation:
    """Build a `Rotation` from its JSON object."""
    obj = _new(Rotation)
    obj.type = data["type"]
    if len(data) == 1:
        obj.name = obj.input = obj.output = obj.rotation = obj.path = None
        return obj
    count = 1
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    value = data.get("rotation")
    if value is None:
        obj.rotation = None
    else:
        obj.rotation = [list(v) if type(sum(v, 0.0)) is float else numbers(v) for v in value]
        count += 1
    value = data.get("path")
    if value is None:
        obj.path = None
    else:
        obj.path = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _ROTATION)
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


def load_sequence(data: Mapping[str, Any], room: int = ROOM) -> Sequence:
    """Build a `Sequence` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Sequence)
    obj.type = data["type"]
    obj.transformations = [_LOAD_TRANSFORMATION[v["type"]](v, room - 1) for v in data["transformations"]]
    if len(data) == 2:
        obj.name = obj.input = obj.output = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _SEQUENCE)
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


def load_displacements(data: Mapping[str, Any], room: int = ROOM) -> Displacements:
    """Build a `Displacements` from its JSON object."""
    obj = _new(Displacements)
    obj.type = data["type"]
    obj.path = v if (v := data["path"]).isascii() else text(v)
    if len(data) == 2:
        obj.name = obj.input = obj.output = obj.interpolation = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    value = data.get("interpolation")
    if value is None:
        obj.interpolation = None
    else:
        obj.interpolation = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _DISPLACEMENTS)
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


def load_coordinates(data: Mapping[str, Any], room: int = ROOM) -> Coordinates:
    """Build a `Coordinates` from its JSON object."""
    obj = _new(Coordinates)
    obj.type = data["type"]
    obj.path = v if (v := data["path"]).isascii() else text(v)
    if len(data) == 2:
        obj.name = obj.input = obj.output = obj.interpolation = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    value = data.get("interpolation")
    if value is None:
        obj.interpolation = None
    else:
        obj.interpolation = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _COORDINATES)
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


def load_by_dimension(data: Mapping[str, Any], room: int = ROOM) -> ByDimension:
    """Build a `ByDimension` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(ByDimension)
    obj.type = data["type"]
    obj.transformations = [load_by_dimension_item(v, room) for v in data["transformations"]]
    if len(data) == 2:
        obj.name = obj.input = obj.output = None
        return obj
    count = 2
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _BY_DIMENSION)
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


def load_by_dimension_item(data: Mapping[str, Any], room: int = ROOM) -> ByDimensionItem:
    """Build a `ByDimensionItem` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(ByDimensionItem)
    obj.input_axes = [v if type(v) is int else int(v) for v in data["inputAxes"]]
    obj.output_axes = [v if type(v) is int else int(v) for v in data["outputAxes"]]
    obj.transformation = load_transformation(data["transformation"], room - 1)
    if len(data) != 3:
        obj.extra = free_members(data, _BY_DIMENSION_ITEM)
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


def load_bijection(data: Mapping[str, Any], room: int = ROOM) -> Bijection:
    """Build a `Bijection` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Bijection)
    obj.type = data["type"]
    obj.forward = load_transformation(data["forward"], room - 1)
    obj.inverse = load_transformation(data["inverse"], room - 1)
    if len(data) == 3:
        obj.name = obj.input = obj.output = None
        return obj
    count = 3
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("input")
    if value is None:
        obj.input = None
    else:
        obj.input = load_reference(value)
        count += 1
    value = data.get("output")
    if value is None:
        obj.output = None
    else:
        obj.output = load_reference(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _BIJECTION)
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


_LOAD_TRANSFORMATION: dict[str, Callable[..., Transformation]] = {
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
