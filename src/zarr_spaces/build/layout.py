"""Pyramids of the Zarr multiscales convention, and where they lie on the ground."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from zarr_spaces._generated.bindings.composition import Geo, GeoAttributes
from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import LayoutLevel, Multiscales, ZarrMultiscales
from zarr_spaces.build.given import copied, simplify
from zarr_spaces.build.ground import extent, ground, named_dimensions
from zarr_spaces.build.levels import coarser_factors, is_corner, level_names
from zarr_spaces.build.per_axis import exact, is_listed, plain, rounded, shown
from zarr_spaces.document import check
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.findings import Severity
from zarr_spaces.geo import SPATIAL_NAMES, transform_of_level
from zarr_spaces.layout import axes_count, levels_of, place_on
from zarr_spaces.quoting import listing, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import ResamplingMethod
    from zarr_spaces.build.ground import Numbers
    from zarr_spaces.build.levels import PixelPart
    from zarr_spaces.build.per_axis import Array, PerAxis
    from zarr_spaces.findings import Report
    from zarr_spaces.model import Model

Member = Literal["from_group", "factors", "scale", "translation", "resampling_method"]
"""What a level after the first may say."""

_USUAL: tuple[Member, ...] = ("from_group", "factors", "scale", "translation")
_SPACE = {"z", *(name for names in SPATIAL_NAMES for name in names)}


def multiscale_layout(
    axes: str | Sequence[str],
    *,
    factors: Iterable[PerAxis] | Array,
    groups: Iterable[str] | None = None,
    align: PixelPart = "corner",
    resampling_method: ResamplingMethod | None = None,
    members: Iterable[Member] = _USUAL,
    crs: str | Mapping[str, Any] | None = None,
    transform: Numbers | None = None,
    shape: Sequence[int] | None = None,
    bbox: Numbers | None = None,
    spatial_dimensions: Sequence[str] | None = None,
) -> ZarrMultiscales:
    """Describe a pyramid: groups with the same arrays at several resolutions, each made from the one before.

    The convention counts from the corner of the first pixel: a level that averages or bins its source has the
    translation 0, whatever the factor.

    Parameters
    ----------
    axes : str or sequence of str
        Names of the arrays' dimensions, one letter each in a string: ``"yx"``, ``["band", "lat", "lon"]``. They are not
        written; they tell how many numbers a level has, and which of them one factor is for: z, y, x, the names that
        geo.proj knows, such as lat and lon, and those in `spatial_dimensions`. With `crs`, y stands before x.
    factors : iterable
        For each further level, how many times coarser than the *first* it is: ``[2, 4]``, or, with a number for each
        axis or by name, ``[(1, 2, 2), {"y": 4, "x": 4}]``; 1 where nothing is said. The first level is not listed.
    groups : iterable of str, optional
        Names of the levels' groups, finest first; ``"0"``, ``"1"`` and so on unless given.
    align : {"corner", "centre"}
        Which part of their first pixels the levels have in common: the corner where pixels were averaged, the centre
        where every n-th one was picked, as ``[::2]`` does.
    resampling_method : str, optional
        How the lower resolutions were made.
    members : iterable of str
        What each level after the first spells out: ``factors`` counts from the level before, ``scale`` and
        ``translation`` from the first; ``resampling_method`` repeats what the pyramid says.
    crs : str or mapping, optional
        The coordinate reference system: a code such as ``"EPSG:32633"``, WKT2, or PROJJSON. Without it, none of the
        following is taken. A code that published validators refuse, such as ``"OGC:CRS84"``, is taken as it is.
    transform : iterable of 6 or 9 numbers, optional
        a, b, c, d, e, f with x = a col + b row + c and y = d col + e row + f for the first level, as rasterio's
        ``Affine`` lists them.
    shape : (rows, columns), optional
        Size of the first level, from which the bbox follows.
    bbox : iterable of 4 or 6 numbers, optional
        xmin, ymin, xmax, ymax; not with `shape`.
    spatial_dimensions : (str, str), optional
        Names of the dimensions of y and x, where they are none that geo.proj knows; two of the axes.

    Returns
    -------
    ZarrMultiscales
        The document of the pyramid's group. `level_placement` gives those of its levels.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it.
    InvalidDocument
        If the whole breaks a rule, a SHOULD included, as when a transform puts all pixels in one line.

    Notes
    -----
    Zarr multiscales 0.1.0, "multiscales.layout"; geo.proj 0.1.

    Examples
    --------
    >>> layout = multiscale_layout("yx", factors=[2, 4], resampling_method="average")
    >>> layout.multiscales.layout[2]
    LayoutLevel(group='2', from_group='1', factors=[2.0, 2.0], scale=[4.0, 4.0], translation=[0.0, 0.0])
    """
    named = _axes(axes)
    dimensions = named_dimensions(named, spatial_dimensions)
    in_space = {*_SPACE, *(dimensions or ())}
    for axis in named:
        axis.type = "space" if axis.name in in_space else None
    written = _members(members)
    scales = coarser_factors(factors, named)
    names = level_names("groups", groups, 1 + len(scales))
    by_corner = is_corner("align", align)
    levels = [LayoutLevel(group=names[0])]
    before = [exact("factors", 1)] * len(named)
    for number, scale in enumerate(scales, 1):
        shift = [exact("factors", 0) if by_corner else (1 - size) / 2 for size in scale]
        if any(shift) and not {"translation", "scale"} <= set(written):
            raise ValueError('members: levels that share centres need "scale" and "translation"')
        steps = [size / last for size, last in zip(scale, before, strict=True)]
        levels.append(
            LayoutLevel(
                group=names[number],
                from_group=names[number - 1] if "from_group" in written else None,
                factors=_floats(steps) if "factors" in written else None,
                scale=_floats(scale) if "scale" in written else None,
                translation=_floats(shift) if "translation" in written else None,
                resampling_method=resampling_method if "resampling_method" in written else None,
            )
        )
        before = scale
    document = ZarrMultiscales(
        multiscales=Multiscales(version="0.1.0", layout=levels, resampling_method=resampling_method),
        geo=ground(named, crs, transform, shape, bbox, dimensions),
    )
    simplify(document)
    _require_clean(check(document))
    return document


def level_placement(
    document: ZarrMultiscales, group: str, *, axes: tuple[int, int] | None = None, shape: Sequence[int] | None = None
) -> GeoAttributes:
    """Place one level of a pyramid on the ground: what stands in the attributes of the level's own group.

    Parameters
    ----------
    document : ZarrMultiscales
        A pyramid with geo.proj and a transform.
    group : str
        Name of the level's group.
    axes : (int, int), optional
        Which of the levels' axes are y and x. Levels of two axes have them in this order; of more, it has to be said.
    shape : (rows, columns), optional
        Size of the level, from which its bbox follows. Without it, only the first level has one, that of the pyramid:
        the others may begin or end elsewhere.

    Returns
    -------
    GeoAttributes
        The same reference system, with the transform of the level.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant; or the pyramid is not placed, has no such level, or does not tell how
        it lies on the first one.
    InvalidDocument
        If the pyramid breaks a rule.

    Notes
    -----
    Zarr multiscales 0.1.0, "Composition with Domain-Specific Metadata".

    Examples
    --------
    >>> layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=(10, 0, 500000, 0, -10, 5000000))
    >>> placed = level_placement(layout, "1", shape=(256, 256)).geo.proj
    >>> placed.transform, placed.bbox
    ([20.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0], [500000.0, 4994880.0, 505120.0, 5000000.0])
    """
    if not isinstance(document, ZarrMultiscales):
        raise TypeError(f"document: a ZarrMultiscales is needed, as multiscale_layout makes it, not {shown(document)}")
    _require_valid(document)
    proj = document.geo.proj if document.geo is not None else None
    if proj is None or proj.transform is None:
        raise ValueError("document: the pyramid has no geo.proj with a transform")
    levels = levels_of(document.multiscales)
    level = next((level for level in levels if level.group == group), None)
    if level is None:
        raise ValueError(f"group: no level is called {quote(group)}; levels: {listing([one.group for one in levels])}")
    count = axes_count(document.multiscales)
    given = _pair(axes, count) if axes is not None else None
    placed = copied("document", proj)
    if level.index:
        place = place_on(level, levels[0])
        if place is None:
            raise ValueError(f"group: neither scale nor factors tell how the level {quote(group)} lies on the first")
        y, x = given or _two_axes(count)
        scale, shift = ([exact("scale", numbers[axis]) for axis in (y, x)] for numbers in place)
        first = [exact("transform", number) for number in proj.transform]
        placed.transform = [rounded("transform", number) for number in transform_of_level(first, scale, shift)]
        placed.bbox = None
    if shape is not None:
        placed.bbox = extent(shape, placed.transform)
    made = GeoAttributes(geo=Geo(proj=placed))
    _require_valid(made)
    return made


def _axes(names: str | Sequence[str]) -> list[Axis]:
    if not isinstance(names, str) and not is_listed(names):
        raise TypeError(f'axes: names are needed, such as "yx" or ["band", "lat", "lon"], not {shown(names)}')
    found: list[str] = []
    for item in names:
        name = plain(item)
        if not isinstance(name, str):
            raise TypeError(f"axes: {shown(name)} is no name")
        is_name = bool(name.strip()) and (name.isalnum() or not isinstance(names, str))
        if not is_name or name in found:
            fault = "stands there twice" if is_name else "is no name"
            raise ValueError(
                f'axes: {quote(name)} {fault}: write one letter for each axis, as in "yx", or a list of names'
            )
        found.append(name)
    if not found:
        raise ValueError('axes: at least one name is needed, such as "yx"')
    return [Axis(name=name) for name in found]


def _members(members: Iterable[Member]) -> list[Member]:
    if not isinstance(members, set | frozenset) and not is_listed(members):
        raise TypeError(f'members: a list of names is needed, such as ["from_group", "scale"], not {shown(members)}')
    found = list(members)
    known = get_args(Member)
    if unknown := [member for member in found if member not in known]:
        raise ValueError(f"members: a level has no {listing(unknown)}; it may have {listing(known)}")
    if "scale" not in found and not {"from_group", "factors"} <= set(found):
        raise ValueError('members: nothing would tell the factors: add "scale", or both "from_group" and "factors"')
    return found


def _require_valid(document: Model) -> None:
    report = check(document)
    if not report.valid:
        raise InvalidDocument(report)


def _require_clean(report: Report) -> None:
    """Require that a check found nothing but what is the caller's good right."""
    found = [item for item in report if item.severity is not Severity.INFO and item.rule != "geo-code-published"]
    if found:
        raise InvalidDocument(replace(report, findings=tuple(found)).strict())


def _pair(axes: tuple[int, int], count: int | None) -> tuple[int, int]:
    """Return which of so many axes are y and x."""
    advice = "two different numbers are needed, of the axes of y and of x, as in axes=(1, 2)"
    items = plain(axes)
    if not is_listed(items):
        raise TypeError(f"axes: {advice}, not {shown(items)}")
    found = [plain(item) for item in items]
    for number in found:
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"axes: {shown(number)} is no whole number: {advice}")
        if count is not None and not -count <= number < count:
            raise ValueError(f"axes: there is no axis {number}: the levels have {count}, counted from 0")
    y, x = found if len(found) == 2 else (0, 0)
    if y == x or (count is not None and y % count == x % count):
        raise ValueError(f"axes: {quote(found)}: {advice}")
    return y, x


def _two_axes(count: int | None) -> tuple[int, int]:
    if count != 2:
        raise ValueError(
            f"axes: the levels have {count}: say which of them are y and x, as in axes=(1, 2); the first one is 0"
        )
    return 0, 1


def _floats(numbers: Iterable[Fraction]) -> list[float]:
    return [rounded("factors", number) for number in numbers]
