"""Names that have to be unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AXES, NAME
from zarr_spaces.findings import quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem
    from zarr_spaces.findings import Pointer


@rule(
    "coordinate-system-names-unique",
    part=Part.COORDINATE_SYSTEMS,
    section='"coordinateSystems" metadata',
    statements=(14,),
)
def coordinate_system_names_unique(systems: list[CoordinateSystem], at: Pointer) -> Iterator[Fault]:
    """Coordinate systems in one list have different names."""
    for index, first, name in _repeated(system.name for system in systems):
        yield Fault(
            (*at, index, NAME),
            f"the name {quote(name)} is already taken by coordinate system {first}",
            "rename one of the two, and the references that mean it",
        )


@rule("axis-names-unique", part=Part.AXES, section='"axes" metadata', statements=(16,))
def axis_names_unique(system: CoordinateSystem, at: Pointer) -> Iterator[Fault]:
    """Axes of one coordinate system have different names."""
    for index, first, name in _repeated(axis.name for axis in system.axes):
        yield Fault(
            (*at, AXES, index, NAME),
            f"the name {quote(name)} is already taken by axis {first} of coordinate system {quote(system.name)}",
            "give every axis of the system a name of its own",
        )


def _repeated(names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield index, index of the first occurrence and name of every repetition."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(name, index)
        if first != index:
            yield index, first, name
