"""The paths in a document that are not spelt in the plain way: what is wrong with paths is found among them."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, NamedTuple, assert_never

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
    Affine,
    Bijection,
    ByDimension,
    Coordinates,
    Displacements,
    Identity,
    MapAxis,
    ProjectAxis,
    Rotation,
    Scale,
    Sequence,
    Translation,
)
from zarr_spaces._generated.members import (
    COORDINATE_TRANSFORMATIONS,
    DATASETS,
    FORWARD,
    INPUT,
    INVERSE,
    LABELS,
    MULTISCALES,
    OUTPUT,
    PATH,
    SCENE,
    SERIES,
    TRANSFORMATION,
    TRANSFORMATIONS,
)

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Multiscale, Ome, Transformation
    from zarr_spaces.findings import Pointer

_PART = re.compile(r"(?:\A|/)\.{0,2}(?:/|\Z)")


class PathKind(enum.Enum):
    """What a path is the path of."""

    NODE = enum.auto()
    """Of a node below the group."""
    LEVEL_INPUT = enum.auto()
    """Of a level's array once more, in another spelling."""
    REFERENCE = enum.auto()
    """Of a node below the group, or of the document itself."""
    PARAMETERS = enum.auto()
    """Of an array or group that holds parameters."""


class OddPath(NamedTuple):
    """A path that is not spelt in the plain way."""

    kind: PathKind
    path: str
    place: Pointer
    """Its place below `ome`."""


def is_plain(path: str) -> bool:
    """Tell whether a path is spelt in the plain way: no slash at its ends, no part empty, ``.`` or ``..``."""
    return path.isalnum() or _PART.search(path) is None


def list_odd_paths(ome: Ome) -> list[OddPath]:
    """List every path of a document that is not spelt in the plain way."""
    return _odd_nodes(ome) + _odd_parameters(ome)


def _odd_nodes(ome: Ome) -> list[OddPath]:
    """List the paths of nodes that are not spelt in the plain way, with their places below `ome`."""
    found: list[OddPath] = []
    for index, multiscale in enumerate(ome.multiscales or ()):
        _add_levels(multiscale, index, found)
    for links, at in _link_lists(ome):
        for index, item in enumerate(links):
            for reference, member in ((item.input, INPUT), (item.output, OUTPUT)):
                if reference is not None and reference.path is not None and not is_plain(reference.path):
                    place: Pointer = (*at, COORDINATE_TRANSFORMATIONS, index, member, PATH)
                    found.append(OddPath(PathKind.REFERENCE, reference.path, place))
    for member, paths in ((LABELS, ome.labels), (SERIES, ome.series)):
        for index, path in enumerate(paths or ()):
            if not is_plain(path):
                found.append(OddPath(PathKind.NODE, path, (member, index)))
    return found


def _odd_parameters(ome: Ome) -> list[OddPath]:
    """List the paths of parameters that are not spelt in the plain way, with their places below `ome`."""
    found: list[OddPath] = []
    for links, at in _link_lists(ome):
        for index, item in enumerate(links):
            if type(item) not in _WITHOUT_PATHS:
                before = len(found)
                _add_parameters(item, found)
                _move(found, before, (*at, COORDINATE_TRANSFORMATIONS, index))
    return found


def _link_lists(ome: Ome) -> list[tuple[list[Transformation], Pointer]]:
    """List the lists of transformations beside those of levels, with the places of what they belong to."""
    lists: list[tuple[list[Transformation], Pointer]] = [
        (multiscale.coordinate_transformations, (MULTISCALES, index))
        for index, multiscale in enumerate(ome.multiscales or ())
        if multiscale.coordinate_transformations
    ]
    if ome.scene is not None:
        lists.append((ome.scene.coordinate_transformations, (SCENE,)))
    return lists


def _add_levels(multiscale: Multiscale, image: int, found: list[OddPath]) -> None:
    for index, dataset in enumerate(multiscale.datasets):
        path = dataset.path
        if not path.isalnum() and not is_plain(path):
            found.append(OddPath(PathKind.NODE, path, (MULTISCALES, image, DATASETS, index, PATH)))
        item = dataset.coordinate_transformations[0]
        start = item.input
        # The same spelling once more would be the same fault once more.
        if start is not None and start.path != path and start.path is not None and not is_plain(start.path):
            place: Pointer = (MULTISCALES, image, DATASETS, index, COORDINATE_TRANSFORMATIONS, 0, INPUT, PATH)
            found.append(OddPath(PathKind.LEVEL_INPUT, start.path, place))


_WITHOUT_PATHS = frozenset((Identity, Scale, Translation, MapAxis, ProjectAxis))


def _add_parameters(item: Transformation, found: list[OddPath]) -> None:
    """Add the odd paths of one transformation and those inside it; places start at the transformation."""
    match item:
        case Affine() | Rotation() | Displacements() | Coordinates():
            if item.path is not None and not is_plain(item.path):
                found.append(OddPath(PathKind.PARAMETERS, item.path, (PATH,)))
        case Sequence():
            for index, step in enumerate(item.transformations):
                _add_nested(step, (TRANSFORMATIONS, index), found)
        case ByDimension():
            for index, part in enumerate(item.transformations):
                _add_nested(part.transformation, (TRANSFORMATIONS, index, TRANSFORMATION), found)
        case Bijection():
            _add_nested(item.forward, (FORWARD,), found)
            _add_nested(item.inverse, (INVERSE,), found)
        case Identity() | Scale() | Translation() | MapAxis() | ProjectAxis():
            pass
        case _:
            assert_never(item)


def _add_nested(item: Transformation, at: Pointer, found: list[OddPath]) -> None:
    before = len(found)
    _add_parameters(item, found)
    _move(found, before, at)


def _move(found: list[OddPath], start: int, at: Pointer) -> None:
    for index in range(start, len(found)):
        found[index] = found[index]._replace(place=at + found[index].place)
