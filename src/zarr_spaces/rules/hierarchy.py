"""One hierarchy, one version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    BIOFORMATS2RAW_LAYOUT,
    COORDINATE_TRANSFORMATIONS,
    IMAGES,
    INPUT,
    LABELS,
    OUTPUT,
    PATH,
    PLATE,
    SCENE,
    SERIES,
    VERSION,
    WELL,
    WELLS,
)
from zarr_spaces.findings import Level
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.collection import numbered
from zarr_spaces.rules.neighbours import member, strings
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Ome, Scene
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

    Child = tuple[str, Pointer]


@rule("versions-consistent", part=Part.OME, section="OME-Zarr metadata", level=Level.HIERARCHY, statements=(9,))
def versions_consistent(ome: Ome, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All groups of one hierarchy are written in the same version."""
    own = _release(ome.version)
    seen: set[str] = set()
    for written, place in _children(ome, nodes):
        path = normalise_path(written)
        if not path or path in seen:
            continue
        seen.add(path)
        version = member(nodes.attributes(path), VERSION)
        if isinstance(version, str) and _release(version) != own:  # anything else is for that document to say
            message = f"the group at {quote(path)} is written in version {quote(version)}, this one in {ome.version}"
            yield Fault(at + place, message, "write the whole hierarchy in one version")


def _release(version: str) -> str:
    # A release and its candidates have the same text, but for the string itself.
    return version.partition("rc")[0]


def _children(ome: Ome, nodes: NodeView) -> Iterator[Child]:
    """Yield the groups to which a document refers, with the places where it does; each answers for its own."""
    if ome.multiscales is not None:
        yield LABELS, (VERSION,)
    for index, path in enumerate(ome.labels or ()):
        yield path, (LABELS, index)
    for index, well in enumerate(ome.plate.wells if ome.plate is not None else ()):
        yield well.path, (PLATE, WELLS, index, PATH)
    for index, image in enumerate(ome.well.images if ome.well is not None else ()):
        yield image.path, (WELL, IMAGES, index, PATH)
    if ome.scene is not None:
        yield from _referred(ome.scene)
    if ome.bioformats2raw_layout is not None:
        yield "OME", (BIOFORMATS2RAW_LAYOUT,)
        for path in strings(member(nodes.attributes("OME"), SERIES)) or map(str, numbered(nodes)):
            yield path, (BIOFORMATS2RAW_LAYOUT,)


def _referred(scene: Scene) -> Iterator[Child]:
    for index, transformation in enumerate(scene.coordinate_transformations):
        for end, reference in ((INPUT, transformation.input), (OUTPUT, transformation.output)):
            if reference is not None and reference.path:
                yield reference.path, (SCENE, COORDINATE_TRANSFORMATIONS, index, end, PATH)
