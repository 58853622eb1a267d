"""Pyramids of Zarr multiscales 0.1.0, and pixels that geo.proj 0.1 places, that obey every rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from zarr_spaces.testing.json_values import json_values

if TYPE_CHECKING:
    from collections.abc import Sequence

METHODS = (
    *("nearest", "average", "bilinear", "cubic", "cubic_spline", "lanczos", "mode", "max", "min", "med", "sum"),
    *("q1", "q3", "rms", "gauss"),
)
_WORDS = st.text("abcXYZ0123456789_-", min_size=1, max_size=4)
_GROUPS = st.lists(_WORDS, min_size=1, max_size=2).map("/".join)
_UNKNOWN = st.dictionaries(st.sampled_from(["x-note", "_private", "asset"]), json_values(), max_size=1)
_FACTORS = st.sampled_from([1, 2, 3, 4, 10, 2.0, 1.5]) | st.floats(1, 8)
_OFFSETS = st.integers(-100, 100) | st.floats(-100, 100).filter(lambda number: number == 0 or abs(number) > 1e-6)
_CROPS = st.integers(0, 100) | st.integers(0, 100).map(float)  # others might be meant on the ground
_SIZES = st.sampled_from([10, 10.0, 0.25]) | st.floats(1e-3, 1e3)
_PLACES = st.integers(-(10**7), 10**7) | st.floats(-1e7, 1e7)
_DIMENSIONS = (["y", "x"], ["latitude", "longitude"], ["north-south", "west-east"])


@st.composite
def layouts(draw: st.DrawFn, *, axes: int | None = None, placed: bool | None = None) -> dict[str, Any]:
    """Draw the attributes of a pyramid.

    Levels are made from any finer one, or do not say; they have scale, factors or both, with a translation or without.

    Parameters
    ----------
    axes : int, optional
        The number of axes; between 1 and 4 if left out.
    placed : bool, optional
        Whether geo.proj places the first level by a transform; either if left out.

    Returns
    -------
    dict
        Attributes that a check of the document finds nothing wrong with; unknown members included now and then.
    """
    n = axes if axes is not None else draw(st.integers(1, 4))
    is_placed = placed or (placed is None and draw(st.booleans()))
    offsets = _CROPS if is_placed else _OFFSETS
    groups = draw(st.lists(_GROUPS, min_size=1, max_size=5, unique=True))
    levels = [_native(groups[0], n, draw(st.sampled_from(["nothing", "scale", "translation", "both"])))]
    scales: list[list[float]] = [[1.0] * n]
    for group in groups[1:]:
        made, scale = draw(_coarser(group, groups[: len(scales)], scales, offsets))
        levels.append(made)
        scales.append(scale)
    # Coarser ones last; of equally coarse ones those that others are made from stand first.
    order = sorted(range(len(levels)), key=lambda index: round(sum(map(math.log, scales[index])), 9))
    pyramid: dict[str, Any] = {"version": "0.1.0", "layout": [levels[index] | draw(_UNKNOWN) for index in order]}
    if draw(st.booleans()):
        pyramid["resampling_method"] = draw(st.sampled_from(METHODS))
    out: dict[str, Any] = {"multiscales": pyramid | draw(_UNKNOWN)} | draw(_UNKNOWN)
    if is_placed:
        out |= draw(placements(transform=placed))
    elif draw(st.integers(0, 4)) == 4:
        out["geo"] = draw(_UNKNOWN)
    return out


def _native(group: str, n: int, members: str) -> dict[str, Any]:
    """Describe a first level; on itself it lies as it is, whether it says so or not."""
    scale: dict[str, Any] = {"scale": [1] * n} if members in ("scale", "both") else {}
    translation: dict[str, Any] = {"translation": [0.0] * n} if members in ("translation", "both") else {}
    return {"group": group} | scale | translation


@st.composite
def _coarser(
    draw: st.DrawFn, group: str, finer: Sequence[str], scales: Sequence[list[float]], offsets: st.SearchStrategy[float]
) -> tuple[dict[str, Any], list[float]]:
    """Draw a level that is made from one of those before, and its scale."""
    source, n = draw(st.integers(0, len(finer) - 1)), len(scales[0])
    factors = draw(st.lists(_FACTORS, min_size=n, max_size=n))
    scale = [own * factor for own, factor in zip(scales[source], factors, strict=True)]
    level: dict[str, Any] = {"group": group}
    parts = draw(st.sampled_from(["scale", "factors", "both"]))
    if all(factor < 1.001 for factor in factors):
        parts = "both" if parts == "scale" else parts  # a scale alone would look as if it were meant relatively
    if parts != "scale" or draw(st.booleans()):
        level["from_group"] = finer[source]
    if parts != "scale":
        level["factors"] = factors
    if parts != "factors":
        level["scale"] = scale
    if draw(st.booleans()):
        translation = draw(st.lists(offsets, min_size=n, max_size=n))
        # What lies as far from the corner as the centres of the pixels do would look as if it counted from there.
        if all(math.isclose(2 * shift, size - 1, rel_tol=1e-5) for shift, size in zip(translation, scale, strict=True)):
            translation = [0.0] * n
        level["translation"] = translation
    if draw(st.booleans()):
        level["resampling_method"] = draw(st.sampled_from(METHODS))
    return level, scale


@st.composite
def placements(draw: st.DrawFn, *, transform: bool | None = None) -> dict[str, Any]:
    """Draw the attributes of a group or array that lies in a coordinate reference system.

    Parameters
    ----------
    transform : bool, optional
        Whether a transform places the pixels; either if left out.

    Returns
    -------
    dict
        Attributes that a check of the document alone finds nothing wrong with: the reference system in one, two or all
        of its forms.
    """
    number = draw(st.integers(1, 99_999))
    forms = {
        "code": f"EPSG:{number}",
        "wkt2": f'GEOGCRS["WGS 84", ELLIPSOID["WGS 84",6378137,298.257223563], ID["EPSG",{number}]]',
        "projjson": {"type": "GeographicCRS", "name": "WGS 84", "id": {"authority": "EPSG", "code": number}},
    }
    nameless = {"wkt2": 'ENGCRS["pit head", EDATUM["pit head"]]', "projjson": {"name": "pit head"}}
    kinds = draw(st.lists(st.sampled_from(sorted(forms)), min_size=1, max_size=3, unique=True))
    if "code" not in kinds and draw(st.booleans()):
        forms |= nameless
    proj: dict[str, Any] = {"version": "0.1"} | {kind: forms[kind] for kind in kinds}
    if transform or (transform is None and draw(st.booleans())):
        proj["transform"] = draw(_transforms())
    if draw(st.booleans()):
        corners = [sorted(draw(st.lists(_PLACES, min_size=2, max_size=2))) for _ in range(draw(st.integers(2, 3)))]
        proj["bbox"] = [corner[end] for end in (0, 1) for corner in corners]
    if draw(st.booleans()):
        proj["spatial_dimensions"] = draw(st.sampled_from(_DIMENSIONS))
    return {"geo": {"proj": proj | draw(_UNKNOWN)} | draw(_UNKNOWN)} | draw(_UNKNOWN)


@st.composite
def _transforms(draw: st.DrawFn) -> list[float]:
    """Draw the six or nine numbers of a transform whose pixels are no lines: north up, turned, or with swapped axes."""
    width, height = draw(_SIZES), -draw(_SIZES)
    turn = draw(st.sampled_from([0.0, 0.0, 0.1, -0.5]))
    x, y = [width, turn * height, draw(_PLACES)], [turn * width, height, draw(_PLACES)]
    rows = [*x, *y] if draw(st.booleans()) else [x[1], x[0], x[2], y[1], y[0], y[2]]
    return [*rows, 0, 0, 1] if draw(st.booleans()) else rows
