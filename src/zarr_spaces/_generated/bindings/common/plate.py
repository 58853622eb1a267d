# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Acquisition(Model):
    """
    One run of the microscope over the plate.
    """

    id: int
    """
    Number of the acquisition, unique within the plate; fields of view refer to it.
    """
    name: str | None = None
    """
    Name of the acquisition.
    """
    maximumfieldcount: int | None = None
    """
    The largest number of fields of view in a well of this acquisition.
    """
    description: str | None = None
    """
    What the acquisition is, for people to read.
    """
    starttime: int | None = None
    """
    When it began, in seconds since 1970-01-01T00:00Z.
    """
    endtime: int | None = None
    """
    When it ended, in seconds since 1970-01-01T00:00Z.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class PlateRow(Model):
    """
    One row of the plate.
    """

    name: str
    """
    Name of the row: letters and digits, unique among the rows.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class PlateColumn(Model):
    """
    One column of the plate.
    """

    name: str
    """
    Name of the column: letters and digits, unique among the columns.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class PlateWell(Model):
    """
    One well with images: where it stands in the plate, and its group.
    """

    path: str
    """
    Path of the well's group: name of the row, a slash, name of the column.
    """
    row_index: int
    """
    Index of the row in rows, counted from 0.
    """
    column_index: int
    """
    Index of the column in columns, counted from 0.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Plate(Model):
    """
    The layout of a plate: its rows, its columns, and the wells that hold images.
    """

    rows: list[PlateRow]
    """
    Every row of the physical plate, with wells or without.
    """
    columns: list[PlateColumn]
    """
    Every column of the physical plate, with wells or without.
    """
    wells: list[PlateWell]
    """
    The wells that hold images.
    """
    name: str | None = None
    """
    Name of the plate.
    """
    field_count: int | None = None
    """
    The largest number of fields of view in a well.
    """
    acquisitions: list[Acquisition] | None = None
    """
    The acquisitions that fields of view can belong to.
    """
