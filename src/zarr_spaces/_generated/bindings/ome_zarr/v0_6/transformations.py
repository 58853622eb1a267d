# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, Union

from zarr_spaces.model import Model


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Reference(Model):
    """
    Points to a coordinate system, or to an array, of this document or of another node.
    """

    name: str | None = None
    """
    Name of the coordinate system.
    """
    path: str | None = None
    """
    Path of the Zarr node that holds it, relative to this document's group; absent or null for this document itself.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Identity(Model):
    """
    Leaves every coordinate as it is.
    """

    type: Literal["identity"] = "identity"
    """
    The word identity.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class MapAxis(Model):
    """
    Reorders the coordinates.
    """

    type: Literal["mapAxis"] = "mapAxis"
    """
    The word mapAxis.
    """
    map_axis: list[int]
    """
    For each output axis in turn, the index of the input axis that it takes; every index once.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class ProjectAxis(Model):
    """
    Drops input axes and puts in output axes whose coordinate is 0.
    """

    type: Literal["projectAxis"] = "projectAxis"
    """
    The word projectAxis.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """
    dropped_inputs: list[int] | None = None
    """
    Indices of the input axes that are left out.
    """
    created_outputs: list[int] | None = None
    """
    Indices of the output axes that are new and get the coordinate 0.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Translation(Model):
    """
    Adds a constant to each coordinate.
    """

    type: Literal["translation"] = "translation"
    """
    The word translation.
    """
    translation: list[float]
    """
    What is added, one number for each axis.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Scale(Model):
    """
    Multiplies each coordinate by a constant.
    """

    type: Literal["scale"] = "scale"
    """
    The word scale.
    """
    scale: list[float]
    """
    The factors, one number for each axis; for an image level this is the pixel size.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Affine(Model):
    """
    Multiplies the point by a matrix and adds a vector; N input axes may become M output axes.
    """

    type: Literal["affine"] = "affine"
    """
    The word affine.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """
    affine: list[list[float]] | None = None
    """
    M rows of N+1 numbers: the matrix, with the translation as its last column.
    """
    path: str | None = None
    """
    Path of a two-dimensional Zarr array that holds the M x (N+1) numbers, in place of affine.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Rotation(Model):
    """
    Multiplies the point by a rotation matrix.
    """

    type: Literal["rotation"] = "rotation"
    """
    The word rotation.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """
    rotation: list[list[float]] | None = None
    """
    N rows of N numbers: orthonormal, with determinant 1.
    """
    path: str | None = None
    """
    Path of a two-dimensional Zarr array that holds the N x N numbers, in place of rotation.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Displacements(Model):
    """
    Adds to each point a vector that is looked up in a field.
    """

    type: Literal["displacements"] = "displacements"
    """
    The word displacements.
    """
    path: str
    """
    Path of the multiscale group that holds the field of displacement vectors.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """
    interpolation: str | None = None
    """
    How the field is read between its samples: nearest, linear (meant when absent) or bspline-cubic.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Coordinates(Model):
    """
    Replaces each point by a position that is looked up in a field.
    """

    type: Literal["coordinates"] = "coordinates"
    """
    The word coordinates.
    """
    path: str
    """
    Path of the multiscale group that holds the field of output positions.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """
    interpolation: str | None = None
    """
    How the field is read between its samples: nearest, linear (meant when absent) or bspline-cubic.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Sequence(Model):
    """
    Applies transformations one after the other, the first one first.
    """

    type: Literal["sequence"] = "sequence"
    """
    The word sequence.
    """
    transformations: list[Transformation]
    """
    The steps, in the order in which they are applied.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class ByDimension(Model):
    """
    Applies lower-dimensional transformations to subsets of the axes.
    """

    type: Literal["byDimension"] = "byDimension"
    """
    The word byDimension.
    """
    transformations: list[ByDimensionItem]
    """
    The parts; together they produce every output axis exactly once.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class ByDimensionItem(Model):
    """
    One part of a byDimension transformation, with the axes that it reads and writes.
    """

    input_axes: list[int]
    """
    Indices of the input axes that the part reads, in the order in which it takes them.
    """
    output_axes: list[int]
    """
    Indices of the output axes that the part writes, in the order in which it gives them.
    """
    transformation: Transformation
    """
    The map from those input axes to those output axes.
    """


@dataclass(kw_only=True, slots=True, repr=False, eq=False)
class Bijection(Model):
    """
    A transformation together with its inverse, both spelled out.
    """

    type: Literal["bijection"] = "bijection"
    """
    The word bijection.
    """
    forward: Transformation
    """
    The map from input to output.
    """
    inverse: Transformation
    """
    The map from output back to input.
    """
    name: str | None = None
    """
    Name of this transformation.
    """
    input: Reference | None = None
    """
    Where points come from.
    """
    output: Reference | None = None
    """
    Where points go to.
    """


Transformation: TypeAlias = Union[
    Identity,
    MapAxis,
    ProjectAxis,
    Translation,
    Scale,
    Affine,
    Rotation,
    Sequence,
    Displacements,
    Coordinates,
    ByDimension,
    Bijection,
]
"""
A map from points of its input to points of its output; its type says which members it has.
"""


CoordinateTransformations: TypeAlias = Transformation
"""
Maps from points of one coordinate system to points of another.
"""
