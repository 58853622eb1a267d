"""Writing small hierarchies: groups and arrays without chunks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def axes() -> list[Any]:
    return [{"name": name, "type": "space", "unit": "micrometer"} for name in "yx"]


def write_group(folder: Path, attributes: dict[str, Any]) -> Path:
    return _write(folder, {"node_type": "group", "attributes": attributes})


def write_array(folder: Path, shape: list[int]) -> Path:
    return _write(folder, {"node_type": "array", "shape": shape, "data_type": "uint8"})


def _write(folder: Path, node: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "zarr.json").write_text(json.dumps({"zarr_format": 3} | node, indent=2))
    return folder
