"""Hypothesis strategies for point maps and points, within magnitudes that keep rounding errors countable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from zarr_spaces.transform.point_map import (
    Affine,
    Bijection,
    ByDimension,
    Chain,
    Identity,
    Permutation,
    PointMap,
    Projection,
    Scale,
    ScaleTranslation,
    Translation,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["affine_maps", "chains", "invertible_maps", "linear_maps", "numbers", "point_arrays"]

_MOST_AXES = 5


def numbers(*, zero: bool = True, magnitude: float = 1e6) -> st.SearchStrategy[float]:
    """Draw floats of either sign whose magnitude is within ``[1 / magnitude, magnitude]``, or 0.

    Parameters
    ----------
    zero : bool
        Whether 0 may be drawn.
    magnitude : float
        The largest magnitude, and the reciprocal of the smallest.

    Returns
    -------
    strategy of float
    """
    positive = st.floats(1 / magnitude, magnitude)
    signed = positive | positive.map(lambda x: -x) | st.sampled_from([1.0, -1.0, 1.0 + 9e-6, 0.5])
    return signed | st.just(0.0) if zero else signed


def point_arrays(n: int, *, max_points: int = 8) -> st.SearchStrategy[NDArray[np.float64]]:
    """Draw arrays of points of shape (N, n), N = 0 included.

    Parameters
    ----------
    n : int
        The number of coordinates.
    max_points : int
        The largest N.

    Returns
    -------
    strategy of (N, n) float64
    """
    rows = st.lists(st.lists(numbers(), min_size=n, max_size=n), max_size=max_points)
    return rows.map(lambda drawn: np.array(drawn, dtype=np.float64).reshape(-1, n))


@st.composite
def affine_maps(draw: st.DrawFn, n: int) -> Affine:
    """Draw invertible affine maps of n axes with a moderate condition number.

    Parameters
    ----------
    n : int
        The number of coordinates on both sides.

    Returns
    -------
    Affine
    """
    entries = st.floats(-1, 1)
    lower, upper = np.eye(n), np.diag(draw(_vectors(n, numbers(zero=False, magnitude=2))))
    for row in range(n):
        for column in range(n):
            if column < row:
                lower[row, column] = draw(entries)
            elif column > row:
                upper[row, column] = draw(entries)
    order = draw(st.permutations(range(n)))
    return Affine((lower @ upper)[order], draw(_vectors(n, numbers())))


@st.composite
def invertible_maps(draw: st.DrawFn, n: int, *, depth: int = 1) -> PointMap:
    """Draw maps of n axes that have an inverse: every kind, with `depth` levels of maps made of maps.

    Parameters
    ----------
    n : int
        The number of coordinates on both sides.
    depth : int
        How deep sequences, bijections and maps by dimension may be nested.

    Returns
    -------
    PointMap
    """
    factors, shifts = _vectors(n, numbers(zero=False)), _vectors(n, numbers())
    kinds: list[st.SearchStrategy[PointMap]] = [
        st.just(Identity(n)),
        st.permutations(range(n)).map(Permutation),
        shifts.map(Translation),
        factors.map(Scale),
        st.builds(ScaleTranslation, factors, shifts),
        affine_maps(n),
    ]
    if depth:
        inner = invertible_maps(n, depth=depth - 1)
        kinds += [
            st.lists(inner, min_size=1, max_size=3).map(lambda maps: Chain(*maps)),
            inner.map(lambda one: Bijection(one, one.inverse())),
        ]
        if n > 1:
            kinds.append(_split_maps(n, depth - 1))
    return draw(st.one_of(kinds))


@st.composite
def linear_maps(draw: st.DrawFn, n: int, *, depth: int = 1) -> PointMap:
    """Draw affine maps from n axes to any number, with an inverse or without.

    Parameters
    ----------
    n : int
        The number of input coordinates.
    depth : int
        How deep maps made of maps may be nested.

    Returns
    -------
    PointMap
    """
    kind = draw(st.sampled_from(["invertible", "projection", "matrix", "scale"] + ["by dimension"] * (depth > 0)))
    if kind == "projection":
        dropped = draw(st.sets(st.integers(0, n - 1), max_size=n - 1))
        room = max(0, _MOST_AXES - (n - len(dropped)))
        created = draw(st.integers(0, min(2, room)))
        n_out = n - len(dropped) + created
        indices = draw(st.sets(st.integers(0, n_out - 1), min_size=created, max_size=created))
        return Projection(sorted(dropped), sorted(indices), n)
    if kind == "matrix":
        n_out = draw(st.integers(1, _MOST_AXES))
        rows = draw(st.lists(_vectors(n, numbers()), min_size=n_out, max_size=n_out))
        return Affine(rows, draw(_vectors(n_out, numbers())))
    if kind == "scale":
        return Scale(draw(_vectors(n, numbers())))
    if kind == "by dimension":
        items, written = [], 0
        for _ in range(draw(st.integers(1, 2))):
            inputs = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=min(n, 2)))
            one = draw(linear_maps(len(inputs), depth=depth - 1))
            items.append((inputs, one))
            written += one.n_out
        order = draw(st.permutations(range(written)))
        placed = []
        for inputs, one in items:
            placed.append((inputs, order[: one.n_out], one))
            order = order[one.n_out :]
        return ByDimension(placed, n)
    return draw(invertible_maps(n, depth=depth))


@st.composite
def chains(draw: st.DrawFn, n: int, *, min_size: int = 1, max_size: int = 4) -> list[PointMap]:
    """Draw linear maps that can be applied one after the other.

    Parameters
    ----------
    n : int
        The number of coordinates that the first map takes.
    min_size, max_size : int
        The smallest and the largest number of maps.

    Returns
    -------
    list of PointMap
    """
    maps: list[PointMap] = []
    for _ in range(draw(st.integers(min_size, max_size))):
        maps.append(draw(linear_maps(n)))
        n = maps[-1].n_out
    return maps


@st.composite
def _split_maps(draw: st.DrawFn, n: int, depth: int) -> ByDimension:
    cut = draw(st.integers(1, n - 1))
    inputs, outputs = draw(st.permutations(range(n))), draw(st.permutations(range(n)))
    return ByDimension(
        [
            (inputs[:cut], outputs[:cut], draw(invertible_maps(cut, depth=depth))),
            (inputs[cut:], outputs[cut:], draw(invertible_maps(n - cut, depth=depth))),
        ],
        n,
    )


def _vectors(n: int, elements: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    return st.lists(elements, min_size=n, max_size=n)
