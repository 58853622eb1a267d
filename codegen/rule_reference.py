"""The page of the rules: what each demands, where the specification says so, and a document that breaks it."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from codegen.excerpt import Excerpt, excerpt
from codegen.markdown import link, page, table, text, verbatim
from codegen.sources import ROOT
from zarr_spaces.catalogue import OTHER_FINDINGS, list_rules
from zarr_spaces.conformance.cases import cases, corpus_folder
from zarr_spaces.wording import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codegen.sources import Schemas
    from zarr_spaces.catalogue import RuleRecord
    from zarr_spaces.conformance.cases import Case

RULES_PAGE = "rules.md"
STATEMENTS = ROOT / "docs" / "ome-zarr-0.6-statements.md"
_FOLDER = ROOT / "docs" / "reference"
_NODE = "zarr.json"


def rules_page(schemas: Schemas) -> str:
    """Write the page of the rules of all versions."""
    rules = list_rules()
    statements = _statements()
    found: dict[str, list[Case]] = {}
    for case in cases():
        found.setdefault(case.rule, []).append(case)
    head = ["# Rules", _introduction()]
    index = table(
        ("rule", "of", "severity", "level", "what it demands"),
        [
            (link(rule.id, f"#{rule.id}"), _versions(rule), rule.severity, rule.level, text(rule.sentence))
            for rule in rules
        ],
    )
    sections = [block for rule in rules for block in _rule(rule, statements, found.get(rule.id, []))]
    return page([*head, index, *_others(schemas), *sections])


def _introduction() -> list[str]:
    return [
        "What a document has to obey beyond its schema. An error breaks a MUST of the specification, a warning ignores",
        "a SHOULD, an info is sound advice. The level tells how far a check has to look: at the `document` alone, at",
        "the other nodes of its `hierarchy`, at the metadata of `arrays`, or at their `values`. `zarr-spaces rules`",
        "prints this list. Each version of a specification has rules of its own; where metadata of several stands in",
        "one node, as a pyramid and its geo.proj, all of them are judged.",
        "",
        f"Examples are from the {link('corpus', _way(corpus_folder() / 'README.md'))}: the part of both documents that",
        "holds the fault, where `/* ... */` stands for what has no bearing on it.",
    ]


def _rule(rule: RuleRecord, statements: dict[int, str], found: list[Case]) -> Iterator[list[str] | str]:
    yield f"## {rule.id}"
    yield text(rule.sentence)
    yield [
        f"- Severity: {rule.severity}",
        f"- Level: {rule.level}",
        f"- Specification: {text(rule.section)}",
        f"- Versions: {_versions(rule)}",
        *(
            f"- Statement {link(str(number), _way(STATEMENTS))}: {text(statements.get(number, ''))}"
            for number in rule.statements
        ),
    ]
    if pair := _pair(found):
        yield from _example(*pair)
        if further := len(found) - len(pair):
            yield f"{link(f'{further} further cases', _way(pair[0].path.parent))}."


def _versions(rule: RuleRecord) -> str:
    return ", ".join(link(version, version.replace("/", "-") + ".md") for version in rule.versions)


def _pair(found: list[Case]) -> tuple[Case, Case] | None:
    """Choose the first case with the fault, and the one that it was made from."""
    by_id = {case.id: case for case in found}
    for case in found:
        sound = by_id.get("valid".join(case.id.rsplit("invalid", 1)))
        if case.findings and sound is not None and not sound.findings:
            return case, sound
    return None


def _example(invalid: Case, valid: Case) -> Iterator[list[str] | str]:
    finding = next(finding for finding in invalid.findings if finding.rule == invalid.rule)
    at = f", in {verbatim(f'{finding.node}/{_NODE}')}" if finding.node else ""
    links = f"{link('invalid', _way(invalid.path))}, {link('valid', _way(valid.path))}"
    yield [f"Example ({links}): {text(invalid.sentence)}", f"Found at {verbatim(finding.pointer or '/')}{at}."]
    shown = f"{finding.node}/{_NODE}".removeprefix("/") if invalid.is_store else ""
    broken, sound = _files(invalid), _files(valid)
    if shown in broken and shown in sound:
        yield from _shown(broken[shown], sound[shown], finding.pointer)
    for word, some, others in (("valid", sound, broken), ("invalid", broken, sound)):
        if only := sorted(some.keys() - others.keys()):
            yield f"Only the {word} one has {', '.join(map(verbatim, only))}."
    for name in sorted((broken.keys() & sound.keys()) - {shown}):
        if broken[name].read_bytes() != sound[name].read_bytes():
            yield f"They differ in {verbatim(name)}:"
            yield from _shown(broken[name], sound[name])


def _shown(invalid: Path, valid: Path, pointer: str | None = None) -> Iterator[list[str] | str]:
    """Show what differs between two files, as far as they are JSON."""
    try:
        content, other = (json.loads(path.read_text(encoding="utf-8")) for path in (invalid, valid))
    except ValueError:
        return
    yield from _blocks(excerpt(content, other, pointer))


def _blocks(part: Excerpt) -> Iterator[list[str] | str]:
    place = f" from {verbatim(part.place)} on" if part.place else ""
    if not part.differs:
        yield f"The same in both{place}:"
        yield part.invalid
        return
    yield f"Invalid{place}:"
    yield part.invalid
    yield "Valid:"
    yield part.valid


def _files(case: Case) -> dict[str, Path]:
    """List the files of a case by their names in it; that of a document has none."""
    if not case.is_store:
        return {"": case.path}
    return {path.relative_to(case.path).as_posix(): path for path in case.path.rglob("*") if path.is_file()}


def _way(path: Path) -> str:
    """Return the way from the folder of the reference to a file of the repository."""
    return os.path.relpath(path, _FOLDER).replace(os.sep, "/")


def _statements() -> dict[int, str]:
    """Read the statements of the specification by their numbers."""
    rows = re.findall(r"^\| *(\d+) \|(?:[^|]*\|){4} (.*) \|$", STATEMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(number): statement for number, statement in rows}


def _others(schemas: Schemas) -> Iterator[list[str] | str]:
    yield "## Findings that are not rules"
    yield [
        "What keeps a document from being judged at all, always an error if nothing else is said:",
    ]
    yield table(("id", "what it means"), [(verbatim(name), text(words)) for name, words in OTHER_FINDINGS.items()])
    yield [
        "What the schema of the version refuses is named after the keyword that does, with the message and the hint",
        f"of the place: {', '.join(map(verbatim, schema_findings(schemas)))}.",
    ]


# Keywords that a finding can be named after, and those that lead to schemas whose own keywords fail.
_ASSERTING = {
    "type", "const", "enum", "required", "not", "anyOf", "minItems", "maxItems", "uniqueItems", "contains", "minimum",
    "maximum", "exclusiveMinimum", "minLength", "pattern",
}  # fmt: skip
_LEADING = ("properties", "$defs", "items", "prefixItems", "allOf", "oneOf", "then", "else")


def schema_findings(schemas: Schemas) -> list[str]:
    """List the ids of the findings that the keywords of the schemas can lead to."""
    keywords = {keyword for schema in schemas.values() for keyword in _asserting(schema)}
    return sorted(map(rule_of, keywords))


def _asserting(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.keys() & _ASSERTING
    for key in schema.keys() & set(_LEADING):
        inner = schema[key]
        parts = inner if isinstance(inner, list) else inner.values() if key in ("properties", "$defs") else [inner]
        for part in parts:
            yield from _asserting(part)
