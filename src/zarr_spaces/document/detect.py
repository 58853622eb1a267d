"""Telling which specification and version a document follows, and where in it the metadata stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import MULTISCALES, OME, VERSION
from zarr_spaces.findings import Finding, Level, Severity, closest, quote
from zarr_spaces.versions import OME_ZARR_0_6, OTHER_OME_TAGS, VERSIONS, SpecVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zarr_spaces.findings import Pointer

_OLD_KEYS = ("plate", "well", "labels", "image-label", "bioformats2raw.layout")
_ATTRIBUTES = "attributes"  # member of a Zarr v3 node, not of any schema of ours


class Detected(NamedTuple):
    """Where the attributes stand in a document, and by which version they are to be judged."""

    attributes: Any
    at: Pointer
    """Place of the attributes in the document as it was given."""
    version: SpecVersion | None
    finding: Finding | None = None
    """Why there is no version."""


def detect(document: Any) -> Detected:
    """Find the metadata in an attributes object or in a whole Zarr node, and its version.

    A document with an `ome` member whose version is missing, or is no string, is judged by the newest version,
    whose schema then says so.
    """
    attributes, at = _attributes(document)
    if not isinstance(attributes, dict):
        return Detected(attributes, at, None, _missing(at, f"expected a JSON object, got {_kind(attributes)}"))
    if OME in attributes:
        ome = attributes[OME]
        tag = ome.get(VERSION) if isinstance(ome, dict) else None
        if not isinstance(tag, str):
            return Detected(attributes, at, OME_ZARR_0_6)
        for version in VERSIONS:
            if tag in version.tags:
                fault = unfit_node(document) if at else None
                return Detected(attributes, at, version if fault is None else None, fault)
        return Detected(attributes, at, None, _unknown((*at, OME, VERSION), tag))
    return Detected(attributes, at, None, _without_ome(attributes, at))


def _attributes(document: Any) -> tuple[Any, Pointer]:
    if isinstance(document, dict) and OME not in document and ("zarr_format" in document or "node_type" in document):
        if _ATTRIBUTES not in document:
            return {}, ()
        return document[_ATTRIBUTES], (_ATTRIBUTES,)
    return document, ()


def unfit_node(node: Mapping[str, Any]) -> Finding | None:
    """Say why the metadata of a Zarr node is not that of a group in Zarr format 3, which this metadata describes."""
    attributes = node.get(_ATTRIBUTES, {})
    if node.get("zarr_format") != 3:
        member, message = "zarr_format", f"zarr_format must be 3, is {quote(node.get('zarr_format'))}"
    elif node.get("node_type") not in ("group", "array"):
        member, message = "node_type", f"node_type must be group or array, is {quote(node.get('node_type'))}"
    elif not isinstance(attributes, dict):
        member, message = _ATTRIBUTES, f"attributes must be an object, is {quote(attributes)}"
    elif node.get("node_type") == "array":
        member, message = "", "OME-Zarr metadata describes groups, and this is an array"
    else:
        return None
    return Finding(
        rule="node-unfit",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=(member,) if member in node else (),
        message=message,
        hint="OME-Zarr 0.6 is the attributes of groups in Zarr format 3",
        section="storage format",
    )


def _unknown(at: Pointer, tag: str) -> Finding:
    known = [tag for version in VERSIONS for tag in version.tags]
    if tag in OTHER_OME_TAGS:
        message = f"OME-Zarr {tag} cannot be judged by this release"
        hint = f"the document may be fine by its own version; this release judges {', '.join(known)}"
    else:
        message = f"there is no OME-Zarr version {quote(tag)}"
        close = closest(tag, [*known, *OTHER_OME_TAGS])
        hint = (f"did you mean {close}? " if close else "") + f"This release judges {', '.join(known)}"
    return Finding(
        rule="version-unknown",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=at,
        message=message,
        hint=hint,
        section="OME-Zarr metadata",
    )


def _without_ome(attributes: Mapping[str, Any], at: Pointer) -> Finding:
    tag = attributes.get(VERSION)
    if isinstance(tag, str) and any(tag in version.tags for version in VERSIONS):
        return _missing(at, f"this is the content of the member ome, of version {tag}; the object around it is needed")
    multiscales = attributes.get(MULTISCALES)
    if isinstance(multiscales, list) or any(key in attributes for key in _OLD_KEYS):
        return _other(at, "OME-Zarr 0.4 or older", "its metadata stands at the root; from 0.5 on it stands under ome")
    if isinstance(multiscales, dict):
        return _other((*at, MULTISCALES), "the Zarr multiscales convention", None)
    if "spaces" in attributes or "coordinateSystems" in attributes:
        return _other(at, "the named-spaces draft", None)
    names = ", ".join(quote(name) for name in list(attributes)[:6]) or "none"
    return _missing(at, f"no OME-Zarr metadata: the member ome is missing; members here: {names}")


def _other(at: Pointer, what: str, hint: str | None) -> Finding:
    message = f"this looks like {what}, which cannot be judged by this release"
    return Finding(
        rule="version-unknown", severity=Severity.ERROR, level=Level.SCHEMA, pointer=at, message=message, hint=hint
    )


def _missing(at: Pointer, message: str) -> Finding:
    return Finding(
        rule="metadata-missing",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=at,
        message=message,
        hint="give the attributes of a Zarr group, or its whole zarr.json",
        section="OME-Zarr metadata",
    )


def _kind(value: Any) -> str:
    return "an array" if isinstance(value, list) else quote(value)
