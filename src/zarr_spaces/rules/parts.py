"""Where in a typed document the parts stand that rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    COORDINATE_SYSTEMS,
    COORDINATE_TRANSFORMATIONS,
    DATASETS,
    IMAGE_LABEL,
    LABELS,
    MULTISCALES,
    OME,
    PLATE,
    SCENE,
    WELL,
)
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.rules.neighbours import find_system
from zarr_spaces.rules.odd_paths import list_odd_paths
from zarr_spaces.rules.ordinary import has_ordinary_axes, has_ordinary_levels, is_ordinary
from zarr_spaces.rules.rule import Far, Part
from zarr_spaces.rules.steps import Ends, list_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
        CoordinateSystem,
        Multiscale,
        Ome,
        OmeZarr,
        Reference,
        Scene,
        Transformation,
    )
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

    Found = tuple[Part, object, Pointer]
    Placed = tuple[Transformation, Pointer]


@dataclass(slots=True)
class Scope:
    """Coordinate systems, and the transformations that connect them with each other and with other nodes."""

    systems: list[CoordinateSystem]
    levels: list[Placed]
    """The transformations of the levels with their places, each from an array to a system; none in a scene."""
    links: list[Placed]
    """The other transformations with their places, each between two systems."""
    known: dict[str, CoordinateSystem]
    """Every coordinate system that a reference without a path may mean, by name."""
    is_image: bool
    """Whether it is that of an image; else it is that of a scene."""


@dataclass(slots=True)
class Edge:
    """A transformation together with what the document tells about its two ends."""

    transformation: Transformation
    source: CoordinateSystem | None
    """The input system; None where only another node can tell, and for arrays."""
    target: CoordinateSystem | None
    """The output system; None where only another node can tell."""
    n_in: int | None
    """Number of axes of the input; None where only another node can tell."""
    n_out: int | None
    """Number of axes of the output; None where only another node can tell."""


def ome_parts(document: OmeZarr, nodes: NodeView | None) -> Iterable[Found]:
    """List the parts of an OME-Zarr document.

    Where no other nodes are given, parts are left out of which it is plain that no rule finds anything in them.
    """
    if nodes is None and is_ordinary(document.ome):
        return ()
    return _ome_parts(document.ome, nodes)


def _ome_parts(ome: Ome, nodes: NodeView | None) -> Iterator[Found]:
    multiscales, scene = ome.multiscales, ome.scene
    yield Part.OME, ome, (OME,)
    for odd in list_odd_paths(ome):
        yield Part.PATH, odd, (OME, *odd.place)
    if multiscales is not None:
        everywhere: dict[str, CoordinateSystem] = {}
        if len(multiscales) > 1 or scene is not None:
            everywhere = _everywhere(multiscales, scene)
        for index, multiscale in enumerate(multiscales):
            yield from _multiscale(multiscale, everywhere, (OME, MULTISCALES, index), nodes)
    if scene is not None:
        systems = scene.coordinate_systems or []
        known = _everywhere(multiscales or [], scene)
        at: Pointer = (OME, SCENE)
        for index, system in enumerate(systems):
            yield Part.AXES, system, (*at, COORDINATE_SYSTEMS, index)
            yield Part.SCENE_AXES, system, (*at, COORDINATE_SYSTEMS, index)
        yield from _scope(Scope(systems, [], [], known, False), scene.coordinate_transformations, at, nodes)
    yield from _sections(ome)


def _sections(ome: Ome) -> Iterator[Found]:
    if ome.plate is not None:
        yield Part.PLATE, ome.plate, (OME, PLATE)
    if ome.well is not None:
        yield Part.WELL, ome.well, (OME, WELL)
    if ome.labels is not None:
        yield Part.LABELS, ome.labels, (OME, LABELS)
    if ome.image_label is not None:
        yield Part.IMAGE_LABEL, ome.image_label, (OME, IMAGE_LABEL)


def _multiscale(
    multiscale: Multiscale, everywhere: dict[str, CoordinateSystem], at: Pointer, nodes: NodeView | None
) -> Iterator[Found]:
    yield Part.MULTISCALE, multiscale, at
    systems = multiscale.coordinate_systems
    for index, system in enumerate(systems):
        if nodes is not None or not has_ordinary_axes(system):
            yield Part.AXES, system, (*at, COORDINATE_SYSTEMS, index)
            yield Part.IMAGE_AXES, system, (*at, COORDINATE_SYSTEMS, index)
    # A name means the system that stands beside the transformation before one elsewhere in the document.
    known = everywhere | _by_name(systems)
    levels: list[Placed] = [
        (transformation, (*at, DATASETS, index, COORDINATE_TRANSFORMATIONS, place))
        for index, dataset in enumerate(multiscale.datasets)
        for place, transformation in enumerate(dataset.coordinate_transformations)
    ]
    own = _by_name(systems)
    if nodes is not None or not has_ordinary_levels(multiscale, own):
        yield Part.LEVELS, multiscale, at
        yield from _level_edges(levels, own)
    links = multiscale.coordinate_transformations or []
    yield from _scope(Scope(systems, levels, [], known, True), links, at, nodes)


def _level_edges(levels: list[Placed], known: dict[str, CoordinateSystem]) -> Iterator[Found]:
    for transformation, place in levels:
        # A level's transformation keeps the number of dimensions, and its array has as many as the output has
        # axes: so the output tells both. It is a system of the same image, whatever path it is given.
        output = transformation.output
        target = known.get(output.name) if output is not None and output.name is not None else None
        size = len(target.axes) if target is not None else None
        yield from _with_steps(Edge(transformation, None, target, size, size), place)


def _scope(scope: Scope, transformations: list[Transformation], at: Pointer, nodes: NodeView | None) -> Iterator[Found]:
    yield Part.COORDINATE_SYSTEMS, scope.systems, (*at, COORDINATE_SYSTEMS)
    scope.links = [(item, (*at, COORDINATE_TRANSFORMATIONS, index)) for index, item in enumerate(transformations)]
    yield Part.SCOPE, scope, at
    for item, place in scope.links:
        source, target = _system(item.input, scope.known), _system(item.output, scope.known)
        edge = _edge(item, source, target)
        is_far = _is_elsewhere(item.input) or _is_elsewhere(item.output)
        if is_far and nodes is not None:
            far = _edge(item, source or _far_system(item.input, nodes), target or _far_system(item.output, nodes))
            # The same transformation has the same steps, whatever is known of its ends.
            for (part, near, there), (_, full, _) in zip(
                _with_steps(edge, place), _with_steps(far, place), strict=True
            ):
                yield Part.FAR, Far(part, near, full), there
        else:
            yield from _with_steps(edge, place)
        if is_far and scope.is_image:
            yield Part.LABEL_LINK, edge, place


def _edge(item: Transformation, source: CoordinateSystem | None, target: CoordinateSystem | None) -> Edge:
    n_in, n_out = (len(system.axes) if system is not None else None for system in (source, target))
    return Edge(item, source, target, n_in, n_out)


def _with_steps(edge: Edge, at: Pointer) -> Iterator[Found]:
    yield Part.EDGE, edge, at
    axes_in, axes_out = (system.axes if system is not None else None for system in (edge.source, edge.target))
    for part, step, place in list_steps(edge.transformation, Ends(edge.n_in, edge.n_out, axes_in, axes_out)):
        yield part, step, at + place


def _everywhere(multiscales: list[Multiscale], scene: Scene | None) -> dict[str, CoordinateSystem]:
    """Collect every system of the document by name, those of the scene first."""
    found: dict[str, CoordinateSystem] = {}
    for multiscale in multiscales:
        found |= _by_name(multiscale.coordinate_systems)
    return found | _by_name((scene.coordinate_systems or []) if scene is not None else [])


def _by_name(systems: list[CoordinateSystem]) -> dict[str, CoordinateSystem]:
    # Where a name is given twice, which is an error, the first one counts.
    return {system.name: system for system in reversed(systems)}


def _system(reference: Reference | None, known: dict[str, CoordinateSystem]) -> CoordinateSystem | None:
    if reference is None or reference.name is None or _is_elsewhere(reference):
        return None
    return known.get(reference.name)


def _far_system(reference: Reference | None, nodes: NodeView) -> CoordinateSystem | None:
    """Return the system of another node that a reference means; None where it leads to none."""
    if reference is None or reference.name is None or not reference.path or not leads_below(reference.path):
        return None
    return find_system(nodes.attributes(normalise_path(reference.path)), reference.name)


def _is_elsewhere(reference: Reference | None) -> bool:
    return reference is not None and bool(reference.path) and normalise_path(reference.path or "") != ""
