"""Members put into the JSON text of a Zarr node, everything else in it left as it is, byte for byte."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_LAYOUT = re.compile(r"\s*\{[ \t]*(?P<newline>\r?\n)(?P<indent>[ \t]*)")


class _Style(NamedTuple):
    """How a text is laid out."""

    newline: str
    indent: str | None
    """What stands before the members of the root; None for a text in one line."""
    separators: tuple[str, str]


class _Object(NamedTuple):
    """Where in a text an object stands."""

    values: dict[str, tuple[int, int]]
    """Where the value of each member begins, and what is behind it begins."""
    last: int
    """Where what is behind the last value begins, or behind the opening brace."""
    end: int
    """Where the closing brace stands."""


def set_attributes(text: str, members: Mapping[str, Any]) -> str:
    r"""Put members into the attributes of a Zarr node, laid out as the rest of its text.

    `text` is an object, and `attributes` in it is one where it is there: sound JSON in every way.

    >>> set_attributes('{"zarr_format": 3, "attributes": {"a": 1e0, "b": 2}}', {"b": True, "c": [1]})
    '{"zarr_format": 3, "attributes": {"a": 1e0, "b": true, "c": [1]}}'
    """
    if not members:
        return text
    style = _style(text)
    root = _object(text, text.index("{"))
    if "attributes" not in root.values:
        return _add(text, root, {"attributes": members}, style, 1)
    around = _object(text, root.values["attributes"][0])
    # From the end to the beginning, so that what was found stays where it is.
    if added := {name: value for name, value in members.items() if name not in around.values}:
        text = _add(text, around, added, style, 2)
    for name in sorted(members.keys() & around.values.keys(), key=around.values.__getitem__, reverse=True):
        begin, end = around.values[name]
        text = text[:begin] + _written(members[name], style, 2) + text[end:]
    return text


def _style(text: str) -> _Style:
    found = _LAYOUT.match(text)
    if found is None or not found["indent"]:
        is_tight = '": ' not in text
        return _Style("\n", None, (",", ":") if is_tight else (", ", ": "))
    return _Style(found["newline"], found["indent"], (",", ": "))


def _object(text: str, start: int) -> _Object:
    values: dict[str, tuple[int, int]] = {}
    last = start + 1
    at = _behind_space(text, last)
    while text[at] == '"':
        name, at = _DECODER.raw_decode(text, at)
        begin = _behind_space(text, _behind_space(text, at) + 1)
        _, last = _DECODER.raw_decode(text, begin)
        values[name] = begin, last
        at = _behind_space(text, last)
        if text[at] == ",":
            at = _behind_space(text, at + 1)
    return _Object(values, last, at)


def _behind_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _written(value: Any, style: _Style, depth: int) -> str:
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=style.indent, separators=style.separators)
    return written.replace("\n", style.newline + (style.indent or "") * depth)


def _add(text: str, around: _Object, members: Mapping[str, Any], style: _Style, depth: int) -> str:
    """Put new members behind the last one of an object."""
    line = "" if style.indent is None else style.newline + style.indent * depth
    pairs = (
        line + json.dumps(name, ensure_ascii=False) + style.separators[1] + _written(value, style, depth)
        for name, value in members.items()
    )
    comma = style.separators[0]
    block = (comma if around.values else "") + comma.join(pairs)
    if style.indent is None or around.values:
        return text[: around.last] + block + text[around.last :]
    return text[: around.last] + block + style.newline + style.indent * (depth - 1) + text[around.end :]
