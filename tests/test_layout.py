"""What the levels of a pyramid mean: where each lies, what it was made from, and which arrays it has."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest

from tests.rules.layouts import Hierarchy, array, group, level, stacked
from zarr_spaces.layout import (
    as_floats,
    axes_count,
    is_coordinate,
    levels_of,
    names_of,
    place_on,
    sources_of,
    times,
    variables_of_groups,
)
from zarr_spaces.zarr_multiscales.v0_1_0 import LayoutLevel, Multiscales

Place = tuple[tuple[float, ...], tuple[float, ...]] | None


def variables_of(group: str, nodes: Any) -> Any:
    return variables_of_groups([group], nodes)[group]


def typed(*levels: dict[str, Any], **members: Any) -> Multiscales:
    return Multiscales(version="0.1.0", layout=[LayoutLevel(**known) for known in levels], **members)


def placed(*levels: dict[str, Any]) -> list[Place]:
    found = levels_of(typed(*levels))
    assert [known.index for known in found] == list(range(len(levels)))
    assert all((known.scale is None) is (known.translation is None) for known in found)
    return [
        (known.scale, known.translation) if known.scale is not None and known.translation is not None else None
        for known in found
    ]


FIRST: Place = ((1.0, 1.0), (0.0, 0.0))


def test_scales_are_absolute_and_win_over_factors() -> None:
    assert placed(
        level("0"),
        level("1", "0", factors=[2, 2], scale=[2, 2]),
        level("2", "1", factors=[2, 2], scale=[5.0, 6.0], translation=[1, -2]),
    ) == [FIRST, ((2.0, 2.0), (0.0, 0.0)), ((5.0, 6.0), (1.0, -2.0))]


def test_factors_multiply_along_the_chain_and_keep_the_source_s_place() -> None:
    assert placed(
        level("0"),
        level("1", "0", scale=[2, 2], translation=[10, 20]),
        level("2", "1", factors=[3, 1]),
        level("3", "2", factors=[1, 4], translation=[0, 0]),
    ) == [FIRST, ((2.0, 2.0), (10.0, 20.0)), ((6.0, 2.0), (10.0, 20.0)), ((6.0, 8.0), (0.0, 0.0))]


def test_sources_may_stand_behind() -> None:
    assert placed(level("0"), level("2", "1", factors=[2, 2]), level("1", "0", factors=[3, 3])) == [
        FIRST,
        ((6.0, 6.0), (0.0, 0.0)),
        ((3.0, 3.0), (0.0, 0.0)),
    ]


def test_first_level_is_the_base_whatever_it_was_made_from() -> None:
    assert placed(level("0", "1", factors=[2, 2]), level("1", "0", factors=[2, 2])) == [
        FIRST,
        ((2.0, 2.0), (0.0, 0.0)),
    ]
    assert placed(level("0", translation=[3, 4])) == [((1.0, 1.0), (3.0, 4.0))]
    assert placed(level("0", scale=[10, 10]), level("1", "0", factors=[2, 2]))[1] == ((20.0, 20.0), (0.0, 0.0))


@pytest.mark.parametrize(
    ("levels", "unplaced"),
    [
        ([level("0"), level("1")], {0, 1}),  # nothing tells even the number of axes
        ([level("0"), level("1", "0"), level("2", "0", scale=[2, 2])], {1}),
        ([level("0"), level("1", factors=[2, 2])], {1}),
        ([level("0"), level("1", "9", factors=[2, 2])], {1}),
        ([level("0"), level("1", "1", factors=[2, 2])], {1}),
        ([level("0"), level("1", "2", factors=[2, 2]), level("2", "1", factors=[2, 2])], {1, 2}),
        ([level("0"), level("1", "2", factors=[2, 2]), level("2", "3", factors=[2, 2]), level("3", "2")], {1, 2, 3}),
        ([level("0"), level("1", "2", factors=[2, 2]), level("2", "1", scale=[2, 2])], set()),
        ([level("0"), level("1", "0", scale=[2, 2]), level("2", "1", factors=[2])], {2}),
        ([level("0"), level("1", "0", scale=[2, 2]), level("2", "0", scale=[2])], {2}),
        ([level("0"), level("1", "0", scale=[2, 2]), level("2", "0", scale=[2, 2], translation=[0])], {2}),
        ([level("0", translation=[0]), level("1", "0", scale=[2, 2])], {1}),
        ([level("0"), level("1", "0", factors=[1e-200, 1]), level("2", "1", factors=[1e-200, 1])], {2}),
        ([level("0"), level("1", "0", factors=[1e200, 1]), level("2", "1", factors=[1e200, 1])], {2}),
    ],
)
def test_what_nothing_tells_is_none(levels: list[dict[str, Any]], unplaced: set[int]) -> None:
    found = placed(*levels)
    assert {index for index, place in enumerate(found) if place is None} == unplaced


def test_integers_beyond_floating_point_place_nothing() -> None:
    huge: Any = 10**400
    for members in ({"scale": [huge, 1]}, {"factors": [1, huge]}, {"scale": [1, 1], "translation": [huge, 0]}):
        first, second = levels_of(typed(level("0"), level("1", "0", **members)))
        assert first.scale == (1.0, 1.0)
        assert (second.scale, second.translation, second.n) == (None, None, None)
    assert as_floats([1, 0.5]) == (1.0, 0.5)
    assert as_floats([huge]) is times([1.0], [huge]) is None
    assert times([1.5, 2.0], [2, 3]) == (3.0, 6.0)


def test_levels_lie_on_the_first_whatever_its_scale_is() -> None:
    def on_first(*levels: dict[str, Any]) -> list[Place]:
        found = levels_of(typed(*levels))
        return [place_on(one, found[0]) for one in found]

    chain = [level("1", "0", factors=[2, 2], scale=[20, 30]), level("2", "1", factors=[2, 1], translation=[105, 40])]
    assert on_first(level("0", scale=[10, 10], translation=[5, -20]), *chain) == [
        FIRST,
        ((2.0, 3.0), (-0.5, 2.0)),
        ((4.0, 3.0), (10.0, 6.0)),
    ]
    assert on_first(level("0"), *chain) == [FIRST, ((20.0, 30.0), (0.0, 0.0)), ((40.0, 30.0), (105.0, 40.0))]
    assert on_first(level("0", scale=[1, 1]), level("1")) == [FIRST, None]
    assert on_first(level("0", scale=[-1, 1]), level("1", scale=[2, 2])) == [None, None]
    assert on_first(level("0", scale=[1e-300, 1]), level("1", scale=[1e300, 1])) == [FIRST, None]
    assert on_first(level("0", scale=[1e300, 1]), level("1", scale=[1e-300, 1])) == [FIRST, None]
    assert on_first(level("0"), level("1", scale=[2, 2], translation=[math.inf, 0])) == [FIRST, None]


def test_axes_are_counted_by_most_lists_and_of_equally_many_by_the_first() -> None:
    assert axes_count(typed(level("0"))) is None
    assert axes_count(typed(level("0"), level("1", scale=[1], translation=[0, 0]), level("2", scale=[2, 2]))) == 2
    assert axes_count(typed(level("0"), level("1", "0", factors=[2, 2, 2]), level("2", scale=[1]))) == 3
    assert axes_count(typed(level("0", translation=[0]), level("1", scale=[2, 2]))) == 1
    assert [known.n for known in levels_of(typed(level("0"), level("1", "0", factors=[2, 2, 2])))] == [3, 3]


def test_sources_are_found_by_name() -> None:
    assert sources_of(typed(level("a"), level("b", "a"), level("c", "d"), level("d", "d"))) == [None, 0, 3, 3]
    assert sources_of(typed(level("a"), level("a"), level("b", "a"))) == [None, None, 0]
    assert sources_of(typed(level("a"), level("b", "a/"), level("c//d/", "./b"), level("e", "c/d"))) == [None, 0, 1, 2]
    assert sources_of(typed(level("a"), level("b", "/"), level("c", "a/b"))) == [None, None, None]


def test_effective_resampling_method() -> None:
    def methods(*levels: dict[str, Any], **members: Any) -> list[str]:
        return [known.resampling_method for known in levels_of(typed(*levels, **members))]

    own = [level("0"), level("1", "0", resampling_method="mode"), level("2", "1")]
    assert methods(*own) == ["nearest", "mode", "nearest"]
    assert methods(*own, resampling_method="average") == ["average", "mode", "average"]


def test_long_layouts_take_little_time() -> None:
    many = 100_000
    chain = [level("0")] + [level(str(index), str(index - 1), factors=[1, 1]) for index in range(1, many)]
    circle = [level("x")] + [level(str(index), str((index + 1) % many), factors=[1, 1]) for index in range(many)]
    backwards = [level("0"), *reversed(chain[1:])]
    for layout in (chain, backwards, circle):
        document = typed(*layout)
        start = time.perf_counter()
        found = levels_of(document)
        assert time.perf_counter() - start < 10  # a hard stop: what grows with the square takes minutes
        assert len(found) == len(layout)
        assert (found[-1].scale is None) is (layout is circle)
    million = 1_000_000
    wide = typed(level("0"), level("1", scale=[2.0] * million), level("2", "1", factors=[2.0] * million))
    last = levels_of(wide)[2].scale
    assert last is not None
    assert math.fsum(last) == 4 * million


RASTERS = {
    "data": array(8, 8),
    "y": array(8, names="y"),
    "x": array(8, names="x"),
    "spatial_ref": array(names=""),
    "mask": array(8, 8, names=None),
}


def test_variables_are_the_arrays_of_a_level_without_coordinates() -> None:
    nodes = stacked(RASTERS, {"data": array(4, 4)}) | {"0/deeper": group(), "0/deeper/data": array(1), "data": array(2)}
    own = Hierarchy(nodes)
    assert list(variables_of("0", own)) == ["data", "mask"]
    assert variables_of("1", own) == {"data": array(4, 4)}
    assert variables_of("2", own) == {}
    copied = Hierarchy({}, nodes)
    assert list(variables_of("0", copied)) == ["data", "mask"]
    assert list(variables_of("0/deeper", copied)) == ["data"]
    assert copied.asked == 0
    assert variables_of_groups(["1", "0", "1"], copied) == {
        "1": variables_of("1", own),
        "0": variables_of("0", own),
    }


def test_copies_that_are_no_arrays_are_no_variables() -> None:
    odd: dict[str, Any] = {
        "0/a": None,
        "0/b": [],
        "0/c": {"node_type": "group"},
        "0/d": {"node_type": "array"},
        "0/e": {"node_type": "array", "shape": [True, 2]},
        "0/f": {"node_type": "array", "shape": "8"},
        "0": array(8),
        "0/": array(8),
        "": array(8),
        "0/g": array(8, 8),
    }
    assert list(variables_of("0", Hierarchy({}, odd))) == ["g"]


def test_level_that_is_an_array_is_its_own_variable() -> None:
    assert variables_of("0", Hierarchy({"0": array(8, 8)})) == {"": array(8, 8)}


@pytest.mark.parametrize(
    ("name", "node", "expected"),
    [
        ("x", array(8, names="x"), True),
        ("x", array(8, names="y"), False),
        ("x", array(8, names=None), False),
        ("x", array(8, 8, names="xx"), False),
        ("spatial_ref", array(names=None), True),
    ],
)
def test_coordinates_are_told_by_their_dimension(name: str, node: dict[str, Any], expected: bool) -> None:
    assert is_coordinate(name, node) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["y", "x"], ["y", "x"]),
        (["y", None], ["y", None]),
        (["y", 5], ["y", None]),
        (["y"], [None, None]),
        (None, [None, None]),
        ("yx", [None, None]),
    ],
)
def test_names_of_dimensions(names: Any, expected: list[str | None]) -> None:
    assert names_of({"shape": [8, 8], "dimension_names": names}) == expected
