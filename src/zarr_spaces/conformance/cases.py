"""Reading the corpus: the cases that this package ships for everybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.findings import Level, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a case calls for."""

    rule: str
    severity: Severity
    node: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the corpus; ``corpus/README.md`` explains the members."""

    id: str
    rule: str
    version: str
    level: Level
    sentence: str
    statements: tuple[int, ...]
    disputed: str | None
    path: Path
    """A JSON file, or the folder of a hierarchy."""
    is_store: bool
    valid: bool
    findings: tuple[Expected, ...]


def corpus_folder() -> Path:
    """Return the folder of the corpus, which other tools may read as it is."""
    return Path(str(resources.files("zarr_spaces.conformance"))) / "corpus"


def cases(folder: Path | None = None) -> Iterator[Case]:
    """Yield the cases of every manifest below a folder, by default those of this package.

    >>> sorted({case.version for case in cases()})
    ['geo-proj/0.1', 'ome-zarr/0.6', 'zarr-multiscales/0.1.0']
    """
    for manifest in sorted((folder or corpus_folder()).rglob(MANIFEST)):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"{manifest}: format {content['format']} is not known, only {FORMAT}")
        for entry in content["cases"]:
            yield _case(entry, manifest.parent)


def _case(entry: dict[str, Any], folder: Path) -> Case:
    return Case(
        id=entry["id"],
        rule=entry["rule"],
        version=entry["version"],
        level=Level(entry["level"]),
        sentence=entry["sentence"],
        statements=tuple(entry["statements"]),
        disputed=entry["disputed"],
        path=folder / (entry.get("document") or entry["store"]),
        is_store="store" in entry,
        valid=entry["valid"],
        findings=tuple(
            Expected(item["rule"], Severity(item["severity"]), item["node"], item["pointer"])
            for item in entry["findings"]
        ),
    )
