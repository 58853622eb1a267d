"""What the arrays of an image have in common, and what arrays of parameters look like."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Affine, Rotation
from zarr_spaces._generated.members import DATASETS, PATH
from zarr_spaces.findings import Level, Severity
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.neighbours import nearby
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Multiscale
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.steps import Step

_SECTION = '"multiscales" metadata, datasets'


def _arrays(multiscale: Multiscale, nodes: NodeView) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Yield the arrays of the levels that are there, with index and path of the level."""
    for index, dataset in enumerate(multiscale.datasets):
        array = nodes.array(normalise_path(dataset.path))
        if array is not None:
            yield index, dataset.path, array


@rule("arrays-from-large-to-small", part=Part.LEVELS, section=_SECTION, level=Level.ARRAYS, statements=(91,))
def arrays_from_large_to_small(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """No level has more pixels than the level before it."""
    before: tuple[str, list[int]] | None = None
    for index, path, array in _arrays(multiscale, nodes):
        shape: list[int] = array["shape"]
        if before is not None and math.prod(shape) > math.prod(before[1]):
            yield Fault(
                (*at, DATASETS, index, PATH),
                f"the array {quote(path)} of shape {quote(shape)} is larger than {quote(before[0])} of shape "
                f"{quote(before[1])} before it",
                "list the levels from the finest to the coarsest",
            )
        before = path, shape


@rule("arrays-of-one-data-type", part=Part.LEVELS, section=_SECTION, level=Level.ARRAYS, statements=(93,))
def arrays_of_one_data_type(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of all levels have the same data type."""
    first: tuple[str, Any] | None = None
    for index, path, array in _arrays(multiscale, nodes):
        kind = array.get("data_type")
        if first is None:
            first = path, kind
        elif kind != first[1]:
            yield Fault(
                (*at, DATASETS, index, PATH),
                f"the array {quote(path)} has the data type {quote(kind)}, {quote(first[0])} has {quote(first[1])}",
                "store every level with the data type of the finest",
            )


@rule(
    "dimension-names-are-axes",
    part=Part.LEVELS,
    section=_SECTION,
    severity=Severity.WARNING,
    level=Level.ARRAYS,
    statements=(17,),
)
def dimension_names_are_axes(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Where an array names its dimensions, the names are those of the axes."""
    axes = {system.name: [axis.name for axis in system.axes] for system in multiscale.coordinate_systems}
    for index, path, array in _arrays(multiscale, nodes):
        output = multiscale.datasets[index].coordinate_transformations[0].output
        names, expected = array.get("dimension_names"), axes.get(output.name or "") if output is not None else None
        if not isinstance(names, list) or expected is None or len(expected) != len(array["shape"]):
            continue
        # A name that is null is none.
        if len(names) == len(expected) and all(a in (None, b) for a, b in zip(names, expected, strict=True)):
            continue
        yield Fault(
            (*at, DATASETS, index, PATH),
            f"the array {quote(path)} names its dimensions {quote(names)}, the axes are {quote(expected)}",
            "other tools take the names of the array: write the same in both places",
        )


@rule("affine-array-fits", part=Part.AFFINE, section="affine", level=Level.ARRAYS, statements=(58, 59))
def affine_array_fits(step: Step, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The array of an affine transformation has M rows of N+1 numbers for N input and M output axes."""
    if isinstance(step.transformation, Affine) and step.transformation.path is not None:
        width = None if step.n_in is None else step.n_in + 1
        yield from _parameters(step.transformation.path, (step.n_out, width), (*at, PATH), nodes)


@rule("rotation-array-fits", part=Part.ROTATION, section="rotation", level=Level.ARRAYS, statements=(60, 63))
def rotation_array_fits(step: Step, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The array of a rotation has N rows of N numbers for N axes."""
    if isinstance(step.transformation, Rotation) and step.transformation.path is not None:
        n = step.n_in if step.n_in is not None else step.n_out
        yield from _parameters(step.transformation.path, (n, n), (*at, PATH), nodes)


def _parameters(path: str, expected: tuple[int | None, int | None], at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    plain = normalise_path(path)
    array = nodes.array(plain)
    if array is None:
        if leads_below(path):  # what is elsewhere is never read
            hint = "it is a group; an array is needed" if nodes.attributes(plain) is not None else nearby(plain, nodes)
            yield Fault(at, f"no readable Zarr array at {quote(path)}", hint)
        return
    shape = array["shape"]
    if len(shape) != 2 or any(size not in (None, found) for size, found in zip(expected, shape, strict=True)):
        wanted = " x ".join("?" if size is None else str(size) for size in expected)
        message = f"the array {quote(path)} has the shape {quote(shape)}, {wanted} is needed"
        yield Fault(at, message, "store the numbers as a two-dimensional array of that shape")
