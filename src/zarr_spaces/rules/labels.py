"""Label images: how they are listed, and what each says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    COLORS,
    IMAGE,
    IMAGE_LABEL,
    LABEL_VALUE,
    MULTISCALES,
    OME,
    PROPERTIES,
    SOURCE,
)
from zarr_spaces.findings import Severity
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zarr_spaces._generated.bindings.common.image_label import ImageLabel, LabelColor, LabelProperties
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Ome
    from zarr_spaces.findings import Pointer

_SECTION = '"labels" metadata'


@rule("label-paths-unique", part=Part.LABELS, section=_SECTION, statements=(107,))
def label_paths_unique(labels: list[str], at: Pointer) -> Iterable[Fault]:
    """Each label image is listed once."""
    paths = [normalise_path(path) for path in labels]
    if len(set(paths)) == len(paths):
        return ()
    return [
        Fault((*at, index), f"{quote(labels[index])} is already listed as entry {first}", "list each label image once")
        for index, first, path in repeated(paths)
        if path  # an empty one is an error wherever it stands
    ]


@rule("image-label-on-image", part=Part.OME, section=_SECTION, statements=(109,))
def image_label_on_image(ome: Ome, at: Pointer) -> Iterable[Fault]:
    """What has image-label has multiscales as well: a label image is an image."""
    if ome.image_label is None or ome.multiscales is not None:
        return ()
    message = f"{IMAGE_LABEL} says that this is a label image, but there is no {MULTISCALES}"
    return (Fault((OME, IMAGE_LABEL), message, f"add {MULTISCALES} beside {IMAGE_LABEL}"),)


@rule("label-colors-given", part=Part.IMAGE_LABEL, section=_SECTION, severity=Severity.WARNING, statements=(115,))
def label_colors_given(image_label: ImageLabel, at: Pointer) -> Iterable[Fault]:
    """A label image says in which colors its labels are shown."""
    if image_label.colors is not None:
        return ()
    return (Fault(at, f"there are no {COLORS}", f"add {COLORS}, with an entry for each label value"),)


@rule("label-values-unique", part=Part.IMAGE_LABEL, section=_SECTION, statements=(112,))
def label_values_unique(image_label: ImageLabel, at: Pointer) -> Iterable[Fault]:
    """Colors have one entry for each label value, and so have properties."""
    faults: list[Fault] = []
    for member, entries in ((COLORS, image_label.colors), (PROPERTIES, image_label.properties)):
        if entries and len({entry.label_value for entry in entries}) < len(entries):
            faults += _doubled(entries, (*at, member))
    return faults


@rule("label-source-relative", part=Part.IMAGE_LABEL, section=_SECTION, statements=(114,))
def label_source_relative(image_label: ImageLabel, at: Pointer) -> Iterable[Fault]:
    """The source of a label image is a path from there to another group, such as ../../."""
    path = image_label.source.image if image_label.source is not None else None
    if path is None:
        return ()
    if "://" in path:
        why = "is a URL"
    elif path.startswith("/"):
        why = "is absolute"
    elif not normalise_path(path):
        why = "means the label image itself"
    else:
        return ()
    hint = "write the path from the label image to the image that it labels, such as ../../"
    return (Fault((*at, SOURCE, IMAGE), f"the path {quote(path)} {why}", hint),)


def _doubled(entries: Sequence[LabelColor | LabelProperties], at: Pointer) -> Iterator[Fault]:
    for index, first, value in repeated([entry.label_value for entry in entries]):
        message = f"the label value {quote(value)} already has entry {first}"
        yield Fault((*at, index, LABEL_VALUE), message, "put what belongs to one label value in one entry")
