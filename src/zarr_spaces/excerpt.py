"""A small copy of a large document around one of its places, so that its faults can be listed at a bounded price.

The compiled validator lists all faults of a document or only tells whether there is one, and each fault costs
microseconds and kilobytes. What is left out of an excerpt may change what a keyword says of the containers around it:
such faults are dropped, those of parts that are there in full are true of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces.findings import Pointer

LARGE = 20_000
"""Values of a document above which an excerpt takes its place."""
_ROOM = 4_000  # values of an excerpt
_SMALL = 64  # members of an object that are kept where there is no room any more, unless they hold others
_OF_ANY = {"type", "maxItems"}  # true of a container whatever it lacks
_OF_WHOLE = {"required", "minItems"}  # true of a container whose own members or items are all there


class Excerpt:
    """What leads to a place, and as much of what follows as there is room for."""

    def __init__(self, document: Any, place: Pointer = ()) -> None:
        self._place = place
        self._left = _ROOM
        self._cut: set[Pointer] = set()
        """Containers that lack something."""
        self.value: Any = self._copy(document, place, ())
        self._around = {at[:length] for at in self._cut for length in range(len(at) + 1)}

    def holds(self, pointer: Pointer, keyword: str) -> bool:
        """Tell whether a fault of the excerpt is one of the document."""
        if pointer not in self._around or keyword in _OF_ANY:
            return True
        return keyword in _OF_WHOLE and pointer not in self._cut

    def in_document(self, pointer: Pointer) -> Pointer:
        """Turn a place in the excerpt into that in the document: lists on the way to its own place begin later."""
        steps = list(pointer)
        for index, (step, first) in enumerate(zip(pointer, self._place, strict=False)):
            if isinstance(first, int) and isinstance(step, int):
                steps[index] = step + first
            if steps[index] != first:
                break
        return tuple(steps)

    def _copy(self, value: Any, lead: Pointer, at: Pointer) -> Any:
        self._left -= 1
        if isinstance(value, dict):
            return dict(self._members(value, lead, at))
        if isinstance(value, list):
            return list(self._items(value, lead, at))
        return value

    def _items(self, value: list[Any], lead: Pointer, at: Pointer) -> Iterator[Any]:
        first = lead[0] if lead and isinstance(lead[0], int) else 0
        if first:
            self._cut.add(at)
        for index in range(first, len(value)):
            if self._left <= 0:
                self._cut.add(at)
                return
            yield self._copy(value[index], lead[1:] if index == first else (), (*at, index - first))

    def _members(self, value: dict[str, Any], lead: Pointer, at: Pointer) -> Iterator[tuple[str, Any]]:
        if lead and lead[0] in value:
            name = str(lead[0])
            yield name, self._copy(value[name], lead[1:], (*at, name))
        for count, (name, inner) in enumerate(value.items()):
            if lead and name == lead[0]:
                continue
            if self._left > 0 or (count < _SMALL and not isinstance(inner, dict | list)):
                yield name, self._copy(inner, (), (*at, name))
                continue
            self._cut.add(at)
            if count >= _SMALL:
                return


def holds_more(value: Any, limit: int) -> bool:
    """Tell whether there are more than so many values in a value; never looks at more than that, shared or not."""
    left, waiting = limit - 1, [value]
    while waiting:
        item = waiting.pop()
        inside = item.values() if isinstance(item, dict) else item if isinstance(item, list | tuple) else ()
        left -= len(inside)
        if left < 0:
            return True
        waiting += [inner for inner in inside if isinstance(inner, dict | list | tuple)]
    return False
