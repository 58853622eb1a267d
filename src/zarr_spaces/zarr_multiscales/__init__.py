"""Typed metadata of the Zarr multiscales convention, one module for each version."""
