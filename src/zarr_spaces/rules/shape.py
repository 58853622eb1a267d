"""Where in a typed document the parts stand that rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    COORDINATE_SYSTEMS,
    COORDINATE_TRANSFORMATIONS,
    DATASETS,
    MULTISCALES,
    OME,
    SCENE,
)
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.rule import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
        CoordinateSystem,
        Multiscale,
        OmeZarr,
        Reference,
        Transformation,
    )
    from zarr_spaces.findings import Pointer

    Found = tuple[Part, object, Pointer]
    Placed = tuple[Transformation, Pointer]


@dataclass(frozen=True, slots=True)
class Scope:
    """Coordinate systems, and the transformations that connect them with each other and with other nodes."""

    systems: list[CoordinateSystem]
    levels: list[Placed]
    """The transformations of the levels with their places, each from an array to a system; none in a scene."""
    links: list[Placed]
    """The other transformations with their places, each between two systems."""
    document_sizes: dict[str, int]
    """Every coordinate system of the document, with its number of axes: what a reference without a path may mean."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A transformation together with what the document tells about its two ends."""

    transformation: Transformation
    n_in: int | None
    """Number of axes of the input system; None where only another node can tell."""
    n_out: int | None
    """Number of axes of the output system; None where only another node can tell."""


def ome_parts(document: OmeZarr) -> Iterator[Found]:
    """List the parts of an OME-Zarr document in document order."""
    ome = document.ome
    multiscales, scene = ome.multiscales or [], ome.scene
    everywhere: dict[str, int] = {}
    for multiscale in multiscales:
        everywhere |= _sizes(multiscale.coordinate_systems)
    scene_systems = (scene.coordinate_systems or []) if scene is not None else []
    everywhere |= _sizes(scene_systems)
    for index, multiscale in enumerate(multiscales):
        yield from _multiscale(multiscale, everywhere, (OME, MULTISCALES, index))
    if scene is not None:
        yield from _scope(scene_systems, [], scene.coordinate_transformations, everywhere, (OME, SCENE))


def _multiscale(multiscale: Multiscale, everywhere: dict[str, int], at: Pointer) -> Iterator[Found]:
    yield Part.MULTISCALE, multiscale, at
    levels: list[Placed] = [
        (transformation, (*at, DATASETS, index, COORDINATE_TRANSFORMATIONS, place))
        for index, dataset in enumerate(multiscale.datasets)
        for place, transformation in enumerate(dataset.coordinate_transformations)
    ]
    # A name means the system that stands beside the transformation before one elsewhere in the document.
    sizes = everywhere | _sizes(multiscale.coordinate_systems)
    for transformation, place in levels:
        # A level's transformation keeps the number of dimensions, and its array has as many as the output has
        # axes: so the output tells both.
        size = _size(transformation.output, sizes)
        yield Part.EDGE, Edge(transformation, size, size), place
    yield from _scope(multiscale.coordinate_systems, levels, multiscale.coordinate_transformations or [], sizes, at)


def _scope(
    systems: list[CoordinateSystem],
    levels: list[Placed],
    transformations: list[Transformation],
    sizes: dict[str, int],
    at: Pointer,
) -> Iterator[Found]:
    list_at = (*at, COORDINATE_SYSTEMS)
    yield Part.COORDINATE_SYSTEMS, systems, list_at
    for index, system in enumerate(systems):
        yield Part.COORDINATE_SYSTEM, system, (*list_at, index)
    placed = [(item, (*at, COORDINATE_TRANSFORMATIONS, index)) for index, item in enumerate(transformations)]
    yield Part.SCOPE, Scope(systems, levels, placed, sizes), at
    for item, place in placed:
        yield Part.EDGE, Edge(item, _size(item.input, sizes), _size(item.output, sizes)), place


def _sizes(systems: list[CoordinateSystem]) -> dict[str, int]:
    # Where a name is given twice, which is an error, the first one counts.
    return {system.name: len(system.axes) for system in reversed(systems)}


def _size(reference: Reference | None, sizes: dict[str, int]) -> int | None:
    if reference is None or reference.name is None or (reference.path and normalise_path(reference.path)):
        return None
    return sizes.get(reference.name)
