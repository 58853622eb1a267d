"""Builders: correct typed metadata of OME-Zarr 0.6 and Zarr multiscales 0.1.0 from few words.

They are pure functions: nothing that they return is shared with what they are given. What they return, `check` finds
nothing wrong with, warnings included; only what is handed over as it is may bring a warning with it, such as an `Axis`
without a unit, or the code of a reference system that published validators refuse.

>>> from zarr_spaces.build import pyramid
>>> cells = pyramid("yx", name="cells", pixel_size=0.5, units="micrometer", factors=[2, 4], method="mean")
>>> cells.ome.multiscales[0].datasets[1].coordinate_transformations[0].transformations
[Scale(scale=[1.0, 1.0]), Translation(translation=[0.25, 0.25])]
"""

from zarr_spaces.build.axes import axes, coordinate_system
from zarr_spaces.build.image import image, pyramid
from zarr_spaces.build.layout import level_placement, multiscale_layout
from zarr_spaces.build.plate import plate, well
from zarr_spaces.build.scene import scene

__all__ = [
    "axes",
    "coordinate_system",
    "image",
    "level_placement",
    "multiscale_layout",
    "plate",
    "pyramid",
    "scene",
    "well",
]
