"""Values of scale, rotation and affine: what is found in them, and what is let pass."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest

from tests.rules.images import AT, findings, image, level, link, places, scene, system
from zarr_spaces import Severity, check
from zarr_spaces.ome_zarr.v0_6 import Affine, Rotation, Scale
from zarr_spaces.rules.matrices import (
    affine_invertible,
    affine_needed,
    rotation_precise,
    rotation_proper,
    scale_not_negative,
    scale_not_zero,
)
from zarr_spaces.rules.steps import Step

LINK = f"{AT}/coordinateTransformations/0"
NAMES = {1: "x", 2: "yx", 3: "zyx", 4: "tzyx", 5: "tczyx"}
HUGE = 10**400


def linked(transformation: dict[str, Any], n: int = 2) -> dict[str, Any]:
    names = NAMES[n]
    return image(system("um", names), system("world", names), links=[link("um", "world", **transformation)])


def scale(*values: Any) -> dict[str, Any]:
    return linked({"type": "scale", "scale": list(values)}, len(values))


def rotation(*rows: list[Any]) -> dict[str, Any]:
    return linked({"type": "rotation", "rotation": list(rows)}, len(rows))


def affine(*rows: list[Any]) -> dict[str, Any]:
    return linked({"type": "affine", "affine": list(rows)}, len(rows))


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.json_pointer.removeprefix(LINK)) for finding in check(document)]


def turned(degrees: float, digits: int = 17) -> list[list[float]]:
    angle = math.radians(degrees)
    c, s = round(math.cos(angle), digits), round(math.sin(angle), digits)
    return [[c, -s], [s, c]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], []),
        ([5e-324, 1.7e308], []),
        ([1, 10**300], []),
        ([1, 0], [("scale-not-zero", "/scale/1")]),
        ([1, -0.0], [("scale-not-zero", "/scale/1")]),
        ([0, 1, 0.0], [("scale-not-zero", "/scale/0")]),
        ([1, -2], [("scale-not-negative", "/scale/1")]),
        ([1, -2, 0, -3], [("scale-not-negative", "/scale/1"), ("scale-not-zero", "/scale/2")]),
        ([1, -(10**300)], [("scale-not-negative", "/scale/1")]),
    ],
)
def test_scale(values: list[Any], expected: list[tuple[str, str]]) -> None:
    report = check(scale(*values))
    assert found(scale(*values)) == expected
    assert report.valid
    assert all(finding.severity is Severity.WARNING for finding in report)


def test_further_factors_are_counted() -> None:
    (finding,) = check(scale(0, 1, 0))
    assert finding.message.startswith("the factor is 0, and so are 1 more: ")
    (finding,) = check(scale(-1, 2, -3))
    assert finding.message.startswith("the factor -1 is negative, and so are 1 more: ")


def test_scale_of_a_level_and_inside_others() -> None:
    document = image(levels=[level("0", [1.0, 0.0]), level("1", [2.0, 0.0], [0.5, 0.0])])
    assert places(document, "scale-not-zero") == [
        f"{AT}/datasets/0/coordinateTransformations/0/scale/1",
        f"{AT}/datasets/1/coordinateTransformations/0/transformations/0/scale/1",
    ]
    inner = {"inputAxes": [0, 1], "outputAxes": [0, 1], "transformation": {"type": "scale", "scale": [1, -1]}}
    document = linked({"type": "byDimension", "transformations": [inner]})
    assert found(document) == [("scale-not-negative", "/transformations/0/transformation/scale/1")]


@pytest.mark.parametrize(
    ("matrix", "rule"),
    [
        (turned(30), None),
        (turned(30, 7), None),
        (turned(30, 6), None),
        (turned(30, 3), "rotation-precise"),
        (turned(33, 3), "rotation-precise"),
        ([[1, 0], [0, 1]], None),
        ([[-1, 0], [0, -1]], None),
        ([[0, -1], [1, 0]], None),
        ([[0, 0, 1], [1, 0, 0], [0, 1, 0]], None),
        ([[1.000004, 0], [0, 1]], None),
        ([[1.00001, 0], [0, 1]], "rotation-precise"),
        ([[1, 9e-4], [0, 1]], "rotation-precise"),
        ([[1.0005, 0], [0, 1]], "rotation-proper"),
        ([[1, 2e-3], [0, 1]], "rotation-proper"),
        (turned(30, 2), "rotation-proper"),
        ([[0, 1], [1, 0]], "rotation-proper"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, -1]], "rotation-proper"),
        ([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]], "rotation-proper"),
        ([[0, 0], [0, 0]], "rotation-proper"),
        ([[2, 0], [0, 0.5]], "rotation-proper"),  # the determinant is 1
        ([[1, 2], [3, 4]], "rotation-proper"),
        ([[1e308, 1e308], [-1e308, 1e308]], "rotation-proper"),
        ([[10**300, 0.5], [0, 1]], "rotation-proper"),
        ([[5e-324, 0], [0, 1]], "rotation-proper"),
    ],
)
def test_rotation(matrix: list[list[float]], rule: str | None) -> None:
    document = rotation(*matrix)
    assert found(document) == ([] if rule is None else [(rule, "/rotation")])
    assert check(document).valid is (rule != "rotation-proper")


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 0], [0, 2]], "row 1 has the length 2: the rows of a rotation have the length 1"),
        ([[1, 0.5], [0, 1]], "rows 0 and 1 are not at right angles: their scalar product is 0.5, not 0"),
        ([[1, 0], [1e300, 1e300]], "row 1 is far too long: the rows of a rotation have the length 1"),
        ([[1, 0], [0, -1]], "the determinant is negative: the matrix is that of a reflection"),
    ],
)
def test_rotation_says_what_is_wrong(matrix: list[list[float]], message: str) -> None:
    (finding,) = check(rotation(*matrix))
    assert finding.message == message


@pytest.mark.parametrize("rows", [[[1, 0]], [[1, 0], [0]], [[1, 0, 0], [0, 1, 0]], [[2, 0, 0], [0, 1, 0], [0, 0, 1]]])
def test_rotation_of_the_wrong_size_is_only_reported_for_that(rows: list[list[float]]) -> None:
    document = linked({"type": "rotation", "rotation": rows})
    assert {finding.rule for finding in check(document)} == {"parameter-lengths"}


SINGULAR: list[list[list[Any]]] = [
    [[1, 2, 3], [2, 4, 6]],
    [[0, 0, 1], [0, 0, 1]],
    [[1, 0, 0], [0, 0, 5]],
    [[0.1, 0.2, 0], [0.3, 0.6, 0]],
    [[1, 2, 3, 0], [4, 5, 6, 0], [7, 8, 9, 0]],
    [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]],
    [[10**300, 10**300, 0], [1, 1, 0]],
]
GENERAL: list[list[list[Any]]] = [
    [[1, 2, 3], [4, 5, 6]],
    [[1, 2, 3, 0], [0, 1, 2, 0], [0, 0, 1, 0]],
    [[1, 0.5, 0], [0, 1, 0]],
    [[-1, 0, 0], [0, 1, 0]],  # no scale that could be written, and a reflection
    [[-1e-9, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
    [[0.6, -0.8, 0], [0.8, 0.6 + 1e-4, 0]],
    [[1e-9, 1e-3, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
    [[0.6, 0.8, 0], [0.8, -0.6, 0]],
    [[1e308, 1e308, 1], [-1e308, 1e308, 1]],
    [[10**300, 0.5, 0], [0.5, 1, 0]],
]


@pytest.mark.parametrize("rows", SINGULAR)
def test_singular_affine(rows: list[list[float]]) -> None:
    assert found(affine(*rows)) == [("affine-invertible", "/affine")]
    assert check(affine(*rows)).valid


@pytest.mark.parametrize("rows", GENERAL)
def test_general_affine(rows: list[list[float]]) -> None:
    assert check(affine(*rows)).findings == ()


SIMPLER: list[tuple[list[list[Any]], str, str]] = [
    ([[1, 0, 0], [0, 1, 0]], "the identity", "an identity"),
    ([[1.0, -0.0, 0], [0, 1, -0.0]], "the identity", "an identity"),
    ([[1, 0, 9], [0, 1, -1.42]], "a translation", "the translation [9, -1.42]"),
    ([[1, 5]], "a translation", "the translation [5]"),
    ([[2, 0, 0], [0, 3, 0]], "a scale", "the scale [2, 3]"),
    ([[1e-9, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], "a scale", "the scale [1e-09, 1, 1]"),
    ([[1, 0, 5], [0, 3, 0]], "a scale and a translation", "a sequence of the scale [1, 3] and the translation [5, 0]"),
    ([[0, 1, 0], [1, 0, 0]], "an axis permutation", "the mapAxis [1, 0]"),
    ([[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0]], "an axis permutation", "the mapAxis [1, 2, 0]"),
    (
        [[0, 1, 5], [1, 0, 0]],
        "an axis permutation and a translation",
        "a sequence of the mapAxis [1, 0] and the translation [5, 0]",
    ),
    ([[0, -1, 0], [1, 0, 0]], "a rotation", "a rotation with these rows less their last numbers"),
    ([[-1, 0, 0], [0, -1, 0]], "a rotation", "a rotation with these rows less their last numbers"),
    (
        [[1, 0, 0, 0], [0, 0.6, -0.8, 0], [0, 0.8, 0.6, 0]],
        "a rotation",
        "a rotation with these rows less their last numbers",
    ),
    (
        [[0.6, -0.8, 1], [0.8, 0.6 + 1e-12, 0]],
        "a rotation and a translation",
        "a sequence of a rotation with these rows less their last numbers and the translation [1, 0]",
    ),
    (  # as precise as a rotation has to be
        [[0.866025, -0.5, 0], [0.5, 0.866025, 0]],
        "a rotation",
        "a rotation with these rows less their last numbers",
    ),
    (
        [[0, 2, 0], [1, 0, 0]],
        "an axis permutation and a scale",
        "a sequence of the mapAxis [1, 0] and the scale [2, 1]",
    ),
    (
        [[2, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 5]],
        "an axis permutation and a scale and a translation",
        "a sequence of the mapAxis [0, 2, 1] and the scale [2, 1, 1] and the translation [0, 0, 5]",
    ),
]
SCALED = [
    # A rotation with a scale behind it, and before it.
    ([[0, 1, 0], [-2, 0, 0]], "a rotation and a scale", "rows", [1.0, 2.0]),
    ([[1.2, -1.6, 0], [2.4, 1.8, 0]], "a rotation and a scale", "rows", [2.0, 3.0]),
    ([[0.6, -1.6, 0], [0.8, 1.2, 0]], "a scale and a rotation", "columns", [1.0, 2.0]),
]


@pytest.mark.parametrize(("rows", "kind", "vectors", "lengths"), SCALED)
def test_affine_that_turns_and_stretches(
    rows: list[list[float]], kind: str, vectors: str, lengths: list[float]
) -> None:
    (finding,) = check(affine(*rows))
    assert finding.message == f"the affine is no more than {kind}"
    rotation, scale = f"a rotation with these {vectors}, each divided by its length", f"the scale {lengths}"
    both = (rotation, scale) if vectors == "rows" else (scale, rotation)
    assert finding.hint == f"write a sequence of {both[0]} and {both[1]}"
    along = 1 if vectors == "rows" else 0
    turned = [[row[j] / lengths[i if along else j] for j in range(2)] for i, row in enumerate(rows)]
    written: list[dict[str, Any]] = [{"type": "rotation", "rotation": turned}, {"type": "scale", "scale": lengths}]
    document = linked({"type": "sequence", "transformations": written if along else written[::-1]})
    assert check(document).findings == ()


@pytest.mark.parametrize(("rows", "kind", "instead"), SIMPLER)
def test_affine_that_says_no_more_than_something_simpler(rows: list[list[float]], kind: str, instead: str) -> None:
    part = {"inputAxes": list(range(len(rows))), "outputAxes": list(range(len(rows)))}
    inner = {"type": "affine", "affine": rows}
    parts = [part | {"transformation": inner}]
    if len(rows) == 1:
        parts.append({"inputAxes": [1], "outputAxes": [1], "transformation": {"type": "identity"}})
    document = linked({"type": "byDimension", "transformations": parts}, max(2, len(rows)))
    (finding,) = findings(document, "affine-needed")
    assert finding.json_pointer == f"{LINK}/transformations/0/transformation/affine"
    assert finding.message == f"the affine is no more than {kind}"
    assert finding.hint == f"write {instead}"
    assert check(document).findings == (finding,)


@pytest.mark.parametrize(("rows", "kind", "instead"), [row for row in SIMPLER if len(row[0]) > 1])
def test_what_is_proposed_instead_has_no_finding(rows: list[list[float]], kind: str, instead: str) -> None:
    """Nobody is sent in a circle: the transformations that the hint writes down are sound."""
    steps: list[dict[str, Any]] = []
    if "rotation" in kind:
        steps.append({"type": "rotation", "rotation": [row[:-1] for row in rows]})
    for word in ("scale", "mapAxis", "translation"):
        if f"the {word} [" in instead:
            numbers = instead.partition(f"the {word} [")[2].partition("]")[0]
            steps.append({"type": word, word: [float(number) for number in numbers.split(", ")]})
    sequence = {"type": "sequence", "transformations": steps or [{"type": "identity"}]}
    assert check(linked(sequence, len(rows))).findings == ()


@pytest.mark.parametrize("values", [[-1.0, 2.0], [-1.0, -2.0], [-1.0, 1.0], [-1.0, -1.0]])
def test_what_is_proposed_for_a_negative_scale_has_no_finding(values: list[float]) -> None:
    (finding,) = check(scale(*values))
    rows = [[values[0], 0.0], [0.0, values[1]]]
    if finding.hint == "write an affine, which says the same":
        assert check(affine(*([*row, 0.0] for row in rows))).findings == ()
    elif "scale" in (finding.hint or ""):
        assert finding.hint == "write a rotation and a scale without signs, which says the same"
        assert values[0] < 0 > values[1]
    else:
        assert finding.hint == "write a rotation, which says the same"
        assert check(rotation(*rows)).findings == ()


def test_affine_that_leaves_axes_out() -> None:
    transformation = {"type": "affine", "affine": [[0, 0, 1, 0], [0, 2, 0, 0]]}
    document = image(system("um", "zyx"), system("world", "yx"), links=[link("um", "world", **transformation)])
    (finding,) = check(document)
    assert finding.message == "the affine is no more than a projection and an axis permutation and a scale"
    steps = "a projectAxis with droppedInputs [0] and the mapAxis [1, 0] and the scale [1, 2]"
    assert finding.hint == f"write a sequence of {steps}"


@pytest.mark.parametrize("matrix", [[[0, 1], [1, 0]], [[1, 0], [0, -1]], [[0.6, 0.8], [0.8, -0.6]]])
def test_what_is_proposed_for_a_reflection_has_no_finding(matrix: list[list[float]]) -> None:
    (finding,) = check(rotation(*matrix))
    if finding.hint == "write the mapAxis [1, 0]":
        assert check(linked({"type": "mapAxis", "mapAxis": [1, 0]})).findings == ()
    else:
        assert finding.hint == "write an affine"
        assert check(affine(*([*row, 0.0] for row in matrix))).findings == ()


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        ("yx", "zyx", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),  # the example of the specification from two to three axes
        ("zyx", "yx", [[0, 1, 0.5, 0], [0, 0, 1, 0]]),
        ("yx", "zyx", [[0, 0, 0], [1, 0, 0], [1, 0, 0]]),
    ],
)
def test_affine_between_different_numbers_of_axes(first: str, second: str, rows: list[list[float]]) -> None:
    transformation = {"type": "affine", "affine": rows}
    document = image(system("um", first), system("world", second), links=[link("um", "world", **transformation)])
    assert check(document).findings == ()


@pytest.mark.parametrize(
    "rows",
    [
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[1, 0, 0]],
        [[1, 0, 0], [0, 1]],
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
    ],
)
def test_affine_of_the_wrong_size_is_only_reported_for_that(rows: list[list[float]]) -> None:
    document = linked({"type": "affine", "affine": rows})
    assert {finding.rule for finding in check(document)} == {"parameter-lengths"}


def test_affine_between_other_images_is_judged_by_its_own_size() -> None:
    def between(*rows: list[float]) -> dict[str, Any]:
        return scene([], [link("a:um", "b:um", type="affine", affine=list(rows))])

    at = "/ome/scene/coordinateTransformations/0/affine"
    assert places(between([1, 2, 3], [2, 4, 6]), "affine-invertible") == [at]
    assert places(between([2, 0, 3], [0, 4, 6]), "affine-needed") == [at]
    assert check(between([1, 0, 0], [0, 0, 0], [0, 1, 0])).findings == ()


def test_parameters_in_arrays_are_not_looked_at() -> None:
    assert check(linked({"type": "affine", "path": "a"})).findings == ()
    assert check(linked({"type": "rotation", "path": "a"})).findings == ()


@pytest.mark.parametrize("n", [32, 33])
def test_matrices_beyond_the_limit_are_not_looked_at(n: int) -> None:
    zeros = [[0] * (n + 1) for _ in range(n)]
    links = [
        link("a:um", "b:um", type="affine", affine=zeros),
        link("a:um", "b:um", type="rotation", rotation=[row[:-1] for row in zeros]),
    ]
    rules = [finding.rule for finding in check(scene([], links))]
    assert rules == (["affine-invertible", "rotation-proper"] if n == 32 else [])


EXTREME = [10**300, -(10**308), 1.7e308, -1.7e308, 5e-324, 0]


@pytest.mark.parametrize("member", ["scale", "rotation", "affine"])
@pytest.mark.parametrize("number", EXTREME, ids=range(len(EXTREME)))
def test_extreme_numbers_are_judged(member: str, number: float) -> None:
    allowed = {"scale-not-zero", "scale-not-negative", "rotation-proper", "affine-invertible", "affine-needed"}
    for n in (2, 3, 5):
        for other in (0, 1, 0.5, 1e308, number):
            rows = [[number if i == j else other for j in range(n + (member == "affine"))] for i in range(n)]
            document = linked({"type": member, member: rows[0] if member == "scale" else rows}, n)
            assert {finding.rule for finding in check(document)} <= allowed


def test_integers_beyond_floats_never_raise() -> None:
    """No document that is read holds them, yet the rules do not rest on that."""
    for n in (1, 2, 3, 5, 7):
        for other in (0, 1, 0.5, 1e308, -HUGE):
            rows: list[list[float]] = [[HUGE if i == j else other for j in range(n + 1)] for i in range(n)]
            rotated = Step(Rotation(rotation=[row[:-1] for row in rows]), n, n, None)
            assert [*rotation_proper(rotated, ())] != []
            assert [*rotation_precise(rotated, ())] == []
            assert len([*affine_invertible(Step(Affine(affine=rows), n, n, None), ())]) < 2
            assert len([*affine_needed(Step(Affine(affine=rows), n, n, None), ())]) < 2
            assert len([*scale_not_zero(Step(Scale(scale=rows[0]), n, n, None), ())]) < 2
            assert len([*scale_not_negative(Step(Scale(scale=rows[0]), n, n, None), ())]) < 2


def test_ten_thousand_affines_take_little_time() -> None:
    rows = [[0.9, 0.1, 0.2, 5.0], [-0.1, 1.1, 0.3, 6.0], [0.05, -0.2, 0.8, 7.0]]
    links = [link("a:um", "world", type="affine", affine=rows) for _ in range(10_000)]
    document = scene([system("world", "zyx")], links)
    begin = time.perf_counter()
    report = check(document)
    assert time.perf_counter() - begin < 5  # seconds; a tenth of that is usual
    assert not places(document, "affine-needed")
    assert report.valid
