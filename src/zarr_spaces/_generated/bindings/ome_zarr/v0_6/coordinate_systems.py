# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from zarr_spaces.model import Model

from .axes import Axis


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class CoordinateSystem(Model):
    """
    A named space; the order of its axes is the order of a point's coordinates.
    """

    name: str
    """
    Name that transformations refer to, unique within its list.
    """
    axes: list[Axis]
    """
    The dimensions, one for each coordinate of a point.
    """


CoordinateSystems: TypeAlias = CoordinateSystem
"""
Named spaces in which points have coordinates.
"""
