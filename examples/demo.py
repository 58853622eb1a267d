"""The demo: builds a scene of two images and a label image, checks it, maps points across it, and damages a copy.

A raster on the ground is built and mapped as well.

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

from zarr_spaces import level_placement, levels_of, multiscale_layout, open_store, pyramid, scene, write
from zarr_spaces.cli.main import main as zarr_spaces
from zarr_spaces.ome_zarr.v0_6 import (
    ImageLabel,
    LabelColor,
    LabelSource,
    Ome,
    OmeZarr,
    Rotation,
    Sequence,
    Translation,
)


def blocks(values: Any) -> Any:
    """Lay out an array so that its last axis holds the eight pixels that become one."""
    z, y, x = (size // 2 for size in values.shape)
    return values.reshape(z, 2, y, 2, x, 2).transpose(0, 2, 4, 1, 3, 5).reshape(z, y, x, 8)


def write_image(
    parent: zarr.Group, path: str, pixel: tuple[float, ...], values: Any, method: str, label: ImageLabel | None = None
) -> zarr.Group:
    """Write an image of three levels, each half as fine as the one before; `method` makes eight pixels one."""
    image = parent.create_group(path)
    for level in range(3):
        image.create_array(str(level), data=values)
        values = getattr(blocks(values), method)(axis=-1).astype(values.dtype)
    document = pyramid("zyx", name=path, pixel_size=pixel, units="micrometer", factors=[2, 4], method=method)
    document.ome.image_label = label
    write(document, image)
    return image


def ramp(*shape: int) -> Any:
    """Make an image with values that differ everywhere."""
    return np.arange(np.prod(shape), dtype="uint16").reshape(shape)


def write_scene(folder: Path) -> None:
    """Write an overview of a sample, a finer detail that lies rotated in it, and labels of the detail."""
    root = zarr.create_group(folder)
    write_image(root, "overview", (2.0, 0.5, 0.5), ramp(16, 64, 64), "mean")
    detail = write_image(root, "detail", (1.0, 0.25, 0.25), ramp(16, 32, 32), "mean")
    labels = detail.create_group("labels")
    write(OmeZarr(ome=Ome(version="0.6", labels=["cells"])), labels)
    colors = [LabelColor(label_value=1, rgba=[255, 128, 0, 255])]
    label = ImageLabel(colors=colors, source=LabelSource(image="../../"))
    write_image(labels, "cells", (1.0, 0.25, 0.25), (ramp(16, 32, 32) > 8000).astype("uint8"), "max", label)
    c, s = float(np.cos(np.pi / 6)), float(np.sin(np.pi / 6))
    turned = Sequence(
        name="detail in sample",
        transformations=[
            Rotation(rotation=[[1, 0, 0], [0, c, -s], [0, s, c]]),
            Translation(translation=[4.0, 12.0, 10.0]),
        ],
    )
    write(scene("sample", "zyx", units="micrometer", images={"overview": [0, 0, 0], "detail": turned}), root)


def write_raster(folder: Path) -> None:
    """Write a raster of 10 m pixels in UTM zone 33, in three resolutions."""
    layout = multiscale_layout(
        "yx",
        factors=[2, 4],
        resampling_method="average",
        crs="EPSG:32633",
        transform=(10, 0, 500_000, 0, -10, 5_000_000),
        shape=(256, 256),
    )
    root = zarr.create_group(folder)
    write(layout, root)
    for level in levels_of(layout.multiscales):
        group, shape = root.create_group(level.group), (256 >> level.index,) * 2
        write(level_placement(layout, level.group, shape=shape), group)
        group.create_array("height", shape=shape, dtype="int16", dimension_names=("y", "x"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the array library warns that not every reader knows such copies
        zarr.consolidate_metadata(root.store)


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

    print("# A scene of two images and a label image, three levels each")
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

    print("\n# From a pixel of the overview to the labels of the detail")
    run("transform", store, fine, json.dumps({"path": "detail/labels/cells/0"}), "[[6, 40, 30]]")

    print("\n# A raster on the ground: from a pixel of level 2 to level 0, and to easting and northing")
    write_raster(folder / "raster.zarr")
    pixel = json.dumps({"path": "2/height"})
    run("validate", "raster.zarr")
    run("transform", "raster.zarr", pixel, json.dumps({"path": "0/height"}), "[[10, 20]]")
    run("explain", "raster.zarr", pixel, "EPSG:32633")
    run("transform", "raster.zarr", pixel, "EPSG:32633", "[[10, 20]]")

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
