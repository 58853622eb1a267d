"""Whatever Python values stand in a document: a check answers with findings, it never raises."""

from __future__ import annotations

import array
import copy
import decimal
import enum
import functools
import json
import subprocess
import sys
import time
import types
from collections import OrderedDict, UserDict
from typing import Any

import numpy as np
import pytest

from zarr_spaces import Report, check, dump, parse
from zarr_spaces.schemas import is_compiled
from zarr_spaces.wording import schema_findings


class Factor(enum.IntEnum):
    TWO = 2


class Word(enum.StrEnum):
    VERSION = "0.6"


class Loose(enum.Enum):
    NAME = "x"


def image(scale: Any = (0.5, 2.0), **members: Any) -> Any:
    """Describe an image of one level with this scale, and with these members beside its levels."""
    how = {"type": "scale", "scale": scale, "input": {"path": "0"}, "output": {"name": "um"}}
    axes = [{"name": name, "type": "space", "unit": "micrometer"} for name in "yx"]
    multiscale = {
        "name": "image",
        "type": "mean",
        "metadata": {},
        "coordinateSystems": [{"name": "um", "axes": axes}],
        "datasets": [{"path": "0", "coordinateTransformations": [how]}],
    }
    return {"ome": {"version": "0.6", "multiscales": [multiscale | members]}}


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def sequences(depth: int) -> Any:
    value: Any = {"type": "scale", "scale": [1.0, 1.0]}
    for _ in range(depth):
        value = {"type": "sequence", "transformations": [value]}
    return image(coordinateTransformations=[value | {"input": {"name": "um"}, "output": {"name": "um"}}])


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report}


SCALE = "/ome/multiscales/0/datasets/0/coordinateTransformations/0/scale"


@pytest.mark.parametrize(
    "scale",
    [
        [0.5, 2],
        (0.5, 2),
        np.array([0.5, 2.0]),
        np.array([1, 2], dtype=np.uint8),
        np.array([0.5, 2.0], dtype=np.float32),
        [np.float64(0.5), np.float32(2)],
        [np.int64(1), np.uint8(2)],
        (np.array(0.5), 2),
        [Factor.TWO, 1],
    ],
    ids=repr,
)
def test_numbers_of_every_kind_are_numbers(scale: Any) -> None:
    document = image(scale)
    assert check(document).findings == ()
    assert json.loads(json.dumps(dump(parse(document)))) == image([float(number) for number in scale])


@pytest.mark.parametrize("kind", [types.MappingProxyType, OrderedDict, UserDict])
def test_mappings_of_every_kind_are_objects(kind: Any) -> None:
    assert check(kind(image())).findings == ()
    assert check({"ome": kind(image()["ome"])}).findings == ()


def test_strings_of_every_kind_are_strings() -> None:
    document = image(name=np.str_("cells"))
    document["ome"]["version"] = Word.VERSION
    assert check(document).findings == ()
    assert json.dumps(dump(parse(document)))


def test_what_was_given_is_left_as_it_was() -> None:
    document = image((0.5, 2.0), metadata={"x": (1, 2)})
    before = copy.deepcopy(document)
    check(document)
    assert document == before


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (b"0.5", "json-type"),
        (bytearray(b"0.5"), "json-type"),
        ({1.0, 2.0}, "json-type"),
        ([1j, 1.0], "json-type"),
        (np.array([1j, 2.0]), "json-type"),
        ([decimal.Decimal(1), 1.0], "json-type"),
        (object(), "json-type"),
        (..., "json-type"),
        (int, "json-type"),
        (Loose.NAME, "json-type"),
        (np.array([np.nan, 1.0]), "json-not-a-number"),
        (np.array([np.inf, 1.0]), "json-not-a-number"),
    ],
    ids=repr,
)
def test_what_json_has_no_word_for_is_found_at_its_place(value: Any, rule: str) -> None:
    report = check(image(value))
    assert rules(report) == {rule}
    assert all(finding.json_pointer.startswith(SCALE) for finding in report)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_not_finite_is_no_number(number: float) -> None:
    (finding,) = check(image([number, 1.0])).findings
    assert finding.json_pointer == f"{SCALE}/0"


@pytest.mark.parametrize(
    "value",
    [memoryview(b"xy"), array.array("d", [1.0, 2.0]), np.datetime64("2020-01-01")],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("free", [False, True])
def test_buffers_and_dates_never_raise(value: Any, free: bool) -> None:
    check(image(metadata={"x": value}) if free else image(value))


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (float("nan"), "json-not-a-number"),
        (float("inf"), "json-not-a-number"),
        (b"x", "json-type"),
        ({1}, "json-type"),
        (1j, "json-type"),
        ({1: 2}, "json-type"),
        ("\ud800", "json-surrogate"),
    ],
    ids=repr,
)
def test_free_members_hold_json_too(value: Any, rule: str) -> None:
    # As text the same document is refused or cannot even be written.
    assert rule in rules(check(image(metadata={"x": value})))
    assert rule in rules(check(image(extra_member=value)))


@pytest.mark.parametrize("where", ["name", "metadata"])
def test_lone_surrogates_are_found(where: str) -> None:
    value: Any = "\udc00" if where == "name" else {"\udc00": 1}
    assert "json-surrogate" in rules(check(image(**{where: value})))


@pytest.mark.parametrize("name", [1, None, (1, 2), 0.5, b"x", True], ids=repr)
def test_names_that_are_no_strings_are_found(name: Any) -> None:
    assert "json-type" in rules(check({"ome": {"version": "0.6", name: 1}}))
    assert not check({name: 1}).valid


@pytest.mark.parametrize("number", [np.bool_(True), np.array(["x"]), np.array([None, 1], dtype=object)], ids=repr)
def test_numpy_values_that_are_no_numbers_are_found(number: Any) -> None:
    assert not check(image([number, 1.0])).valid


def test_an_array_without_dimensions_is_a_number_and_no_list() -> None:
    (finding,) = check(image(np.array(3.0))).findings
    assert finding.json_pointer == SCALE


def test_a_mapping_that_holds_itself_is_found_and_ends() -> None:
    document = image()
    document["ome"]["again"] = document
    assert rules(check(document)) == {"json-depth"}


TREE = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
from zarr_spaces import check
root = {"version": "0.6"}
root["children"] = [{"parent": root}, {"parent": root}]
assert {finding.rule for finding in check({"ome": root})} == {"json-depth"}
"""


def test_children_that_hold_their_parent_are_found_and_end() -> None:
    # In a process of its own: each level doubles the work where the cycle is not seen.
    subprocess.run([sys.executable, "-c", TREE], check=True, timeout=20, capture_output=True)


@pytest.mark.parametrize("depth", [300, 1_500, 1_990, 2_100, 100_000])
def test_depth_is_limited_as_it_is_for_text(depth: int) -> None:
    assert rules(check(image(metadata={"x": nested(depth)}))) == {"json-depth"}


@pytest.mark.parametrize("depth", [100, 150, 300, 490, 900, 50_000])
def test_deep_sequences_never_raise(depth: int) -> None:
    report = check(sequences(depth))
    assert rules(report) <= {"json-depth", "transformation-ends-differ"}
    if depth < 120 and is_compiled():  # the other engine's own recursion ends before
        assert report.valid


def test_a_deep_sequence_gets_one_answer_as_text_and_as_mapping() -> None:
    document = sequences(140)
    assert rules(check(document)) == rules(check(json.dumps(document)))


def test_findings_are_limited_in_number() -> None:
    assert len(check(image([object()] * 100_000))) == 1_001


def test_a_huge_integer_never_raises() -> None:
    for number in (10**400, -(10**5000)):
        (finding,) = check(image([number, 1.0])).errors
        assert (finding.rule, finding.pointer[-2:]) == ("json-number-size", ("scale", 0))
        check(image(metadata={"x": number}))


@pytest.mark.parametrize("source", [3, None, [], (1,), 1.5, {1}], ids=repr)
def test_what_can_hold_no_document_is_a_type_error_or_a_finding(source: Any) -> None:
    try:
        assert not check(source).valid
    except TypeError as error:
        assert type(source).__name__ in str(error)


@pytest.mark.parametrize("kind", ["list", "sequence"])
def test_parts_that_share_parts_are_bounded(kind: str) -> None:
    # Forty levels of two references each stand for a million million values.
    part: Any = [] if kind == "list" else {"type": "identity"}
    for _ in range(40):
        part = [part, part] if kind == "list" else {"type": "sequence", "transformations": [part, part]}
    begin = time.perf_counter()
    report = check({"ome": {"version": "0.6", "scene": {"coordinateTransformations": [part]}}})
    assert not report.valid
    assert time.perf_counter() - begin < 10


def test_a_path_as_text_is_told_from_a_document() -> None:
    (finding,) = check("images/a.zarr/zarr.json")
    assert finding.hint == "a str is read as JSON text; for a file pass a pathlib.Path"


def test_an_unknown_level_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="the levels are schema, document, hierarchy, arrays, values"):
        check({}, level="documents")


def test_without_the_compiled_engine_depth_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zarr_spaces.document.source.is_compiled", lambda: False)
    interpreted = functools.partial(schema_findings, compiled=False)
    monkeypatch.setattr("zarr_spaces.document.careful.schema_findings", interpreted)
    part: Any = {"type": "identity"}
    for _ in range(120):
        part = {"type": "sequence", "transformations": [part]}
    link = part | {"input": {"name": "a"}, "output": {"name": "b"}}
    report = check({"ome": {"version": "0.6", "scene": {"coordinateTransformations": [link]}}})
    assert [finding.rule for finding in report] == ["json-depth"]
