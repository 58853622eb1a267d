"""Wells: their fields of view."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.groups import Groups, found, hints, image, places, well

EXIST = "field-images-exist"


def test_each_field_of_view_is_listed_once() -> None:
    document = well(("0", 0), ("1", 0), ("0", 1), ("0", 2))
    assert places(document, "field-paths-unique") == ["/well/images/2/path", "/well/images/3/path"]
    assert places(well("a", "A"), "field-paths-unique") == []  # paths are case-sensitive


def test_every_field_of_view_is_an_image() -> None:
    nodes = Groups({"0": image(), "1": {}, "3": image()}, {"2": {"shape": [4, 4]}})
    assert found(well("0", "1", "2", "3", "4"), EXIST, nodes) == [
        ("/well/images/1/path", "the group at '1' has no multiscales, so it is no image"),
        ("/well/images/2/path", "no readable Zarr group at '2'"),
        ("/well/images/4/path", "no readable Zarr group at '4'"),
    ]
    assert hints(well("2", "33"), EXIST, nodes) == ["it is an array; a group is needed", "did you mean '3'?"]


def test_missing_image_that_is_listed_twice_is_missing_once() -> None:
    assert places(well(("5", 0), ("5", 1)), EXIST, Groups({})) == ["/well/images/0/path"]


@pytest.mark.parametrize("attributes", [{"ome": {"multiscales": 5}}, {"ome": {"multiscales": []}}])
def test_broken_images_are_left_to_their_own_documents(attributes: dict[str, Any]) -> None:
    assert places(well("0"), EXIST, Groups({"0": attributes})) == []


@pytest.mark.parametrize("attributes", [{}, {"ome": 5}, {"ome": {}}, {"ome": {"multiscales": None}}])
def test_what_says_nothing_of_an_image_is_none(attributes: dict[str, Any]) -> None:
    assert places(well("0"), EXIST, Groups({"0": attributes})) == ["/well/images/0/path"]
