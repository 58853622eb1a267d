"""From typed documents to a graph."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, Protocol

from zarr_spaces._generated.bindings.composition import GeoAttributes
from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Identity, OmeZarr, Reference
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import ZarrMultiscales
from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS, LABELS, MULTISCALES, OME, SCENE
from zarr_spaces.graph.graph import SpaceGraph
from zarr_spaces.graph.layouts import Grids
from zarr_spaces.graph.space import Dangling, Edge, Space, SpaceInfo
from zarr_spaces.paths import join_path
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, CoordinateSystem, Transformation
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView


class Described(Protocol):
    """A document as far as it could be read."""

    @property
    def document(self) -> OmeZarr | None:
        """The typed document; None when nothing of it is usable."""
        ...

    @property
    def layout(self) -> ZarrMultiscales | None:
        """The typed pyramid of the Zarr multiscales convention."""
        ...

    @property
    def proj(self) -> GeoProj | None:
        """How pixels are placed in a coordinate reference system."""
        ...

    @property
    def opaque(self) -> Mapping[Pointer, str]:
        """The places of transformations that cannot be understood, and why."""
        ...


class _Alone:
    """A typed document that is all there is."""

    opaque: Mapping[Pointer, str] = {}

    def __init__(self, document: OmeZarr | ZarrMultiscales | GeoAttributes) -> None:
        self.document = document if isinstance(document, OmeZarr) else None
        self.layout = document if isinstance(document, ZarrMultiscales) else None
        geo = None if isinstance(document, OmeZarr) else document.geo
        self.proj = geo.proj if geo is not None else None


def graph_of(document: OmeZarr | ZarrMultiscales | GeoAttributes) -> SpaceGraph:
    """Build the graph of one document.

    References to other nodes stay open: they are listed in `SpaceGraph.dangling`, as is all that leads nowhere. The
    levels of a pyramid are spaces, named by their groups; their arrays are known only to a store. What geo.proj alone
    places is the space ``pixels``, which counts from the corner of the first one, y before x.

    Parameters
    ----------
    document : OmeZarr, ZarrMultiscales or GeoAttributes
        A whole typed document, from `parse` or a builder.

    Returns
    -------
    SpaceGraph
        Changes of the document do not change it.

    Examples
    --------
    >>> from zarr_spaces import image
    >>> graph = graph_of(image("yx", name="cells", pixel_size=0.5, units="micrometer"))
    >>> graph.transform({"path": "0"}, "physical", [[2, 4]])
    array([[1., 2.]])

    Raises
    ------
    TypeError
        If `document` is of another class.
    """
    if not isinstance(document, OmeZarr | ZarrMultiscales | GeoAttributes):
        raise TypeError(f"a graph is that of a whole document, not of a {type(document).__name__}")
    alone = _Alone(document)
    return build_graph(lambda path: None if path else alone)


def build_graph(load: Callable[[str], Described | None], look: Callable[[str], NodeView] | None = None) -> SpaceGraph:
    """Build the graph of the root document and of every document that it refers to, however far.

    `load` gets a node path below the root and returns what could be read there, None for no readable metadata. `look`
    gets one and returns the look from there at other nodes; without it, the arrays of a pyramid are unknown.
    """
    documents = reachable_documents(load)
    spaces: dict[Space, SpaceInfo] = {}
    for path, described in documents.items():
        if described.document is not None:
            for space, info in _spaces(path, described.document):
                spaces.setdefault(space, info)  # where names repeat, which is an error, the first one counts
    edges, dangling = _connect(documents, spaces)
    grids = Grids(load, look)
    for path, described in documents.items():
        grids.add(path, described, spaces)
    found = spaces | {space: info for space, info in grids.spaces.items() if space not in spaces}
    return SpaceGraph(found, (*edges, *grids.edges), (*dangling, *grids.dangling))


def reachable_documents(load: Callable[[str], Described | None]) -> dict[str, Described]:
    """Load the root document and every document that it refers to, however far, by the paths of their nodes."""
    documents: dict[str, Described] = {}
    waiting = deque([""])
    asked = {""}
    while waiting:
        path = waiting.popleft()
        described = load(path)
        if described is None:
            continue
        documents[path] = described
        if described.document is None:
            continue
        targets = [
            join_path(path, reference.path or "")
            for declared in _declared(described.document)
            for reference in declared.ends
            if reference.name is not None
        ]
        if described.document.ome.multiscales:
            targets.append(join_path(path, LABELS))
        targets += [join_path(path, label) for label in described.document.ome.labels or ()]
        for target in targets:
            if target is not None and target not in asked:
                asked.add(target)
                waiting.append(target)
    return documents


def _connect(documents: dict[str, Described], spaces: dict[Space, SpaceInfo]) -> tuple[list[Edge], list[Dangling]]:
    edges: list[Edge] = []
    dangling: list[Dangling] = []
    homes: dict[tuple[str, str | None], list[Space]] = {}
    for space in spaces:
        homes.setdefault((space.path, space.name), []).append(space)
    for path, described in documents.items():
        for declared in _declared(described.document):
            source, target = (_resolve(end, path, declared.multiscale, homes, documents) for end in declared.ends)
            reason = described.opaque.get(declared.pointer, "")
            if isinstance(source, Space) and isinstance(target, Space):
                known = None if reason else declared.transformation
                edges.append(Edge(source, target, known, path, declared.pointer, reason))
            else:
                lost = source if isinstance(source, str) else str(target)
                dangling.append(Dangling(path, declared.pointer, reason or lost))
    linked = {(edge.source.path, edge.target.path) for edge in edges}
    for path in documents:
        for pointer, image, label in _labels(path, documents):
            if linked.isdisjoint(((image.path, label.path), (label.path, image.path))):
                if differ := _difference(spaces[image].axes, spaces[label].axes):
                    reason = f"{label} needs a transformation to {image}: {differ}"
                    dangling.append(Dangling(path, pointer, reason))
                else:
                    edges.append(Edge(image, label, Identity(), path, pointer, implied="as labels lie on their image"))
    return edges, dangling


def _difference(image: tuple[Axis, ...], label: tuple[Axis, ...]) -> str | None:
    """Say why a label image cannot be taken to lie on its image as it is; None where it can."""
    if len(image) != len(label):
        return f"the labels have {len(label)} axes, the image {len(image)}"
    for one, other in zip(image, label, strict=True):
        if (one.name, one.type) != (other.name, other.type):
            return f"the axis {quote(other.name)} of the labels stands where the image has {quote(one.name)}"
        if one.unit != other.unit:
            units = f"{quote(other.unit)}, the image in {quote(one.unit)}"
            return f"the axis {quote(other.name)} of the labels is measured in {units}"
    return None


def _labels(group: str, documents: dict[str, Described]) -> Iterator[tuple[Pointer, Space, Space]]:
    """Yield the label images that a group lists, each with its entry in the list and the image around the group.

    Both are given by their intrinsic systems, which are the same where no transformation connects them.
    """
    around, _, last = group.rpartition("/")
    image, document = _intrinsic(around, documents), documents[group].document
    if last != LABELS or image is None or document is None:
        return
    for index, path in enumerate(document.ome.labels or ()):
        label = _intrinsic(join_path(group, path) or "", documents)
        if label is not None and label != image:
            yield (OME, LABELS, index), image, label


def _intrinsic(path: str, documents: dict[str, Described]) -> Space | None:
    """Return the system into which the levels of a node's first image map."""
    described = documents.get(path)
    images = described.document.ome.multiscales if described is not None and described.document is not None else None
    if not images or not images[0].datasets:
        return None
    output = images[0].datasets[0].coordinate_transformations[0].output
    names = {system.name for system in images[0].coordinate_systems}
    return Space(path, output.name, 0) if output is not None and output.name in names else None


def _spaces(path: str, document: OmeZarr) -> Iterator[tuple[Space, SpaceInfo]]:
    for index, multiscale in enumerate(document.ome.multiscales or ()):
        yield from _named(path, multiscale.coordinate_systems, index)
        sizes = {system.name: len(system.axes) for system in reversed(multiscale.coordinate_systems)}
        for dataset in multiscale.datasets:
            array = join_path(path, dataset.path)
            output = dataset.coordinate_transformations[0].output
            if output is None or output.name not in sizes:
                continue
            if array:
                # What may stand in a level keeps the number of dimensions.
                yield Space(array), SpaceInfo(sizes[output.name])
    if document.ome.scene is not None:
        yield from _named(path, document.ome.scene.coordinate_systems or [], None)


def _named(path: str, systems: list[CoordinateSystem], multiscale: int | None) -> Iterator[tuple[Space, SpaceInfo]]:
    for system in systems:
        yield Space(path, system.name, multiscale), SpaceInfo(len(system.axes), tuple(system.axes))


class _Declared(NamedTuple):
    """A transformation with its place, its ends, and the image beside whose systems it stands."""

    transformation: Transformation
    pointer: Pointer
    ends: tuple[Reference, Reference]
    multiscale: int | None


def _declared(document: OmeZarr | None) -> Iterator[_Declared]:
    if document is None:
        return
    for index, multiscale in enumerate(document.ome.multiscales or ()):
        at: Pointer = (OME, MULTISCALES, index)
        for level, dataset in enumerate(multiscale.datasets):
            for place, item in enumerate(dataset.coordinate_transformations):
                # A level leads from its own array to a system of its own image, whatever else its ends say.
                output = item.output.name if item.output is not None else None
                ends = Reference(path=dataset.path), Reference(name=output)
                yield _Declared(item, (*at, DATASETS, level, COORDINATE_TRANSFORMATIONS, place), ends, index)
        yield from _links(multiscale.coordinate_transformations or [], at, index)
    if document.ome.scene is not None:
        yield from _links(document.ome.scene.coordinate_transformations, (OME, SCENE), None)


def _links(transformations: list[Transformation], at: Pointer, multiscale: int | None) -> Iterator[_Declared]:
    for place, item in enumerate(transformations):
        ends = item.input or Reference(), item.output or Reference()
        yield _Declared(item, (*at, COORDINATE_TRANSFORMATIONS, place), ends, multiscale)


def _resolve(
    reference: Reference,
    path: str,
    multiscale: int | None,
    homes: dict[tuple[str, str | None], list[Space]],
    documents: dict[str, Described],
) -> Space | str:
    """Find the space that a reference means, or say why there is none."""
    target = join_path(path, reference.path or "")
    if target is None:
        return f"the path {quote(reference.path)} steps up, out of its group"
    found = homes.get((target, reference.name), [])
    if not found:
        if reference.name is None:
            return f"there is no {Space(target)}"
        if target not in documents or documents[target].document is None:
            return f"there is no metadata at {quote(target)} that can be read"
        return f"there is no coordinate system {Space(target, reference.name)}"
    # In its own document a transformation means the systems that stand beside it; elsewhere the first image's.
    beside = [space for space in found if target == path and space.multiscale == multiscale]
    return (beside or found)[0]
