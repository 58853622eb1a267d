"""The units that the specification lists for axes, and what is often written in their place."""

from __future__ import annotations

import functools

from zarr_spaces.quoting import closest

_PREFIXES = {
    "y": "yocto",
    "z": "zepto",
    "a": "atto",
    "f": "femto",
    "p": "pico",
    "n": "nano",
    "u": "micro",
    "\u00b5": "micro",  # the micro sign
    "\u03bc": "micro",  # the Greek letter
    "m": "milli",
    "c": "centi",
    "d": "deci",
    "": "",
    "h": "hecto",
    "k": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
    "P": "peta",
    "E": "exa",
    "Z": "zetta",
    "Y": "yotta",
}

SPACE_UNITS = frozenset(
    {prefix + "meter" for prefix in _PREFIXES.values()} | {"angstrom", "foot", "inch", "mile", "parsec", "yard"}
)
TIME_UNITS = frozenset({prefix + "second" for prefix in _PREFIXES.values()} | {"minute", "hour", "day"})

UNITS: dict[str | None, frozenset[str | None]] = {"space": frozenset(SPACE_UNITS), "time": frozenset(TIME_UNITS)}
"""The listed units by the type of axis; other types have no list."""

_ALL = SPACE_UNITS | TIME_UNITS
_SHORT = (
    {
        short + sign: prefix + unit
        for short, prefix in _PREFIXES.items()
        for sign, unit in (("m", "meter"), ("s", "second"), ("sec", "second"))
    }
    | {"micron": "micrometer", "mu": "micrometer", "\u00b5": "micrometer", "\u03bc": "micrometer"}
    | {"\u00e5": "angstrom", "\u00e5ngstr\u00f6m": "angstrom", "angstroem": "angstrom", "ang": "angstrom"}
    | {"in": "inch", "inches": "inch", "ft": "foot", "feet": "foot", "yd": "yard", "mi": "mile", "pc": "parsec"}
    | {"min": "minute", "h": "hour", "hr": "hour", "d": "day"}
)
_LONGEST = 40  # characters of what may stand for a unit


def spelled_out(unit: str) -> str | None:
    """Return the listed unit that a text surely means; None where it means none.

    >>> spelled_out("um"), spelled_out("Nanometres"), spelled_out("pixel")
    ('micrometer', 'nanometer', None)
    """
    if unit in _ALL:
        return unit
    if len(unit) > _LONGEST:
        return None
    lower = unit.strip(" .").lower()
    singular = lower.removesuffix("s").replace("metre", "meter")
    # In what SI writes, case has a meaning; only then come the other ways.
    for spelling in (unit, lower, singular):
        if spelling in _ALL:
            return spelling
        if spelling in _SHORT:
            return _SHORT[spelling]
    return None


@functools.lru_cache(maxsize=256)
def likely_unit(unit: str) -> str | None:
    """Guess which listed unit was meant; None where none is likely.

    >>> likely_unit("micorn")
    'micrometer'
    """
    if meant := spelled_out(unit):
        return meant
    if len(unit) > _LONGEST:
        return None
    close = closest(unit.strip(" .").lower(), _SPELLINGS, 0.75)
    return spelled_out(close) if close is not None else None


_SPELLINGS = sorted(_ALL | {"micron", "metre"})
