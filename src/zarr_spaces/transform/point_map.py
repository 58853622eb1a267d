"""The closed set of executable maps between coordinate systems.

=================== ======================================================================
map                 law, for a point x and its image y
=================== ======================================================================
`Identity`          y = x
`Permutation`       y[i] = x[order[i]]
`Projection`        some axes dropped, others created at 0, the rest in order
`Selection`         y[i] = x[source[i]], or 0; what the two above fuse to
`Translation`       y = x + vector
`Scale`             y = x * vector
`ScaleTranslation`  y = x * scale + translation
`Affine`            y = matrix @ x + offset
`ByDimension`       groups of axes, each with its map
`Bijection`         y = forward(x), with a declared way back
`Chain`             maps one after the other
=================== ======================================================================

All are subclasses of `PointMap`, frozen, compared by their parameters, and called with (N, D_in) arrays. A
further kind, such as a field, subclasses `PointMap` and works inside `Chain`, `ByDimension` and `Bijection`.

Examples
--------
>>> pixels_to_micrometers = Chain(Scale([0.5, 0.5]), Translation([10, 20]))
>>> pixels_to_micrometers([[0, 0], [4, 2]])
array([[10., 20.],
       [12., 21.]])
>>> pixels_to_micrometers.inverse()([12, 21])
array([4., 2.])
"""

from __future__ import annotations

from zarr_spaces.transform.affine import Affine
from zarr_spaces.transform.axis_arithmetic import Scale, ScaleTranslation, Translation
from zarr_spaces.transform.by_dimension import ByDimension
from zarr_spaces.transform.composite import Bijection, Chain
from zarr_spaces.transform.contract import PointMap
from zarr_spaces.transform.structural import Identity, Permutation, Projection, Selection

__all__ = [
    "Affine",
    "Bijection",
    "ByDimension",
    "Chain",
    "Identity",
    "Permutation",
    "PointMap",
    "Projection",
    "Scale",
    "ScaleTranslation",
    "Selection",
    "Translation",
]
