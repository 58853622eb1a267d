"""Decode strict JSON: at nearly plain speed when the text is sound, with precise findings when it is not.

The standard library's parser, written in C, reads every text. It is lenient where a file for other programs
must not be: duplicate members, NaN, lone surrogates, any depth. Cheap tests, which err on the side of
suspicion only, watch for those; a text is walked through token by token when it is suspect or refused.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from zarr_spaces.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Generator


MAX_DEPTH: Final = 256
"""Levels of nesting: some ten times what metadata needs, a quarter of what Python's recursion can take."""
MAX_DIGITS: Final = 400
"""Digits of one number: more than any finite float has before its point (309), far fewer than `int` refuses."""
MAX_FINDINGS: Final = 100
"""Findings for one text; behind them, one that says how many more there are."""


def decode(text: str | bytes | bytearray | memoryview) -> tuple[Any, tuple[Finding, ...]]:
    """Decode one JSON text strictly.

    Beside what breaks the grammar, it refuses what programs read differently: any encoding but UTF-8
    without a byte order mark, NaN and infinities (``1e999`` included), duplicate members, lone surrogates,
    more than `MAX_DEPTH` levels and numbers of more than `MAX_DIGITS` digits.

    Parameters
    ----------
    text
        One JSON document.

    Returns
    -------
    value : Any
        The decoded value; None if there are findings.
    findings : tuple of Finding
        What is wrong and where, in the order of the text; never raised.

    Notes
    -----
    Spec : RFC 8259, with the choices of RFC 7493 (I-JSON).

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
        except UnicodeEncodeError:
            return None, _scan(text)
    else:
        data = text if isinstance(text, bytes) else bytes(memoryview(text))
        try:
            text = str(data, "utf-8")
        except UnicodeDecodeError as error:
            return None, (_not_utf8(data, error),)
    if _has_digit_run(data) and (findings := _scan(text)):
        return None, findings
    tally = _tally()
    next(tally)
    decoder = json.JSONDecoder(object_hook=tally.send, parse_constant=_refuse)
    try:
        value = decoder.decode(text)
    except (ValueError, RecursionError) as error:
        return None, _explain(text, data, error)
    if _is_suspect(data, value, tally.send(None)) and (findings := _scan(text)):
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


def _refuse(token: str) -> NoReturn:
    raise ValueError(token)


_SAMPLED_RUN = re.compile(rb"[0-9]{6}")
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)


def _has_digit_run(data: bytes) -> bool:
    # Without 200 digits in a row no number has too many, and none overflows whose exponent has two digits.
    # Such a run leaves six digits in a row in every 33rd character; most texts need no closer look.
    return _SAMPLED_RUN.search(data[::33]) is not None and b"0" * 200 in data.translate(_DIGITS_ALIKE)


# A pattern that begins with one literal is searched fastest.
_EXPONENT = re.compile(rb"e[+0-9][0-9][0-9]")
_EXPONENT_UPPER = re.compile(rb"E[+0-9][0-9][0-9]")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def _is_suspect(data: bytes, value: Any, members: int) -> bool:
    if _has_duplicates(data, members) or _is_deep(data, value):
        return True
    if (
        _EXPONENT.search(data)
        or (b"E" in data and _EXPONENT_UPPER.search(data))
        or (b"\\" in data and _SURROGATE_ESCAPE.search(data))
    ):
        try:
            json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        except ValueError:  # an infinity or a lone surrogate
            return True
    return False


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
    return _depth_exceeds(value)


def _depth_exceeds(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


# --- the walk: slow, precise, and only for texts that are suspect or refused ---


class _Findings:
    """Collects findings by offset, of which the text's lines are counted once, at the end."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, Finding]] = []
        self.more: tuple[int, Finding] | None = None
        self.omitted = 0

    def add(self, rule: str, pointer: Pointer, at: int, message: str, hint: str) -> None:
        """Keep a finding, or only count it once there are enough."""
        if len(self.kept) < MAX_FINDINGS:
            self.kept.append((at, _finding(rule, pointer, message, hint)))
            return
        if self.more is None:
            self.more = at, _finding(rule, pointer, "", hint)
        self.omitted += 1

    def close(self, text: str, last: tuple[int, Finding] | None) -> tuple[Finding, ...]:
        """Give each finding its position; `last` is what stopped the walk."""
        placed = list(self.kept)
        if self.more is not None:
            at, first = self.more
            count = f"{self.omitted} more finding{'s' if self.omitted > 1 else ''} from here on, not listed"
            placed.append((at, replace(first, message=count)))
        if last is not None:
            placed.append(last)
        where = positions(text, [at for at, _ in placed])
        return tuple(replace(finding, position=where[at]) for at, finding in placed)


def _scan(text: str) -> tuple[Finding, ...]:
    found = _Findings()
    path: list[str | int] = []  # the steps to the innermost container; the root's own step counts as one
    names: list[set[str | int] | None] = []
    last: tuple[int, Finding] | None = None
    has_surrogates = _SURROGATE.search(text) is not None
    for kind, step, name_at, at, end in walk(text):
        if kind == CLOSE:
            path.pop()
            names.pop()
            continue
        pointer = ...
