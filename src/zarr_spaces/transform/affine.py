"""The general affine map, a matrix product with an offset."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zarr_spaces.errors import DimensionMismatch, NotInvertible
from zarr_spaces.transform.axiswise import AxisWise, RepeatedRow, axiswise_of
from zarr_spaces.transform.contract import FloatArray, FrozenMap, parameter
from zarr_spaces.transform.inversion import inverse_matrix

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_FEW_POINTS = 32
# OpenBLAS starts its threads beyond this many multiplications. For tall and narrow arrays they cost more than
# they bring, many times more if other work has the processors.
_SERIAL_WORK = 262_144
_LEAST_BLOCK = 512
# Where it is told to use one thread, blocks may be larger: each costs a start, while adding the offset is quick as
# long as a block is in the last cache.
_ONE_THREAD = (os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")) == "1"
_BLOCK_BYTES = 3 * 2**20


class Affine(FrozenMap):
    """Multiply every point by a matrix, then add an offset: ``y = A x + b``.

    Parameters
    ----------
    matrix : (D_out, D_in) finite real numbers
    offset : (D_out,) finite real numbers, optional
        0 if it is not given.

    Notes
    -----
    Spec : OME-Zarr 0.6, "affine" and "rotation". The last column of the specification's matrix is `offset`.
    A rotation is inverted like any other matrix, since a stored one is orthonormal up to rounding only.

    Examples
    --------
    >>> turn = Affine([[0, -1], [1, 0]], [10, 0])
    >>> turn([[1, 2]])
    array([[8., 1.]])
    >>> turn.inverse()([[8, 1]])
    array([[1., 2.]])
    """

    __slots__ = ("_block", "_row", "_shifts", "_transposed", "matrix", "n_in", "n_out", "offset")
    fields: ClassVar[tuple[str, ...]] = ("matrix", "offset")
    matrix: FloatArray
    offset: FloatArray
    n_in: int
    n_out: int
    _transposed: FloatArray
    _row: RepeatedRow
    _shifts: bool
    _block: int

    def __init__(self, matrix: ArrayLike, offset: ArrayLike | None = None) -> None:
        factors = parameter(matrix, "matrix", 2)
        n_out, n_in = factors.shape
        shift = parameter(np.zeros(n_out) if offset is None else offset, "offset", 1)
        if shift.size != n_out:
            raise DimensionMismatch("length of the offset beside the matrix", n_out, shift.size)
        self._freeze(
            matrix=factors,
            offset=shift,
            n_in=n_in,
            n_out=n_out,
            _transposed=np.ascontiguousarray(factors.T),
            _row=RepeatedRow(shift),
            _shifts=bool(shift.any()),
            _block=max(_LEAST_BLOCK, _BLOCK_BYTES // (8 * n_out) if _ONE_THREAD else _SERIAL_WORK // factors.size),
        )

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Multiply and add, block by block, each while it is in the cache."""
        if len(points) < _FEW_POINTS:
            out[...] = _few(points, self._transposed, self._row.row)
            return
        with np.errstate(invalid="ignore"):
            for start in range(0, len(points), self._block):
                part = out[start : start + self._block]
                np.matmul(points[start : start + self._block], self._transposed, out=part)
                if self._shifts:
                    self._row.apply(np.add, part, part)

    def _fresh(self, points: FloatArray) -> FloatArray:
        if len(points) < _FEW_POINTS:
            return _few(points, self._transposed, self._row.row)
        return super()._fresh(points)

    def inverse(self) -> Affine:
        """Solve for the input: ``x = A^-1 (y - b)``.

        Raises
        ------
        NotInvertible
            The matrix is not square, or singular to working precision.

        Warns
        -----
        IllConditioned
            Its condition number, units of the axes apart, exceeds 1e12.
        """
        if self.n_in != self.n_out:
            raise NotInvertible("Affine", f"its matrix is {self.n_out} x {self.n_in}, not square")
        inverse = inverse_matrix(self.matrix, "Affine")
        with np.errstate(over="ignore", invalid="ignore"):
            offset = 0.0 - inverse @ self.offset
        if not np.isfinite(offset).all():
            raise NotInvertible("Affine", "its inverse exceeds the range of float64")
        return Affine(inverse, offset)

    def as_affine(self) -> tuple[FloatArray, FloatArray]:
        """Give copies of the matrix and the offset."""
        return self.matrix.copy(), self.offset.copy()

    def as_axiswise(self) -> AxisWise | None:
        """Give the form without a matrix, if every output needs one input at most."""
        return axiswise_of(self.matrix, self.offset)


# As a decorator `errstate` takes half the time, which counts where a call takes a microsecond.
@np.errstate(invalid="ignore")
def _few(points: FloatArray, transposed: FloatArray, offset: FloatArray) -> FloatArray:
    # Half the time of a single point would go into preparing an array for the answer.
    out: FloatArray = points.dot(transposed)
    out += offset
    return out
