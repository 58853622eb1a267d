"""What callers hand over: taken as lists of what is meant, and copied, with arrays as lists."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar

from zarr_spaces.build.per_axis import is_listed, plain, shown
from zarr_spaces.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


def listed(argument: str, items: Iterable[T], what: str) -> list[T]:
    """Return items as a list, scalars of NumPy as plain ones.

    Raises
    ------
    TypeError
        If they are not in a sequence, naming `argument`.
    """
    if not is_listed(items):
        raise TypeError(f"{argument}: a list of {what} is needed, not {shown(items)}")
    return [plain(item) for item in items]


def typed(argument: str, items: Iterable[T], kind: type[T] | None, what: str) -> list[T]:
    """Return copies of typed objects, in which arrays and tuples are lists.

    Parameters
    ----------
    argument : str
        How to call the items in messages.
    items : iterable
        The objects.
    kind : type, optional
        Their class; transformations, of whatever class, where none is given.
    what : str
        What the items are, as in ``"coordinate systems"``.

    Raises
    ------
    TypeError
        If one of them is something else.
    """
    found = listed(argument, items, what)
    for index, item in enumerate(found):
        if not (is_transformation(item) if kind is None else isinstance(item, kind)):
            raise TypeError(f"{argument}[{index}]: typed {what} are needed, not {shown(item)}")
    return [copied(f"{argument}[{index}]", item) for index, item in enumerate(found)]


def is_transformation(value: object) -> bool:
    """Tell whether a value is a typed transformation: they have an input, and nothing else has."""
    return isinstance(value, Model) and hasattr(value, "input")


def name_of(argument: str, value: str, example: str) -> str:
    """Return the name of a coordinate system as a plain string.

    Raises
    ------
    TypeError, ValueError
        If it is no string, or empty, naming `argument`.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument}: the name of a coordinate system is needed, not {shown(value)}")
    if not value:
        raise ValueError(f'{argument}: a coordinate system needs a name, such as "{example}"')
    name: str = _scalar(value)
    return name


def copied(argument: str, value: T) -> T:
    """Copy an object with all that is in it, arrays and tuples as lists.

    Raises
    ------
    ValueError
        If its parts stand in each other too deeply, naming `argument`.
    """
    try:
        own = copy.deepcopy(value)
    except RecursionError:
        raise ValueError(f"{argument}: its parts stand in each other too deeply") from None
    simplify(own)
    return own


def simplify(value: object) -> None:
    """Replace arrays and tuples by lists, scalars of NumPy by plain ones, in all that an object holds.

    Without recursion, as objects may stand in each other deeply, and even in themselves.
    """
    waiting: list[Any] = [value]
    met: set[int] = set()
    while waiting:
        part = waiting.pop()
        if id(part) in met:
            continue
        met.add(id(part))
        if isinstance(part, Model):
            for name in part.__dataclass_fields__:
                setattr(part, name, _scalar(getattr(part, name)))
            waiting += [getattr(part, name) for name in part.__dataclass_fields__]
        elif isinstance(part, dict):
            members = {_scalar(name): _scalar(inner) for name, inner in part.items()}
            part.clear()
            part.update(members)
            waiting += members.values()
        elif isinstance(part, list):
            part[:] = map(_scalar, part)
            waiting += part


def _scalar(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, str) and type(value) is not str:
        return str.__str__(value)
    return plain(value)
