"""What geo.proj says of a coordinate reference system, and of the pixels in it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import BBOX, CODE, PROJJSON, SPATIAL_DIMENSIONS, TRANSFORM, WKT2
from zarr_spaces.findings import Level, Severity
from zarr_spaces.geo import (
    SPATIAL_NAMES,
    codes_of,
    conflicting_codes,
    extent_of,
    is_in_order_of_gdal,
    spatial_axes,
)
from zarr_spaces.layout import as_floats, names_of, placed_arrays
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_PUBLISHED_CODE = re.compile(r"[A-Z]+:[0-9]+")
_SAME = 1e-2  # of a pixel
_PARALLEL = 1e-12  # sine of the angle between two columns that are one
_FULL_CIRCLE = 360  # degrees
_KNOWN_PAIRS = [list(names) for names in SPATIAL_NAMES]
_NINE_NUMBERS = 240  # characters that they take at most
_ORDER = "its order is that of rasterio: a, b, c, d, e, f with x = a col + b row + c, y = d col + e row + f"


@rule("geo-transform-invertible", part=Part.GEO_PROJ, section="geo.proj, transform")
def geo_transform_invertible(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The transform gives each pixel a place of its own: its two columns are no multiples of each other."""
    if proj.transform is not None and (numbers := as_floats(proj.transform)) is not None and _is_singular(numbers):
        message = f"the transform {quote(proj.transform, 120)} puts different pixels in one place"
        yield Fault((*at, TRANSFORM), message, _gdal_hint(numbers) or _ORDER)


def _is_singular(numbers: Sequence[float]) -> bool:
    """Tell whether a transform has no inverse."""
    a, b, _, d, e, _ = numbers[:6]
    # Each column by its own length, so that pixels of any size count the same, and no product overflows.
    rows, columns = math.hypot(b, e), math.hypot(a, d)
    if not (math.isfinite(rows) and math.isfinite(columns)):
        return False
    return not rows or not columns or abs(a / columns * (e / rows) - b / rows * (d / columns)) <= _PARALLEL


def _gdal_hint(numbers: Sequence[float]) -> str | None:
    """Tell how to write a transform that looks as GDAL orders it: origin and rotation stand elsewhere."""
    _, a, b, _, d, e = numbers[:6]
    if not a or not e or b or d:
        return None
    return f"this looks like the order of GDAL's GetGeoTransform; write {_reordered(numbers)}"


def _reordered(numbers: Sequence[float]) -> str:
    """Write a transform in GDAL's order as it is meant here; a third row stays."""
    c, a, b, f, d, e, *last = numbers
    return quote([a, b, c, d, e, f, *last], _NINE_NUMBERS)


@rule("geo-transform-order", part=Part.GEO_PROJ, section="geo.proj, transform", severity=Severity.WARNING)
def geo_transform_order(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The transform is not in the order of GDAL, which begins with the place of the first pixel."""
    if proj.transform is None or (numbers := as_floats(proj.transform)) is None:
        return
    if is_in_order_of_gdal(numbers) and not _is_singular(numbers):  # that is told with the same hint
        message = f"the transform {quote(proj.transform, 120)} looks like that of GDAL's GetGeoTransform, in its order"
        yield Fault((*at, TRANSFORM), message, f"write {_reordered(proj.transform)}: {_ORDER}")


@rule("geo-code-published", part=Part.GEO_PROJ, section="geo.proj, code", severity=Severity.WARNING)
def geo_code_published(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The code is one that published validators accept: capitals, a colon, digits."""
    if proj.code is not None and not _PUBLISHED_CODE.fullmatch(proj.code):
        message = f"published validators refuse the code {quote(proj.code)}: they accept capitals, a colon and digits"
        hint = "give wkt2 or projjson instead, which all readers take"
        if _PUBLISHED_CODE.fullmatch(proj.code.upper()):
            hint = f"write {quote(proj.code.upper())}"
        yield Fault((*at, CODE), message, hint)


@rule("geo-forms-agree", part=Part.GEO_PROJ, section="geo.proj, Validation Rules")
def geo_forms_agree(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """Several forms of one coordinate reference system mean the same."""
    codes = codes_of(proj)
    if conflicting_codes(codes):
        forms = [name for name, form in ((CODE, proj.code), (PROJJSON, proj.projjson), (WKT2, proj.wkt2)) if form]
        message = f"the forms {listing(forms)} name different systems: {listing(list(dict.fromkeys(codes)))}"
        yield Fault(at, message, "leave out those that are wrong")


@rule("geo-bbox-ordered", part=Part.GEO_PROJ, section="geo.proj, bbox", severity=Severity.WARNING)
def geo_bbox_ordered(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """A bbox lists the smallest coordinates first; along x, degrees may run across the antimeridian."""
    if proj.bbox is None:
        return
    half = len(proj.bbox) // 2
    for axis in range(half):
        low, high = proj.bbox[axis], proj.bbox[half + axis]
        if low > high and (axis > 0 or low > _FULL_CIRCLE or high < -_FULL_CIRCLE):
            message = f"along {'xyz'[axis]} the bbox runs from {quote(low)} down to {quote(high)}"
            order = "xmin, ymin, xmax, ymax" if half == 2 else "xmin, ymin, zmin, xmax, ymax, zmax"
            yield Fault((*at, BBOX), message, f"the order is {order}")


@rule(
    "geo-dimensions-ordered",
    part=Part.GEO_PROJ,
    section="geo.proj, spatial_dimensions",
    severity=Severity.WARNING,
)
def geo_dimensions_ordered(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The dimension along y is declared before that along x."""
    if proj.spatial_dimensions is not None and (meant := proj.spatial_dimensions[::-1]) in _KNOWN_PAIRS:
        message = f"{quote(meant[1])} is declared as the dimension along y, {quote(meant[0])} as that along x"
        hint = f"write {quote(meant)}, y first, whatever the order of the dimensions in the arrays is"
        yield Fault((*at, SPATIAL_DIMENSIONS), message, hint)


@rule(
    "geo-dimensions-found", part=Part.GEO_PROJ, section="geo.proj, Spatial Dimension Identification", level=Level.ARRAYS
)
def geo_dimensions_found(proj: GeoProj, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """One of the arrays that are placed has the two dimensions, by their declared or by well-known names."""
    arrays = placed_arrays(nodes)
    if not arrays or any(spatial_axes(names_of(array), proj.spatial_dimensions) for array in arrays.values()):
        return
    names = sorted({name for array in arrays.values() for name in names_of(array) if name is not None})
    met = listing(names) or "unnamed"
    if proj.spatial_dimensions is not None:
        message = f"no array here has the dimensions {listing(proj.spatial_dimensions)}; dimensions here: {met}"
        yield Fault(
            (*at, SPATIAL_DIMENSIONS), message, "write the names that the arrays give their dimensions, y first"
        )
        return
    message = f"no array here has dimensions with well-known names for y and x; dimensions here: {met}"
    hint = f"add spatial_dimensions, or name the dimensions of the arrays, such as {listing(SPATIAL_NAMES[0])}"
    yield Fault(at, message, hint)


@rule("geo-bbox-agrees", part=Part.GEO_PROJ, section="geo.proj, bbox", level=Level.ARRAYS, severity=Severity.WARNING)
def geo_bbox_agrees(proj: GeoProj, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The bbox is the extent that the transform gives the arrays."""
    if proj.bbox is None or proj.transform is None or len(proj.bbox) != 4:
        return
    for name, array in placed_arrays(nodes).items():
        if (axes := spatial_axes(names_of(array), proj.spatial_dimensions)) is not None:
            sizes = array["shape"][axes[0]], array["shape"][axes[1]]
            yield from compare_bbox(proj, sizes, name, at)
            return


def compare_bbox(proj: GeoProj, sizes: tuple[int, int], name: str, at: Pointer) -> Iterator[Fault]:
    """Compare a bbox of four numbers with the extent of so many rows and columns."""
    if proj.bbox is None or proj.transform is None or len(proj.bbox) != 4:
        return
    told, numbers, room = as_floats(proj.bbox), as_floats(proj.transform[:6]), as_floats(sizes)
    if told is None or numbers is None or room is None:
        return
    if is_in_order_of_gdal(numbers) or _is_singular(numbers):
        return  # the transform is to be mended first, which rules of its own tell
    if told[0] > told[2]:  # across the antimeridian
        told = (told[0], told[1], told[2] + _FULL_CIRCLE, told[3])
    if not _is_close(told, extent_of(numbers, room[0], room[1]), numbers):
        size = f"{quote(sizes[0])} rows and {quote(sizes[1])} columns" + (f" of {quote(name)}" if name else "")
        extent = quote(extent_of(numbers, room[0], room[1]), 120)
        message = f"the bbox is {quote(proj.bbox, 120)}; {size} reach over {extent}"
        yield Fault((*at, BBOX), message, _bbox_hint(told, numbers, room))


def _is_close(told: Sequence[float], found: Sequence[float], numbers: Sequence[float]) -> bool:
    a, b, _, d, e, _ = numbers
    pixel = max(map(abs, (a, b, d, e)))
    return not any(
        abs(one - other) > max(_SAME * pixel, 1e-9 * abs(other)) for one, other in zip(told, found, strict=True)
    )


def _bbox_hint(told: Sequence[float], numbers: Sequence[float], room: Sequence[float]) -> str:
    """Say what the writer of a bbox may have done."""
    extent = extent_of(numbers, room[0], room[1])
    if _is_close(told, extent_of(numbers, room[0], room[1], 0.5), numbers):
        return "this one reaches to the centres of the outer pixels; a bbox reaches to their outer edges"
    if _is_close(told, (extent[1], extent[0], extent[3], extent[2]), numbers):
        return "x and y are exchanged: the order is xmin, ymin, xmax, ymax, whatever that of the reference system is"
    c, a, b, f, d, e = numbers
    if (hint := _gdal_hint(numbers)) and _is_close(
        told, extent_of((a, b, c, d, e, f), room[0], room[1]), (a, b, c, d, e, f)
    ):
        return f"the bbox is right if the transform is wrong: {hint}"
    return "a bbox reaches to the outer edges of the pixels: mend it, or the transform"
