"""What the arrays of a Zarr multiscales pyramid, and the places of its levels on the ground, say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import (
    CODE,
    GEO,
    GROUP,
    LAYOUT,
    PROJ,
    TRANSFORM,
)
from zarr_spaces.findings import Level, Severity, value_at
from zarr_spaces.geo import conflicting_codes, is_in_order_of_gdal, spatial_axes, transform_of_level
from zarr_spaces.layout import as_floats, names_of, place_on
from zarr_spaces.quoting import quote
from zarr_spaces.rules.geo_proj import compare_bbox
from zarr_spaces.rules.layout_extents import compare_extents
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.layout_parts import Layout, LevelArrays

_LAYOUT = "multiscales.layout"
_SEMANTICS = "Transformation Semantics"
_COMPOSITION = "Composition with Domain-Specific Metadata"
_SAME = 1e-3  # of a pixel of the level


@rule("layout-shapes-agree", part=Part.LAYOUT, section=_SEMANTICS, level=Level.ARRAYS)
def layout_shapes_agree(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of a level cover those of its source to less than a pixel; without a scale, they are no larger."""
    yield from compare_extents(layout, at, nodes, exact=False)
    last: LevelArrays | None = None
    for found in layout.arrays(nodes):
        declared = layout.pyramid.layout[found.level.index]
        if last is not None and declared.scale is None and declared.factors is None:
            for name in found.arrays:
                if name in last.arrays and _is_larger(found.arrays[name], last.arrays[name]):
                    own, other = (quote(known.arrays[name]["shape"]) for known in (found, last))
                    message = f"the array {quote(name)} has the shape {own}, more than {other} of the level "
                    message += f"{quote(last.level.group)} before"
                    hint = "list the level of the highest resolution first"
                    yield Fault((*at, LAYOUT, found.level.index, GROUP), message, hint)
                    break
        last = found


def _is_larger(array: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    pairs = list(zip(array["shape"], other["shape"], strict=False))
    return (
        len(array["shape"]) == len(other["shape"])
        and all(size >= before for size, before in pairs)
        and any(size > before for size, before in pairs)
    )


@rule("layout-shapes-exact", part=Part.LAYOUT, section=_SEMANTICS, level=Level.ARRAYS, severity=Severity.INFO)
def layout_shapes_exact(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The arrays of a level cover those of their source exactly."""
    return compare_extents(layout, at, nodes, exact=True)


@rule("layout-arrays-alike", part=Part.LAYOUT, section=_LAYOUT, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_arrays_alike(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """A variable has the same data type, and the same number of dimensions, on each level."""
    first: dict[str, tuple[str, Any, int]] = {}
    for level, _, arrays, _ in layout.arrays(nodes):
        for name, array in arrays.items():
            kind, size = array.get("data_type"), len(array["shape"])
            before = first.setdefault(name, (level.group, kind, size))
            if before[1:] != (kind, size):
                message = (
                    f"{quote(name)} is {_array(kind, size)}; on the level {quote(before[0])} {_array(*before[1:])}"
                )
                yield Fault((*at, LAYOUT, level.index, GROUP), message, "write all levels of a variable alike")


def _array(kind: Any, size: int) -> str:
    return f"{quote(kind)} in {size} dimension{'' if size == 1 else 's'}"


@rule("layout-transforms-agree", part=Part.LAYOUT, section=_COMPOSITION, level=Level.ARRAYS, severity=Severity.WARNING)
def layout_transforms_agree(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The transform of each level is that of the first, for larger pixels."""
    first = _as_transform(layout.proj.transform) if layout.proj is not None else None
    for found in layout.arrays(nodes):
        level = found.level
        told = _as_transform(value_at(nodes.attributes(found.group), (GEO, PROJ, TRANSFORM)))
        if told is None or (place := place_on(level, layout.levels[0])) is None:
            continue
        if first is None:
            if level.index:  # the first level is placed nowhere
                return
            first = told
        elif (axes := _ground_axes(layout, found)) is not None:
            if is_in_order_of_gdal(first) or is_in_order_of_gdal(told):
                continue  # told where it stands; what differs is seen once it is mended
            scale, start = ([values[axis] for axis in axes] for values in place)
            expected = transform_of_level(first, scale, start)
            pixel = max(abs(expected[number]) for number in (0, 1, 3, 4))
            if any(abs(a - b) > _SAME * pixel for a, b in zip(told, expected, strict=True)):
                message = f"the transform of the level is {quote(told, 120)}; by its scale, and the transform of the "
                message += f"first level, it would be {quote(expected, 120)}"
                hint = "a level has larger pixels, and the same origin: readers would put it elsewhere"
                if told == first:
                    hint = "it repeats the transform of the first level, whose pixels are smaller"
                yield Fault((*at, LAYOUT, level.index), message, hint)


def _as_transform(value: Any) -> tuple[float, ...] | None:
    """Read the first two rows of a transform that nobody has judged."""
    if not isinstance(value, list) or len(value) not in (6, 9):
        return None
    return as_floats(value[:6]) if all(type(number) in (int, float) for number in value) else None


def _ground_axes(layout: Layout, found: LevelArrays) -> tuple[int, int] | None:
    """Find the axes of the layout along which y and x run; two without names are taken in this order."""
    declared = layout.proj.spatial_dimensions if layout.proj is not None else None
    if (name := found.whole()) is not None:
        names = names_of(found.arrays[name])
        own = [names[number] for number in found.dimensions[name] if number is not None]
        if any(own):
            return spatial_axes(own, declared)
    return (0, 1) if layout.n == 2 else None


@rule("layout-systems-same", part=Part.LAYOUT, section=_COMPOSITION, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_systems_same(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All levels lie in one coordinate reference system."""
    first = layout.proj.code if layout.proj is not None else None
    holder = "the pyramid"
    for found in layout.arrays(nodes):
        told = value_at(nodes.attributes(found.group), (GEO, PROJ, CODE))
        if not isinstance(told, str):
            continue
        if first is None:
            first, holder = told, f"the level {quote(found.level.group)}"
        elif conflicting_codes([first, told]):
            message = f"the level lies in {quote(told)}, {holder} in {quote(first)}"
            hint = "the levels of a pyramid are one picture, its pixels on one grid: mend the code"
            yield Fault((*at, LAYOUT, found.level.index), message, hint)


@rule("layout-bbox-agrees", part=Part.LAYOUT, section="geo.proj, bbox", level=Level.ARRAYS, severity=Severity.WARNING)
def layout_bbox_agrees(layout: Layout, _at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The bbox of a pyramid is the extent that the transform gives the arrays of its first level."""
    proj = layout.proj
    if proj is None or proj.bbox is None or proj.transform is None:
        return
    for found in layout.arrays(nodes):
        for name, array in found.arrays.items() if found.level.index == 0 else ():
            size = len(array["shape"])
            names = names_of(array)
            axes = spatial_axes(names, proj.spatial_dimensions) or ((0, 1) if size == 2 and not any(names) else None)
            if axes is not None:
                sizes = array["shape"][axes[0]], array["shape"][axes[1]]
                yield from compare_bbox(proj, sizes, f"{found.group}/{name}", (GEO, PROJ))
                return
