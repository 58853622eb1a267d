"""The graph of coordinate systems is in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import COORDINATE_SYSTEMS
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Reference
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.parts import Scope

    # (node path, name of a system there). Systems of one other node count as connected with each other: that node's
    # own document answers for it. So a system elsewhere is (path, None). Arrays are left out: each hangs on the one
    # system into which its level maps.
    Vertex = tuple[str, str | None]


@rule("systems-connected", part=Part.SCOPE, section="additional details, graph connectedness", statements=(40,))
def systems_connected(scope: Scope, at: Pointer) -> Iterator[Fault]:
    """Transformations connect any two coordinate systems, be it in several steps."""
    if not scope.links and len(scope.systems) < 2:
        return  # most images
    own = {system.name for system in scope.systems}
    if any(_is_lost(end, scope) for item, _ in scope.links for end in (item.input, item.output)):
        return  # reported as such; mended, it may connect what seems to be apart
    leader: dict[Vertex, Vertex] = {}
    places: dict[Vertex, Pointer] = {}
    for index, system in enumerate(scope.systems):
        vertex: Vertex = ("", system.name)
        leader.setdefault(vertex, vertex)
        places.setdefault(vertex, (*at, COORDINATE_SYSTEMS, index))
    for transformation, place in scope.links:
        ends = [_vertex(transformation.input, scope, own), _vertex(transformation.output, scope, own)]
        for vertex in filter(None, ends):
            leader.setdefault(vertex, vertex)
            places.setdefault(vertex, place)
        source, target = ends
        if source is not None and target is not None:
            leader[_find(leader, source)] = _find(leader, target)
    # The largest piece is taken for the graph; of each other one, the first that is known of it is reported.
    pieces: dict[Vertex, list[Vertex]] = {}
    for vertex in leader:
        pieces.setdefault(_find(leader, vertex), []).append(vertex)
    main, *others = sorted(pieces.values(), key=len, reverse=True) or [[]]
    for piece in others:
        listed = ", ".join(_shown(vertex) for vertex in piece[:4]) + (", ..." if len(piece) > 4 else "")
        yield Fault(
            places[piece[0]],
            f"no transformation connects {listed} with {_shown(main[0])}",
            "add a transformation between the two, or remove the system",
        )


def _vertex(reference: Reference | None, scope: Scope, own: set[str]) -> Vertex | None:
    if reference is None:
        return None
    if path := normalise_path(reference.path or ""):
        return path, None
    if reference.name in own:
        return "", reference.name
    # Elsewhere in this document; a name that no list holds is reported as such, and would be reported twice.
    return ("", None) if reference.name in scope.known else None


def _is_lost(reference: Reference | None, scope: Scope) -> bool:
    """Tell whether a reference means a system of this document that is not there."""
    if reference is None or reference.name is None or reference.name in scope.known:
        return False
    return not normalise_path(reference.path or "")


def _find(leader: dict[Vertex, Vertex], vertex: Vertex) -> Vertex:
    while leader[vertex] != vertex:
        leader[vertex] = leader[leader[vertex]]  # halving keeps long chains cheap
        vertex = leader[vertex]
    return vertex


def _shown(vertex: Vertex) -> str:
    path, name = vertex
    if path:
        return f"the node {quote(path)}"
    return "the document's other images" if name is None else f"the coordinate system {quote(name)}"
