# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class GeoProj(Model):
    """
    A coordinate reference system (CRS) in at least one of three forms, and how the pixels of the arrays directly below the group, or of the array, lie in it.
    """

    version: Literal["0.1"] = "0.1"
    """
    Version of geo.proj that the members follow.
    """
    code: str | None = None
    """
    Authority and code of the CRS, such as EPSG:32633.
    """
    wkt2: str | None = None
    """
    The CRS as WKT2 (ISO 19162).
    """
    projjson: dict[str, Any] | None = None
    """
    The CRS as PROJJSON.
    """
    bbox: list[float] | None = None
    """
    Extent of the pixels in the CRS: the smallest coordinate along each axis (x, y), then the largest.
    """
    transform: list[float] | None = None
    """
    From pixels to the CRS, row by row: x = a col + b row + c, y = d col + e row + f, with col and row at the corner of the pixel nearest the origin; a third row 0, 0, 1 may follow.
    """
    spatial_dimensions: list[str] | None = None
    """
    Names of the dimensions of the arrays along which y and x run, in this order.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Geo(Model):
    """
    What is said of a group or array for maps; of its members only proj is known here.
    """

    proj: GeoProj | None = None
    """
    The coordinate reference system, and how pixels lie in it.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class GeoAttributes(Model):
    """
    Attributes of a Zarr group or array that is placed on the ground; other attributes may stand beside geo.
    """

    geo: Geo
    """
    Where the pixels lie.
    """


GeoProj01: TypeAlias = GeoAttributes
"""
The attributes of a Zarr group or array whose pixels lie in a coordinate reference system.
"""
