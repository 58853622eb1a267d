"""Putting generated files where they belong, or telling how the committed ones differ."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from codegen.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = dict[PurePosixPath, str]


class Place(NamedTuple):
    """A folder in which everything is generated."""

    name: str
    """What it is called in messages."""
    folder: Path


PACKAGE = Place("_generated", ROOT / "src" / "zarr_spaces" / "_generated")
REFERENCE = Place("docs/reference", ROOT / "docs" / "reference")


def present(folder: Path) -> set[Path]:
    """List what lies in a generated folder, caches of the interpreter apart."""
    return {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def write(files: Files, place: Place) -> list[str]:
    """Write every file that differs, remove what was not generated, and tell what was done."""
    name, folder = place
    wanted = {folder / path: text for path, text in files.items()}
    done = []
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            done.append(f"wrote {name}/{path.relative_to(folder).as_posix()}")
    for path in present(folder) - wanted.keys():
        path.unlink()
        done.append(f"removed {name}/{path.relative_to(folder).as_posix()}, which nothing generates")
    return sorted(done)


def compare(files: Files, place: Place) -> Iterator[str]:
    """Tell what is stale, missing or foreign in a generated folder."""
    name, folder = place
    wanted = {folder / path: text for path, text in files.items()}
    for path in sorted(present(folder) | wanted.keys()):
        shown = f"{name}/{path.relative_to(folder).as_posix()}"
        if path not in wanted:
            yield f"{shown}: nothing generates it; make codegen removes it"
        elif not path.exists():
            yield f"{shown}: missing"
        elif (text := path.read_text(encoding="utf-8")) != wanted[path]:
            diff = difflib.unified_diff(
                text.splitlines(), wanted[path].splitlines(), "committed", "generated", n=1, lineterm=""
            )
            yield f"{shown}: stale\n" + "\n".join(line[:160] for _, line in zip(range(12), diff, strict=False))
