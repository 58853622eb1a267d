"""Nothing outside the root is read, whatever paths and links say."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from zarr_spaces import UnknownSpace, open_store


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """List every file that is read, with links followed."""
    seen: list[Path] = []
    plain = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        seen.append(path.resolve())
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    return seen


def outside(make: Any) -> Path:
    """Write a sound image beside the store."""
    other: Path = type(make)(make.folder / "elsewhere").store({"": make.image(), "0": make.array})
    return other


def look(root: Path, reads: list[Path]) -> set[str]:
    """Use all of a store; return the rules that it breaks."""
    store = open_store(root)
    report = store.check("values")
    assert len(store.graph.spaces) + len(store.graph.dangling) > 0
    assert root.resolve() / "zarr.json" in reads
    assert all(path.is_relative_to(root.resolve()) for path in reads)
    return {finding.rule for finding in report}


WAYS_OUT = ["../elsewhere/store/0", "../../elsewhere/store/0", "0/../../../elsewhere/store/0", "{absolute}/0"]


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_path_of_a_level_leads_nowhere_outside(make: Any, reads: list[Path], way: str) -> None:
    path = way.format(absolute=outside(make))
    # One fault, one finding: what steps up is told without a look at where it leads.
    rule = "dataset-arrays-exist" if way.startswith("{absolute}") else "paths-lead-below"
    assert rule in look(make.store({"": make.image(path)}), reads)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_path_of_a_scene_leads_nowhere_outside(make: Any, reads: list[Path], way: str) -> None:
    path = way.format(absolute=outside(make)).removesuffix("/0")
    root = make.store({"": make.scene(path)})
    rule = "image-references-resolve" if way.startswith("{absolute}") else "paths-lead-below"
    assert rule in look(root, reads)
    with pytest.raises(UnknownSpace):
        open_store(root).graph.find({"path": path, "name": "um"})


def test_a_path_that_steps_up_is_refused_even_where_it_comes_back(make: Any, reads: list[Path]) -> None:
    nodes = {"": make.scene("x/../a"), "x": make.group(), "a": make.image(), "a/0": make.array}
    root = make.store(nodes)
    assert look(root, reads) == {"paths-lead-below"}
    (hanging,) = open_store(root).graph.dangling
    assert "steps up" in hanging.reason


@pytest.mark.parametrize("linked", ["folder", "file"])
def test_a_link_that_leads_out_is_not_followed(make: Any, reads: list[Path], linked: str) -> None:
    other, root = outside(make), make.store({"": make.scene("a")})
    if linked == "folder":
        (root / "a").symlink_to(other)
    else:
        (root / "a").mkdir()
        (root / "a" / "zarr.json").symlink_to(other / "zarr.json")
    assert "image-references-resolve" in look(root, reads)


def test_a_link_that_leads_out_is_said_to_be_the_reason(make: Any) -> None:
    other, root = outside(make), make.store({"": make.scene("a")})
    (root / "a").symlink_to(other)
    (finding,) = open_store(root).check().findings
    assert "link" in f"{finding.message} {finding.hint}"


def test_a_link_inside_is_followed(make: Any, reads: list[Path]) -> None:
    root = make.store({"": make.scene("b"), "a": make.image(), "a/0": make.array})
    (root / "b").symlink_to("a")
    assert not look(root, reads)


def test_the_root_itself_may_be_a_link(make: Any) -> None:
    link = make.folder / "link"
    link.symlink_to(make.store({"": make.image(), "0": make.array}))
    assert open_store(link).check().valid
    assert open_store(link).graph.edges


def test_links_that_name_each_other_are_no_node(make: Any, reads: list[Path]) -> None:
    root = make.store({"": make.image("l1")})
    (root / "l1").symlink_to("l2")
    (root / "l2").symlink_to("l1")
    assert "dataset-arrays-exist" in look(root, reads)


def test_links_that_name_each_other_hide_no_sibling(make: Any) -> None:
    root = make.store({"": make.scene("z"), "z": make.image("gone")})
    (root / "l1").symlink_to("l2")
    (root / "l2").symlink_to("l1")
    assert {finding.node for finding in open_store(root).check()} == {"z"}


def test_a_link_to_its_own_parent_repeats_no_finding(make: Any) -> None:
    root = make.store({"": make.image("gone")})
    (root / "self").symlink_to(root)
    (finding,) = open_store(root).check()
    assert (finding.rule, finding.node) == ("dataset-arrays-exist", "")


def test_a_scene_that_refers_to_itself_through_a_link_has_an_end(make: Any) -> None:
    root = make.store({"": make.scene("self")})
    (root / "self").symlink_to(".")
    store = open_store(root)
    assert [space.path for space in store.graph.spaces] == [""]
    assert len(store.graph.dangling) == 1
    assert not store.check().valid


def test_one_image_under_two_names_is_two_images(make: Any) -> None:
    root = make.store({"": make.scene("a"), "a": make.image(), "a/0": make.array})
    (root / "b").symlink_to("a")
    content = json.loads((root / "zarr.json").read_text())
    (link,) = content["attributes"]["ome"]["scene"]["coordinateTransformations"]
    other = link | {"input": link["input"] | {"path": "b"}}
    content["attributes"]["ome"]["scene"]["coordinateTransformations"].append(other)
    (root / "zarr.json").write_text(json.dumps(content))
    store = open_store(root)
    assert store.check().findings == ()
    assert {space.path for space in store.graph.spaces} >= {"a", "b"}


def test_images_in_folders_that_are_no_nodes_are_judged(make: Any) -> None:
    root = make.store({"": make.scene("images/a"), "images/a": make.image("gone")})
    assert not (root / "images" / "zarr.json").exists()
    assert [(finding.node, finding.rule) for finding in open_store(root).check()] == [
        ("images/a", "dataset-arrays-exist"),
    ]


def test_two_links_to_their_parent_end(make: Any) -> None:
    root = make.store({"": make.image(), "0": make.array})
    for name in ("left", "right"):
        (root / name).symlink_to(root)
    nodes = open_store(root).nodes.below()
    assert len(list(itertools.islice(nodes, 1000))) < 1000


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "a\\..\\b", "C:\\x", "", ".", "/", "..", "~", "file:///etc"])
def test_odd_paths_are_found_and_raise_nothing(make: Any, reads: list[Path], path: str) -> None:
    assert look(make.store({"": make.image(path)}), reads) & {"dataset-arrays-exist", "paths-lead-below"}
