"""What a pyramid asks of its arrays and of the places of its levels, beyond the pairs in the corpus."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.rules.layouts import (
    LAYOUT,
    TRANSFORM,
    Hierarchy,
    array,
    findings,
    geo,
    level,
    places,
    pyramid,
    said,
    scaled,
    shapes,
    stacked,
)
from zarr_spaces import Level, Severity, check

TWO = pyramid(*scaled(None, [2, 2], chained=True))
DIMENSIONS, COMPLETE = "layout-axes-are-dimensions", "layout-axes-complete"
AGREE, EXACT = "layout-shapes-agree", "layout-shapes-exact"


def coarse(*scale: float, **members: Any) -> dict[str, Any]:
    return pyramid(level("0"), level("1", "0", scale=list(scale), **members))


def dataset(*shape: int, names: str = "yx", **more: Any) -> dict[str, Any]:
    """What xarray writes for a raster: coordinates of its dimensions, the reference system, bounds of the time."""
    coordinates = {name: array(size, names=name) for name, size in zip(names, shape, strict=True)}
    beside = {"spatial_ref": array(names=()), "time_bnds": array(9, 2, names=("time", "nv"))}
    return {"data": array(*shape, names=names)} | coordinates | beside | more


def silent(document: dict[str, Any], nodes: Hierarchy) -> bool:
    """Tell whether nothing weighs more than a remark, but for the missing consolidated metadata."""
    report = check(document, level=Level.ARRAYS, nodes=nodes)
    return {finding.rule for finding in report if finding.severity is not Severity.INFO} <= {"layout-consolidated"}


class TestSoundPyramids:
    """Pyramids as real writers make them are not called wrong."""

    @pytest.mark.parametrize("size", [511, 512, 513, 997])
    @pytest.mark.parametrize("rounding", ["floor", "ceil", "nearest"])
    @pytest.mark.parametrize("chained", [True, False])
    def test_rounded_shapes(self, size: int, rounding: str, chained: bool) -> None:
        sizes = [size]
        while sizes[-1] > 3:
            half = sizes[-1] / 2
            sizes.append(
                math.floor(half) if rounding == "floor" else math.ceil(half) if rounding == "ceil" else round(half)
            )
        layout = scaled(None, *([2.0**n] * 2 for n in range(1, len(sizes))), chained=chained)
        assert silent(pyramid(*layout), Hierarchy(stacked(*(dataset(n, n) for n in sizes))))

    @pytest.mark.parametrize("step", [2, 3, 4, 5])
    @pytest.mark.parametrize("first", [0, 1])
    def test_every_nth_pixel(self, step: int, first: int) -> None:
        picked = len(range(first, 100, step))
        for start in (0, first, first - (step - 1) / 2):
            document = coarse(step, step, translation=[start, start], resampling_method="nearest")
            assert silent(document, shapes((100, 100), (picked, picked)))

    def test_scales_that_follow_the_shapes(self) -> None:
        sizes = [(10980, 5471), (1831, 912), (343, 171)]
        layout = scaled(None, *([sizes[0][0] / y, sizes[0][1] / x] for y, x in sizes[1:]), chained=True)
        document = pyramid(*layout)
        assert check(document, level=Level.ARRAYS, nodes=shapes(*sizes)).findings[1:] == ()

    def test_parts(self) -> None:
        layout = [level("0"), level("1", "0", scale=[2, 2], translation=[100, 0])]
        assert silent(pyramid(*layout), shapes((512, 512), (50, 60)))
        layout.append(level("2", "1", scale=[4, 4], translation=[120, 40]))
        assert silent(pyramid(*layout), shapes((512, 512), (50, 60), (20, 20)))
        layout[2] = level("2", "1", factors=[2, 2])  # begins where its source does
        assert silent(pyramid(*layout), shapes((512, 512), (50, 60), (25, 30)))

    @pytest.mark.parametrize("scale", [[1, 2, 2], [1.0, 2.0, 2.0]])
    def test_bands(self, scale: list[float]) -> None:
        names = ("band", "y", "x")
        first, second = dataset(4, 64, 64, names=names), dataset(4, 32, 32, names=names)  # type: ignore[arg-type]
        first |= {"mask": array(64, 64), "wavelength": array(4, names=["band"])}
        second |= {"mask": array(32, 32), "wavelength": array(4, names=["band"])}
        assert silent(coarse(*scale), Hierarchy(stacked(first, second)))

    def test_transposed_arrays(self) -> None:
        names = ("lon", "lat")
        nodes = Hierarchy(stacked({"t": array(60, 40, names=names)}, {"t": array(20, 20, names=names)}))
        assert silent(coarse(3, 2), nodes)

    def test_without_any_scale(self) -> None:
        assert silent(pyramid(level("0"), level("1"), level("2")), shapes((8, 8), (4, 4), (4, 4)))


class TestDimensions:
    @pytest.mark.parametrize(
        ("scale", "sizes", "names", "words"),
        [
            ([1, 2, 2], ((8, 8), (4, 4)), "yx", "has 2 dimensions, the layout 3 numbers for each level"),
            ([2, 2], ((8,), (4,)), "t", "has 1 dimension, the layout 2 numbers for each level"),
            ([2], ((8, 8), (4, 4)), "yx", "has 2 dimensions, the layout 1 number for each level"),
            ([2, 2], ((3, 8, 8), (3, 4, 4)), None, "has 3 dimensions, the layout 2 numbers for each level"),
            ([2, 2], ((3, 8, 8), (3, 4, 4)), "bvu", "has 3 dimensions, the layout 2 numbers for each level"),
        ],
    )
    def test_numbers_that_belong_to_no_dimensions(
        self, scale: list[float], sizes: tuple[tuple[int, ...], ...], names: str | None, words: str
    ) -> None:
        document, nodes = coarse(*scale), shapes(*sizes, names=names)
        assert places(document, DIMENSIONS, nodes) == ["/0/group", "/1/group"]
        (message, hint), _ = said(document, DIMENSIONS, nodes)
        assert message == f"the array 'data' {words}"
        assert hint.startswith("write one number for each dimension, 1 where nothing changes")
        assert ("name the dimensions" in hint) is (scale == [2, 2] and len(sizes[0]) == 3)
        assert places(document, AGREE, nodes) == []

    def test_declared_names_count(self) -> None:
        proj = {"spatial_dimensions": ["v", "u"]}
        document, nodes = pyramid(*scaled(None, [2, 2]), proj=proj), shapes((3, 8, 8), (3, 4, 4), names="bvu")
        assert places(document, DIMENSIONS, nodes) == []
        assert places(document, COMPLETE, nodes) == [""]

    def test_what_stands_beside_rasters_is_let_pass(self) -> None:
        beside = {"lut": array(256, names=None), "bounds": array(4, 2, 9, names="tnb")}
        nodes = Hierarchy(stacked(dataset(8, 8) | beside, dataset(4, 4) | beside))
        assert places(TWO, DIMENSIONS, nodes) == []

    def test_larger_arrays_without_names_are_told_beside_rasters(self) -> None:
        cubes = [{"data": array(n, n), "cube": array(3, n, n, names=None)} for n in (8, 4)]
        assert places(TWO, DIMENSIONS, Hierarchy(stacked(*cubes))) == ["/0/group", "/1/group"]

    def test_incomplete_numbers_are_told_once(self) -> None:
        names = ("time", "band", "y", "x")
        document, nodes = coarse(2, 2), shapes((9, 3, 8, 8), (9, 3, 4, 4), names=names)
        (finding,) = findings(document, COMPLETE, nodes)
        assert finding.json_pointer == LAYOUT
        assert finding.severity is Severity.WARNING
        assert finding.message == (
            "the array '0/data' also has the dimensions 'time', 'band', the layout only 2 numbers for each level"
        )
        unnamed = shapes((3, 8, 8), (3, 4, 4), names=(None, "y", "x"))
        assert said(coarse(2, 2), COMPLETE, unnamed)[0][0] == (
            "the array '0/data' also has 1 more dimension, the layout only 2 numbers for each level"
        )

    def test_layout_without_numbers_asks_nothing(self) -> None:
        document = pyramid(level("0"), level("1"))
        assert places(document, DIMENSIONS, shapes((8, 8), (4,))) == []
        assert places(document, COMPLETE, shapes((3, 8, 8), (3, 4, 4), names="cyx")) == []


class TestShapes:
    @pytest.mark.parametrize(
        ("scale", "size", "agrees", "exact"),
        [
            ([2, 2], (4, 4), True, True),
            ([2, 2], (5, 4), False, True),
            ([2, 2], (3, 4), False, True),
            ([2.5, 2], (3, 4), True, False),
            ([3, 3], (3, 3), True, False),
            ([3, 3], (2, 2), True, False),
            ([3, 3], (1, 3), False, False),
            ([1, 1], (8, 8), True, True),
            ([1, 1], (8, 7), False, True),
            ([8, 8], (1, 1), True, True),
            ([9, 9], (1, 1), True, False),
            ([16, 16], (1, 1), True, False),
            ([17, 17], (2, 1), False, False),
            ([2.0000001, 2], (4, 4), True, True),
        ],
    )
    def test_extents(self, scale: list[float], size: tuple[int, ...], agrees: bool, exact: bool) -> None:
        document, nodes = coarse(*scale), shapes((8, 8), size)
        assert (places(document, AGREE, nodes) == []) is agrees
        assert (places(document, EXACT, nodes) == []) is (exact or not agrees)

    def test_message_tells_extent_axis_and_what_would_fit(self) -> None:
        (finding,) = findings(coarse(4, 2), AGREE, shapes((512, 512), (256, 256)))
        assert finding.json_pointer == f"{LAYOUT}/1/scale"
        assert finding.severity is Severity.ERROR
        assert finding.message == "the array 'data' reaches from 0 to 1024 of the 512 pixels of the level '0' along 'y'"
        assert finding.hint == (
            "mend the scale, which counts from the first level; by the shapes a pixel covers about 2 x 2 of the "
            "source's"
        )
        (message, _) = said(coarse(4, 2), AGREE, shapes((512, 512), (256, 256), names=None))[0]
        assert message.endswith("along dimension 0")

    def test_relative_scales_are_recognised(self) -> None:
        document = pyramid(*scaled(None, [2, 2], [4, 4], chained=True))
        nodes = shapes((512, 512), (256, 256), (64, 64))
        assert places(document, AGREE, nodes) == ["/2/scale"]
        hint = said(document, AGREE, nodes)[0][1]
        assert hint == (
            "the scale fits where it is meant in pixels of '1', but scales count in those of the first level: "
            "write [8.0, 8.0]"
        )

    def test_factors_are_compared_as_well(self) -> None:
        document = pyramid(level("0"), level("1", "0", factors=[4, 4]))
        assert places(document, AGREE, shapes((8, 8), (4, 4))) == ["/1/factors"]
        assert said(document, AGREE, shapes((8, 8), (4, 4)))[0][1].startswith("mend the factors")

    @pytest.mark.parametrize(
        ("translation", "size", "agrees"),
        [
            ([4, 0], (2, 4), True),
            ([4, 0], (1, 1), True),
            ([4, 0], (3, 4), False),
            ([-2, 0], (4, 4), False),
            ([-1, 0], (4, 4), True),
            ([0, 8], (4, 4), False),
        ],
    )
    def test_parts_may_not_reach_beyond(self, translation: list[float], size: tuple[int, ...], agrees: bool) -> None:
        document, nodes = coarse(2, 2, translation=translation), shapes((8, 8), size)
        assert (places(document, AGREE, nodes) == []) is agrees
        if not agrees:
            hint = said(document, AGREE, nodes)[0][1]
            assert hint == "mend the translation or the scale; both count in pixels of the first level"

    @pytest.mark.parametrize("translation", [[0, 0], [-0.5, -0.5], [0.5, 0.5], [1.9, 0], [0, -1.9]])
    def test_less_than_a_pixel_is_alignment_and_hides_no_wrong_scale(self, translation: list[float]) -> None:
        document = coarse(2, 2, translation=translation)
        assert places(document, AGREE, shapes((100, 100), (50, 50))) == []
        assert places(document, AGREE, shapes((100, 100), (10, 10))) == ["/1/scale"]
        hint = said(document, AGREE, shapes((100, 100), (10, 10)))[0][1]
        assert hint.startswith("mend the scale, which counts from the first level; by the shapes a pixel covers about")

    @pytest.mark.parametrize(
        ("translation", "size", "rule"),
        [
            ([20, 0], (40, 50), None),
            ([20, 30], (10, 10), None),
            ([2, 2], (10, 10), None),  # begins a pixel further
            ([20, 0], (40, 10), EXACT),
            ([0, 20, 0], (25, 40, 10), EXACT),
            ([20, 0], (40, 60), AGREE),  # reaches beyond, whatever was cut off elsewhere
            ([20, 0], (41, 10), AGREE),
        ],
    )
    def test_part_along_one_axis_hides_nothing_along_another(
        self, translation: list[float], size: tuple[int, ...], rule: str | None
    ) -> None:
        n, names = len(size), "tyx"[-len(size) :]
        document, nodes = coarse(*[2] * n, translation=translation), shapes((50, 100, 100)[-n:], size, names=names)
        for one in (AGREE, EXACT):
            assert places(document, one, nodes) == (["/1/scale"] if one == rule else [])
        if rule == EXACT:
            ((message, hint),) = said(document, EXACT, nodes)
            assert message.endswith("reaches from 0 to 20 of the 100 pixels of the level '0' along 'x'")
            assert hint == (
                "where nothing was cut off along this axis, the scale is wrong; by the shapes a pixel covers about "
                f"{'2 x ' * (n - 1)}10 of the source's"
            )

    @pytest.mark.parametrize("step", [2, 3, 7, 16])
    def test_grids_that_are_aligned_elsewhere(self, step: int) -> None:
        # Cells that count from another origin: those that lie wholly inside, or those that reach inside.
        for origin in range(step):
            inside, around = (100 - origin) // step, math.ceil((100 + origin) / step)
            for start, n in ((origin, inside), (-origin, around)):
                document = coarse(step, step, translation=[start, start])
                assert silent(document, shapes((100, 100), (n, n)))

    @pytest.mark.parametrize(
        ("document", "size", "hint"),
        [
            (coarse(2, 2), (5, 5), "the pixels at its edge stand for fewer pixels than the others"),
            (coarse(2, 2), (4, 4), "the last pixels of the source are not in it"),
            (coarse(2, 2, translation=[-0.5, -0.5]), (4, 4), "the pixels at its edge stand for fewer"),
            (coarse(4, 4, translation=[1.5, 1.5]), (1, 1), "translations count from corner to corner"),
            (coarse(4, 4, translation=[1, 1]), (2, 2), None),
            (coarse(2, 2, translation=[0.5, 0.5]), (5, 5), "translations count from corner to corner"),
        ],
    )
    def test_remarks_say_what_a_part_of_a_pixel_means(
        self, document: dict[str, Any], size: tuple[int, ...], hint: str | None
    ) -> None:
        remarks = said(document, EXACT, shapes((9, 9), size))
        assert [told for _, told in remarks if hint is None or not told.startswith(hint)] == []
        assert bool(remarks) is (hint is not None)

    def test_levels_are_compared_with_their_source_else_with_the_first(self) -> None:
        nodes = shapes((64, 64), (32, 32), (14, 14))
        for chained, words in (
            (True, "28 of the 32 pixels of the level '1'"),
            (False, "56 of the 64 pixels of the level '0'"),
        ):
            document = pyramid(*scaled(None, [2, 2], [4, 4], chained=chained))
            ((message, _),) = said(document, AGREE, nodes)
            assert words in message

    def test_levels_without_scale_are_no_larger_than_those_before(self) -> None:
        document = pyramid(level("a"), level("b"))
        nodes = Hierarchy({key.replace("0", "a").replace("1", "b"): n for key, n in stacked(*SIZES).items()})
        assert places(document, AGREE, nodes) == ["/1/group"]
        assert said(document, AGREE, nodes) == [
            (
                "the array 'data' has the shape [8, 8], more than [4, 8] of the level 'a' before",
                "list the level of the highest resolution first",
            )
        ]

    def test_other_ranks_and_mixed_sizes_are_not_ordered(self) -> None:
        document = pyramid(level("0"), level("1"))
        assert places(document, AGREE, shapes((4, 8), (8, 4))) == []
        assert places(document, AGREE, Hierarchy(stacked({"data": array(4)}, {"data": array(8, 8)}))) == []

    @pytest.mark.parametrize("size", [0, -1, 10**400, 2**1024 - 1])
    def test_odd_sizes_raise_nothing(self, size: int) -> None:
        for nodes in (shapes((size, 8), (4, 4)), shapes((8, 8), (4, size)), shapes((size, size), (size, size))):
            check(coarse(2, 2), level=Level.ARRAYS, nodes=nodes)

    @pytest.mark.parametrize("number", [1e308, 5e-324])
    def test_odd_numbers_raise_nothing(self, number: float) -> None:
        odd: list[dict[str, Any]] = [{"scale": [number] * 2}, {"scale": [1, 1], "translation": [number, -number]}]
        for members in odd:
            document = pyramid(
                level("0", **members), level("1", "0", scale=[2, 2]), level("2", "1", factors=[number] * 2)
            )
            check(document, level=Level.ARRAYS, nodes=shapes((8, 8), (4, 4), (2, 2)))


SIZES = ({"data": array(4, 8)}, {"data": array(8, 8)})


def test_arrays_of_one_name_are_alike() -> None:
    rule = "layout-arrays-alike"
    nodes = Hierarchy(
        stacked({"a": array(8, 8), "b": array(8, 8)}, {"a": array(4, 4, data_type="float32"), "b": array(4)})
    )
    assert places(TWO, rule, nodes) == ["/1/group", "/1/group"]
    assert sorted(message for message, _ in said(TWO, rule, nodes)) == [
        "'a' is 'float32' in 2 dimensions; on the level '0' 'uint8' in 2 dimensions",
        "'b' is 'uint8' in 1 dimension; on the level '0' 'uint8' in 2 dimensions",
    ]


def placed(*transforms: Any, codes: tuple[str, ...] = (), names: str = "yx") -> Hierarchy:
    """Levels of half the size each, whose own groups have these transforms and codes."""
    nodes = stacked(*({"data": array(*[64 >> n] * len(names), names=names)} for n in range(len(transforms))))
    for index, transform in enumerate(transforms):
        told: dict[str, Any] = {} if transform is None else {"transform": transform}
        told |= {"code": codes[index]} if codes else {}
        nodes[str(index)]["attributes"] = geo(**told)
    return Hierarchy(nodes)


TWICE = [20.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0]


class TestTransforms:
    RULE = "layout-transforms-agree"
    PLACED = pyramid(*scaled(None, [2, 2]), proj={"transform": TRANSFORM})

    @pytest.mark.parametrize(
        ("document", "nodes"),
        [
            (PLACED, placed(TRANSFORM, TWICE)),
            (PLACED, placed(None, [*TWICE, 0, 0, 1])),
            (PLACED, placed(None, None)),
            (TWO, placed(TRANSFORM, TWICE)),
            (TWO, placed(None, TWICE)),  # the first level lies nowhere
            (coarse(2, 4), placed(TRANSFORM, [40.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0])),
            (coarse(4, 2), placed(TRANSFORM, [40.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0], names="xy")),
            (coarse(2, 2, translation=[1, 2]), placed(TRANSFORM, [20.0, 0.0, 500020.0, 0.0, -20.0, 4999990.0])),
            (coarse(1, 2, 2), placed(TRANSFORM, TWICE, names="byx")),
            (PLACED, placed(None, [20.0, 0.0, 500000.001, 0.0, -20.0, 5000000.0])),
            (PLACED, placed(None, "20")),
            (PLACED, placed(None, [20.0, 0.0])),
            (PLACED, placed(None, ["20"] * 6)),
            (PLACED, placed(None, [10**400] * 6)),
        ],
    )
    def test_what_is_let_pass(self, document: dict[str, Any], nodes: Hierarchy) -> None:
        assert places(document, self.RULE, nodes) == []

    @pytest.mark.parametrize(
        ("document", "nodes", "hint"),
        [
            (PLACED, placed(TRANSFORM, TRANSFORM), "it repeats the transform of the first level"),
            (TWO, placed(TRANSFORM, TRANSFORM), "it repeats the transform of the first level"),
            (PLACED, placed(None, [20.0, 0.0, 500005.0, 0.0, -20.0, 4999995.0]), "a level has larger pixels, and the"),
            (coarse(1, 2, 2), placed(TRANSFORM, TRANSFORM, names="byx"), "it repeats"),
        ],
    )
    def test_what_differs_is_told_with_what_is_expected(
        self, document: dict[str, Any], nodes: Hierarchy, hint: str
    ) -> None:
        assert places(document, self.RULE, nodes) == ["/1"]
        ((message, told),) = said(document, self.RULE, nodes)
        assert "it would be [20.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0]" in message
        assert told.startswith(hint)

    @pytest.mark.parametrize("base", [{"scale": [10, 10]}, {"scale": [10, 10], "translation": [500, -30]}])
    def test_transform_places_the_first_level_whatever_its_scale_is(self, base: dict[str, Any]) -> None:
        start = base.get("translation", [0, 0])
        moved = [start[0] + 20, start[1] + 40]
        for translation, own in ((start, TWICE), (moved, [20.0, 0.0, 500040.0, 0.0, -20.0, 4999980.0])):
            second = level("1", "0", factors=[2, 2], scale=[20, 20], translation=translation)
            document = pyramid(level("0", **base), second, proj={"transform": TRANSFORM})
            assert places(document, self.RULE, placed(None, own)) == []
            assert places(document, self.RULE, placed(TRANSFORM, own)) == []
            assert places(document, self.RULE, placed(None, [200.0, 0.0, 500000.0, 0.0, -200.0, 5000000.0])) == ["/1"]

    @pytest.mark.parametrize("size", [1e-4, 1.0, 1000.0])
    def test_transforms_are_compared_in_pixels(self, size: float) -> None:
        document = pyramid(*scaled(None, [2, 2]), proj={"transform": [size, 0, 0, 0, -size, 0]})
        for off, told in ((1e-4, []), (0.1, ["/1"])):
            own = [2 * size, 0.0, off * size, 0.0, -2 * size, 0.0]
            assert places(document, self.RULE, placed(None, own)) == told

    def test_without_a_first_place_nothing_is_compared(self) -> None:
        assert places(pyramid(*scaled(None, [2, 2], [4, 4])), self.RULE, placed(None, TRANSFORM, TRANSFORM)) == []

    def test_first_level_is_compared_with_the_pyramid(self) -> None:
        assert places(self.PLACED, self.RULE, placed(TWICE, TWICE)) == ["/0"]

    def test_order_of_gdal_is_told_where_it_stands(self) -> None:
        gdal = [[500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0], [500000.0, 20.0, 0.0, 5000000.0, 0.0, -20.0]]
        document = pyramid(*scaled(None, [2, 2]), proj={"transform": gdal[0]})
        for told, nodes in ((document, placed(None, gdal[1])), (self.PLACED, placed(*gdal)), (TWO, placed(*gdal))):
            assert places(told, self.RULE, nodes) == []


class TestDeclaredDimensions:
    RULE = "layout-dimensions-found"
    DECLARED = pyramid(*scaled(None, [2, 2]), proj={"spatial_dimensions": ["lat", "lon"]})

    @pytest.mark.parametrize(
        ("names", "met", "hint"),
        [
            ("yx", "'x', 'y'", "y first: ['y', 'x']"),
            (("latitude", "longitude"), "'latitude', 'longitude'", "y first: ['latitude', 'longitude']"),
            (("lat", "x"), "'lat', 'x'", "y first"),
            ("vu", "'u', 'v'", "y first"),
            (None, "unnamed", "y first"),
        ],
    )
    def test_dimensions_of_no_array(self, names: Any, met: str, hint: str) -> None:
        (finding,) = findings(self.DECLARED, self.RULE, shapes((8, 8), (4, 4), names=names))
        assert (finding.json_pointer, finding.severity) == ("/geo/proj/spatial_dimensions", Severity.ERROR)
        assert (
            finding.message == f"no array of the first level has the dimensions 'lat', 'lon'; dimensions there: {met}"
        )
        assert (finding.hint or "").endswith(hint)

    def test_what_is_let_pass(self) -> None:
        own = array(8, 8, names=("lat", "lon"))
        turned = array(3, 8, 8, names=("lon", "band", "lat"))
        beside = stacked({"data": array(8, 8)}, {"data": array(4, 4)}) | {"mask": own}
        for nodes in (
            Hierarchy(stacked({"data": own}, {"data": array(4, 4)})),
            Hierarchy(stacked({"data": turned, "other": array(9, 9)}, {})),
            Hierarchy(stacked({}, {"data": array(4, 4)})),
            Hierarchy({"1": {"node_type": "group"}, "1/data": array(4, 4)}),  # the first level is not there
            Hierarchy(beside),  # directly below the group geo.proj holds as well
        ):
            assert places(self.DECLARED, self.RULE, nodes) == []
        for names in ("yx", "xy", ("lon", "lat")):
            undeclared = pyramid(*scaled(None, [2, 2]), proj={})
            assert places(undeclared, self.RULE, shapes((8, 8), (4, 4), names=names)) == []
        unplaced = pyramid(*scaled(None, [2, 2]))
        assert places(unplaced, self.RULE, shapes((8, 8), (4, 4), names="vu")) == []

    @pytest.mark.parametrize(
        ("sizes", "names", "met"),
        [
            ((8, 8), "vu", "'u', 'v'"),
            ((8, 8), None, "unnamed"),
            ((3, 8, 8), None, "unnamed"),
            ((3, 8, 8), ("band", None, "x"), "'band', 'x'"),
        ],
    )
    @pytest.mark.parametrize("transform", [TRANSFORM, None])
    def test_dimensions_must_be_known_by_their_names(
        self, sizes: tuple[int, ...], names: Any, met: str, transform: Any
    ) -> None:
        document = pyramid(*scaled(None, [2] * len(sizes)), proj={"transform": transform})
        (finding,) = findings(document, self.RULE, shapes(sizes, [n // 2 for n in sizes], names=names))
        assert (finding.json_pointer, finding.severity) == ("/geo/proj", Severity.ERROR)
        assert finding.message == (
            f"no array of the first level has dimensions with well-known names for y and x; dimensions there: {met}"
        )
        assert finding.hint == "add spatial_dimensions, or name the dimensions of the arrays, such as 'y', 'x'"
        alone = Hierarchy({"data": array(*sizes, names=names)})
        assert places(geo(transform=transform), "geo-dimensions-found", alone) == ["/geo/proj"]  # the same, alone


class TestOrder:
    RULE = "layout-dimensions-ordered"
    OTHERS = (AGREE, EXACT, DIMENSIONS, COMPLETE, "layout-arrays-alike")

    @pytest.mark.parametrize("size", [(30, 50), (50, 30), (20, 50), (7, 7)])
    def test_transposed_level_is_told_and_nothing_about_its_scale(self, size: tuple[int, int]) -> None:
        nodes = Hierarchy(stacked({"data": array(100, 60)}, {"data": array(*size, names="xy")}))
        (finding,) = findings(TWO, self.RULE, nodes)
        assert (finding.json_pointer, finding.severity) == (f"{LAYOUT}/1/group", Severity.WARNING)
        assert finding.message == (
            "the array 'data' has the dimensions in the order 'x', 'y'; other arrays have 'y', 'x'"
        )
        assert finding.hint == (
            "the numbers of the layout have one order for all arrays and levels: store this one in it"
        )
        assert [places(TWO, rule, nodes) for rule in self.OTHERS] == [[]] * len(self.OTHERS)

    def test_bands_first_beside_bands_last(self) -> None:
        names = (("band", "y", "x"), ("y", "x", "band"))
        levels = [{"a": array(3, 2 * n, n, names=names[0]), "b": array(2 * n, n, 3, names=names[1])} for n in (80, 40)]
        document, nodes = coarse(1, 2, 2), Hierarchy(stacked(*levels))
        assert places(document, self.RULE, nodes) == ["/0/group", "/1/group"]
        assert said(document, self.RULE, nodes)[0][0] == (
            "the array 'b' has the dimensions in the order 'y', 'x', 'band'; other arrays have 'band', 'y', 'x'"
        )
        assert [places(document, rule, nodes) for rule in self.OTHERS] == [[]] * len(self.OTHERS)
        # With numbers for y and x alone, both have these in the same order.
        assert places(coarse(2, 2), self.RULE, nodes) == []
        assert places(coarse(2, 2), AGREE, nodes) == []

    @pytest.mark.parametrize(
        "levels",
        [
            ({"a": array(8, 8, names="xy")}, {"a": array(4, 4, names="xy")}),
            ({"a": array(8, 8)}, {"a": array(4, 4, names="vu")}),
            ({"a": array(8, 8)}, {"a": array(4, 4, names=None)}),
            ({"a": array(8, 8), "bounds": array(8, 2, names=("x", "nv"))}, {"a": array(4, 4)}),
            ({"a": array(8, 8)}, {"a": array(4, 4), "turned": array(9, 4, 4, names=("time", "y", "x"))}),
        ],
    )
    def test_what_is_let_pass(self, levels: Any) -> None:
        assert places(TWO, self.RULE, Hierarchy(stacked(*levels))) == []


class TestSystems:
    RULE = "layout-systems-same"

    @pytest.mark.parametrize(
        ("proj", "codes", "expected"),
        [
            ({}, ("EPSG:32633", "epsg:32633"), []),
            ({}, ("EPSG:32633", "EPSG:32632"), ["/1"]),
            ({}, ("EPSG:32632", "EPSG:32632"), ["/0", "/1"]),
            ({"code": "EPSG:3857"}, ("EPSG:3857", "ESRI:102100"), []),
            (None, ("EPSG:1", "EPSG:1"), []),
            (None, ("EPSG:1", "EPSG:2"), ["/1"]),
        ],
    )
    def test_codes_of_levels(self, proj: Any, codes: tuple[str, ...], expected: list[str]) -> None:
        document = pyramid(*scaled(None, [2, 2]), proj=proj)
        assert places(document, self.RULE, placed(None, None, codes=codes)) == expected

    def test_holder_of_the_other_code_is_named(self) -> None:
        nodes = placed(None, None, codes=("EPSG:1", "EPSG:2"))
        assert said(TWO, self.RULE, nodes)[0][0] == "the level lies in 'EPSG:2', the level '0' in 'EPSG:1'"
        document = pyramid(*scaled(None, [2, 2]), proj={"code": "EPSG:3"})
        assert said(document, self.RULE, nodes)[0][0] == "the level lies in 'EPSG:1', the pyramid in 'EPSG:3'"


class TestBbox:
    RULE = "layout-bbox-agrees"
    BOX = (500000, 4999360, 500640, 5000000)

    @pytest.mark.parametrize(
        ("box", "names", "expected"),
        [
            (BOX, "yx", 0),
            (BOX, None, 0),
            (BOX, "vu", 0),  # two dimensions are y and x where nothing else tells
            ((500005, 4999365, 500635, 4999995), "yx", 1),
            ((500000, 4999360, 500320, 5000000), "yx", 1),
        ],
    )
    def test_extent_of_the_first_level(self, box: tuple[float, ...], names: str | None, expected: int) -> None:
        document = pyramid(*scaled(None, [2, 2]), proj={"transform": TRANSFORM, "bbox": list(box)})
        found = findings(document, self.RULE, shapes((64, 64), (32, 32), names=names))
        assert [finding.json_pointer for finding in found] == ["/geo/proj/bbox"] * expected
        assert all("64 rows and 64 columns of '0/data'" in finding.message for finding in found)

    def test_nothing_to_compare(self) -> None:
        for proj in ({"bbox": [0, 0, 1, 1]}, {"transform": TRANSFORM}):
            assert places(pyramid(*scaled(None, [2, 2]), proj=proj), self.RULE, shapes((64, 64), (32, 32))) == []
        document = pyramid(*scaled(None, [2, 2]), proj={"bbox": [0, 0, 1, 1], "transform": TRANSFORM})
        assert places(document, self.RULE, shapes((3, 64, 64), (3, 32, 32), names="abc")) == []
