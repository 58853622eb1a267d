"""Walk through JSON text token by token: where its values begin, and where its grammar breaks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zarr_spaces.findings import Position, quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from zarr_spaces.findings import Pointer

Event = tuple[int, str | int, int, int, int]
"""Kind, step from the enclosing container, offset of the member's name (or of the value, in an array),
offset of the value, offset behind it. A plain tuple, because millions of them may be made."""


class Kind:
    """The kinds of events; those below zero come last and say what was due where the grammar breaks."""

    CLOSE: Final = 0
    OPEN: Final = 1  # from here on the groups of the pattern for values
    STRING: Final = 2
    NUMBER: Final = 3
    LITERAL: Final = 4
    CONSTANT: Final = 5
    """``NaN`` and the infinities: not JSON, but the walk goes on behind them."""
    NO_NAME: Final = -1
    NO_COLON: Final = -2
    NO_VALUE: Final = -3
    NO_COMMA: Final = -4
    """Its step is the bracket that could have closed the container."""
    NO_END: Final = -5
    """Something stands behind the document."""


# Possessive quantifiers, where nothing can be gained by giving back, keep hostile text linear.
_SPACE = r"[ \t\n\r]*+"
_PLAIN = r'[^"\\\x00-\x1f]*+'
_STRING_BODY = rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*+'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_VALUE_TOKEN = re.compile(
    rf'{_SPACE}(?:([\[{{])|({_STRING_BODY}")|({_NUMBER})|(true|false|null)|(NaN|-?Infinity)){_SPACE}'
)
_NAME_TOKEN = re.compile(rf'{_SPACE}({_STRING_BODY}"){_SPACE}')
_GAP = re.compile(_SPACE)
_CLOSER = {"[": "]", "{": "}"}


def walk(text: str) -> Iterator[Event]:
    """Yield an event for each value and each closing bracket of a JSON text, in their order.

    The walk is iterative and linear in the text. Where the grammar breaks, the last event says what was
    due (a negative kind) and where.
    """
    outer: list[tuple[str, int]] = []
    closer, index, pos = "", 0, 0  # of the innermost open container; no closer outside all of them
    while True:
        step: str | int = index
        name_at = -1
        if closer == "}":
            match = _NAME_TOKEN.match(text, pos)
            if match is None:
                yield _fault(Kind.NO_NAME, "", text, pos)
                return
            name_at, end = match.span(1)
            pos = match.end()
            step = _unescaped(text, name_at, end)
            if text[pos : pos + 1] != ":":
                yield _fault(Kind.NO_COLON, step, text, pos)
                return
            pos += 1
        match = _VALUE_TOKEN.match(text, pos)
        if match is None:
            yield _fault(Kind.NO_VALUE, step, text, pos)
            return
        kind = match.lastindex or Kind.OPEN
        at, end = match.span(kind)
        pos = match.end()
        yield kind, step, at if name_at < 0 else name_at, at, end
        if kind == Kind.OPEN:
            outer.append((closer, index))
            closer, index = _CLOSER[text[at]], 0
            if text[pos : pos + 1] != closer:
                continue
        while (char := text[pos : pos + 1]) != "," or not closer:
            if not closer or char != closer:
                if closer or char:
                    yield _fault(Kind.NO_COMMA if closer else Kind.NO_END, closer, text, pos)
                return
            yield Kind.CLOSE, "", pos, pos, pos + 1
            closer, index = outer.pop()
            pos = _skip_space(text, pos + 1)
        pos += 1
        index += 1


def _fault(kind: int, step: str | int, text: str, pos: int) -> Event:
    at = _skip_space(text, pos)
    return kind, step, at, at, at


def _unescaped(text: str, at: int, end: int) -> str:
    if text.find("\\", at, end) < 0:
        return text[at + 1 : end - 1]
    return str(json.loads(text[at:end]))


def _skip_space(text: str, pos: int) -> int:
    """Return the offset of the next character that is not JSON whitespace."""
    match = _GAP.match(text, pos)
    return match.end() if match else pos


def positions(text: str, offsets: Iterable[int]) -> dict[int, Position]:
    """Turn offsets into lines and columns, in one pass over the text."""
    found: dict[int, Position] = {}
    line, start, done = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", done, offset)
        start = max(start, text.rfind("\n", done, offset) + 1)
        found[offset] = Position(line, offset - start + 1)
        done = offset
    return found


@dataclass(slots=True)
class _Wanted:
    """A value that a pointer leads to or through."""

    members: dict[str | int, _Wanted] = field(default_factory=dict)
    at: int = -1
    within: int = -1
    """Where the enclosing container began: tells a member of the last duplicate from one of an earlier."""


def locate(text: str | bytes, pointers: Collection[Pointer]) -> dict[Pointer, Position]:
    r"""Find where the values at some pointers begin in a JSON text.

    A pointer that leads to nothing gets the position of its nearest ancestor. Among duplicate members
    the last one counts, as it does for ``json.loads``.

    Parameters
    ----------
    text
        One JSON document; bytes are read as UTF-8.
    pointers
        The places to find.

    Returns
    -------
    dict
        A line and a column, both counted from 1 and in characters, for each pointer.

    Examples
    --------
    >>> found = locate('{"axes": [\n  "y", "x"]}', [("axes", 1), ("axes", 7), ("name",)])
    >>> [tuple(position) for position in found.values()]
    [(2, 8), (1, 10), (1, 1)]
    """
    if not isinstance(text, str):
        text = str(text, "utf-8", "replace")
    root = _Wanted()
    for pointer in pointers:
        wanted = root
        for step in pointer:
            wanted = wanted.members.setdefault(step, _Wanted())
    _mark(text, root)
    offsets = {pointer: _offset(root, pointer) for pointer in pointers}
    found = positions(text, offsets.values())
    return {pointer: found[offset] for pointer, offset in offsets.items()}


def _mark(text: str, root: _Wanted) -> None:
    outer: list[_Wanted | None] = []
    here: _Wanted | None = None
    root.at = 0
    for kind, step, _, at, _ in walk(text):
        if kind == Kind.CLOSE:
            here = outer.pop()
            continue
        if kind < 0:
            break
        wanted = root if not outer else here and here.members.get(step)
        if wanted:
            wanted.at = at
            wanted.within = here.at if here else -1
        if kind == Kind.OPEN:
            outer.append(here)
            here = wanted


def _offset(root: _Wanted, pointer: Pointer) -> int:
    wanted, offset = root, root.at
    for step in pointer:
        wanted = wanted.members[step]
        if wanted.at < 0 or wanted.within != offset:
            break
        offset = wanted.at
    return offset


# --- what to say where the grammar breaks ---

Fault = tuple[int, str, str]
"""Offset to point at, message, hint."""

_DUE = {Kind.NO_NAME: "a member name in double quotes", Kind.NO_COLON: "a colon", Kind.NO_VALUE: "a value"}
_STRING_START = re.compile(_STRING_BODY)
_WORD = re.compile(r"[\w$.+-]+")
_WORD_BEFORE = re.compile(r"[\w$.+-]*\Z")
_SHOWN = 40
_SPELLINGS = {"true": "true", "false": "false"} | dict.fromkeys(("null", "none", "nil", "undefined"), "null")
_NO_NUMBERS = {"nan", "inf", "infinity"}


def explain_fault(text: str, kind: int, step: str | int, at: int) -> Fault:
    """Say in plain words what is wrong where a walk ended with these, `kind` being negative."""
    due = _DUE.get(kind, f"a comma or {step}")
    char = text[at : at + 1]
    if not char:
        if text.isspace() or not text:
            return at, "the text is empty", "Write a JSON value, such as {}; was the file written to its end?"
        return at, f"the text ends where {due} was due", "Was it cut off? What is opened must be closed."
    if char == "#" or text.startswith(("//", "/*"), at):
        return at, "a comment, which JSON does not have", "Remove it, or put the remark into a member."
    if char in "'`\u2018\u2019\u201c\u201d":
        return at, f"the quote {char} where only a double quote can stand", 'Write "..." around names and strings.'
    if char == '"' and kind in {Kind.NO_NAME, Kind.NO_VALUE}:
        return _bad_string(text, at)
    comma = len(text[:at].rstrip(" \t\n\r")) - 1
    if char in "]}" and kind in {Kind.NO_NAME, Kind.NO_VALUE} and text[max(comma, 0)] == ",":
        return comma, "a comma behind the last item", "Remove this comma; JSON allows one only between two items."
    if (word := _WORD.match(text, at)) and (fault := _bad_word(text, kind, at, word.end())):
        return fault
    if kind == Kind.NO_END:
        return at, "more text behind the end of the document", "Remove it; one text holds one JSON value."
    if kind == Kind.NO_COMMA and (word or char in '"[{'):
        return at, "a comma is missing before this item", "Put a comma between each two items."
    if kind == Kind.NO_VALUE and char in ",]}":
        return at, f"a value is missing before {char}", "Write the value, or null, or remove the place for it."
    if kind == Kind.NO_COLON:
        return at, f"expected a colon, found {quote(char)}", "Put a colon between each member's name and its value."
    hint = "Brackets close in the reverse order of their opening." if char in "]}" else "Remove or replace it."
    if not char.isprintable() or char.isspace():
        hint = "Between its parts, JSON has only spaces, tabs and line breaks; is the file damaged?"
    return at, f"expected {due}, found {quote(char)}", hint


def _bad_string(text: str, at: int) -> Fault:
    match = _STRING_START.match(text, at)
    stop = match.end() if match else at
    char = text[stop : stop + 1]
    if not text[stop + (char == "\\") :]:
        return at, "this string never ends", 'Close it with a double quote; a quote inside it is written \\".'
    if char == "\\":
        escape = text[stop : stop + (6 if text[stop + 1] == "u" else 2)]
        hint = r"The escapes are \" \\ \/ \b \f \n \r \t and \u with four hex digits; a backslash itself is \\."
        return stop, f"{escape if escape.isprintable() else quote(escape)} is no escape that JSON has", hint
    if char in "\r\n":
        return stop, "a line break inside a string", r"Close the string with a double quote, or write \n for it."
    return stop, f"the control character {quote(char)} inside a string", rf"Write it as \u{ord(char):04x}."


def _bad_word(text: str, kind: int, at: int, end: int) -> Fault | None:
    # What the walk took for a whole value or name may be the beginning of this word: 01, 1.e5, trueish.
    if kind in {Kind.NO_COMMA, Kind.NO_END} and (head := _WORD_BEFORE.search(text, max(at - _SHOWN, 0), at)):
        if head.start() == at:
            return None
        at = head.start()
    word = text[at : min(end, at + _SHOWN)]
    bare = word.lstrip("+-").lower()
    if kind == Kind.NO_COLON:
        return None
    if kind == Kind.NO_NAME:
        return at, f"the member name {word} has no quotes", f'Write "{word}".'
    if bare in _SPELLINGS:
        return at, f"{word} is not JSON", f"Write {_SPELLINGS[bare]}."
    if bare in _NO_NUMBERS:
        return at, f"{word} is not JSON", "JSON has finite numbers only; leave it out, or write null or a string."
    if word[0] in "+-.0123456789":
        hint = "Numbers look like 0, -12, 0.5 or 1.5e-3: no leading + or zeros, digits on both sides of the point."
        return at, f"{word} is not a JSON number", hint
    return at, f"{word} is not JSON", "Put text into double quotes; the only bare words are true, false and null."
