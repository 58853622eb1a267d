"""Label images are part of the graph of their image, by a transformation or by the format's own convention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces import NoRoute, SpaceGraph

LABEL = {"path": "labels/cells", "name": "um"}


def labels(*paths: str) -> dict[str, Any]:
    return {"ome": {"version": "0.6", "labels": list(paths)}}


@pytest.fixture
def nodes(make: Any) -> dict[str, Any]:
    return {
        "labels": labels("cells"),
        "labels/cells": make.image(make.multiscale(make.level("0", [1.0, 1.0], [0.25, 0.25]))),
    }


def test_labels_without_a_transformation_lie_on_their_image(make: Any, nodes: dict[str, Any]) -> None:
    graph: SpaceGraph = make.graph(make.image(make.multiscale()), **nodes)
    # Pixel (3, 5) of the image lies at (1.5, 2.5) um; the label pixel there is ((1.5, 2.5) - 0.25) / 1.
    mapped = graph.transform({"path": "0"}, {"path": "labels/cells/0"}, [[3, 5]])
    np.testing.assert_array_equal(mapped, [[1.25, 2.25]])
    (hop,) = graph.route("um", LABEL).hops
    assert hop.edge.implied
    assert hop.as_json()["manner"] == "implied, as labels lie on their image"
    assert (hop.edge.node, hop.as_json()["pointer"]) == ("labels", "/ome/labels/0")


def test_declared_link_takes_the_place_of_the_implied_one(make: Any, nodes: dict[str, Any]) -> None:
    link = make.link("um", LABEL, "translation", translation=[10.0, 0.0])
    graph = make.graph(make.image(make.multiscale(links=[link])), **nodes)
    assert not any(edge.implied for edge in graph.edges)
    np.testing.assert_array_equal(graph.transform("um", LABEL, [[1, 2]]), [[11, 2]])


def test_link_declared_the_other_way_round_counts_as_well(make: Any, nodes: dict[str, Any]) -> None:
    link = make.link(LABEL, "um", "scale", scale=[2.0, 2.0])
    graph = make.graph(make.image(make.multiscale(links=[link])), **nodes)
    np.testing.assert_array_equal(graph.transform("um", LABEL, [[4, 8]]), [[2, 4]])


def test_labels_with_other_axes_are_left_unconnected_with_the_reason(make: Any, nodes: dict[str, Any]) -> None:
    flat = {"coordinateSystems": [make.system("um", 3)], "datasets": [make.level("0", [1.0, 1.0, 1.0])]}
    graph = make.graph(make.image(make.multiscale()), **nodes | {"labels/cells": make.image(flat)})
    with pytest.raises(NoRoute):
        graph.route("um", LABEL)
    (dangling,) = graph.dangling
    assert (dangling.node, dangling.pointer) == ("labels", ("ome", "labels", 0))
    assert "3 axes" in dangling.reason


def test_labels_of_an_image_in_a_scene_are_reached_from_the_scene(make: Any, nodes: dict[str, Any]) -> None:
    scene = make.scene(
        {"stage": 2}, make.link({"path": "a", "name": "um"}, "stage", "translation", translation=[1.0, 2.0])
    )
    below = {f"a/{path}": node for path, node in nodes.items()} | {"a": make.image(make.multiscale())}
    graph = make.graph(scene, **below)
    np.testing.assert_array_equal(graph.transform({"path": "a/labels/cells/0"}, "stage", [[0, 0]]), [[1.25, 2.25]])


def test_group_of_labels_as_root_has_its_label_images(make: Any, nodes: dict[str, Any]) -> None:
    graph = make.graph(labels("cells"), cells=nodes["labels/cells"])
    assert {space.path for space in graph.spaces} == {"cells", "cells/0"}


@pytest.mark.parametrize("path", ["missing", "../../secret", "", "/"])
def test_listed_label_that_is_not_there_costs_nothing(make: Any, nodes: dict[str, Any], path: str) -> None:
    graph = make.graph(make.image(make.multiscale()), **nodes | {"labels": labels(path, "cells")})
    assert len([edge for edge in graph.edges if edge.implied]) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [({"unit": "nanometer"}, "measured in 'nanometer'"), ({"name": "q"}, "the axis 'q' of the labels")],
)
def test_labels_whose_axes_differ_do_not_lie_on_their_image(
    make: Any, nodes: dict[str, Any], change: dict[str, str], told: str
) -> None:
    axis = nodes["labels/cells"]["ome"]["multiscales"][0]["coordinateSystems"][0]["axes"][0]
    axis |= change
    graph = make.graph(make.image(make.multiscale()), **nodes)
    with pytest.raises(NoRoute, match="not used: ") as caught:
        graph.route("um", LABEL)
    assert told in str(caught.value)
