"""A store as a graph: what works although something else is broken."""

from __future__ import annotations

from typing import Any

import pytest

from zarr_spaces import InvalidDocument, NoRoute, StoreError, UnsupportedTransformation, open_store
from zarr_spaces.store.load import describe, load_graph


def test_points_pass_from_one_image_to_the_other(make: Any) -> None:
    store = open_store(make.store(make.two_images()))
    assert store.transform({"path": "a/1"}, {"path": "b/0"}, [[3, 4]]).tolist() == [[6.5, 8.5]]
    assert len(store.explain({"path": "a/1"}, {"path": "b/0"}).splitlines()) == 5


def test_a_broken_level_costs_that_level(make: Any) -> None:
    nodes = make.two_images()
    levels = nodes["a"]["attributes"]["ome"]["multiscales"][0]["datasets"]
    levels[1]["coordinateTransformations"][0]["transformations"] = "x"
    store = open_store(make.store(nodes))
    assert store.transform({"path": "a/0"}, {"path": "b/1"}, [[3, 4]]).tolist() == [[1.25, 1.75]]
    with pytest.raises(UnsupportedTransformation):
        store.transform({"path": "a/1"}, {"path": "b/1"}, [[3, 4]])


def test_a_missing_image_costs_that_image(make: Any) -> None:
    nodes = {path: node for path, node in make.two_images().items() if not path.startswith("b")}
    store = open_store(make.store(nodes))
    assert store.transform({"path": "a/0"}, "stage", [[2, 2]]).tolist() == [[11, 21]]
    assert len(store.graph.dangling) == 1


def test_an_image_that_nothing_places_has_no_route(make: Any) -> None:
    nodes = make.two_images() | {"": make.scene("a")}
    store = open_store(make.store(nodes))
    assert not [space for space in store.graph.spaces if space.path.startswith("b")]
    with pytest.raises(NoRoute):
        open_store(make.store(make.two_images() | {"": lonely(make)})).graph.route({"path": "a/0"}, {"path": "b/0"})


def lonely(make: Any) -> dict[str, Any]:
    """Place one image into another system than the other."""
    scene: dict[str, Any] = make.scene("a", "b")["attributes"]["ome"]["scene"]
    scene["coordinateSystems"].append(scene["coordinateSystems"][0] | {"name": "other"})
    scene["coordinateTransformations"][1]["output"]["name"] = "other"
    group: dict[str, Any] = make.group(ome={"version": "0.6", "scene": scene})
    return group


def test_reading_a_path_without_metadata_is_none(make: Any) -> None:
    store = open_store(make.store(make.two_images()))
    assert store.read("a") is not None
    for path in ("a/0", "gone"):
        assert store.read(path) is None


def test_groups_with_metadata_are_listed_root_first(make: Any) -> None:
    assert [node.path for node in open_store(make.store(make.two_images())).groups()] == ["", "a", "b"]


def test_load_graph_takes_stores_and_files(make: Any) -> None:
    root = make.store(make.two_images())
    assert load_graph(root).edges
    document = make.folder / "document.json"
    document.write_bytes((root / "a" / "zarr.json").read_bytes())
    assert load_graph(document).edges


@pytest.mark.parametrize("node", ["{", "[]", '{"zarr_format": 3, "node_type": "group"}'])
def test_load_graph_of_what_has_no_metadata_is_invalid_and_says_why(make: Any, node: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        load_graph(make.store({"": node}))
    assert caught.value.report.errors


def test_load_graph_of_an_array_with_metadata_is_invalid_and_says_why(make: Any) -> None:
    with pytest.raises(InvalidDocument) as caught:
        load_graph(make.store({"": make.image() | {"node_type": "array"}}))
    assert caught.value.report.errors


def test_load_graph_of_nothing_is_a_store_error(make: Any) -> None:
    with pytest.raises(StoreError):
        load_graph(make.folder / "gone")


def test_describe_tells_shapes_and_missing_arrays(make: Any) -> None:
    nodes = make.two_images()
    del nodes["a/1"]
    scene, a, _ = describe(make.store(nodes))
    assert scene["scene"]["coordinateTransformations"][0]["input"] == {"path": "a", "name": "um"}
    assert [level["shape"] for level in a["images"][0]["levels"]] == [[8, 8], None]
    assert [level["scale"] for level in a["images"][0]["levels"]] == [[0.5, 0.5], [1, 1]]


def test_load_graph_of_a_folder_of_images_names_them(make: Any) -> None:
    root = make.store({"": make.group(), "a": make.image(), "a/0": make.array})
    with pytest.raises(StoreError, match="groups below that have it: 'a'"):
        load_graph(root)
