"""Maps made of maps: one after the other, and with a declared inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zarr_spaces.errors import DimensionMismatch, NotInvertible
from zarr_spaces.transform.contract import FloatArray, FrozenMap, PointMap
from zarr_spaces.transform.fuse import fuse
from zarr_spaces.transform.structural import Identity

if TYPE_CHECKING:
    from zarr_spaces.transform.axiswise import AxisWise


class Chain(FrozenMap):
    """Apply maps one after the other, the first argument first.

    The chain keeps its maps, for they know their inverses; what it executes is fused from them.

    Parameters
    ----------
    *maps : PointMap
        One at least. Chains among them are taken apart.

    Raises
    ------
    DimensionMismatch
        A map does not take as many coordinates as the map before it gives.

    Notes
    -----
    Spec : OME-Zarr 0.6, "sequence"

    Examples
    --------
    >>> from zarr_spaces.transform.point_map import Projection, Scale
    >>> chain = Chain(Scale([2, 4]), Projection([], [0], 2))
    >>> chain([[1, 1]])
    array([[0., 2., 4.]])
    >>> chain.inverse()([[7, 2, 4]])
    array([[1., 1.]])
    """

    __slots__ = ("_plan", "_written", "maps", "n_in", "n_out")
    fields: ClassVar[tuple[str, ...]] = ("maps",)
    maps: tuple[PointMap, ...]
    n_in: int
    n_out: int
    _plan: tuple[PointMap, ...]
    _written: int

    def __init__(self, *maps: PointMap) -> None:
        check_steps(maps)
        flat = tuple(step for one in maps for step in (one.maps if isinstance(one, Chain) else (one,)))
        plan = fuse(flat) or (Identity(flat[0].n_in),)
        # From here on every step writes to an array of the final width, so it can be the caller's.
        written = max((i for i, step in enumerate(plan) if not step.elementwise), default=0)
        self._freeze(maps=flat, n_in=flat[0].n_in, n_out=flat[-1].n_out, _plan=plan, _written=written)

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Execute the fused steps, the elementwise ones in place."""
        current = points
        for i, step in enumerate(self._plan):
            if i >= self._written:
                target = out
            elif step.elementwise and current is not points:
                target = current
            else:
                target = np.empty((len(points), step.n_out))
            step.map_into(current, target)
            current = target

    def _fresh(self, points: FloatArray) -> FloatArray:
        if len(self._plan) == 1:
            return self._plan[0]._fresh(points)
        return super()._fresh(points)

    def inverse(self) -> PointMap:
        """Undo the maps in reverse order.

        Raises
        ------
        NotInvertible
            With the first step, in this order, that has no inverse.
        """
        undone: list[PointMap] = []
        for i in reversed(range(len(self.maps))):
            try:
                undone.append(self.maps[i].inverse())
            except NotInvertible as error:
                raise NotInvertible(f"step {i + 1} of {len(self.maps)} ({error.step})", error.reason) from error
        return Chain(*undone)

    def as_affine(self) -> tuple[FloatArray, FloatArray] | None:
        """Multiply the maps out, if all are affine and the product is within the range of float64."""
        matrix, offset = np.eye(self.n_in), np.zeros(self.n_in)
        for step in self._plan:
            affine = step.as_affine()
            if affine is None:
                return None
            with np.errstate(over="ignore", invalid="ignore"):
                matrix, offset = affine[0] @ matrix, affine[0] @ offset + affine[1]
        return (matrix, offset) if np.isfinite(matrix).all() and np.isfinite(offset).all() else None

    def as_axiswise(self) -> AxisWise | None:
        """Give the form without a matrix, if every step has it and it is within the range of float64."""
        whole = Identity(self.n_in).as_axiswise()
        for step in self._plan:
            form = step.as_axiswise()
            if form is None:
                return None
            with np.errstate(over="ignore", invalid="ignore"):
                whole = whole.then(form)
        return whole if np.isfinite(whole.scale).all() and np.isfinite(whole.offset).all() else None

    def lowered(self) -> tuple[PointMap, ...]:
        """Give the fused steps."""
        return self._plan

    def __repr__(self) -> str:
        return f"Chain({', '.join(map(repr, self.maps))})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return Chain, self.maps


class Bijection(FrozenMap):
    """Map points by `forward`, and back by the declared `backward`.

    Whether the two agree is not judged.

    Parameters
    ----------
    forward, backward : PointMap
        `backward` takes what `forward` gives, and gives what it takes.

    Raises
    ------
    DimensionMismatch
        The numbers of coordinates do not fit.

    Notes
    -----
    Spec : OME-Zarr 0.6, "bijection"

    Examples
    --------
    >>> from zarr_spaces.transform.point_map import Scale
    >>> Bijection(Scale([4]), Scale([0.25])).inverse()([[8]])
    array([[2.]])
    """

    __slots__ = ("backward", "forward", "n_in", "n_out")
    fields: ClassVar[tuple[str, ...]] = ("forward", "backward")
    forward: PointMap
    backward: PointMap
    n_in: int
    n_out: int

    def __init__(self, forward: PointMap, backward: PointMap) -> None:
        if backward.n_in != forward.n_out:
            raise DimensionMismatch("input dimensions of a bijection's inverse", forward.n_out, backward.n_in)
        if backward.n_out != forward.n_in:
            raise DimensionMismatch("output dimensions of a bijection's inverse", forward.n_in, backward.n_out)
        self._freeze(forward=forward, backward=backward, n_in=forward.n_in, n_out=forward.n_out)

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Map by `forward`."""
        self.forward.map_into(points, out)

    def inverse(self) -> Bijection:
        """Swap the directions."""
        return Bijection(self.backward, self.forward)

    def as_affine(self) -> tuple[FloatArray, FloatArray] | None:
        """Give the affine form of `forward`, if it has one."""
        return self.forward.as_affine()

    def as_axiswise(self) -> AxisWise | None:
        """Give the form of `forward` without a matrix, if it has one."""
        return self.forward.as_axiswise()

    def lowered(self) -> tuple[PointMap, ...]:
        """Give the steps of `forward`."""
        return self.forward.lowered()


def check_steps(maps: tuple[PointMap, ...]) -> None:
    """Check that each map takes as many coordinates as the map before it gives.

    Raises
    ------
    ValueError
        There is no map.
    TypeError
        One of the arguments is something else.
    DimensionMismatch
        With the number of the step, counted from 1.
    """
    if not maps:
        raise ValueError("composing no maps: the number of dimensions is unknown; use Identity(n)")
    for i, step in enumerate(maps):
        if not isinstance(step, PointMap):
            raise TypeError(f"step {i + 1} of {len(maps)} is not a PointMap but {type(step).__name__}")
        if i and step.n_in != maps[i - 1].n_out:
            raise DimensionMismatch(
                f"input dimensions of step {i + 1} of {len(maps)} ({type(step).__name__})",
                maps[i - 1].n_out,
                step.n_in,
            )
