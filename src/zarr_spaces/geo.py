"""What the members of geo.proj mean: the name of the reference system, the axes of the pixels, the matrix."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from zarr_spaces._generated.bindings.composition import GeoProj

N = TypeVar("N", float, "Fraction")

# Names of dimensions that are taken for y and x where none are declared, in the order of the specification.
SPATIAL_NAMES = (
    ("y", "x"),
    ("Y", "X"),
    ("lat", "lon"),
    ("latitude", "longitude"),
    ("northing", "easting"),
    ("row", "col"),
    ("line", "sample"),
)
_ASPECT = 10  # times that pixels are longer than wide, which few are
_LINES = 100  # times that no pixels are longer than wide
_RIGHT = 1e-3  # cosine of an angle that is right but for rounding
_WKT_NAME = re.compile(r'\s*[A-Za-z]+\s*[\[(]\s*"([^"]{1,200})"')
_WKT_ID = re.compile(r'\bID\s*\[\s*"([A-Za-z0-9_]{1,40})"\s*,\s*"?([A-Za-z0-9_.]{1,40})"?\s*\]\s*\]\s*$')


def crs_name(proj: GeoProj) -> str:
    """Name a coordinate reference system: by its code, else by the code or the name that its other forms give.

    >>> from zarr_spaces.zarr_multiscales.v0_1_0 import GeoProj
    >>> crs_name(GeoProj(code="EPSG:32633"))
    'EPSG:32633'
    >>> crs_name(GeoProj(wkt2='GEOGCRS["WGS 84", ID["EPSG",4326]]'))
    'EPSG:4326'
    """
    for code in codes_of(proj):
        return code
    if proj.projjson is not None and isinstance(name := proj.projjson.get("name"), str) and name:
        return name[:200]
    if proj.wkt2 is not None and (found := _WKT_NAME.match(proj.wkt2)):
        return found[1]
    return "CRS"


def codes_of(proj: GeoProj) -> list[str]:
    """List the codes that the forms of a reference system give: `code`, that of PROJJSON, that of WKT2."""
    codes = [] if proj.code is None else [proj.code]
    if proj.projjson is not None and isinstance(known := proj.projjson.get("id"), dict):
        authority, code = known.get("authority"), known.get("code")
        if isinstance(authority, str) and type(code) in (str, int):
            codes.append(f"{authority}:{code}")
    if proj.wkt2 is not None and (found := _WKT_ID.search(proj.wkt2[-400:])):
        codes.append(f"{found[1]}:{found[2]}")
    return codes


def conflicting_codes(codes: Iterable[str]) -> bool:
    """Tell whether codes name different systems: other codes of one authority do, those of others need not.

    >>> conflicting_codes(["EPSG:3857", "epsg:3857", "ESRI:102100"]), conflicting_codes(["EPSG:3857", "EPSG:4326"])
    (False, True)
    """
    known: dict[str, str] = {}
    for code in codes:
        authority, _, own = code.casefold().partition(":")
        if known.setdefault(authority, own) != own:
            return True
    return False


def spatial_axes(names: Sequence[str | None], declared: Sequence[str] | None = None) -> tuple[int, int] | None:
    """Find the dimensions along which y and x run, by the names of an array's dimensions; None where there are none.

    Spec : geo.proj 0.1, "Spatial Dimension Identification"

    >>> spatial_axes(["band", "y", "x"]), spatial_axes(["lon", "lat"]), spatial_axes(["a", "b"], ["b", "a"])
    ((1, 2), (1, 0), (1, 0))
    """
    for y, x in SPATIAL_NAMES if declared is None else [tuple(declared)]:
        if y in names and x in names:
            return names.index(y), names.index(x)
    return None


def named_axes(
    n: int, arrays: Iterable[tuple[Sequence[str | None], Sequence[int]]], declared: Sequence[str] | None = None
) -> list[str | None] | None:
    """Name the `n` axes of a grid by the dimensions of its arrays, given by names and shape; None where none tell.

    An array with y and x is asked first, then the largest: bounds of coordinates may have as many dimensions.

    >>> named_axes(2, [(["lat", "nv"], [8, 2]), (["time", "lat", "lon"], [9, 8, 8])])
    ['lat', 'lon']
    """
    known = [(list(names), sum(shape)) for names, shape in arrays]
    whole = [(names, size) for names, size in known if len(names) == n and None not in names and len(set(names)) == n]
    whole.sort(key=lambda one: one[1], reverse=True)
    for names, _ in whole:
        if spatial_axes(names, declared) is not None:
            return names
    if n == 2:
        for names, _ in known:
            if (pair := spatial_axes(names, declared)) is not None:
                return [names[axis] for axis in sorted(pair)]
    return whole[0][0] if whole else None


def affine_rows(transform: Sequence[float], axes: tuple[int, int], n: int) -> list[list[float]]:
    """Write a transform as the 2 x (n + 1) matrix from pixel coordinates to x and y, whose last column is the shift.

    `axes` are those of y and x among the `n` of the pixels, which count from the corner of the first one.

    >>> affine_rows([10, 0, 500000, 0, -10, 5000000], (0, 1), 2)
    [[0, 10, 500000], [-10, 0, 5000000]]
    """
    a, b, c, d, e, f = transform[:6]
    row, column = axes
    rows: list[list[float]] = [[0] * n + [c], [0] * n + [f]]
    rows[0][column], rows[0][row] = a, b
    rows[1][column], rows[1][row] = d, e
    return rows


def is_in_order_of_gdal(transform: Sequence[float]) -> bool:
    """Tell whether a transform can only be meant as GDAL orders it: c, a, b, f, d, e.

    So it is where nothing is turned in that order, and its pixels are about as long as wide, while those of the
    transform as it stands are long lines, askew in most cases.

    >>> is_in_order_of_gdal([-180, 0.5, 0, 90, 0, -0.5]), is_in_order_of_gdal([0.5, 0, -180, 0, -0.5, 90])
    (True, False)
    """
    c, a, b, f, d, e = transform[:6]
    if b or d or not (a and e and f) or not 1 / _ASPECT <= abs(e / a) <= _ASPECT:
        return False
    # As it stands, columns lie (c, f) apart and rows (a, 0). With little c the two are at right angles, as those of a
    # turned raster with an offset along y; this offset is no accident where it is the size of the pixels.
    length = math.hypot(c, f) / abs(a)
    return length >= _ASPECT if abs(c) > _RIGHT * abs(f) else length >= _LINES and a == -e


def transform_of_level(transform: Sequence[N], scale: Sequence[N], translation: Sequence[N]) -> list[N]:
    """Return the transform of a level from that of the first one; scale and translation along y, then x.

    Fractions stay exact.

    >>> transform_of_level([10, 0, 500000, 0, -10, 5000000], (2, 2), (0, 0))
    [20, 0, 500000, 0, -20, 5000000]
    """
    a, b, c, d, e, f = transform[:6]
    (scale_y, scale_x), (start_y, start_x) = scale, translation
    return [
        a * scale_x,
        b * scale_y,
        a * start_x + b * start_y + c,
        d * scale_x,
        e * scale_y,
        d * start_x + e * start_y + f,
    ]


def extent_of(transform: Sequence[N], rows: N, columns: N, inset: N | int = 0) -> tuple[N, N, N, N]:
    """Return the extent of so many rows and columns, xmin, ymin, xmax, ymax, less so many pixels at each edge.

    >>> extent_of([10, 0, 500000, 0, -10, 5000000], 100, 200)
    (500000, 4999000, 502000, 5000000)
    """
    a, b, c, d, e, f = transform[:6]
    corners = [(row, column) for row in (inset, rows - inset) for column in (inset, columns - inset)]
    xs = [a * column + b * row + c for row, column in corners]
    ys = [d * column + e * row + f for row, column in corners]
    return min(xs), min(ys), max(xs), max(ys)
