"""Maps side by side: every group of axes has a map of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zarr_spaces.errors import DimensionMismatch, NotInvertible
from zarr_spaces.transform.affine import Affine
from zarr_spaces.transform.axiswise import CREATED, AxisWise
from zarr_spaces.transform.contract import FloatArray, FrozenMap, PointMap, axis_indices
from zarr_spaces.transform.structural import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable

_SMALL_MATRIX = 64
_BLOCK = 16_384


class ByDimension(FrozenMap):
    """Map groups of axes side by side, each by a map of its own.

    Parameters
    ----------
    items : sequence of (input axes, output axes, PointMap)
        Indices of the axes that the map reads and writes, in its own order. An input axis may be read by
        several items or by none; every output axis is written by exactly one.
    n_in : int, optional
        The number of coordinates of an input point; the highest index named plus one, if it is not given.

    Raises
    ------
    DimensionMismatch
        A map takes or gives another number of coordinates than its item names axes.
    ValueError
        An output axis is left out or written twice, or an index is out of range.

    Notes
    -----
    Spec : OME-Zarr 0.6, "byDimension"

    Examples
    --------
    >>> from zarr_spaces.transform.point_map import Scale, Translation
    >>> split = ByDimension([([0], [1], Scale([10])), ([0], [0], Translation([1]))])
    >>> split([[2]])
    array([[ 3., 20.]])
    """

    __slots__ = ("_matrix", "_reads", "items", "n_in", "n_out")
    fields: ClassVar[tuple[str, ...]] = ("items", "n_in")
    items: tuple[tuple[tuple[int, ...], tuple[int, ...], PointMap], ...]
    n_in: int
    n_out: int
    _matrix: Affine | None
    _reads: tuple[Selection, ...]

    def __init__(self, items: Iterable[tuple[Iterable[int], Iterable[int], PointMap]], n_in: int | None = None) -> None:
        given = [(tuple(inputs), tuple(outputs), step) for inputs, outputs, step in items]
        if not given:
            raise ValueError("a map by dimension needs at least one item")
        width = max(i + 1 for inputs, _, _ in given for i in inputs) if n_in is None else n_in
        height = sum(len(outputs) for _, outputs, _ in given)
        checked = []
        for i, (inputs, outputs, step) in enumerate(given):
            if len(inputs) != step.n_in:
                raise DimensionMismatch(f"input axes of item {i}", step.n_in, len(inputs))
            if len(outputs) != step.n_out:
                raise DimensionMismatch(f"output axes of item {i}", step.n_out, len(outputs))
            reads = axis_indices(inputs, width, f"input axes of item {i}")
            writes = axis_indices(outputs, max(outputs) + 1, f"output axes of item {i}")
            checked.append((reads, writes, step))
        written = [axis for _, outputs, _ in checked for axis in outputs]
        for axis in range(max(written)):
            if axis not in written:
                raise ValueError(f"output axis {axis} is written by no item")
        if len(set(written)) != height:
            twice = min(axis for axis in written if written.count(axis) > 1)
            raise ValueError(f"output axis {twice} is written more than once")
        self._freeze(
            items=tuple(checked),
            n_in=width,
            n_out=height,
            _reads=tuple(Selection(inputs, width) for inputs, _, _ in checked),
        )
        self._freeze(_matrix=self._one_matrix())

    def map_into(self, points: FloatArray, out: FloatArray) -> None:
        """Map each group of axes by its item, or all at once where one small matrix does the same."""
        if self._matrix is None:
            self._map_items(points, out)
            return
        for start in range(0, len(points), _BLOCK):
            part, images = points[start : start + _BLOCK], out[start : start + _BLOCK]
            self._matrix.map_into(part, images)
            # A coordinate that is infinite or NaN spoils the other groups too, for zero times it is NaN.
            if np.isnan(images).any():
                self._map_items(part, images)

    def _one_matrix(self) -> Affine | None:
        if self.n_in * self.n_out > _SMALL_MATRIX:
            return None
        for _, _, item in self.items:
            plan = item.lowered()
            # Steps that are not fused lose digits when their matrices are multiplied.
            if len(plan) > 1 or any(isinstance(step, ByDimension) and step._matrix is None for step in plan):
                return None
        affine = self.as_affine()
        return None if affine is None else Affine(*affine)

    def _map_items(self, points: FloatArray, out: FloatArray) -> None:
        for read, (_, outputs, step) in zip(self._reads, self.items, strict=True):
            part = step._fresh(read._fresh(points))
            for column, axis in enumerate(outputs):
                out[:, axis] = part[:, column]

    def inverse(self) -> ByDimension:
        """Undo every item, with its axes swapped.

        Raises
        ------
        NotInvertible
            An input axis is read by no item or more than once, or an item has no inverse.
        """
        reads = [axis for inputs, _, _ in self.items for axis in inputs]
        for axis in range(self.n_in):
            if reads.count(axis) == 0:
                raise NotInvertible("ByDimension", f"input axis {axis} is not used")
            if reads.count(axis) > 1:
                raise NotInvertible("ByDimension", f"input axis {axis} is used more than once")
        undone = []
        for i, (inputs, outputs, step) in enumerate(self.items):
            try:
                undone.append((outputs, inputs, step.inverse()))
            except NotInvertible as error:
                raise NotInvertible(f"item {i} ({error.step}) of ByDimension", error.reason) from error
        return ByDimension(undone, self.n_out)

    def as_affine(self) -> tuple[FloatArray, FloatArray] | None:
        """Put the matrices of the items in their places, if all are affine."""
        matrix, offset = np.zeros((self.n_out, self.n_in)), np.zeros(self.n_out)
        for inputs, outputs, step in self.items:
            affine = step.as_affine()
            if affine is None:
                return None
            for column, axis in enumerate(inputs):
                # Added, since one item may read an axis twice.
                matrix[list(outputs), axis] += affine[0][:, column]
            offset[list(outputs)] = affine[1]
        return matrix, offset

    def as_axiswise(self) -> AxisWise | None:
        """Give the form without a matrix, if every item has it."""
        source = np.full(self.n_out, CREATED, dtype=np.intp)
        scale, offset = np.ones(self.n_out), np.zeros(self.n_out)
        for inputs, outputs, step in self.items:
            form = step.as_axiswise()
            if form is None:
                return None
            target = list(outputs)
            source[target] = [CREATED if i == CREATED else inputs[i] for i in form.source]
            scale[target], offset[target] = form.scale, form.offset
        return AxisWise(self.n_in, source, scale, offset)
