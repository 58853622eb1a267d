"""Parameters fit the numbers of axes that they work between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Bijection,
    ByDimension,
    Displacements,
    Identity,
    MapAxis,
    ProjectAxis,
    Rotation,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces._generated.members import (
    AFFINE,
    FORWARD,
    INVERSE,
    MAP_AXIS,
    ROTATION,
    SCALE,
    TRANSFORMATION,
    TRANSFORMATIONS,
    TRANSLATION,
)
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.shape import Edge


@rule(
    "parameter-lengths",
    part=Part.EDGE,
    section='"coordinateTransformations" metadata, parameters',
    statements=(31, 42, 44, 50, 51, 52, 53, 54, 57, 60, 79, 80, 81),
)
def parameter_lengths(edge: Edge, at: Pointer) -> Iterator[Fault]:
    """The parameters of a transformation have the sizes that its input and output call for."""
    faults: list[Fault] = []
    n_out = _follow(edge.transformation, edge.n_in, at, faults)
    if not faults and n_out is not None and edge.n_out is not None and n_out != edge.n_out:
        message = f"the transformation gives {_axes(n_out)}, its output has {_axes(edge.n_out)}"
        faults.append(Fault(at, message, _output_hint(edge)))
    yield from faults


def _output_hint(edge: Edge) -> str:
    match edge.transformation:
        case Affine(affine=[*_, [*zeros, 1]] as rows) if len(rows) == len(rows[0]) and not any(zeros):
            return "the last row is that of a homogeneous matrix: leave it out"
    return "adapt the parameters, or refer to another coordinate system"


def _follow(item: Transformation, n: int | None, at: Pointer, faults: list[Fault]) -> int | None:
    """Collect the faults of one transformation that gets points with `n` axes; return how many it gives, if known."""
    match item:
        case Scale():
            return _vector(item.scale, n, (*at, SCALE), faults)
        case Translation():
            return _vector(item.translation, n, (*at, TRANSLATION), faults)
        case Identity() | Displacements():
            return n
        case Sequence():
            for index, step in enumerate(item.transformations):
                n = _follow(step, n, (*at, TRANSFORMATIONS, index), faults)
            return n
        case MapAxis():
            return _vector(item.map_axis, n, (*at, MAP_AXIS), faults)
        case ProjectAxis():
            dropped, created = len(item.dropped_inputs or ()), len(item.created_outputs or ())
            return None if n is None else n - dropped + created
        case Affine(affine=list() as rows):
            return _matrix(rows, n, 1, (*at, AFFINE), faults)
        case Rotation(rotation=list() as rows):
            return _matrix(rows, len(rows) if n is None else n, 0, (*at, ROTATION), faults, square=True)
        case ByDimension():
            return _by_dimension(item, n, at, faults)
        case Bijection():
            m = _follow(item.forward, n, (*at, FORWARD), faults)
            back = _follow(item.inverse, m, (*at, INVERSE), faults)
            if n is not None and m is not None and n != m:
                faults.append(
                    Fault(
                        (*at, FORWARD),
                        f"a bijection keeps the number of axes, this gives {_axes(m)} for {_axes(n)}",
                    )
                )
            elif n is not None and back is not None and n != back:
                faults.append(Fault((*at, INVERSE), f"the inverse gives {_axes(back)}, the input has {_axes(n)}"))
            return m
        case _:  # parameters in arrays, and coordinates fields, tell only when the array is read
            return None


def _vector(values: list[float] | list[int], n: int | None, at: Pointer, faults: list[Fault]) -> int:
    size = len(values)
    if n is not None and size != n:
        message = f"has {_numbers(size)} where the input has {_axes(n)}"
        faults.append(Fault(at, message, f"give exactly one number for each axis: {n}"))
        return n
    return size


def _matrix(
    rows: list[list[float]],
    n: int | None,
    offset: int,
    at: Pointer,
    faults: list[Fault],
    *,
    square: bool = False,
) -> int:
    width = n + offset if n is not None else len(rows[0])
    for index, row in enumerate(rows):
        if len(row) != width:
            faults.append(
                Fault(
                    (*at, index),
                    f"the row has {_numbers(len(row))}, {width} are needed",
                    _width_hint(width, offset),
                )
            )
    if square and len(rows) != width:
        faults.append(Fault(at, f"a rotation of {_axes(width)} needs {width} rows, this has {len(rows)}"))
    return len(rows)


def _width_hint(width: int, offset: int) -> str | None:
    if not offset:
        return None
    axes = width - offset
    return f"each row of an affine has one number for each of the {axes} input axes, and the translation last"


def _by_dimension(item: ByDimension, n: int | None, at: Pointer, faults: list[Fault]) -> int:
    outputs = 0
    for index, part in enumerate(item.transformations):
        place = (*at, TRANSFORMATIONS, index)
        given = _follow(part.transformation, len(part.input_axes), (*place, TRANSFORMATION), faults)
        outputs += len(part.output_axes)
        if given is not None and given != len(part.output_axes):
            message = f"the part gives {_axes(given)} for {len(part.output_axes)} outputAxes"
            faults.append(Fault((*place, TRANSFORMATION), message))
    return outputs


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{count} axes"


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"
