# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class LabelColor(Model):
    """
    The colour of one label value.
    """

    label_value: int
    """
    The label value: an integer that pixels have.
    """
    rgba: list[int] | None = None
    """
    Red, green, blue and opacity, each from 0 to 255.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class LabelProperties(Model):
    """
    What is known of one label value; other members hold it.
    """

    label_value: int
    """
    The label value: an integer that pixels have.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class LabelSource(Model):
    """
    Where the labels come from.
    """

    image: str | None = None
    """
    Path of the image that is labelled, relative to the label image; ../../ is meant when absent.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class ImageLabel(Model):
    """
    How the values of a label image are shown, what they mean, and which image they label.
    """

    colors: list[LabelColor] | None = None
    """
    How label values are shown, one entry for each.
    """
    properties: list[LabelProperties] | None = None
    """
    What label values stand for, one entry for each.
    """
    source: LabelSource | None = None
    """
    Where the labels come from.
    """
