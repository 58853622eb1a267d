# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from zarr_spaces.model import Model

from ...common.omero import Omero
from .multiscales import Multiscale
from .scene import Scene

OMEZarr06: TypeAlias = "OmeZarr"
"""
The attributes of a Zarr group with OME-Zarr 0.6 metadata.
"""


@dataclass(kw_only=True, slots=True, repr=False)
class OmeZarr(Model):
    """
    Attributes of a Zarr v3 group that holds OME-Zarr metadata; other attributes may stand beside ome.
    """

    ome: Ome
    """
    The OME-Zarr metadata of the group.
    """


@dataclass(kw_only=True, slots=True, repr=False)
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
