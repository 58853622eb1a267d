"""The small linear algebra that rules use, against what is known otherwise."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.images import axes, link, scene
from zarr_spaces._generated.codecs.ome_zarr.v0_6.ome_zarr import load_ome_zarr
from zarr_spaces.ome_zarr.v0_6 import Affine, Bijection, Displacements, Identity, Rotation, Scale, Sequence, Translation
from zarr_spaces.rules.linear import LIMIT, determinant, is_singular, linear_form, orthonormality
from zarr_spaces.testing import transformations
from zarr_spaces.transform.compile import compile_transformation

HUGE = 10**400


def diagonal(*values: Any) -> list[list[Any]]:
    return [[value if i == j else 0 for j in range(len(values))] for i, value in enumerate(values)]


def hilbert(n: int) -> list[list[float]]:
    return [[1 / (i + j + 1) for j in range(n)] for i in range(n)]


SINGULAR = [
    [[0.0]],
    [[1, 2], [2, 4]],
    [[0.1, 0.2], [0.3, 0.6]],
    [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
    [[0, 0], [0, 1]],
    [[0, 1], [0, 1]],
    diagonal(1, 0, 1),
    diagonal(1e300, 1e300, 0),
    [[1e-200, 2e-200], [2e-200, 4e-200]],
    [[1e200, 2e200, 0], [2e200, 4e200, 0], [0, 0, 1]],
    [[HUGE, 2 * HUGE], [1, 2]],
    [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1 + 3e-16]],
    [[1.0] * 6 for _ in range(6)],
    [[float(i * 7 + j) for j in range(7)] for i in range(7)],
    [[float(i + j) for j in range(LIMIT)] for i in range(LIMIT)],
    [[0.0] * 8 for _ in range(8)],
    [*([float(i == j) for j in range(8)] for i in range(7)), [0.0] * 8],
]
REGULAR = [
    [[1]],
    [[-5e-324]],
    [[1, 2], [3, 4]],
    [[1, 1], [1, 1 + 1e-9]],
    diagonal(1e-9, 1, 1),
    diagonal(1e-9, 1e9, 1),
    diagonal(1e-200, 1, 1e200),
    diagonal(1e-200, 1e-200, 1e-200),
    diagonal(5e-324, 5e-324),
    diagonal(1e300, 1e300, 1e300),
    diagonal(HUGE, 1),
    diagonal(HUGE, 0.5),
    [[1, 1e20, 1], [0, 1, 1e20], [0, 0, 1]],
    [[1e-20, 1], [1e-20, 2]],
    [[0, 0, 1], [0, 1, 0], [1, 0, 0]],
    hilbert(5),
    diagonal(1e-9, *[1.0] * 6),
    diagonal(*[10.0**k for k in range(-200, 200, 20)]),
    [[float(min(i, j) + 1) for j in range(LIMIT)] for i in range(LIMIT)],
]


@pytest.mark.parametrize("matrix", SINGULAR, ids=lambda matrix: str(matrix)[:40])
def test_singular(matrix: list[list[float]]) -> None:
    assert is_singular(matrix)
    assert is_singular([list(column) for column in zip(*matrix, strict=True)])


@pytest.mark.parametrize("matrix", REGULAR, ids=lambda matrix: str(matrix)[:40])
def test_regular(matrix: list[list[float]]) -> None:
    assert not is_singular(matrix)
    assert not is_singular([list(column) for column in zip(*matrix, strict=True)])


def test_large_matrix_with_integers_beyond_floats_is_let_pass() -> None:
    assert not is_singular(diagonal(HUGE, *[0] * 6))


@given(st.integers(1, 4), st.lists(st.integers(-3, 3), min_size=16, max_size=16))
def test_small_integers_are_judged_exactly(n: int, numbers: list[int]) -> None:
    matrix: list[list[float]] = [list(numbers[i * n : i * n + n]) for i in range(n)]
    exact = sum(
        math.prod((Fraction(row[j]) for row, j in zip(matrix, order, strict=True)), start=Fraction(parity(order)))
        for order in itertools.permutations(range(len(matrix)))
    )
    assert determinant(matrix) == exact
    assert is_singular(matrix) is (exact == 0)


def parity(order: tuple[int, ...]) -> int:
    return -1 if sum(a > b for a, b in itertools.combinations(order, 2)) % 2 else 1


@given(st.integers(1, 8), st.integers(0, 2**32), st.lists(st.integers(-300, 300), min_size=16, max_size=16))
def test_sizes_of_rows_and_columns_do_not_matter(n: int, seed: int, shifts: list[int]) -> None:
    numbers = random.Random(seed)
    matrix = [[numbers.uniform(-1, 1) for _ in range(n)] for _ in range(n)]
    scaled = [
        [math.ldexp(value, (shifts[i] + shifts[8 + j]) // 2) for j, value in enumerate(row)]
        for i, row in enumerate(matrix)
    ]
    condition = float(np.linalg.cond(np.array(matrix)))
    if condition < 1e8:
        assert not is_singular(matrix)
        assert not is_singular(scaled)
    if n > 1:
        scaled[-1] = [3.0 * value for value in scaled[0]]
        assert is_singular(scaled)


@pytest.mark.parametrize("n", [2, 3, 5, 6, 9])
def test_determinant_of_a_large_rotation(n: int) -> None:
    numbers = np.random.default_rng(n)
    matrix, _ = np.linalg.qr(numbers.normal(size=(n, n)))
    expected = float(np.linalg.det(matrix))
    assert determinant(matrix.tolist()) == pytest.approx(expected)
    assert orthonormality(matrix.tolist())[0] < 1e-14


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[1, 0], [0, 1]], (0.0, 0, 0)),
        ([[1, 0], [0, 1.5]], (1.25, 1, 1)),
        ([[1, 0.5], [0, 1]], (0.5, 1, 0)),
        ([[0, 0], [0, 0]], (1.0, 0, 0)),
        ([[1, 0], [1e200, 1e200]], (math.inf, 1, 1)),
        ([[1e200, -1e200], [1e200, 1e200]], (math.inf, 0, 0)),
        ([[1e200, 1], [-1e200, 1]], (math.inf, 0, 0)),
        ([[HUGE, 0], [0, 1]], (math.inf, 0, 0)),
        ([[HUGE, 0.5], [0, 1]], (math.inf, 0, 0)),
    ],
)
def test_orthonormality(matrix: list[list[float]], expected: tuple[float, int, int]) -> None:
    assert orthonormality(matrix) == expected


def loaded(transformation: dict[str, Any], n: int, m: int) -> Any:
    systems = [{"name": "a", "axes": axes("abdefghk"[:n])}, {"name": "b", "axes": axes("abdefghk"[:m])}]
    document: Any = load_ome_zarr(scene(systems, [link("a", "b", **transformation)]))
    return document.ome.scene.coordinate_transformations[0]


@given(st.data(), st.integers(1, 4), st.integers(1, 4))
def test_linear_form_maps_points_as_the_engine_does(data: st.DataObject, n: int, m: int) -> None:
    item = loaded(data.draw(transformations(n, m)), n, m)
    rows = linear_form(item, n)
    if rows is None:
        assert "Bijection(" in repr(item)
        return
    points = np.array([[0.0] * n, *np.eye(n), [3.0, -2.0, 5.0, 7.0][:n]])
    expected = compile_transformation(item, n)(points)
    matrix = np.array(rows)
    size = np.abs(matrix).sum() + 1
    np.testing.assert_allclose(points @ matrix[:, :-1].T + matrix[:, -1], expected, rtol=1e-6, atol=1e-6 * size)


def test_linear_form_of_a_sequence() -> None:
    turn = Rotation(rotation=[[0, -1], [1, 0]])
    item = Sequence(transformations=[Scale(scale=[2, 3]), Translation(translation=[1, -1]), turn])
    assert linear_form(item, 2) == [[0.0, -3.0, 1.0], [2.0, 0.0, 1.0]]


@pytest.mark.parametrize(
    ("item", "n"),
    [
        (Identity(), 0),
        (Identity(), LIMIT + 1),
        (Scale(scale=[1, 2]), 3),
        (Scale(scale=[HUGE, 2]), 2),
        (Scale(scale=[1e308, 2]), 3),
        (Sequence(transformations=[Scale(scale=[1e308]), Scale(scale=[1e308])]), 1),
        (Translation(translation=[HUGE]), 1),
        (Affine(path="a"), 2),
        (Affine(affine=[[1, 0], [0, 1]]), 2),
        (Affine(affine=[[1, 0, 0], [0, 1]]), 2),
        (Affine(affine=[[1.0, 0.0]] * (LIMIT + 1)), 1),
        (Displacements(path="f"), 2),
        (Sequence(transformations=[Identity(), Displacements(path="f"), Identity()]), 2),
        (Bijection(forward=Identity(), inverse=Identity()), 2),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_has_no_linear_form(item: Any, n: int) -> None:
    assert linear_form(item, n) is None


@pytest.mark.parametrize(
    "transformation",
    [
        {"type": "mapAxis", "mapAxis": [0, 2]},
        {"type": "projectAxis", "droppedInputs": [2]},
        {"type": "projectAxis", "createdOutputs": [4]},
        {
            "type": "byDimension",
            "transformations": [{"inputAxes": [2], "outputAxes": [0], "transformation": {"type": "identity"}}],
        },
        {
            "type": "byDimension",
            "transformations": [{"inputAxes": [0], "outputAxes": [1], "transformation": {"type": "identity"}}],
        },
        {
            "type": "byDimension",
            "transformations": [{"inputAxes": [0, 1], "outputAxes": [0, 0], "transformation": {"type": "identity"}}],
        },
        {
            "type": "byDimension",
            "transformations": [{"inputAxes": [0], "outputAxes": [0, 1], "transformation": {"type": "identity"}}],
        },
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0] * 40, "outputAxes": [0], "transformation": {"type": "affine", "affine": [[1.0] * 41]}}
            ],
        },
    ],
)
def test_indices_that_do_not_fit_have_no_linear_form(transformation: dict[str, Any]) -> None:
    assert linear_form(loaded(transformation, 2, 2), 2) is None
