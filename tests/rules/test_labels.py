"""Label images: alone, from the labels group, and from the image that they label."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.rules.groups import Groups, found, image, label, ome, places
from zarr_spaces import Level, check


def labels(*paths: str) -> dict[str, Any]:
    return ome(labels=list(paths))


def test_label_values_have_one_entry_in_each_list() -> None:
    rule = "label-values-unique"
    twice = [{"label-value": 1}, {"label-value": 2}, {"label-value": 1.0, "rgba": [0, 0, 0, 0]}]
    once = twice[:2]
    assert places(label(colors=once, properties=once), rule) == []
    assert places(label(colors=twice, properties=once), rule) == ["/image-label/colors/2/label-value"]
    assert places(label(colors=once, properties=twice), rule) == ["/image-label/properties/2/label-value"]


def test_label_image_is_an_image() -> None:
    rule = "image-label-on-image"
    assert places(label(), rule) == places(image(), rule) == []
    assert places(ome(**{"image-label": {"colors": [{"label-value": 1}]}}), rule) == ["/image-label"]


def test_colors_are_asked_for() -> None:
    assert places(image(**{"image-label": {}}), "label-colors-given") == ["/image-label"]


@pytest.mark.parametrize(
    ("paths", "wrong"),
    [
        ([], []),
        (["a", "b", "a/b"], []),
        (["a", "b", "a"], ["/labels/2"]),
        (["a", "a/"], ["/labels/1"]),
        (["a/b", "./a//b"], ["/labels/1"]),
        (["", ""], []),  # another rule says that such a path leads nowhere
    ],
)
def test_each_label_image_is_listed_once(paths: list[str], wrong: list[str]) -> None:
    assert places(labels(*paths), "label-paths-unique") == wrong


class TestFromTheLabelsGroup:
    """Rules that start at the list."""

    def test_listed_paths_lead_to_images(self) -> None:
        nodes = Groups({"a": label(), "b": {}, "deep": {}, "deep/c": label()})
        assert found(labels("a", "b", "deep/c", "deep/d", "deep", "../x"), "listed-labels-exist", nodes) == [
            ("/labels/1", "the group at 'b' has no multiscales, so it is no image"),
            ("/labels/3", "no readable Zarr group at 'deep/d'"),
            ("/labels/4", "the group at 'deep' has no multiscales, so it is no image"),
        ]

    def test_image_label_is_asked_for(self) -> None:
        nodes = Groups({"a": label(), "b": image()})
        assert places(labels("a", "b", "c"), "listed-labels-have-image-label", nodes) == ["/labels/1"]

    def test_images_that_are_not_listed(self) -> None:
        rule = "label-images-listed"
        nodes = Groups({"a": label(), "b": label(), "deep": {}, "deep/c": image(), "a/inner": image()})
        assert found(labels("a"), rule, nodes) == [
            ("/labels", "not listed, yet an image below this group: 'b', 'deep/c'"),
        ]
        assert places(labels("a", "./b/", "deep/c"), rule, nodes) == []
        assert places(labels(), rule, Groups({"folder": {}})) == []

    def test_a_wrong_path_is_not_reported_as_an_image_left_out_as_well(self) -> None:
        nodes = Groups({"cells": label()})
        report = check(labels("cell"), level=Level.HIERARCHY, nodes=nodes)
        assert [(finding.rule, finding.hint) for finding in report] == [
            ("listed-labels-exist", "did you mean 'cells'?"),
        ]

    def test_search_is_bounded(self) -> None:
        groups = {f"g{index}": dict[str, Any]() for index in range(5000)}
        nodes = Groups({**groups, "a/b/c/d/e/f": label()})
        assert places(labels(), "label-images-listed", nodes) == []
        assert nodes.asked < 5000

    def test_groups_between_have_no_metadata(self) -> None:
        rule = "label-folders-plain"
        nodes = Groups({"x": {"note": 1}, "x/y": labels("z"), "x/y/z": label(), "x/y/w": label()})
        assert found(labels("x/y/z", "x/y/w"), rule, nodes) == [
            ("/labels/0", "the group 'x/y', through which 'x/y/z' leads, has OME-Zarr metadata"),
        ]
        assert places(labels("p/q"), rule, Groups({"p/q": label()})) == []  # a folder that is no node

    def test_long_paths_cost_little(self) -> None:
        begin = time.perf_counter()
        check(labels(*(f"{index}" + "/a" * 3000 for index in range(100))), level=Level.HIERARCHY, nodes=Groups({}))
        assert time.perf_counter() - begin < 5  # seconds


class TestFromTheImage:
    """Rules that start at the image above."""

    def nodes(self, **others: dict[str, Any]) -> Groups:
        listed = {"labels": labels(*others)}
        return Groups(listed | {f"labels/{path}": attributes for path, attributes in others.items()})

    def test_labels_group_stands_in_an_image(self) -> None:
        rule = "labels-beside-levels"
        nodes = self.nodes(a=label())
        assert places(image(), rule, nodes) == []
        assert places(ome(**{"bioformats2raw.layout": 3}), rule, nodes) == [""]
        assert places(ome(**{"bioformats2raw.layout": 3}), rule, Groups({"labels": image()})) == []

    def test_labels_group_has_its_list(self) -> None:
        rule = "labels-group-lists"
        assert places(image(), rule, self.nodes()) == []
        assert places(image(), rule, Groups({})) == []
        assert places(image(), rule, Groups({"labels": {}})) == ["/multiscales"]
        assert places(image(), rule, Groups({}, {"labels": {"shape": [1, 1]}})) == []

    def test_label_image_has_as_many_levels(self) -> None:
        rule = "label-levels-match"
        nodes = self.nodes(a=label("0", "1"), b=label("0"), c=label("0", "1", "2"), d={}, e=ome(multiscales=[5]))
        assert found(image("0", "1"), rule, nodes) == [
            ("/multiscales/0/datasets", "the image has 2 levels, its label image at 'labels/b' has 1"),
            ("/multiscales/0/datasets", "the image has 2 levels, its label image at 'labels/c' has 3"),
        ]

    def test_label_image_of_another_image_may_have_other_levels(self) -> None:
        rule = "label-levels-match"
        here = self.nodes(a=label("0", source={"image": "../.."}))
        assert places(image("0", "1"), rule, here) == ["/multiscales/0/datasets"]
        elsewhere = self.nodes(a=label("0", source={"image": "../../../other"}))
        assert places(image("0", "1"), rule, elsewhere) == []

    @pytest.mark.parametrize(
        ("source", "target"),
        [
            ("../../", None),
            ("../..", None),
            ("./../../", None),
            ("../../labels/../", None),
            ("../../../", None),  # beyond what can be seen
            ("../../../other", None),
            ("../b", None),  # another label image is an image
            ("../", "labels"),
            ("../missing", "labels/missing"),
            ("../../raw", "raw"),
            ("0", "labels/a/0"),
        ],
    )
    def test_source_leads_to_an_image(self, source: str, target: str | None) -> None:
        nodes = self.nodes(a=label(source={"image": source}), b=label())
        message = f"the source {source!r} of the label image at 'labels/a' leads to {target!r}: no image"
        expected = [] if target is None else [("/multiscales", message)]
        assert found(image(), "label-source-is-image", nodes) == expected

    def test_source_that_is_not_given_is_the_image_at_any_depth(self) -> None:
        nodes = Groups({"labels": labels("x/a"), "labels/x": {}, "labels/x/a": label()})
        assert places(image(), "label-source-is-image", nodes) == []
        assert places(image("0", "1"), "label-levels-match", nodes) == ["/multiscales/0/datasets"]

    @pytest.mark.parametrize("listed", [5, {}, [5, None], ["", "..", "a/../b"]])
    def test_broken_lists_are_left_to_their_own_documents(self, listed: Any) -> None:
        nodes = Groups({"labels": ome(labels=listed)})
        assert check(image(), level=Level.ARRAYS, nodes=nodes).valid is False  # the array is missing, nothing else
        for rule in ("label-levels-match", "label-source-is-image", "labels-group-lists"):
            assert places(image(), rule, nodes) == []


class TestPixels:
    """The data types of label images."""

    rule = "label-pixels-are-integers"

    @pytest.mark.parametrize("size", [8, 16, 32, 64])
    @pytest.mark.parametrize("kind", ["int", "uint"])
    def test_integers(self, kind: str, size: int) -> None:
        nodes = Groups({}, {"0": {"shape": [4, 4], "data_type": f"{kind}{size}"}})
        assert places(label(), self.rule, nodes, Level.ARRAYS) == []

    @pytest.mark.parametrize("data_type", ["float32", "bool", "uint128", {"name": "numpy.datetime64"}, ["uint8"]])
    def test_other_types(self, data_type: Any) -> None:
        nodes = Groups({}, {"0": {"shape": [4, 4], "data_type": data_type}})
        assert places(label(), self.rule, nodes, Level.ARRAYS) == ["/multiscales/0/datasets/0/path"]
        assert places(image(), self.rule, nodes, Level.ARRAYS) == []

    def test_extension_form_of_a_core_type(self) -> None:
        nodes = Groups({}, {"0": {"shape": [4, 4], "data_type": {"name": "uint8"}}})
        assert places(label(), self.rule, nodes, Level.ARRAYS) == []

    def test_first_wrong_array_stands_for_its_image(self) -> None:
        arrays = {str(index): {"shape": [4, 4], "data_type": "float32"} for index in range(3)}
        assert places(label("0", "1", "2"), self.rule, Groups({}, arrays), Level.ARRAYS) == [
            "/multiscales/0/datasets/0/path"
        ]

    def test_listed_image_without_image_label_is_looked_at_from_the_list(self) -> None:
        arrays = {f"{path}/0": {"shape": [4, 4], "data_type": "float64"} for path in "ab"}
        nodes = Groups({"a": label(), "b": image()}, arrays)
        assert found(labels("a", "b"), self.rule, nodes, Level.ARRAYS) == [
            ("/labels/1", "the array at 'b/0' has the data type 'float64'"),
        ]
