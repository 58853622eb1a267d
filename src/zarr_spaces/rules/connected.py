"""The graph of coordinate systems is in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import COORDINATE_SYSTEMS
from zarr_spaces.findings import quote
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Reference
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.shape import Scope

    # (node path, name of a system there). Systems of one other node count as connected with each other: that node's
    # own document answers for it. So a system elsewhere is (path, None). Arrays are left out: each hangs on the one
    # system into which its level maps.
    Vertex = tuple[str, str | None]


@rule("systems-connected", part=Part.SCOPE, section="additional details, graph connectedness", statements=(40,))
def systems_connected(scope: Scope, at: Pointer) -> Iterator[Fault]:
    """Transformations connect any two coordinate systems, be it in several steps."""
    if not scope.links and len(scope.systems) < 2:
        return  # most images
    leader: dict[Vertex, Vertex] = {}
    places: dict[Vertex, Pointer] = {}
    for index, system in enumerate(scope.systems):
        vertex: Vertex = ("", system.name)
        leader.setdefault(vertex, vertex)
        places.setdefault(vertex, (*at, COORDINATE_SYSTEMS, index))
    for transformation, place in scope.links:
        source, target = _vertex(transformation.input), _vertex(transformation.output)
        if source is None or target is None:
            continue
        for vertex in (source, target):
            leader.setdefault(vertex, vertex)
            places.setdefault(vertex, place)
        leader[_find(leader, source)] = _find(leader, target)
    # The largest piece is taken for the graph; what is not in it is reported once a piece.
    pieces: dict[Vertex, list[Vertex]] = {}
    for vertex in leader:
        pieces.setdefault(_find(leader, vertex), []).append(vertex)
    main, *others = sorted(pieces.values(), key=len, reverse=True) or [[]]
    for piece in others:
        # A name that no list holds is reported as such; it would be reported twice.
        known = [vertex for vertex in piece if vertex[0] or _is_listed(vertex, scope)]
        if known:
            listed = ", ".join(_shown(vertex) for vertex in known[:4]) + (", ..." if len(known) > 4 else "")
            yield Fault(
                places[known[0]],
                f"no transformation connects {listed} with {_shown(main[0])}",
                "add a transformation between the two, or remove the system",
            )


def _vertex(reference: Reference | None) -> Vertex | None:
    if reference is None:
        return None
    path = normalise_path(reference.path or "")
    return (path, None) if path else ("", reference.name)


def _find(leader: dict[Vertex, Vertex], vertex: Vertex) -> Vertex:
    while leader[vertex] != vertex:
        leader[vertex] = leader[leader[vertex]]  # halving keeps long chains cheap
        vertex = leader[vertex]
    return vertex


def _is_listed(vertex: Vertex, scope: Scope) -> bool:
    return any(system.name == vertex[1] for system in scope.systems)


def _shown(vertex: Vertex) -> str:
    path, name = vertex
    return f"the coordinate system {quote(name)}" if not path else f"the node {quote(path)}"
