# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class WellImage(Model):
    """
    One field of view: an image below the well's group.
    """

    path: str
    """
    Name of the image's group, unique within the well.
    """
    acquisition: int | None = None
    """
    The id of the plate's acquisition that the image belongs to; needed when there are several.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Well(Model):
    """
    The fields of view of one well.
    """

    images: list[WellImage]
    """
    The fields of view.
    """
