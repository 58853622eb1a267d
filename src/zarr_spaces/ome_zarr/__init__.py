"""Typed OME-Zarr metadata, one module for each version."""
