"""Walk through JSON text token by token: where its values begin."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

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


# Possessive quantifiers, where nothing can be gained by giving back, keep hostile text linear. Not on groups that
# hold alternatives: Python 3.11.0 to 3.11.4 match those wrongly.
_SPACE = r"[ \t\n\r]*+"
_PLAIN = r'[^"\\\x00-\x1f]*+'
STRING_BODY = rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_VALUE_TOKEN = re.compile(
    rf'{_SPACE}(?:([\[{{])|({STRING_BODY}")|({_NUMBER})|(true|false|null)|(NaN|-?Infinity)){_SPACE}'
)
_NAME_TOKEN = re.compile(rf'{_SPACE}({STRING_BODY}"){_SPACE}')
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
