"""Indices of axes inside transformations: that they exist, and that each output is written once."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.rules.images import AT, image, link, places, scene, system
from zarr_spaces import Level, check

LINK = f"{AT}/coordinateTransformations/0"
IDENTITY = {"type": "identity"}
INDEX_RULES = (
    "map-axis-indices-exist",
    "project-axis-indices-exist",
    "by-dimension-indices-exist",
    "by-dimension-outputs-written-once",
)


def linked(first: str, second: str, transformation: dict[str, Any]) -> dict[str, Any]:
    return image(system("um", first), system("world", second), links=[link("um", "world", **transformation)])


def part(inputs: list[Any], outputs: list[Any], transformation: dict[str, Any] = IDENTITY) -> dict[str, Any]:
    return {"inputAxes": inputs, "outputAxes": outputs, "transformation": transformation}


def by(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "byDimension", "transformations": list(parts)}


def project(dropped: list[int] | None = None, created: list[int] | None = None) -> dict[str, Any]:
    given = {"droppedInputs": dropped, "createdOutputs": created}
    return {"type": "projectAxis"} | {key: value for key, value in given.items() if value is not None}


def sequence(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "sequence", "transformations": list(steps)}


def found(document: dict[str, Any], at: str = LINK) -> list[tuple[str, str]]:
    return [(f.rule, f.json_pointer.removeprefix(at)) for f in check(document) if f.rule in INDEX_RULES]


MAPS: list[tuple[list[Any], list[str], str | None]] = [
    ([0, 1, 2], [], None),
    ([2, 0, 1], [], None),
    ([2.0, 0, 1], [], None),
    ([0, 1, 3], ["/mapAxis/2"], "not yet taken: axis 2"),
    ([5, 1, 3], ["/mapAxis/0", "/mapAxis/2"], "not yet taken: axes 0, 2"),
    ([3, 2, 1], ["/mapAxis/0"], "indices count from 0: write [2, 1, 0]"),
    ([0, 1, 10**300], ["/mapAxis/2"], "not yet taken: axis 2"),
]


@pytest.mark.parametrize(("indices", "expected", "hint"), MAPS)
def test_map_axis(indices: list[Any], expected: list[str], hint: str | None) -> None:
    document = linked("zyx", "zyx", {"type": "mapAxis", "mapAxis": indices})
    assert found(document) == [("map-axis-indices-exist", place) for place in expected]
    assert {finding.hint for finding in check(document)} == ({hint} if hint else set())


def test_a_map_axis_of_the_wrong_length_is_only_reported_for_that() -> None:
    document = linked("yx", "yx", {"type": "mapAxis", "mapAxis": [0, 1, 2]})
    assert [finding.rule for finding in check(document)] == ["parameter-lengths"]


@pytest.mark.parametrize("indices", [[1, 1], [1, 1.0]])
def test_an_index_twice_is_for_the_schema(indices: list[Any]) -> None:
    document = linked("yx", "yx", {"type": "mapAxis", "mapAxis": indices})
    assert {finding.level for finding in check(document)} == {Level.SCHEMA}


PROJECTIONS = [
    ("zyx", "yx", project([2]), []),
    ("zyx", "yx", project([3]), ["/droppedInputs/0"]),
    ("yx", "zyx", project(None, [2]), []),
    ("yx", "zyx", project(None, [3]), ["/createdOutputs/0"]),
    ("zyx", "zyx", project([2], [2]), []),
    ("zyx", "zyx", project([3], [3]), ["/droppedInputs/0", "/createdOutputs/0"]),
    ("tzyx", "yx", project([0, 4]), ["/droppedInputs/1"]),
    ("yx", "czyx", project(None, [4, 0]), ["/createdOutputs/0"]),
]


@pytest.mark.parametrize(("first", "second", "transformation", "expected"), PROJECTIONS)
def test_project_axis(first: str, second: str, transformation: dict[str, Any], expected: list[str]) -> None:
    document = linked(first, second, transformation)
    assert found(document) == [("project-axis-indices-exist", place) for place in sorted(expected)]


@pytest.mark.parametrize(
    ("transformation", "expected"),
    [
        # The input is in another image, the output has three axes: so the input has two, and four, and three.
        (project(None, [2]), []),
        (project(None, [3]), ["/createdOutputs/0"]),
        (project([3]), []),
        (project([4]), ["/droppedInputs/0"]),
        (project([3], [0]), ["/droppedInputs/0"]),
    ],
)
def test_project_axis_from_another_image(transformation: dict[str, Any], expected: list[str]) -> None:
    document = scene([system("world", "zyx")], [link("a:um", "world", **transformation)])
    at = "/ome/scene/coordinateTransformations/0"
    assert found(document, at) == [("project-axis-indices-exist", place) for place in expected]


def test_between_two_other_images_nothing_is_known() -> None:
    assert check(scene([], [link("a:um", "b:um", **project([4], [4]))])).findings == ()
    assert found(scene([], [link("a:um", "b:um", **by(part([9], [0]), part([8], [1])))])) == []


def test_dropping_more_axes_than_there_are_is_reported_once_for_each() -> None:
    document = linked("yx", "yx", project([0, 1, 2], [0]))
    assert [(finding.rule, finding.json_pointer) for finding in check(document)] == [
        ("project-axis-indices-exist", f"{LINK}/droppedInputs/2")
    ]


INDICES = "by-dimension-indices-exist"
ONCE = "by-dimension-outputs-written-once"
BY_DIMENSION: list[tuple[str, str, dict[str, Any], list[tuple[str, str]]]] = [
    ("yx", "yx", by(part([0], [0]), part([1], [1])), []),
    ("yx", "yx", by(part([1], [0]), part([0], [1])), []),
    ("yx", "yx", by(part([0, 1], [1, 0])), []),
    ("yx", "zyx", by(part([0], [0]), part([0], [1]), part([1], [2])), []),  # an input may be read twice, or never
    ("zyx", "yx", by(part([0], [0]), part([0], [1])), []),
    ("tzyx", "zyx", by(part([3, 2], [1, 2]), part([1], [0])), []),  # the second example of the specification
    ("yx", "yx", by(part([0], [0]), part([2], [1])), [(INDICES, "/transformations/1/inputAxes/0")]),
    ("yx", "yx", by(part([0], [0]), part([1], [2])), [(INDICES, "/transformations/1/outputAxes/0")]),
    # The invalid examples of the specification: an output that does not exist, and one that is written twice.
    (
        "yx",
        "yx",
        by(part([0], [2]), part([1], [2])),
        [
            (INDICES, "/transformations/0/outputAxes/0"),
            (ONCE, "/transformations/1/outputAxes/0"),
            (INDICES, "/transformations/1/outputAxes/0"),
        ],
    ),
    ("yx", "yx", by(part([0], [1]), part([1], [1])), [(ONCE, "/transformations/1/outputAxes/0")]),
    ("yx", "yx", by(part([0, 1], [0, 0])), [(ONCE, "/transformations/0/outputAxes/1")]),
    ("yx", "yx", by(part([0, 1], [0, 1]), part([0], [1])), [(ONCE, "/transformations/1/outputAxes/0")]),
    ("yx", "zyx", by(part([0, 1], [0, 2])), [(ONCE, "/transformations")]),
    (
        "yx",
        "zyx",
        by(part([0], [1]), part([1], [1])),
        [(ONCE, "/transformations"), (ONCE, "/transformations/1/outputAxes/0")],
    ),
    ("yx", "yx", by(part([], [])), [(ONCE, "/transformations")]),
    # Inside others
    ("yx", "yx", sequence(IDENTITY, by(part([0], [0]))), [(ONCE, "/transformations/1/transformations")]),
    (
        "yx",
        "yx",
        by(part([0, 1], [0, 1], by(part([0], [0]), part([2], [0])))),
        [
            (INDICES, "/transformations/0/transformation/transformations/1/inputAxes/0"),
            (ONCE, "/transformations/0/transformation/transformations/1/outputAxes/0"),
        ],
    ),
]


@pytest.mark.parametrize(("first", "second", "transformation", "expected"), BY_DIMENSION)
def test_by_dimension(first: str, second: str, transformation: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    document = linked(first, second, transformation)
    assert sorted(found(document)) == sorted(expected)
    assert {finding.rule for finding in check(document)} <= {INDICES, ONCE}


def test_missing_outputs_are_listed() -> None:
    (finding,) = check(linked("yx", "tczyx", by(part([0, 1], [3, 1]))))
    assert finding.message == "no part writes the output axes 0, 2, 4: the output has 5 axes"


def test_a_misplaced_output_tells_which_one_is_free() -> None:
    (finding,) = check(linked("yx", "yx", by(part([0], [0]), part([1], [0]))))
    assert (finding.message, finding.hint) == (
        "the output axis 0 is already written by part 0",
        "not yet written: axis 1",
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part([0], [0]), part([1], [1])], []),
        ([part([0], [1])], ["/transformations"]),  # whatever the output is: an axis 1 does not come without an axis 0
        ([part([0], [0]), part([1], [0])], ["/transformations/1/outputAxes/0"]),
        ([part([0], [10**300])], ["/transformations"]),
    ],
)
def test_outputs_of_unknown_number(parts: list[dict[str, Any]], expected: list[str]) -> None:
    document = scene([], [link("a:um", "b:um", **by(*parts))])
    assert places(document, ONCE) == [f"/ome/scene/coordinateTransformations/0{place}" for place in expected]


def test_in_the_middle_of_a_sequence_the_next_step_tells_nothing() -> None:
    steps = [by(part([0], [0]), part([1], [1])), {"type": "scale", "scale": [1.0, 2.0]}]
    assert check(linked("yx", "yx", sequence(*steps))).findings == ()


def test_a_bijection_passes_on_its_sizes() -> None:
    there = {"type": "displacements", "path": "f"}
    document = linked("yx", "yx", {"type": "bijection", "forward": by(part([0], [0], there)), "inverse": there})
    assert [(finding.rule, finding.json_pointer) for finding in check(document)] == [
        (ONCE, f"{LINK}/forward/transformations")
    ]


def test_every_index_that_is_wrong_is_reported() -> None:
    systems = [system("a"), system("b")]
    many = list(range(200))
    for outputs, known, unknown in (
        (many, {INDICES: 198}, {ONCE: 0}),
        ([0] * 200, {ONCE: 199}, {ONCE: 199}),
        ([10**300, *many], {INDICES: 199}, {ONCE: 1}),
    ):
        parts = by(part([0], outputs))
        for document, expected in (
            (scene(systems, [link("a", "b", **parts)]), known),
            (scene([], [link("a:a", "b:b", **parts)]), unknown),
        ):
            assert {rule: len(places(document, rule)) for rule in expected} == expected


@pytest.mark.parametrize("outputs", [list(range(100_000)), [0] * 100_000, [10**300, *range(100_000)]], ids=[0, 1, 2])
def test_many_wrong_indices_take_little_time(outputs: list[int]) -> None:
    begin = time.perf_counter()
    assert found(linked("yx", "yx", by(part([0], outputs))))
    check(linked("yx", "yx", by(part(outputs, [0]), part([0], [1]))))
    assert time.perf_counter() - begin < 10  # seconds


class Images:
    """Other nodes: the image `a`, whose system `um` has three axes, and nothing else."""

    def attributes(self, path: str) -> dict[str, Any] | None:
        return image(system("um", "zyx")) if path == "a" else None

    def array(self, path: str) -> None:
        return None

    def children(self, path: str) -> list[str]:
        return [] if path else ["a"]

    def consolidated(self) -> None:
        return None

    def has_file(self, path: str) -> bool:
        return False


def test_outputs_that_only_another_image_has_are_missed_where_it_can_be_seen() -> None:
    two = by(part([0], [0]), part([1], [1]))
    into_image = scene([system("world", "zyx")], [link("world", "a:um", **two)])
    out_of_image = scene([system("world", "zyx")], [link("a:um", "world", **two)])
    at = "/ome/scene/coordinateTransformations/0"
    assert found(into_image) == []
    report = check(into_image, level=Level.HIERARCHY, nodes=Images())
    assert [(f.rule, f.level, f.json_pointer) for f in report] == [(ONCE, "hierarchy", f"{at}/transformations")]
    report = check(out_of_image, level=Level.HIERARCHY, nodes=Images())
    assert [(f.rule, f.json_pointer) for f in report] == [(ONCE, f"{at}/transformations")]
