"""Numbers for the axes of a coordinate system, from the short forms in which they may be given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

from zarr_spaces.quoting import closest, listing, quote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis


class Array(Protocol):
    """What NumPy's arrays and scalars have, and their like."""

    def tolist(self) -> Any:
        """Return the numbers as plain ones, in lists."""


if TYPE_CHECKING:
    PerAxis: TypeAlias = float | Sequence[float] | Mapping[str, float] | Array
    """One number for all axes of type space; one for each axis; or numbers by name or type of axis."""


def per_axis(argument: str, value: PerAxis, axes: Sequence[Axis], other: int) -> list[Fraction]:
    """Return one number for each axis; `other` for those of which nothing is said.

    The numbers are what their shortest decimals say, 0.1 is a tenth: sums and products of them are exact, and rounding
    to a float at the end gives what one would write by hand.

    Raises
    ------
    TypeError, ValueError
        If there is no number for each axis, naming `argument`.
    """
    given = plain(value)
    if isinstance(given, set | frozenset):
        raise TypeError(f"{argument}: a set has no order: give a list, or numbers by name")
    if isinstance(given, Mapping):
        return _by_key(argument, given, axes, other)
    if is_listed(given):
        numbers = [exact(argument, number) for number in given]
        if len(numbers) != len(axes):
            names = listing([axis.name for axis in axes])
            raise ValueError(f"{argument}: {len(numbers)} numbers for {len(axes)} axes: give one for each of {names}")
        return numbers
    number = exact(argument, given)
    if number != other and not any(axis.type == "space" for axis in axes):
        raise ValueError(
            f"{argument}: one number is for the axes of type space, which none of "
            f"{listing([axis.name for axis in axes])} is: give one for each axis, or by name; in a string of names "
            f"each letter is one, so longer ones stand in a list"
        )
    return [number if axis.type == "space" else Fraction(other) for axis in axes]


def _by_key(argument: str, value: Mapping[str, float], axes: Sequence[Axis], other: int) -> list[Fraction]:
    names = {axis.name for axis in axes}
    types = {axis.type for axis in axes}
    for key in value:
        if key not in names and key not in types:
            raise unknown_axis(argument, key, axes)
    keys = (axis.name if axis.name in value else axis.type for axis in axes)
    return [exact(argument, value[key]) if key is not None and key in value else Fraction(other) for key in keys]


def unknown_axis(argument: str, key: object, axes: Sequence[Axis]) -> ValueError:
    """Say that there is no axis of a name, nor any of it as their type."""
    names = [axis.name for axis in axes]
    close = closest(key, [*names, *{axis.type for axis in axes if axis.type}]) if isinstance(key, str) else None
    hint = f"did you mean {quote(close)}?" if close else f"the axes are {listing(names)}"
    return ValueError(f"{argument}: there is no axis {quote(key)}: {hint}")


def plain(value: Any) -> Any:
    """Turn an array into lists of plain numbers; anything else is left as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


def is_listed(value: object) -> TypeGuard[Iterable[Any]]:
    """Tell whether a value is a sequence rather than a number, a text or a mapping; sets have no order."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping | set | frozenset)


def exact(argument: str, value: Any) -> Fraction:
    """Return the number that the shortest decimals of a value say.

    >>> exact("pixel_size", 0.1) * 3 == Fraction(3, 10)
    True
    """
    value = plain(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{argument}: a number is needed, not {shown(value)}")
    if isinstance(value, int):
        return Fraction(int(value))
    if not math.isfinite(value):
        raise ValueError(f"{argument}: {value} is no number that metadata can hold")
    return Fraction(repr(float(value)))


def rounded(argument: str, value: Fraction) -> float:
    """Return the nearest float.

    Raises
    ------
    ValueError
        If it is beyond the range of double precision.
    """
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(f"{argument}: the numbers are beyond the range of double precision") from error


def shown(value: object) -> str:
    """Name a value that an argument may not have."""
    return quote(value) if value is None or isinstance(value, str | int | float) else f"a {type(value).__name__}"
