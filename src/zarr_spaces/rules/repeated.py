"""Values that stand more than once where each may stand once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Value = TypeVar("_Value", int, str)


def repeated(values: Iterable[_Value]) -> Iterator[tuple[int, int, _Value]]:
    """Yield index, index of the first occurrence and value of every repetition.

    >>> list(repeated(["a", "b", "a"]))
    [(2, 0, 'a')]
    """
    seen: dict[_Value, int] = {}
    for index, value in enumerate(values):
        first = seen.setdefault(value, index)
        if first != index:
            yield index, first, value
