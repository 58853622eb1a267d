"""What every generated dataclass has: room for unknown members, equality by value, and a short repr."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = 128
"""How deep transformations may stand in each other; each takes two levels of the depth that a document may have."""
_DEPTH = 256  # levels of what no schema describes
_SIZE = 1_000_000  # values of one member that no schema describes; it may hold the same part in many places
_LARGEST = 2**1024  # no number of double precision is as large
_SHOWN = 6  # values of a list, and levels of nesting, that a repr shows before it is cut
_SHOWN_TEXT = 200  # characters of a string, likewise
_SCALARS = frozenset((bool, float, int, str))
_PYDANTIC = "zarr_spaces.pydantic_schema"  # stands above this module, and only pydantic asks for it: so by its name


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Model:
    """Base of the typed objects.

    Two are equal if their classes are the same and their members are, where arrays and tuples count as lists: so are
    they written. `extra` holds the members that the schema does not name, as they were read; they are written back.
    """

    extra: dict[str, Any] = field(default_factory=dict)

    if not TYPE_CHECKING:  # checkers would take it for a promise that every attribute exists

        def __getattr__(self, name: str) -> Any:
            # Most objects have no unknown members; codecs make no dictionary for those, so it is made when asked for.
            if name != "extra":
                raise AttributeError(
                    f"{type(self).__qualname__!r} object has no attribute {name!r}", name=name, obj=self
                )
            self.extra = {}
            return self.extra

    def __eq__(self, other: object) -> bool:  # so there is no hash: what is equal by value may be changed
        return _are_same(self, other) if type(other) is type(self) else NotImplemented

    def __repr__(self) -> str:
        # What the class says anyway is left out and long lists cut, so that a matrix does not fill the screen.
        shown = (
            f"{item.name}={_brief(value)}"
            for item in fields(self)
            if (value := getattr(self, item.name)) is not None
            and (item.name != "extra" or value)
            and (type(value) is not str or value != item.default)
        )
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __getstate__(self) -> object:
        # Pickle's two oldest protocols take objects with slots only from classes that say what their state is.
        return object.__getstate__(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        return import_module(_PYDANTIC).core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, _core_schema: object, _handler: object) -> Any:
        return import_module(_PYDANTIC).json_schema(cls)


def _are_same(one: Any, other: Any) -> bool:
    """Compare two values by class and member, lists by item; arrays and tuples are lists.

    Without recursion, as objects may stand in each other deeply, and even in themselves.
    """
    waiting = [(one, other)]
    met: dict[tuple[int, int], object] = {}
    while waiting:
        one, other = waiting.pop()
        kind = type(one)
        if one is other or (kind is type(other) and kind in _SCALARS):
            if one is not other and one != other:
                return False
            continue
        one, other = _listed(one), _listed(other)
        if (key := (id(one), id(other))) in met:
            continue
        met[key] = one, other  # kept, so that no later object gets one of the numbers
        if isinstance(one, Model) and type(one) is type(other):
            waiting += [(getattr(one, name), getattr(other, name)) for name in one.__dataclass_fields__]
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            if _SCALARS.issuperset(map(type, one)) and _SCALARS.issuperset(map(type, other)):
                if one != other:
                    return False
            else:
                waiting += zip(one, other, strict=True)
        elif isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            waiting += [(value, other[name]) for name, value in one.items()]
        elif one != other:
            return False
    return True


def _listed(value: Any) -> Any:
    """Return arrays, their scalars and tuples as what they are written as."""
    if isinstance(value, tuple):
        return list(value)
    return value.tolist() if hasattr(value, "tolist") else value


def _brief(value: object, room: int = _SHOWN) -> str:
    if isinstance(value, list | dict) and not room:  # it may even hold itself
        return "[...]" if isinstance(value, list) else "{...}"
    if isinstance(value, list):
        shown = ", ".join(_brief(item, room - 1) for item in value[:_SHOWN])
        return f"[{shown}, ... {len(value)} in all]" if len(value) > _SHOWN else f"[{shown}]"
    if isinstance(value, dict) and len(value) > _SHOWN:
        return f"{{... {len(value)} members}}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_brief(name)}: {_brief(inner, room - 1)}' for name, inner in value.items())}}}"
    if isinstance(value, str) and len(value) > _SHOWN_TEXT:
        return f"{value[:_SHOWN_TEXT]!r}... {len(value)} characters"
    return repr(value)


class TooDeep(ValueError):
    """Objects stand in each other deeper than a loader was told to follow."""


class TooLarge(ValueError):
    """A member that no schema describes is nested too deeply, or holds too much."""


def text(value: str) -> str:
    """Return a string if it is Unicode text.

    Raises
    ------
    ValueError
        If it holds a lone surrogate.
    """
    value.encode()
    return value


def number(value: Any) -> Any:
    """Return a value if it is a number as JSON has them.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    if (type(value) is not int or abs(value) >= _LARGEST) and type(value) is not float:
        raise ValueError(f"a Python {type(value).__name__} is no number of JSON")
    return value


def numbers(values: Any) -> list[Any]:
    """Copy a list of numbers as JSON has them, see `number`."""
    return [number(value) for value in values]


def free_members(data: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """Copy the members that the schema does not name, see `free`."""
    return {text(name): free(value) for name, value in data.items() if name not in known}


def free(value: Any) -> Any:
    """Copy a value that no schema describes, so that the typed object shares nothing with what it was read from.

    Raises
    ------
    ValueError
        If it holds what JSON has no place for, holds itself, or is larger than any metadata.
    """
    return _copied(value, _DEPTH, [_SIZE])


def _copied(value: Any, room: int, left: list[int]) -> Any:
    kind = type(value)
    left[0] -= 1
    if room < 0 or left[0] < 0:
        raise TooLarge("nested too deeply, or too large")
    if kind is str:
        return value if value.isascii() else text(value)
    if (kind is int and abs(value) < _LARGEST) or kind is bool or value is None:
        return value
    if kind is float and math.isfinite(value):
        return value
    if kind is dict:
        out = {}
        for name, inner in value.items():
            if type(name) is str and type(inner) is str and name.isascii() and inner.isascii():
                out[name] = inner  # most of what stands here
                left[0] -= 1
            else:
                out[_named(name)] = _copied(inner, room - 1, left)
        return out
    if kind is list:
        return [_copied(inner, room - 1, left) for inner in value]
    raise ValueError(f"a Python {kind.__name__} has no place in JSON")


def _named(name: Any) -> str:
    if type(name) is not str:
        raise ValueError(f"a Python {type(name).__name__} is no name of a member in JSON")
    return text(name)


def add_extra(out: dict[str, Any], extra: dict[str, Any], known: frozenset[str]) -> None:
    """Put unknown members back beside the known ones.

    Raises
    ------
    ValueError
        If a name in `extra` belongs to a known member: which value is meant would be a guess.
    """
    taken = known.intersection(extra)
    if taken:
        raise ValueError(f"extra may not hold {', '.join(sorted(taken))}: use the attribute of that name")
    out.update(extra)
