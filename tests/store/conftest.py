"""Stores of plain files."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ARRAY: dict[str, Any] = {"zarr_format": 3, "node_type": "array", "shape": [8, 8], "data_type": "uint8"}
AXES = [{"name": name, "type": "space", "unit": "micrometer"} for name in "yx"]
ABOUT = {"name": "image", "type": "mean", "metadata": {}}


class Make:
    """Writes stores below one folder."""

    array = ARRAY

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def store(self, nodes: dict[str, Any]) -> Path:
        """Write the metadata of each node: an object, or text or bytes as they are."""
        for path, metadata in nodes.items():
            text = metadata if isinstance(metadata, str | bytes) else json.dumps(metadata, indent=2)
            file = self.folder / "store" / path / "zarr.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.folder / "store"

    @staticmethod
    def group(**attributes: Any) -> dict[str, Any]:
        return {"zarr_format": 3, "node_type": "group", "attributes": attributes}

    @classmethod
    def image(cls, *paths: str) -> dict[str, Any]:
        """Describe the group of an image whose levels have these paths; each pixel is half as fine as the last."""
        datasets = [
            {
                "path": path,
                "coordinateTransformations": [
                    {
                        "type": "sequence",
                        "transformations": [
                            {"type": "scale", "scale": [0.5 * 2**level] * 2},
                            {"type": "translation", "translation": [(0.5 * 2**level - 0.5) / 2] * 2},
                        ],
                        "input": {"path": path},
                        "output": {"name": "um"},
                    }
                ],
            }
            for level, path in enumerate(paths or ("0",))
        ]
        systems = [{"name": "um", "axes": copy.deepcopy(AXES)}]
        multiscale = ABOUT | {"coordinateSystems": systems, "datasets": datasets}
        return cls.group(ome={"version": "0.6", "multiscales": [multiscale]})

    @classmethod
    def scene(cls, *paths: str) -> dict[str, Any]:
        """Describe a scene that moves the images at these paths by (10, 20) into its system ``stage``."""
        links = [
            {
                "type": "translation",
                "translation": [10.0, 20.0],
                "input": {"path": path, "name": "um"},
                "output": {"name": "stage"},
            }
            for path in paths
        ]
        systems = [{"name": "stage", "axes": copy.deepcopy(AXES)}]
        return cls.group(
            ome={"version": "0.6", "scene": {"coordinateSystems": systems, "coordinateTransformations": links}}
        )

    def two_images(self) -> dict[str, Any]:
        nodes: dict[str, Any] = {"": self.scene("a", "b")}
        for path in "ab":
            nodes |= {path: self.image("0", "1"), f"{path}/0": ARRAY, f"{path}/1": ARRAY | {"shape": [4, 4]}}
        return nodes


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)
