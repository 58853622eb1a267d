"""Lines and columns: where in a JSON text the values stand that pointers lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zarr_spaces.document.tokens import Kind, walk
from zarr_spaces.findings import Position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from zarr_spaces.findings import Pointer


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
