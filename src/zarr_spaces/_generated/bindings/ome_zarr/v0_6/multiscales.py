# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from zarr_spaces.model import Model

from .coordinate_systems import CoordinateSystem
from .transformations import Identity, Scale, Sequence, Transformation

@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Multiscale(Model):
    """
    One image: its resolution levels and the coordinate systems in which its points can be given.
    """

    coordinate_systems: list[CoordinateSystem]
    """
    The spaces of the image, among them the intrinsic one into which every level maps.
    """
    datasets: list[Dataset]
    """
    The resolution levels, finest first.
    """
    name: str | None = None
    """
    Name of the image.
    """
    type: str | None = None
    """
    Method by which the lower resolutions were made, such as gaussian.
    """
    metadata: dict[str, Any] | None = None
    """
    Details of the downscaling method.
    """
    coordinate_transformations: list[Transformation] | None = None
    """
    Transformations between the intrinsic system and further ones, the same for all levels.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Dataset(Model):
    """
    One resolution level: an array, and how its indices map into the intrinsic coordinate system.
    """

    path: str
    """
    Path of the Zarr array, relative to this document's group.
    """
    coordinate_transformations: list[LevelTransformation]
    """
    The one transformation from array indices to the intrinsic coordinate system.
    """


LevelTransformation: TypeAlias = Identity | Scale | Sequence
"""
The map of a level: a scale, an identity, or a sequence of a scale and a translation.
"""


Multiscales: TypeAlias = Multiscale
"""
Images stored at several resolutions.
"""
