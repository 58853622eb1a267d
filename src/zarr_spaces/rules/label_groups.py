"""Label images among the groups of a store: seen from the labels group, and from the image that they label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import (
    DATASETS,
    IMAGE,
    IMAGE_LABEL,
    LABELS,
    MULTISCALES,
    OME,
    PATH,
    SOURCE,
)
from zarr_spaces.findings import Level, Severity
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.neighbours import images_below, inside, is_image, member, no_image, objects, strings
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Ome
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_SECTION = '"labels" metadata'
_FOLDER = "labels"  # name of the group, which happens to be that of the member in it
_DEPTH = 4  # levels of groups below labels among which label images are looked for
_INTEGERS = frozenset(("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"))


def _listed(labels: Sequence[str]) -> dict[str, int]:
    """Collect the paths of a list, each with its first place."""
    paths: dict[str, int] = {}
    for index, label in enumerate(labels):
        if (path := inside(label)) is not None:
            paths.setdefault(path, index)
    return paths


@rule("listed-labels-exist", part=Part.LABELS, section=_SECTION, level=Level.HIERARCHY, statements=(107, 109))
def listed_labels_exist(labels: list[str], at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Every path in the list of label images leads to an image."""
    faults = 0
    for path, index in _listed(labels).items():
        if (fault := no_image(path, nodes, faults < HINTS)) is not None:
            faults += 1
            yield Fault((*at, index), *fault)


@rule(
    "listed-labels-have-image-label",
    part=Part.LABELS,
    section=_SECTION,
    severity=Severity.WARNING,
    level=Level.HIERARCHY,
    statements=(136,),
)
def listed_labels_have_image_label(labels: list[str], at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A label image has image-label."""
    for path, index in _listed(labels).items():
        attributes = nodes.attributes(path)
        if is_image(attributes) and member(attributes, IMAGE_LABEL) is None:
            message = f"the label image at {quote(path)} has no {IMAGE_LABEL}"
            yield Fault((*at, index), message, f"add {IMAGE_LABEL} beside its {MULTISCALES}")


@rule(
    "label-images-listed",
    part=Part.LABELS,
    section=_SECTION,
    severity=Severity.WARNING,
    level=Level.HIERARCHY,
    statements=(108,),
)
def label_images_listed(labels: list[str], at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """Every label image below the labels group is listed."""
    paths = _listed(labels)
    if not all(is_image(nodes.attributes(path)) for path in paths):
        return ()  # an error of its own; the image that was meant would only seem to be left out
    missing = [path for path in images_below("", nodes, _DEPTH) if path not in paths]
    if not missing:
        return ()
    message = f"not listed, yet an image below this group: {listing(missing)}"
    return (Fault(at, message, "list every label image"),)


@rule("label-folders-plain", part=Part.LABELS, section=_SECTION, level=Level.HIERARCHY, statements=(106,))
def label_folders_plain(labels: list[str], at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A group between the labels group and a label image has no metadata."""
    seen: set[str] = set()
    for path, index in _listed(labels).items():
        parts = path.split("/")
        for depth in range(1, min(len(parts), _DEEP)):
            folder = "/".join(parts[:depth])
            if folder not in seen and OME in (nodes.attributes(folder) or ()):
                message = f"the group {quote(folder)}, through which {quote(path)} leads, has OME-Zarr metadata"
                yield Fault((*at, index), message, "only the labels group and the label images have it")
            seen.add(folder)


_DEEP = 32  # parts of one path that are looked at; no store has as many levels


@rule(
    "labels-beside-levels",
    part=Part.OME,
    section=_SECTION,
    level=Level.HIERARCHY,
    statements=(104,),
)
def labels_beside_levels(ome: Ome, at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """The group that holds a labels group is an image."""
    if ome.multiscales is not None or member(nodes.attributes(_FOLDER), LABELS) is None:
        return ()
    message = f"there is a group {quote(_FOLDER)} with label images, but no {MULTISCALES} here"
    return (Fault(at, message, "move the labels into the image that they label"),)


@rule("labels-group-lists", part=Part.OME, section=_SECTION, level=Level.HIERARCHY, statements=(107,))
def labels_group_lists(ome: Ome, at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """The labels group of an image lists its label images."""
    if ome.multiscales is None:
        return ()
    attributes = nodes.attributes(_FOLDER)
    if attributes is None or member(attributes, LABELS) is not None:
        return ()
    message = f"the group {quote(_FOLDER)} of this image has no list of label images"
    return (Fault((*at, MULTISCALES), message, f"add {LABELS} to the metadata of that group"),)


def _labels(nodes: NodeView) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the label images of an image as they are listed, with their attributes."""
    for path in _listed(strings(member(nodes.attributes(_FOLDER), LABELS))):
        attributes = nodes.attributes(f"{_FOLDER}/{path}")
        if attributes is not None and is_image(attributes):
            yield f"{_FOLDER}/{path}", attributes


def _source(attributes: Mapping[str, Any]) -> str | None:
    """Return what a label image gives as the path of its source, None where it gives none."""
    image_label = member(attributes, IMAGE_LABEL)
    source = image_label.get(SOURCE) if isinstance(image_label, dict) else None
    path = source.get(IMAGE) if isinstance(source, dict) else None
    return path if isinstance(path, str) else None


def _resolve(base: str, path: str) -> str | None:
    """Follow a path that may step up; None where it leads out of the group at which `base` begins."""
    parts = base.split("/")
    for part in normalise_path(path).split("/"):
        if part != "..":
            parts += [part] if part else []
        elif not parts:
            return None
        else:
            parts.pop()
    return "/".join(parts)


@rule("label-levels-match", part=Part.OME, section=_SECTION, level=Level.HIERARCHY, statements=(110,))
def label_levels_match(ome: Ome, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A label image has as many levels as the image that it labels."""
    if ome.multiscales is None:
        return
    own = dict.fromkeys(len(multiscale.datasets) for multiscale in ome.multiscales)
    for path, attributes in _labels(nodes):
        source = _source(attributes)
        if source is not None and _resolve(path, source) != "":
            continue  # it labels another image
        for multiscale in objects(member(attributes, MULTISCALES)):
            datasets = multiscale.get(DATASETS)
            if isinstance(datasets, list) and len(datasets) not in own:
                message = (
                    f"the image has {_levels(next(iter(own)))}, its label image at {quote(path)} has {len(datasets)}"
                )
                yield Fault((*at, MULTISCALES, 0, DATASETS), message, "give both the same number of levels")
                break


def _levels(count: int) -> str:
    return "1 level" if count == 1 else f"{count} levels"


@rule("label-source-is-image", part=Part.OME, section=_SECTION, level=Level.HIERARCHY, statements=(114,))
def label_source_is_image(ome: Ome, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The source of a label image, followed from there, is an image."""
    if ome.multiscales is None:
        return
    for path, attributes in _labels(nodes):
        source = _source(attributes)
        target = _resolve(path, source) if source is not None else None
        if source is None or not target or is_image(nodes.attributes(target)):
            continue  # none is given, or it is this image, or it cannot be seen from here
        if "://" in source or source.startswith("/") or target == path:
            continue  # for the label's own document to say
        message = f"the source {quote(source)} of the label image at {quote(path)} leads to {quote(target)}: no image"
        up = "../" * (path.count("/") + 1)
        yield Fault((*at, MULTISCALES), message, f"from there, {quote(up)} leads to this image")


@rule("label-pixels-are-integers", part=Part.OME, section=_SECTION, level=Level.ARRAYS, statements=(105,))
def label_pixels_are_integers(ome: Ome, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of a label image are of one of the integer types of 8, 16, 32 or 64 bits."""
    if ome.image_label is not None:
        for place, multiscale in enumerate(ome.multiscales or ()):
            for index, path in enumerate(dataset.path for dataset in multiscale.datasets):
                if (message := _other_type(path, nodes)) is not None:
                    yield Fault((*at, MULTISCALES, place, DATASETS, index, PATH), message, _TYPES)
                    break
    for label, index in _listed(ome.labels or ()).items():
        attributes = nodes.attributes(label)
        if attributes is None or member(attributes, IMAGE_LABEL) is not None:
            continue  # its own document says that it is a label image
        for other in objects(member(attributes, MULTISCALES)):
            paths = strings([dataset.get(PATH) for dataset in objects(other.get(DATASETS))])
            messages = (_other_type(f"{label}/{path}", nodes) for path in paths)
            if (message := next(filter(None, messages), None)) is not None:
                yield Fault((*at, LABELS, index), message, _TYPES)
                break


_TYPES = "labels are integers: uint8, int8, uint16, int16, uint32, int32, uint64 or int64"


def _other_type(path: str, nodes: NodeView) -> str | None:
    """Say of which other type an array is; None where it is an integer, or cannot be read."""
    array = nodes.array(normalise_path(path))
    found = array.get("data_type") if array is not None else None
    name = found.get("name") if isinstance(found, dict) else found
    if name is None or (isinstance(name, str) and name in _INTEGERS):
        return None
    return f"the array at {quote(path)} has the data type {quote(name)}"
