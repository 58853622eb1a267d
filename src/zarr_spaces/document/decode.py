"""Decode strict JSON: at nearly plain speed when the text is sound, with precise findings when it is not.

The standard library's parser, written in C, reads every text. It is lenient where a file for other programs
must not be: duplicate members, NaN, lone surrogates, any depth. Cheap tests, which err on the side of
suspicion only, watch for those; a text is walked through token by token when it is suspect or refused.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NoReturn

from zarr_spaces.document.locate import Kind, positions, walk
from zarr_spaces.document.syntax import explain_fault
from zarr_spaces.findings import Finding, Level, Severity, quote

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

MAX_DEPTH: Final = 256
"""Levels of nesting: some ten times what metadata needs, a quarter of what Python's recursion can take."""
MAX_NUMBER: Final = 400
"""Characters of one number: the largest float written out has 309 digits, and `int` refuses some thousands."""
MAX_FINDINGS: Final = 100
"""Findings for one text; behind them, one that says how many more there are."""


def decode(text: str | bytes | bytearray | memoryview) -> tuple[Any, tuple[Finding, ...]]:
    """Decode one JSON text strictly (RFC 8259, with the choices of RFC 7493).

    Beside what breaks the grammar, it refuses what programs read differently: any encoding but UTF-8
    without a byte order mark, NaN and infinities (``1e999`` included), duplicate members, lone surrogates,
    more than `MAX_DEPTH` levels and numbers of more than `MAX_NUMBER` characters.

    Parameters
    ----------
    text
        One JSON document.

    Returns
    -------
    value
        The decoded value; None if there are findings.
    findings
        What is wrong and where, in the order of the text; never raised.

    Examples
    --------
    >>> decode('{"scale": [1, 0.5]}')
    ({'scale': [1, 0.5]}, ())
    >>> value, findings = decode('{"scale": [1, 0.5,]}')
    >>> print(findings[0], tuple(findings[0].position))
    error: /scale: a comma behind the last item [json-syntax]
      Remove this comma; JSON allows one only between two items. (1, 18)
    """
    if isinstance(text, str):
        try:
            data = text.encode()
        except UnicodeEncodeError:  # surrogates
            return None, _refusals(text, b"")
    else:
        data = text if isinstance(text, bytes) else bytes(memoryview(text))
        try:
            text = str(data, "utf-8")
        except UnicodeDecodeError as error:
            return None, _not_utf8(data, error)
    digits = data.translate(_DIGITS_ALIKE)
    if _DIGIT_RUN in digits and (findings := _refusals(text, data)):
        return None, findings
    next(tally := _tally())
    try:
        value = json.JSONDecoder(object_hook=tally.send, parse_constant=_refuse).decode(text)
    except (ValueError, RecursionError) as error:
        return None, _refusals(text, data) or _unexplained(text, error)
    members = tally.send(None)
    suspect = _has_duplicates(data, members) or _is_deep(data, value) or _is_lossy(data, digits, value)
    if suspect and (findings := _refusals(text, data)):
        return None, findings
    return value, ()


# --- the cheap tests: none of them may miss what the walk would find ---


def _tally() -> Generator[Any, Any, None]:
    # A generator's bound `send` is the cheapest object hook there is: a fifth of the price of a hook on pairs.
    members = 0
    sent = yield
    while sent is not None:
        members += len(sent)
        sent = yield sent
    yield members


# A number of over 400 characters has 130 digits in a row, and so has one that overflows with an exponent
# of two digits. These must be found before the parser spends quadratic time on them.
_DIGIT_RUN = b"0" * 130
_DIGITS_ALIKE = bytes.maketrans(b"123456789+E", b"0000000000e")
_BIG_EXPONENT = re.compile(rb"[0-9][eE]\+?[0-9]{3}")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def _is_lossy(data: bytes, digits: bytes, value: Any) -> bool:
    # `rfind` because it takes a quarter of the time of `find` and `in` here.
    has_exponent = digits.rfind(b"e000") >= 0 and _BIG_EXPONENT.search(data)
    if not has_exponent and not (b"\\" in data and _SURROGATE_ESCAPE.search(data)):
        return False
    try:
        return not json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:  # an infinity or a lone surrogate
        return True


def _refuse(token: str) -> NoReturn:
    raise ValueError(token)


def _has_duplicates(data: bytes, members: int) -> bool:
    # The text of each member has one colon behind a quote. More of them than members survived: suspect.
    return data.count(b":") != members and data.translate(None, b" \t\n\r").count(b'":') != members


_ONE_BRACKET = bytes.maketrans(b"{}", b"[]")
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"\\'))


def _is_deep(data: bytes, value: Any) -> bool:
    if len(data) <= 2 * MAX_DEPTH:
        return False
    marks = data.translate(_ONE_BRACKET, _NO_MARKS)
    brackets = marks.translate(None, b'"\\')
    if len(brackets) <= 2 * MAX_DEPTH:
        return False
    # If all quotes stand in pairs, then no string holds a bracket or an escape: all brackets are structure.
    if 2 * marks.count(b'""') == marks.count(b'"'):
        for level in range(1, 16):
            brackets = brackets.replace(b"[]", b"")  # takes the innermost level off
            if len(brackets) <= 2 * (MAX_DEPTH - level):
                return False
    return _is_deeper(value)


def _is_deeper(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        items = (outer.values() if isinstance(outer, dict) else outer for outer in level)
        level = [inner for inner in itertools.chain.from_iterable(items) if isinstance(inner, (dict, list))]
    return bool(level)


# --- the walk: slow and precise, for texts that are suspect or refused ---

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

    def __init__(self) -> None:
        self.kept: list[tuple[int, Finding]] = []
        self.omitted = 0

    def has_room(self) -> bool:
        """Tell whether to word one more finding, or count it as omitted."""
        self.omitted += len(self.kept) > MAX_FINDINGS
        return len(self.kept) <= MAX_FINDINGS

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
            at, first = self.kept[MAX_FINDINGS]
            count = f"{self.omitted + 1:,} more findings from here on are not listed"
            self.kept[MAX_FINDINGS] = at, replace(first, message=count)
        where = positions(text, [at for at, _ in self.kept])
        return tuple(replace(finding, position=where[at]) for at, finding in self.kept)


def _scan(text: str) -> tuple[Finding, ...]:
    found = _Found()
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
            if len(path) > MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH} levels; what follows was not looked at"
                found.add("json-depth", path[1:], at, message)
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


def _refusals(text: str, data: bytes) -> tuple[Finding, ...]:
    if text.startswith("\ufeff"):
        return _one("json-encoding", "the text begins with a byte order mark, which many readers refuse")
    return _wide(data) or _scan(text)


def _wide(data: bytes) -> tuple[Finding, ...]:
    # Known by its byte order mark or, since JSON begins with ASCII, by which of the first bytes are zero.
    marked = (encoding for mark, encoding in _BOMS.items() if data.startswith(mark))
    zeros = tuple(byte == 0 for byte in data[:4])
    encoding = next(marked, None) or _ZEROS.get(zeros) or _ZEROS.get(zeros[:2])
    return _one("json-encoding", f"the text is encoded as {encoding}, not as UTF-8") if encoding else ()


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> tuple[Finding, ...]:
    if wide := _wide(data):
        return wide
    before = str(data[: error.start], "utf-8")
    message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    if error.reason == "unexpected end of data":
        message = "the text ends in the middle of a character"
    hint = "Save the file as UTF-8; it may be in an older encoding (Latin-1, Windows-1252), or damaged."
    (finding,) = _one("json-encoding", message, len(before), before, hint)
    cut = (other.pointer for other in _scan(before) if other.rule == "json-syntax")
    return (replace(finding, pointer=next(cut, ())),)


def _unexplained(text: str, error: ValueError | RecursionError) -> tuple[Finding, ...]:
    if isinstance(error, RecursionError):
        raise error  # the text is sound: the call came with next to no stack left
    at = error.pos if isinstance(error, json.JSONDecodeError) else 0
    return _one("json-syntax", f"not JSON: {error}", at, text, "Compare with the grammar on json.org.")


def _one(rule: str, message: str, at: int = 0, text: str = "", hint: str = "") -> tuple[Finding, ...]:
    found = _Found()
    found.add(rule, (), at, message, hint)
    return found.placed(text)
