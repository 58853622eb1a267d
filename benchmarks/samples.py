"""The documents that are measured: sound ones in which nothing at all is found, and broken ones."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

Document = dict[str, Any]
Given = ParamSpec("Given")

_PIXEL = {"t": 1.0, "c": 1.0, "z": 0.5, "y": 0.108, "x": 0.108}
_ROWS = "ABCDEFGHIJKLMNOP"
_COLUMNS = range(1, 25)


def _decoded(build: Callable[Given, Document]) -> Callable[Given, Document]:
    """Let a function return what the decoder would: equal texts are then not one object, as they are in source code."""

    @functools.wraps(build)
    def decoded(*args: Given.args, **kwargs: Given.kwargs) -> Document:
        document: Document = json.loads(json.dumps(build(*args, **kwargs)))
        return document

    return decoded


@_decoded
def image(levels: int = 5) -> Document:
    """Build a 5-D image of OME-Zarr 0.6, each level half as large in space as the one before."""
    multiscale = {
        "name": "cells",
        "type": "mean",
        "metadata": {"method": "mean of 2 x 2 x 2 pixels"},
        "coordinateSystems": [{"name": "physical", "axes": _axes()}],
        "datasets": [_level(index) for index in range(levels)],
    }
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


@_decoded
def registered_image() -> Document:
    """Build the same image with what fewer images have: a place in a second coordinate system, and named levels."""
    document = image()
    multiscale = document["ome"]["multiscales"][0]
    for level in multiscale["datasets"]:
        level["coordinateTransformations"][0]["name"] = f"level {level['path']}"
    multiscale["coordinateSystems"].append({"name": "stage", "axes": _axes()})
    affine = [[float(row == column) for column in range(6)] for row in range(5)]
    affine[3][3:] = [0.81, -0.62, 1250.0]
    affine[4][3:] = [0.59, 0.79, -830.0]
    multiscale["coordinateTransformations"] = [
        {"type": "affine", "affine": affine, "input": {"name": "physical"}, "output": {"name": "stage"}}
    ]
    return document


@_decoded
def image_0_5(levels: int = 5) -> Document:
    """Write the same image as OME-Zarr 0.5, which has no sequences and no coordinate systems."""
    new = image(levels)["ome"]["multiscales"][0]
    axes = [{name: value for name, value in axis.items() if name != "discrete"} for axis in _axes()]
    datasets = [
        {"path": level["path"], "coordinateTransformations": level["coordinateTransformations"][0]["transformations"]}
        for level in new["datasets"]
    ]
    about = {name: new[name] for name in ("name", "type", "metadata")}
    return {"ome": {"version": "0.5", "multiscales": [{**about, "axes": axes, "datasets": datasets}]}}


@_decoded
def plate(version: str = "0.6") -> Document:
    """Build a plate of 384 wells, all of them imaged once."""
    wells = [
        {"path": f"{row}/{column}", "rowIndex": row_index, "columnIndex": column_index}
        for row_index, row in enumerate(_ROWS)
        for column_index, column in enumerate(_COLUMNS)
    ]
    content = {
        "name": "screen",
        "field_count": 1,
        "acquisitions": [{"id": 0, "name": "first", "maximumfieldcount": 1}],
        "rows": [{"name": row} for row in _ROWS],
        "columns": [{"name": str(column)} for column in _COLUMNS],
        "wells": wells,
    }
    return {"ome": {"version": version, "plate": content}}


@_decoded
def image_with_wrong_input() -> Document:
    """Build an image that the schema accepts and a rule refuses: one level takes the array of another."""
    document = image()
    document["ome"]["multiscales"][0]["datasets"][3]["coordinateTransformations"][0]["input"]["path"] = "2"
    return document


@_decoded
def image_with_wrong_types() -> Document:
    """Build an image that the schema refuses in three places."""
    document = image()
    multiscale = document["ome"]["multiscales"][0]
    multiscale["coordinateSystems"][0]["axes"][2]["name"] = 3
    multiscale["datasets"][1]["path"] = None
    multiscale["datasets"][4]["coordinateTransformations"][0]["transformations"][0]["scale"] = "16"
    return document


@_decoded
def image_without_advice() -> Document:
    """Build an image that is valid, but leaves out what images should have: name, type, metadata and units."""
    document = image()
    multiscale = document["ome"]["multiscales"][0]
    for name in ("name", "type", "metadata"):
        del multiscale[name]
    for axis in multiscale["coordinateSystems"][0]["axes"]:
        axis.pop("unit", None)
    return document


@_decoded
def plate_with_wrong_paths() -> Document:
    """Build a plate in which the path of every well lacks its slash."""
    document = plate()
    for well in document["ome"]["plate"]["wells"]:
        well["path"] = well["path"].replace("/", "")
    return document


def _axes() -> list[Document]:
    space = [{"name": name, "type": "space", "unit": "micrometer"} for name in "zyx"]
    return [
        {"name": "t", "type": "time", "unit": "second"},
        {"name": "c", "type": "channel", "discrete": True},
        *space,
    ]


def _level(index: int) -> Document:
    factors = [2**index if name in "zyx" else 1 for name in _PIXEL]
    scale = [pixel * factor for pixel, factor in zip(_PIXEL.values(), factors, strict=True)]
    # The centre of the first pixel moves by half of what the pixel has grown.
    translation = [(size - pixel) / 2 for size, pixel in zip(scale, _PIXEL.values(), strict=True)]
    sequence = {
        "type": "sequence",
        "input": {"path": str(index)},
        "output": {"name": "physical"},
        "transformations": [
            {"type": "scale", "scale": scale},
            {"type": "translation", "translation": translation},
        ],
    }
    return {"path": str(index), "coordinateTransformations": [sequence]}
