"""The graph of a store or document: finding spaces, routes between them, and mapping points."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zarr_spaces.errors import (
    AmbiguousSpace,
    Detour,
    DimensionMismatch,
    NoRoute,
    UnknownSpace,
    UnsupportedTransformation,
    ZarrSpacesError,
)
from zarr_spaces.findings import format_pointer
from zarr_spaces.graph.route import Hop, Route, reachable, shortest
from zarr_spaces.graph.space import Edge, Space
from zarr_spaces.paths import join_path, normalise_path
from zarr_spaces.quoting import closest, quote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from zarr_spaces.graph.route import Step
    from zarr_spaces.graph.space import Dangling, SpaceInfo, SpaceLike
    from zarr_spaces.transform.point_map import PointMap


class SpaceGraph:
    """A directed multigraph: spaces are its nodes, declared transformations its edges; parallel ones all count.

    A graph is a snapshot of the documents at the time it was built. A space is named by a `Space`, by the plain name of
    a coordinate system of the root document, or by ``{"path": ..., "name": ...}``; ``path`` alone is an array. Where
    several images of a node have systems of one name, ``multiscale`` says which is meant, by its index.

    Examples
    --------
    >>> from zarr_spaces import graph_of, pyramid
    >>> cells = pyramid("yx", name="cells", pixel_size=0.5, units="micrometer", factors=[2, 4], method="mean")
    >>> graph = graph_of(cells)
    >>> graph
    <SpaceGraph of 4 spaces and 3 transformations>
    >>> graph.transform({"path": "2"}, {"path": "0"}, [[0, 0], [10, 20]])
    array([[ 1.5,  1.5],
           [41.5, 81.5]])
    """

    def __init__(
        self, spaces: Mapping[Space, SpaceInfo], edges: tuple[Edge, ...], dangling: tuple[Dangling, ...] = ()
    ) -> None:
        self.spaces = spaces
        """Every space with its number of dimensions and its axes."""
        self.edges = edges
        """Every transformation whose two ends are known, in document order, the root document first."""
        self.dangling = dangling
        """Transformations of which one end leads nowhere."""
        self._maps: dict[Step, PointMap] = {}
        forward: dict[Space, list[tuple[Step, Space]]] = {}
        inverted: dict[Space, list[tuple[Step, Space]]] = {}
        for index, edge in enumerate(edges):
            forward.setdefault(edge.source, []).append(((index, False), edge.target))
            inverted.setdefault(edge.target, []).append(((index, True), edge.source))
        self._exits = {space: forward.get(space, []) + inverted.get(space, []) for space in spaces}

    def __repr__(self) -> str:
        return f"<SpaceGraph of {len(self.spaces)} spaces and {len(self.edges)} transformations>"

    def find(self, asked: SpaceLike) -> Space:
        """Return the space that is meant.

        >>> from zarr_spaces import graph_of, image
        >>> graph = graph_of(image("yx", name="cells", pixel_size=1, units="micrometer"))
        >>> graph.find("physical")
        Space(path='', name='physical', multiscale=0)

        Raises
        ------
        UnknownSpace
            If there is none.
        AmbiguousSpace
            If several images of the node have a system of that name.
        """
        path, name, images = self._parts(asked)
        found = [space for space in self.spaces if space.path == path and space.name == name]
        chosen = [space for space in found if images is None or space.multiscale in images]
        if not chosen and isinstance(asked, Space) and asked.multiscale is None:
            chosen = found  # written without saying which image
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            raise AmbiguousSpace(str(Space(path, name)), tuple(space.multiscale for space in chosen))
        wanted = str(Space(path, name)) if name is None else f"coordinate system {Space(path, name)}"
        raise UnknownSpace(wanted, self._names(), self._hint(path, name, found))

    def route(self, source: SpaceLike, target: SpaceLike) -> Route:
        """Find the way from `source` to `target` that passes the fewest transformations.

        Of equally short ways the one with a forward step before an inverted one is taken, then the one that is declared
        first. A transformation that cannot be executed, or not in the direction that is needed, is avoided where
        another way exists; `Route.passed_over` and the warning `Detour` say so, for the numbers may be others.

        Raises
        ------
        UnknownSpace, AmbiguousSpace
            If `source` or `target` is not in the graph, or more than once.
        NoRoute
            If no chain of transformations connects the two.
        NotInvertible, UnsupportedTransformation, DimensionMismatch
            If every way needs a transformation that cannot be executed.

        Examples
        --------
        >>> from zarr_spaces import graph_of, image
        >>> graph = graph_of(image("yx", name="cells", pixel_size=0.5, units="micrometer"))
        >>> route = graph.route({"path": "0"}, "physical")
        >>> len(route.hops), route.map([[2, 4]])
        (1, array([[1., 2.]]))
        """
        start, end = self.find(source), self.find(target)
        blocked: set[Step] = set()
        troubles: list[ZarrSpacesError] = []
        while (steps := shortest(self._exits, start, end, blocked)) is not None:
            hops = []
            for step in steps:
                try:
                    hops.append(self._hop(*step))
                except ZarrSpacesError as error:
                    troubles.append(error)
                    blocked |= self._unusable(step)
            if len(hops) == len(steps):
                return Route(start, end, tuple(hops), self.spaces[start].n, tuple(map(str, troubles)))
        if troubles:
            raise troubles[0]
        unused = tuple(dangling.reason for dangling in self.dangling)
        raise NoRoute(str(start), str(end), tuple(map(str, reachable(self._exits, start))), unused)

    def transform(
        self, source: SpaceLike, target: SpaceLike, points: ArrayLike, out: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Map points from `source` to `target`.

        Parameters
        ----------
        source, target : str, mapping or Space
            The two spaces.
        points : (N, D_source) or (D_source,) array
            In the source's axis order and units; array indices count pixel centres from 0.
        out : (N, D_target) float64 array, optional
            Filled and returned.

        Returns
        -------
        (N, D_target) float64 array
            In the target's axis order and units.

        Warns
        -----
        Detour
            If a shorter way was passed over because one of its transformations cannot be executed.

        Raises
        ------
        UnknownSpace, AmbiguousSpace, NoRoute, NotInvertible, UnsupportedTransformation, DimensionMismatch
            As `route`; `DimensionMismatch` also where the points have not as many coordinates as the source.
        TypeError
            If `points` are no real numbers.
        """
        import numpy as np  # not needed before

        route = self.route(source, target)
        for reason in route.passed_over:
            warnings.warn(Detour(f"{route.source} -> {route.target} goes a longer way: {reason}"), stacklevel=2)
        try:
            given = points if isinstance(points, np.ndarray) else np.asarray(points)
        except ValueError as error:
            raise DimensionMismatch(f"coordinates of each point in {route.source}", route.n, "various") from error
        if given.ndim in (1, 2) and given.shape != (0,) and given.shape[-1] != route.n:
            raise DimensionMismatch(f"coordinates of a point in {route.source}", route.n, given.shape[-1])
        return route.map(given, out)

    def explain(self, source: SpaceLike, target: SpaceLike) -> str:
        """List the hops of the route: from where to where, by which transformation, in which direction, declared where.

        Raises
        ------
        UnknownSpace, AmbiguousSpace, NoRoute, NotInvertible, UnsupportedTransformation, DimensionMismatch
            As `route`.

        Examples
        --------
        >>> from zarr_spaces import graph_of, image
        >>> graph = graph_of(image("yx", name="cells", pixel_size=0.5, units="micrometer"))
        >>> print(graph.explain("physical", {"path": "0"}))
        'physical' -> array '0': 1 hop
          1. 'physical' -> array '0': scale, closed-form inverse (/ome/multiscales/0/datasets/0/...)
        """
        return str(self.route(source, target))

    def as_json(self) -> dict[str, Any]:
        """Return the spaces and the transformations between them as JSON-ready members."""
        return {
            "spaces": [space.as_json() for space in self.spaces],
            "transformations": [edge.as_json() for edge in self.edges],
        }

    def _unusable(self, failed: Step) -> set[Step]:
        """Find all steps between the same two spaces that fail, so that each pair costs one search."""
        edge = self.edges[failed[0]]
        source, target = (edge.target, edge.source) if failed[1] else (edge.source, edge.target)
        unusable = {failed}
        for step, neighbour in self._exits[source]:
            if neighbour == target and step != failed:
                try:
                    self._hop(*step)
                except ZarrSpacesError:
                    unusable.add(step)
        return unusable

    def _hop(self, index: int, inverted: bool) -> Hop:
        """Make one transformation executable in one direction, on first use."""
        edge = self.edges[index]
        ends = (edge.target, edge.source) if inverted else (edge.source, edge.target)
        if (index, inverted) not in self._maps:
            try:
                self._maps[index, inverted] = self._hop(index, False).map.inverse() if inverted else self._compile(edge)
            except ZarrSpacesError as error:
                error.place = error.place or f"{quote(edge.node)} {format_pointer(edge.pointer)}".removeprefix("'' ")
                raise
        return Hop(*ends, edge, inverted, self._maps[index, inverted])

    def _compile(self, edge: Edge) -> PointMap:
        from zarr_spaces.transform.compile import compile_transformation  # NumPy is not needed before

        if edge.transformation is None:
            raise UnsupportedTransformation(edge.kind, f"its declaration cannot be understood: {edge.reason}")
        return compile_transformation(edge.transformation, self.spaces[edge.source].n, self.spaces[edge.target].n)

    def _parts(self, asked: SpaceLike) -> tuple[str, str | None, set[int | None] | None]:
        """Split what names a space into path, name and, where it was said, the index of the image."""
        if isinstance(asked, Space):
            return asked.path, asked.name, {asked.multiscale}
        if isinstance(asked, str):
            return "", asked, None
        if not isinstance(asked, Mapping):
            raise UnknownSpace(
                f"space like {quote(asked)}", self._names(), "give a name, or an object with path and name"
            )
        path, name, image = asked.get("path"), asked.get("name"), asked.get("multiscale")
        path = "" if path is None else path
        sound = isinstance(path, str) and isinstance(name, str | None) and (image is None or type(image) is int)
        if not sound or asked.keys() - {"path", "name", "multiscale"} or not (path or name is not None):
            hint = "give path, name, or both as strings, and multiscale, if any, as a whole number"
            raise UnknownSpace(f"space like {quote(dict(asked))}", self._names(), hint)
        return normalise_path(path), name, {image} if "multiscale" in asked else None

    def _names(self) -> tuple[str, ...]:
        return tuple(map(str, self.spaces))

    def _hint(self, path: str, name: str | None, found: list[Space]) -> str | None:
        if found:
            images = ", ".join("none" if space.multiscale is None else str(space.multiscale) for space in found)
            return f"say which image: multiscale is one of {images} there"
        if name is not None and not path and Space(name) in self.spaces:
            return f"there is an array of that path; for it write {json.dumps({'path': name})}"
        inside = [space for space in self.spaces if space.path == path and space.name is not None]
        if name is None and inside:
            listed = ", ".join(quote(space.name) for space in inside[:6])
            is_image = any(space.multiscale is not None for space in inside)
            what = "an image: add the name of one of its systems" if is_image else "no array: add a name that it has"
            return f"the node is {what}: {listed}"
        if name is None and (level := next((space for space in self.spaces if self._is_level_at(space, path)), None)):
            written = json.dumps({"path": level.path, "name": level.name} if level.path else level.name)
            arrays = [json.dumps({"path": space.path}) for space in self.spaces if _is_array_below(space, path)]
            below = f"; its arrays are {', '.join(arrays[:6])}" if arrays else ""
            return f"that is a level of a pyramid, written {written}{below}"
        elsewhere = [str(space) for space in self.spaces if space.name == name and name is not None]
        if elsewhere:
            return f"but there is {', '.join(elsewhere[:6])}"
        known = [space.path if name is None else space.name or "" for space in self.spaces]
        asked = path if name is None else name
        alike = (other for other in known if other.casefold() == asked.casefold())
        if close := next(alike, None) or closest(asked, known):
            return f"did you mean {quote(close)}?"
        # What is asked for may be declared, and lead nowhere.
        return next((f"but {dangling.reason}" for dangling in self.dangling), None)

    def _is_level_at(self, space: Space, path: str) -> bool:
        is_level = space.name is not None and not self.spaces[space].axes
        return is_level and join_path(space.path, space.name or "") == path


def _is_array_below(space: Space, path: str) -> bool:
    return space.name is None and space.path.startswith(f"{path}/")
