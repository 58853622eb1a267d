"""The command line: every subcommand, for people and for machines, and what it says to arguments it cannot use."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.metadata import axes, write_array, write_group
from zarr_spaces.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(sys.executable).with_name("zarr-spaces")
ANSI = "\x1b[31mred\x1b[0m"

VALID, INVALID, UNUSABLE = 0, 1, 2


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value that was printed."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    def run_main(*arguments: str | Path) -> Outcome:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:  # argparse
            assert isinstance(error.code, int)
            code = error.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Outcome(code, captured.out, captured.err)

    return run_main


def image(name: str = "physical") -> dict[str, Any]:
    datasets = [
        {
            "path": path,
            "coordinateTransformations": [
                {"type": "scale", "scale": [size, size / 2], "input": {"path": path}, "output": {"name": name}}
            ],
        }
        for path, size in (("0", 0.5), ("1", 1.0))
    ]
    about = {"name": "pollen", "type": "nearest", "metadata": {}}
    multiscale = about | {"coordinateSystems": [{"name": name, "axes": axes()}], "datasets": datasets}
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


def scene() -> dict[str, Any]:
    """A scene of one image, with systems of all kinds of names beside `sample`."""
    names = ["sample", "0", "{odd", "bell\x07", "-x"]
    links: list[Any] = [
        {
            "type": "translation",
            "name": "placement",
            "translation": [10, 20],
            "input": {"path": "tile", "name": "physical"},
            "output": {"name": "sample"},
        }
    ]
    links += [
        {"type": "scale", "scale": [n, n], "input": {"name": "sample"}, "output": {"name": name}}
        for n, name in enumerate(names[1:], 2)
    ]
    systems = [{"name": name, "axes": axes()} for name in names]
    return {"ome": {"version": "0.6", "scene": {"coordinateSystems": systems, "coordinateTransformations": links}}}


def write_image(folder: Path, attributes: dict[str, Any] | None = None) -> Path:
    write_group(folder, attributes or image())
    for level, shape in (("0", [8, 8]), ("1", [4, 8])):
        write_array(folder / level, shape)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = write_group(tmp_path / "scene.zarr", scene())
    write_image(folder / "tile")
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write_json(tmp_path / "image.json", image())


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A document with one error at level document."""
    content = image()
    content["ome"]["multiscales"][0]["datasets"][1]["coordinateTransformations"][0]["scale"] = [1]
    return write_json(tmp_path / "faulty.json", content)


def write_json(file: Path, value: Any) -> Path:
    file.write_text(json.dumps(value, indent=2))
    return file


ARRAY = '{"path": "tile/0"}'


class TestValidate:
    def test_valid_document_exits_0(self, run: Callable[..., Outcome], document: Path) -> None:
        code, out, err = run("validate", document)
        assert (code, err) == (VALID, "")
        # The levels of the image are not aligned as averaging would align them.
        assert out.splitlines()[-1] == f"{document}: valid ome-zarr/0.6: 1 remark"
        assert "info: " in out.splitlines()[0]
        assert "[levels-aligned]" in out.splitlines()[0]

    def test_valid_store_exits_0_and_says_how_far_it_looked(self, run: Callable[..., Outcome], store: Path) -> None:
        code, out, err = run("validate", store)
        assert (code, err) == (VALID, "")
        assert out.splitlines()[-1].startswith(f"{store}: valid ome-zarr/0.6: ")

    def test_strict_counts_warnings_as_errors_and_remarks_not(
        self, run: Callable[..., Outcome], document: Path, store: Path, tmp_path: Path
    ) -> None:
        assert run("validate", "--strict", document).code == VALID  # one remark
        content = image()
        del content["ome"]["multiscales"][0]["type"]
        advised = write_json(tmp_path / "advised.json", content)
        assert run("validate", advised).code == VALID
        code, out, _ = run("validate", "--strict", advised)
        assert code == INVALID
        assert "error: the image has no type [image-described]" in out
        assert run("dingus", "document", advised).value["valid"] is True
        assert run("dingus", "document", "--strict", advised).value["valid"] is False
        assert run("dingus", "store", "--strict", store).value["valid"] is True
        (store / "tile" / "zarr.json").write_text(
            json.dumps({"zarr_format": 3, "node_type": "group", "attributes": content})
        )
        assert run("dingus", "store", store).value["valid"] is True
        assert run("dingus", "store", "--strict", store).value["valid"] is False
        assert run("validate", "--strict", store).code == INVALID

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    def test_answer_that_cannot_be_written_is_no_internal_error(self, document: Path) -> None:
        command = [sys.executable, "-m", "zarr_spaces.cli.main", "validate", str(document)]
        with Path("/dev/full").open("w") as full:
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
            ended = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment
            )
        assert ended.returncode == UNUSABLE
        assert "cannot write the answer: No space left on device" in ended.stderr

    def test_root_metadata_file_stands_for_its_store(self, run: Callable[..., Outcome], store: Path) -> None:
        assert run("validate", store / "zarr.json").code == VALID

    def test_error_exits_1_and_shows_file_line_column(self, run: Callable[..., Outcome], faulty: Path) -> None:
        code, out, err = run("validate", faulty)
        assert (code, err) == (INVALID, "")
        line = next(n for n, text in enumerate(faulty.read_text().splitlines(), 1) if n > 45 and '"scale": [' in text)
        column = faulty.read_text().splitlines()[line - 1].index("[") + 1
        assert out.splitlines()[0].startswith(f"{faulty}:{line}:{column}: error: ")
        assert "[parameter-lengths]" in out.splitlines()[0]
        assert out.splitlines()[1] == "    at /ome/multiscales/0/datasets/1/coordinateTransformations/0/scale"
        assert out.splitlines()[-1].startswith(f"{faulty}: invalid ome-zarr/0.6: 1 error")

    def test_finding_in_a_store_names_the_file_of_its_node(self, run: Callable[..., Outcome], store: Path) -> None:
        (store / "tile" / "zarr.json").write_text("{")
        assert f"{store}/tile/zarr.json:1:2: error: " in run("validate", store).out

    def test_finding_names_a_file_that_exists_when_zarr_json_was_given(
        self, run: Callable[..., Outcome], store: Path
    ) -> None:
        (store / "tile" / "zarr.json").write_text("{")
        out = run("validate", store / "zarr.json").out
        assert "zarr.json/" not in out.replace(f"{store}/zarr.json: ", "")
        assert f"{store}/tile/zarr.json:1:2: error: " in out

    def test_summary_of_a_store_names_the_node_of_the_first_error(
        self, run: Callable[..., Outcome], tmp_path: Path
    ) -> None:
        folder = write_group(tmp_path / "scene.zarr", {"ome": {"version": "0.6", "multiscales": []}})
        write_image(folder / "tile")
        write_group(folder, scene())
        text = (folder / "tile" / "zarr.json").read_text().replace('"scale"', '"scal"', 1)
        (folder / "tile" / "zarr.json").write_text(text)
        assert "first: tile" in run("validate", folder).out.splitlines()[-1]

    def test_json_is_a_list_with_one_answer_for_each_path(
        self, run: Callable[..., Outcome], document: Path, faulty: Path
    ) -> None:
        outcome = run("validate", "--format", "json", document, faulty)
        assert outcome.code == INVALID
        good, bad = outcome.value
        (remark,) = good.pop("findings")
        assert (remark["rule"], remark["severity"]) == ("levels-aligned", "info")
        assert good == {
            "path": str(document),
            "valid": True,
            "message": "1 remark",
            "version": "ome-zarr/0.6",
            "level": "document",
            "reached": "document",
        }
        assert bad["path"] == str(faulty)
        assert bad["valid"] is False
        (finding,) = bad["findings"]
        assert finding["rule"] == "parameter-lengths"
        assert finding["severity"] == "error"
        assert finding["level"] == "document"
        assert finding["node"] == ""
        assert finding["pointer"] == "/ome/multiscales/0/datasets/1/coordinateTransformations/0/scale"
        assert {"message", "hint", "section", "line", "column"} <= finding.keys()

    def test_several_paths_are_all_judged_and_the_worst_decides(
        self, run: Callable[..., Outcome], document: Path, faulty: Path, store: Path, tmp_path: Path
    ) -> None:
        code, out, err = run("validate", faulty, tmp_path / "absent", document, store)
        assert code == UNUSABLE
        assert f"{document}: valid" in out
        assert f"{store}: valid" in out
        assert f"{faulty}: invalid" in out
        assert err.startswith("zarr-spaces: ")
        assert str(tmp_path / "absent") in err

    def test_several_paths_in_json_keep_their_order(
        self, run: Callable[..., Outcome], document: Path, faulty: Path, tmp_path: Path
    ) -> None:
        outcome = run("validate", "--format", "json", faulty, tmp_path / "absent", document)
        assert outcome.code == UNUSABLE
        assert outcome.err == ""
        assert [answer.get("valid") for answer in outcome.value] == [False, None, True]
        assert "absent" in outcome.value[1]["message"]

    @pytest.mark.parametrize("path", ["a\0b", "x" * 5000], ids=["null", "long"])
    def test_unusable_path_does_not_cost_the_other_answers(
        self, run: Callable[..., Outcome], document: Path, path: str
    ) -> None:
        outcome = run("validate", "--format", "json", document, path)
        assert outcome.code == UNUSABLE
        assert [answer.get("valid") for answer in outcome.value] == [True, None]

    def test_level_schema_does_not_run_rules(self, run: Callable[..., Outcome], faulty: Path) -> None:
        assert run("validate", "--level", "schema", faulty).code == VALID

    def test_unknown_level_is_refused_with_the_known_ones(self, run: Callable[..., Outcome], faulty: Path) -> None:
        code, _, err = run("validate", "--level", "strict", faulty)
        assert code == UNUSABLE
        assert "schema" in err

    def test_text_that_is_no_json_is_a_finding(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text('{"ome": 1,\n}')
        code, out, _ = run("validate", tmp_path / "a.json")
        assert code == INVALID
        assert out.startswith(f"{tmp_path}/a.json:1:10: error: ")

    def test_folder_without_metadata_is_unusable(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        code, out, err = run("validate", tmp_path)
        assert (code, out) == (UNUSABLE, "")
        assert "zarr.json" in err

    def test_absent_path_is_called_neither_file_nor_folder(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        assert "no such file or folder" in run("validate", tmp_path / "image.json").err

    def test_store_of_zarr_v2_is_named(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        (tmp_path / ".zattrs").write_text("{}")
        code, _, err = run("validate", tmp_path)
        assert code == UNUSABLE
        assert "Zarr v2" in err

    def test_every_section_is_judged_beside_a_sound_one(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        content = image()
        content["ome"]["plate"] = {}
        code, out, _ = run("validate", write_json(tmp_path / "a.json", content))
        assert code == INVALID
        assert "/ome/plate" in out

    @pytest.mark.parametrize(
        "change",
        [{"zarr_format": 2}, {"zarr_format": None}, {"node_type": "grop"}, {"node_type": "array"}],
        ids=lambda change: json.dumps(change),
    )
    def test_root_that_cannot_be_read_as_a_group_is_not_valid(
        self, run: Callable[..., Outcome], store: Path, change: dict[str, Any]
    ) -> None:
        node = json.loads((store / "zarr.json").read_text())
        write_json(store / "zarr.json", {key: value for key, value in (node | change).items() if value is not None})
        assert run("validate", store).code != VALID
        code, _, err = run("explain", store, "sample", "sample")
        assert code == UNUSABLE
        assert "0 errors" not in err

    def test_control_characters_never_reach_the_terminal(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        content = image()
        content["ome"]["multiscales"][0]["datasets"][0]["coordinateTransformations"][0]["output"]["name"] = ANSI
        content[ANSI] = {}
        (tmp_path / ANSI).write_text(json.dumps(content)[:-1] + f", {json.dumps(ANSI)}: 1}}")
        code, out, err = run("validate", tmp_path / ANSI)
        assert code == INVALID
        assert "\x1b" not in out + err
        assert "\\x1b[31mred" in out

    def test_many_findings_are_capped_with_a_count(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        content = image()
        content["ome"]["multiscales"][0]["datasets"] = [{"path": "0"}] * 5000
        code, out, _ = run("validate", write_json(tmp_path / "a.json", content))
        assert code == INVALID
        assert len(out) < 200_000
        assert "more findings" in out

    def test_long_member_names_are_shortened_in_pointers(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text('{"' + "k" * 100_000 + '": [1,}')
        code, out, _ = run("validate", tmp_path / "a.json")
        assert code == INVALID
        assert len(out) < 20_000

    def test_links_in_a_circle_end(self, store: Path) -> None:
        for name in ("a", "b"):
            (store / "tile" / name).symlink_to(".")
        assert run_program("validate", str(store), timeout=20).returncode in (VALID, INVALID)


class TestShow:
    def test_store_lists_systems_levels_and_transformations(self, run: Callable[..., Outcome], store: Path) -> None:
        code, out, err = run("show", store)
        assert (code, err) == (VALID, "")
        assert "    system sample: y[micrometer] x[micrometer]" in out
        assert "    translation placement: physical of tile -> sample" in out
        assert "    level 1, shape 4x8, uint8, scale (1, 0.5) -> physical" in out
        assert "bell\\x07" in out
        assert "\x07" not in out

    def test_json_lists_the_groups(self, run: Callable[..., Outcome], store: Path) -> None:
        outcome = run("show", "--format", "json", store)
        assert outcome.code == VALID
        root, tile = outcome.value
        assert (root["path"], root["version"]) == ("", "0.6")
        assert root["scene"]["coordinateTransformations"][0] == {
            "type": "translation",
            "name": "placement",
            "input": {"path": "tile", "name": "physical"},
            "output": {"name": "sample"},
        }
        (shown,) = tile["images"]
        assert shown["name"] == "pollen"
        assert shown["coordinateSystems"] == [{"name": "physical", "axes": axes()}]
        assert shown["levels"][1] == {
            "path": "1",
            "shape": [4, 8],
            "data_type": "uint8",
            "scale": [1.0, 0.5],
            "into": "physical",
        }

    def test_document_is_shown_without_shapes(self, run: Callable[..., Outcome], document: Path) -> None:
        outcome = run("show", "--format", "json", document)
        assert outcome.code == VALID
        assert "shape" not in outcome.value[0]["images"][0]["levels"][0]

    def test_broken_part_is_left_out_and_said(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        content = image()
        content["ome"]["omero"] = 5
        code, out, _ = run("show", write_json(tmp_path / "a.json", content))
        assert code == VALID
        assert "left out: " in out
        assert "level 0" in out

    def test_missing_array_is_said(self, run: Callable[..., Outcome], store: Path) -> None:
        (store / "tile" / "1" / "zarr.json").unlink()
        assert "level 1, array missing" in run("show", store).out

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"ome": 5}', '{"ome": {"version": "0.4"}}'])
    def test_document_of_which_nothing_can_be_read_exits_2(
        self, run: Callable[..., Outcome], tmp_path: Path, text: str
    ) -> None:
        (tmp_path / "a.json").write_text(text)
        assert run("show", tmp_path / "a.json").code == UNUSABLE

    def test_what_is_left_out_is_capped_with_a_count(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        content = image()
        content["ome"]["multiscales"][0]["datasets"] = [{"path": "0"}] * 5000
        path = write_json(tmp_path / "a.json", content)
        assert run("show", path).out.count("left out") < 1000
        assert len(run("show", "--format", "json", path).value[0]["broken"]) < 1000


class TestGraph:
    def test_text_is_a_mermaid_flowchart(self, run: Callable[..., Outcome], store: Path) -> None:
        code, out, err = run("graph", store)
        assert (code, err) == (VALID, "")
        assert out.startswith("flowchart LR\n")
        assert '-->|"translation: placement"|' in out
        assert "\x07" not in out

    def test_json_lists_spaces_and_transformations(self, run: Callable[..., Outcome], store: Path) -> None:
        outcome = run("graph", "--format", "json", store)
        assert outcome.code == VALID
        assert outcome.value.keys() == {"spaces", "transformations"}
        assert {"path": "", "name": "sample", "multiscale": None} in outcome.value["spaces"]
        assert {"path": "tile/1"} in outcome.value["spaces"]
        assert outcome.value["transformations"][0] == {
            "source": {"path": "tile", "name": "physical", "multiscale": 0},
            "target": {"path": "", "name": "sample", "multiscale": None},
            "type": "translation",
            "name": "placement",
        }

    def test_document_has_a_graph_too(self, run: Callable[..., Outcome], document: Path) -> None:
        assert run("graph", "--format", "json", document).value["spaces"][0] == {
            "path": "",
            "name": "physical",
            "multiscale": 0,
        }

    def test_spaces_of_the_graph_can_be_given_back(self, run: Callable[..., Outcome], store: Path) -> None:
        for space in run("graph", "--format", "json", store).value["spaces"]:
            assert run("explain", store, json.dumps(space), "sample").code == VALID

    def test_unusable_document_exits_2(self, run: Callable[..., Outcome], tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{")
        code, out, err = run("graph", tmp_path / "a.json")
        assert (code, out) == (UNUSABLE, "")
        assert "1 error" in err


class TestExplain:
    def test_text_lists_the_hops(self, run: Callable[..., Outcome], store: Path) -> None:
        code, out, err = run("explain", store, ARRAY, "sample")
        assert (code, err) == (VALID, "")
        assert out.splitlines()[0] == "array 'tile/0' -> 'sample': 2 hops"
        assert "translation 'placement', as declared" in out.splitlines()[2]

    def test_json_lists_the_hops_and_the_whole_matrix(self, run: Callable[..., Outcome], store: Path) -> None:
        outcome = run("explain", "--format", "json", store, "sample", ARRAY)
        assert outcome.code == VALID
        assert outcome.value["source"] == {"path": "", "name": "sample", "multiscale": None}
        assert outcome.value["target"] == {"path": "tile/0"}
        assert [hop["inverted"] for hop in outcome.value["hops"]] == [True, True]
        assert outcome.value["hops"][0]["pointer"] == "/ome/scene/coordinateTransformations/0"
        assert outcome.value["hops"][1]["node"] == "tile"
        assert outcome.value["matrix"] == [[2, 0], [0, 4]]
        assert outcome.value["offset"] == [-20, -80]

    def test_no_route_exits_2_and_says_what_is_reachable(self, run: Callable[..., Outcome], store: Path) -> None:
        content = scene()
        del content["ome"]["scene"]["coordinateTransformations"][1]
        write_group(store, content)
        code, _, err = run("explain", store, "0", "sample")
        assert code == UNUSABLE
        assert "no route from '0' to 'sample'" in err

    def test_map_that_cannot_be_inverted_exits_2(self, run: Callable[..., Outcome], store: Path) -> None:
        content = scene()
        content["ome"]["scene"]["coordinateTransformations"][1]["scale"] = [0, 1]
        write_group(store, content)
        code, _, err = run("explain", store, "0", "sample")
        assert code == UNUSABLE
        assert "cannot be inverted" in err


class TestTransform:
    def test_text_is_one_point_a_line(self, run: Callable[..., Outcome], store: Path) -> None:
        code, out, err = run("transform", store, ARRAY, "sample", "[[0, 0], [2, 4]]")
        assert (code, err) == (VALID, "")
        assert out == "10.0 20.0\n11.0 21.0\n"

    def test_json_has_the_coordinates(self, run: Callable[..., Outcome], store: Path) -> None:
        outcome = run("transform", "--format", "json", store, ARRAY, "sample", "[[2, 4]]")
        assert outcome.code == VALID
        assert outcome.value == {"coordinates": [[11, 21]]}

    def test_points_come_from_standard_input(
        self, run: Callable[..., Outcome], store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("[[2,\n4]]\n"))
        assert run("transform", store, ARRAY, "sample", "-").out == "11.0 21.0\n"

    def test_standard_input_that_is_no_json_exits_2(
        self, run: Callable[..., Outcome], store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        code, out, err = run("transform", store, ARRAY, "sample", "-")
        assert (code, out) == (UNUSABLE, "")
        assert "the text is empty" in err

    def test_standard_input_that_is_no_utf_8_exits_2(
        self, run: Callable[..., Outcome], store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"[[\xff]]"), encoding="utf-8"))
        code, out, err = run("transform", store, ARRAY, "sample", "-")
        assert (code, out) == (UNUSABLE, "")
        assert "internal error" not in err

    def test_document_maps_points_too(self, run: Callable[..., Outcome], document: Path) -> None:
        assert run("transform", document, '{"path": "0"}', "physical", "[[2, 4]]").out == "1.0 1.0\n"

    @pytest.mark.parametrize(
        "points",
        [
            "nope",
            "",
            "[[NaN, 0]]",
            "[[Infinity, 0]]",
            "[[1, 2], [3]]",
            '[["1", 0]]',
            "[[true, 0]]",
            "[[null, 0]]",
            "[[]]",
            "[1, 2]",
            "[[[1, 2]]]",
            "[[1, 2, 3]]",
            "3",
            "null",
            '{"a": 1}',
            "[[0, 0]] more",
            "[[0, 0],]",
            "[" * 10_000,
            "[" * 10_000 + "]" * 10_000,
            "[[1e400, 0]]",
            f"[[{'9' * 5000}, 0]]",
            f"[[{'9' * 309}, 0]]",
            "[[0, 0]]\0",
            "\ud800",
        ],
        ids=lambda points: ascii(points[:14]),
    )
    def test_bad_points_exit_2_with_a_short_message(
        self, run: Callable[..., Outcome], store: Path, points: str
    ) -> None:
        code, out, err = run("transform", store, ARRAY, "sample", points)
        assert (code, out) == (UNUSABLE, "")
        assert err.startswith("zarr-spaces: ")
        assert "internal error" not in err
        assert len(err) < 1000
        outcome = run("transform", "--format", "json", store, ARRAY, "sample", points)
        assert (outcome.code, outcome.err) == (UNUSABLE, "")
        assert outcome.value.keys() == {"message"}

    def test_wrong_number_of_coordinates_is_worded_for_users(self, run: Callable[..., Outcome], store: Path) -> None:
        err = run("transform", store, ARRAY, "sample", "[[1, 2, 3]]").err
        assert "2" in err
        assert "3" in err
        assert "Scale" not in err  # a class of ours

    def test_result_that_overflows_is_printed_without_a_warning(self, run: Callable[..., Outcome], store: Path) -> None:
        outcome = run("transform", "--format", "json", store, "sample", ARRAY, "[[1e308, 0]]")
        assert outcome == (VALID, '{"coordinates": [[null, -80.0]]}\n', "")
        assert run("transform", store, "sample", ARRAY, "[[1e308, 0]]").out == "inf -80.0\n"


class TestSpaces:
    """SOURCE and TARGET, as `explain` and `transform` take them."""

    @pytest.mark.parametrize(
        "space",
        [
            "sample",
            "0",
            '{"name": "0"}',
            '{"name": "{odd"}',
            '{"name": "bell\\u0007"}',
            "bell\x07",
            '{"path": "tile", "name": "physical"}',
            '{"path": "tile/0"}',
            '{"path": "/tile/0/"}',
            '{"path": "", "name": "sample"}',
            '{"path": null, "name": "sample"}',
            '{"path": "tile/0", "name": null}',
            '{"path": "tile", "name": "physical", "multiscale": 0}',
        ],
    )
    def test_is_found(self, run: Callable[..., Outcome], store: Path, space: str) -> None:
        assert run("explain", store, space, "sample").code == VALID
        assert run("transform", store, space, space, "[[1, 2]]") == (VALID, "1.0 2.0\n", "")

    @pytest.mark.parametrize(
        "space",
        [
            "",
            "nope",
            "Sample",
            "tile/0",
            "{odd",
            "{",
            "{}",
            "{]",
            '{"path": "tile"}',
            '{"path": ""}',
            '{"path": 5}',
            '{"name": 5}',
            '{"name": ["sample"]}',
            '{"name": "sample", "nmae": 1}',
            '{"name": null, "path": null}',
            '{"path": "tile/9"}',
            '{"path": "../scene.zarr/tile/0"}',
            '{"path": "tile\\u0000"}',
            '{"name": "sample", "name": "sample"}',
            '{"name": "sample"} more',
            '{"path": "tile", "name": "physical", "multiscale": 9}',
            '{"path": "tile", "name": "physical", "multiscale": "0"}',
            '{"path": "tile", "name": "physical", "multiscale": [0]}',
            '{"path": "tile", "name": "physical", "multiscale": {}}',
            '{"name": "\\ud800"}',
            "\x1b[31m",
            "x" * 100_000,
            '{"name": "' + "x" * 100_000 + '"}',
            '{"a":' * 10_000,
        ],
        ids=lambda space: ascii(space[:60]),
    )
    def test_is_refused_with_exit_2(self, run: Callable[..., Outcome], store: Path, space: str) -> None:
        for arguments in (("explain", store, space, "sample"), ("explain", store, "sample", space)):
            code, out, err = run(*arguments)
            assert (code, out) == (UNUSABLE, "")
            assert "internal error" not in err
            assert "\x1b" not in err
            assert len(err) < 3000

    def test_unknown_one_is_answered_with_the_known_ones(self, run: Callable[..., Outcome], store: Path) -> None:
        err = run("explain", store, "smaple", "0").err
        assert "there is no coordinate system 'smaple': did you mean 'sample'?" in err
        assert "'physical' of 'tile'" in err

    def test_array_given_as_plain_name_is_hinted_at(self, run: Callable[..., Outcome], store: Path) -> None:
        assert '{"path": "tile/0"}' in run("explain", store, "tile/0", "sample").err

    def test_image_given_as_array_is_worded_well(self, run: Callable[..., Outcome], store: Path) -> None:
        err = run("explain", store, '{"path": "tile"}', "sample").err
        assert "physical" in err
        assert "array array" not in err

    def test_unknown_member_is_named(self, run: Callable[..., Outcome], store: Path) -> None:
        assert "nmae" in run("explain", store, '{"path": "tile", "nmae": "physical"}', "sample").err


HOSTILE_PATHS = ["a\0b", "x" * 5000, "\udcff", "absent", "/dev/null", "absent/zarr.json"]


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=lambda path: ascii(path[:20]))
@pytest.mark.parametrize("command", ["validate", "show", "graph", "transform", "explain"])
def test_unusable_path_exits_2(run: Callable[..., Outcome], command: str, path: str) -> None:
    rest = {"transform": ["a", "b", "[[0]]"], "explain": ["a", "b"]}.get(command, [])
    code, out, err = run(command, path, *rest)
    assert (code, out) == (UNUSABLE, "")
    assert err.startswith("zarr-spaces: ")
    assert "internal error" not in err


@pytest.mark.parametrize(
    "arguments", [[], ["validate"], ["nope"], ["show", "--format", "yaml", "a"], ["transform", "a", "b"], ["dingus"]]
)
def test_unusable_arguments_exit_2_with_usage(run: Callable[..., Outcome], arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (UNUSABLE, "")
    assert err.startswith("usage: zarr-spaces")


@pytest.mark.parametrize(
    "command",
    ["", "validate", "show", "graph", "transform", "explain", "dingus", "dingus document", "dingus transform"],
)
def test_help_exits_0(run: Callable[..., Outcome], command: str) -> None:
    code, out, _ = run(*command.split(), "--help")
    assert code == VALID
    assert out.startswith(f"usage: zarr-spaces {command}".rstrip())


# --- the installed command ---


def run_program(
    *arguments: str, timeout: float = 60, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | (environment or {}),
    )


def test_installed_command_exits_as_the_function_does(document: Path, faulty: Path, tmp_path: Path) -> None:
    assert run_program("validate", str(document)).returncode == VALID
    assert run_program("validate", str(faulty)).returncode == INVALID
    assert run_program("validate", str(tmp_path / "absent")).returncode == UNUSABLE


def test_installed_command_prints_names_that_the_terminal_cannot_encode(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", image("µm"))
    for command in ("show", "graph", "validate"):
        done = run_program(command, str(path), environment={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (VALID, b"")


def test_reader_that_stops_early_leaves_no_traceback(tmp_path: Path) -> None:
    content = image()
    content["ome"]["multiscales"] *= 2000
    path = write_json(tmp_path / "a.json", content)
    with subprocess.Popen([PROGRAM, "show", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("zarr-spaces 0.")


def test_a_detour_is_a_warning_on_standard_error(run: Callable[..., Outcome], store: Path) -> None:
    content = scene()
    links = content["ome"]["scene"]["coordinateTransformations"]
    broken = {"type": "scale", "scale": [1, 2, 3], "input": links[0]["input"], "output": links[0]["output"]}
    links.insert(0, broken)
    write_group(store, content)
    code, out, err = run("transform", store, ARRAY, "sample", "[[0, 0]]")
    assert code == VALID
    assert out
    assert err.startswith("zarr-spaces: warning: array 'tile/0' -> 'sample' goes a longer way: ")
    assert "passed over: numbers in scale: expected 2, got 3" in run("explain", store, ARRAY, "sample").out
