"""Transformations that spell out their own inverse."""

from __future__ import annotations

import math
from operator import mul
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
from zarr_spaces._generated.members import FORWARD, INPUT, INVERSE, NAME, OUTPUT, PATH
from zarr_spaces.findings import Severity
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.linear import LIMIT, is_singular, linear_form
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Reference, Transformation
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.steps import Step

_TOLERANCE = 1e-6  # of the sizes involved: what is left when one direction was computed from the other


@rule("bijection-ends-agree", part=Part.BIJECTION, section="bijection", statements=(82,))
def bijection_ends_agree(step: Step, at: Pointer) -> Iterable[Fault]:
    """The forward direction leads from input to output of the bijection, the inverse back."""
    item: Bijection = step.transformation
    faults: list[Fault] = []
    for member, direction, source, target in (
        (FORWARD, item.forward, item.input, item.output),
        (INVERSE, item.inverse, item.output, item.input),
    ):
        if direction.input is not None and source is not None:
            faults.extend(_compare(direction.input, source, (*at, member, INPUT)))
        if direction.output is not None and target is not None:
            faults.extend(_compare(direction.output, target, (*at, member, OUTPUT)))
    return faults


def _compare(given: Reference, expected: Reference, at: Pointer) -> Iterable[Fault]:
    if given == expected or (given.name is None and given.path is None):
        return ()
    path, wanted = normalise_path(given.path or ""), normalise_path(expected.path or "")
    if given.name == expected.name and path == wanted:
        return ()
    if given.name != expected.name:
        at = (*at, NAME) if given.name is not None else at
    elif given.path:
        at = (*at, PATH)
    message = f"this is {_shown(given.name, path)}, that of the bijection is {_shown(expected.name, wanted)}"
    hint = "leave it out: forward leads from input to output of the bijection, inverse from output to input"
    return (Fault(at, message, hint),)


def _shown(name: str | None, path: str) -> str:
    if name is None:
        return f"the node {quote(path)}"
    return f"{quote(name)} in {quote(path)}" if path else quote(name)


@rule("bijection-needed", part=Part.BIJECTION, section="bijection", severity=Severity.WARNING, statements=(83,))
def bijection_needed(step: Step, at: Pointer) -> Iterable[Fault]:
    """A bijection has directions of which neither can be inverted in closed form.

    Reported for one direction; not for one whose parameters do not fit, which has its own rule.
    """
    item: Bijection = step.transformation
    n = step.n_in if step.n_in is not None else step.n_out
    if _fits(item.forward, n) and _has_inverse(item.forward):
        hint = "leave the bijection out and write its forward transformation: readers find the inverse"
        return (Fault((*at, FORWARD), f"this {item.forward.type} can be inverted in closed form", hint),)
    if _fits(item.inverse, n) and _has_inverse(item.inverse):
        hint = "leave the bijection out and write the inverse of this in its place: readers find the way back"
        return (Fault((*at, INVERSE), f"this {item.inverse.type} can be inverted in closed form", hint),)
    return ()


def _fits(item: Transformation, n: int | None) -> bool:
    return n is None or _width(item) in (None, n)


def _has_inverse(item: Transformation) -> bool:
    """Tell whether the inverse can be written down from what the document says; not for parameters in arrays."""
    match item:
        case Identity() | MapAxis() | Translation() | Rotation(rotation=list()):
            return True
        case Scale(scale=factors):
            return 0 not in factors
        case Affine(affine=list() as rows):
            n = len(rows)
            fits = n <= LIMIT and all(len(row) == n + 1 for row in rows)
            return fits and not is_singular([row[:-1] for row in rows])
        case Sequence():
            return all(_has_inverse(step) for step in item.transformations)
        case ByDimension():
            read: list[int] = []
            for part in item.transformations:
                if len(part.input_axes) != len(part.output_axes) or not _has_inverse(part.transformation):
                    return False
                read += part.input_axes
            return len(set(read)) == len(read)
        case Affine() | Rotation() | ProjectAxis() | Bijection() | Coordinates() | Displacements():
            return False
        case _:
            assert_never(item)


@rule(
    "bijection-directions-agree",
    part=Part.BIJECTION,
    section="bijection",
    severity=Severity.WARNING,
    statements=(82,),
)
def bijection_directions_agree(step: Step, at: Pointer) -> Iterable[Fault]:
    """The inverse of a bijection leads every point back to where the forward direction took it from.

    Compared where both are linear and have at most `linear.LIMIT` axes.
    """
    item: Bijection = step.transformation
    n = step.n_in if step.n_in is not None else step.n_out
    if n is None:
        n = _width(item.forward) or _width(item.inverse)
    if n is None or (forward := linear_form(item.forward, n)) is None or len(forward) != n:
        return ()
    back = linear_form(item.inverse, n)
    if back is None or len(back) != n:
        return ()
    message = _difference(forward, back, n)
    if message is None:
        return ()
    return (
        Fault((*at, INVERSE), message, "compute the inverse from the forward direction, or leave the bijection out"),
    )


def _width(item: Transformation) -> int | None:
    """Count the input axes that a transformation asks for, where its parameters tell."""
    match item:
        case Scale(scale=values) | Translation(translation=values) | MapAxis(map_axis=values):
            return len(values)
        case Rotation(rotation=list() as rows):
            return len(rows)
        case Affine(affine=list() as rows):
            return len(rows[0]) - 1
        case Sequence():
            for step in item.transformations:
                if not isinstance(step, Identity):
                    return _width(step)
            return None
        case Identity() | ProjectAxis() | ByDimension() | Bijection() | Coordinates() | Displacements():
            return None
        case Affine() | Rotation():  # parameters in arrays
            return None
        case _:
            assert_never(item)


def _difference(forward: list[list[float]], back: list[list[float]], n: int) -> str | None:
    """Say by how much the two, one after the other, differ from the identity; None where they hardly do."""
    columns = list(zip(*forward, strict=True))
    worst, message = _TOLERANCE, None
    for i, row in enumerate(back):
        sizes = [abs(value) for value in row]
        for j, column in enumerate(columns):
            # Behind the matrix stands the offset, which gets that of the inverse on top.
            own = row[n] if j == n else 0.0
            found = sum(map(mul, row, column)) + own
            size = sum(map(mul, sizes, map(abs, column))) + abs(own)
            wanted = 1.0 if i == j else 0.0
            off = abs(found - wanted)
            if not math.isfinite(size) or not off > worst * max(size, wanted):
                continue
            worst = off / max(size, wanted)
            if i == j:
                message = f"axis {i} comes back multiplied by {found:.9g}, not by 1"
            elif j == n:
                message = f"axis {i} comes back shifted by {found:.3g}"
            else:
                message = f"axis {i} comes back with {found:.3g} of axis {j} added"
    return message
