"""References that have to lead somewhere."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import COORDINATE_SYSTEMS, INPUT, MULTISCALES, NAME, OME, OUTPUT, PATH
from zarr_spaces.findings import Level, quote
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.rule import Fault, NodeView, Part, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Reference
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.shape import Scope

_SECTION = '"coordinateTransformations" metadata, constraints'


@rule("references-resolve", part=Part.SCOPE, section=_SECTION, statements=(36, 39, 96))
def references_resolve(scope: Scope, at: Pointer) -> Iterator[Fault]:
    """A reference without a path names a coordinate system that stands beside the transformation."""
    names = {system.name for system in scope.systems}
    for reference, place in _references(scope):
        if reference.name is not None and reference.name not in names and not normalise_path(reference.path or ""):
            yield Fault((*place, NAME), _no_system(reference.name), _known(reference.name, names))


@rule(
    "image-references-resolve",
    part=Part.SCOPE,
    section=_SECTION,
    level=Level.HIERARCHY,
    statements=(36, 39, 131),
)
def image_references_resolve(scope: Scope, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A reference with path and name leads to an image below the group that has a coordinate system of that name."""
    for reference, place in _references(scope):
        path = normalise_path(reference.path or "")
        if not path or reference.name is None:
            continue
        attributes = nodes.attributes(path)
        if attributes is None:
            yield Fault(
                (*place, PATH),
                f"no readable Zarr group at {quote(path)}",
                nearby(path, nodes),
            )
            continue
        names = _system_names(attributes)
        if not names:
            yield Fault(
                (*place, PATH), f"no coordinate systems can be read at {quote(path)}", "it has to be a multiscale image"
            )
        elif reference.name not in names:
            message = f"the image at {quote(path)} has no coordinate system {quote(reference.name)}"
            yield Fault((*place, NAME), message, _known(reference.name, names))


def nearby(path: str, nodes: NodeView) -> str:
    """Help with a path that leads nowhere: name what stands where it breaks off."""
    parts = path.split("/")
    if ".." in parts:
        return "a path leads to what is below this group: it may not hold .."
    depth = 0
    while depth < len(parts) - 1 and nodes.attributes("/".join(parts[: depth + 1])) is not None:
        depth += 1
    folder = "/".join(parts[:depth])
    names = nodes.children(folder)
    where = f"below {quote(folder)}" if folder else "below this group"
    if parts[depth] in names:
        node = quote("/".join(parts[: depth + 1]))
        return f"the node {node} is there, but not as it is needed: broken metadata, or a link out of the store"
    close = difflib.get_close_matches(parts[depth], names, 1)
    if close:
        return f"did you mean {quote('/'.join([*parts[:depth], close[0], *parts[depth + 1 :]]))}?"
    listed = ", ".join(quote(name) for name in names[:8]) + (", ..." if len(names) > 8 else "")
    return f"{where} there is: {listed}" if names else f"there is nothing {where}"


def _references(scope: Scope) -> Iterator[tuple[Reference, Pointer]]:
    for transformation, place in (*scope.levels, *scope.links):
        if transformation.input is not None:
            yield transformation.input, (*place, INPUT)
        if transformation.output is not None:
            yield transformation.output, (*place, OUTPUT)


def _no_system(name: str) -> str:
    return f"there is no coordinate system {quote(name)} here"


def _known(name: str, names: Collection[str]) -> str:
    listed = ", ".join(quote(known) for known in sorted(names)[:8]) + (", ..." if len(names) > 8 else "")
    close = difflib.get_close_matches(name, names, 1)
    suggestion = f"did you mean {quote(close[0])}? " if close else ""
    return f"{suggestion}Known: {listed}" if names else "no coordinate systems are listed"


def _system_names(attributes: Mapping[str, Any]) -> set[str]:
    """Collect the names of an image's coordinate systems, whatever else is wrong with its metadata."""
    ome = attributes.get(OME)
    multiscales = ome.get(MULTISCALES) if isinstance(ome, dict) else None
    names = set()
    for multiscale in multiscales if isinstance(multiscales, list) else ():
        systems = multiscale.get(COORDINATE_SYSTEMS) if isinstance(multiscale, dict) else None
        for system in systems if isinstance(systems, list) else ():
            if isinstance(system, dict) and isinstance(name := system.get(NAME), str):
                names.add(name)
    return names
