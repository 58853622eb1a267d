"""Walk through JSON text token by token: where its values begin."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zarr_spaces.findings import Position

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


def locate(text: str | bytes, pointers: Collection[Pointer], *, strict: bool = False) -> dict[Pointer, Position]:
    r"""Find where the values at some pointers begin in a JSON text.

    A pointer that leads to nothing gets the position of its nearest ancestor. Among duplicate members
    the last one counts, as it does for ``json.loads``.

    Parameters
    ----------
    text
        One JSON document; bytes are read as UTF-8.
    pointers
        The places to find.
    strict
        Whether the text is known to have no duplicate members: then the walk ends where all is found.

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
    root, count = _Wanted(), 1
    for pointer in pointers:
        wanted = root
        for step in pointer:
            if step not in wanted.members:
                wanted.members[step] = _Wanted()
                count += 1
            wanted = wanted.members[step]
    _mark(text, root, count if strict else -1)
    offsets = {pointer: _offset(root, pointer) for pointer in pointers}
    found = positions(text, offsets.values())
    return {pointer: found[offset] for pointer, offset in offsets.items()}


def _mark(text: str, root: _Wanted, missing: int) -> None:
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
            missing -= 1
            if missing == 0:
                break
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
