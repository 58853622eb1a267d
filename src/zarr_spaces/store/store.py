"""A store: its documents checked together, and the graph of its coordinate systems."""

from __future__ import annotations

import dataclasses
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.detect import holds_geo_proj, holds_metadata, unfit_node
from zarr_spaces.document.judging import judge
from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.document.reading import Reading, read, reading_of
from zarr_spaces.errors import StoreError
from zarr_spaces.findings import Finding, Level, Report, Severity, sort_findings
from zarr_spaces.graph.build import build_graph, reachable_documents
from zarr_spaces.kept import Kept
from zarr_spaces.layout import levels_of, variables_of_groups
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.store.files import METADATA, ZARR_2, LocalFiles, is_file, is_folder
from zarr_spaces.store.nodes import Node, Nodes, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from zarr_spaces.graph.graph import SpaceGraph
    from zarr_spaces.graph.space import SpaceLike
    from zarr_spaces.layout import PyramidLevel


_ATTRIBUTES = "attributes"  # member of a Zarr v3 node, not of any schema of ours


class Store:
    """A Zarr hierarchy on a local disk.

    Metadata is read once, when it is first asked for; a store that changes on disk is opened anew.

    Examples
    --------
    >>> import tempfile
    >>> from zarr_spaces import multiscale_layout, open_store, write
    >>> layout = multiscale_layout("yx", factors=[2, 4], resampling_method="average")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write(layout, folder)
    ...     store = open_store(folder)
    ...     report = store.check("schema")
    ...     print(report, [level.scale for level in store.levels()])
    ...     store.transform("2", "0", [[1, 2]])
    valid [(1.0, 1.0), (2.0, 2.0), (4.0, 4.0)]
    array([[4., 8.]])
    """

    def __init__(self, root: Path, limits: Limits = DEFAULT) -> None:
        self.root = root
        self.limits = limits
        self.nodes: Nodes = Nodes(LocalFiles(root, limits))
        self._readings: dict[str, Reading | None] = {}

    def check(self, level: Level | str = Level.ARRAYS, *, strict: bool = False) -> Report:
        """Judge the metadata of every group that has some, and how they fit together.

        Parameters
        ----------
        level : Level
            How far to look. `Report.reached` says how far the rules of this release go.
        strict : bool
            Whether to count warnings as errors, see `Report.strict`.

        Returns
        -------
        Report
            Findings carry the path of their node; pointers lead into that node's ``zarr.json``.

        Raises
        ------
        ValueError
            If there is no such level.
        """
        level = Level(level)
        findings: list[Finding] = []
        versions: list[str] = []
        reached = Level.SCHEMA
        for node in self._judged():
            if fault := _unfit(node):
                findings.append(fault)
            elif node.findings:
                findings += (dataclasses.replace(finding, node=node.path) for finding in node.findings)
            elif node.path == "" or _is_described(node):
                view = View(self.nodes, node.path) if level.includes(Level.HIERARCHY) else None
                report, documents = judge(node.opened, level, view, self.limits)
                is_sound = not any(finding.level is Level.SCHEMA for finding in report)
                if is_sound:
                    self._readings.setdefault(node.path, reading_of(documents, (_ATTRIBUTES,)))
                findings += (dataclasses.replace(finding, node=node.path) for finding in report.findings)
                versions += report.versions
                reached = max(reached, report.reached, key=lambda found: found.depth)
        if versions:
            # A folder of images is no fault of theirs.
            findings = [_softened(finding) for finding in findings]
        kept = Kept(self.limits.findings)
        for finding in findings:
            kept.add(finding)
        report = Report(sort_findings(kept.findings()), tuple(dict.fromkeys(versions)), level, reached)
        return report.strict() if strict else report

    def _judged(self) -> Iterator[Node]:
        """Yield the nodes below the root, and those that metadata refers to through folders that are no nodes."""
        seen = set()
        for node in self.nodes.below():
            seen.add(self.nodes.files.identity(node.path))
            yield node
        reachable_documents(self.read)
        for path in sorted(self._readings):
            node_there = self.nodes.get(path)
            if node_there is not None and self.nodes.files.identity(path) not in seen:
                yield node_there

    def read(self, path: str = "") -> Reading | None:
        """Read what can be read of the metadata at a node path; None where there is no node with such metadata."""
        if path not in self._readings:
            node = self.nodes.get(path)
            usable = node is not None and _is_described(node) and not self.nodes.files.leads_back(path)
            self._readings[path] = read(node.opened, self.limits) if node is not None and usable else None
        return self._readings[path]

    def levels(self, path: str = "") -> tuple[PyramidLevel, ...]:
        """List the levels of the Zarr multiscales pyramid at a node path, see `levels_of`.

        Raises
        ------
        StoreError
            If there is no pyramid that can be read.
        """
        reading = self.read(normalise_path(path))
        if reading is None or reading.layout is None:
            raise StoreError(self.nodes.files.shown(path), "there is no pyramid of the Zarr multiscales convention")
        return levels_of(reading.layout.multiscales)

    def variables(self, path: str = "") -> dict[str, dict[str, Mapping[str, Any]]]:
        """Find the variables of a pyramid: for the group of each level, the metadata of its arrays, by name.

        Where the pyramid's group repeats the metadata below it (consolidated metadata), nothing else is read. Arrays
        that hold the coordinates of a dimension, or a single value, are left out.

        Raises
        ------
        StoreError
            As `levels`.
        """
        groups = [normalise_path(level.group) for level in self.levels(path) if leads_below(level.group)]
        return variables_of_groups(groups, View(self.nodes, normalise_path(path)))

    @cached_property
    def graph(self) -> SpaceGraph:
        """The coordinate systems and arrays of the root and of every image that it refers to."""
        return build_graph(self.read, lambda path: View(self.nodes, path))

    def transform(
        self, source: SpaceLike, target: SpaceLike, points: ArrayLike, out: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Map points from one space of the store to another, see `SpaceGraph.transform`."""
        return self.graph.transform(source, target, points, out)

    def explain(self, source: SpaceLike, target: SpaceLike) -> str:
        """List the hops between two spaces of the store, see `SpaceGraph.explain`."""
        return self.graph.explain(source, target)

    def groups(self) -> list[Node]:
        """List the nodes that have metadata of a known specification, the root first."""
        return [node for node in self.nodes.below() if _is_described(node)]

    def __repr__(self) -> str:
        return f"Store({str(self.root)!r})"


def open_store(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> Store:
    """Open the Zarr hierarchy below a folder; nothing but its metadata is read.

    Parameters
    ----------
    path : str or os.PathLike
        The folder with the root's ``zarr.json``. Any group of a hierarchy can be the root; nothing above it is read.
    limits : Limits
        How much is read of each node's metadata, and how many findings a check tells.

    Examples
    --------
    >>> import tempfile
    >>> from zarr_spaces import image, write
    >>> cells = image("yx", name="cells", pixel_size=0.5, units="micrometer")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write(cells, folder)
    ...     print(open_store(folder).check("hierarchy"))
    error: /attributes/ome/multiscales/0/datasets/0/path: no readable Zarr array at '0' [dataset-arrays-exist]
      ...

    Raises
    ------
    StoreError
        If there is no Zarr v3 node.
    TypeError
        If `path` is no path, such as a group that the Zarr library has opened.
    """
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"open_store takes the path of a local folder, not a {type(path).__name__}")
    if "://" in str(path):
        raise StoreError(str(path), "only folders on a local disk are read by this release, no URLs")
    root = Path(path)
    if root.name == METADATA and is_file(root):
        root = root.parent
    if not is_folder(root):
        reason = (
            f"it is a file; a store is a folder with a {METADATA}"
            if is_file(root)
            else "there is no such file or folder"
        )
        raise StoreError(str(root), reason)
    files = LocalFiles(root)
    if not files.holds("", METADATA):
        if any(files.holds("", name) for name in ZARR_2):
            raise StoreError(str(root), "a Zarr v2 node, as of OME-Zarr 0.4; this release reads Zarr v3")
        raise StoreError(str(root), f"there is no {METADATA} in it, so it is no Zarr v3 node")
    return Store(root, limits)


def _is_described(node: Node) -> bool:
    """Tell whether a node has metadata that this release knows; of it, arrays may have but geo.proj."""
    if node.kind == "array":
        return holds_geo_proj(node.attributes)
    return node.kind == "group" and holds_metadata(node.attributes)


def _softened(finding: Finding) -> Finding:
    """Lower the severity of a root without metadata to a remark, where groups below it have some."""
    if finding.node or finding.rule != "metadata-missing":
        return finding
    hint = "the metadata of the groups below was checked"
    return dataclasses.replace(finding, severity=Severity.INFO, hint=hint)


def _unfit(node: Node) -> Finding | None:
    """Say why metadata that is sound JSON cannot be that of a node with metadata of a known kind."""
    if node.findings or (node.kind == "array" and node.path):
        return None
    fault = unfit_node(node.metadata)
    return dataclasses.replace(fault, node=node.path) if fault is not None else None
