"""Scenes: images placed in a coordinate system that they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem, Reference, Scene
from zarr_spaces.build.axes import coordinate_system
from zarr_spaces.build.checked import checked
from zarr_spaces.build.given import listed, typed
from zarr_spaces.build.per_axis import shown
from zarr_spaces.build.placement import placed
from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr, Transformation
    from zarr_spaces.build.axes import Axes, Units
    from zarr_spaces.build.placement import Placement

_SYSTEM = "physical"  # the name that images have from `image` and `pyramid`


def scene(
    name: str,
    axes: Axes,
    *,
    images: Mapping[Any, Placement],  # a key's type would forbid dictionaries of plain strings, or mixed values
    units: Units = None,
    systems: Iterable[CoordinateSystem] = (),
    transformations: Iterable[Transformation] = (),
) -> OmeZarr:
    """Describe how images lie relative to each other: each is placed in one coordinate system.

    Parameters
    ----------
    name : str
        Name of the coordinate system, such as ``"world"``.
    axes, units
        Its axes, see `zarr_spaces.build.axes`.
    images : mapping
        For each image where it lies. The key is its path below the group, and then its coordinate system ``physical``
        is meant; or a path and the name of a system, as in ``("a", "stage")``. The value is one of

        - a sequence of numbers, one for each axis: a translation;
        - rows of numbers, one row for each axis: a matrix with the translation as its last column. It is written as
          the least expressive transformation that says the same;
        - a typed transformation, whose input and output are filled in.
    systems, transformations
        Further coordinate systems of the scene, and transformations between any of its systems; copied as they are.

    Returns
    -------
    OmeZarr
        The document of the group around the images.

    Raises
    ------
    TypeError, ValueError
        If an argument does not say what is meant, naming it; a matrix is singular; or a transformation has another
        input or output already.
    InvalidDocument
        If the whole breaks a rule, as when a transformation leads to no coordinate system.

    Notes
    -----
    OME-Zarr 0.6, "scene" metadata.

    Examples
    --------
    >>> world = scene("world", "yx", units="micrometer", images={"a": [10, 0], "b": [[0, -1, 5], [1, 0, 0]]})
    >>> [item.type for item in world.ome.scene.coordinate_transformations]
    ['translation', 'sequence']
    """
    axes = listed("axes", axes, "names") if not isinstance(axes, str) else axes
    shared = coordinate_system(name, axes, units)
    if not isinstance(images, Mapping):
        raise TypeError(f'images: paths with their placements are needed, as in {{"a": [0, 10]}}, not {shown(images)}')
    further = typed("systems", systems, CoordinateSystem, "coordinate systems")
    links = typed("transformations", transformations, None, "transformations")
    if not images and not links:
        raise ValueError('images: a scene places at least one image, as in {"a": [0, 10]}')
    placements: list[Transformation] = []
    for key, placement in images.items():
        argument = f"images[{key!r}]"
        made = placed(argument, placement, len(shared.axes))
        path, system = _image(key)
        made.input = _end(argument, "input", made.input, Reference(path=path, name=system))
        made.output = _end(argument, "output", made.output, Reference(name=name))
        placements.append(made)
    made_scene = Scene(
        coordinate_systems=[shared, *further],
        coordinate_transformations=[*placements, *links],
    )
    return checked(axes, further, links, images.values(), scene=made_scene)


def _image(key: object) -> tuple[str, str]:
    path, system = key if isinstance(key, tuple) and len(key) == 2 else (key, _SYSTEM)
    if not isinstance(path, str) or not isinstance(system, str):
        raise TypeError(f"images: the key {key!r} is neither a path nor a path and the name of a coordinate system")
    return path, system


def _end(argument: str, end: str, given: Reference | None, meant: Reference) -> Reference:
    if given is None or given == meant:
        return meant
    raise ValueError(
        f"{argument}: its {end} is {_shown(given)} already, and should be {_shown(meant)}: leave it out, or hand the "
        f"transformation over in transformations"
    )


def _shown(reference: Reference) -> str:
    ends = {"path": reference.path, "name": reference.name}
    return ", ".join(f"{member} {quote(value)}" for member, value in ends.items() if value is not None) or "empty"
