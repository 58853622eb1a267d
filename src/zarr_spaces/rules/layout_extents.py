"""How far the levels of a Zarr multiscales pyramid reach over each other, by the shapes of their arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from zarr_spaces._generated.members import FACTORS, GROUP, LAYOUT, SCALE
from zarr_spaces.layout import as_floats, names_of, times
from zarr_spaces.quoting import quote
from zarr_spaces.rules.layout_dimensions import is_reordered
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

    @property
    def is_cut(self) -> bool:
        """Tell whether the level begins a pixel or more inside its source, so that it may end anywhere."""
        return self.start >= self.step * (1 - _SAME)

    @property
    def beyond(self) -> float:
        """By how many of its pixels the level reaches beyond its source, at either end."""
        return max(-self.start, self.end - self.room) / self.step

    @property
    def off(self) -> float:
        """By how many of its pixels the level does not cover its source, or reaches beyond; less is alignment."""
        return max(self.beyond, 0.0 if self.is_cut else (self.room - self.end) / self.step)


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
            if (span := _worst(spans, exact=exact)) is not None:
                dimension = names_of(found.arrays[name])[span.dimension]
                along = quote(dimension) if dimension is not None else f"dimension {span.dimension}"
                message = f"the array {quote(name)} reaches from {span.start:g} to {span.end:g} of the {span.room:.0f} "
                message += f"pixels of the level {quote(source.level.group)} along {along}"
                hint = _remark(span, spans) if exact else _advice(layout, found, source, span, spans)
                yield Fault((*at, LAYOUT, index, _member(layout, index)), message, hint)
                break


def _spans(found: LevelArrays, source: LevelArrays, name: str) -> Iterator[_Span]:
    level, base = found.level, source.level
    own, other = found.dimensions.get(name), source.dimensions.get(name)
    if own is None or other is None or is_reordered(own) or is_reordered(other):
        return  # which number is for which of reordered dimensions is open, and told by a rule of its own
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


def _worst(spans: list[_Span], *, exact: bool) -> _Span | None:
    """Find the axis along which a level differs most from its source; None where none does.

    Where a level is a part of its source along one axis, it may be one that begins at the corner along another: that
    it ends early there is worth a remark, as by a wrong scale it would, too.
    """
    is_part = any(span.is_cut for span in spans)
    wrong = [span for span in spans if (span.beyond if is_part else span.off) >= 1]
    if exact:
        wrong = [] if wrong else [span for span in spans if span.off > _SAME]
    return max(wrong, key=lambda span: span.off, default=None)


def _member(layout: Layout, index: int) -> str:
    level = layout.pyramid.layout[index]
    return SCALE if level.scale is not None else FACTORS if level.factors is not None else GROUP


def _remark(span: _Span, spans: list[_Span]) -> str:
    """Say what a difference means that may well be meant."""
    if span.off >= 1:
        hint = "where nothing was cut off along this axis, the scale is wrong; by the shapes a pixel covers about "
        return hint + _needed(spans)
    if span.start and abs(span.start - (span.step - 1) / 2) < _SAME * span.step:
        return (
            "translations count from corner to corner, and are 0 where blocks of pixels become one; this looks like "
            "the distance of the centres, and shifts the level by it"
        )
    if span.start < 0 or span.end > span.room:
        return "the pixels at its edge stand for fewer pixels than the others"
    return "the last pixels of the source are not in it"


def _advice(layout: Layout, found: LevelArrays, source: LevelArrays, span: _Span, spans: list[_Span]) -> str:
    """Say how to mend a level that does not cover its source."""
    declared = layout.pyramid.layout[found.level.index]
    if abs(span.start) >= span.step:
        return "mend the translation or the scale; both count in pixels of the first level"
    if declared.scale is None:
        return "mend the factors, or add the scale; by the shapes a pixel covers about " + _needed(spans)
    base = source.level.scale or ()
    absolute = times(base, declared.scale)
    if base != layout.levels[0].scale and absolute is not None:
        relative = (known._replace(step=known.step * base[known.axis]) for known in spans)
        if all(known.off < 1 for known in relative):
            group = quote(source.level.group)
            fits = f"the scale fits where it is meant in pixels of {group}, but scales count in those of the first"
            return f"{fits} level: write {quote(absolute)}"
    return "mend the scale, which counts from the first level; by the shapes a pixel covers about " + _needed(spans)


def _needed(spans: list[_Span]) -> str:
    """Write how many pixels of the source one of the level has to cover; where it is a part, that is as it says."""
    told = [f"{span.step if span.is_cut else span.room / span.size:.4g}" for span in spans if span.size > 0]
    return f"{' x '.join(told[:6])} of the source's"
