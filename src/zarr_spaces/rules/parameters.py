"""Parameters fit the numbers of axes that they work between."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
    from zarr_spaces.rules.parts import Edge


@rule(
    "parameter-lengths",
    part=Part.EDGE,
    section='"coordinateTransformations" metadata, parameters',
    statements=(31, 42, 44, 50, 51, 52, 53, 54, 57, 60, 79, 80, 81),
)
def parameter_lengths(edge: Edge, at: Pointer) -> Iterator[Fault]:
    """The parameters of a transformation have the sizes that its input and output call for."""
    faults: list[Fault] = []
    n_out = _follow(edge.transformation, edge.n_in, edge.n_out, faults)
    if faults:
        for fault in faults:
            yield fault._replace(pointer=at + fault.pointer)
    elif n_out is not None and edge.n_out is not None and n_out != edge.n_out:
        message = f"the transformation gives {_axes(n_out)}, its output has {_axes(edge.n_out)}"
        yield Fault(at, message, _output_hint(edge))


def _output_hint(edge: Edge) -> str:
    match edge.transformation:
        case Affine(affine=[*_, [*zeros, 1]] as rows) if len(rows) == len(rows[0]) and not any(zeros):
            return "the last row is that of a homogeneous matrix: leave it out"
    return "adapt the parameters, or refer to another coordinate system"


def _follow(item: Transformation, n: int | None, asked: int | None, faults: list[Fault]) -> int | None:
    """Collect the faults of one transformation that gets points with `n` axes; return how many it gives, if known.

    A byDimension gives as many as are `asked` for: a rule of its own says which of them it leaves out.
    Pointers start at the transformation: they are built where there is a fault, not for every sound document.
    """
    match item:
        case Scale():
            return _vector(item.scale, n, SCALE, faults)
        case Sequence():
            last = len(item.transformations) - 1
            for index, step in enumerate(item.transformations):
                n = _nested(step, n, asked if index == last else None, (TRANSFORMATIONS, index), faults)
            return n
        case Translation():
            return _vector(item.translation, n, TRANSLATION, faults)
        case Identity() | Displacements() | Rotation(rotation=None):
            return n
        case MapAxis():
            return _vector(item.map_axis, n, MAP_AXIS, faults)
        case ProjectAxis():
            dropped, created = len(item.dropped_inputs or ()), len(item.created_outputs or ())
            return None if n is None or n < dropped else n - dropped + created
        case Affine(affine=list() as rows):
            return _matrix(rows, n, AFFINE, faults)
        case Rotation(rotation=list() as rows):
            return _square(rows, len(rows) if n is None else n, faults)
        case ByDimension():
            return _by_dimension(item, asked, faults)
        case Bijection():
            return _bijection(item, n, asked, faults)
        case Affine() | Rotation() | Coordinates():  # parameters in arrays tell only when the array is read
            return None
        case _:
            assert_never(item)


def _nested(item: Transformation, n: int | None, asked: int | None, at: Pointer, faults: list[Fault]) -> int | None:
    before = len(faults)
    n_out = _follow(item, n, asked, faults)
    for index in range(before, len(faults)):
        faults[index] = faults[index]._replace(pointer=at + faults[index].pointer)
    return n_out


def _vector(values: list[float] | list[int], n: int | None, member: str, faults: list[Fault]) -> int:
    size = len(values)
    if n is not None and size != n:
        message = f"has {_numbers(size)} where the input has {_axes(n)}"
        faults.append(Fault((member,), message, f"give exactly one number for each axis: {n}"))
        return n
    return size


def _matrix(rows: list[list[float]], n: int | None, member: str, faults: list[Fault]) -> int:
    width = n + 1 if n is not None else len(rows[0])
    hint = f"each row has one number for each of the {width - 1} input axes, and the translation last"
    _rows(rows, width, member, hint, faults)
    return len(rows)


def _square(rows: list[list[float]], n: int, faults: list[Fault]) -> int:
    if len(rows) != n:
        hint = f"write {n} rows of {_numbers(n)}"
        faults.append(Fault((ROTATION,), f"a rotation of {_axes(n)} needs {n} rows, this has {len(rows)}", hint))
    else:
        _rows(rows, n, ROTATION, None, faults)
    return n


def _rows(rows: list[list[float]], width: int, member: str, hint: str | None, faults: list[Fault]) -> None:
    wrong = [(index, len(row)) for index, row in enumerate(rows) if len(row) != width]
    if len(wrong) == len(rows) and len({size for _, size in wrong}) == 1:
        faults.append(Fault((member,), f"the rows have {_numbers(wrong[0][1])} each, {width} are needed", hint))
        return
    for index, size in wrong:
        faults.append(Fault((member, index), f"the row has {_numbers(size)}, {width} are needed", hint))


def _bijection(item: Bijection, n: int | None, asked: int | None, faults: list[Fault]) -> int | None:
    if n is not None and asked is not None and n != asked:
        message = f"a bijection keeps the number of axes, its input has {_axes(n)} and its output {_axes(asked)}"
        faults.append(Fault((), message))
        return asked
    before = len(faults)
    m = _nested(item.forward, n, n if asked is None else asked, (FORWARD,), faults)
    back = _nested(item.inverse, m, n, (INVERSE,), faults)
    if len(faults) > before:
        return m
    if n is not None and m is not None and n != m:
        message = f"a bijection keeps the number of axes, this gives {_axes(m)} for {_axes(n)}"
        faults.append(Fault((FORWARD,), message))
    elif n is not None and back is not None and n != back:
        faults.append(Fault((INVERSE,), f"the inverse gives {_axes(back)}, the input has {_axes(n)}"))
    return m


def _by_dimension(item: ByDimension, asked: int | None, faults: list[Fault]) -> int:
    outputs = 0
    for index, part in enumerate(item.transformations):
        at = (TRANSFORMATIONS, index, TRANSFORMATION)
        expected = len(part.output_axes)
        given = _nested(part.transformation, len(part.input_axes), expected, at, faults)
        outputs += expected
        if given is not None and given != expected:
            faults.append(Fault(at, f"the part gives {_axes(given)} for {expected} outputAxes"))
    return outputs if asked is None else asked


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{count} axes"


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count} numbers"
