"""Quick ways to tell that rules would find nothing.

Most images are made the same way: a few named axes with units, levels that are scaled and translated as averaging asks.
Telling so costs a fraction of what the rules cost one by one, so the rules are spared it. Whatever is not recognised
here goes through them. A property test holds that they find the same either way.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Sequence
from zarr_spaces.rules.axes import AXIS_TYPES
from zarr_spaces.rules.image import SOUND_TYPES
from zarr_spaces.rules.pyramid import ALIGNED
from zarr_spaces.rules.units import UNITS

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem, Multiscale, Ome

_SOUND_UNITS = frozenset(
    [(kind, unit) for kind, units in UNITS.items() for unit in units]
    + [(kind, None) for kind in AXIS_TYPES - UNITS.keys()]
)
_SPATIAL_NAMES = frozenset([("z", "y", "x"), ("y", "x"), ("Z", "Y", "X"), ("Y", "X")])
_USUAL_NAMES = frozenset(
    (*time, *channel, *spatial)
    for time in ((), ("t",), ("T",))
    for channel in ((), ("c",), ("C",))
    for spatial in _SPATIAL_NAMES
)


def is_ordinary(ome: Ome) -> bool:
    """Tell whether a document describes images only, and each in the ordinary way."""
    if ome.scene is not None or ome.labels is not None or ome.image_label is not None or ome.plate is not None:
        return False
    if ome.well is not None or ome.series is not None or ome.bioformats2raw_layout is not None:
        return False
    if ome.multiscales is None:
        return False
    for image in ome.multiscales:
        if len(image.coordinate_systems) != 1 or image.coordinate_transformations is not None:
            return False
        if image.name is None or image.type is None or image.metadata is None:
            return False
        (system,) = image.coordinate_systems
        if not (has_ordinary_axes(system) and has_ordinary_levels(image, {system.name: system})):
            return False
    return True


def has_ordinary_axes(system: CoordinateSystem) -> bool:
    """Tell whether no rule could find anything in the axes of an image's coordinate system."""
    axes = system.axes
    types = tuple([axis.type for axis in axes])
    if types not in SOUND_TYPES or not _SOUND_UNITS.issuperset([(axis.type, axis.unit) for axis in axes]):
        return False
    names = tuple([axis.name for axis in axes])
    if names in _USUAL_NAMES:
        return True
    return names[-types.count("space") :] in _SPATIAL_NAMES and len(set(names)) == len(names)


def has_ordinary_levels(image: Multiscale, known: dict[str, CoordinateSystem]) -> bool:
    """Tell whether no rule could find anything in the resolution levels of an image."""
    datasets = image.datasets
    target = datasets[0].coordinate_transformations[0].output
    if target is None or target.name is None or target.name not in known:
        return False
    system, n = target.name, len(known[target.name].axes)
    corner: list[float] = []
    names: list[str] = []
    limit = before = 0.0
    for dataset in datasets:
        if type(dataset.coordinate_transformations[0]) is not Sequence:
            return False
        # The schema sees to it that both ends are given, and that a sequence is a scale and a translation.
        item: Any = dataset.coordinate_transformations[0]
        path, start, end = dataset.path, item.input, item.output
        if start.path != path or end.name != system or not path.isalnum():
            return False
        if start.name is not None or end.path is not None:
            return False
        if item.name is not None:
            names.append(item.name)
        scale, translation = item.transformations
        size, place = scale.scale, translation.translation
        if len(size) != n or len(place) != n or min(size) <= 0:
            return False
        # Averaging leaves the corner of the first pixel where it is.
        here = [at - length / 2 for at, length in zip(place, size)]  # noqa: B905 - of equal length, and strict costs
        if not corner:
            corner, limit = here, ALIGNED * min(size)
        elif here != corner and math.dist(here, corner) > limit:
            return False
        volume = math.prod(size)
        if volume < before:
            return False
        before = volume
    if names and len(set(names)) < len(names):
        return False
    return before < math.inf and len({dataset.path for dataset in datasets}) == len(datasets)
