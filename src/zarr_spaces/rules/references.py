"""References that have to lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import INPUT, NAME, OUTPUT, PATH
from zarr_spaces.findings import Level
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import closest, listing, quote
from zarr_spaces.rules.neighbours import nearby, system_names
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Reference
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.parts import Scope

_SECTION = '"coordinateTransformations" metadata, constraints'


@rule("references-resolve", part=Part.SCOPE, section=_SECTION, statements=(39, 96))
def references_resolve(scope: Scope, at: Pointer) -> Iterator[Fault]:
    """A reference without a path names a coordinate system of the same document."""
    faults = 0
    own = {system.name for system in scope.systems}
    for references, names in ((_level_outputs(scope), own), (_link_ends(scope), scope.known)):
        for reference, place, path in references:
            if reference.name is not None and reference.name not in names and not path:
                hint = _known(reference.name, names) if faults < HINTS else None
                faults += 1
                yield Fault((*place, NAME), f"there is no coordinate system {quote(reference.name)} here", hint)


@rule(
    "image-references-resolve",
    part=Part.SCOPE,
    section=_SECTION,
    level=Level.HIERARCHY,
    statements=(36, 39, 131),
)
def image_references_resolve(scope: Scope, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A reference with path and name leads to an image below the group with a coordinate system of that name."""
    faults = 0
    for reference, place, path in _link_ends(scope):
        if not path or reference.name is None or not leads_below(path):
            continue
        attributes = nodes.attributes(path)
        names = system_names(attributes or {})
        if reference.name in names:
            continue
        helpful = faults < HINTS
        faults += 1
        if attributes is None:
            hint = nearby(path, nodes) if helpful else None
            yield Fault((*place, PATH), f"no readable Zarr group at {quote(path)}", hint)
        elif not names:
            message = f"no coordinate systems can be read at {quote(path)}"
            yield Fault((*place, PATH), message, "it has to be a multiscale image")
        else:
            message = f"the image at {quote(path)} has no coordinate system {quote(reference.name)}"
            yield Fault((*place, NAME), message, _known(reference.name, names) if helpful else None)


_Found = tuple["Reference", "Pointer", str]
"""A reference, its place, and the plain path of another node that it leads to; empty for this document."""


def _level_outputs(scope: Scope) -> Iterator[_Found]:
    """Yield what levels map into, always a system of their own image; what a level takes is its array."""
    for transformation, place in scope.levels:
        if transformation.output is not None:
            yield transformation.output, (*place, OUTPUT), ""


def _link_ends(scope: Scope) -> Iterator[_Found]:
    """Yield the ends of the transformations between coordinate systems."""
    for transformation, place in scope.links:
        for reference, member in ((transformation.input, INPUT), (transformation.output, OUTPUT)):
            if reference is not None:
                yield reference, (*place, member), normalise_path(reference.path or "")


def _known(name: str, names: Collection[str]) -> str:
    close = closest(name, names)
    suggestion = f"did you mean {quote(close)}? " if close else ""
    return f"{suggestion}Known: {listing(names)}" if names else "no coordinate systems are listed"
