"""What geo.proj says of a reference system and of the pixels in it, beyond the pairs in the corpus."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.layouts import TRANSFORM, Hierarchy, array, findings, geo, group, level, pyramid, said
from zarr_spaces import Level, Severity, check

UTM = 'PROJCRS["WGS 84 / UTM zone 33N",BASEGEOGCRS["WGS 84",ID["EPSG",4326]],ID["EPSG",32633]]'
BOX = [500000, 4999920, 500080, 5000000]
"""The extent of 8 rows and 8 columns."""


@pytest.mark.parametrize(
    "document",
    [
        geo(),
        geo(code="EPSG:4326", wkt2=None, projjson=None, bbox=None, transform=None, spatial_dimensions=None),
        geo(wkt2=UTM, projjson={"id": {"authority": "EPSG", "code": 32633}}, transform=TRANSFORM, bbox=BOX),
        geo(code=None, wkt2="LOCAL"),
        geo(transform=[*TRANSFORM, 0, 0, 1.0]),
        geo(bbox=[0, 0, -5, 1, 1, 5]),
        geo(author="me"),
        {"geo": {"proj": geo()["geo"]["proj"], "other": 1}, "other": 2},
    ],
)
def test_sound_documents_have_no_finding(document: dict[str, Any]) -> None:
    report = check(document)
    assert report.findings == ()
    assert report.versions == ("geo-proj/0.1",)


class TestTransform:
    RULE = "geo-transform-invertible"

    @pytest.mark.parametrize(
        "transform",
        [
            TRANSFORM,
            [0, 10, 500000, 10, 0, 5000000],  # rows run along x
            [1e-9, 0, 0, 0, 1e-9, 0],
            [1e300, 0, 0, 0, -1e-300, 0],
            [5e-324, 0, 0, 0, 5e-324, 0],
            [7, -7, 0, 7, 7, 0],
            [1e308, -1e308, 0, 1e308, 1e308, 0],
        ],
    )
    def test_with_inverse(self, transform: list[float]) -> None:
        assert findings(geo(transform=transform), self.RULE) == []

    @pytest.mark.parametrize(
        "transform",
        [
            [0, 0, 0, 0, 0, 0],
            [10, 0, 500000, 0, 0, 5000000],
            [0, 0, 500000, 0, -10, 5000000],
            [1, 2, 0, 2, 4, 0],
            [0.1, 0.3, 0, 0.1, 0.3, 0],
            [0.1, 0.30000000000000004, 0, 0.08, 0.24, 0],  # whose determinant is not quite zero in floating point
            [1e-200, 2e-200, 0, 2e-200, 4e-200, 0],
            [1e200, 2e200, 0, 2e200, 4e200, 0],
        ],
    )
    def test_without_inverse(self, transform: list[float]) -> None:
        (finding,) = findings(geo(transform=transform), self.RULE)
        assert finding.json_pointer == "/geo/proj/transform"
        assert finding.message.endswith("puts different pixels in one place")
        assert "order is that of rasterio: a, b, c, d, e, f" in (finding.hint or "")

    def test_order_of_gdal_is_recognised(self) -> None:
        (_, hint) = said(geo(transform=[500000.0, 10.0, 0.0, 0.0, 0.0, -10.0]), self.RULE)[0]
        assert (
            hint == "this looks like the order of GDAL's GetGeoTransform; write [10.0, 0.0, 500000.0, 0.0, -10.0, 0.0]"
        )


class TestOrder:
    RULE = "geo-transform-order"

    @pytest.mark.parametrize(
        ("transform", "written"),
        [
            ([500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0], "[10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0]"),
            ([-180, 0.5, 0, 90, 0, -0.5], "[0.5, 0, -180, 0, -0.5, 90]"),
            ([-180, 0.5, 0, 90, 0, -0.25, 0, 0, 1], "[0.5, 0, -180, 0, -0.25, 90, 0, 0, 1]"),
            ([-180, 5, 0, -90, 0, 5], "[5, 0, -180, 0, 5, -90]"),  # south first
            ([0, 0.25, 0, 90, 0, -0.25], "[0.25, 0, 0, 0, -0.25, 90]"),
            (
                [-20037508.342789244, 156543.03392804097, 0, 20037508.342789244, 0, -156543.03392804097],
                "[156543.03392804097, 0, -20037508.342789244, 0, -156543.03392804097, 20037508.342789244]",
            ),
        ],
    )
    def test_order_of_gdal_is_told_with_the_right_one(self, transform: list[float], written: str) -> None:
        (finding,) = check(geo(transform=transform))
        assert (finding.rule, finding.json_pointer) == (self.RULE, "/geo/proj/transform")
        assert finding.severity is Severity.WARNING
        assert "looks like that of GDAL's GetGeoTransform" in finding.message
        assert (finding.hint or "").startswith(f"write {written}: its order is that of rasterio: a, b, c, d, e, f")

    @pytest.mark.parametrize(
        "transform",
        [
            TRANSFORM,
            [0, 10, 500000, 10, 0, 5000000],  # rows run along x
            [0, 10, 0, 10, 0, 0],
            [0, 10, 0, -10, 0, 500],
            [0, 10, 0, 10, 0, -10],  # by a pixel beside the origin
            [0, 10, 0, 5000, 0, -30],  # long pixels
            [6e-16, 10, 0, 300, 0, -30],  # the same, but for rounding
            [7, -7, 0, 7, 7, 0],  # turned, the offsets 0
            [6, 8, 0, 8, -6, 0],
            [8, 6, 0, 6, 0, 0],  # askew
            [8, 6, 0, 6, 0, 6],
            [0, 1, 0, 90, 0, -1],  # in either order it could be meant
            [1e-300, 1e300, 0, 1, 0, 1],
            [500000, 10, 0, 5000000, 0, 0],
        ],
    )
    def test_what_is_let_pass(self, transform: list[float]) -> None:
        assert findings(geo(transform=transform), self.RULE) == []

    @pytest.mark.parametrize(
        ("transform", "rule"),
        [
            ([500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0], "geo-transform-order"),
            ([500000.0, 10.0, 0.0, 0.0, 0.0, -10.0], "geo-transform-invertible"),
        ],
    )
    def test_wrong_order_is_told_once(self, transform: list[float], rule: str) -> None:
        report = check(geo(transform=transform, bbox=BOX), level=Level.ARRAYS, nodes=placed(8, 8))
        assert [finding.rule for finding in report] == [rule]


class TestCode:
    @pytest.mark.parametrize("members", [{"code": 32633}, {"code": None, "wkt2": 5}, {"code": None, "projjson": "{}"}])
    def test_form_of_another_type_is_no_missing_one(self, members: dict[str, Any]) -> None:
        assert [finding.rule for finding in check(geo(**members))] == ["schema-type"]

    def test_none_of_the_forms(self) -> None:
        for document in (geo(code=None), geo(code=None, wkt2=None, projjson=None)):
            assert [finding.rule for finding in check(document)] == ["schema-any-of"]

    @pytest.mark.parametrize(
        ("code", "hint"),
        [
            ("epsg:4326", "write 'EPSG:4326'"),
            ("IAU_2015:30100", "give wkt2 or projjson instead, which all readers take"),
            ("OGC:CRS84", "give wkt2 or projjson instead, which all readers take"),
        ],
    )
    def test_codes_that_published_validators_refuse(self, code: str, hint: str) -> None:
        (finding,) = findings(geo(code=code), "geo-code-published")
        assert (finding.json_pointer, finding.severity) == ("/geo/proj/code", Severity.WARNING)
        assert code in finding.message
        assert finding.hint == hint
        assert check(geo(code=code)).valid

    @pytest.mark.parametrize(
        ("members", "known"),
        [
            ({"wkt2": UTM.replace("32633", "32632")}, "'EPSG:32633', 'EPSG:32632'"),
            ({"code": "epsg:4326", "wkt2": UTM}, "'epsg:4326', 'EPSG:32633'"),
            ({"projjson": {"id": {"authority": "EPSG", "code": 4326}}}, "'EPSG:32633', 'EPSG:4326'"),
            (
                {"code": None, "wkt2": UTM, "projjson": {"id": {"authority": "EPSG", "code": "4326"}}},
                "'EPSG:4326', 'EPSG:32633'",
            ),
        ],
    )
    def test_forms_that_contradict(self, members: dict[str, Any], known: str) -> None:
        (finding,) = findings(geo(**members), "geo-forms-agree")
        assert (finding.json_pointer, finding.severity) == ("/geo/proj", Severity.ERROR)
        assert finding.message.endswith(f"name different systems: {known}")

    @pytest.mark.parametrize(
        "members",
        [
            {"code": "ESRI:102100", "wkt2": 'X["a",ID["EPSG",3857]]'},  # the same system
            {"code": "epsg:32633", "wkt2": UTM},
            {"wkt2": 'PROJCRS["without an id"]', "projjson": {"name": "without an id"}},
            {"wkt2": 'PROJCRS["a",LENGTHUNIT["metre",1,ID["EPSG",9001]]]'},
        ],
    )
    def test_forms_that_may_mean_the_same(self, members: dict[str, Any]) -> None:
        assert findings(geo(**members), "geo-forms-agree") == []


class TestBboxOrder:
    RULE = "geo-bbox-ordered"

    @pytest.mark.parametrize(
        ("box", "words"),
        [
            ([0, 5, 1, 4], "along y the bbox runs from 5 down to 4"),
            ([0, 0, 9, 1, 1, 8], "along z the bbox runs from 9 down to 8"),
            ([600000.0, 0, 500000.0, 1], "along x the bbox runs from 600000.0 down to 500000.0"),
            ([10**300, 0, -1, 1], "along x the bbox runs from"),
        ],
    )
    def test_largest_first(self, box: list[float], words: str) -> None:
        (finding,) = findings(geo(bbox=box), self.RULE)
        assert finding.json_pointer == "/geo/proj/bbox"
        assert finding.message.startswith(words)
        order = "xmin, ymin, xmax, ymax" if len(box) == 4 else "xmin, ymin, zmin, xmax, ymax, zmax"
        assert finding.hint == f"the order is {order}"

    @pytest.mark.parametrize("box", [[0, 0, 0, 0], [170, -10, -170, 10], [350, 0, 10, 1], [170, 0, 0, -170, 1, 1]])
    def test_degrees_may_pass_the_antimeridian(self, box: list[float]) -> None:
        assert findings(geo(bbox=box), self.RULE) == []


def placed(*shape: int, names: Any = "yx", **more: Any) -> Hierarchy:
    return Hierarchy({"data": array(*shape, names=names), **more})


class TestDeclaredOrder:
    RULE = "geo-dimensions-ordered"

    @pytest.mark.parametrize("names", [["x", "y"], ["X", "Y"], ["lon", "lat"], ["col", "row"], ["easting", "northing"]])
    def test_well_known_pairs_backwards(self, names: list[str]) -> None:
        for document in (geo(spatial_dimensions=names), pyramid(level("0"), proj={"spatial_dimensions": names})):
            (finding,) = check(document)
            assert (finding.rule, finding.json_pointer) == (self.RULE, "/geo/proj/spatial_dimensions")
            assert finding.severity is Severity.WARNING
            y, x = names[::-1]
            assert finding.message == f"'{names[0]}' is declared as the dimension along y, '{names[1]}' as that along x"
            assert (finding.hint or "").startswith(f"write ['{y}', '{x}'], y first")

    @pytest.mark.parametrize("names", [["y", "x"], ["b", "a"], ["x", "lat"], ["X", "y"], ["east", "north"], None])
    def test_what_is_let_pass(self, names: Any) -> None:
        assert check(geo(spatial_dimensions=names)).findings == ()


class TestDimensions:
    RULE = "geo-dimensions-found"

    @pytest.mark.parametrize(
        ("members", "nodes"),
        [
            ({}, placed(8, 8)),
            ({}, placed(3, 8, 8, names=("time", "lat", "lon"))),
            ({}, placed(8, 8, names="ab", other=array(8, 8))),  # the others are ignored
            ({}, Hierarchy({})),
            ({}, Hierarchy({"deeper": group(), "deeper/data": array(8, 8, names="ab")})),
            ({}, Hierarchy({"x": array(8, names="x"), "spatial_ref": array(names=())})),
            ({"spatial_dimensions": ["a", "b"]}, placed(8, 8, names="ab")),
            ({"spatial_dimensions": ["b", "a"]}, placed(8, 8, names="ab")),
            ({}, Hierarchy({"": array(8, 8)})),
        ],
    )
    def test_found(self, members: dict[str, Any], nodes: Hierarchy) -> None:
        assert findings(geo(**members), self.RULE, nodes) == []

    def test_declared_but_not_there(self) -> None:
        (finding,) = findings(geo(spatial_dimensions=["lat", "lon"]), self.RULE, placed(8, 8))
        assert finding.json_pointer == "/geo/proj/spatial_dimensions"
        assert finding.severity is Severity.ERROR
        assert finding.message == "no array here has the dimensions 'lat', 'lon'; dimensions here: 'x', 'y'"

    @pytest.mark.parametrize(("names", "met"), [("ab", "'a', 'b'"), (None, "unnamed"), (("y", None), "'y'")])
    def test_no_known_names(self, names: Any, met: str) -> None:
        (finding,) = findings(geo(), self.RULE, placed(8, 8, names=names))
        assert finding.json_pointer == "/geo/proj"
        assert finding.message.endswith(f"dimensions here: {met}")
        assert finding.hint == "add spatial_dimensions, or name the dimensions of the arrays, such as 'y', 'x'"

    def test_an_array_places_itself(self) -> None:
        assert len(findings(geo(), self.RULE, Hierarchy({"": array(8, 8, names="ab")}))) == 1


class TestBbox:
    RULE = "geo-bbox-agrees"

    @pytest.mark.parametrize(
        ("members", "shape", "names"),
        [
            ({"transform": TRANSFORM, "bbox": BOX}, (8, 8), "yx"),
            ({"transform": TRANSFORM, "bbox": [500000, 4999920, 500080.05, 5000000]}, (8, 8), "yx"),  # rounded
            ({"transform": [10, 0, 500000, 0, 10, 4999920], "bbox": BOX}, (8, 8), "yx"),  # south first
            ({"transform": [*TRANSFORM, 0, 0, 1], "bbox": [500000, 4999920, 500040, 5000000]}, (4, 8), "xy"),
            ({"transform": [0, 10, 0, 10, 0, 0], "bbox": [0, 0, 40, 80]}, (4, 8), "yx"),
            ({"transform": [1, 0, 170, 0, -1, 10], "bbox": [170, -10, -170, 10]}, (20, 20), "yx"),
            ({"transform": TRANSFORM, "bbox": [0, 0, 0, 1, 1, 1]}, (8, 8), "yx"),
            ({"bbox": [0, 0, 1, 1]}, (8, 8), "yx"),
            ({"transform": TRANSFORM}, (8, 8), "yx"),
            ({"transform": TRANSFORM, "bbox": [0, 0, 1, 1]}, (8, 8), "ab"),  # which are y and x is told elsewhere
        ],
    )
    def test_what_is_let_pass(self, members: dict[str, Any], shape: tuple[int, ...], names: str) -> None:
        assert findings(geo(**members), self.RULE, placed(*shape, names=names)) == []

    @pytest.mark.parametrize(
        ("transform", "box", "hint"),
        [
            (TRANSFORM, [500005, 4999925, 500075, 4999995], "this one reaches to the centres of the outer pixels"),
            (TRANSFORM, [4999920, 500000, 5000000, 500080], "x and y are exchanged"),
            (
                [0, 10, 0, 80, 0, -10],  # not certain by itself
                [0, 0, 80, 80],
                "the bbox is right if the transform is wrong: this looks like the order of GDAL's GetGeoTransform; "
                "write [10.0, 0.0, 0.0, 0.0, -10.0, 80.0]",
            ),
            (TRANSFORM, [500000, 4999920, 500090, 5000000], "a bbox reaches to the outer edges of the pixels"),
        ],
    )
    def test_likely_causes_are_told(self, transform: list[float], box: list[float], hint: str) -> None:
        (finding,) = findings(geo(transform=transform, bbox=box), self.RULE, placed(8, 8))
        assert (finding.json_pointer, finding.severity) == ("/geo/proj/bbox", Severity.WARNING)
        assert "; 8 rows and 8 columns of 'data' reach over [" in finding.message
        assert (finding.hint or "").startswith(hint)

    def test_an_array_places_itself(self) -> None:
        ((message, _),) = said(geo(transform=TRANSFORM, bbox=[0, 0, 1, 1]), self.RULE, Hierarchy({"": array(8, 8)}))
        assert "8 rows and 8 columns reach over" in message


@pytest.mark.parametrize("number", [1e308, 5e-324, 10**308, -1e308])
def test_numbers_at_the_ends_of_their_range_raise_nothing(number: float) -> None:
    for members in (
        {"transform": [number] * 6, "bbox": BOX},
        {"transform": [number, 0, number, 0, number, number], "bbox": [number] * 4},
        {"transform": TRANSFORM, "bbox": [number, -1, 1, number]},
    ):
        for size in (8, 0, -1, 10**400):
            check(geo(**members), level=Level.ARRAYS, nodes=placed(size, size))


def test_rules_hold_beside_a_pyramid() -> None:
    members = {"transform": [0] * 6, "code": "epsg:32633", "wkt2": UTM.replace("32633", "32632"), "bbox": [0, 1, 1, 0]}
    report = check(pyramid(level("0")) | geo(**members))
    assert {finding.rule for finding in report} == {
        "geo-transform-invertible",
        "geo-code-published",
        "geo-forms-agree",
        "geo-bbox-ordered",
    }
    assert report.versions == ("zarr-multiscales/0.1.0",)
