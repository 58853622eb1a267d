"""What geo.proj means: the name of a reference system, the axes of pixels, and matrices from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces.geo import (
    affine_rows,
    codes_of,
    conflicting_codes,
    crs_name,
    named_axes,
    spatial_axes,
    transform_of_level,
)
from zarr_spaces.zarr_multiscales.v0_1_0 import GeoProj

UTM = 'PROJCRS["WGS 84 / UTM zone 33N",BASEGEOGCRS["WGS 84",ID["EPSG",4326]],LENGTHUNIT["metre",1]'


def proj(**members: Any) -> GeoProj:
    return GeoProj(**members)


@pytest.mark.parametrize(
    ("members", "codes", "name"),
    [
        ({"code": "EPSG:32633"}, ["EPSG:32633"], "EPSG:32633"),
        ({"wkt2": UTM + ',ID["EPSG",32633]]'}, ["EPSG:32633"], "EPSG:32633"),
        ({"wkt2": UTM + ', ID [ "EPSG" , "32633" ] ]\n'}, ["EPSG:32633"], "EPSG:32633"),
        ({"wkt2": UTM + "]"}, [], "WGS 84 / UTM zone 33N"),
        ({"wkt2": 'GEOGCRS["a",UNIT["metre",1,ID["EPSG",9001]]]'}, [], "a"),  # that of the unit
        ({"wkt2": 'GEOGCRS["a",GRID["b","1"]]'}, [], "a"),
        ({"wkt2": "local"}, [], "CRS"),
        ({"projjson": {"id": {"authority": "EPSG", "code": 4326}}}, ["EPSG:4326"], "EPSG:4326"),
        ({"projjson": {"id": {"authority": "OGC", "code": "CRS84"}}}, ["OGC:CRS84"], "OGC:CRS84"),
        ({"projjson": {"name": "Mars", "id": {"authority": "EPSG"}}}, [], "Mars"),
        ({"projjson": {"name": "Mars", "id": ["EPSG", 4326]}}, [], "Mars"),
        ({"projjson": {"name": 5}, "wkt2": 'GEOGCRS["a"]'}, [], "a"),
        ({"projjson": {"name": "n" * 1000}}, [], "n" * 200),
        ({"projjson": {}}, [], "CRS"),
        (
            {"code": "A:1", "projjson": {"id": {"authority": "B", "code": 2}}, "wkt2": 'X["a",ID["C",3]]'},
            ["A:1", "B:2", "C:3"],
            "A:1",
        ),
    ],
)
def test_codes_and_name_of_a_reference_system(members: dict[str, Any], codes: list[str], name: str) -> None:
    assert codes_of(proj(**members)) == codes
    assert crs_name(proj(**members)) == name


@pytest.mark.parametrize("text", ["(" * 100_000, "ID[" * 100_000, " " * 1_000_000, "A" * 1_000_000 + '["'])
def test_long_texts_are_looked_at_briefly(text: str) -> None:
    assert crs_name(proj(wkt2=text)) == "CRS"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], False),
        (["EPSG:4326"], False),
        (["EPSG:4326", "epsg:4326"], False),
        (["EPSG:4326", "EPSG:32633"], True),
        (["EPSG:3857", "ESRI:102100"], False),  # the same system, as it happens
        (["EPSG:3857", "ESRI:102100", "EPSG:4326"], True),
        (["OGC:CRS84", "ogc:crs84"], False),
    ],
)
def test_only_codes_of_one_authority_contradict(codes: list[str], expected: bool) -> None:
    assert conflicting_codes(codes) is expected


@pytest.mark.parametrize(
    ("names", "declared", "expected"),
    [
        (["y", "x"], None, (0, 1)),
        (["x", "y"], None, (1, 0)),
        (["time", "band", "y", "x"], None, (2, 3)),
        (["Y", "X"], None, (0, 1)),
        (["Y", "x"], None, None),
        (["lat", "lon"], None, (0, 1)),
        (["lon", "time", "latitude", "longitude"], None, (2, 3)),
        (["northing", "easting"], None, (0, 1)),
        (["row", "col"], None, (0, 1)),
        (["line", "sample"], None, (0, 1)),
        (["lat", "lon", "y", "x"], None, (2, 3)),  # the first pair of the list counts
        (["a", "b"], None, None),
        ([None, None], None, None),
        ([], None, None),
        (["a", "b"], ["b", "a"], (1, 0)),
        (["y", "x"], ["b", "a"], None),
    ],
)
def test_spatial_axes(names: list[str | None], declared: list[str] | None, expected: Any) -> None:
    assert spatial_axes(names, declared) == expected


TRANSFORM = [10.0, 1.0, 500000.0, 2.0, -20.0, 5000000.0]


@pytest.mark.parametrize("axes", [(0, 1), (1, 0), (1, 2), (2, 0)])
def test_rows_take_pixels_to_x_and_y(axes: tuple[int, int]) -> None:
    n = max(axes) + 1
    rows = np.array(affine_rows([*TRANSFORM, 0, 0, 1], axes, n))
    assert rows.shape == (2, n + 1)
    pixel = np.zeros(n + 1)
    pixel[axes[0]], pixel[axes[1]], pixel[-1] = 3, 7, 1  # row 3, column 7
    assert (rows @ pixel).tolist() == [10 * 7 + 1 * 3 + 500000, 2 * 7 - 20 * 3 + 5000000]


def test_transform_of_a_level_composes_with_its_place_in_the_first() -> None:
    scale, translation = (2, 3), (8, 5)
    of_level = transform_of_level(TRANSFORM, scale, translation)
    for row, column in [(0, 0), (1, 0), (0, 1), (4, 9)]:
        first = [scale[0] * row + translation[0], scale[1] * column + translation[1]]
        assert place(of_level, row, column) == pytest.approx(place(TRANSFORM, *first))
    assert transform_of_level(TRANSFORM, (1, 1), (0, 0)) == TRANSFORM


def place(transform: list[float], row: float, column: float) -> list[float]:
    a, b, c, d, e, f = transform
    return [a * column + b * row + c, d * column + e * row + f]


@pytest.mark.parametrize(
    ("n", "arrays", "declared", "expected"),
    [
        (2, [("y x", (8, 8))], None, "y x"),
        (2, [("lat nv", (8, 2)), ("lat lon", (8, 4))], None, "lat lon"),
        (2, [("a b", (900, 900)), ("lon lat", (4, 8))], None, "lon lat"),
        (2, [("a b", (8, 8)), ("v u", (4, 4))], ["u", "v"], "v u"),
        (2, [("a nv", (8, 2)), ("a b", (8, 4))], None, "a b"),
        (2, [("time x y", (9, 8, 8))], None, "x y"),
        (3, [("y x", (8, 8)), ("band y x", (3, 8, 8)), ("y x band", (8, 8, 3))], None, "band y x"),
        (3, [("y x", (8, 8))], None, None),
        (2, [("a a", (8, 8))], None, None),
        (3, [("band - x", (3, 8, 8))], None, None),
        (2, [("- y x", (3, 8, 8))], None, "y x"),
        (1, [], None, None),
    ],
)
def test_axes_are_named_by_the_rasters(
    n: int, arrays: list[tuple[str, tuple[int, ...]]], declared: Any, expected: str | None
) -> None:
    known = [([name if name != "-" else None for name in names.split()], shape) for names, shape in arrays]
    assert named_axes(n, known, declared) == (expected.split() if expected is not None else None)
