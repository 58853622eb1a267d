"""What the levels of a Zarr multiscales pyramid say of each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import FACTORS, FROM_GROUP, GROUP, LAYOUT, SCALE, TRANSLATION, VERSION
from zarr_spaces.findings import Severity
from zarr_spaces.layout import as_floats, times
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import closest, listing, quote
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import LayoutLevel
    from zarr_spaces.findings import Pointer
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.rules.layout_parts import Layout

_KNOWN = "0.1.0"
_LAYOUT = "multiscales.layout"
_CONSISTENCY = "Validation Rules"
_LARGE = 1e6  # number of pixels that nobody makes into one
_SAME = 1e-6  # relative difference of two scales that says nothing
_FEW = 32  # levels before one whose source has no name, among which it is looked for


@rule("layout-version-known", part=Part.LAYOUT, section="multiscales.version", severity=Severity.WARNING)
def layout_version_known(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """The version is one that this release knows; members of later ones are kept, but mean nothing to it."""
    pyramid = layout.pyramid
    if pyramid.version != _KNOWN:
        unknown = {name for level in pyramid.layout for name in level.extra} | set(pyramid.extra)
        met = f"; not understood: {listing(sorted(unknown))}" if unknown else "; nothing in it is unknown"
        message = f"the version {quote(pyramid.version)} is read as {_KNOWN}{met}"
        hint = f"where nothing newer is needed, write {_KNOWN}"
        yield Fault((*at, VERSION), message, hint)


@rule("layout-groups-unique", part=Part.LAYOUT, section=_LAYOUT)
def layout_groups_unique(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Each level has a group of its own."""
    for index, first, group in repeated(normalise_path(level.group) for level in layout.pyramid.layout):
        message = f"the group {quote(group)} is already that of level {first}"
        yield Fault((*at, LAYOUT, index, GROUP), message, "give each level a group of its own")


@rule("layout-groups-below", part=Part.LAYOUT, section=_CONSISTENCY)
def layout_groups_below(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """The groups of the levels lie below that of the pyramid."""
    for index, level in enumerate(layout.pyramid.layout):
        if not leads_below(level.group) or level.group.startswith("/") or not normalise_path(level.group):
            message = f"the path {quote(level.group)} does not lead to a group below"
            yield Fault((*at, LAYOUT, index, GROUP), message, "name a child group, such as 0")


@rule("layout-sources-exist", part=Part.LAYOUT, section=_LAYOUT)
def layout_sources_exist(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """The source of a level is a level of the same layout."""
    faults = 0
    names = [level.group for level in layout.pyramid.layout]
    for level, meaning in zip(layout.pyramid.layout, layout.levels, strict=True):
        if level.from_group is not None and meaning.source is None:
            faults += 1
            close = closest(level.from_group, names) if faults <= HINTS else None
            hint = f"did you mean {quote(close)}?" if close else f"levels here: {listing(names)}"
            message = f"no level has the group {quote(level.from_group)}"
            yield Fault((*at, LAYOUT, meaning.index, FROM_GROUP), message, hint)


@rule("layout-sources-end", part=Part.LAYOUT, section=_LAYOUT)
def layout_sources_end(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """No level is made from itself, directly or by way of others."""
    for circle in _circles(layout):
        names = [quote(layout.levels[member].group) for member in circle[:4]]
        names += (["..."] if len(circle) > 4 else []) + names[:1]
        message = "the level is made from itself" + (f": {' from '.join(names)}" if len(circle) > 1 else "")
        hint = "leave out from_group where a level was made from nothing else; elsewhere name the finer level"
        yield Fault((*at, LAYOUT, circle[0], FROM_GROUP), message, hint)


def _circles(layout: Layout) -> Iterator[list[int]]:
    """Yield the levels of each circle in the order in which they are made from each other."""
    ends: set[int] = set()  # levels from which the walk is known to end, or whose circle was told
    for index in range(len(layout.levels)):
        way: dict[int, None] = {}
        step: int | None = index
        while step is not None and step not in ends and step not in way:
            way[step] = None
            step = layout.levels[step].source
        ends.update(way)
        if step is not None and step in way:
            yield list(way)[list(way).index(step) :]


@rule("layout-lengths-agree", part=Part.LAYOUT, section=_LAYOUT)
def layout_lengths_agree(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Factors, scales and translations of all levels have one number for each axis of the data."""
    n = layout.n
    for index, level in enumerate(layout.pyramid.layout):
        for name, values in ((FACTORS, level.factors), (SCALE, level.scale), (TRANSLATION, level.translation)):
            if values is not None and len(values) != n:
                numbers = "1 number" if len(values) == 1 else f"{len(values)} numbers"
                message = f"has {numbers}, other lists of the layout have {n}"
                yield Fault((*at, LAYOUT, index, name), message, "write one number for each axis of the data")


@rule("layout-fine-to-coarse", part=Part.LAYOUT, section=_LAYOUT)
def layout_fine_to_coarse(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Levels stand in the order from the highest to the lowest resolution."""
    for level, last in _out_of_order(layout):
        told = f"the scale {quote(level.scale)} is finer than {quote(last.scale)} of the level {quote(last.group)}"
        name = SCALE if layout.pyramid.layout[level.index].scale is not None else FACTORS
        hint = "list the level of the highest resolution first; scales count from it, not from the level before"
        yield Fault((*at, LAYOUT, level.index, name), f"{told} before", hint)


def _out_of_order(layout: Layout) -> Iterator[tuple[PyramidLevel, PyramidLevel]]:
    """Yield levels that are finer than the one before, with that one.

    So at least one is between a level and a source before it whose pixels are larger.
    """
    last: PyramidLevel | None = None
    for level in layout.levels:
        if level.scale is None:
            continue
        if last is not None and last.scale is not None and _is_finer(level.scale, last.scale):
            yield level, last
        last = level


def _is_finer(scale: Sequence[float], before: Sequence[float]) -> bool:
    """Compare the sizes of pixels by their logarithms, as products could overflow."""
    return sum(map(math.log, scale)) < sum(map(math.log, before)) - _SAME


@rule("layout-starts-at-base", part=Part.LAYOUT, section="Transformation Semantics", severity=Severity.WARNING)
def layout_starts_at_base(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """The first level, on which the others are measured, has a scale of 1 and no translation."""
    first, meaning = layout.pyramid.layout[0], layout.levels[0]
    if meaning.scale is None or meaning.translation is None:
        return
    hint = "sizes on the ground stand in other metadata, such as the transform of geo.proj"
    if first.scale is not None and any(size != 1 for size in meaning.scale):
        message = f"the first level has the scale {quote(first.scale)}, in pixels of itself"
        yield Fault((*at, LAYOUT, 0, SCALE), message, hint)
    if first.translation is not None and any(meaning.translation):
        message = f"the first level has the translation {quote(first.translation)}, in pixels of itself"
        yield Fault((*at, LAYOUT, 0, TRANSLATION), message, hint)


@rule("layout-scale-agrees-with-factors", part=Part.LAYOUT, section=_CONSISTENCY, severity=Severity.WARNING)
def layout_scale_agrees_with_factors(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """The scale of a level is that of its source times its factors; without a name, the source is a level before."""
    for level, meaning in zip(layout.pyramid.layout, layout.levels, strict=True):
        if level.scale is None or level.factors is None or meaning.scale is None:
            continue
        if len(level.factors) != len(meaning.scale):
            continue  # a fault of its own
        sources = _possible_sources(layout, level, meaning)
        expected = [made for source in sources if (made := times(source, level.factors)) is not None]
        if len(expected) < len(sources) or not expected or any(_close(meaning.scale, one) for one in expected):
            continue
        message = f"the scale is {quote(level.scale)}; the source's times the factors is {quote(expected[0])}"
        hint = "readers go by the scale: mend whichever is wrong"
        if len(expected) > 1:
            message = (
                f"the scale is {quote(level.scale)}; no level before gives it by the factors {quote(level.factors)}"
            )
            hint = f"{hint}, and name the source in from_group"
        if _close(meaning.scale, as_floats(level.factors) or ()):
            hint = "scales count from the first level, factors from the source: this scale repeats the factors"
        yield Fault((*at, LAYOUT, meaning.index, SCALE), message, hint)


def _possible_sources(layout: Layout, level: LayoutLevel, meaning: PyramidLevel) -> list[tuple[float, ...]]:
    """List the scales of the levels that a level may have been made from; none of them where one is not known."""
    if level.from_group is not None:
        index = meaning.source
        known = [layout.levels[index]] if index is not None and index != meaning.index else []
    else:
        known = list(layout.levels[: meaning.index]) if meaning.index <= _FEW else []
    scales = [source.scale for source in known if source.scale is not None]
    return scales if len(scales) == len(known) else []


@rule("layout-scale-absolute", part=Part.LAYOUT, section="Transformation Semantics", severity=Severity.WARNING)
def layout_scale_absolute(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Scales count from the first level, so that a level made from a coarser one than the first is coarser still."""
    for level, meaning in zip(layout.pyramid.layout, layout.levels, strict=True):
        source = layout.levels[meaning.source] if meaning.source not in (None, meaning.index) else None
        if level.factors is not None or level.scale is None or meaning.scale is None:
            continue
        if source is None or source.scale is None or source.scale == layout.levels[0].scale:
            continue
        if _close(meaning.scale, source.scale):
            message = f"the scale {quote(level.scale)} is that of its source {quote(source.group)}: no pixel is larger"
            hint = "scales count from the first level, not from the source: multiply by the source's"
            yield Fault((*at, LAYOUT, meaning.index, SCALE), message, hint)


@rule("layout-factors-coarsen", part=Part.LAYOUT, section=_LAYOUT, severity=Severity.WARNING)
def layout_factors_coarsen(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Factors are not smaller than 1: a level is no finer than its source."""
    for index, level in enumerate(layout.pyramid.layout):
        for axis, factor in enumerate(level.factors or ()):
            if factor < 1:
                message = f"the factor {factor:g} makes the level finer than its source"
                hint = "write how many pixels of the source make one of the level"
                if (inverse := 1 / factor) < _LARGE and inverse == round(inverse):
                    hint += f": {inverse:g}?"
                yield Fault((*at, LAYOUT, index, FACTORS, axis), message, hint)
    told = {level.index for level, _ in _out_of_order(layout)} | {index for way in _circles(layout) for index in way}
    for meaning in layout.levels:
        source = layout.levels[meaning.source] if meaning.source is not None else None
        if source is None or source.scale is None or meaning.scale is None or meaning.index in told:
            continue
        if layout.pyramid.layout[meaning.index].factors is not None:
            continue
        pairs = enumerate(zip(meaning.scale, source.scale, strict=True))
        finer = [axis for axis, (own, size) in pairs if own < size * (1 - _SAME)]
        if finer:
            message = f"by the scale {quote(meaning.scale)} the level is finer along axis {finer[0]} than its source "
            message += f"{quote(source.group)}, which has {quote(source.scale)}"
            hint = "name the finer level from which this one was made, or mend the scale"
            yield Fault((*at, LAYOUT, meaning.index, FROM_GROUP), message, hint)


@rule("layout-levels-placed", part=Part.LAYOUT, section="Transformation Semantics", severity=Severity.INFO)
def layout_levels_placed(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Each level but the first says how its pixels lie on those of the first."""
    for level, meaning in zip(layout.pyramid.layout, layout.levels, strict=True):
        if not meaning.index or meaning.scale is not None or level.scale is not None:
            continue
        if level.factors is None:
            message = "neither scale nor factors tell how the level lies on the first"
            yield Fault((*at, LAYOUT, meaning.index), message, _ADD_SCALE)
        elif level.from_group is None:
            message = "factors count from the level that this one was made from, and from_group names none"
            yield Fault((*at, LAYOUT, meaning.index), message, f"add from_group, or {_ADD_SCALE[4:]}")


_ADD_SCALE = "add scale, the size of its pixels in pixels of the first level"


def _close(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(math.isclose(a, b, rel_tol=_SAME) for a, b in zip(one, other, strict=True))
