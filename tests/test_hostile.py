"""Hostile input is boring: a finding or an error that says what is wrong, in seconds, in bounded memory.

The aim is two seconds and 500 MB for each way in. What each took is printed (``pytest -s``); what goes far beyond is
stopped.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import MANY, SECONDS, TEXTS, VALID, VALUES, axes, image, link, scene, system
from zarr_spaces import InvalidDocument, Level, StoreError, check, load_graph, open_store, parse
from zarr_spaces.cli.main import main
from zarr_spaces.document.reading import read

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are those of Linux")
MEGABYTES = 500


def expected(name: str) -> str:
    return (TEXTS.get(name) or VALUES[name])[1]


@pytest.mark.parametrize("name", [*TEXTS, *VALUES])
def test_everything_that_reads_a_document_ends_soon_and_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile", name, str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # each thread would take address space
        capture_output=True,
        text=True,
        timeout=20 * SECONDS,
        check=False,
    )
    ways = [json.loads(line) for line in done.stdout.splitlines()]
    for way in ways:
        print(f"{name}, {way['way']}: {way['seconds']} s, {way['megabytes']} MB, {way['said']}")
    assert (done.returncode, done.stderr) == (0, ""), f"behind {ways[-1:]}"
    assert max(way["megabytes"] for way in ways) < MEGABYTES
    first = ways[0]["said"]
    if expected(name) == VALID:
        assert first == []
    else:
        assert any(rule.startswith(expected(name)) for rule in first)
    for way in ways:
        if way["way"] in {"validate", "dingus document"}:
            assert way["said"] in (0, 1, 2)


# --- stores ---


def write(folder: Path, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "zarr.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def node(attributes: Any) -> str:
    return json.dumps({"zarr_format": 3, "node_type": "group", "attributes": attributes})


def loop(folder: Path) -> None:
    write(folder, node(image()))
    (folder / "0").symlink_to(folder)
    (folder / "again").symlink_to(folder / "again")


def pipe(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "zarr.json")


def inner_pipe(folder: Path) -> None:
    write(folder, node(image()))
    (folder / "0").mkdir()
    os.mkfifo(folder / "0" / "zarr.json")


STORES: dict[str, Any] = {
    "no metadata": lambda folder: folder.mkdir(),
    "broken metadata": lambda folder: write(folder, '{"zarr_format": 3, "node_type'),
    "binary metadata": lambda folder: write(folder, bytes(range(256))),
    "no object": lambda folder: write(folder, "[1]"),
    "a loop": loop,
    "a pipe": pipe,
    "a pipe inside": inner_pipe,
    "a folder as metadata": lambda folder: (folder / "zarr.json").mkdir(parents=True),
    "paths that lead up": lambda folder: write(
        folder,
        node(scene([system("a")], [link("a", "b") | {"input": {"path": "../" * 50 + "etc", "name": "a"}}])),
    ),
    "absent": lambda folder: None,
}


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
@pytest.mark.parametrize(
    "command", [["validate"], ["show"], ["graph"], ["dingus", "store"], ["validate", "--format", "json"]], ids=" ".join
)
def test_a_broken_store_is_told_plainly(
    make: Any, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "store"
    make(folder)
    code = main([*command, str(folder)])
    out, err = capsys.readouterr()
    assert code in (0, 1, 2)
    assert out + err
    assert "Traceback" not in out + err
    assert "internal error" not in out + err


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_a_broken_store_is_a_finding_or_a_store_error(make: Any, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    make(folder)
    try:
        assert open_store(folder).check().findings
    except StoreError as error:
        assert str(folder) in str(error)
    try:
        load_graph(folder)
    except (StoreError, InvalidDocument) as error:
        assert str(error)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_a_file_without_an_end_is_not_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path = Path("/dev/zero")
    with pytest.raises(StoreError, match=r"it is no plain file|it is a folder"):
        check(path)


# --- every type at every place ---

SAMPLES: dict[str, Any] = {
    "image": image(
        coordinateSystems=[system("um"), system("world")],
        coordinateTransformations=[
            link("um", "world"),
            {
                "type": "sequence",
                "name": "both",
                "transformations": [
                    {"type": "rotation", "rotation": [[0, 1], [-1, 0]]},
                    {"type": "affine", "affine": [[1, 0, 2], [0, 1, 3]]},
                    {"type": "mapAxis", "mapAxis": [1, 0]},
                ],
                "input": {"name": "um"},
                "output": {"name": "world"},
            },
            {
                "type": "byDimension",
                "transformations": [
                    {"inputAxes": [0], "outputAxes": [1], "transformation": {"type": "scale", "scale": [2]}},
                    {"inputAxes": [1], "outputAxes": [0], "transformation": {"type": "identity"}},
                ],
                "input": {"name": "um"},
                "output": {"name": "world"},
            },
            {
                "type": "bijection",
                "forward": {"type": "scale", "scale": [2, 2]},
                "inverse": {"type": "scale", "scale": [0.5, 0.5]},
                "input": {"name": "um"},
                "output": {"name": "world"},
            },
        ],
    ),
    "channels": {
        "ome": image()["ome"]
        | {
            "omero": {
                "channels": [{"color": "FF0000", "label": "a", "window": {"min": 0, "start": 0, "end": 1, "max": 1}}]
            }
        }
    },
    "scene": scene(
        [system("a"), system("b")],
        [
            link("a", "b"),
            {
                "type": "displacements",
                "path": "field",
                "interpolation": "linear",
                "input": {"path": "tile", "name": "um"},
                "output": {"name": "a"},
            },
        ],
    ),
    "plate": {
        "ome": {
            "version": "0.6",
            "plate": {
                "name": "p",
                "field_count": 1,
                "acquisitions": [{"id": 1, "name": "first", "maximumfieldcount": 1, "starttime": 0, "endtime": 1}],
                "columns": [{"name": "1"}],
                "rows": [{"name": "A"}],
                "wells": [{"path": "A/1", "rowIndex": 0, "columnIndex": 0}],
            },
        }
    },
    "well": {"ome": {"version": "0.6", "well": {"images": [{"path": "0", "acquisition": 1}]}}},
    "labels": {"ome": {"version": "0.6", "labels": ["cells", "nuclei"]}},
    "label": {
        "ome": image()["ome"]
        | {
            "image-label": {
                "colors": [{"label-value": 1, "rgba": [0, 0, 0, 255]}],
                "properties": [{"label-value": 1, "class": "cell"}],
                "source": {"image": "../../"},
            }
        }
    },
    "collection": {"ome": {"version": "0.6", "bioformats2raw.layout": 3}},
    "series": {"ome": {"version": "0.6", "series": ["0", "1"]}},
    "node": {"zarr_format": 3, "node_type": "group", "attributes": image()},
}

TYPES: list[Any] = [None, True, 0, -1, 1.5, 10**300, "", "text", "..", [], [[]], [None], {}, {"name": 1}]


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """List the way to every node below the root."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield (step,)
        yield from ((step, *rest) for rest in places(inner))


def replaced(document: Any, way: tuple[Any, ...], value: Any) -> Any:
    out = copy.deepcopy(document)
    holder = out
    for step in way[:-1]:
        holder = holder[step]
    holder[way[-1]] = copy.deepcopy(value)
    return out


@pytest.mark.parametrize("document", SAMPLES.values(), ids=SAMPLES)
def test_samples_have_no_error(document: Any) -> None:
    assert check(document).errors == ()


@pytest.mark.parametrize("document", SAMPLES.values(), ids=SAMPLES)
def test_any_type_at_any_place_is_judged_and_never_raises(document: Any) -> None:
    for way in places(document):
        for value in TYPES:
            changed = replaced(document, way, value)
            text = json.dumps(changed)
            report, of_text = check(changed), check(text)
            assert report.valid == of_text.valid
            assert {finding.rule for finding in report} == {finding.rule for finding in of_text}, (way, value)
            assert (read(changed).document is None) == (read(text).document is None)
            if report.valid:
                parse(changed)  # what is valid has a typed form, whatever it says
            else:
                for finding in report.errors:
                    assert finding.message
                    assert finding.hint is None or finding.hint


@pytest.mark.parametrize("document", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize("value", [10**400, float("nan"), b"x", ("a", 1), {1: 2}, object(), "\ud800"], ids=ascii)
def test_values_that_no_text_has_never_make_a_check_raise(document: Any, value: Any) -> None:
    for way in places(document):
        changed = replaced(document, way, value)
        assert all(finding.message for finding in check(changed))
        read(changed)


@pytest.mark.parametrize("document", SAMPLES.values(), ids=SAMPLES)
def test_any_type_in_place_of_the_document_is_judged(document: Any) -> None:
    for value in [*TYPES, [document], json.dumps(document)]:
        assert not check(json.dumps(value)).valid


def test_findings_of_a_large_document_are_those_near_the_first_fault() -> None:
    datasets = [copy.deepcopy(image()["ome"]["multiscales"][0]["datasets"][0]) for _ in range(MANY // 10)]
    datasets[7_000] = {"path": 5}
    datasets[7_003]["coordinateTransformations"] = "none"
    report = check(json.dumps(image(datasets=datasets)), level=Level.SCHEMA)
    assert {finding.json_pointer for finding in report} == {
        "",
        "/ome/multiscales/0/datasets/7000",
        "/ome/multiscales/0/datasets/7000/path",
        "/ome/multiscales/0/datasets/7003/coordinateTransformations",
    }
    (more,) = [finding for finding in report if finding.rule == "findings-left-out"]
    assert more.severity == "info"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"coordinateSystems": [{"name": "um", "axes": axes("yx") * 5000}]}, "schema-max-items"),
        ({"coordinateSystems": [{"name": "um", "axes": axes("yx")}] * 5000 + [{"name": "um", "axes": []}]}, "schema-"),
        ({"datasets": {"x": [0] * 50_000}}, "schema-type"),
        ({"x": [0] * 50_000, "coordinateSystems": 3}, "schema-type"),
    ],
)
def test_a_large_document_has_the_fault_that_a_small_one_has(change: dict[str, Any], rule: str) -> None:
    report = check(json.dumps(image(**change)))
    assert report.errors
    assert all(finding.rule.startswith(rule) for finding in report.errors)
