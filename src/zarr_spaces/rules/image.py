"""What an image says about itself, and the axes that its coordinate systems have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AXES, METADATA, NAME, TYPE
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import quote
from zarr_spaces.rules.axes import AXIS_TYPES
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, CoordinateSystem, Multiscale
    from zarr_spaces.findings import Pointer

_SECTION = '"multiscales" metadata, coordinateSystems'
_TIME, _OTHER, _SPACE = range(3)  # in the order in which they have to stand

SOUND_TYPES: frozenset[tuple[str | None, ...]] = frozenset(
    (*time, *other, *("space",) * count)
    for time in ((), ("time",))
    for other in ((), (None,), *((kind,) for kind in AXIS_TYPES - {"time", "space"}))
    for count in (2, 3)
)
"""Types of axes, in order, of which no rule of this module finds a fault; custom types make further ones."""

_NOT_ZYX = frozenset({"xyz", "xzy", "yxz", "yzx", "zxy"})


@rule("image-axes-spatial", part=Part.IMAGE_AXES, section=_SECTION, statements=(85,))
def image_axes_spatial(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """A coordinate system of an image has two or three axes of type space."""
    spaces = [axis.type for axis in system.axes].count("space")
    if 2 <= spaces <= 3:
        return ()
    message = f"{spaces or 'none'} of the axes of {quote(system.name)} {'is' if spaces < 2 else 'are'} of type space"
    hint = "give the axes of the picture the type 'space': 2 or 3 of them, whatever else there is"
    return [Fault((*at, AXES), message, hint)]


@rule("image-axes-one-time", part=Part.IMAGE_AXES, section=_SECTION, statements=(86,))
def image_axes_one_time(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """A coordinate system of an image has at most one axis of type time."""
    if [axis.type for axis in system.axes].count("time") < 2:
        return ()
    return _beyond_the_first(system, _TIME, at, "of type time", "keep one of them, or split the image")


@rule("image-axes-one-other", part=Part.IMAGE_AXES, section=_SECTION, statements=(87,))
def image_axes_one_other(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """A coordinate system of an image has at most one axis that is neither of type time nor of type space."""
    if tuple([axis.type for axis in system.axes]) in SOUND_TYPES:
        return ()
    kind = "neither of type time nor of type space"
    return _beyond_the_first(system, _OTHER, at, kind, "one axis for channels, or of a type of one's own, is allowed")


@rule("image-axes-ordered", part=Part.IMAGE_AXES, section=_SECTION, statements=(88,))
def image_axes_ordered(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """In a coordinate system of an image time comes first, then a channel or custom axis, then space."""
    if tuple([axis.type for axis in system.axes]) in SOUND_TYPES:
        return ()
    places = _places(system)
    for index in range(1, len(places)):
        if places[index] < places[index - 1]:
            axis, before = system.axes[index], system.axes[index - 1]
            message = f"the axis {_described(axis)} stands behind {_described(before)}"
            hint = "the order is time, then channel or custom, then space; dimensions and parameters follow the axes"
            return [Fault((*at, AXES, index), message, hint)]
    return ()


@rule(
    "spatial-axes-zyx",
    part=Part.IMAGE_AXES,
    section=_SECTION,
    severity=Severity.WARNING,
    statements=(89,),
)
def spatial_axes_zyx(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """In a coordinate system of an image the axes x, y and z stand in the order zyx."""
    axes = system.axes
    if len(axes) < 3:
        return ()
    order = "".join([axis.name for axis in axes if axis.type == "space"])
    if len(order) != 3 or (lower := order.lower()) == "zyx" or lower not in _NOT_ZYX:
        return ()
    message = f"the spatial axes stand in the order {quote(order)}"
    return [Fault((*at, AXES), message, "where z is the axis along which planes are stacked, the order is zyx")]


@rule(
    "image-described",
    part=Part.MULTISCALE,
    section='"multiscales" metadata',
    severity=Severity.WARNING,
    statements=(100,),
)
def image_described(multiscale: Multiscale, at: Pointer) -> Iterable[Fault]:
    """An image has a name, and type and metadata tell how its lower resolutions were made."""
    if multiscale.name is not None and multiscale.type is not None and multiscale.metadata is not None:
        return ()
    given = {NAME: multiscale.name, TYPE: multiscale.type, METADATA: multiscale.metadata}
    missing = [member for member, value in given.items() if value is None]
    hint = f"{NAME} is for people, {TYPE} the method of downscaling such as 'gaussian', {METADATA} an object about it"
    return [Fault(at, f"the image has no {' and no '.join(missing)}", hint)]


def _places(system: CoordinateSystem) -> list[int]:
    """Tell of each axis whether it is one of time, of space or another."""
    types = [axis.type for axis in system.axes]
    # Without any axis of type space, which is reported, those of type array stand where space has to.
    spatial = "space" if "space" in types else "array"
    return [_TIME if kind == "time" else _SPACE if kind == spatial else _OTHER for kind in types]


def _beyond_the_first(system: CoordinateSystem, place: int, at: Pointer, kind: str, hint: str) -> list[Fault]:
    first, *others = [index for index, found in enumerate(_places(system)) if found == place] or [0]
    name = quote(system.axes[first].name)
    return [
        Fault((*at, AXES, index), f"the axis {_described(system.axes[index])} is {kind}, as is {name}", hint)
        for index in others
    ]


def _described(axis: Axis) -> str:
    return f"{quote(axis.name)} ({quote(axis.type) if axis.type is not None else 'without a type'})"
