"""Small pyramids of the Zarr multiscales convention, and hierarchies of groups and arrays around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.rules.groups import Found, Groups
from zarr_spaces import Finding, Level, check

LAYOUT = "/multiscales/layout"
TRANSFORM = [10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0]
"""Pixels of ten metres."""


class Hierarchy(Groups):
    """Groups and arrays by path, and what the group that is looked at repeats of them."""

    def __init__(self, nodes: Mapping[str, Mapping[str, Any]], copied: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {path: node.get("attributes", {}) for path, node in nodes.items() if node["node_type"] == "group"},
            {path: node for path, node in nodes.items() if node["node_type"] == "array"},
        )
        self.copied = copied

    def consolidated(self) -> Mapping[str, Any] | None:  # type: ignore[override]
        return self.copied


def level(group: str, source: str | None = None, **members: Any) -> dict[str, Any]:
    return {"group": group} | ({"from_group": source} if source is not None else {}) | members


def pyramid(*levels: dict[str, Any], proj: Mapping[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """The attributes of a group with these levels; with `proj`, they are placed as that says."""
    document: dict[str, Any] = {"multiscales": {"version": "0.1.0", "layout": list(levels)} | members}
    return document | (geo(**proj) if proj is not None else {})


def scaled(*scales: Sequence[float] | None, chained: bool = False) -> list[dict[str, Any]]:
    """Levels called 0, 1, ... of these scales; with `chained`, each made from the one before."""
    levels = []
    for index, scale in enumerate(scales):
        source = str(index - 1) if chained and index else None
        levels.append(level(str(index), source, **({"scale": scale} if scale is not None else {})))
    return levels


def geo(**members: Any) -> dict[str, Any]:
    return {"geo": {"proj": {"version": "0.1", "code": "EPSG:32633"} | members}}


def group(**attributes: Any) -> dict[str, Any]:
    return {"zarr_format": 3, "node_type": "group", "attributes": attributes}


def array(*shape: int, names: str | Sequence[str | None] | None = "yx", **members: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"zarr_format": 3, "node_type": "array", "shape": list(shape), "data_type": "uint8"}
    return known | ({"dimension_names": list(names)} if names is not None else {}) | members


def stacked(*levels: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Groups called 0, 1, ... with these arrays."""
    nodes: dict[str, Any] = {}
    for index, arrays in enumerate(levels):
        nodes[str(index)] = group()
        nodes |= {f"{index}/{name}": node for name, node in arrays.items()}
    return nodes


def shapes(*sizes: Sequence[int], names: str | Sequence[str | None] | None = "yx") -> Hierarchy:
    """Levels with one array of these shapes."""
    return Hierarchy(stacked(*({"data": array(*size, names=names)} for size in sizes)))


def findings(
    document: dict[str, Any], rule: str, nodes: Groups | None = None, level: Level = Level.ARRAYS
) -> list[Finding]:
    report = check(document, level=level, nodes=nodes)
    assert not [finding for finding in report if finding.level is Level.SCHEMA], str(report)
    return [finding for finding in report if finding.rule == rule]


def places(document: dict[str, Any], rule: str, nodes: Groups | None = None, level: Level = Level.ARRAYS) -> list[str]:
    return [finding.json_pointer.removeprefix(LAYOUT) for finding in findings(document, rule, nodes, level)]


def said(document: dict[str, Any], rule: str, nodes: Groups | None = None) -> Found:
    """Return message and hint of what one rule finds."""
    return [(finding.message, finding.hint or "") for finding in findings(document, rule, nodes)]
