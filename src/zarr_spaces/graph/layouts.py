"""The levels of a Zarr multiscales pyramid, its arrays and its coordinate reference systems in the graph.

The convention counts from the corner of the first pixel, arrays count the centres of pixels: a level is a space of its
own, and each array leads to that of its level by a shift of half a pixel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Axis,
    Identity,
    MapAxis,
    ProjectAxis,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces._generated.members import GEO, LAYOUT, MULTISCALES, PROJ, TRANSFORM
from zarr_spaces.findings import quote
from zarr_spaces.geo import affine_rows, crs_name, spatial_axes
from zarr_spaces.graph.space import Dangling, Edge, Space, SpaceInfo
from zarr_spaces.layout import axes_count, is_coordinate, levels_of, names_of, variables_of
from zarr_spaces.paths import join_path, leads_below, normalise_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces.findings import Pointer
    from zarr_spaces.graph.build import Described
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.node_view import NodeView

PIXELS = "pixels"  # the space of what geo.proj places, where no pyramid has levels for it
HALF_PIXEL = "from the centres of pixels, which arrays count, to corners, which the convention counts"
_TRANSFORM: Pointer = (GEO, PROJ, TRANSFORM)


class Grids:
    """Collects the spaces of pyramids and placed arrays, and what connects them."""

    def __init__(self, load: Callable[[str], Described | None], look: Callable[[str], NodeView] | None) -> None:
        self.spaces: dict[Space, SpaceInfo] = {}
        self.edges: list[Edge] = []
        self.dangling: list[Dangling] = []
        self._load = load
        self._look = look

    def add(self, path: str, described: Described, taken: Mapping[Space, SpaceInfo]) -> None:
        """Add what the node at a path declares; `taken` are spaces whose names are no longer free."""
        nodes = self._look(path) if self._look is not None else None
        if described.layout is not None:
            _Pyramid(self, path, described, taken, nodes).add()
        elif described.proj is not None and not _is_image(described):
            self.place(path, described.proj, _placed_arrays(path, nodes) if nodes is not None else {})

    def placed(self, path: str) -> GeoProj | None:
        """Return how the pixels of the node at a path are placed by its own metadata."""
        described = self._load(path)
        return described.proj if described is not None else None

    def crs(self, path: str, proj: GeoProj) -> Space:
        """Return the space of a reference system: that of the first node which names it."""
        name = crs_name(proj)
        known = (space for space, info in self.spaces.items() if space.name == name and info.is_crs)
        space = next(known, None) or Space(path, name)
        axes = tuple(Axis(name=axis, type="space") for axis in "xy")
        self.spaces.setdefault(space, SpaceInfo(2, axes, is_crs=True))
        return space

    def lose(self, node: str, pointer: Pointer, reason: str) -> None:
        """Take down a declaration that leads nowhere."""
        self.dangling.append(Dangling(node, pointer, reason))

    def place(self, path: str, proj: GeoProj, arrays: Mapping[str, Mapping[str, Any]]) -> None:
        """Connect arrays with the pixels that the metadata at a node speaks of, and those with the reference system."""
        if proj.transform is None:
            return
        pixels = Space(path, PIXELS)
        self.spaces[pixels] = SpaceInfo(2, tuple(Axis(name=axis, type="array") for axis in "yx"))
        affine = Affine(affine=affine_rows(proj.transform, (0, 1), 2))
        self.edges.append(Edge(pixels, self.crs(path, proj), affine, path, _TRANSFORM))
        for own, array in arrays.items():
            n = len(array["shape"])
            self.spaces.setdefault(Space(own), SpaceInfo(n))
            axes = _axes_of(names_of(array), proj, n)
            if axes is None:
                self.lose(path, _TRANSFORM, f"the dimensions of {Space(own)} do not tell which of them are y and x")
            else:
                self.edges.append(Edge(Space(own), pixels, _onto(axes, n), path, _TRANSFORM, implied=HALF_PIXEL))


class _Pyramid:
    """Adds one pyramid."""

    def __init__(
        self,
        grids: Grids,
        path: str,
        described: Described,
        taken: Mapping[Space, SpaceInfo],
        nodes: NodeView | None,
    ) -> None:
        self.grids = grids
        self.path = path
        self.opaque = described.opaque
        self.proj = described.proj
        self.taken = taken
        pyramid = described.layout.multiscales if described.layout is not None else None
        self.levels = [level for level in levels_of(pyramid) if _leads_below(level.group)] if pyramid else []
        self.groups = {level.index: normalise_path(level.group) for level in self.levels}
        self.variables = {
            level.index: variables_of(self.groups[level.index], nodes) if nodes is not None else {}
            for level in self.levels
        }
        self.n = (axes_count(pyramid) if pyramid else None) or self._rank()

    def add(self) -> None:
        """Add the levels, their arrays, and the reference systems in which they are placed."""
        if self.n is None:
            self.grids.lose(self.path, (MULTISCALES, LAYOUT), "nothing tells how many axes the levels have")
            return
        if not self.levels:
            return
        first = Space(self.path, self.groups[self.levels[0].index])
        for level in self.levels:
            space, pointer = Space(self.path, self.groups[level.index]), (MULTISCALES, LAYOUT, level.index)
            if space in self.taken or space in self.grids.spaces:
                self.grids.lose(self.path, pointer, f"the name of the level is already that of {space}")
                continue
            self.grids.spaces[space] = SpaceInfo(self.n)
            if space != first:
                self._connect(level, space, first, pointer)
            for name, array in self.variables[level.index].items():
                self._add_array(level, name, array, space, pointer)
            self._place(level, space)

    def _rank(self) -> int | None:
        """Tell the number of axes by the arrays, or by a transform, which is for two."""
        ranks = [len(array["shape"]) for found in self.variables.values() for array in found.values()]
        return ranks[0] if ranks else 2 if self.proj is not None and self.proj.transform is not None else None

    def _connect(self, level: PyramidLevel, space: Space, first: Space, pointer: Pointer) -> None:
        if reason := self.opaque.get(pointer, ""):
            self.grids.edges.append(Edge(space, first, None, self.path, pointer, reason))
        elif (transformation := relative(level, self.levels[0])) is not None:
            self.grids.edges.append(Edge(space, first, transformation, self.path, pointer))
        else:
            reason = f"neither scale nor factors tell how the level {quote(level.group)} lies on the first"
            self.grids.lose(self.path, pointer, reason)

    def _add_array(
        self, level: PyramidLevel, name: str, array: Mapping[str, Any], space: Space, pointer: Pointer
    ) -> None:
        source = Space(join_path(self.path, f"{self.groups[level.index]}/{name}") or "")
        size, n = len(array["shape"]), self.n or 0
        self.grids.spaces.setdefault(source, SpaceInfo(size))
        found = spatial_axes(names_of(array), _declared(self.proj)) if size != n == 2 else None
        axes = tuple(range(n)) if size == n else tuple(sorted(found)) if found is not None else None
        if axes is None:
            self.grids.lose(self.path, pointer, f"{source} has {size} dimensions, its level {n} axes")
        else:
            step = _onto(axes, size)
            self.grids.edges.append(Edge(source, space, step, self.path, pointer, implied=HALF_PIXEL))
        if (own := self.grids.placed(source.path)) is not None:
            self.grids.place(source.path, own, {source.path: array})

    def _place(self, level: PyramidLevel, space: Space) -> None:
        """Connect a level with the reference system, by its own group's metadata and, for the first, the pyramid's."""
        group = join_path(self.path, self.groups[level.index]) or ""
        placed = [(group, self.grids.placed(group))]
        if level is self.levels[0]:
            placed.insert(0, (self.path, self.proj))
        for node, proj in placed:
            if proj is None or proj.transform is None or self.n is None:
                continue
            arrays = self.variables[level.index].values()
            named = (names_of(array) for array in arrays if len(array["shape"]) == self.n)
            names: list[str | None] = next(named, [None] * self.n)
            axes = _axes_of(names, proj, self.n)
            if axes is None:
                self.grids.lose(node, _TRANSFORM, "the names of the dimensions do not tell which are y and x")
                continue
            affine = Affine(affine=affine_rows(proj.transform, axes, self.n))
            self.grids.edges.append(Edge(space, self.grids.crs(node, proj), affine, node, _TRANSFORM))


def relative(level: PyramidLevel, first: PyramidLevel) -> Transformation | None:
    """Write how a level lies on the first one, both in corner coordinates; None where nothing tells."""
    if level.scale is None or level.translation is None or first.scale is None or first.translation is None:
        return None
    scale = [own / base for own, base in zip(level.scale, first.scale, strict=True)]
    rows = zip(level.translation, first.translation, first.scale, strict=True)
    shift = [(own - base) / size for own, base, size in rows]
    steps: list[Transformation] = []
    if any(size != 1 for size in scale):
        steps.append(Scale(scale=scale))
    if any(shift):
        steps.append(Translation(translation=shift))
    if len(steps) == 1:
        return steps[0]
    return Sequence(transformations=steps) if steps else Identity()


def _onto(axes: tuple[int, ...], n: int) -> Transformation:
    """Write the step from the pixel centres of an array to the corner coordinates along some of its dimensions."""
    half = Translation(translation=[0.5] * len(axes))
    steps: list[Transformation] = []
    if dropped := [axis for axis in range(n) if axis not in axes]:
        steps.append(ProjectAxis(dropped_inputs=dropped))
    if list(axes) != sorted(axes):
        steps.append(MapAxis(map_axis=[1, 0]))
    return Sequence(transformations=[*steps, half]) if steps else half


def _placed_arrays(path: str, nodes: NodeView) -> dict[str, Mapping[str, Any]]:
    """Find the arrays to which geo.proj at a node applies, by their paths: the node itself, or those below it."""
    if (own := nodes.array("")) is not None:
        return {path: own}
    found = {name: nodes.array(name) for name in nodes.children("")}
    return {
        join_path(path, name) or "": array
        for name, array in found.items()
        if array is not None and not is_coordinate(name, array)
    }


def _axes_of(names: list[str | None], proj: GeoProj, n: int) -> tuple[int, int] | None:
    """Find the axes of y and x; two without names are taken in this order."""
    found = spatial_axes(names, _declared(proj))
    return (0, 1) if found is None and n == 2 and not any(names) else found


def _declared(proj: GeoProj | None) -> list[str] | None:
    return proj.spatial_dimensions if proj is not None else None


def _leads_below(group: str) -> bool:
    return bool(normalise_path(group)) and leads_below(group)


def _is_image(described: Described) -> bool:
    return described.document is not None and bool(described.document.ome.multiscales)
