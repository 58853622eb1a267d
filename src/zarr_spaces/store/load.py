"""A graph from whatever a path leads to: a store, or a file with one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.document.reading import read
from zarr_spaces.errors import InvalidDocument, StoreError
from zarr_spaces.findings import Report, quote
from zarr_spaces.graph.build import build_graph
from zarr_spaces.store.describe import describe_reading
from zarr_spaces.store.files import METADATA, is_file
from zarr_spaces.store.store import open_store

if TYPE_CHECKING:
    import os

    from zarr_spaces.document.reading import Reading
    from zarr_spaces.graph.graph import SpaceGraph


def load_graph(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> SpaceGraph:
    """Build the graph of a store, or of the one document in a JSON file, of which `limits` say how much is read.

    Raises
    ------
    StoreError
        If neither can be read, or the root of the store has no metadata.
    InvalidDocument
        If nothing in the root document is usable.
    """
    if is_document(path):
        reading: Reading | None = read(Path(path), limits)
        graph = build_graph(lambda node: None if node else reading)
    else:
        store = open_store(path, limits=limits)
        reading = store.read()
        graph = store.graph
        if reading is None or not reading.is_usable:
            report = store.check("schema")
            if not report.valid:
                raise InvalidDocument(report)
            groups = ", ".join(quote(node.path) for node in store.groups()[:6])
            raise StoreError(
                str(path), f"the root has no metadata of a known kind; groups below that have it: {groups}"
            )
    if reading is None or not reading.is_usable:
        raise InvalidDocument(Report(reading.findings if reading is not None else ()))
    return graph


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
        reading = read(Path(path), limits)
        if not reading.is_usable:
            raise InvalidDocument(Report(reading.findings))
        return [describe_reading("", reading)]
    store = open_store(path, limits=limits)
    found = [(node.path, store.read(node.path)) for node in store.groups()]
    readings = [(node, reading) for node, reading in found if reading is not None]
    if not any(reading.is_usable for _, reading in readings):
        raise InvalidDocument(store.check("schema"))
    return [describe_reading(node, reading, store.nodes) for node, reading in readings]
