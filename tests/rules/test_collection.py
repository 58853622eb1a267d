"""Collections of converted images, and one version for a whole hierarchy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.groups import Groups, found, hints, image, label, ome, places, plate, well
from zarr_spaces import Level, check

AT = "/bioformats2raw.layout"
XML = "OME/METADATA.ome.xml"


def root(**members: Any) -> dict[str, Any]:
    return ome(**{"bioformats2raw.layout": 3}, **members)


def series(*paths: str) -> dict[str, Any]:
    return ome(series=list(paths))


def plate_root() -> dict[str, Any]:
    return root(plate=plate()["ome"]["plate"])


def test_collection_with_everything() -> None:
    for groups in ({"0": image(), "1": image()}, {"OME": series("a"), "a": image()}, {"OME": series()}):
        assert check(root(), level=Level.HIERARCHY, nodes=Groups(groups, files=[XML])).findings == ()


def test_xml_is_asked_for() -> None:
    assert places(root(), "collection-xml-present", Groups({"0": image()})) == [AT]
    assert places(plate(), "collection-xml-present", Groups({})) == []


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["0"], None),
        ([str(number) for number in range(12)], None),
        (["0", "1", "x", "03"], None),  # other groups may be ignored
        ([], "there is no image at '0', where those of a collection begin"),
        (["a", "b"], "there is no image at '0', where those of a collection begin"),
        (["00", "²"], "there is no image at '0', where those of a collection begin"),
        (["1"], "the images '1' are not numbered consecutively from 0: there is no image at '0'"),
        (["0", "2"], "the images '0', '2' are not numbered consecutively from 0: there is no image at '1'"),
        (["0", "9" * 40], None),
    ],
)
def test_numbers_without_series(names: list[str], message: str | None) -> None:
    rule = "collection-images-numbered"
    groups = {name: image() for name in names}
    expected = [] if message is None else [(AT, message)]
    assert found(root(), rule, Groups(groups)) == expected
    assert found(root(), rule, Groups(groups | {"OME": {}})) == expected
    assert found(root(), rule, Groups(groups | {"OME": series("a")})) == []
    assert found(plate_root(), rule, Groups(groups)) == []
    assert found(plate(), rule, Groups(groups)) == []


def test_number_that_is_no_image_is_a_gap() -> None:
    nodes = Groups({"0": image(), "1": {}, "2": image()})
    assert places(root(), "collection-images-numbered", nodes) == [AT]
    assert hints(root(), "collection-images-numbered", Groups({"0": {}})) == ["it has to be a multiscale image"]


def test_every_entry_of_series_is_an_image() -> None:
    nodes = Groups({"OME": series("a", "b/", "c", "a", "..", ""), "a": image(), "b": image(), "c": {}})
    assert found(root(), "series-images-exist", nodes) == [
        (AT, "entry 2 of series in the group OME leads to no image: "
         "the group at 'c' has no multiscales, so it is no image"),
    ]  # fmt: skip
    assert places(plate_root(), "series-images-exist", Groups({"OME": series("A/1/0")})) == [AT]
    assert places(image(), "series-images-exist", nodes) == []


@pytest.mark.parametrize("listed", [5, {}, [5], None])
def test_broken_series_are_left_to_their_own_document(listed: Any) -> None:
    nodes = Groups({"OME": ome(series=listed), "0": image()}, files=[XML])
    assert check(root(), level=Level.HIERARCHY, nodes=nodes).findings == ()


def test_series_and_plate_stand_side_by_side_in_silence() -> None:
    document = plate_root()
    assert check(document).findings == ()
    assert check(root(series=["0"])).findings == ()


def test_series_of_a_plate_match_its_images() -> None:
    rule = "plate-series-match"
    groups = {"A": {}, "A/1": well("0", "1"), "A/1/0": image(), "A/1/1": image(), "x": image()}
    document = plate_root()
    assert places(document, rule, Groups(groups)) == [AT]
    assert places(document, rule, Groups(groups | {"OME": series("A/1/1", "A/1/0/")})) == []
    assert found(document, rule, Groups(groups | {"OME": series("A/1/1", "x")})) == [
        (AT, "series and the plate list different images; not in series: 'A/1/0'; in series, but not on the plate: 'x'")
    ]
    assert places(plate(), rule, Groups(groups)) == []
    # A wrong path is one fault, and not two.
    wrong = Groups(groups | {"OME": series("A/1/1", "A/1/00")}, files=[XML])
    assert [finding.rule for finding in check(document, level=Level.HIERARCHY, nodes=wrong)] == ["series-images-exist"]


class TestVersions:
    """All groups of one hierarchy are written in one version."""

    rule = "versions-consistent"

    def old(self, attributes: dict[str, Any], version: Any = "0.5") -> dict[str, Any]:
        return {"ome": attributes["ome"] | {"version": version}}

    @pytest.mark.parametrize(
        ("document", "path", "place"),
        [
            (plate(), "A/1", "/plate/wells/0/path"),
            (well("0"), "0", "/well/images/0/path"),
            (ome(labels=["a", "x/b"]), "x/b", "/labels/1"),
            (image(), "labels", "/version"),
            (root(), "0", AT),
            (root(), "OME", AT),
        ],
    )
    def test_group_below_in_another_version(self, document: dict[str, Any], path: str, place: str) -> None:
        nodes = Groups({path: self.old(image())})
        assert found(document, self.rule, nodes) == [
            (place, f"the group at {path!r} is written in version '0.5', this one in 0.6")
        ]
        for version in ("0.6", "0.6rc0", None, 5):
            assert found(document, self.rule, Groups({path: self.old(image(), version)})) == []
        candidate = self.old(document, "0.6rc0")
        assert places(candidate, self.rule, Groups({path: self.old(image(), "0.6")})) == []
        assert places(candidate, self.rule, Groups({path: self.old(image(), "0.6.dev4")})) == [place]

    def test_images_of_a_scene_are_looked_at_once(self) -> None:
        def link(source: dict[str, str], target: dict[str, str]) -> dict[str, Any]:
            return {"type": "identity", "input": source, "output": target}

        axes = [{"name": name, "type": "space", "unit": "micrometer"} for name in "yx"]
        a, b, world = {"name": "um", "path": "a"}, {"name": "um", "path": "b/"}, {"name": "world"}
        document = ome(
            scene={
                "coordinateSystems": [{"name": "world", "axes": axes}],
                "coordinateTransformations": [link(a, world), link(a, b)],
            }
        )
        nodes = Groups({"a": self.old(image()), "b": self.old(image())})
        at = "/scene/coordinateTransformations"
        assert places(document, self.rule, nodes) == [f"{at}/0/input/path", f"{at}/1/output/path"]

    def test_images_in_series_are_looked_at(self) -> None:
        nodes = Groups({"OME": series("a", "b"), "a": self.old(label()), "b": image(), "0": self.old(image())})
        assert found(root(), self.rule, nodes) == [
            (AT, "the group at 'a' is written in version '0.5', this one in 0.6")
        ]
