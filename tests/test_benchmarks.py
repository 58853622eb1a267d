"""The benchmarks run, and measure what they say that they measure."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest

import zarr_spaces
from benchmarks import documents, points, race, results, samples
from benchmarks.race import Race, Side

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def without_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    # None in sys.modules is what makes an import fail, whether a package is installed or not.
    for name in ("ome_zarr_models", "ome_zarr_models.v06.image", "ome_zarr_models.v06.hcs", "yaozarrs"):
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


def test_point_maps_are_measured(
    capsys: pytest.CaptureFixture[str], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "rows", lambda large, repeats: [("affine", f"{large:,}", *["0"] * 6)])
    points.main(["--quick"])
    assert "| affine | 200,000 |" in capsys.readouterr().out
    assert not written
    points.main([])
    assert written == ["Point maps"]


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
