"""Hypothesis strategies for documents, transformations and point maps; needs the ``testing`` extra.

They are public so that other implementations can test themselves with the same material.
"""

from __future__ import annotations

import importlib.util as _importlib_util

if _importlib_util.find_spec("hypothesis") is None:
    raise ImportError("zarr_spaces.testing needs Hypothesis: pip install 'zarr-spaces[testing]'")

from zarr_spaces.testing.documents import images, scenes
from zarr_spaces.testing.json_values import json_values, mutations
from zarr_spaces.testing.layouts import layouts, placements
from zarr_spaces.testing.maps import affine_maps, chains, invertible_maps, linear_maps, point_arrays
from zarr_spaces.testing.sections import conversions, label_groups, label_images, plates, wells
from zarr_spaces.testing.transformations import transformations

__all__ = [
    "affine_maps",
    "chains",
    "conversions",
    "images",
    "invertible_maps",
    "json_values",
    "label_groups",
    "label_images",
    "layouts",
    "linear_maps",
    "mutations",
    "placements",
    "plates",
    "point_arrays",
    "scenes",
    "transformations",
    "wells",
]
