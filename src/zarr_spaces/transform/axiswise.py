"""The form of maps that never mix axes: selecting, scaling and shifting, each without a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zarr_spaces.transform.contract import FloatArray

CREATED = -1
"""The source of an output axis that no input feeds."""

_SMALL = 32
_TILE = 6144
_TILES_IN_BLOCK = 8


class AxisWise(NamedTuple):
    """State ``y[i] = scale[i] * x[source[i]] + offset[i]``, or ``y[i] = offset[i]`` where `source` is -1."""

    n_in: int
    source: NDArray[np.intp]
    scale: FloatArray
    offset: FloatArray

    def then(self, after: AxisWise) -> AxisWise:
        """Compose with the form that is applied afterwards."""
        fed = after.source != CREATED
        # An index of -1 reads the last element; `where` discards what it read.
        source = np.where(fed, self.source[after.source], CREATED)
        offset = np.where(fed, self.offset[after.source] * after.scale, 0.0) + after.offset
        scale = np.where(source != CREATED, self.scale[after.source] * after.scale, 1.0)
        return AxisWise(self.n_in, source, scale, offset)

    def as_affine(self) -> tuple[FloatArray, FloatArray]:
        """Write the same map as a matrix (D_out, D_in) and an offset (D_out,)."""
        matrix = np.zeros((self.source.size, self.n_in))
        rows = np.flatnonzero(self.source != CREATED)
        matrix[rows, self.source[rows]] = self.scale[rows]
        return matrix, self.offset.copy()


def axiswise_of(matrix: FloatArray, offset: FloatArray) -> AxisWise | None:
    """Read an affine map whose every output needs one input at most; exact zeros decide."""
    used = matrix != 0
    if (used.sum(axis=1) > 1).any():
        return None
    fed = used.any(axis=1)
    source = np.where(fed, used.argmax(axis=1), CREATED)
    scale = np.where(fed, matrix[np.arange(len(source)), source], 1.0)
    return AxisWise(matrix.shape[1], source, scale, offset)


class RepeatedRow:
    """Add or multiply one vector to every row, at the speed of the memory.

    NumPy's loop over a broadcast row is as short as the row, which costs several times the arithmetic. The row
    repeated to a long tile, against the points viewed as long rows, makes long loops of it.
    """

    __slots__ = ("_tile", "row")

    def __init__(self, row: FloatArray) -> None:
        self.row: FloatArray = row.reshape(1, -1)  # NumPy is twice as fast with one point if both have the same shape
        self._tile: FloatArray | None = None

    @property
    def block(self) -> int:
        """A number of points that stays in the cache between two passes and is a multiple of the tile."""
        return max(1, _TILE // self.row.size) * _TILES_IN_BLOCK

    def apply(self, ufunc: np.ufunc, points: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Write ``ufunc(points, row)`` into `out`, or a new array.

        Both are C-contiguous (N, D), and they may be the same.
        """
        n, d = points.shape
        if n < _SMALL:
            few: FloatArray = ufunc(points, self.row, out)
            return few
        if out is None:
            out = np.empty((n, d))
        tile = self._tile
        if tile is None:
            # Two threads may both build it; they build the same.
            tile = self._tile = np.broadcast_to(self.row, (max(1, _TILE // d), d)).reshape(-1)
        whole = n - n % (tile.size // d)
        if whole:
            ufunc(points[:whole].reshape(-1, tile.size), tile, out=out[:whole].reshape(-1, tile.size))
        if whole < n:
            rest = (n - whole) * d
            ufunc(points[whole:].reshape(-1), tile[:rest], out=out[whole:].reshape(-1))
        return out
