"""Words for what a schema refuses: the place, the fault, the way out."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.metadata import axes
from zarr_spaces import Report, Severity, check
from zarr_spaces.ome_zarr.v0_6 import OmeZarr
from zarr_spaces.wording import schema_findings

IMAGE: dict[str, Any] = {
    "ome": {
        "version": "0.6",
        "multiscales": [
            {
                "name": "image",
                "type": "mean",
                "metadata": {},
                "coordinateSystems": [{"name": "um", "axes": axes()}, {"name": "world", "axes": axes()}],
                "datasets": [
                    {
                        "path": "0",
                        "coordinateTransformations": [
                            {"type": "scale", "scale": [1, 1], "input": {"path": "0"}, "output": {"name": "um"}}
                        ],
                    }
                ],
                "coordinateTransformations": [
                    {
                        "type": "affine",
                        "affine": [[1, 0.5, 0], [0, 1, 0]],
                        "input": {"name": "um"},
                        "output": {"name": "world"},
                    }
                ],
            }
        ],
    }
}
AT = "/ome/multiscales/0"
LINK = f"{AT}/coordinateTransformations/0"
LEVEL = f"{AT}/datasets/0/coordinateTransformations/0"


def changed(place: str, **members: Any) -> Report:
    """Check the image with members of the object at `place` replaced, or removed where given as Ellipsis."""
    document = copy.deepcopy(IMAGE)
    target: Any = document
    for step in place.split("/")[1:]:
        target = target[int(step)] if isinstance(target, list) else target[step]
    for name, value in members.items():
        target.pop(name, None)
        if value is not ...:
            target[name] = value
    return check(document)


def said(report: Report) -> list[tuple[str, str, str]]:
    assert all(finding.severity is Severity.ERROR for finding in report)
    return [(finding.rule, finding.json_pointer, finding.message) for finding in report]


def test_the_untouched_image_is_valid() -> None:
    assert check(IMAGE).findings == ()


@pytest.mark.parametrize(
    ("place", "members", "expected"),
    [
        (LINK, {"type": "afine"}, ("schema-enum", f"{LINK}/type", "'afine' is not among the values known here")),
        (LINK, {"type": ...}, ("schema-required", LINK, "the member type is missing")),
        (LINK, {"input": "um"}, ("schema-type", f"{LINK}/input", "must be an object, is the string 'um'")),
        (LINK, {"output": ...}, ("schema-required", LINK, "the member output is missing")),
        (
            LINK,
            {"affine": ...},
            ("schema-required", LINK, "an affine transformation needs its numbers: affine, or path to an array"),
        ),
        (LINK, {"path": "a"}, ("schema-not", LINK, "an affine transformation takes either affine or path, not both")),
        (
            LINK,
            {"affine": [[1, "0", 0], [0, 1, 0]]},
            ("schema-type", f"{LINK}/affine/0/1", "must be a number, is the string '0'"),
        ),
        (
            LEVEL,
            {"type": "rotation", "rotation": [[1, 0], [0, 1]]},
            (
                "schema-enum",
                f"{LEVEL}/type",
                "a level is mapped by a scale, an identity, or a sequence of a scale and a translation, "
                "not the string 'rotation'",
            ),
        ),
        (f"{LEVEL}/output", {"name": None}, ("schema-type", f"{LEVEL}/output/name", "must be a string, is null")),
        (f"{LEVEL}/input", {"path": None}, ("schema-type", f"{LEVEL}/input/path", "must be a string, is null")),
        (
            f"{AT}/coordinateSystems/0",
            {"name": ""},
            ("schema-min-length", f"{AT}/coordinateSystems/0/name", "must not be empty"),
        ),
    ],
)
def test_fault_is_named_at_its_place(place: str, members: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert expected in said(changed(place, **members))


def test_order_of_a_levels_sequence_is_checked() -> None:
    steps = [{"type": "translation", "translation": [1, 1]}, {"type": "scale", "scale": [1, 1]}]
    report = changed(LEVEL, type="sequence", transformations=steps)
    places = [f"{LEVEL}/transformations/{index}/type" for index in (0, 1)]
    message = "the sequence of a level is a scale followed by a translation"
    assert said(report) == [("schema-const", place, message) for place in places]


def test_unknown_type_gets_a_suggestion() -> None:
    (finding,) = changed(LINK, type="afine")
    assert finding.hint is not None
    assert finding.hint.startswith("did you mean affine?")


def test_all_faults_are_reported_at_once() -> None:
    report = check({"ome": {"version": "0.6", "multiscales": [{}], "omero": {"channels": [{"color": "red"}]}}})
    assert said(report) == [
        ("schema-required", "/ome/multiscales/0", "the member coordinateSystems is missing"),
        ("schema-required", "/ome/multiscales/0", "the member datasets is missing"),
        ("schema-required", "/ome/omero/channels/0", "the member window is missing"),
        ("schema-pattern", "/ome/omero/channels/0/color", "'red' has not the expected form"),
    ]


def test_null_path_means_absent_and_is_not_written_back() -> None:
    from zarr_spaces import dump, parse

    document = copy.deepcopy(IMAGE)
    document["ome"]["multiscales"][0]["coordinateTransformations"][0]["input"]["path"] = None
    assert check(document).findings == ()
    assert dump(parse(document)) == IMAGE


def test_whole_float_counts_as_integer_and_becomes_one() -> None:
    from zarr_spaces import parse
    from zarr_spaces.ome_zarr.v0_6 import MapAxis

    document = copy.deepcopy(IMAGE)
    link = document["ome"]["multiscales"][0]["coordinateTransformations"][0]
    link.pop("affine")
    link |= {"type": "mapAxis", "mapAxis": [1.0, 0]}
    (multiscale,) = parse(document, OmeZarr).ome.multiscales or []
    (transformation,) = multiscale.coordinate_transformations or []
    assert isinstance(transformation, MapAxis)
    assert list(map(type, transformation.map_axis)) == [int, int]
    link["mapAxis"] = [0.5, 0]
    assert [finding.rule for finding in check(document)] == ["schema-type"]


def test_negative_and_zero_scales_pass_the_schema() -> None:
    # The text only says that values SHOULD be non-zero; a published schema that asks more does not count.
    assert schema_findings("ome_zarr/0.6/ome_zarr.json", IMAGE) == []
    report = changed(LEVEL, scale=[-1, 0])
    assert report.valid
    assert {finding.rule for finding in report} == {"scale-not-negative", "scale-not-zero"}
