"""How users name spaces, and what they are told when a name leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from zarr_spaces import DimensionMismatch, Space, SpaceGraph, UnknownSpace
from zarr_spaces.errors import AmbiguousSpace


@pytest.fixture
def two(make: Any) -> SpaceGraph:
    graph: SpaceGraph = make.two_images()
    return graph


@pytest.fixture
def ambiguous(make: Any) -> SpaceGraph:
    first, second = make.multiscale(), make.multiscale(make.level("1", [1.0, 1.0]))
    graph: SpaceGraph = make.graph(make.image(first, second))
    return graph


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("stage", Space("", "stage")),
        ({"name": "stage"}, Space("", "stage")),
        ({"name": "stage", "path": ""}, Space("", "stage")),
        ({"name": "stage", "path": None}, Space("", "stage")),
        ({"path": "a", "name": "um"}, Space("a", "um", 0)),
        ({"path": "/a//", "name": "um"}, Space("a", "um", 0)),
        ({"path": "a/2"}, Space("a/2")),
        ({"path": "a/2", "name": None}, Space("a/2")),
        (Space("a", "um", 0), Space("a", "um", 0)),
        (Space("b/0"), Space("b/0")),
    ],
)
def test_a_space_is_found_by(two: SpaceGraph, asked: Any, found: Space) -> None:
    assert two.find(asked) == found


def test_zero_is_a_legal_name_of_a_system(make: Any) -> None:
    level = make.level("0", [1.0, 1.0], into="0")
    graph = make.graph(make.image(make.multiscale(level, systems=("0",))))
    assert graph.find("0") == Space("", "0", 0)
    assert graph.find({"path": "0"}) == Space("0")


def test_the_index_of_the_image_decides_between_equal_names(ambiguous: SpaceGraph) -> None:
    assert ambiguous.find({"name": "um", "multiscale": 1}) == Space("", "um", 1)
    assert ambiguous.find(Space("", "um", 1)) == Space("", "um", 1)


def hint(graph: SpaceGraph, asked: Any) -> str:
    with pytest.raises(UnknownSpace) as caught:
        graph.find(asked)
    return caught.value.hint or ""


def test_an_ambiguous_name_asks_for_the_index(ambiguous: SpaceGraph) -> None:
    with pytest.raises(AmbiguousSpace, match="multiscale") as caught:
        ambiguous.find("um")
    assert caught.value.images == (0, 1)


def test_a_name_of_the_scene_and_of_an_image_beside_it_is_ambiguous(make: Any) -> None:
    document = make.image(make.multiscale())
    document["ome"] |= make.scene({"um": 2}, make.link("um", "um"))["ome"]
    graph = make.graph(document)
    with pytest.raises(AmbiguousSpace) as caught:
        graph.find("um")
    assert set(caught.value.images) == {0, None}
    assert graph.find({"name": "um", "multiscale": 0}) == Space("", "um", 0)
    assert graph.find({"name": "um", "multiscale": None}) == Space("", "um")


def test_a_wrong_index_of_an_image_gets_a_hint(ambiguous: SpaceGraph) -> None:
    assert hint(ambiguous, {"name": "um", "multiscale": 7})


def test_the_name_of_an_array_gets_the_mapping_to_write(make: Any) -> None:
    assert '{"path": "0"}' in hint(make.graph(make.image(make.multiscale())), "0")


def test_the_path_of_an_image_gets_the_names_of_its_systems(two: SpaceGraph) -> None:
    assert "um" in hint(two, {"path": "a"})


def test_a_name_of_another_node_gets_the_nodes_that_have_it(two: SpaceGraph) -> None:
    told = hint(two, "um")
    assert "'a'" in told
    assert "'b'" in told


def test_the_known_spaces_are_listed(two: SpaceGraph) -> None:
    with pytest.raises(UnknownSpace) as caught:
        two.find("nowhere")
    assert set(caught.value.known) == {str(space) for space in two.spaces}


def test_the_word_array_is_not_doubled(two: SpaceGraph) -> None:
    with pytest.raises(UnknownSpace) as caught:
        two.find({"path": "a/9"})
    assert "array array" not in str(caught.value)


@pytest.mark.parametrize(
    "asked",
    [
        None,
        7,
        b"stage",
        ["stage"],
        {},
        {"path": ""},
        {"path": 3},
        {"name": 3},
        {"nam": "stage"},
        {"name": "stage", 1: 2},
        {"name": "stage", "multiscale": "0"},
        {"name": "um", "path": "a", "multiscale": [0]},
        {"name": "um", "path": "a", "multiscale": {}},
    ],
    ids=repr,
)
def test_what_names_no_space_is_an_unknown_space(two: SpaceGraph, asked: Any) -> None:
    with pytest.raises(UnknownSpace):
        two.find(asked)


def test_a_space_without_its_image_is_found_where_there_is_one_of_its_name(make: Any) -> None:
    graph = make.graph(make.image(make.multiscale()))
    assert graph.find(Space("", "um")) == Space("", "um", 0)
    two = make.graph(make.image(make.multiscale(), make.multiscale()))
    with pytest.raises(AmbiguousSpace):
        two.find(Space("", "um"))


def test_points_of_different_lengths_are_refused(make: Any) -> None:
    graph = make.graph(make.image(make.multiscale()))
    with pytest.raises(DimensionMismatch, match="expected 2, got various"):
        graph.transform({"path": "0"}, "um", [[1, 2], [3]])


def test_what_leads_nowhere_is_told_where_its_end_is_asked_for(make: Any) -> None:
    proj = {"version": "0.1", "code": "EPSG:32633", "transform": [10, 0, 0, 0, -10, 0]}
    levels = [{"group": "0"}, {"group": "1", "scale": [1, 2, 2]}]
    graph = make.graph({"multiscales": {"version": "0.1.0", "layout": levels}, "geo": {"proj": proj}})
    with pytest.raises(UnknownSpace, match="the names of the dimensions do not tell which are y and x"):
        graph.find("EPSG:32633")
