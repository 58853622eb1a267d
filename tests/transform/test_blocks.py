"""Maps that work block by block, or all at once where that is quicker, give what they give point by point."""

from __future__ import annotations

import numpy as np
import pytest

from zarr_spaces.transform import by_dimension
from zarr_spaces.transform.contract import FloatArray
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
    Selection,
    Translation,
)

TURN = Affine([[0.6, -0.8], [0.8, 0.6]], [10, 0.5])
HALVES = ByDimension([([2], [0], ScaleTranslation([3], [0.1])), ([0, 1], [2, 1], TURN)])
# More axes than one small matrix has.
TEN = ByDimension([([2 * i, 2 * i + 1], [2 * i, 2 * i + 1], TURN) for i in range(5)])

BLOCKWISE: list[PointMap] = [
    Affine([[1, 2, 3], [4, 5, 6]], [0.1, 0.2]),
    Affine([[1, 2, 3], [4, 5, 6]]),
    ScaleTranslation([2, 3, 5], [0.1, 0.2, 0.3]),
    Scale([2, 0, 5]),
    Translation([1, 2, 3]),
    Permutation([2, 0, 1]),
    Projection([1], [0, 3], 3),
    Selection([1, 1, -1], 3),
    HALVES,
]


def by_items(one: ByDimension, points: FloatArray) -> FloatArray:
    out = np.empty((len(points), one.n_out))
    for inputs, outputs, step in one.items:
        out[:, list(outputs)] = step(points[:, list(inputs)])
    return out


@pytest.mark.parametrize("one", BLOCKWISE, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("count", [1, 31, 33, 512, 2047, 2049, 8191, 8192, 8705, 16_383, 16_385, 40_000])
def test_out_holds_what_a_new_array_does(one: PointMap, count: int) -> None:
    points = np.random.default_rng(count).normal(size=(count, 3))
    out = np.full((count, one.n_out), np.nan)
    assert one(points, out=out) is out
    fresh = one(points)
    np.testing.assert_array_equal(out, fresh)
    rows = [0, count // 2, count - 1]
    np.testing.assert_allclose(fresh[rows], [one(points[i]) for i in rows], rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("block", [32, 33, 50, 99, 100, 101])
def test_blocks_of_a_matrix(block: int) -> None:
    one = Affine([[1, 2, 3], [4, 5, 6]], [0.1, 0.2])
    object.__setattr__(one, "_block", block)
    points = np.random.default_rng(block).normal(size=(100, 3))
    np.testing.assert_allclose(one(points), points @ one.matrix.T + one.offset, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("count", [1, 31, 32, 100])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("column", [0, 2])
def test_groups_of_axes_do_not_spoil_each_other(
    monkeypatch: pytest.MonkeyPatch, count: int, value: float, column: int
) -> None:
    monkeypatch.setattr(by_dimension, "_BLOCK", 40)
    points = np.random.default_rng(count).normal(size=(count, 3))
    for row in {0, count // 2, count - 1}:
        spoilt = points.copy()
        spoilt[row, column] = value
        expected = by_items(HALVES, spoilt)
        assert np.isfinite(expected[row]).any(), "one of the groups has finite coordinates"
        np.testing.assert_allclose(HALVES(spoilt), expected, rtol=1e-14, atol=1e-14)
        out = np.empty_like(points)
        np.testing.assert_allclose(HALVES(spoilt, out), expected, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("count", [1, 100])
def test_many_axes(count: int) -> None:
    points = np.random.default_rng(0).normal(size=(count, 10))
    points[-1, 3] = np.inf
    found = TEN(points)
    np.testing.assert_array_equal(found, by_items(TEN, points))
    assert np.isfinite(found[-1]).sum() == 8


@pytest.mark.parametrize(
    "item",
    [Identity(1), Permutation([0]), Bijection(Scale([2]), Scale([0.5])), Chain(Scale([2]), Translation([3]))],
    ids=lambda item: type(item).__name__,
)
def test_kinds_of_items(item: PointMap) -> None:
    one = ByDimension([([1, 2], [0, 1], TURN), ([0], [2], item)])
    points = np.random.default_rng(0).normal(size=(100, 3))
    points[50, 0] = np.inf
    np.testing.assert_allclose(one(points), by_items(one, points), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("nested", [False, True])
def test_steps_that_must_stay_apart_stay_apart_inside_a_group(nested: bool) -> None:
    # The product of the first two factors is less than the smallest number.
    steps: PointMap = Chain(Scale([1e-200]), Scale([1e-200]), Scale([1e300]))
    item = ByDimension([([0], [0], steps)]) if nested else steps
    one = ByDimension([([0], [0], item), ([1, 2], [1, 2], TURN)])
    np.testing.assert_allclose(one([[1e200, 0, 0]]), [[1e100, 10, 0.5]])


def test_overflow_stays_in_its_group() -> None:
    one = ByDimension([([0], [0], Scale([1e300])), ([1, 2], [1, 2], TURN)])
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(one([[1e300, 0, 0]] * 3), [[np.inf, 10, 0.5]] * 3)
