"""Laws of documents: what a check accepts survives a round trip, and two validators agree about everything."""

from __future__ import annotations

import copy
import json
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from zarr_spaces import InvalidDocument, check, dump, parse, schema
from zarr_spaces.document.reading import Reading, read
from zarr_spaces.findings import sort_findings
from zarr_spaces.ome_zarr.v0_6 import OmeZarr
from zarr_spaces.schemas import validator
from zarr_spaces.testing import (
    conversions,
    images,
    json_values,
    label_groups,
    label_images,
    layouts,
    mutations,
    placements,
    plates,
    scenes,
    wells,
)
from zarr_spaces.versions import GEO_PROJ_0_1, OME_ZARR_0_6, VERSIONS, ZARR_MULTISCALES_0_1_0, SpecVersion
from zarr_spaces.wording import schema_findings
from zarr_spaces.zarr_multiscales.v0_1_0 import ZarrMultiscales

OME_DOCUMENTS = (
    images(executable=False)
    | scenes(executable=False)
    | label_images()
    | plates()
    | wells()
    | label_groups()
    | conversions()
)


class Specification(NamedTuple):
    """A version, and documents that follow it."""

    version: SpecVersion
    documents: st.SearchStrategy[Any]

    @property
    def schema(self) -> str:
        return self.version.schema

    def usable(self, reading: Reading) -> Any:
        """Return what could be read of the metadata of this version."""
        return {OME_ZARR_0_6: reading.document, ZARR_MULTISCALES_0_1_0: reading.layout, GEO_PROJ_0_1: reading.proj}[
            self.version
        ]


SPECIFICATIONS = (
    Specification(OME_ZARR_0_6, OME_DOCUMENTS),
    Specification(ZARR_MULTISCALES_0_1_0, layouts()),
    Specification(GEO_PROJ_0_1, placements()),
)
BROKEN: Any = {
    "ome": {"version": "0.6", "multiscales": [{"coordinateSystems": [], "datasets": []}]},
    "multiscales": {"version": "0.1.0", "layout": []},
    "geo": {"proj": {"version": "0.1", "bbox": [1, 2, 3, 4, 5], "code": None}},
}
of_all = pytest.mark.parametrize("known", SPECIFICATIONS, ids=[known.version.key for known in SPECIFICATIONS])


def test_every_version_has_documents() -> None:
    assert [known.version for known in SPECIFICATIONS] == list(VERSIONS)


@of_all
@given(data=st.data())
def test_generated_documents_are_valid(known: Specification, data: st.DataObject) -> None:
    report = check(data.draw(known.documents))
    assert report.findings == ()
    assert report.version == known.version.key


@of_all
@given(data=st.data())
def test_parse_then_dump_is_the_identity(known: Specification, data: st.DataObject) -> None:
    document = data.draw(known.documents)
    before = copy.deepcopy(document)
    typed = parse(document)
    assert dump(typed) == document == before
    assert parse(dump(typed)) == typed
    assert dump(parse(json.dumps(document))) == document


@given(images(), layouts())
def test_each_of_two_specifications_keeps_the_other(image: Any, pyramid: Any) -> None:
    document = image | pyramid
    report = check(document)
    assert report.findings == ()
    assert report.versions == (OME_ZARR_0_6.key, ZARR_MULTISCALES_0_1_0.key)
    for model in (OmeZarr, ZarrMultiscales):
        typed = parse(document, model)
        assert type(typed) is model
        assert dump(typed) == document


@of_all
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_both_validators_agree(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents) | json_values(20) | st.just(BROKEN))
    compiled, interpreted = (validator(known.schema, compiled=which) for which in (True, False))
    assert compiled.is_valid(document) == interpreted.is_valid(document)


@of_all
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_both_validators_find_the_same(known: Specification, data: st.DataObject) -> None:
    # Where a union is not even tagged, the engines may stop at different depths; places and words agree elsewhere.
    document = data.draw(mutations(known.documents))
    compiled = sort_findings(schema_findings(known.schema, document, compiled=True))
    interpreted = sort_findings(schema_findings(known.schema, document, compiled=False))
    assert compiled == interpreted


@of_all
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_schema_in_one_piece_decides_as_the_files_do(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents) | known.documents)
    verdict = validator(known.schema).is_valid(document)
    whole, node = (jsonschema_rs.Draft202012Validator(schema(known.version.key, node=node)) for node in (False, True))
    assert whole.is_valid(document) is verdict
    # Of a whole node only the metadata is judged, where it has any.
    without = known.version.member not in document
    assert node.is_valid({"zarr_format": 3, "node_type": "group", "attributes": document}) is (verdict or without)


@of_all
@given(data=st.data())
def test_rejection_names_places_that_exist(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents))
    for finding in check(document):
        value = document
        for step in finding.pointer:
            value = value[step]


@of_all
@given(data=st.data())
def test_text_and_mapping_get_the_same_findings(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents))
    without_position = [
        (f.rule, f.pointer, f.message, f.hint, f.severity, f.level) for f in check(json.dumps(document))
    ]
    assert without_position == [(f.rule, f.pointer, f.message, f.hint, f.severity, f.level) for f in check(document)]


@of_all
@given(data=st.data())
def test_reading_never_fails_and_uses_all_that_is_sound(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents))
    before = copy.deepcopy(document)
    reading = read(document)
    assert document == before
    if check(document, level="schema").versions == (known.version.key,) and not schema_findings(known.schema, document):
        usable = known.usable(reading)
        assert not reading.opaque
        if known.version is GEO_PROJ_0_1:
            assert usable == parse(document, level="schema").geo.proj  # type: ignore[union-attr]
        else:
            assert dump(usable) == document


@of_all
@given(data=st.data())
def test_parse_raises_exactly_where_check_finds_errors(known: Specification, data: st.DataObject) -> None:
    document = data.draw(mutations(known.documents))
    report = check(document)
    if report.valid:
        parse(document)
    else:
        with pytest.raises(InvalidDocument) as caught:
            parse(document)
        assert caught.value.report == report


@pytest.mark.parametrize(
    "around",
    [
        *(
            lambda value, name=name: {"ome": {"version": "0.6", name: value}}
            for name in ("multiscales", "scene", "omero")
        ),
        lambda value: {"multiscales": value},
        lambda value: {"multiscales": {"version": "0.1.0", "layout": value}},
        lambda value: {"multiscales": {"version": "0.1.0", "layout": [{"group": "0"}]}, "geo": value},
        lambda value: {"geo": {"proj": value}},
    ],
    ids=["multiscales", "scene", "omero", "pyramid", "layout", "geo", "proj"],
)
@given(value=json_values())
@example(value=[{"group": "0", "scale": [1e308]}, {"group": "0", "from_group": "0", "factors": [1e308]}])
def test_nothing_in_a_section_makes_a_check_fail(around: Any, value: Any) -> None:
    report = check(around(value))
    assert all(finding.message for finding in report)
