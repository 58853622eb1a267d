"""What ties the resolution levels of an image to their arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS, INPUT, PATH
from zarr_spaces.findings import Level, quote
from zarr_spaces.paths import normalise_path
from zarr_spaces.rules.references import nearby
from zarr_spaces.rules.rule import Fault, NodeView, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Multiscale
    from zarr_spaces.findings import Pointer

_SECTION = '"multiscales" metadata, datasets'


@rule("dataset-path-is-input", part=Part.MULTISCALE, section=_SECTION, statements=(95,))
def dataset_path_is_input(multiscale: Multiscale, at: Pointer) -> Iterator[Fault]:
    """The transformation of a level takes the level's own array as its input."""
    for index, dataset in enumerate(multiscale.datasets):
        for place, transformation in enumerate(dataset.coordinate_transformations):
            path = transformation.input.path if transformation.input is not None else None
            if path is not None and path != dataset.path and normalise_path(path) != normalise_path(dataset.path):
                yield Fault(
                    (*at, DATASETS, index, COORDINATE_TRANSFORMATIONS, place, INPUT, PATH),
                    f"the input path {quote(path)} is not the path {quote(dataset.path)} of the level",
                    f"write {quote(dataset.path)} in both places",
                )


@rule("dataset-arrays-exist", part=Part.MULTISCALE, section=_SECTION, level=Level.HIERARCHY, statements=(90,))
def dataset_arrays_exist(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The path of a level leads to a Zarr array below the group."""
    for index, dataset in enumerate(multiscale.datasets):
        if nodes.array_shape(normalise_path(dataset.path)) is None:
            yield Fault(
                (*at, DATASETS, index, PATH),
                f"no readable Zarr array at {quote(dataset.path)}",
                nearby(normalise_path(dataset.path), nodes),
            )
