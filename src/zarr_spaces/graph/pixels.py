"""From the indices of an array to the pixels that conventions of maps speak of.

Arrays count the centres of pixels, these conventions their corners, y before x.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import MapAxis, ProjectAxis, Sequence, Translation
from zarr_spaces.geo import spatial_axes

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Transformation

PIXELS = "pixels"  # the space of what geo.proj places, where no pyramid has levels for it
HALF_PIXEL = "from the centres of pixels, which arrays count, to corners, which the convention counts"


def to_corners(axes: tuple[int, ...], n: int) -> Transformation:
    """Write the step from the pixel centres of an array to corner coordinates along some of its `n` dimensions."""
    half = Translation(translation=[0.5] * len(axes))
    steps: list[Transformation] = []
    if dropped := [axis for axis in range(n) if axis not in axes]:
        steps.append(ProjectAxis(dropped_inputs=dropped))
    if list(axes) != sorted(axes):
        steps.append(MapAxis(map_axis=[1, 0]))
    return Sequence(transformations=[*steps, half]) if steps else half


def ground_axes(names: list[str | None], proj: GeoProj) -> tuple[int, int] | None:
    """Find the axes of y and x by the names of all; two without names are taken in this order."""
    found = spatial_axes(names, proj.spatial_dimensions)
    return (0, 1) if found is None and len(names) == 2 and not any(names) else found
