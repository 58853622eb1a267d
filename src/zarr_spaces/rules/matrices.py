"""Values of scale, rotation and affine transformations; matrices beyond `linear.LIMIT` are not looked at."""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AFFINE, ROTATION, SCALE
from zarr_spaces.findings import Severity, quote
from zarr_spaces.rules.linear import LIMIT, determinant, is_singular, orthonormality
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Affine, Rotation, Scale
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.steps import Step

_PRECISE = 1e-5  # deviation that numbers written with a few digits have, and no point notices
_NEAR = 1e-3  # deviation beyond which a matrix is meant to be something else than a rotation
_ALIKE = 1e-9  # deviation up to which an affine may be called a rotation


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
    turns = len(negative) % 2 == 0 and all(factor in (1, -1) for factor in item.scale)
    hint = f"write {'a rotation' if turns else 'an affine'}, which says the same"
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
    if not _PRECISE < defect <= _NEAR or determinant(rows) <= 0:
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
    """An affine says what no transformation of a less expressive type could say."""
    rows = _square(step)
    if rows is None or (simpler := _simpler(rows)) is None:
        return ()
    kind, parts = simpler
    if any(row[-1] for row in rows):
        parts = [*parts, f"the translation {quote([row[-1] for row in rows])}"]
        kind = f"{kind} and a translation" if kind else "a translation"
    if not parts:
        return (Fault((*at, AFFINE), "the affine is no more than the identity", "write an identity"),)
    hint = parts[0] if len(parts) == 1 else "a sequence of " + " and ".join(parts)
    return (Fault((*at, AFFINE), f"the affine is no more than {kind}", f"write {hint}"),)


def _square(step: Step) -> list[list[float]] | None:
    """Return the rows of an affine that keeps the number of axes; None where they are elsewhere, or too large."""
    item: Affine = step.transformation
    rows = item.affine
    if rows is None or (n := len(rows)) > LIMIT or step.n_in not in (None, n) or step.n_out not in (None, n):
        return None
    for row in rows:
        if len(row) != n + 1:
            return None
    return rows


def _simpler(rows: list[list[float]]) -> tuple[str, list[str]] | None:
    """Name what the matrix of an affine does and write it down, if a less expressive type can; nothing for nothing.

    A scale with a negative factor is not one that could be written: `scale-not-negative` asks for an affine.
    """
    n = len(rows)
    sources: list[int] = []
    factors: list[float] = []
    for row in rows:
        matrix_row = row[:-1]
        if matrix_row.count(0) != n - 1:
            break
        factor = sum(matrix_row)
        sources.append(matrix_row.index(factor))
        factors.append(factor)
    else:
        ones = factors.count(1) == n
        if sources == list(range(n)):
            if ones:
                return "", []
            if min(factors) > 0:
                return "a scale", [f"the scale {quote(factors)}"]
        elif ones and len(set(sources)) == n:
            return "an axis permutation", [f"the mapAxis {quote(sources)}"]
    try:
        if not abs(sum(map(mul, rows[0][:-1], rows[0])) - 1) <= _ALIKE:
            return None  # nearly every affine that is none of the others
    except OverflowError:
        return None
    matrix = [row[:-1] for row in rows]
    if orthonormality(matrix)[0] <= _ALIKE and determinant(matrix) > 0:
        return "a rotation", ["a rotation with these rows less their last numbers"]
    return None
