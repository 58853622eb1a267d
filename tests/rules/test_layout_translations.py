"""What translations of levels count, beyond the pairs in the corpus."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.layouts import LAYOUT, TRANSFORM, findings, level, places, pyramid, said, shapes
from zarr_spaces import Level, Severity, check

CORNER, PIXELS = "layout-translation-from-corner", "layout-translation-in-pixels"


def shifted(
    scale: list[float], translation: list[float], method: str | None = "average", **more: Any
) -> dict[str, Any]:
    members: dict[str, Any] = {"resampling_method": method} if method is not None else {}
    return pyramid(level("0"), level("1", "0", scale=scale, translation=translation), **members, **more)


class TestCorner:
    @pytest.mark.parametrize(
        ("scale", "translation"),
        [([2, 2], [0.5, 0.5]), ([4.0, 2.0], [1.5, 0.5]), ([1, 2, 2], [0, 0.5, 0.5]), ([3, 3], [1, 1]), ([2], [0.5])],
    )
    @pytest.mark.parametrize("method", ["average", "bilinear", "mode", "max"])
    def test_distance_of_centres(self, scale: list[float], translation: list[float], method: str) -> None:
        document = shifted(scale, translation, method)
        (finding,) = check(document)
        assert (finding.rule, finding.json_pointer) == (CORNER, f"{LAYOUT}/1/translation")
        assert finding.severity is Severity.WARNING
        assert f"write {[0.0] * len(scale)} where each pixel was computed ('{method}')" in (finding.hint or "")

    @pytest.mark.parametrize(
        ("scale", "translation", "method"),
        [
            ([2, 2], [0.5, 0.5], "nearest"),
            ([2, 2], [0.5, 0.5], None),  # nearest is meant
            ([2, 2], [-0.5, -0.5], "average"),
            ([2, 2], [0, 0], "average"),
            ([2, 2], [0.5, 0], "average"),
            ([1, 2, 2], [3, 0.5, 0.5], "average"),
            ([1, 1], [0, 0], "average"),
            ([2, 2], [10, 10], "average"),
        ],
    )
    def test_what_is_let_pass(self, scale: list[float], translation: list[float], method: str | None) -> None:
        assert places(shifted(scale, translation, method), CORNER) == []

    def test_distance_is_measured_on_the_first_level(self) -> None:
        base = level("0", scale=[10, 10], translation=[100, 200])
        document = pyramid(base, level("1", "0", scale=[20, 20], translation=[105, 205]), resampling_method="average")
        assert places(document, CORNER) == ["/1/translation"]
        ((message, hint),) = said(document, CORNER)
        assert message.endswith("half of what the scale [20.0, 20.0] exceeds [10.0, 10.0] by")
        assert "write [100.0, 200.0] where" in hint
        for translation in ([9.5, 9.5], [100, 200]):
            second = level("1", "0", scale=[20, 20], translation=translation)
            assert places(pyramid(base, second, resampling_method="average"), CORNER) == []

    def test_method_of_the_level_counts(self) -> None:
        picked = level("1", "0", scale=[2, 2], translation=[0.5, 0.5], resampling_method="nearest")
        averaged = level("2", "1", scale=[4, 4], translation=[1.5, 1.5])
        assert places(pyramid(level("0"), picked, averaged, resampling_method="average"), CORNER) == ["/2/translation"]
        assert places(pyramid(level("0"), picked, averaged), CORNER) == []

    def test_inherited_translation_is_told_where_it_stands(self) -> None:
        first = level("1", "0", factors=[2, 2], translation=[0.5, 0.5])
        document = pyramid(level("0"), first, level("2", "1", factors=[1, 1]), resampling_method="average")
        assert places(document, CORNER) == ["/1/translation"]

    def test_arrays_are_not_told_to_end_elsewhere_as_well(self) -> None:
        report = check(shifted([2, 2], [0.5, 0.5]), level=Level.ARRAYS, nodes=shapes((8, 8), (4, 4)))
        assert [finding.rule for finding in report if finding.rule != "layout-consolidated"] == [CORNER]
        assert places(shifted([2, 2], [0.5, 0.5], None), "layout-shapes-exact", shapes((8, 8), (4, 4))) == ["/1/scale"]


DEGREES = [0.0001, 0, 11.25, 0, -0.0001, 47.5]
SOUTHERN = [0.25, 0.0, -180.0, 0.0, -0.25, -60.0]


class TestPixels:
    @pytest.mark.parametrize(
        ("transform", "scale", "translation", "meant"),
        [
            (TRANSFORM, [2, 2], [-20, 20], "the size of the level's pixels"),
            (TRANSFORM, [2, 2], [-10, 10], "half the size of the level's pixels"),
            (TRANSFORM, [4, 4], [-15, 15], "the distance between the centres of the first pixels"),
            (TRANSFORM, [4, 4], [-10, 10], "the size of the first level's pixels"),
            (TRANSFORM, [4, 4], [-5, 5], "half the size of the first level's pixels"),
            (TRANSFORM, [1, 2, 4], [0, -20, 40], "the size of the level's pixels"),
            (TRANSFORM, [2, 2], [5000000, 500000], "the place of the first pixel"),
            (TRANSFORM, [2, 2], [4999990, 500010], "the place of the first pixel"),
            (DEGREES, [2, 2], [0.0001, 0.0001], "half the size of the level's pixels"),
            (DEGREES, [2, 2], [-0.0002, 0.0002], "the size of the level's pixels"),
            (SOUTHERN, [2, 2], [-60, -180], "the place of the first pixel"),
        ],
    )
    @pytest.mark.parametrize("method", ["average", "nearest"])
    def test_units_of_the_reference_system(
        self, transform: list[float], scale: list[float], translation: list[float], meant: str, method: str
    ) -> None:
        document = shifted(scale, translation, method, proj={"transform": transform})
        (finding,) = findings(document, PIXELS)
        assert (finding.json_pointer, finding.severity) == (f"{LAYOUT}/1/translation", Severity.WARNING)
        assert finding.message.endswith(f"] is {meant}, in units of the coordinate reference system")
        assert (finding.hint or "").endswith(f"write {[0.0] * len(scale)}")
        assert len(check(document).findings) == 1

    @pytest.mark.parametrize(
        ("transform", "scale", "translation"),
        [
            (TRANSFORM, [2, 2], [0, 0]),
            (TRANSFORM, [2, 2], [10, 10]),  # a part may begin there
            (TRANSFORM, [2, 2], [20, 0]),
            (TRANSFORM, [2, 2], [-10, 11]),
            (TRANSFORM, [1, 2, 2], [1, -10, 10]),
            (TRANSFORM, [2], [-10]),
            ([1, 0, 500000, 0, -1, 5000000], [2, 2], [-1, 1]),  # units are pixels
            ([0.5, 0, 500000, 0, -0.5, 5000000], [4, 4], [0.5, 0.5]),  # the third of four pixels was picked
            ([0.5, 0, 500000, 0, 0.5, 5000000], [2, 2], [-0.5, -0.5]),
            ([6, 8, 500000, 8, -6, 5000000], [2, 2], [-6, 6]),  # turned
            ([1000, 0, 3000, 0, -1000, 4000], [2, 2], [4000, 3000]),
            ([10, 0, 0, 0, -10, 0], [2, 2], [0, 0]),
        ],
    )
    def test_what_is_let_pass(self, transform: list[float], scale: list[float], translation: list[float]) -> None:
        assert places(shifted(scale, translation, "nearest", proj={"transform": transform}), PIXELS) == []

    def test_nothing_to_compare(self) -> None:
        for proj in (None, {}, {"transform": None}):
            assert places(shifted([2, 2], [-10, 10], proj=proj), PIXELS) == []

    def test_first_level_is_told_elsewhere(self) -> None:
        document = pyramid(level("0", scale=[1, 1], translation=[-10, 10]), proj={"transform": TRANSFORM})
        assert [finding.rule for finding in check(document)] == ["layout-starts-at-base"]

    @pytest.mark.parametrize("number", [1e308, 5e-324, -1e308, 10**308])
    def test_numbers_at_the_ends_of_their_range_raise_nothing(self, number: float) -> None:
        for transform in ([number, 0, number, 0, number, number], [number, 0, 1, 0, -number, 1]):
            for translation in ([number, number], [-number, number]):
                document = shifted([abs(number), 2], translation, proj={"transform": transform})
                assert said(document, "layout-starts-at-base") == []
