"""Bijections: their ends, whether they are needed, and whether their directions agree."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.rules.images import AT, findings, image, link, places, scene, system
from zarr_spaces import check

LINK = f"{AT}/coordinateTransformations/0"
NEEDED = "bijection-needed"
AGREE = "bijection-directions-agree"
ENDS = "bijection-ends-agree"
FIELD = {"type": "displacements", "path": "coordinateTransformations/field"}
IDENTITY = {"type": "identity"}


def bijection(forward: dict[str, Any], inverse: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bijection", "forward": forward, "inverse": inverse}


def linked(transformation: dict[str, Any], names: str = "yx") -> dict[str, Any]:
    return image(system("um", names), system("world", names), links=[link("um", "world", **transformation)])


def pair(forward: dict[str, Any], inverse: dict[str, Any] = FIELD, names: str = "yx") -> dict[str, Any]:
    return linked(bijection(forward, inverse), names)


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.json_pointer.removeprefix(LINK)) for finding in check(document)]


def scale(*factors: float) -> dict[str, Any]:
    return {"type": "scale", "scale": list(factors)}


def translation(*shifts: float) -> dict[str, Any]:
    return {"type": "translation", "translation": list(shifts)}


def affine(*rows: list[float]) -> dict[str, Any]:
    return {"type": "affine", "affine": list(rows)}


def sequence(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "sequence", "transformations": list(steps)}


def by(*parts: tuple[list[int], list[int], dict[str, Any]]) -> dict[str, Any]:
    items = [{"inputAxes": i, "outputAxes": o, "transformation": t} for i, o, t in parts]
    return {"type": "byDimension", "transformations": items}


UM, WORLD = {"name": "um"}, {"name": "world"}
ENDS_GIVEN: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    ({}, {}, []),
    # The long form of the specification's example.
    ({"input": UM, "output": WORLD}, {"input": WORLD, "output": UM}, []),
    ({"input": UM}, {"output": UM}, []),
    ({"input": {"name": "um", "path": None}}, {"input": {"name": "world", "path": "./"}}, []),
    ({"input": {}}, {"output": {}}, []),
    ({"input": WORLD}, {}, ["/forward/input/name"]),
    ({"output": UM}, {}, ["/forward/output/name"]),
    ({}, {"input": UM}, ["/inverse/input/name"]),
    ({}, {"output": WORLD}, ["/inverse/output/name"]),
    ({"input": UM, "output": WORLD}, {"input": UM, "output": WORLD}, ["/inverse/input/name", "/inverse/output/name"]),
    ({"input": {"name": "um", "path": "a"}}, {}, ["/forward/input/path"]),
    ({"input": {"path": "a"}}, {}, ["/forward/input"]),
]


@pytest.mark.parametrize(("forward", "inverse", "expected"), ENDS_GIVEN)
def test_ends(forward: dict[str, Any], inverse: dict[str, Any], expected: list[str]) -> None:
    document = pair(FIELD | forward, FIELD | inverse)
    assert places(document, ENDS) == [f"{LINK}{place}" for place in expected]


def test_ends_in_other_images_are_compared_by_their_normalised_paths() -> None:
    def between(path: str, name: str = "um") -> list[str]:
        inverse = FIELD | {"output": {"name": name, "path": path}}
        links = [link("images/a:um", "b:um", **bijection(FIELD, inverse))]
        return places(scene([], links), ENDS)

    at = "/ome/scene/coordinateTransformations/0/inverse/output"
    assert between("/images//a/") == []
    assert between("images/b") == [f"{at}/path"]
    assert between("images/a", "mu") == [f"{at}/name"]
    (finding,) = findings(
        scene([], [link("a:um", "b:um", **bijection(FIELD, FIELD | {"output": {"name": "um", "path": "b"}}))]), ENDS
    )
    assert finding.message == "this is 'um' in 'b', that of the bijection is 'um' in 'a'"


def test_a_nested_bijection_without_ends_asks_for_none() -> None:
    inner = bijection(FIELD | {"input": {"name": "somewhere"}}, FIELD)
    assert places(linked(sequence(IDENTITY, inner)), ENDS) == []
    inner |= {"input": {"name": "elsewhere"}}
    assert places(linked(sequence(IDENTITY, inner)), ENDS) == [f"{LINK}/transformations/1/forward/input/name"]


CLOSED = [
    IDENTITY,
    scale(2, 3),
    translation(1, 2),
    {"type": "mapAxis", "mapAxis": [1, 0]},
    {"type": "rotation", "rotation": [[0, -1], [1, 0]]},
    affine([1, 2, 3], [4, 5, 6]),
    sequence(scale(2, 3), translation(1, 2)),
    sequence(sequence(IDENTITY), {"type": "mapAxis", "mapAxis": [1, 0]}),
    by(([0], [1], scale(2)), ([1], [0], translation(2))),
    by(([0, 1], [1, 0], affine([1, 2, 3], [4, 5, 6]))),
]
OPEN = [
    FIELD,
    {"type": "coordinates", "path": "f"},
    {"type": "affine", "path": "a"},
    {"type": "rotation", "path": "a"},
    scale(0, 1),
    affine([1, 2, 3], [2, 4, 6]),
    {"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]},
    sequence(scale(2, 3), FIELD),
    sequence(FIELD, scale(2, 3)),
    by(([0], [0], FIELD), ([1], [1], IDENTITY)),
    by(([0], [0], IDENTITY), ([0], [1], IDENTITY)),
    by(([0, 1], [0], affine([1, 2, 3])), ([1], [1], IDENTITY)),
    bijection(FIELD, FIELD),
]


@pytest.mark.parametrize("direction", CLOSED, ids=str)
def test_directions_that_can_be_inverted(direction: dict[str, Any]) -> None:
    assert places(pair(direction), NEEDED) == [f"{LINK}/forward"]
    assert places(pair(FIELD, direction), NEEDED) == [f"{LINK}/inverse"]
    assert places(pair(direction, direction), NEEDED) == [f"{LINK}/forward"]


@pytest.mark.parametrize("direction", OPEN, ids=str)
def test_directions_that_can_not_be_inverted(direction: dict[str, Any]) -> None:
    assert places(pair(direction, direction), NEEDED) == []


def test_a_direction_of_the_wrong_size_is_only_reported_for_that() -> None:
    assert found(pair(FIELD, scale(1, 2, 3))) == [("parameter-lengths", "/inverse/scale")]
    assert found(pair(scale(1, 2, 3))) == [("parameter-lengths", "/forward/scale")]


C, S = 0.6, 0.8
DISAGREEING: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (scale(2, 4), scale(0.5, 0.5), "axis 1 comes back multiplied by 2, not by 1"),
    (scale(2, 4), scale(-0.5, 0.25), "axis 0 comes back multiplied by -1, not by 1"),
    (scale(1, 1), scale(1, 1.00001), "axis 1 comes back multiplied by 1.00001, not by 1"),
    (translation(1, 2), translation(-1, 2), "axis 1 comes back shifted by 4"),
    (translation(1e6, 0), translation(-1e6 + 10, 0), "axis 0 comes back shifted by 10"),
    (IDENTITY, affine([1, 0.25, 0], [0, 1, 0]), "axis 0 comes back with 0.25 of axis 1 added"),
    (
        {"type": "rotation", "rotation": [[C, -S], [S, C]]},
        {"type": "rotation", "rotation": [[C, -S], [S, C]]},
        "axis 0 comes back multiplied by -0.28, not by 1",
    ),
    (
        sequence(scale(2, 2), translation(4, 4)),
        sequence(scale(0.5, 0.5), translation(-4, -4)),
        "axis 0 comes back shifted by -2",
    ),
    (
        {"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]},
        {"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]},
        "axis 0 comes back multiplied by 0, not by 1",
    ),
    (scale(0, 1), IDENTITY, "axis 0 comes back multiplied by 0, not by 1"),
    (by(([0], [0], scale(2)), ([1], [1], IDENTITY)), scale(1, 1), "axis 0 comes back multiplied by 2, not by 1"),
]
AGREEING = [
    (IDENTITY, IDENTITY),
    (scale(2, 4), scale(0.5, 0.25)),
    (scale(3, 7), scale(0.3333333333, 0.1428571429)),
    (scale(1e-9, 1e9), scale(1e9, 1e-9)),
    (scale(1e-200, 1e200), scale(1e200, 1e-200)),
    (translation(1e6, 0), translation(-1e6 + 0.1, 0)),  # of a million: a tenth is rounding to seven digits
    ({"type": "rotation", "rotation": [[C, -S], [S, C]]}, {"type": "rotation", "rotation": [[C, S], [-S, C]]}),
    (sequence(scale(2, 2), translation(4, 4)), sequence(translation(-4, -4), scale(0.5, 0.5))),
    (affine([1, 2, 3], [4, 5, 6]), affine([-5 / 3, 2 / 3, 1], [4 / 3, -1 / 3, -2])),
    ({"type": "mapAxis", "mapAxis": [1, 0]}, affine([0, 1, 0], [1, 0, 0])),
    (by(([0], [1], scale(2)), ([1], [0], translation(3))), by(([0], [1], translation(-3)), ([1], [0], scale(0.5)))),
    # What is not known to be linear, or does not fit, is not compared.
    (scale(2, 4), FIELD),
    (FIELD, scale(2, 4)),
    (scale(2, 4), {"type": "affine", "path": "a"}),
    (scale(2, 4), bijection(IDENTITY, IDENTITY)),
    (sequence(scale(1e308, 1), scale(1e308, 1)), IDENTITY),
    (affine([10**300, 10**300, 0], [10**300, -(10**300), 0]), affine([1e308, 1e308, 0], [1e308, -1e308, 0])),
]


@pytest.mark.parametrize(("forward", "inverse", "message"), DISAGREEING)
def test_directions_that_disagree(forward: dict[str, Any], inverse: dict[str, Any], message: str) -> None:
    (finding,) = findings(pair(forward, inverse), AGREE)
    assert (finding.json_pointer, finding.message) == (f"{LINK}/inverse", message)
    assert check(pair(forward, inverse)).valid


@pytest.mark.parametrize(("forward", "inverse"), AGREEING)
def test_directions_that_agree(forward: dict[str, Any], inverse: dict[str, Any]) -> None:
    assert places(pair(forward, inverse), AGREE) == []
    assert check(pair(forward, inverse)).valid


def test_between_other_images_the_parameters_tell_the_size() -> None:
    def between(forward: dict[str, Any], inverse: dict[str, Any]) -> list[str]:
        return places(scene([], [link("a:um", "b:um", **bijection(forward, inverse))]), AGREE)

    at = ["/ome/scene/coordinateTransformations/0/inverse"]
    wrong = scale(1, 1)
    for forward in (
        scale(2, 4),
        translation(1, 2),
        affine([1, 2, 3], [4, 5, 6]),
        {"type": "mapAxis", "mapAxis": [1, 0]},
        {"type": "rotation", "rotation": [[0, -1], [1, 0]]},
        sequence(IDENTITY, sequence(scale(2, 4))),
    ):
        assert between(forward, wrong) == at
        assert between(wrong, forward) == at
    assert between(IDENTITY, scale(2, 4)) == at
    assert between(IDENTITY, IDENTITY) == []
    assert between(by(([0], [0], scale(2))), IDENTITY) == []  # how many axes there are, nobody tells


def test_sequences_of_projections_grow_no_matrix_without_bounds() -> None:
    grow = sequence(*[{"type": "projectAxis", "createdOutputs": [0, 1, 2]}] * 20_000)
    begin = time.perf_counter()
    check(scene([], [link("a:um", "b:um", **bijection(sequence(scale(1, 2), grow), grow))]))
    assert time.perf_counter() - begin < 5  # seconds


def test_nested_bijections_are_each_looked_at_once() -> None:
    item: dict[str, Any] = bijection(scale(1, 2), scale(1, 2))
    for _ in range(40):
        item = bijection(sequence(item, scale(1, 2)), sequence(scale(1, 2), FIELD))
    begin = time.perf_counter()
    document = linked(item)
    assert len(places(document, NEEDED)) == 1
    assert time.perf_counter() - begin < 5  # seconds


@pytest.mark.parametrize("number", [10**300, 1.7e308, 5e-324, -1.7e308])
def test_extreme_numbers_never_raise(number: float) -> None:
    directions = [
        scale(number, 1),
        translation(number, 1),
        affine([number, 1, number], [1, 0.5, 1]),
        {"type": "rotation", "rotation": [[number, 0.5], [0, 1]]},
    ]
    known = {
        NEEDED,
        AGREE,
        "scale-not-negative",
        "rotation-proper",
    }
    for forward in directions:
        for inverse in directions:
            assert {finding.rule for finding in check(pair(forward, inverse))} <= known
