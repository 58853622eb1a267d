"""Telling which specifications and versions a document follows, and where in it the metadata stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import GEO, GROUP, LAYOUT, MULTISCALES, OME, PROJ, VERSION
from zarr_spaces.findings import Finding, Level, Severity, value_at
from zarr_spaces.quoting import closest, quote
from zarr_spaces.versions import GEO_PROJ_0_1, OME_ZARR_0_6, OTHER_OME_TAGS, VERSIONS, ZARR_MULTISCALES_0_1_0

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer
    from zarr_spaces.versions import SpecVersion

_OLD_KEYS = ("plate", "well", "labels", "image-label", "bioformats2raw.layout")
_ATTRIBUTES = "attributes"  # member of a Zarr v3 node, not of any schema of ours
_SEMANTIC = re.compile(r"(0|[1-9][0-9]*)[.][0-9]+[.][0-9]+")


class Detected(NamedTuple):
    """Where the attributes stand in a document, and by which versions they are to be judged."""

    attributes: Any
    at: Pointer
    """Place of the attributes in the document as it was given."""
    versions: tuple[SpecVersion, ...]
    """One for each specification whose metadata is there."""
    findings: tuple[Finding, ...] = ()
    """Why there is none, or what else is there that cannot be judged; pointers start at what was given."""


def detect(document: Any) -> Detected:
    """Find the metadata in an attributes object or in a whole Zarr node, and its versions.

    Metadata whose version is missing, or is no string, is judged by the newest version, whose schema then says so.
    """
    attributes, at = _attributes(document)
    if not isinstance(attributes, dict):
        return Detected(attributes, at, (), (_missing(at, f"expected a JSON object, got {_kind(attributes)}"),))
    versions: list[SpecVersion] = []
    findings: list[Finding] = []
    for found in _declared(attributes, at):
        if isinstance(found, Finding):
            findings.append(found)
        elif fault := unfit_node(document, found) if at else None:
            findings.append(fault)
        else:
            versions.append(found)
    if not versions and not findings:
        findings.append(_without_metadata(attributes, at))
    return Detected(attributes, at, tuple(versions), tuple(findings))


def holds_metadata(attributes: Mapping[str, Any]) -> bool:
    """Tell whether there is metadata of a specification that this release knows."""
    return OME in attributes or holds_layout(attributes) or holds_geo_proj(attributes)


def holds_layout(attributes: Mapping[str, Any]) -> bool:
    """Tell whether there is a pyramid of the Zarr multiscales convention; that of an old OME-Zarr is a list."""
    return isinstance(attributes.get(MULTISCALES), dict)


def holds_geo_proj(attributes: Mapping[str, Any]) -> bool:
    """Tell whether pixels are placed in a coordinate reference system."""
    geo = attributes.get(GEO)
    return isinstance(geo, dict) and PROJ in geo


def _declared(attributes: Mapping[str, Any], at: Pointer) -> Iterator[SpecVersion | Finding]:
    """Yield the version of each specification whose metadata is there, or why it has none."""
    if OME in attributes:
        yield _ome(attributes[OME], at)
    pyramid = _pyramid(attributes, at)
    if pyramid is not None:
        yield pyramid
    # Of a pyramid that can be judged it is a part.
    if holds_geo_proj(attributes) and pyramid is not ZARR_MULTISCALES_0_1_0:
        yield GEO_PROJ_0_1


def _ome(ome: Any, at: Pointer) -> SpecVersion | Finding:
    tag = ome.get(VERSION) if isinstance(ome, dict) else None
    if not isinstance(tag, str):
        return OME_ZARR_0_6
    known = (version for version in VERSIONS if version.member == OME and tag in version.tags)
    return next(known, None) or _unknown((*at, OME, VERSION), tag)


_OLD_OME = ("OME-Zarr 0.4 or older", "its metadata stands at the root; from 0.5 on it stands under ome")
_MOVE = "version 0.1.0 has the member multiscales among the attributes, with a layout of levels in it"


def _pyramid(attributes: Mapping[str, Any], at: Pointer) -> SpecVersion | Finding | None:
    """Tell the version of a pyramid of the convention, or why it has none; None where there is no pyramid."""
    geo = attributes.get(GEO)
    if MULTISCALES not in attributes:
        if isinstance(geo, dict) and MULTISCALES in geo:
            return _other((*at, GEO, MULTISCALES), "an older draft of the Zarr multiscales convention", _MOVE)
        return None
    pyramid = attributes[MULTISCALES]
    if isinstance(pyramid, list):  # that of an old OME-Zarr, which may stand beside a newer one
        return None if OME in attributes else _other((*at, MULTISCALES), *_OLD_OME)
    return _layout(attributes, at) if isinstance(pyramid, dict) else ZARR_MULTISCALES_0_1_0


def _layout(attributes: Mapping[str, Any], at: Pointer) -> SpecVersion | Finding:
    pyramid = attributes[MULTISCALES]
    levels = pyramid.get(LAYOUT)
    levels = [level for level in levels if isinstance(level, dict)] if isinstance(levels, list) else []
    named = any(GROUP in level for level in levels)
    if not named and (any("asset" in level for level in levels) or "zarr_conventions" in attributes):
        what = "the released Zarr multiscales convention, 0.1"
        return _other((*at, MULTISCALES), what, "this release judges the draft 0.1.0, whose levels have group")
    if "tile_matrix_set" in pyramid and not levels:
        return _other((*at, MULTISCALES), "an older draft of the Zarr multiscales convention", _MOVE)
    tag = pyramid.get(VERSION)
    if isinstance(tag, str) and (parts := _SEMANTIC.fullmatch(tag)) and parts[1] != "0":
        message = f"the major version {parts[1]} of Zarr multiscales is not known"
        hint = "this release judges 0.1.0, and reads later versions of the same major version"
        return _finding((*at, MULTISCALES, VERSION), message, hint)
    return ZARR_MULTISCALES_0_1_0


def _attributes(document: Any) -> tuple[Any, Pointer]:
    is_node = isinstance(document, dict) and ("zarr_format" in document or "node_type" in document)
    if is_node and not holds_metadata(document):
        if _ATTRIBUTES not in document:
            return {}, ()
        return document[_ATTRIBUTES], (_ATTRIBUTES,)
    return document, ()


def unfit_node(node: Mapping[str, Any], version: SpecVersion | None = None) -> Finding | None:
    """Say why a Zarr node cannot have the metadata of a version, or any that this release knows."""
    attributes = node.get(_ATTRIBUTES, {})
    kind = node.get("node_type")
    if node.get("zarr_format") != 3:
        member, message = "zarr_format", f"zarr_format must be 3, is {quote(node.get('zarr_format'))}"
    elif kind not in ("group", "array"):
        member, message = "node_type", f"node_type must be group or array, is {quote(kind)}"
    elif not isinstance(attributes, dict):
        member, message = _ATTRIBUTES, f"attributes must be an object, is {quote(attributes)}"
    elif version is not None and kind not in version.nodes:
        member, message = "", f"{version.title} metadata describes groups, and this is an array"
    else:
        return None
    title = version.title if version is not None else "metadata that this release knows"
    return Finding(
        rule="node-unfit",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=(member,) if member in node else (),
        message=message,
        hint=f"{title} is the attributes of groups in Zarr format 3",
        section="storage format",
    )


def _unknown(at: Pointer, tag: str) -> Finding:
    known = [tag for version in VERSIONS if version.member == OME for tag in version.tags]
    if tag in OTHER_OME_TAGS:
        message = f"OME-Zarr {tag} cannot be judged by this release"
        hint = f"the document may be fine by its own version; this release judges {', '.join(known)}"
    else:
        message = f"there is no OME-Zarr version {quote(tag)}"
        close = closest(tag, [*known, *OTHER_OME_TAGS])
        hint = (f"did you mean {close}? " if close else "") + f"This release judges {', '.join(known)}"
    return _finding(at, message, hint)


def _without_metadata(attributes: Mapping[str, Any], at: Pointer) -> Finding:
    tag = attributes.get(VERSION)
    if isinstance(tag, str) and any(tag in version.tags for version in VERSIONS if version.member == OME):
        return _missing(at, f"this is the content of the member ome, of version {tag}; the object around it is needed")
    if isinstance(value_at(attributes, (LAYOUT, 0)), dict):
        return _missing(at, "this is the content of the member multiscales; the object around it is needed")
    if any(key in attributes for key in _OLD_KEYS):
        return _other(at, *_OLD_OME)
    if "spaces" in attributes or "coordinateSystems" in attributes:
        return _other(at, "the named-spaces draft", None)
    names = ", ".join(quote(name) for name in list(attributes)[:6]) or "none"
    return _missing(
        at, f"no metadata of a known kind: ome, multiscales and geo.proj are missing; members here: {names}"
    )


def _other(at: Pointer, what: str, hint: str | None) -> Finding:
    return _finding(at, f"this looks like {what}, which cannot be judged by this release", hint)


def _finding(at: Pointer, message: str, hint: str | None, rule: str = "version-unknown") -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=at,
        message=message,
        hint=hint,
        section="OME-Zarr metadata" if OME in at or rule == "metadata-missing" else None,
    )


def _missing(at: Pointer, message: str) -> Finding:
    return _finding(at, message, "give the attributes of a Zarr group, or its whole zarr.json", "metadata-missing")


def _kind(value: Any) -> str:
    return "an array" if isinstance(value, list) else quote(value)
