"""Which dimensions of the arrays of a Zarr multiscales pyramid its numbers, and geo.proj, speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import GEO, GROUP, LAYOUT, PROJ, SPATIAL_DIMENSIONS
from zarr_spaces.findings import Level, Severity
from zarr_spaces.geo import SPATIAL_NAMES, spatial_axes
from zarr_spaces.layout import names_of, placed_arrays
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.layout_parts import Dimensions, Layout, LevelArrays

_LAYOUT = "multiscales.layout"


@rule("layout-axes-are-dimensions", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS)
def layout_axes_are_dimensions(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Scales and translations have one number for each dimension of the arrays, or for y and x at least."""
    if layout.n is None:
        return
    for found in layout.arrays(nodes):
        # What has names, or fewer dimensions, may stand beside the rasters.
        lost = [name for name, array in found.arrays.items() if name not in found.dimensions]
        lost.sort(key=lambda name: -len(found.arrays[name]["shape"]))
        larger = (name for name in lost if len(found.arrays[name]["shape"]) > layout.n and _is_unnamed(found, name))
        name = next(larger, None) or (lost[0] if lost and found.whole() is None else None)
        if name is not None:
            size = len(found.arrays[name]["shape"])
            message = f"the array {quote(name)} has {_count(size, 'dimension')}, "
            message += f"the layout {_count(layout.n, 'number')} for each level"
            hint = "write one number for each dimension, 1 where nothing changes from level to level"
            if layout.n == 2 < size:
                hint += "; or name the dimensions, so that y and x are known"
            yield Fault((*at, LAYOUT, found.level.index, GROUP), message, hint)


def _is_unnamed(found: LevelArrays, name: str) -> bool:
    return not any(names_of(found.arrays[name]))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@rule("layout-axes-complete", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_axes_complete(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Scales and translations have a number for the other dimensions than y and x, too."""
    for found in layout.arrays(nodes):
        for name, dimensions in found.dimensions.items():
            names = names_of(found.arrays[name])
            if None not in dimensions and len(dimensions) < len(names):
                other = [names[number] for number in range(len(names)) if number not in dimensions]
                message = f"the array {quote(f'{found.group}/{name}')} also has {_dimensions(other)}, "
                message += f"the layout only {_count(len(dimensions), 'number')} for each level"
                hint = "readers may want one for each dimension: write 1 where nothing changes from level to level"
                yield Fault((*at, LAYOUT), message, hint)
                return


def _dimensions(names: Sequence[str | None]) -> str:
    named = [name for name in names if name is not None]
    if len(named) < len(names):
        return _count(len(names), "more dimension")
    return f"the dimension{'' if len(names) == 1 else 's'} {listing(named)}"


@rule("layout-dimensions-ordered", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_dimensions_ordered(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All arrays have the dimensions of which the layout's numbers speak in the same order."""
    for found in layout.arrays(nodes):
        for name, dimensions in found.dimensions.items():
            if is_reordered(dimensions) and None not in dimensions:
                known = [number for number in dimensions if number is not None]
                names = names_of(found.arrays[name])
                own, meant = (listing([str(names[number]) for number in order]) for order in (sorted(known), known))
                message = f"the array {quote(name)} has the dimensions in the order {own}; other arrays have {meant}"
                hint = "the numbers of the layout have one order for all arrays and levels: store this one in it"
                yield Fault((*at, LAYOUT, found.level.index, GROUP), message, hint)
                break


def is_reordered(dimensions: Dimensions) -> bool:
    """Tell whether an array has the dimensions of the layout's axes in another order than the axes have."""
    known = [number for number in dimensions if number is not None]
    return known != sorted(known)


@rule(
    "layout-dimensions-found",
    part=Part.LAYOUT,
    section="geo.proj, Spatial Dimension Identification",
    level=Level.ARRAYS,
)
def layout_dimensions_found(layout: Layout, _at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The dimensions along y and x of an array of the first level have their declared, or well-known, names."""
    if layout.proj is None:
        return
    declared = layout.proj.spatial_dimensions
    first = [found.arrays for found in layout.arrays(nodes) if found.level.index == 0]
    own = [names_of(array) for arrays in first for array in arrays.values()]
    if not own or any(spatial_axes(names, declared) for names in own):
        return
    # geo.proj is also for the arrays directly below its group, though a pyramid seldom has any.
    if any(spatial_axes(names_of(array), declared) for array in placed_arrays(nodes).values()):
        return
    met = listing(sorted({name for names in own for name in names if name is not None})) or "unnamed"
    if declared is None:
        message = "no array of the first level has dimensions with well-known names for y and x; "
        message += f"dimensions there: {met}"
        hint = f"add spatial_dimensions, or name the dimensions of the arrays, such as {listing(SPATIAL_NAMES[0])}"
        yield Fault((GEO, PROJ), message, hint)
        return
    message = f"no array of the first level has the dimensions {listing(declared)}; dimensions there: {met}"
    hint = "write the names that the arrays give their dimensions, y first"
    known = next((pair for pair in SPATIAL_NAMES for names in own if set(pair) <= set(names)), None)
    if known is not None:
        hint += f": {quote(known)}"
    yield Fault((GEO, PROJ, SPATIAL_DIMENSIONS), message, hint)
