"""Pyramids of the Zarr multiscales convention in few words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump, graph_of, level_placement, levels_of, multiscale_layout
from zarr_spaces.zarr_multiscales.v0_1_0 import Geo, GeoAttributes

SENTINEL = (10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0)


def test_a_power_of_two_pyramid_is_that_of_the_specification() -> None:
    layout = multiscale_layout(
        "yx",
        factors=[2, 4],
        resampling_method="average",
        members=["from_group", "factors", "scale", "translation", "resampling_method"],
    )
    step = {"factors": [2, 2], "translation": [0.0, 0.0], "resampling_method": "average"}
    assert dump(layout) == {
        "multiscales": {
            "version": "0.1.0",
            "layout": [
                {"group": "0"},
                {"group": "1", "from_group": "0", "scale": [2.0, 2.0], **step},
                {"group": "2", "from_group": "1", "scale": [4.0, 4.0], **step},
            ],
            "resampling_method": "average",
        }
    }


def test_custom_levels_are_those_of_the_specification() -> None:
    names = ["full", "half", "quarter", "eighth"]
    layout = multiscale_layout("yx", factors=[2, 4, 8], groups=names, members=["from_group", "scale"])
    assert dump(layout) == {
        "multiscales": {
            "version": "0.1.0",
            "layout": [
                {"group": "full"},
                {"group": "half", "from_group": "full", "scale": [2.0, 2.0]},
                {"group": "quarter", "from_group": "half", "scale": [4.0, 4.0]},
                {"group": "eighth", "from_group": "quarter", "scale": [8.0, 8.0]},
            ],
        }
    }


def test_a_placed_pyramid_is_that_of_the_specification() -> None:
    layout = multiscale_layout(
        "yx",
        factors=[2],
        members=["from_group", "factors", "scale"],
        crs="EPSG:32633",
        transform=SENTINEL,
        shape=(10_000, 10_000),
    )
    assert dump(layout) == {
        "multiscales": {
            "version": "0.1.0",
            "layout": [{"group": "0"}, {"group": "1", "from_group": "0", "factors": [2, 2], "scale": [2.0, 2.0]}],
        },
        "geo": {
            "proj": {
                "version": "0.1",
                "code": "EPSG:32633",
                "transform": list(SENTINEL),
                "bbox": [500000.0, 4900000.0, 600000.0, 5000000.0],
            }
        },
    }


def test_factors_count_from_the_first_level_in_scale_and_from_the_one_before_in_factors() -> None:
    layout = multiscale_layout(["band", "lat", "lon"], factors=[3, {"lat": 6, "lon": 12}, (1, 12, 24)])
    assert [level.scale for level in layout.multiscales.layout[1:]] == [[1, 3, 3], [1, 6, 12], [1, 12, 24]]
    assert [level.factors for level in layout.multiscales.layout[1:]] == [[1, 3, 3], [1, 2, 4], [1, 2, 2]]


def test_thirds_are_what_one_would_write() -> None:
    layout = multiscale_layout("yx", factors=[0.3 / 0.1, 9])  # 2.9999999999999996 by floating-point division
    assert layout.multiscales.layout[2].scale == [9.0, 9.0]
    layout = multiscale_layout("yx", factors=np.array([[3, 3], [9, 9]]))
    assert layout.multiscales.layout[2].factors == [3.0, 3.0]


def test_picked_pixels_keep_their_centres() -> None:
    layout = multiscale_layout("yx", factors=[2, 4], align="centre")
    graph = graph_of(layout)
    # Centres in corner coordinates: that of pixel (5, 6) of [::4] is that of pixel (20, 24).
    assert graph.transform("2", "0", [[5.5, 6.5]]).tolist() == [[20.5, 24.5]]
    assert layout.multiscales.layout[2].translation == [-1.5, -1.5]


def test_averaged_pixels_keep_their_corners() -> None:
    graph = graph_of(multiscale_layout("yx", factors=[2, 4]))
    assert graph.transform("2", "0", [[5, 6]]).tolist() == [[20.0, 24.0]]


@pytest.mark.parametrize(
    ("crs", "member"),
    [
        ("EPSG:4326", "code"),
        ('GEOGCRS["WGS 84", ID["EPSG",4326]]', "wkt2"),
        ({"type": "GeographicCRS", "name": "WGS 84"}, "projjson"),
    ],
)
def test_reference_systems_are_told_apart(crs: Any, member: str) -> None:
    proj = dump(multiscale_layout("yx", factors=[2], crs=crs))["geo"]["proj"]
    assert proj == {"version": "0.1", member: crs}


def test_what_rasterio_and_numpy_give_is_taken() -> None:
    nine = np.array([*SENTINEL, 0, 0, 1])  # as an affine.Affine lists itself
    proj = dump(multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=nine, bbox=np.arange(4)))["geo"][
        "proj"
    ]
    assert proj["transform"] == list(SENTINEL)
    assert proj["bbox"] == [0, 1, 2, 3]


def test_the_bbox_of_a_sheared_raster_reaches_to_its_corners() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=(1, 2, 100, 3, -1, 50), shape=(10, 20))
    # x = col + 2 row + 100 over 20 columns and 10 rows, y = 3 col - row + 50
    assert dump(layout)["geo"]["proj"]["bbox"] == [100, 40, 140, 110]


def test_levels_are_placed_like_the_first() -> None:
    layout = multiscale_layout("yx", factors=[2, 6], crs="EPSG:32633", transform=SENTINEL, shape=(600, 600))
    placed = level_placement(layout, "2", shape=(100, 100))
    assert dump(placed)["geo"]["proj"] == {
        "version": "0.1",
        "code": "EPSG:32633",
        "transform": [60.0, 0.0, 500000.0, 0.0, -60.0, 5000000.0],
        "bbox": [500000.0, 4994000.0, 506000.0, 5000000.0],
    }
    assert check(placed, strict=True).findings == ()
    assert dump(level_placement(layout, "0")) == {"geo": dump(layout)["geo"]}


def test_levels_that_share_centres_start_before_the_first() -> None:
    layout = multiscale_layout("cyx", factors=[2], align="centre", crs="EPSG:32633", transform=SENTINEL)
    # The corner of the level's first pixel lies half a pixel of the first level, 5 m, outside.
    assert level_placement(layout, "1", axes=(1, 2)).geo.proj.transform == [20.0, 0.0, 499995.0, 0.0, -20.0, 5000005.0]  # type: ignore[union-attr]


def test_a_level_reaches_as_far_as_its_own_pixels() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=SENTINEL, shape=(5, 7))
    assert level_placement(layout, "1").geo.proj.bbox is None  # type: ignore[union-attr]
    # 3 rows and 4 columns of 20 m, where the first level has 5 and 7 of 10 m
    assert dump(level_placement(layout, "1", shape=(3, 4)))["geo"]["proj"]["bbox"] == [500000, 4999940, 500080, 5000000]
    assert dump(level_placement(layout, "0"))["geo"]["proj"]["bbox"] == [500000, 4999950, 500070, 5000000]
    assert dump(level_placement(layout, "0", shape=(5, 7))) == dump(level_placement(layout, "0"))
    assert dump(layout)["geo"]["proj"]["bbox"] == [500000, 4999950, 500070, 5000000]


def test_levels_of_more_axes_need_to_be_told_which_are_y_and_x() -> None:
    layout = multiscale_layout(
        ["y", "x", "band"], factors=[{"y": 2, "x": 4}], align="centre", crs="EPSG:32633", transform=SENTINEL
    )
    with pytest.raises(
        ValueError, match=r"axes: the levels have 3: say which of them are y and x, as in axes=\(1, 2\)"
    ):
        level_placement(layout, "1")
    for axes in ((0, 1), (-3, -2), [0, 1], np.array([0, 1])):
        placed = level_placement(layout, "1", axes=axes)  # type: ignore[arg-type]  # the point of the test
        # Half of what a pixel is larger, 5 m along y and 15 m along x, lies outside.
        assert dump(placed)["geo"]["proj"]["transform"] == [40.0, 0.0, 499985.0, 0.0, -20.0, 5000005.0]


@pytest.mark.parametrize(
    ("axes", "error", "said"),
    [
        ((1, 1), ValueError, r"axes: \[1, 1\]: two different numbers"),
        ((1, -2), ValueError, "axes: .* two different numbers"),
        ((1, 3), ValueError, "axes: there is no axis 3: the levels have 3, counted from 0"),
        ((-4, 0), ValueError, "axes: there is no axis -4"),
        ((1,), ValueError, "axes: .* two different numbers"),
        ((0, 1, 2), ValueError, "axes: .* two different numbers"),
        ((1.0, 2), TypeError, "axes: 1.0 is no whole number"),
        ((True, 2), TypeError, "axes: true is no whole number"),
        ("12", TypeError, "axes: two different numbers are needed, .* not '12'"),
        (1, TypeError, "axes: two different numbers are needed, .* not 1"),
        ({1, 2}, TypeError, "axes: .* not a set"),
    ],
    ids=str,
)
def test_axes_of_a_level_are_two(axes: Any, error: type[Exception], said: str) -> None:
    layout = multiscale_layout("byx", factors=[(1, 2, 2)], crs="EPSG:32633", transform=SENTINEL)
    for group in "01":
        with pytest.raises(error, match=said):
            level_placement(layout, group, axes=axes)


@pytest.mark.parametrize("document", [None, 3, {"multiscales": {}}, GeoAttributes(geo=Geo())], ids=str)
def test_only_pyramids_have_levels(document: Any) -> None:
    with pytest.raises(TypeError, match="document: a ZarrMultiscales is needed"):
        level_placement(document, "0")


def test_a_pyramid_that_breaks_a_rule_is_not_placed() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=SENTINEL)
    assert layout.geo is not None
    assert layout.geo.proj is not None
    layout.geo.proj.transform = [1.0, 2.0]
    with pytest.raises(InvalidDocument, match="transform"):
        level_placement(layout, "1")


def test_dimensions_that_are_named_are_of_space() -> None:
    layout = multiscale_layout(
        ["time", "rlat", "rlon"], factors=[2, 4], crs="EPSG:4326", spatial_dimensions=("rlat", "rlon")
    )
    assert [level.scale for level in layout.multiscales.layout[1:]] == [[1, 2, 2], [1, 4, 4]]
    assert dump(layout)["geo"]["proj"]["spatial_dimensions"] == ["rlat", "rlon"]
    assert multiscale_layout(
        "ji",
        factors=iter([2]),
        crs="EPSG:4326",
        spatial_dimensions=iter("ji"),  # type: ignore[arg-type]
    ) == multiscale_layout("ji", factors=[2], crs="EPSG:4326", spatial_dimensions=["j", "i"])
    assert multiscale_layout("ji", factors=[(2, 1), {"j": 4}]).multiscales.layout[2].scale == [4, 1]


def test_x_may_stand_first_where_nothing_is_placed() -> None:
    assert multiscale_layout("xy", factors=[{"x": 2}]).multiscales.layout[1].scale == [2, 1]
    with pytest.raises(
        ValueError, match="axes: 'x' stands before 'y', which metadata with a reference system cannot say"
    ):
        multiscale_layout("xy", factors=[2], crs="EPSG:32633")
    with pytest.raises(ValueError, match="axes: 'i' stands before 'j'"):
        multiscale_layout("ij", factors=[2], crs="EPSG:32633", spatial_dimensions=("j", "i"))
    with pytest.raises(ValueError, match="spatial_dimensions: 'j', 'i' do not tell which axes"):
        multiscale_layout("ji", factors=[(2, 2)], crs="EPSG:32633")


def test_members_are_taken_from_anything_that_lists_them() -> None:
    expected = multiscale_layout("yx", factors=[2, 4], members=["from_group", "scale"])
    assert expected.multiscales.layout[2].from_group == "1"
    forms: list[Any] = [
        iter(["from_group", "scale"]),
        (name for name in ("scale", "from_group")),
        {"from_group", "scale"},
    ]
    for members in forms:
        assert multiscale_layout("yx", factors=[2, 4], members=members) == expected


def test_a_code_that_others_refuse_is_taken_and_no_other_warning() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="OGC:CRS84")
    assert [finding.rule for finding in check(layout)] == ["geo-code-published"]
    with pytest.raises(InvalidDocument, match="geo-bbox-ordered") as caught:
        multiscale_layout("yx", factors=[2], crs="OGC:CRS84", bbox=(0, 50, 1, 40))
    assert [finding.rule for finding in caught.value.report] == ["geo-bbox-ordered"]


def test_names_and_numbers_of_numpy_become_plain() -> None:
    layout = multiscale_layout(
        np.array(["y", "x"]),  # type: ignore[arg-type]
        factors=np.array([2]),
        groups=np.array(["full", "half"]),
        resampling_method=np.str_("average"),  # type: ignore[arg-type]
        crs=np.str_("EPSG:32633"),
        transform=np.array(SENTINEL),
        shape=np.array([8, 8]),  # type: ignore[arg-type]
    )
    assert "np." not in repr(layout)
    crs: Any = {
        np.str_("type"): "GeographicCRS",
        "name": np.str_("WGS 84"),
        "id": {"code": np.int64(4326)},
        "list": (1,),
    }
    assert dump(multiscale_layout("yx", factors=[2], crs=crs))["geo"]["proj"]["projjson"] == {
        "type": "GeographicCRS",
        "name": "WGS 84",
        "id": {"code": 4326},
        "list": [1],
    }


@pytest.mark.parametrize(
    "text",
    [
        'GEOGCRS["WGS 84",ID["EPSG",4326]]',
        '\n geodcrs ( "brackets ] in ""quotes"" [", DATUM["a"] ) \n',
        'COMPOUNDCRS["a",PROJCRS["b"],VERTCRS["c"]]',
    ],
)
def test_wkt2_is_taken(text: str) -> None:
    assert dump(multiscale_layout("yx", factors=[2], crs=text))["geo"]["proj"]["wkt2"] == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('PROJCS["WGS 84 / UTM zone 33N"]', r"crs: this is WKT1; export WKT2, as pyproj's to_wkt\('WKT2_2019'\) does"),
        ('geogcs["WGS 84"]', "crs: this is WKT1"),
        ('DATUM["WGS 84"]', "is no WKT2: that begins with the kind of the reference system"),
        ('["WGS 84"]', "is no WKT2"),
        ("EPSG:32633 [m]", "is no WKT2"),
        ('GEOGCRS["WGS 84"', "not whole: brackets that nothing closes: 1"),
        ('GEOGCRS["WGS 84]', "not whole: the quotation mark at character 9 has no other"),
        ('GEOGCRS["WGS 84")', "not whole: the \\) at character 17 closes nothing"),
        ('GEOGCRS["WGS 84"]]', "not whole: behind its last bracket stands ']'"),
        ('GEOGCRS["WGS 84"] # 1', "not whole: behind its last bracket stands '# 1'"),
    ],
)
def test_what_is_no_wkt2_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        multiscale_layout("yx", factors=[2], crs=text)


def test_nothing_given_is_shared() -> None:
    crs = {"type": "GeographicCRS", "name": "WGS 84"}
    layout = multiscale_layout("yx", factors=[2], crs=crs)
    crs["name"] = "changed"
    assert dump(layout)["geo"]["proj"]["projjson"]["name"] == "WGS 84"


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ({"axes": 2}, TypeError, "axes: names are needed"),
        ({"axes": ""}, ValueError, "axes: at least one"),
        ({"axes": "y x"}, ValueError, "axes: ' ' is no name: write one letter for each axis"),
        ({"axes": "y,x"}, ValueError, "axes: ',' is no name"),
        ({"axes": "yy"}, ValueError, "axes: 'y' stands there twice"),
        ({"axes": ["y", "y"]}, ValueError, "axes: 'y' stands there twice"),
        ({"axes": ["y", ""]}, ValueError, "axes: '' is no name"),
        ({"axes": ["y", 1]}, TypeError, "axes: 1 is no name"),
        ({"axes": {"y", "x"}}, TypeError, "axes: names are needed, .* not a set"),
        (
            {"axes": "lat"},
            ValueError,
            r"factors\[0\]: one number is .* give one for each axis, or by name; in a string of",
        ),
        (
            {"axes": ["j", "i"]},
            ValueError,
            r"factors\[0\]: one number is for the axes of type space, which none of 'j'",
        ),
        (
            {"factors": [2, 2, 2]},
            ValueError,
            r"factors\[1\]: as fine as the level before: factors are counted from the",
        ),
        ({"factors": [1, 2, 4]}, ValueError, r"factors\[0\]: as fine as the finest level, which is not listed"),
        ({"factors": 2}, TypeError, r"factors: .* such as \[2, 4\]"),
        ({"factors": [0.5]}, ValueError, r"factors\[0\]: 0.5 along the axis 'y'"),
        ({"factors": [4, 2]}, ValueError, r"factors\[1\]: finer than the level before"),
        ({"factors": [{"z": 2}]}, ValueError, "there is no axis 'z'"),
        ({"factors": [(2, 2, 2)]}, ValueError, "3 numbers for 2 axes"),
        ({"groups": ["0"]}, ValueError, "groups: 1 groups for 2 levels"),
        ({"groups": "01"}, TypeError, "groups: a list of groups"),
        ({"align": "edge"}, ValueError, "align: 'edge' is neither"),
        ({"members": ["scales"]}, ValueError, "members: a level has no 'scales'; it may have"),
        (
            {"members": None},
            TypeError,
            'members: a list of names is needed, such as \\["from_group", "scale"\\], not null',
        ),
        ({"members": "scale"}, TypeError, "members: a list of names is needed, .* not 'scale'"),
        ({"members": [["scale"]]}, ValueError, "members: a level has no"),
        ({"members": []}, ValueError, 'members: nothing would tell the factors: add "scale"'),
        ({"members": ["factors"]}, ValueError, "members: nothing would tell the factors"),
        ({"align": "centre", "members": ["scale"]}, ValueError, "members: levels that share centres"),
        ({"transform": SENTINEL}, ValueError, "transform: it says nothing without a reference system"),
        ({"crs": 32633}, TypeError, "crs: a code such as"),
        ({"crs": "EPSG:1", "transform": (1, 2)}, ValueError, "transform: 2 numbers where 6 or 9"),
        ({"crs": "EPSG:1", "transform": 3}, TypeError, "transform: 6 numbers are needed"),
        ({"crs": "EPSG:1", "transform": [1, 0, 0, 0, 1, 0, 1, 0, 1]}, ValueError, "third row is 0, 0, 1"),
        ({"crs": "EPSG:1", "bbox": [1, 2, 3]}, ValueError, "bbox: 3 numbers"),
        ({"crs": "EPSG:1", "shape": (2, 2)}, ValueError, "shape: a bbox follows from it with a transform only"),
        ({"crs": "EPSG:1", "transform": SENTINEL, "shape": (0, 2)}, ValueError, "shape: 0: numbers of rows"),
        ({"crs": "EPSG:1", "transform": SENTINEL, "shape": (2, -2)}, ValueError, "shape: -2: .* whole, and above 0"),
        ({"crs": "EPSG:1", "transform": SENTINEL, "shape": (2.5, 2)}, ValueError, "shape: 2.5: .* whole, and above 0"),
        (
            {"crs": "EPSG:1", "transform": SENTINEL, "shape": (True, 2)},
            TypeError,
            "shape: a number is needed, not true",
        ),
        ({"crs": "EPSG:1", "transform": SENTINEL, "shape": (3, 2, 2)}, ValueError, "shape: 3 numbers where 2"),
        (
            {"crs": "EPSG:1", "transform": SENTINEL, "shape": (2, 2), "bbox": [0, 0, 1, 1]},
            ValueError,
            "bbox: it follows from the shape: give one of the two",
        ),
        ({"crs": "EPSG:1", "spatial_dimensions": ("y", "q")}, ValueError, "spatial_dimensions: there is no axis 'q'"),
        ({"crs": "EPSG:1", "spatial_dimensions": "yx"}, TypeError, "spatial_dimensions: a list of two names"),
        ({"crs": "EPSG:1", "spatial_dimensions": ["y"]}, ValueError, "spatial_dimensions: two different names"),
        ({"crs": "EPSG:1", "spatial_dimensions": ["y", "y"]}, ValueError, "spatial_dimensions: two different names"),
        ({"crs": {}}, ValueError, "crs: an object is PROJJSON, which has a type and a name, .* the type is missing"),
        ({"crs": {"type": "GeographicCRS", "name": 1}}, ValueError, "crs: an object is PROJJSON, .* the name is 1"),
        ({"crs": '{"type": "GeographicCRS", "a": []}'}, TypeError, "crs: this looks like PROJJSON as text"),
    ],
    ids=str,
)
def test_what_does_not_say_what_is_meant_is_refused(words: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        multiscale_layout(**{"axes": "yx", "factors": [2]} | words)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"resampling_method": "mean"}, "schema-enum"),
        ({"groups": ["0", "0"]}, "layout-groups-unique"),
        ({"groups": ["0", "../1"]}, "layout-groups-below"),
        ({"crs": "EPSG:1", "transform": (1, 1, 0, 1, 1, 0)}, "geo-transform-invertible"),
        ({"crs": "32633"}, "schema-pattern"),
        ({"crs": "EPSG:1", "bbox": (0, 1, 1, 0)}, "geo-bbox-ordered"),
        ({"crs": "EPSG:1", "transform": (500000, 10, 0, 5000000, 0, -10)}, "geo-transform-order"),
    ],
    ids=str,
)
def test_what_breaks_a_rule_is_refused(words: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        multiscale_layout(**{"axes": "yx", "factors": [2]} | words)
    assert rule in {finding.rule for finding in caught.value.report}


def test_levels_that_are_not_placed_are_refused() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=SENTINEL)
    with pytest.raises(ValueError, match="group: no level is called '3'; levels: '0', '1'"):
        level_placement(layout, "3")
    with pytest.raises(ValueError, match=r"document: the pyramid has no geo\.proj"):
        level_placement(multiscale_layout("yx", factors=[2]), "1")
    layout.multiscales.layout[1].scale = layout.multiscales.layout[1].factors = None
    assert levels_of(layout.multiscales)[1].scale is None
    with pytest.raises(ValueError, match="neither scale nor factors"):
        level_placement(layout, "1")


def test_levels_are_placed_by_what_the_first_level_measures_in() -> None:
    layout = multiscale_layout("yx", factors=[2], crs="EPSG:32633", transform=SENTINEL)
    first, second = layout.multiscales.layout
    first.scale, first.translation = [10, 10], [50, -70]
    second.scale, second.factors, second.translation = [20, 20], [2, 2], [60, -70]
    placed = level_placement(layout, "1").geo.proj
    assert placed is not None
    # One pixel of the first level further on along y, and twice as large.
    assert placed.transform == [20.0, 0.0, 500000.0, 0.0, -20.0, 4999990.0]


def test_decimals_of_a_placement_stay_what_they_are() -> None:
    layout = multiscale_layout("yx", factors=[3], crs="EPSG:4326", transform=(0.1, 0, -180, 0, -0.1, 90))
    placed = level_placement(layout, "1").geo.proj
    assert placed is not None
    assert placed.transform == [0.3, 0.0, -180.0, 0.0, -0.3, 90.0]
