# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class OmeroWindow(Model):
    """
    A range of intensities, and the part of it that is shown.
    """

    min: float
    """
    Lowest intensity of the range.
    """
    max: float
    """
    Highest intensity of the range.
    """
    start: float
    """
    Intensity that is shown darkest.
    """
    end: float
    """
    Intensity that is shown brightest.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class OmeroChannel(Model):
    """
    How one channel is rendered.
    """

    color: str
    """
    Colour as six hexadecimal digits, RRGGBB.
    """
    window: OmeroWindow
    """
    The range of intensities.
    """
    label: str | None = None
    """
    Name of the channel.
    """
    family: str | None = None
    """
    Curve that maps intensities to brightness, such as linear.
    """
    active: bool | None = None
    """
    Whether the channel is shown at first.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Omero(Model):
    """
    How a viewer may render the channels of an image.
    """

    channels: list[OmeroChannel]
    """
    One entry for each channel, in the order of the channel axis.
    """
