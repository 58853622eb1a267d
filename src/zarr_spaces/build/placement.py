"""Where an image lies, as the least expressive transformation that says it.

The specification asks for the least expressive type, and the rule `affine-needed` holds documents to it: so a matrix
becomes an affine only where it is no projection, permutation of axes, scale or rotation, each with a translation.
"""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Identity,
    MapAxis,
    ProjectAxis,
    Rotation,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces.build.given import copied, is_transformation
from zarr_spaces.build.per_axis import exact, is_listed, plain, rounded, shown
from zarr_spaces.model import Model
from zarr_spaces.rules.linear import PRECISE, determinant, is_singular, orthonormality

if TYPE_CHECKING:
    from collections.abc import Sequence as Items
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces.build.per_axis import Array

    Placement: TypeAlias = Items[float] | Items[Items[float]] | Array | Transformation
    """A translation; the rows of a matrix with the translation as its last column; or any transformation."""
    Rows: TypeAlias = list[list[float]]

_LEAST = 2  # axes of an image


def placed(argument: str, placement: Placement, size: int) -> Transformation:
    """Return the least expressive transformation that says a placement in a system of so many axes.

    Parameters
    ----------
    argument : str
        How to call the placement in messages.
    placement : sequence, array or transformation
        As many numbers as the system has axes are a translation, as many rows of N+1 numbers a matrix for an image of N
        axes.
    size : int
        Number of axes of the system.

    Raises
    ------
    TypeError, ValueError
        If it is none of these, or the matrix is singular.
    """
    if isinstance(placement, Model) and is_transformation(placement):
        return copied(argument, placement)
    values = plain(placement)
    if not is_listed(values):
        raise TypeError(f"{argument}: a translation, a matrix or a transformation is needed, not {shown(values)}")
    values = list(values)
    if not any(is_listed(plain(value)) for value in values):
        shifts = _numbers(argument, values)
        if len(shifts) != size:
            raise ValueError(f"{argument}: {len(shifts)} numbers for {size} axes: a translation has one for each")
        return _combined([], shifts)
    return _from_matrix(argument, values, size)


def _numbers(argument: str, values: Any) -> list[float]:
    values = plain(values)
    if not is_listed(values):
        raise TypeError(f"{argument}: a row of numbers is needed, not {shown(values)}")
    return [rounded(argument, exact(argument, value)) for value in values]


def _from_matrix(argument: str, values: list[Any], size: int) -> Transformation:
    rows = [_numbers(argument, row) for row in values]
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise ValueError(f"{argument}: the rows of the matrix have different lengths")
    if len(rows) == size + 1 == width and rows[-1] == [0.0] * size + [1.0]:
        raise ValueError(f"{argument}: leave out the last row of the matrix, {[0] * size + [1]}")
    if len(rows) != size or width < _LEAST + 1:
        raise ValueError(
            f"{argument}: a matrix of {len(rows)} rows and {width} columns: one row is needed for each of the {size} "
            f"axes, and a column for each axis of the image, with the translation behind them"
        )
    if width == size:  # as likely a matrix without its translation as one for an image of one axis less
        raise ValueError(
            f"{argument}: a matrix of {size} rows and as many columns: put the translation behind it as one more "
            f"column; for an image of {size - 1} axes write Affine(affine=...)"
        )
    matrix, shifts = [row[:-1] for row in rows], [row[-1] for row in rows]
    if len(matrix) == len(matrix[0]) and is_singular(matrix):
        raise ValueError(f"{argument}: the matrix is singular: different points of the image would become the same")
    steps = _reordered(matrix)
    if steps is None:
        steps = _turned(matrix)
    return Affine(affine=rows) if steps is None else _combined(steps, shifts)


def _reordered(matrix: Rows) -> list[Transformation] | None:
    """Return the projection, permutation and scale that a matrix is; None where it is more than that."""
    if any(row.count(0) != len(row) - 1 for row in matrix):
        return None
    factors = [sum(row) for row in matrix]
    sources = [row.index(factor) for row, factor in zip(matrix, factors, strict=True)]
    if len(set(sources)) < len(sources) or min(factors) < 0:  # a scale has no negative factors
        return None
    steps: list[Transformation] = []
    kept = sorted(sources)
    if dropped := [index for index in range(len(matrix[0])) if index not in kept]:
        steps.append(ProjectAxis(dropped_inputs=dropped))
    if sources != kept:
        steps.append(MapAxis(map_axis=[kept.index(source) for source in sources]))
    if any(factor != 1 for factor in factors):
        steps.append(Scale(scale=factors))
    return steps


def _turned(matrix: Rows) -> list[Transformation] | None:
    """Return the rotation that a matrix is, with a scale behind or before it; None where it is more than that."""
    if len(matrix) != len(matrix[0]):
        return None
    # A scale behind a rotation stretches its rows, one before it the columns.
    for behind, vectors in ((True, matrix), (False, _transposed(matrix))):
        lengths = [math.sqrt(sum(map(mul, vector, vector))) for vector in vectors]
        if not all(lengths) or not all(map(math.isfinite, lengths)):
            continue
        unit = [[value / length for value in vector] for vector, length in zip(vectors, lengths, strict=True)]
        if orthonormality(unit)[0] > PRECISE or determinant(unit) <= 0:
            continue
        if orthonormality(matrix)[0] <= PRECISE:
            return [Rotation(rotation=matrix)]
        scale = Scale(scale=lengths)
        return [Rotation(rotation=unit), scale] if behind else [scale, Rotation(rotation=_transposed(unit))]
    return None


def _transposed(matrix: Rows) -> Rows:
    return [list(column) for column in zip(*matrix, strict=True)]


def _combined(steps: list[Transformation], shifts: list[float]) -> Transformation:
    """Return steps and a translation as one transformation."""
    if any(shifts):
        steps = [*steps, Translation(translation=shifts)]
    if not steps:
        return Identity()
    return steps[0] if len(steps) == 1 else Sequence(transformations=steps)
