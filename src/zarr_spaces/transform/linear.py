"""Maps that do arithmetic with constants: shifting, scaling, both, and the general affine map."""

from __future__ import annotations

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


class _ElementWise(FrozenMap):
    """Share what maps have in common that treat each axis by itself."""

    __slots__ = ("n_in", "n_out")
    elementwise: ClassVar[bool] = True
    n_in: int
    n_out: int


class Translation(_ElementWise):
    """Add a vector to every point.

    Parameters
    ----------
    vector : (D,) finite real numbers

    Notes
    -----
    Spec : OME-Zarr 0.6, "translation"

    Examples
    --------
    >>> Translation([10, 0])([[1, 2]])
    array([[11.,  2.]])
    """

    __slots__ = ("_row", "vector")
    fields: ClassVar[tuple[str, ...]] = ("vector",)
    vector: FloatArray
    _row: RepeatedRow

    def __init__(self, vector: ArrayLike) -> None:
        shift = parameter(vector, "translation", 1)
        self._freeze(vector=shift, _row=RepeatedRow(shift), n_in=shift.size, n_out=shift.size)

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Add the vector to each row."""
        self._row.apply(np.add, points, out)

    def inverse(self) -> Translation:
        """Subtract the vector."""
        return Translation(-self.vector)

    def as_axiswise(self) -> AxisWise:
        """Give every axis as its own source, with scale 1."""
        return AxisWise(self.n_in, np.arange(self.n_in), np.ones(self.n_in), self.vector)


class Scale(_ElementWise):
    """Multiply every point by a vector, axis by axis.

    Parameters
    ----------
    vector : (D,) finite real numbers
        Negative factors mirror; a factor of 0 can be computed but not undone.

    Notes
    -----
    Spec : OME-Zarr 0.6, "scale"

    Examples
    --------
    >>> Scale([0.5, 2])([[1, 2]])
    array([[0.5, 4. ]])
    >>> Scale([0.5, 2]).inverse()
    Scale([2.0, 0.5])
    """

    __slots__ = ("_quiet", "_row", "vector")
    fields: ClassVar[tuple[str, ...]] = ("vector",)
    vector: FloatArray
    _row: RepeatedRow
    _quiet: bool

    def __init__(self, vector: ArrayLike) -> None:
        factors = parameter(vector, "scale", 1)
        self._freeze(
            vector=factors,
            _row=RepeatedRow(factors),
            _quiet=not factors.all(),
            n_in=factors.size,
            n_out=factors.size,
        )

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Multiply each row by the vector."""
        if self._quiet:
            with np.errstate(invalid="ignore"):
                self._row.apply(np.multiply, points, out)
        else:
            self._row.apply(np.multiply, points, out)

    def inverse(self) -> Scale:
        """Divide by the vector.

        Raises
        ------
        NotInvertible
            A factor is 0, or so small that its reciprocal is infinite.
        """
        return Scale(_reciprocal(self.vector, "Scale"))

    def as_axiswise(self) -> AxisWise:
        """Give every axis as its own source, with offset 0."""
        return AxisWise(self.n_in, np.arange(self.n_in), self.vector, np.zeros(self.n_in))


class ScaleTranslation(_ElementWise):
    """Multiply every point by a vector, then add another, axis by axis.

    Parameters
    ----------
    scale, translation : (D,) finite real numbers

    Notes
    -----
    What a scale and a translation next to each other fuse to.

    Examples
    --------
    >>> ScaleTranslation([2, 2], [1, 0])([[1, 2]])
    array([[3., 4.]])
    """

    __slots__ = ("_scale", "_shift", "scale", "translation")
    fields: ClassVar[tuple[str, ...]] = ("scale", "translation")
    scale: FloatArray
    translation: FloatArray
    _scale: Scale
    _shift: RepeatedRow

    def __init__(self, scale: ArrayLike, translation: ArrayLike) -> None:
        first = Scale(scale)
        shift = parameter(translation, "translation", 1)
        if shift.size != first.n_in:
            raise DimensionMismatch("length of the translation beside the scale", first.n_in, shift.size)
        self._freeze(
            scale=first.vector,
            translation=shift,
            _scale=first,
            _shift=RepeatedRow(shift),
            n_in=shift.size,
            n_out=shift.size,
        )

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Multiply and add, block by block, so that the second pass finds its operands in the cache."""
        step = self._shift.block
        for start in range(0, len(points), step):
            part = out[start : start + step]
            self._scale.map_into(points[start : start + step], part)
            self._shift.apply(np.add, part, part)

    def inverse(self) -> ScaleTranslation:
        """Subtract the translation and divide by the scale.

        Raises
        ------
        NotInvertible
            A factor is 0, or the inverse exceeds the range of float64.
        """
        factors = _reciprocal(self.scale, "ScaleTranslation")
        with np.errstate(over="ignore"):
            shift = -self.translation * factors
        if not np.isfinite(shift).all():
            raise NotInvertible("ScaleTranslation", "its inverse exceeds the range of float64")
        return ScaleTranslation(factors, shift)

    def as_axiswise(self) -> AxisWise:
        """Give every axis as its own source."""
        return AxisWise(self.n_in, np.arange(self.n_in), self.scale, self.translation)


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
        row = RepeatedRow(shift)
        rows = max(1, _SERIAL_WORK // factors.size)
        tile = max(1, row.block)
        self._freeze(
            matrix=factors,
            offset=shift,
            n_in=n_in,
            n_out=n_out,
            _transposed=np.ascontiguousarray(factors.T),
            _row=row,
            _shifts=bool(shift.any()),
            _block=rows,
        )
        del tile

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Multiply and add, block by block, in one BLAS thread."""
        for start in range(0, len(points), self._block):
            part = out[start : start + self._block]
            # Not `matmul`, which would warn of an infinity times zero; the answer is the same.
            np.dot(points[start : start + self._block], self._transposed, out=part)
            if self._shifts:
                self._row.apply(np.add, part, part)

    def _fresh(self, points: FloatArray) -> FloatArray:
        if len(points) < _FEW_POINTS:
            # Half the time of a single point goes into preparing an array for the answer.
            out = points.dot(self._transposed)
            out += self.offset
            return out
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
        offset = -(inverse @ self.offset)
        if not np.isfinite(offset).all():
            raise NotInvertible("Affine", "its inverse exceeds the range of float64")
        return Affine(inverse, offset)

    def as_affine(self) -> tuple[FloatArray, FloatArray]:
        """Give copies of the matrix and the offset."""
        return self.matrix.copy(), self.offset.copy()

    def as_axiswise(self) -> AxisWise | None:
        """Give the form without a matrix, if every output needs one input at most."""
        return axiswise_of(self.matrix, self.offset)


def _reciprocal(factors: FloatArray, step: str) -> FloatArray:
    zero = np.flatnonzero(factors == 0)
    if zero.size:
        raise NotInvertible(step, f"the scale of axis {zero[0]} is zero")
    with np.errstate(over="ignore"):
        reciprocal: FloatArray = 1.0 / factors
    if not np.isfinite(reciprocal).all():
        axis = np.flatnonzero(~np.isfinite(reciprocal))[0]
        raise NotInvertible(step, f"the scale of axis {axis} is {factors[axis]}, whose reciprocal is infinite")
    return reciprocal
