"""What the axes of a coordinate system say about themselves, wherever the system stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AXES, TYPE, UNIT
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import closest, quote
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule
from zarr_spaces.rules.units import UNITS, likely_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, CoordinateSystem
    from zarr_spaces.findings import Pointer

_SECTION = '"axes" metadata'

AXIS_TYPES = frozenset({"array", "space", "time", "channel", "coordinate", "displacement"})
"""The types of axes that the specification names."""
MOST_AXES = 5
"""Axes that a coordinate system of an image may have."""

_COMMON_UNITS = {"space": "micrometer", "time": "second"}
_MEANT_TYPES = {"spatial": "space", "spacial": "space", "temporal": "time", "index": "array", "vector": "displacement"}
_TYPES_BY_NAME = dict.fromkeys("xyz", "space") | {"t": "time", "time": "time", "c": "channel", "channel": "channel"}


@rule("axis-type-known", part=Part.AXES, section=_SECTION, severity=Severity.WARNING, statements=(20,))
def axis_type_known(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """An axis has a type, and one that the specification names."""
    for axis in system.axes:
        if axis.type not in AXIS_TYPES:
            return _type_faults(system, at)
    return ()


def _type_faults(system: CoordinateSystem, at: Pointer) -> list[Fault]:
    faults: list[Fault] = []
    for index, axis in enumerate(system.axes):
        if axis.type is None:
            hint = _missing_type_hint(axis)
            faults.append(Fault((*at, AXES, index), f"the axis {quote(axis.name)} has no type", hint))
        elif axis.type not in AXIS_TYPES:
            meant = _likely_type(axis.type) if len(faults) < HINTS else None
            faults.append(
                Fault(
                    (*at, AXES, index, TYPE),
                    f"the type {quote(axis.type)} is none that the specification names",
                    f"did you mean {quote(meant)}?"
                    if meant
                    else "a type of one's own is allowed; few programs know it",
                )
            )
    return faults


def _missing_type_hint(axis: Axis) -> str:
    if wrong := _misspelt(axis, TYPE):
        return f"did you mean to write {TYPE} for {quote(wrong)}?"
    meant = _TYPES_BY_NAME.get(axis.name.lower())
    return f"add {TYPE}: {quote(meant)}" if meant else f"add {TYPE}, such as 'space', 'time' or 'channel'"


def _likely_type(text: str) -> str | None:
    lower = text.lower()
    return _MEANT_TYPES.get(lower) or closest(lower, AXIS_TYPES, 0.75)


@rule("axis-unit-known", part=Part.AXES, section=_SECTION, severity=Severity.WARNING, statements=(21,))
def axis_unit_known(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """An axis of type space or time has a unit, and one that the specification lists for the type."""
    for axis in system.axes:
        units = UNITS.get(axis.type)
        if units is not None and axis.unit not in units:
            return _unit_faults(system, at)
    return ()


def _unit_faults(system: CoordinateSystem, at: Pointer) -> list[Fault]:
    faults: list[Fault] = []
    for index, axis in enumerate(system.axes):
        kind = axis.type
        if kind is None or kind not in UNITS or axis.unit in UNITS[kind]:
            continue
        if axis.unit is None:
            hint = _missing_unit_hint(axis, kind)
            faults.append(Fault((*at, AXES, index), f"the axis {quote(axis.name)} of type {kind} has no unit", hint))
        else:
            hint = _unit_hint(axis.unit, kind, len(faults) < HINTS)
            message = f"the unit {quote(axis.unit)} is none that the specification lists for axes of type {kind}"
            faults.append(Fault((*at, AXES, index, UNIT), message, hint))
    return faults


def _missing_unit_hint(axis: Axis, kind: str) -> str:
    if wrong := _misspelt(axis, UNIT):
        return f"did you mean to write {UNIT} for {quote(wrong)}?"
    return f"add {UNIT}, such as {quote(_COMMON_UNITS[kind])}"


def _unit_hint(unit: str, kind: str, helpful: bool) -> str:
    meant = likely_unit(unit) if helpful else None
    if meant in UNITS[kind]:
        return f"did you mean {quote(meant)}?"
    if meant is not None:
        other = next(known for known, units in UNITS.items() if meant in units)
        return f"{quote(meant)} is a unit of {other}: is the {TYPE} or the {UNIT} wrong?"
    return f"units are written in full, such as {quote(_COMMON_UNITS[kind])}"


def _misspelt(axis: Axis, member: str) -> str | None:
    """Return an unknown member that looks like a known one, in another case or in the plural."""
    return next((name for name in axis.extra if name.lower().removesuffix("s") == member), None)


@rule(
    "scene-axes-published",
    part=Part.SCENE_AXES,
    section='"scene" metadata',
    severity=Severity.WARNING,
    statements=(84, 85),
)
def scene_axes_published(system: CoordinateSystem, at: Pointer) -> Iterable[Fault]:
    """A coordinate system of a scene has up to 5 axes, 2 or 3 of them of type space or else 2 or more of type array."""
    types = [axis.type for axis in system.axes]
    spaces, arrays = types.count("space"), types.count("array")
    if len(types) <= MOST_AXES and (2 <= spaces <= 3) is not (arrays >= 2):
        return ()
    if len(types) > MOST_AXES:
        message = f"the system has {len(types)} axes, more than {MOST_AXES}"
    else:
        message = f"of the system's axes {spaces} are of type space and {arrays} of type array"
    hint = "published validators refuse it: they ask for 2 or 3 axes of type space, or else 2 or more of type array"
    return [Fault((*at, AXES), message, f"{hint}, and {MOST_AXES} at most")]
