"""Replacing a file as a whole: whoever looks sees the old one or the new one, even after a crash."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import TYPE_CHECKING

from zarr_spaces.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Write a file anew or for the first time; one that is there keeps its mode.

    Raises
    ------
    StoreError
        If it cannot be written. Then what was there is there still.
    """
    # Beside the file, and so on the same device, where a rename is one step.
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(8)}.tmp")
    try:
        mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
        try:
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(file)
        except BaseException:  # an interrupt from the keyboard as well
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(str(file), f"it cannot be written: {error.strerror or error}") from error
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Let the new name of the file outlast a crash, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
