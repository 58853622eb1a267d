"""The inverse of a square matrix, and the judgement whether it has a trustworthy one."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from zarr_spaces.errors import IllConditioned, NotInvertible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zarr_spaces.transform.contract import FloatArray

WARN_ABOVE = 1e12
"""The condition number beyond which an inverse is announced as ill-conditioned."""


def inverse_matrix(matrix: FloatArray, step: str) -> FloatArray:
    """Invert a square matrix that is regular after scaling rows and columns by powers of two.

    Units may differ by many orders of magnitude between axes, which says nothing about the regularity of the
    map: diag(1e-9, 1e9) is as good as the identity. Scaling by powers of two takes that away without rounding.

    Parameters
    ----------
    matrix : (D, D) float64, finite
    step : str
        How the error and the warning call the map.

    Returns
    -------
    (D, D) float64

    Raises
    ------
    NotInvertible
        The matrix is singular, or its condition number exceeds ``1 / (D * eps)``.

    Warns
    -----
    IllConditioned
        The condition number exceeds 1e12.
    """
    for kind, axis in (("row", 1), ("column", 0)):
        empty = np.flatnonzero(~(matrix != 0).any(axis=axis))
        if empty.size:
            raise NotInvertible(step, f"its matrix is singular: {kind} {empty[0]} is zero")
    condition, balanced, rows, columns = min(
        (_equilibrated(matrix, first) for first in (0, 1)), key=lambda candidate: candidate[0]
    )
    limit = 1 / (matrix.shape[0] * np.finfo(np.float64).eps)
    if not condition <= limit:
        raise NotInvertible(
            step,
            f"its matrix is singular to working precision: condition number {condition:.1e}; the limit is {limit:.1e}",
        )
    if condition > WARN_ABOVE:
        warnings.warn(
            IllConditioned(f"the inverse of {step} is ill-conditioned: condition number {condition:.1e}"),
            stacklevel=3,
        )
    with np.errstate(over="ignore"):
        inverse: FloatArray = np.ldexp(np.linalg.inv(balanced), columns[:, None] + rows[None, :])
    if not np.isfinite(inverse).all():
        raise NotInvertible(step, "its inverse exceeds the range of float64")
    return inverse


def _equilibrated(matrix: FloatArray, first: int) -> tuple[float, FloatArray, NDArray[np.int32], NDArray[np.int32]]:
    """Scale rows and columns, beginning with one of them, so that each has a largest magnitude in [0.5, 1)."""
    shifts = [np.zeros(len(matrix), dtype=np.int32), np.zeros(len(matrix), dtype=np.int32)]
    balanced = matrix
    for axis in (first, 1 - first):
        exponent = np.frexp(np.abs(balanced).max(axis=1 - axis))[1]
        shifts[axis] = -exponent
        balanced = np.ldexp(balanced, np.expand_dims(-exponent, 1 - axis))
    return float(np.linalg.cond(balanced)), balanced, shifts[0], shifts[1]
