"""The dingus contracts, as other people's runners rely on them: one bounded JSON object, and an exit code."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.metadata import axes, write_array, write_group
from zarr_spaces import Level
from zarr_spaces.cli.main import main

Run = Callable[..., tuple[int, dict[str, Any]]]

EVIL = "\x1b[31mred\x1b[0m\n\r\x07"
LONG = "n" * 100_000
MESSAGE_LIMIT = 64_000


@pytest.fixture
def dingus(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; whatever it is given, it must print one JSON object on one line and nothing else."""

    def run(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
        code = main(["dingus", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert err == ""
        return code, the_object(out)

    return run


def the_object(out: str) -> dict[str, Any]:
    assert out.endswith("\n")
    assert out.count("\n") == 1
    value = json.loads(out, parse_constant=lambda token: pytest.fail(f"{token} is no JSON"))
    assert isinstance(value, dict)
    for text in texts(value):
        assert len(text) < MESSAGE_LIMIT
        assert text.isprintable(), ascii(text)[:200]
    return value


def texts(value: dict[str, Any]) -> list[str]:
    """Collect what is meant for people; pointers and paths of nodes name things as they are."""
    told = [value.get("message")]
    told += [finding.get(key) for finding in value.get("findings", ()) for key in ("message", "hint", "section")]
    return [text for text in told if text is not None]


def image(name: str = "physical") -> dict[str, Any]:
    link = {"type": "scale", "scale": [0.5, 0.25], "input": {"path": "0"}, "output": {"name": name}}
    multiscale = {
        "name": "image",
        "type": "mean",
        "metadata": {},
        "coordinateSystems": [{"name": name, "axes": axes()}],
        "datasets": [{"path": "0", "coordinateTransformations": [link]}],
    }
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


def scene() -> dict[str, Any]:
    names = ["sample", "0", "{odd", "-odd", "flat"]
    links: list[Any] = [{"type": "identity", "input": {"path": "tile", "name": "physical"}, "output": {"name": "0"}}]
    links += [
        {"type": "scale", "scale": [2, 2], "input": {"name": "0"}, "output": {"name": name}}
        for name in names
        if name not in ("0", "flat")
    ]
    # What is dropped cannot be brought back.
    flatten = {"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]}
    links.append(flatten | {"input": {"name": "0"}, "output": {"name": "flat"}})
    systems = [{"name": name, "axes": axes()} for name in names]
    return {"ome": {"version": "0.6", "scene": {"coordinateSystems": systems, "coordinateTransformations": links}}}


def write_image(folder: Path) -> Path:
    write_group(folder, image())
    write_array(folder / "0", [8, 8])
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = write_group(tmp_path / "scene.zarr", scene())
    write_image(folder / "tile")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "document.json"


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    """Write the image after changing its multiscale."""
    content = image()
    change(content["ome"]["multiscales"][0])
    return json.dumps(content)


def with_member(name: str, value: Any) -> str:
    content = image()
    content["ome"][name] = value
    return json.dumps(content)


def link_of(multiscale: dict[str, Any]) -> dict[str, Any]:
    link: dict[str, Any] = multiscale["datasets"][0]["coordinateTransformations"][0]
    return link


# --- document ---

INVALID: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \n",
    "truncated": '{"ome": ',
    "not JSON": "# notes",
    "several": "{} {}",
    "null": "null",
    "number": "3",
    "string": '"ome"',
    "array": "[]",
    "object": "{}",
    "no object in ome": '{"ome": []}',
    "NaN": '{"ome": NaN}',
    "overflow": '{"ome": {"version": 1e400}}',
    "huge integer": f'{{"ome": {{"version": {"9" * 5000}}}}}',
    "duplicate": f'{{"ome": 1, "ome": 2, {json.dumps(EVIL)}: 1, {json.dumps(EVIL)}: 2}}',
    "duplicate evil": f"{{{json.dumps(EVIL)}: 1, {json.dumps(EVIL)}: 2}}",
    "deep arrays": "[" * 10_000 + "]" * 10_000,
    "deep objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "deep and unclosed": "[" * 10_000,
    "deep member": with_member("x", 0).replace('"x": 0', '"x": ' + "[" * 10_000 + "]" * 10_000),
    "lone surrogate": r'{"ome": {"version": "\ud800"}}',
    "lone surrogate in a name": r'{"ome": {"\udfff": 1}}',
    "raw lone surrogate": b'{"ome": "\xed\xa0\x80"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": "{}".encode("utf-16"),
    "Latin-1": b'{"\xe9": 1}',
    "null bytes": b"\0" * 1000,
    "binary": bytes(range(256)) * 10,
    "evil version": with_member("version", EVIL),
    "long version": with_member("version", LONG),
    "list as version": with_member("version", [LONG]),
    "evil type": changed(lambda it: link_of(it).update(type=EVIL)),
    "long type": changed(lambda it: link_of(it).update(type=LONG)),
    "object as type": changed(lambda it: link_of(it).update(type={EVIL: LONG})),
    "evil reference": changed(lambda it: link_of(it).update(output={"name": EVIL})),
    "long reference": changed(lambda it: link_of(it).update(output={"name": LONG})),
    "long path": changed(lambda it: it["datasets"][0].update(path=LONG)),
    "long scale": changed(lambda it: link_of(it).update(scale=[1] * 100_000)),
    "equal evil systems": changed(lambda it: it.update(coordinateSystems=[{"name": EVIL, "axes": axes()}] * 2)),
    "evil members": json.dumps({EVIL: 1, LONG: 2}),
    "evil name of a broken member": f"{{{json.dumps(EVIL)}: [1,}}",
    "long name of a broken member": f'{{"{LONG}": [1,}}',
    "many errors": changed(lambda it: it.update(datasets=[{"path": 5}] * 5000)),
}

VALID: dict[str, str] = {
    "plain": json.dumps(image()),
    "evil name": json.dumps(image(EVIL)),
    "long name": json.dumps(image(LONG)),
    "evil unknown member": with_member(EVIL, EVIL),
    "long unknown member": with_member(LONG, LONG),
}


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID)
@pytest.mark.parametrize("level", list(Level))
def test_document_that_is_invalid(dingus: Run, file: Path, text: str | bytes, level: Level) -> None:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, answer = dingus("document", file, "--level", level)
    assert code == 0
    if level is not Level.SCHEMA:  # some break rules only
        assert answer["valid"] is False
        assert answer["findings"]
    assert isinstance(answer["valid"], bool)
    assert len(answer["findings"]) <= 100


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
@pytest.mark.parametrize("level", list(Level))
def test_document_that_is_valid(dingus: Run, file: Path, text: str, level: Level) -> None:
    file.write_text(text)
    code, answer = dingus("document", file, "--level", level)
    assert (code, answer["valid"], answer["findings"]) == (0, True, [])
    assert answer["level"] == level
    assert answer["reached"] == ("schema" if level is Level.SCHEMA else "document")


def test_document_is_judged_at_level_document_unless_told(dingus: Run, file: Path) -> None:
    file.write_text(json.dumps(image()))
    assert dingus("document", file) == (
        0,
        {
            "valid": True,
            "message": "no fault found",
            "version": "ome-zarr/0.6",
            "level": "document",
            "reached": "document",
            "findings": [],
        },
    )


def test_message_says_that_the_rules_do_not_reach_the_level(dingus: Run, file: Path) -> None:
    file.write_text(json.dumps(image()))
    _, answer = dingus("document", file, "--level", "values")
    assert "level document" in answer["message"]


def test_findings_left_out_are_counted(dingus: Run, file: Path) -> None:
    file.write_text(changed(lambda it: it.update(datasets=[{"path": 5}] * 400)))
    _, answer = dingus("document", file)
    assert len(answer["findings"]) + answer["findings_left_out"] == 800


@pytest.mark.parametrize("text", [INVALID["many errors"], INVALID["long name of a broken member"]])
def test_whole_answer_stays_below_64_kb(dingus: Run, file: Path, text: str) -> None:
    file.write_text(text)
    _, answer = dingus("document", file)
    assert len(json.dumps(answer)) < MESSAGE_LIMIT


def test_metadata_file_of_a_store_is_judged_as_a_document(dingus: Run, store: Path) -> None:
    code, answer = dingus("document", store / "zarr.json")
    assert (code, answer["valid"], answer["reached"]) == (0, True, "document")


# --- paths ---

PATHS = {
    "null": "a\0b",
    "too long": "x" * 5000,
    "no Unicode": "\udcff",
    "evil": EVIL,
    "absent": "absent",
    "below a file": f"{__file__}/a",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
@pytest.mark.parametrize("kind", ["document", "store"])
def test_path_that_cannot_be_read_is_not_valid(dingus: Run, kind: str, path: str) -> None:
    code, answer = dingus(kind, path)
    assert code in (0, 2)
    assert answer["valid"] is False
    assert "internal error" not in answer["message"]


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_transform_of_a_path_that_cannot_be_read_has_a_message(dingus: Run, path: str) -> None:
    code, answer = dingus("transform", path, "a", "b", "[[0]]")
    assert code != 0
    assert answer.keys() == {"message"}
    assert "internal error" not in answer["message"]


@pytest.mark.parametrize("kind", ["document", "store"])
def test_folder_without_metadata_is_not_valid_and_exits_0(dingus: Run, tmp_path: Path, kind: str) -> None:
    code, answer = dingus(kind, tmp_path)
    assert (code, answer["valid"]) == (0, False)
    assert answer["message"]


def test_store_that_is_a_file_is_not_valid_and_exits_0(dingus: Run, file: Path) -> None:
    file.write_text("{}")
    code, answer = dingus("store", file)
    assert (code, answer["valid"]) == (0, False)


@pytest.mark.parametrize("kind", ["document", "store"])
def test_null_device_is_not_valid_and_exits_0(dingus: Run, kind: str) -> None:
    code, answer = dingus(kind, os.devnull)
    assert (code, answer["valid"]) == (0, False)


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))


def run_program(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Run the command on its own: what hangs or eats memory costs only itself."""
    done = subprocess.run(
        [sys.executable, "-m", "zarr_spaces.cli.main", "dingus", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=15,
        check=False,
        preexec_fn=limited,
    )
    assert done.stderr == ""
    return done.returncode, the_object(done.stdout)


@pytest.mark.parametrize("kind", ["document", "store"])
def test_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, answer = run_program(kind, tmp_path / "pipe")
    assert (code, answer["valid"]) == (0, False)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("kind", ["document", "store"])
def test_endless_device_is_not_read_to_its_end(kind: str) -> None:
    code, answer = run_program(kind, "/dev/zero")
    assert (code, answer["valid"]) == (0, False)
    assert "internal error" not in answer["message"]


# --- store ---


@pytest.mark.parametrize("level", list(Level))
def test_valid_store_says_how_far_the_rules_reach(dingus: Run, store: Path, level: Level) -> None:
    code, answer = dingus("store", store, "--level", level)
    assert (code, answer["valid"], answer["findings"]) == (0, True, [])
    assert answer["level"] == level
    assert answer["reached"] == ("arrays" if level == "values" else level)


def test_store_is_judged_at_level_arrays_unless_told(dingus: Run, store: Path) -> None:
    assert dingus("store", store)[1]["level"] == "arrays"


def test_finding_of_a_store_names_its_node(dingus: Run, store: Path) -> None:
    (store / "tile" / "0" / "zarr.json").unlink()
    code, answer = dingus("store", store)
    assert (code, answer["valid"]) == (0, False)
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["node"]) == ("dataset-arrays-exist", "tile")


ROOTS = {
    "empty": "",
    "array": "[]",
    "null": "null",
    "deep": "[" * 10_000,
    "no attributes": '{"zarr_format": 3, "node_type": "group"}',
    "attributes null": '{"zarr_format": 3, "node_type": "group", "attributes": null}',
    "attributes an array": '{"zarr_format": 3, "node_type": "group", "attributes": [1]}',
    "ome null": '{"zarr_format": 3, "node_type": "group", "attributes": {"ome": null}}',
    "evil": json.dumps({"zarr_format": 3, "node_type": "group", "attributes": {EVIL: LONG}}),
    "an array node": '{"zarr_format": 3, "node_type": "array", "shape": [1], "attributes": {}}',
    "Zarr v2": json.dumps({"zarr_format": 2, "node_type": "group", "attributes": scene()}),
    "unknown node type": json.dumps({"zarr_format": 3, "node_type": EVIL, "attributes": scene()}),
}


@pytest.mark.parametrize("text", ROOTS.values(), ids=ROOTS)
@pytest.mark.parametrize("place", ["", "tile"])
def test_store_with_a_broken_node_is_not_valid(dingus: Run, store: Path, place: str, text: str) -> None:
    (store / place / "zarr.json").write_text(text)
    code, answer = dingus("store", store)
    # A root without metadata is a folder of images, and no fault of theirs.
    only_a_folder = not place and text in (ROOTS["no attributes"], ROOTS["evil"])
    assert (code, answer["valid"]) == (0, only_a_folder)
    assert answer["findings"]


def test_hint_does_not_suggest_the_path_that_was_written(dingus: Run, store: Path) -> None:
    (store / "tile" / "zarr.json").write_text("{")
    _, answer = dingus("store", store)
    assert not any(finding.get("hint") == "did you mean 'tile'?" for finding in answer["findings"])


def test_metadata_that_is_a_pipe_a_device_or_a_folder_is_not_read(store: Path) -> None:
    (store / "tile" / "zarr.json").unlink()
    os.mkfifo(store / "tile" / "zarr.json")
    (store / "zero").mkdir()
    (store / "zero" / "zarr.json").symlink_to("/dev/zero")
    (store / "folder" / "zarr.json").mkdir(parents=True)
    code, answer = run_program("store", store)
    assert (code, answer["valid"]) == (0, False)


def test_folder_with_a_hostile_name_is_told_harmlessly(dingus: Run, store: Path) -> None:
    content = image()
    content["ome"]["plate"] = {}
    write_group(write_image(store / EVIL), content)
    code, answer = dingus("store", store)
    assert (code, answer["valid"]) == (0, False)
    assert {finding["pointer"] for finding in answer["findings"]} == {"/attributes/ome/plate"}


@pytest.mark.parametrize("path", ["tile\0", EVIL, LONG, "..", "../../etc", "/", "/etc", "."])
def test_hostile_path_inside_metadata_is_a_finding(dingus: Run, store: Path, path: str) -> None:
    content = scene()
    content["ome"]["scene"]["coordinateTransformations"][0]["input"]["path"] = path
    write_group(store, content)
    code, answer = dingus("store", store)
    assert (code, answer["valid"]) == (0, False)
    assert answer["findings"][0]["pointer"].startswith("/attributes/ome/scene/coordinateTransformations/0/input")


# --- transform ---

ARRAY = '{"path": "tile/0"}'


def test_transform_prints_coordinates_and_exits_0(dingus: Run, store: Path) -> None:
    assert dingus("transform", store, ARRAY, "sample", "[[0, 0], [1, 2]]") == (
        0,
        {"coordinates": [[0, 0], [1, 1]]},
    )


def test_transform_of_a_document(dingus: Run, file: Path) -> None:
    file.write_text(json.dumps(image()))
    assert dingus("transform", file, '{"path": "0"}', "physical", "[[2, 4]]") == (0, {"coordinates": [[1, 1]]})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("0", [[2, 4]]),
        ('{"name": "0"}', [[2, 4]]),
        ('{"path": "", "name": "0"}', [[2, 4]]),
        ('{"path": "tile", "name": "physical"}', [[2, 4]]),
        (ARRAY, [[1, 1]]),
        ('{"name": "{odd"}', [[1, 2]]),
        ("sample", [[1, 2]]),
    ],
)
def test_source_is_a_plain_name_or_an_object(dingus: Run, store: Path, source: str, expected: Any) -> None:
    assert dingus("transform", store, source, "0", "[[2, 4]]") == (0, {"coordinates": expected})


def test_plain_name_may_begin_with_a_dash(dingus: Run, store: Path) -> None:
    assert dingus("transform", store, "-odd", "0", "[[2, 4]]") == (0, {"coordinates": [[1, 2]]})


def test_plain_name_that_looks_like_an_option_is_answered_in_json(dingus: Run, store: Path) -> None:
    code, answer = dingus("transform", store, "-h", "0", "[[2, 4]]")
    assert code != 0
    assert answer.keys() == {"message"}


def test_plain_name_may_begin_with_a_blank_before_a_brace(dingus: Run, store: Path) -> None:
    content = scene()
    content["ome"]["scene"]["coordinateSystems"][2]["name"] = " {odd"
    content["ome"]["scene"]["coordinateTransformations"][2]["output"]["name"] = " {odd"
    write_group(store, content)
    assert dingus("transform", store, " {odd", "0", "[[2, 4]]") == (0, {"coordinates": [[1, 2]]})


@pytest.mark.parametrize(
    ("source", "target", "coordinates"),
    [
        ("nope", "0", "[[0, 0]]"),
        ("0", "nope", "[[0, 0]]"),
        ("", "0", "[[0, 0]]"),
        ("{odd", "0", "[[0, 0]]"),
        ("{}", "0", "[[0, 0]]"),
        ('{"path": 5}', "0", "[[0, 0]]"),
        ('{"path": "tile"}', "0", "[[0, 0]]"),
        ('{"path": "tile", "name": "physical", "multiscale": []}', "0", "[[0, 0]]"),
        (EVIL, "0", "[[0, 0]]"),
        (LONG, LONG, "[[0, 0]]"),
        (json.dumps({EVIL: LONG}), "0", "[[0, 0]]"),
        ('{"name":' * 10_000, "0", "[[0, 0]]"),
        ("flat", "0", "[[0, 0]]"),
        ("0", "0", "[[0]]"),
        ("0", "sample", "[[0, 0, 0]]"),
        ("0", "0", "[[NaN, 0]]"),
        ("0", "0", "[[1e400, 0]]"),
        ("0", "0", f"[[{'9' * 309}, 0]]"),
        ("0", "0", "[[true, 0]]"),
        ("0", "0", '[["\\ud800", 0]]'),
        ("0", "0", json.dumps([[EVIL]])),
        ("0", "0", "[" * 100_000),
        ("0", "0", "-"),
        ("0", "0", ""),
    ],
    ids=ascii,
)
def test_transform_that_cannot_be_done_has_a_message(
    dingus: Run, store: Path, source: str, target: str, coordinates: str
) -> None:
    code, answer = dingus("transform", store, source, target, coordinates)
    assert code != 0
    assert answer.keys() == {"message"}
    assert "internal error" not in answer["message"]
    assert len(answer["message"]) < 2500


@pytest.mark.parametrize("kind", ["displacements", "coordinates"])
def test_transform_through_a_field_has_a_message(dingus: Run, store: Path, kind: str) -> None:
    content = scene()
    content["ome"]["scene"]["coordinateTransformations"][1] = {
        "type": kind,
        "path": "field",
        "interpolation": "linear",
        "input": {"name": "0"},
        "output": {"name": "sample"},
    }
    write_group(store, content)
    code, answer = dingus("transform", store, "0", "sample", "[[0, 0]]")
    assert code != 0
    assert f"cannot execute the {kind} transformation" in answer["message"]


def test_infinities_in_results_become_null(store: Path) -> None:
    code, answer = run_program("transform", store, "0", "sample", "[[1e308, 1]]")
    assert (code, answer) == (0, {"coordinates": [[None, 2]]})


def test_transform_reads_around_errors_elsewhere(dingus: Run, store: Path) -> None:
    content = scene()
    content["ome"]["scene"]["coordinateTransformations"][2]["scale"] = "big"
    content["ome"]["omero"] = 5
    write_group(store, content)
    assert dingus("transform", store, "0", "sample", "[[1, 1]]") == (0, {"coordinates": [[2, 2]]})
    code, answer = dingus("transform", store, "0", "{odd", "[[1, 1]]")
    assert code != 0
    assert answer.keys() == {"message"}


@pytest.mark.parametrize(("asked", "told"), [([], 100), (["--max-findings", "3"], 4), (["--max-findings", "300"], 301)])
def test_as_many_findings_are_told_as_are_asked_for(dingus: Run, tmp_path: Path, asked: list[str], told: int) -> None:
    names = [{"name": str(index)} for index in range(500)]
    attributes = {"ome": {"version": "0.6", "labels": list(range(500)), "plate": {"rows": names}}}
    folder = write_group(tmp_path / "a.zarr", attributes)
    for kind, path in (("document", folder / "zarr.json"), ("store", folder)):
        code, answer = dingus(kind, path, *asked)
        assert code == 0
        assert not answer["valid"]
        assert len(answer["findings"]) == told
