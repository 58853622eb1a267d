"""Limits: what they refuse, how that is told, and that everything which reads takes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.metadata import axes, write_array, write_group
from zarr_spaces import InvalidDocument, Level, Limits, StoreError, check, dump, load_graph, open_store, parse
from zarr_spaces.cli.main import main
from zarr_spaces.document.limits import MAX_DEPTH
from zarr_spaces.document.reading import read
from zarr_spaces.excerpt import holds_more
from zarr_spaces.ome_zarr.v0_6 import OmeZarr
from zarr_spaces.schemas import validator
from zarr_spaces.versions import OME_ZARR_0_6


def image(**members: Any) -> dict[str, Any]:
    how = {"type": "scale", "scale": [0.5, 2.0], "input": {"path": "0"}, "output": {"name": "um"}}
    multiscale = {
        "name": "cells",
        "type": "gaussian",
        "metadata": {"method": "none"},
        "coordinateSystems": [{"name": "um", "axes": axes()}],
        "datasets": [{"path": "0", "coordinateTransformations": [how]}],
    }
    return {"ome": {"version": "0.6", "multiscales": [multiscale]} | members}


def wrong(count: int) -> dict[str, Any]:
    return image(multiscales=[{"coordinateSystems": [], "datasets": [3] * count}])


def only(source: Any, limits: Limits) -> Any:
    (finding,) = check(source, limits=limits).findings
    assert finding.severity == "error"
    return finding


@pytest.mark.parametrize("name", ["size", "depth", "values", "findings"])
def test_a_limit_is_a_whole_number_above_zero(name: str) -> None:
    for value in (0, -1):
        with pytest.raises(ValueError, match=f"{name} must be at least 1"):
            Limits(**{name: value})
    for other in (1.5, "10", True):
        with pytest.raises(TypeError, match=f"{name} must be a whole number"):
            Limits(**{name: other})  # type: ignore[arg-type]  # what untyped callers do


def test_depth_can_only_be_lowered() -> None:
    assert Limits().depth == MAX_DEPTH == Limits(depth=MAX_DEPTH).depth
    with pytest.raises(ValueError, match="depth can be at most 256"):
        Limits(depth=MAX_DEPTH + 1)


@pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode())])
def test_a_text_that_is_too_long_is_refused(kind: Any) -> None:
    text = json.dumps(image())
    assert check(kind(text), limits=Limits(size=len(text))).valid
    finding = only(kind(text), Limits(size=len(text) - 1))
    assert (finding.rule, finding.json_pointer) == ("json-size", "")
    assert f"{len(text):,} bytes" in finding.message
    assert f"{len(text) - 1:,}" in finding.message
    assert "Limits(size=...)" in finding.hint
    assert "--max-size" in finding.hint


def test_bytes_are_counted_not_characters() -> None:
    assert only('["\u20ac\u20ac\u20ac"]', Limits(size=10)).rule == "json-size"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(image()))
    with pytest.raises(StoreError, match=r"bytes, more than the limit of 100: .*--max-size"):
        check(path, limits=Limits(size=100))
    with pytest.raises(StoreError, match="more than the limit of 100"):
        load_graph(path, limits=Limits(size=100))


@pytest.mark.parametrize("as_text", [False, True])
def test_depth(as_text: bool) -> None:
    document: Any = image(x=[[[[[1]]]]])
    source = json.dumps(document) if as_text else document
    assert not check(source, limits=Limits(depth=10)).errors
    for depth in (3, 6):
        findings = check(source, limits=Limits(depth=depth)).findings
        assert {finding.rule for finding in findings} == {"json-depth"}
        assert f" {depth} levels" in findings[0].message
        assert "--max-depth" in (findings[0].hint or "")


def test_the_usual_depth_has_no_hint_at_raising_it() -> None:
    (finding,) = check("[" * 300).findings
    assert "--max-depth" not in (finding.hint or "")


@pytest.mark.parametrize("as_text", [False, True])
def test_values(as_text: bool) -> None:
    document: Any = image(x=[0] * 1000)
    source = json.dumps(document) if as_text else document
    assert check(source, limits=Limits(values=1100)).valid
    finding = only(source, Limits(values=1000))
    assert finding.rule == "json-size"
    assert "1,000 values" in finding.message
    assert "--max-values" in finding.hint


def test_values_beside_the_attributes_are_not_those_that_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zarr_spaces.document.limits.is_compiled", lambda: False)
    node = {"zarr_format": 3, "node_type": "group", "attributes": image(), "consolidated_metadata": [0] * 60_000}
    assert check(json.dumps(node)).valid
    node["attributes"] = image(x=[0] * 60_000)
    finding = only(json.dumps(node), Limits())
    assert (finding.rule, finding.json_pointer) == ("json-size", "/attributes")
    assert "more than 50,000 values" in finding.message


@pytest.mark.parametrize(("value", "count"), [(0, 1), ([], 1), ([0, [1, 2], {"a": {"b": 3}}], 8), ({"a": []}, 2)])
def test_values_are_counted_with_what_holds_them(value: Any, count: int) -> None:
    assert not holds_more(value, count)
    assert holds_more([value], count)


def test_counting_ends_where_a_value_holds_itself() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert holds_more(endless, 1000)


@pytest.mark.parametrize("as_text", [False, True])
def test_findings_of_the_schema(as_text: bool) -> None:
    source = json.dumps(wrong(50)) if as_text else wrong(50)
    every = len(check(source))
    findings = check(source, limits=Limits(findings=10)).findings
    assert len(findings) == 11
    (more,) = [finding for finding in findings if finding.rule == "findings-left-out"]
    assert f"{every - 10} more errors" in more.message
    assert "--max-findings" in (more.hint or "")


def test_warnings_do_not_crowd_out_errors() -> None:
    multiscales = [{**image()["ome"]["multiscales"][0], "name": str(index)} for index in range(40)]
    for multiscale in multiscales:
        del multiscale["type"], multiscale["metadata"]
    how = {"type": "identity", "input": {"name": "um"}, "output": {"name": "nowhere"}}
    multiscales[-1]["coordinateTransformations"] = [how]
    document = {"ome": {"version": "0.6", "multiscales": multiscales}}
    report = check(document, limits=Limits(findings=5))
    assert not report.valid
    assert len([finding for finding in report if finding.severity == "warning"]) == 6
    assert any(finding.rule == "references-resolve" for finding in report.errors)
    assert {finding.rule for finding in report.errors} <= {finding.rule for finding in check(document).errors}


def test_findings_of_python_values() -> None:
    report = check(image(x=[object()] * 50), limits=Limits(findings=10))
    assert len(report) == 11
    assert "40 more errors" in report.findings[-1].message


def test_parse_takes_limits() -> None:
    assert parse(image(), OmeZarr, limits=Limits(values=100)).ome.version == "0.6"
    with pytest.raises(InvalidDocument, match="json-size"):
        parse(image(), limits=Limits(values=5))


@pytest.mark.parametrize("source", [image(x=[0] * 100), json.dumps(image(x=[0] * 100))], ids=["mapping", "text"])
def test_reading_takes_limits(source: Any) -> None:
    assert read(source).document is not None
    assert [finding.rule for finding in read(source, Limits(values=50)).findings] == ["json-size"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = write_group(tmp_path / "image.zarr", image())
    write_array(folder / "0", [4, 4])
    return folder


def test_a_store_takes_limits(store: Path) -> None:
    assert open_store(store).check().valid
    assert {finding.rule for finding in open_store(store, limits=Limits(size=50)).check()} == {"node-unreadable"}
    assert {finding.rule for finding in open_store(store, limits=Limits(depth=3)).check()} == {"json-depth"}
    assert load_graph(store, limits=Limits(values=100)).spaces
    with pytest.raises(InvalidDocument):
        load_graph(store, limits=Limits(values=10))


def test_findings_of_a_store_are_limited_together(store: Path) -> None:
    for name in "abc":
        write_group(store / name, wrong(10))
    report = open_store(store, limits=Limits(findings=15)).check()
    (more,) = [finding for finding in report if "more error" in finding.message and finding.rule == "findings-left-out"]
    assert len(report.errors) == 16
    assert more.node


def test_what_is_not_limited_is_judged_as_ever() -> None:
    for level in Level:
        assert check(image(), level=level, limits=Limits()) == check(image(), level=level)


# --- the command line ---


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--max-size=100", "--max-size"),
        ("--max-size=0.1k", "expected a number"),
        ("--max-depth=3", "--max-depth"),
        ("--max-values=5", "--max-values"),
    ],
)
def test_options_of_the_command_line(
    option: str, text: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(image()))
    for arguments in (["validate", str(path)], ["graph", str(path)], ["validate", str(store)], ["show", str(store)]):
        try:
            code = main([*arguments, option])
        except SystemExit as error:  # the option itself is wrong
            code = int(str(error.code))
        out, err = capsys.readouterr()
        assert code in (1, 2)
        assert text in out + err


@pytest.mark.parametrize("size", ["1000000", "64M", "64mi", "1G", "64MiB", "100kB"])
def test_sizes_may_have_a_unit(size: str, store: Path) -> None:
    assert main(["validate", str(store), "--max-size", size]) == 0


@pytest.mark.parametrize("depth", ["257", "1k", "0", "-1", "", "x"])
def test_a_limit_that_is_none_is_refused(depth: str, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(["validate", str(store), f"--max-depth={depth}"])
    assert error.value.code == 2
    assert "--max-depth" in capsys.readouterr().err


def test_findings_that_were_asked_for_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(wrong(400)))
    answer: Any = {}
    for arguments, count in ([], 100), (["--max-findings=300"], 301), (["--max-findings", "5"], 6):
        assert main(["validate", "--format=json", str(path), *arguments]) == 1
        (answer,) = json.loads(capsys.readouterr().out)
        assert len(answer["findings"]) == count
    assert answer["message"].startswith("more than 5 errors")


@pytest.mark.parametrize("kind", ["document", "store"])
def test_runners_may_set_limits(kind: str, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = store / "zarr.json" if kind == "document" else store
    assert main(["dingus", kind, str(path), "--max-values", "10"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["valid"] is False
    assert answer["findings"][0]["rule"] == "json-size"


def test_the_numbers_in_the_help_are_those_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["validate", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    usual = Limits()
    assert f"(default: {usual.size // 2**20}Mi)" in said
    assert f"at most: {usual.depth}" in said
    assert f"(default: {usual.text_values:,};" in said
    assert f"(default: {usual.findings:,}," in said


def test_the_other_engine_compares_entries_in_linear_time() -> None:
    engine = validator(OME_ZARR_0_6.schema, compiled=False)
    wells = [{"path": f"A/{index}", "rowIndex": 0, "columnIndex": index} for index in range(8_000)]
    plate = {"columns": [{"name": "1"}], "rows": [{"name": "A"}], "wells": wells}
    document: Any = {"ome": {"version": "0.6", "plate": plate}}
    assert engine.is_valid(document)
    wells[-1] = dict(wells[0], rowIndex=0.0)
    assert [path[-1] for _, path in engine.iter_faults(document)] == ["uniqueItems"]
    wells[-1] = dict(wells[0], rowIndex=False)
    assert "uniqueItems" not in [path[-1] for _, path in engine.iter_faults(document)]


def test_what_a_text_may_hold_can_be_dumped() -> None:
    free = {"x": list(range(600_000)), "y": list(range(600_000))}
    document = parse(json.dumps(image() | free), OmeZarr)
    assert dump(document)["y"][-1] == 599_999


def test_limits_are_given_as_such() -> None:
    with pytest.raises(TypeError, match="limits are given as Limits"):
        check(image(), limits=5)  # type: ignore[arg-type]
