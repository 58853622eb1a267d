# Generated from schemas/ by `python -m codegen`. Do not edit.

from zarr_spaces._generated.bindings.common.image_label import ImageLabel
from zarr_spaces._generated.bindings.common.image_label import LabelColor
from zarr_spaces._generated.bindings.common.image_label import LabelProperties
from zarr_spaces._generated.bindings.common.image_label import LabelSource
from zarr_spaces._generated.bindings.common.omero import Omero
from zarr_spaces._generated.bindings.common.omero import OmeroChannel
from zarr_spaces._generated.bindings.common.omero import OmeroWindow
from zarr_spaces._generated.bindings.common.plate import Acquisition
from zarr_spaces._generated.bindings.common.plate import Plate
from zarr_spaces._generated.bindings.common.plate import PlateColumn
from zarr_spaces._generated.bindings.common.plate import PlateRow
from zarr_spaces._generated.bindings.common.plate import PlateWell
from zarr_spaces._generated.bindings.common.well import Well
from zarr_spaces._generated.bindings.common.well import WellImage

__all__ = [
    "Acquisition",
    "ImageLabel",
    "LabelColor",
    "LabelProperties",
    "LabelSource",
    "Omero",
    "OmeroChannel",
    "OmeroWindow",
    "Plate",
    "PlateColumn",
    "PlateRow",
    "PlateWell",
    "Well",
    "WellImage",
]
