"""Linear algebra for the few numbers of a document: matrices are lists of rows, and all numbers are Python's own."""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING, assert_never

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Bijection,
    ByDimension,
    Coordinates,
    Displacements,
    Identity,
    MapAxis,
    ProjectAxis,
    Rotation,
    Scale,
    Sequence,
    Translation,
)

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation

    Rows = list[list[float]]

PRECISE = 1e-5  # deviation that numbers written with a few digits have, and no point notices
LIMIT = 32
"""Matrices with more rows or columns are not looked at: the work for one grows with the third power."""

_EXPANDED = 5  # rows up to which a determinant is expanded, which takes 2**n steps; images have no more axes
_SINGULAR = 2.0**-46  # a hundred times what rounding the numbers of a small matrix to floats can make of a zero
_SINGULAR_PIVOT = 1e-13  # the same for elimination, in which roundings add up over up to LIMIT rows


def orthonormality(rows: Rows) -> tuple[float, int, int]:
    """Return the largest magnitude in ``R R^T - I``, infinite where it exceeds floats, and where it stands."""
    worst, place = 0.0, (0, 0)
    try:
        for i, row in enumerate(rows):
            for j in range(i + 1):
                off = abs(sum(map(mul, row, rows[j])) - (i == j))
                if not off <= worst:
                    if not off < math.inf:
                        return math.inf, i, j
                    worst, place = off, (i, j)
        return float(worst), *place
    except OverflowError:  # integers beyond the range of floats
        return math.inf, *place


def determinant(rows: Rows) -> float:
    """Return the determinant of a square matrix whose numbers are about 1."""
    if len(rows) <= _EXPANDED:
        return _expand(rows)[0]
    return _eliminate([list(map(float, row)) for row in rows])[0]


def is_singular(rows: Rows) -> bool:
    """Tell whether a square matrix has no inverse, as far as its numbers are known: they are rounded to floats.

    The determinant is a sum of products. Small against the sum of their magnitudes it is nothing but rounding; small
    in itself it says nothing, and nor do rows and columns of very different sizes.
    """
    if len(rows) > _EXPANDED:
        return _is_singular_by_elimination(rows)
    try:
        signed, total = _expand(rows)
        if abs(signed) > _SINGULAR * total:
            return False
    except OverflowError:
        pass
    signed, total = _expand(_as_integers(rows))  # nothing overflows, and nothing vanishes by being small
    return abs(signed) * 2**46 <= total


def _expand(rows: list[list[int]] | Rows) -> tuple[float, float]:
    """Return the determinant, and the sum of the magnitudes of all its products."""
    # For each choice of columns for the rows so far, as bits: both sums over the ways to make that choice.
    sums: dict[int, tuple[float, float]] = {0: (1, 1)}
    for row in rows:
        entries = [(j, value) for j, value in enumerate(row) if value]
        longer: dict[int, tuple[float, float]] = {}
        for chosen, (signed, total) in sums.items():
            for j, value in entries:
                if chosen >> j & 1:
                    continue
                term = signed * value
                if (chosen >> j).bit_count() & 1:
                    term = -term
                before = longer.get(chosen | 1 << j, (0, 0))
                longer[chosen | 1 << j] = before[0] + term, before[1] + total * abs(value)
        sums = longer
    return next(iter(sums.values()), (0, 0))


def _as_integers(rows: Rows) -> list[list[int]]:
    """Multiply with the power of two that makes every number whole."""
    ratios = [[value.as_integer_ratio() for value in row] for row in rows]
    common = max(below for row in ratios for _, below in row)
    return [[above * (common // below) for above, below in row] for row in ratios]


def _is_singular_by_elimination(rows: Rows) -> bool:
    try:
        balanced = [list(map(float, row)) for row in rows]
    except OverflowError:
        return False
    for _ in range(2):  # rows, then columns
        for row in balanced:
            largest = max(map(abs, row))
            if not largest:
                return True
            shift = -math.frexp(largest)[1]
            row[:] = [math.ldexp(value, shift) for value in row]
        balanced = [list(column) for column in zip(*balanced, strict=True)]
    return _eliminate(balanced)[1] <= _SINGULAR_PIVOT


def _eliminate(rows: Rows) -> tuple[float, float]:
    """Return determinant and smallest magnitude of a pivot; the rows are overwritten."""
    product, smallest = 1.0, math.inf
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        if best != k:
            rows[k], rows[best] = rows[best], rows[k]
            product = -product
        pivot = rows[k][k]
        product *= pivot
        smallest = min(smallest, abs(pivot))
        if not pivot:
            break
        for row in rows[k + 1 :]:
            if factor := row[k] / pivot:
                row[k:] = [a - factor * b for a, b in zip(row[k:], rows[k][k:], strict=True)]
    return product, smallest


def linear_form(item: Transformation, n: int) -> Rows | None:
    """Return the affine rows, offset last, that say the same as a transformation with `n` input axes.

    None where there are none, or the document does not tell them: vector fields and bijections, parameters in arrays,
    parameters that do not fit; and where sizes exceed `LIMIT`, or numbers the range of floats.
    """
    if not 0 < n <= LIMIT:
        return None
    try:
        rows = _follow(item, [[float(i == j) for j in range(n + 1)] for i in range(n)], n + 1)
    except OverflowError:
        return None
    return rows if rows and all(math.isfinite(value) for row in rows for value in row) else None


def _follow(item: Transformation, rows: Rows, width: int) -> Rows | None:
    """Apply a transformation to coordinates that are themselves given as affine rows."""
    match item:
        case Identity():
            return rows
        case Scale(scale=factors) if len(factors) == len(rows):
            return [[value * factor for value in row] for row, factor in zip(rows, map(float, factors), strict=True)]
        case Translation(translation=shifts) if len(shifts) == len(rows):
            return [[*row[:-1], row[-1] + float(shift)] for row, shift in zip(rows, shifts, strict=True)]
        case MapAxis(map_axis=indices) if len(indices) == len(rows) > max(indices):
            return [rows[index] for index in indices]
        case ProjectAxis():
            return _project(item, rows, width)
        case Rotation(rotation=list() as matrix) if _fits(matrix, len(rows)):
            return [_combined(row, rows, width) for row in matrix]
        case Affine(affine=list() as matrix) if _fits(matrix, len(rows) + 1):
            return [_combined(row, [*rows, _one(width)], width) for row in matrix]
        case Sequence():
            followed: Rows | None = rows
            for step in item.transformations:
                if followed is None:
                    return None
                followed = _follow(step, followed, width)
            return followed
        case ByDimension():
            return _by_dimension(item, rows, width)
        case Scale() | Translation() | MapAxis() | Rotation() | Affine():  # that do not fit, or stand in arrays
            return None
        case Bijection() | Coordinates() | Displacements():
            return None
        case _:
            assert_never(item)


def _fits(matrix: Rows, width: int) -> bool:
    return len(matrix) <= LIMIT and all(len(row) == width for row in matrix)


def _one(width: int) -> list[float]:
    """Return the affine row of the number 1."""
    return [0.0] * (width - 1) + [1.0]


def _combined(weights: list[float], rows: Rows, width: int) -> list[float]:
    out = [0.0] * width
    for weight, row in zip(map(float, weights), rows, strict=True):
        if weight:
            out = [a + weight * b for a, b in zip(out, row, strict=True)]
    return out


def _project(item: ProjectAxis, rows: Rows, width: int) -> Rows | None:
    dropped, created = item.dropped_inputs or [], sorted(item.created_outputs or [])
    if any(index >= len(rows) for index in dropped):
        return None
    out = [row for index, row in enumerate(rows) if index not in dropped]
    for index in created:
        if index > len(out):
            return None
        out.insert(index, [0.0] * width)
    return out if len(out) <= LIMIT else None


def _by_dimension(item: ByDimension, rows: Rows, width: int) -> Rows | None:
    written: dict[int, list[float]] = {}
    count = 0
    for part in item.transformations:
        count += len(part.output_axes)
        if max(count, len(part.input_axes)) > LIMIT or any(index >= len(rows) for index in part.input_axes):
            return None
        given = _follow(part.transformation, [rows[index] for index in part.input_axes], width)
        if given is None or len(given) != len(part.output_axes):
            return None
        written.update(zip(part.output_axes, given, strict=True))
    return [written[index] for index in range(count)] if written.keys() == set(range(count)) else None
