"""Which specification a document follows, and where its metadata stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zarr_spaces import check
from zarr_spaces.document.detect import detect

OME: dict[str, Any] = {"version": "0.6", "multiscales": []}


def node(**attributes: Any) -> dict[str, Any]:
    return {"zarr_format": 3, "node_type": "group", "attributes": attributes}


def message(document: Any) -> str:
    (found,) = detect(document).findings
    return f"{found.message} {found.hint or ''}"


@pytest.mark.parametrize("tag", ["0.6", "0.6rc0"])
def test_attributes_and_whole_nodes_are_both_understood(tag: str) -> None:
    attributes = {"ome": {"version": tag}, "other": 1}
    alone, whole = detect(attributes), detect(node(**attributes))
    assert alone.versions == whole.versions
    assert [version.key for version in alone.versions] == ["ome-zarr/0.6"]
    assert (alone.at, whole.at) == ((), ("attributes",))
    assert alone.attributes == whole.attributes == attributes


def test_pointers_start_at_the_root_of_what_was_given() -> None:
    assert [finding.json_pointer for finding in check({"ome": OME})] == ["/ome/multiscales"]
    assert [finding.json_pointer for finding in check(node(ome=OME))] == ["/attributes/ome/multiscales"]


@pytest.mark.parametrize("key", ["zarr_format", "node_type"])
def test_one_member_of_a_node_is_enough_to_know_it(key: str) -> None:
    assert detect({key: 3, "attributes": {"ome": OME}}).at == ("attributes",)


@pytest.mark.parametrize("tag", ["0.1", "0.4", "0.5", "0.6.dev1", "0.6.dev4"])
def test_versions_that_exist_are_refused_by_name(tag: str) -> None:
    found = detect({"ome": {"version": tag}})
    assert found.versions == ()
    (finding,) = found.findings
    assert finding.rule == "version-unknown"
    assert finding.pointer == ("ome", "version")
    assert f"OME-Zarr {tag}" in finding.message


@pytest.mark.parametrize(
    ("tag", "meant"), [("0.6.0", "0.6"), ("0.6rc02", "0.6rc0"), ("v0.6", "0.6"), ("0.6rc1", "0.6rc0")]
)
def test_an_unknown_version_gets_a_suggestion(tag: str, meant: str) -> None:
    assert f"did you mean {meant}?" in message({"ome": {"version": tag}})


@pytest.mark.parametrize("tag", ["", "latest", "9" * 10_000, "\x1b[31m"])
def test_a_version_that_is_like_no_other_gets_no_suggestion(tag: str) -> None:
    told = message({"ome": {"version": tag}})
    assert "did you mean" not in told
    assert len(told) < 300
    assert told.isprintable()


def test_version_as_a_number_gets_its_quotes() -> None:
    (finding,) = check({"ome": {"version": 0.6, "labels": []}})
    assert finding.message == "must be a string, is 0.6"
    assert finding.hint is not None
    assert finding.hint.endswith('write it in quotes, such as "0.6"')


@pytest.mark.parametrize(
    ("member", "value", "pointer"),
    [
        ("zarr_format", 2, "/zarr_format"),
        ("zarr_format", "3", "/zarr_format"),
        ("node_type", "array", ""),
        ("node_type", "folder", "/node_type"),
    ],
)
def test_whole_node_is_that_of_a_group_of_format_3(member: str, value: Any, pointer: str) -> None:
    node = {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.6", "labels": []}}}
    assert check(node).findings == ()
    (finding,) = check(node | {member: value})
    assert (finding.rule, finding.json_pointer) == ("node-unfit", pointer)
    assert [other.rule for other in check(json.dumps(node | {member: value}))] == ["node-unfit"]


@pytest.mark.parametrize("version", [None, 0.6, 6, ["0.6"], {}], ids=repr)
def test_a_version_that_is_no_string_is_found_by_the_schema(version: Any) -> None:
    assert {finding.json_pointer for finding in check({"ome": {"version": version, "labels": ["x"]}})} == {
        "/ome/version"
    }


def test_a_missing_version_is_found() -> None:
    (finding,) = check({"ome": {"labels": ["x"]}}).findings
    assert (finding.rule, finding.json_pointer) == ("schema-required", "/ome")
    assert "version" in finding.message


@pytest.mark.parametrize(
    "attributes",
    [{"multiscales": [{"version": "0.4"}]}, {"plate": {}}, {"well": {}}, {"labels": []}, {"image-label": {}}],
    ids=repr,
)
@pytest.mark.parametrize("whole", [False, True])
def test_metadata_at_the_root_is_called_0_4_or_older(attributes: dict[str, Any], whole: bool) -> None:
    assert "0.4 or older" in message(node(**attributes) if whole else attributes)


def test_bioformats_layout_at_the_root_is_called_0_4_or_older() -> None:
    assert "0.4 or older" in message({"bioformats2raw.layout": 3})


LAYOUT = {"version": "0.1.0", "layout": [{"group": "0"}]}
GEO = {"proj": {"version": "0.1", "code": "EPSG:4326"}}


def keys(document: Any) -> list[str]:
    found = detect(document)
    assert found.findings == ()
    return [version.key for version in found.versions]


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"multiscales": LAYOUT}, ["zarr-multiscales/0.1.0"]),
        ({"multiscales": {}}, ["zarr-multiscales/0.1.0"]),
        ({"multiscales": {"version": "0.1.7", "layout": 3}}, ["zarr-multiscales/0.1.0"]),
        ({"multiscales": LAYOUT, "geo": GEO}, ["zarr-multiscales/0.1.0"]),
        ({"geo": GEO}, ["geo-proj/0.1"]),
        ({"ome": OME, "geo": GEO}, ["ome-zarr/0.6", "geo-proj/0.1"]),
        ({"ome": OME, "multiscales": LAYOUT}, ["ome-zarr/0.6", "zarr-multiscales/0.1.0"]),
        ({"ome": OME, "multiscales": [{"version": "0.4"}]}, ["ome-zarr/0.6"]),
        ({"ome": OME, "geo": {"other": 1}}, ["ome-zarr/0.6"]),
    ],
    ids=str,
)
def test_every_specification_in_a_document_is_found(
    attributes: dict[str, Any], expected: list[str], whole: bool
) -> None:
    assert keys(node(**attributes) if whole else attributes) == expected


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("attributes", "pointer", "words"),
    [
        ({"multiscales": {"layout": [{"asset": "0"}]}}, ("multiscales",), "released"),
        ({"multiscales": {}, "zarr_conventions": []}, ("multiscales",), "released"),
        ({"multiscales": {"tile_matrix_set": {}}}, ("multiscales",), "older draft"),
        ({"geo": {"multiscales": {}}}, ("geo", "multiscales"), "older draft"),
        ({"multiscales": LAYOUT | {"version": "1.0.0"}}, ("multiscales", "version"), "major version 1"),
    ],
    ids=str,
)
def test_other_forms_of_the_convention_are_named(
    attributes: dict[str, Any], pointer: tuple[str, ...], words: str, whole: bool
) -> None:
    found = detect(node(**attributes) if whole else attributes)
    (finding,) = found.findings
    assert found.versions == ()
    assert finding.rule == "version-unknown"
    assert words in finding.message
    assert finding.pointer == (("attributes", *pointer) if whole else pointer)


def test_what_cannot_be_judged_beside_what_can_is_told() -> None:
    report = check({"ome": {"version": "0.5"}, "geo": GEO})
    assert report.versions == ("geo-proj/0.1",)
    assert [(finding.rule, finding.json_pointer) for finding in report] == [("version-unknown", "/ome/version")]


def test_the_content_of_multiscales_alone_is_not_taken_for_a_document() -> None:
    assert "the object around it" in message(LAYOUT)


def test_only_geo_proj_may_describe_an_array() -> None:
    array = {"zarr_format": 3, "node_type": "array"}
    assert keys(array | {"attributes": {"geo": GEO}}) == ["geo-proj/0.1"]
    (finding,) = detect(array | {"attributes": {"geo": GEO, "multiscales": LAYOUT}}).findings
    assert finding.rule == "node-unfit"


@pytest.mark.parametrize("key", ["spaces", "coordinateSystems"])
def test_the_named_spaces_draft_is_named(key: str) -> None:
    assert "draft" in message({key: []})


@pytest.mark.parametrize("document", [{}, {"x": 1}, node(), node(x=1), [], 3, None, "ome"], ids=repr)
def test_no_metadata_is_metadata_missing(document: Any) -> None:
    found = detect(document)
    assert found.versions == ()
    (finding,) = found.findings
    assert finding.rule == "metadata-missing"


@pytest.mark.parametrize(
    "document",
    [{"zarr_format": 3, "node_type": "group"}, node(), node() | {"attributes": 3}, {"zarr_format": 3, "x": []}],
    ids=repr,
)
def test_the_place_of_missing_metadata_exists(document: Any) -> None:
    (finding,) = check(document).findings
    value = document
    for step in finding.pointer:
        value = value[step]


def test_many_members_are_not_all_listed() -> None:
    assert len(message({f"member {index}": index for index in range(10_000)})) < 400


def test_an_old_image_beside_a_place_on_the_ground_is_named() -> None:
    found = detect({"multiscales": [{"version": "0.4"}], "geo": GEO})
    assert [version.key for version in found.versions] == ["geo-proj/0.1"]
    (finding,) = found.findings
    assert "0.4 or older" in finding.message
    assert finding.pointer == ("multiscales",)


@pytest.mark.parametrize("pyramid", [None, 3, "0.1.0"], ids=str)
def test_what_is_no_pyramid_at_all_is_found_by_the_schema(pyramid: Any) -> None:
    report = check({"multiscales": pyramid})
    assert [(finding.rule, finding.json_pointer) for finding in report] == [("schema-type", "/multiscales")]
