"""Where in a pyramid of the Zarr multiscales convention the parts stand that rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zarr_spaces._generated.members import GEO, MULTISCALES, PROJ
from zarr_spaces.layout import levels_of
from zarr_spaces.rules.rule import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.composition import GeoAttributes, GeoProj
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import Multiscales, ZarrMultiscales
    from zarr_spaces.findings import Pointer
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.node_view import NodeView

    Found = tuple[Part, object, Pointer]


@dataclass(slots=True)
class Layout:
    """A pyramid as it is written, and what its levels mean."""

    pyramid: Multiscales
    levels: tuple[PyramidLevel, ...]
    proj: GeoProj | None
    """How the first level is placed."""


def layout_parts(document: ZarrMultiscales, _nodes: NodeView | None) -> Iterator[Found]:
    """List the parts of a document with a pyramid."""
    proj = document.geo.proj if document.geo is not None else None
    yield Part.LAYOUT, Layout(document.multiscales, levels_of(document.multiscales), proj), (MULTISCALES,)
    if proj is not None:
        yield Part.GEO_PROJ, proj, (GEO, PROJ)


def geo_parts(document: GeoAttributes, _nodes: NodeView | None) -> Iterator[Found]:
    """List the parts of a document that places pixels."""
    if document.geo.proj is not None:
        yield Part.GEO_PROJ, document.geo.proj, (GEO, PROJ)
