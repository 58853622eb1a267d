"""Declared transformations as JSON objects, valid for given numbers of axes."""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

from hypothesis import strategies as st

_NUMBERS = st.integers(-1000, 1000) | st.floats(-1e6, 1e6, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
_FACTORS = st.floats(1e-3, 1e3) | st.integers(1, 100)


@st.composite
def transformations(
    draw: st.DrawFn,
    n_in: int,
    n_out: int | None = None,
    *,
    depth: int = 2,
    executable: bool = True,
    plain: bool = False,
) -> dict[str, Any]:
    """Draw a transformation from `n_in` to `n_out` axes.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of axes; `n_out` equals `n_in` unless given.
    depth : int
        How deep sequences, byDimension and bijections may nest.
    executable : bool
        Whether to leave out vector fields and parameters stored in arrays.
    plain : bool
        Whether to leave out what is valid but better said otherwise, such as an affine that only scales, so that a
        check has not even a warning for it.

    Returns
    -------
    dict
        The JSON object, without input and output.
    """
    n_out = n_in if n_out is None else n_out
    kinds = [] if plain and n_in == n_out == 1 else ["affine"]
    if n_in == n_out:
        kinds += ["identity", "mapAxis", "translation", "scale", "rotation"]
        kinds += ["bijection"] if depth and not plain else []
        kinds += [] if executable else ["displacements", "rotation-path"]
    elif abs(n_in - n_out) <= 3 and max(n_in, n_out) <= 5:
        kinds += ["projectAxis"]
    kinds += ["sequence", "byDimension"] if depth else []
    kinds += [] if executable else ["affine-path", "coordinates"]
    kind = draw(st.sampled_from(kinds))
    out: dict[str, Any] = {"type": kind.removesuffix("-path")}
    if draw(st.booleans()):
        out["name"] = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8))
    if kind in ("displacements", "coordinates", "affine-path", "rotation-path"):
        return out | {"path": draw(st.sampled_from(["field", "coordinateTransformations/a"]))}
    if kind == "affine" and plain and n_in >= n_out:
        return out | {"affine": draw(_shears(n_in))[:n_out]}
    if kind in ("sequence", "byDimension"):
        nested = functools.partial(transformations, depth=depth - 1, executable=executable, plain=plain)
        out |= _NESTING[kind](draw, n_in, n_out, nested)
    else:
        out |= _PARAMETERS[kind](draw, n_in, n_out)
    return out


@st.composite
def _shears(draw: st.DrawFn, n: int) -> list[list[Any]]:
    """Draw a regular matrix that is not made of scales, rotations and reorderings, with a translation."""
    factors = st.floats(0.5, 2)
    return [[0] * index + _vector(draw, factors, n - index) + [draw(_NUMBERS)] for index in range(n)]


def _vector(draw: st.DrawFn, numbers: st.SearchStrategy[Any], n: int) -> list[Any]:
    return draw(st.lists(numbers, min_size=n, max_size=n))


def _affine(draw: st.DrawFn, n: int, m: int) -> dict[str, Any]:
    return {"affine": [_vector(draw, _NUMBERS, n + 1) for _ in range(m)]}


def _rotation(draw: st.DrawFn, n: int, _m: int) -> dict[str, Any]:
    matrix = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    for _ in range(draw(st.integers(0, 2)) if n > 1 else 0):
        i, j = draw(st.lists(st.integers(0, n - 1), min_size=2, max_size=2, unique=True))
        angle = draw(st.floats(-math.pi, math.pi))
        c, s = math.cos(angle), math.sin(angle)
        matrix[i], matrix[j] = (
            [c * a - s * b for a, b in zip(matrix[i], matrix[j], strict=True)],
            [s * a + c * b for a, b in zip(matrix[i], matrix[j], strict=True)],
        )
    return {"rotation": matrix}


def _sequence(draw: st.DrawFn, n: int, m: int, nested: Any) -> dict[str, Any]:
    sizes = [n, *(n for _ in range(draw(st.integers(0, 2)))), m]
    return {"transformations": [draw(nested(a, b)) for a, b in itertools.pairwise(sizes)]}


def _by_dimension(draw: st.DrawFn, n: int, m: int, nested: Any) -> dict[str, Any]:
    outputs = draw(st.permutations(range(m)))
    cut = draw(st.integers(1, m))
    items = []
    for part in (outputs[:cut], outputs[cut:]):
        if part:
            size = draw(st.integers(1, n)) if len(part) != n else len(part)
            inputs = draw(st.permutations(range(n)))[:size]
            inner = draw(nested(size, len(part)))
            items.append({"inputAxes": inputs, "outputAxes": part, "transformation": inner})
    return {"transformations": items}


def _project(draw: st.DrawFn, n: int, m: int) -> dict[str, Any]:
    change = abs(n - m)
    indices = draw(st.permutations(range(max(n, m))))[:change]
    return {"createdOutputs" if m > n else "droppedInputs": indices}


def _bijection(draw: st.DrawFn, n: int, _m: int) -> dict[str, Any]:
    scale = _vector(draw, _FACTORS, n)
    forward, inverse = {"type": "scale", "scale": scale}, {"type": "scale", "scale": [1 / s for s in scale]}
    return {"forward": forward, "inverse": inverse}


_PARAMETERS: dict[str, Any] = {
    "identity": lambda *_: {},
    "mapAxis": lambda draw, n, *_: {"mapAxis": draw(st.permutations(range(n)))},
    "translation": lambda draw, n, *_: {"translation": _vector(draw, _NUMBERS, n)},
    "scale": lambda draw, n, *_: {"scale": _vector(draw, _FACTORS, n)},
    "affine": _affine,
    "rotation": _rotation,
    "projectAxis": _project,
    "bijection": _bijection,
}
_NESTING: dict[str, Any] = {"sequence": _sequence, "byDimension": _by_dimension}
