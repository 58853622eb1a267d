"""Maps that do arithmetic axis by axis: shifting, scaling, and both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zarr_spaces.errors import DimensionMismatch, NotInvertible
from zarr_spaces.transform.axiswise import AxisWise, RepeatedRow
from zarr_spaces.transform.contract import FloatArray, FrozenMap, parameter

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


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

    def _fresh(self, points: FloatArray) -> FloatArray:
        return self._row.apply(np.add, points)

    def inverse(self) -> Translation:
        """Subtract the vector."""
        return Translation(0.0 - self.vector)

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
        self._multiply(points, out)

    def _fresh(self, points: FloatArray) -> FloatArray:
        return self._multiply(points)

    def _multiply(self, points: FloatArray, out: FloatArray | None = None) -> FloatArray:
        if self._quiet:
            with np.errstate(invalid="ignore"):
                return self._row.apply(np.multiply, points, out)
        return self._row.apply(np.multiply, points, out)

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

    def _fresh(self, points: FloatArray) -> FloatArray:
        if len(points) > self._shift.block:
            return super()._fresh(points)
        out = self._scale._fresh(points)
        return self._shift.apply(np.add, out, out)

    def inverse(self) -> ScaleTranslation:
        """Subtract the translation and divide by the scale.

        Raises
        ------
        NotInvertible
            A factor is 0, or the inverse exceeds the range of float64.
        """
        factors = _reciprocal(self.scale, "ScaleTranslation")
        with np.errstate(over="ignore"):
            shift = 0.0 - self.translation * factors
        if not np.isfinite(shift).all():
            raise NotInvertible("ScaleTranslation", "its inverse exceeds the range of float64")
        return ScaleTranslation(factors, shift)

    def as_axiswise(self) -> AxisWise:
        """Give every axis as its own source."""
        return AxisWise(self.n_in, np.arange(self.n_in), self.scale, self.translation)


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
