"""Plates and wells of high-content screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from zarr_spaces._generated.bindings.common.plate import Acquisition, Plate, PlateColumn, PlateRow, PlateWell
from zarr_spaces._generated.bindings.common.well import Well, WellImage
from zarr_spaces.build.checked import checked
from zarr_spaces.build.given import copied, listed
from zarr_spaces.build.per_axis import is_listed, plain, shown
from zarr_spaces.quoting import closest, listing, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST = 10_000  # rows, columns, or fields of view of a well: more is a slip, and would take minutes
_MOST_WELLS = 1_000_000


def plate(
    rows: int | str | Iterable[str],
    columns: int | Iterable[str],
    *,
    name: str,
    field_count: int,
    wells: Iterable[str] | None = None,
    acquisitions: Mapping[str, int] | Iterable[Acquisition] = (),
) -> OmeZarr:
    """Describe the layout of a plate.

    Parameters
    ----------
    rows : int, str or iterable of str
        How many rows the plate has, named A, B, ... Z, AA, AB and so on; or their names, as in ``"ABCD"``.
    columns : int or iterable of str
        How many columns the plate has, named 1, 2, 3 and so on; or their names.
    name : str
        Name of the plate, for people.
    field_count : int
        The largest number of fields of view in a well.
    wells : iterable of str, optional
        Paths of the wells that hold images, such as ``["A/1", "A/2"]``; all of the plate unless given.
    acquisitions : mapping or iterable of Acquisition
        Names of the acquisitions, with the largest number of fields of view that a well has in each; they get the ids
        0, 1, 2 and so on. Or acquisitions as they are.

    Returns
    -------
    OmeZarr
        The document of the plate's group.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it; or a well lies in no row or column of the plate.
    InvalidDocument
        If the whole breaks a rule, as when two rows have the same name.

    Notes
    -----
    OME-Zarr 0.6, "plate" metadata.

    Examples
    --------
    >>> plate(8, 12, name="screen", field_count=4, wells=["A/1", "H/12"]).ome.plate.wells
    [PlateWell(path='A/1', row_index=0, column_index=0), PlateWell(path='H/12', row_index=7, column_index=11)]
    """
    row_names, column_names = _names("rows", rows, _letters), _names("columns", columns, str)
    for argument, names in (("rows", row_names), ("columns", column_names)):
        if slashed := next((name for name in names if "/" in name), None):
            raise ValueError(
                f"{argument}: {quote(slashed)} holds a slash, which parts row from column in a well's path"
            )
    made = Plate(
        name=name,
        field_count=plain(field_count),
        rows=[PlateRow(name=row) for row in row_names],
        columns=[PlateColumn(name=column) for column in column_names],
        wells=_wells(wells, row_names, column_names),
        acquisitions=_acquisitions(acquisitions) or None,
    )
    return checked(() if isinstance(acquisitions, Mapping) else made.acquisitions or (), plate=made)


def well(images: int | Iterable[str] | Mapping[str, int]) -> OmeZarr:
    """Describe the fields of view of a well.

    Parameters
    ----------
    images : int, iterable of str, or mapping
        How many fields there are, at the paths 0, 1, 2 and so on; or their paths; or their paths with the id of the
        acquisition that each belongs to, which is needed where the plate has several.

    Returns
    -------
    OmeZarr
        The document of the well's group.

    Raises
    ------
    TypeError, ValueError
        If there is no field, or `images` is something else.
    InvalidDocument
        If the whole breaks a rule, as when a path is not the name of one group.

    Notes
    -----
    OME-Zarr 0.6, "well" metadata.

    Examples
    --------
    >>> well({"0": 7, "1": 7}).ome.well.images
    [WellImage(path='0', acquisition=7), WellImage(path='1', acquisition=7)]
    """
    if isinstance(images, Mapping):
        return _well([WellImage(path=path, acquisition=_id(path, number)) for path, number in images.items()])
    return _well([WellImage(path=path) for path in _names("images", images, lambda index: str(index - 1))])


def _well(images: list[WellImage]) -> OmeZarr:
    if not images:
        raise ValueError("images: a well has at least one field of view")
    return checked(well=Well(images=images))


def _id(path: object, number: Any) -> Any:
    """Return the id of the acquisition of a field of view; what is no number at all, the check tells."""
    found: Any = plain(number)
    if isinstance(found, int) and found < 0:
        raise ValueError(f"images: the acquisition of {shown(path)} is {found}: ids of acquisitions count from 0")
    return found


def _names(argument: str, value: Any, numbered: Callable[[int], str]) -> list[str]:
    """Return names as they are given, or those of so many things, counted from 1."""
    value = plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 1:
            raise ValueError(f"{argument}: {value}: at least 1 is needed")
        _require_few(argument, value, _MOST)
        return [numbered(index) for index in range(1, value + 1)]
    if isinstance(value, str) and (argument != "rows" or not value.isalpha()):
        raise TypeError(f"{argument}: {quote(value)} is a text: write a number, or a list of names")
    if not is_listed(value) and not isinstance(value, str):
        raise TypeError(f"{argument}: a number or a list of names is needed, not {shown(value)}")
    names = [plain(name) for name in value]
    _require_few(argument, len(names), _MOST)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{argument}: names are strings, {shown(name)} is none")
    return names


def _require_few(argument: str, count: int, most: int) -> None:
    if count > most:
        raise ValueError(f"{argument}: {quote(count)} are too many, {most} at most")


def _letters(number: int) -> str:
    name = ""
    while number:
        number, place = divmod(number - 1, len(_LETTERS))
        name = _LETTERS[place] + name
    return name


def _wells(wells: Iterable[str] | None, rows: list[str], columns: list[str]) -> list[PlateWell]:
    row_indices, column_indices = ({name: index for index, name in enumerate(names)} for names in (rows, columns))
    if wells is None:
        _require_few("wells", len(rows) * len(columns), _MOST_WELLS)
        asked = [f"{row}/{column}" for row in rows for column in columns]
    elif not (asked := listed("wells", wells, 'paths such as "A/1"')):
        raise ValueError('wells: at least one is needed, such as "A/1"; leave wells out for all of the plate')
    found: list[PlateWell] = []
    for path in asked:
        row, _, column = str(path).partition("/")
        if row not in row_indices or column not in column_indices:
            raise _no_well(path, rows, columns)
        found.append(PlateWell(path=path, row_index=row_indices[row], column_index=column_indices[column]))
    return found


def _no_well(path: object, rows: list[str], columns: list[str]) -> ValueError:
    every = [f"{row}/{column}" for row in rows for column in columns] if len(rows) * len(columns) < 1000 else []
    close = None
    if isinstance(path, str):
        plain_path = path.replace("/", "")
        close = next((well for well in every if well.replace("/", "") == plain_path), None) or closest(path, every)
    hint = f"did you mean {quote(close)}?" if close else f"rows: {listing(rows)}; columns: {listing(columns)}"
    return ValueError(f"wells: the plate has no well {shown(path)}: {hint}")


def _acquisitions(given: Mapping[str, int] | Iterable[Acquisition]) -> list[Acquisition]:
    if isinstance(given, Mapping):
        pairs = enumerate(cast("Mapping[str, int]", given).items())
        return [Acquisition(id=number, name=name, maximumfieldcount=plain(count)) for number, (name, count) in pairs]
    found = listed("acquisitions", given, "acquisitions")
    for item in found:
        if not isinstance(item, Acquisition):
            raise TypeError(
                f"acquisitions: {shown(item)} is no Acquisition: write names with their numbers of fields, as in "
                f'{{"day 1": 4}}'
            )
    return [copied("acquisitions", item) for item in found]
