"""What every point map promises, and the checks at its door: arrays are judged once, kernels trust them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zarr_spaces.errors import DimensionMismatch, NotInvertible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces.transform.axiswise import AxisWise

FloatArray: TypeAlias = NDArray[np.float64]

_FLOAT64 = np.dtype(np.float64)


class PointMap(ABC):
    """Map points of one coordinate system to points of another.

    A new kind of map supplies `n_in`, `n_out` and `map_into`; where it can, also `inverse`, and `as_affine`
    if it is exactly affine. Calling, checking and copying are done here, once for all kinds.
    """

    __slots__ = ()

    n_in: int
    """The number of coordinates of an input point."""
    n_out: int
    """The number of coordinates of an output point."""

    elementwise: ClassVar[bool] = False
    """Whether `map_into` may be given the same array twice, because no output needs another column's input."""

    @abstractmethod
    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Write the images of `points` into `out`, trusting both.

        Parameters
        ----------
        points : (N, D_in) float64
            C-contiguous, not to be modified.
        out : (N, D_out) float64
            C-contiguous, contents arbitrary, every element to be written. It shares no memory with `points`,
            except that an `elementwise` map may be given one array as both.
        """

    def inverse(self) -> PointMap:
        """Undo the map: ``m.inverse()(m(x))`` is `x` up to rounding.

        Raises
        ------
        NotInvertible
            With the step that has no inverse, and the reason.
        """
        raise NotInvertible(type(self).__name__, "no inverse is known for this kind of map")

    def as_affine(self) -> tuple[FloatArray, FloatArray] | None:
        """Give the matrix (D_out, D_in) and the offset (D_out,) of a map that is exactly affine, else None."""
        form = self.as_axiswise()
        return None if form is None else form.as_affine()

    def as_axiswise(self) -> AxisWise | None:
        """Give the form ``y[i] = scale[i] * x[source[i]] + offset[i]`` of a map that has it, else None."""
        return None

    def lowered(self) -> tuple[PointMap, ...]:
        """Give the steps that a call executes, one after the other; most maps are their own only step."""
        return (self,)

    def __call__(self, points: ArrayLike, out: FloatArray | None = None) -> FloatArray:
        """Map points from the input to the output coordinate system.

        Parameters
        ----------
        points : (N, D_in) or (D_in,) real numbers
            Points in the order and units of the input axes; integers and float32 are computed in float64.
            Never modified, unless the caller passes the same array as `out`.
        out : (N, D_out) or (D_out,) float64, optional
            Where to write. May overlap `points`: the answer is that for the points as they were before.

        Returns
        -------
        (N, D_out) or (D_out,) float64
            `out` if it was given, else a new array that never aliases `points`. NaN and infinity
            propagate as IEEE 754 has it.

        Raises
        ------
        DimensionMismatch
            `points` has not D_in columns, or `out` has not the shape of the result.
        TypeError
            `points` are not real numbers, or `out` is not a float64 array.
        ValueError
            `out` is read-only.
        """
        # Arrays that need no conversion are recognised first, since for few points the checks would cost most.
        if type(points) is np.ndarray and points.dtype is _FLOAT64 and points.flags.c_contiguous:
            shape = points.shape
            if len(shape) == 2 and shape[1] == self.n_in:
                if out is None:
                    return self._fresh(points)
                if self._is_separate(out, points):
                    self.map_into(points, out)
                    return out
        return self._checked(points, out)

    def _fresh(self, points: FloatArray) -> FloatArray:
        out = np.empty((points.shape[0], self.n_out))
        self.map_into(points, out)
        return out

    def _is_separate(self, out: FloatArray, points: FloatArray) -> bool:
        return (
            type(out) is np.ndarray
            and out.dtype is _FLOAT64
            and out.flags.carray
            and out.shape == (points.shape[0], self.n_out)
            and not np.may_share_memory(points, out)
        )

    def _checked(self, points: ArrayLike, out: FloatArray | None) -> FloatArray:
        given = _real(points, "points")
        if given.shape == (0,):
            given = given.reshape(0, self.n_in)  # what a list of no points looks like
        if given.ndim not in (1, 2):
            raise DimensionMismatch("dimensions of the array of points", "1 or 2", given.ndim)
        if given.shape[-1] != self.n_in:
            raise DimensionMismatch(f"coordinates of each point for {type(self).__name__}", self.n_in, given.shape[-1])
        batch = np.ascontiguousarray(np.atleast_2d(given), dtype=np.float64)
        if out is None:
            fresh = self._fresh(batch)
            return fresh[0] if given.ndim == 1 else fresh
        target = _writable(out, (*given.shape[:-1], self.n_out)).reshape(batch.shape[0], self.n_out)
        in_place = self.elementwise and points is out
        if target.flags.c_contiguous and (in_place or not np.may_share_memory(batch, target)):
            self.map_into(batch, target)
        else:
            target[...] = self._fresh(batch)
        return out


def _real(values: ArrayLike, name: str) -> NDArray[Any]:
    array: NDArray[Any] = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be real numbers, not {array.dtype}")
    return array


def _writable(out: object, shape: tuple[int, ...]) -> FloatArray:
    if not isinstance(out, np.ndarray) or out.dtype != np.float64:
        got = f"{out.dtype} array" if isinstance(out, np.ndarray) else type(out).__name__
        raise TypeError(f"out must be a float64 array, not {got}")
    if out.shape != shape:
        raise DimensionMismatch("shape of out", str(shape), str(out.shape))
    if not out.flags.writeable:
        raise ValueError("out is read-only")
    view: FloatArray = out.view(np.ndarray)
    return view


def parameter(values: ArrayLike, name: str, ndim: int) -> FloatArray:
    """Copy the parameter of a map into a read-only float64 array of `ndim` dimensions, none of them empty.

    Raises
    ------
    TypeError
        The values are not real numbers.
    DimensionMismatch
        The array has another number of dimensions.
    ValueError
        It is empty, or a value is not finite.
    """
    given = np.asarray(values)
    if given.dtype == object and all(type(value) in (int, float) for value in given.flat):
        # JSON's integers have no bounds, but beyond 64 bits NumPy keeps them as objects.
        given = given.astype(np.float64)
    array: FloatArray = np.array(_real(given, name), dtype=np.float64, order="C")
    if array.ndim != ndim:
        raise DimensionMismatch(f"dimensions of {name}", ndim, array.ndim)
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")
    array.flags.writeable = False
    return array


def axis_indices(values: Iterable[int], n: int, name: str) -> tuple[int, ...]:
    """Check indices of axes, each within ``range(n)``.

    Raises
    ------
    ValueError
        An index is outside.
    TypeError
        An index is not an integer.
    """
    indices = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{name} must be integers, not {value!r}")
        if not 0 <= value < n:
            raise ValueError(f"{name}: there is no axis {value}; the axes are 0 to {n - 1}")
        indices.append(int(value))
    return tuple(indices)


class FrozenMap(PointMap):
    """Hold parameters that never change; two maps of one class are equal if their parameters are."""

    __slots__ = ()

    fields: ClassVar[tuple[str, ...]] = ()
    """The names of the constructor's arguments, which are attributes too."""

    def _freeze(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot set {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot delete {name}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(_same(getattr(self, name), getattr(other, name)) for name in self.fields)

    __hash__: ClassVar[None]  # type: ignore[assignment]  # equal by value and holding arrays: nothing cheap to hash

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(_short(getattr(self, name)) for name in self.fields)})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        # Through the constructor, because a copied or unpickled array would be writable again.
        return type(self), tuple(getattr(self, name) for name in self.fields)


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return np.array_equal(one, np.asarray(other))
    return one == other


def _short(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"<{' x '.join(map(str, value.shape))}>" if value.size > 16 else repr(value.tolist())
    return repr(value)
