"""Reading: what is broken costs itself and nothing else."""

from __future__ import annotations

import copy
import json
import warnings
from typing import Any

import pytest

from zarr_spaces import Detour, UnsupportedTransformation, check, graph_of
from zarr_spaces.document.reading import Reading, read
from zarr_spaces.document.source import Opened
from zarr_spaces.graph.build import build_graph

AXES: list[Any] = [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}]
IMAGE = ("ome", "multiscales", 0)


def system(name: str) -> dict[str, Any]:
    return {"name": name, "axes": copy.deepcopy(AXES)}


def level(path: str) -> dict[str, Any]:
    how = {"type": "scale", "scale": [2.0, 3.0], "input": {"path": path}, "output": {"name": "um"}}
    return {"path": path, "coordinateTransformations": [how]}


def link(source: str, target: str, kind: str = "identity") -> dict[str, Any]:
    return {"type": kind, "input": {"name": source}, "output": {"name": target}}


def multiscale(**members: Any) -> dict[str, Any]:
    """Describe an image of two levels, with a second system."""
    return {
        "coordinateSystems": [system("um"), system("world")],
        "datasets": [level("0"), level("1")],
        "coordinateTransformations": [link("um", "world")],
    } | members


def image(*multiscales: Any, **sections: Any) -> dict[str, Any]:
    return {"ome": {"version": "0.6", "multiscales": list(multiscales) or [multiscale()], **sections}}


def scene(**members: Any) -> dict[str, Any]:
    return {
        "ome": {
            "version": "0.6",
            "scene": {
                "coordinateSystems": [system("a"), system("b")],
                "coordinateTransformations": [link("a", "b")],
            }
            | members,
        }
    }


def mapped(document: Any, source: Any, target: Any) -> list[float]:
    """Map (1, 1) through what could be read."""
    reading = read(document)
    graph = build_graph(lambda path: None if path else reading)
    first: list[float] = graph.transform(source, target, [[1, 1]]).tolist()[0]
    return first


def usable(reading: Reading) -> Any:
    assert reading.document is not None
    return reading.document.ome


def test_a_sound_document_is_read_in_full() -> None:
    reading = read(image())
    assert (reading.findings, dict(reading.opaque)) == ((), {})
    assert len(usable(reading).multiscales[0].datasets) == 2


@pytest.mark.parametrize("omero", [3, [], {"channels": 3}, {"channels": [{"window": "x"}]}], ids=repr)
def test_a_broken_omero_costs_omero_only(omero: Any) -> None:
    reading = read(image(omero=omero))
    assert reading.findings
    assert all(finding.pointer[:2] == ("ome", "omero") for finding in reading.findings)
    assert usable(reading).omero is None
    assert not reading.opaque
    assert mapped(image(omero=omero), {"path": "0"}, "world") == [2, 3]


@pytest.mark.parametrize(
    "broken",
    [
        link("um", "world", "wobble"),
        link("um", "world", "scale"),
        link("um", "world", "scale") | {"scale": ["x"]},
        {"input": {"name": "um"}, "output": {"name": "world"}},
        link("um", "world", "sequence") | {"transformations": [{"type": "scale", "scale": 3}]},
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_broken_transformation_is_opaque_at_its_own_place(broken: dict[str, Any], place: int) -> None:
    links = [link("um", "world")]
    links.insert(place, broken)
    document = image(multiscale(coordinateTransformations=links))
    reading = read(document)
    assert list(reading.opaque) == [(*IMAGE, "coordinateTransformations", place)]
    assert len(usable(reading).multiscales[0].coordinate_transformations) == 2
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert mapped(document, "um", "world") == [1, 1]
    # Only where the broken one would have been the way is it passed over.
    assert [warning.category for warning in caught] == [Detour] * (place == 0 and "output" in broken)


@pytest.mark.parametrize("broken", [3, None, "x", [], {}], ids=repr)
def test_what_is_no_transformation_at_all_is_opaque(broken: Any) -> None:
    document = image(multiscale(coordinateTransformations=[broken, link("um", "world")]))
    assert list(read(document).opaque) == [(*IMAGE, "coordinateTransformations", 0)]
    assert mapped(document, "um", "world") == [1, 1]


@pytest.mark.parametrize("broken", [3, {}, {"path": "0"}, level("0") | {"coordinateTransformations": []}], ids=repr)
def test_a_broken_level_costs_that_level(broken: Any) -> None:
    document = image(multiscale(datasets=[broken, level("1")]))
    assert list(read(document).opaque) == [(*IMAGE, "datasets", 0, "coordinateTransformations", 0)]
    assert mapped(document, {"path": "1"}, "world") == [2, 3]


def test_every_level_may_be_broken_and_the_systems_stay() -> None:
    assert mapped(image(multiscale(datasets=[3, 4])), "um", "world") == [1, 1]


@pytest.mark.parametrize("broken", [3, {"name": "z"}, {"axes": AXES}, {"name": "z", "axes": []}], ids=repr)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_system_costs_that_system(broken: Any, place: int) -> None:
    systems = [system("um"), system("world")]
    systems.insert(place, broken)
    document = image(multiscale(coordinateSystems=systems))
    assert [found.name for found in usable(read(document)).multiscales[0].coordinate_systems] == ["um", "world"]
    assert mapped(document, {"path": "0"}, "world") == [2, 3]


def test_several_broken_systems_cost_themselves() -> None:
    systems = [3, system("um"), {"name": "z"}, system("world"), {"name": "w", "axes": [3]}]
    assert mapped(image(multiscale(coordinateSystems=systems)), {"path": "0"}, "world") == [2, 3]


def test_a_transformation_into_a_broken_system_blocks_nothing_else() -> None:
    systems = [system("um"), {"name": "world"}]
    assert mapped(image(multiscale(coordinateSystems=systems)), {"path": "0"}, "um") == [2, 3]


@pytest.mark.parametrize("broken", [3, None, {}, {"name": "x"}], ids=repr)
@pytest.mark.parametrize("place", [0, 1])
def test_a_broken_image_costs_that_image_and_moves_no_other(broken: Any, place: int) -> None:
    images = [multiscale()]
    images.insert(place, broken)
    document = image(*images)
    systems = [len(found.coordinate_systems) for found in usable(read(document)).multiscales]
    assert systems == ([0, 2] if place == 0 else [2, 0])
    assert mapped(document, {"path": "0"}, {"name": "world", "multiscale": 1 - place}) == [2, 3]


@pytest.mark.parametrize(
    "members",
    [{"name": 3}, {"type": []}, {"metadata": 3}, {"coordinateTransformations": []}, {"coordinateTransformations": 3}],
    ids=repr,
)
def test_a_broken_member_beside_the_levels_does_not_cost_the_image(members: dict[str, Any]) -> None:
    assert mapped(image(multiscale(**members)), {"path": "0"}, "um") == [2, 3]


@pytest.mark.parametrize("datasets", [[], 3, {}], ids=repr)
def test_an_image_without_usable_levels_keeps_its_systems(datasets: Any) -> None:
    assert mapped(image(multiscale(datasets=datasets)), "um", "world") == [1, 1]


@pytest.mark.parametrize("broken", [link("a", "b", "wobble"), 3], ids=["type", "number"])
def test_a_scene_whose_only_transformation_is_broken_keeps_its_systems(broken: Any) -> None:
    reading = read(scene(coordinateTransformations=[broken]))
    assert [found.name for found in usable(reading).scene.coordinate_systems] == ["a", "b"]
    assert list(reading.opaque) == [("ome", "scene", "coordinateTransformations", 0)]


@pytest.mark.parametrize("links", [[], 3, {}], ids=repr)
def test_a_scene_without_usable_transformations_keeps_its_systems(links: Any) -> None:
    reading = read(scene(coordinateTransformations=links))
    assert [found.name for found in usable(reading).scene.coordinate_systems] == ["a", "b"]


def test_a_broken_scene_does_not_cost_the_images_beside_it() -> None:
    assert mapped(image(scene=3), {"path": "0"}, "world") == [2, 3]
    assert mapped(image(scene={"coordinateTransformations": []}), {"path": "0"}, "world") == [2, 3]


def test_broken_images_do_not_cost_the_scene_beside_them() -> None:
    document = scene()
    document["ome"]["multiscales"] = 3
    assert mapped(document, "a", "b") == [1, 1]


@pytest.mark.parametrize("version", [7, None, [], "9.9", "0.5"], ids=repr)
def test_an_unusable_version_leaves_nothing_and_is_named(version: Any) -> None:
    document = image()
    document["ome"]["version"] = version
    reading = read(document)
    assert reading.document is None
    assert all(finding.pointer == ("ome", "version") for finding in reading.findings)
    assert reading.findings


@pytest.mark.parametrize("document", [{}, {"ome": 3}, {"ome": {}}, "[]", "3", "{"], ids=repr)
def test_what_is_no_metadata_leaves_nothing_and_raises_nothing(document: Any) -> None:
    reading = read(document)
    assert reading.document is None
    assert reading.findings


def test_opaque_places_start_at_the_attributes_of_a_whole_node() -> None:
    attributes = image(multiscale(coordinateTransformations=[link("um", "world", "wobble")]))
    reading = read({"zarr_format": 3, "node_type": "group", "attributes": attributes})
    assert reading.at == ("attributes",)
    assert list(reading.opaque) == [(*IMAGE, "coordinateTransformations", 0)]


def test_the_document_is_left_as_it_was() -> None:
    document = image(multiscale(datasets=[3, level("1")]), omero=3)
    before = copy.deepcopy(document)
    read(document)
    assert document == before


@pytest.mark.parametrize("place", ["link", "level"])
def test_what_stands_in_for_something_broken_cannot_be_executed(place: str) -> None:
    broken = {"type": "wobble", "input": {"name": "um"}, "output": {"name": "world"}}
    parts: dict[str, Any] = {"coordinateTransformations": [broken]}
    if place == "level":
        faulty = level("0")
        faulty["coordinateTransformations"][0]["scale"] = "2"
        parts = {"datasets": [faulty], "coordinateTransformations": [link("um", "world")]}
    document = read(image(multiscale(**parts))).document
    assert document is not None
    source, target = ("um", "world") if place == "link" else ({"path": "0"}, "um")
    # The list of what is opaque is left behind on purpose.
    with pytest.raises(UnsupportedTransformation):
        graph_of(document).transform(source, target, [[1, 1]])


LEVELS: list[Any] = [
    {"group": "0"},
    {"group": "1", "from_group": "0", "scale": [2, 2]},
    {"group": "2", "from_group": "1", "scale": [4, 4]},
]
GROUND = {"version": "0.1", "code": "EPSG:32633", "transform": [10, 0, 500, 0, -10, 900]}


def pyramid(*levels: Any, **attributes: Any) -> dict[str, Any]:
    layout = copy.deepcopy(list(levels) or LEVELS)
    return {"multiscales": {"version": "0.1.0", "layout": layout}} | copy.deepcopy(attributes)


@pytest.mark.parametrize(
    "broken",
    [
        {"group": "1", "scale": [2, "x"]},
        {"group": "1", "scale": 2},
        {"group": "1", "scale": [2, 2], "translation": [None, 0]},
        {"group": "1", "scale": [0, 2]},
        {"group": "1", "factors": [-1, 2]},
        {"group": "1", "scale": [2, 2], "from_group": 7},
        {"group": "1", "scale": [], "resampling_method": "guess"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_level_of_a_pyramid_is_opaque_and_costs_only_itself(broken: dict[str, Any], place: int) -> None:
    levels = copy.deepcopy(LEVELS)
    levels[place] = broken | {"group": str(place)}
    document = pyramid(*levels, geo={"proj": GROUND})
    reading = read(document)
    assert list(reading.opaque) == [("multiscales", "layout", place)]
    assert reading.findings
    one, other = (str(index) for index in range(3) if index != place)
    ratio = LEVELS[int(other)]["scale"][0] / LEVELS[int(one)].get("scale", [1])[0]
    assert mapped(document, other, one) == [ratio, ratio]
    assert mapped(document, "0", "EPSG:32633") == [510, 890]
    with pytest.raises(UnsupportedTransformation):
        mapped(document, str(place), one)


@pytest.mark.parametrize("broken", [3, None, "1", [], {}, {"group": ""}, {"group": 7, "scale": [2, 2]}], ids=repr)
def test_a_level_without_a_usable_group_is_no_space(broken: Any) -> None:
    document = pyramid(LEVELS[0], broken, LEVELS[2])
    assert list(read(document).opaque) == [("multiscales", "layout", 1)]
    assert mapped(document, "2", "0") == [4, 4]


@pytest.mark.parametrize("place", [0, 2])
def test_a_broken_method_costs_the_method(place: int) -> None:
    levels = copy.deepcopy(LEVELS)
    levels[place]["resampling_method"] = "guess"
    document = pyramid(*levels)
    document["multiscales"]["resampling_method"] = 3
    reading = read(document)
    assert len(reading.findings) == 2
    assert not reading.opaque
    assert reading.layout is not None
    assert reading.layout.multiscales.resampling_method is None
    assert mapped(document, "2", "0") == [4, 4]


@pytest.mark.parametrize(
    "geo",
    [3, [], {"proj": 3}, {"proj": {}}, {"proj": GROUND | {"code": None}}],
    ids=repr,
)
def test_a_broken_geo_costs_geo(geo: Any) -> None:
    document = pyramid(geo=geo)
    reading = read(document)
    assert reading.proj is None
    assert reading.findings
    assert all(finding.pointer[0] == "geo" for finding in reading.findings)
    assert mapped(document, "2", "0") == [4, 4]


def test_dimensions_that_cannot_be_read_are_not_guessed() -> None:
    for document in (pyramid(), {}):
        assert read(document | {"geo": {"proj": GROUND | {"spatial_dimensions": ["x"]}}}).proj is None


@pytest.mark.parametrize("beside", [pyramid(), {}], ids=["pyramid", "alone"])
@pytest.mark.parametrize(
    "broken",
    [{"bbox": [1, 2, 3]}, {"bbox": "x"}, {"code": "EPSG 32633", "wkt2": 'PROJCRS["a"]'}, {"projjson": 3}, {"wkt2": ""}],
    ids=repr,
)
def test_a_broken_member_of_geo_proj_costs_that_member(beside: Any, broken: dict[str, Any]) -> None:
    document = beside | {"geo": {"proj": GROUND | broken}}
    reading = read(document)
    assert [finding.pointer[:3] for finding in reading.findings] == [("geo", "proj", next(iter(broken)))]
    assert reading.proj is not None
    system = "a" if "code" in broken else "EPSG:32633"
    assert mapped(document, "0" if beside else "pixels", system) == [510, 890]


@pytest.mark.parametrize("transform", [[1, 2, 3], "x", [1, 0, 0, 0, 1, 0, 0, 0, 2]], ids=repr)
def test_a_broken_transform_leaves_the_reference_system_without_pixels(transform: Any) -> None:
    reading = read({"geo": {"proj": GROUND | {"transform": transform}}})
    assert reading.proj is not None
    assert (reading.proj.code, reading.proj.transform) == ("EPSG:32633", None)


@pytest.mark.parametrize(
    "document",
    [
        {"multiscales": {"version": "0.1.0", "layout": []}},
        {"multiscales": {"version": "0.1.0", "layout": 3}},
        {"multiscales": {"version": "0.1.0"}},
        {"multiscales": {"version": "1.0.0", "layout": LEVELS}},
        {"multiscales": {"version": "0.1.0", "layout": [{"asset": "0"}]}},
        {"geo": {"proj": 3}},
        {"geo": {"proj": {"version": "1.0", "code": "EPSG:4326"}}},
        {"geo": {"proj": {"version": "0.1", "code": "4326"}}},
    ],
    ids=repr,
)
def test_what_cannot_be_mended_leaves_nothing_and_is_named(document: dict[str, Any]) -> None:
    before = copy.deepcopy(document)
    reading = read(document)
    assert not reading.is_usable
    assert reading.findings
    assert document == before


def test_broken_metadata_of_one_specification_does_not_cost_the_other() -> None:
    broken = {"multiscales": {"version": "0.1.0", "layout": 3}}
    assert mapped(image() | broken, {"path": "0"}, "world") == [2, 3]
    assert mapped({"ome": 3} | pyramid(), "2", "0") == [4, 4]


def test_a_later_minor_version_is_read() -> None:
    document = pyramid()
    document["multiscales"]["version"] = "0.2.0"
    document["multiscales"]["layout"][1]["rotation"] = 3
    reading = read(document)
    assert reading.findings == ()
    assert reading.layout is not None
    assert reading.layout.multiscales.layout[1].extra == {"rotation": 3}


def test_a_pyramid_without_a_version_is_read_as_the_one_that_is_known() -> None:
    levels = [{"group": "0"}, {"group": "1", "scale": [2, 2]}]
    for pyramid in ({"layout": levels}, {"layout": levels, "version": 3}):
        reading = read({"multiscales": pyramid})
        assert reading.layout is not None
        assert reading.layout.multiscales.version == "0.1.0"
        assert reading.findings
        assert not reading.opaque
    assert read({"multiscales": {"version": "0.1.0"}}).layout is None


def test_a_newer_version_of_the_place_on_the_ground_is_read_as_the_one_that_is_known() -> None:
    reading = read({"geo": {"proj": {"version": "0.2", "code": "EPSG:4326"}}})
    assert reading.proj is not None
    assert reading.proj.code == "EPSG:4326"
    assert [finding.json_pointer for finding in reading.findings] == ["/geo/proj/version"]
    assert read({"geo": {"proj": {"version": "0.1"}}}).proj is None


@pytest.mark.parametrize(
    "pyramid",
    [
        {"version": "0.1.0", "layout": []},
        {"version": "1.0.0", "layout": [{"group": "0"}]},
        {"layout": [{"asset": "0"}]},
        None,
        [{"version": "0.4"}],
    ],
    ids=str,
)
def test_the_place_on_the_ground_is_read_beside_a_broken_or_foreign_pyramid(pyramid: Any) -> None:
    geo = {"proj": {"version": "0.1", "code": "EPSG:4326", "transform": [1, 0, 0, 0, -1, 0]}}
    reading = read({"multiscales": pyramid, "geo": geo})
    assert reading.layout is None
    assert reading.proj is not None
    assert reading.findings
    assert not check({"multiscales": pyramid, "geo": geo}).valid


def test_scattered_faults_of_a_large_document_cost_only_themselves() -> None:
    links = [
        {"type": "identity", "input": {"path": f"{i}", "name": "a"}, "output": {"name": "world"}} for i in range(4000)
    ]
    for index in range(0, 4000, 200):
        links[index]["type"] = "identiti"
    systems = [{"name": "world", "axes": [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}]}]
    scene = {"coordinateSystems": systems, "coordinateTransformations": links}
    reading = read(json.dumps({"ome": {"version": "0.6", "scene": scene}}))
    assert reading.document is not None
    assert len(reading.opaque) == 20


def test_reading_leaves_what_it_was_given_as_it_was() -> None:
    document = {"ome": {"version": "0.6", "multiscales": [{"datasets": 5}], "labels": 3}}
    before = copy.deepcopy(document)
    opened = Opened(document, (), json.dumps(document))
    assert read(opened).findings
    assert document == before
