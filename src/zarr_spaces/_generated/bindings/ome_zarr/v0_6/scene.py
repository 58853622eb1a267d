# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.model import Model

from .coordinate_systems import CoordinateSystem
from .transformations import Transformation


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Scene(Model):
    """
    How the images below this group lie relative to each other.
    """

    coordinate_transformations: list[Transformation]
    """
    Transformations between coordinate systems of the images and of the scene.
    """
    coordinate_systems: list[CoordinateSystem] | None = None
    """
    Spaces of the scene itself; the first is the one to show things in.
    """
