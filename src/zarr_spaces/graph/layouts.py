"""The levels of Zarr multiscales pyramids, placed arrays and coordinate reference systems in the graph.

The conventions count from the corner of the first pixel, arrays count the centres of pixels: a level is a space of its
own, and each array leads to that of its level by a shift of half a pixel.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Affine, Axis
from zarr_spaces._generated.members import GEO, PROJ, TRANSFORM
from zarr_spaces.geo import affine_rows, codes_of, crs_name
from zarr_spaces.graph.pixels import HALF_PIXEL, PIXELS, ground_axes, to_corners
from zarr_spaces.graph.pyramid import Pyramid
from zarr_spaces.graph.space import Dangling, Edge, Space, SpaceInfo
from zarr_spaces.layout import names_of, placed_arrays
from zarr_spaces.paths import join_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces.findings import Pointer
    from zarr_spaces.graph.build import Described
    from zarr_spaces.node_view import NodeView

_TRANSFORM: Pointer = (GEO, PROJ, TRANSFORM)


class Grids:
    """Collects the spaces of pyramids and placed arrays, and what connects them."""

    def __init__(self, load: Callable[[str], Described | None], look: Callable[[str], NodeView] | None) -> None:
        self.spaces: dict[Space, SpaceInfo] = {}
        self.edges: list[Edge] = []
        self.dangling: list[Dangling] = []
        self._systems: dict[tuple[str, ...], Space] = {}
        self._taken: Mapping[Space, SpaceInfo] = {}
        self._load = load
        self._look = look

    def add(self, path: str, described: Described, taken: Mapping[Space, SpaceInfo]) -> None:
        """Add what the node at a path declares; `taken` are spaces whose names are no longer free."""
        self._taken = taken
        nodes = self._look(path) if self._look is not None else None
        if described.layout is not None:
            Pyramid(self, path, described, nodes).add()
        elif described.proj is not None and described.proj.transform is not None:
            if described.document is not None and described.document.ome.multiscales:
                self.lose(path, _TRANSFORM, "a transform beside images does not say which of their levels it places")
            else:
                found = placed_arrays(nodes) if nodes is not None else {}
                arrays = {join_path(path, name) or "": array for name, array in found.items()}
                self.place(path, described.proj, arrays)

    def placed(self, path: str) -> GeoProj | None:
        """Return how the pixels of the node at a path are placed by its own metadata."""
        described = self._load(path)
        return described.proj if described is not None else None

    def is_free(self, space: Space) -> bool:
        """Tell whether nothing else has this path and name."""
        return space not in self.spaces and space not in self._taken

    def lose(self, node: str, pointer: Pointer, reason: str) -> None:
        """Take down a declaration that leads nowhere."""
        self.dangling.append(Dangling(node, pointer, reason))

    def onto_ground(self, source: Space, node: str, proj: GeoProj, axes: tuple[int, int]) -> None:
        """Connect a space, of whose axes two are y and x, with the reference system that the node names."""
        if proj.transform is None:
            return
        system, n = self._system(node, proj), self.spaces[source].n
        if system is None:
            self.lose(
                node, _TRANSFORM, f"the name of the reference system is already that of {Space('', crs_name(proj))}"
            )
        else:
            self.edges.append(
                Edge(source, system, Affine(affine=affine_rows(proj.transform, axes, n)), node, _TRANSFORM)
            )

    def place(self, path: str, proj: GeoProj, arrays: Mapping[str, Mapping[str, Any]]) -> None:
        """Connect arrays with the pixels that the metadata at a node speaks of, and those with the reference system."""
        if proj.transform is None:
            return
        pixels = Space(path, PIXELS)
        if not self.is_free(pixels):
            self.lose(path, _TRANSFORM, f"the name of the pixels that it places is already that of {pixels}")
            return
        self.spaces[pixels] = SpaceInfo(2, tuple(Axis(name=axis, type="array") for axis in "yx"))
        self.onto_ground(pixels, path, proj, (0, 1))
        for own, array in arrays.items():
            n = len(array["shape"])
            if own != path and (nearer := self.placed(own)) is not None:
                self.place(own, nearer, {own: array})  # what stands at an array replaces what stands at its group
            elif (axes := ground_axes(names_of(array), proj)) is not None:
                self.spaces.setdefault(Space(own), SpaceInfo(n))
                self.edges.append(Edge(Space(own), pixels, to_corners(axes, n), path, _TRANSFORM, implied=HALF_PIXEL))
            elif n > 1:
                self.lose(path, _TRANSFORM, f"the dimensions of {Space(own)} do not tell which of them are y and x")

    def _system(self, node: str, proj: GeoProj) -> Space | None:
        """Return the space of a reference system, which all nodes share that mean the same one; None without a name.

        It is of the whole world, so its name is one of the root where that is free.
        """
        identity = _identity(proj)
        if identity not in self._systems:
            named = (Space(path, crs_name(proj)) for path in ("", node))
            space = next((space for space in named if self.is_free(space)), None)
            if space is None:
                return None
            axes = tuple(Axis(name=axis, type="space") for axis in "xy")
            self.spaces[space] = SpaceInfo(2, axes, is_crs=True)
            self._systems[identity] = space
        return self._systems[identity]


def _identity(proj: GeoProj) -> tuple[str, ...]:
    """Return what two descriptions of one reference system have in common; names such as "unknown" tell nothing."""
    for code in codes_of(proj):
        return (code.casefold(),)
    return proj.wkt2 or "", json.dumps(proj.projjson, sort_keys=True)
