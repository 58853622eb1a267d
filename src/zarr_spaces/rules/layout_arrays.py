"""What the arrays of a Zarr multiscales pyramid, and the places of its levels on the ground, say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import CODE, GEO, GROUP, LAYOUT, PROJ, SCALE, TRANSFORM
from zarr_spaces.findings import Level, Severity, quote, value_at
from zarr_spaces.geo import spatial_axes, transform_of_level
from zarr_spaces.layout import axes_count, names_of
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.geo_proj import compare_bbox
from zarr_spaces.rules.layout_groups import arrays_of_levels
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.shape_of_layouts import Layout

_LAYOUT = "multiscales.layout"
_SEMANTICS = "Transformation Semantics"
_COMPOSITION = "Composition with Domain-Specific Metadata"
_SAME = 1e-3  # of a pixel of the level


def _axes(layout: Layout, array: Mapping[str, Any]) -> tuple[int, ...] | None:
    """Find the dimensions of an array to which the numbers of the layout belong; None where that is unclear."""
    n, size = axes_count(layout.pyramid), len(array["shape"])
    if n == size:
        return tuple(range(size))
    declared = layout.proj.spatial_dimensions if layout.proj is not None else None
    found = spatial_axes(names_of(array), declared) if n == 2 else None
    return tuple(sorted(found)) if found is not None else None


@rule("layout-axes-are-dimensions", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS)
def layout_axes_are_dimensions(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Scales and translations have one number for each dimension of the arrays, or for y and x at least."""
    n = axes_count(layout.pyramid)
    for level, arrays in arrays_of_levels(layout, nodes) if n is not None else ():
        for name, array in arrays.items():
            if _axes(layout, array) is None:
                size = len(array["shape"])
                message = f"the array {quote(name)} has {size} dimensions, the layout {n} numbers for each level"
                yield Fault((*at, LAYOUT, level.index, GROUP), message, "write one number for each dimension")
                break


@rule("layout-axes-complete", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_axes_complete(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """Scales and translations have a number for the other dimensions than y and x, too."""
    for level, arrays in arrays_of_levels(layout, nodes):
        for name, array in arrays.items():
            axes = _axes(layout, array)
            if axes is not None and len(axes) < len(array["shape"]):
                names = names_of(array)
                other = ", ".join(quote(names[axis]) for axis in range(len(names)) if axis not in axes)
                message = f"the array {quote(name)} also has the dimensions {other}, for which the layout has no number"
                yield Fault(
                    (*at, LAYOUT, level.index, GROUP), message, "write 1 where nothing changes from level to level"
                )
                break


@rule("layout-shapes-agree", part=Part.LAYOUT, section=_SEMANTICS, level=Level.ARRAYS)
def layout_shapes_agree(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of a level cover those of its source, to less than a pixel of the level."""
    for place, name, message in _shapes(layout, at, nodes, exact=False):
        yield Fault(place, f"the array {quote(name)} {message}", "mend the scale: it counts from the first level")


@rule("layout-shapes-exact", part=Part.LAYOUT, section=_SEMANTICS, level=Level.ARRAYS, severity=Severity.INFO)
def layout_shapes_exact(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of a level cover those of their source exactly."""
    for place, name, message in _shapes(layout, at, nodes, exact=True):
        yield Fault(place, f"the array {quote(name)} {message}", "pixels at the end are cut off, or stand for fewer")


def _shapes(layout: Layout, at: Pointer, nodes: NodeView, *, exact: bool) -> Iterator[tuple[Pointer, str, str]]:
    """Yield where the extent of a level is not that of its source: by a pixel at least, or with `exact` by less."""
    found = {level.index: (level, arrays) for level, arrays in arrays_of_levels(layout, nodes)}
    for level, arrays in found.values():
        source, above = found.get(level.source if level.source is not None else 0, (None, {}))
        if source is None or source is level or None in (level.scale, level.translation, source.scale):
            continue
        for name, array in arrays.items():
            axes = _axes(layout, array)
            if name not in above or axes is None or len(above[name]["shape"]) != len(array["shape"]):
                continue
            told = _extent(
                level, source, [array["shape"][axis] for axis in axes], [above[name]["shape"][axis] for axis in axes]
            )
            worst = max(told, key=lambda pair: pair[0], default=(0.0, ""))
            if (0 < worst[0] < 1) if exact else (worst[0] >= 1):
                key = SCALE if layout.pyramid.layout[level.index].scale is not None else GROUP
                yield (*at, LAYOUT, level.index, key), name, worst[1]
                break


def _extent(level: Any, source: Any, sizes: Sequence[int], above: Sequence[int]) -> Iterator[tuple[float, str]]:
    """Yield for each axis by how many pixels of the level its extent differs, and words for it."""
    for axis, (size, room) in enumerate(zip(sizes, above, strict=True)):
        step = level.scale[axis] / source.scale[axis]
        start = (level.translation[axis] - source.translation[axis]) / source.scale[axis]
        end = start + step * size
        # A level may begin and end inside its source: it was made of a part; then only reaching beyond is a fault.
        if start == 0:
            off = abs(end - room) / step
        else:
            off = max(-start, end - room, 0) / step
            off = 0 if off < 1 else off
        words = (
            f"reaches from {start:g} to {end:g} of the {room} pixels of {quote(source.group)} along dimension {axis}"
        )
        yield (0.0 if off < _SAME else off), words


@rule("layout-arrays-alike", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_arrays_alike(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A variable has the same data type, and the same number of dimensions, on each level."""
    first: dict[str, tuple[str, Any, int]] = {}
    for level, arrays in arrays_of_levels(layout, nodes):
        for name, array in arrays.items():
            kind, size = array.get("data_type"), len(array["shape"])
            before = first.setdefault(name, (level.group, kind, size))
            if before[1:] != (kind, size):
                message = (
                    f"{quote(name)} is {_array(kind, size)}; on the level {quote(before[0])} {_array(*before[1:])}"
                )
                yield Fault((*at, LAYOUT, level.index, GROUP), message, "write all levels of a variable alike")


def _array(kind: Any, size: int) -> str:
    return f"{quote(kind)} in {size} dimensions"


@rule(
    "layout-transforms-agree", part=Part.LAYOUT, section=_COMPOSITION, level=Level.HIERARCHY, severity=Severity.WARNING
)
def layout_transforms_agree(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The transform of each level is that of the first, for larger pixels."""
    if layout.proj is None or layout.proj.transform is None:
        return
    for level in layout.levels:
        told = value_at(nodes.attributes(normalise_path(level.group)), (GEO, PROJ, TRANSFORM))
        if not _is_transform(told) or level.scale is None or level.translation is None or len(level.scale) != 2:
            continue
        expected = transform_of_level(layout.proj.transform, level.scale, level.translation)
        pixel = max(abs(expected[axis]) for axis in (0, 1, 3, 4))
        if any(abs(a - b) > _SAME * pixel for a, b in zip(told, expected, strict=False)):
            message = f"the level's transform is {quote(told[:6])}; by its scale it would be {quote(expected)}"
            hint = "each level's transform has the pixel size of that level and the same origin"
            yield Fault((*at, LAYOUT, level.index), message, hint)


def _is_transform(value: Any) -> bool:
    return isinstance(value, list) and len(value) in (6, 9) and all(type(number) in (int, float) for number in value)


@rule("layout-systems-same", part=Part.LAYOUT, section=_COMPOSITION, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_systems_same(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All levels lie in one coordinate reference system."""
    if layout.proj is None or layout.proj.code is None:
        return
    for level in layout.levels:
        told = value_at(nodes.attributes(normalise_path(level.group)), (GEO, PROJ, CODE))
        if isinstance(told, str) and told.casefold() != layout.proj.code.casefold():
            message = f"the level lies in {quote(told)}, the pyramid in {quote(layout.proj.code)}"
            yield Fault(
                (*at, LAYOUT, level.index), message, "levels of one pyramid are the same picture: mend the code"
            )


@rule("layout-bbox-agrees", part=Part.LAYOUT, section="geo.proj, bbox", level=Level.ARRAYS, severity=Severity.WARNING)
def layout_bbox_agrees(layout: Layout, _at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The bbox of a pyramid is the extent that the transform gives the arrays of its first level."""
    proj = layout.proj
    if proj is None or proj.bbox is None or proj.transform is None:
        return
    for level, arrays in arrays_of_levels(layout, nodes):
        for name, array in arrays.items() if level.index == 0 else ():
            axes = spatial_axes(names_of(array), proj.spatial_dimensions) or (
                (0, 1) if len(array["shape"]) == 2 else None
            )
            if axes is not None:
                sizes = array["shape"][axes[0]], array["shape"][axes[1]]
                yield from compare_bbox(proj, sizes, f"{level.group}/{name}", (GEO, PROJ))
                return
