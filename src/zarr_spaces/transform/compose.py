"""Composition: many maps become one, in as few passes over the points as exactness allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces.transform.axis_arithmetic import Scale, ScaleTranslation, Translation
from zarr_spaces.transform.composite import Chain, check_steps
from zarr_spaces.transform.structural import Identity, Permutation

if TYPE_CHECKING:
    from zarr_spaces.transform.contract import PointMap

# What these fuse to is inverted as well as they are, and fails as they do, so that nothing is lost with them.
_CLOSED = (Identity, Translation, Scale, ScaleTranslation, Permutation)


def compose(*maps: PointMap) -> PointMap:
    """Apply maps left to right: ``compose(f, g)(x)`` is ``g(f(x))``.

    Identities and nested chains disappear, linear neighbours are fused into the cheapest member that computes
    the same, and matrices are made only where one has to be applied anyway.

    Parameters
    ----------
    *maps : PointMap
        One at least; the first is applied first.

    Returns
    -------
    PointMap
        A `Chain` keeps the maps, and its inverse undoes them one by one.

    Raises
    ------
    DimensionMismatch
        A map does not take as many coordinates as the map before it gives; the step is named.
    ValueError
        There is no map, and so no number of dimensions.

    Notes
    -----
    Spec : OME-Zarr 0.6, "sequence"

    Examples
    --------
    >>> compose(Scale([2, 2]), Identity(2), Translation([1, 0]))
    ScaleTranslation([2.0, 2.0], [1.0, 0.0])
    >>> compose(Permutation([1, 0]), Permutation([1, 0]))
    Identity(2)
    """
    check_steps(maps)
    flat = [step for one in maps for step in (one.maps if isinstance(one, Chain) else (one,))]
    steps = [step for step in flat if not isinstance(step, Identity)] or flat[:1]
    whole = Chain(*steps)
    plan = whole.lowered()
    if len(steps) == 1 and plan == steps[0].lowered():
        return steps[0]
    if len(plan) == 1 and all(isinstance(step, _CLOSED) for step in steps):
        return plan[0]
    return whole
