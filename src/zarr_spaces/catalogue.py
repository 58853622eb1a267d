"""What this release knows, as data for people and tools: versions by their names, rules as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.errors import UnknownVersion
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import closest
from zarr_spaces.versions import OTHER_OME_TAGS, VERSIONS, rules_of

if TYPE_CHECKING:
    from zarr_spaces.findings import Level
    from zarr_spaces.versions import SpecVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """What the catalogue says of one rule."""

    id: str
    """Stable name of the rule, as findings carry it."""
    severity: Severity
    level: Level
    """The least level of checking at which the rule runs."""
    sentence: str
    """The law, as one sentence."""
    section: str
    """Where the specification speaks of it."""
    part: str
    """The part of a document that the rule looks at."""
    statements: tuple[int, ...]
    """Numbers of the statements that the rule enforces, as our documentation counts them."""
    versions: tuple[str, ...]
    """Keys of all versions that have the rule."""

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON-ready members."""
        return {
            "id": self.id,
            "severity": str(self.severity),
            "level": str(self.level),
            "sentence": self.sentence,
            "section": self.section,
            "statements": list(self.statements),
            "versions": list(self.versions),
            "part": self.part,
        }


def list_rules(version: str | None = None) -> tuple[RuleRecord, ...]:
    """List the rules that documents are judged by, errors first, by their ids.

    Parameters
    ----------
    version : str, optional
        Key or tag of a version, such as ``ome-zarr/0.6`` or ``0.6``; without it, the rules of all versions.

    Raises
    ------
    UnknownVersion
        If this release has no such version.

    Examples
    --------
    >>> next(str(rule.severity) for rule in list_rules("0.6") if rule.id == "axis-names-unique")
    'error'
    """
    chosen = VERSIONS if version is None else (find_version(version),)
    # The same id means the same in every version; the first version's words are taken.
    rules = {rule.id: rule for known in reversed(chosen) for rule in rules_of(known)}
    weights = list(Severity)
    return tuple(
        RuleRecord(
            id=rule.id,
            severity=rule.severity,
            level=rule.level,
            sentence=rule.sentence,
            section=rule.section,
            part=str(rule.part),
            statements=rule.statements,
            versions=tuple(known.key for known in VERSIONS if rule.id in {other.id for other in rules_of(known)}),
        )
        for rule in sorted(rules.values(), key=lambda rule: (weights.index(rule.severity), rule.id))
    )


def find_version(name: str) -> SpecVersion:
    """Find a version by its key or by a tag that its documents write.

    Raises
    ------
    UnknownVersion
        If there is none, or if several specifications have a version of that tag.
    """
    by_key = [version for version in VERSIONS if version.key == name]
    by_tag = [version for version in VERSIONS if name in version.tags]
    if len(found := by_key or by_tag) == 1:
        return found[0]
    known = tuple(f"{version.key} (tags {', '.join(version.tags)})" for version in VERSIONS)
    if found:
        raise UnknownVersion(name, known, f"several have this tag: {', '.join(version.key for version in found)}")
    if name.removeprefix("ome-zarr/") in OTHER_OME_TAGS:
        raise UnknownVersion(name, known, "it exists, but this release has no schema of it")
    close = closest(name, [word for version in VERSIONS for word in (version.key, *version.tags)])
    raise UnknownVersion(name, known, f"did you mean {close}?" if close else None)
