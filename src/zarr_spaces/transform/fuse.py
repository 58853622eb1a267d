"""Fusing: the cheapest steps that compute a sequence of maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zarr_spaces.transform.affine import Affine
from zarr_spaces.transform.axis_arithmetic import Scale, ScaleTranslation, Translation
from zarr_spaces.transform.axiswise import AxisWise, axiswise_of
from zarr_spaces.transform.structural import selection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces.transform.contract import FloatArray, PointMap

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
        if step.as_axiswise() is not None or step.as_affine() is not None:
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
    working = [step for step, form in zip(run, forms, strict=True) if form is None or _steps(form)]
    if len(working) == 1:
        return working
    return _fuse_matrices(working)


def _fuse_axiswise(forms: list[AxisWise]) -> list[PointMap]:
    plan: list[PointMap] = []
    whole: AxisWise | None = None
    for form in forms:
        if whole is None:
            whole = form
        elif _safe(whole.scale, whole.offset, form.scale, form.offset):
            whole = whole.then(form)
        else:
            plan += _steps(whole)
            whole = form
    return plan + (_steps(whole) if whole is not None else [])


def _fuse_matrices(run: list[PointMap]) -> list[PointMap]:
    plan: list[PointMap] = []
    whole: tuple[FloatArray, FloatArray] | None = None
    for step in run:
        affine = step.as_affine()
        assert affine is not None  # noqa: S101 - only affine steps are put into a run
        if whole is None:
            whole = affine
        elif _safe(*whole, *affine):
            matrix, offset = affine
            whole = matrix @ whole[0], matrix @ whole[1] + offset
        else:
            plan += _cheapest(*whole)
            whole = affine
    return plan + (_cheapest(*whole) if whole is not None else [])


def _cheapest(matrix: FloatArray, offset: FloatArray) -> list[PointMap]:
    form = axiswise_of(matrix, offset)
    if form is not None:
        return _steps(form)
    used = np.flatnonzero(matrix.any(axis=0))
    affine = Affine(matrix[:, used], offset)
    if used.size == matrix.shape[1]:
        return [affine]
    # An axis that is dropped must not turn the others into NaN because its own coordinate is.
    return [selection(tuple(used.tolist()), matrix.shape[1]), affine]


def _steps(form: AxisWise) -> list[PointMap]:
    """Execute a form by a selection and arithmetic, each only where it does something."""
    steps: list[PointMap] = []
    source = tuple(form.source.tolist())
    if source != tuple(range(form.n_in)):
        steps.append(selection(source, form.n_in))
    scales = bool((form.scale != 1).any())
    shifts = bool((form.offset != 0).any())
    if scales and shifts:
        steps.append(ScaleTranslation(form.scale, form.offset))
    elif scales:
        steps.append(Scale(form.scale))
    elif shifts:
        steps.append(Translation(form.offset))
    return steps


def _safe(*operands: FloatArray) -> bool:
    for operand in operands:
        sizes = np.abs(operand[operand != 0])
        if sizes.size and not (sizes.min() >= _SMALLEST and sizes.max() <= _LARGEST):
            return False
    return True
