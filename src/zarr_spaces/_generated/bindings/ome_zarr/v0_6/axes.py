# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Axis(Model):
    """
    One dimension of a coordinate system.
    """

    name: str
    """
    Name of the dimension, unique within its coordinate system.
    """
    type: str | None = None
    """
    Kind of dimension: array, space, time, channel, coordinate, displacement, or a kind of one's own.
    """
    discrete: bool | None = None
    """
    True where only whole-numbered positions have a meaning, as for channels; false where interpolating between samples makes sense.
    """
    unit: str | None = None
    """
    Physical unit, as a UDUNITS-2 name such as micrometer or second.
    """
    long_name: str | None = None
    """
    A fuller name or explanation for people to read.
    """


Axes: TypeAlias = Axis
"""
The dimensions of a coordinate system.
"""
