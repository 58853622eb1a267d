"""Where the pixels of a pyramid lie on the ground: reference system, transform and extent, as geo.proj says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.composition import Geo, GeoProj
from zarr_spaces.build.given import copied, listed
from zarr_spaces.build.per_axis import exact, is_listed, plain, rounded, shown, unknown_axis
from zarr_spaces.build.wkt import require_wkt2
from zarr_spaces.geo import extent_of, spatial_axes
from zarr_spaces.quoting import listing, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis
    from zarr_spaces.build.per_axis import Array

    Numbers: TypeAlias = Iterable[float] | Array


def ground(
    axes: Sequence[Axis],
    crs: str | Mapping[str, Any] | None,
    transform: Numbers | None,
    shape: Sequence[int] | None,
    bbox: Numbers | None,
    spatial_dimensions: Sequence[str] | None,
) -> Geo | None:
    """Make the metadata of a reference system, of which nothing stands alone; None where there is none.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it.
    """
    if crs is None:
        more = {"transform": transform, "shape": shape, "bbox": bbox, "spatial_dimensions": spatial_dimensions}
        for argument, value in more.items():
            if value is not None:
                raise ValueError(f'{argument}: it says nothing without a reference system: add crs="EPSG:..."')
        return None
    proj = _system(crs)
    _require_order(axes, spatial_dimensions)
    if transform is not None:
        numbers = _numbers("transform", transform, (6, 9))
        if len(numbers) == 9 and numbers[6:] != [0, 0, 1]:
            raise ValueError(f"transform: its third row is 0, 0, 1, not {quote(_floats(numbers[6:]))}")
        proj.transform = _floats(numbers[:6])
    if bbox is not None and shape is not None:
        raise ValueError("bbox: it follows from the shape: give one of the two")
    if bbox is not None:
        proj.bbox = _floats(_numbers("bbox", bbox, (4, 6)))
    elif shape is not None:
        proj.bbox = extent(shape, proj.transform)
    if spatial_dimensions is not None:
        proj.spatial_dimensions = list(spatial_dimensions)
    return Geo(proj=proj)


def named_dimensions(axes: Sequence[Axis], names: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the names of the dimensions of y and x, where they are given.

    Raises
    ------
    TypeError, ValueError
        If they are not two different ones of the axes.
    """
    if names is None:
        return None
    found = listed("spatial_dimensions", names, "two names")
    known = [axis.name for axis in axes]
    for name in found:
        if name not in known:
            raise unknown_axis("spatial_dimensions", name, axes)
    if len(found) != 2 or found[0] == found[1]:
        raise ValueError(f"spatial_dimensions: two different names are needed, of y and of x, not {listing(found)}")
    return tuple(found)


def extent(shape: Sequence[int], transform: Sequence[float] | None) -> list[float]:
    """Find the extent of so many rows and columns, to the outer edges of the pixels.

    Raises
    ------
    TypeError, ValueError
        If the shape is no two whole numbers above 0, or there is no transform.
    """
    if transform is None:
        raise ValueError("shape: a bbox follows from it with a transform only")
    rows, columns = _numbers("shape", shape, (2,))
    for size in (rows, columns):
        if size.denominator != 1 or size < 1:
            raise ValueError(
                f"shape: {rounded('shape', size):g}: numbers of rows and of columns are whole, and above 0"
            )
    return _floats(extent_of([exact("transform", number) for number in transform[:6]], rows, columns))


def _system(crs: str | Mapping[str, Any]) -> GeoProj:
    """Name a reference system in the form that it is given in."""
    if isinstance(crs, Mapping):
        form = copied("crs", dict(crs))
        for member in ("type", "name"):
            if not isinstance(form.get(member), str):
                raise ValueError(
                    f"crs: an object is PROJJSON, which has a type and a name, as in "
                    f'{{"type": "GeographicCRS", "name": "WGS 84", ...}}; here the {member} is '
                    f"{shown(form.get(member)) if member in form else 'missing'}"
                )
        return GeoProj(version="0.1", projjson=form)
    if not isinstance(crs, str):
        raise TypeError(f'crs: a code such as "EPSG:32633", WKT2 or PROJJSON is needed, not {shown(crs)}')
    text = plain(crs)
    if text.lstrip().startswith("{"):
        raise TypeError("crs: this looks like PROJJSON as text: hand over the object, json.loads(text)")
    if "[" in text or "(" in text:
        require_wkt2("crs", text)
        return GeoProj(version="0.1", wkt2=text)
    return GeoProj(version="0.1", code=text)


def _require_order(axes: Sequence[Axis], spatial_dimensions: Sequence[str] | None) -> None:
    """Require axes of which y and x are known, in this order: the metadata tells no other."""
    names = [axis.name for axis in axes]
    found = spatial_axes(names, spatial_dimensions)
    if found is None:
        raise ValueError(
            f"spatial_dimensions: {listing(names)} do not tell which axes the reference system is for: add the names "
            f'of y and x, in this order, as in ("lat", "lon")'
        )
    y, x = found
    if x < y:
        raise ValueError(
            f"axes: {quote(names[x])} stands before {quote(names[y])}, which metadata with a reference system cannot "
            f"say, and readers take y before x: store the arrays with y before x"
        )


def _numbers(argument: str, values: Any, lengths: tuple[int, ...]) -> list[Fraction]:
    items = plain(values)
    if not is_listed(items):
        raise TypeError(f"{argument}: {lengths[0]} numbers are needed, not {shown(items)}")
    numbers = [exact(argument, number) for number in items]
    if len(numbers) not in lengths:
        raise ValueError(f"{argument}: {len(numbers)} numbers where {' or '.join(map(str, lengths))} are needed")
    return numbers


def _floats(numbers: Iterable[Fraction]) -> list[float]:
    return [rounded("transform", number) for number in numbers]
