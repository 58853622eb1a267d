"""Maps that only select, reorder, drop or create axes: indexing, never arithmetic, so infinity stays infinity."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zarr_spaces.errors import NotInvertible
from zarr_spaces.transform.axiswise import CREATED, AxisWise
from zarr_spaces.transform.contract import FloatArray, FrozenMap, PointMap, axis_indices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_INDEX_ROWS = 512
_MANY_POINTS = 8192


class Identity(FrozenMap):
    """Leave every point as it is.

    Parameters
    ----------
    n : int
        The number of coordinates.

    Notes
    -----
    Spec : OME-Zarr 0.6, "identity"

    Examples
    --------
    >>> Identity(2)([[1, 2]])
    array([[1., 2.]])
    """

    __slots__ = ("n", "n_in", "n_out")
    fields: ClassVar[tuple[str, ...]] = ("n",)
    elementwise: ClassVar[bool] = True
    n: int

    def __init__(self, n: int) -> None:
        if n < 1:
            raise ValueError(f"a map needs at least one axis, not {n}")
        self._freeze(n=int(n), n_in=int(n), n_out=int(n))

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Copy the points."""
        np.copyto(out, points)

    def inverse(self) -> Identity:
        """Give the identity itself."""
        return self

    def as_axiswise(self) -> AxisWise:
        """Give every axis as its own source."""
        return AxisWise(self.n, np.arange(self.n), np.ones(self.n), np.zeros(self.n))

    def lowered(self) -> tuple[PointMap, ...]:
        """Give no step at all."""
        return ()


class Selection(FrozenMap):
    """Let output axis i repeat input axis ``source[i]``, or be 0 where that is -1.

    The general member behind `Permutation` and `Projection`, met where compositions of them are fused.

    Parameters
    ----------
    source : sequence of int, one for each output axis
        Indices of input axes, or -1.
    n_in : int
        The number of coordinates of an input point.

    Examples
    --------
    >>> Selection([1, -1, 1], 2)([[5.0, 7.0]])
    array([[7., 0., 7.]])
    """

    __slots__ = ("_columns", "_created", "_index", "n_in", "n_out", "source")
    fields: ClassVar[tuple[str, ...]] = ("source", "n_in")
    source: tuple[int, ...]
    n_in: int
    _columns: NDArray[np.intp]
    _created: tuple[int, ...]
    _index: NDArray[np.intp] | None

    def __init__(self, source: Iterable[int], n_in: int) -> None:
        chosen = tuple(CREATED if i == CREATED else axis_indices((i,), n_in, "source")[0] for i in source)
        if n_in < 1 or not chosen:
            raise ValueError(f"a map needs at least one axis, not {n_in} inputs and {len(chosen)} outputs")
        self._select(chosen, int(n_in))

    def _select(self, source: tuple[int, ...], n_in: int) -> None:
        created = tuple(i for i, origin in enumerate(source) if origin == CREATED)
        columns = np.maximum(source, 0, dtype=np.intp)
        self._freeze(source=source, n_in=n_in, n_out=len(source), _columns=columns, _created=created, _index=None)

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Gather the columns."""
        rest, place = points, out
        if len(points) >= _MANY_POINTS:
            whole = len(points) - len(points) % _INDEX_ROWS
            self._gather_long_rows(points[:whole], out[:whole])
            rest, place = points[whole:], out[whole:]
        # The indices are within bounds; in every other mode NumPy would gather into an array of its own first.
        rest.take(self._columns, axis=1, out=place, mode="clip")
        self._create(out)

    def _gather_long_rows(self, points: FloatArray, out: FloatArray) -> None:
        index = self._index
        if index is None:
            # One gather over many points as one long row is quicker than a gather for each point.
            index = (np.arange(_INDEX_ROWS)[:, None] * self.n_in + self._columns).reshape(-1)
            object.__setattr__(self, "_index", index)
        rows = points.reshape(-1, _INDEX_ROWS * self.n_in)
        rows.take(index, axis=1, out=out.reshape(-1, index.size), mode="clip")

    def _fresh(self, points: FloatArray) -> FloatArray:
        # Without `out` NumPy checks the indices once, not for each point, and needs no long rows.
        out = points.take(self._columns, axis=1)
        self._create(out)
        return out

    def _create(self, out: FloatArray) -> None:
        for column in self._created:
            out[:, column] = 0.0

    def inverse(self) -> PointMap:
        """Undo the selection, by dropping the created axes.

        Raises
        ------
        NotInvertible
            An input axis is dropped, or feeds several outputs.
        """
        back = {}
        for i, origin in enumerate(self.source):
            if origin != CREATED:
                if origin in back:
                    raise NotInvertible(type(self).__name__, f"input axis {origin} feeds several output axes")
                back[origin] = i
        dropped = [i for i in range(self.n_in) if i not in back]
        if dropped:
            plural = "axis" if len(dropped) == 1 else "axes"
            raise NotInvertible(type(self).__name__, f"it drops input {plural} {', '.join(map(str, dropped))}")
        return selection(tuple(back[i] for i in range(self.n_in)), self.n_out)

    def as_axiswise(self) -> AxisWise:
        """Give the sources, with scale 1 and offset 0."""
        m = len(self.source)
        return AxisWise(self.n_in, np.array(self.source, dtype=np.intp), np.ones(m), np.zeros(m))


class Permutation(Selection):
    """Reorder the axes: output axis i is input axis ``order[i]``.

    Parameters
    ----------
    order : sequence of int
        Every input axis exactly once.

    Raises
    ------
    ValueError
        `order` is not a permutation.

    Notes
    -----
    Spec : OME-Zarr 0.6, "mapAxis"

    Examples
    --------
    >>> Permutation([2, 0, 1])([[1.0, 2.0, np.inf]])
    array([[inf,  1.,  2.]])
    """

    __slots__ = ()
    fields: ClassVar[tuple[str, ...]] = ("order",)

    def __init__(self, order: Iterable[int]) -> None:
        chosen = tuple(order)
        source = axis_indices(chosen, len(chosen), "order")
        if not source or len(set(source)) != len(source):
            raise ValueError(f"order must name every axis once, not {list(source)}")
        self._select(source, len(source))

    @property
    def order(self) -> tuple[int, ...]:
        """The input axis of each output axis."""
        return self.source

    def inverse(self) -> Permutation:
        """Reorder the axes back."""
        return Permutation(np.argsort(self.source).tolist())


class Projection(Selection):
    """Drop input axes and create output axes, whose coordinate is 0; the others keep their order.

    Parameters
    ----------
    dropped_inputs : sequence of int
        Indices of input axes.
    created_outputs : sequence of int
        Indices of output axes.
    n_in : int
        The number of coordinates of an input point.

    Raises
    ------
    ValueError
        An index is outside its range or named twice, or no output axis is left.

    Notes
    -----
    Spec : OME-Zarr 0.6, "projectAxis". Undoing a projection that only creates axes drops them; one that drops
    an axis has no inverse.

    Examples
    --------
    >>> Projection([0], [2], 3)([[1.0, 2.0, 3.0]])
    array([[2., 3., 0.]])
    >>> Projection([], [0], 2).inverse()
    Projection((0,), (), 3)
    """

    __slots__ = ("created_outputs", "dropped_inputs")
    fields: ClassVar[tuple[str, ...]] = ("dropped_inputs", "created_outputs", "n_in")
    dropped_inputs: tuple[int, ...]
    created_outputs: tuple[int, ...]

    def __init__(self, dropped_inputs: Iterable[int], created_outputs: Iterable[int], n_in: int) -> None:
        dropped = axis_indices(dropped_inputs, n_in, "dropped_inputs")
        created = tuple(created_outputs)
        n_out = n_in - len(dropped) + len(created)
        if n_in < 1 or n_out < 1:
            raise ValueError(f"a map needs at least one axis, not {n_in} inputs and {n_out} outputs")
        created = axis_indices(created, n_out, "created_outputs")
        for name, indices in (("dropped_inputs", dropped), ("created_outputs", created)):
            if len(set(indices)) != len(indices):
                raise ValueError(f"{name} names an axis twice: {list(indices)}")
        kept = iter([i for i in range(n_in) if i not in dropped])
        self._select(tuple(CREATED if i in created else next(kept) for i in range(n_out)), int(n_in))
        self._freeze(dropped_inputs=tuple(sorted(dropped)), created_outputs=tuple(sorted(created)))


def selection(source: tuple[int, ...], n_in: int) -> Selection:
    """Build the most special member that selects these sources."""
    kept = [i for i in source if i != CREATED]
    if len(kept) == len(source) == n_in and len(set(kept)) == n_in:
        return Permutation(source)
    if all(a < b for a, b in pairwise(kept)):
        dropped = [i for i in range(n_in) if i not in kept]
        return Projection(dropped, [i for i, origin in enumerate(source) if origin == CREATED], n_in)
    return Selection(source, n_in)
