"""The reference: complete, every link leads somewhere, every example shows the fault, and drift is seen."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from codegen import __main__ as command
from codegen import outputs
from codegen.excerpt import differences, excerpt
from codegen.markdown import anchor, code, table, text, verbatim
from codegen.pages import generate_pages
from codegen.property_reference import page_name
from codegen.rule_reference import schema_findings
from codegen.schema_words import demands, type_words
from codegen.sources import ROOT, Schemas, read_schemas
from zarr_spaces import list_rules
from zarr_spaces.catalogue import OTHER_FINDINGS, RuleRecord
from zarr_spaces.conformance.cases import cases
from zarr_spaces.schemas import closure
from zarr_spaces.versions import OME_ZARR_0_6, VERSIONS

AXES = PurePosixPath("ome_zarr/0.6/axes.json")
RULES = PurePosixPath("rules.md")
PAGE = PurePosixPath(page_name(OME_ZARR_0_6))
SOURCE = ROOT / "src" / "zarr_spaces"


@pytest.fixture(scope="module")
def pages() -> outputs.Files:
    return generate_pages(read_schemas())


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)


def section(page: str, heading: str) -> str:
    (found,) = re.findall(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^\1 |^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return str(found[1])


def rows(part: str) -> list[list[str]]:
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_there_is_a_page_for_every_version_and_one_for_the_rules(pages: outputs.Files) -> None:
    assert set(pages) == {PurePosixPath("README.md"), RULES, *(PurePosixPath(page_name(v)) for v in VERSIONS)}


def test_every_link_leads_to_a_file_and_to_a_heading_of_it(pages: outputs.Files) -> None:
    count = 0
    for page in pages.values():
        for target in re.findall(r"(?<!\\)\[[^\]]*\]\(([^)]*)\)", page):
            count += 1
            file, _, fragment = target.partition("#")
            if file and PurePosixPath(file) not in pages:
                assert (outputs.REFERENCE.folder / file).resolve().exists(), target
            if fragment:
                there = pages[PurePosixPath(file)] if file else page
                assert fragment in map(anchor, headings(there)), target
    assert count > 300


def test_no_two_headings_of_a_page_share_an_anchor(pages: outputs.Files) -> None:
    for name, page in pages.items():
        anchors = [anchor(heading) for heading in headings(page)]
        assert len(set(anchors)) == len(anchors), name


def test_every_table_has_rows_as_wide_as_its_head(pages: outputs.Files) -> None:
    for page in pages.values():
        for block in page.split("\n\n"):
            assert len({len(row) for row in rows(block)}) <= 1, block


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_every_definition_and_member_of_every_schema_is_there(pages: outputs.Files, version: Any) -> None:
    page = pages[PurePosixPath(page_name(version))]
    for name, schema in closure(version.schema).items():
        assert f"## {name}" in page
        for title, definition in schema["$defs"].items():
            part = section(page, title)
            assert text(definition["description"]) in part
            assert f"Specification: {text(definition['$comment'])}." in part
            found = {row[0]: row for row in rows(part)}
            for member, inner in definition.get("properties", {}).items():
                _, _, required, description = found[verbatim(member)]
                assert required == ("yes" if member in definition.get("required", ()) else "no")
                assert description == text(inner.get("description", ""))
            for tag, reference in definition.get("discriminator", {}).get("mapping", {}).items():
                branch = reference.rpartition("/")[2]
                assert found[code(tag)][1] == f"[{branch}](#{branch.lower()})"


def test_messages_of_the_schemas_are_told(pages: outputs.Files) -> None:
    def messages(schema: Any) -> set[str]:
        inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        found = {message for part in inner for message in messages(part)}
        return found | ({schema["errorMessage"]} if isinstance(schema, dict) and "errorMessage" in schema else set())

    page = pages[PAGE].lower()
    missing = [m for m in messages(list(closure(OME_ZARR_0_6.schema).values())) if text(m).lower() not in page]
    assert missing == []


def link(reference: str) -> str:
    return f"<{reference}>"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "minLength": 1}, "non-empty string"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": "integer", "minimum": 0}, "integer >= 0"),
        ({"type": "integer", "minimum": 0, "maximum": 255}, "integer from 0 to 255"),
        ({"type": "number", "exclusiveMinimum": 0}, "number > 0"),
        ({"const": 3}, "`3`"),
        ({"type": "string", "enum": ["a", "b"]}, 'one of `"a"`, `"b"`'),
        ({"$ref": "X"}, "<X>"),
        ({"$ref": "X", "allOf": [{"$ref": "Y"}]}, "<X> and <Y>"),
        ({"type": "array", "items": {"$ref": "X"}, "minItems": 2, "maxItems": 5}, "array of 2 to 5 <X>"),
        ({"type": "array", "items": {"type": "number"}, "minItems": 1}, "array of 1 or more numbers"),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4}, "array of 4 integers"),
        ({"type": "array", "items": {"type": "string"}, "uniqueItems": True}, "array of strings, all different"),
        (
            {"type": "array", "minItems": 1, "items": {"type": "array", "items": {"type": "number"}}},
            "array of 1 or more arrays of numbers",
        ),
        ({"type": "array"}, "array"),
        ({"minItems": 2, "maxItems": 2}, "2 entries"),
        ({}, ""),
    ],
)
def test_type_is_said_as_readers_say_it(schema: dict[str, Any], words: str) -> None:
    assert type_words(schema, link) == words


@pytest.mark.parametrize(
    ("schema", "lines"),
    [
        ({"properties": {"a": {"pattern": r"^[a|b]$(?!\n)"}}}, ["`a`: matches `^[a|b]$`"]),
        ({"pattern": "^a$", "errorMessage": "only a"}, ["only a"]),
        ({"anyOf": [{"required": ["a"]}]}, ['satisfies `{"anyOf": [{"required": ["a"]}]}`']),
        ({"allOf": [{"$ref": "X"}]}, ["is a <X> as well"]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, ["with `a`: `b` required"]),
        ({"if": {"not": {"required": ["a"]}}, "then": {"errorMessage": "needs a"}}, ["without `a`: needs a"]),
        ({"if": {"required": ["a"]}, "else": {"minItems": 1}}, ['without `a`: satisfies `{"minItems": 1}`']),
        ({"items": {"properties": {"a": {"not": {}}}}}, ['`[].a`: satisfies `{"not": {}}`']),
    ],
)
def test_demand_is_never_left_out(schema: dict[str, Any], lines: list[str]) -> None:
    assert list(demands(schema, link)) == lines


def versions(rule: RuleRecord) -> str:
    return ", ".join(f"[{version}]({version.replace('/', '-')}.md)" for version in rule.versions)


def test_every_rule_is_in_the_index_and_has_a_section(pages: outputs.Files) -> None:
    page = pages[RULES]
    index = rows(page.partition("\n## ")[0])[2:]
    assert index == [
        [f"[{rule.id}](#{rule.id})", versions(rule), rule.severity, rule.level, text(rule.sentence)]
        for rule in list_rules()
    ]
    for rule in list_rules():
        part = section(page, rule.id)
        assert text(rule.sentence) in part
        assert f"- Severity: {rule.severity}\n- Level: {rule.level}\n" in part
        assert f"- Specification: {text(rule.section)}\n" in part
        assert f"- Versions: {versions(rule)}\n" in part
        for number in rule.statements:
            assert re.search(rf"^- Statement \[{number}\]\(\.\./ome-zarr-0\.6-statements\.md\): \S", part, re.MULTILINE)


def test_every_rule_with_cases_shows_both_and_what_differs(pages: outputs.Files) -> None:
    known = {case.rule for case in cases()}
    for rule in list_rules():
        part = section(pages[RULES], rule.id)
        assert ("Example ([invalid](" in part) is (rule.id in known), rule.id
        if rule.id in known:
            assert part.count("```json") >= 2 or "Only the " in part or "They differ in" in part, rule.id


def test_blocks_are_json_once_the_comments_are_taken_out(pages: outputs.Files) -> None:
    blocks = re.findall(r"^```(jsonc?)\n(.*?)^```$", pages[RULES], re.MULTILINE | re.DOTALL)
    assert len(blocks) > 20
    for kind, block in blocks:
        assert (kind == "jsonc") is ("/* ... */" in block)
        json.loads(block.replace("/* ... */", ""))
        assert max(map(len, block.splitlines())) <= 160
        assert block.count("\n") <= 60


def test_excerpt_shows_the_twin_of_a_name() -> None:
    valid = {"rest": list(range(100)), "axes": [{"name": "y", "unit": "m"}, {"name": "x", "unit": "m"}]}
    invalid = {"rest": list(range(100)), "axes": [{"name": "y", "unit": "m"}, {"name": "y", "unit": "m"}]}
    part = excerpt(invalid, valid, "/axes/1/name")
    assert part.place == "/axes"
    assert json.loads("".join(part.invalid[1:-1])) == invalid["axes"]
    assert json.loads("".join(part.valid[1:-1])) == valid["axes"]


def test_excerpt_leaves_out_what_has_no_bearing() -> None:
    long = {"matrix": [[0] * 10] * 10, "note": "n" * 100}
    part = excerpt({"a": long, "b": {"x": 1, "long": long}}, {"a": long, "b": {"x": 2, "long": long}}, "/b/x")
    assert part == ("/b", [*BLOCK, '  "x": 1,', *REST], [*BLOCK, '  "x": 2,', *REST], True)


BLOCK = ["```jsonc", "{"]
REST = ['  "long": { /* ... */ }', "}", "```"]


def test_excerpt_reaches_from_the_place_to_the_difference() -> None:
    valid = {"end": {"name": "a"}, "systems": [{"name": "a"}], "long": ["x" * 90, "y" * 90]}
    invalid = valid | {"systems": [{"name": "b"}]}
    part = excerpt(invalid, valid, "/end/name")
    assert part.place == ""
    assert '"name": "a"' in "".join(part.invalid)
    assert '"name": "b"' in "".join(part.invalid)


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": True}, [("a",)]),
        ({"a": 1}, {"b": 1}, [("a",), ("b",)]),
        ([1, 2], [1, 3], [(1,)]),
        ([1, 2], [1, 2, 3], [(2,)]),
        ([2], [1, 2], [()]),
    ],
)
def test_differences_are_the_least_places(one: Any, other: Any, places: list[Any]) -> None:
    assert list(differences(one, other)) == places


def strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_finding_that_is_no_rule_is_told(pages: outputs.Files) -> None:
    pattern = re.compile(r"(json|node|version|metadata|object|findings)-[a-z]+(-[a-z]+)*")
    files = [path for folder in ("document", "store") for path in (SOURCE / folder).rglob("*.py")]
    files.append(SOURCE / "kept.py")
    used = {string for path in files for string in strings(path) if pattern.fullmatch(string)}
    assert used == set(OTHER_FINDINGS)
    part = section(pages[RULES], "Findings that are not rules")
    assert [row[0] for row in rows(part)[2:]] == [f"`{name}`" for name in OTHER_FINDINGS]
    assert "schema-required" in part
    assert not {rule.id for rule in list_rules()} & set(OTHER_FINDINGS)


def test_keywords_that_findings_are_named_after_come_from_the_schemas() -> None:
    schemas: Schemas = {AXES: {"$defs": {"A": {"items": {"minLength": 1}, "if": {"maxItems": 1}, "anyOf": [{}]}}}}
    assert schema_findings(schemas) == ["schema-any-of", "schema-min-length"]


def test_words_mean_themselves() -> None:
    assert text("a | b\n <i> *x* _y_ `a*b|c` [z]") == r"a | b \<i> \*x\* \_y\_ `a*b|c` \[z]"
    assert table(["a"], [["x | `y|z`"]]) == ["| a |", "| --- |", r"| x \| `y\|z` |"]
    assert verbatim("a`b") == "``a`b``"
    assert verbatim("`") == "`` ` ``"


class TestDrift:
    @pytest.fixture
    def place(self, pages: outputs.Files, tmp_path: Path) -> outputs.Place:
        place = outputs.REFERENCE._replace(folder=tmp_path)
        outputs.write(pages, place)
        return place

    def test_generation_is_deterministic_and_the_same_in_its_own_process(self, pages: outputs.Files) -> None:
        assert command.generate_reference() == pages == generate_pages(read_schemas())

    def test_a_changed_word_of_a_schema_is_drift(self, place: outputs.Place) -> None:
        schemas = read_schemas()
        schemas[AXES]["$defs"]["Axis"]["properties"]["unit"]["description"] = "Something else."
        (stale,) = outputs.compare(generate_pages(schemas), place)
        assert stale.startswith(f"docs/reference/{PAGE}: stale\n")

    def test_missing_and_foreign_files_are_drift(self, pages: outputs.Files, place: outputs.Place) -> None:
        (place.folder / RULES).unlink()
        (place.folder / "notes.md").write_text("mine")
        assert list(outputs.compare(pages, place)) == [
            "docs/reference/notes.md: nothing generates it; make codegen removes it",
            "docs/reference/rules.md: missing",
        ]
        assert outputs.write(pages, place) == [
            "removed docs/reference/notes.md, which nothing generates",
            "wrote docs/reference/rules.md",
        ]
        assert list(outputs.compare(pages, place)) == []

    def test_check_finds_drift_of_the_reference(
        self, place: outputs.Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(outputs, "REFERENCE", place)
        assert command.main(["--check"]) == 0
        (place.folder / RULES).write_text("stale")
        assert command.main(["--check"]) == 1
        assert "docs/reference/rules.md: stale" in capsys.readouterr().err

    def test_package_is_written_even_where_the_reference_cannot_be(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        package = outputs.PACKAGE._replace(folder=tmp_path / "package")
        reference = outputs.REFERENCE._replace(folder=tmp_path / "reference")
        monkeypatch.setattr(outputs, "PACKAGE", package)
        monkeypatch.setattr(outputs, "REFERENCE", reference)
        monkeypatch.setattr(command, "generate_reference", lambda: None)
        assert command.main([]) == 1
        assert (package.folder / "members.py").exists()
        assert not reference.folder.exists()
        assert "left as it was" in capsys.readouterr().err
        assert command.main(["--check"]) == 1
        assert "docs/reference: cannot be computed" in capsys.readouterr().err
