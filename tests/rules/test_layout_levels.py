"""What the levels of a pyramid say of each other, beyond the pairs in the corpus."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.rules.layouts import LAYOUT, TRANSFORM, findings, level, places, pyramid, said, scaled
from zarr_spaces import Severity, check

CHAIN = (
    level("0"),
    level("1", "0", factors=[2, 2], scale=[2.0, 2.0], translation=[0.0, 0.0], resampling_method="average"),
    level("2", "1", factors=[2, 2], scale=[4.0, 4.0], translation=[0.0, 0.0], resampling_method="average"),
)


@pytest.mark.parametrize(
    "document",
    [
        pyramid(*CHAIN, resampling_method="average"),
        pyramid(*scaled(None, [2.0, 2.0], [4.0, 4.0], [8.0, 8.0], chained=True)),
        pyramid(level("full"), level("half", "full", factors=[2, 2])),
        pyramid(level("0")),
        pyramid(level("0"), level("1", "0", factors=[3, 2.5], scale=[3.0, 2.5])),
        pyramid(level("0"), level("1", "0", factors=[1, 2, 2], scale=[1, 2, 2])),
        pyramid(level("r10m"), level("r20m", "r10m", scale=[2, 2]), level("r60m", "r10m", scale=[6, 6])),
        pyramid(level("a/b"), level("a/c", scale=[1])),
        pyramid(*CHAIN, consolidated=True, tile_size=256),
        pyramid(*CHAIN[:2], proj={"transform": TRANSFORM, "bbox": [500000.0, 4900000.0, 600000.0, 5000000.0]}),
    ],
)
def test_sound_pyramids_have_no_finding(document: dict[str, Any]) -> None:
    assert check(document).findings == ()


class TestVersion:
    RULE = "layout-version-known"

    def test_later_versions_are_read_with_what_is_not_understood(self) -> None:
        document = pyramid(level("0", tiles=1), level("1", scale=[2, 2], chunks=2), version="0.2.0", author="me")
        (finding,) = findings(document, self.RULE)
        assert finding.json_pointer == "/multiscales/version"
        assert finding.severity is Severity.WARNING
        assert finding.message == "the version '0.2.0' is read as 0.1.0; not understood: 'author', 'chunks', 'tiles'"
        assert finding.hint == "where nothing newer is needed, write 0.1.0"
        assert check(document).valid

    @pytest.mark.parametrize("version", ["0.1.1", "0.10.0", "0.2.17"])
    def test_nothing_unknown_is_said_as_well(self, version: str) -> None:
        ((message, _),) = said(pyramid(level("0"), version=version), self.RULE)
        assert message.endswith("; nothing in it is unknown")

    def test_unknown_members_are_free_in_the_known_version(self) -> None:
        assert said(pyramid(level("0", tiles=1), author="me"), self.RULE) == []

    @pytest.mark.parametrize("version", ["1.0.0", "2.1.3"])
    def test_other_major_versions_are_refused(self, version: str) -> None:
        (finding,) = check(pyramid(level("0"), version=version))
        assert (finding.rule, finding.severity) == ("version-unknown", Severity.ERROR)


class TestGroups:
    def test_each_repetition_names_the_first(self) -> None:
        document = pyramid(level("0"), level("a"), level("0/"), level("./0"), level("a"))
        assert places(document, "layout-groups-unique") == ["/2/group", "/3/group", "/4/group"]
        assert said(document, "layout-groups-unique")[0][0] == "the group '0' is already that of level 0"

    @pytest.mark.parametrize("path", ["..", "../1", "a/../b", "/1", ".", "./", "/", "s3://bucket/1"])
    def test_paths_that_lead_elsewhere(self, path: str) -> None:
        assert places(pyramid(level(path)), "layout-groups-below") == ["/0/group"]

    @pytest.mark.parametrize("path", ["0", "r10m", "a/b", "1/", "..a", "a b", "größe"])
    def test_paths_that_lead_below(self, path: str) -> None:
        assert places(pyramid(level(path)), "layout-groups-below") == []


class TestSources:
    def test_likely_name_is_offered(self) -> None:
        document = pyramid(level("full"), level("half", "ful", factors=[2, 2]))
        assert places(document, "layout-sources-exist") == ["/1/from_group"]
        assert said(document, "layout-sources-exist") == [("no level has the group 'ful'", "did you mean 'full'?")]

    def test_names_are_listed_where_none_is_likely(self) -> None:
        document = pyramid(level("0"), level("1", "base", factors=[2, 2]))
        assert said(document, "layout-sources-exist")[0][1] == "levels here: '0', '1'"

    @pytest.mark.parametrize(("name", "source"), [("0", "0/"), ("0/", "0"), ("a/b", "./a//b"), ("a//b", "a/b")])
    def test_slashes_make_no_other_source(self, name: str, source: str) -> None:
        report = check(pyramid(level(name), level("1", source, factors=[2, 2]), level("2", "1/", factors=[2, 2])))
        assert report.findings == ()

    def test_slashes_hide_no_circle(self) -> None:
        assert places(pyramid(level("0"), level("1/", "1", scale=[2, 2])), "layout-sources-end") == ["/1/from_group"]

    def test_circles_are_told_once_each(self) -> None:
        document = pyramid(
            level("0"),
            level("a", "b", scale=[2, 2]),
            level("b", "a", scale=[2, 2]),
            level("on the way", "a", scale=[3, 3]),
            level("c", "c", scale=[4, 4]),
        )
        assert places(document, "layout-sources-end") == ["/1/from_group", "/4/from_group"]
        assert [message for message, _ in said(document, "layout-sources-end")] == [
            "the level is made from itself: 'a' from 'b' from 'a'",
            "the level is made from itself",
        ]

    def test_long_circles_are_shortened(self) -> None:
        document = pyramid(level("x"), *(level(str(i), str((i + 1) % 9)) for i in range(9)))
        ((message, _),) = said(document, "layout-sources-end")
        assert message == "the level is made from itself: '0' from '1' from '2' from '3' from ... from '0'"

    def test_way_into_a_circle_is_no_circle(self) -> None:
        document = pyramid(level("0"), level("in", "a"), level("a", "b"), level("b", "a"))
        assert places(document, "layout-sources-end") == ["/2/from_group"]

    def test_circle_is_the_only_error(self) -> None:
        document = pyramid(level("0"), level("1", "1", factors=[2, 2], scale=[2, 2]))
        assert [finding.rule for finding in check(document)] == ["layout-sources-end"]


class TestLengths:
    RULE = "layout-lengths-agree"

    def test_all_lists_are_compared_with_what_most_have(self) -> None:
        document = pyramid(
            level("0"),
            level("1", factors=[2, 2, 1], scale=[2, 2], translation=[0]),
            level("2", factors=[2, 2], scale=[4, 4], translation=[0, 0]),
        )
        assert places(document, self.RULE) == ["/1/factors", "/1/translation"]
        assert [message for message, _ in said(document, self.RULE)] == [
            "has 3 numbers, other lists of the layout have 2",
            "has 1 number, other lists of the layout have 2",
        ]

    def test_of_two_the_first_counts(self) -> None:
        assert places(pyramid(level("0"), level("1", scale=[2]), level("2", scale=[2, 2])), self.RULE) == ["/2/scale"]

    def test_wrong_length_is_told_once(self) -> None:
        document = pyramid(level("0"), level("1", "0", scale=[2, 2]), level("2", "1", scale=[4], factors=[2, 2]))
        assert [finding.rule for finding in check(document)] == [self.RULE]


class TestOrder:
    RULE = "layout-fine-to-coarse"

    @pytest.mark.parametrize(
        "scales",
        [
            [None, [2, 2], [4, 4]],
            [None, [1, 1]],
            [None, [1, 2], [2, 1]],  # as many pixels
            [None, [2, 2], None, [2, 2]],
            [None, [2 * (1 + 1e-9), 2], [2, 2]],
            [None, [1e200, 1e200], [1e300, 1e300]],
            [None, [1.0, 1e308], [2.0, 1e308]],
        ],
    )
    def test_levels_in_order(self, scales: list[Any]) -> None:
        assert places(pyramid(*scaled(*scales)), self.RULE) == []

    @pytest.mark.parametrize(
        ("scales", "expected"),
        [
            ([None, [4, 4], [2, 2]], ["/2/scale"]),
            ([None, [0.5, 0.5]], ["/1/scale"]),
            ([[10, 10], [2, 2]], ["/1/scale"]),
            ([None, [4, 4], None, [2, 2]], ["/3/scale"]),
            ([None, [8, 8], [4, 4], [2, 2]], ["/2/scale", "/3/scale"]),
        ],
    )
    def test_levels_out_of_order(self, scales: list[Any], expected: list[str]) -> None:
        assert places(pyramid(*scaled(*scales)), self.RULE) == expected

    @pytest.mark.parametrize("scale", [[4, 2], [2, 2], [3.9, 4], [1, 4]])
    @pytest.mark.parametrize("between", [[], [[4, 4]], [[5, 5], [8, 9]], [[2, 3]]])
    def test_level_that_is_finer_than_a_source_before_it_is_out_of_order(
        self, scale: list[float], between: list[list[float]]
    ) -> None:
        layout = [level("0"), level("source", "0", scale=[4, 4])]
        layout += [level(f"between {k}", scale=size) for k, size in enumerate(between)]
        for members in ({"scale": scale}, {"factors": [size / 4 for size in scale]}):
            assert places(pyramid(*layout, level("last", "source", **members)), self.RULE)

    def test_scales_may_follow_from_factors(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[4, 4]), level("2", "0", factors=[2, 2]))
        (finding,) = findings(document, self.RULE)
        assert finding.json_pointer == f"{LAYOUT}/2/factors"
        assert finding.severity is Severity.ERROR
        assert finding.message == "the scale [2.0, 2.0] is finer than [4.0, 4.0] of the level '1' before"
        assert finding.hint is not None
        assert "scales count from it, not from the level before" in finding.hint


class TestBase:
    RULE = "layout-starts-at-base"

    def test_sizes_on_the_ground_are_told(self) -> None:
        document = pyramid(level("0", scale=[10.0, 10.0], translation=[5e6, 5e5]), level("1", scale=[20, 20]))
        assert places(document, self.RULE) == ["/0/scale", "/0/translation"]
        (message, hint), _ = said(document, self.RULE)
        assert message == "the first level has the scale [10.0, 10.0], in pixels of itself"
        assert hint == "sizes on the ground stand in other metadata, such as the transform of geo.proj"

    @pytest.mark.parametrize("members", [{}, {"scale": [1, 1.0]}, {"scale": [1, 1], "translation": [0, 0.0]}])
    def test_base_may_be_written_out(self, members: dict[str, Any]) -> None:
        assert check(pyramid(level("0", **members), level("1", scale=[2, 2]))).findings == ()


class TestFactors:
    RULE = "layout-scale-agrees-with-factors"

    def test_scale_that_repeats_the_factors_is_recognised(self) -> None:
        document = pyramid(*CHAIN[:2], level("2", "1", factors=[2, 2], scale=[2, 2]))
        assert places(document, self.RULE) == ["/2/scale"]
        ((message, hint),) = said(document, self.RULE)
        assert message == "the scale is [2, 2]; the source's times the factors is [4.0, 4.0]"
        assert hint == "scales count from the first level, factors from the source: this scale repeats the factors"
        assert check(document).valid
        assert places(document, "layout-scale-absolute") == []  # one word is enough

    def test_other_differences(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[2, 2], scale=[2, 3]))
        assert said(document, self.RULE)[0][1] == "readers go by the scale: mend whichever is wrong"

    @pytest.mark.parametrize(
        "members",
        [
            {"factors": [3, 3], "scale": [3.0000001, 3]},
            {"factors": [3], "scale": [2, 2]},  # lengths are told elsewhere
            {"scale": [7, 7]},
            {"factors": [7, 7]},
        ],
    )
    def test_what_is_let_pass(self, members: dict[str, Any]) -> None:
        assert places(pyramid(level("0"), level("1", "0", **members)), self.RULE) == []

    def test_second_level_can_only_be_made_from_the_first(self) -> None:
        document = pyramid(level("0"), level("1", factors=[2, 2], scale=[3, 3]))
        assert places(document, self.RULE) == ["/1/scale"]
        assert said(document, self.RULE)[0][0] == "the scale is [3, 3]; the source's times the factors is [2.0, 2.0]"

    @pytest.mark.parametrize(
        ("factors", "scale", "expected"),
        [
            ([2, 2], [4, 4], []),  # of the second
            ([4, 4.0000001], [4, 4], []),  # of the first
            ([2, 2], [6, 6], []),  # of the third
            ([2, 2], [5, 5], ["/3/scale"]),
            ([2, 4], [4, 4], ["/3/scale"]),
        ],
    )
    def test_level_without_a_source_may_be_made_from_any_before(
        self, factors: list[float], scale: list[float], expected: list[str]
    ) -> None:
        layout = [*scaled(None, [2, 2], [3, 3]), level("3", factors=factors, scale=scale), level("4", scale=[9, 9])]
        assert places(pyramid(*layout), self.RULE) == expected
        if expected:
            ((message, hint),) = said(pyramid(*layout), self.RULE)
            assert message == f"the scale is {scale}; no level before gives it by the factors {factors}"
            assert hint == "readers go by the scale: mend whichever is wrong, and name the source in from_group"

    def test_sources_that_are_not_known_are_not_guessed(self) -> None:
        for before in ([level("0"), level("x")], [level("0"), level("x", factors=[3, 3])], scaled(*[None] * 40)):
            layout = [*before, level("last", factors=[2, 2], scale=[5, 5])]
            assert places(pyramid(*layout), self.RULE) == []
        assert places(pyramid(level("0", factors=[2, 2], scale=[3, 3])), self.RULE) == []
        missing = pyramid(level("0"), level("1", "9", factors=[2, 2], scale=[3, 3]))
        assert places(missing, self.RULE) == []

    def test_each_small_factor_is_told(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[0.5, 1, 0.3], scale=[1, 1, 1]))
        assert places(document, "layout-factors-coarsen") == ["/1/factors/0", "/1/factors/2"]
        (first, hint), (second, other) = said(document, "layout-factors-coarsen")
        assert (first, second) == tuple(f"the factor {n} makes the level finer than its source" for n in ("0.5", "0.3"))
        assert (hint, other) == (f"{other}: 2?", "write how many pixels of the source make one of the level")

    @pytest.mark.parametrize(
        ("levels", "expected"),
        [
            ([level("0"), level("1", "2", scale=[2, 2]), level("2", "0", scale=[4, 4])], ["/1/from_group"]),
            ([level("0", "1"), level("1", scale=[2, 2])], ["/0/from_group"]),
            ([level("0"), level("1", "0", scale=[1, 100]), level("2", "1", scale=[60, 2])], ["/2/from_group"]),
            ([level("0"), level("1", "0", scale=[1, 100]), level("2", scale=[60, 2])], []),
            ([level("0"), level("1", "0", scale=[2, 2]), level("2", "1", scale=[2, 2 - 1e-9])], []),
            ([level("0"), level("1", "0", scale=[4, 4]), level("2", "1", scale=[2, 2])], []),  # told by the order
            ([level("0"), level("1", "2", scale=[2, 2]), level("2", "1", scale=[4, 4])], []),  # a circle
        ],
    )
    def test_scales_tell_of_sources_that_are_coarser(self, levels: list[dict[str, Any]], expected: list[str]) -> None:
        assert places(pyramid(*levels), "layout-factors-coarsen") == expected

    def test_coarser_source_is_named(self) -> None:
        document = pyramid(level("0"), level("1", "2", scale=[2, 2]), level("2", "0", scale=[2, 4]))
        assert said(document, "layout-factors-coarsen") == [
            (
                "by the scale [2.0, 2.0] the level is finer along axis 1 than its source '2', which has [2.0, 4.0]",
                "name the finer level from which this one was made, or mend the scale",
            )
        ]

    def test_tiny_factors(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[5e-324, 1e-300], scale=[1, 1]))
        assert len(places(document, "layout-factors-coarsen")) == 2


class TestAbsolute:
    RULE = "layout-scale-absolute"

    def test_scale_of_the_source_is_told(self) -> None:
        document = pyramid(*scaled(None, [2, 2], [2, 2], [2, 2], chained=True))
        assert places(document, self.RULE) == ["/2/scale", "/3/scale"]
        ((message, hint), _) = said(document, self.RULE)
        assert message == "the scale [2, 2] is that of its source '1': no pixel is larger"
        assert hint == "scales count from the first level, not from the source: multiply by the source's"

    @pytest.mark.parametrize(
        "levels",
        [
            scaled(None, [2, 2], [2, 2]),  # both of the first
            scaled(None, [1, 1], [1, 1], chained=True),
            scaled([10, 10], [10, 10], [20, 20], chained=True),
            scaled(None, [2, 2], [2, 4], chained=True),
            [level("0"), level("1", "1", scale=[2, 2])],
        ],
    )
    def test_what_is_let_pass(self, levels: list[dict[str, Any]]) -> None:
        assert places(pyramid(*levels), self.RULE) == []


class TestPlaced:
    RULE = "layout-levels-placed"

    def test_each_level_that_says_nothing_is_told(self) -> None:
        document = pyramid(level("0"), level("1", "0"), level("2", factors=[2, 2]), level("3", scale=[8, 8]))
        assert places(document, self.RULE) == ["/1", "/2"]
        (nothing, add), (factors, both) = said(document, self.RULE)
        assert nothing == "neither scale nor factors tell how the level lies on the first"
        assert add == "add scale, the size of its pixels in pixels of the first level"
        assert factors == "factors count from the level that this one was made from, and from_group names none"
        assert both == "add from_group, or scale, the size of its pixels in pixels of the first level"
        assert all(finding.severity is Severity.INFO for finding in check(document))

    def test_what_other_rules_tell_is_not_repeated(self) -> None:
        circle = pyramid(level("0"), level("1", "2", factors=[2, 2]), level("2", "1", factors=[2, 2]))
        missing = pyramid(level("0"), level("1", "9", factors=[2, 2]))
        lengths = pyramid(level("0"), level("1", "0", scale=[2, 2]), level("2", scale=[2]))
        for document in (circle, missing, lengths):
            assert len(check(document).findings) == 1


@pytest.mark.parametrize(
    ("method", "meant"),
    [
        ("median", "med"),
        ("mean", "average"),
        ("Mean", "average"),
        ("bicubic", "cubic"),
        ("maximum", "max"),
        ("minimum", "min"),
        ("majority", "mode"),
        ("avrage", "average"),
    ],
)
def test_usual_names_of_methods_lead_to_those_of_the_specification(method: str, meant: str) -> None:
    (finding,) = check(pyramid(level("0", resampling_method=method)))
    assert (finding.rule, finding.json_pointer) == ("schema-enum", f"{LAYOUT}/0/resampling_method")
    assert (finding.hint or "").startswith(f"did you mean {meant}? Known: nearest, average,")


MANY = 100_000
HOSTILE = {
    "chain": [level("0")] + [level(str(i), str(i - 1), factors=[2, 2]) for i in range(1, MANY)],
    "circle": [level(str(i), str((i + 1) % MANY), factors=[1, 1]) for i in range(MANY)],
    "themselves": [level(str(i), str(i)) for i in range(MANY)],
    "missing": [level(str(i), f"{i} of another layout") for i in range(MANY)],
    "same": [level("0")] * MANY,
    "wide": [level("0"), level("1", scale=[0.5] * 1_000_000), level("2", "1", factors=[0.5] * 1_000_000)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_many_levels_take_little_time(name: str) -> None:
    start = time.perf_counter()
    report = check(pyramid(*HOSTILE[name]))
    assert time.perf_counter() - start < 10  # a hard stop: what grows with the square takes minutes
    assert len(report) <= 2002


@pytest.mark.parametrize("number", [1e308, 5e-324, 10**308, -1e308])
def test_numbers_at_the_ends_of_their_range_raise_nothing(number: float) -> None:
    lists: list[dict[str, Any]] = [{"translation": [number, number], "scale": [1, 1]}]
    if number > 0:
        lists += [{"scale": [number, number]}, {"factors": [number, number]}, {"factors": [1, number], "scale": [1, 1]}]
    for members in lists:
        chain = [level("0", **members)] + [level(str(i), str(i - 1), **members) for i in range(1, 4)]
        assert check(pyramid(*chain)).reached == "document"


def test_deep_unknown_members_are_let_pass() -> None:
    value: Any = {}
    for _ in range(200):
        value = {"a": value}
    assert check(pyramid(level("0", x=value), x=value)).findings == ()
