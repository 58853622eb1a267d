# Generated from schemas/ by `python -m codegen`. Do not edit.

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zarr_spaces._generated.bindings.composition.geo import Geo, GeoAttributes, GeoProj
from zarr_spaces.model import add_extra, free, free_members, numbers, text

_new = object.__new__


_GEO_ATTRIBUTES = frozenset(("geo",))


def load_geo_attributes(data: Mapping[str, Any]) -> GeoAttributes:
    """Build a `GeoAttributes` from its JSON object."""
    obj = _new(GeoAttributes)
    obj.geo = load_geo(data["geo"])
    if len(data) != 1:
        obj.extra = free_members(data, _GEO_ATTRIBUTES)
    return obj


def dump_geo_attributes(obj: GeoAttributes) -> dict[str, Any]:
    """Write a `GeoAttributes` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "geo": dump_geo(obj.geo),
    }
    if obj.extra:
        add_extra(out, obj.extra, _GEO_ATTRIBUTES)
    return out


_GEO = frozenset(("proj",))


def load_geo(data: Mapping[str, Any]) -> Geo:
    """Build a `Geo` from its JSON object."""
    obj = _new(Geo)
    count = 0
    value = data.get("proj")
    if value is None:
        obj.proj = None
    else:
        obj.proj = load_geo_proj(value)
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _GEO)
    return obj


def dump_geo(obj: Geo) -> dict[str, Any]:
    """Write a `Geo` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
    }
    if obj.proj is not None:
        out["proj"] = dump_geo_proj(obj.proj)
    if obj.extra:
        add_extra(out, obj.extra, _GEO)
    return out


_GEO_PROJ = frozenset(("version", "code", "wkt2", "projjson", "bbox", "transform", "spatial_dimensions",))


def load_geo_proj(data: Mapping[str, Any]) -> GeoProj:
    """Build a `GeoProj` from its JSON object."""
    obj = _new(GeoProj)
    obj.version = data["version"]
    if len(data) == 1:
        obj.code = obj.wkt2 = obj.projjson = obj.bbox = obj.transform = obj.spatial_dimensions = None
        return obj
    count = 1
    value = data.get("code")
    if value is None:
        obj.code = None
    else:
        obj.code = value if value.isascii() else text(value)
        count += 1
    if len(data) == count:
        obj.wkt2 = obj.projjson = obj.bbox = obj.transform = obj.spatial_dimensions = None
        return obj
    value = data.get("wkt2")
    if value is None:
        obj.wkt2 = None
    else:
        obj.wkt2 = value if value.isascii() else text(value)
        count += 1
    value = data.get("projjson")
    if value is None:
        obj.projjson = None
    else:
        obj.projjson = free(value)
        count += 1
    value = data.get("bbox")
    if value is None:
        obj.bbox = None
    else:
        obj.bbox = list(value) if type(sum(value, 0.0)) is float else numbers(value)
        count += 1
    value = data.get("transform")
    if value is None:
        obj.transform = None
    else:
        obj.transform = list(value) if type(sum(value, 0.0)) is float else numbers(value)
        count += 1
    value = data.get("spatial_dimensions")
    if value is None:
        obj.spatial_dimensions = None
    else:
        obj.spatial_dimensions = [v if v.isascii() else text(v) for v in value]
        count += 1
    if len(data) != count:
        obj.extra = free_members(data, _GEO_PROJ)
    return obj


def dump_geo_proj(obj: GeoProj) -> dict[str, Any]:
    """Write a `GeoProj` as a JSON object, absent members left out."""
    out: dict[str, Any] = {
        "version": obj.version,
    }
    if obj.code is not None:
        out["code"] = obj.code
    if obj.wkt2 is not None:
        out["wkt2"] = obj.wkt2
    if obj.projjson is not None:
        out["projjson"] = dict(obj.projjson)
    if obj.bbox is not None:
        out["bbox"] = list(obj.bbox)
    if obj.transform is not None:
        out["transform"] = list(obj.transform)
    if obj.spatial_dimensions is not None:
        out["spatial_dimensions"] = list(obj.spatial_dimensions)
    if obj.extra:
        add_extra(out, obj.extra, _GEO_PROJ)
    return out
