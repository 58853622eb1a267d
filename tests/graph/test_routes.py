"""Which way is taken, and what happens where there is none."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from zarr_spaces import Detour, DimensionMismatch, NoRoute, NotInvertible, UnsupportedTransformation, ZarrSpacesError

if TYPE_CHECKING:
    from zarr_spaces import SpaceGraph

FIELD = {"kind": "displacements", "path": "field"}
FLAT = {"kind": "scale", "scale": [1.0, 0.0]}  # maps, but has no inverse
LONG = {"kind": "scale", "scale": [1.0, 1.0, 1.0]}  # does not fit two axes


def taken(graph: SpaceGraph, source: Any, target: Any) -> list[tuple[Any, bool]]:
    """List place of declaration and direction of each hop."""
    return [(hop.edge.pointer[-1], hop.inverted) for hop in graph.route(source, target).hops]


def scene(make: Any, *links: Any, **sizes: int) -> SpaceGraph:
    systems = dict.fromkeys("abcd", 2) | sizes
    graph: SpaceGraph = make.graph(make.scene(systems, *links))
    return graph


def test_fewest_edges_win_over_document_order(make: Any) -> None:
    graph = scene(make, make.link("a", "b"), make.link("b", "c"), make.link("a", "c"))
    assert taken(graph, "a", "c") == [(2, False)]


def test_one_inverted_step_is_shorter_than_two_forward_ones(make: Any) -> None:
    graph = scene(make, make.link("a", "b"), make.link("b", "c"), make.link("c", "a"))
    assert taken(graph, "a", "c") == [(2, True)]


def test_forward_comes_before_inverted_whatever_is_declared_first(make: Any) -> None:
    graph = scene(make, make.link("b", "a"), make.link("a", "b"))
    assert taken(graph, "a", "b") == [(1, False)]
    assert taken(graph, "b", "a") == [(0, False)]


def test_the_first_difference_decides_forward_before_inverted(make: Any) -> None:
    graph = scene(make, make.link("b", "a"), make.link("b", "d"), make.link("a", "c"), make.link("d", "c"))
    assert taken(graph, "a", "d") == [(2, False), (3, True)]


def test_of_parallel_transformations_the_first_declared_is_taken(make: Any) -> None:
    links = [make.link("a", "b", "scale", scale=[factor, factor]) for factor in (2.0, 3.0)]
    assert scene(make, *links).transform("a", "b", [[1, 1]]).tolist() == [[2, 2]]
    assert scene(make, *links[::-1]).transform("a", "b", [[1, 1]]).tolist() == [[3, 3]]


def test_document_order_decides_between_inverted_steps_too(make: Any) -> None:
    graph = scene(make, make.link("b", "a"), make.link("c", "a"), make.link("c", "d"), make.link("b", "d"))
    assert taken(graph, "a", "d") == [(0, True), (3, False)]


def test_document_order_counts_from_the_source(make: Any) -> None:
    # The steps into d are declared in the opposite order of the steps out of a.
    graph = scene(make, make.link("c", "d"), make.link("b", "d"), make.link("a", "b"), make.link("a", "c"))
    assert taken(graph, "a", "d") == [(2, False), (1, False)]


def test_the_way_to_the_space_itself_has_no_hop(make: Any) -> None:
    graph = scene(make, make.link("a", "b"), make.link("a", "a", "scale", scale=[2.0, 2.0]))
    assert graph.route("a", "a").hops == ()
    assert graph.transform("a", "a", [[1, 2]]).tolist() == [[1, 2]]


@pytest.mark.parametrize("blocked", [FIELD, LONG, {"kind": "wobble"}], ids=["field", "wrong size", "opaque"])
def test_what_cannot_be_executed_is_avoided(make: Any, blocked: dict[str, Any]) -> None:
    graph = scene(make, make.link("a", "c", **blocked), make.link("a", "b"), make.link("b", "c"))
    assert taken(graph, "a", "c") == [(1, False), (2, False)]


def test_what_has_no_inverse_is_avoided_backwards_only(make: Any) -> None:
    graph = scene(make, make.link("a", "c", **FLAT), make.link("a", "b"), make.link("b", "c"))
    assert taken(graph, "a", "c") == [(0, False)]
    assert taken(graph, "c", "a") == [(2, True), (1, True)]


def test_a_parallel_transformation_stands_in(make: Any) -> None:
    graph = scene(make, make.link("a", "b", **FIELD), make.link("a", "b"))
    assert taken(graph, "a", "b") == [(1, False)]


def test_a_dropped_axis_comes_back_by_another_way(make: Any) -> None:
    graph = scene(
        make,
        make.link("a", "b", "projectAxis", droppedInputs=[0]),
        make.link("c", "a", "projectAxis", createdOutputs=[0]),
        make.link("b", "c"),
        a=3,
    )
    assert taken(graph, "b", "a") == [(2, False), (1, False)]


def test_two_blocked_ways_leave_the_third(make: Any) -> None:
    graph = scene(
        make,
        make.link("a", "d", **FIELD),
        make.link("a", "b"),
        make.link("b", "d", **LONG),
        make.link("a", "c"),
        make.link("b", "c"),
        make.link("c", "d"),
    )
    assert taken(graph, "a", "d") == [(3, False), (5, False)]


def test_no_inverse_and_no_other_way_is_not_invertible(make: Any) -> None:
    graph = scene(make, make.link("a", "b", **FLAT), make.link("b", "c"))
    with pytest.raises(NotInvertible):
        graph.route("c", "a")


@pytest.mark.parametrize(("source", "target"), ["ab", "ba"])
def test_a_field_without_another_way_is_unsupported(make: Any, source: str, target: str) -> None:
    graph = scene(make, make.link("a", "b", **FIELD))
    with pytest.raises(UnsupportedTransformation) as caught:
        graph.route(source, target)
    assert caught.value.kind == "displacements"


def test_an_opaque_edge_without_another_way_is_unsupported(make: Any) -> None:
    graph = scene(make, make.link("a", "b", "wobble"))
    with pytest.raises(UnsupportedTransformation, match="wobble"):
        graph.route("a", "b")


@pytest.mark.parametrize(("source", "target"), ["ab", "ba"])
def test_a_wrong_size_without_another_way_is_a_dimension_mismatch(make: Any, source: str, target: str) -> None:
    graph = scene(make, make.link("a", "b", **LONG))
    with pytest.raises(DimensionMismatch) as caught:
        graph.route(source, target)
    assert (caught.value.expected, caught.value.got) == (2, 3)


def test_systems_of_different_size_need_more_than_an_identity(make: Any) -> None:
    graph = scene(make, make.link("a", "b"), a=3)
    with pytest.raises(DimensionMismatch):
        graph.route("a", "b")


def test_of_several_errors_that_of_the_preferred_way_is_raised(make: Any) -> None:
    graph = scene(make, make.link("a", "b", **LONG), make.link("a", "b", **FIELD))
    with pytest.raises(DimensionMismatch):
        graph.route("a", "b")


def test_the_same_error_comes_again(make: Any) -> None:
    graph = scene(make, make.link("a", "b", **FIELD))
    for _ in range(2):
        with pytest.raises(UnsupportedTransformation):
            graph.route("a", "b")


def test_no_route_lists_what_can_be_reached(make: Any) -> None:
    graph = scene(make, make.link("b", "a"), make.link("b", "c"))
    with pytest.raises(NoRoute) as caught:
        graph.route("a", "d")
    assert caught.value.reachable == ("'b'", "'c'")
    assert (caught.value.source, caught.value.target) == ("'a'", "'d'")


def test_no_route_from_a_lonely_space_says_nothing(make: Any) -> None:
    with pytest.raises(NoRoute, match="nothing"):
        scene(make, make.link("a", "b")).route("d", "a")


def test_a_broken_transformation_elsewhere_blocks_nothing(make: Any) -> None:
    graph = scene(make, make.link("a", "d", "wobble"), make.link("a", "b", "scale", scale=[2.0, 3.0]))
    assert graph.transform("a", "b", [[1, 1]]).tolist() == [[2, 3]]


def test_route_and_reverse_cancel(make: Any) -> None:
    graph = scene(
        make,
        make.link("a", "b", "affine", affine=[[2.0, 1.0, 5.0], [0.0, 4.0, -3.0]]),
        make.link("c", "b", "mapAxis", mapAxis=[1, 0]),
        make.link("c", "d", "rotation", rotation=[[0.6, -0.8], [0.8, 0.6]]),
    )
    points = np.array([[1.0, 2.0], [-30.0, 0.25]])
    back = graph.transform("d", "a", graph.transform("a", "d", points))
    np.testing.assert_allclose(back, points, rtol=0, atol=1e-12)
    forth, home = graph.route("a", "d"), graph.route("d", "a")
    assert [hop.edge for hop in home.hops] == [hop.edge for hop in reversed(forth.hops)]
    assert [hop.inverted for hop in home.hops] == [not hop.inverted for hop in reversed(forth.hops)]


def test_a_long_chain_is_found_quickly(make: Any) -> None:
    names = [f"s{index}" for index in range(3000)]
    links = [make.link(first, second) for first, second in itertools.pairwise(names)]
    graph = make.graph(make.scene(dict.fromkeys(names, 1), *links))
    assert len(graph.route(names[0], names[-1]).hops) == 2999
    assert graph.transform(names[-1], names[0], [[7]]).tolist() == [[7]]


@pytest.mark.parametrize(
    ("link", "error", "words"),
    [
        (FIELD, UnsupportedTransformation, "vector fields are not executed yet"),
        (FLAT, NotInvertible, "axis 1"),
        (LONG, DimensionMismatch, "expected 2, got 3"),
    ],
)
def test_an_error_names_the_declaration_to_blame(
    make: Any, link: dict[str, Any], error: type[ZarrSpacesError], words: str
) -> None:
    graph = scene(make, make.link("a", "b", **link))
    with pytest.raises(error, match=words) as caught:
        graph.route("b", "a")
    assert caught.value.place == "/ome/scene/coordinateTransformations/0"
    assert str(caught.value).endswith("(declared in /ome/scene/coordinateTransformations/0)")


def test_the_node_of_the_declaration_is_named_too(make: Any) -> None:
    flat = make.image(make.multiscale(make.level("0", [1.0, 0.0])))
    root = make.scene({"stage": 2}, make.link({"path": "tile", "name": "um"}, "stage"))
    with pytest.raises(NotInvertible) as caught:
        make.graph(root, tile=flat).route("stage", {"path": "tile/0"})
    assert caught.value.place == "'tile' /ome/multiscales/0/datasets/0/coordinateTransformations/0"


def test_a_graph_prints_short(make: Any) -> None:
    assert repr(scene(make, make.link("a", "b"))) == "<SpaceGraph of 4 spaces and 1 transformations>"


def test_a_detour_is_announced(make: Any) -> None:
    graph = scene(make, make.link("a", "b", **LONG), make.link("a", "c"), make.link("c", "b"))
    route = graph.route("a", "b")
    assert len(route.hops) == 2
    (reason,) = route.passed_over
    assert "declared in /ome/scene/coordinateTransformations/0" in reason
    assert f"passed over: {reason}" in str(route)
    assert route.as_json()["passed_over"] == [reason]
    with pytest.warns(Detour, match="'a' -> 'b' goes a longer way"):
        graph.transform("a", "b", [[1, 1]])


def test_a_route_without_detour_has_nothing_to_announce(make: Any) -> None:
    route = scene(make, make.link("a", "b"), make.link("a", "c", **LONG)).route("a", "b")
    assert route.passed_over == ()
    assert "passed_over" not in route.as_json()
    assert repr(route) == "<Route 'a' -> 'b', 1 hops>"


def test_many_broken_parallel_transformations_cost_one_search(make: Any) -> None:
    graph = scene(make, *[make.link("a", "b", **LONG)] * 3000, make.link("a", "c"), make.link("c", "b"))
    begin = time.perf_counter()
    assert len(graph.route("a", "b").hops) == 2
    assert time.perf_counter() - begin < 2  # seconds; one search for each would take minutes


def test_no_points_stay_no_points(make: Any) -> None:
    graph = scene(make, make.link("a", "b"))
    assert graph.transform("a", "b", []).shape == (0, 2)
