"""Routes: how points get from one space to another, hop by hop."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Bijection, ByDimension, Sequence
from zarr_spaces.findings import format_pointer
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces.graph.space import Edge, Space
    from zarr_spaces.transform.point_map import PointMap

    Step = tuple[int, bool]
    """Index of an edge, and whether it is passed against its direction."""
    Exits = Mapping[Space, list[tuple[Step, Space]]]
    """The steps that lead out of each space, and where to."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One transformation of a route, in the direction in which points pass it."""

    source: Space
    target: Space
    edge: Edge
    inverted: bool
    """Whether the declared transformation is passed from its output to its input."""
    map: PointMap
    """From points of `source` to points of `target`."""

    @property
    def manner(self) -> str:
        """How the map came about: as declared, by a declared inverse, by a closed-form one, or by the format."""
        if self.edge.implied:
            return f"implied, {self.edge.implied}"
        if not self.inverted:
            return "as declared"
        if isinstance(self.edge.transformation, Bijection):
            return "declared inverse"
        return "inverse, partly declared" if _has_bijection(self.edge.transformation) else "closed-form inverse"

    def as_json(self) -> dict[str, Any]:
        """Return the hop as JSON-ready members."""
        return {
            "source": self.source.as_json(),
            "target": self.target.as_json(),
            "type": self.edge.kind,
            **({"name": self.edge.name} if self.edge.name is not None else {}),
            "inverted": self.inverted,
            "manner": self.manner,
            "node": self.edge.node,
            "pointer": format_pointer(self.edge.pointer),
        }

    def __str__(self) -> str:
        named = f" {quote(self.edge.name)}" if self.edge.name else ""
        declared = f"{quote(self.edge.node)} " if self.edge.node else ""
        pointer = format_pointer(self.edge.pointer)
        return f"{self.source} -> {self.target}: {self.edge.kind}{named}, {self.manner} ({declared}{pointer})"


@dataclass(frozen=True, repr=False)
class Route:
    """A way through the graph, with the map that it amounts to."""

    source: Space
    target: Space
    hops: tuple[Hop, ...]
    n: int
    """Number of dimensions of the source."""
    passed_over: tuple[str, ...] = ()
    """Why ways that are shorter, or come first, could not be taken."""

    @cached_property
    def map(self) -> PointMap:
        """From (N, n_source) points of the source to (N, n_target) points of the target, all hops fused."""
        from zarr_spaces.transform.compose import compose
        from zarr_spaces.transform.point_map import Identity

        return compose(*(hop.map for hop in self.hops)) if self.hops else Identity(self.n)

    def as_json(self) -> dict[str, Any]:
        """Return the route as JSON-ready members; `matrix` and `offset` where the whole of it is affine."""
        out: dict[str, Any] = {
            "source": self.source.as_json(),
            "target": self.target.as_json(),
            "hops": [hop.as_json() for hop in self.hops],
        }
        if self.passed_over:
            out["passed_over"] = list(self.passed_over)
        if (affine := self.map.as_affine()) is not None:
            out["matrix"], out["offset"] = affine[0].tolist(), affine[1].tolist()
        return out

    def __str__(self) -> str:
        count = len(self.hops)
        head = f"{self.source} -> {self.target}: {count} hop{'' if count == 1 else 's'}"
        hops = (f"  {index}. {hop}" for index, hop in enumerate(self.hops, 1))
        return "\n".join([head, *hops, *(f"  passed over: {reason}" for reason in self.passed_over)])

    def __repr__(self) -> str:
        return f"<Route {self.source} -> {self.target}, {len(self.hops)} hops>"


def _has_bijection(transformation: Transformation | None) -> bool:
    match transformation:
        case Bijection():
            return True
        case Sequence(transformations=steps):
            return any(map(_has_bijection, steps))
        case ByDimension(transformations=items):
            return any(_has_bijection(item.transformation) for item in items)
    return False


def shortest(exits: Exits, source: Space, target: Space, blocked: Collection[Step]) -> list[Step] | None:
    """Find the way with the fewest edges that avoids the blocked steps; None where there is none.

    Of equally short ways the one is taken whose first difference is a forward step before an inverted one, then the
    transformation that was declared first: `exits` lists the steps of each space in that order.
    """
    came: dict[Space, tuple[Step, Space] | None] = {source: None}
    waiting = deque([source])
    while waiting:
        space = waiting.popleft()
        if space == target:
            break
        for step, neighbour in exits.get(space, ()):
            if neighbour not in came and step not in blocked:
                came[neighbour] = (step, space)
                waiting.append(neighbour)
    if target not in came:
        return None
    steps: list[Step] = []
    back = came[target]
    while back is not None:
        steps.append(back[0])
        back = came[back[1]]
    return steps[::-1]


def reachable(exits: Exits, source: Space) -> list[Space]:
    """List the spaces that transformations connect with `source`, in either direction."""
    seen = {source: None}
    waiting = deque([source])
    while waiting:
        for _, neighbour in exits.get(waiting.popleft(), ()):
            if neighbour not in seen:
                seen[neighbour] = None
                waiting.append(neighbour)
    return list(seen)[1:]
