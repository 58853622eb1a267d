"""Values of scale, rotation and affine transformations; matrices beyond `linear.LIMIT` are not looked at."""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AFFINE, ROTATION, SCALE
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import quote
from zarr_spaces.rules.linear import LIMIT, PRECISE, determinant, is_singular, orthonormality
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Affine, Rotation, Scale
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.steps import Step

_NEAR = 1e-3  # deviation beyond which a matrix is meant to be something else than a rotation


@rule("scale-not-zero", part=Part.SCALE, section="scale", severity=Severity.WARNING, statements=(55,))
def scale_not_zero(step: Step, at: Pointer) -> Iterable[Fault]:
    """No factor of a scale is zero."""
    item: Scale = step.transformation
    if 0 not in item.scale:
        return ()
    zeros = item.scale.count(0)
    others = "" if zeros == 1 else f", and so are {zeros - 1} more"
    message = f"the factor is 0{others}: every position on the axis becomes the same, and there is no way back"
    return (Fault((*at, SCALE, item.scale.index(0)), message, "write 1 for an axis that is left as it is"),)


@rule("scale-not-negative", part=Part.SCALE, section="scale", severity=Severity.WARNING, statements=(55,))
def scale_not_negative(step: Step, at: Pointer) -> Iterable[Fault]:
    """No factor of a scale is negative."""
    item: Scale = step.transformation
    if min(item.scale) >= 0:
        return ()
    negative = [index for index, factor in enumerate(item.scale) if factor < 0]
    others = "" if len(negative) == 1 else f", and so are {len(negative) - 1} more"
    message = f"the factor {quote(item.scale[negative[0]])} is negative{others}: published validators refuse it"
    hint = "write an affine, which says the same"
    if len(negative) % 2 == 0 and 0 not in item.scale:
        turns = all(factor in (1, -1) for factor in item.scale)
        hint = f"write a rotation{'' if turns else ' and a scale without signs'}, which says the same"
    return (Fault((*at, SCALE, negative[0]), message, hint),)


@rule("rotation-proper", part=Part.ROTATION, section="rotation", statements=(61, 62))
def rotation_proper(step: Step, at: Pointer) -> Iterable[Fault]:
    """A rotation has orthonormal rows and columns, and the determinant 1."""
    rows = _rotation(step)
    if rows is None:
        return ()
    defect, i, j = orthonormality(rows)
    if defect <= _NEAR:
        if determinant(rows) > 0:
            return ()
        message = "the determinant is negative: the matrix is that of a reflection"
        swaps = all(row.count(0) == len(row) - 1 and 1 in row for row in rows)
        hint = f"write the mapAxis {quote([row.index(1) for row in rows])}" if swaps else "write an affine"
        return (Fault((*at, ROTATION), message, hint),)
    return (Fault((*at, ROTATION), _deviation(rows, i, j), "write an affine, unless the numbers are mistaken"),)


@rule("rotation-precise", part=Part.ROTATION, section="rotation", severity=Severity.WARNING, statements=(61, 62))
def rotation_precise(step: Step, at: Pointer) -> Iterable[Fault]:
    """The numbers of a rotation are precise enough for it to keep sizes and angles to five digits."""
    rows = _rotation(step)
    if rows is None:
        return ()
    defect, i, j = orthonormality(rows)
    if not PRECISE < defect <= _NEAR or determinant(rows) <= 0:
        return ()
    return (Fault((*at, ROTATION), _deviation(rows, i, j), "write the numbers with more digits"),)


def _rotation(step: Step) -> list[list[float]] | None:
    """Return the matrix; None where it is elsewhere or too large, or its shape is wrong, which has its own rule."""
    item: Rotation = step.transformation
    rows = item.rotation
    if rows is None or len(rows) > LIMIT or step.n_in not in (None, len(rows)):
        return None
    return rows if all(len(row) == len(rows) for row in rows) else None


def _deviation(rows: list[list[float]], i: int, j: int) -> str:
    """Say which of the rows are not orthonormal."""
    try:
        product = float(sum(map(mul, rows[i], rows[j])))
    except OverflowError:
        product = math.inf
    if not math.isfinite(product):
        return f"row {i} is far too long: the rows of a rotation have the length 1"
    if i == j:
        return f"row {i} has the length {math.sqrt(product):.9g}: the rows of a rotation have the length 1"
    return f"rows {j} and {i} are not at right angles: their scalar product is {product:.3g}, not 0"


@rule("affine-invertible", part=Part.AFFINE, section="affine", severity=Severity.WARNING, statements=(57,))
def affine_invertible(step: Step, at: Pointer) -> Iterable[Fault]:
    """An affine that keeps the number of axes has an inverse."""
    rows = _square(step)
    if rows is None or not is_singular([row[:-1] for row in rows]):
        return ()
    message = "the matrix is singular: different points become the same, and there is no way back"
    return (Fault((*at, AFFINE), message, "write a projectAxis if an axis is meant to be left out"),)


@rule("affine-needed", part=Part.AFFINE, section="affine", severity=Severity.WARNING, statements=(56, 138))
def affine_needed(step: Step, at: Pointer) -> Iterable[Fault]:
    """An affine says what no transformations of less expressive types could say."""
    rows = _fitting(step)
    if rows is None or (steps := _simpler(rows)) is None:
        return ()
    if any(row[-1] for row in rows):
        steps = [*steps, ("a translation", f"the translation {quote([row[-1] for row in rows])}")]
    if not steps:
        return (Fault((*at, AFFINE), "the affine is no more than the identity", "write an identity"),)
    kinds = " and ".join(kind for kind, _ in steps)
    hint = steps[0][1] if len(steps) == 1 else "a sequence of " + " and ".join(text for _, text in steps)
    return (Fault((*at, AFFINE), f"the affine is no more than {kinds}", f"write {hint}"),)


def _fitting(step: Step) -> list[list[float]] | None:
    """Return the rows of an affine; None where they are elsewhere, too large, or not as their surroundings ask."""
    item: Affine = step.transformation
    rows = item.affine
    if rows is None or len(rows) > LIMIT or not 1 < (width := len(rows[0])) <= LIMIT + 1:
        return None
    if step.n_in not in (None, width - 1) or step.n_out not in (None, len(rows)):
        return None
    for row in rows:
        if len(row) != width:
            return None
    return rows


def _square(step: Step) -> list[list[float]] | None:
    """Return the rows of an affine that keeps the number of axes; None where it does not, or as `_fitting`."""
    rows = _fitting(step)
    return rows if rows is not None and len(rows[0]) == len(rows) + 1 else None


_Steps = list[tuple[str, str]]
"""What an affine is no more than, but for its translation, and how to write it."""


def _simpler(rows: list[list[float]]) -> _Steps | None:
    """Name the transformations of less expressive types that say what the matrix of an affine says, if there are any.

    A scale with a negative factor is not one that could be written: `scale-not-negative` asks for an affine.
    """
    sources: list[int] = []
    factors: list[float] = []
    for row in rows:
        matrix_row = row[:-1]
        if matrix_row.count(0) != len(matrix_row) - 1:
            return _rotation_and_scale(rows)
        factor = sum(matrix_row)
        sources.append(matrix_row.index(factor))
        factors.append(factor)
    if len(set(sources)) < len(sources) or min(factors) < 0:
        return _rotation_and_scale(rows)
    steps: _Steps = []
    kept = sorted(sources)
    if dropped := [index for index in range(len(rows[0]) - 1) if index not in kept]:
        steps.append(("a projection", f"a projectAxis with droppedInputs {quote(dropped)}"))
    if sources != kept:
        steps.append(("an axis permutation", f"the mapAxis {quote([kept.index(source) for source in sources])}"))
    if factors.count(1) < len(factors):
        steps.append(("a scale", f"the scale {quote(factors)}"))
    return steps


def _rotation_and_scale(rows: list[list[float]]) -> _Steps | None:
    matrix = [row[:-1] for row in rows]
    if len(matrix) != len(matrix[0]):
        return None
    try:
        # A scale behind a rotation stretches its rows, one before it the columns.
        for after, vectors in ((True, matrix), (False, [list(column) for column in zip(*matrix, strict=True)])):
            lengths = [math.sqrt(sum(map(mul, vector, vector))) for vector in vectors]
            if not all(lengths) or not all(map(math.isfinite, lengths)) or not _are_at_right_angles(vectors, lengths):
                continue
            turned = [[value / length for value in vector] for vector, length in zip(vectors, lengths, strict=True)]
            if orthonormality(turned)[0] > PRECISE or determinant(turned) <= 0:
                continue
            kind = "rows" if after else "columns"
            rotation = ("a rotation", f"a rotation with these {kind}, each divided by its length")
            scale = ("a scale", f"the scale {quote([float(f'{length:.9g}') for length in lengths])}")
            if all(abs(length - 1) <= PRECISE for length in lengths):
                return [("a rotation", "a rotation with these rows less their last numbers")]
            return [rotation, scale] if after else [scale, rotation]
    except OverflowError:
        pass
    return None


def _are_at_right_angles(vectors: list[list[float]], lengths: list[float]) -> bool:
    for i, vector in enumerate(vectors):
        for j in range(i):
            if abs(sum(map(mul, vector, vectors[j]))) > PRECISE * lengths[i] * lengths[j]:
                return False
    return True
