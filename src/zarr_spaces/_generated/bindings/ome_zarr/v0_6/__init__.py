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
from zarr_spaces._generated.bindings.ome_zarr.v0_6.axes import Axis
from zarr_spaces._generated.bindings.ome_zarr.v0_6.coordinate_systems import CoordinateSystem
from zarr_spaces._generated.bindings.ome_zarr.v0_6.multiscales import Dataset
from zarr_spaces._generated.bindings.ome_zarr.v0_6.multiscales import LevelTransformation
from zarr_spaces._generated.bindings.ome_zarr.v0_6.multiscales import Multiscale
from zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr import Ome
from zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr import OmeZarr
from zarr_spaces._generated.bindings.ome_zarr.v0_6.scene import Scene
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Affine
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Bijection
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import ByDimension
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import ByDimensionItem
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Coordinates
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Displacements
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Identity
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import MapAxis
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import ProjectAxis
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Reference
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Rotation
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Scale
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Sequence
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Transformation
from zarr_spaces._generated.bindings.ome_zarr.v0_6.transformations import Translation

__all__ = [
    "Acquisition",
    "Affine",
    "Axis",
    "Bijection",
    "ByDimension",
    "ByDimensionItem",
    "CoordinateSystem",
    "Coordinates",
    "Dataset",
    "Displacements",
    "Identity",
    "ImageLabel",
    "LabelColor",
    "LabelProperties",
    "LabelSource",
    "LevelTransformation",
    "MapAxis",
    "Multiscale",
    "Ome",
    "OmeZarr",
    "Omero",
    "OmeroChannel",
    "OmeroWindow",
    "Plate",
    "PlateColumn",
    "PlateRow",
    "PlateWell",
    "ProjectAxis",
    "Reference",
    "Rotation",
    "Scale",
    "Scene",
    "Sequence",
    "Transformation",
    "Translation",
    "Well",
    "WellImage",
]
