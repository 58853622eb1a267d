"""Where in a pyramid of the Zarr multiscales convention the parts stand that rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import GEO, MULTISCALES, PROJ
from zarr_spaces.geo import named_axes
from zarr_spaces.layout import arrays_below, axes_count, levels_of, names_of
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.rules.rule import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces._generated.bindings.composition import GeoAttributes, GeoProj
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import Multiscales, ZarrMultiscales
    from zarr_spaces.findings import Pointer
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.node_view import NodeView

    Found = tuple[Part, object, Pointer]

Arrays = dict[str, "Mapping[str, Any]"]
"""The variables of one level, by name."""
Dimensions = tuple[int | None, ...]
"""The dimension of an array that each axis of the layout is; None for an axis that the array does not have."""
Axes = list[str | None] | None
"""The name of the dimension that each axis of the layout is; None where nothing tells."""


class LevelArrays(NamedTuple):
    """A level whose group is there, with its variables as the nodes themselves tell."""

    level: PyramidLevel
    group: str
    """Path of the group, spelt in the plain way."""
    arrays: Arrays
    dimensions: dict[str, Dimensions]
    """How the arrays lie on the axes of the layout, by name; without those that have none of these axes."""

    def whole(self) -> str | None:
        """Name the first array that has all axes of the layout."""
        return next((name for name, found in self.dimensions.items() if None not in found), None)


@dataclass(slots=True)
class Layout:
    """A pyramid as it is written, and what its levels mean."""

    pyramid: Multiscales
    levels: tuple[PyramidLevel, ...]
    proj: GeoProj | None
    """How the first level is placed."""
    n: int | None
    """Number of axes, as most lists of the layout have it."""
    found: list[LevelArrays] | None = None
    axes: Axes = None
    """The dimensions that the axes are, by the first level that tells."""

    def groups(self) -> Iterator[tuple[PyramidLevel, str]]:
        """Yield the levels with the paths of their groups; without those that lead nowhere or are there already."""
        seen: set[str] = set()
        for level in self.levels:
            path = normalise_path(level.group)
            if path and leads_below(level.group) and path not in seen:
                seen.add(path)
                yield level, path

    def arrays(self, nodes: NodeView) -> list[LevelArrays]:
        """List the levels that are there with their variables; they are looked for once."""
        if self.found is None:
            declared = self.proj.spatial_dimensions if self.proj is not None else None
            self.found = []
            for level, group in self.groups():
                if nodes.attributes(group) is not None:
                    arrays = arrays_below(group, nodes)
                    axes = self._axes(arrays, declared)
                    self.found.append(LevelArrays(level, group, arrays, _dimensions(self.n, arrays, axes)))
        return self.found

    def _axes(self, arrays: Arrays, declared: list[str] | None) -> Axes:
        """Name the axes of a level by the dimensions of its arrays; None where these have no names.

        Levels with the same dimensions have them in the order of the first, in which the layout's numbers stand.
        """
        if self.n is None:
            return None
        own = named_axes(self.n, ((names_of(array), array["shape"]) for array in arrays.values()), declared)
        if self.axes is None:
            self.axes = own
        return self.axes if own is not None and self.axes is not None and set(own) == set(self.axes) else own


def _dimensions(n: int | None, arrays: Arrays, axes: Axes) -> dict[str, Dimensions]:
    """Find how arrays lie on the `n` axes of a layout: by the names of dimensions, else by their number."""
    found: dict[str, Dimensions] = {}
    for name, array in arrays.items():
        own = names_of(array)
        if axes is not None and any(own):
            numbers = {dimension: number for number, dimension in enumerate(own)}
            dimensions = tuple(numbers.get(axis) for axis in axes)
            if any(number is not None for number in dimensions):
                found[name] = dimensions
        elif len(own) == n:
            found[name] = tuple(range(len(own)))
    return found


def layout_parts(document: ZarrMultiscales, _nodes: NodeView | None) -> Iterator[Found]:
    """List the parts of a document with a pyramid."""
    pyramid = document.multiscales
    proj = document.geo.proj if document.geo is not None else None
    yield Part.LAYOUT, Layout(pyramid, levels_of(pyramid), proj, axes_count(pyramid)), (MULTISCALES,)
    if proj is not None:
        yield Part.GEO_PROJ, proj, (GEO, PROJ)


def geo_parts(document: GeoAttributes, _nodes: NodeView | None) -> Iterator[Found]:
    """List the parts of a document that places pixels."""
    if document.geo.proj is not None:
        yield Part.GEO_PROJ, document.geo.proj, (GEO, PROJ)
