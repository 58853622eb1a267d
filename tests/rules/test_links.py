"""Transformations that connect what they should not, names that repeat, and links to label images."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.rules.images import AT, findings, image, level, link, places, scene, system
from zarr_spaces import Severity, check

LINK = f"{AT}/coordinateTransformations/0"
AFFINE = {"type": "affine", "affine": [[1, 2, 3], [4, 5, 6]]}
SCALE = {"type": "scale", "scale": [2, 2]}
SHIFT = {"type": "translation", "translation": [1, 2]}


def measured(name: str, *units: str | None) -> dict[str, Any]:
    out = system(name, "zyx"[-len(units) :])
    for axis, unit in zip(out["axes"], units, strict=True):
        axis.pop("unit")
        if unit is not None:
            axis["unit"] = unit
    return out


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (("micrometer", "micrometer"), ("micrometer", "micrometer"), 0),
        (("micrometer", "micrometer"), ("micrometer", "nanometer"), 1),
        (("micrometer", "micrometer"), ("micrometer", None), 0),
        ((None, None), ("micrometer", "micrometer"), 0),
        ((None, None), (None, None), 0),
        (("um", "micrometer"), ("micrometer", "microns"), 0),  # one unit in two spellings
        (("um", "um"), ("nm", "nm"), 1),
        (("pixel", "pixel"), ("micrometer", "micrometer"), 1),
    ],
)
@pytest.mark.parametrize(
    "transformation",
    [
        {"type": "identity"},
        {"type": "sequence", "transformations": [{"type": "identity"}, {"type": "identity"}]},
        {"type": "sequence", "transformations": [{"type": "identity"}, SCALE]},
        SCALE,
    ],
)
def test_units_along_an_identity(
    first: tuple[str, ...], second: tuple[str, ...], count: int, transformation: dict[str, Any]
) -> None:
    document = image(measured("um", *first), measured("other", *second), links=[link("um", "other", **transformation)])
    only_identities = "scale" not in str(transformation)
    assert places(document, "identity-keeps-units") == [LINK] * (count if only_identities else 0)


def test_units_of_systems_elsewhere_are_not_known() -> None:
    document = image(links=[link("um", "labels/a:nm")])
    assert places(document, "identity-keeps-units") == []


@pytest.mark.parametrize(
    ("source", "target", "count"),
    [
        ("a", "a", 1),
        ("a", "b", 0),
        ("a", "image:a", 0),
        ("image:a", "image:a", 1),
        ("image:a", "image:b", 0),
        ("image:a", "./image/:a", 1),
        ("image:a", "other:a", 0),
        ("a", "/:a", 1),
    ],
)
def test_transformation_from_a_system_to_itself(source: str, target: str, count: int) -> None:
    document = scene([system("a"), system("b")], [link("a", "b"), link(source, target, **SHIFT)])
    assert places(document, "transformation-ends-differ") == ["/ome/scene/coordinateTransformations/1"] * count


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("cells", "label images lie in the group labels; a scene connects other images"),
        ("other/labels/cells", "label images lie in the group labels; a scene connects other images"),
        ("Labels/cells", "did you mean 'labels/cells'?"),
        ("label/a/b", "did you mean 'labels/a/b'?"),
        ("labels", "go on with the path of the label image: labels/..."),
        ("labels/", "go on with the path of the label image: labels/..."),
    ],
)
def test_link_that_leads_to_no_label_image(path: str, hint: str) -> None:
    for ends, member in (((f"{path}:um", "um"), "input"), (("um", f"{path}:um"), "output")):
        (finding,) = findings(image(links=[link(*ends)]), "label-link-below-labels")
        assert (finding.json_pointer, finding.hint) == (f"{LINK}/{member}/path", hint)
        assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("path", ["labels/cells", "labels/a/b/c", "./labels//cells/"])
def test_link_to_a_label_image(path: str) -> None:
    assert check(image(links=[link("um", f"{path}:um")])).valid


@pytest.mark.parametrize("path", ["../labels/cells", "labels/../cells", "https://example.org/labels/cells"])
def test_link_out_of_the_group_is_told_once(path: str) -> None:
    errors = check(image(links=[link("um", f"{path}:um")])).errors
    assert [finding.rule for finding in errors] == ["paths-lead-below"]


def sequence(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "sequence", "transformations": list(steps)}


@pytest.mark.parametrize(
    ("transformation", "rules"),
    [
        ({"type": "identity"}, []),
        (SCALE, []),
        (SHIFT, []),
        (sequence(SCALE, SHIFT), ["label-link-single"]),
        (sequence(SHIFT, SCALE), ["label-link-single"]),
        (sequence(SCALE, SCALE), ["label-link-type"]),
        (sequence(SCALE), ["label-link-type"]),
        (sequence(SCALE, SHIFT, SHIFT), ["label-link-type"]),
        (sequence(SCALE, AFFINE), ["label-link-type"]),
        (AFFINE, ["label-link-type"]),
        ({"type": "mapAxis", "mapAxis": [1, 0]}, ["label-link-type"]),
        ({"type": "displacements", "path": "field"}, ["label-link-type"]),
    ],
)
def test_type_of_a_link_to_a_label_image(transformation: dict[str, Any], rules: list[str]) -> None:
    report = check(image(links=[link("um", "labels/cells:um", **transformation)]))
    found = [(f.rule, f.json_pointer) for f in report if f.rule.startswith("label-link")]
    assert found == [(rule, f"{LINK}/type") for rule in rules]
    assert report.valid is ("label-link-type" not in rules)


def test_link_between_two_other_nodes_is_told_once() -> None:
    report = check(image(links=[link("a:um", "b:um", **SCALE)]))
    assert not [finding for finding in report if finding.rule.startswith("label-link")]
    assert "intrinsic-system-referenced" in {finding.rule for finding in report}


def test_links_of_a_scene_are_no_links_to_label_images() -> None:
    report = check(scene([system("world")], [link("a:um", "world", **AFFINE)]))
    assert not [finding for finding in report if finding.rule.startswith("label-link")]


def test_names_of_transformations() -> None:
    systems = [system("um"), system("a"), system("b")]
    levels = [level("0", [1, 1]), level("1", [2, 2], [0.5, 0.5])]
    links = [link("um", "a", **SHIFT), link("um", "b", **SHIFT)]
    document = image(*systems, levels=levels, links=links)
    assert places(document, "transformation-names-unique") == []
    links[0]["name"] = "shift"
    assert places(document, "transformation-names-unique") == []
    links[1]["name"] = "shift"
    assert places(document, "transformation-names-unique") == [f"{AT}/coordinateTransformations/1/name"]
    levels[1]["coordinateTransformations"][0]["name"] = "shift"
    assert places(document, "transformation-names-unique") == [
        f"{AT}/coordinateTransformations/0/name",
        f"{AT}/coordinateTransformations/1/name",
    ]


def test_names_of_transformations_repeat_in_different_images() -> None:
    document = image(system("um"), system("a"), links=[link("um", "a", name="same")])
    document["ome"]["multiscales"].append(copy.deepcopy(document["ome"]["multiscales"][0]))
    assert places(document, "transformation-names-unique") == []


def test_ends_of_levels() -> None:
    levels = [level("0", [1, 1]), level("1", [2, 2], [0.5, 0.5])]
    levels[1]["coordinateTransformations"][0]["input"]["name"] = "array"
    levels[1]["coordinateTransformations"][0]["output"]["path"] = ""
    levels[0]["coordinateTransformations"][0]["output"]["path"] = None
    assert places(image(levels=levels), "dataset-ends-plain") == [
        f"{AT}/datasets/1/coordinateTransformations/0/input/name",
        f"{AT}/datasets/1/coordinateTransformations/0/output/path",
    ]


@pytest.mark.parametrize(
    ("paths", "repeated"),
    [
        (("0", "1", "2"), []),
        (("a/0", "a/1", "b/0"), []),
        (("0", "0"), [1]),
        (("0", "0", "0"), [1, 2]),
        (("0", "./0"), [1]),
        (("a/0", "a//0/", "/a/0"), [1, 2]),
        (("a", "A"), []),
        (("01", "0", "1"), []),
    ],
)
def test_paths_of_levels(paths: tuple[str, ...], repeated: list[int]) -> None:
    document = image(levels=[level(path, [1, 1]) for path in paths])
    assert places(document, "dataset-paths-unique") == [f"{AT}/datasets/{index}/path" for index in repeated]
