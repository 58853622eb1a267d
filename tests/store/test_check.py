"""Judging a whole store."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from zarr_spaces import Level, open_store

BROKEN = {
    "empty": b"",
    "half": b'{"zarr_format": 3,',
    "list": b"[]",
    "text": b'"zarr"',
    "null": b"null",
    "nan": b'{"zarr_format": 3, "node_type": "group", "attributes": {"x": NaN}}',
    "twice": b'{"node_type": "group", "node_type": "array"}',
    "latin-1": '{"attributes": {"x": "é"}}'.encode("latin-1"),
    "utf-16": '{"zarr_format": 3}'.encode("utf-16"),
    "binary": bytes(range(256)),
    "deep": b"[" * 100_000,
    "surrogate": b'{"attributes": {"x": "\\ud800"}}',
    "huge number": b'{"zarr_format": ' + b"9" * 10_000 + b"}",
}
ODD: list[Any] = [None, True, 3, -1.5, "x", [], [[]], {}, {"ome": None}, {"ome": []}, {"ome": {"version": []}}]


def test_a_sound_store_has_no_findings(make: Any) -> None:
    report = open_store(make.store(make.two_images())).check()
    assert report.findings == ()
    assert report.version == "ome-zarr/0.6"


def test_findings_carry_node_pointer_and_line(make: Any) -> None:
    nodes = make.two_images()
    nodes["b"]["attributes"]["ome"]["multiscales"][0]["datasets"][1]["path"] = "7"
    root = make.store(nodes)
    found = {finding.rule: finding for finding in open_store(root).check()}
    assert set(found) == {"dataset-path-is-input", "dataset-arrays-exist"}
    missing = found["dataset-arrays-exist"]
    assert missing.node == "b"
    assert missing.json_pointer == "/attributes/ome/multiscales/0/datasets/1/path"
    assert missing.position is not None
    line = (root / "b" / "zarr.json").read_text().splitlines()[missing.position.line - 1]
    assert line[missing.position.column - 1 :] == '"7",'


def test_schema_errors_in_a_child_carry_node_and_line(make: Any) -> None:
    nodes = make.two_images()
    nodes["a"]["attributes"]["ome"]["multiscales"][0]["datasets"] = 3
    (finding,) = open_store(make.store(nodes)).check("document").findings
    assert (finding.node, finding.rule) == ("a", "schema-type")
    assert finding.position is not None


def test_nested_groups_are_judged(make: Any) -> None:
    nodes = {"": make.scene("x/y/image"), "x": make.group(), "x/y": make.group(), "x/y/image": make.image("0", "gone")}
    nodes["x/y/image/0"] = make.array
    assert [(finding.node, finding.rule) for finding in open_store(make.store(nodes)).check()] == [
        ("x/y/image", "dataset-arrays-exist")
    ]


def test_a_folder_that_is_no_node_is_not_entered(make: Any) -> None:
    assert open_store(make.store({"": make.image(), "0": make.array, "notes/old": "broken"})).check().valid


@pytest.mark.parametrize("level", list(Level))
def test_the_level_reached_is_never_beyond_the_rules_that_exist(make: Any, level: Level) -> None:
    report = open_store(make.store(make.two_images())).check(level)
    assert report.level is level
    assert report.reached is (level if level.depth <= Level.ARRAYS.depth else Level.ARRAYS)


def test_a_rejected_document_reaches_the_schema_level_only(make: Any) -> None:
    assert open_store(make.store({"": make.group(ome=3)})).check().reached is Level.SCHEMA


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        ("schema", set()),
        ("document", {"dataset-path-is-input"}),
        ("hierarchy", {"dataset-path-is-input", "dataset-arrays-exist"}),
    ],
)
def test_a_level_includes_those_before_it(make: Any, level: str, rules: set[str]) -> None:
    node = make.image("gone")
    node["attributes"]["ome"]["multiscales"][0]["datasets"][0]["path"] = "lost"
    assert {finding.rule for finding in open_store(make.store({"": node})).check(level)} == rules


def test_an_unknown_level_is_a_value_error(make: Any) -> None:
    with pytest.raises(ValueError, match="everything"):
        open_store(make.store({"": make.image()})).check("everything")


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_metadata_of_the_root_is_found(make: Any, text: bytes) -> None:
    store = open_store(make.store({"": text}))
    assert not store.check().valid
    assert not store.graph.spaces


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_metadata_of_a_child_is_found_and_costs_that_child_only(make: Any, text: bytes) -> None:
    nodes = make.two_images() | {"b": text}
    store = open_store(make.store(nodes))
    assert "b" in {finding.node for finding in store.check().errors}
    assert store.transform({"path": "a/1"}, "stage", [[1, 1]]).tolist() == [[11.25, 21.25]]
    assert any("'b'" in hanging.reason for hanging in store.graph.dangling)


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("member", ["zarr_format", "node_type", "attributes", "shape", "consolidated_metadata"])
@pytest.mark.parametrize("node", ["", "a", "a/0"])
def test_no_content_makes_a_check_raise(make: Any, node: str, member: str, value: Any) -> None:
    nodes = make.two_images()
    nodes[node] = nodes[node] | {member: value}
    store = open_store(make.store(nodes))
    assert all(finding.message for finding in store.check("values"))
    # What is wrong with one node leaves the other image as it is, unless that is the root.
    if node:
        assert store.transform({"path": "b/0"}, {"path": "b", "name": "um"}, [[0, 0]]).shape == (1, 2)


def test_metadata_that_may_not_be_read_is_found(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.parent.name == "b":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    store = open_store(make.store(make.two_images()))
    assert "Permission denied" in next(f.message for f in store.check() if f.rule == "node-unreadable")
    assert store.transform({"path": "a/1"}, "stage", [[1, 1]]).tolist() == [[11.25, 21.25]]


def test_an_array_as_root_has_no_metadata_to_judge(make: Any) -> None:
    (finding,) = open_store(make.store({"": make.array})).check().findings
    assert finding.rule == "metadata-missing"


@pytest.mark.parametrize(
    "change",
    [{"node_type": "array"}, {"node_type": "grop"}, {"node_type": None}, {"zarr_format": 2}],
    ids=repr,
)
def test_metadata_on_what_is_no_zarr_v3_group_is_not_valid(make: Any, change: dict[str, Any]) -> None:
    store = open_store(make.store({"": make.image() | change, "0": make.array}))
    assert not store.graph.spaces
    assert not store.check().valid


@pytest.mark.parametrize("attributes", [None, [], 3, "x"], ids=repr)
def test_attributes_that_are_no_object_are_found_in_children_too(make: Any, attributes: Any) -> None:
    nodes = {"": make.image(), "0": make.array, "c": make.group() | {"attributes": attributes}}
    assert not open_store(make.store(nodes)).check().valid


def test_a_root_without_metadata_is_found_at_a_place_that_exists(make: Any) -> None:
    nodes = {"": {"zarr_format": 3, "node_type": "group"}, "a": make.image(), "a/0": make.array}
    root = make.store(nodes)
    (finding,) = open_store(root).check().findings
    assert (finding.rule, finding.node) == ("metadata-missing", "")
    value = json.loads((root / "zarr.json").read_text())
    for step in finding.pointer:
        value = value[step]


def test_a_folder_of_images_is_no_fault_of_theirs(make: Any) -> None:
    report = open_store(make.store({"": make.group(), "a": make.image(), "a/0": make.array})).check()
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("metadata-missing", "info")
    assert report.valid
    assert not open_store(make.store({"": make.group(), "a": make.group()})).check().valid


def test_images_below_a_root_without_metadata_are_still_judged(make: Any) -> None:
    found = open_store(make.store({"": make.group(), "a": make.image("gone")})).check()
    assert {(finding.node, finding.rule) for finding in found} == {
        ("", "metadata-missing"),
        ("a", "dataset-arrays-exist"),
    }


def test_labels_are_judged_where_they_lie(make: Any) -> None:
    nodes = {"": make.image(), "0": make.array, "labels": make.group(ome={"version": "0.6", "labels": ["cells"]})}
    cells = make.image()
    cells["attributes"]["ome"]["image-label"] = {"colors": [{"label-value": 1}]}
    nodes |= {"labels/cells": cells, "labels/cells/0": make.array}
    assert open_store(make.store(nodes)).check().findings == ()
    del nodes["labels"]["attributes"]["ome"]["labels"][0]
    (finding,) = open_store(make.store(nodes)).check().findings
    assert (finding.rule, finding.node) == ("label-images-listed", "labels")


def test_a_level_that_is_a_group_is_no_array(make: Any) -> None:
    (finding,) = open_store(make.store({"": make.image(), "0": make.group()})).check().findings
    assert finding.rule == "dataset-arrays-exist"


@pytest.mark.parametrize(("path", "near"), [("overveiw", "overview"), ("x/overveiw", "x/overview")])
def test_a_wrong_path_gets_the_right_one_as_hint(make: Any, path: str, near: str) -> None:
    nodes = {"": make.scene(path), "x": make.group(), near: make.image(), f"{near}/0": make.array}
    (finding,) = open_store(make.store(nodes)).check().findings
    assert finding.rule == "image-references-resolve"
    assert near in (finding.hint or "")


def test_a_wrong_name_of_a_system_of_an_image_is_found(make: Any) -> None:
    nodes = make.two_images()
    nodes["b"]["attributes"]["ome"]["multiscales"][0]["coordinateSystems"][0]["name"] = "mm"
    rules = {(finding.node, finding.rule) for finding in open_store(make.store(nodes)).check()}
    assert ("", "image-references-resolve") in rules


def test_a_store_is_read_once(make: Any) -> None:
    root = make.store(make.two_images())
    store = open_store(root)
    assert store.check().valid
    (root / "zarr.json").write_text("broken")
    assert store.check().valid
    assert not open_store(root).check().valid


IMAGES = {"input": {"path": "a", "name": "um"}, "output": {"path": "b", "name": "um"}}
FAR_FAULTS = [
    # A transformation from image a to image b, both of two axes, and what is wrong with it.
    ({"type": "scale", "scale": [1.0, 2.0, 3.0]}, "parameter-lengths", "/scale"),
    (
        {"type": "projectAxis", "droppedInputs": [4], "createdOutputs": [0]},
        "project-axis-indices-exist",
        "/droppedInputs/0",
    ),
    (
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0, 9], "outputAxes": [0, 1], "transformation": {"type": "scale", "scale": [2.0, 3.0]}}
            ],
        },
        "by-dimension-indices-exist",
        "/transformations/0/inputAxes/1",
    ),
    ({"type": "affine", "path": "matrix"}, "affine-array-fits", "/path"),
    ({"type": "rotation", "path": "matrix"}, "rotation-array-fits", "/path"),
]


@pytest.mark.parametrize(("transformation", "rule", "place"), FAR_FAULTS, ids=lambda value: str(value)[:30])
def test_transformations_between_images_are_compared_with_both(
    make: Any, transformation: dict[str, Any], rule: str, place: str
) -> None:
    nodes = make.two_images() | {"matrix": make.array | {"shape": [5, 9]}}
    links = nodes[""]["attributes"]["ome"]["scene"]["coordinateTransformations"]
    links.append(transformation | IMAGES)
    (finding,) = open_store(make.store(nodes)).check().findings
    at = "/attributes/ome/scene/coordinateTransformations/2"
    assert (finding.rule, finding.json_pointer) == (rule, at + place)
    assert finding.level in ("hierarchy", "arrays")


def test_units_and_channels_of_other_images_are_seen(make: Any) -> None:
    nodes = make.two_images()
    nodes["b"] = copy.deepcopy(nodes["b"])
    for axis in nodes["b"]["attributes"]["ome"]["multiscales"][0]["coordinateSystems"][0]["axes"]:
        axis["unit"] = "nanometer"
    links = nodes[""]["attributes"]["ome"]["scene"]["coordinateTransformations"]
    links.append({"type": "identity"} | IMAGES)
    (finding,) = open_store(make.store(nodes)).check().findings
    assert (finding.rule, str(finding.severity), finding.level) == ("identity-keeps-units", "warning", "hierarchy")


def test_what_the_document_alone_shows_is_told_once(make: Any) -> None:
    nodes = make.two_images()
    links = nodes[""]["attributes"]["ome"]["scene"]["coordinateTransformations"]
    steps = [{"type": "scale", "scale": [1.0, 2.0]}, {"type": "translation", "translation": [1.0]}]
    links.append({"type": "sequence", "transformations": steps} | IMAGES)
    (finding,) = open_store(make.store(nodes)).check().findings
    assert (finding.rule, finding.level) == ("parameter-lengths", "document")


def test_a_check_after_reading_finds_what_is_there(make: Any) -> None:
    broken = make.image()
    broken["attributes"]["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["type"] = "scal"
    store = open_store(make.store({"": broken, "0": make.array}))
    before = [finding.rule for finding in open_store(store.root).check("document")]
    assert store.graph is not None  # reading takes what is broken out of a copy
    assert [finding.rule for finding in store.check("document")] == before


def test_what_a_link_leads_back_to_is_not_read_again_after_a_check(make: Any) -> None:
    folder = make.store({"": make.image(), "0": make.array})
    (folder / "again").symlink_to(folder)
    fresh, checked = open_store(folder), open_store(folder)
    checked.check()
    for store in (fresh, checked):
        assert store.read("again") is None
        assert store.read("") is not None
