# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.common.omero import Omero, OmeroChannel, OmeroWindow
from zarr_spaces.model import add_extra, free

_new = object.__new__


_OMERO = frozenset(("channels",))


def load_omero(data: Mapping[str, Any]) -> Omero:
    """Build a `Omero` from its JSON object, which must have passed the schema."""
    obj = _new(Omero)
    obj.channels = [load_omero_channel(v) for v in data["channels"]]
    obj.extra = {} if data.keys() <= _OMERO else {k: free(v) for k, v in data.items() if k not in _OMERO}
    return obj


def dump_omero(obj: Omero) -> dict[str, Any]:
    """Write a `Omero` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "channels": [dump_omero_channel(v) for v in obj.channels],
    }
    if obj.extra:
        add_extra(out, obj.extra, _OMERO)
    return out


_OMERO_CHANNEL = frozenset(("color", "window", "label", "family", "active",))


def load_omero_channel(data: Mapping[str, Any]) -> OmeroChannel:
    """Build a `OmeroChannel` from its JSON object, which must have passed the schema."""
    obj = _new(OmeroChannel)
    obj.color = data["color"]
    obj.window = load_omero_window(data["window"])
    obj.label = data.get("label")
    obj.family = data.get("family")
    obj.active = data.get("active")
    obj.extra = {} if data.keys() <= _OMERO_CHANNEL else {k: free(v) for k, v in data.items() if k not in _OMERO_CHANNEL}
    return obj


def dump_omero_channel(obj: OmeroChannel) -> dict[str, Any]:
    """Write a `OmeroChannel` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "color": obj.color,
        "window": dump_omero_window(obj.window),
    }
    if obj.label is not None:
        out["label"] = obj.label
    if obj.family is not None:
        out["family"] = obj.family
    if obj.active is not None:
        out["active"] = obj.active
    if obj.extra:
        add_extra(out, obj.extra, _OMERO_CHANNEL)
    return out


_OMERO_WINDOW = frozenset(("min", "max", "start", "end",))


def load_omero_window(data: Mapping[str, Any]) -> OmeroWindow:
    """Build a `OmeroWindow` from its JSON object, which must have passed the schema."""
    obj = _new(OmeroWindow)
    obj.min = data["min"]
    obj.max = data["max"]
    obj.start = data["start"]
    obj.end = data["end"]
    obj.extra = {} if data.keys() <= _OMERO_WINDOW else {k: free(v) for k, v in data.items() if k not in _OMERO_WINDOW}
    return obj


def dump_omero_window(obj: OmeroWindow) -> dict[str, Any]:
    """Write a `OmeroWindow` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "min": obj.min,
        "max": obj.max,
        "start": obj.start,
        "end": obj.end,
    }
    if obj.extra:
        add_extra(out, obj.extra, _OMERO_WINDOW)
    return out
