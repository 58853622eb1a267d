"""From declared transformations to point maps: the only bridge between the two."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Bijection,
    ByDimension,
    Coordinates,
    Displacements,
    Identity,
    MapAxis,
    ProjectAxis,
    Rotation,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces.errors import DimensionMismatch, UnsupportedTransformation
from zarr_spaces.quoting import quote
from zarr_spaces.transform import point_map as maps
from zarr_spaces.transform.compose import compose

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces.transform.point_map import PointMap


def compile_transformation(transformation: Transformation, n_in: int, n_out: int | None = None) -> PointMap:
    """Make the declared transformation executable.

    Parameters
    ----------
    transformation : Transformation
        Any of the twelve types.
    n_in : int
        Number of axes of the input coordinate system.
    n_out : int, optional
        Number of axes of the output coordinate system, checked when given.

    Returns
    -------
    PointMap
        From (N, n_in) to (N, n_out) points.

    Raises
    ------
    DimensionMismatch
        If the parameters do not fit `n_in` or `n_out`.
    TypeError
        If `n_in` or `n_out` is no whole number.
    UnsupportedTransformation
        For vector fields and for parameters in arrays, and for parameters that make no map, such as an axis index that
        does not exist.

    Notes
    -----
    Spec : OME-Zarr 0.6, "Transformation types"

    Examples
    --------
    >>> from zarr_spaces.ome_zarr.v0_6 import Scale
    >>> compile_transformation(Scale(scale=[0.5, 2.0]), n_in=2)([[4, 4]])
    array([[2., 8.]])
    """
    _require_count("n_in", n_in)
    if n_out is not None:
        _require_count("n_out", n_out)
    try:
        compiled = _compile(transformation, n_in)
    except DimensionMismatch:
        raise
    except (ValueError, OverflowError, TypeError) as error:
        # The point maps refuse what is no map at all; a document can hold it where only some of it was checked.
        raise UnsupportedTransformation(transformation.type, str(error)) from error
    if n_out is not None and compiled.n_out != n_out:
        raise DimensionMismatch(f"axes that the {transformation.type} transformation gives", n_out, compiled.n_out)
    return compiled


def _require_count(argument: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{argument}: a number of axes is needed, such as 2, not {quote(value)}")


@singledispatch
def _compile(transformation: Any, n: int) -> PointMap:
    raise UnsupportedTransformation(
        type(transformation).__name__, "a typed transformation is needed, such as Scale(scale=[1, 2])"
    )


@_compile.register(Identity)
def _(transformation: Identity, n: int) -> PointMap:
    return maps.Identity(n)


@_compile.register(MapAxis)
def _(transformation: MapAxis, n: int) -> PointMap:
    _expect("mapAxis", transformation.map_axis, n)
    return maps.Permutation(transformation.map_axis)


@_compile.register(ProjectAxis)
def _(transformation: ProjectAxis, n: int) -> PointMap:
    return maps.Projection(transformation.dropped_inputs or (), transformation.created_outputs or (), n)


@_compile.register(Translation)
def _(transformation: Translation, n: int) -> PointMap:
    _expect("translation", transformation.translation, n)
    return maps.Translation(transformation.translation)


@_compile.register(Scale)
def _(transformation: Scale, n: int) -> PointMap:
    _expect("scale", transformation.scale, n)
    return maps.Scale(transformation.scale)


@_compile.register(Affine)
def _(transformation: Affine, n: int) -> PointMap:
    rows = _inline(transformation, transformation.affine)
    for row in rows:
        _expect("affine row", row, n + 1)
    return maps.Affine([row[:-1] for row in rows], [row[-1] for row in rows])


@_compile.register(Rotation)
def _(transformation: Rotation, n: int) -> PointMap:
    rows = _inline(transformation, transformation.rotation)
    _expect("rotation", rows, n)
    for row in rows:
        _expect("rotation row", row, n)
    return maps.Affine(rows)


@_compile.register(Sequence)
def _(transformation: Sequence, n: int) -> PointMap:
    steps: list[PointMap] = []
    for step in _listed("transformations", transformation.transformations):
        compiled = _compile(step, n)
        steps.append(compiled)
        n = compiled.n_out
    return compose(*steps)


@_compile.register(ByDimension)
def _(transformation: ByDimension, n: int) -> PointMap:
    items = []
    for item in _listed("transformations", transformation.transformations):
        compiled = _compile(item.transformation, len(_listed("inputAxes", item.input_axes)))
        _expect("outputAxes", item.output_axes, compiled.n_out)
        items.append((item.input_axes, item.output_axes, compiled))
    return compose(maps.ByDimension(items, n))  # parts that never mix axes need no gathering


@_compile.register(Bijection)
def _(transformation: Bijection, n: int) -> PointMap:
    forward = _compile(transformation.forward, n)
    return maps.Bijection(forward, _compile(transformation.inverse, forward.n_out))


@_compile.register(Displacements)
def _(transformation: Displacements, n: int) -> PointMap:
    raise UnsupportedTransformation(transformation.type, "vector fields are not executed yet")


@_compile.register(Coordinates)
def _(transformation: Coordinates, n: int) -> PointMap:
    raise UnsupportedTransformation(transformation.type, "vector fields are not executed yet")


def _inline(transformation: Affine | Rotation, rows: list[list[float]] | None) -> Any:
    if rows is None:
        stored = "its parameters stand in an array, which is not read yet"
        raise UnsupportedTransformation(transformation.type, stored if transformation.path else "it has no parameters")
    return _listed(transformation.type, rows)


def _expect(what: str, values: object, expected: int) -> None:
    got = len(_listed(what, values))
    if got != expected:
        raise DimensionMismatch(f"numbers in {what}", expected, got)


def _listed(what: str, values: Any) -> Any:
    """Return values that are in a list or an array, none of them masked."""
    if not isinstance(values, list | tuple | np.ndarray) or (isinstance(values, np.ndarray) and not values.ndim):
        raise TypeError(f"{what}: a list is needed, not {quote(values)}")
    if np.ma.is_masked(values) or any(value is np.ma.masked for value in values):
        raise ValueError(f"{what}: some of its numbers are masked")
    return values
