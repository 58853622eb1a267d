"""What images ask of the axes of their coordinate systems, and what they say of themselves."""

from __future__ import annotations

import itertools

import pytest

from tests.rules.images import AT, findings, image, link, places, system
from zarr_spaces import Severity, check
from zarr_spaces.rules.image import SOUND_TYPES

SYSTEM = f"{AT}/coordinateSystems/0"
RULES = ("image-axes-spatial", "image-axes-one-time", "image-axes-one-other", "image-axes-ordered")


def of_axes(names: str) -> list[tuple[str, str]]:
    report = check(image(system("um", names)))
    return [(f.rule, f.json_pointer.removeprefix(SYSTEM)) for f in report if f.rule in RULES]


@pytest.mark.parametrize(
    "names", ["".join(parts) for parts in itertools.product(("", "t"), ("", *"cdosui"), ("yx", "zyx"))]
)
def test_sound_orders(names: str) -> None:
    assert of_axes(names) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("ij", [("image-axes-spatial", "/axes")]),
        ("ijk", [("image-axes-spatial", "/axes")]),
        ("tij", [("image-axes-spatial", "/axes")]),
        ("tcij", [("image-axes-spatial", "/axes")]),
        ("ijt", [("image-axes-spatial", "/axes"), ("image-axes-ordered", "/axes/2")]),
        ("ijx", [("image-axes-spatial", "/axes"), ("image-axes-one-other", "/axes/1")]),
        ("ijyx", [("image-axes-one-other", "/axes/1")]),
        ("tTyx", [("image-axes-one-time", "/axes/1")]),
        ("tTCyx", [("image-axes-one-time", "/axes/1")]),
        ("csyx", [("image-axes-one-other", "/axes/1")]),
        ("cuyx", [("image-axes-one-other", "/axes/1")]),
        ("cdoyx", [("image-axes-one-other", "/axes/1"), ("image-axes-one-other", "/axes/2")]),
        ("ctyx", [("image-axes-ordered", "/axes/1")]),
        ("yxc", [("image-axes-ordered", "/axes/2")]),
        ("ycx", [("image-axes-ordered", "/axes/1")]),
        ("zyxt", [("image-axes-ordered", "/axes/3")]),
        ("yxtc", [("image-axes-ordered", "/axes/2")]),
        ("syxu", [("image-axes-ordered", "/axes/3"), ("image-axes-one-other", "/axes/3")]),
    ],
)
def test_unsound_axes(names: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(of_axes(names)) == sorted(expected)


def test_every_system_of_an_image_is_looked_at() -> None:
    document = image(system("um"), system("px", "ij"), links=[link("um", "px")])
    assert places(document, "image-axes-spatial") == [f"{AT}/coordinateSystems/1/axes"]


def test_table_of_sound_types_is_that_of_the_rules() -> None:
    kinds: list[str | None] = ["time", "channel", "array", "coordinate", "displacement", "space", None]
    for size in (2, 3, 4):
        for types in itertools.product(kinds, repeat=size):
            document = image(system("um", "zyxw"[:size]))
            for axis, kind in zip(
                document["ome"]["multiscales"][0]["coordinateSystems"][0]["axes"], types, strict=True
            ):
                axis["type"] = kind or "custom"
            report = check(document)
            if all(finding.level != "schema" for finding in report):
                sound = not any(finding.rule in RULES for finding in report)
                assert sound is (types in SOUND_TYPES), types


@pytest.mark.parametrize("names", ["xyz", "xzy", "yxz", "yzx", "zxy", "XYZ", "Xyz", "txyz"])
def test_spatial_axes_in_another_order(names: str) -> None:
    (finding,) = findings(image(system("um", names)), "spatial-axes-zyx")
    assert (finding.json_pointer, finding.severity) == (f"{SYSTEM}/axes", Severity.WARNING)


@pytest.mark.parametrize("names", ["zyx", "ZYX", "tczyx", "xy", "abx", "xya", "yxw"])
def test_spatial_axes_with_other_names_have_any_order(names: str) -> None:
    assert places(image(system("um", names)), "spatial-axes-zyx") == []


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ((), None),
        (("name",), "the image has no name"),
        (("type", "metadata"), "the image has no type and no metadata"),
        (("name", "type", "metadata"), "the image has no name and no type and no metadata"),
    ],
)
def test_description(missing: tuple[str, ...], message: str | None) -> None:
    document = image()
    for member in missing:
        del document["ome"]["multiscales"][0][member]
    found = [(finding.json_pointer, finding.message) for finding in findings(document, "image-described")]
    assert found == ([] if message is None else [(AT, message)])
