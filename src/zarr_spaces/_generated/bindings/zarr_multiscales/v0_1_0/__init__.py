# Generated from schemas/ by `python -m codegen`. Do not edit.

from zarr_spaces._generated.bindings.composition.geo import Geo
from zarr_spaces._generated.bindings.composition.geo import GeoAttributes
from zarr_spaces._generated.bindings.composition.geo import GeoProj
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales import LayoutLevel
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales import Multiscales
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales import ResamplingMethod
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales import ZarrMultiscales

__all__ = [
    "Geo",
    "GeoAttributes",
    "GeoProj",
    "LayoutLevel",
    "Multiscales",
    "ResamplingMethod",
    "ZarrMultiscales",
]
