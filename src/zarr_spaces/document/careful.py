"""The whole way of a document: open, detect, schema, codec, rules; every fault in words and in its place."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.detect import detect
from zarr_spaces.document.gate import plain
from zarr_spaces.document.locate import locate
from zarr_spaces.document.source import open_source, refused, too_many
from zarr_spaces.document.verdict import apply_rules, moved
from zarr_spaces.findings import Level, Report, sort_findings
from zarr_spaces.versions import loader
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces.document.detect import Detected
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.document.verdict import Judged
    from zarr_spaces.findings import Finding
    from zarr_spaces.rules.rule import NodeView


def judge_carefully(source: object, level: Level, nodes: NodeView | None, limits: Limits) -> Judged:
    """Judge what the quick way has passed on, and what it does not take."""
    opened = open_source(source, limits)
    if opened.findings:
        return Report(sort_findings(opened.findings), level=level, reached=Level.SCHEMA), None
    detected = detect(opened.value)
    if faults := too_many(detected, opened, limits):
        return Report(faults, level=level, reached=Level.SCHEMA), None
    try:
        findings, document, reached = _examine(detected, level, nodes, limits)
    except (ValueError, OverflowError, RecursionError):
        # The validator and the codec refuse Python's other types without saying where: normalise, or name them all.
        value, foreign = plain(opened.value, limits)
        if foreign:
            return Report(sort_findings(foreign), level=level, reached=Level.SCHEMA), None
        detected = detect(value)
        try:
            findings, document, reached = _examine(detected, level, nodes, limits)
        except (ValueError, OverflowError, RecursionError) as error:
            return Report((refused(error),), level=level, reached=Level.SCHEMA), None
    if findings:
        findings = _placed(findings, detected, opened.text)
    version = detected.version
    return Report(sort_findings(findings), version.key if version else None, level, reached), document


def _examine(
    detected: Detected, level: Level, nodes: NodeView | None, limits: Limits
) -> tuple[list[Finding], OmeZarr | None, Level]:
    version = detected.version
    if version is None:
        return [detected.finding] if detected.finding is not None else [], None, Level.SCHEMA
    if faults := schema_findings(version.schema, detected.attributes, limits.findings):
        return faults, None, Level.SCHEMA
    document: Any = loader(version)(detected.attributes)
    findings, reached = apply_rules(version, document, level, nodes, limits)
    return findings, document, reached


def _placed(findings: list[Finding], detected: Detected, text: str | bytes | None) -> list[Finding]:
    """Let pointers start at the root of what was given, and add positions where that was text."""
    # Why there is no version is told with a place in what was given.
    placed = moved(findings, detected.at if detected.finding is None else ())
    if text is None:
        return placed
    positions = locate(text, {finding.pointer for finding in placed}, strict=True)
    return [dataclasses.replace(finding, position=positions.get(finding.pointer)) for finding in placed]
