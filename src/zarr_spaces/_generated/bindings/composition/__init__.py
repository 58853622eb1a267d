# Generated from schemas/ by `python -m codegen`. Do not edit.

from zarr_spaces._generated.bindings.composition.geo import Geo
from zarr_spaces._generated.bindings.composition.geo import GeoAttributes
from zarr_spaces._generated.bindings.composition.geo import GeoProj

__all__ = [
    "Geo",
    "GeoAttributes",
    "GeoProj",
]
