"""What each rule finds beyond its pair in the corpus, and what it lets pass."""

from __future__ import annotations

import copy
import itertools
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from zarr_spaces import Level, check

AT = "/ome/multiscales/0"


def axes(names: str) -> list[dict[str, Any]]:
    return [{"name": name, "type": "space", "unit": "micrometer"} for name in names]


def image(link: dict[str, Any] | None = None, *, first: str = "yx", second: str | None = None) -> dict[str, Any]:
    """An image with one level, its system `um`, and a link from there to the system `world`."""
    ones = [1.0] * len(first)
    level = {"type": "scale", "scale": ones, "input": {"path": "0"}, "output": {"name": "um"}}
    multiscale: dict[str, Any] = {
        "name": "image",
        "type": "mean",
        "metadata": {},
        "coordinateSystems": [{"name": "um", "axes": axes(first)}],
        "datasets": [{"path": "0", "coordinateTransformations": [level]}],
    }
    if link is not None:
        multiscale["coordinateSystems"].append({"name": "world", "axes": axes(second or first)})
        multiscale["coordinateTransformations"] = [link | {"input": {"name": "um"}, "output": {"name": "world"}}]
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


def scene(links: list[dict[str, Any]], *systems: str) -> dict[str, Any]:
    listed = [{"name": name, "axes": axes("yx")} for name in systems]
    return {"ome": {"version": "0.6", "scene": {"coordinateSystems": listed, "coordinateTransformations": links}}}


def link(source: str, target: str, **more: Any) -> dict[str, Any]:
    """An identity between two systems, each written as `name` or `path:name`."""
    ends = {}
    for end, text in (("input", source), ("output", target)):
        path, _, name = text.rpartition(":")
        ends[end] = {"name": name} | ({"path": path} if path else {})
    return {"type": "identity", **ends, **more}


def found(document: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    return [(finding.rule, finding.json_pointer) for finding in check(document, **options)]


LENGTHS = [
    # transformation, axes in, axes out, place of the fault below the link (None: valid)
    ({"type": "identity"}, "yx", "yx", None),
    ({"type": "identity"}, "yx", "zyx", ""),
    ({"type": "mapAxis", "mapAxis": [1, 0]}, "yx", "yx", None),
    ({"type": "mapAxis", "mapAxis": [1, 0, 2]}, "yx", "yx", "/mapAxis"),
    ({"type": "projectAxis", "createdOutputs": [0]}, "yx", "zyx", None),
    ({"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]}, "zyx", "zyx", None),
    ({"type": "projectAxis", "createdOutputs": [0]}, "yx", "yx", ""),
    ({"type": "translation", "translation": [1, 2]}, "yx", "yx", None),
    ({"type": "translation", "translation": [1]}, "yx", "yx", "/translation"),
    ({"type": "scale", "scale": [1, 2, 3]}, "yx", "yx", "/scale"),
    ({"type": "scale", "scale": [1, 2]}, "yx", "zyx", ""),
    ({"type": "affine", "affine": [[1, 0, 0], [0, 1, 0]]}, "yx", "yx", None),
    ({"type": "affine", "affine": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]}, "yx", "zyx", None),
    ({"type": "affine", "affine": [[1, 0], [0, 1]]}, "yx", "yx", "/affine"),
    ({"type": "affine", "affine": [[1, 0, 0], [0, 1]]}, "yx", "yx", "/affine/1"),
    ({"type": "affine", "affine": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]}, "yx", "yx", ""),
    ({"type": "affine", "path": "a"}, "yx", "zyx", None),
    ({"type": "rotation", "rotation": [[0, -1], [1, 0]]}, "yx", "yx", None),
    ({"type": "rotation", "rotation": [[0, -1]]}, "yx", "yx", "/rotation"),
    ({"type": "rotation", "rotation": [[0, -1, 0], [1, 0]]}, "yx", "yx", "/rotation/0"),
    ({"type": "displacements", "path": "f"}, "yx", "zyx", ""),
    ({"type": "coordinates", "path": "f"}, "yx", "zyx", None),
    (
        {
            "type": "sequence",
            "transformations": [{"type": "projectAxis", "createdOutputs": [0]}, {"type": "scale", "scale": [1, 2, 3]}],
        },
        "yx",
        "zyx",
        None,
    ),
    (
        {
            "type": "sequence",
            "transformations": [{"type": "projectAxis", "createdOutputs": [0]}, {"type": "scale", "scale": [1, 2]}],
        },
        "yx",
        "zyx",
        "/transformations/1/scale",
    ),
    (
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0], "outputAxes": [0], "transformation": {"type": "scale", "scale": [2]}},
                {"inputAxes": [1], "outputAxes": [1], "transformation": {"type": "translation", "translation": [2]}},
            ],
        },
        "yx",
        "yx",
        None,
    ),
    (
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0], "outputAxes": [0], "transformation": {"type": "scale", "scale": [2, 3]}},
                {"inputAxes": [1], "outputAxes": [1], "transformation": {"type": "identity"}},
            ],
        },
        "yx",
        "yx",
        "/transformations/0/transformation/scale",
    ),
    (
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0], "outputAxes": [0, 1], "transformation": {"type": "scale", "scale": [2]}}
            ],
        },
        "yx",
        "yx",
        "/transformations/0/transformation",
    ),
    (
        {
            "type": "bijection",
            "forward": {"type": "scale", "scale": [2, 2]},
            "inverse": {"type": "scale", "scale": [0.5]},
        },
        "yx",
        "yx",
        "/inverse/scale",
    ),
    (
        {
            "type": "bijection",
            "forward": {"type": "projectAxis", "createdOutputs": [0]},
            "inverse": {"type": "projectAxis", "droppedInputs": [0]},
        },
        "yx",
        "zyx",
        "",
    ),
    ({"type": "rotation", "path": "r"}, "yx", "zyx", ""),
    ({"type": "sequence", "transformations": [{"type": "rotation", "path": "r"}]}, "yx", "zyx", ""),
    (
        {
            "type": "bijection",
            "forward": {"type": "coordinates", "path": "a"},
            "inverse": {"type": "coordinates", "path": "b"},
        },
        "zyx",
        "yx",
        "",
    ),
    (
        {
            "type": "byDimension",
            "transformations": [
                {"inputAxes": [0, 1], "outputAxes": [0], "transformation": {"type": "rotation", "path": "r"}},
                {"inputAxes": [1], "outputAxes": [1], "transformation": {"type": "identity"}},
            ],
        },
        "yx",
        "yx",
        "/transformations/0/transformation",
    ),
    ({"type": "rotation", "rotation": [[0, -1], [1, 0]]}, "zyx", "zyx", "/rotation"),
]


@pytest.mark.parametrize(("transformation", "first", "second", "place"), LENGTHS)
def test_parameter_lengths(transformation: dict[str, Any], first: str, second: str, place: str | None) -> None:
    expected = [] if place is None else [("parameter-lengths", f"{AT}/coordinateTransformations/0{place}")]
    listed = found(image(transformation, first=first, second=second))
    assert [item for item in listed if item[0] == "parameter-lengths"] == expected


def test_level_maps_into_a_system_of_its_own_image() -> None:
    at = "/ome/multiscales/1/datasets/0/coordinateTransformations/0/output/name"
    document = image()
    second = copy.deepcopy(document["ome"]["multiscales"][0])
    second["coordinateSystems"][0]["name"] = "px"
    document["ome"]["multiscales"].append(second)
    assert found(document) == [("references-resolve", at)]
    output = second["datasets"][0]["coordinateTransformations"][0]["output"]
    output |= {"name": "px", "path": "labels/cells"}
    assert found(document) == [("dataset-ends-plain", at.removesuffix("name") + "path")]
    output["name"] = "nowhere"  # a path does not lead it elsewhere
    assert ("references-resolve", at) in found(document)
    output["name"] = "px"
    second["datasets"][0]["coordinateTransformations"][0]["scale"] = [1.0, 1.0, 1.0]
    assert ("parameter-lengths", at.removesuffix("output/name") + "scale") in found(document)


def test_misspelt_end_is_told_once() -> None:
    wrong = [("references-resolve", "/ome/scene/coordinateTransformations/0/output/name")]
    assert found(scene([link("a:um", "wrld")], "world")) == wrong


def test_homogeneous_matrix_gets_the_hint_to_drop_its_last_row() -> None:
    (finding,) = check(image({"type": "affine", "affine": [[1, 0, 5], [0, 1, 6], [0, 0, 1]]}))
    assert finding.hint == "the last row is that of a homogeneous matrix: leave it out"


def test_lengths_between_nodes_are_for_those_who_can_see_them() -> None:
    document = scene([link("a:um", "world") | {"type": "scale", "scale": [1, 2, 3]}], "world")
    assert found(document) == [("parameter-lengths", "/ome/scene/coordinateTransformations/0")]
    document = scene([link("a:um", "b:um") | {"type": "scale", "scale": [1, 2, 3]}])
    assert found(document) == []


def test_wrong_name_is_reported_once() -> None:
    document = image()
    level = copy.deepcopy(document["ome"]["multiscales"][0]["datasets"][0])
    document["ome"]["multiscales"][0]["datasets"].append(level)
    level["path"] = level["coordinateTransformations"][0]["input"]["path"] = "1"
    level["coordinateTransformations"][0]["output"]["name"] = "mu"
    assert found(document) == [
        ("references-resolve", f"{AT}/datasets/1/coordinateTransformations/0/output/name"),
    ]


@pytest.mark.parametrize("path", ["./0", "/0", "0/", "//0"])
def test_slashes_do_not_make_another_path(path: str) -> None:
    document = image()
    document["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["input"]["path"] = path
    assert found(document) == [("paths-plain", f"{AT}/datasets/0/coordinateTransformations/0/input/path")]


def test_label_link_has_the_intrinsic_system_at_one_end() -> None:
    document = image()
    multiscale = document["ome"]["multiscales"][0]
    multiscale["coordinateTransformations"] = [link("um", "labels/cells:um")]
    assert found(document) == []
    multiscale["coordinateTransformations"] = [link("labels/cells:um", "um")]
    assert found(document) == []
    multiscale["coordinateTransformations"] = [link("labels/cells:um", "labels/nuclei:um")]
    # Which of the two faults weighs more is not ours to say: both are there.
    assert ("intrinsic-system-referenced", f"{AT}/coordinateTransformations/0") in found(document)


def test_names_repeat_freely_in_different_lists() -> None:
    document = image()
    document["ome"]["multiscales"].append(copy.deepcopy(document["ome"]["multiscales"][0]))
    assert found(document) == []


def test_scene_in_two_pieces_is_found_where_the_second_begins() -> None:
    document = scene([link("a:um", "world"), link("b:um", "c:um")], "world")
    assert found(document) == [("systems-connected", "/ome/scene/coordinateTransformations/1")]


def test_scene_connected_through_an_image_is_in_one_piece() -> None:
    # The image's own transformations connect its two systems; its own document answers for that.
    assert found(scene([link("a:um", "world"), link("a:px", "b:um")], "world")) == []


def test_long_chain_is_connected() -> None:
    names = [f"s{index}" for index in range(2000)]
    links = [link(a, b) for a, b in itertools.pairwise(names)]
    assert found(scene(links, *names)) == []
    assert found(scene(links[:1000] + links[1001:], *names)) == [
        ("systems-connected", "/ome/scene/coordinateSystems/1001")
    ]


class Nodes:
    """Other nodes, as dictionaries."""

    def __init__(
        self, groups: Mapping[str, Mapping[str, Any]], arrays: Mapping[str, tuple[int, ...]] | None = None
    ) -> None:
        self.groups = groups
        self.arrays = arrays or {}

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        return self.groups.get(path)

    def array(self, path: str) -> Mapping[str, Any] | None:
        return {"shape": list(self.arrays[path])} if path in self.arrays else None

    def consolidated(self) -> None:
        return None

    def has_file(self, path: str) -> bool:
        return False

    def children(self, path: str) -> Sequence[str]:
        prefix = f"{path}/" if path else ""
        names = [name.removeprefix(prefix) for name in (*self.groups, *self.arrays) if name.startswith(prefix)]
        return sorted({name.partition("/")[0] for name in names})


def hinted(document: dict[str, Any], nodes: Nodes) -> list[tuple[str, str, str | None]]:
    report = check(document, level=Level.HIERARCHY, nodes=nodes)
    assert report.reached is Level.HIERARCHY
    return [(finding.json_pointer, finding.message, finding.hint) for finding in report]


def test_reference_into_an_image_is_followed() -> None:
    document = scene([link("tiles/a:um", "world")], "world")
    at = "/ome/scene/coordinateTransformations/0/input"
    assert hinted(document, Nodes({"tiles": {}, "tiles/a": image()})) == []
    assert hinted(document, Nodes({"tiles": {}, "tiles/aa": image()})) == [
        (f"{at}/path", "no readable Zarr group at 'tiles/a'", "did you mean 'tiles/aa'?")
    ]
    assert hinted(document, Nodes({"tiles": {}, "tiles/a": {"ome": {"multiscales": 5}}})) == [
        (f"{at}/path", "no coordinate systems can be read at 'tiles/a'", "it has to be a multiscale image")
    ]
    other = image()
    other["ome"]["multiscales"][0]["coordinateSystems"][0]["name"] = "umm"
    assert hinted(document, Nodes({"tiles": {}, "tiles/a": other})) == [
        (f"{at}/name", "the image at 'tiles/a' has no coordinate system 'um'", "did you mean 'umm'? Known: 'umm'")
    ]


def test_missing_array_is_named_with_its_neighbours() -> None:
    (place, message, hint) = hinted(image(), Nodes({}, {"s0": (4, 4), "s1": (2, 2)}))[0]
    assert (place, message) == (f"{AT}/datasets/0/path", "no readable Zarr array at '0'")
    assert hint is not None
    assert "s0" in hint
    assert hinted(image(), Nodes({}, {"0": (4, 4)})) == []


def test_parameters_between_two_images_are_compared_with_both() -> None:
    nodes = Nodes({"a": image(first="zyx"), "b": image()})
    at = "/ome/scene/coordinateTransformations/0"
    assert hinted(scene([link("a:um", "b:um") | {"type": "projectAxis", "droppedInputs": [0]}]), nodes) == []
    (place, message, _) = hinted(scene([link("a:um", "b:um") | {"type": "scale", "scale": [1, 2]}]), nodes)[0]
    assert (place, message) == (f"{at}/scale", "has 2 numbers where the input has 3 axes")
    (place, message, _) = hinted(scene([link("a:um", "b:um")]), nodes)[0]
    assert (place, message) == (at, "the transformation gives 3 axes, its output has 2 axes")


def test_what_the_document_alone_shows_is_not_repeated_for_the_hierarchy() -> None:
    document = scene([link("a:um", "world") | {"type": "scale", "scale": [1, 2, 3]}], "world")
    report = check(document, level=Level.HIERARCHY, nodes=Nodes({"a": image()}))
    assert [finding.rule for finding in report] == ["parameter-lengths"]


def test_input_of_a_level_is_its_array_whatever_name_it_is_given() -> None:
    document = image()
    document["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["input"]["name"] = "0"
    (told,) = hinted(document, Nodes({}, {"0": (4, 4)}))
    assert told[0] == f"{AT}/datasets/0/coordinateTransformations/0/input/name"  # a warning that it is there at all


def test_a_name_without_path_means_any_system_of_the_document() -> None:
    document = scene([link("um", "world")], "world")
    document["ome"]["multiscales"] = image()["ome"]["multiscales"]
    assert found(document) == []
    second = copy.deepcopy(image()["ome"]["multiscales"][0])
    second["coordinateSystems"][0]["name"] = "px"
    second["datasets"][0]["coordinateTransformations"][0]["output"]["name"] = "px"
    second["coordinateTransformations"] = [link("px", "um")]
    document = image()
    document["ome"]["multiscales"].append(second)
    assert found(document) == []


def test_many_wrong_names_are_reported_in_little_time() -> None:
    names = [f"system {index}" for index in range(3000)]
    links = [link("world", f"sytsem {index}") for index in range(3000)]
    document = scene(links, "world", *names)
    begin = time.perf_counter()
    report = check(document)
    assert time.perf_counter() - begin < 5  # seconds; looking for likely names for each would take minutes
    assert len(report) > 500  # the first of them; a last finding counts the others


def test_the_dimensions_of_an_array_are_the_axes_of_its_system() -> None:
    at = f"{AT}/datasets/0/path"
    nodes = Nodes({}, {"0": (4, 4, 4)})
    report = check(image(), level=Level.ARRAYS, nodes=nodes)
    assert [(finding.rule, finding.json_pointer) for finding in report] == [("array-dimensions-are-axes", at)]
    assert hinted(image(), nodes) == []


def test_a_group_where_an_array_is_needed_is_called_one() -> None:
    (_, _, hint) = hinted(image(), Nodes({"0": {}}))[0]
    assert hint == "it is a group; an array is needed"
