"""Paths that lead out of the group, and paths in a roundabout spelling."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.images import AT, findings, image, level, link, scene, system
from zarr_spaces import check
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.odd_paths import is_plain

RULES = ("paths-lead-below", "paths-plain", "parameter-paths-inside")
PLAIN = [
    "0",
    "s0",
    "a/b",
    "labels/cells",
    ".zarr",
    "a.zarr",
    "...",
    "a/...",
    "a b",
    "..a",
    "a../b",
    "\u00e9",
    "a:b",
    "-",
]
OUT = ["..", "../a", "a/..", "a/../b", "/../a", "a//../b", "https://example.org/a.zarr", "s3://bucket/a", "file:///a"]
ROUNDABOUT = ["/a", "a/", "//a", "a//b", "./a", "a/.", "a/./b", "/a/b/", "//", "a/b//"]
NOTHING = ["", ".", "/", "./", "//."]


def told(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.json_pointer) for finding in check(document) if finding.rule in RULES]


def leveled(path: str) -> dict[str, Any]:
    return image(levels=[level(path, [1, 1])])


@pytest.mark.parametrize("path", PLAIN + OUT + ROUNDABOUT + NOTHING)
def test_plain_paths_are_those_that_normalising_keeps(path: str) -> None:
    sound = path != "" and normalise_path(path) == path and ".." not in path.split("/")
    assert is_plain(path) is sound is (path in PLAIN)


@pytest.mark.parametrize("path", PLAIN)
def test_plain_paths_are_sound_everywhere(path: str) -> None:
    assert told(leveled(path)) == []
    assert told(scene([system("a")], [link("a", "a", type="affine", path=path) | link(f"{path}:um", "a")])) == []
    assert told({"ome": {"version": "0.6", "labels": [path]}}) == []
    assert told({"ome": {"version": "0.6", "series": [path]}}) == []


@pytest.mark.parametrize(
    ("paths", "rule"), [(OUT, "paths-lead-below"), (ROUNDABOUT, "paths-plain"), (NOTHING, "paths-lead-below")]
)
def test_levels_label_images_and_series(paths: list[str], rule: str) -> None:
    for path in paths:
        expected = "paths-lead-below" if not normalise_path(path) else rule
        assert told(leveled(path)) == [(expected, f"{AT}/datasets/0/path")]
        assert told({"ome": {"version": "0.6", "labels": ["a0", path]}}) == [(expected, "/ome/labels/1")]
        assert told({"ome": {"version": "0.6", "series": ["a0", path]}}) == [(expected, "/ome/series/1")]


@pytest.mark.parametrize(
    ("paths", "rule"), [(OUT, "paths-lead-below"), (ROUNDABOUT, "paths-plain"), (NOTHING, "paths-plain")]
)
def test_references(paths: list[str], rule: str) -> None:
    for path in paths:
        for ends, member in (((f"{path}:b", "a"), "input"), (("a", f"{path}:b"), "output")):
            at = "/ome/scene/coordinateTransformations/0"
            assert told(scene([system("a"), system("b")], [link(*ends)])) == [(rule, f"{at}/{member}/path")]
        document = leveled("0")
        item = document["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]
        item["output"]["path"] = path
        assert told(document) == []  # it should not be there at all, which dataset-ends-plain says


def test_another_spelling_of_the_path_of_a_level() -> None:
    document = leveled("0")
    item = document["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]
    for path, expected in (("./0", ["paths-plain"]), ("../0", []), ("1", []), ("", ["paths-plain"])):
        item["input"]["path"] = path
        at = f"{AT}/datasets/0/coordinateTransformations/0/input/path"
        assert told(document) == [(rule, at) for rule in expected]


NESTED = [
    (lambda item: item, ""),
    (lambda item: {"type": "sequence", "transformations": [{"type": "identity"}, item]}, "/transformations/1"),
    (lambda item: {"type": "bijection", "forward": item, "inverse": {"type": "identity"}}, "/forward"),
    (lambda item: {"type": "bijection", "forward": {"type": "identity"}, "inverse": item}, "/inverse"),
    (
        lambda item: {
            "type": "byDimension",
            "transformations": [
                {
                    "inputAxes": [0, 1],
                    "outputAxes": [0, 1],
                    "transformation": {"type": "sequence", "transformations": [item]},
                }
            ],
        },
        "/transformations/0/transformation/transformations/0",
    ),
]


@pytest.mark.parametrize("kind", ["affine", "rotation", "displacements", "coordinates"])
@pytest.mark.parametrize(("wrap", "place"), NESTED, ids=[place for _, place in NESTED])
def test_parameters(kind: str, wrap: Any, place: str) -> None:
    for path in [*OUT, *ROUNDABOUT, *NOTHING]:
        outside = path in OUT or path.startswith("/")
        rule = "parameter-paths-inside" if outside else "paths-plain"
        item = wrap({"type": kind, "path": path})
        document = image(system("um"), system("b"), links=[link("um", "b", **item)])
        assert told(document) == [(rule, f"{AT}/coordinateTransformations/0{place}/path")]
        document = scene([system("a"), system("b")], [link("a", "b"), link("a", "b", **item)])
        assert told(document) == [(rule, f"/ome/scene/coordinateTransformations/1{place}/path")]
        assert not [finding for finding in check(document).errors if finding.rule in RULES]


def test_the_plain_spelling_is_told() -> None:
    (finding,) = findings(leveled("/a//b/./c/"), "paths-plain")
    assert finding.hint == "write 'a/b/c'"
    (finding,) = findings(scene([system("a"), system("b")], [link("./:b", "a")]), "paths-plain")
    assert finding.hint == "leave it out: it means this group itself"


def test_the_source_of_a_label_image_may_lie_above() -> None:
    document = image()
    document["ome"]["image-label"] = {"source": {"image": "../../"}}
    assert told(document) == []
