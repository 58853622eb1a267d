"""One pyramid of the Zarr multiscales convention in the graph: its levels, what connects them, and their arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Identity, Scale, Sequence, Translation
from zarr_spaces._generated.members import GEO, LAYOUT, MULTISCALES, PROJ, TRANSFORM
from zarr_spaces.geo import named_axes, spatial_axes
from zarr_spaces.graph.pixels import HALF_PIXEL, ground_axes, to_corners
from zarr_spaces.graph.space import Edge, Space, SpaceInfo
from zarr_spaces.layout import axes_count, levels_of, names_of, place_on, variables_of_groups
from zarr_spaces.paths import join_path, leads_below, normalise_path
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import LayoutLevel, Multiscales
    from zarr_spaces.findings import Pointer
    from zarr_spaces.graph.build import Described
    from zarr_spaces.graph.layouts import Grids
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.node_view import NodeView

_TRANSFORM: Pointer = (GEO, PROJ, TRANSFORM)
_NONE: Mapping[str, Any] = {}


class _Member(NamedTuple):
    """A level that takes part in the graph."""

    level: PyramidLevel
    space: Space
    group: str
    """Path of its group below the root."""
    pointer: Pointer
    proj: GeoProj | None
    """How its own group's metadata places it."""
    variables: Mapping[str, Mapping[str, Any]]


class Pyramid:
    """Adds one pyramid to what a graph is made of."""

    def __init__(self, grids: Grids, path: str, described: Described, nodes: NodeView | None) -> None:
        self.grids = grids
        self.path = path
        self.opaque: Mapping[Pointer, str] = described.opaque
        self.proj: GeoProj | None = described.proj
        self.layout: Multiscales | None = described.layout.multiscales if described.layout is not None else None
        self.levels: tuple[PyramidLevel, ...] = levels_of(self.layout) if self.layout is not None else ()
        self.members: list[_Member] = self._members(nodes)
        self.n: int | None = (axes_count(self.layout) if self.layout is not None else None) or self._rank()
        self.names: list[str | None] = self._names()

    def add(self) -> None:
        """Add the levels, their arrays, and the reference systems in which they are placed."""
        if self.n is None:
            self.grids.lose(self.path, (MULTISCALES, LAYOUT), "nothing tells how many axes the levels have")
            return
        info = SpaceInfo(self.n)
        # All names before the first reference system, which takes what is free.
        self.members = [member for member in self.members if self._name(member, info)]
        if not self.members:
            return
        hub = next((member for member in self.members if self._is_placed(member)), self.members[0])
        for member in self.members:
            if member is not hub:
                self._connect(member, hub)
            for name, array in member.variables.items():
                self._add_array(member, name, array)
            # The nearest first: of routes that are equally long the first one counts.
            self._onto_ground(member, member.group, member.proj)
            if member.level.index == 0:
                self._onto_ground(member, self.path, self.proj)
        if self.proj is not None and self.proj.transform is not None and self.members[0].level.index != 0:
            self.grids.lose(self.path, _TRANSFORM, "the first level, which it places, is not there")

    def _members(self, nodes: NodeView | None) -> list[_Member]:
        levels = []
        for level in self.levels:
            pointer: Pointer = (MULTISCALES, LAYOUT, level.index)
            group = normalise_path(level.group)
            if group and leads_below(level.group):
                levels.append((level, group, pointer))
            else:
                reason = self.opaque.get(pointer) or f"the path {quote(level.group)} does not lead to a group below"
                self.grids.lose(self.path, pointer, reason)
        variables = variables_of_groups((group for _, group, _ in levels), nodes) if nodes is not None else {}
        members = []
        for level, group, pointer in levels:
            path = f"{self.path}/{group}" if self.path else group
            proj = self.grids.placed(path)
            members.append(_Member(level, Space(self.path, group), path, pointer, proj, variables.get(group, _NONE)))
        return members

    def _rank(self) -> int | None:
        """Tell the number of axes by the arrays or, where these differ, by what a transform is for: two."""
        ranks = {len(array["shape"]) for member in self.members for array in member.variables.values()}
        if len(ranks) == 1:
            return ranks.pop()
        return 2 if ranks or (self.proj is not None and self.proj.transform is not None) else None

    def _names(self) -> list[str | None]:
        """Name the axes of the levels by the dimensions of the first level whose arrays have them all."""
        for member in self.members:
            arrays = ((names_of(array), array["shape"]) for array in member.variables.values())
            if self.n is not None and (told := named_axes(self.n, arrays, self._declared(member))) is not None:
                return told
            for array in member.variables.values():
                if (axes := self._axes(member, array)) is not None:
                    names = names_of(array)
                    return [names[axis] for axis in axes]
        return [None] * (self.n or 0)

    def _axes(self, member: _Member, array: Mapping[str, Any]) -> tuple[int, ...] | None:
        """Find the dimensions of an array that are the axes of its level; None where that is unclear."""
        size = len(array["shape"])
        if size == self.n:
            return tuple(range(size))
        if self.n != 2:
            return None
        found = spatial_axes(names_of(array), self._declared(member))
        return tuple(sorted(found)) if found is not None else None

    def _declared(self, member: _Member) -> list[str] | None:
        """Return the names that geo.proj gives the dimensions of a level, its own or that of the pyramid."""
        told = (proj.spatial_dimensions for proj in (member.proj, self.proj) if proj is not None)
        return next((names for names in told if names is not None), None)

    def _name(self, member: _Member, info: SpaceInfo) -> bool:
        """Give a level its place among the spaces; False where that is taken."""
        if not self.grids.is_free(member.space):
            reason = f"the name of the level is already that of {member.space}"
            self.grids.lose(self.path, member.pointer, reason)
            return False
        self.grids.spaces[member.space] = info
        return True

    def _is_placed(self, member: _Member) -> bool:
        return member.pointer not in self.opaque and member.level.scale is not None

    def _connect(self, member: _Member, hub: _Member) -> None:
        if reason := self.opaque.get(member.pointer) or self.opaque.get(hub.pointer, ""):
            self.grids.edges.append(Edge(member.space, hub.space, None, self.path, member.pointer, reason))
        elif (transformation := relative(member.level, hub.level)) is not None:
            self.grids.edges.append(Edge(member.space, hub.space, transformation, self.path, member.pointer))
        elif self.layout is not None and self.n is not None:
            reason = _unplaced(self.layout.layout[member.level.index], member.level, self.levels, self.n)
            self.grids.lose(self.path, member.pointer, f"the level {quote(member.level.group)} has no place: {reason}")

    def _add_array(self, member: _Member, name: str, array: Mapping[str, Any]) -> None:
        source = Space(join_path(member.group, name) or "")
        size = len(array["shape"])
        self.grids.spaces.setdefault(source, SpaceInfo(size))
        # Before the level: of routes that are equally long the first one counts, and the nearest metadata is meant.
        if source.path != member.group and (own := self.grids.placed(source.path)) is not None:
            self.grids.place(source.path, own, {source.path: array})
        axes = self._axes(member, array)
        if axes is None:
            reason = f"{source} has {size} dimension{'' if size == 1 else 's'}, its level {self.n} axes"
            self.grids.lose(self.path, member.pointer, reason)
        elif (other := self._other([names_of(array)[axis] for axis in axes])) is not None:
            where = "stands elsewhere than in the other arrays" if other in self.names else "is none of its level"
            self.grids.lose(self.path, member.pointer, f"the dimension {quote(other)} of {source} {where}")
        else:
            step = to_corners(axes, size)
            self.grids.edges.append(Edge(source, member.space, step, self.path, member.pointer, implied=HALF_PIXEL))

    def _other(self, names: list[str | None]) -> str | None:
        """Find a dimension that is not the axis in its place: the numbers of the layout are not meant for it."""
        pairs = zip(names, self.names, strict=True)
        return next((own for own, name in pairs if None not in (own, name) and own != name), None)

    def _onto_ground(self, member: _Member, node: str, proj: GeoProj | None) -> None:
        """Connect a level with the reference system in which the metadata at a node places it."""
        if proj is None or proj.transform is None or self.n is None:
            return
        axes = ground_axes(self.names, proj)
        if axes is None:
            self.grids.lose(node, _TRANSFORM, "the names of the dimensions do not tell which are y and x")
        else:
            self.grids.onto_ground(member.space, node, proj, axes)


def relative(level: PyramidLevel, first: PyramidLevel) -> Transformation | None:
    """Write how a level lies on another one, both in corner coordinates; None where nothing tells."""
    if (place := place_on(level, first)) is None:
        return None
    scale, shift = place
    steps: list[Transformation] = []
    if any(size != 1 for size in scale):
        steps.append(Scale(scale=list(scale)))
    if any(shift):
        steps.append(Translation(translation=list(shift)))
    if len(steps) == 1:
        return steps[0]
    return Sequence(transformations=steps) if steps else Identity()


def _unplaced(declared: LayoutLevel, level: PyramidLevel, levels: tuple[PyramidLevel, ...], n: int) -> str:
    """Say why nothing tells how a level lies on the first."""
    for name, values in (
        ("scale", declared.scale),
        ("factors", declared.factors),
        ("translation", declared.translation),
    ):
        if values is not None and len(values) != n:
            return f"its {name} should have {n} numbers as elsewhere in the layout, not {len(values)}"
    name, sizes = ("factors", declared.factors) if declared.scale is None else ("scale", declared.scale)
    if sizes is not None and not all(size > 0 for size in sizes):
        return f"its {name} {quote(sizes)} should be above 0"
    source = levels[level.source] if level.source is not None else None
    if declared.scale is None and declared.factors is None:
        return "it has neither scale nor factors"
    if declared.scale is None and source is None:
        return "its factors count from a level that is not named, or not there"
    if declared.scale is None and source is not None and source.scale is None:
        return f"its factors count from {quote(source.group)}, which has no place itself"
    return "its size is beyond what floating-point numbers hold"
