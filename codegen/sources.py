"""Reading the schema files."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from zarr_spaces import schemas

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas"

Schemas = dict[PurePosixPath, dict[str, Any]]
"""Parsed schema files by their path below ``schemas/``, in sorted order."""


def read_schemas(folder: Path = SCHEMAS) -> Schemas:
    """Read every schema file below `folder`."""
    found = {PurePosixPath(path.relative_to(folder).as_posix()): path for path in folder.rglob("*.json")}
    return {name: json.loads(found[name].read_text(encoding="utf-8")) for name in sorted(found)}


def resolve(name: PurePosixPath, reference: str) -> tuple[PurePosixPath, str]:
    """Split a relative ``$ref`` found in file `name` into the file that it leads to and the definition's name.

    >>> resolve(PurePosixPath("ome_zarr/0.6/ome_zarr.json"), "../../common/omero.json#/$defs/Omero")
    (PurePosixPath('common/omero.json'), 'Omero')
    """
    target, fragment = schemas.resolve(str(name), reference)
    return PurePosixPath(target), fragment.removeprefix("/$defs/")
