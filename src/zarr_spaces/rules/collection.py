"""Collections of converted images: what bioformats2raw.layout promises about the groups below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import BIOFORMATS2RAW_LAYOUT, PATH, SERIES
from zarr_spaces.findings import Level, Severity
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.neighbours import fields, inside, is_image, member, no_image, strings
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.common.plate import Plate
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Ome
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_SECTION = '"bioformats2raw.layout" metadata'
_FOLDER = "OME"
_XML = f"{_FOLDER}/METADATA.ome.xml"


def _series(nodes: NodeView) -> list[str] | None:
    """Return the paths that the group OME lists; None where it lists none."""
    series = member(nodes.attributes(_FOLDER), SERIES)
    return None if series is None else strings(series)


def numbered(nodes: NodeView) -> list[int]:
    """Return the numbers that are names of images below the group, sorted."""
    names = [name for name in nodes.children("") if name.isascii() and name.isdecimal() and len(name) < _DIGITS]
    return sorted(int(name) for name in names if str(int(name)) == name and is_image(nodes.attributes(name)))


_DIGITS = 10  # more images than this can number are in no collection


@rule("collection-images-numbered", part=Part.OME, section=_SECTION, level=Level.HIERARCHY, statements=(27,))
def collection_images_numbered(ome: Ome, at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """Without series and plate, the images of a collection are the groups 0, 1, 2 and so on."""
    if ome.bioformats2raw_layout is None or ome.plate is not None or _series(nodes) is not None:
        return ()
    found = numbered(nodes)
    if found and found[-1] == len(found) - 1:
        return ()
    place = (*at, BIOFORMATS2RAW_LAYOUT)
    if not found:
        _, hint = no_image("0", nodes, helpful=True) or ("", None)
        return (Fault(place, "there is no image at '0', where those of a collection begin", hint),)
    gap = next(number for number, there in enumerate([*found, -1]) if number != there)
    images = listing([str(number) for number in found])
    message = f"the images {images} are not numbered consecutively from 0: there is no image at '{gap}'"
    return (Fault(place, message, f"number them without gaps, or list them as {SERIES} in the group {_FOLDER}"),)


@rule("series-images-exist", part=Part.OME, section=_SECTION, level=Level.HIERARCHY, statements=(25,))
def series_images_exist(ome: Ome, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Every entry of series leads to an image of the collection."""
    if ome.bioformats2raw_layout is None:
        return
    faults = 0
    for index, entry in enumerate(_series(nodes) or ()):
        path = inside(entry)
        if path is not None and (fault := no_image(path, nodes, faults < HINTS)) is not None:
            faults += 1
            message, hint = fault
            where = f"entry {index} of {SERIES} in the group {_FOLDER} leads to no image: {message}"
            yield Fault((*at, BIOFORMATS2RAW_LAYOUT), where, hint)


@rule(
    "collection-xml-present",
    part=Part.OME,
    section=_SECTION,
    severity=Severity.WARNING,
    level=Level.HIERARCHY,
    statements=(134,),
)
def collection_xml_present(ome: Ome, at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """A collection has its OME-XML in OME/METADATA.ome.xml."""
    if ome.bioformats2raw_layout is None or nodes.has_file(_XML):
        return ()
    message = f"there is no file {quote(_XML)}"
    return (Fault((*at, BIOFORMATS2RAW_LAYOUT), message, "put the OME-XML of the whole collection there"),)


@rule(
    "plate-series-match",
    part=Part.OME,
    section=_SECTION,
    severity=Severity.WARNING,
    level=Level.HIERARCHY,
    statements=(135,),
)
def plate_series_match(ome: Ome, at: Pointer, nodes: NodeView) -> Iterable[Fault]:
    """The images of a plate are listed as series, where the plate is a collection."""
    if ome.bioformats2raw_layout is None or ome.plate is None:
        return ()
    place = (*at, BIOFORMATS2RAW_LAYOUT)
    series = _series(nodes)
    if series is None:
        message = f"the group {_FOLDER} has no {SERIES} with the images of the plate"
        return (Fault(place, message, "list the paths of all fields of view, for readers that know no plates"),)
    listed = dict.fromkeys(normalise_path(path) for path in series)
    if not all(is_image(nodes.attributes(path)) for path in listed):
        return ()  # an error of its own
    images = dict.fromkeys(_images(ome.plate, nodes))
    missing = [path for path in images if path not in listed]
    more = [path for path in listed if path not in images]
    if not missing and not more:
        return ()
    faults = [f"not in {SERIES}: {listing(missing)}"] if missing else []
    faults += [f"in {SERIES}, but not on the plate: {listing(more)}"] if more else []
    message = f"{SERIES} and the plate list different images; {'; '.join(faults)}"
    return (Fault(place, message, f"list the same images in {SERIES} as on the plate"),)


def _images(plate: Plate, nodes: NodeView) -> Iterator[str]:
    for well in plate.wells:
        for image in fields(nodes.attributes(well.path)):
            if isinstance(path := image.get(PATH), str):
                yield f"{well.path}/{normalise_path(path)}"
