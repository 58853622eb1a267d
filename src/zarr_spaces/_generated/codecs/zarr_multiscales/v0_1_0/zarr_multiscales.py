# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales import LayoutLevel, Multiscales, ZarrMultiscales
from zarr_spaces._generated.codecs.composition.geo import dump_geo, load_geo
from zarr_spaces.model import add_extra, free_members, numbers, text

_new = object.__new__


_ZARR_MULTISCALES = frozenset(("multiscales", "geo",))


def load_zarr_multiscales(data: Mapping[str, Any]) -> ZarrMultiscales:
    """Build a `ZarrMultiscales` from its JSON object."""
    obj = _new(ZarrMultiscales)
    obj.multiscales = load_multiscales(data["multiscales"])
    if len(data) == 1:
        obj.geo = None
        return obj
    count = 1
    value = data.get("geo")
    if value is None:
        obj.geo = None
    else:
        obj.geo = load_geo(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _ZARR_MULTISCALES)
    return obj


def dump_zarr_multiscales(obj: ZarrMultiscales) -> dict[str, Any]:
    """Write a `ZarrMultiscales` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "multiscales": dump_multiscales(obj.multiscales),
    }
    if obj.geo is not None:
        out["geo"] = dump_geo(obj.geo)
    if obj.extra:
        add_extra(out, obj.extra, _ZARR_MULTISCALES)
    return out


_MULTISCALES = frozenset(("version", "layout", "resampling_method",))


def load_multiscales(data: Mapping[str, Any]) -> Multiscales:
    """Build a `Multiscales` from its JSON object."""
    obj = _new(Multiscales)
    obj.version = v if (v := data["version"]).isascii() else text(v)
    obj.layout = [load_layout_level(v) for v in data["layout"]]
    if len(data) == 2:
        obj.resampling_method = None
        return obj
    count = 2
    value = data.get("resampling_method")
    if value is None:
        obj.resampling_method = None
    else:
        obj.resampling_method = value
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _MULTISCALES)
    return obj


def dump_multiscales(obj: Multiscales) -> dict[str, Any]:
    """Write a `Multiscales` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "version": obj.version,
        "layout": [dump_layout_level(v) for v in obj.layout],
    }
    if obj.resampling_method is not None:
        out["resampling_method"] = obj.resampling_method
    if obj.extra:
        add_extra(out, obj.extra, _MULTISCALES)
    return out


_LAYOUT_LEVEL = frozenset(("group", "from_group", "factors", "scale", "translation", "resampling_method",))


def load_layout_level(data: Mapping[str, Any]) -> LayoutLevel:
    """Build a `LayoutLevel` from its JSON object."""
    obj = _new(LayoutLevel)
    obj.group = v if (v := data["group"]).isascii() else text(v)
    if len(data) == 1:
        obj.from_group = obj.factors = obj.scale = obj.translation = obj.resampling_method = None
        return obj
    count = 1
    value = data.get("from_group")
    if value is None:
        obj.from_group = None
    else:
        obj.from_group = value if value.isascii() else text(value)
        count += 1
    value = data.get("factors")
    if value is None:
        obj.factors = None
    else:
        obj.factors = list(value) if type(sum(value, 0.0)) is float else numbers(value)
        count += 1
    value = data.get("scale")
    if value is None:
        obj.scale = None
    else:
        obj.scale = list(value) if type(sum(value, 0.0)) is float else numbers(value)
        count += 1
    value = data.get("translation")
    if value is None:
        obj.translation = None
    else:
        obj.translation = list(value) if type(sum(value, 0.0)) is float else numbers(value)
        count += 1
    value = data.get("resampling_method")
    if value is None:
        obj.resampling_method = None
    else:
        obj.resampling_method = value
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _LAYOUT_LEVEL)
    return obj


def dump_layout_level(obj: LayoutLevel) -> dict[str, Any]:
    """Write a `LayoutLevel` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "group": obj.group,
    }
    if obj.from_group is not None:
        out["from_group"] = obj.from_group
    if obj.factors is not None:
        out["factors"] = list(obj.factors)
    if obj.scale is not None:
        out["scale"] = list(obj.scale)
    if obj.translation is not None:
        out["translation"] = list(obj.translation)
    if obj.resampling_method is not None:
        out["resampling_method"] = obj.resampling_method
    if obj.extra:
        add_extra(out, obj.extra, _LAYOUT_LEVEL)
    return out
