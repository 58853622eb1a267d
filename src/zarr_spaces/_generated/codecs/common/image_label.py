# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.common.image_label import ImageLabel, LabelColor, LabelProperties, LabelSource
from zarr_spaces.model import add_extra, free_members, text

_new = object.__new__


_IMAGE_LABEL = frozenset(("colors", "properties", "source",))


def load_image_label(data: Mapping[str, Any]) -> ImageLabel:
    """Build a `ImageLabel` from its JSON object."""
    obj = _new(ImageLabel)
    count = 0
    value = data.get("colors")
    if value is None:
        obj.colors = None
    else:
        obj.colors = [load_label_color(v) for v in value]
        count += 1
    value = data.get("properties")
    if value is None:
        obj.properties = None
    else:
        obj.properties = [load_label_properties(v) for v in value]
        count += 1
    value = data.get("source")
    if value is None:
        obj.source = None
    else:
        obj.source = load_label_source(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _IMAGE_LABEL)
    return obj


def dump_image_label(obj: ImageLabel) -> dict[str, Any]:
    """Write a `ImageLabel` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
    }
    if obj.colors is not None:
        out["colors"] = [dump_label_color(v) for v in obj.colors]
    if obj.properties is not None:
        out["properties"] = [dump_label_properties(v) for v in obj.properties]
    if obj.source is not None:
        out["source"] = dump_label_source(obj.source)
    if obj.extra:
        add_extra(out, obj.extra, _IMAGE_LABEL)
    return out


_LABEL_COLOR = frozenset(("label-value", "rgba",))


def load_label_color(data: Mapping[str, Any]) -> LabelColor:
    """Build a `LabelColor` from its JSON object."""
    obj = _new(LabelColor)
    obj.label_value = v if type((v := data["label-value"])) is int else int(v)
    if len(data) == 1:
        obj.rgba = None
        return obj
    count = 1
    value = data.get("rgba")
    if value is None:
        obj.rgba = None
    else:
        obj.rgba = [v if type(v) is int else int(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _LABEL_COLOR)
    return obj


def dump_label_color(obj: LabelColor) -> dict[str, Any]:
    """Write a `LabelColor` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "label-value": obj.label_value,
    }
    if obj.rgba is not None:
        out["rgba"] = list(obj.rgba)
    if obj.extra:
        add_extra(out, obj.extra, _LABEL_COLOR)
    return out


_LABEL_PROPERTIES = frozenset(("label-value",))


def load_label_properties(data: Mapping[str, Any]) -> LabelProperties:
    """Build a `LabelProperties` from its JSON object."""
    obj = _new(LabelProperties)
    obj.label_value = v if type((v := data["label-value"])) is int else int(v)
    if len(data) != 1:
        obj.extra = free_members(data, _LABEL_PROPERTIES)
    return obj


def dump_label_properties(obj: LabelProperties) -> dict[str, Any]:
    """Write a `LabelProperties` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "label-value": obj.label_value,
    }
    if obj.extra:
        add_extra(out, obj.extra, _LABEL_PROPERTIES)
    return out


_LABEL_SOURCE = frozenset(("image",))


def load_label_source(data: Mapping[str, Any]) -> LabelSource:
    """Build a `LabelSource` from its JSON object."""
    obj = _new(LabelSource)
    count = 0
    value = data.get("image")
    if value is None:
        obj.image = None
    else:
        obj.image = value if value.isascii() else text(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _LABEL_SOURCE)
    return obj


def dump_label_source(obj: LabelSource) -> dict[str, Any]:
    """Write a `LabelSource` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
    }
    if obj.image is not None:
        out["image"] = obj.image
    if obj.extra:
        add_extra(out, obj.extra, _LABEL_SOURCE)
    return out
