"""Typed objects: short to print, honest about unknown members, plain Python otherwise."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from zarr_spaces import dump
from zarr_spaces.ome_zarr.v0_6 import Affine, Axis, Multiscale, Ome, OmeZarr, Scale


def test_repr_shows_what_is_there() -> None:
    assert repr(Axis(name="x", unit="micrometer")) == "Axis(name='x', unit='micrometer')"
    assert repr(Axis(name="x", extra={"note": 1})) == "Axis(extra={'note': 1}, name='x')"


def test_repr_of_a_large_matrix_stays_short() -> None:
    assert len(repr(Affine(affine=[[0.0] * 1000] * 1000))) < 500


def test_objects_compare_copy_pickle_and_replace() -> None:
    scale = Scale(scale=[1.0, 2.0])
    assert copy.deepcopy(scale) == scale
    assert pickle.loads(pickle.dumps(scale)) == scale
    assert dataclasses.replace(scale, name="a") != scale


def test_misspelt_attribute_is_refused() -> None:
    axis = Axis(name="x")
    with pytest.raises(AttributeError):
        axis.nmae = "y"  # type: ignore[attr-defined]


def test_extra_may_not_hide_a_known_member() -> None:
    document = OmeZarr(ome=Ome(version="0.6", multiscales=[], extra={"multiscales": []}))
    with pytest.raises(ValueError, match="extra may not hold multiscales"):
        dump(document)


def test_only_whole_documents_are_dumped() -> None:
    with pytest.raises(TypeError, match="Multiscale is not a whole document"):
        dump(Multiscale(coordinate_systems=[], datasets=[]))
