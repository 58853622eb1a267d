"""The way of a document: open, detect, schema, codec, rules."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import OME
from zarr_spaces.document.decode import decode
from zarr_spaces.document.detect import Detected, detect
from zarr_spaces.document.gate import is_harmless, plain
from zarr_spaces.document.locate import locate
from zarr_spaces.errors import StoreError
from zarr_spaces.findings import Finding, Level, Report, Severity, sort_findings
from zarr_spaces.model import Model
from zarr_spaces.rules.rule import run_rules
from zarr_spaces.schemas import is_compiled
from zarr_spaces.versions import dumper, loader, parts_of, rules_of, version_of_object
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces.rules.rule import NodeView

SIZE_LIMIT = 64 * 2**20  # bytes; the metadata of one node is kilobytes, a consolidated large plate tens of megabytes

Source = str | bytes | os.PathLike[str] | Mapping[str, Any] | Model
"""JSON text, a path to a file of it, its decoded form, or a typed object."""


class Opened(NamedTuple):
    """A source as plain JSON values, or why it is none."""

    value: Any
    findings: tuple[Finding, ...] = ()
    text: str | bytes | None = None
    """The text that it was read from, if it was."""


class Judged(NamedTuple):
    """What a check yields: the report, and the typed document where the schema accepts it."""

    report: Report
    document: OmeZarr | None
    """None where the schema refuses it."""


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
        if status.st_size > limit:
            raise StoreError(str(path), f"it has {status.st_size} bytes, more than the limit of {limit}")
        return path.read_bytes()
    except StoreError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise StoreError(str(path), getattr(error, "strerror", None) or str(error)) from error


def open_source(source: object) -> Opened:
    """Bring a source into the form of plain JSON values.

    Raises
    ------
    StoreError
        If a file cannot be read.
    TypeError
        If `source` is of no kind that can hold a document.
    """
    if isinstance(source, os.PathLike):
        source = read_file(Path(source), SIZE_LIMIT)
    if isinstance(source, str | bytes | bytearray | memoryview):
        text = source if isinstance(source, str) else bytes(source)
        value, findings = decode(text)
        if findings and isinstance(source, str) and _looks_like_path(source):
            findings = (
                dataclasses.replace(findings[0], hint="a str is read as JSON text; for a file pass a pathlib.Path"),
            )
        return Opened(value, findings, text)
    if isinstance(source, Model):
        version = version_of_object(source)
        if version is None:
            raise TypeError(f"{type(source).__name__} is only a part of a document; check the whole")
        try:
            source = dumper(version)(source)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            return Opened(None, (_unwritable(error),))
    if is_compiled() and is_harmless(source):
        return Opened(source)
    return Opened(*plain(source))


def judge(source: object, level: Level, nodes: NodeView | None) -> Judged:
    """Check a source as far as `level` and `nodes` allow."""
    opened = open_source(source)
    if opened.findings:
        return Judged(Report(sort_findings(opened.findings), level=level, reached=Level.SCHEMA), None)
    detected = detect(opened.value)
    try:
        findings, document, reached = _examine(detected, level, nodes)
    except (ValueError, OverflowError, RecursionError):
        # The validator and the codec refuse Python's other types without saying where: normalise, or name them all.
        value, foreign = plain(opened.value)
        if foreign:
            return Judged(Report(sort_findings(foreign), level=level, reached=Level.SCHEMA), None)
        detected = detect(value)
        try:
            findings, document, reached = _examine(detected, level, nodes)
        except (ValueError, OverflowError, RecursionError) as error:
            return Judged(Report((refused(error),), level=level, reached=Level.SCHEMA), None)
    if findings:
        findings = list(_placed(findings, detected, opened.text))
    version = detected.version
    notes = _notes(detected) if document is not None else ()
    placed = sort_findings(findings) if findings else ()
    return Judged(Report(placed, version.key if version else None, level, reached, notes), document)


def _looks_like_path(text: str) -> bool:
    return len(text) < 1000 and text.lstrip()[:1] not in ("{", "[", '"') and ("/" in text or text.endswith(".json"))


def _unwritable(error: Exception) -> Finding:
    return Finding(
        rule="object-malformed",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=(),
        message=f"the typed object cannot be written as JSON: {error}",
        hint="an attribute holds a value of another type than its class declares",
    )


def refused(error: Exception) -> Finding:
    """Say what the validator's own refusal to look at a value means."""
    deep = isinstance(error, RecursionError)
    return Finding(
        rule="json-depth" if deep else "json-number-size",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=(),
        message="nested too deeply for the validator at hand" if deep else f"the validator refuses a value: {error}",
        hint="install jsonschema-rs, which takes more" if deep else "use a smaller number",
    )


def _examine(detected: Detected, level: Level, nodes: NodeView | None) -> tuple[list[Finding], OmeZarr | None, Level]:
    version = detected.version
    if version is None:
        return [detected.finding] if detected.finding is not None else [], None, Level.SCHEMA
    if faults := schema_findings(version.schema, detected.attributes):
        return faults, None, Level.SCHEMA
    document: Any = loader(version)(detected.attributes)
    if level is Level.SCHEMA:
        return [], document, Level.SCHEMA
    rules = rules_of(version)
    reached = Level.DOCUMENT
    if nodes is not None:
        reached = max((rule.level for rule in rules if level.includes(rule.level)), key=lambda found: found.depth)
    return run_rules(rules, parts_of(version)(document), level, nodes), document, reached


def _placed(findings: Iterable[Finding], detected: Detected, text: str | bytes | None) -> Iterable[Finding]:
    """Let pointers start at the root of what was given, and add positions where that was text."""
    moved = [
        finding if finding is detected.finding else dataclasses.replace(finding, pointer=detected.at + finding.pointer)
        for finding in findings
    ]
    if text is None:
        return moved
    positions = locate(text, {finding.pointer for finding in moved})
    return [dataclasses.replace(finding, position=positions.get(finding.pointer)) for finding in moved]


def _notes(detected: Detected) -> tuple[str, ...]:
    version = detected.version
    if version is None:
        return ()
    metadata = detected.attributes[OME]
    return tuple(f"{name} is not looked into by this release" for name in version.unchecked if name in metadata)
