"""What stands above a place where metadata is written: an array that it lies in, groups that repeat what is below."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.decode import decode
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.source import read_file
from zarr_spaces.errors import StoreError
from zarr_spaces.store.files import DEPTH_LIMIT, METADATA, is_file

if TYPE_CHECKING:
    from pathlib import Path

_OLD_ARRAY = ".zarray"
_CONSOLIDATED = b'"consolidated_metadata"'


def array_above(folder: Path) -> Path | None:
    """Return the array that a folder lies in; the nearest node above tells."""
    for parent in islice(folder.parents, DEPTH_LIMIT):
        if is_file(parent / _OLD_ARRAY):
            return parent
        if is_file(parent / METADATA):
            try:
                node, _ = decode(read_file(parent / METADATA, DEFAULT.size))
            except StoreError:  # what may not be read is no part of the store
                return None
            return parent if isinstance(node, dict) and node.get("node_type") == "array" else None
    return None


def copies_above(folder: Path) -> list[str]:
    """Return the groups above a folder that repeat the metadata of the nodes below them."""
    found: list[str] = []
    for parent in islice(folder.parents, DEPTH_LIMIT):
        file = parent / METADATA
        try:
            if is_file(file) and _repeats(read_file(file, DEFAULT.size)):
                found.append(str(parent))
        except StoreError:  # what may not be read is no part of the store
            continue
    return found


def _repeats(metadata: bytes) -> bool:
    """Tell whether a group repeats what is below; most do not have the word, and need not be decoded."""
    if _CONSOLIDATED not in metadata:
        return False
    node, _ = decode(metadata)
    return isinstance(node, dict) and isinstance(node.get("consolidated_metadata"), dict)


def copies_above_node(node: Any) -> list[str]:
    """Return the groups above a node of the array library that repeat the metadata of the nodes below them."""
    import zarr

    parts = node.path.split("/") if node.path else []
    found: list[str] = []
    for depth in range(len(parts)):
        try:
            above = zarr.open_group(node.store, path="/".join(parts[:depth]), mode="r", zarr_format=3)
        except (OSError, ValueError):  # no group
            continue
        if above.metadata.consolidated_metadata is not None:
            found.append(str(above.store_path))
    return found
