"""Laws of pyramids: what their levels mean is what points do."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from zarr_spaces import SpaceGraph, check, graph_of, parse, to_mermaid
from zarr_spaces.document.reading import read
from zarr_spaces.findings import Level
from zarr_spaces.graph.build import build_graph
from zarr_spaces.graph.space import Space
from zarr_spaces.layout import DEFAULT_METHOD, PyramidLevel, levels_of, place_on
from zarr_spaces.paths import normalise_path
from zarr_spaces.testing import layouts, mutations, placements
from zarr_spaces.zarr_multiscales.v0_1_0 import GeoAttributes, ZarrMultiscales


class Arrays:
    """A look at a store in which each level has one array of so many dimensions; `extra` ones stand before the axes."""

    def __init__(self, groups: list[str], n: int, extra: int) -> None:
        names = ["t", "band"][:extra] + (["y", "x"] if n == 2 else [f"axis {k}" for k in range(n)])
        self.node = {"node_type": "array", "shape": [4] * (n + extra), "dimension_names": names}
        self.groups = groups

    def attributes(self, path: str) -> Any:
        return {} if path in self.groups else None

    def array(self, path: str) -> Any:
        return self.node if path.removesuffix("/data") in self.groups and path.endswith("/data") else None

    def consolidated(self) -> Any:
        return None

    def children(self, path: str) -> list[str]:
        return ["data"] if path in self.groups else []

    def has_file(self, path: str) -> bool:
        return False


def levels_and_graph(document: Any, extra: int = 0) -> tuple[tuple[PyramidLevel, ...], SpaceGraph]:
    """Read a pyramid, with an array in each level that has `extra` dimensions beside those of the layout."""
    levels = levels_of(parse(document, ZarrMultiscales).multiscales)
    n = next((level.n for level in levels if level.n is not None), None)
    assume(n is not None and (extra == 0 or n == 2))
    assert n is not None
    arrays = Arrays([level.group for level in levels], n, extra)
    reading = read(document)
    return levels, build_graph(lambda path: None if path else reading, lambda path: arrays)


def points(data: st.DataObject, n: int) -> NDArray[np.float64]:
    rows = st.lists(st.floats(-1000, 1000), min_size=n, max_size=n)
    return np.array(data.draw(st.lists(rows, min_size=1, max_size=3)))


def size(level: PyramidLevel, shown: NDArray[np.float64]) -> float:
    """Bound the coordinates in the first level of what is shown in a level."""
    assert level.scale is not None and level.translation is not None
    return float(1 + np.abs(shown).max() * max(level.scale) + max(map(abs, level.translation)))


@given(st.data(), layouts())
def test_every_level_leads_to_the_first_by_its_scale_and_translation(data: st.DataObject, document: Any) -> None:
    levels, graph = levels_and_graph(document)
    for level in levels:
        assert level.scale is not None and level.translation is not None  # what is drawn tells the place of all
        given_points = points(data, len(level.scale))
        mapped = graph.transform(level.group, levels[0].group, given_points)
        expected = given_points * level.scale + level.translation
        np.testing.assert_allclose(mapped, expected, rtol=1e-12, atol=1e-12 * size(level, given_points))
    assert graph.dangling == () or "geo" in document


@given(st.data(), layouts(), st.floats(0.01, 100), st.integers(-1000, 1000))
def test_levels_lie_as_they_lie_whatever_the_first_one_is_measured_in(
    data: st.DataObject, document: Any, unit: float, start: int
) -> None:
    document = copy.deepcopy(document)
    levels, graph = levels_and_graph(document)
    for declared, level in zip(document["multiscales"]["layout"], levels, strict=True):
        assert level.scale is not None and level.translation is not None
        declared["scale"] = [unit * size for size in level.scale]
        declared["translation"] = [unit * shift + start for shift in level.translation]
    measured, moved = levels_and_graph(document)
    level = data.draw(st.sampled_from(levels))
    place = place_on(measured[level.index], measured[0])
    assert place is not None and level.scale is not None and level.translation is not None
    rounding = 1e-12 * (1 + max(map(abs, level.translation)) + abs(start) / unit)
    np.testing.assert_allclose(place[0], level.scale, rtol=1e-12)
    np.testing.assert_allclose(place[1], level.translation, rtol=0, atol=rounding)
    given_points = points(data, len(level.scale))
    expected = graph.transform(level.group, levels[0].group, given_points)
    mapped = moved.transform(level.group, levels[0].group, given_points)
    np.testing.assert_allclose(mapped, expected, rtol=1e-12, atol=rounding + 1e-12 * size(level, given_points))


@given(st.data(), layouts())
def test_there_and_back_between_two_levels_is_the_identity(data: st.DataObject, document: Any) -> None:
    levels, graph = levels_and_graph(document)
    one, other = data.draw(st.sampled_from(levels)), data.draw(st.sampled_from(levels))
    assert one.scale is not None
    given_points = points(data, len(one.scale))
    back = graph.transform(other.group, one.group, graph.transform(one.group, other.group, given_points))
    bound = size(one, given_points) + max(map(abs, other.translation or ()))
    np.testing.assert_allclose(back, given_points, rtol=0, atol=1e-12 * bound)


@given(st.data(), layouts())
def test_arrays_count_centres_and_levels_corners(data: st.DataObject, document: Any) -> None:
    levels, graph = levels_and_graph(document)
    level = data.draw(st.sampled_from(levels))
    assert level.scale is not None and level.translation is not None
    indices = points(data, len(level.scale))
    source, target = ({"path": f"{found.group}/data"} for found in (level, levels[0]))
    expected = (indices + 0.5) * level.scale + level.translation - 0.5
    bound = 1e-12 * size(level, indices)
    np.testing.assert_allclose(graph.transform(source, target, indices), expected, rtol=1e-12, atol=bound)


@given(st.data(), layouts(axes=2, placed=True), st.integers(0, 2))
def test_pixels_lie_on_the_ground_where_the_transform_puts_them(data: st.DataObject, document: Any, extra: int) -> None:
    document = copy.deepcopy(document)
    document["geo"]["proj"].pop("spatial_dimensions", None)  # the arrays here have y and x
    levels, graph = levels_and_graph(document, extra)
    level = data.draw(st.sampled_from(levels))
    assert level.scale is not None and level.translation is not None
    (system,) = (space for space, info in graph.spaces.items() if info.is_crs)
    indices = points(data, 2 + extra)
    row, col = ((indices[:, extra:] + 0.5) * level.scale + level.translation).T
    a, b, c, d, e, f = document["geo"]["proj"]["transform"][:6]
    expected = np.stack([a * col + b * row + c, d * col + e * row + f], axis=1)
    mapped = graph.transform({"path": f"{level.group}/data"}, system, indices)
    bound = size(level, indices) * max(map(abs, (a, b, d, e))) * 2 + max(abs(c), abs(f))
    np.testing.assert_allclose(mapped, expected, rtol=1e-12, atol=1e-12 * bound)
    if not extra:
        back = graph.transform(system, {"path": f"{level.group}/data"}, mapped)
        smallest = min(np.hypot(a, d), np.hypot(b, e)) * min(level.scale)
        np.testing.assert_allclose(back, indices, rtol=0, atol=1e-12 + 1e-12 * bound / smallest)


@given(st.data(), placements(transform=True))
def test_what_is_placed_alone_counts_from_its_corner(data: st.DataObject, document: Any) -> None:
    graph = graph_of(parse(document, GeoAttributes))
    assert len(graph.spaces) == 2
    (system,) = (space for space, info in graph.spaces.items() if info.is_crs)
    pixels = points(data, 2)
    a, b, c, d, e, f = document["geo"]["proj"]["transform"][:6]
    expected = [[a * col + b * row + c, d * col + e * row + f] for row, col in pixels]
    bound = 1e-12 * (np.abs(pixels).max() * max(map(abs, (a, b, d, e))) * 2 + max(abs(c), abs(f)) + 1)
    np.testing.assert_allclose(graph.transform("pixels", system, pixels), expected, rtol=1e-12, atol=bound)


@given(layouts())
def test_effective_methods_are_those_of_the_level_the_pyramid_or_the_default(document: Any) -> None:
    pyramid = document["multiscales"]
    for declared, level in zip(pyramid["layout"], levels_of(parse(document, ZarrMultiscales).multiscales), strict=True):
        told = [declared.get("resampling_method"), pyramid.get("resampling_method"), DEFAULT_METHOD]
        assert level.resampling_method == next(method for method in told if method is not None)
        source = pyramid["layout"][level.source]["group"] if level.source is not None else None
        assert source == declared.get("from_group")


@given(mutations(layouts() | placements()), st.integers(0, 2))
def test_whatever_is_read_has_a_graph_that_can_be_drawn(document: Any, extra: int) -> None:
    reading = read(document)
    groups = [level.group for level in reading.layout.multiscales.layout] if reading.layout is not None else []
    arrays = Arrays([normalise_path(group) for group in groups], 2, extra)
    graph = build_graph(lambda path: None if path else reading, lambda path: arrays)
    assert to_mermaid(graph).startswith("flowchart")
    assert all(edge.source in graph.spaces and edge.target in graph.spaces for edge in graph.edges)
    assert all(item.reason for item in graph.dangling)
    for level in graph.spaces:
        assert graph.find(level) == level
        assert isinstance(level, Space)


@given(mutations(layouts()), st.integers(0, 2), st.sampled_from(list(Level)))
def test_whatever_stands_below_a_check_tells_only_findings(document: Any, extra: int, level: Level) -> None:
    report = check(document, level=level, nodes=Arrays(["0", "a", "b"], 2, extra))
    assert all(finding.message and finding.rule for finding in report)
