"""The part of two documents that shows a fault: the least that holds its place and all that differs between them.

What stands in that part and has no bearing on the fault is left out, and a comment tells so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces.findings import format_pointer, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces.findings import Pointer

_WIDTH = 96  # columns of a block
_AROUND = 160  # characters of an object that is shown for the sake of what stands in it
_ASIDE = 48  # characters of a value that has no bearing, and is short enough to stay
_LEFT_OUT = "/* ... */"


class Excerpt(NamedTuple):
    """The same place of two documents, each as a fenced block."""

    place: str
    """JSON Pointer of what is shown; empty for the whole."""
    invalid: list[str]
    valid: list[str]
    differs: bool


def excerpt(invalid: Any, valid: Any, pointer: str | None = None) -> Excerpt:
    """Show the part of two documents that holds what differs between them, and a place of the first."""
    differing = list(differences(invalid, valid))
    places = differing if pointer is None else [find(invalid, pointer), *differing]
    shown = _focus(invalid, valid, _common(places))
    inside = [found[len(shown) :] for found in places]
    broken, sound = (_block(value_at(document, shown), inside) for document in (invalid, valid))
    return Excerpt(format_pointer(shown), broken, sound, bool(differing))


def find(document: Any, pointer: str) -> Pointer:
    """Return the steps that a JSON Pointer stands for in a document."""
    steps: list[str | int] = []
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        step: Any = int(name) if isinstance(document, list) else name
        steps.append(step)
        document = document[step]
    return tuple(steps)


def differences(one: Any, other: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Yield the least places at which two JSON values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one | other:
            if name in one and name in other:
                yield from differences(one[name], other[name], (*at, name))
            else:
                yield (*at, name)
    elif isinstance(one, list) and isinstance(other, list) and _begin_alike(one, other):
        for index, (mine, its) in enumerate(zip(one, other, strict=False)):
            yield from differences(mine, its, (*at, index))
        if len(one) != len(other):
            yield (*at, min(len(one), len(other)))
    elif _line(one) != _line(other):  # 1 and true are equal only in Python
        yield at


def _begin_alike(one: list[Any], other: list[Any]) -> bool:
    """Tell whether entries of the same index are to be compared: else something was put in between."""
    return len(one) == len(other) or all(_line(a) == _line(b) for a, b in zip(one, other, strict=False))


def _common(places: list[Pointer]) -> Pointer:
    low, high = min(places, key=_names), max(places, key=_names)
    count = 0
    while count < min(len(low), len(high)) and low[count] == high[count]:
        count += 1
    return low[:count]


def _names(place: Pointer) -> tuple[str, ...]:
    return tuple(map(str, place))


def _focus(invalid: Any, valid: Any, place: Pointer) -> Pointer:
    """Step back to an object or array that both documents have, and to the ones around it while they are short."""
    while place and not all(_is_container(document, place) for document in (invalid, valid)):
        place = place[:-1]
    while place and len(_line(value_at(invalid, place[:-1]))) <= _AROUND:
        place = place[:-1]
    return place


def _is_container(document: Any, place: Pointer) -> bool:
    return isinstance(value_at(document, place), dict | list)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(value: Any, places: list[Pointer]) -> list[str]:
    lines = list(_written(value, places, ""))
    return ["```jsonc" if any(_LEFT_OUT in line for line in lines) else "```json", *lines, "```"]


def _written(value: Any, places: list[Pointer], lead: str, tail: str = "") -> Iterator[str]:
    """Write a value in lines; `places` are those in it that matter, none where it has no bearing."""
    line = _line(value)
    indent = lead[: len(lead) - len(lead.lstrip())]
    # An entry beside the one that matters is often what that is compared with.
    aside = _ASIDE if lead.strip() else _WIDTH
    fits = len(lead + line + tail) <= _WIDTH and (places or len(line) <= aside)
    if fits or not isinstance(value, dict | list):
        yield lead + line + tail
        return
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    if not places:
        yield lead + opened + _first_member(value) + f" {_LEFT_OUT} " + closed + tail
        return
    yield lead + opened
    items = list(value.items() if isinstance(value, dict) else enumerate(value))
    inner = f"{indent}  "
    for index, (step, item) in enumerate(items):
        mattering = [place[1:] for place in places if place and place[0] == step]
        name = f"{_line(step)}: " if isinstance(value, dict) else ""
        yield from _written(item, mattering, inner + name, "," if index < len(items) - 1 else "")
    yield indent + closed + tail


def _first_member(value: Any) -> str:
    """Write the member that tells best what an object is, such as its name."""
    if not isinstance(value, dict) or not value:
        return ""
    name, inner = next(iter(value.items()))
    return "" if isinstance(inner, dict | list) or len(_line(inner)) > _ASIDE else f"{_line(name)}: {_line(inner)}"
