"""Every statement of the specification that one document can answer is enforced, and a pair of the corpus shows it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from zarr_spaces.conformance.cases import cases
from zarr_spaces.findings import Severity
from zarr_spaces.rules.rule import Rule
from zarr_spaces.versions import OME_ZARR_0_6, rules_of

TABLE = Path(__file__).parents[2] / "docs" / "ome-zarr-0.6-statements.md"
SCHEMA_OR_DECODER = ("schema-", "json-")


class Statement(NamedTuple):
    number: int
    section: str
    level: str
    scope: str
    text: str


def read_table() -> list[Statement]:
    rows = [
        line.strip("|").split("|") for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    ]
    cells = [[cell.strip() for cell in row] for row in rows if row[0].strip().isdigit()]
    return [Statement(int(c[0]), c[1], c[2], c[3], c[5]) for c in cells]


STATEMENTS = read_table()
OF_ONE_DOCUMENT = [statement for statement in STATEMENTS if "D" in statement.scope.replace("+", "/").split("/")]
RULES = {rule.id: rule for rule in rules_of(OME_ZARR_0_6)}


def test_table_is_whole() -> None:
    assert [statement.number for statement in STATEMENTS] == list(range(1, 141))
    assert len(OF_ONE_DOCUMENT) == 90


@pytest.mark.parametrize("statement", OF_ONE_DOCUMENT, ids=lambda statement: f"{statement.number}-{statement.section}")
def test_statement_is_enforced_and_a_pair_shows_it(statement: Statement) -> None:
    shown_by = [case for case in cases() if case.findings and statement.number in case.statements]
    assert shown_by, statement.text
    for case in shown_by:
        assert case.rule.startswith(SCHEMA_OR_DECODER) or statement.number in RULES[case.rule].statements


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_names_statements_that_exist(rule: Rule) -> None:
    assert set(rule.statements) <= {statement.number for statement in STATEMENTS}
    assert rule.statements


@pytest.mark.parametrize("statement", OF_ONE_DOCUMENT, ids=lambda statement: f"{statement.number}-{statement.section}")
def test_what_must_be_is_an_error_and_what_should_be_a_warning(statement: Statement) -> None:
    severities = {
        RULES[case.rule].severity if case.rule in RULES else Severity.ERROR
        for case in cases()
        if case.findings and statement.number in case.statements
    }
    if statement.level in ("MUST", "MUST NOT", "implied", "MAY(max)"):
        assert Severity.ERROR in severities
    elif statement.level in ("SHOULD", "SHOULD NOT", "MUST?", "MUST/SHOULD"):
        assert severities == {Severity.WARNING}
    else:
        pytest.fail(f"no verdict is defined for the level {statement.level}")
