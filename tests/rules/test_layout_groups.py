"""What a pyramid asks of the groups below it and of their copies, beyond the pairs in the corpus."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest

from tests.rules.layouts import Hierarchy, array, findings, group, level, places, pyramid, said, shapes, stacked
from zarr_spaces import Level, Severity, check

TWO = pyramid(level("0"), level("1", "0", factors=[2, 2]))
ARRAYS = stacked({"data": array(8, 8), "x": array(8, names="x")}, {"data": array(4, 4), "x": array(4, names="x")})


def copied(**changes: Any) -> Hierarchy:
    """The arrays, and a copy of their metadata in which some nodes are others, or missing for None."""
    changed = ARRAYS | {path.replace("_", "/"): node for path, node in changes.items()}
    return Hierarchy(ARRAYS, {path: node for path, node in changed.items() if node is not None})


def test_sound_hierarchy_has_no_finding() -> None:
    assert check(TWO, level=Level.ARRAYS, nodes=copied()).findings == ()


class TestGroupsExist:
    RULE = "layout-groups-exist"

    def test_missing_groups_are_told_with_what_is_there(self) -> None:
        document = pyramid(level("0"), level("half", "0", factors=[2, 2]), level("quarter", "0", factors=[4, 4]))
        nodes = Hierarchy({"0": group(), "halv": group()})
        assert places(document, self.RULE, nodes) == ["/1/group", "/2/group"]
        (message, hint), _ = said(document, self.RULE, nodes)
        assert message == "no readable Zarr group at 'half'"
        assert "'halv'" in hint
        assert findings(document, self.RULE, nodes)[0].severity is Severity.ERROR

    def test_arrays_are_no_groups(self) -> None:
        nodes = Hierarchy({"0": array(8, 8), "1": array(4, 4)})
        assert said(TWO, self.RULE, nodes) == [
            ("no readable Zarr group at '0'", "it is an array; a group is needed"),
            ("no readable Zarr group at '1'", "it is an array; a group is needed"),
        ]

    def test_paths_that_lead_elsewhere_are_told_by_the_document(self) -> None:
        assert places(pyramid(level("../0"), level("/")), self.RULE, Hierarchy({})) == []

    def test_slashes_do_not_make_another_group(self) -> None:
        assert places(pyramid(level("0/"), level("a//b", scale=[2])), self.RULE, Hierarchy({"0": group()})) == [
            "/1/group"
        ]
        nodes = Hierarchy({"0": group(), "a/b": group()})
        assert places(pyramid(level("0/"), level("a//b", scale=[2])), self.RULE, nodes) == []


class TestVariables:
    RULE = "layout-variables-same"

    def test_both_sides_of_a_difference_are_told(self) -> None:
        nodes = Hierarchy(stacked({"red": array(8, 8), "nir": array(8, 8)}, {"red": array(4, 4), "swir": array(4, 4)}))
        assert places(TWO, self.RULE, nodes) == ["/1/group"]
        ((message, hint),) = said(TWO, self.RULE, nodes)
        assert message == "the level lacks 'nir', which '0' has and has 'swir', which '0' lacks"
        assert hint == "readers that know a variable by one level look for it in the others"

    def test_coordinates_and_single_values_are_no_variables(self) -> None:
        first = {"data": array(8, 8), "x": array(8, names="x"), "spatial_ref": array(names=())}
        nodes = Hierarchy(stacked(first, {"data": array(4, 4)}))
        assert places(TWO, self.RULE, nodes) == []

    def test_levels_that_are_missing_are_not_compared(self) -> None:
        assert places(TWO, self.RULE, Hierarchy({"0": group(), "0/data": array(8, 8)})) == []


class TestConsolidated:
    def test_none_is_a_warning_at_the_pyramid(self) -> None:
        (finding,) = findings(TWO, "layout-consolidated", Hierarchy(ARRAYS))
        assert finding.json_pointer == "/multiscales"
        assert finding.severity is Severity.WARNING
        assert "zarr.consolidate_metadata" in (finding.hint or "")

    @pytest.mark.parametrize(
        ("changes", "lacking"),
        [({"1_data": None}, "'1/data'"), ({"1_data": None, "1_x": None}, "'1/data', '1/x'"), ({"1": None}, "'1'")],
    )
    def test_what_is_lacking_is_named(self, changes: dict[str, Any], lacking: str) -> None:
        nodes = copied(**changes)
        assert places(TWO, "layout-consolidated", nodes) == ["/1"]
        assert said(TWO, "layout-consolidated", nodes)[0][0] == f"the consolidated metadata lacks {lacking}"

    def test_levels_without_a_group_are_told_elsewhere(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[2, 2]), level("2", "1", factors=[2, 2]))
        assert places(document, "layout-consolidated", copied()) == []
        assert places(document, "layout-consolidated-current", copied()) == []


class TestCurrent:
    RULE = "layout-consolidated-current"

    @pytest.mark.parametrize(
        ("changes", "place", "words"),
        [
            ({"1_data": array(3, 3)}, "/1", "'1/data' is not what stands there: 'shape' differs"),
            ({"1_data": array(4, 4, data_type="int8")}, "/1", "'1/data' is not what stands there: 'data_type' differs"),
            ({"1_data": array(4, 4, names="xy")}, "/1", "'dimension_names' differs"),
            ({"1_data": array(4, 4, attributes={"units": "m"})}, "/1", "'attributes' differs"),
            ({"0": group(geo={})}, "/0", "'0' is not what stands there: 'attributes' differs"),
            ({"0": array(8, 8)}, "/0", "'node_type' differs"),
            ({"0_data": group()}, "/0", "'node_type' differs"),
            ({"0_old": array(8, 8)}, "/0", "'0/old' is not what stands there: there is no such node"),
            ({"0_old_older": array(8, 8)}, "/0", "'0/old/older' is not"),
            ({"0_data": "gone"}, "/0", "the copy is no object"),
        ],
    )
    def test_what_differs_is_named(self, changes: dict[str, Any], place: str, words: str) -> None:
        nodes = copied(**changes)
        assert places(TWO, self.RULE, nodes) == [place]
        ((message, hint),) = said(TWO, self.RULE, nodes)
        assert message.startswith("the consolidated metadata of '")
        assert words in message
        assert hint.startswith("readers go by the copy")
        assert findings(TWO, self.RULE, nodes)[0].severity is Severity.ERROR

    @pytest.mark.parametrize(
        "node",
        [
            array(4, 4, attributes={}),
            array(4, 4, storage_transformers=[]),
            array(4, 4, attributes=None, codecs=None),
            array(4, 4) | {"shape": [4.0, 4]},
        ],
    )
    def test_what_writers_leave_out_makes_no_difference(self, node: dict[str, Any]) -> None:
        assert places(TWO, self.RULE, copied(**{"1_data": node})) == []
        inline = group() | {"consolidated_metadata": {"kind": "inline", "metadata": {}}}
        assert places(TWO, self.RULE, copied(**{"1": inline})) == []

    def test_names_that_only_begin_alike_are_other_nodes(self) -> None:
        assert places(TWO, self.RULE, copied(**{"10": array(1), "1-old": group(), "1.5": group()})) == []


class Wide(Hierarchy):
    """A hierarchy that knows its children at once."""

    def children(self, path: str) -> Sequence[str]:
        return ["data"] if path else []


def test_many_levels_and_copies_take_little_time() -> None:
    many = 20_000
    nodes: dict[str, Any] = {}
    for index in range(many):
        nodes[str(index)] = group()
        nodes[f"{index}/data"] = array(8, 8)
    for document in (pyramid(*(level(str(i)) for i in range(many))), pyramid(*[level("0")] * many)):
        start = time.perf_counter()
        check(document, level=Level.ARRAYS, nodes=Wide(nodes, nodes))
        assert time.perf_counter() - start < 10  # a hard stop: what grows with the square takes minutes


def test_groups_of_their_own_are_asked_once() -> None:
    nodes = shapes((8, 8), (4, 4))
    check(TWO, level=Level.ARRAYS, nodes=nodes)
    assert nodes.asked <= 10
