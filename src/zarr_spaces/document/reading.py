"""Reading as opposed to judging: what is sound in a document is used, what is broken costs only itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import OME
from zarr_spaces.document.detect import detect, holds_geo_proj
from zarr_spaces.document.gate import plain
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.mending import LayoutMender, Mender, copy_plain
from zarr_spaces.document.source import open_source, refused, too_many
from zarr_spaces.kept import LEFT_OUT, Kept
from zarr_spaces.versions import GEO_PROJ_0_1, OME_ZARR_0_6, ZARR_MULTISCALES_0_1_0, loader, version_of_object
from zarr_spaces.wording import schema_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import ZarrMultiscales
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Finding, Pointer
    from zarr_spaces.model import Model
    from zarr_spaces.versions import SpecVersion

_FAULTS = 5_000  # that are mended at a time
_ROUNDS = 8  # leaving a part out can empty the part around it; deeper chains than this do not exist in the schemas
_MENDED = 20_000_000  # bytes of text that are looked at again; of a large document not all faults are told at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The usable parts of a document."""

    document: OmeZarr | None = None
    """What is usable of its OME-Zarr metadata; None when nothing is."""
    layout: ZarrMultiscales | None = None
    """What is usable of a pyramid of the Zarr multiscales convention."""
    proj: GeoProj | None = None
    """How its pixels lie on the ground."""
    at: Pointer = ()
    """Place of the attributes in the document as it was given."""
    opaque: Mapping[Pointer, str] = field(default_factory=dict)
    """Transformations that are declared but cannot be understood, by their place in the attributes, and why."""
    findings: tuple[Finding, ...] = ()
    """What was broken; pointers start at the attributes."""

    @property
    def is_usable(self) -> bool:
        """Whether there is anything in it to go by."""
        return not (self.document is None and self.layout is None and self.proj is None)


def reading_of(documents: Iterable[Model], at: Pointer) -> Reading:
    """Take typed documents, in which nothing is broken, for what can be read."""
    return _reading({version_of_object(document): document for document in documents}, at, {}, ())


def read(source: object, limits: Limits = DEFAULT) -> Reading:
    """Read what can be read of a document; the rest is reported in `Reading.findings`, never raised."""
    opened = open_source(source, limits)
    if opened.findings:
        return Reading(findings=opened.findings)
    detected = detect(opened.value)
    if refusal := too_many(detected, opened, limits):
        return Reading(at=detected.at, findings=refusal)
    documents: dict[SpecVersion | None, Any] = {}
    opaque: dict[Pointer, str] = {}
    findings = list(detected.findings)
    # Tuples and shared parts, which text cannot hold, cannot be mended as they are.
    length = len(opened.text) if opened.text is not None else None
    for version in detected.versions:
        document, unclear, faults = _read(version, detected.attributes, limits, length)
        if document is not None:
            documents[version] = document
        elif version is ZARR_MULTISCALES_0_1_0 and holds_geo_proj(detected.attributes):
            documents[GEO_PROJ_0_1], *_ = _read(GEO_PROJ_0_1, detected.attributes, limits, length)
        opaque |= unclear
        findings += faults
    return _reading(documents, detected.at, opaque, tuple(findings))


def _reading(
    documents: Mapping[SpecVersion | None, Any],
    at: Pointer,
    opaque: Mapping[Pointer, str],
    findings: tuple[Finding, ...],
) -> Reading:
    layout = documents.get(ZARR_MULTISCALES_0_1_0)
    placed = documents.get(GEO_PROJ_0_1) or layout
    proj = placed.geo.proj if placed is not None and placed.geo is not None else None
    ome = documents.get(OME_ZARR_0_6)
    return Reading(document=ome, layout=layout, proj=proj, at=at, opaque=opaque, findings=findings)


def _read(
    version: SpecVersion, attributes: Any, limits: Limits, length: int | None
) -> tuple[Any, Mapping[Pointer, str], tuple[Finding, ...]]:
    """Read the metadata of one specification: the typed document, what of it is opaque, and what was broken.

    `length` is that of the text which the attributes were read from, None where they were not.
    """
    load: Any = loader(version)
    try:
        faults = schema_findings(version.schema, attributes, _FAULTS)
        if not faults:
            return load(attributes), {}, ()
    except (ValueError, OverflowError, RecursionError) as error:
        return None, {}, (refused(error),)
    kept = Kept(limits.findings)
    for fault in faults:
        kept.add(fault)
    findings = tuple(kept.findings())
    if length is not None:
        attributes = copy_plain(attributes)
    else:
        attributes, foreign = plain(attributes, limits)
        if foreign:
            return None, {}, foreign
    mender = Mender(attributes) if version.member == OME else LayoutMender(attributes)
    for _ in range(max(_ROUNDS, _MENDED // length if length else 0)):
        if not mender.mend([fault for fault in faults if fault.rule != LEFT_OUT]):
            break
        faults = schema_findings(version.schema, mender.attributes, _FAULTS)
        if not faults:
            mender.disarm()
            return load(mender.attributes), mender.opaque, findings
    return None, {}, findings
