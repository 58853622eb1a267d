"""The demo tells what the README promises."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from examples.demo import demo


def test_demo_runs_and_finds_what_it_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        demo(tmp_path)
    finally:
        os.chdir(before)
    out = capsys.readouterr().out
    assert "sample.zarr: valid ome-zarr/0.6" in out
    assert "2.75 24.27451905283833 21.02451905283833" in out
    for rule in ("image-references-resolve", "dataset-path-is-input", "parameter-lengths"):
        assert f"[{rule}]" in out
