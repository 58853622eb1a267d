"""The nodes of a store as their metadata describes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.decode import decode
from zarr_spaces.document.source import Opened
from zarr_spaces.errors import StoreError
from zarr_spaces.findings import Finding, Level, Severity, value_at
from zarr_spaces.paths import join_path
from zarr_spaces.store.files import DEPTH_LIMIT, METADATA, LocalFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Node:
    """One group or array."""

    path: str
    text: bytes
    """Its metadata file, as it is."""
    metadata: Mapping[str, Any]
    """Its metadata; empty where it cannot be understood."""
    findings: tuple[Finding, ...] = ()
    """Why its metadata cannot be understood."""

    @property
    def opened(self) -> Opened:
        """Its metadata as a document, so that it is not decoded again."""
        return Opened(self.metadata, self.findings, self.text)

    @property
    def kind(self) -> str:
        """``group``, ``array`` or ``unknown``."""
        kind = self.metadata.get("node_type")
        return kind if kind in ("group", "array") and self.metadata.get("zarr_format") == 3 else "unknown"

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Its attributes; empty where it has none."""
        attributes = self.metadata.get("attributes", {})
        return attributes if isinstance(attributes, dict) else {}

    @property
    def shape(self) -> tuple[int, ...] | None:
        """The shape of an array; None for anything else."""
        shape = self.metadata.get("shape")
        if self.kind != "array" or not isinstance(shape, list) or not all(type(size) is int for size in shape):
            return None
        return tuple(shape)


class Nodes:
    """The nodes of a store, each read once."""

    def __init__(self, files: LocalFiles) -> None:
        self.files = files
        self._known: dict[str, Node | None] = {}
        self._children: dict[str, list[str]] = {}

    def get(self, path: str) -> Node | None:
        """Return the node at a path below the root; None where there is none, or none that may be read."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def children(self, path: str) -> list[str]:
        """List the names of the nodes directly below a node, sorted."""
        if path not in self._children:
            self._children[path] = self.files.children(path)
        return self._children[path]

    def below(self, path: str = "") -> Iterator[Node]:
        """Yield the node at a path and the groups below it, parents first; arrays have no nodes below them."""
        waiting, seen = [path], set()
        while waiting:
            current = waiting.pop()
            node, identity = self.get(current), self.files.identity(current)
            if node is None or identity in seen:  # links may lead in circles
                continue
            seen.add(identity)
            yield node
            if node.kind != "array" and current.count("/") < DEPTH_LIMIT:
                names = [f"{current}/{name}" if current else name for name in self.children(current)]
                waiting += reversed(names)

    def _read(self, path: str) -> Node | None:
        try:
            text = self.files.metadata(path)
        except StoreError as error:
            return Node(path, b"", {}, (_unreadable(path, error.reason),))
        if text is None:
            return None
        metadata, findings = decode(text, self.files.limits)
        if not findings and not isinstance(metadata, dict):
            findings = (_unreadable(path, f"its {METADATA} is no JSON object"),)
        return Node(path, text, metadata if isinstance(metadata, dict) else {}, findings)


class View:
    """The other nodes of the store, seen from one group: what rules may ask (`NodeView`)."""

    def __init__(self, nodes: Nodes, base: str) -> None:
        self._nodes = nodes
        self._base = base

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        """Return the attributes of the group at a path relative to the base, None when there is no readable group."""
        node = self._get(path)
        return node.attributes if node is not None and node.kind == "group" else None

    def array(self, path: str) -> Mapping[str, Any] | None:
        """Return the metadata of the array at a path relative to the base, None when there is no readable array."""
        node = self._get(path)
        return node.metadata if node is not None and node.shape is not None else None

    def consolidated(self) -> Mapping[str, Any] | None:
        """Return the metadata of the nodes below as the base's own file repeats it, by path; None without any."""
        node = self._nodes.get(self._base)
        repeated = value_at(node.metadata if node is not None else {}, ("consolidated_metadata", "metadata"))
        return repeated if isinstance(repeated, dict) else None

    def has_file(self, path: str) -> bool:
        """Tell whether there is a file at a path relative to the base, inside the store."""
        folder, _, name = path.rpartition("/")
        target = join_path(self._base, folder)
        return target is not None and self._nodes.files.holds(target, name)

    def children(self, path: str) -> list[str]:
        """Return the names of the nodes directly below the group at a path relative to the base."""
        target = join_path(self._base, path)
        return self._nodes.children(target) if target is not None else []

    def _get(self, path: str) -> Node | None:
        target = join_path(self._base, path)
        return self._nodes.get(target) if target is not None else None


def _unreadable(path: str, reason: str) -> Finding:
    return Finding(
        rule="node-unreadable",
        severity=Severity.ERROR,
        level=Level.HIERARCHY,
        pointer=(),
        message=reason,
        node=path,
    )
