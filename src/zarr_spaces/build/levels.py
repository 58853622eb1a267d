"""What pyramids of all kinds ask of their levels: how coarse they are, what they are called, where they begin."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from zarr_spaces.build.given import listed
from zarr_spaces.build.per_axis import is_listed, per_axis, plain, shown
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis
    from zarr_spaces.build.per_axis import Array, PerAxis

    Numbers: TypeAlias = list[Fraction]

PixelPart = Literal["centre", "center", "corner"]
"""Which part of a pixel lies somewhere."""


def coarser_factors(factors: Iterable[PerAxis] | Array, axes: list[Axis]) -> list[Numbers]:
    """Return how many times coarser than the finest level each further one is, along each axis.

    Raises
    ------
    TypeError, ValueError
        If a level is finer than the finest, or not coarser than the one before it.
    """
    items = plain(factors)
    if not is_listed(items):
        raise TypeError(f"factors: one entry for each further level is needed, such as [2, 4], not {shown(items)}")
    found: list[Numbers] = []
    for index, item in enumerate(items):
        argument = f"factors[{index}]"
        numbers = per_axis(argument, item, axes, 1)
        for factor, axis in zip(numbers, axes, strict=True):
            if factor < 1:
                raise ValueError(
                    f"{argument}: {float(factor):g} along the axis {quote(axis.name)}: a level is as fine as the first "
                    f"one, 1, or coarser, such as 2"
                )
        before = found[-1] if found else [Fraction(1)] * len(axes)
        if numbers == before:
            level = "level before" if found else "finest level, which is not listed"
            raise ValueError(
                f"{argument}: as fine as the {level}: factors are counted from the finest level and stand for the "
                f"further ones alone, as in [2, 4, 8]"
            )
        if _product(numbers) < _product(before):
            raise ValueError(
                f"{argument}: finer than the level before: factors are counted from the finest level, as in [2, 4, 8], "
                f"and the levels go from fine to coarse"
            )
        found.append(numbers)
    return found


def _product(numbers: Numbers) -> Fraction:
    product = Fraction(1)
    for number in numbers:
        product *= number
    return product


def level_names(argument: str, names: Iterable[str] | None, count: int) -> list[str]:
    """Return the names of so many levels, numbers where none are given.

    Raises
    ------
    TypeError, ValueError
        If there is not one for each level, naming `argument`.
    """
    if names is None:
        return [str(index) for index in range(count)]
    found = listed(argument, names, argument)
    if len(found) != count:
        raise ValueError(f"{argument}: {len(found)} {argument} for {count} levels: give one for each, the finest first")
    return found


def is_corner(argument: str, value: object) -> bool:
    """Tell whether the corner of a pixel is meant, not its centre.

    Raises
    ------
    ValueError
        If it is neither, naming `argument`.
    """
    if value not in ("centre", "center", "corner"):
        raise ValueError(f'{argument}: {shown(value)} is neither "centre" nor "corner"')
    return value == "corner"
