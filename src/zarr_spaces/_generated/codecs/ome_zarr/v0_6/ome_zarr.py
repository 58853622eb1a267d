# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr import Ome, OmeZarr
from zarr_spaces._generated.codecs.common.omero import dump_omero, load_omero
from zarr_spaces._generated.codecs.ome_zarr.v0_6.multiscales import dump_multiscale, load_multiscale
from zarr_spaces._generated.codecs.ome_zarr.v0_6.scene import dump_scene, load_scene
from zarr_spaces.model import add_extra, free

_new = object.__new__


_OME_ZARR = frozenset(("ome",))


def load_ome_zarr(data: Mapping[str, Any]) -> OmeZarr:
    """Build a `OmeZarr` from its JSON object, which must have passed the schema."""
    obj = _new(OmeZarr)
    obj.ome = load_ome(data["ome"])
    obj.extra = {} if data.keys() <= _OME_ZARR else {k: free(v) for k, v in data.items() if k not in _OME_ZARR}
    return obj


def dump_ome_zarr(obj: OmeZarr) -> dict[str, Any]:
    """Write a `OmeZarr` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "ome": dump_ome(obj.ome),
    }
    if obj.extra:
        add_extra(out, obj.extra, _OME_ZARR)
    return out


_OME = frozenset(("version", "multiscales", "omero", "scene",))


def load_ome(data: Mapping[str, Any]) -> Ome:
    """Build a `Ome` from its JSON object, which must have passed the schema."""
    obj = _new(Ome)
    obj.version = data["version"]
    value = data.get("multiscales")
    obj.multiscales = None if value is None else [load_multiscale(v) for v in value]
    value = data.get("omero")
    obj.omero = None if value is None else load_omero(value)
    value = data.get("scene")
    obj.scene = None if value is None else load_scene(value)
    obj.extra = {} if data.keys() <= _OME else {k: free(v) for k, v in data.items() if k not in _OME}
    return obj


def dump_ome(obj: Ome) -> dict[str, Any]:
    """Write a `Ome` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "version": obj.version,
    }
    if obj.multiscales is not None:
        out["multiscales"] = [dump_multiscale(v) for v in obj.multiscales]
    if obj.omero is not None:
        out["omero"] = dump_omero(obj.omero)
    if obj.scene is not None:
        out["scene"] = dump_scene(obj.scene)
    if obj.extra:
        add_extra(out, obj.extra, _OME)
    return out
