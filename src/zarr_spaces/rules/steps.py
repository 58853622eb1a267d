"""Every transformation in a tree of transformations, with what can be told about its input and output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

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
from zarr_spaces._generated.members import FORWARD, INVERSE, TRANSFORMATION, TRANSFORMATIONS
from zarr_spaces.rules.rule import Part

if TYPE_CHECKING:
    from collections.abc import Sequence as Items

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, Transformation
    from zarr_spaces.findings import Pointer

_PARTS: dict[type, Part] = {
    MapAxis: Part.MAP_AXIS,
    ProjectAxis: Part.PROJECT_AXIS,
    Scale: Part.SCALE,
    Affine: Part.AFFINE,
    Rotation: Part.ROTATION,
    Displacements: Part.FIELD,
    Coordinates: Part.FIELD,
    ByDimension: Part.BY_DIMENSION,
    Bijection: Part.BIJECTION,
}


@dataclass(slots=True)
class Step:
    """One transformation, be it whole or inside another."""

    transformation: Any
    """The transformation, of a type that belongs to the part."""
    n_in: int | None
    """Number of input axes; None where the document does not tell."""
    n_out: int | None
    """Number of output axes that its surroundings ask for; None where they do not tell."""
    axes: Items[Axis] | None
    """The input axes; None where they are not those of a coordinate system."""


Found = tuple[Part, object, "Pointer"]


class Ends(NamedTuple):
    """What is known of the input and the output of a transformation; None for what is not."""

    n_in: int | None
    n_out: int | None
    axes_in: Items[Axis] | None
    axes_out: Items[Axis] | None


def list_steps(item: Transformation, ends: Ends) -> list[Found]:
    """List the transformations in a tree that have a part of their own; places start at the tree's root."""
    found: list[Found] = []
    _collect(item, ends, (), found)
    return found


def _collect(item: Transformation, ends: Ends, at: Pointer, found: list[Found]) -> int | None:
    """Add a transformation and those inside it; return how many axes it gives, if that can be told."""
    n_in, n_out, axes, axes_out = ends
    part = _PARTS.get(type(item))
    if part is not None:
        found.append((part, Step(item, n_in, n_out, axes), at))
    match item:
        case Identity() | Displacements() | Rotation(rotation=None):
            return n_out if n_in is None else n_in
        case Scale(scale=values) | Translation(translation=values) | MapAxis(map_axis=values):
            return len(values)
        case Rotation(rotation=list() as rows) | Affine(affine=list() as rows):
            return len(rows)
        case ProjectAxis():
            dropped, created = len(item.dropped_inputs or ()), len(item.created_outputs or ())
            return None if n_in is None or n_in < dropped else n_in - dropped + created
        case Sequence():
            last = len(item.transformations) - 1
            n, inner_axes = n_in, axes
            for index, step in enumerate(item.transformations):
                behind = (n_out, axes_out) if index == last else (None, None)
                n = _collect(step, Ends(n, behind[0], inner_axes, behind[1]), (*at, TRANSFORMATIONS, index), found)
                if inner_axes is not None:
                    inner_axes = _axes_behind(step, inner_axes)
            return n
        case ByDimension():
            for index, part_ in enumerate(item.transformations):
                chosen, written = _choose(axes, part_.input_axes), _choose(axes_out, part_.output_axes)
                inner = Ends(len(part_.input_axes), len(part_.output_axes), chosen, written)
                _collect(part_.transformation, inner, (*at, TRANSFORMATIONS, index, TRANSFORMATION), found)
            return sum(len(part_.output_axes) for part_ in item.transformations) if n_out is None else n_out
        case Bijection():
            asked = n_in if n_out is None else n_out  # a bijection keeps their number
            n = _collect(item.forward, Ends(n_in, asked, axes, axes_out), (*at, FORWARD), found)
            _collect(item.inverse, Ends(n_out if n is None else n, n_in, axes_out, axes), (*at, INVERSE), found)
            return n
        case Affine() | Rotation() | Coordinates():  # parameters in arrays tell only when the array is read
            return n_out
        case _:
            assert_never(item)


def _axes_behind(step: Transformation, axes: Items[Axis]) -> Items[Axis] | None:
    """Return the axes that a step of a sequence gives, where each of them is one of those that it gets."""
    match step:
        case Identity() | Scale() | Translation():
            return axes
        case MapAxis():
            return _choose(axes, step.map_axis)
        case ProjectAxis(created_outputs=None):
            dropped = step.dropped_inputs or ()
            return [axis for index, axis in enumerate(axes) if index not in dropped]
        case _:
            return None


def _choose(axes: Items[Axis] | None, indices: list[int]) -> Items[Axis] | None:
    if axes is None or not all(index < len(axes) for index in indices):
        return None
    return [axes[index] for index in indices]
