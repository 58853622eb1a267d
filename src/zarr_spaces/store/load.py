"""A graph from whatever a path leads to: a store, or a file with one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.document.reading import read
from zarr_spaces.errors import InvalidDocument, StoreError
from zarr_spaces.findings import Level, Report
from zarr_spaces.graph.build import build_graph
from zarr_spaces.quoting import quote
from zarr_spaces.store.describe import describe_reading
from zarr_spaces.store.files import METADATA, is_file
from zarr_spaces.store.store import open_store

if TYPE_CHECKING:
    import os

    from zarr_spaces.document.reading import Reading
    from zarr_spaces.graph.graph import SpaceGraph


def load_graph(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> SpaceGraph:
    """Build the graph of a store, or of the one document in a JSON file.

    Parameters
    ----------
    path : str or os.PathLike
        A folder, the ``zarr.json`` in it, or a file of any other name with one document.
    limits : Limits
        How much is read.

    Examples
    --------
    >>> import tempfile
    >>> from zarr_spaces import image, write
    >>> cells = image("yx", name="cells", pixel_size=0.5, units="micrometer")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write(cells, folder)
    ...     load_graph(folder).transform({"path": "0"}, "physical", [[2, 4]])
    array([[1., 2.]])

    Raises
    ------
    StoreError
        If neither can be read, or the root of the store has no metadata.
    InvalidDocument
        If nothing in the root document is usable.
    """
    if is_document(path):
        document = _usable(read(Path(path), limits))
        return build_graph(lambda node: None if node else document)
    store = open_store(path, limits=limits)
    root = store.read()
    if root is None:
        report = store.check(Level.SCHEMA)
        if not report.valid:
            raise InvalidDocument(report)
        groups = ", ".join(quote(node.path) for node in store.groups()[:6])
        raise StoreError(str(path), f"the root has no metadata of a known kind; groups below that have it: {groups}")
    _usable(root)
    return store.graph


def _usable(reading: Reading) -> Reading:
    if not reading.is_usable:
        raise InvalidDocument(Report(reading.findings, level=Level.SCHEMA, reached=Level.SCHEMA))
    return reading


def is_document(path: str | os.PathLike[str]) -> bool:
    """Tell whether a path leads to a file with one document, rather than to a store.

    A file called ``zarr.json`` stands for the store around it.
    """
    return Path(path).name != METADATA and is_file(Path(path))


def describe(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> list[dict[str, Any]]:
    """Describe every group of a store that has metadata, or the one document in a JSON file.

    `limits` say how much of each document is read.

    Raises
    ------
    StoreError
        If neither can be read.
    InvalidDocument
        If there is no metadata at all.
    """
    if is_document(path):
        return [describe_reading("", _usable(read(Path(path), limits)))]
    store = open_store(path, limits=limits)
    found = [(node.path, store.read(node.path)) for node in store.groups()]
    readings = [(node, reading) for node, reading in found if reading is not None]
    if not any(reading.is_usable for _, reading in readings):
        raise InvalidDocument(store.check(Level.SCHEMA))
    return [describe_reading(node, reading, store.nodes) for node, reading in readings]
