"""What a document may be given as, brought into the form of plain JSON values."""

from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces.document.decode import decode
from zarr_spaces.document.gate import is_harmless, plain
from zarr_spaces.document.limits import DEFAULT, how_to_raise
from zarr_spaces.errors import StoreError
from zarr_spaces.excerpt import holds_more
from zarr_spaces.findings import Finding, Level, Severity
from zarr_spaces.model import Model, TooLarge
from zarr_spaces.schemas import is_compiled
from zarr_spaces.versions import dumper, version_of_object

if TYPE_CHECKING:
    from zarr_spaces.document.detect import Detected
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Pointer


class Opened(NamedTuple):
    """A source as plain JSON values, or why it is none."""

    value: Any
    findings: tuple[Finding, ...] = ()
    text: str | bytes | None = None
    """The text that it was read from, if it was."""


def read_file(path: Path, limit: int) -> bytes:
    """Read a whole file of at most `limit` bytes.

    Raises
    ------
    StoreError
        If it cannot be read, or is no plain file: a pipe or a device may have no end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise StoreError(str(path), "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no plain file")
        length = status.st_size
        if length <= limit:
            data = path.read_bytes()
            if len(data) <= limit:
                return data
            length = len(data)
        reason = f"it has {length:,} bytes, more than the limit of {limit:,}: {how_to_raise('size')}"
        raise StoreError(str(path), reason)
    except StoreError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise StoreError(str(path), getattr(error, "strerror", None) or str(error)) from error


def open_source(source: object, limits: Limits = DEFAULT) -> Opened:
    """Bring a source into the form of plain JSON values.

    Raises
    ------
    StoreError
        If a file cannot be read.
    TypeError
        If `source` is a typed object that is only a part of a document.
    """
    if isinstance(source, Opened):
        return source
    if isinstance(source, os.PathLike):
        source = read_file(Path(source), limits.size)
    if isinstance(source, str | bytes | bytearray | memoryview):
        value, findings = decode(source, limits)
        if findings and isinstance(source, str) and _looks_like_path(source):
            findings = (
                dataclasses.replace(findings[0], hint="a str is read as JSON text; for a file pass a pathlib.Path"),
            )
        return Opened(value, findings, source if isinstance(source, str) else bytes(source))
    if isinstance(source, Model):
        version = version_of_object(source)
        if version is None:
            raise TypeError(f"{type(source).__name__} is only a part of a document; check the whole")
        try:
            source = dumper(version)(source)
        except (*MALFORMED, ValueError) as error:
            return Opened(None, (unwritable(error),))
    if is_compiled() and is_harmless(source, limits):
        return Opened(source)
    return Opened(*plain(source, limits))


def _looks_like_path(text: str) -> bool:
    return len(text) < 1000 and text.lstrip()[:1] not in ("{", "[", '"') and ("/" in text or text.endswith(".json"))


MALFORMED = (TypeError, KeyError, AttributeError)
"""What comes of writing a typed object that holds what its class does not declare."""


def unwritable(error: Exception) -> Finding:
    """Say that a typed object holds what its class does not declare."""
    found = error.args[0] if isinstance(error, KeyError) and error.args else None
    what = f"an object of the class {found.__name__} stands where it may not" if isinstance(found, type) else str(error)
    hint = "an attribute holds a value of another type than its class declares"
    return _whole("object-malformed", f"the typed object cannot be written as JSON: {what}", hint)


def too_many(detected: Detected, opened: Opened, limits: Limits) -> tuple[Finding, ...]:
    """Refuse attributes with more values than a validator is given."""
    limit, text = limits.judged_values, opened.text
    if text is not None and (limits.text_values <= limit or len(text) <= 2 * limit):
        return ()  # counted before, or too short: two bytes are the least that a value takes
    if not detected.versions or not holds_more(detected.attributes, limit):
        return ()
    hint = f"split the document, or {how_to_raise('values')}"
    hint += "" if is_compiled() else "; with jsonschema-rs installed more are taken"
    return (_whole("json-size", f"more than {limit:,} values", hint, detected.at),)


def refused(error: Exception) -> Finding:
    """Say what the validator's own refusal to look at a value means."""
    if isinstance(error, RecursionError):
        return _whole(
            "json-depth", "nested too deeply for the validator at hand", "install jsonschema-rs, which takes more"
        )
    if isinstance(error, TooLarge):
        return _whole("json-size", f"what no schema describes is {error}", "split the document")
    return _whole("json-number-size", f"the validator refuses a value: {error}", "use a smaller number")


def _whole(rule: str, message: str, hint: str, at: Pointer = ()) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, level=Level.SCHEMA, pointer=at, message=message, hint=hint)
