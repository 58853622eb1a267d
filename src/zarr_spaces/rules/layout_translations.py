"""What the translations of a Zarr multiscales pyramid count: pixels of the first level, from corner to corner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import LAYOUT, TRANSLATION
from zarr_spaces.findings import Severity
from zarr_spaces.layout import DEFAULT_METHOD, as_floats, place_on
from zarr_spaces.quoting import quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zarr_spaces.findings import Pointer
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.rules.layout_parts import Layout

_SEMANTICS = "Transformation Semantics"
_SAME = 1e-6  # relative difference of two translations that says nothing
_MANY = 1e5  # pixels at whose distance hardly a level begins


@rule("layout-translation-from-corner", part=Part.LAYOUT, section=_SEMANTICS, severity=Severity.WARNING)
def layout_translation_from_corner(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Translations count from corner to corner: a level that was computed from blocks of pixels is not shifted."""
    for level in layout.levels:
        if counts_from_centres(layout, level):
            translation = layout.pyramid.layout[level.index].translation
            base = layout.levels[0].scale or ()
            exceeded = "1" if all(size == 1 for size in base) else quote(base)
            message = f"the translation {quote(translation)} is the distance between the centres of the first pixels, "
            message += f"half of what the scale {quote(level.scale)} exceeds {exceeded} by"
            hint = f"translations count from corner to corner: write {_corner(layout)} where each pixel was computed "
            hint += f"({quote(level.resampling_method)}) from the block that it covers"
            yield Fault((*at, LAYOUT, level.index, TRANSLATION), message, hint)


def counts_from_centres(layout: Layout, level: PyramidLevel) -> bool:
    """Tell whether the translation of a level is the distance of centres, though nothing was picked at centres."""
    if level.resampling_method == DEFAULT_METHOD or layout.pyramid.layout[level.index].translation is None:
        return False
    if level.index == 0 or (place := place_on(level, layout.levels[0])) is None:
        return False
    scale, translation = place
    return any(size > 1 for size in scale) and _is_shift(translation, _to_centres(scale))


def _to_centres(scale: Sequence[float]) -> list[float]:
    return [(size - 1) / 2 for size in scale]


def _is_shift(translation: Sequence[float], expected: Sequence[float]) -> bool:
    return all(math.isclose(one, other, rel_tol=_SAME) for one, other in zip(translation, expected, strict=True))


@rule("layout-translation-in-pixels", part=Part.LAYOUT, section=_SEMANTICS, severity=Severity.WARNING)
def layout_translation_in_pixels(layout: Layout, at: Pointer) -> Iterator[Fault]:
    """Translations count in pixels of the first level, not in units of the coordinate reference system."""
    transform = layout.proj.transform if layout.proj is not None else None
    if transform is None or (numbers := as_floats(transform[:6])) is None:
        return
    if any(size != 1 for size in layout.levels[0].scale or ()):
        return  # then they may well count on the ground, which a rule of its own tells
    for level in layout.levels:
        translation = layout.pyramid.layout[level.index].translation
        if level.index and translation is not None and (meant := _meant_on_the_ground(level, numbers)) is not None:
            message = f"the translation {quote(translation)} is {meant}, in units of the coordinate reference system"
            hint = "translations count in pixels of the first level: where the level begins at the same corner, write "
            yield Fault((*at, LAYOUT, level.index, TRANSLATION), message, hint + _corner(layout))


def _corner(layout: Layout) -> str:
    """Write the translation of a level that begins where the first one does."""
    return quote(list(layout.levels[0].translation or ()))


def _meant_on_the_ground(level: PyramidLevel, transform: Sequence[float]) -> str | None:
    """Say what the translation of a level is by the transform of the first one, y and x last; None in any doubt."""
    a, b, c, d, e, f = transform
    if level.scale is None or level.translation is None or len(level.scale) < 2:
        return None
    *others, y, x = level.translation
    if b or d or any(others) or not (x and y) or abs(a) == abs(e) == 1:
        return None
    centres = _to_centres(level.scale)
    if _is_shift(level.translation, centres) or _is_shift(level.translation, [-shift for shift in centres]):
        return None  # both have a meaning in pixels
    if not _could_be_pixels(y, x, math.inf):
        for pixel in ((e, a), (abs(e), abs(a))):
            for words, shift in _distances(level.scale[-2:], pixel):
                if _is_shift((y, x), shift):
                    return words
    if not _could_be_pixels(y, x, _MANY):
        shifts = [(0.0, 0.0), *(shift for _, shift in _distances(level.scale[-2:], (e, a)))]
        if any(_is_shift((y, x), (f + down, c + right)) for down, right in shifts):
            return "the place of the first pixel"
    return None


def _could_be_pixels(y: float, x: float, limit: float) -> bool:
    """Tell whether a level may begin so many pixels inside the first one, less than a limit.

    Levels are cut out along whole pixels, and picked pixels lie half of one beside where averaged ones do.
    """
    return y >= 0 and x >= 0 and (2 * y).is_integer() and (2 * x).is_integer() and min(y, x) < limit


def _distances(scale: Sequence[float], pixel: Sequence[float]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what writers take for the translation, by name, with its values along y and x."""
    (tall, wide), (down, right) = scale, pixel
    yield "the size of the level's pixels", (tall * down, wide * right)
    yield "half the size of the level's pixels", (tall * down / 2, wide * right / 2)
    yield "the distance between the centres of the first pixels", ((tall - 1) * down / 2, (wide - 1) * right / 2)
    yield "the size of the first level's pixels", (down, right)
    yield "half the size of the first level's pixels", (down / 2, right / 2)
