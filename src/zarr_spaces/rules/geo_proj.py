"""What geo.proj says of a coordinate reference system, and of the pixels in it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import BBOX, CODE, PROJJSON, SPATIAL_DIMENSIONS, TRANSFORM, WKT2
from zarr_spaces.findings import Level, Severity, listing, quote
from zarr_spaces.geo import SPATIAL_NAMES, codes_of, spatial_axes
from zarr_spaces.layout import is_coordinate, names_of
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

_PUBLISHED_CODE = re.compile(r"[A-Z]+:[0-9]+")
_SAME = 1e-6  # of a pixel


@rule("geo-transform-invertible", part=Part.GEO_PROJ, section="geo.proj, transform")
def geo_transform_invertible(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The transform gives each pixel a place of its own: its two columns are no multiples of each other."""
    if proj.transform is None:
        return
    a, b, _, d, e, _ = map(float, proj.transform[:6])
    # Compared with the lengths of the columns, so that pixels of any size count the same.
    size = math.hypot(a, d) * math.hypot(b, e)
    if not math.isfinite(size):
        return
    if size == 0 or abs(a * e - b * d) <= 1e-12 * size:
        message = f"the transform {quote(proj.transform)} puts different pixels in one place"
        hint = "its order is that of rasterio: a, b, c, d, e, f with x = a col + b row + c, y = d col + e row + f"
        if proj.transform[1] and proj.transform[5] and not (proj.transform[2] or proj.transform[4]):
            hint += "; this looks like the order of GDAL: c, a, b, f, d, e"
        yield Fault((*at, TRANSFORM), message, hint)


@rule("geo-code-published", part=Part.GEO_PROJ, section="geo.proj, code", severity=Severity.WARNING)
def geo_code_published(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """The code is one that published validators accept: capitals, a colon, digits."""
    if proj.code is not None and not _PUBLISHED_CODE.fullmatch(proj.code):
        message = f"published validators refuse the code {quote(proj.code)}, though the text has such codes"
        yield Fault((*at, CODE), message, "give wkt2 or projjson instead, which all readers take")


@rule("geo-forms-agree", part=Part.GEO_PROJ, section="geo.proj, Validation Rules")
def geo_forms_agree(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """Several forms of one coordinate reference system mean the same."""
    codes = codes_of(proj)
    if len({code.casefold() for code in codes}) > 1:
        forms = [name for name, form in ((CODE, proj.code), (PROJJSON, proj.projjson), (WKT2, proj.wkt2)) if form]
        message = f"the forms {listing(forms)} name different systems: {listing(codes)}"
        yield Fault(at, message, "leave out those that are wrong")


@rule("geo-bbox-ordered", part=Part.GEO_PROJ, section="geo.proj, bbox", severity=Severity.WARNING)
def geo_bbox_ordered(proj: GeoProj, at: Pointer) -> Iterator[Fault]:
    """A bbox lists the smallest coordinates first; along x it may run across the antimeridian."""
    if proj.bbox is None:
        return
    half = len(proj.bbox) // 2
    for axis in range(1, half):
        if proj.bbox[axis] > proj.bbox[half + axis]:
            message = f"along {'xyz'[axis]} the bbox runs from {proj.bbox[axis]:g} down to {proj.bbox[half + axis]:g}"
            order = "xmin, ymin, xmax, ymax" if half == 2 else "xmin, ymin, zmin, xmax, ymax, zmax"
            yield Fault((*at, BBOX), message, f"the order is {order}")


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
    message = (
        f"no array here has dimensions with well-known names for y and x; dimensions here: {met}"
    )
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
    a, b, c, d, e, f = map(float, proj.transform[:6])
    corners = [(row, column) for row in (0, sizes[0]) for column in (0, sizes[1])]
    xs = [a * column + b * row + c for row, column in corners]
    ys = [d * column + e * row + f for row, column in corners]
    extent = [min(xs), min(ys), max(xs), max(ys)]
    pixel = max(map(abs, (a, b, d, e)))
    if any(
        abs(told - found) > max(_SAME * pixel, 1e-9 * abs(found)) for told, found in zip(proj.bbox, extent, strict=True)
    ):
        size = f"{sizes[0]} rows and {sizes[1]} columns of {quote(name)}"
        message = f"the bbox is {quote(proj.bbox)}; {size} reach over {quote(extent)}"
        hint = "a bbox reaches to the outer edges of the pixels"
        yield Fault((*at, BBOX), message, hint)


def placed_arrays(nodes: NodeView) -> Mapping[str, Mapping[str, Any]]:
    """Find the arrays to which geo.proj applies: the node itself, or those directly below the group."""
    if (own := nodes.array("")) is not None:
        return {"": own}
    found = {name: nodes.array(name) for name in nodes.children("")}
    return {name: array for name, array in found.items() if array is not None and not is_coordinate(name, array)}
