"""Axes and coordinate systems from their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, CoordinateSystem
from zarr_spaces.build.given import copied, name_of
from zarr_spaces.build.per_axis import is_listed, plain, shown, unknown_axis
from zarr_spaces.quoting import quote
from zarr_spaces.rules.units import UNITS, likely_unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Axes: TypeAlias = str | Sequence[str | Axis]
    """Names of axes, one letter each in a string; or axes themselves, for names that tell no type."""
    Units: TypeAlias = str | Mapping[str, str] | None
    """The unit of the axes of space, or units by name or type of axis."""

_TYPES = {"t": "time", "c": "channel", "z": "space", "y": "space", "x": "space"}
_COMMON_UNITS = {"space": "micrometer", "time": "second"}


def axes(names: Axes, units: Units = None) -> list[Axis]:
    """Make the axes of a coordinate system.

    Parameters
    ----------
    names : str or sequence of str and Axis
        The names, in the order of a point's coordinates: ``"tczyx"``, or ``["z", "y", "x"]``. The names tell the types:
        t is time, c channel, z, y and x are space. An axis of any other name is given as an `Axis` with its type.
    units : str or mapping, optional
        One unit for all axes of type space; or units by name, or by the types ``"space"`` and ``"time"``. Axes of these
        types need one. Only an `Axis` may go without, and it keeps the unit that it has.

    Returns
    -------
    list of Axis
        New objects.

    Raises
    ------
    TypeError, ValueError
        If a type or unit is missing, or a unit is none that the specification lists.

    Notes
    -----
    OME-Zarr 0.6, "axes" metadata.

    Examples
    --------
    >>> axes("tyx", {"time": "second", "space": "micrometer"})[1:]
    [Axis(name='y', type='space', unit='micrometer'), Axis(name='x', type='space', unit='micrometer')]
    >>> axes([Axis(name="angle", type="angle"), "y", "x"], "micrometer")[0]
    Axis(name='angle', type='angle')
    >>> axes("yx", "um")
    Traceback (most recent call last):
    ...
    ValueError: units: 'um' is no unit that the specification lists for axes of type space: write 'micrometer'
    """
    if not isinstance(names, str) and not is_listed(names):
        raise TypeError(f'axes: names are needed, such as "zyx" or ["z", "y", "x"], not {shown(names)}')
    items = list(names)
    if not items:
        raise ValueError('axes: at least one name is needed, such as "yx"')
    found = [_axis(item) for item in items]
    wanted = _units_by_name(found, units)
    for axis, item in zip(found, items, strict=True):
        unit = wanted.get(axis.name)
        if unit is not None:
            _require_listed(unit, axis.type)
            axis.unit = unit
        elif axis.unit is None and axis.type in UNITS and not isinstance(item, Axis):
            raise ValueError(f"units: the axis {quote(axis.name)} of type {axis.type} has no unit: {_advice(found)}")
    return found


def coordinate_system(name: str, axes: Axes, units: Units = None) -> CoordinateSystem:
    """Make a coordinate system from a name and its axes.

    Parameters
    ----------
    name : str
        Unique among the coordinate systems of the image or scene.
    axes, units
        As for `axes`.

    Raises
    ------
    TypeError, ValueError
        If the name is none or empty, or as `axes`.

    Notes
    -----
    OME-Zarr 0.6, "coordinateSystems" metadata.

    Examples
    --------
    >>> [axis.name for axis in coordinate_system("stage", "zyx", "micrometer").axes]
    ['z', 'y', 'x']
    """
    return CoordinateSystem(name=name_of("name", name, "stage"), axes=_make(axes, units))


_make = axes  # which the parameter above hides


def _axis(item: str | Axis) -> Axis:
    if isinstance(item, Axis):
        return copied("axes", item)
    if not isinstance(item, str):
        raise TypeError(f"axes: {shown(item)} is neither a name nor an Axis")
    if item not in _TYPES:
        lower = f" Did you mean {quote(item.lower())}?" if item.lower() in _TYPES else ""
        raise ValueError(
            f"axes: the name {quote(item)} tells no type, only {', '.join(_TYPES)} do.{lower} For any other axis write "
            f"Axis(name={item!r}, type=...)"
        )
    return Axis(name=plain(item), type=_TYPES[item])


def _units_by_name(found: list[Axis], units: Units) -> dict[str, str]:
    """Return the unit that is asked for, for each axis that one is asked for."""
    if units is None:
        return {}
    if not isinstance(units, str | Mapping):
        raise TypeError(f'units: a unit is needed, such as "micrometer", or units by axis, not {shown(units)}')
    asked = {"space": units} if isinstance(units, str) else units
    names = {axis.name for axis in found}
    types = {axis.type for axis in found if axis.name not in asked}
    wanted: dict[str, str] = {}
    for key, unit in asked.items():
        if not isinstance(unit, str):
            raise TypeError(f"units: the unit of {quote(key)} must be a string, is {shown(unit)}")
        unit = plain(unit)
        if key in names:
            wanted[key] = unit
        elif key in UNITS and key in types:
            # One unit for many axes leaves those alone that have one.
            wanted |= {axis.name: unit for axis in found if axis.type == key and not (axis.unit or axis.name in asked)}
        else:
            raise unknown_axis("units", key, found)
    for axis in found:
        if axis.name in wanted and axis.unit not in (None, wanted[axis.name]):
            raise ValueError(
                f"units: the axis {quote(axis.name)} has the unit {quote(axis.unit)} already, not "
                f"{quote(wanted[axis.name])}: leave one of the two out"
            )
    return wanted


def _require_listed(unit: str, kind: str | None) -> None:
    if kind not in UNITS or unit in UNITS[kind]:
        return
    meant = likely_unit(unit)
    advice = f"units are written in full, such as {quote(_COMMON_UNITS[str(kind)])}"
    if meant in UNITS[kind]:
        advice = f"write {quote(meant)}"
    raise ValueError(f"units: {quote(unit)} is no unit that the specification lists for axes of type {kind}: {advice}")


def _advice(found: list[Axis]) -> str:
    kinds = [kind for kind in _COMMON_UNITS if any(axis.type == kind for axis in found)]
    if kinds == ["space"]:
        return 'write units="micrometer", or what it is'
    pairs = ", ".join(f'"{kind}": "{_COMMON_UNITS[kind]}"' for kind in kinds)
    return f"write units={{{pairs}}}, or what they are"
