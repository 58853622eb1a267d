"""Scenes: where images lie, in the least expressive words."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest
import zarr

from zarr_spaces import InvalidDocument, check, dump, open_store
from zarr_spaces.build import coordinate_system, image, scene
from zarr_spaces.ome_zarr.v0_6 import (
    Affine,
    Axis,
    ByDimension,
    ByDimensionItem,
    Identity,
    Reference,
    Scale,
    Translation,
)
from zarr_spaces.store.write import write

COS, SIN = math.cos(0.3), math.sin(0.3)


def placed(placement: Any, axes: str = "yx") -> dict[str, Any]:
    """Return how an image is placed, as JSON, its ends left out."""
    document = scene("world", axes, units="micrometer", images={"a": placement})
    assert check(document, strict=True).findings == ()
    (item,) = dump(document)["ome"]["scene"]["coordinateTransformations"]
    assert item.pop("input") == {"path": "a", "name": "physical"}
    assert item.pop("output") == {"name": "world"}
    result: dict[str, Any] = item
    return result


def sequence(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "sequence", "transformations": list(steps)}


MOVED = {"type": "translation", "translation": [5.0, 6.0]}
SWAPPED = {"type": "mapAxis", "mapAxis": [1, 0]}
TURNED = {"type": "rotation", "rotation": [[COS, -SIN], [SIN, COS]]}


@pytest.mark.parametrize(
    ("placement", "expected"),
    [
        ([5, 6], MOVED),
        ((0, 0.0), {"type": "identity"}),
        (np.array([5, 6]), MOVED),
        ([[1, 0, 0], [0, 1, 0]], {"type": "identity"}),
        ([[1, 0, 5], [0, 1, 6]], MOVED),
        (np.array([[1, 0, 5], [0, 1, 6]]), MOVED),
        ([np.array([1, 0, 5]), np.array([0, 1, 6])], MOVED),
        ([[2, 0, 0], [0, 3, 0]], {"type": "scale", "scale": [2.0, 3.0]}),
        ([[2, 0, 5], [0, 3, 6]], sequence({"type": "scale", "scale": [2.0, 3.0]}, MOVED)),
        ([[0, 1, 0], [1, 0, 0]], SWAPPED),
        ([[0, 2, 5], [1, 0, 6]], sequence(SWAPPED, {"type": "scale", "scale": [2.0, 1.0]}, MOVED)),
        ([[0, 1, 0, 0], [0, 0, 1, 0]], {"type": "projectAxis", "droppedInputs": [0]}),
        ([[COS, -SIN, 0], [SIN, COS, 0]], TURNED),
        ([[COS, -SIN, 5], [SIN, COS, 6]], sequence(TURNED, MOVED)),
        ([[-1, 0, 0], [0, -1, 0]], {"type": "rotation", "rotation": [[-1.0, 0.0], [0.0, -1.0]]}),
        ([[-1, 0, 0], [0, 1, 0]], {"type": "affine", "affine": [[-1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]}),
        ([[1, 1, 5], [0, 1, 6]], {"type": "affine", "affine": [[1.0, 1.0, 5.0], [0.0, 1.0, 6.0]]}),
    ],
    ids=repr,
)  # fmt: skip
def test_the_least_expressive_transformation_is_written(placement: Any, expected: dict[str, Any]) -> None:
    assert placed(placement) == expected


def test_a_scale_stands_behind_or_before_a_rotation() -> None:
    behind = placed([[2 * COS, -2 * SIN, 0], [3 * SIN, 3 * COS, 0]])
    assert [step["type"] for step in behind["transformations"]] == ["rotation", "scale"]
    assert behind["transformations"][1]["scale"] == pytest.approx([2, 3])
    before = placed([[2 * COS, -3 * SIN, 0], [2 * SIN, 3 * COS, 0]])
    assert [step["type"] for step in before["transformations"]] == ["scale", "rotation"]
    assert before["transformations"][0]["scale"] == pytest.approx([2, 3])


def test_a_matrix_without_its_translation_is_not_taken_for_one_of_a_flat_image() -> None:
    rows: list[list[float]] = [[0.0, 0.0, 7.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    with pytest.raises(ValueError, match=r"put the translation behind it .* for an image of 2 axes write Affine"):
        placed(rows, "zyx")
    assert placed(Affine(affine=rows), "zyx") == {"type": "affine", "affine": rows}


def test_transformations_are_copied_and_get_their_ends() -> None:
    by_dimension = ByDimension(
        transformations=[
            ByDimensionItem(input_axes=[index], output_axes=[index], transformation=Translation(translation=[index]))
            for index in (0, 1)
        ]
    )
    before = copy.deepcopy(by_dimension)
    images: dict[Any, Any] = {
        ("a", "stage"): by_dimension,
        "b": Identity(),
        "c": Scale(scale=[1.0, 2.0], output=Reference(name="world")),
    }
    document = scene("world", "yx", units="meter", images=images)
    assert by_dimension == before
    assert document.ome.scene is not None
    ends = [(item.input, item.output) for item in document.ome.scene.coordinate_transformations]
    assert ends == [
        (Reference(path="a", name="stage"), Reference(name="world")),
        (Reference(path="b", name="physical"), Reference(name="world")),
        (Reference(path="c", name="physical"), Reference(name="world")),
    ]


def test_further_systems_follow_the_first() -> None:
    link = Translation(translation=[1, 2], input=Reference(name="world"), output=Reference(name="atlas"))
    atlas = coordinate_system("atlas", "yx", "meter")
    document = scene("world", "yx", units="meter", images={"a": [1, 2]}, systems=[atlas], transformations=[link])
    assert check(document, strict=True).findings == ()
    assert document.ome.scene is not None
    assert [system.name for system in document.ome.scene.coordinate_systems or ()] == ["world", "atlas"]


def test_typed_objects_keep_no_arrays() -> None:
    images: dict[Any, Any] = {
        np.str_("a"): Scale(scale=np.array([1.0, 2.0])),  # type: ignore[arg-type]
        "b": Affine(affine=np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 0.0]])),  # type: ignore[arg-type]
        "c": ByDimension(
            transformations=(  # type: ignore[arg-type]
                ByDimensionItem(input_axes=(0,), output_axes=(1,), transformation=Translation(translation=(1,))),  # type: ignore[arg-type]
                ByDimensionItem(input_axes=[1], output_axes=[0], transformation=Translation(translation=[1])),
            )
        ),
        "d": np.array([1, 2]),
    }
    document = scene(np.str_("world"), "yx", units="meter", images=images)
    text = repr(document)
    assert "array" not in text
    assert "np." not in text
    assert "(1,)" not in text
    assert document.ome.scene is not None
    scale = document.ome.scene.coordinate_transformations[0]
    assert isinstance(scale, Scale)
    assert scale.scale == [1.0, 2.0]
    assert isinstance(images["a"].scale, np.ndarray)


def test_further_systems_and_transformations_are_typed() -> None:
    words: Any = {"units": "meter", "images": {"a": [1, 2]}}
    with pytest.raises(TypeError, match=r"systems\[0\]: typed coordinate systems are needed, not 'stage'"):
        scene("world", "yx", **words, systems=["stage"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"transformations\[0\]: typed transformations are needed, not a Axis"):
        scene("world", "yx", **words, transformations=[Axis(name="x")])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="name: a coordinate system needs a name"):
        scene("", "yx", **words)
    with pytest.raises(ValueError, match="axes: at least one name is needed"):
        scene("world", "", **words)


PLACED: dict[str, Any] = {"a": [10, 0], "b": [[0, -1, 5], [1, 0, 0]]}


def test_a_whole_store_is_built_checked_and_crossed(tmp_path: Any) -> None:
    root = zarr.create_group(tmp_path / "two.zarr")
    write(scene("world", "yx", units="micrometer", images=PLACED), root)
    for name in "ab":
        group = root.create_group(name)
        group.create_array("0", shape=(8, 8), dtype="uint8", dimension_names=["y", "x"])
        write(image("yx", name=name, pixel_size=0.5, units="micrometer"), group)
    store = open_store(tmp_path / "two.zarr")
    assert store.check(strict=True).findings == ()
    assert store.transform({"path": "a/0"}, {"path": "b/0"}, [[0, 0]]).tolist() == [[0, -10]]


def test_only_what_is_handed_over_may_bring_warnings() -> None:
    needless = Affine(affine=[[1, 0, 0], [0, 1, 0]])
    report = check(scene("world", "yx", units="meter", images={"a": needless}))
    assert [finding.rule for finding in report] == ["affine-needed"]
    with pytest.raises(InvalidDocument, match="scene-axes-published"):
        scene("world", "tx", units={"time": "second", "space": "meter"}, images={"a": [0, 0]})
    with pytest.raises(InvalidDocument, match="paths-plain"):
        scene("world", "yx", units="meter", images={"a/": [0, 0]})


@pytest.mark.parametrize(
    ("placement", "message"),
    [
        ([1, 2, 3], r"images\['a'\]: 3 numbers for 2 axes: a translation has one for each"),
        ([], r"images\['a'\]: 0 numbers for 2 axes"),
        ([[1, 0], [0, 1]], r"images\['a'\]: a matrix of 2 rows and 2 columns: .* with the translation"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], r"images\['a'\]: leave out the last row of the matrix, \[0, 0, 1\]"),
        ([[1, 0, 0]], r"images\['a'\]: a matrix of 1 rows and 3 columns: one row is needed for each of the 2 axes"),
        ([[1], [2]], r"images\['a'\]: a matrix of 2 rows and 1 columns"),
        ([[1, 0, 0], [0, 1]], r"images\['a'\]: the rows of the matrix have different lengths"),
        ([[1, 1, 0], [1, 1, 0]], r"images\['a'\]: the matrix is singular"),
        ([[0, 0, 0], [0, 1, 0]], r"images\['a'\]: the matrix is singular"),
        ([float("nan"), 0], r"images\['a'\]: nan is no number"),
        (Identity(input=Reference(path="b", name="c")), r"its input is path 'b', name 'c' already, and should be"),
        (Identity(output=Reference(name="stage")), r"images\['a'\]: its output is name 'stage' already, and"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_clear_is_refused(placement: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scene("world", "yx", units="meter", images={"a": placement})


@pytest.mark.parametrize(
    ("images", "message"),
    [
        ({"a": "x"}, r"images\['a'\]: a translation, a matrix or a transformation is needed, not 'x'"),
        ({"a": None}, r"images\['a'\]: a translation"),
        ({"a": 3}, r"images\['a'\]: a translation"),
        ({"a": {"x": 1}}, r"images\['a'\]: a translation, .* not a dict"),
        ({"a": Axis(name="x")}, r"images\['a'\]: a translation, .* not a Axis"),
        ({"a": {1, 2}}, r"images\['a'\]: a translation, .* not a set"),
        ({"a": np.ma.array([1, 2], mask=[False, True])}, r"images\['a'\]: a number is needed, not null"),
        ({"a": [1, "x"]}, r"images\['a'\]: a number is needed"),
        ({"a": [[1, 0, 0], 3]}, r"images\['a'\]: a row of numbers is needed, not 3"),
        ({3: [0, 0]}, "images: the key 3 is neither a path nor a path and the name of a coordinate system"),
        ({("a", "b", "c"): [0, 0]}, "images: the key .* is neither"),
        (["a"], "images: paths with their placements are needed"),
    ],
    ids=repr,
)
def test_what_is_of_another_kind_is_refused(images: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        scene("world", "yx", units="meter", images=images)


def test_a_scene_places_something() -> None:
    with pytest.raises(ValueError, match="images: a scene places at least one image"):
        scene("world", "yx", units="meter", images={})
