"""The quick way of a document: decoded JSON that the schema accepts, as nearly all of it is.

The typed object is built before the validator looks, because the building finds out cheaply what the validator must not
be given: structures without end, text that is not Unicode, types that JSON does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import OME, VERSION
from zarr_spaces.document.detect import detect
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.verdict import apply_rules, moved
from zarr_spaces.findings import Level, Report, sort_findings
from zarr_spaces.schemas import is_compiled, validator
from zarr_spaces.versions import VERSIONS, loader, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.document.verdict import Judged
    from zarr_spaces.rules.rule import NodeView
    from zarr_spaces.versions import SpecVersion

_SHALLOW = 8  # transformations inside each other that this way follows; deeper ones are measured first


class _Ready(NamedTuple):
    """What judging by one version takes, looked up once."""

    version: SpecVersion
    load: Callable[[Any, int], Any]
    is_valid: Callable[[Any], bool]
    list_parts: Callable[[Any, NodeView | None], Any]
    clean: dict[Level, Report]
    """Reports on single documents without a finding, by the level asked for; nothing can change them."""


_ready: dict[str, _Ready] = {}
"""By the tag that documents write."""


def judge_sound(source: dict[str, Any], level: Level, nodes: NodeView | None) -> Judged | None:
    """Judge decoded JSON within the usual limits; None for what the schema refuses and anything out of the ordinary."""
    attributes: Any = source
    at: tuple[str | int, ...] = ()
    ome = source.get(OME)
    if ome is None:
        detected = detect(source)
        attributes, at = detected.attributes, detected.at
        ome = attributes.get(OME) if detected.version is not None and type(attributes) is dict else None
    tag = ome.get(VERSION) if type(ome) is dict else None
    if type(tag) is not str or (ready := _ready.get(tag) or _prepare(tag)) is None:
        return None
    try:
        document = ready.load(attributes, _SHALLOW)
        if not ready.is_valid(attributes):
            return None
    except Exception:  # whatever it is, the careful way finds it again and says what it means
        return None
    if nodes is None and not ready.list_parts(document, None):  # there is nothing in it that rules look at
        return ready.clean[level], document
    findings, reached = apply_rules(ready.version, document, level, nodes, DEFAULT)
    return Report(sort_findings(moved(findings, at)), ready.version.key, level, reached), document


def _depth(level: Level) -> int:
    return level.depth


def _prepare(tag: str) -> _Ready | None:
    version = next((version for version in VERSIONS if tag in version.tags), None)
    if version is None or not is_compiled():
        return None
    clean = {level: Report((), version.key, level, min(level, Level.DOCUMENT, key=_depth)) for level in Level}
    ready = _Ready(version, loader(version), validator(version.schema).is_valid, parts_of(version), clean)
    _ready.update(dict.fromkeys(version.tags, ready))
    return ready
