# Generated from schemas/ by `python -m codegen`. Do not edit.

from zarr_spaces._generated.bindings.common.omero import Omero
from zarr_spaces._generated.bindings.common.omero import OmeroChannel
from zarr_spaces._generated.bindings.common.omero import OmeroWindow

__all__ = [
    "Omero",
    "OmeroChannel",
    "OmeroWindow",
]
