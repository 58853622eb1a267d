"""Typed objects: short to print, honest about unknown members, plain Python otherwise."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import json
import pickle
import pkgutil
import types
import typing
from typing import Any

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump, parse
from zarr_spaces._generated import bindings
from zarr_spaces.model import Model
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
    Sequence,
    Translation,
)


def generated_classes() -> list[type[Model]]:
    """List the classes of all bindings, each once: versions share some."""
    found: dict[type[Model], None] = {}
    for module in pkgutil.walk_packages(bindings.__path__, f"{bindings.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Model) and value is not Model:
                found[value] = None
    return list(found)


def named_beside(kind: type[Model]) -> dict[str, Any]:
    """Return the classes of a class's version by name: a union names those that come later."""
    package = kind.__module__.rpartition(".")[0]
    return {found.__name__: found for found in CLASSES if found.__module__.rpartition(".")[0] == package}


def sample(kind: Any, word: str = "a") -> Any:
    """Make a value of a type with every member that it can have."""
    match typing.get_origin(kind), typing.get_args(kind):
        case typing.Literal, (first, *_):
            return first
        case ((typing.Union | types.UnionType), kinds):
            return sample(next(inner for inner in kinds if inner is not type(None)), word)
        case origin, (inner,) if origin is list:
            return [sample(inner, word)]
        case origin, _ if origin is dict:
            return {word: [1, {"b": None}]}
    if isinstance(kind, type) and issubclass(kind, Model):
        hints = typing.get_type_hints(kind, localns=named_beside(kind))
        members = {item.name: sample(hints[item.name], word) for item in dataclasses.fields(kind)}
        return kind(**members)
    return {str: word, int: 1, float: 0.5, bool: True, Any: word}[kind]


CLASSES = generated_classes()
every_class = pytest.mark.parametrize(
    "kind", CLASSES, ids=lambda kind: f"{kind.__module__.split('.', 3)[-1]}.{kind.__name__}"
)


def test_all_classes_are_found() -> None:
    assert {OmeZarr, Axis, Scale} <= set(CLASSES)
    assert len(CLASSES) >= 38


@every_class
def test_objects_are_equal_where_their_members_are(kind: type[Model]) -> None:
    one, same = sample(kind), sample(kind)
    assert one == same
    assert one is not same
    assert one != sample(kind, "b")
    assert one != object()
    bare = kind.__new__(kind)  # as codecs make them: without a dictionary for unknown members
    for item in dataclasses.fields(kind):
        if item.name != "extra":
            setattr(bare, item.name, getattr(one, item.name))
    one.extra = {}
    assert bare == one


@every_class
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_objects_are_pickled_by_every_protocol(kind: type[Model], protocol: int) -> None:
    one = sample(kind)
    again = pickle.loads(pickle.dumps(one, protocol))
    assert type(again) is kind
    assert again == one


@every_class
def test_objects_are_copied(kind: type[Model]) -> None:
    one = sample(kind)
    shallow, deep = copy.copy(one), copy.deepcopy(one)
    assert shallow == deep == one
    assert shallow.extra is one.extra
    assert deep.extra is not one.extra
    shallow.extra = {}
    assert one == deep
    deep.extra["c"] = 1
    assert one != deep


@every_class
def test_objects_are_replaced(kind: type[Model]) -> None:
    one = sample(kind)
    assert dataclasses.replace(one) == one
    assert dataclasses.replace(one, extra={}) != one
    with pytest.raises(TypeError):
        dataclasses.replace(one, nothing=1)


@every_class
def test_repr_is_the_expression_that_makes_the_object(kind: type[Model]) -> None:
    one = sample(kind)
    assert eval(repr(one), {found.__name__: found for found in [*CLASSES, *parts_of(one)]}) == one
    for item in dataclasses.fields(kind):
        setattr(one, item.name, [list(range(1000))] * 1000)
    one.extra = {"long": "x" * 10**6, "deep": {"list": list(range(10**6))}}
    assert len(repr(one)) < 500 + 300 * len(dataclasses.fields(kind))


def parts_of(value: Any) -> list[type[Model]]:
    """List the classes of an object and of what is in it: versions have some of the same name."""
    if isinstance(value, list):
        return [kind for inner in value for kind in parts_of(inner)]
    if not isinstance(value, Model):
        return []
    members = (getattr(value, item.name) for item in dataclasses.fields(value))
    return [type(value), *(kind for member in members for kind in parts_of(member))]


def test_repr_shows_what_is_there() -> None:
    assert repr(Axis(name="x", unit="micrometer")) == "Axis(name='x', unit='micrometer')"
    assert repr(Scale(scale=[1.0])) == "Scale(scale=[1.0])"
    assert repr(Scale(type="other", scale=np.ones(2))) == "Scale(type='other', scale=array([1., 1.]))"  # type: ignore[arg-type]
    circle: dict[str, Any] = {"a": []}
    circle["a"].append(circle)
    assert "{...}" in repr(Axis(name="x", extra=circle))
    assert repr(Axis(name="x" * 300)) == f"Axis(name={'x' * 200!r}... 300 characters)"
    assert repr(Axis(name="x", extra={"note": 1})) == "Axis(extra={'note': 1}, name='x')"


def test_repr_of_a_large_matrix_stays_short() -> None:
    assert len(repr(Affine(affine=[[0.0] * 1000] * 1000))) < 500


def test_objects_compare_copy_pickle_and_replace() -> None:
    scale = Scale(scale=[1.0, 2.0])
    assert copy.deepcopy(scale) == scale
    assert pickle.loads(pickle.dumps(scale)) == scale
    assert dataclasses.replace(scale, name="a") != scale


@pytest.mark.parametrize(
    "numbers", [(1, 2), np.array([1, 2]), np.array([1.0, 2.0], dtype="f4"), [np.int64(1), np.float64(2)]], ids=repr
)
def test_arrays_and_tuples_are_lists(numbers: Any) -> None:
    scale, same = Scale(scale=[1, 2]), Scale(scale=numbers)
    assert scale == same
    assert same == scale
    assert same == Scale(scale=numbers)
    assert Scale(scale=[1, 3]) != same
    assert Scale(scale=[1, 2, 3]) != same
    assert scale == copy.deepcopy(same) == pickle.loads(pickle.dumps(same)) == dataclasses.replace(same)


def test_matrices_in_any_form_are_equal() -> None:
    rows = [[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]]
    forms: list[Any] = [rows, np.array(rows), [np.array(row) for row in rows], tuple(map(tuple, rows))]
    for one in forms:
        assert all(Affine(affine=one) == Affine(affine=other) for other in forms)
        assert Affine(affine=one) != Affine(affine=[[1.0, 0.0, 2.0], [0.0, 1.0, 4.0]])
    assert Affine(affine=np.ones((1, 1))) != Affine(affine=[1])  # type: ignore[arg-type, list-item]  # the point of the test


def test_equality_is_that_of_dataclasses_otherwise() -> None:
    assert Scale(scale=[True]) == Scale(scale=[1])
    assert Scale(scale=[1]) != Translation(translation=[1])
    assert Scale(scale=[1]) != {"scale": [1]}
    assert Scale(scale=[1]).__eq__([1]) is NotImplemented
    nan = float("nan")
    assert Scale(scale=[nan]) == Scale(scale=[nan])
    assert Scale(scale=[nan]) != Scale(scale=[float("nan")])
    assert Axis(name="x", extra={"a": {"b": (1, 2)}}) == Axis(name="x", extra={"a": {"b": [1, 2]}})
    assert Axis(name="x", extra={"a": 1}) != Axis(name="x", extra={"b": 1})
    assert Axis(name="x", extra={"a": [1]}) != Axis(name="x", extra={"a": {"0": 1}})


@every_class
def test_objects_have_no_hash(kind: type[Model]) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(sample(kind))


def test_objects_deep_in_each_other_and_in_themselves_are_compared() -> None:
    def deep(last: float) -> Any:
        found: Any = Scale(scale=[last])
        for _ in range(5000):
            found = Sequence(transformations=[found])
        return found

    one, same, other = deep(1), deep(1), deep(2)
    assert one == same
    assert one != other
    first, second = Axis(name="x"), Axis(name="x")
    first.extra["self"], second.extra["self"] = first, second
    assert first == second


def test_objects_from_a_document_are_like_those_made_by_hand() -> None:
    parsed = parse(dump(image()), OmeZarr)
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


@pytest.mark.parametrize("module", ["zarr_spaces.ome_zarr.v0_6", "zarr_spaces.zarr_multiscales.v0_1_0"])
def test_types_of_attributes_can_be_looked_up(module: str) -> None:
    versions = importlib.import_module(module)
    classes: list[Any] = [found for name in versions.__all__ if inspect.isclass(found := getattr(versions, name))]
    assert len(classes) > 4
    for found in classes:
        assert set(typing.get_type_hints(found)) == {field.name for field in dataclasses.fields(found)}
