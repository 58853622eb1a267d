"""What is wrong with a text that is suspect or was refused: slow and precise, token by token."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from zarr_spaces.document.limits import MAX_DEPTH, how_to_raise
from zarr_spaces.document.locate import positions
from zarr_spaces.document.syntax import explain_fault
from zarr_spaces.document.tokens import Kind, walk
from zarr_spaces.findings import Finding, Level, Severity
from zarr_spaces.kept import left_out
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zarr_spaces.document.limits import Limits

MAX_NUMBER: Final = 400
"""Characters of one number: the largest float written out has 309 digits, and `int` refuses some thousands."""

_HINTS = {
    "json-depth": "Flatten the document: no metadata needs such depth, and many readers cannot take it.",
    "json-duplicate-key": "Remove or rename one of them; which one a reader takes is its own choice.",
    "json-encoding": "Save the file as UTF-8 without a byte order mark.",
    "json-not-a-number": 'JSON has finite numbers only: leave it out or, where allowed, write a string ("NaN").',
    "json-number-size": "Write the number with an exponent, or as a string.",
    "json-surrogate": r"Write both halves, as in \ud83d\ude00, or the character itself, in UTF-8.",
}
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_LONE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_UNIT = re.compile(  # pairs and other escapes match only to be stepped over
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[\ud800-\udfff])|\\."
)


class _Found:
    """Findings by offset; their positions are counted at the end, in one pass."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: list[tuple[int, Finding]] = []
        self.omitted = 0

    def has_room(self) -> bool:
        """Tell whether to word one more finding, or count it as omitted."""
        self.omitted += len(self.kept) > self.limit
        return len(self.kept) <= self.limit

    def add(self, rule: str, pointer: Sequence[str | int], at: int, message: str, hint: str = "") -> None:
        # A name that is no Unicode text could not be printed, so the pointer ends before it.
        steps = tuple(itertools.takewhile(lambda step: not _LONE.search(str(step)), pointer))
        hint = hint or _HINTS[rule]
        finding = Finding(
            rule=rule, severity=Severity.ERROR, level=Level.SCHEMA, pointer=steps, message=message, hint=hint
        )
        self.kept.append((at, finding))

    def placed(self, text: str) -> tuple[Finding, ...]:
        """Return the findings with their positions."""
        if self.omitted:  # then the last place, of which the first is kept, stands for all of them
            at, first = self.kept[self.limit]
            self.kept[self.limit] = at, left_out(first, self.omitted + 1)
        where = positions(text, [at for at, _ in self.kept])
        return tuple(replace(finding, position=where[at]) for at, finding in self.kept)


def _scan(text: str, limits: Limits) -> tuple[Finding, ...]:
    found = _Found(limits.findings)
    path: list[str | int] = []  # a step for each open container; the root's is there, but means nothing
    names: list[set[str | int]] = []
    has_surrogates = _SURROGATE.search(text) is not None
    for kind, step, name_at, at, end in walk(text):
        if kind == Kind.CLOSE:
            del path[-1], names[-1]
            continue
        if kind < 0:
            # An item of an array that is not even begun is no place: its array is the innermost.
            begun = isinstance(step, str) or text[at : at + 1] not in {"", ",", "]", "}"}
            inside = kind == Kind.NO_COLON or (kind == Kind.NO_VALUE and begun)
            found.add("json-syntax", (*path, step)[1:] if inside else path[1:], *explain_fault(text, kind, step, at))
            break
        if name_at < at:
            if step in names[-1] and found.has_room():
                message = f"the member {quote(step)} stands in its object more than once"
                found.add("json-duplicate-key", (*path, step)[1:], name_at, message)
            names[-1].add(step)
        if has_surrogates and (lone := _lone_surrogate(text, name_at, end)) and found.has_room():
            found.add("json-surrogate", (*path, step)[1:], *lone)
        if kind == Kind.OPEN:
            path.append(step)
            names.append(set())
            if len(path) > limits.depth:
                message = f"nested deeper than {limits.depth} levels; what follows was not looked at"
                hint = "" if limits.depth == MAX_DEPTH else f"Flatten the document, or {how_to_raise('depth')}."
                found.add("json-depth", path[1:], at, message, hint)
                break
        elif kind == Kind.CONSTANT or (kind == Kind.NUMBER and end - at > 4):  # 1e309 is the shortest to overflow
            unfit = _unfit_number(text[at:end])
            if unfit and found.has_room():
                found.add(unfit[0], (*path, step)[1:], at, unfit[1])
    return found.placed(text)


def _lone_surrogate(text: str, at: int, end: int) -> tuple[int, str] | None:
    for unit in _SURROGATE_UNIT.finditer(text, at, end):
        if lone := unit[1]:
            shown = lone if len(lone) > 1 else f"\\u{ord(lone):04x}"
            return unit.start(), f"a string holds {shown}, one half of a surrogate pair, which is no character"
    return None


def _unfit_number(token: str) -> tuple[str, str] | None:
    if len(token) > MAX_NUMBER:
        return "json-number-size", f"a number of {len(token):,} characters; at most {MAX_NUMBER} are read"
    if token[-1] in "Ny":
        return "json-not-a-number", f"{token} is not a JSON number"
    if not token.lstrip("-").isdigit() and math.isinf(float(token)):
        return "json-not-a-number", f"{token[:60]} is beyond the range of a float and would become infinite"
    return None


_BOMS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_ZEROS = {(0, 1, 1, 1): "UTF-32", (1, 1, 1, 0): "UTF-32", (0, 1): "UTF-16", (1, 0): "UTF-16"}


def too_large(length: int, limits: Limits) -> tuple[Finding, ...]:
    """Say that a text has more bytes than are read."""
    message = f"the text has {length:,} bytes, more than the limit of {limits.size:,}"
    return _one("json-size", message, hint=f"Split the document, or {how_to_raise('size')}.")


def too_many(limits: Limits) -> tuple[Finding, ...]:
    """Say that a text has more values than are read."""
    message = f"the text holds more than {limits.text_values:,} values"
    return _one("json-size", message, hint=f"Split the document, or {how_to_raise('values')}.")


def refusals(text: str, data: bytes, limits: Limits) -> tuple[Finding, ...]:
    """Say what is wrong with a text, given also as bytes; nothing where it is sound."""
    if text.startswith("\ufeff"):
        return _one("json-encoding", "the text begins with a byte order mark, which many readers refuse")
    return _wide(data) or _scan(text, limits)


def _wide(data: bytes) -> tuple[Finding, ...]:
    # Known by its byte order mark or, since JSON begins with ASCII, by which of the first bytes are zero.
    marked = (encoding for mark, encoding in _BOMS.items() if data.startswith(mark))
    zeros = tuple(byte == 0 for byte in data[:4])
    encoding = next(marked, None) or _ZEROS.get(zeros) or _ZEROS.get(zeros[:2])
    return _one("json-encoding", f"the text is encoded as {encoding}, not as UTF-8") if encoding else ()


def not_utf8(data: bytes, error: UnicodeDecodeError, limits: Limits) -> tuple[Finding, ...]:
    """Say where bytes are not UTF-8."""
    if wide := _wide(data):
        return wide
    before = str(data[: error.start], "utf-8")
    message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    if error.reason == "unexpected end of data":
        message = "the text ends in the middle of a character"
    hint = "Save the file as UTF-8; it may be in an older encoding (Latin-1, Windows-1252), or damaged."
    (finding,) = _one("json-encoding", message, len(before), before, hint)
    cut = (other.pointer for other in _scan(before, limits) if other.rule == "json-syntax")
    return (replace(finding, pointer=next(cut, ())),)


def unexplained(text: str, error: ValueError | RecursionError) -> tuple[Finding, ...]:
    """Pass on what the standard library says of a text in which the walk finds nothing."""
    if isinstance(error, RecursionError):
        raise error  # the text is sound: the call came with next to no stack left
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    return _one("json-syntax", f"not JSON: {error}", at, text, "Compare with the grammar on json.org.")


def _one(rule: str, message: str, at: int = 0, text: str = "", hint: str = "") -> tuple[Finding, ...]:
    found = _Found(1)
    found.add(rule, (), at, message, hint)
    return found.placed(text)
