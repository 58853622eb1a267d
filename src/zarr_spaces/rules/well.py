"""The fields of view of a well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import IMAGES, PATH
from zarr_spaces.findings import Level
from zarr_spaces.quoting import quote
from zarr_spaces.rules.neighbours import no_image
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.common.well import Well
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_SECTION = '"well" metadata'


@rule("field-paths-unique", part=Part.WELL, section=_SECTION, statements=(128,))
def field_paths_unique(well: Well, at: Pointer) -> Iterable[Fault]:
    """Each field of view of a well is listed once."""
    paths = [image.path for image in well.images]
    if len(set(paths)) == len(paths):
        return ()
    return [
        Fault((*at, IMAGES, index, PATH), f"{quote(path)} is already listed as image {first}", "list each image once")
        for index, first, path in repeated(paths)
    ]


@rule("field-images-exist", part=Part.WELL, section=_SECTION, level=Level.HIERARCHY, statements=(129,))
def field_images_exist(well: Well, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Every field of view of a well leads to an image."""
    faults = 0
    seen: set[str] = set()
    for index, image in enumerate(well.images):
        if image.path not in seen and (fault := no_image(image.path, nodes, faults < HINTS)) is not None:
            faults += 1
            yield Fault((*at, IMAGES, index, PATH), *fault)
        seen.add(image.path)
