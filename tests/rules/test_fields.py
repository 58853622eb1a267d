"""Vector fields: what their input may be, and how they say that they are read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.images import AT, findings, image, link, places, scene, system
from zarr_spaces import check

LINK = f"{AT}/coordinateTransformations/0"
CHANNEL = "field-input-has-no-channel"
INTERPOLATION = "field-interpolation-known"
KINDS = ("displacements", "coordinates")


def field(kind: str = "displacements", **more: Any) -> dict[str, Any]:
    return {"type": kind, "path": "coordinateTransformations/field", **more}


def linked(transformation: dict[str, Any], names: str = "yx") -> dict[str, Any]:
    return image(system("um", names), system("world", names), links=[link("um", "world", **transformation)])


def by(*parts: tuple[list[int], list[int], dict[str, Any]]) -> dict[str, Any]:
    items = [{"inputAxes": i, "outputAxes": o, "transformation": t} for i, o, t in parts]
    return {"type": "byDimension", "transformations": items}


def sequence(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "sequence", "transformations": list(steps)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    # The letters are those of KINDS in images.py: u has no type, d and o are axes of vectors, s has a type of its own.
    ("names", "fine"),
    [
        ("yx", True), ("zyx", True), ("tzyx", True), ("uyx", True), ("ji", True), ("dyx", True), ("oyx", True),
        ("cyx", False), ("syx", False), ("tcyx", False),
    ],
)  # fmt: skip
def test_axes_of_the_input(kind: str, names: str, fine: bool) -> None:
    assert places(linked(field(kind), names), CHANNEL) == ([] if fine else [LINK])


def test_message_names_the_axis() -> None:
    (finding,) = findings(linked(field(), "scyx"), CHANNEL)
    assert finding.message.startswith("the field takes the axis 's' of type 'spectrum', and 1 more like it: ")
    (finding,) = findings(linked(field(), "tcyx"), CHANNEL)
    assert finding.message.startswith("the field takes the axis 'c' of type 'channel': ")


IDENTITY = {"type": "identity"}
NESTED: list[tuple[dict[str, Any], list[str]]] = [
    (by(([0], [0], IDENTITY), ([1, 2], [1, 2], field())), []),
    (by(([0, 1], [0, 1], field()), ([2], [2], IDENTITY)), ["/transformations/0/transformation"]),
    (by(([1], [0], IDENTITY), ([2, 0], [1, 2], field())), ["/transformations/1/transformation"]),
    (sequence({"type": "scale", "scale": [1, 2, 3]}, field()), ["/transformations/1"]),
    (sequence({"type": "mapAxis", "mapAxis": [1, 2, 0]}, field()), ["/transformations/1"]),
    (
        sequence(
            {"type": "mapAxis", "mapAxis": [1, 2, 0]}, by(([0, 1], [0, 1], field()), ([2], [2], IDENTITY))
        ),
        [],
    ),
    # Behind what mixes the axes nobody tells of what type they are.
    (sequence({"type": "affine", "affine": [[1, 0.5, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]}, field()), []),
    (sequence(field("coordinates"), field()), ["/transformations/0"]),
    ({"type": "bijection", "forward": field(), "inverse": field()}, ["/forward", "/inverse"]),
    (sequence({"type": "projectAxis", "droppedInputs": [1]}, field(), {"type": "identity"}), ["/transformations/1"]),
    (sequence({"type": "projectAxis", "droppedInputs": [0]}, field(), {"type": "identity"}), []),
]  # fmt: skip


@pytest.mark.parametrize(("transformation", "expected"), NESTED)
def test_fields_inside_others(transformation: dict[str, Any], expected: list[str]) -> None:
    assert places(linked(transformation, "cyx"), CHANNEL) == [f"{LINK}{place}" for place in expected]


def test_axes_in_another_image_are_not_known() -> None:
    assert check(scene([system("world", "cyx")], [link("a:um", "world", **field())])).findings == ()
    document = scene([system("world", "cyx")], [link("world", "a:um", **field())])
    assert places(document, CHANNEL) == ["/ome/scene/coordinateTransformations/0"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["nearest", "linear", "bspline-cubic", "cubic"])
def test_known_interpolations(kind: str, name: str) -> None:
    assert check(linked(field(kind, interpolation=name))).findings == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("Linear", "linear"),
        ("trilinear", "linear"),
        ("lienar", "linear"),
        ("nearest-neighbor", "nearest"),
        ("neerest", "nearest"),
        ("BSpline-cubic", "bspline-cubic"),
        ("bsplinecubic", "cubic"),
        ("bspline", "bspline-cubic"),
        ("tricubic", "cubic"),
        ("windowed sinc", None),
        ("lanczos", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_another_interpolation(kind: str, name: str, likely: str | None) -> None:
    document = linked(field(kind, interpolation=name))
    report = check(document)
    assert [(finding.rule, finding.json_pointer) for finding in report] == [(INTERPOLATION, f"{LINK}/interpolation")]
    assert report.findings[0].hint == (f"did you mean '{likely}'?" if likely else None)
    assert report.valid


def test_control_characters_do_not_reach_the_message() -> None:
    (finding,) = check(linked(field(interpolation="\x1b[31m")))
    assert finding.message.isprintable()
