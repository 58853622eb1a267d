"""The corpus: every case gets its verdict, its rule and its place, and every rule has its pair."""

from __future__ import annotations

import json

import pytest

from zarr_spaces import Level, check, open_store
from zarr_spaces.conformance.cases import Case, Expected, cases, corpus_folder
from zarr_spaces.versions import VERSIONS, rules_of

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


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_every_rule_has_its_pair(version: object) -> None:
    (rules,) = [rules_of(known) for known in VERSIONS if known is version]
    pairs = {(case.rule, bool(case.findings)) for case in CASES if not case.rule.startswith(("schema-", "json-"))}
    assert pairs == {(rule.id, fault) for rule in rules for fault in (False, True)}
    for case in CASES:
        for rule in (rule for rule in rules if rule.id == case.rule):
            assert case.level.includes(rule.level)  # deeper where only another node completes what is to be seen
            assert set(case.statements) <= set(rule.statements)


def test_ids_are_unique_and_no_file_is_left_over() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
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
            assert rule.statements, rule.id


def test_manifest_is_plain_json() -> None:
    for manifest in corpus_folder().rglob("manifest.json"):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        assert content["format"] == 1
