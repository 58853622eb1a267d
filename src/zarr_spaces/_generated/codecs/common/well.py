# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.common.well import Well, WellImage
from zarr_spaces.model import add_extra, free_members, text

_new = object.__new__


_WELL = frozenset(("images",))


def load_well(data: Mapping[str, Any]) -> Well:
    """Build a `Well` from its JSON object."""
    obj = _new(Well)
    obj.images = [load_well_image(v) for v in data["images"]]
    if len(data) != 1:
        obj.extra = free_members(data, _WELL)
    return obj


def dump_well(obj: Well) -> dict[str, Any]:
    """Write a `Well` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "images": [dump_well_image(v) for v in obj.images],
    }
    if obj.extra:
        add_extra(out, obj.extra, _WELL)
    return out


_WELL_IMAGE = frozenset(("path", "acquisition",))


def load_well_image(data: Mapping[str, Any]) -> WellImage:
    """Build a `WellImage` from its JSON object."""
    obj = _new(WellImage)
    obj.path = v if (v := data["path"]).isascii() else text(v)
    if len(data) == 1:
        obj.acquisition = None
        return obj
    count = 1
    value = data.get("acquisition")
    if value is None:
        obj.acquisition = None
    else:
        obj.acquisition = value if type(value) is int else int(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _WELL_IMAGE)
    return obj


def dump_well_image(obj: WellImage) -> dict[str, Any]:
    """Write a `WellImage` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "path": obj.path,
    }
    if obj.acquisition is not None:
        out["acquisition"] = obj.acquisition
    if obj.extra:
        add_extra(out, obj.extra, _WELL_IMAGE)
    return out
