"""Coordinate systems and arrays as nodes, transformations as edges, and the routes between them."""

from zarr_spaces.graph.build import graph_of
from zarr_spaces.graph.graph import SpaceGraph
from zarr_spaces.graph.mermaid import to_mermaid
from zarr_spaces.graph.route import Hop, Route
from zarr_spaces.graph.space import Edge, Space, SpaceLike

__all__ = ["Edge", "Hop", "Route", "Space", "SpaceGraph", "SpaceLike", "graph_of", "to_mermaid"]
