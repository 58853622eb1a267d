# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.common.plate import Acquisition, Plate, PlateColumn, PlateRow, PlateWell
from zarr_spaces.model import add_extra, free_members, text

_new = object.__new__


_PLATE = frozenset(("name", "field_count", "acquisitions", "rows", "columns", "wells",))


def load_plate(data: Mapping[str, Any]) -> Plate:
    """Build a `Plate` from its JSON object."""
    obj = _new(Plate)
    obj.rows = [load_plate_row(v) for v in data["rows"]]
    obj.columns = [load_plate_column(v) for v in data["columns"]]
    obj.wells = [load_plate_well(v) for v in data["wells"]]
    if len(data) == 3:
        obj.name = obj.field_count = obj.acquisitions = None
        return obj
    count = 3
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("field_count")
    if value is None:
        obj.field_count = None
    else:
        obj.field_count = value if type(value) is int else int(value)
        count += 1
    value = data.get("acquisitions")
    if value is None:
        obj.acquisitions = None
    else:
        obj.acquisitions = [load_acquisition(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _PLATE)
    return obj


def dump_plate(obj: Plate) -> dict[str, Any]:
    """Write a `Plate` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "rows": [dump_plate_row(v) for v in obj.rows],
        "columns": [dump_plate_column(v) for v in obj.columns],
        "wells": [dump_plate_well(v) for v in obj.wells],
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.field_count is not None:
        out["field_count"] = obj.field_count
    if obj.acquisitions is not None:
        out["acquisitions"] = [dump_acquisition(v) for v in obj.acquisitions]
    if obj.extra:
        add_extra(out, obj.extra, _PLATE)
    return out


_ACQUISITION = frozenset(("id", "name", "maximumfieldcount", "description", "starttime", "endtime",))


def load_acquisition(data: Mapping[str, Any]) -> Acquisition:
    """Build a `Acquisition` from its JSON object."""
    obj = _new(Acquisition)
    obj.id = v if type((v := data["id"])) is int else int(v)
    if len(data) == 1:
        obj.name = obj.maximumfieldcount = obj.description = obj.starttime = obj.endtime = None
        return obj
    count = 1
    value = data.get("name")
    if value is None:
        obj.name = None
    else:
        obj.name = value if value.isascii() else text(value)
        count += 1
    value = data.get("maximumfieldcount")
    if value is None:
        obj.maximumfieldcount = None
    else:
        obj.maximumfieldcount = value if type(value) is int else int(value)
        count += 1
    value = data.get("description")
    if value is None:
        obj.description = None
    else:
        obj.description = value if value.isascii() else text(value)
        count += 1
    value = data.get("starttime")
    if value is None:
        obj.starttime = None
    else:
        obj.starttime = value if type(value) is int else int(value)
        count += 1
    value = data.get("endtime")
    if value is None:
        obj.endtime = None
    else:
        obj.endtime = value if type(value) is int else int(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _ACQUISITION)
    return obj


def dump_acquisition(obj: Acquisition) -> dict[str, Any]:
    """Write a `Acquisition` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "id": obj.id,
    }
    if obj.name is not None:
        out["name"] = obj.name
    if obj.maximumfieldcount is not None:
        out["maximumfieldcount"] = obj.maximumfieldcount
    if obj.description is not None:
        out["description"] = obj.description
    if obj.starttime is not None:
        out["starttime"] = obj.starttime
    if obj.endtime is not None:
        out["endtime"] = obj.endtime
    if obj.extra:
        add_extra(out, obj.extra, _ACQUISITION)
    return out


_PLATE_ROW = frozenset(("name",))


def load_plate_row(data: Mapping[str, Any]) -> PlateRow:
    """Build a `PlateRow` from its JSON object."""
    obj = _new(PlateRow)
    obj.name = v if (v := data["name"]).isascii() else text(v)
    if len(data) != 1:
        obj.extra = free_members(data, _PLATE_ROW)
    return obj


def dump_plate_row(obj: PlateRow) -> dict[str, Any]:
    """Write a `PlateRow` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "name": obj.name,
    }
    if obj.extra:
        add_extra(out, obj.extra, _PLATE_ROW)
    return out


_PLATE_COLUMN = frozenset(("name",))


def load_plate_column(data: Mapping[str, Any]) -> PlateColumn:
    """Build a `PlateColumn` from its JSON object."""
    obj = _new(PlateColumn)
    obj.name = v if (v := data["name"]).isascii() else text(v)
    if len(data) != 1:
        obj.extra = free_members(data, _PLATE_COLUMN)
    return obj


def dump_plate_column(obj: PlateColumn) -> dict[str, Any]:
    """Write a `PlateColumn` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "name": obj.name,
    }
    if obj.extra:
        add_extra(out, obj.extra, _PLATE_COLUMN)
    return out


_PLATE_WELL = frozenset(("path", "rowIndex", "columnIndex",))


def load_plate_well(data: Mapping[str, Any]) -> PlateWell:
    """Build a `PlateWell` from its JSON object."""
    obj = _new(PlateWell)
    obj.path = v if (v := data["path"]).isascii() else text(v)
    obj.row_index = v if type((v := data["rowIndex"])) is int else int(v)
    obj.column_index = v if type((v := data["columnIndex"])) is int else int(v)
    if len(data) != 3:
        obj.extra = free_members(data, _PLATE_WELL)
    return obj


def dump_plate_well(obj: PlateWell) -> dict[str, Any]:
    """Write a `PlateWell` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "path": obj.path,
        "rowIndex": obj.row_index,
        "columnIndex": obj.column_index,
    }
    if obj.extra:
        add_extra(out, obj.extra, _PLATE_WELL)
    return out
