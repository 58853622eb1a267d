"""What the layout of a plate says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    ACQUISITIONS,
    COLUMN_INDEX,
    COLUMNS,
    FIELD_COUNT,
    ID,
    MAXIMUMFIELDCOUNT,
    NAME,
    PATH,
    ROW_INDEX,
    ROWS,
    WELLS,
)
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import closest, listing, quote
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zarr_spaces._generated.bindings.common.plate import Plate, PlateWell
    from zarr_spaces.findings import Pointer

_SECTION = '"plate" metadata'


@rule("acquisition-ids-unique", part=Part.PLATE, section=_SECTION, statements=(116,))
def acquisition_ids_unique(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """Acquisitions of one plate have different ids."""
    acquisitions = plate.acquisitions
    if not acquisitions or len({item.id for item in acquisitions}) == len(acquisitions):
        return ()
    hint = "give each acquisition an id of its own, and change the wells that mean it"
    return [
        Fault((*at, ACQUISITIONS, index, ID), f"the id {quote(value)} is already taken by entry {first}", hint)
        for index, first, value in repeated([item.id for item in acquisitions])
    ]


@rule("row-and-column-names-unique", part=Part.PLATE, section=_SECTION, statements=(119, 120))
def row_and_column_names_unique(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """Rows of one plate have different names, and so have its columns."""
    rows, columns = _names(plate)
    if len(set(rows)) == len(rows) and len(set(columns)) == len(columns):
        return ()
    return [
        Fault(
            (*at, member, index, NAME),
            f"the name {quote(name)} is already taken by {what} {first}",
            f"give every {what} of the plate a name of its own",
        )
        for names, member, what in ((rows, ROWS, "row"), (columns, COLUMNS, "column"))
        for index, first, name in repeated(names)
    ]


@rule(
    "row-and-column-names-differ-beyond-case",
    part=Part.PLATE,
    section=_SECTION,
    severity=Severity.WARNING,
    statements=(121,),
)
def row_and_column_names_differ_beyond_case(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """Names of rows, and of columns, differ in more than upper and lower case."""
    rows, columns = _names(plate)
    if len({name.lower() for name in rows}) == len(rows) and len({name.lower() for name in columns}) == len(columns):
        return ()
    return _alike(rows, (*at, ROWS), "row") + _alike(columns, (*at, COLUMNS), "column")


def _alike(names: Sequence[str], at: Pointer, what: str) -> list[Fault]:
    spellings: dict[str, dict[str, int]] = {}
    faults: list[Fault] = []
    for index, name in enumerate(names):
        known = spellings.setdefault(name.lower(), {})
        if known and name not in known:  # the same spelling twice is an error of its own
            other, first = next(iter(known.items()))
            message = f"the name {quote(name)} differs only by case from {quote(other)}, {what} {first}"
            faults.append(Fault((*at, index, NAME), message, "on some file systems the two are one folder: rename one"))
        known.setdefault(name, index)
    return faults


@rule("well-positions-agree", part=Part.PLATE, section=_SECTION, statements=(122, 123, 124))
def well_positions_agree(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """The path, rowIndex and columnIndex of a well all mean the same row and column of the plate."""
    rows, columns = _names(plate)
    wells = plate.wells
    try:
        if [f"{rows[well.row_index]}/{columns[well.column_index]}" for well in wells] == [well.path for well in wells]:
            return ()
    except IndexError:
        pass
    return _misplaced(plate, rows, columns, (*at, WELLS))


def _misplaced(plate: Plate, rows: Sequence[str], columns: Sequence[str], at: Pointer) -> Iterator[Fault]:
    known_rows, known_columns = dict.fromkeys(rows), dict.fromkeys(columns)
    hints = 0
    for index, well in enumerate(plate.wells):
        place = (*at, index)
        row, _, column = well.path.partition("/")
        outside = False
        for value, size, member, what in (
            (well.row_index, len(rows), ROW_INDEX, "row"),
            (well.column_index, len(columns), COLUMN_INDEX, "column"),
        ):
            if value >= size:
                outside = True
                message = f"there is no {what} {quote(value)}: the plate has {_counted(size, what)}"
                yield Fault((*place, member), message, "indices count from 0")
        if outside:
            continue
        if row in known_rows and column in known_columns:
            if (fault := _disagreement(well, rows, columns, place)) is not None:
                yield fault
            continue
        hints += 1
        yield _unknown(well.path, known_rows, known_columns, (*place, PATH), hints <= HINTS)


def _unknown(path: str, rows: dict[str, None], columns: dict[str, None], at: Pointer, helpful: bool) -> Fault:
    row, _, column = path.partition("/")
    wrong = [
        f"no {what} {quote(name)}"
        for name, names, what in ((row, rows, "row"), (column, columns, "column"))
        if name not in names
    ]
    message = f"the plate has {' and '.join(wrong)}, which {quote(path)} names"
    if column in rows and row in columns:
        return Fault(at, message, f"the row comes first: write {quote(f'{column}/{row}')}")
    if not helpful:
        return Fault(at, message)
    likely = f"{_likely(row, rows)}/{_likely(column, columns)}"
    if likely != path:
        return Fault(at, message, f"did you mean {quote(likely)}?")
    return Fault(at, message, f"rows: {listing(rows)}; columns: {listing(columns)}")


def _likely(name: str, names: dict[str, None]) -> str:
    return name if name in names else closest(name, names) or name


def _disagreement(well: PlateWell, rows: Sequence[str], columns: Sequence[str], at: Pointer) -> Fault | None:
    row, column = rows[well.row_index], columns[well.column_index]
    meant = f"{row}/{column}"
    if meant == well.path:
        return None
    named_row, _, named_column = well.path.partition("/")
    hint = "indices count from 0, in the order of rows and columns"
    if named_column == column:
        message = f"rowIndex {well.row_index} is the row {quote(row)}, the path {quote(well.path)} names another"
        return Fault((*at, ROW_INDEX), message, hint)
    if named_row == row:
        message = (
            f"columnIndex {well.column_index} is the column {quote(column)}, the path {quote(well.path)} names another"
        )
        return Fault((*at, COLUMN_INDEX), message, hint)
    indices = f"rowIndex {well.row_index} and columnIndex {well.column_index}"
    message = f"{indices} are the well {quote(meant)}, the path is {quote(well.path)}"
    swapped = well.column_index < len(rows) and rows[well.column_index] == named_row
    swapped = swapped and well.row_index < len(columns) and columns[well.row_index] == named_column
    return Fault(at, message, "rowIndex and columnIndex are swapped" if swapped else hint)


@rule("well-paths-unique", part=Part.PLATE, section=_SECTION, statements=(125,))
def well_paths_unique(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """Each well of the plate is listed once."""
    paths = [well.path for well in plate.wells]
    if len(set(paths)) == len(paths):
        return ()
    return [
        Fault((*at, WELLS, index, PATH), f"{quote(path)} is already listed as well {first}", "list each well once")
        for index, first, path in repeated(paths)
    ]


@rule("plate-described", part=Part.PLATE, section=_SECTION, severity=Severity.WARNING, statements=(126,))
def plate_described(plate: Plate, at: Pointer) -> Iterable[Fault]:
    """A plate has name and field_count, its acquisitions have name and maximumfieldcount."""
    faults: list[Fault] = []
    if plate.name is None or plate.field_count is None:
        faults.append(_undescribed("the plate", {NAME: plate.name, FIELD_COUNT: plate.field_count}, at))
    for index, item in enumerate(plate.acquisitions or ()):
        if item.name is None or item.maximumfieldcount is None:
            members = {NAME: item.name, MAXIMUMFIELDCOUNT: item.maximumfieldcount}
            faults.append(_undescribed(f"acquisition {quote(item.id)}", members, (*at, ACQUISITIONS, index)))
    return faults


def _undescribed(what: str, members: Mapping[str, object], at: Pointer) -> Fault:
    missing = [member for member, value in members.items() if value is None]
    return Fault(at, f"{what} has no {' and no '.join(missing)}", f"add {' and '.join(missing)}")


def _names(plate: Plate) -> tuple[list[str], list[str]]:
    return [row.name for row in plate.rows], [column.name for column in plate.columns]


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
