"""What becomes a space and what becomes an edge."""

from __future__ import annotations

from typing import Any

from zarr_spaces import Space, graph_of, parse
from zarr_spaces.document.reading import read
from zarr_spaces.graph.build import build_graph

AT = ("ome", "multiscales", 0)


def test_systems_and_arrays_of_an_image_are_spaces(make: Any) -> None:
    levels = make.level("0", [1.0, 1.0]), make.level("1", [2.0, 2.0])
    links = [make.link("um", "world", "scale", scale=[2.0, 2.0])]
    graph = graph_of(parse(make.image(make.multiscale(*levels, systems=("um", "world"), links=links))))
    um, world = Space("", "um", 0), Space("", "world", 0)
    assert set(graph.spaces) == {um, world, Space("0"), Space("1")}
    assert [(edge.source, edge.target, edge.kind, edge.pointer) for edge in graph.edges] == [
        (Space("0"), um, "scale", (*AT, "datasets", 0, "coordinateTransformations", 0)),
        (Space("1"), um, "scale", (*AT, "datasets", 1, "coordinateTransformations", 0)),
        (um, world, "scale", (*AT, "coordinateTransformations", 0)),
    ]
    assert graph.dangling == ()


def test_spaces_know_their_dimensions_and_axes(make: Any) -> None:
    graph = make.graph(make.image(make.multiscale()))
    assert [axis.name for axis in graph.spaces[Space("", "um", 0)].axes] == ["y", "x"]
    assert graph.spaces[Space("0")].n == 2
    assert graph.spaces[Space("0")].axes == ()


def test_a_scene_brings_in_the_images_that_it_names(make: Any) -> None:
    graph = make.two_images()
    assert set(graph.spaces) == {
        Space("", "stage"),
        Space("a", "um", 0),
        Space("a/0"),
        Space("a/1"),
        Space("a/2"),
        Space("b", "um", 0),
        Space("b/0"),
    }
    assert [edge.node for edge in graph.edges] == ["", "", "a", "a", "a", "b"]


def test_an_image_may_stand_several_groups_below_the_scene(make: Any) -> None:
    scene = make.scene({"stage": 2}, make.link({"path": "x/y/", "name": "um"}, "stage"))
    graph = make.graph(scene, **{"x/y": make.image(make.multiscale())})
    assert graph.route({"path": "x/y/0"}, "stage").hops


def test_a_graph_of_one_document_leaves_other_nodes_open(make: Any) -> None:
    scene = make.scene({"stage": 2}, make.link({"path": "a", "name": "um"}, "stage"))
    graph = graph_of(parse(scene))
    assert set(graph.spaces) == {Space("", "stage")}
    assert [hanging.pointer for hanging in graph.dangling] == [("ome", "scene", "coordinateTransformations", 0)]


def test_a_document_named_many_times_is_read_once(make: Any) -> None:
    label = {"path": "labels", "name": "um"}
    readings = {
        "": read(
            make.scene({"stage": 2}, *[make.link({"path": path, "name": "um"}, "stage") for path in ("a", "/a/")])
        ),
        "a": read(make.image(make.multiscale(links=[make.link("um", label), make.link(label, "um")]))),
        "a/labels": read(make.image(make.multiscale())),
    }
    asked: list[str] = []

    def load(path: str) -> Any:
        asked.append(path)
        return readings.get(path)

    graph = build_graph(load)
    assert asked == ["", "a", "a/labels", "a/labels/labels"]
    assert [edge.node for edge in graph.edges if edge.kind == "identity"] == ["", "", "a", "a"]


def test_parallel_edges_are_all_kept(make: Any) -> None:
    links = [make.link("a", "b", "scale", scale=[factor, factor]) for factor in (2.0, 3.0, 2.0)]
    graph = make.graph(make.scene({"a": 2, "b": 2}, *links))
    assert [edge.pointer[-1] for edge in graph.edges] == [0, 1, 2]


def test_equal_names_in_two_images_of_one_group_are_two_spaces(make: Any) -> None:
    first = make.multiscale(make.level("0", [1.0, 1.0]))
    second = make.multiscale(make.level("1", [1.0, 1.0]))
    graph = make.graph(make.image(first, second))
    assert {Space("", "um", 0), Space("", "um", 1)} <= set(graph.spaces)
    assert [edge.target.multiscale for edge in graph.edges] == [0, 1]


def test_a_transformation_means_the_systems_of_its_own_image(make: Any) -> None:
    second = make.multiscale(
        make.level("1", [1.0, 1.0]), systems=("um", "world"), links=[make.link("um", "world", "identity")]
    )
    graph = make.graph(make.image(make.multiscale(), second))
    assert graph.edges[-1].source == Space("", "um", 1)


def test_an_array_shared_by_two_images_is_one_space(make: Any) -> None:
    graph = make.graph(make.image(make.multiscale(systems=("um",)), make.multiscale(systems=("um",))))
    assert [space for space in graph.spaces if space.is_array] == [Space("0")]
    assert len(graph.edges) == 2


def test_of_a_repeated_name_the_first_system_counts(make: Any) -> None:
    scene = make.scene({"a": 2}, make.link("a", "a"))
    scene["ome"]["scene"]["coordinateSystems"].append(make.system("a", 3))
    assert make.graph(scene).spaces[Space("", "a")].n == 2


def test_references_that_lead_nowhere_are_listed_with_the_reason(make: Any) -> None:
    scene = make.scene(
        {"stage": 2},
        make.link("stage", "sage"),
        make.link({"path": "gone", "name": "um"}, "stage"),
        make.link({"path": "../other", "name": "um"}, "stage"),
    )
    graph = make.graph(scene)
    assert graph.edges == ()
    assert [hanging.pointer[-1] for hanging in graph.dangling] == [0, 1, 2]
    missing, gone, outside = (hanging.reason for hanging in graph.dangling)
    assert "'sage'" in missing
    assert "'gone'" in gone
    assert "'../other'" in outside
    assert "steps up" in outside


def test_a_broken_transformation_is_an_opaque_edge_with_its_reason(make: Any) -> None:
    graph = make.graph(make.scene({"a": 2, "b": 2}, make.link("a", "b", "wobble")))
    (edge,) = graph.edges
    assert edge.transformation is None
    assert edge.kind == "unknown"
    assert "wobble" in edge.reason


def test_a_broken_level_hangs_for_what_is_broken_not_for_its_array(make: Any) -> None:
    sound, broken = make.level("0", [1.0, 1.0]), make.level("1", [1.0, 1.0])
    del broken["coordinateTransformations"][0]["output"]
    graph = make.graph(make.image(make.multiscale(sound, broken)))
    (hanging,) = graph.dangling
    assert hanging.reason != "there is no array '1'"  # there is one; what is missing is the output
