"""Pyramids of the Zarr multiscales convention in few words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump, graph_of, level_placement, levels_of, multiscale_layout

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
    placed = level_placement(layout, "2")
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
    assert level_placement(layout, "1").geo.proj.transform == [20.0, 0.0, 499995.0, 0.0, -20.0, 5000005.0]  # type: ignore[union-attr]


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
        ({"factors": 2}, TypeError, r"factors: .* such as \[2, 4\]"),
        ({"factors": [0.5]}, ValueError, r"factors\[0\]: 0.5 along the axis 'y'"),
        ({"factors": [4, 2]}, ValueError, r"factors\[1\]: finer than the level before"),
        ({"factors": [{"z": 2}]}, ValueError, "there is no axis 'z'"),
        ({"factors": [(2, 2, 2)]}, ValueError, "3 numbers for 2 axes"),
        ({"groups": ["0"]}, ValueError, "groups: 1 names for 2 levels"),
        ({"groups": "01"}, TypeError, "groups: a list of names"),
        ({"align": "edge"}, ValueError, "align: 'edge' is neither"),
        ({"members": ["scales"]}, ValueError, "members: a level has no 'scales'; it may have"),
        ({"align": "centre", "members": ["scale"]}, ValueError, "members: levels that share centres"),
        ({"transform": SENTINEL}, ValueError, "transform: it says nothing without a reference system"),
        ({"crs": 32633}, TypeError, "crs: a code such as"),
        ({"crs": "EPSG:1", "transform": (1, 2)}, ValueError, "transform: 2 numbers where 6 or 9"),
        ({"crs": "EPSG:1", "transform": 3}, TypeError, "transform: 6 numbers are needed"),
        ({"crs": "EPSG:1", "transform": [1, 0, 0, 0, 1, 0, 1, 0, 1]}, ValueError, "third row is 0, 0, 1"),
        ({"crs": "EPSG:1", "bbox": [1, 2, 3]}, ValueError, "bbox: 3 numbers"),
        ({"crs": "EPSG:1", "shape": (2, 2)}, ValueError, "shape: a bbox follows from it with a transform only"),
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
