"""The files of a local store, none of them outside its folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from zarr_spaces.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA = "zarr.json"
SIZE_LIMIT = 256 * 2**20  # bytes; the metadata of one node is kilobytes, a consolidated large plate tens of megabytes
DEPTH_LIMIT = 32  # levels of groups below the root; a plate with labels has six


class LocalFiles:
    """Reads metadata below one folder; what a link leads out of the folder is not read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = Path(os.path.realpath(root))

    def metadata(self, path: str) -> bytes | None:
        """Return the metadata file of the node at a path as bytes, None where there is none.

        Raises
        ------
        StoreError
            If it is there but cannot or may not be read.
        """
        file = self._inside(path, METADATA)
        try:
            if file is None or not file.is_file():
                return None
            if (size := file.stat().st_size) > SIZE_LIMIT:
                raise StoreError(
                    self.shown(path), f"its {METADATA} has {size} bytes, more than the limit of {SIZE_LIMIT}"
                )
            return file.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            if isinstance(error, StoreError):
                raise
            raise StoreError(self.shown(path), getattr(error, "strerror", None) or str(error)) from error

    def children(self, path: str) -> Iterator[str]:
        """Yield the names of the nodes directly below a node, sorted; links out of the store are passed over."""
        folder = self._inside(path)
        try:
            names = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir()) if folder is not None else []
        except OSError:
            return
        for name in names:
            below = f"{path}/{name}" if path else name
            file = self._inside(below, METADATA)
            if file is not None and file.is_file():
                yield name

    def holds(self, path: str, name: str) -> bool:
        """Tell whether a file of this name stands beside a node's metadata."""
        file = self._inside(path, name)
        return file is not None and file.is_file()

    def shown(self, path: str) -> str:
        """Write a node for people."""
        return str(self.root / path) if path else str(self.root)

    def _inside(self, *parts: str) -> Path | None:
        try:
            real = Path(os.path.realpath(self._real.joinpath(*parts)))
        except (OSError, ValueError):
            return None
        return real if real.is_relative_to(self._real) else None
