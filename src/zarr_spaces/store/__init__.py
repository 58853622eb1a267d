"""Stores: the metadata of a hierarchy, checked and made into a graph, and written."""

from zarr_spaces.store.load import load_graph
from zarr_spaces.store.store import Store, open_store
from zarr_spaces.store.write import write

__all__ = ["Store", "load_graph", "open_store", "write"]
