"""Pyramids and placed arrays in the graph: spaces, connections, and what is told where there is none."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from zarr_spaces import (
    NoRoute,
    NotInvertible,
    SpaceGraph,
    UnknownSpace,
    UnsupportedTransformation,
    graph_of,
    to_mermaid,
)
from zarr_spaces.document.reading import read
from zarr_spaces.graph.build import build_graph
from zarr_spaces.graph.space import Space
from zarr_spaces.zarr_multiscales.v0_1_0 import Geo, GeoProj, LayoutLevel, Multiscales, ZarrMultiscales

CODE = "EPSG:32633"
NUMBERS = "should have 2 numbers as elsewhere in the layout"
NORTH_UP = [10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0]


class View:
    """What a graph may ask about other nodes, answered from dictionaries by path."""

    def __init__(self, nodes: Mapping[str, Any], base: str) -> None:
        self.nodes = nodes
        self.base = base

    def _get(self, path: str, kind: str) -> Any:
        node = self.nodes.get(f"{self.base}/{path}".strip("/"))
        return node if node is not None and node["node_type"] == kind else None

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        node = self._get(path, "group")
        return node["attributes"] if node is not None else None

    def array(self, path: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self._get(path, "array")
        return found

    def consolidated(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.nodes.get(self.base, {}).get("consolidated")
        return found

    def children(self, path: str) -> list[str]:
        above = f"{self.base}/{path}".strip("/")
        prefix = f"{above}/" if above else ""
        names = (name.removeprefix(prefix) for name in self.nodes if name.startswith(prefix))
        return sorted({name.partition("/")[0] for name in names} - {""})

    def has_file(self, path: str) -> bool:
        return False


def graph_of_nodes(root: Mapping[str, Any], /, **others: Any) -> SpaceGraph:
    """Build the graph of nodes by path; groups are given by their attributes, arrays by `array`."""
    nodes = {
        path: node if "node_type" in node else {"zarr_format": 3, "node_type": "group", "attributes": node}
        for path, node in ({"": root} | others).items()
    }
    readings: dict[str, Any] = {}

    def load(path: str) -> Any:
        if path not in readings:
            reading = read(nodes[path]) if path in nodes else None
            readings[path] = reading if reading is not None and reading.is_usable else None
        return readings[path]

    return build_graph(load, lambda path: View(nodes, path))


def array(*shape: int, names: str | None = None, **attributes: Any) -> dict[str, Any]:
    """Describe an array; the names of its dimensions are separated by blanks."""
    out: dict[str, Any] = {"zarr_format": 3, "node_type": "array", "shape": list(shape), "data_type": "uint8"}
    return out | ({"dimension_names": names.split()} if names else {}) | {"attributes": attributes}


def level(group: str, source: str | None = None, **members: Any) -> dict[str, Any]:
    return {"group": group} | ({"from_group": source} if source is not None else {}) | members


def pyramid(*levels: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    layout = levels or (level("0"), level("1", "0", scale=[2, 2]), level("2", "1", scale=[4, 4]))
    return {"multiscales": {"version": "0.1.0", "layout": list(layout)}} | attributes


def ground(transform: list[float] | None = None, code: str | None = CODE, **members: Any) -> dict[str, Any]:
    proj = {"version": "0.1"} | ({"code": code} if code is not None else {}) | members
    return {"geo": {"proj": proj | ({"transform": transform} if transform is not None else {})}}


def at(graph: SpaceGraph, source: Any, target: Any, *point: float) -> list[float]:
    mapped: list[float] = graph.transform(source, target, point).tolist()
    return mapped


def reasons(graph: SpaceGraph) -> list[str]:
    return [item.reason for item in graph.dangling]


def spaces(graph: SpaceGraph) -> list[str]:
    return [str(space) for space in graph.spaces]


def images(*levels: str) -> dict[str, Any]:
    """Describe an OME-Zarr image whose levels are means of 2, 4, ... pixels."""
    axes = [{"name": name, "type": "space"} for name in "yx"]
    datasets = []
    for index, path in enumerate(levels):
        steps = [
            {"type": "scale", "scale": [0.5 * 2**index] * 2},
            {"type": "translation", "translation": [0.25 * (2**index - 1)] * 2},
        ]
        ends = {"input": {"path": path}, "output": {"name": "um"}}
        how = {"type": "sequence", "transformations": steps} | ends
        datasets.append({"path": path, "coordinateTransformations": [how]})
    multiscale = {"coordinateSystems": [{"name": "um", "axes": axes}], "datasets": datasets}
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


class TestLevels:
    def test_scales_count_from_the_first_level_and_corners(self) -> None:
        graph = graph_of_nodes(pyramid(), **{f"{k}/a": array(16 // 2**k, 16 // 2**k) for k in range(3)})
        assert spaces(graph) == ["'0'", "'1'", "'2'", "array '0/a'", "array '1/a'", "array '2/a'"]
        assert at(graph, "2", "0", 1, 3) == [4, 12]
        assert at(graph, "2", "1", 1, 3) == [2, 6]
        # The centre of the first pixel of level 2 lies in the middle of 4 x 4 pixels: (0 + 0.5) * 4 - 0.5.
        assert at(graph, {"path": "2/a"}, {"path": "0/a"}, 0, 1) == [1.5, 5.5]
        assert at(graph, {"path": "0/a"}, {"path": "2/a"}, 1.5, 5.5) == [0, 1]

    def test_factors_and_translations_of_the_source_are_inherited(self) -> None:
        graph = graph_of_nodes(
            pyramid(
                level("0"),
                level("1", "0", factors=[2, 4], translation=[10, 20]),
                level("2", "1", factors=[3, 1]),
            )
        )
        assert at(graph, "2", "0", 1, 1) == [16, 24]  # 6 * 1 + 10, 4 * 1 + 20
        assert at(graph, "0", "2", 16, 24) == [1, 1]

    def test_three_dimensions(self) -> None:
        levels = pyramid(level("0"), level("1", "0", scale=[1, 2, 2]))
        arrays = {"0/a": array(5, 8, 8, names="time y x"), "1/a": array(5, 4, 4, names="time y x")}
        graph = graph_of_nodes(levels | ground(NORTH_UP), **arrays)
        assert at(graph, {"path": "1/a"}, {"path": "0/a"}, 3, 0, 0) == [3, 0.5, 0.5]
        assert at(graph, {"path": "1/a"}, CODE, 3, 0, 0) == [500010, 4999990]
        with pytest.raises(NotInvertible):  # at which time is not known
            graph.route(CODE, {"path": "1/a"})

    def test_layout_for_y_and_x_only_drops_the_other_dimensions(self) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"1/a": array(5, 4, 3, 8, names="t y band x")})
        assert at(graph, {"path": "1/a"}, "1", 9, 1, 9, 2) == [1.5, 2.5]
        assert at(graph, {"path": "1/a"}, CODE, 9, 1, 9, 2) == [500050, 4999970]

    def test_paths_of_several_parts(self) -> None:
        graph = graph_of_nodes(pyramid(level("a/b/"), level("a//c", "a/b", scale=[2])), **{"a/c/data": array(3)})
        assert spaces(graph) == ["'a/b'", "'a/c'", "array 'a/c/data'"]
        assert at(graph, {"path": "a/c/data"}, "a/b", 0) == [1]

    def test_level_that_is_an_array_is_one_all_the_same(self) -> None:
        arrays = {"0": array(4, 4, **ground(NORTH_UP)), "1": array(2, 2)}
        for members in ({}, {"consolidated": arrays}):
            root = {"zarr_format": 3, "node_type": "group", "attributes": pyramid(*pyramid_levels(2))} | members
            graph = graph_of_nodes(root, **arrays)
            assert spaces(graph) == ["'0'", "'1'", "array '0'", "'EPSG:32633'", "array '1'"]
            assert at(graph, {"path": "1"}, {"path": "0"}, 0, 1) == [0.5, 2.5]
            assert at(graph, {"path": "1"}, CODE, 0, 0) == [500010, 4999990]

    def test_coordinates_and_single_values_are_no_variables(self) -> None:
        arrays = {"0/y": array(4, names="y"), "0/x": array(4, names="x"), "0/spatial_ref": array()}
        graph = graph_of_nodes(pyramid(level("0")) | ground(NORTH_UP), **arrays, **{"0/t": array(4, 4, names="y x")})
        assert spaces(graph) == ["'0'", "array '0/t'", "'EPSG:32633'"]
        assert reasons(graph) == []

    def test_consolidated_metadata_is_enough_to_find_variables(self) -> None:
        root = {"node_type": "group", "zarr_format": 3, "attributes": pyramid()}
        graph = graph_of_nodes(root | {"consolidated": {"1/a": array(2, 2), "1/a/b": array(2), "1": {}, "x": array(2)}})
        assert spaces(graph) == ["'0'", "'1'", "'2'", "array '1/a'"]

    def test_stray_arrays_are_told(self) -> None:
        arrays = {"1/a": array(2, 2), "1/list": array(2), "1/volume": array(2, 2, 2)}
        graph = graph_of_nodes(pyramid(), **arrays)
        assert reasons(graph) == [
            "array '1/list' has 1 dimension, its level 2 axes",
            "array '1/volume' has 3 dimensions, its level 2 axes",
        ]
        with pytest.raises(NoRoute, match="its level 2 axes"):
            graph.route({"path": "1/volume"}, "1")

    def test_arrays_in_another_order_of_dimensions_are_not_mistaken(self) -> None:
        arrays = {"0/a": array(4, 6, names="y x"), "0/b": array(6, 4, names="x y"), "1/a": array(3, 2, names="x y")}
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **arrays)
        assert reasons(graph) == [
            "the dimension 'x' of array '0/b' stands elsewhere than in the other arrays",
            "the dimension 'x' of array '1/a' stands elsewhere than in the other arrays",
        ]

    @pytest.mark.parametrize(
        ("levels", "reason"),
        [
            ([level("1", "0")], "it has neither scale nor factors"),
            ([level("1", factors=[2, 2])], "its factors count from a level that is not named, or not there"),
            ([level("1", "7", factors=[2, 2])], "its factors count from a level that is not named, or not there"),
            ([level("1", "1", factors=[2, 2])], "its factors count from '1', which has no place itself"),
            ([level("1", "0", scale=[2])], f"its scale {NUMBERS}, not 1"),
            (
                [level("1", "0", factors=[2, 2, 2])],
                f"its factors {NUMBERS}, not 3",
            ),
            (
                [level("1", "0", scale=[2, 2], translation=[1])],
                f"its translation {NUMBERS}, not 1",
            ),
            ([level("1", "0", scale=[1e-320, 1])], None),
        ],
    )
    def test_level_without_a_place_is_told(self, levels: list[Any], reason: str | None) -> None:
        graph = graph_of_nodes(pyramid(level("0", scale=[1, 1]), *levels))
        if reason is None:
            assert at(graph, "1", "0", 0, 2) == [0, 2]
            return
        assert reasons(graph) == [f"the level '1' has no place: {reason}"]
        with pytest.raises(NoRoute, match=reason):
            graph.route("1", "0")

    def test_product_of_factors_beyond_floating_point_is_told(self) -> None:
        levels = [level("0"), level("1", "0", factors=[1e308]), level("2", "1", factors=[1e308])]
        graph = graph_of_nodes(pyramid(*levels))
        assert reasons(graph) == ["the level '2' has no place: its size is beyond what floating-point numbers hold"]

    def test_integers_beyond_floating_point_are_told(self) -> None:
        levels = [LayoutLevel(group="0", scale=[1, 1]), LayoutLevel(group="1", scale=[10**400, 1])]
        geo = Geo(proj=GeoProj(code=CODE, transform=[10**400, 0, 0, 0, 1, 0]))
        graph = graph_of(ZarrMultiscales(multiscales=Multiscales(version="0.1.0", layout=levels), geo=geo))
        assert reasons(graph) == ["the level '1' has no place: its size is beyond what floating-point numbers hold"]
        with pytest.raises(UnsupportedTransformation, match="float"):
            graph.transform("0", CODE, [1, 1])

    @pytest.mark.parametrize(
        ("members", "words"),
        [
            ({"scale": [-1, 1]}, "scale [-1, 1]"),
            ({"scale": [0, 1]}, "scale [0, 1]"),
            ({"scale": [float("nan"), 1]}, "scale [nan, 1]"),
            ({"from_group": "0", "factors": [2, -2]}, "factors [2, -2]"),
            ({"from_group": "0", "factors": [2, 2], "scale": [2, -2]}, "scale [2, -2]"),
        ],
    )
    def test_sizes_that_are_not_positive_are_told(self, members: Any, words: str) -> None:
        levels = [LayoutLevel(group="0", scale=[1, 1]), LayoutLevel(group="1", **members)]
        graph = graph_of(ZarrMultiscales(multiscales=Multiscales(version="0.1.0", layout=levels)))
        assert reasons(graph) == [f"the level '1' has no place: its {words} should be above 0"]
        first = [LayoutLevel(group="0", scale=[-1, 1]), LayoutLevel(group="1", scale=[2, 2])]
        graph = graph_of(ZarrMultiscales(multiscales=Multiscales(version="0.1.0", layout=first)))
        assert reasons(graph) == ["the level '0' has no place: its scale [-1, 1] should be above 0"]

    def test_ratio_of_two_scales_beyond_floating_point_is_told(self) -> None:
        graph = graph_of_nodes(pyramid(level("0", scale=[1e-300]), level("1", "0", scale=[1e300])))
        assert reasons(graph) == ["the level '1' has no place: its size is beyond what floating-point numbers hold"]

    @pytest.mark.parametrize("group", ["..", "../1", "a/../1", ".", "/", "s3://bucket/1"])
    def test_group_that_is_not_below_is_told_and_never_looked_at(self, group: str) -> None:
        graph = graph_of_nodes(pyramid(level("0", scale=[1, 1]), level(group, "0", scale=[2, 2])))
        assert spaces(graph) == ["'0'"]
        assert reasons(graph) == [f"the path '{group}' does not lead to a group below"]

    def test_repeated_level_is_told_and_the_first_counts(self) -> None:
        graph = graph_of_nodes(pyramid(level("0"), level("1", scale=[2]), level("1/", scale=[3])))
        assert at(graph, "1", "0", 1) == [2]
        assert reasons(graph) == ["the name of the level is already that of '1'"]

    def test_layout_without_any_number_has_as_many_axes_as_its_arrays(self) -> None:
        graph = graph_of_nodes(pyramid(level("0"), level("1")), **{"0/a": array(3, 4, 5)})
        assert graph.spaces[Space("", "0")].n == 3
        assert reasons(graph) == ["the level '1' has no place: it has neither scale nor factors"]
        mixed = graph_of_nodes(pyramid(level("0")), **{"0/a": array(3, 4, 5, names="t y x"), "0/b": array(2, 2)})
        assert mixed.spaces[Space("", "0")].n == 2
        assert reasons(graph_of_nodes(pyramid(level("0")))) == ["nothing tells how many axes the levels have"]

    def test_broken_first_level_costs_itself(self) -> None:
        graph = graph_of_nodes(
            pyramid(level("0", scale=["x"]), level("1", "0", scale=[2, 2]), level("2", scale=[4, 4])) | ground(NORTH_UP)
        )
        assert at(graph, "2", "1", 1, 1) == [2, 2]
        assert at(graph, "0", CODE, 1, 1) == [500010, 4999990]
        with pytest.raises(UnsupportedTransformation, match="must be a number"):
            graph.transform("1", "0", [1, 1])

    def test_first_level_without_a_usable_group_leaves_the_others(self) -> None:
        graph = graph_of_nodes(pyramid(level("1"), *pyramid_levels(3)[1:]) | ground(NORTH_UP))
        assert len(graph.dangling) == 1  # "1" is there twice
        broken = graph_of_nodes(pyramid({"group": 3}, *pyramid_levels(3)[1:]) | ground(NORTH_UP))
        assert at(broken, "2", "1", 1, 1) == [2, 2]
        assert reasons(broken) == [
            "must be a string, is 3",
            "the first level, which it places, is not there",
        ]


def pyramid_levels(count: int) -> list[dict[str, Any]]:
    return [level("0"), *(level(str(k), str(k - 1), scale=[2**k, 2**k]) for k in range(1, count))]


class TestGround:
    def test_transform_of_a_pyramid_places_its_first_level(self) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"1/a": array(4, 4)})
        # x = 10 col + 500000, y = -10 row + 5000000, with 2 * (index + 0.5) for the indices of level 1.
        assert at(graph, {"path": "1/a"}, CODE, 0, 1) == [500030, 4999990]
        assert at(graph, CODE, {"path": "1/a"}, 500030, 4999990) == [0, 1]
        assert [axis.name for axis in graph.spaces[Space("", CODE)].axes] == ["x", "y"]

    @pytest.mark.parametrize(
        ("names", "proj", "expected"),
        [
            ("y x", {}, [500020, 4999990]),
            ("lat lon", {}, [500020, 4999990]),
            ("lon lat", {}, [500010, 4999980]),
            ("a b", {"spatial_dimensions": ["b", "a"]}, [500010, 4999980]),
            ("x y", {"spatial_dimensions": ["x", "y"]}, [500020, 4999990]),
        ],
    )
    def test_y_and_x_are_found_by_name(self, names: str, proj: Any, expected: list[float]) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP, **proj), **{"0/a": array(4, 4, names=names)})
        assert at(graph, {"path": "0/a"}, CODE, 0.5, 1.5) == expected
        assert at(graph, "0", CODE, 1, 2) == expected

    def test_order_of_the_dimensions_is_that_of_the_layouts_axes(self) -> None:
        # Two numbers for three dimensions, of which lon stands before lat: the first is for lon.
        levels = pyramid(level("0"), level("1", "0", scale=[2, 4]))
        arrays = {f"{k}/a": array(3, 8, 8, names="time lon lat") for k in "01"}
        graph = graph_of_nodes(levels | ground(NORTH_UP), **arrays)
        assert at(graph, {"path": "1/a"}, "0", 0, 0.5, 0.5) == [2, 4]
        assert at(graph, {"path": "1/a"}, CODE, 0, 0.5, 0.5) == [500020, 4999960]

    @pytest.mark.parametrize("base", [{}, {"scale": [10, 10]}, {"scale": [10, 10], "translation": [50, -70]}])
    def test_transform_places_the_first_level_whatever_its_scale_is(self, base: Any) -> None:
        start, size = base.get("translation", [0, 0]), base.get("scale", [1, 1])[0]
        second = level("1", "0", scale=[2 * size] * 2, translation=[start[0] + size, start[1]])
        graph = graph_of_nodes(pyramid(level("0", **base), second) | ground(NORTH_UP))
        assert at(graph, "1", "0", 3, 5) == [7, 10]
        assert at(graph, "1", CODE, 3, 5) == [500100, 4999930]

    def test_bounds_of_coordinates_do_not_name_the_axes(self) -> None:
        arrays = {"0/lat_bnds": array(8, 2, names="lat nv"), "0/raster": array(8, 8, names="lat lon")}
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **arrays)
        assert at(graph, {"path": "0/raster"}, CODE, 0, 1) == [500015, 4999995]
        assert reasons(graph) == ["the dimension 'nv' of array '0/lat_bnds' is none of its level"]

    def test_arrays_that_are_stored_in_another_order_are_told(self) -> None:
        arrays = {"0/a": array(8, 4, names="y x"), "1/a": array(2, 4, names="x y"), "2/a": array(2, 1, names="y x")}
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **arrays)
        assert reasons(graph) == ["the dimension 'x' of array '1/a' stands elsewhere than in the other arrays"]
        assert at(graph, {"path": "2/a"}, {"path": "0/a"}, 1, 0) == [5.5, 1.5]

    def test_names_that_tell_nothing_place_nothing(self) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"0/a": array(4, 4, names="a b")})
        assert reasons(graph) == ["the names of the dimensions do not tell which are y and x"]

    def test_own_place_of_a_level_is_the_direct_way_into_the_same_system(self) -> None:
        coarse = [2 * number if k in (0, 4) else number for k, number in enumerate(NORTH_UP)]
        graph = graph_of_nodes(
            pyramid() | ground(NORTH_UP), **{"1": ground(coarse, CODE.lower()), "1/a": array(4, 4), "0/a": array(8, 8)}
        )
        assert [space.name for space, info in graph.spaces.items() if info.is_crs] == [CODE]
        route = graph.route({"path": "1/a"}, CODE)
        assert [hop.edge.node for hop in route.hops] == ["", "1"]
        assert len(graph.route({"path": "1/a"}, {"path": "0/a"}).hops) == 3
        assert route.map([[0, 1]]).tolist() == [[500030, 4999990]]

    def test_own_place_of_the_first_level_counts_more_than_that_of_the_pyramid(self) -> None:
        own = [1.0, 0, 0, 0, 1, 0]
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"0": ground(own)})
        assert at(graph, "0", CODE, 3, 7) == [7, 3]

    def test_levels_that_alone_are_placed_have_the_plain_name(self) -> None:
        graph = graph_of_nodes(pyramid(), **{"1": ground(NORTH_UP), "2": ground([20.0, 0, 0, 0, -20, 0])})
        assert at(graph, "1", CODE, 1, 2) == [500020, 4999990]
        assert at(graph, "2", CODE, 1, 2) == [40, -20]

    def test_level_in_another_system_has_both(self) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"1": ground([2.0, 0, 0, 0, -2, 0], "EPSG:3857")})
        assert at(graph, "1", "EPSG:3857", 1, 2) == [4, -2]
        assert at(graph, "1", CODE, 1, 2) == [500040, 4999980]

    def test_place_of_an_array_replaces_that_of_its_level(self) -> None:
        own = [1.0, 0, 0, 0, 1, 0]
        arrays = {"1/a": array(4, 4, **ground(own)), "1/b": array(4, 4)}
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"1": ground(NORTH_UP)}, **arrays)
        assert at(graph, {"path": "1/a"}, CODE, 0, 1) == [1.5, 0.5]
        assert at(graph, {"path": "1/b"}, CODE, 0, 1) == [500015, 4999995]
        assert at(graph, {"path": "1/a"}, "0", 0, 1) == [1, 3]

    @pytest.mark.parametrize(
        ("forms", "name"),
        [
            ({"wkt2": 'PROJCRS["Soldner", BASEGEOGCRS["DHDN"]]'}, "Soldner"),
            ({"wkt2": 'GEOGCRS["WGS 84", ID["EPSG",4326]]'}, "EPSG:4326"),
            ({"projjson": {"name": "pit head"}}, "pit head"),
            ({"projjson": {"name": "x", "id": {"authority": "IAU_2015", "code": 30100}}}, "IAU_2015:30100"),
            ({"projjson": {}}, "CRS"),
        ],
    )
    def test_system_without_a_code_has_the_name_of_its_other_form(self, forms: Any, name: str) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP, None, **forms))
        assert at(graph, "0", name, 1, 2) == [500020, 4999990]

    def test_systems_that_share_a_name_that_says_nothing_stay_apart(self) -> None:
        unknown = ({"wkt2": f'PROJCRS["unknown", METHOD["{k}"]]'} for k in "ABA")
        one, two, three = (ground([float(k), 0, 0, 0, 1, 0], None, **forms) for k, forms in enumerate(unknown, 1))
        graph = graph_of_nodes(pyramid(), **{"0": one, "1": two, "2": three})
        assert at(graph, "0", "unknown", 1, 1) == [1, 1]
        assert at(graph, "1", {"path": "1", "name": "unknown"}, 1, 1) == [2, 1]
        assert at(graph, "2", "unknown", 1, 1) == [3, 1]

    def test_nine_numbers_and_a_turned_grid(self) -> None:
        graph = graph_of_nodes(pyramid() | ground([1, 2, 3, 4, 5, 6, 0, 0, 1]))
        assert at(graph, "0", CODE, 10, 100) == [123, 456]  # 100 + 2*10 + 3, 4*100 + 5*10 + 6

    def test_system_without_a_transform_is_no_space(self) -> None:
        assert spaces(graph_of_nodes(pyramid() | ground())) == ["'0'", "'1'", "'2'"]

    def test_transform_that_is_not_invertible_leads_one_way(self) -> None:
        graph = graph_of_nodes(pyramid() | ground([1.0, 0, 0, 1, 0, 0]))
        assert at(graph, "0", CODE, 1, 2) == [2, 2]
        with pytest.raises(NotInvertible):
            graph.route(CODE, "0")


class TestNames:
    def test_system_of_the_name_of_a_level_is_another_space(self) -> None:
        root = pyramid(level(CODE), level("1", scale=[2, 2])) | ground(NORTH_UP)
        graph = graph_of_nodes(root)
        assert at(graph, "1", CODE, 1, 1) == [2, 2]
        assert reasons(graph) == [f"the name of the reference system is already that of '{CODE}'"]

    def test_system_of_the_name_of_a_level_stands_at_the_node_that_names_it(self) -> None:
        graph = graph_of_nodes(pyramid(level("0"), level(CODE, scale=[2, 2])), **{"0": ground(NORTH_UP)})
        assert at(graph, CODE, {"path": "0", "name": CODE}, 1, 1) == [500020, 4999980]

    def test_level_of_the_name_of_a_scenes_system_is_told(self, make: Any) -> None:
        scene = make.scene({"0": 2, "b": 2}, make.link("0", "b", "scale", scale=[3, 3]))
        graph = graph_of_nodes(scene | pyramid())
        assert reasons(graph) == ["the name of the level is already that of '0'"]
        assert at(graph, "0", "b", 1, 1) == [3, 3]
        assert at(graph, "2", "1", 1, 1) == [2, 2]
        with pytest.raises(NoRoute):
            graph.route("1", "0")

    def test_pixels_of_the_name_of_a_scenes_system_are_told(self, make: Any) -> None:
        scene = make.scene({"pixels": 3, "b": 3}, make.link("pixels", "b"))
        graph = graph_of_nodes(scene | ground(NORTH_UP), a=array(4, 4))
        assert reasons(graph) == ["the name of the pixels that it places is already that of 'pixels'"]

    def test_level_and_system_of_an_image_are_told_apart(self) -> None:
        image = images("0/a")
        image["ome"]["multiscales"][0]["coordinateSystems"][0]["name"] = "0"
        image["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["output"]["name"] = "0"
        graph = graph_of_nodes(image | pyramid(level("0")), **{"0/a": array(4, 4)})
        assert at(graph, {"path": "0/a"}, {"name": "0", "multiscale": None}, 0, 0) == [0.5, 0.5]
        assert at(graph, {"path": "0/a"}, {"name": "0", "multiscale": 0}, 2, 2) == [1, 1]

    @pytest.mark.parametrize(
        ("asked", "hint"),
        [
            ({"path": "2"}, 'that is a level of a pyramid, written "2"; its arrays are {"path": "2/a"}'),
            ({"path": "1"}, 'that is a level of a pyramid, written "1"'),
            ("2/a", 'there is an array of that path; for it write {"path": "2/a"}'),
            (CODE.lower(), f"did you mean '{CODE}'?"),
            ({"path": "1", "name": CODE}, f"but there is '{CODE}'"),
            ("EPSG:32634", f"did you mean '{CODE}'?"),
        ],
    )
    def test_hints(self, asked: Any, hint: str) -> None:
        graph = graph_of_nodes(pyramid() | ground(NORTH_UP), **{"2/a": array(4, 4)})
        with pytest.raises(UnknownSpace) as caught:
            graph.find(asked)
        assert caught.value.hint == hint

    def test_hint_at_pixels_speaks_of_no_image(self) -> None:
        graph = graph_of_nodes(ground(NORTH_UP), b=array(4, 4, **ground(NORTH_UP)))
        with pytest.raises(UnknownSpace) as caught:
            graph.find({"path": "", "name": "b"})
        assert caught.value.hint == 'there is an array of that path; for it write {"path": "b"}'
        scene_hint = graph_of_nodes(ground(NORTH_UP))
        with pytest.raises(UnknownSpace, match="Known: 'pixels', 'EPSG:32633'"):
            scene_hint.find({"path": "pixels"})


class TestPlacedAlone:
    def test_arrays_below_a_group_share_its_pixels(self) -> None:
        arrays = {"a": array(4, 4, names="y x"), "b": array(2, 4, 4, names="band y x"), "y": array(4, names="y")}
        graph = graph_of_nodes(ground(NORTH_UP), **arrays)
        assert spaces(graph) == ["'pixels'", f"'{CODE}'", "array 'a'", "array 'b'"]
        assert at(graph, {"path": "b"}, CODE, 1, 0, 1) == [500015, 4999995]
        assert at(graph, {"path": "b"}, {"path": "a"}, 1, 2, 3) == [2, 3]

    def test_array_in_the_order_of_maps(self) -> None:
        graph = graph_of_nodes(ground(NORTH_UP), a=array(2, 4, 4, names="lon band lat"))
        assert at(graph, {"path": "a"}, CODE, 1, 7, 0) == [500015, 4999995]
        assert at(graph, {"path": "a"}, "pixels", 1, 7, 0) == [0.5, 1.5]

    def test_the_root_may_be_an_array(self) -> None:
        graph = graph_of_nodes(array(4, 4, **ground(NORTH_UP)))
        assert at(graph, Space(""), CODE, 0, 1) == [500015, 4999995]

    def test_place_of_an_array_replaces_that_of_its_group(self) -> None:
        graph = graph_of_nodes(
            ground(NORTH_UP),
            a=array(4, 4, **ground([1.0, 0, 0, 0, 1, 0], "EPSG:3857")),
            b=array(4, 4),
            c=array(4, 4, **ground()),
        )
        assert at(graph, {"path": "a"}, "EPSG:3857", 0, 1) == [1.5, 0.5]
        for path in "ac":
            with pytest.raises((NoRoute, UnknownSpace)):
                graph.route({"path": path}, CODE)
        assert at(graph, {"path": "b"}, CODE, 0, 1) == [500015, 4999995]

    def test_array_without_y_and_x_is_told(self) -> None:
        graph = graph_of_nodes(ground(NORTH_UP), a=array(4, 4, 4), b=array(4), c=array())
        assert reasons(graph) == ["the dimensions of array 'a' do not tell which of them are y and x"]

    def test_transform_beside_images_is_told(self) -> None:
        graph = graph_of_nodes(images("0") | ground(NORTH_UP), **{"0": array(4, 4)})
        assert spaces(graph) == ["'um'", "array '0'"]
        assert reasons(graph) == ["a transform beside images does not say which of their levels it places"]


class TestTwoSpecifications:
    def test_image_and_pyramid_over_the_same_arrays_agree(self) -> None:
        arrays = {f"{k}/a": array(16 // 2**k, 16 // 2**k) for k in range(3)}
        graph = graph_of_nodes(images("0/a", "1/a", "2/a") | pyramid(), **arrays)
        assert spaces(graph) == [
            *("'um'", "array '0/a'", "array '1/a'", "array '2/a'"),
            *("'0'", "'1'", "'2'"),
        ]
        points = np.array([[0, 0], [1, 2.5], [-3, 7]])
        for k in "12":
            by_image = graph.route({"path": "0/a"}, "um").map.inverse()(
                graph.transform({"path": f"{k}/a"}, "um", points)
            )
            by_pyramid = graph.transform("0", {"path": "0/a"}, graph.transform({"path": f"{k}/a"}, "0", points))
            np.testing.assert_allclose(by_image, by_pyramid, atol=1e-12)
        assert at(graph, "1", "um", 0, 0) == [-0.25, -0.25]  # a corner lies half a pixel of the first before its centre

    def test_placed_image_reaches_the_ground_by_the_pyramid(self) -> None:
        graph = graph_of_nodes(images("0/a") | pyramid() | ground(NORTH_UP), **{"0/a": array(4, 4)})
        assert at(graph, "um", CODE, 0, 0) == [500005, 4999995]

    def test_pyramid_of_an_image_that_a_scene_refers_to(self, make: Any) -> None:
        scene = make.scene({"world": 2}, make.link({"path": "a", "name": "um"}, "world"))
        graph = graph_of_nodes(scene, a=images("0/a") | pyramid() | ground(NORTH_UP), **{"a/0/a": array(4, 4)})
        assert at(graph, "world", CODE, 0, 0) == [500005, 4999995]
        assert at(graph, {"path": "a", "name": "2"}, {"path": "a", "name": "0"}, 1, 1) == [4, 4]
        with pytest.raises(UnknownSpace) as caught:
            graph.find({"path": "a/2"})
        assert caught.value.hint == 'that is a level of a pyramid, written {"path": "a", "name": "2"}'

    def test_drawing_names_every_space(self) -> None:
        drawn = to_mermaid(graph_of_nodes(pyramid() | ground(NORTH_UP), **{"0/a": array(4, 4)}))
        assert drawn.splitlines() == [
            "flowchart LR",
            '  subgraph g0["(root)"]',
            '    s0["0"]',
            '    s1["1"]',
            '    s2["2"]',
            '    s3[("0/a")]',
            '    s4["EPSG:32633<br/>x, y"]',
            "  end",
            '  s3 -->|"translation, implied"| s0',
            '  s0 -->|"affine"| s4',
            '  s1 -->|"scale"| s0',
            '  s2 -->|"scale"| s0',
        ]


def test_a_hundred_thousand_levels_take_a_moment() -> None:
    levels = [level("0")] + [level(str(k), str(k - 1), factors=[1.0001]) for k in range(1, 100_000)]
    document = json.dumps(pyramid(*levels) | ground(NORTH_UP))
    start = time.process_time()
    reading = read(document)
    graph = build_graph(lambda path: None if path else reading)
    assert len(graph.spaces) == 100_000
    with pytest.raises(UnknownSpace):
        graph.find("nowhere")
    assert time.process_time() - start < 20  # some 3 s: nothing in it is quadratic
