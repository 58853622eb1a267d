"""Documents written into groups: nothing else changes there, and nothing is left half done."""

from __future__ import annotations

import copy
import json
import os
import stat
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zarr
from hypothesis import given
from hypothesis import strategies as st
from zarr.storage import MemoryStore

from zarr_spaces import InvalidDocument, StoreError, ZarrSpacesWarning, dump, open_store, parse
from zarr_spaces._generated.bindings.composition import GeoAttributes
from zarr_spaces.build import image, multiscale_layout, plate, pyramid, well
from zarr_spaces.document.decode import decode
from zarr_spaces.errors import StaleMetadata
from zarr_spaces.ome_zarr.v0_6 import Axis, OmeZarr
from zarr_spaces.store import atomic
from zarr_spaces.store.splice import set_attributes
from zarr_spaces.store.write import write
from zarr_spaces.testing import json_values
from zarr_spaces.zarr_multiscales.v0_1_0 import ZarrMultiscales

CELLS = image("yx", name="cells", pixel_size=0.5, units="micrometer")
NUCLEI = image("yx", name="nuclei", pixel_size=0.5, units="micrometer")
UNKNOWN_UNIT = image([Axis(name="y", type="space"), Axis(name="x", type="space")], name="cells", pixel_size=0.5)


def node(text: str | bytes, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zarr.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def attributes(folder: Path) -> Any:
    return json.loads((folder / "zarr.json").read_text())["attributes"]


def names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


# Local groups.


@pytest.mark.parametrize("place", ["new", "new/and/deep", ".", "with arrays"])
def test_a_group_is_made_where_there_is_none(tmp_path: Path, place: str) -> None:
    (tmp_path / "with arrays" / "0").mkdir(parents=True)
    report = write(CELLS, tmp_path / place)
    assert report.valid
    assert json.loads((tmp_path / place / "zarr.json").read_text()) == {
        "zarr_format": 3,
        "node_type": "group",
        "attributes": dump(CELLS),
    }
    assert parse(tmp_path / place / "zarr.json", OmeZarr) == CELLS
    assert zarr.open_group(tmp_path / place, mode="r").attrs["ome"] == dump(CELLS)["ome"]


def test_what_is_written_fits_to_arrays_of_the_array_library(tmp_path: Path) -> None:
    group = zarr.create_group(tmp_path / "cells.zarr")
    for level, size in enumerate([8, 4]):
        group.create_array(str(level), shape=(size, size), dtype="uint8", dimension_names=["y", "x"])
    document = pyramid("yx", name="cells", pixel_size=0.5, units="micrometer", factors=[2], method="mean")
    assert write(document, str(tmp_path / "cells.zarr")).findings == ()
    assert open_store(tmp_path / "cells.zarr").check().findings == ()


INDENTED = """{
  "zarr_format": 3,
  "x-kept": [1e5, 1.0E+05, 123456789012345678901234567890,   -0.0, "\\u00e9"],
  "attributes": {
    "before": {"a":1 , "b": 0.1000000000000000055},
    "ome": {"version": "0.5"},
    "behind": null
  },
  "node_type": "group"
}
"""


def test_nothing_else_in_the_file_changes(tmp_path: Path) -> None:
    folder = node(INDENTED, tmp_path / "a")
    write(CELLS, folder, overwrite=True)
    text = (folder / "zarr.json").read_text()
    head, _, tail = INDENTED.partition('{"version": "0.5"}')
    assert text.startswith(head)
    assert text.endswith(tail)
    assert attributes(folder)["ome"] == dump(CELLS)["ome"]
    assert '\n    "ome": {\n      "version": "0.6",\n' in text  # laid out as the rest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"zarr_format":3,"node_type":"group"}', '{"zarr_format":3,"node_type":"group","attributes":{"ome":1}}'),
        ('{"attributes": {}, "a": 1}', '{"attributes": {"ome": 1}, "a": 1}'),
        ('{"attributes": {"b": 2}}', '{"attributes": {"b": 2, "ome": 1}}'),
        ('{"attributes": {"ome": {}}}', '{"attributes": {"ome": 1}}'),
        ('{\n\t"attributes": {}\n}', '{\n\t"attributes": {\n\t\t"ome": 1\n\t}\n}'),
        ('{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "attributes": {\r\n    "ome": 1\r\n  }\r\n}\r\n'),
        ('{\n  "attributes": {\n    "b": 2\n  }\n}', '{\n  "attributes": {\n    "b": 2,\n    "ome": 1\n  }\n}'),
        ('{"ome": 0, "attributes": {"c": {"ome": 0}}}', '{"ome": 0, "attributes": {"c": {"ome": 0}, "ome": 1}}'),
        ('{"attributes": {"\\u006fme": 0}}', '{"attributes": {"\\u006fme": 1}}'),
        ("{}", '{"attributes":{"ome":1}}'),
    ],
)
def test_members_are_laid_out_as_the_text_around_them(before: str, after: str) -> None:
    assert set_attributes(before, {"ome": 1}) == after


@given(
    st.dictionaries(st.text(max_size=4), json_values(), max_size=4),
    st.dictionaries(st.sampled_from(["ome", "a", 'ü"\\']) | st.text(max_size=4), json_values(), max_size=3),
    st.sampled_from([None, 1, 2, "\t"]),
    st.booleans(),
)
def test_members_are_put_into_any_text(node: Any, members: Any, indent: Any, is_ascii: bool) -> None:
    if not isinstance(node.get("attributes", {}), dict):
        del node["attributes"]
    try:
        text = json.dumps(node, indent=indent, ensure_ascii=is_ascii)
        text.encode()
        json.dumps(members, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:  # what is no JSON does not get here
        return
    if decode(text)[1]:
        return
    expected = copy.deepcopy(node)
    if members:
        expected["attributes"] = expected.get("attributes", {}) | members
    assert decode(set_attributes(text, members)) == (expected, ())


def test_what_is_there_already_is_left_alone(tmp_path: Path) -> None:
    text = json.dumps({"zarr_format": 3, "node_type": "group", "attributes": dump(CELLS)}, indent=7)
    folder = node(text, tmp_path / "a")
    before = (folder / "zarr.json").stat()
    write(CELLS, folder)
    after = (folder / "zarr.json").stat()
    assert (folder / "zarr.json").read_text() == text
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_other_metadata_is_replaced_only_when_asked(tmp_path: Path) -> None:
    write(NUCLEI, tmp_path)
    before = (tmp_path / "zarr.json").read_bytes()
    with pytest.raises(StoreError, match=r"in the attribute 'ome': overwrite=True replaces it"):
        write(CELLS, tmp_path)
    assert (tmp_path / "zarr.json").read_bytes() == before
    write(CELLS, tmp_path, overwrite=True)
    assert parse(tmp_path / "zarr.json", OmeZarr) == CELLS


def test_true_is_not_the_number_one(tmp_path: Path) -> None:
    document = copy.deepcopy(CELLS)
    document.extra = {"flag": True, "list": [1, {"a": 0}]}
    write(document, tmp_path)
    document.extra = {"flag": 1, "list": [1, {"a": 0}]}
    with pytest.raises(StoreError, match="'flag'"):
        write(document, tmp_path)
    document.extra = {"flag": True, "list": [1.0, {"a": 0.0}]}
    before = (tmp_path / "zarr.json").read_bytes()
    write(document, tmp_path)
    assert (tmp_path / "zarr.json").read_bytes() == before


def test_attributes_that_a_document_was_read_with_are_its_members(tmp_path: Path) -> None:
    document = copy.deepcopy(CELLS)
    document.extra = {"license": "CC0"}
    write(document, tmp_path)
    assert attributes(tmp_path) == {**dump(CELLS), "license": "CC0"}


def test_a_zarr_json_stands_for_its_group(tmp_path: Path) -> None:
    write(NUCLEI, tmp_path)
    write(CELLS, tmp_path / "zarr.json", overwrite=True)
    assert parse(tmp_path / "zarr.json", OmeZarr) == CELLS


def test_a_zarr_json_stands_for_its_group_before_there_is_one(tmp_path: Path) -> None:
    write(CELLS, tmp_path / "new.zarr" / "zarr.json")
    assert (tmp_path / "new.zarr" / "zarr.json").is_file()
    assert open_store(tmp_path / "new.zarr" / "zarr.json").read("") is not None
    assert parse(tmp_path / "new.zarr" / "zarr.json", OmeZarr) == CELLS


def test_an_empty_path_is_no_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r'an empty path names no group: for that of the working directory write "\."'):
        write(CELLS, "")
    assert names(tmp_path) == []
    write(CELLS, ".")
    assert names(tmp_path) == ["zarr.json"]


def test_no_group_is_made_inside_an_array(tmp_path: Path) -> None:
    root = zarr.create_group(tmp_path / "a.zarr")
    root.create_array("0", shape=(8, 8), dtype="uint8")
    zarr.create_array(tmp_path / "old", shape=(8, 8), dtype="uint8", zarr_format=2)
    for place in ("a.zarr/0/sub", "a.zarr/0/c/deep/sub", "old/sub"):
        with pytest.raises(StoreError, match=r"it lies inside the array .*, which has no groups in it"):
            write(CELLS, tmp_path / place)
        assert not (tmp_path / place).exists()
    write(CELLS, tmp_path / "a.zarr" / "1")
    node("{", tmp_path / "broken")
    write(CELLS, tmp_path / "broken" / "1")


GROUP = '{"zarr_format": 3, "node_type": "group", "attributes": {}}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"zarr_format": 3, "node_type": "array", "shape": []}', "describes groups, and this is an array"),
        ('{"zarr_format": 2, "node_type": "group"}', "zarr_format must be 3, is 2"),
        ('{"zarr_format": 4, "node_type": "group"}', "zarr_format must be 3, is 4"),
        ('{"node_type": "group"}', "zarr_format must be 3"),
        ('{"zarr_format": 3}', "node_type must be group or array"),
        ('{"zarr_format": 3, "node_type": "group", "attributes": []}', "attributes must be an object"),
        ('{"zarr_format": 3, "node_type": "group", "attributes": {"a": NaN}}', "cannot be understood: .*NaN"),
        ('{"zarr_format": 3, "zarr_format": 3, "node_type": "group"}', "cannot be understood"),
        (b"\xff\xfe", "cannot be understood"),
        ("[3]", "is no JSON object"),
        ("", "cannot be understood"),
    ],
)
def test_nodes_that_cannot_have_the_metadata_are_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    folder = node(text, tmp_path / "a")
    before = (folder / "zarr.json").read_bytes()
    with pytest.raises(StoreError, match=message):
        write(CELLS, folder, overwrite=True)
    assert (folder / "zarr.json").read_bytes() == before
    assert names(folder) == ["zarr.json"]


@pytest.mark.parametrize("name", [".zgroup", ".zarray", ".zattrs", ".zmetadata"])
def test_folders_of_zarr_format_2_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    with pytest.raises(StoreError, match="of Zarr format 2: the metadata is for Zarr format 3"):
        write(CELLS, tmp_path)
    assert names(tmp_path) == [name]


def test_places_that_no_group_can_be_at_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "odd" / "zarr.json").mkdir(parents=True)
    places: list[tuple[str | Path, str]] = [
        (tmp_path / "file", "it is a file; a group is a folder"),
        (tmp_path / "file" / "below", "cannot be written"),
        (tmp_path / "dangling", "a link that leads nowhere"),
        (tmp_path / "circle", "a link that leads nowhere"),
        (tmp_path / "circle" / "below", "cannot be written"),
        (tmp_path / "odd", "it is a folder"),
        ("https://example.org/a.zarr", "it is a URL: open the group with zarr.open_group"),
        ("null\0character", "cannot be written"),
        (tmp_path / ("long" * 100), "cannot be written"),
    ]
    for place, message in places:
        with pytest.raises(StoreError, match=message):
            write(CELLS, place)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_behind_a_link_is_written_and_the_link_kept(tmp_path: Path) -> None:
    node(GROUP, tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    write(CELLS, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert attributes(tmp_path / "real") == dump(CELLS)


@pytest.mark.parametrize("there", [True, False])
def test_a_linked_file_is_not_written(tmp_path: Path, there: bool) -> None:
    target = tmp_path / "elsewhere.json"
    if there:
        target.write_text(GROUP)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "zarr.json").symlink_to(target)
    with pytest.raises(StoreError, match=r"its zarr.json is a link to .*elsewhere.json: write to the group"):
        write(CELLS, tmp_path / "a", overwrite=True)
    assert (tmp_path / "a" / "zarr.json").is_symlink()
    assert target.exists() == there
    assert not there or target.read_text() == GROUP


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_of_the_file_is_kept(tmp_path: Path, mode: int) -> None:
    folder = node(GROUP, tmp_path / "a")
    (folder / "zarr.json").chmod(mode)
    write(CELLS, folder)
    assert (folder / "zarr.json").stat().st_mode & 0o777 == mode


# Failures.


@pytest.mark.parametrize("failing", ["os.replace", "os.fsync", "os.chmod"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "break"])
def test_a_failure_in_the_middle_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    folder = node(GROUP, tmp_path / "a")

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(failing, fail)
    with pytest.raises(StoreError if isinstance(error, OSError) else KeyboardInterrupt) as caught:
        write(CELLS, folder)
    monkeypatch.undo()
    if isinstance(error, OSError):
        assert "it cannot be written: No space left on device" in str(caught.value)
    assert (folder / "zarr.json").read_text() == GROUP
    assert names(folder) == ["zarr.json"]
    write(CELLS, folder)
    assert attributes(folder) == dump(CELLS)


def test_what_may_not_be_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = node(GROUP, tmp_path / "a")
    # Permissions mean nothing to the superuser, as whom tests may run: so the answers of the system are given here.
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(StoreError, match=r"its zarr.json may not be written"):
        write(CELLS, folder)
    monkeypatch.undo()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    opened = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(
            "pathlib.Path.open", lambda self, mode, **how: (refuse if mode == "xb" else opened)(self, mode, **how)
        )
        with pytest.raises(StoreError, match=r"zarr.json: it cannot be written: Permission denied"):
            write(CELLS, folder)
    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    with pytest.raises(StoreError, match="it cannot be written: Permission denied"):
        write(CELLS, tmp_path / "new")
    assert (folder / "zarr.json").read_text() == GROUP
    assert names(tmp_path) == ["a"]


def test_what_is_wrong_is_not_written(tmp_path: Path) -> None:
    broken = copy.deepcopy(CELLS)
    assert broken.ome.multiscales is not None
    broken.ome.multiscales[0].datasets = []
    with pytest.raises(InvalidDocument, match="datasets"):
        write(broken, tmp_path / "a")
    with pytest.raises(InvalidDocument, match="axis-unit-known"):
        write(UNKNOWN_UNIT, tmp_path / "a", strict=True)
    assert not (tmp_path / "a").exists()
    assert [finding.rule for finding in write(UNKNOWN_UNIT, tmp_path / "a")] == ["axis-unit-known"] * 2


def test_only_whole_typed_documents_are_written(tmp_path: Path) -> None:
    for part in (Axis(name="x"), dump(CELLS), "{}", None):
        with pytest.raises(TypeError, match="is no whole typed document"):
            write(part, tmp_path)  # type: ignore[arg-type]  # the point of the test
    for target in (None, 3, {"a": 1}, np.zeros(3)):
        with pytest.raises(TypeError, match=r"a path or a zarr\.Group is needed"):
            write(CELLS, target)  # type: ignore[arg-type]  # the point of the test


# Groups of the array library.


@pytest.fixture(params=["memory", "local"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> zarr.Group:
    return zarr.create_group(MemoryStore() if request.param == "memory" else tmp_path / "a.zarr")


def test_groups_of_any_store_are_written(root: zarr.Group) -> None:
    root.attrs["other"] = {"a": [1, 2.5]}
    root.create_array("0", shape=(8, 8), dtype="uint8")[:] = 7
    assert write(CELLS, root).findings == ()
    again = zarr.open_group(root.store, mode="r")
    assert dict(again.attrs) == dict(root.attrs) == {"other": {"a": [1, 2.5]}, **dump(CELLS)}
    assert np.all(again["0"][:] == 7)  # type: ignore[index]
    with pytest.raises(StoreError, match=r"in the attribute 'ome': overwrite=True replaces it"):
        write(NUCLEI, root)
    write(NUCLEI, root, overwrite=True)
    assert zarr.open_group(root.store, mode="r").attrs["ome"] == dump(NUCLEI)["ome"]


def test_groups_below_the_root_are_written(root: zarr.Group) -> None:
    layout = plate("AB", 2, name="screen", field_count=1)
    write(layout, root)
    for place in layout.ome.plate.wells if layout.ome.plate else ():
        group = root.require_group(place.path)
        write(well(1), group)
        write(CELLS, group.create_group("0"))
    assert zarr.open_group(root.store, mode="r")["B/2/0"].attrs["ome"] == dump(CELLS)["ome"]


def test_nodes_of_the_array_library_that_cannot_have_it_are_refused(root: zarr.Group) -> None:
    array = root.create_array("0", shape=(2, 2), dtype="uint8")
    with pytest.raises(StoreError, match="describes groups, and this is an array"):
        write(CELLS, array)
    with pytest.raises(StoreError, match="zarr_format must be 3, is 2"):
        write(CELLS, zarr.create_group(MemoryStore(), zarr_format=2))
    with pytest.raises(StoreError, match=r'opened for reading alone: open it with mode="r\+"'):
        write(CELLS, zarr.open_group(root.store, mode="r"))
    assert "ome" not in root.attrs
    assert "ome" not in array.attrs


def test_a_store_that_fails_can_be_tried_again(root: zarr.Group, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(root.store), "set", fail)
    with pytest.raises(StoreError, match="No space left"):
        write(CELLS, root)
    monkeypatch.undo()
    assert dict(root.attrs) == {}
    write(CELLS, root)
    assert zarr.open_group(root.store, mode="r").attrs["ome"] == dump(CELLS)["ome"]


def test_metadata_that_arrays_may_have_is_written_to_arrays(root: zarr.Group, tmp_path: Path) -> None:
    document = parse({"geo": {"proj": {"version": "0.1", "code": "EPSG:4326"}}}, GeoAttributes)
    array = root.create_array("0", shape=(2, 2), dtype="uint8")
    write(document, array)
    again = zarr.open_array(root.store, path="0", mode="r")
    assert dict(again.attrs) == dump(document)
    text = '{"zarr_format": 3, "node_type": "array", "shape": [2, 2], "fill_value": 1e0}'
    folder = node(text, tmp_path / "local")
    write(document, folder)
    assert (folder / "zarr.json").read_text() == text[:-1] + f', "attributes": {json.dumps(dump(document))}}}'


# Consolidated metadata.


def consolidate(store: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library says that no other one may read it
        zarr.consolidate_metadata(store)


def test_a_copy_above_is_told_of_and_left(tmp_path: Path) -> None:
    root = zarr.create_group(tmp_path / "a.zarr")
    root.create_group("b/c")
    write(CELLS, tmp_path / "a.zarr" / "b" / "c")
    consolidate(root.store)
    before = (tmp_path / "a.zarr" / "zarr.json").read_bytes()
    write(CELLS, tmp_path / "a.zarr" / "b" / "c")  # changes nothing
    with pytest.warns(StaleMetadata, match=r"metadata of .*a\.zarr does not know .* consolidate it again") as caught:
        write(NUCLEI, tmp_path / "a.zarr" / "b" / "c", overwrite=True)
    assert caught[0].filename == __file__
    assert issubclass(StaleMetadata, ZarrSpacesWarning)
    assert (tmp_path / "a.zarr" / "zarr.json").read_bytes() == before
    consolidate(root.store)
    assert zarr.open_consolidated(root.store)["b/c"].attrs["ome"] == dump(NUCLEI)["ome"]


def test_a_copy_above_a_group_of_any_store_is_told_of(root: zarr.Group) -> None:
    below = root.create_group("b/c")
    consolidate(root.store)
    with pytest.warns(StaleMetadata, match="consolidate it again"):
        write(CELLS, below)
    assert zarr.open_group(root.store, path="b/c", mode="r").attrs["ome"] == dump(CELLS)["ome"]


def test_consolidated_metadata_of_the_group_itself_is_kept(tmp_path: Path) -> None:
    root = zarr.create_group(tmp_path / "a.zarr")
    root.create_array("0", shape=(8, 8), dtype="uint8")
    consolidate(root.store)
    write(CELLS, tmp_path / "a.zarr")
    opened = zarr.open_consolidated(root.store)
    assert opened.attrs["ome"] == dump(CELLS)["ome"]
    assert opened.metadata.consolidated_metadata is not None
    assert list(opened.metadata.consolidated_metadata.metadata) == ["0"]
    write(NUCLEI, zarr.open_consolidated(root.store, mode="r+"), overwrite=True)
    assert zarr.open_consolidated(root.store).metadata.consolidated_metadata is not None


def test_a_group_from_a_copy_out_of_date_is_written_by_what_it_is(root: zarr.Group) -> None:
    below = root.create_group("b")
    write(CELLS, below)
    consolidate(root.store)
    del zarr.open_group(root.store, path="b").attrs["ome"]  # behind the back of the copy
    stale = zarr.open_consolidated(root.store, mode="r+")["b"]
    assert isinstance(stale, zarr.Group)
    assert "ome" in stale.attrs
    with pytest.warns(StaleMetadata, match="consolidate it again"):
        write(CELLS, stale)
    assert dict(zarr.open_group(root.store, path="b", mode="r").attrs) == dump(CELLS)


def test_a_copy_out_of_date_does_not_come_back(root: zarr.Group) -> None:
    below = root.create_group("b")
    below.attrs["old"] = 1
    consolidate(root.store)
    current = zarr.open_group(root.store, path="b")
    del current.attrs["old"]
    current.attrs.update({"new": 2, **dump(NUCLEI)})
    stale = zarr.open_consolidated(root.store, mode="r+")["b"]
    assert isinstance(stale, zarr.Group)
    with pytest.raises(StoreError, match=r"in the attribute 'ome': overwrite=True replaces it"):
        write(CELLS, stale)
    assert dict(stale.attrs) == {"old": 1}
    with pytest.warns(StaleMetadata):
        write(CELLS, stale, overwrite=True)
    again = zarr.open_group(root.store, path="b", mode="r")
    assert dict(again.attrs) == dict(stale.attrs) == {"new": 2, **dump(CELLS)}
    assert again.metadata.consolidated_metadata is None


@pytest.mark.parametrize("kind", ["group", "array"])
def test_an_attribute_added_after_the_node_was_opened_is_kept(root: zarr.Group, kind: str) -> None:
    document = parse({"geo": {"proj": {"version": "0.1", "code": "EPSG:4326"}}}, GeoAttributes)
    opened = root.create_group("a") if kind == "group" else root.create_array("a", shape=(2, 2), dtype="uint8")
    other: Any = zarr.open(root.store, path="a", mode="r+")
    other.attrs["added"] = 1
    write(document, opened)
    kept: Any = zarr.open(root.store, path="a", mode="r")
    assert dict(kept.attrs) == dict(opened.attrs) == {"added": 1, **dump(document)}
    other = zarr.open(root.store, path="a", mode="r+")
    other.attrs["later"] = 2
    write(document, opened)  # changes nothing
    assert dict(opened.attrs) == {"added": 1, "later": 2, **dump(document)}


def test_a_node_that_is_gone_is_not_made_again(root: zarr.Group) -> None:
    below = root.create_group("b")
    del root["b"]
    with pytest.raises(StoreError, match="its metadata cannot be read any more"):
        write(CELLS, below)
    assert list(root.keys()) == []


@pytest.mark.parametrize("exists", [False, True])
def test_writers_at_the_same_time_lose_nothing(tmp_path: Path, exists: bool) -> None:
    documents: list[Any] = [
        image("yx", name="cells", pixel_size=0.5, units="micrometer"),
        multiscale_layout("yx", factors=[2]),
    ]
    with ThreadPoolExecutor(2) as pool:
        for attempt in range(40):
            folder = tmp_path / str(attempt)
            if exists:
                zarr.create_group(folder, attributes={"mine": 1})
            assert all(report.valid for report in pool.map(write, documents, [folder] * 2))
            assert attributes(folder).keys() == {"ome", "multiscales"} | ({"mine"} if exists else set())
            assert names(folder) == ["zarr.json"]


def test_of_two_writers_at_the_same_time_only_one_is_told_that_it_wrote(tmp_path: Path) -> None:
    def attempt(asked: tuple[Path, Any]) -> bool:
        try:
            write(asked[1], asked[0])
        except StoreError:
            return False
        return True

    documents = [multiscale_layout("yx", factors=[factor]) for factor in (2, 3)]
    with ThreadPoolExecutor(2) as pool:
        for number in range(40):
            folder = tmp_path / str(number)
            done = list(pool.map(attempt, [(folder, document) for document in documents]))
            assert sorted(done) == [False, True]
            assert parse(folder / "zarr.json", ZarrMultiscales) == documents[done.index(True)]


@pytest.mark.skipif(sys.platform == "win32", reason="locks are those of POSIX")
def test_a_writer_that_does_not_end_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zarr_spaces.store.atomic._PATIENCE", 0.05)
    with atomic.locked(tmp_path), pytest.raises(StoreError, match="another process has been writing"):
        write(multiscale_layout("yx", factors=[2]), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_many_attributes_are_put_in_at_once(tmp_path: Path) -> None:
    document = multiscale_layout("yx", factors=[2])
    document.extra = {f"note {index}": index for index in range(20_000)}
    write(document, tmp_path)
    document.extra |= {f"more {index}": index for index in range(20_000)}
    write(document, tmp_path, overwrite=True)
    assert parse(tmp_path / "zarr.json", ZarrMultiscales) == document


def test_file_and_folder_are_flushed_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[bool] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        flushed.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    write(multiscale_layout("yx", factors=[2]), tmp_path)
    assert flushed == [False, True]


def test_copies_above_the_target_of_a_link_are_stale(tmp_path: Path) -> None:
    root = zarr.create_group(tmp_path / "root.zarr")
    root.create_group("inner")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        zarr.consolidate_metadata(root.store)
    (tmp_path / "link").symlink_to(tmp_path / "root.zarr" / "inner")
    with pytest.warns(StaleMetadata, match="root"):
        write(multiscale_layout("yx", factors=[2]), tmp_path / "link")
