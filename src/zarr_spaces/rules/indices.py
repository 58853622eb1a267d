"""Indices of axes inside transformations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import (
    CREATED_OUTPUTS,
    DROPPED_INPUTS,
    INPUT_AXES,
    MAP_AXIS,
    OUTPUT_AXES,
    TRANSFORMATIONS,
)
from zarr_spaces.quoting import quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import ByDimension, MapAxis, ProjectAxis
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.steps import Step


@rule("map-axis-indices-exist", part=Part.MAP_AXIS, section="mapAxis", statements=(45, 46))
def map_axis_indices_exist(step: Step, at: Pointer) -> Iterable[Fault]:
    """A mapAxis names each input axis once, by its index from 0."""
    item: MapAxis = step.transformation
    indices = item.map_axis
    size = len(indices)
    if max(indices) < size:
        return ()  # the schema lets no index stand twice, so each stands there once
    if set(indices) == set(range(1, size + 1)):
        hint = f"indices count from 0: write {quote([index - 1 for index in indices])}"
    else:
        hint = f"not yet taken: {_first(_missing(indices, size))}"
    return _beyond(indices, size, "input", (*at, MAP_AXIS), hint)


@rule("project-axis-indices-exist", part=Part.PROJECT_AXIS, section="projectAxis", statements=(49,))
def project_axis_indices_exist(step: Step, at: Pointer) -> Iterable[Fault]:
    """A projectAxis drops axes that its input has, and creates axes that its output has.

    Where the output has another size than input and lists make, which has its own rule, the larger one counts.
    """
    item: ProjectAxis = step.transformation
    dropped, created = item.dropped_inputs or (), item.created_outputs or ()
    n_in, n_out = step.n_in, step.n_out
    if n_in is not None:
        n_out = max(n_in - len(dropped) + len(created), n_out or 0)
    elif n_out is not None:
        n_in = n_out + len(dropped) - len(created)
    else:
        return ()
    faults: list[Fault] = []
    if dropped and max(dropped) >= n_in >= 0:
        faults.extend(_beyond(dropped, n_in, "input", (*at, DROPPED_INPUTS)))
    if created and max(created) >= n_out:
        faults.extend(_beyond(created, n_out, "output", (*at, CREATED_OUTPUTS)))
    return faults


@rule("by-dimension-indices-exist", part=Part.BY_DIMENSION, section="byDimension", statements=(77, 78))
def by_dimension_indices_exist(step: Step, at: Pointer) -> Iterable[Fault]:
    """The parts of a byDimension read axes that its input has, and write axes that its output has."""
    item: ByDimension = step.transformation
    faults: list[Fault] = []
    n_in, n_out = step.n_in, step.n_out
    for place, part in enumerate(item.transformations):
        read, written = part.input_axes, part.output_axes
        if n_in is not None and read and max(read) >= n_in:
            faults.extend(_beyond(read, n_in, "input", (*at, TRANSFORMATIONS, place, INPUT_AXES)))
        if n_out is not None and written and max(written) >= n_out:
            faults.extend(_beyond(written, n_out, "output", (*at, TRANSFORMATIONS, place, OUTPUT_AXES)))
    return faults


@rule("by-dimension-outputs-written-once", part=Part.BY_DIMENSION, section="byDimension", statements=(78,))
def by_dimension_outputs_written_once(step: Step, at: Pointer) -> Iterable[Fault]:
    """Each output axis of a byDimension is written by exactly one of its parts.

    Where the number of output axes is not known, there are at least as many as the largest index asks for. An index
    that stands in the place of a missing one is reported instead of it.
    """
    item: ByDimension = step.transformation
    written = [index for part in item.transformations for index in part.output_axes]
    size = step.n_out if step.n_out is not None else max(written, default=-1) + 1
    if len(written) >= size and len(set(written)) == len(written):
        return ()
    return _repeated_or_missing(item, written, size, (*at, TRANSFORMATIONS))


def _repeated_or_missing(item: ByDimension, written: list[int], size: int, at: Pointer) -> Iterator[Fault]:
    missing = _first(_missing(written, size))
    if len(written) < size:
        hint = "give each output axis to one of the parts, be it an identity"
        yield Fault(at, f"no part writes the output {missing}: the output has {_axes(size)}", hint)
        missing = ""
    first: dict[int, int] = {}
    for place, part in enumerate(item.transformations):
        for position, index in enumerate(part.output_axes):
            if index in first:
                where = "in the same part" if first[index] == place else f"by part {first[index]}"
                yield Fault(
                    (*at, place, OUTPUT_AXES, position),
                    f"the output axis {quote(index)} is already written {where}",
                    f"not yet written: {missing}" if missing else "let one part write it",
                )
            else:
                first[index] = place


def _beyond(indices: Iterable[int], size: int, end: str, at: Pointer, hint: str | None = None) -> Iterator[Fault]:
    """Yield a fault for each index that leads past the last of `size` axes."""
    if hint is None:
        hint = f"indices count from 0: here from 0 to {size - 1}" if size else None
    for position, index in enumerate(indices):
        if index >= size:
            yield Fault((*at, position), f"there is no {end} axis {quote(index)}: the {end} has {_axes(size)}", hint)


_SHOWN = 8  # indices that a message lists


def _missing(indices: Collection[int], size: int) -> Iterator[int]:
    there = set(indices)
    return (index for index in range(size) if index not in there)


def _first(indices: Iterator[int]) -> str:
    """Write the first of some indices for a message; the others may be more than a document could hold."""
    shown = [str(index) for index in itertools.islice(indices, _SHOWN + 1)]
    if len(shown) > _SHOWN:
        shown[-1] = "..."
    return f"{'axis' if len(shown) == 1 else 'axes'} {', '.join(shown)}" if shown else ""


def _axes(count: int) -> str:
    return "1 axis" if count == 1 else f"{quote(count)} axes"
