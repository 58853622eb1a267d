"""What a plate says about the groups below it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import ACQUISITION, PATH, ROWS, WELL, WELLS
from zarr_spaces.findings import Level, Severity
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.neighbours import fields, images_below, member, no_group
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.common.plate import Plate, PlateWell
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_HIERARCHY = "storage format, high-content screening"


def _wells(plate: Plate) -> Iterator[tuple[int, PlateWell]]:
    """Yield each well once with its index; a path that the plate's own document cannot mean is an error there."""
    rows, columns = {row.name for row in plate.rows}, {column.name for column in plate.columns}
    seen: set[str] = set()
    for index, well in enumerate(plate.wells):
        row, _, column = well.path.partition("/")
        if well.path not in seen and row in rows and column in columns:
            seen.add(well.path)
            yield index, well


@rule("plate-wells-exist", part=Part.PLATE, section=_HIERARCHY, level=Level.HIERARCHY, statements=(3, 4, 5))
def plate_wells_exist(plate: Plate, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Every well of a plate leads to a group with well metadata, which stands in the group of its row."""
    faults = 0
    rows: set[str] = set()
    for index, well in _wells(plate):
        path = well.path
        attributes = nodes.attributes(path)
        row = path.partition("/")[0]
        if attributes is None:
            message, hint = no_group(path, nodes, faults < HINTS)
        elif member(attributes, WELL) is None:
            message, hint = f"the group at {quote(path)} has no well metadata", "it has to list its fields of view"
        elif row not in rows and nodes.attributes(row) is None:
            message, hint = (
                f"no readable Zarr group at {quote(row)}",
                "a row of wells is a group, with its own zarr.json",
            )
        else:
            rows.add(row)
            continue
        faults += 1
        rows.add(row)
        yield Fault((*at, WELLS, index, PATH), message, hint)


@rule(
    "field-acquisitions-known",
    part=Part.PLATE,
    section='"well" metadata',
    level=Level.HIERARCHY,
    statements=(130,),
)
def field_acquisitions_known(plate: Plate, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A field of view gives one of the acquisitions of its plate, always where there are several."""
    ids = {item.id: None for item in plate.acquisitions or ()}
    if not ids:
        return
    for index, well in _wells(plate):
        silent: list[str] = []
        unknown: list[tuple[str, object]] = []
        for image in fields(nodes.attributes(well.path)):
            name, value = image.get(PATH), image.get(ACQUISITION)
            path = f"{well.path}/{name}" if isinstance(name, str) else well.path
            if ACQUISITION not in image:
                silent.append(path)
            elif type(value) in (int, float) and value not in ids:  # anything else is for the well's own document
                unknown.append((path, value))
        if silent and len(ids) > 1:
            images = ("the image " if len(silent) == 1 else "the images ") + listing(silent)
            message = f"{images} {'gives' if len(silent) == 1 else 'give'} no acquisition, the plate has {len(ids)}"
            yield Fault((*at, WELLS, index), message, "in the well, name the acquisition of each image")
        if unknown:
            path, value = unknown[0]
            others = f", as do others: {len(unknown)} in all" if len(unknown) > 1 else ""
            known = ", ".join(map(quote, itertools.islice(ids, 8))) + (", ..." if len(ids) > 8 else "")
            message = f"the image {quote(path)} gives the acquisition {quote(value)}, which is not listed{others}"
            yield Fault((*at, WELLS, index), message, f"the plate lists {known}")


@rule(
    "plate-groups-hold-images",
    part=Part.PLATE,
    section=_HIERARCHY,
    severity=Severity.WARNING,
    level=Level.HIERARCHY,
    statements=(6,),
)
def plate_groups_hold_images(plate: Plate, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The groups of rows and wells below a plate hold images."""
    listed: dict[str, set[str]] = {}
    for well in plate.wells:
        if nodes.attributes(well.path) is None:
            return  # an error of its own; the group that was meant would only seem to be left over
        row, _, column = well.path.partition("/")
        listed.setdefault(row, set()).add(column)
    columns = {column.name for column in plate.columns}
    hint = "remove the group, or list its wells with their images"
    seen: set[str] = set()
    for index, row_there in enumerate(plate.rows):
        name = row_there.name
        if name in seen or nodes.attributes(name) is None:
            continue
        seen.add(name)
        if name not in listed:
            if not any(images_below(name, nodes, 2)):
                yield Fault((*at, ROWS, index), f"the group of row {quote(name)} holds no images", hint)
            continue
        unlisted = columns - listed[name]
        others = (f"{name}/{child}" for child in nodes.children(name) if child in unlisted)
        empty = [
            path for path in others if nodes.attributes(path) is not None and not any(images_below(path, nodes, 1))
        ]
        if empty:
            wells = ("the group " if len(empty) == 1 else "the groups ") + listing(empty)
            yield Fault((*at, ROWS, index), f"{wells} below row {quote(name)} {_hold(empty)} no images", hint)


def _hold(paths: list[str]) -> str:
    return "holds" if len(paths) == 1 else "hold"
