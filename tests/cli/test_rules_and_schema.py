"""The commands that print rules and schemas, and the one-piece schema: it decides as the schema files do."""

from __future__ import annotations

import copy
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

import zarr_spaces
from zarr_spaces import UnknownVersion, list_rules, schema, schema_bundle
from zarr_spaces.catalogue import find_version
from zarr_spaces.cli.main import main
from zarr_spaces.conformance.cases import cases
from zarr_spaces.findings import Severity
from zarr_spaces.schemas import closure, validator
from zarr_spaces.testing import images, json_values, mutations, scenes
from zarr_spaces.versions import OME_ZARR_0_6, VERSIONS, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITORS = Path(__file__).parents[2] / "docs" / "editors.md"
DOCUMENTS = images(executable=False) | scenes(executable=False)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def run_main(*arguments: str) -> Outcome:
        try:
            code = main(list(arguments))
        except SystemExit as error:  # argparse
            assert isinstance(error.code, int)
            code = error.code
        return Outcome(code, *capsys.readouterr())

    return run_main


class TestRules:
    def test_every_rule_is_a_line_errors_first(self, run: Callable[..., Outcome]) -> None:
        code, out, err = run("rules")
        assert (code, err) == (0, "")
        lines = [re.split(r" {2,}", line) for line in out.splitlines()]
        assert lines == [[rule.severity, rule.level, rule.id, rule.sentence] for rule in list_rules()]
        assert [line[0] for line in lines] == sorted(
            (line[0] for line in lines), key=lambda word: list(Severity).index(Severity(word))
        )

    def test_columns_are_aligned(self, run: Callable[..., Outcome]) -> None:
        lines = run("rules").out.splitlines()
        rules = list_rules()
        assert len({line.index(rule.sentence) for line, rule in zip(lines, rules, strict=True)}) == 1

    @pytest.mark.parametrize("version", [OME_ZARR_0_6.key, *OME_ZARR_0_6.tags])
    def test_json_has_everything_that_is_known(self, run: Callable[..., Outcome], version: str) -> None:
        code, out, _ = run("rules", "--version", version, "--format", "json")
        assert code == 0
        assert out.count("\n") == 1
        found = {entry["id"]: entry for entry in json.loads(out)}
        rules = rules_of(OME_ZARR_0_6)
        assert found.keys() == {rule.id for rule in rules}
        for rule in rules:
            assert found[rule.id] == {
                "id": rule.id,
                "severity": rule.severity,
                "level": rule.level,
                "sentence": rule.sentence,
                "section": rule.section,
                "statements": list(rule.statements),
                "versions": [known.key for known in VERSIONS if rule in rules_of(known)],
                "part": rule.part,
            }

    def test_unknown_version_is_refused_with_what_is_known(self, run: Callable[..., Outcome]) -> None:
        code, out, err = run("rules", "--version", "0.66")
        assert (code, out) == (2, "")
        assert err == (
            "zarr-spaces: no version '0.66' is known: did you mean 0.6? Known: ome-zarr/0.6 (tags 0.6, 0.6rc0), "
            "zarr-multiscales/0.1.0 (tags 0.1.0), geo-proj/0.1 (tags 0.1)\n"
        )
        code, out, err = run("rules", "--version", "0.66", "--format", "json")
        assert (code, err) == (2, "")
        assert "ome-zarr/0.6" in json.loads(out)["message"]

    def test_version_of_the_program_is_another_option(self, run: Callable[..., Outcome]) -> None:
        assert run("--version").out == f"zarr-spaces {zarr_spaces.__version__}\n"


class TestSchemaCommand:
    @pytest.mark.parametrize("version", [OME_ZARR_0_6.key, *OME_ZARR_0_6.tags])
    def test_it_prints_the_schema(self, run: Callable[..., Outcome], version: str) -> None:
        code, out, err = run("schema", version)
        assert (code, err) == (0, "")
        assert json.loads(out) == schema(OME_ZARR_0_6.key)
        assert out.isascii()
        code, out, err = run("schema", version, "--node")
        assert (code, err) == (0, "")
        assert json.loads(out) == schema(OME_ZARR_0_6.key, node=True)

    @pytest.mark.parametrize(
        ("version", "words"),
        [
            ("0.4", "it exists, but this release has no schema of it. Known: ome-zarr/0.6"),
            ("ome-zarr/0.5", "it exists, but this release has no schema of it. Known: ome-zarr/0.6"),
            ("ome-zar/0.6", "did you mean ome-zarr/0.6? Known: ome-zarr/0.6"),
            ("", "no version '' is known. Known: ome-zarr/0.6"),
            ("x" * 1000, "is known. Known: ome-zarr/0.6 (tags 0.6, 0.6rc0)"),
        ],
    )
    def test_unknown_version_leaves_the_output_empty(
        self, run: Callable[..., Outcome], version: str, words: str
    ) -> None:
        code, out, err = run("schema", version)
        assert (code, out) == (2, "")
        assert words in err
        assert len(err) < 300

    def test_version_is_required(self, run: Callable[..., Outcome]) -> None:
        code, _, err = run("schema")
        assert code == 2
        assert "VERSION" in err


def test_tag_of_several_specifications_needs_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from zarr_spaces import catalogue

    other = replace(OME_ZARR_0_6, key="other/0.6")
    monkeypatch.setattr(catalogue, "VERSIONS", (OME_ZARR_0_6, other))
    assert find_version("other/0.6") is other
    with pytest.raises(UnknownVersion, match=r"several have this tag: ome-zarr/0\.6, other/0\.6"):
        find_version("0.6")
    assert {rule.versions for rule in list_rules()} == {("ome-zarr/0.6", "other/0.6")}
    assert len(list_rules()) == len(rules_of(OME_ZARR_0_6))


def subschemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from subschemas(inner)


@pytest.mark.parametrize("node", [False, True])
class TestOnePiece:
    def test_it_is_a_schema_to_both_engines(self, node: bool) -> None:
        bundle = schema("0.6", node=node)
        jsonschema.Draft202012Validator.check_schema(bundle)
        assert jsonschema_rs.meta.is_valid(bundle)

    def test_every_reference_stands_alone_and_leads_into_it(self, node: bool) -> None:
        bundle = schema("0.6", node=node)
        known = {f"#/$defs/{name}" for name in bundle["$defs"]}
        found = set()
        for part in subschemas(bundle):
            assert "$id" not in part
            if "$ref" in part:
                assert part.keys() == {"$ref"}
                found.add(part["$ref"])
            found |= set(part.get("discriminator", {}).get("mapping", {}).values())
        assert found <= known
        assert len(found) > 20

    def test_every_description_is_kept(self, node: bool) -> None:
        def descriptions(value: Any) -> set[str]:
            return {part["description"] for part in subschemas(value) if isinstance(part.get("description"), str)}

        files = closure(OME_ZARR_0_6.schema)
        definitions = [inner for content in files.values() for inner in content["$defs"].values()]
        assert descriptions(definitions) <= descriptions(schema("0.6", node=node))

    def test_it_is_new_for_each_call(self, node: bool) -> None:
        before = schema("0.6", node=node)
        kept = copy.deepcopy(before)
        before["$defs"]["Axis"]["properties"].clear()
        assert schema("0.6", node=node) == kept


def test_definitions_of_one_name_get_different_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    def one(title: str, **more: Any) -> dict[str, Any]:
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "t", "description": "d"}
        return head | {"$ref": f"#/$defs/{title}", "$defs": {title: more}}

    files = {
        OME_ZARR_0_6.schema: one("A", properties={"a": {"$ref": "b.json#/$defs/A"}, "c": {"$ref": "#/$defs/A"}}),
        "ome_zarr/0.6/b.json": one("A", type="string"),
    }
    monkeypatch.setattr(schema_bundle, "closure", lambda root: files)
    bundle = schema("0.6")
    assert len(bundle["$defs"]) == 2
    whole = jsonschema.Draft202012Validator(bundle)
    assert whole.is_valid({"a": "x", "c": {"a": "y"}})
    assert not whole.is_valid({"a": 1})
    assert not whole.is_valid({"c": {"a": 1}})


FILES = validator(OME_ZARR_0_6.schema)
COMPILED = jsonschema_rs.Draft202012Validator(schema("0.6"))
INTERPRETED = jsonschema.Draft202012Validator(schema("0.6"))
COMPILED_NODE = jsonschema_rs.Draft202012Validator(schema("0.6", node=True))
INTERPRETED_NODE = jsonschema.Draft202012Validator(schema("0.6", node=True))


def decide_alike(document: Any) -> bool:
    verdict = FILES.is_valid(document)
    assert COMPILED.is_valid(document) is verdict
    assert INTERPRETED.is_valid(document) is verdict
    # Of a whole node only the metadata is judged, where it has any.
    node = {"zarr_format": 3, "node_type": "group", "attributes": document}
    expected = verdict or (isinstance(document, dict) and "ome" not in document)
    assert COMPILED_NODE.is_valid(node) is expected
    assert INTERPRETED_NODE.is_valid(node) is expected
    return verdict


@given(DOCUMENTS)
def test_sound_documents_pass_in_one_piece(document: Any) -> None:
    assert decide_alike(document)


@given(mutations(DOCUMENTS) | json_values(20))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_one_piece_decides_as_the_files_do(document: Any) -> None:
    decide_alike(document)


# Those of the rules json-* are about the text itself.
JSON_CASES = [case for case in cases() if not case.is_store and not case.rule.startswith("json-")]


@pytest.mark.parametrize("case", JSON_CASES, ids=lambda case: case.id)
def test_cases_are_decided_alike(case: Any) -> None:
    decide_alike(json.loads(case.path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("node", "verdict"),
    [
        ({"zarr_format": 3, "node_type": "array", "shape": [1]}, True),
        ({"zarr_format": 3, "node_type": "group"}, True),
        ({"zarr_format": 3, "node_type": "group", "attributes": {"other": 1}}, True),
        ({"zarr_format": 3, "node_type": "group", "attributes": {"ome": {}}}, False),
        ({"zarr_format": 3, "node_type": "group", "attributes": []}, False),
        ({"zarr_format": 2, "node_type": "group"}, False),
        ({"zarr_format": 3, "node_type": "folder"}, False),
        ({"node_type": "group"}, False),
        ([], False),
    ],
)
def test_node_is_judged_by_its_metadata_alone(node: Any, verdict: bool) -> None:
    assert COMPILED_NODE.is_valid(node) is verdict
    assert INTERPRETED_NODE.is_valid(node) is verdict


def test_commands_of_the_page_for_editors_work(run: Callable[..., Outcome]) -> None:
    page = EDITORS.read_text(encoding="utf-8")
    commands = re.findall(r"^zarr-spaces .*$", page, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        arguments, _, target = command.partition(" > ")
        assert target in page.replace(command, "") or "attributes" in target
        code, out, _ = run(*shlex.split(arguments)[1:])
        assert code == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(out))
    for block in re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        json.loads(block)
    for link in re.findall(r"\]\(([^)]*)\)", page):
        assert (EDITORS.parent / link).exists()


def test_a_tag_of_two_specifications_is_not_guessed() -> None:
    with pytest.raises(UnknownVersion, match=r"several have this tag: geo-proj/0\.1, ome-zarr/0\.1"):
        schema("0.1")
    with pytest.raises(TypeError, match=r"such as '0\.6', not by 0\.6"):
        schema(0.6)  # type: ignore[arg-type]
