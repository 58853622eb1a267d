"""Values and names from documents inside messages: short, on one line, and harmless to a terminal."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def printable(text: str) -> str:
    r"""Escape control characters, so that a document cannot steer the terminal.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)


_CHOICES = 1_000  # names among which a likely one is looked for
_NAME_LIMIT = 100  # characters of a name for which a likely one is looked for
_WORK = 100_000  # pairs of characters that are compared, which takes some 20 milliseconds


def closest(name: str, names: Collection[str], likeness: float = 0.6) -> str | None:
    """Guess which of some names was meant; None where none is likely, or too many are to be looked at.

    >>> closest("phsyical", ["physical", "world"])
    'physical'
    """
    if len(name) > _NAME_LIMIT or len(names) > _CHOICES:
        return None
    known = [other for other in names if len(other) <= _NAME_LIMIT]
    if len(name) * sum(map(len, known)) > _WORK:
        folded = name.casefold()
        return next((other for other in known if other.casefold() == folded), None)
    import difflib  # only what is wrong needs it

    found = difflib.get_close_matches(name, known, 1, likeness)
    return found[0] if found else None


def listing(names: Collection[str], limit: int = 8) -> str:
    """Write the first of some names for a message.

    >>> listing(["b", "a", "c"], limit=2)
    "'b', 'a', ..."
    """
    shown = [quote(name) for name in itertools.islice(names, limit)]
    return ", ".join([*shown, "..."] if len(names) > limit else shown)


_QUOTE_LIMIT = 60


def quote(value: object, limit: int = _QUOTE_LIMIT) -> str:
    r"""Show a value from a document inside a message: one line, shortened, control characters escaped.

    >>> quote("micro\x07meter")
    "'micro\\x07meter'"
    >>> quote([1] * 1000, limit=20)
    '[1, 1, 1, 1, 1, 1...'
    """
    if isinstance(value, str):
        text = repr(value[: limit + 1])  # repr escapes what is not printable; slicing first bounds the work
    elif isinstance(value, list | tuple):
        text = _bounded_repr(value, limit)
    elif isinstance(value, dict):
        text = "an object with " + (_listing(value, limit) if value else "no members")
    elif value is None or isinstance(value, bool):
        text = {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, int) and value.bit_length() > 4 * limit:
        text = "a very large integer"
    else:
        text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _bounded_repr(values: list[Any] | tuple[Any, ...], limit: int) -> str:
    parts: list[str] = []
    room = limit
    for value in values:
        part = "[...]" if isinstance(value, list | tuple) and limit < 8 else quote(value, max(limit - 2, 8))
        parts.append(part)
        room -= len(part) + 2
        if room <= 0:
            break
    return "[" + ", ".join(parts) + ("]" if len(parts) == len(values) else ", ...")


def _listing(names: Iterable[object], limit: int) -> str:
    parts: list[str] = []
    for name in names:
        parts.append(quote(str(name), limit))
        if sum(map(len, parts)) > limit:
            break
    return ", ".join(parts)
