# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from zarr_spaces.model import Model

from ...common.image_label import ImageLabel
from ...common.omero import Omero
from ...common.plate import Plate
from ...common.well import Well
from .multiscales import Multiscale
from .scene import Scene

@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class OmeZarr(Model):
    """
    Attributes of a Zarr v3 group that holds OME-Zarr metadata; other attributes may stand beside ome.
    """

    ome: Ome
    """
    The OME-Zarr metadata of the group.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Ome(Model):
    """
    The OME-Zarr metadata of one group; which members are present tells what the group is.
    """

    version: Literal["0.6", "0.6rc0"]
    """
    Version of the specification that the metadata follows.
    """
    multiscales: list[Multiscale] | None = None
    """
    The images of the group.
    """
    omero: Omero | None = None
    """
    Rendering hints for the image.
    """
    scene: Scene | None = None
    """
    How the images below the group lie relative to each other.
    """
    labels: list[str] | None = None
    """
    In a group named labels: the paths of its label images.
    """
    image_label: ImageLabel | None = None
    """
    What makes the image a label image.
    """
    plate: Plate | None = None
    """
    The layout of the plate whose wells lie below the group.
    """
    well: Well | None = None
    """
    The fields of view that lie below the group.
    """
    bioformats2raw_layout: Literal[3] | None = None
    """
    Marks a group of converted images, or of a converted plate; its only value is 3.
    """
    series: list[str] | None = None
    """
    In the group OME of a conversion: the paths of its images, in the order of the OME-XML.
    """


OMEZarr06: TypeAlias = OmeZarr
"""
The attributes of a Zarr group with OME-Zarr 0.6 metadata.
"""
