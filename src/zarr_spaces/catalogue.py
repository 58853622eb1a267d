"""What this release knows, as data for people and tools: versions by their names, rules as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.errors import UnknownVersion
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import closest, quote
from zarr_spaces.versions import OTHER_OME_TAGS, VERSIONS, rules_of

if TYPE_CHECKING:
    from zarr_spaces.findings import Level
    from zarr_spaces.versions import SpecVersion

OTHER_FINDINGS = {
    "json-syntax": "The text is not JSON: the place, and what a reader meets there.",
    "json-encoding": "The text is not UTF-8, or begins with a byte order mark.",
    "json-duplicate-key": "An object has two members of one name; which of them counts is up to each reader.",
    "json-surrogate": "A string holds half of a surrogate pair, which is no Unicode text.",
    "json-not-a-number": "NaN, an infinity, or a number too large for double precision.",
    "json-number-size": "An integer beyond double precision, or a number of too many characters.",
    "json-depth": "Arrays and objects are nested deeper than any metadata needs, or hold themselves.",
    "json-size": "The document has more values than are looked at.",
    "json-type": "A Python object that JSON has no place for.",
    "object-malformed": "A typed object cannot be written as JSON: an attribute has another type than declared.",
    "metadata-missing": "There is no metadata of a known specification in the document. In a store, a root without "
    "metadata is worth a remark only, where groups below it have some.",
    "version-unknown": "The version that the document declares is not among those that this release judges.",
    "version-unexpected": "The document holds no metadata of the class that parse was given.",
    "node-unreadable": "The zarr.json of a node that the metadata leads to cannot be read.",
    "node-unfit": "The node that was given, or the root of a store, is of a kind or Zarr format that cannot have it.",
    "findings-left-out": "There are more findings than the limit: how many, and where the first of them is.",
}
"""Findings that no rule makes, by their ids; those of schemas are named after the keyword that fails."""


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
    TypeError
        If the name is no string.
    """
    if not isinstance(name, str):
        raise TypeError(f"a version is named by a string, such as '0.6', not by {quote(name)}")
    by_key = [version for version in VERSIONS if version.key == name]
    by_tag = [version for version in VERSIONS if name in version.tags]
    keys = [version.key for version in by_key or by_tag]
    if not by_key and keys and name in OTHER_OME_TAGS:
        keys.append(f"ome-zarr/{name}")  # which exists as well
    if len(keys) == 1:
        return (by_key or by_tag)[0]
    known = tuple(f"{version.key} (tags {', '.join(version.tags)})" for version in VERSIONS)
    if keys:
        raise UnknownVersion(name, known, f"several have this tag: {', '.join(keys)}")
    if name.removeprefix("ome-zarr/") in OTHER_OME_TAGS:
        raise UnknownVersion(name, known, "it exists, but this release has no schema of it")
    close = closest(name, [word for version in VERSIONS for word in (version.key, *version.tags)])
    raise UnknownVersion(name, known, f"did you mean {close}?" if close else None)
