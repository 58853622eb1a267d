"""The files of a local store, none of them outside its folder."""

from __future__ import annotations

import os
from pathlib import Path

from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.document.source import read_file
from zarr_spaces.errors import StoreError

METADATA = "zarr.json"
ZARR_2 = (".zgroup", ".zarray", ".zattrs", ".zmetadata")  # what lies in the nodes of the older format
DEPTH_LIMIT = 32  # levels of groups below the root; a plate with labels has six


class LocalFiles:
    """Reads metadata below one folder; what a link leads out of the folder is not read."""

    def __init__(self, root: Path, limits: Limits = DEFAULT) -> None:
        self.root = root
        self.limits = limits
        self._real = os.path.realpath(root)
        self._below = os.path.join(self._real, "")  # noqa: PTH118 - text, as in _inside

    def metadata(self, path: str) -> bytes | None:
        """Return the metadata file of the node at a path as bytes, None where there is none.

        Raises
        ------
        StoreError
            If it is there but cannot or may not be read.
        """
        file = self._inside(path, METADATA)
        if file is None or not is_file(file):
            return None
        try:
            return read_file(file, self.limits.size)
        except StoreError as error:
            raise StoreError(self.shown(path), f"its {METADATA} cannot be read: {error.reason}") from error

    def children(self, path: str) -> list[str]:
        """List the names of the nodes directly below a node, sorted."""
        folder = self._inside(path)
        try:
            entries = sorted(folder.iterdir()) if folder is not None else []
        except OSError:
            return []
        # A link that leads out is named, so that it is not called missing; it is not followed.
        return [
            entry.name
            for entry in entries
            if entry.is_symlink() or self.holds(f"{path}/{entry.name}" if path else entry.name, METADATA)
        ]

    def identity(self, path: str) -> str:
        """Return what two paths to one folder, by links, have in common."""
        return os.path.realpath(os.path.join(self._real, path))  # noqa: PTH118 - text, as in _inside

    def leads_back(self, path: str) -> bool:
        """Tell whether a path passes the same folder twice, by a link to one of the folders above it."""
        parts = path.split("/") if path else []
        folders = [self.identity("/".join(parts[:depth])) for depth in range(len(parts) + 1)]
        return len(set(folders)) < len(folders)

    def holds(self, path: str, name: str) -> bool:
        """Tell whether a file of this name stands beside a node's metadata."""
        file = self._inside(path, name)
        return file is not None and is_file(file)

    def shown(self, path: str) -> str:
        """Write a node for people."""
        return str(self.root / path) if path else str(self.root)

    def _inside(self, *parts: str) -> Path | None:
        """Return the real path of what is there and inside the folder, else None."""
        # As text, and most is settled by asking whether it is there: a plate has thousands of nodes.
        asked = os.path.join(self._real, *parts)  # noqa: PTH118 - paths as objects take ten times as long
        try:
            if not os.path.lexists(asked):
                return None
            real = os.path.realpath(asked)
        except (OSError, ValueError):
            return None
        return Path(real) if os.path.join(real, "").startswith(self._below) else None  # noqa: PTH118 - as above


def is_file(path: Path) -> bool:
    """Tell whether this is a file that can be read to its end: no pipe, no device, no path that cannot be."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, or with a null character
        return False


def is_folder(path: Path) -> bool:
    """Tell whether this is a folder, whatever the path holds."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
