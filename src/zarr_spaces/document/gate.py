"""The gate: what a caller hands over becomes plain JSON values, of a depth that everything behind it can take."""

from __future__ import annotations

import itertools
import marshal
import math
import re
from collections.abc import Mapping
from typing import Any

from zarr_spaces.document.limits import DEFAULT, MAX_DEPTH, Limits, how_to_raise
from zarr_spaces.findings import Finding, Level, Severity
from zarr_spaces.kept import Kept
from zarr_spaces.quoting import quote

_LARGEST = 1024  # bits of the largest number of double precision

# The serialised form of a NaN or an infinity ends with these two bytes of a double, a lone surrogate holds the others.
_NOT_FINITE = re.compile(rb"[\xf0-\xff][\x7f\xff]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")


def is_harmless(value: Any, limits: Limits = DEFAULT) -> bool:
    """Tell quickly whether a value can be walked by recursion, and holds no NaN, infinity or lone surrogate.

    The interpreter's own serialiser walks it in C, each object once; a walk in Python would cost more than the
    validation. Its output is only searched for signs, and errs on the side of suspicion. Other types than JSON has are
    for the validator and the codec to refuse: some of them pass here.
    """
    try:
        data = marshal.dumps(value, 4)
    except ValueError:
        return False
    # Looking for one byte is many times as fast as a pattern, and settles most documents.
    if (b"\x7f" in data or b"\xff" in data) and _NOT_FINITE.search(data):
        return False
    if b"\xed" in data and _SURROGATE.search(data):
        return False
    return _is_bounded(value, limits)


_LOOKED_AT = 20_000_000  # values; a structure with shared parts can stand for any number


def _is_bounded(value: Any, limits: Limits) -> bool:
    """Tell whether nesting and the number of containers are bounded, each counted wherever it stands."""
    level = [value] if isinstance(value, dict | list | tuple) else []
    containers, looked_at = 0, 0
    for _ in range(limits.depth):
        containers += len(level)
        looked_at += sum(map(len, level))
        if containers > limits.mapping_values or looked_at > _LOOKED_AT:
            return False
        items = (outer.values() if isinstance(outer, dict) else outer for outer in level)
        level = [inner for inner in itertools.chain.from_iterable(items) if isinstance(inner, (dict, list, tuple))]
    return not level


def plain(value: object, limits: Limits = DEFAULT) -> tuple[Any, tuple[Finding, ...]]:
    """Turn mappings, tuples, NumPy scalars and arrays into plain JSON values, or say what cannot be turned."""
    normaliser = _Normaliser(limits)
    try:
        turned = normaliser.turn(value)
    except _TooMany:
        turned = None
    return turned, tuple(normaliser.kept.findings())


class _TooMany(Exception):
    """There are more values than are looked at."""


class _Normaliser:
    """Walks a value once and collects what is wrong with it."""

    def __init__(self, limits: Limits) -> None:
        self.kept = Kept(limits.findings)
        self._limits = limits
        self._left = limits.mapping_values
        self._open: set[int] = set()
        """The containers around the value at hand."""
        self._way: list[str | int] = []
        """The steps to it."""

    def turn(self, value: Any) -> Any:
        self._left -= 1
        if self._left < 0:
            message = f"more than {self._limits.mapping_values:,} values"
            self._refuse("json-size", message, f"split the document, or {how_to_raise('values')}")
            raise _TooMany
        if value is None or type(value) in (str, bool, int, float):
            return self._checked(value)
        if hasattr(value, "tolist"):  # NumPy scalars and arrays, without importing NumPy
            return self.turn(value.tolist())
        if isinstance(value, Mapping | list | tuple):
            if len(self._way) >= self._limits.depth or id(value) in self._open:
                return self._refuse_depth(value)
            self._open.add(id(value))
            turned = self._members(value) if isinstance(value, Mapping) else self._items(value)
            self._open.remove(id(value))
            return turned
        if isinstance(value, str | int | float):
            return self._checked(_unwrap(value))
        return self._refuse("json-type", f"a Python {type(value).__name__} has no place in JSON", "convert it first")

    def _items(self, value: list[Any] | tuple[Any, ...]) -> list[Any]:
        out, way = [], self._way
        way.append(0)
        for index, inner in enumerate(value):
            way[-1] = index
            out.append(self.turn(inner))
        way.pop()
        return out

    def _members(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        out = {}
        for name, inner in value.items():
            if not isinstance(name, str):
                self._refuse("json-type", f"the member name {quote(name)} is not a string", "convert it first")
            elif not _encodable(name):
                self._refuse("json-surrogate", f"the member name {quote(name)} is not Unicode text", None)
            else:
                self._way.append(str.__str__(name))
                out[str.__str__(name)] = self.turn(inner)
                self._way.pop()
        return out

    def _checked(self, value: Any) -> Any:
        if isinstance(value, float) and not math.isfinite(value):
            self._refuse("json-not-a-number", f"{value} is not a JSON number", "use a finite number")
        elif isinstance(value, int) and value.bit_length() > _LARGEST:
            self._refuse("json-number-size", "an integer beyond the range of double precision", "use a smaller one")
        elif isinstance(value, str) and not _encodable(value):
            self._refuse("json-surrogate", f"{quote(value)} is not Unicode text", "remove the lone surrogate")
        return value

    def _refuse_depth(self, value: Any) -> None:
        levels = f"more than {self._limits.depth} levels"
        reason = "it holds itself" if id(value) in self._open else levels
        hint = "flatten the document"
        if self._limits.depth < MAX_DEPTH:
            hint += f", or {how_to_raise('depth')}"
        self._refuse("json-depth", f"nested too deeply: {reason}", hint)

    def _refuse(self, rule: str, message: str, hint: str | None) -> None:
        if not self.kept.has_room(Severity.ERROR):
            return self.kept.skip(Severity.ERROR)
        at = tuple(self._way)
        finding = Finding(
            rule=rule, severity=Severity.ERROR, level=Level.SCHEMA, pointer=at, message=message, hint=hint
        )
        return self.kept.add(finding)


def _unwrap(value: str | int | float) -> str | int | float:
    """Reduce a subclass, such as an enumeration's member, to its built-in type."""
    if isinstance(value, str):
        return str.__str__(value)
    return int(value) if isinstance(value, int) else float(value)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
