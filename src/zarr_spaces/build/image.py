"""Images of one resolution or several: where the pixels of each level lie in physical space."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    CoordinateSystem,
    Dataset,
    Multiscale,
    Reference,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces.build.axes import coordinate_system
from zarr_spaces.build.checked import checked
from zarr_spaces.build.given import copied, listed, name_of, typed
from zarr_spaces.build.levels import coarser_factors, is_corner, level_names
from zarr_spaces.build.per_axis import per_axis, rounded, shown
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
        Axis,
        LevelTransformation,
        OmeZarr,
        Transformation,
    )
    from zarr_spaces.build.axes import Axes, Units
    from zarr_spaces.build.levels import PixelPart
    from zarr_spaces.build.per_axis import Array, PerAxis

    Numbers: TypeAlias = list[Fraction]


def image(
    axes: Axes,
    *,
    name: str,
    pixel_size: PerAxis,
    units: Units = None,
    origin: PerAxis = 0,
    origin_at: PixelPart = "centre",
    path: str = "0",
    system: str = "physical",
    systems: Iterable[CoordinateSystem] = (),
    transformations: Iterable[Transformation] = (),
) -> OmeZarr:
    """Describe an image of one resolution.

    Its method of downscaling is called ``none``.

    Parameters
    ----------
    path : str
        Path of the array below the group.
    axes, name, pixel_size, units, origin, origin_at, system, systems, transformations
        As for `pyramid`, of which this is the finest level.

    Returns
    -------
    OmeZarr
        The document of the image's group.

    Raises
    ------
    TypeError, ValueError, InvalidDocument
        As `pyramid`.

    Notes
    -----
    OME-Zarr 0.6, "multiscales" metadata.

    Examples
    --------
    >>> picture = image("yx", name="cells", pixel_size=0.5, units="micrometer", origin=10, origin_at="corner")
    >>> picture.ome.multiscales[0].datasets[0].coordinate_transformations[0].transformations
    [Scale(scale=[0.5, 0.5]), Translation(translation=[10.25, 10.25])]
    """
    return pyramid(
        axes,
        name=name,
        pixel_size=pixel_size,
        factors=(),
        method="none",
        units=units,
        origin=origin,
        origin_at=origin_at,
        paths=[path],
        system=system,
        systems=systems,
        transformations=transformations,
    )


def pyramid(
    axes: Axes,
    *,
    name: str,
    pixel_size: PerAxis,
    factors: Iterable[PerAxis] | Array,
    method: str,
    units: Units = None,
    origin: PerAxis = 0,
    origin_at: PixelPart = "centre",
    align: PixelPart = "corner",
    paths: Iterable[str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    system: str = "physical",
    systems: Iterable[CoordinateSystem] = (),
    transformations: Iterable[Transformation] = (),
) -> OmeZarr:
    """Describe an image of several resolutions.

    Index 0 of an array is the centre of its first pixel. A pixel that averages several begins where the first of them
    begins, so its centre lies half of what it is larger further on: the translation of a level is `origin` and half the
    difference of its pixel size and the finest one.

    Numbers for the axes are given in one of three forms: one number for all axes of type space; one for each axis; or a
    mapping from names of axes, or from types such as ``"space"``, to numbers. NumPy's arrays are taken as well.

    Parameters
    ----------
    axes, units
        The axes of the arrays and of the coordinate system, see `zarr_spaces.build.axes`.
    name : str
        Name of the image, for people.
    pixel_size : float, sequence or mapping
        Distance between neighbouring pixels of the finest level, in units of the axes; 1 where nothing is said.
    factors : iterable
        For each further level, how many times coarser than the finest it is: ``[2, 4, 8]``, or
        ``[{"y": 2, "x": 2}, {"y": 4, "x": 4}]``; 1 where nothing is said. The finest level itself is not listed.
    method : str
        How the lower resolutions were made, such as ``mean`` or ``gaussian``; written as the image's `type`.
    origin : float, sequence or mapping
        Position of the finest level's first pixel, in units of the axes; 0 where nothing is said.
    origin_at : {"centre", "corner"}
        Which part of the first pixel lies at the origin. Pixels have corners along axes of type space alone.
    align : {"corner", "centre"}
        Which part of their first pixels the levels have in common, along every axis: the corner where pixels were
        averaged, the centre where every n-th one was picked, as ``[::2]`` does.
    paths : iterable of str, optional
        Paths of the arrays below the group, finest first; ``"0"``, ``"1"`` and so on unless given.
    metadata : mapping, optional
        About the method of downscaling; the factors unless given.
    system : str
        Name of the coordinate system into which the levels map.
    systems, transformations
        Further coordinate systems of the image, and the transformations that connect them with `system`; copied as they
        are.

    Returns
    -------
    OmeZarr
        The document of the image's group. Other sections are its attributes: ``document.ome.omero = Omero(...)``.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it.
    InvalidDocument
        If the whole breaks a rule, as when a transformation leads to no coordinate system.

    Notes
    -----
    OME-Zarr 0.6, "multiscales" metadata. A level is a scale where the translation is zero on all axes, else a sequence
    of a scale and a translation; it is never an identity.

    Examples
    --------
    >>> cells = pyramid(
    ...     "zyx",
    ...     name="cells",
    ...     pixel_size=(2, 0.5, 0.5),
    ...     units="micrometer",
    ...     factors=[(1, 2, 2), (1, 4, 4)],
    ...     method="mean",
    ... )
    >>> cells.ome.multiscales[0].datasets[2].coordinate_transformations[0].transformations
    [Scale(scale=[2.0, 2.0, 2.0]), Translation(translation=[0.0, 0.75, 0.75])]
    """
    axes = listed("axes", axes, "names") if not isinstance(axes, str) else axes
    system = name_of("system", system, "physical")
    intrinsic = coordinate_system(system, axes, units)
    finest = _sizes(pixel_size, intrinsic.axes)
    coarser = coarser_factors(factors, intrinsic.axes)
    origins = per_axis("origin", origin, intrinsic.axes, 0)
    if is_corner("origin_at", origin_at):
        pairs = zip(origins, finest, intrinsic.axes, strict=True)
        origins = [place + size / 2 if axis.type == "space" else place for place, size, axis in pairs]
    by_corner = is_corner("align", align)
    datasets = [
        _level(path, finest, factor, origins, by_corner, system)
        for path, factor in zip(
            level_names("paths", paths, 1 + len(coarser)), [[Fraction(1)] * len(finest), *coarser], strict=True
        )
    ]
    further = typed("systems", systems, CoordinateSystem, "coordinate systems")
    links = typed("transformations", transformations, None, "transformations")
    multiscale = Multiscale(
        name=name,
        type=method,
        metadata=_about(coarser, metadata),
        coordinate_systems=[intrinsic, *further],
        datasets=datasets,
        coordinate_transformations=links or None,
    )
    return checked(axes, further, links, multiscales=[multiscale])


def _sizes(pixel_size: PerAxis, axes: list[Axis]) -> Numbers:
    sizes = per_axis("pixel_size", pixel_size, axes, 1)
    for size, axis in zip(sizes, axes, strict=True):
        if not size > 0:
            raise ValueError(f"pixel_size: {float(size):g} along the axis {quote(axis.name)}: pixels are larger than 0")
    return sizes


def _level(path: str, finest: Numbers, factors: Numbers, origins: Numbers, by_corner: bool, system: str) -> Dataset:
    sizes = [size * factor for size, factor in zip(finest, factors, strict=True)]
    places = origins
    if by_corner:
        places = [at + (size - first) / 2 for at, size, first in zip(origins, sizes, finest, strict=True)]
    scale = Scale(scale=[rounded("pixel_size", size) for size in sizes])
    translation = [rounded("origin", place) for place in places]
    made: LevelTransformation = scale
    if any(translation):
        made = Sequence(transformations=[scale, Translation(translation=translation)])
    made.input, made.output = Reference(path=path), Reference(name=system)
    return Dataset(path=path, coordinate_transformations=[made])


def _about(factors: list[Numbers], metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    """Say what is known of the downscaling."""
    if metadata is None:
        return {"factors": [[rounded("factors", factor) for factor in numbers] for numbers in factors]}
    if not isinstance(metadata, Mapping):
        raise TypeError(f'metadata: an object is needed, such as {{"version": "1.0"}}, not {shown(metadata)}')
    return copied("metadata", dict(metadata))
