"""The arrows of the architecture: which part may import which, read from the source."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import pytest

import zarr_spaces

ROOT = Path(zarr_spaces.__file__).parent
PACKAGE = "zarr_spaces"

# Each part with the parts that it may import. A new arrow is a decision: it belongs into the design first.
LOW = {"errors", "findings", "kept", "model", "node_view", "paths", "quoting"}
ARROWS = {
    "errors": {"findings", "quoting"},
    "findings": set(),
    "kept": {"findings"},
    "model": set(),
    "node_view": set(),
    "paths": set(),
    "quoting": set(),
    "_generated": {"model"},
    "ome_zarr": {"_generated"},
    "zarr_multiscales": {"_generated"},
    "geo": {"_generated"},
    "layout": {"_generated", "node_view", "paths"},
    "schemas": {"findings"},
    "excerpt": {"findings"},
    "wording": {"excerpt", "findings", "kept", "quoting", "schemas"},
    "rules": LOW | {"_generated", "geo", "layout"},
    "versions": LOW | {"rules"},
    "catalogue": LOW | {"versions"},
    "schema_bundle": {"catalogue", "schemas"},
    "document": LOW | {"_generated", "excerpt", "rules", "schemas", "versions", "wording"},
    "transform": LOW | {"_generated"},
    "graph": LOW | {"_generated", "geo", "layout", "transform"},
    "store": LOW | {"_generated", "document", "geo", "graph", "layout", "versions"},
    "build": LOW | {"_generated", "document", "geo", "layout", "rules"},
    "pydantic_schema": LOW | {"document", "schema_bundle", "schemas", "versions"},
    "answers": LOW | {"document", "graph", "store"},
    "conformance": LOW | {"answers", "document", "graph", "store", "versions"},
    "testing": {"transform"},
    "cli": LOW | {"", "answers", "catalogue", "conformance", "document", "graph", "schema_bundle", "store"},
}


def test_arrows_lead_nowhere_back() -> None:
    assert tuple(graphlib.TopologicalSorter(ARROWS).static_order())  # raises CycleError


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""  # the package itself, for its version


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


MODULES = [path for path in sorted(ROOT.rglob("*.py")) if path != ROOT / "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    ours = {part_of(module) for module in imports(path) if module.split(".")[0] == PACKAGE}
    assert ours - ARROWS[part] - {part} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_checking_needs_no_numbers(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    heavy = {"numpy", "zarr", "scipy", "dask"} & {module.split(".")[0] for module in imports(path)}
    assert not heavy or part in {"answers", "graph", "store", "testing", "transform"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    if "_generated" not in path.parts:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("name", ["utils", "helpers", "base", "common"])
def test_no_room_without_a_purpose(name: str) -> None:
    assert not [path for path in MODULES if path.stem == name and "_generated" not in path.parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_package_needs_nothing_of_the_repository_around_it(path: Path) -> None:
    assert not {"codegen", "tests", "examples", "benchmarks"} & {module.split(".")[0] for module in imports(path)}
