"""Compiled transformations against a plain, slow and exact evaluator: the specification's formulas on fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zarr_spaces import DimensionMismatch, UnsupportedTransformation, compile_transformation
from zarr_spaces._generated.codecs.ome_zarr.v0_6.transformations import load_transformation
from zarr_spaces.testing import transformations

Point = list[Fraction]
SIZES = st.integers(1, 5)
COORDINATES = st.integers(-1000, 1000) | st.floats(-1e4, 1e4)


def evaluate(t: dict[str, Any], x: Point) -> Point:
    """Apply a declared transformation to one point, as the text of the specification defines it."""
    match t["type"]:
        case "identity":
            return x
        case "mapAxis":
            return [x[index] for index in t["mapAxis"]]
        case "projectAxis":
            out = [value for index, value in enumerate(x) if index not in t.get("droppedInputs", ())]
            for index in sorted(t.get("createdOutputs", ())):
                out.insert(index, Fraction(0))
            return out
        case "translation":
            return [a + Fraction(b) for a, b in zip(x, t["translation"], strict=True)]
        case "scale":
            return [a * Fraction(b) for a, b in zip(x, t["scale"], strict=True)]
        case "affine":
            homogeneous = [*x, Fraction(1)]
            return [
                sum((Fraction(a) * b for a, b in zip(row, homogeneous, strict=True)), Fraction(0))
                for row in t["affine"]
            ]
        case "rotation":
            return [sum((Fraction(a) * b for a, b in zip(row, x, strict=True)), Fraction(0)) for row in t["rotation"]]
        case "sequence":
            for step in t["transformations"]:
                x = evaluate(step, x)
            return x
        case "byDimension":
            placed: dict[int, Fraction] = {}
            for item in t["transformations"]:
                part = evaluate(item["transformation"], [x[index] for index in item["inputAxes"]])
                placed |= dict(zip(item["outputAxes"], part, strict=True))
            return [placed[index] for index in range(len(placed))]
        case "bijection":
            return evaluate(t["forward"], x)
    raise AssertionError(t["type"])


def magnitude(t: dict[str, Any], x: Point) -> Point:
    """Bound what rounding can do: the same evaluation with every number made positive, so that nothing cancels."""
    positive = _absolute({key: value for key, value in t.items() if key != "name"})
    return evaluate(positive, [abs(value) for value in x])


def _absolute(value: Any) -> Any:
    if isinstance(value, list):
        return [_absolute(item) for item in value]
    if isinstance(value, dict):
        return {key: _absolute(item) for key, item in value.items()}
    return abs(value) if isinstance(value, int | float) else value


@given(st.data(), SIZES, SIZES)
def test_compiled_maps_agree_with_the_exact_evaluator(data: st.DataObject, n: int, m: int) -> None:
    declared = data.draw(transformations(n, m, depth=3))
    points = data.draw(st.lists(st.lists(COORDINATES, min_size=n, max_size=n), min_size=1, max_size=3))
    mapped = compile_transformation(load_transformation(declared), n, m)(points)
    for point, got in zip(points, mapped, strict=True):
        exact = evaluate(declared, [Fraction(value) for value in point])
        bound = magnitude(declared, [Fraction(value) for value in point])
        for a, b, size in zip(exact, got, bound, strict=True):
            assert abs(float(a) - b) <= 64 * np.finfo(float).eps * float(size) + 1e-300


@given(st.data(), SIZES, SIZES)
def test_wrong_number_of_axes_is_refused(data: st.DataObject, n: int, m: int) -> None:
    declared = data.draw(
        transformations(n, m).filter(lambda t: t["type"] in ("affine", "scale", "translation", "mapAxis"))
    )
    try:
        compile_transformation(load_transformation(declared), n + 1)
    except DimensionMismatch as error:
        assert error.got != error.expected
    else:
        raise AssertionError("a wrong number of axes went unnoticed")


@given(st.data(), SIZES)
def test_what_needs_arrays_says_so(data: st.DataObject, n: int) -> None:
    declared = data.draw(transformations(n, depth=0, executable=False).filter(lambda t: "path" in t))
    try:
        compile_transformation(load_transformation(declared), n)
    except UnsupportedTransformation as error:
        assert error.kind == declared["type"]
    else:
        raise AssertionError("parameters that were never read cannot be executed")
