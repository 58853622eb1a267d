"""Replacing a file as a whole: whoever looks sees the old one or the new one, even after a crash."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import time
from typing import TYPE_CHECKING

from zarr_spaces.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 10.0  # seconds to wait for another writer, who needs some milliseconds


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers of this package out of a folder, where the system can; the lock ends with the process.

    Raises
    ------
    StoreError
        If another one does not end.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > end:
                    reason = f"another process has been writing to it for {_PATIENCE:g} seconds"
                    raise StoreError(str(folder), reason) from error
                time.sleep(0.002)
            except OSError:  # a file system without locks
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


def replace_file(file: Path, data: bytes, *, is_new: bool = False) -> None:
    """Write a file anew, keeping its mode, or for the first time.

    With `is_new` there is none yet, and one that somebody else has made in the meantime is left as it is.

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
            if is_new:
                os.link(temporary, file)
                temporary.unlink()
            else:
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
