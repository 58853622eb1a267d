"""Laws of point maps, judged by an evaluator in exact fractions that shares no code with the package.

An error is compared with ``operations * eps * size``, where `size` follows the magnitudes of all terms through
the steps: what cancels in the result has still been rounded on the way there.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from zarr_spaces.testing.maps import (
    affine_maps,
    chains,
    invertible_maps,
    linear_maps,
    numbers,
    point_arrays,
)
from zarr_spaces.transform.compose import compose
from zarr_spaces.transform.point_map import (
    Affine,
    Bijection,
    ByDimension,
    Chain,
    Identity,
    PointMap,
    Projection,
    Scale,
    ScaleTranslation,
    Selection,
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

EPS = float(np.finfo(np.float64).eps)
widths = st.integers(1, 4)


def evaluate(one: PointMap, x: list[Fraction], value: Callable[[float], Fraction]) -> list[Fraction]:
    """Map one point in exact arithmetic, each parameter p taken as value(p)."""
    if isinstance(one, Identity):
        return x
    if isinstance(one, Projection):
        kept = [c for i, c in enumerate(x) if i not in one.dropped_inputs]
        for i in sorted(one.created_outputs):
            kept.insert(i, Fraction(0))
        return kept
    if isinstance(one, Selection):
        return [x[i] for i in one.source]
    if isinstance(one, Translation):
        return [c + value(t) for c, t in zip(x, one.vector.tolist(), strict=True)]
    if isinstance(one, Scale):
        return [c * value(s) for c, s in zip(x, one.vector.tolist(), strict=True)]
    if isinstance(one, ScaleTranslation):
        pairs = zip(one.scale.tolist(), one.translation.tolist(), strict=True)
        return [c * value(s) + value(t) for c, (s, t) in zip(x, pairs, strict=True)]
    if isinstance(one, Affine):
        return [
            sum((value(a) * c for a, c in zip(row, x, strict=True)), start=value(b))
            for row, b in zip(one.matrix.tolist(), one.offset.tolist(), strict=True)
        ]
    if isinstance(one, Bijection):
        return evaluate(one.forward, x, value)
    if isinstance(one, Chain):
        for step in one.maps:
            x = evaluate(step, x, value)
        return x
    assert isinstance(one, ByDimension)
    out: list[Fraction] = [Fraction(0)] * one.n_out
    for inputs, outputs, step in one.items:
        for i, c in zip(outputs, evaluate(step, [x[i] for i in inputs], value), strict=True):
            out[i] = c
    return out


def exact(maps: Sequence[PointMap], point: Array) -> list[Fraction]:
    return evaluate(Chain(*maps), [Fraction(c) for c in point.tolist()], Fraction)


def size(maps: Sequence[PointMap], point: Array) -> Array:
    """Bound the magnitude of every intermediate term that reaches each output."""
    bound = evaluate(Chain(*maps), [abs(Fraction(c)) for c in point.tolist()], lambda p: abs(Fraction(p)))
    return np.array([float(c) for c in bound])


def operations(one: PointMap) -> int:
    """Count the roundings on the way to one output coordinate, twice, because fusing rounds the parameters."""
    if isinstance(one, Chain):
        return sum(map(operations, one.maps))
    if isinstance(one, Bijection):
        return operations(one.forward)
    if isinstance(one, ByDimension):
        return sum(operations(step) for _, _, step in one.items)
    return 2 * (one.n_in + 2)


def agrees(found: Array, maps: Sequence[PointMap], points: Array) -> bool:
    counted = sum(map(operations, maps))
    for y, x in zip(found, points, strict=True):
        error = [abs(Fraction(a) - b) for a, b in zip(y.tolist(), exact(maps, x), strict=True)]
        if (np.array([float(e) for e in error]) > counted * EPS * size(maps, x)).any():
            return False
    return True


@given(st.data(), widths)
def test_a_map_computes_what_exact_arithmetic_does(data: st.DataObject, n: int) -> None:
    one, points = data.draw(linear_maps(n)), data.draw(point_arrays(n))
    assert agrees(one(points), [one], points)


@given(st.data(), widths)
def test_composition_applies_one_after_the_other(data: st.DataObject, n: int) -> None:
    maps, points = data.draw(chains(n)), data.draw(point_arrays(n))
    stepwise = points
    for one in maps:
        stepwise = one(stepwise)
    fused = compose(*maps)
    assert (fused.n_in, fused.n_out) == (maps[0].n_in, maps[-1].n_out)
    assert agrees(stepwise, maps, points)
    assert agrees(fused(points), maps, points)


@given(st.data(), widths)
def test_composition_is_associative(data: st.DataObject, n: int) -> None:
    maps, points = data.draw(chains(n, min_size=3)), data.draw(point_arrays(n))
    cut = data.draw(st.integers(1, len(maps) - 1))
    nested = compose(compose(*maps[:cut]), compose(*maps[cut:]))
    assert agrees(nested(points), maps, points)


@given(st.data(), widths)
def test_identity_is_neutral(data: st.DataObject, n: int) -> None:
    one = data.draw(linear_maps(n))
    plain = compose(one)
    assert compose(Identity(n), one) == plain
    assert compose(one, Identity(one.n_out)) == plain
    assert compose(Identity(n), Identity(n)) == Identity(n)


@given(st.data(), widths)
def test_as_affine_agrees_with_calling(data: st.DataObject, n: int) -> None:
    maps, points = data.draw(chains(n)), data.draw(point_arrays(n))
    for one in (maps[0], compose(*maps)):
        affine = one.as_affine()
        assert affine is not None
        matrix, offset = affine
        assert matrix.shape == (one.n_out, one.n_in)
        assert offset.shape == (one.n_out,)
        steps = maps if one is not maps[0] else maps[:1]
        assert agrees(points @ matrix.T + offset, [*steps, Affine(np.eye(one.n_out))], points)


@given(st.data(), widths)
def test_inverse_undoes_the_map(data: st.DataObject, n: int) -> None:
    one, points = data.draw(invertible_maps(n)), data.draw(point_arrays(n))
    assert_undone(one, one.inverse(), points)


@given(st.data(), widths)
def test_inverse_of_a_composition_reverses_it(data: st.DataObject, n: int) -> None:
    maps = data.draw(st.lists(invertible_maps(n), min_size=1, max_size=3))
    points = data.draw(point_arrays(n))
    whole = compose(*maps)
    reverse = compose(*(one.inverse() for one in reversed(maps)))
    for back in (whole.inverse(), reverse):
        assert (back.n_in, back.n_out) == (n, n)
        assert_undone(Chain(*maps), back, points)


@given(st.data(), widths)
def test_inverse_is_accurate_to_its_condition(data: st.DataObject, n: int) -> None:
    one = data.draw(affine_maps(n) | st.lists(numbers(zero=False), min_size=n, max_size=n).map(Scale))
    points = data.draw(point_arrays(n))
    affine = one.as_affine()
    assert affine is not None
    matrix, offset = affine
    condition = float(np.linalg.cond(matrix, np.inf))
    for x, back in zip(points, one.inverse()(one(points)), strict=True):
        image = np.abs(matrix @ x).max()
        assume(image > 0)
        effective = condition * (1 + np.abs(offset).max() / image)
        assert np.abs(back - x).max() <= 16 * n * EPS * effective * np.abs(x).max()


def assert_undone(one: PointMap, back: PointMap, points: Array) -> None:
    # The computed inverse of a matrix is off by its condition, once for each matrix on the way; and off in
    # proportion to its largest entry, not each entry in proportion to itself.
    counted = 4 * (operations(one) + operations(back)) * conditions(one)
    for x, again in zip(points, back(one(points)), strict=True):
        bound = counted * EPS * size([even(one), even(back)], x)
        assert (np.abs(again - x) <= bound).all()


def even(one: PointMap) -> PointMap:
    """Raise every entry of a matrix to the largest."""
    if isinstance(one, Chain):
        return Chain(*map(even, one.maps))
    if isinstance(one, Bijection):
        return even(one.forward)
    if isinstance(one, ByDimension):
        return ByDimension([(inputs, outputs, even(step)) for inputs, outputs, step in one.items], one.n_in)
    if isinstance(one, Affine):
        offset = np.full(one.n_out, np.abs(one.offset).max())
        return Affine(np.full_like(one.matrix, np.abs(one.matrix).max()), offset)
    return one


def conditions(one: PointMap) -> float:
    if isinstance(one, Chain):
        return float(np.prod([conditions(step) for step in one.maps]))
    if isinstance(one, Bijection):
        return conditions(one.forward)
    if isinstance(one, ByDimension):
        return float(np.prod([conditions(step) for _, _, step in one.items]))
    return float(np.linalg.cond(one.matrix)) if isinstance(one, Affine) else 1.0


@given(st.data(), widths)
def test_out_agrees_with_a_fresh_array(data: st.DataObject, n: int) -> None:
    one = compose(*data.draw(chains(n))) if data.draw(st.booleans()) else data.draw(linear_maps(n))
    points = data.draw(point_arrays(n))
    fresh = one(points)
    out = np.full(fresh.shape, np.nan)
    assert one(points, out=out) is out
    np.testing.assert_array_equal(out, fresh)
    strided = np.full((len(points), 2 * one.n_out), np.nan)
    one(points, out=strided[:, ::2])
    np.testing.assert_array_equal(strided[:, ::2], fresh)
    assert np.isnan(strided[:, 1::2]).all()


@given(st.data(), widths, st.integers(0, 6))
def test_overlapping_out_gives_the_same_answer(data: st.DataObject, n: int, shift: int) -> None:
    one, points = data.draw(linear_maps(n)), data.draw(point_arrays(n))
    fresh = one(points)
    memory = np.zeros(points.size + fresh.size + shift)
    source = memory[: points.size].reshape(points.shape)
    source[...] = points
    target = memory[shift : shift + fresh.size].reshape(fresh.shape)
    one(source, out=target)
    np.testing.assert_array_equal(target, fresh)
    if one.n_in == one.n_out:
        same = points.copy()
        assert one(same, out=same) is same
        np.testing.assert_array_equal(same, fresh)


@given(st.data(), widths)
def test_a_single_point_agrees_with_a_batch(data: st.DataObject, n: int) -> None:
    maps, points = data.draw(chains(n)), data.draw(point_arrays(n))
    whole = compose(*maps)
    for point in points:
        image = whole(point)
        assert image.shape == (whole.n_out,)
        assert agrees(image[None], maps, point[None])


@given(st.data(), widths)
def test_inputs_stay_as_they_were(data: st.DataObject, n: int) -> None:
    one = compose(*data.draw(chains(n)))
    points = data.draw(point_arrays(n))
    before = points.copy()
    points.flags.writeable = False
    fresh = one(points)
    np.testing.assert_array_equal(points, before)
    assert not np.may_share_memory(fresh, points)
    assert fresh.flags.writeable


@given(st.data(), widths, st.integers(1, 40_000))
def test_large_batches_agree_with_small_ones(data: st.DataObject, n: int, count: int) -> None:
    maps = data.draw(chains(n, max_size=2))
    rng: Any = np.random.default_rng(count)
    points = rng.normal(size=(count, n))
    whole = compose(*maps)
    images = whole(points)
    assert images.shape == (count, whole.n_out)
    chosen = [0, count // 2, count - 1]
    assert agrees(images[chosen], maps, points[chosen])
