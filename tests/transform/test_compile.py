"""What is no transformation, or none of so many axes, is refused in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces import DimensionMismatch, UnsupportedTransformation, compile_transformation
from zarr_spaces.ome_zarr.v0_6 import Affine, ByDimension, Identity, MapAxis, Rotation, Scale, Sequence, Translation


@pytest.mark.parametrize("transformation", [Identity(), Scale(scale=[1, 2])], ids=repr)
@pytest.mark.parametrize("count", ["2", 2.0, True, None, [2]], ids=repr)
def test_a_number_of_axes_is_a_whole_number(transformation: Any, count: Any) -> None:
    with pytest.raises(TypeError, match="n_in: a number of axes is needed, such as 2, not"):
        compile_transformation(transformation, count)
    if count is not None:
        with pytest.raises(TypeError, match="n_out: a number of axes is needed"):
            compile_transformation(transformation, 2, count)


@pytest.mark.parametrize(
    ("transformation", "message"),
    [
        (Scale(scale=5), "scale: a list is needed, not 5"),  # type: ignore[arg-type]
        (Scale(scale="12"), "scale: a list is needed, not '12'"),  # type: ignore[arg-type]
        (Scale(scale=np.float64(1)), "scale: a list is needed"),  # type: ignore[arg-type]
        (Scale(scale=np.array(1)), "scale: a list is needed"),  # type: ignore[arg-type]
        (Translation(translation=None), "translation: a list is needed, not null"),  # type: ignore[arg-type]
        (MapAxis(map_axis={0, 1}), "mapAxis: a list is needed"),  # type: ignore[arg-type]
        (Affine(affine=5), "affine: a list is needed, not 5"),  # type: ignore[arg-type]
        (Affine(affine=[1, 2]), "affine row: a list is needed, not 1"),  # type: ignore[list-item]
        (Rotation(rotation={1, 2}), "rotation: a list is needed"),  # type: ignore[arg-type]
        (Sequence(transformations=5), "transformations: a list is needed, not 5"),  # type: ignore[arg-type]
        (ByDimension(transformations=5), "transformations: a list is needed, not 5"),  # type: ignore[arg-type]
        (Scale(scale=np.ma.array([1, 2], mask=[False, True])), "scale: some of its numbers are masked"),  # type: ignore[arg-type]
        (Scale(scale=[1, np.ma.masked]), "scale: some of its numbers are masked"),  # type: ignore[list-item]
        (Affine(affine=np.ma.array(np.eye(2, 3), mask=np.eye(2, 3))), "affine: some of its numbers are masked"),  # type: ignore[arg-type]
    ],
    ids=repr,
)  # fmt: skip
def test_parameters_are_lists(transformation: Any, message: str) -> None:
    with pytest.raises(UnsupportedTransformation, match=message):
        compile_transformation(transformation, 2)


def test_arrays_and_tuples_are_lists() -> None:
    expected = compile_transformation(Scale(scale=[1, 2]), 2)
    forms: list[Any] = [(1, 2), np.array([1, 2]), np.ma.array([1, 2], mask=[False, False])]
    for form in forms:
        assert compile_transformation(Scale(scale=form), np.int64(2)) == expected  # type: ignore[arg-type]


def test_rows_are_counted() -> None:
    with pytest.raises(DimensionMismatch, match="rotation"):
        compile_transformation(Rotation(rotation=[[1.0, 0.0]]), 2)
