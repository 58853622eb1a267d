"""The way of a document: open, detect, schema, codec, rules."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces.document.decode import decode
from zarr_spaces.document.detect import Detected, detect
from zarr_spaces.document.gate import is_harmless, plain
from zarr_spaces.document.locate import locate
from zarr_spaces.errors import StoreError
from zarr_spaces.findings import Finding, Level, Report, Severity, sort_findings
from zarr_spaces.model import Model
from zarr_spaces.rules.rule import run_rules
from zarr_spaces.schemas import is_compiled, validator
from zarr_spaces.versions import chosen_rules, dumper, loader, parts_of, version_of_object
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces.rules.rule import NodeView
    from zarr_spaces.versions import SpecVersion

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
    if type(source) is dict and (judged := _judge_sound(source, level, nodes)) is not None:
        return judged
    return _judge(source, level, nodes)


_SHALLOW = 8  # transformations inside each other that the quick way follows; deeper ones are measured first


def _judge_sound(source: dict[str, Any], level: Level, nodes: NodeView | None) -> Judged | None:
    """Judge decoded JSON that the schema accepts, in the least time; None for anything out of the ordinary.

    The typed object is built before the validator looks, because the building finds out cheaply what the validator
    must not be given: structures without end, text that is not Unicode, types that JSON does not have.
    """
    if not is_compiled():
        return None
    detected = detect(source)
    version = detected.version
    if version is None:
        return None
    try:
        document: Any = loader(version)(detected.attributes, _SHALLOW)
        if not validator(version.schema).is_valid(detected.attributes):
            return None
    except Exception:  # whatever it is, the careful way finds it again and says what it means
        return None
    findings, reached = _apply(version, document, level, nodes)
    if findings:
        findings = list(_placed(findings, detected, None))
    return Judged(Report(sort_findings(findings), version.key, level, reached), document)


def _judge(source: object, level: Level, nodes: NodeView | None) -> Judged:
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
    return Judged(Report(sort_findings(findings), version.key if version else None, level, reached), document)


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
    findings, reached = _apply(version, document, level, nodes)
    return findings, document, reached


def _apply(version: SpecVersion, document: Any, level: Level, nodes: NodeView | None) -> tuple[list[Finding], Level]:
    """Run the version's rules over a typed document; tell also how far they went."""
    if level is Level.SCHEMA:
        return [], Level.SCHEMA
    chosen, reached = chosen_rules(version, level, nodes is not None)
    return run_rules(chosen, parts_of(version)(document), nodes), reached


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
