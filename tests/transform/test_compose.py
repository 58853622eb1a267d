"""What composition fuses, what it leaves alone, and how the result is undone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces.errors import DimensionMismatch, NotInvertible
from zarr_spaces.transform.compose import compose
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

TURN = Affine([[0.6, -0.8], [0.8, 0.6]], [10, 0])


class Bend(PointMap):
    """A map that is not affine, with an inverse."""

    n_in = 2
    n_out = 2

    def __init__(self, sign: int = 1) -> None:
        self.sign = sign

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        out[:, 0] = points[:, 0] + self.sign * np.sin(points[:, 1])
        out[:, 1] = points[:, 1]

    def inverse(self) -> PointMap:
        return Bend(-self.sign)


class TestCheapestMember:
    @pytest.mark.parametrize(
        ("maps", "expected"),
        [
            ([Translation([1, 2]), Translation([3, 4])], Translation([4, 6])),
            ([Scale([2, 3]), Scale([4, 5])], Scale([8, 15])),
            ([Permutation([1, 2, 0]), Permutation([1, 2, 0])], Permutation([2, 0, 1])),
            ([Scale([2, 3]), Translation([1, 1])], ScaleTranslation([2, 3], [1, 1])),
            ([Translation([1, 1]), Scale([2, 3])], ScaleTranslation([2, 3], [2, 3])),
            ([ScaleTranslation([2], [1]), ScaleTranslation([3], [5])], ScaleTranslation([6], [8])),
            ([Scale([2, 4]), Scale([0.5, 0.25])], Identity(2)),
            ([Translation([2]), Translation([-2])], Identity(1)),
            ([Permutation([1, 2, 0]), Permutation([2, 0, 1])], Identity(3)),
            ([Identity(2), Identity(2)], Identity(2)),
            ([Identity(2), TURN, Identity(2)], TURN),
            ([ScaleTranslation([1, 1], [1, 2])], Translation([1, 2])),
            ([Permutation([0, 1])], Identity(2)),
        ],
    )
    def test_closed_kinds(self, maps: list[PointMap], expected: PointMap) -> None:
        assert compose(*maps) == expected

    @pytest.mark.parametrize(
        ("maps", "plan"),
        [
            ([TURN, Translation([1, 1])], ["Affine"]),
            ([Scale([1, 2]), Permutation([1, 0]), TURN, Translation([1, 1])], ["Affine"]),
            ([Permutation([1, 0]), Scale([2, 3])], ["Permutation", "Scale"]),
            ([Projection([0], [], 3), TURN], ["Projection", "Affine"]),
            ([Projection([0], [], 3), Permutation([1, 0])], ["Selection"]),
            ([Projection([], [0], 2), Projection([0], [], 3)], ["Identity"]),
            ([Bend(), Scale([2, 2]), Translation([1, 1]), Bend()], ["Bend", "ScaleTranslation", "Bend"]),
            ([Affine([[0, 2], [1, 0]])], ["Permutation", "Scale"]),
            ([Bijection(TURN, TURN.inverse()), Translation([1, 1])], ["Affine"]),
            ([Affine([[2, 0], [0, 4]], [1, 1]), Affine([[0.5, 0], [0, 0.25]], [-0.5, -0.25])], ["Identity"]),
            ([TURN], ["Affine"]),
            ([TURN, Bend(), TURN], ["Affine", "Bend", "Affine"]),
            ([ByDimension([([0], [1], Scale([2])), ([1], [0], Identity(1))])], ["Permutation", "Scale"]),
            ([ByDimension([([0, 1], [0, 1], TURN), ([2], [2], Identity(1))])], ["ByDimension"]),
        ],
    )
    def test_fused_steps(self, maps: list[PointMap], plan: list[str]) -> None:
        assert [type(step).__name__ for step in compose(*maps).lowered()] == plan

    def test_permutations_move_past_arithmetic(self) -> None:
        whole = compose(Scale([2, 3]), Permutation([1, 0]), Translation([5, 6]), Permutation([1, 0]))
        assert whole.lowered() == (ScaleTranslation([2, 3], [6, 5]),)

    def test_no_matrix_where_none_was(self) -> None:
        whole = compose(Projection([], [0], 2), Scale([1, 2, 0.5]), Permutation([2, 0, 1]), Translation([1, 1, 1]))
        np.testing.assert_array_equal(whole([[np.inf, 4]]), [[3, 1, np.inf]])

    def test_a_dropped_axis_never_spoils_the_others(self) -> None:
        whole = compose(Scale([1, 2, 2]), Projection([0], [], 3), TURN)
        np.testing.assert_array_equal(whole([[np.nan, 1, 2]]), TURN([[2, 4]]))

    def test_a_lone_map_is_returned_as_it_is(self) -> None:
        for one in (TURN, Permutation([1, 0]), Projection([0], [], 2), Bend(), Bijection(TURN, TURN)):
            assert compose(one) is one

    def test_nested_chains_are_taken_apart(self) -> None:
        whole = compose(compose(TURN, Bend()), Chain(Chain(Bend(), TURN)))
        assert isinstance(whole, Chain)
        assert [type(one) for one in whole.maps] == [Affine, Bend, Bend, Affine]


class TestExactness:
    def test_a_scale_near_one_is_kept(self) -> None:
        assert compose(Scale([1 + 9e-6]), Identity(1)) == Scale([1 + 9e-6])
        assert compose(Scale([1 + 2**-52]), Translation([1])) == ScaleTranslation([1 + 2**-52], [1])

    def test_a_translation_near_zero_is_kept(self) -> None:
        assert compose(Identity(1), Translation([5e-9])) == Translation([5e-9])
        found = compose(Scale([2]), Translation([5e-320]))([[0.0]])
        np.testing.assert_array_equal(found, [[5e-320]])

    def test_a_nearly_diagonal_matrix_stays_a_matrix(self) -> None:
        whole = compose(Affine([[1.0, 1e-300], [0.0, 1.0]]), Translation([1, 1]))
        np.testing.assert_array_equal(whole([[0, 1e300]]), [[2, 1e300]])

    @pytest.mark.parametrize(
        ("maps", "points"),
        [
            ([Scale([1e-200]), Scale([1e-200])], [[1e300]]),
            ([Scale([1e200]), Scale([1e200])], [[1e-300]]),
            ([Affine([[1e200, 0.0], [1.0, 1.0]]), Affine([[1e200, 0.0], [1.0, 1.0]])], [[1e-300, 1]]),
            ([Scale([1e200]), Scale([1e200]), Scale([1e-200]), Scale([1e-200])], [[1e-150]]),
        ],
    )
    def test_what_would_overflow_or_vanish_is_not_fused(self, maps: list[PointMap], points: Any) -> None:
        stepwise: Any = points
        for one in maps:
            stepwise = one(stepwise)
        np.testing.assert_array_equal(compose(*maps)(points), stepwise)

    def test_a_product_beyond_float64_has_no_affine_form(self) -> None:
        assert compose(Scale([1e200]), Scale([1e200])).as_affine() is None

    def test_identity_in_a_sequence_becomes_affine(self) -> None:
        for whole in (Chain(Identity(2)), Chain(Identity(2), TURN, Identity(2)), compose(Identity(2), TURN)):
            affine = whole.as_affine()
            assert affine is not None
            np.testing.assert_array_equal(whole([[1, 2]]), np.array([[1, 2]]) @ affine[0].T + affine[1])


class TestInverse:
    def test_reverses(self) -> None:
        whole = compose(Scale([2, 4]), Bend(), TURN, Permutation([1, 0]))
        points = np.array([[1.0, 2.0], [3.0, -1.0]])
        np.testing.assert_allclose(whole.inverse()(whole(points)), points, atol=1e-14)

    def test_a_creating_projection_is_undone_by_dropping_even_when_fused(self) -> None:
        spatial = Affine([[1, 0, 0], [0, 2, 1], [0, 1, 1]], [1, 2, 3])
        whole = compose(Scale([2, 2]), Projection([], [0], 2), spatial)
        assert [type(step) for step in whole.lowered()] == [Affine]
        back = whole.inverse()
        assert (back.n_in, back.n_out) == (3, 2)
        np.testing.assert_allclose(back(whole([[5, 6]])), [[5, 6]], rtol=1e-15)

    def test_a_dropping_projection_is_not(self) -> None:
        whole = compose(TURN, Projection([0], [], 2), Scale([2]))
        with pytest.raises(NotInvertible, match=r"step 2 of 3 \(Projection\) cannot be inverted: it drops"):
            whole.inverse()

    def test_creating_and_then_dropping_is_judged_by_its_steps(self) -> None:
        whole = compose(Projection([], [0], 2), Projection([0], [], 3))
        np.testing.assert_array_equal(whole([[1, 2]]), [[1, 2]])
        with pytest.raises(NotInvertible, match="step 2 of 2"):
            whole.inverse()

    def test_a_declared_affine_with_other_dimensions_is_not_invertible(self) -> None:
        whole = compose(Affine([[1, 0], [0, 1], [0, 0]]), Translation([1, 1, 1]))
        with pytest.raises(NotInvertible, match=r"step 1 of 2 \(Affine\) .*3 x 2, not square"):
            whole.inverse()

    def test_a_bijection_is_undone_as_declared_even_when_fused(self) -> None:
        whole = compose(Bijection(Scale([2, 2]), Scale([0.25, 0.25])), TURN)
        assert [type(step) for step in whole.lowered()] == [Affine]
        np.testing.assert_allclose(whole.inverse()(TURN([[4, 8]])), [[1, 2]], rtol=1e-14)

    def test_zero_scale(self) -> None:
        with pytest.raises(NotInvertible, match="the scale of axis 1 is zero"):
            compose(Scale([1, 0]), Translation([1, 1])).inverse()
        with pytest.raises(NotInvertible, match=r"step 2 of 2 \(Scale\) cannot be inverted: the scale of axis 1"):
            compose(TURN, Scale([1, 0])).inverse()


class TestChain:
    def test_points_as_out(self) -> None:
        whole = compose(Permutation([1, 0]), Scale([2, 3]), Bend(), Translation([1, 0]))
        points = np.random.default_rng(0).normal(size=(100, 2))
        expected = whole(points)
        whole(points, out=points)
        np.testing.assert_array_equal(points, expected)

    def test_widths_that_change_on_the_way(self) -> None:
        whole = compose(
            Translation([1, 1]),
            Bend(),
            Projection([], [0, 1], 2),
            Scale([1, 1, 2, 3]),
            Projection([0], [], 4),
        )
        assert (whole.n_in, whole.n_out) == (2, 3)
        np.testing.assert_allclose(whole([[1, -1]]), [[0, 4, 0]])

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="number of dimensions is unknown"):
            compose()
        with pytest.raises(ValueError, match="number of dimensions is unknown"):
            Chain()
        with pytest.raises(TypeError, match="step 2 of 2 is not a PointMap but list"):
            compose(TURN, [1])  # type: ignore[arg-type]  # the point of the test
        with pytest.raises(DimensionMismatch, match=r"input dimensions of step 2 of 3 \(Scale\): expected 2, got 3"):
            compose(TURN, Scale([1, 2, 3]), Scale([1, 2, 3]))


def test_selection_stands_for_what_projections_and_permutations_give() -> None:
    whole = compose(Projection([], [0], 2), Permutation([2, 0, 1]))
    assert whole.lowered() == (Selection([1, -1, 0], 2),)
    np.testing.assert_array_equal(whole.inverse()(whole([[5, 6]])), [[5, 6]])
