"""From pixels of one image to pixels of another, with numbers worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from zarr_spaces import DimensionMismatch, SpaceGraph

COARSE, FINE = {"path": "a/2"}, {"path": "b/0"}
# (2, 3) of a/2: *(2, 1) + (0.75, 0.375) = (4.75, 3.375) um of a; + (10, 20) = (14.75, 23.375) on the stage;
# / (2, 4) = (7.375, 5.84375) um of b; / 0.5 = (14.75, 11.6875) pixels of b/0.
MAPPED = [14.75, 11.6875]


@pytest.fixture
def graph(make: Any) -> SpaceGraph:
    built: SpaceGraph = make.two_images()
    return built


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"path": "a", "name": "um"}, [4.75, 3.375]),
        ("stage", [14.75, 23.375]),
        ({"path": "b", "name": "um"}, [7.375, 5.84375]),
        (FINE, MAPPED),
        ({"path": "a/0"}, [9.5, 13.5]),
    ],
)
def test_a_coarse_pixel_maps_to(graph: SpaceGraph, target: Any, expected: list[float]) -> None:
    assert graph.transform(COARSE, target, [[2, 3]]).tolist() == [expected]


def test_centres_of_coarse_pixels_lie_between_fine_ones(graph: SpaceGraph) -> None:
    assert graph.transform({"path": "a/1"}, {"path": "a/0"}, [[0, 0], [1, 1]]).tolist() == [[0.5, 0.5], [2.5, 2.5]]


def test_the_way_back_gives_the_pixel_again(graph: SpaceGraph) -> None:
    assert graph.transform(FINE, COARSE, [MAPPED]).tolist() == [[2, 3]]


def test_one_point_stays_one_point(graph: SpaceGraph) -> None:
    assert graph.transform(COARSE, FINE, [2, 3]).tolist() == MAPPED
    assert graph.transform(COARSE, FINE, np.array([2, 3], dtype=np.int16)).tolist() == MAPPED


def test_no_points_stay_no_points(graph: SpaceGraph) -> None:
    assert graph.transform(COARSE, FINE, np.empty((0, 2))).shape == (0, 2)


def test_points_are_left_alone(graph: SpaceGraph) -> None:
    points = np.array([[2.0, 3.0]])
    graph.transform(COARSE, FINE, points)
    assert points.tolist() == [[2, 3]]


def test_out_is_filled_and_returned(graph: SpaceGraph) -> None:
    out = np.full((1, 2), np.nan)
    assert graph.transform(COARSE, FINE, [[2, 3]], out) is out
    assert out.tolist() == [MAPPED]


def test_out_may_be_the_points(graph: SpaceGraph) -> None:
    points = np.array([[2.0, 3.0]])
    graph.transform(COARSE, FINE, points, out=points)
    assert points.tolist() == [MAPPED]


@pytest.mark.parametrize("points", [[[1, 2, 3]], [1], 5])
def test_points_of_another_size_are_a_dimension_mismatch(graph: SpaceGraph, points: Any) -> None:
    with pytest.raises(DimensionMismatch):
        graph.transform(COARSE, FINE, points)


def test_explain_tells_every_hop(graph: SpaceGraph) -> None:
    at = "/ome/multiscales/0/datasets"
    assert graph.explain(COARSE, FINE).splitlines() == [
        "array 'a/2' -> array 'b/0': 4 hops",
        f"  1. array 'a/2' -> 'um' of 'a': sequence, as declared ('a' {at}/2/coordinateTransformations/0)",
        "  2. 'um' of 'a' -> 'stage': translation, as declared (/ome/scene/coordinateTransformations/0)",
        "  3. 'stage' -> 'um' of 'b': scale 'b on the stage', closed-form inverse"
        " (/ome/scene/coordinateTransformations/1)",
        f"  4. 'um' of 'b' -> array 'b/0': scale, closed-form inverse ('b' {at}/0/coordinateTransformations/0)",
    ]


def test_the_inverse_of_a_bijection_is_the_declared_one(make: Any) -> None:
    parts = {
        part: {"type": "translation", "translation": [move]} for part, move in (("forward", 3.0), ("inverse", -2.0))
    }
    graph = make.graph(make.scene({"a": 1, "b": 1}, make.link("a", "b", "bijection", **parts)))
    assert graph.transform("a", "b", [[0]]).tolist() == [[3]]
    assert graph.transform("b", "a", [[0]]).tolist() == [[-2]]
    assert "bijection, declared inverse" in graph.explain("b", "a")
    assert "bijection, as declared" in graph.explain("a", "b")


def test_the_inverse_of_a_bijection_inside_a_sequence_is_not_called_closed_form(make: Any) -> None:
    parts = {
        part: {"type": "translation", "translation": [move]} for part, move in (("forward", 3.0), ("inverse", -2.0))
    }
    graph = make.graph(
        make.scene({"a": 1, "b": 1}, make.link("a", "b", "sequence", transformations=[{"type": "bijection", **parts}]))
    )
    assert graph.transform("b", "a", [[0]]).tolist() == [[-2]]
    assert "closed-form inverse" not in graph.explain("b", "a")


def test_the_hops_of_a_route_say_the_same_as_json(graph: SpaceGraph) -> None:
    told = json.loads(json.dumps(graph.route(COARSE, FINE).as_json()))
    assert [hop["inverted"] for hop in told["hops"]] == [False, False, True, True]
    assert told["hops"][2]["name"] == "b on the stage"
    point = np.array(told["matrix"]) @ [2, 3] + told["offset"]
    assert point.tolist() == MAPPED


def test_json_names_a_space_so_that_it_is_found_again(make: Any) -> None:
    graph = make.graph(make.image(make.multiscale(), make.multiscale(make.level("1", [1.0, 1.0]))))
    target = graph.route({"path": "1"}, {"name": "um", "multiscale": 1}).as_json()["target"]
    assert graph.find(target).multiscale == 1
