"""What other groups of a store are, read from attributes that nobody has judged."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import IMAGES, MULTISCALES, OME, WELL
from zarr_spaces.findings import quote
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.rules.references import nearby

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
