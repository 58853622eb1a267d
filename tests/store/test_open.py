"""Opening a store, and what is told where there is none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from zarr_spaces import StoreError, open_store
from zarr_spaces.store.files import LocalFiles

if TYPE_CHECKING:
    from pathlib import Path


def reason(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert str(path) in str(caught.value)
    return caught.value.reason


def test_a_folder_its_zarr_json_and_a_string_open_the_same_store(make: Any) -> None:
    root = make.store(make.two_images())
    known = set(open_store(root).graph.spaces)
    assert known == set(open_store(root / "zarr.json").graph.spaces)
    assert known == set(open_store(f"{root}{os.sep}").graph.spaces)
    assert len(known) == 7


def test_any_group_can_be_the_root(make: Any) -> None:
    store = open_store(make.store(make.two_images()) / "a")
    assert store.check().valid
    assert store.transform({"path": "1"}, {"path": "0"}, [[1, 2]]).tolist() == [[2.5, 4.5]]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no such" in reason(tmp_path / "gone")


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "image.tif").write_bytes(b"")
    assert "file" in reason(tmp_path / "image.tif")


def test_a_folder_without_zarr_json_is_no_store(tmp_path: Path) -> None:
    assert "zarr.json" in reason(tmp_path)


@pytest.mark.parametrize("name", [".zgroup", ".zattrs", ".zarray"])
def test_zarr_v2_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    assert "Zarr v2" in reason(tmp_path)


def test_a_path_with_a_null_character_is_a_store_error() -> None:
    with pytest.raises(StoreError):
        open_store("a\0b")


def test_nothing_is_read_before_it_is_needed(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LocalFiles, "metadata", lambda _, path: pytest.fail(f"the metadata of {path!r} was read"))
    open_store(make.store({"": "{ broken"}))


def test_what_is_no_local_path_is_refused() -> None:
    with pytest.raises(StoreError, match=r"s3://bucket/a\.zarr.*no URLs"):
        open_store("s3://bucket/a.zarr")
    with pytest.raises(TypeError, match="not a dict"):
        open_store({})  # type: ignore[arg-type]
