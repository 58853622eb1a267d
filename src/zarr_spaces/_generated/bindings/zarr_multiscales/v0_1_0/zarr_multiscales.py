# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from zarr_spaces.model import Model

from ...composition.geo import Geo

ResamplingMethod: TypeAlias = Literal["nearest", "average", "bilinear", "cubic", "cubic_spline", "lanczos", "mode", "max", "min", "med", "sum", "q1", "q3", "rms", "gauss"]
"""
How the pixels of a level were computed from those of its source.
"""


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class LayoutLevel(Model):
    """
    One level of resolution: a child group, and how its pixels lie on those of the first level.
    """

    group: str
    """
    Name of the child group with the arrays of the level.
    """
    from_group: str | None = None
    """
    Name of the level from which this one was made.
    """
    factors: list[float] | None = None
    """
    By how much the level is coarser than its source, along each axis.
    """
    scale: list[float] | None = None
    """
    Size of the level's pixels in pixels of the first level, along each axis; what is said here counts more than factors.
    """
    translation: list[float] | None = None
    """
    Where the corner of the level's first pixel lies, in pixels of the first level, along each axis.
    """
    resampling_method: ResamplingMethod | None = None
    """
    How this level was made from its source.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Multiscales(Model):
    """
    A pyramid: its levels, from the highest resolution to the lowest, and how they were made.
    """

    version: str
    """
    Version of the specification that the metadata follows, 0.1.0 or a later one of the same major version.
    """
    layout: list[LayoutLevel]
    """
    The levels, the one of the highest resolution first.
    """
    resampling_method: ResamplingMethod | None = None
    """
    How each level was made from its source, where the level does not say otherwise; nearest is meant where nothing is said.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class ZarrMultiscales(Model):
    """
    Attributes of a Zarr group that is a pyramid; other attributes may stand beside multiscales.
    """

    multiscales: Multiscales
    """
    The pyramid.
    """
    geo: Geo | None = None
    """
    Where the pixels of the first level lie on the ground.
    """


ZarrMultiscales010: TypeAlias = ZarrMultiscales
"""
The attributes of a Zarr group that is a pyramid: the same data at several resolutions.
"""
