"""From a typed document to what is said of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from zarr_spaces.findings import Level
from zarr_spaces.rules.run import run_rules
from zarr_spaces.versions import chosen_rules, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Finding, Pointer, Report
    from zarr_spaces.model import Model
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.versions import SpecVersion

    Judged = tuple[Report, tuple[Model, ...]]
    """What a check yields: the report, and the typed documents that the schemas accept, one for each specification."""


def apply_rules(
    version: SpecVersion, document: Any, level: Level, nodes: NodeView | None, limits: Limits
) -> tuple[list[Finding], Level]:
    """Run the version's rules over a typed document; tell also how far they went."""
    if level is Level.SCHEMA:
        return [], Level.SCHEMA
    nodes = nodes if level.includes(Level.HIERARCHY) else None
    parts = parts_of(version)(document, nodes)
    if not parts:  # there is nothing in it to look at
        return [], Level.DOCUMENT
    chosen, reached = chosen_rules(version, level, nodes is not None)
    return run_rules(chosen, parts, nodes, limits.findings), reached


def moved(findings: Iterable[Finding], at: Pointer) -> list[Finding]:
    """Let the pointers of findings start at the root of what was given."""
    if not at:
        return list(findings)
    return [dataclasses.replace(finding, pointer=at + finding.pointer) for finding in findings]
