"""The corpus: every case gets its verdict, its rule and its place, and every rule has its pair."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zarr_spaces import Level, check, open_store
from zarr_spaces.conformance.cases import Case, Expected, cases, corpus_folder
from zarr_spaces.rules.run import run_rules
from zarr_spaces.versions import OME_ZARR_0_6, VERSIONS, SpecVersion, rules_of

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_gets_exactly_its_findings(case: Case) -> None:
    report = open_store(case.path).check(case.level) if case.is_store else check(case.path, level=case.level)
    found = tuple(Expected(f.rule, f.severity, f.node, f.json_pointer) for f in report)
    assert found == case.findings
    assert report.valid is case.valid
    assert all(finding.level is case.level for finding in report)
    assert all(finding.position is not None for finding in report)
    assert all(finding.section or finding.rule.startswith("json-") for finding in report)


DEEPER = [case for case in CASES if case.findings and case.level is not Level.SCHEMA]


@pytest.mark.parametrize("case", DEEPER, ids=lambda case: case.id)
def test_fault_is_invisible_below_its_level(case: Case) -> None:
    before = list(Level)[case.level.depth - 1]
    report = open_store(case.path).check(before) if case.is_store else check(case.path, level=before)
    assert report.findings == ()


PAIRS = {
    (case.version, case.rule, bool(case.findings)) for case in CASES if not case.rule.startswith(("schema-", "json-"))
}


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_every_rule_has_its_pair(version: SpecVersion) -> None:
    # A rule of several versions has its pair in one of them at least.
    for rule in rules_of(version):
        homes = {known.key for known in VERSIONS if rule in rules_of(known)}
        assert any({(home, rule.id, False), (home, rule.id, True)} <= PAIRS for home in homes), rule.id


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_cases_are_those_of_rules_of_their_version(version: SpecVersion) -> None:
    rules = {rule.id: rule for rule in rules_of(version)}
    own = [case for case in CASES if case.version == version.key]
    assert own
    for case in own:
        if not case.rule.startswith(("schema-", "json-")):
            rule = rules[case.rule]
            assert case.level.includes(rule.level)  # deeper where only another node completes what is to be seen
            assert set(case.statements) <= set(rule.statements)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_judged_by_its_version(case: Case) -> None:
    report = open_store(case.path).check("schema") if case.is_store else check(case.path, level="schema")
    assert case.version in report.versions or case.rule.startswith("json-")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_valid_and_invalid_case_differ(version: SpecVersion) -> None:
    by_id = {case.id: case for case in CASES if case.version == version.key}
    for case in by_id.values():
        if case.findings:
            twin = by_id.get("valid".join(case.id.rsplit("invalid", 1)))
            assert twin is None or (not twin.findings and twin.sentence == case.sentence), case.id


def test_ids_are_unique_and_no_file_is_left_over() -> None:
    assert len({(case.version, case.id) for case in CASES}) == len(CASES)
    listed = {case.path for case in CASES}
    for path in corpus_folder().rglob("*.json"):
        assert path.name == "manifest.json" or path in listed or any(path.is_relative_to(case) for case in listed)


def test_every_rule_is_documented() -> None:
    for version in VERSIONS:
        ids = [rule.id for rule in rules_of(version)]
        assert len(set(ids)) == len(ids)
        for rule in rules_of(version):
            assert rule.sentence.endswith("."), rule.id
            assert rule.section, rule.id
            # The statements that are numbered are those of OME-Zarr.
            assert bool(rule.statements) is (version is OME_ZARR_0_6), rule.id


def test_manifest_is_plain_json() -> None:
    for manifest in corpus_folder().rglob("manifest.json"):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        assert content["format"] == 1


JUDGED_BY_RULES = [case for case in CASES if case.findings and not case.rule.startswith(("schema-", "json-"))]


@pytest.mark.parametrize("case", JUDGED_BY_RULES, ids=lambda case: case.id)
def test_an_implementation_without_the_rule_fails_its_case(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(kind: Any, found: Any, *rest: Any) -> Any:
        alone, with_nodes = (
            {part: [rule for rule in rules if rule.id != case.rule] for part, rules in half.items()} for half in kind
        )
        return run_rules((alone, with_nodes), found, *rest)

    monkeypatch.setattr("zarr_spaces.document.verdict.run_rules", without)
    report = open_store(case.path).check(case.level) if case.is_store else check(case.path, level=case.level)
    found = tuple(Expected(f.rule, f.severity, f.node, f.json_pointer) for f in report)
    assert found != case.findings
    assert case.rule not in {finding.rule for finding in report}
