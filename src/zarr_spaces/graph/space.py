"""The nodes and edges of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.quoting import quote

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Axis, Transformation
    from zarr_spaces.findings import Pointer


@dataclass(frozen=True, slots=True)
class Space:
    """Something in which points have coordinates.

    That is a named coordinate system, the index space of an array, a level of a Zarr multiscales pyramid, in pixels
    from the corner of its first one, or a coordinate reference system, in its x and y.
    """

    path: str
    """Path of the node that declares the system, or of the array itself; empty for the root, and for a reference system
    whose name is free there."""
    name: str | None = None
    """Name of the coordinate system, level or reference system; None for an array."""
    multiscale: int | None = None
    """Which image of the node's `multiscales` holds the system; None for a system of a scene, and for an array."""

    @property
    def is_array(self) -> bool:
        """Whether this is the index space of an array."""
        return self.name is None

    def as_json(self) -> dict[str, Any]:
        """Return what names the space, so that it is found again: path, and but for an array name and image."""
        named = {} if self.name is None else {"name": self.name, "multiscale": self.multiscale}
        return {"path": self.path, **named}

    def __str__(self) -> str:
        if self.name is None:
            return f"array {quote(self.path)}"
        return f"{quote(self.name)} of {quote(self.path)}" if self.path else quote(self.name)


SpaceLike = str | Mapping[str, Any] | Space
"""What names a space: a `Space`, a plain name in the root document, or ``{"path": ..., "name": ...}``."""


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """What the graph knows of a space."""

    n: int
    """Number of dimensions."""
    axes: tuple[Axis, ...] = ()
    """The axes; none for an array, and for a level of a pyramid."""
    is_crs: bool = False
    """Whether it is a coordinate reference system."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A declared transformation between two spaces."""

    source: Space
    target: Space
    transformation: Transformation | None
    """None where the declaration cannot be understood."""
    node: str
    """Path of the node whose metadata declares it."""
    pointer: Pointer
    """Its place in the attributes of that node."""
    reason: str = ""
    """Why the declaration cannot be understood."""
    implied: str = ""
    """What it follows from, where nothing declares it as such."""

    @property
    def kind(self) -> str:
        """The transformation's type, or ``unknown``."""
        return self.transformation.type if self.transformation is not None else "unknown"

    @property
    def name(self) -> str | None:
        """The transformation's name, if it has one."""
        return self.transformation.name if self.transformation is not None else None

    def as_json(self) -> dict[str, Any]:
        """Return the transformation's ends, type and, if it has one, name as JSON-ready members."""
        named = {"name": self.name} if self.name else {}
        return {"source": self.source.as_json(), "target": self.target.as_json(), "type": self.kind, **named}


@dataclass(frozen=True, slots=True)
class Dangling:
    """A declared transformation of which one end leads nowhere."""

    node: str
    pointer: Pointer
    reason: str
