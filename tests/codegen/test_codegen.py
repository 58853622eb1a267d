"""Generation: deterministic, complete, and any drift is seen."""

from __future__ import annotations

import copy
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from codegen import outputs
from codegen.__main__ import generate, main
from codegen.lint import lint
from codegen.sources import Schemas, read_schemas
from codegen.view import structural_view

AXES = PurePosixPath("ome_zarr/0.6/axes.json")
TRANSFORMATIONS = PurePosixPath("ome_zarr/0.6/transformations.json")


@pytest.fixture(scope="module")
def files() -> outputs.Files:
    return generate(read_schemas())


@pytest.fixture
def place(files: outputs.Files, tmp_path: Path) -> outputs.Place:
    place = outputs.PACKAGE._replace(folder=tmp_path)
    outputs.write(files, place)
    return place


def test_committed_files_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_generation_is_deterministic(files: outputs.Files) -> None:
    assert generate(read_schemas()) == files


def test_a_changed_word_in_a_schema_is_drift(place: outputs.Place) -> None:
    schemas = read_schemas()
    name = schemas[AXES]["$defs"]["Axis"]["properties"]["name"]
    name["description"] = name["description"].replace("unique", "distinct")
    stale = list(outputs.compare(generate(schemas), place))
    assert [line.split(":")[0] for line in stale] == [
        "_generated/bindings/ome_zarr/v0_6/axes.py",
        "_generated/schemas.json",
    ]
    assert all("stale" in line for line in stale)


def test_a_changed_bound_is_drift_in_the_bundle_alone(place: outputs.Place) -> None:
    schemas = read_schemas()
    schemas[AXES]["$defs"]["Axis"]["properties"]["name"]["minLength"] = 2
    assert [line.split(":")[0] for line in outputs.compare(generate(schemas), place)] == ["_generated/schemas.json"]


def test_missing_and_foreign_files_are_drift(files: outputs.Files, place: outputs.Place) -> None:
    assert list(outputs.compare(files, place)) == []
    (place.folder / "members.py").unlink()
    (place.folder / "bindings" / "notes.txt").write_text("mine")
    found = list(outputs.compare(files, place))
    assert found == [
        "_generated/bindings/notes.txt: nothing generates it; make codegen removes it",
        "_generated/members.py: missing",
    ]


def test_writing_touches_only_what_differs(files: outputs.Files, place: outputs.Place) -> None:
    assert outputs.write(files, place) == []
    (place.folder / "members.py").write_text("stale")
    (place.folder / "foreign.py").write_text("")
    assert outputs.write(files, place) == [
        "removed _generated/foreign.py, which nothing generates",
        "wrote _generated/members.py",
    ]
    assert list(outputs.compare(files, place)) == []


def test_generated_files_say_so(files: outputs.Files) -> None:
    for name, text in files.items():
        if name.suffix == ".py":
            assert text.startswith("# Generated from schemas/ by `python -m codegen`. Do not edit.\n"), name


def test_committed_schemas_pass_the_lint() -> None:
    assert lint(read_schemas()) == []


def broken(change: Any) -> list[str]:
    schemas: Schemas = copy.deepcopy(read_schemas())
    change(schemas)
    return lint(schemas)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda s: s[AXES].update({"$id": "https://example.org/axes.json"}), "$id"),
        (lambda s: s[AXES]["$defs"]["Axis"].pop("description"), "description"),
        (lambda s: s[AXES]["$defs"]["Axis"].pop("$comment"), "$comment"),
        (lambda s: s[AXES]["$defs"]["Axis"].update({"title": "Achse"}), "title"),
        (lambda s: s[AXES]["$defs"]["Axis"]["properties"]["name"].pop("description"), "description"),
        (lambda s: s[AXES]["$defs"]["Axis"]["properties"]["name"].update({"default": "x"}), "default"),
        (lambda s: s[AXES]["$defs"]["Axis"]["properties"]["name"].update({"pattern": "^a$"}), "pattern"),
        (lambda s: s[AXES]["$defs"]["Axis"]["properties"]["name"].update({"pattern": r"^\d$(?!\n)"}), "pattern"),
        (lambda s: s[AXES]["$defs"]["Axis"].update({"not": {"required": ["x"]}}), "errorMessage"),
        (
            lambda s: s[TRANSFORMATIONS]["$defs"]["Bijection"]["properties"]["forward"].update({"$ref": "#/$defs/X"}),
            "X",
        ),
        (lambda s: s[TRANSFORMATIONS]["$defs"]["Transformation"].pop("discriminator"), "discriminator"),
        (lambda s: s[TRANSFORMATIONS]["$defs"]["Transformation"]["oneOf"].pop(), "discriminator"),
        (lambda s: s[TRANSFORMATIONS]["$defs"]["Scale"].update({"required": ["scale"]}), "must require type"),
        (lambda s: s[TRANSFORMATIONS]["$defs"]["Scale"]["properties"]["type"].update({"const": "scl"}), "const"),
    ],
)
def test_lint_finds_the_fault(change: Any, word: str) -> None:
    faults = broken(change)
    assert faults
    assert word in faults[0]


def test_view_keeps_no_constraint() -> None:
    view = structural_view(read_schemas())
    text = str(view)
    assert not [word for word in ("minItems", "errorMessage", "anyOf", "'if'", "prefixItems") if word in text]
    assert "NamedEnds" not in text  # shapes no class
    assert PurePosixPath("ome_zarr/v0_6/axes.json") in view
