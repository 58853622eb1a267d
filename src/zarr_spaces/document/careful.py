"""The whole way of a document: open, detect, schema, codec, rules; every fault in words and in its place."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.detect import detect
from zarr_spaces.document.gate import plain
from zarr_spaces.document.limits import Limits
from zarr_spaces.document.locate import locate
from zarr_spaces.document.source import open_source, refused, too_many
from zarr_spaces.document.verdict import apply_rules, moved
from zarr_spaces.findings import Level, Report, sort_findings
from zarr_spaces.quoting import quote
from zarr_spaces.versions import loader
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from zarr_spaces.document.detect import Detected
    from zarr_spaces.document.verdict import Judged
    from zarr_spaces.findings import Finding
    from zarr_spaces.model import Model
    from zarr_spaces.node_view import NodeView


def judge_carefully(source: object, level: Level, nodes: NodeView | None, limits: Limits) -> Judged:
    """Judge what the quick way has passed on, and what it does not take.

    Raises
    ------
    TypeError
        If the limits are none, or the source is a part of a typed document.
    """
    if not isinstance(limits, Limits):
        raise TypeError(f"limits are given as Limits(...), not as {quote(limits)}")
    opened = open_source(source, limits)
    if opened.findings:
        return Report(sort_findings(opened.findings), level=level, reached=Level.SCHEMA), ()
    detected = detect(opened.value)
    if faults := too_many(detected, opened, limits):
        return Report(faults, level=level, reached=Level.SCHEMA), ()
    try:
        findings, documents, reached = _examine(detected, level, nodes, limits)
    except (ValueError, OverflowError, RecursionError):
        # The validator and the codec refuse Python's other types without saying where: normalise, or name them all.
        value, foreign = plain(opened.value, limits)
        if foreign:
            return Report(sort_findings(foreign), level=level, reached=Level.SCHEMA), ()
        detected = detect(value)
        try:
            findings, documents, reached = _examine(detected, level, nodes, limits)
        except (ValueError, OverflowError, RecursionError) as error:
            return Report((refused(error),), level=level, reached=Level.SCHEMA), ()
    if findings and opened.text is not None:
        findings = _positioned(findings, opened.text)
    return Report(sort_findings(findings), tuple(known.key for known in detected.versions), level, reached), documents


def _examine(
    detected: Detected, level: Level, nodes: NodeView | None, limits: Limits
) -> tuple[list[Finding], tuple[Model, ...], Level]:
    findings = list(detected.findings)
    documents: list[Model] = []
    reached = Level.SCHEMA
    for version in detected.versions:
        if faults := schema_findings(version.schema, detected.attributes, limits.findings):
            findings += moved(faults, detected.at)
            continue
        document: Any = loader(version)(detected.attributes)
        faults, went = apply_rules(version, document, level, nodes, limits)
        findings += moved(faults, detected.at)
        documents.append(document)
        reached = max(reached, went, key=lambda found: found.depth)
    return findings, tuple(documents), reached


def _positioned(findings: list[Finding], text: str | bytes) -> list[Finding]:
    """Add the positions of findings in the text that was given."""
    positions = locate(text, {finding.pointer for finding in findings}, strict=True)
    return [dataclasses.replace(finding, position=positions.get(finding.pointer)) for finding in findings]
