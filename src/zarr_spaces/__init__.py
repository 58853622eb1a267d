"""Coordinate spaces in Zarr: typed, checked and executable.

Names are loaded when they are first used, so that importing the package stays cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zarr_spaces.build import image, level_placement, multiscale_layout, plate, pyramid, scene, well
    from zarr_spaces.catalogue import RuleRecord, list_rules
    from zarr_spaces.document import Source, check, dump, parse
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.errors import (
        AmbiguousSpace,
        Detour,
        DimensionMismatch,
        IllConditioned,
        InvalidDocument,
        NoRoute,
        NotInvertible,
        StaleMetadata,
        StoreError,
        UnknownSpace,
        UnknownVersion,
        UnsupportedTransformation,
        ZarrSpacesError,
        ZarrSpacesWarning,
    )
    from zarr_spaces.findings import Finding, Level, Report, Severity
    from zarr_spaces.graph import Edge, Hop, Route, Space, SpaceGraph, SpaceLike, graph_of, to_mermaid
    from zarr_spaces.layout import PyramidLevel, levels_of
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.schema_bundle import schema
    from zarr_spaces.store import Store, load_graph, open_store, write
    from zarr_spaces.transform.compile import compile_transformation
    from zarr_spaces.transform.compose import compose
    from zarr_spaces.transform.point_map import PointMap

__version__ = "0.1.0.dev0"

__all__ = [
    "AmbiguousSpace",
    "Detour",
    "DimensionMismatch",
    "Edge",
    "Finding",
    "Hop",
    "IllConditioned",
    "InvalidDocument",
    "Level",
    "Limits",
    "NoRoute",
    "NodeView",
    "NotInvertible",
    "PointMap",
    "PyramidLevel",
    "Report",
    "Route",
    "RuleRecord",
    "Severity",
    "Source",
    "Space",
    "SpaceGraph",
    "SpaceLike",
    "StaleMetadata",
    "Store",
    "StoreError",
    "UnknownSpace",
    "UnknownVersion",
    "UnsupportedTransformation",
    "ZarrSpacesError",
    "ZarrSpacesWarning",
    "check",
    "compile_transformation",
    "compose",
    "dump",
    "graph_of",
    "image",
    "level_placement",
    "levels_of",
    "list_rules",
    "load_graph",
    "multiscale_layout",
    "open_store",
    "parse",
    "plate",
    "pyramid",
    "scene",
    "schema",
    "to_mermaid",
    "well",
    "write",
]

_HOMES = {
    "zarr_spaces.build": ("image", "level_placement", "multiscale_layout", "plate", "pyramid", "scene", "well"),
    "zarr_spaces.catalogue": ("RuleRecord", "list_rules"),
    "zarr_spaces.document": ("Source", "check", "dump", "parse"),
    "zarr_spaces.document.limits": ("Limits",),
    "zarr_spaces.errors": (
        "AmbiguousSpace", "Detour", "DimensionMismatch", "IllConditioned", "InvalidDocument", "NoRoute",
        "NotInvertible", "StaleMetadata", "StoreError", "UnknownSpace", "UnknownVersion",
        "UnsupportedTransformation", "ZarrSpacesError", "ZarrSpacesWarning",
    ),
    "zarr_spaces.findings": ("Finding", "Level", "Report", "Severity"),
    "zarr_spaces.graph": ("Edge", "Hop", "Route", "Space", "SpaceGraph", "SpaceLike", "graph_of", "to_mermaid"),
    "zarr_spaces.layout": ("PyramidLevel", "levels_of"),
    "zarr_spaces.node_view": ("NodeView",),
    "zarr_spaces.schema_bundle": ("schema",),
    "zarr_spaces.store": ("Store", "load_graph", "open_store", "write"),
    "zarr_spaces.transform.compile": ("compile_transformation",),
    "zarr_spaces.transform.compose": ("compose",),
    "zarr_spaces.transform.point_map": ("PointMap",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOME]
