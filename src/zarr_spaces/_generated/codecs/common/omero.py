# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.common.omero import Omero, OmeroChannel, OmeroWindow
from zarr_spaces.model import add_extra, free_members, number, text

_new = object.__new__


_OMERO = frozenset(("channels",))


def load_omero(data: Mapping[str, Any]) -> Omero:
    """Build a `Omero` from its JSON object."""
    obj = _new(Omero)
    obj.channels = [load_omero_channel(v) for v in data["channels"]]
    if len(data) != 1:
        obj.extra = free_members(data, _OMERO)
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
    """Build a `OmeroChannel` from its JSON object."""
    obj = _new(OmeroChannel)
    obj.color = v if (v := data["color"]).isascii() else text(v)
    obj.window = load_omero_window(data["window"])
    if len(data) == 2:
        obj.label = obj.family = obj.active = None
        return obj
    count = 2
    value = data.get("label")
    if value is None:
        obj.label = None
    else:
        obj.label = value if value.isascii() else text(value)
        count += 1
    value = data.get("family")
    if value is None:
        obj.family = None
    else:
        obj.family = value if value.isascii() else text(value)
        count += 1
    value = data.get("active")
    if value is None:
        obj.active = None
    else:
        obj.active = value
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _OMERO_CHANNEL)
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
    """Build a `OmeroWindow` from its JSON object."""
    obj = _new(OmeroWindow)
    obj.min = v if type((v := data["min"])) is float else number(v)
    obj.max = v if type((v := data["max"])) is float else number(v)
    obj.start = v if type((v := data["start"])) is float else number(v)
    obj.end = v if type((v := data["end"])) is float else number(v)
    if len(data) != 4:
        obj.extra = free_members(data, _OMERO_WINDOW)
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
