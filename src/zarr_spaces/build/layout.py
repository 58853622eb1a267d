"""Pyramids of the Zarr multiscales convention, and where they lie on the ground."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from zarr_spaces._generated.bindings.composition import Geo, GeoAttributes, GeoProj
from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis
from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import LayoutLevel, Multiscales, ZarrMultiscales
from zarr_spaces.build.checked import listed
from zarr_spaces.build.image import coarser_factors, is_one_of
from zarr_spaces.build.per_axis import exact, is_listed, plain, rounded, shown
from zarr_spaces.document import check
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.geo import SPATIAL_NAMES, transform_of_level
from zarr_spaces.layout import levels_of
from zarr_spaces.quoting import listing, quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from fractions import Fraction
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import ResamplingMethod
    from zarr_spaces.build.image import PixelPart
    from zarr_spaces.build.per_axis import Array, PerAxis

    Numbers: TypeAlias = Iterable[float] | Array

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
    members: Collection[Member] = _USUAL,
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
        written; they tell how many numbers a level has, and which of them one factor is for: z, y, x and the names that
        geo.proj knows, such as lat and lon.
    factors : iterable
        For each further level, how many times coarser than the *first* it is: ``[2, 4]``, or, with a number for each
        axis or by name, ``[(1, 2, 2), {"y": 4, "x": 4}]``; 1 where nothing is said.
    groups : iterable of str, optional
        Names of the levels' groups, finest first; ``"0"``, ``"1"`` and so on unless given.
    align : {"corner", "centre"}
        Which part of their first pixels the levels have in common: the corner where pixels were averaged, the centre
        where every n-th one was picked, as ``[::2]`` does.
    resampling_method : str, optional
        How the lower resolutions were made.
    members : collection of str
        What each level after the first spells out: ``factors`` counts from the level before, ``scale`` and
        ``translation`` from the first; ``resampling_method`` repeats what the pyramid says.
    crs : str or mapping, optional
        The coordinate reference system: a code such as ``"EPSG:32633"``, WKT2, or PROJJSON. Without it, none of the
        following is taken.
    transform : iterable of 6 or 9 numbers, optional
        a, b, c, d, e, f with x = a col + b row + c and y = d col + e row + f for the first level, as rasterio's
        ``Affine`` lists them.
    shape : (rows, columns), optional
        Size of the first level, from which the bbox follows.
    bbox : iterable of 4 or 6 numbers, optional
        xmin, ymin, xmax, ymax.
    spatial_dimensions : (str, str), optional
        Names of the dimensions of y and x, where they are none that geo.proj knows.

    Returns
    -------
    ZarrMultiscales
        The document of the pyramid's group. `level_placement` gives those of its levels.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it.
    InvalidDocument
        If the whole breaks a rule, as when a transform puts all pixels in one line.

    Notes
    -----
    Zarr multiscales 0.1.0, "multiscales.layout"; geo.proj 0.1.

    Examples
    --------
    >>> layout = multiscale_layout("yx", factors=[2, 4], resampling_method="average")
    >>> layout.multiscales.layout[2]
    LayoutLevel(group='2', from_group='1', factors=[2.0, 2.0], scale=[4.0, 4.0], translation=[0.0, 0.0])
    """
    if not isinstance(axes, str) and not is_listed(axes):
        raise TypeError(f'axes: names are needed, such as "yx" or ["band", "lat", "lon"], not {shown(axes)}')
    named = [Axis(name=name, type="space" if name in _SPACE else None) for name in axes]
    if not named:
        raise ValueError('axes: at least one name is needed, such as "yx"')
    if unknown := sorted(set(members) - set(get_args(Member))):
        raise ValueError(f"members: a level has no {listing(unknown)}; it may have {listing(get_args(Member))}")
    scales = coarser_factors(factors, named)
    names = [str(index) for index in range(1 + len(scales))] if groups is None else listed("groups", groups, "names")
    if len(names) != 1 + len(scales):
        raise ValueError(
            f"groups: {len(names)} names for {1 + len(scales)} levels: give one for each, the finest first"
        )
    by_corner = is_one_of("align", align, ("corner",), ("centre", "center"))
    levels = [LayoutLevel(group=names[0])]
    before = [exact("factors", 1)] * len(named)
    for index, scale in enumerate(scales, 1):
        shift = [exact("factors", 0) if by_corner else (1 - size) / 2 for size in scale]
        if any(shift) and not {"translation", "scale"} <= set(members):
            raise ValueError('members: levels that share centres need "scale" and "translation"')
        steps = [size / last for size, last in zip(scale, before, strict=True)]
        levels.append(
            LayoutLevel(
                group=names[index],
                from_group=names[index - 1] if "from_group" in members else None,
                factors=_floats(steps) if "factors" in members else None,
                scale=_floats(scale) if "scale" in members else None,
                translation=_floats(shift) if "translation" in members else None,
                resampling_method=resampling_method if "resampling_method" in members else None,
            )
        )
        before = scale
    document = ZarrMultiscales(
        multiscales=Multiscales(version="0.1.0", layout=levels, resampling_method=resampling_method),
        geo=_geo(crs, transform, shape, bbox, spatial_dimensions),
    )
    report = check(document)
    if not report.valid:
        raise InvalidDocument(report)
    return document


def level_placement(document: ZarrMultiscales, group: str, *, axes: tuple[int, int] = (-2, -1)) -> GeoAttributes:
    """Place one level of a pyramid on the ground: what stands in the attributes of the level's own group.

    Parameters
    ----------
    document : ZarrMultiscales
        A pyramid with geo.proj and a transform.
    group : str
        Name of the level's group.
    axes : (int, int)
        Which of the levels' axes are y and x.

    Returns
    -------
    GeoAttributes
        The same reference system, with the transform of the level and the pyramid's bbox.

    Raises
    ------
    ValueError
        If the pyramid is not placed, has no such level, or does not tell how it lies on the first one.

    Notes
    -----
    Zarr multiscales 0.1.0, "Composition with Domain-Specific Metadata".

    Examples
    --------
    >>> layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=(10, 0, 500000, 0, -10, 5000000))
    >>> level_placement(layout, "1").geo.proj.transform
    [20.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0]
    """
    proj = document.geo.proj if document.geo is not None else None
    if proj is None or proj.transform is None:
        raise ValueError("document: the pyramid has no geo.proj with a transform")
    levels = levels_of(document.multiscales)
    level = next((level for level in levels if level.group == group), None)
    if level is None:
        raise ValueError(f"group: no level is called {quote(group)}; levels: {listing([one.group for one in levels])}")
    placed = copy.deepcopy(proj)
    if level.index:
        if level.scale is None or level.translation is None:
            raise ValueError(f"group: neither scale nor factors tell how the level {quote(group)} lies on the first")
        scale, shift = [level.scale[axis] for axis in axes], [level.translation[axis] for axis in axes]
        placed.transform = list(map(float, transform_of_level(proj.transform, scale, shift)))
    return GeoAttributes(geo=Geo(proj=placed))


def _geo(
    crs: str | Mapping[str, Any] | None,
    transform: Numbers | None,
    shape: Sequence[int] | None,
    bbox: Numbers | None,
    spatial_dimensions: Sequence[str] | None,
) -> Geo | None:
    """Make the metadata of the reference system, of which nothing stands alone."""
    if crs is None:
        more = {"transform": transform, "shape": shape, "bbox": bbox, "spatial_dimensions": spatial_dimensions}
        for argument, value in more.items():
            if value is not None:
                raise ValueError(f'{argument}: it says nothing without a reference system: add crs="EPSG:..."')
        return None
    proj = GeoProj(version="0.1")
    if isinstance(crs, Mapping):
        proj.projjson = copy.deepcopy(dict(crs))
    elif not isinstance(crs, str):
        raise TypeError(f'crs: a code such as "EPSG:32633", WKT2 or PROJJSON is needed, not {shown(crs)}')
    elif "[" in crs:
        proj.wkt2 = crs
    else:
        proj.code = crs
    if transform is not None:
        numbers = _numbers("transform", transform, (6, 9))
        if len(numbers) == 9 and numbers[6:] != [0, 0, 1]:
            raise ValueError(f"transform: its third row is 0, 0, 1, not {quote(_floats(numbers[6:]))}")
        proj.transform = _floats(numbers[:6])
    if bbox is not None:
        proj.bbox = _floats(_numbers("bbox", bbox, (4, 6)))
    elif shape is not None:
        proj.bbox = _extent(shape, proj.transform)
    if spatial_dimensions is not None:
        proj.spatial_dimensions = list(spatial_dimensions)
    return Geo(proj=proj)


def _numbers(argument: str, values: Numbers, lengths: tuple[int, ...]) -> list[Fraction]:
    items = plain(values)
    if not is_listed(items):
        raise TypeError(f"{argument}: {lengths[0]} numbers are needed, not {shown(items)}")
    numbers = [exact(argument, number) for number in items]
    if len(numbers) not in lengths:
        raise ValueError(f"{argument}: {len(numbers)} numbers where {' or '.join(map(str, lengths))} are needed")
    return numbers


def _extent(shape: Sequence[int], transform: list[float] | None) -> list[float]:
    """Find the extent of so many rows and columns, to the outer edges of the pixels."""
    if transform is None:
        raise ValueError("shape: a bbox follows from it with a transform only")
    rows, columns = _numbers("shape", shape, (2,))
    a, b, c, d, e, f = (exact("transform", number) for number in transform)
    corners = [(row, column) for row in (0, rows) for column in (0, columns)]
    xs = [a * column + b * row + c for row, column in corners]
    ys = [d * column + e * row + f for row, column in corners]
    return _floats([min(xs), min(ys), max(xs), max(ys)])


def _floats(numbers: Iterable[Fraction]) -> list[float]:
    return [rounded("factors", number) for number in numbers]
