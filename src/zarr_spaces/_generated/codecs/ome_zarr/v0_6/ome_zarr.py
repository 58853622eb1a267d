# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr import Ome, OmeZarr
from zarr_spaces._generated.codecs.common.image_label import dump_image_label, load_image_label
from zarr_spaces._generated.codecs.common.omero import dump_omero, load_omero
from zarr_spaces._generated.codecs.common.plate import dump_plate, load_plate
from zarr_spaces._generated.codecs.common.well import dump_well, load_well
from zarr_spaces._generated.codecs.ome_zarr.v0_6.multiscales import dump_multiscale, load_multiscale
from zarr_spaces._generated.codecs.ome_zarr.v0_6.scene import dump_scene, load_scene
from zarr_spaces.model import ROOM, TooDeep, add_extra, free_members, text

_new = object.__new__


_OME_ZARR = frozenset(("ome",))


def load_ome_zarr(data: Mapping[str, Any], room: int = ROOM) -> OmeZarr:
    """Build a `OmeZarr` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(OmeZarr)
    obj.ome = load_ome(data["ome"], room)
    if len(data) != 1:
        obj.extra = free_members(data, _OME_ZARR)
    return obj


def dump_ome_zarr(obj: OmeZarr) -> dict[str, Any]:
    """Write a `OmeZarr` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "ome": dump_ome(obj.ome),
    }
    if obj.extra:
        add_extra(out, obj.extra, _OME_ZARR)
    return out


_OME = frozenset(("version", "multiscales", "omero", "scene", "labels", "image-label", "plate", "well", "bioformats2raw.layout", "series",))


def load_ome(data: Mapping[str, Any], room: int = ROOM) -> Ome:
    """Build a `Ome` from its JSON object."""
    if room < 0:
        raise TooDeep
    obj = _new(Ome)
    obj.version = data["version"]
    if len(data) == 1:
        obj.multiscales = obj.omero = obj.scene = obj.labels = obj.image_label = obj.plate = obj.well = obj.bioformats2raw_layout = obj.series = None
        return obj
    count = 1
    value = data.get("multiscales")
    if value is None:
        obj.multiscales = None
    else:
        obj.multiscales = [load_multiscale(v, room) for v in value]
        count += 1
    if len(data) == count:
        obj.omero = obj.scene = obj.labels = obj.image_label = obj.plate = obj.well = obj.bioformats2raw_layout = obj.series = None
        return obj
    value = data.get("omero")
    if value is None:
        obj.omero = None
    else:
        obj.omero = load_omero(value)
        count += 1
    value = data.get("scene")
    if value is None:
        obj.scene = None
    else:
        obj.scene = load_scene(value, room)
        count += 1
    value = data.get("labels")
    if value is None:
        obj.labels = None
    else:
        obj.labels = [v if v.isascii() else text(v) for v in value]
        count += 1
    value = data.get("image-label")
    if value is None:
        obj.image_label = None
    else:
        obj.image_label = load_image_label(value)
        count += 1
    value = data.get("plate")
    if value is None:
        obj.plate = None
    else:
        obj.plate = load_plate(value)
        count += 1
    value = data.get("well")
    if value is None:
        obj.well = None
    else:
        obj.well = load_well(value)
        count += 1
    value = data.get("bioformats2raw.layout")
    if value is None:
        obj.bioformats2raw_layout = None
    else:
        obj.bioformats2raw_layout = value
        count += 1
    value = data.get("series")
    if value is None:
        obj.series = None
    else:
        obj.series = [v if v.isascii() else text(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _OME)
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
    if obj.labels is not None:
        out["labels"] = list(obj.labels)
    if obj.image_label is not None:
        out["image-label"] = dump_image_label(obj.image_label)
    if obj.plate is not None:
        out["plate"] = dump_plate(obj.plate)
    if obj.well is not None:
        out["well"] = dump_well(obj.well)
    if obj.bioformats2raw_layout is not None:
        out["bioformats2raw.layout"] = obj.bioformats2raw_layout
    if obj.series is not None:
        out["series"] = list(obj.series)
    if obj.extra:
        add_extra(out, obj.extra, _OME)
    return out
