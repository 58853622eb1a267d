"""What other groups of a store are, read from attributes that nobody has judged."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.codecs.ome_zarr.v0_6.coordinate_systems import load_coordinate_system
from zarr_spaces._generated.members import AXES, COORDINATE_SYSTEMS, IMAGES, MULTISCALES, NAME, OME, WELL
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import closest, listing, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem
    from zarr_spaces.node_view import NodeView

GROUPS = 1000
"""Groups at which one search looks."""


def member(attributes: Mapping[str, Any] | None, name: str) -> Any:
    """Return a member of the OME-Zarr metadata among some attributes; None where there is none."""
    ome = attributes.get(OME) if attributes is not None else None
    return ome.get(name) if isinstance(ome, dict) else None


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects in what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    """Return the strings in what should be a list of them."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def fields(well: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return what a well's attributes list as its fields of view."""
    metadata = member(well, WELL)
    return objects(metadata.get(IMAGES)) if isinstance(metadata, dict) else []


def inside(path: str) -> str | None:
    """Normalise a path; None where it means nothing below the group, which is an error in its own document."""
    plain = normalise_path(path)
    return plain if plain and leads_below(path) else None


def is_image(attributes: Mapping[str, Any] | None) -> bool:
    """Tell whether these are the attributes of an image; whether they are sound is for its own document to say."""
    return member(attributes, MULTISCALES) is not None


def no_group(path: str, nodes: NodeView, helpful: bool) -> tuple[str, str | None]:
    """Say that there is no group at a path; with `helpful`, name what is there."""
    hint = None
    if helpful:
        hint = "it is an array; a group is needed" if nodes.array(path) is not None else nearby(path, nodes)
    return f"no readable Zarr group at {quote(path)}", hint


def no_image(path: str, nodes: NodeView, helpful: bool) -> tuple[str, str | None] | None:
    """Say why a path leads to no image; None where it leads to one."""
    attributes = nodes.attributes(path)
    if attributes is None:
        return no_group(path, nodes, helpful)
    if is_image(attributes):
        return None
    return f"the group at {quote(path)} has no multiscales, so it is no image", "it has to be a multiscale image"


def images_below(path: str, nodes: NodeView, depth: int) -> Iterator[str]:
    """Yield the paths of the images below a group, nearest first, to a depth; images inside an image are left out."""
    waiting = deque([(path, 1)])
    seen = 0
    while waiting:
        folder, level = waiting.popleft()
        for name in nodes.children(folder):
            seen += 1
            if seen > GROUPS:
                return
            below = f"{folder}/{name}" if folder else name
            attributes = nodes.attributes(below)
            if is_image(attributes):
                yield below
            elif attributes is not None and level < depth:
                waiting.append((below, level + 1))


def nearby(path: str, nodes: NodeView) -> str:
    """Help with a path that leads nowhere: name what stands where it breaks off."""
    parts = path.split("/")
    if ".." in parts:
        return "a path leads to what is below this group: it may not hold .."
    depth = 0
    while depth < len(parts) - 1 and nodes.attributes("/".join(parts[: depth + 1])) is not None:
        depth += 1
    folder = "/".join(parts[:depth])
    names = nodes.children(folder)
    where = f"below {quote(folder)}" if folder else "below this group"
    if parts[depth] in names:
        node = quote("/".join(parts[: depth + 1]))
        return f"the node {node} is there, but not as it is needed: broken metadata, or a link out of the store"
    if close := closest(parts[depth], names):
        return f"did you mean {quote('/'.join([*parts[:depth], close, *parts[depth + 1 :]]))}?"
    return f"{where} there is: {listing(names)}" if names else f"there is nothing {where}"


def _raw_systems(attributes: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what an image lists as coordinate systems, by name, whatever else is wrong with it."""
    for multiscale in objects(member(attributes, MULTISCALES)):
        for system in objects(multiscale.get(COORDINATE_SYSTEMS)):
            name = system.get(NAME)
            if isinstance(name, str) and isinstance(system.get(AXES), list):
                yield name, system


def system_names(attributes: Mapping[str, Any]) -> list[str]:
    """List the names of the coordinate systems of an image, whatever else is wrong with it."""
    return [name for name, _ in _raw_systems(attributes)]


def find_system(attributes: Mapping[str, Any] | None, name: str) -> CoordinateSystem | None:
    """Return a coordinate system of an image by its name, the first one of that name; None where it cannot be read."""
    for found, system in _raw_systems(attributes or {}):
        if found == name:
            try:
                return load_coordinate_system(system)
            except (ValueError, TypeError, KeyError, AttributeError):  # what is wrong, the image's own document tells
                return None
    return None
