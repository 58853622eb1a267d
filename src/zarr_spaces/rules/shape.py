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
    for index, multiscale in enumerate(ome.multiscales or ()):
        yield from _multiscale(multiscale, (OME, MULTISCALES, index))
    if (scene := ome.scene) is not None:
        systems = scene.coordinate_systems or []
        yield from _scope(systems, [], scene.coordinate_transformations, _sizes(systems), (OME, SCENE))


def _multiscale(multiscale: Multiscale, at: Pointer) -> Iterator[Found]:
    yield Part.MULTISCALE, multiscale, at
    levels: list[Placed] = [
        (transformation, (*at, DATASETS, index, COORDINATE_TRANSFORMATIONS, place))
        for index, dataset in enumerate(multiscale.datasets)
        for place, transformation in enumerate(dataset.coordinate_transformations)
    ]
    sizes = _sizes(multiscale.coordinate_systems)
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
    yield Part.SCOPE, Scope(systems, levels, placed), at
    for item, place in placed:
        yield Part.EDGE, Edge(item, _size(item.input, sizes), _size(item.output, sizes)), place


def _sizes(systems: list[CoordinateSystem]) -> dict[str, int]:
    return {system.name: len(system.axes) for system in systems}


def _size(reference: Reference | None, sizes: dict[str, int]) -> int | None:
    if reference is None or reference.path or reference.name is None:
        return None
    return sizes.get(reference.name)
