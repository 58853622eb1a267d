"""Typed metadata of Zarr multiscales 0.1.0 and geo.proj 0.1: plain dataclasses, one for each definition."""

from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import *  # noqa: F403 - the generated package lists its classes
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import __all__ as __all__
