"""Vector fields are stored as images with an axis for the components of the vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Coordinates, Displacements
from zarr_spaces._generated.members import (
    AXES,
    COORDINATE_SYSTEMS,
    COORDINATE_TRANSFORMATIONS,
    DATASETS,
    DISCRETE,
    MULTISCALES,
    NAME,
    OME,
    OUTPUT,
    PATH,
    TYPE,
)
from zarr_spaces.findings import Level, value_at
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.neighbours import nearby
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.steps import Step

_SECTION = "coordinates and displacements"


class _Stored(NamedTuple):
    """A field as its group describes it."""

    path: str
    axes: list[Any]
    """The axes of its intrinsic system, as they are."""
    vector: list[int]
    """Indices of the axes that hold components of vectors."""
    levels: list[str]
    """Paths of its arrays, relative to the document's group."""


def _path_of(step: Step) -> str | None:
    """Return the plain path of a field, None where it is not below the document's group."""
    if not isinstance(step.transformation, Coordinates | Displacements):
        return None
    path = step.transformation.path
    return normalise_path(path) if leads_below(path) else None


def _stored(step: Step, nodes: NodeView) -> _Stored | None:
    """Read how a field is stored; None where it is not to be found, or not an image."""
    path = _path_of(step)
    attributes = nodes.attributes(path) if path is not None else None
    if path is None or attributes is None:
        return None
    image = value_at(attributes, (OME, MULTISCALES, 0))
    datasets, systems = value_at(image, (DATASETS,)), value_at(image, (COORDINATE_SYSTEMS,))
    intrinsic = value_at(datasets, (0, COORDINATE_TRANSFORMATIONS, 0, OUTPUT, NAME))
    if not isinstance(intrinsic, str) or not isinstance(systems, list):
        return None
    for system in systems:
        axes = value_at(system, (AXES,))
        if isinstance(axes, list) and value_at(system, (NAME,)) == intrinsic:
            kind = _kind(step)
            vector = [index for index, axis in enumerate(axes) if value_at(axis, (TYPE,)) == kind]
            levels = [value_at(dataset, (PATH,)) for dataset in datasets]
            return _Stored(path, axes, vector, [f"{path}/{normalise_path(p)}" for p in levels if isinstance(p, str)])
    return None


def _kind(step: Step) -> str:
    return "coordinate" if isinstance(step.transformation, Coordinates) else "displacement"


@rule("fields-are-images", part=Part.FIELD, section=_SECTION, level=Level.HIERARCHY, statements=(66,))
def fields_are_images(step: Step, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The path of a vector field leads to a multiscale image."""
    path = _path_of(step)
    if path is None or _stored(step, nodes) is not None:
        return
    attributes: Mapping[str, Any] | None = nodes.attributes(path)
    if attributes is not None:
        message, hint = f"the group {quote(path)} is no multiscale image", "it needs multiscales metadata of its own"
    elif nodes.array(path) is not None:
        message = f"there is an array at {quote(path)}, not a multiscale image"
        hint = "drafts before 0.6 stored bare arrays: put it into a group with multiscales metadata"
    else:
        message, hint = f"no readable Zarr group at {quote(path)}", nearby(path, nodes)
    yield Fault((*at, PATH), message, hint)


@rule("field-vector-axis", part=Part.FIELD, section=_SECTION, level=Level.HIERARCHY, statements=(68, 69, 72))
def field_vector_axis(step: Step, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A vector field has one discrete axis of type displacement or coordinate, after time and before space."""
    field = _stored(step, nodes)
    if field is None:
        return
    kind, place = _kind(step), (*at, PATH)
    where = f"the field {quote(field.path)}"
    if len(field.vector) != 1:
        message = f"{where} has {len(field.vector)} axes of type {kind}, one is needed"
        yield Fault(place, message, "it holds the components of the vectors, in the order of the output axes")
        return
    (vector,) = field.vector
    if value_at(field.axes, (vector, DISCRETE)) is not True:
        yield Fault(place, f"the {kind} axis of {where} is not discrete", 'write "discrete": true for this axis')
    types = [value_at(axis, (TYPE,)) for axis in field.axes]
    if "time" in types[vector:] or "space" in types[:vector]:
        message = f"the {kind} axis of {where} is number {vector} of the types {quote(types)}"
        yield Fault(place, message, "it has to come after time and before space")


@rule("field-array-fits", part=Part.FIELD, section=_SECTION, level=Level.ARRAYS, statements=(67, 70, 71))
def field_array_fits(step: Step, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A vector field has a dimension for each input axis, and one for the components of its vectors."""
    field = _stored(step, nodes)
    if field is None or len(field.vector) != 1:
        return
    components = step.n_in if isinstance(step.transformation, Displacements) else step.n_out
    for path in field.levels[:1]:  # levels of one image have the same dimensions, by rules of their own
        array = nodes.array(path)
        if array is None:
            continue
        shape = array["shape"]
        if step.n_in is not None and len(shape) != step.n_in + 1:
            message = f"the field {quote(field.path)} has {len(shape)} dimensions, {step.n_in + 1} are needed"
            yield Fault((*at, PATH), message, "one for each input axis, and one for the vectors")
        elif components is not None and field.vector[0] < len(shape) and shape[field.vector[0]] != components:
            message = f"the vectors of {quote(field.path)} have {shape[field.vector[0]]} components, not {components}"
            yield Fault((*at, PATH), message, "one for each output axis")
