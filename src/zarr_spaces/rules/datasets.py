"""What ties the resolution levels of an image to their arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS, INPUT, NAME, OUTPUT, PATH
from zarr_spaces.findings import Level, Severity
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.neighbours import nearby
from zarr_spaces.rules.repeated import repeated
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Multiscale
    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView

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


@rule(
    "dataset-ends-plain",
    part=Part.LEVELS,
    section=_SECTION,
    severity=Severity.WARNING,
    statements=(33, 34),
)
def dataset_ends_plain(multiscale: Multiscale, at: Pointer) -> Iterable[Fault]:
    """The transformation of a level has no name in its input and no path in its output."""
    for dataset in multiscale.datasets:
        item = dataset.coordinate_transformations[0]
        if (item.input is not None and item.input.name is not None) or (
            item.output is not None and item.output.path is not None
        ):
            return _full_ends(multiscale, at)
    return ()


def _full_ends(multiscale: Multiscale, at: Pointer) -> Iterator[Fault]:
    hint = "leave it out: a path alone means the level's array, a name alone a coordinate system of this image"
    for index, dataset in enumerate(multiscale.datasets):
        item = dataset.coordinate_transformations[0]
        place = (*at, DATASETS, index, COORDINATE_TRANSFORMATIONS, 0)
        if item.input is not None and item.input.name is not None:
            yield Fault((*place, INPUT, NAME), f"the input, an array, has the name {quote(item.input.name)}", hint)
        if item.output is not None and item.output.path is not None:
            message = f"the output, a coordinate system of this image, has the path {quote(item.output.path)}"
            yield Fault((*place, OUTPUT, PATH), message, hint)


@rule("dataset-paths-unique", part=Part.LEVELS, section=_SECTION, statements=(91,))
def dataset_paths_unique(multiscale: Multiscale, at: Pointer) -> Iterable[Fault]:
    """Each level of an image has an array of its own."""
    paths = [dataset.path for dataset in multiscale.datasets]
    if len(paths) < 2 or (len(set(paths)) == len(paths) and "".join(paths).isalnum()):
        return ()
    hint = "give each level the path of its own array"
    return [
        Fault((*at, DATASETS, index, PATH), f"the path {quote(paths[index])} is already that of level {first}", hint)
        for index, first, _ in repeated(map(normalise_path, paths))
    ]


@rule("dataset-arrays-exist", part=Part.MULTISCALE, section=_SECTION, level=Level.HIERARCHY, statements=(90,))
def dataset_arrays_exist(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The path of a level leads to a Zarr array below the group."""
    for index, dataset in enumerate(multiscale.datasets):
        path = normalise_path(dataset.path)
        if leads_below(dataset.path) and nodes.array(path) is None:
            hint = "it is a group; an array is needed" if nodes.attributes(path) is not None else nearby(path, nodes)
            yield Fault((*at, DATASETS, index, PATH), f"no readable Zarr array at {quote(dataset.path)}", hint)


@rule("array-dimensions-are-axes", part=Part.MULTISCALE, section=_SECTION, level=Level.ARRAYS, statements=(17, 92, 94))
def array_dimensions_are_axes(multiscale: Multiscale, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The array of a level has one dimension for each axis of the system into which it maps."""
    sizes = {system.name: len(system.axes) for system in multiscale.coordinate_systems}
    for index, dataset in enumerate(multiscale.datasets):
        array = nodes.array(normalise_path(dataset.path))
        output = dataset.coordinate_transformations[0].output
        size = sizes.get(output.name) if output is not None and output.name is not None else None
        if array is not None and size is not None and len(array["shape"]) != size:
            yield Fault(
                (*at, DATASETS, index, PATH),
                f"the array {quote(dataset.path)} has the shape {quote(array['shape'])}, its system has {size} axes",
                "give the system an axis for each dimension of the array",
            )
