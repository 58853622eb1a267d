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
from zarr_spaces.document.limits import DEFAULT, holds_more, how_to_raise
from zarr_spaces.document.locate import locate
from zarr_spaces.errors import StoreError
from zarr_spaces.findings import Finding, Level, Report, Severity, sort_findings
from zarr_spaces.model import Model, TooLarge
from zarr_spaces.rules.rule import run_rules
from zarr_spaces.schemas import is_compiled, validator
from zarr_spaces.versions import chosen_rules, dumper, loader, parts_of, version_of_object
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.rule import NodeView
    from zarr_spaces.versions import SpecVersion

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
        If `source` is of no kind that can hold a document.
    """
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
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            return Opened(None, (_unwritable(error),))
    if is_compiled() and is_harmless(source, limits):
        return Opened(source)
    return Opened(*plain(source, limits))


def judge(source: object, level: Level, nodes: NodeView | None, limits: Limits = DEFAULT) -> Judged:
    """Check a source as far as `level` and `nodes` allow."""
    # The quick way knows the usual limits only.
    if type(source) is dict and limits is DEFAULT and (judged := _judge_sound(source, level, nodes)) is not None:
        return judged
    return _judge(source, level, nodes, limits)


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
    findings, reached = _apply(version, document, level, nodes, DEFAULT)
    if findings:
        findings = list(_placed(findings, detected, None))
    return Judged(Report(sort_findings(findings), version.key, level, reached), document)


def _judge(source: object, level: Level, nodes: NodeView | None, limits: Limits) -> Judged:
    opened = open_source(source, limits)
    if opened.findings:
        return Judged(Report(sort_findings(opened.findings), level=level, reached=Level.SCHEMA), None)
    detected = detect(opened.value)
    if fault := too_many(detected, opened.text, limits):
        return Judged(Report((fault,), level=level, reached=Level.SCHEMA), None)
    try:
        findings, document, reached = _examine(detected, level, nodes, limits)
    except (ValueError, OverflowError, RecursionError):
        # The validator and the codec refuse Python's other types without saying where: normalise, or name them all.
        value, foreign = plain(opened.value, limits)
        if foreign:
            return Judged(Report(sort_findings(foreign), level=level, reached=Level.SCHEMA), None)
        detected = detect(value)
        try:
            findings, document, reached = _examine(detected, level, nodes, limits)
        except (ValueError, OverflowError, RecursionError) as error:
            return Judged(Report((refused(error),), level=level, reached=Level.SCHEMA), None)
    if findings:
        findings = list(_placed(findings, detected, opened.text))
    version = detected.version
    return Judged(Report(sort_findings(findings), version.key if version else None, level, reached), document)


def _looks_like_path(text: str) -> bool:
    return len(text) < 1000 and text.lstrip()[:1] not in ("{", "[", '"') and ("/" in text or text.endswith(".json"))


def _unwritable(error: Exception) -> Finding:
    hint = "an attribute holds a value of another type than its class declares"
    return _whole("object-malformed", f"the typed object cannot be written as JSON: {error}", hint)


def too_many(detected: Detected, text: object, limits: Limits) -> Finding | None:
    """Refuse attributes with more values than a validator is given."""
    limit = limits.judged_values
    # Two bytes are the least that a value takes in a text.
    if isinstance(text, str | bytes) and len(text) <= 2 * limit:
        return None
    if detected.version is None or not holds_more(detected.attributes, limit):
        return None
    hint = f"split the document, or {how_to_raise('values')}"
    hint += "" if is_compiled() else "; with jsonschema-rs installed more are taken"
    return _whole("json-size", f"more than {limit:,} values", hint, detected.at)


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


def _examine(
    detected: Detected, level: Level, nodes: NodeView | None, limits: Limits
) -> tuple[list[Finding], OmeZarr | None, Level]:
    version = detected.version
    if version is None:
        return [detected.finding] if detected.finding is not None else [], None, Level.SCHEMA
    if faults := schema_findings(version.schema, detected.attributes, limits.findings):
        return faults, None, Level.SCHEMA
    document: Any = loader(version)(detected.attributes)
    findings, reached = _apply(version, document, level, nodes, limits)
    return findings, document, reached


def _apply(
    version: SpecVersion, document: Any, level: Level, nodes: NodeView | None, limits: Limits
) -> tuple[list[Finding], Level]:
    """Run the version's rules over a typed document; tell also how far they went."""
    if level is Level.SCHEMA:
        return [], Level.SCHEMA
    chosen, reached = chosen_rules(version, level, nodes is not None)
    return run_rules(chosen, parts_of(version)(document, nodes is not None), nodes, limits.findings), reached


def _placed(findings: Iterable[Finding], detected: Detected, text: str | bytes | None) -> Iterable[Finding]:
    """Let pointers start at the root of what was given, and add positions where that was text."""
    moved = [
        finding if finding is detected.finding else dataclasses.replace(finding, pointer=detected.at + finding.pointer)
        for finding in findings
    ]
    if text is None:
        return moved
    positions = locate(text, {finding.pointer for finding in moved}, strict=True)
    return [dataclasses.replace(finding, position=positions.get(finding.pointer)) for finding in moved]
