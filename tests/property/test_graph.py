"""Laws of routes: there and back is where one was, and a route is the composition of its hops."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from zarr_spaces import NoRoute, NotInvertible, SpaceGraph, graph_of, parse
from zarr_spaces.testing import images, scenes


def graphs() -> st.SearchStrategy[SpaceGraph]:
    return (images() | scenes()).map(lambda document: graph_of(parse(document)))


def draw_route(data: st.DataObject, graph: SpaceGraph) -> Any:
    spaces = st.sampled_from(list(graph.spaces))
    source, target = data.draw(spaces), data.draw(spaces)
    try:
        return graph.route(source, target), graph.route(target, source)
    except (NoRoute, NotInvertible):
        assume(False)


@given(st.data(), graphs())
def test_a_route_and_its_reverse_cancel(data: st.DataObject, graph: SpaceGraph) -> None:
    there, back = draw_route(data, graph)
    matrix, offset = there.map.as_affine()
    assume(matrix.shape[0] == matrix.shape[1] and np.linalg.cond(matrix) < 1e6)
    points = np.array(
        data.draw(st.lists(st.lists(st.floats(-1e3, 1e3), min_size=there.n, max_size=there.n), min_size=1))
    )
    mapped = there.map(points)
    # What the way there loses, the way back magnifies by no more than the inverse's own size.
    inverse = np.abs(np.linalg.inv(matrix))
    size = inverse @ (np.abs(matrix) @ np.abs(points).max(axis=0) + np.abs(offset))
    for hop in there.hops:  # intermediate points may be larger than both ends
        a, b = hop.map.as_affine()
        assume(np.abs(a).max() < 1e9 and np.abs(b).max() < 1e9)
    tolerance = 1e-6 * (1 + size.max())
    assert np.abs(back.map(mapped) - points).max() <= tolerance
    assert [hop.edge for hop in back.hops] == [hop.edge for hop in there.hops][::-1]


@given(st.data(), graphs())
def test_a_route_is_its_hops_one_after_the_other(data: st.DataObject, graph: SpaceGraph) -> None:
    route, _ = draw_route(data, graph)
    points = np.array(
        data.draw(st.lists(st.lists(st.integers(-50, 50), min_size=route.n, max_size=route.n), min_size=1))
    )
    stepwise = points.astype(float)
    size = np.abs(stepwise).max()
    for hop in route.hops:
        assert hop.map.n_in == stepwise.shape[1]
        stepwise = hop.map(stepwise)
        size = max(size, np.abs(stepwise).max())
    np.testing.assert_allclose(route.map(points), stepwise, rtol=0, atol=1e-6 * (1 + size))


@given(graphs())
def test_every_array_reaches_its_systems(graph: SpaceGraph) -> None:
    for edge in graph.edges:
        if edge.source.is_array:
            assert len(graph.route(edge.source, edge.target).hops) == 1
    # What lies in other nodes cannot be seen from one document, and nothing else dangles.
    assert {item.reason for item in graph.dangling} <= {
        f"there is no metadata at '{path}' that can be read" for path in "ab"
    }
