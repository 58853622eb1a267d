"""From typed documents to a graph."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS, MULTISCALES, OME, SCENE
from zarr_spaces.findings import quote
from zarr_spaces.graph.graph import SpaceGraph
from zarr_spaces.graph.space import Dangling, Edge, Space, SpaceInfo
from zarr_spaces.paths import join_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem, OmeZarr, Reference, Transformation
    from zarr_spaces.findings import Pointer

    Declared = tuple[Transformation, Pointer, int | None]


class Described(Protocol):
    """A document as far as it could be read."""

    @property
    def document(self) -> OmeZarr | None:
        """The typed document; None when nothing of it is usable."""
        ...

    @property
    def opaque(self) -> Mapping[Pointer, str]:
        """The places of transformations that cannot be understood, and why."""
        ...


class _Alone:
    """A typed document that is all there is."""

    opaque: Mapping[Pointer, str] = {}

    def __init__(self, document: OmeZarr) -> None:
        self.document = document


def graph_of(document: OmeZarr) -> SpaceGraph:
    """Build the graph of one document; references to other nodes stay open.

    Raises
    ------
    Nothing. What leads nowhere is listed in `SpaceGraph.dangling`.
    """
    return build_graph(lambda path: None if path else _Alone(document))


def build_graph(load: Callable[[str], Described | None]) -> SpaceGraph:
    """Build the graph of the root document and of every document that it refers to, however far.

    `load` gets a node path below the root and returns what could be read there, None for no readable metadata.
    """
    documents: dict[str, Described] = {}
    spaces: dict[Space, SpaceInfo] = {}
    waiting = deque([""])
    asked = {""}
    while waiting:
        path = waiting.popleft()
        described = load(path)
        if described is None or described.document is None:
            continue
        documents[path] = described
        for space, info in _spaces(path, described.document):
            spaces.setdefault(space, info)  # where names repeat, which is an error, the first one counts
        for transformation, _, _ in _declared(described.document):
            for reference in (transformation.input, transformation.output):
                if reference is not None and reference.name is not None:
                    target = join_path(path, reference.path or "")
                    if target is not None and target not in asked:
                        asked.add(target)
                        waiting.append(target)
    return _connect(documents, spaces)


def _connect(documents: dict[str, Described], spaces: dict[Space, SpaceInfo]) -> SpaceGraph:
    edges: list[Edge] = []
    dangling: list[Dangling] = []
    homes: dict[tuple[str, str | None], list[Space]] = {}
    for space in spaces:
        homes.setdefault((space.path, space.name), []).append(space)
    for path, described in documents.items():
        assert described.document is not None  # noqa: S101 - only such ones were collected
        for transformation, pointer, multiscale in _declared(described.document):
            ends = [
                _resolve(reference, path, multiscale, homes)
                for reference in (transformation.input, transformation.output)
            ]
            source, target = ends
            if isinstance(source, Space) and isinstance(target, Space):
                reason = described.opaque.get(pointer, "")
                known = None if pointer in described.opaque else transformation
                edges.append(Edge(source, target, known, path, pointer, reason))
            else:
                reason = described.opaque.get(pointer) or next(end for end in ends if isinstance(end, str))
                dangling.append(Dangling(path, pointer, reason))
    return SpaceGraph(spaces, tuple(edges), tuple(dangling))


def _spaces(path: str, document: OmeZarr) -> Iterator[tuple[Space, SpaceInfo]]:
    for index, multiscale in enumerate(document.ome.multiscales or ()):
        yield from _named(path, multiscale.coordinate_systems, index)
        sizes = {system.name: len(system.axes) for system in reversed(multiscale.coordinate_systems)}
        for dataset in multiscale.datasets:
            array = join_path(path, dataset.path)
            output = dataset.coordinate_transformations[0].output
            if array and output is not None and output.name in sizes:
                # What may stand in a level keeps the number of dimensions.
                yield Space(array), SpaceInfo(sizes[output.name])
    if document.ome.scene is not None:
        yield from _named(path, document.ome.scene.coordinate_systems or [], None)


def _named(path: str, systems: list[CoordinateSystem], multiscale: int | None) -> Iterator[tuple[Space, SpaceInfo]]:
    for system in systems:
        yield Space(path, system.name, multiscale), SpaceInfo(len(system.axes), tuple(system.axes))


def _declared(document: OmeZarr) -> Iterator[Declared]:
    for index, multiscale in enumerate(document.ome.multiscales or ()):
        at: Pointer = (OME, MULTISCALES, index)
        for level, dataset in enumerate(multiscale.datasets):
            for place, transformation in enumerate(dataset.coordinate_transformations):
                yield transformation, (*at, DATASETS, level, COORDINATE_TRANSFORMATIONS, place), index
        for place, transformation in enumerate(multiscale.coordinate_transformations or ()):
            yield transformation, (*at, COORDINATE_TRANSFORMATIONS, place), index
    if document.ome.scene is not None:
        for place, transformation in enumerate(document.ome.scene.coordinate_transformations):
            yield transformation, (OME, SCENE, COORDINATE_TRANSFORMATIONS, place), None


def _resolve(
    reference: Reference | None, path: str, multiscale: int | None, homes: dict[tuple[str, str | None], list[Space]]
) -> Space | str:
    """Find the space that a reference means, or say why there is none."""
    if reference is None:
        return "an end is missing"
    target = join_path(path, reference.path or "")
    if target is None:
        return f"the path {quote(reference.path)} steps up, out of its group"
    found = homes.get((target, reference.name), [])
    if not found:
        what = "" if reference.name is None else "coordinate system "
        return f"there is no {what}{Space(target, reference.name)}"
    # In its own document a transformation means the systems that stand beside it; elsewhere the first image's.
    beside = [space for space in found if target == path and space.multiscale == multiscale]
    return (beside or found)[0]
