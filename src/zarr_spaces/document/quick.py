"""The quick way of a document: decoded JSON that the schema accepts, as nearly all of it is.

The typed object is built before the validator looks, because the building finds out cheaply what the validator must not
be given: structures without end, text that is not Unicode, types that JSON does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zarr_spaces._generated.members import GEO, MULTISCALES, OME, VERSION
from zarr_spaces.document.detect import detect
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.verdict import apply_rules, moved
from zarr_spaces.findings import Level, Report, sort_findings
from zarr_spaces.schemas import is_compiled, validator
from zarr_spaces.versions import loader, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.document.verdict import Judged
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.versions import SpecVersion

_SHALLOW = 8  # transformations inside each other that this way follows; deeper ones are measured first


class _Ready(NamedTuple):
    """What judging by one version takes, looked up once."""

    version: SpecVersion
    load: Callable[..., Any]
    nests: bool
    """Whether objects can stand in each other, so that the loader is told how deep it may go."""
    is_valid: Callable[[Any], bool]
    list_parts: Callable[[Any, NodeView | None], Any]
    clean: dict[Level, Report]
    """Reports on single documents without a finding, by the level asked for; nothing can change them."""


_ready: dict[SpecVersion, _Ready] = {}
_by_tag: dict[str, _Ready] = {}
"""Those of OME-Zarr, by the tag that documents write."""


def judge_sound(source: dict[str, Any], level: Level, nodes: NodeView | None) -> Judged | None:
    """Judge decoded JSON within the usual limits; None for what the schema refuses and anything out of the ordinary."""
    attributes: Any = source
    at: tuple[str | int, ...] = ()
    ome = source.get(OME)
    tag = ome.get(VERSION) if type(ome) is dict else None
    ready = _by_tag.get(tag) if type(tag) is str else None
    if ready is None or MULTISCALES in source or GEO in source:  # not the plain OME-Zarr that most documents are
        attributes, at, versions, faults = detect(source)
        if len(versions) != 1 or faults or (ready := _prepared(versions[0])) is None:
            return None
    try:
        document = ready.load(attributes, _SHALLOW) if ready.nests else ready.load(attributes)
        if not ready.is_valid(attributes):
            return None
    except Exception:  # whatever it is, the careful way finds it again and says what it means
        return None
    if nodes is None and not ready.list_parts(document, None):  # there is nothing in it that rules look at
        return ready.clean[level], (document,)
    findings, reached = apply_rules(ready.version, document, level, nodes, DEFAULT)
    return Report(sort_findings(moved(findings, at)), (ready.version.key,), level, reached), (document,)


def _depth(level: Level) -> int:
    return level.depth


def _prepared(version: SpecVersion) -> _Ready | None:
    if version not in _ready and is_compiled():
        clean = {level: Report((), (version.key,), level, min(level, Level.DOCUMENT, key=_depth)) for level in Level}
        load = loader(version)
        nests = load.__code__.co_argcount > 1
        ready = _Ready(version, load, nests, validator(version.schema).is_valid, parts_of(version), clean)
        _ready[version] = ready
        if version.member == OME:
            _by_tag.update(dict.fromkeys(version.tags, ready))
    return _ready.get(version)
