"""How far the levels of a Zarr multiscales pyramid reach over each other, by the shapes of their arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from zarr_spaces._generated.members import FACTORS, GROUP, LAYOUT, SCALE
from zarr_spaces.layout import as_floats, names_of, times
from zarr_spaces.quoting import quote
from zarr_spaces.rules.layout_translations import counts_from_centres
from zarr_spaces.rules.rule import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.layout_parts import Layout, LevelArrays

_SAME = 1e-3  # of a pixel of the level


class _Span(NamedTuple):
    """What an array covers of that of its source along one axis, in pixels of the source."""

    axis: int
    dimension: int
    """The array's dimension that the axis of the layout is."""
    size: float
    """Pixels that there are."""
    room: float
    """Pixels that the source has."""
    step: float
    start: float

    @property
    def end(self) -> float:
        return self.start + self.step * self.size


def compare_extents(layout: Layout, at: Pointer, nodes: NodeView, *, exact: bool) -> Iterator[Fault]:
    """Yield where levels do not cover their sources: by a pixel of the level at least, or with `exact` by less.

    Levels whose source is not known are compared with the first.
    """
    known = {found.level.index: found for found in layout.arrays(nodes)}
    for index, found in known.items():
        source = known.get(found.level.source if found.level.source is not None else 0)
        if source is None or source is found or (exact and counts_from_centres(layout, found.level)):
            continue  # a translation of centres has a rule of its own
        for name in found.arrays:
            spans = list(_spans(found, source, name))
            offs = [_off(span, _is_part(spans)) for span in spans]
            worst = max(offs, default=0.0)
            if (_SAME < worst < 1) if exact else (worst >= 1):
                span = spans[offs.index(worst)]
                dimension = names_of(found.arrays[name])[span.dimension]
                along = quote(dimension) if dimension is not None else f"dimension {span.dimension}"
                message = f"the array {quote(name)} reaches from {span.start:g} to {span.end:g} of the {span.room:.0f} "
                message += f"pixels of the level {quote(source.level.group)} along {along}"
                hint = _remark(span) if exact else _advice(layout, found, source, spans)
                yield Fault((*at, LAYOUT, index, _member(layout, index)), message, hint)
                break


def _spans(found: LevelArrays, source: LevelArrays, name: str) -> Iterator[_Span]:
    level, base = found.level, source.level
    own, other = found.dimensions.get(name), source.dimensions.get(name)
    if own is None or other is None:
        return
    if level.scale is None or level.translation is None or base.scale is None or base.translation is None:
        return
    for axis, (dimension, above) in enumerate(zip(own, other, strict=True)):
        if dimension is None or above is None:
            continue
        sizes = as_floats([found.arrays[name]["shape"][dimension], source.arrays[name]["shape"][above]])
        step = level.scale[axis] / base.scale[axis]
        start = (level.translation[axis] - base.translation[axis]) / base.scale[axis]
        if sizes is not None and 0 < step < math.inf and math.isfinite(start + step * sizes[0]):
            size, room = sizes
            yield _Span(axis, dimension, size, room, step, 0.0 if abs(start) < _SAME * step else start)


def _is_part(spans: list[_Span]) -> bool:
    """Tell whether a level was made of a part of its source: it begins elsewhere, and may end anywhere."""
    return any(span.start for span in spans)


def _off(span: _Span, is_part: bool) -> float:
    """Tell by how many of its pixels a level does not cover its source, or reaches beyond."""
    if is_part:
        return max(-span.start, span.end - span.room, 0.0) / span.step
    return abs(span.end - span.room) / span.step


def _member(layout: Layout, index: int) -> str:
    level = layout.pyramid.layout[index]
    return SCALE if level.scale is not None else FACTORS if level.factors is not None else GROUP


def _remark(span: _Span) -> str:
    """Say what a difference of less than a pixel means."""
    if span.start and abs(span.start - (span.step - 1) / 2) < _SAME * span.step:
        return (
            "translations count from corner to corner, and are 0 where blocks of pixels become one; this looks like "
            "the distance of the centres, and shifts the level by it"
        )
    if span.start < 0 or span.end > span.room:
        return "the pixels at its edge stand for fewer pixels than the others"
    return "the last pixels of the source are not in it"


def _advice(layout: Layout, found: LevelArrays, source: LevelArrays, spans: list[_Span]) -> str:
    """Say how to mend a level that does not cover its source."""
    declared = layout.pyramid.layout[found.level.index]
    if _is_part(spans):
        return "mend the translation or the scale; both are in pixels of the first level"
    if declared.scale is None:
        return "mend the factors, or add the scale; by the shapes a pixel covers about " + _needed(spans)
    base = source.level.scale or ()
    absolute = times(base, declared.scale)
    if any(size != 1 for size in base) and absolute is not None:
        relative = (span._replace(step=span.step * base[span.axis]) for span in spans)
        if all(_off(span, is_part=False) < 1 for span in relative):
            group = quote(source.level.group)
            fits = f"the scale fits where it is meant in pixels of {group}, but scales count in those of the first"
            return f"{fits} level: write {quote(absolute)}"
    return "mend the scale, which counts from the first level; by the shapes a pixel covers about " + _needed(spans)


def _needed(spans: list[_Span]) -> str:
    """Write how many pixels of the source one of the level has to cover."""
    told = [f"{span.room / span.size:.4g}" for span in spans if span.size > 0]
    return f"{' x '.join(told[:6])} of the source's"
