"""Names that have to be unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import AXES, NAME
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import quote
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.parts import Scope


@rule(
    "coordinate-system-names-unique",
    part=Part.COORDINATE_SYSTEMS,
    section='"coordinateSystems" metadata',
    statements=(14,),
)
def coordinate_system_names_unique(systems: list[CoordinateSystem], at: Pointer) -> Iterator[Fault]:
    """Coordinate systems in one list have different names."""
    for index, first, name in repeated(system.name for system in systems):
        yield Fault(
            (*at, index, NAME),
            f"the name {quote(name)} is already taken by coordinate system {first}",
            "rename one of the two, and the references that mean it",
        )


@rule("axis-names-unique", part=Part.AXES, section='"axes" metadata', statements=(16,))
def axis_names_unique(system: CoordinateSystem, at: Pointer) -> Iterator[Fault]:
    """Axes of one coordinate system have different names."""
    for index, first, name in repeated(axis.name for axis in system.axes):
        yield Fault(
            (*at, AXES, index, NAME),
            f"the name {quote(name)} is already taken by axis {first} of coordinate system {quote(system.name)}",
            "give every axis of the system a name of its own",
        )


@rule(
    "transformation-names-unique",
    part=Part.SCOPE,
    section='"coordinateTransformations" metadata',
    severity=Severity.WARNING,
    statements=(30,),
)
def transformation_names_unique(scope: Scope, at: Pointer) -> Iterable[Fault]:
    """Transformations of one image, or of one scene, have different names where they have any."""
    placed = scope.levels + scope.links
    named = [item.name for item, _ in placed if item.name is not None]
    if len(named) < 2 or len(set(named)) == len(named):
        return ()
    places = [place for item, place in placed if item.name is not None]
    kind = "image" if scope.is_image else "scene"
    return [
        Fault(
            (*places[index], NAME),
            f"another transformation of the {kind} already has the name {quote(name)}",
            "rename one of the two, or leave the name out",
        )
        for index, _, name in repeated(named)
    ]
