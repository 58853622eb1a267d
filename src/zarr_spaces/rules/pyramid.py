"""How the resolution levels of an image lie to each other, as their scales and translations say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Scale, Sequence
from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import quote
from zarr_spaces.rules.axes import MOST_AXES
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Items

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, Dataset, Multiscale
    from zarr_spaces.findings import Pointer

_SECTION = '"multiscales" metadata, datasets'
_SAME = 1e-6  # relative difference of two scales that says nothing
ALIGNED = 1e-3  # pixels of the finest level by which a level may be off


_NONE = (0.0,) * MOST_AXES
_ONES = (1.0,) * MOST_AXES


class _Level(NamedTuple):
    number: int
    scale: Items[float]
    translation: Items[float]


@rule("levels-fine-to-coarse", part=Part.LEVELS, section=_SECTION, statements=(91,))
def levels_fine_to_coarse(multiscale: Multiscale, at: Pointer) -> Iterable[Fault]:
    """Levels stand in the order from fine to coarse, as their scales tell."""
    datasets = multiscale.datasets
    if len(datasets) < 2:
        return ()
    before: float = 0
    try:
        for dataset in datasets:
            size = _size(_parameters(dataset)[0])
            if size < before:
                return _finer(multiscale, at)
            before = size
    except OverflowError:  # whole numbers beyond all floats: nothing can be told of them
        pass
    return ()


def _size(scale: Items[float]) -> float:
    # Lists longer than the axes of any image are faults of their own, and their product could take for ever.
    return abs(math.prod(scale)) if len(scale) <= MOST_AXES else 0


def _finer(multiscale: Multiscale, at: Pointer) -> list[Fault]:
    faults: list[Fault] = []
    last: _Level | None = None
    for level in _comparable(multiscale):
        size = _size(level.scale)
        if size == 0:
            continue
        if last is not None and size < _size(last.scale) * (1 - _SAME):
            message = f"the scale {quote(level.scale)} is finer than {quote(last.scale)} of level {last.number} before"
            hint = "list the levels from the finest to the coarsest, or mend the scale"
            faults.append(Fault((*at, DATASETS, level.number), message, hint))
        last = level
    return faults


@rule("levels-aligned", part=Part.LEVELS, section=_SECTION, severity=Severity.INFO, statements=(99,))
def levels_aligned(multiscale: Multiscale, at: Pointer) -> Iterable[Fault]:
    """Levels made by averaging are translated by half of what their pixels are larger."""
    datasets = multiscale.datasets
    if len(datasets) < 2:
        return ()
    try:
        # Aligned levels have the edge of their first pixel in common, and so twice the translation less the scale.
        low: list[float] = []
        high: list[float] = []
        for size, place in zip(*_parameters(datasets[0]), strict=False):
            edge, room = place + place - size, 2 * ALIGNED * abs(size)
            low.append(edge - room)
            high.append(edge + room)
        for dataset in datasets[1:]:
            scale, translation = _parameters(dataset)
            for size, place, least, most in zip(scale, translation, low, high, strict=False):
                if not least <= place + place - size <= most:
                    return _off(multiscale, at)
    except OverflowError:
        pass
    return ()


def _off(multiscale: Multiscale, at: Pointer) -> list[Fault]:
    levels = _comparable(multiscale)
    if not levels or levels[0].number != 0:
        return []
    first = levels[0]
    for level in levels:
        worst = (0.0, 0, 0.0, 0.0)
        rows = zip(level.scale, level.translation, first.scale, first.translation, strict=True)
        for axis, (size, place, size_0, place_0) in enumerate(rows):
            if size_0 != 0 and not math.isclose(size, size_0, rel_tol=_SAME):
                expected = place_0 + (size - size_0) / 2
                pixels = abs((place - expected) / size_0)
                if pixels > worst[0]:
                    worst = (pixels, axis, place, expected)
        pixels, axis, place, expected = worst
        if pixels > ALIGNED:
            name = quote(_intrinsic_axes(multiscale)[axis].name)
            return [
                Fault(
                    (*at, DATASETS, level.number, COORDINATE_TRANSFORMATIONS, 0),
                    f"along the axis {name} the translation is {place:.6g}, averaging puts it at {expected:.6g}: "
                    f"{pixels:.3g} pixels of the finest level off",
                    "averaging asks for the finest level's translation and half the difference of the pixel sizes; "
                    "where pixels were picked, not averaged, it is right as it is",
                )
            ]
    return []


def _parameters(dataset: Dataset) -> tuple[Items[float], Items[float]]:
    """Return the scale and the translation of a level; those of an identity are longer than needed."""
    item: Any = dataset.coordinate_transformations[0]
    kind = type(item)
    if kind is Scale:
        return item.scale, _NONE
    if kind is Sequence:
        first, second = item.transformations  # the schema allows a scale, then a translation, and no other sequence
        return first.scale, second.translation
    return _ONES, _NONE


def _comparable(multiscale: Multiscale) -> list[_Level]:
    """List the levels with a number for each axis of the first one's output; the others have their own faults."""
    size = len(_intrinsic_axes(multiscale))
    output = _output(multiscale.datasets[0])
    found: list[_Level] = []
    for index, dataset in enumerate(multiscale.datasets):
        scale, translation = (
            values[:size] if values is _ONES or values is _NONE else values for values in _parameters(dataset)
        )
        if _output(dataset) == output and len(scale) == size == len(translation) <= MOST_AXES:
            found.append(_Level(index, scale, translation))
    return found


def _intrinsic_axes(multiscale: Multiscale) -> list[Axis]:
    output = _output(multiscale.datasets[0])
    return next((system.axes for system in multiscale.coordinate_systems if system.name == output), [])


def _output(dataset: Dataset) -> str | None:
    output = dataset.coordinate_transformations[0].output
    return output.name if output is not None else None
