"""The command line with pyramids and placed arrays, as stores and as documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zarr_spaces.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

CODE = "EPSG:32633"
VALID, INVALID, UNUSABLE = 0, 1, 2


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_main(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "internal error" not in captured.err
        return code, captured.out, captured.err

    return run_main


def attributes(**proj: Any) -> dict[str, Any]:
    layout = [
        {"group": "0"},
        {"group": "1", "from_group": "0", "scale": [2, 2], "translation": [4, 0], "resampling_method": "average"},
    ]
    placed = {"version": "0.1", "code": CODE, "transform": [10, 0, 500000, 0, -10, 5000000]} | proj
    return {"multiscales": {"version": "0.1.0", "layout": layout}, "geo": {"proj": placed}}


def write(folder: Path, members: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "zarr.json").write_text(json.dumps({"zarr_format": 3, "node_type": "group", "attributes": {}} | members))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    root = write(tmp_path / "raster.zarr", {"attributes": attributes()})
    for level, shape in (("0", [20, 16]), ("1", [8, 8])):
        write(root / level, {})
        names = {"dimension_names": ["y", "x"], "data_type": "uint16"}
        write(root / level / "b04", {"node_type": "array", "shape": shape} | names)
    return root


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "pyramid.json"
    file.write_text(json.dumps(attributes()))
    return file


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    file = tmp_path / "placed.json"
    file.write_text(json.dumps({"geo": attributes(spatial_dimensions=["lat", "lon"])["geo"]}))
    return file


def test_show_of_a_store(run: Any, store: Path) -> None:
    code, out, err = run("show", store)
    assert (code, err) == (VALID, "")
    assert out.splitlines() == [
        "(root): Zarr multiscales 0.1.0, geo.proj 0.1",
        "  pyramid",
        "    level 0, scale (1, 1), translation (0, 0)",
        "      array b04, shape 20x16, dimensions y x, uint16",
        "    level 1, of 0 by average, scale (2, 2), translation (4, 0)",
        "      array b04, shape 8x8, dimensions y x, uint16",
        "  in EPSG:32633, transform (10, 0, 500000, 0, -10, 5000000)",
    ]


def test_show_of_documents_has_no_arrays(run: Any, document: Path, placed: Path) -> None:
    assert run("show", document)[1].splitlines() == [
        "(root): Zarr multiscales 0.1.0, geo.proj 0.1",
        "  pyramid",
        "    level 0, scale (1, 1), translation (0, 0)",
        "    level 1, of 0 by average, scale (2, 2), translation (4, 0)",
        "  in EPSG:32633, transform (10, 0, 500000, 0, -10, 5000000)",
    ]
    assert run("show", placed)[1].splitlines() == [
        "(root): geo.proj 0.1",
        "  in EPSG:32633, transform (10, 0, 500000, 0, -10, 5000000), along lat, lon",
    ]


def test_show_as_json(run: Any, document: Path) -> None:
    code, out, _ = run("show", "--format", "json", document)
    (root,) = json.loads(out)
    assert code == VALID
    assert [level["resampling_method"] for level in root["pyramid"]["levels"]] == ["nearest", "average"]
    assert root["ground"] == {"version": "0.1", "crs": CODE, "transform": [10, 0, 500000, 0, -10, 5000000]}


def test_show_tells_what_is_missing_unknown_or_left_out(run: Any, tmp_path: Path) -> None:
    members = attributes(bbox=[1, 2])
    members["multiscales"]["layout"] += [{"group": "2", "factors": [2, 2]}, {"group": "3", "scale": "\x1b[31mred"}]
    root = write(tmp_path / "broken.zarr", {"attributes": members})
    write(root / "0", {})
    write(root / "0" / "one", {"node_type": "array", "shape": []})
    write(root / "0" / "bare", {"node_type": "array", "shape": [4, 4], "dimension_names": ["y", None]})
    code, out, _ = run("show", root)
    assert code == VALID
    *lines, scale, scale_means, bbox, bbox_means = out.splitlines()
    assert lines == [
        "(root): Zarr multiscales 0.1.0, geo.proj 0.1",
        "  pyramid",
        "    level 0, scale (1, 1), translation (0, 0)",
        "      array bare, shape 4x4, dimensions y ?",
        "    level 1, of 0 by average, scale (2, 2), translation (4, 0), group missing",
        "    level 2, by nearest, scale unknown, group missing",
        "    level 3, cannot be read, group missing",
        "  in EPSG:32633, transform (10, 0, 500000, 0, -10, 5000000)",
    ]
    assert scale.startswith(
        "  left out: error: /multiscales/layout/3/scale: must be an array, is the string '\\x1b[31m"
    )
    assert bbox.startswith("  left out: error: /geo/proj/bbox: a bbox has 4 numbers (xmin, ymin, xmax, ymax)")
    assert all(line.startswith("  left out:   ") for line in (scale_means, bbox_means))


def test_show_of_an_image_with_a_pyramid_tells_both(run: Any, tmp_path: Path) -> None:
    axes = [{"name": name, "type": "space"} for name in "yx"]
    how = {"type": "scale", "scale": [0.1, 0.1], "input": {"path": "0/b04"}, "output": {"name": "um"}}
    datasets = [{"path": "0/b04", "coordinateTransformations": [how]}]
    multiscale = {"coordinateSystems": [{"name": "um", "axes": axes}], "datasets": datasets}
    file = tmp_path / "both.json"
    file.write_text(json.dumps({"ome": {"version": "0.6", "multiscales": [multiscale]}} | attributes()))
    lines = run("show", file)[1].splitlines()
    assert lines[0] == "(root): OME-Zarr 0.6, Zarr multiscales 0.1.0, geo.proj 0.1"
    assert "    system um: y x" in lines
    assert "  pyramid" in lines
    *_, last = run("validate", file)[1].splitlines()
    assert last.startswith(f"{file}: valid ome-zarr/0.6, zarr-multiscales/0.1.0: ")
    answer = json.loads(run("dingus", "document", file)[1])
    assert (answer["version"], answer["versions"]) == ("ome-zarr/0.6", ["ome-zarr/0.6", "zarr-multiscales/0.1.0"])


def test_validate_and_dingus_name_the_version(run: Any, store: Path, document: Path, placed: Path) -> None:
    for path, key in (
        (store, "zarr-multiscales/0.1.0"),
        (document, "zarr-multiscales/0.1.0"),
        (placed, "geo-proj/0.1"),
    ):
        code, out, _ = run("validate", path)
        assert code == VALID
        assert out.splitlines()[-1].startswith(f"{path}: valid {key}: ")
        kind = "store" if path == store else "document"
        code, out, _ = run("dingus", kind, path)
        assert code == VALID
        assert (json.loads(out)["valid"], json.loads(out)["version"]) == (True, key)


def test_faults_of_a_pyramid_have_a_line(run: Any, tmp_path: Path) -> None:
    members = attributes()
    members["multiscales"]["layout"][1]["from_group"] = "7"
    file = tmp_path / "faulty.json"
    file.write_text(json.dumps(members, indent=2))
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if "from_group" in text)
    code, out, _ = run("validate", file)
    assert code == INVALID
    assert out.startswith(f"{file}:{line}:")
    assert "[layout-sources-exist]" in out
    assert "OME" not in out
    assert json.loads(run("dingus", "document", file)[1])["valid"] is False


def test_graph_in_both_forms(run: Any, store: Path) -> None:
    code, out, _ = run("graph", store)
    assert code == VALID
    assert out.splitlines()[:5] == [
        "flowchart LR",
        '  subgraph g0["(root)"]',
        '    s0["0"]',
        '    s1["1"]',
        '    s2[("0/b04")]',
    ]
    edges = json.loads(run("graph", "--format", "json", store)[1])["transformations"]
    assert [(edge["source"].get("name"), edge["target"].get("name"), edge["type"]) for edge in edges] == [
        (None, "0", "translation"),
        ("0", CODE, "affine"),
        ("1", "0", "sequence"),
        (None, "1", "translation"),
    ]


def test_spaces_of_the_graph_can_be_given_back(run: Any, store: Path) -> None:
    for space in json.loads(run("graph", "--format", "json", store)[1])["spaces"]:
        assert run("explain", store, json.dumps(space), "0")[0] == VALID


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("1", "0", [[8, 6]]),  # 2 * 2 + 4, 2 * 3
        ('{"path": "1/b04"}', '{"path": "0/b04"}', [[8.5, 6.5]]),  # 2 * 2.5 + 4 - 0.5, 2 * 3.5 - 0.5
        ("1", CODE, [[500060, 4999920]]),  # x = 10 * 6, y = -10 * 8
        (CODE, CODE, [[2, 3]]),
    ],
)
def test_points(run: Any, store: Path, source: str, target: str, expected: list[list[float]]) -> None:
    code, out, _ = run("transform", store, source, target, "[[2, 3]]")
    assert code == VALID
    assert [list(map(float, line.split())) for line in out.splitlines()] == expected
    code, out, _ = run("dingus", "transform", store, source, target, "[[2, 3]]")
    assert (code, json.loads(out)) == (VALID, {"coordinates": expected})


def test_points_of_documents(run: Any, document: Path, placed: Path) -> None:
    assert run("transform", document, "1", CODE, "[[2, 3]]")[1] == "500060.0 4999920.0\n"
    assert run("transform", placed, "pixels", CODE, "[[2, 3]]")[1] == "500030.0 4999980.0\n"


def test_explain_tells_the_half_pixel(run: Any, store: Path) -> None:
    code, out, _ = run("explain", store, '{"path": "0/b04"}', CODE)
    assert code == VALID
    assert "from the centres of pixels, which arrays count, to corners" in out
    hops = json.loads(run("explain", "--format", "json", store, '{"path": "1/b04"}', CODE)[1])
    assert [hop["type"] for hop in hops["hops"]] == ["translation", "sequence", "affine"]
    # x = 10 * (2 * (col + 0.5)) + 500000, y = -10 * (2 * (row + 0.5) + 4) + 5000000
    assert hops["matrix"] == [[0, 20], [-20, 0]]
    assert hops["offset"] == [500010, 4999950]


@pytest.mark.parametrize(
    ("space", "hint"),
    [
        ('{"path": "1"}', 'a level of a pyramid, written "1"; its arrays are {"path": "1/b04"}'),
        (CODE.lower(), f"did you mean '{CODE}'?"),
        ("1/b04", 'for it write {"path": "1/b04"}'),
    ],
)
def test_space_that_is_meant_is_hinted_at(run: Any, store: Path, space: str, hint: str) -> None:
    code, _, err = run("explain", store, space, "0")
    assert code == UNUSABLE
    assert hint in err


def test_level_without_a_place_is_told(run: Any, tmp_path: Path) -> None:
    members = attributes()
    del members["multiscales"]["layout"][1]["scale"]
    file = tmp_path / "loose.json"
    file.write_text(json.dumps(members))
    code, _, err = run("transform", file, "1", "0", "[[1, 1]]")
    assert code == UNUSABLE
    assert "not used: the level '1' has no place: it has neither scale nor factors" in err
    assert json.loads(run("dingus", "transform", file, "1", "0", "[[1, 1]]")[1])["message"].startswith("no route")


@pytest.mark.parametrize(
    "content", [{"multiscales": {"version": "0.1.0", "layout": 3}}, {"geo": {"proj": 3}}], ids=repr
)
@pytest.mark.parametrize("command", [("show",), ("graph",)], ids=str)
def test_document_of_which_nothing_can_be_read_exits_2(
    run: Any, tmp_path: Path, content: dict[str, Any], command: tuple[str, ...]
) -> None:
    file = tmp_path / "hopeless.json"
    file.write_text(json.dumps(content))
    code, out, err = run(*command, file)
    assert (code, out) == (UNUSABLE, "")
    assert "must be an" in err
