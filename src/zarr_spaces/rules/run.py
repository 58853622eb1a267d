"""How the rules of a version run over the parts of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces.findings import Finding, Level
from zarr_spaces.kept import Kept
from zarr_spaces.rules.rule import Part, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.rule import Far, Fault

Chosen = dict[Part, list[Rule]]
"""Rules by the part that they look at."""


def choose(rules: Iterable[Rule], level: Level, has_nodes: bool) -> tuple[Chosen, Chosen]:
    """Sort the rules that `level` includes: those that one document can answer, and those that need other nodes."""
    alone: Chosen = {}
    with_nodes: Chosen = {}
    for item in rules:
        if item.level is Level.DOCUMENT:
            alone.setdefault(item.part, []).append(item)
        elif has_nodes and level.includes(item.level):
            with_nodes.setdefault(item.part, []).append(item)
    return alone, with_nodes


def run_rules(
    chosen: tuple[Chosen, Chosen],
    parts: Iterable[tuple[Part, Any, Pointer]],
    nodes: NodeView | None,
    limit: int | None = None,
) -> list[Finding]:
    """Run rules over the parts of a document; at most `limit` findings of each severity are made."""
    alone, with_nodes = chosen
    kept: Kept | None = None  # most documents need none
    for kind, part, at in parts:
        if kind is Part.FAR and nodes is not None:
            kept = _run_far(chosen, part, at, nodes, kept or Kept(limit))
            continue
        if kind in alone:
            for item in alone[kind]:
                for fault in item.function(part, at):
                    kept = kept or Kept(limit)
                    _keep(kept, item, fault)
        if kind in with_nodes:
            for item in with_nodes[kind]:
                for fault in item.function(part, at, nodes):
                    kept = kept or Kept(limit)
                    _keep(kept, item, fault)
    return kept.findings() if kept is not None else []


def _run_far(chosen: tuple[Chosen, Chosen], far: Far, at: Pointer, nodes: NodeView, kept: Kept) -> Kept:
    """Run the rules of a part twice: what the document alone shows is told of it alone, else what the nodes show."""
    alone, with_nodes = chosen
    for item in alone.get(far.part, ()):
        if near := list(item.function(far.near, at)):
            for fault in near:
                _keep(kept, item, fault)
        else:
            for fault in item.function(far.full, at):
                _keep(kept, item, fault, Level.HIERARCHY)
    for item in with_nodes.get(far.part, ()):
        for fault in item.function(far.full, at, nodes):
            _keep(kept, item, fault)
    return kept


def _keep(kept: Kept, item: Rule, fault: Fault, level: Level | None = None) -> None:
    if kept.has_room(item.severity):
        kept.add(_finding(item, fault, level or item.level))
    else:
        kept.skip(item.severity)


def _finding(item: Rule, fault: Fault, level: Level) -> Finding:
    return Finding(
        rule=item.id,
        severity=item.severity,
        level=level,
        pointer=fault.pointer,
        message=fault.message,
        hint=fault.hint,
        section=item.section,
    )
