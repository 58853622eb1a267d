"""The benchmarks run, and measure what they say that they measure."""

from __future__ import annotations

import dataclasses
import gc
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import zarr_spaces
from benchmarks import documents, point_cases, points, race, results, samples
from benchmarks.race import Race, Side
from zarr_spaces.transform.contract import FloatArray
from zarr_spaces.transform.point_map import Permutation, Scale

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def without_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    # None in sys.modules is what makes an import fail, whether a package is installed or not.
    models = "ome_zarr_models", "ome_zarr_models.v06.image", "ome_zarr_models.v06.hcs", "yaozarrs"
    for name in (*models, "transformnd", "transformnd.transforms"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(documents, "installed", lambda package: None)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    titles: list[str] = []
    for module in (documents, points):
        monkeypatch.setattr(module, "write_section", lambda title, body: titles.append(title))
    return titles


@pytest.mark.parametrize(
    "document", [samples.image(), samples.registered_image(), samples.plate()], ids=["image", "registered", "plate"]
)
def test_nothing_is_found_in_what_is_compared(document: samples.Document) -> None:
    assert zarr_spaces.check(document).findings == ()
    assert zarr_spaces.dump(zarr_spaces.parse(document)) == document


def test_the_plate_has_384_wells() -> None:
    wells = samples.plate()["ome"]["plate"]["wells"]
    assert len({well["path"] for well in wells}) == 384


@pytest.mark.parametrize(
    "document",
    [samples.image_with_wrong_input(), samples.image_with_wrong_types(), samples.plate_with_wrong_paths()],
    ids=["input", "types", "paths"],
)
def test_broken_documents_are_broken(document: samples.Document) -> None:
    assert not zarr_spaces.check(document).valid


@pytest.mark.usefixtures("without_peers")
def test_documents_are_measured_without_peers(capsys: pytest.CaptureFixture[str], written: list[str]) -> None:
    documents.main(["--quick"])
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("- ") and line.endswith(": ?, target 0.50: not measured") for line in lines) == 3
    for name in ("ImageAttrs.model_validate", "HCSAttrs.model_validate", "OMEAttributes", "import yaozarrs"):
        rows = [line for line in lines if name in line and line.startswith("|")]
        assert rows, name
        assert all("not installed, not measured" in row for row in rows), name
    assert sum("`zarr_spaces.parse(doc)`" in line and "µs" in line for line in lines) == 3
    assert any(line.startswith(f"| {documents.REGISTERED} | rule ") for line in lines)
    assert not written
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("without_peers")
def test_point_maps_are_measured_without_peers(
    capsys: pytest.CaptureFixture[str], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "QUICK_SIZES", (1, 40))
    monkeypatch.setattr(points, "DIMENSIONS", (2, 5))
    points.main(["--quick"])
    lines = capsys.readouterr().out.splitlines()
    titles = [line for line in lines if line.startswith("### ")]
    assert len(set(titles)) == len(point_cases.KINDS)
    rows = [line for line in lines if line.startswith(("| 1 |", "| 40 |"))]
    assert len(rows) == 4 * len(point_cases.KINDS)
    assert all("µs" in row and row.count("not measured") == 1 for row in rows)
    said = [line for line in lines if line.startswith("- ")]
    assert [line.partition(": ")[0] for line in said] == [
        "- Affine, 1 x 2, `x @ A.T + b`",
        "- Affine, 1 x 5, `x @ A.T + b`",
        "- every kind and size, transformnd",
    ]
    assert said[-1].endswith(": ?, target 1.05: not measured")
    assert not written
    monkeypatch.setattr(points, "report", lambda sizes, repeats, batch: f"{max(sizes)}")
    points.main([])
    assert written == ["Point maps"]


def test_ratios_of_new_arrays_and_of_out_are_told_apart() -> None:
    def nothing() -> FloatArray:
        return np.empty(0)

    others = Side("sum", nothing, 1.5), Side("transformnd", nothing), Side("absent", None, 2.0)
    case = point_cases.Case("Map", 1000, 3, nothing, nothing, others, (Side("copy", nothing, 1.6),))
    seconds = {"ours": 2e-6, "ours into `out`": 9e-6, "sum": 1e-6, "transformnd": 8e-6, "copy": 6e-6}
    measured = points.Measured(case, seconds)
    assert list(points.targets([measured])) == [
        "- Map, 1,000 x 3, sum: 2.00, target 1.50: missed",
        "- Map, 1,000 x 3, absent: not measured, target 2.00: not measured",
        "- Map, 1,000 x 3, copy: 1.50, target 1.60: met",
        "- every kind and size, transformnd: 0.25 to 0.25, target 1.05: met",
    ]
    title, table = points.tables([[measured]])
    assert title == "### Map"
    assert table.splitlines()[2] == "| 1,000 | 3 | 2.00 µs | 2.00 | 0.25 | not measured | 9.00 µs | 1.50 |"


@pytest.mark.parametrize(("shape", "target"), [((1_000_000, 3), 1.6), ((999_999, 3), None)])
def test_copying_is_a_target_where_the_memory_limits(shape: tuple[int, int], target: float | None) -> None:
    these = point_cases.given(np.random.default_rng(0), 1, 3)
    many = dataclasses.replace(these, points=np.broadcast_to(these.points, shape))
    assert many.copy_target(Scale([1, 2, 3])) == target
    assert many.copy_target(Permutation([1, 2, 0])) is None


def test_what_computes_something_else_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    these = point_cases.given(np.random.default_rng(0), 10, 3)

    def scaling(by: float) -> SimpleNamespace:
        return SimpleNamespace(Scale=lambda s: SimpleNamespace(apply=lambda points: points * s * by))

    monkeypatch.setitem(sys.modules, "transformnd.transforms", scaling(1))
    peer = point_cases.scale(these).others[-1]
    assert peer.name == "transformnd"
    assert peer.function is not None
    np.testing.assert_array_equal(peer.function(), these.points * these.factors)
    monkeypatch.setitem(sys.modules, "transformnd.transforms", scaling(2))
    with pytest.raises(AssertionError, match="transformnd"):
        point_cases.scale(these)


def test_a_race_tells_ratio_target_and_who_is_missing() -> None:
    def slow() -> object:
        return sorted(range(3000), key=str)

    sides = [Side("ours", slow), Side("quick", lambda: None, 0.5), Side("same", slow, 1e6), Side("absent", None, 0.5)]
    ours, quick, same, absent = race.run(Race("sorting", sides), 3, 0.001)
    assert [row[:2] for row in (ours, quick)] == [("sorting", "ours"), ("sorting", "quick")]
    assert ours[4:] == ("", "")
    assert float(quick[4]) > 1
    assert quick[5] == "0.50: missed"
    assert same[5].endswith(": met")
    assert absent == ("sorting", "absent", "not installed, not measured", "", "", "0.50: not measured")


@pytest.mark.parametrize(
    ("ratio", "target", "said"), [(0.4, 0.5, "0.50: met"), (0.5, 0.5, "0.50: met"), (0.51, 0.5, "0.50: missed")]
)
def test_verdicts(ratio: float, target: float, said: str) -> None:
    assert results.verdict(ratio, target) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(2e-6, "2.00 µs"), (9.994e-4, "999.40 µs"), (0.25, "250.00 ms"), (-0.002, "-2.00 ms")]
)
def test_durations(seconds: float, said: str) -> None:
    assert results.duration(seconds) == said


def test_a_section_is_replaced_in_its_place_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "results.md"
    results.write_section("First", "one\n\n### Part\n\nmore\n", path)
    results.write_section("Second", "two", path)
    results.write_section("First", "three", path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Measured speed\n")
    assert text.endswith("\n## First\n\nthree\n\n## Second\n\ntwo\n")
    assert "one" not in text.partition("## First")[2]


def test_the_environment_names_what_is_installed_only() -> None:
    said = results.environment(("zarr-spaces", "no-such-package"))
    assert f"zarr-spaces {zarr_spaces.__version__}" in said
    assert "no-such-package" not in said
