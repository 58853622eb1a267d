"""Laws of documents: what a check accepts survives a round trip, and two validators agree about everything."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zarr_spaces import InvalidDocument, check, dump, parse
from zarr_spaces.document.reading import read
from zarr_spaces.findings import sort_findings
from zarr_spaces.schemas import validator
from zarr_spaces.testing import (
    conversions,
    images,
    json_values,
    label_groups,
    label_images,
    mutations,
    plates,
    scenes,
    wells,
)
from zarr_spaces.versions import OME_ZARR_0_6
from zarr_spaces.wording import schema_findings

DOCUMENTS = (
    images(executable=False)
    | scenes(executable=False)
    | label_images()
    | plates()
    | wells()
    | label_groups()
    | conversions()
)
ROOT = OME_ZARR_0_6.schema


@given(DOCUMENTS)
def test_generated_documents_are_valid(document: Any) -> None:
    assert check(document).findings == ()


@given(DOCUMENTS)
def test_parse_then_dump_is_the_identity(document: Any) -> None:
    before = copy.deepcopy(document)
    typed = parse(document)
    assert dump(typed) == document == before
    assert parse(dump(typed)) == typed
    assert dump(parse(json.dumps(document))) == document


@given(mutations(DOCUMENTS) | json_values(20))
@example({"ome": {"version": "0.6", "multiscales": [{"coordinateSystems": [], "datasets": []}]}})
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_both_validators_agree(document: Any) -> None:
    compiled, interpreted = validator(ROOT, compiled=True), validator(ROOT, compiled=False)
    assert compiled.is_valid(document) == interpreted.is_valid(document)


@given(mutations(DOCUMENTS))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_both_validators_find_the_same(document: Any) -> None:
    # Where a union is not even tagged, the engines may stop at different depths; places and words agree elsewhere.
    compiled = sort_findings(schema_findings(ROOT, document, compiled=True))
    interpreted = sort_findings(schema_findings(ROOT, document, compiled=False))
    assert compiled == interpreted


@given(mutations(DOCUMENTS))
def test_rejection_names_places_that_exist(document: Any) -> None:
    for finding in check(document):
        value = document
        for step in finding.pointer:
            value = value[step]


@given(mutations(DOCUMENTS))
def test_text_and_mapping_get_the_same_findings(document: Any) -> None:
    without_position = [
        (f.rule, f.pointer, f.message, f.hint, f.severity, f.level) for f in check(json.dumps(document))
    ]
    assert without_position == [(f.rule, f.pointer, f.message, f.hint, f.severity, f.level) for f in check(document)]


@given(mutations(DOCUMENTS))
def test_reading_never_fails_and_uses_all_that_is_sound(document: Any) -> None:
    before = copy.deepcopy(document)
    reading = read(document)
    assert document == before
    if not schema_findings(ROOT, document):
        assert reading.document is not None
        assert not reading.opaque
        assert dump(reading.document) == document


@given(mutations(DOCUMENTS))
def test_parse_raises_exactly_where_check_finds_errors(document: Any) -> None:
    report = check(document)
    if report.valid:
        parse(document)
    else:
        with pytest.raises(InvalidDocument) as caught:
            parse(document)
        assert caught.value.report == report


@given(st.sampled_from(["multiscales", "scene", "omero"]), json_values())
def test_nothing_in_a_section_makes_a_check_fail(section: str, value: Any) -> None:
    report = check({"ome": {"version": "0.6", section: value}})
    assert all(finding.message for finding in report)
