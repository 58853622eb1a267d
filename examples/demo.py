"""The demo: builds a scene of two images, checks it, maps points across it, and damages a copy.

Run it with ``make demo``. Everything is written into a temporary folder.
"""

from __future__ import annotations

import contextlib
import json
import shlex
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import zarr

from zarr_spaces import open_store
from zarr_spaces.cli.main import main as zarr_spaces

AXES: list[Any] = [{"name": name, "type": "space", "unit": "micrometer"} for name in "zyx"]


def write_image(scene: zarr.Group, path: str, pixel: tuple[float, ...], shape: tuple[int, ...]) -> None:
    """Write an image of three levels, each half as fine as the one before.

    The centre of a coarse pixel lies half a coarse pixel from the corner, so each level is shifted by
    (its pixel size - the finest pixel size) / 2.
    """
    image = scene.create_group(path)
    values = np.arange(np.prod(shape), dtype="uint16").reshape(shape)
    datasets: list[Any] = []
    for level in range(3):
        image.create_array(str(level), data=values)
        values = values[::2, ::2, ::2]
        size = [length * 2**level for length in pixel]
        shift = [(coarse - fine) / 2 for coarse, fine in zip(size, pixel, strict=True)]
        steps = [{"type": "scale", "scale": size}, {"type": "translation", "translation": shift}]
        ends = {"input": {"path": str(level)}, "output": {"name": "physical"}}
        datasets.append(
            {"path": str(level), "coordinateTransformations": [{"type": "sequence", **ends, "transformations": steps}]}
        )
    multiscale: dict[str, Any] = {
        "name": path,
        "type": "subsampling",
        "metadata": {},
        "coordinateSystems": [{"name": "physical", "axes": AXES}],
        "datasets": datasets,
    }
    image.attrs["ome"] = {"version": "0.6", "multiscales": [multiscale]}


def write_scene(folder: Path) -> None:
    """Write two images of one sample: an overview, and a finer detail that lies rotated in it."""
    scene = zarr.create_group(folder)
    write_image(scene, "overview", (2.0, 0.5, 0.5), (16, 64, 64))
    write_image(scene, "detail", (1.0, 0.25, 0.25), (16, 32, 32))
    c, s = float(np.cos(np.pi / 6)), float(np.sin(np.pi / 6))
    placement: dict[str, Any] = {
        "type": "sequence",
        "name": "detail in sample",
        "input": {"path": "detail", "name": "physical"},
        "output": {"name": "sample"},
        "transformations": [
            {"type": "rotation", "rotation": [[1, 0, 0], [0, c, -s], [0, s, c]]},
            {"type": "translation", "translation": [4.0, 12.0, 10.0]},
        ],
    }
    identity: dict[str, Any] = {
        "type": "identity",
        "input": {"path": "overview", "name": "physical"},
        "output": {"name": "sample"},
    }
    scene.attrs["ome"] = {
        "version": "0.6",
        "scene": {
            "coordinateSystems": [{"name": "sample", "axes": AXES}],
            "coordinateTransformations": [identity, placement],
        },
    }


def damage(folder: Path) -> None:
    """Break three things in the metadata, as careless editing would."""
    image = folder / "detail" / "zarr.json"
    node = json.loads(image.read_text())
    multiscale = node["attributes"]["ome"]["multiscales"][0]
    multiscale["datasets"][1]["coordinateTransformations"][0]["input"]["path"] = "0"
    multiscale["datasets"][2]["coordinateTransformations"][0]["transformations"][0]["scale"] = [4.0, 1.0]
    image.write_text(json.dumps(node, indent=2))
    scene = folder / "zarr.json"
    scene.write_text(scene.read_text().replace('"path": "overview"', '"path": "overveiw"'))


def run(*arguments: str) -> None:
    """Print a command as one would type it, and what it prints."""
    print("\n$", shlex.join(["zarr-spaces", *arguments]))
    zarr_spaces(list(arguments))


def demo(folder: Path) -> None:
    """Tell the whole story."""
    write_scene(folder / "sample.zarr")
    store = "sample.zarr"
    coarse, fine = json.dumps({"path": "detail/2"}), json.dumps({"path": "overview/0"})

    print("# A scene of two images, three levels each")
    run("validate", store)
    run("show", store)
    run("graph", store)

    print("\n# From pixels of level 2 of one image to pixels of level 0 of the other, and back")
    run("explain", store, coarse, fine)
    run("transform", store, coarse, fine, "[[0, 0, 0], [3, 7, 7]]")
    opened = open_store(store)
    points = np.array([[0.0, 0.0, 0.0], [3.0, 7.0, 7.0]])
    there = opened.transform({"path": "detail/2"}, {"path": "overview/0"}, points)
    back = opened.transform({"path": "overview/0"}, {"path": "detail/2"}, there)
    print(f"and back again, off by at most {np.abs(back - points).max():.1e} pixels")

    print("\n# What a damaged copy reports")
    broken = folder / "broken.zarr"
    shutil.copytree(folder / store, broken)
    damage(broken)
    run("validate", broken.name)


if __name__ == "__main__":
    warnings.simplefilter("error")
    # Inside the folder, so that paths print short.
    with tempfile.TemporaryDirectory() as temporary, contextlib.chdir(temporary):
        demo(Path(temporary))
