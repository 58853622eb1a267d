"""Typed documents at home in pydantic: judged as by a check, written as by a dump, described by our schema."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from pydantic import BaseModel, InstanceOf, TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError

from zarr_spaces import check, dump, parse
from zarr_spaces.build import image, plate
from zarr_spaces.model import Model
from zarr_spaces.ome_zarr.v0_6 import Axis, Multiscale, OmeZarr
from zarr_spaces.testing import images, json_values, mutations, plates, scenes
from zarr_spaces.versions import VERSIONS, version_of_model

CELLS = image("yx", name="cells", pixel_size=0.5, units="micrometer")
SCREEN = plate("AB", 2, name="screen", field_count=1)
ADAPTER = TypeAdapter(OmeZarr)


class Entry(BaseModel):
    title: str
    document: OmeZarr
    other: OmeZarr | None = None


@given(images() | scenes() | plates())
def test_documents_pass_both_ways(document: Any) -> None:
    before = copy.deepcopy(document)
    typed = ADAPTER.validate_python(document)
    assert document == before
    assert typed == parse(document, OmeZarr)
    assert ADAPTER.validate_python(typed) is typed
    assert ADAPTER.dump_python(typed) == ADAPTER.dump_python(typed, mode="json") == document
    assert json.loads(ADAPTER.dump_json(typed)) == document
    assert ADAPTER.validate_json(ADAPTER.dump_json(typed)) == typed


@given(mutations(images() | plates()) | json_values())
def test_what_a_check_refuses_is_refused_in_its_words(document: Any) -> None:
    report = check(document) if isinstance(document, dict) else None
    if report is not None and report.valid:
        ADAPTER.validate_python(document)
        return
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(document)
    if report is not None:
        found = [(error["type"], error["loc"]) for error in caught.value.errors()]
        assert found == [(finding.rule, finding.pointer) for finding in report.errors]


def test_errors_have_their_place_in_the_model() -> None:
    broken = dump(CELLS)
    level = broken["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]
    level["output"]["name"] = "phsyical"
    with pytest.raises(ValidationError) as caught:
        Entry.model_validate({"title": "a", "document": broken})
    (error,) = caught.value.errors()
    place = ("document", "ome", "multiscales", 0, "datasets", 0, "coordinateTransformations", 0, "output", "name")
    assert error["loc"] == place
    assert error["type"] == "references-resolve"
    assert error["input"] == "phsyical"
    assert "there is no coordinate system 'phsyical' here (did you mean 'physical'?" in error["msg"]
    assert json.loads(caught.value.json())[0]["loc"] == list(place)


@pytest.mark.parametrize("value", ["/etc/hosts", '{"ome": {"version": "0.6"}}', b"{}", 3, None, [], Axis(name="x")])
def test_only_decoded_json_is_taken(value: object) -> None:
    with pytest.raises(ValidationError, match="decoded JSON, or an object that parse"):
        ADAPTER.validate_python(value)


def test_other_specifications_are_refused() -> None:
    document = {"geo": {"proj": {"version": "0.1", "code": "EPSG:4326"}}}
    assert check(document).valid
    with pytest.raises(ValidationError, match=r"this is geo-proj/0.1, not the ome-zarr/0.6 asked for"):
        ADAPTER.validate_python(document)


def test_documents_are_fields_of_models() -> None:
    entry = Entry(title="a", document=CELLS)
    assert entry.document is CELLS
    both = Entry.model_validate({"title": "a", "document": dump(CELLS), "other": dump(SCREEN)})
    assert both == Entry(title="a", document=CELLS, other=SCREEN)
    assert both.model_dump() == {"title": "a", "document": dump(CELLS), "other": dump(SCREEN)}
    assert Entry.model_validate_json(both.model_dump_json()) == both
    assert both.model_copy(deep=True) == both


def test_one_schema_describes_every_field() -> None:
    described = Entry.model_json_schema()
    sound: dict[str, Any] = {"title": "a", "document": dump(CELLS), "other": dump(SCREEN)}
    broken = copy.deepcopy(sound)
    broken["other"]["ome"]["plate"]["rows"] = []
    jsonschema.Draft202012Validator.check_schema(described)
    for kind in (jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator):
        assert kind(described).is_valid(sound)
        assert not kind(described).is_valid(broken)
        assert not kind(described).is_valid(sound | {"other": {"ome": {"version": "0.6", "multiscales": []}}})
    assert json.dumps(described).count('"Multiscale": {') == 1
    assert Entry.model_json_schema(mode="serialization")["properties"]["document"] == {"$ref": "#/$defs/OmeZarr"}


@given(images() | mutations(images()))
def test_the_schema_of_an_adapter_decides_as_ours(document: Any) -> None:
    assert SCHEMA.is_valid(document) == check(document, level="schema").valid or not isinstance(document, dict)


SCHEMA = jsonschema_rs.Draft202012Validator(ADAPTER.json_schema())


@pytest.mark.parametrize("kind", [Axis, Multiscale, Model])
def test_parts_of_documents_are_refused_with_what_to_do(kind: type[Any]) -> None:
    with pytest.raises(
        PydanticSchemaGenerationError, match=rf"{kind.__name__} is a part .*InstanceOf\[{kind.__name__}"
    ):
        TypeAdapter(kind)


def test_parts_are_taken_as_they_are_where_that_is_said() -> None:
    adapter = TypeAdapter(InstanceOf[Axis])
    assert adapter.validate_python(Axis(name="x")) == Axis(name="x")
    with pytest.raises(ValidationError, match="instance of Axis"):
        adapter.validate_python({"name": "x"})


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_documents_of_every_version_can_be_fields(version: Any) -> None:
    module, _, name = version.model.partition(":")
    kind = getattr(__import__(module, fromlist=[name]), name)
    assert version_of_model(kind) is version
    jsonschema.Draft202012Validator.check_schema(TypeAdapter(kind).json_schema())


def test_pydantic_is_loaded_by_nobody_but_its_users() -> None:
    code = (
        "import sys, zarr_spaces.pydantic_schema, zarr_spaces.build as build;"
        "build.image('yx', name='a', pixel_size=1, units='meter');"
        "print({name.partition('.')[0] for name in sys.modules} & {'pydantic', 'pydantic_core', 'numpy', 'zarr'})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
