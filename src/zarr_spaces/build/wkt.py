"""What can be told of a text in well-known text (WKT) without reading all of it: its kind, and whether it is whole."""

from __future__ import annotations

import re

from zarr_spaces.quoting import quote

_ROOT = re.compile(r"\s*([A-Za-z_0-9]*)\s*[\[(]")
_TOKENS = re.compile(r'"(?:[^"]|"")*"|[\[\]()"]')
_CLOSING = {"[": "]", "(": ")"}
_WKT2 = frozenset(
    (
        "BOUNDCRS",
        "COMPOUNDCRS",
        "DERIVEDPROJCRS",
        "ENGCRS",
        "ENGINEERINGCRS",
        "GEODCRS",
        "GEODETICCRS",
        "GEOGCRS",
        "GEOGRAPHICCRS",
        "IMAGECRS",
        "PARAMETRICCRS",
        "PROJCRS",
        "PROJECTEDCRS",
        "TIMECRS",
        "VERTCRS",
        "VERTICALCRS",
    )
)
_WKT1 = frozenset(["COMPD_CS", "FITTED_CS", "GEOCCS", "GEOGCS", "LOCAL_CS", "PROJCS", "VERT_CS"])


def require_wkt2(argument: str, text: str) -> None:
    """Require a text to be of a reference system in WKT2, with all brackets closed.

    Notes
    -----
    ISO 19162, "Well-known text representation of coordinate reference systems".

    Raises
    ------
    ValueError
        If it is of something else, or not whole, naming `argument`.

    Examples
    --------
    >>> require_wkt2("crs", 'PROJCS["WGS 84 / UTM zone 33N"]')
    Traceback (most recent call last):
    ...
    ValueError: crs: this is WKT1; export WKT2, as pyproj's to_wkt('WKT2_2019') does
    """
    found = _ROOT.match(text)
    keyword = found[1].upper() if found else ""
    if keyword in _WKT1:
        raise ValueError(f"{argument}: this is WKT1; export WKT2, as pyproj's to_wkt('WKT2_2019') does")
    if keyword not in _WKT2:
        raise ValueError(
            f"{argument}: {quote(text)} is no WKT2: that begins with the kind of the reference system, such as "
            f"PROJCRS[ or GEOGCRS["
        )
    if fault := _fault(text):
        raise ValueError(f"{argument}: the WKT2 is not whole: {fault}")


def _fault(text: str) -> str | None:
    """Say how brackets or quotation marks are out of order."""
    waiting: list[str] = []
    for token in _TOKENS.finditer(text):
        mark = token[0]
        if mark == '"':
            return f"the quotation mark at character {token.start() + 1} has no other"
        if mark in _CLOSING:
            waiting.append(_CLOSING[mark])
        elif mark in _CLOSING.values():
            if not waiting or waiting.pop() != mark:
                return f"the {mark} at character {token.start() + 1} closes nothing"
            if not waiting and text[token.end() :].strip():
                return f"behind its last bracket stands {quote(text[token.end() :].strip())}"
    return f"brackets that nothing closes: {len(waiting)}" if waiting else None
