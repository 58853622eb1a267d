"""Typed metadata of OME-Zarr 0.6: plain dataclasses, one for each definition of its schemas."""

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import *  # noqa: F403 - the generated package lists its classes
from zarr_spaces._generated.bindings.ome_zarr.v0_6 import __all__ as __all__
