"""The dataclasses, written by datamodel-code-generator from the structural view."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from codegen.sources import ROOT, resolve
from codegen.view import references

if TYPE_CHECKING:
    from codegen.sources import Schemas

HEADER = "# Generated from schemas/ by `python -m codegen`. Do not edit."


@dataclass(frozen=True)
class Bindings:
    """What the generator wrote: its files, and the Python name of every member of every class."""

    files: dict[PurePosixPath, str]
    field_names: dict[tuple[str, str], dict[str, str]]
    """(module, class) → wire name → field name."""


def generate_bindings(view: Schemas) -> Bindings:
    """Run the generator on the view, in a folder of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        source, target, metadata = (Path(temporary, part) for part in ("schemas", "bindings", "metadata.json"))
        for name, schema in view.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(schema), encoding="utf-8")
        # From the repository's root, so that the options in pyproject.toml are found.
        command = [
            sys.executable,
            "-m",
            "datamodel_code_generator",
            "--input",
            str(source),
            "--output",
            str(target),
            "--custom-file-header",
            HEADER,
        ]
        subprocess.run([*command, "--emit-model-metadata", str(metadata)], cwd=ROOT, check=True)
        models = json.loads(metadata.read_text(encoding="utf-8"))["models"]
        texts = {
            PurePosixPath(path.relative_to(target).as_posix()): path.read_text(encoding="utf-8")
            for path in sorted(target.rglob("*.py"))
        }
    return Bindings(
        {name: _mended(text) for name, text in texts.items() if name.name != "__init__.py"} | _packages(view, texts),
        {(model["module"], model["class_name"]): _fields(model) for model in models},
    )


_ALIAS = re.compile(r'^\w+: TypeAlias = (.*?)\n"""\n.*?\n"""\n', re.MULTILINE | re.DOTALL)


def _mended(text: str) -> str:
    """Change what the generator cannot be told to write otherwise.

    The base class has a repr that stays short, and an equality that takes arrays. An alias that names classes further
    down has their names in quotes, which mean nothing in other modules: `typing.get_type_hints` would fail there. It
    moves to the end, without them.
    """
    text = text.replace(
        "@dataclass(kw_only=True, slots=True)", "@dataclass(kw_only=True, slots=True, repr=False, eq=False)"
    )
    early = [found[0] for found in _ALIAS.finditer(text) if '"' in found[1] and not found[1].startswith("Literal[")]
    for block in early:
        text = text.replace(f"{block}\n\n", "", 1)
    # A name for another alias follows that one.
    for block in sorted(early, key=lambda block: "Union[" not in block):
        declaration, quotes, description = block.partition('"""')
        text = f"{text.rstrip()}\n\n\n{declaration.replace(chr(34), '')}{quotes}{description}"
    return text


def _fields(model: dict[str, Any]) -> dict[str, str]:
    return {field["original_name"]: field["name"] for field in model.get("fields", ())}


def _packages(view: Schemas, texts: dict[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    """Write the packages' `__init__` files: a version's package offers all of its classes."""
    packages: dict[PurePosixPath, str] = {name: f"{HEADER}\n" for name in texts if name.name == "__init__.py"}
    for folder in sorted({name.parent for name in view}):
        exported: dict[str, str] = {}
        for name in _closure(folder, view):
            module = ".".join(("zarr_spaces", "_generated", "bindings", *name.with_suffix("").parts))
            exported |= dict.fromkeys(view[name]["$defs"], module)
        imports = [
            f"from {module} import {title}" for title, module in sorted(exported.items(), key=lambda e: (e[1], e[0]))
        ]
        names = "\n".join(f'    "{title}",' for title in sorted(exported))
        packages[folder / "__init__.py"] = "\n".join([HEADER, "", *imports, "", "__all__ = [", names, "]", ""])
    return packages


def _closure(folder: PurePosixPath, view: Schemas) -> list[PurePosixPath]:
    """List the files of a folder and all those that they refer to, however far."""
    found: dict[PurePosixPath, None] = {}
    waiting = [name for name in view if name.parent == folder]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += [resolve(name, reference)[0] for reference in references(view[name])]
    return list(found)
