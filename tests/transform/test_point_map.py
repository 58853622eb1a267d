"""Each kind of point map by example, with its refusals and the numerical faults known from peers."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

from zarr_spaces.errors import DimensionMismatch, IllConditioned, NotInvertible
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

TURN = Affine([[0, -1], [1, 0]], [10, 0])


class Square(PointMap):
    """A map that is not affine and knows no inverse."""

    def __init__(self, n: int) -> None:
        self.n_in = self.n_out = n

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        assert points.flags.c_contiguous
        assert out.flags.c_contiguous
        assert not np.may_share_memory(points, out)
        np.square(points, out=out)


EVERY_KIND: list[PointMap] = [
    Identity(2),
    Permutation([1, 0]),
    Projection([0], [1], 2),
    Selection([1, 1, -1], 2),
    Translation([1, 2]),
    Scale([2, 3]),
    ScaleTranslation([2, 3], [1, 0]),
    TURN,
    ByDimension([([1], [0], Scale([3])), ([0], [1], Translation([1]))]),
    Bijection(Scale([2, 4]), Scale([0.5, 0.25])),
    Chain(TURN, Translation([1, 1]), Projection([], [0], 2)),
    Square(2),
]

every_kind = pytest.mark.parametrize("one", EVERY_KIND, ids=lambda one: type(one).__name__)


class TestCalling:
    @every_kind
    def test_no_points(self, one: PointMap) -> None:
        assert one(np.empty((0, 2))).shape == (0, one.n_out)

    @every_kind
    @pytest.mark.parametrize("dtype", [np.int8, np.uint16, np.int64, np.float16, np.float32, ">f8"])
    def test_every_real_type_is_computed_in_float64(self, one: PointMap, dtype: Any) -> None:
        points = np.array([[1, 2], [3, 5]])
        found = one(points.astype(dtype))
        assert found.dtype == np.float64
        np.testing.assert_array_equal(found, one(points.astype(np.float64)))

    @every_kind
    def test_lists_and_single_points(self, one: PointMap) -> None:
        batch = one([[1, 2], [3, 5]])
        single = one([3, 5])
        assert single.shape == (one.n_out,)
        np.testing.assert_array_equal(single, batch[1])
        out = np.empty(one.n_out)
        assert one((3, 5), out=out) is out
        np.testing.assert_array_equal(out, single)

    @every_kind
    @pytest.mark.parametrize("count", [1, 31, 32, 511, 513, 2_000, 30_000, 70_000])
    def test_every_size_of_a_batch(self, one: PointMap, count: int) -> None:
        points = np.random.default_rng(count).normal(size=(count, 2))
        found = one(points)
        rows = [0, count // 2, count - 1]
        np.testing.assert_allclose(found[rows], [one(points[i]) for i in rows], rtol=1e-14, atol=1e-14)

    @every_kind
    def test_layouts_of_memory(self, one: PointMap) -> None:
        points = np.random.default_rng(1).normal(size=(50, 2))
        expected = one(points)
        wide = np.zeros((50, 5))
        wide[:, 1:3] = points
        backwards = points[::-1].copy()
        for layout in (np.asfortranarray(points), wide[:, 1:3], backwards[::-1]):
            np.testing.assert_array_equal(one(layout), expected)

    @every_kind
    def test_result_never_aliases_the_points(self, one: PointMap) -> None:
        points = np.ones((3, 2))
        found = one(points)
        assert not np.may_share_memory(found, points)
        found[...] = 7
        assert (points == 1).all()

    @every_kind
    def test_points_as_out(self, one: PointMap) -> None:
        points = np.random.default_rng(1).normal(size=(1_000, 2))
        expected = one(points)
        if one.n_out == 2:
            assert one(points, out=points) is points
            np.testing.assert_array_equal(points, expected)
        else:
            with pytest.raises(DimensionMismatch):
                one(points, out=points)

    def test_shifted_overlap(self) -> None:
        memory = np.arange(12.0)
        expected = Scale([2, 3])(memory[:10].reshape(5, 2))
        Scale([2, 3])(memory[:10].reshape(5, 2), out=memory[2:].reshape(5, 2))
        np.testing.assert_array_equal(memory[2:].reshape(5, 2), expected)

    @every_kind
    def test_wrong_number_of_columns(self, one: PointMap) -> None:
        with pytest.raises(DimensionMismatch, match="expected 2, got 3") as caught:
            one(np.zeros((4, 3)))
        assert (caught.value.expected, caught.value.got) == (2, 3)
        assert type(one).__name__ in str(caught.value)
        with pytest.raises(DimensionMismatch, match="expected 2, got 1"):
            one([1.0])

    @pytest.mark.parametrize("points", [1.0, np.zeros((2, 2, 2))])
    def test_neither_a_point_nor_a_list_of_points(self, points: Any) -> None:
        with pytest.raises(DimensionMismatch, match="expected 1 or 2, got"):
            Identity(2)(points)

    @pytest.mark.parametrize(
        "points",
        [[[1j, 0]], [["1", "2"]], [[None, 1]], [[True, False]], np.array([[1, 2]], dtype=object)],
        ids=["complex", "str", "None", "bool", "object"],
    )
    def test_points_that_are_not_real_numbers(self, points: Any) -> None:
        with pytest.raises(TypeError, match="points must be real numbers, not"):
            Identity(2)(points)

    def test_refused_out(self) -> None:
        points = np.zeros((4, 2))
        with pytest.raises(DimensionMismatch, match=r"shape of out: expected \(4, 2\), got \(3, 2\)"):
            Identity(2)(points, out=np.empty((3, 2)))
        with pytest.raises(DimensionMismatch):
            Identity(2)([1, 2], out=np.empty((1, 2)))
        with pytest.raises(TypeError, match="out must be a float64 array, not float32 array"):
            Identity(2)(points, out=np.empty((4, 2), dtype=np.float32))
        with pytest.raises(TypeError, match="not list"):
            Identity(2)(points, out=[[0, 0]] * 4)  # type: ignore[arg-type]  # the point of the test
        frozen = np.empty((4, 2))
        frozen.flags.writeable = False
        with pytest.raises(ValueError, match="out is read-only"):
            Identity(2)(points, out=frozen)

    def test_nan_and_infinity_pass(self) -> None:
        points = [[np.nan, np.inf], [-np.inf, 1]]
        np.testing.assert_array_equal(Permutation([1, 0])(points), [[np.inf, np.nan], [1, -np.inf]])
        np.testing.assert_array_equal(Projection([0], [0], 2)(points), [[0, np.inf], [0, 1]])
        np.testing.assert_array_equal(ScaleTranslation([2, -1], [1, 1])(points), [[np.nan, -np.inf], [-np.inf, 0]])
        np.testing.assert_array_equal(Scale([0, 1])(points), [[np.nan, np.inf], [np.nan, 1]])

    @pytest.mark.parametrize("count", [1, 100, 1_000])
    def test_infinity_in_a_matrix_gives_no_warning(self, count: int) -> None:
        points = np.zeros((count, 2))
        points[-1] = [np.inf, 0]
        found = Affine([[1, 0], [0, 1]], [0, 1])(points)
        np.testing.assert_array_equal(found[-1], [np.inf, np.nan])
        np.testing.assert_array_equal(found[:-1], np.tile([0.0, 1.0], (count - 1, 1)))


class TestPermutation:
    def test_order_names_the_input_of_each_output(self) -> None:
        one = Permutation([2, 0, 1])
        np.testing.assert_array_equal(one([[10, 20, 30]]), [[30, 10, 20]])
        assert one.inverse() == Permutation([1, 2, 0])
        assert one.order == (2, 0, 1)

    @pytest.mark.parametrize("order", [[0, 0], [], [0, 2], [-1, 0]])
    def test_what_is_no_permutation(self, order: list[int]) -> None:
        with pytest.raises(ValueError, match="order"):
            Permutation(order)

    def test_indices_are_integers(self) -> None:
        with pytest.raises(TypeError, match=r"order must be integers, not 0\.5"):
            Permutation([0.5, 1])  # type: ignore[list-item]


class TestProjection:
    def test_dropped_and_created(self) -> None:
        one = Projection([1], [0, 3], 3)
        assert (one.n_in, one.n_out) == (3, 4)
        np.testing.assert_array_equal(one([[10, 20, 30]]), [[0, 10, 30, 0]])

    def test_creating_only_is_undone_by_dropping(self) -> None:
        one = Projection([], [0, 2], 2)
        assert one.inverse() == Projection([0, 2], [], 4)
        np.testing.assert_array_equal(one.inverse()(one([[5, 6]])), [[5, 6]])

    @pytest.mark.parametrize("created", [[], [0]])
    def test_dropping_cannot_be_undone(self, created: list[int]) -> None:
        with pytest.raises(NotInvertible, match=r"Projection cannot be inverted: it drops input axes 0, 2"):
            Projection([0, 2], created, 3).inverse()

    @pytest.mark.parametrize(
        ("dropped", "created", "message"),
        [
            ([3], [], "dropped_inputs: there is no axis 3; the axes are 0 to 2"),
            ([0], [3], "created_outputs: there is no axis 3; the axes are 0 to 2"),
            ([0, 0], [], "dropped_inputs names an axis twice"),
            ([], [1, 1], "created_outputs names an axis twice"),
            ([0, 1, 2], [], "at least one axis"),
        ],
    )
    def test_refusals(self, dropped: list[int], created: list[int], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Projection(dropped, created, 3)

    def test_nothing_left_of_the_input(self) -> None:
        np.testing.assert_array_equal(Projection([0], [0], 1)([[5], [6]]), [[0], [0]])


class TestSelection:
    def test_inverse(self) -> None:
        assert Selection([1, -1, 0], 2).inverse() == Selection([2, 0], 3)
        with pytest.raises(NotInvertible, match="input axis 1 feeds several output axes"):
            Selection([1, 1, 0], 2).inverse()
        with pytest.raises(NotInvertible, match="it drops input axis 0"):
            Selection([1], 2).inverse()

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="at least one axis"):
            Selection([], 2)
        with pytest.raises(ValueError, match="source"):
            Selection([2], 2)


class TestScale:
    def test_zero_can_be_computed_but_not_undone(self) -> None:
        one = Scale([2, 0])
        np.testing.assert_array_equal(one([[3, 4]]), [[6, 0]])
        with pytest.raises(NotInvertible, match="Scale cannot be inverted: the scale of axis 1 is zero") as caught:
            one.inverse()
        assert caught.value.step == "Scale"

    def test_negative_factors(self) -> None:
        np.testing.assert_array_equal(Scale([-2]).inverse()([[4]]), [[-2]])

    def test_reciprocal_beyond_float64(self) -> None:
        with pytest.raises(NotInvertible, match="scale of axis 0 is 1e-310"):
            Scale([1e-310]).inverse()

    @pytest.mark.parametrize("vector", [[np.nan], [np.inf, 1]])
    def test_parameters_are_finite(self, vector: list[float]) -> None:
        with pytest.raises(ValueError, match="scale must be finite"):
            Scale(vector)

    def test_parameters_are_numbers(self) -> None:
        with pytest.raises(TypeError, match="scale must be real numbers"):
            Scale(["1"])
        with pytest.raises(DimensionMismatch, match="dimensions of scale: expected 1, got 2"):
            Scale([[1, 2]])
        with pytest.raises(ValueError, match="scale is empty"):
            Scale([])

    def test_integers_of_any_size(self) -> None:
        assert Scale([10**20, 1]) == Scale([1e20, 1])


class TestScaleTranslation:
    def test_inverse(self) -> None:
        one = ScaleTranslation([2, 4], [1, -1])
        np.testing.assert_array_equal(one.inverse()(one([[3, 5]])), [[3, 5]])
        with pytest.raises(NotInvertible, match="scale of axis 0 is zero"):
            ScaleTranslation([0], [1]).inverse()
        with pytest.raises(NotInvertible, match="exceeds the range of float64"):
            ScaleTranslation([1e-300], [1e300]).inverse()

    def test_lengths_agree(self) -> None:
        with pytest.raises(DimensionMismatch, match="expected 2, got 3"):
            ScaleTranslation([1, 2], [1, 2, 3])


class TestAffine:
    def test_law(self) -> None:
        one = Affine([[1, 2], [3, 4], [5, 6]], [10, 20, 30])
        assert (one.n_in, one.n_out) == (2, 3)
        np.testing.assert_array_equal(one([[1, 1], [2, 0]]), [[13, 27, 41], [12, 26, 40]])

    def test_offset_may_be_left_out(self) -> None:
        assert Affine([[1, 2]]) == Affine([[1, 2]], [0])

    def test_lengths_agree(self) -> None:
        with pytest.raises(DimensionMismatch, match="length of the offset beside the matrix: expected 2, got 3"):
            Affine([[1, 2], [3, 4]], [1, 2, 3])

    @pytest.mark.parametrize("matrix", [[[1, 0]], [[1], [0]]])
    def test_only_square_ones_are_invertible(self, matrix: list[list[float]]) -> None:
        with pytest.raises(NotInvertible, match="not square"):
            Affine(matrix).inverse()

    @pytest.mark.parametrize(
        ("matrix", "reason"),
        [
            ([[1, 0], [0, 0]], "row 1 is zero"),
            ([[0, 1], [0, 2]], "column 0 is zero"),
            ([[1, 2], [2, 4]], "singular to working precision"),
            ([[1, 1], [1, 1 + 2**-52]], "singular to working precision"),
            ([[1e-9, 1e9], [2e-9, 2e9]], "singular to working precision"),
        ],
    )
    def test_singular_matrices(self, matrix: list[list[float]], reason: str) -> None:
        with pytest.raises(NotInvertible, match=reason):
            Affine(matrix).inverse()

    @pytest.mark.parametrize(
        "matrix",
        [
            np.diag([1e-9, 1e9]),
            np.diag([1e-200, 1e200, 1]),
            [[1, 1e10], [0, 1]],
            [[1e-9, 1e-9], [1e9, -1e9]],
            [[1e-9, 1e9], [1e-9, -1e9]],
        ],
    )
    def test_units_of_any_size_are_no_reason_to_refuse(self, matrix: Any) -> None:
        # filterwarnings turns a warning of ill condition into a failure
        one = Affine(matrix)
        expected = np.asarray(matrix, dtype=float)
        np.testing.assert_allclose(one.inverse().inverse().matrix, expected, rtol=1e-14, atol=0)

    def test_ill_conditioned_matrices_warn(self) -> None:
        with pytest.warns(IllConditioned, match="inverse of Affine is ill-conditioned"):
            inverse = Affine([[1.0, 1.0], [1.0, 1 + 1e-13]]).inverse()
        np.testing.assert_allclose(inverse.matrix[1], [-1e13, 1e13], rtol=1e-2)

    def test_near_rotations_are_inverted_not_transposed(self) -> None:
        turn = np.array([[0.8, -0.6], [0.6, 0.8]]) * (1 + 1e-4)
        back = Affine(turn).inverse()
        np.testing.assert_allclose(back.matrix @ turn, np.eye(2), atol=1e-15)

    def test_inverse_beyond_float64(self) -> None:
        for matrix, offset in ([[1e-310]], [0]), ([[1e-300]], [1e300]):
            with pytest.raises(NotInvertible, match="exceeds the range of float64"):
                Affine(matrix, offset).inverse()

    def test_large_matrices(self) -> None:
        matrix = np.random.default_rng(0).normal(size=(300, 200))
        points = np.random.default_rng(1).normal(size=(2_000, 200))
        np.testing.assert_allclose(Affine(matrix, np.ones(300))(points), points @ matrix.T + 1, atol=1e-11)


class TestByDimension:
    def test_more_outputs_than_inputs_and_no_memory_left_over(self) -> None:
        one = ByDimension([([0], [2, 0], Affine([[1], [2]])), ([1], [1], Scale([5]))])
        assert (one.n_in, one.n_out) == (2, 3)
        out = np.full((1, 3), np.nan)
        np.testing.assert_array_equal(one([[1, 1]], out=out), [[2, 5, 1]])

    def test_fewer_outputs_than_inputs(self) -> None:
        one = ByDimension([([2], [0], Scale([5]))], 4)
        assert (one.n_in, one.n_out) == (4, 1)
        np.testing.assert_array_equal(one([[1, 2, 3, 4]]), [[15]])
        with pytest.raises(NotInvertible, match="input axis 0 is not used"):
            one.inverse()

    def test_one_input_feeds_two_outputs(self) -> None:
        one = ByDimension([([0], [0], Scale([2])), ([0], [1], Translation([1]))])
        np.testing.assert_array_equal(one([[10]]), [[20, 11]])
        with pytest.raises(NotInvertible, match="input axis 0 is used more than once"):
            one.inverse()

    def test_integers_are_not_truncated(self) -> None:
        one = ByDimension([([0], [0], Scale([0.5])), ([1], [1], Translation([0.25]))])
        np.testing.assert_array_equal(one(np.array([[1, 1]])), [[0.5, 1.25]])

    def test_inverse_by_blocks(self) -> None:
        one = ByDimension([([0, 2], [2, 1], TURN), ([1], [0], Scale([4]))])
        np.testing.assert_array_equal(one.inverse()(one([[1, 2, 3]])), [[1, 2, 3]])

    def test_inverse_of_an_item_that_creates(self) -> None:
        one = ByDimension([([0], [0, 1], Projection([], [0], 1)), ([1], [2], Scale([2]))])
        assert one.n_out == 3
        np.testing.assert_array_equal(one.inverse()([[9, 1, 4]]), [[1, 2]])

    def test_inverse_names_the_item(self) -> None:
        one = ByDimension([([0], [0], Scale([2])), ([1], [1], Scale([0]))])
        with pytest.raises(NotInvertible, match=r"item 1 \(Scale\) of ByDimension cannot be inverted: the scale"):
            one.inverse()

    def test_as_affine(self) -> None:
        one = ByDimension([([1, 0], [0, 2], TURN), ([1], [1], Scale([3]))], 3)
        affine = one.as_affine()
        assert affine is not None
        np.testing.assert_array_equal(affine[0], [[-1, 0, 0], [0, 3, 0], [0, 1, 0]])
        np.testing.assert_array_equal(affine[1], [10, 0, 0])

    def test_an_axis_read_twice_by_one_item(self) -> None:
        one = ByDimension([([0, 0], [0], Affine([[1, 2]]))])
        affine = one.as_affine()
        assert affine is not None
        np.testing.assert_array_equal(affine[0], [[3]])
        np.testing.assert_array_equal(one([[2]]), [[6]])

    def test_maps_that_are_not_affine(self) -> None:
        one = ByDimension([([1], [0], Square(1)), ([0], [1], Scale([2]))])
        np.testing.assert_array_equal(one([[3, 4]]), [[16, 6]])
        assert one.as_affine() is None
        with pytest.raises(NotInvertible, match=r"item 0 \(Square\) .* no inverse is known"):
            one.inverse()

    @pytest.mark.parametrize(
        ("items", "message"),
        [
            ([([0], [0], Scale([1])), ([1], [0], Scale([1]))], "output axis 0 is written more than once"),
            ([([0], [0], Scale([1])), ([1], [2], Scale([1]))], "output axis 1 is written by no item"),
            ([([0, 1], [0], Scale([1]))], "input axes of item 0: expected 1, got 2"),
            ([([0], [0, 1], Scale([1]))], "output axes of item 0: expected 1, got 2"),
            ([([2], [0], Scale([1]))], "input axes of item 0: there is no axis 2"),
            ([], "at least one item"),
        ],
    )
    def test_refusals(self, items: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ByDimension(items, 2)


class TestBijection:
    def test_inverse_swaps_without_computing(self) -> None:
        one = Bijection(Scale([0, 2]), Scale([7, 0.5]))
        assert one.inverse() == Bijection(Scale([7, 0.5]), Scale([0, 2]))
        np.testing.assert_array_equal(one.inverse()([[1, 1]]), [[7, 0.5]])

    def test_maps_that_are_not_affine(self) -> None:
        one = Bijection(Square(1), Scale([1]))
        assert one.as_affine() is None
        np.testing.assert_array_equal(one([[3]]), [[9]])
        affine = one.inverse().as_affine()
        assert affine is not None

    def test_dimensions_agree(self) -> None:
        wide = Projection([], [0], 2)
        with pytest.raises(DimensionMismatch, match="input dimensions of a bijection's inverse: expected 3, got 2"):
            Bijection(wide, Identity(2))
        with pytest.raises(DimensionMismatch, match="output dimensions of a bijection's inverse: expected 2"):
            Bijection(wide, Identity(3))


class TestValues:
    @pytest.mark.parametrize("one", EVERY_KIND[:-1], ids=lambda one: type(one).__name__)
    def test_copied_and_pickled_maps_are_equal_and_still_frozen(self, one: PointMap) -> None:
        for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
            assert again == one
            np.testing.assert_array_equal(again([[1, 2]]), one([[1, 2]]))
            affine, expected = again.as_affine(), one.as_affine()
            assert affine is not None
            assert expected is not None
            np.testing.assert_array_equal(affine[0], expected[0])
            with pytest.raises(AttributeError, match="frozen"):
                again.n_in = 3
            with pytest.raises(AttributeError, match="frozen"):
                del again.n_in

    def test_equality(self) -> None:
        assert Scale([1, 2]) == Scale(np.array([1.0, 2.0]))
        assert Scale([1, 2]) != Scale([1, 3])
        assert Scale([1, 2]) != Scale([1, 2, 3])
        assert Scale([1, 2]) != Translation([1, 2])
        assert ByDimension([([0], [0], Scale([1]))]) != ByDimension([([0], [0], Scale([2]))])

    def test_parameters_are_copies_and_read_only(self) -> None:
        vector = np.ones(2)
        one = Translation(vector)
        vector[0] = 7
        np.testing.assert_array_equal(one.vector, [1, 1])
        with pytest.raises(ValueError, match="read-only"):
            one.vector[0] = 3
        affine = one.as_affine()
        assert affine is not None
        affine[1][0] = 9
        np.testing.assert_array_equal(one.vector, [1, 1])

    def test_repr_is_short(self) -> None:
        assert repr(Affine([[1, 2]], [3])) == "Affine([[1.0, 2.0]], [3.0])"
        assert repr(Affine(np.eye(50))) == "Affine(<50 x 50>, <50>)"
        assert repr(Permutation([1, 0])) == "Permutation((1, 0))"
        assert repr(Chain(Identity(1), Scale([2]))) == "Chain(Identity(1), Scale([2.0]))"

    def test_identity_needs_an_axis(self) -> None:
        with pytest.raises(ValueError, match="at least one axis"):
            Identity(0)

    @pytest.mark.parametrize("one", EVERY_KIND[:-1], ids=lambda one: type(one).__name__)
    def test_as_affine(self, one: PointMap) -> None:
        affine = one.as_affine()
        assert affine is not None
        points = np.array([[1.0, 2.0], [-3.0, 0.5]])
        np.testing.assert_array_equal(points @ affine[0].T + affine[1], one(points))
