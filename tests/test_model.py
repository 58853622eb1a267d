"""Typed objects: short to print, honest about unknown members, plain Python otherwise."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump, parse
from zarr_spaces.ome_zarr.v0_6 import (
    Affine,
    Axis,
    CoordinateSystem,
    Dataset,
    Multiscale,
    Ome,
    OmeZarr,
    Reference,
    Scale,
)


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


def test_objects_from_a_document_are_like_those_made_by_hand() -> None:
    parsed = parse(dump(image()))
    assert parsed == image()
    assert copy.copy(parsed) == copy.deepcopy(parsed) == pickle.loads(pickle.dumps(parsed)) == image()
    assert repr(parsed) == repr(image())
    axis = (parsed.ome.multiscales or [])[0].coordinate_systems[0].axes[0]
    assert dataclasses.asdict(axis)["extra"] == {}
    axis.extra["note"] = 1
    assert dump(parsed) != dump(image())
    with pytest.raises(AttributeError, match="nothing"):
        axis.nothing  # type: ignore[attr-defined]  # noqa: B018 - the point of the test


def test_misspelt_attribute_is_refused() -> None:
    axis = Axis(name="x")
    with pytest.raises(AttributeError):
        axis.nmae = "y"  # type: ignore[attr-defined]  # the point of the test


def test_extra_may_not_hide_a_known_member() -> None:
    document = OmeZarr(ome=Ome(version="0.6", multiscales=[], extra={"multiscales": []}))
    with pytest.raises(ValueError, match="extra may not hold multiscales"):
        dump(document)


def test_only_whole_documents_are_dumped() -> None:
    with pytest.raises(TypeError, match="Multiscale is not a whole document"):
        dump(Multiscale(coordinate_systems=[], datasets=[]))


def image(**members: object) -> OmeZarr:
    axes = [Axis(name=name, type="space", unit="micrometer") for name in "yx"]
    scale = Scale(scale=[1.0, 2.0], input=Reference(path="0"), output=Reference(name="um"))
    multiscale = Multiscale(
        name="image",
        type="mean",
        metadata={},
        coordinate_systems=[CoordinateSystem(name="um", axes=axes)],
        datasets=[Dataset(path="0", coordinate_transformations=[scale])],
    )
    for name, value in members.items():
        setattr(multiscale, name, value)
    return OmeZarr(ome=Ome(version="0.6", multiscales=[multiscale]))


def test_objects_are_checked_like_documents() -> None:
    assert check(image()).findings == ()
    assert [finding.rule for finding in check(image(name=3))] == ["schema-type"]


@pytest.mark.parametrize(
    "members", [{"datasets": None}, {"coordinate_transformations": [None]}, {"extra": {"datasets": []}}], ids=str
)
def test_malformed_objects_are_findings(members: dict[str, object]) -> None:
    assert [finding.rule for finding in check(image(**members))] == ["object-malformed"]


def test_what_is_dumped_is_ready_for_json_and_shares_nothing() -> None:
    shared = {"list": [1]}
    document = image(metadata=shared)
    assert document.ome.multiscales is not None
    scale = document.ome.multiscales[0].datasets[0].coordinate_transformations[0]
    assert isinstance(scale, Scale)
    scale.scale = np.array([1, 2])  # type: ignore[assignment]  # what users of NumPy do
    out = dump(document)
    assert json.loads(json.dumps(out)) == out
    out["ome"]["multiscales"][0]["metadata"]["list"].append(2)
    assert shared == {"list": [1]}


def test_what_has_no_place_in_json_is_not_dumped() -> None:
    with pytest.raises(InvalidDocument, match="json-type"):
        dump(image(metadata={"when": object()}))


def test_objects_where_they_may_not_stand_are_named() -> None:
    document = image()
    level = (document.ome.multiscales or [])[0].datasets[0]
    level.coordinate_transformations = [Affine(affine=[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])]  # type: ignore[list-item]
    with pytest.raises(InvalidDocument, match="an object of the class Affine stands where it may not"):
        dump(document)
    assert [finding.rule for finding in check(document)] == ["object-malformed"]
    with pytest.raises(InvalidDocument, match="object-malformed"):
        dump(OmeZarr(ome=None))  # type: ignore[arg-type]
