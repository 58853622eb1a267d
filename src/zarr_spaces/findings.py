"""What a check says: findings, their severity and level, and the report that holds them."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Pointer = tuple[str | int, ...]
"""The steps from a document's root to one of its values, unescaped; `format_pointer` writes it down."""


class Severity(enum.StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """A MUST of the specification is broken."""
    WARNING = "warning"
    """A SHOULD of the specification is ignored."""
    INFO = "info"
    """Sound advice."""


class Level(enum.StrEnum):
    """How far a check looks; each level includes those before it."""

    SCHEMA = "schema"
    """The document against the schema of the version that it declares."""
    DOCUMENT = "document"
    """And the rules that one document can answer."""
    HIERARCHY = "hierarchy"
    """And the other nodes of the store."""
    ARRAYS = "arrays"
    """And the metadata of the arrays."""
    VALUES = "values"
    """And the values of arrays that hold parameters."""

    @property
    def depth(self) -> int:
        """The level's place in the order, 0 for `SCHEMA`."""
        return _DEPTH[self]

    def includes(self, other: Level) -> bool:
        """Tell whether a check at this level also runs what belongs to `other`."""
        return _DEPTH[other] <= _DEPTH[self]

    @classmethod
    def _missing_(cls, value: object) -> Level:
        raise ValueError(f"there is no level {value!r}; the levels are {', '.join(cls)}")


_DEPTH = {level: depth for depth, level in enumerate(Level)}
_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


class Position(NamedTuple):
    """A place in a text: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact about a document that its reader should know.

    Rule ids are stable: they never change their meaning. Messages say what is wrong, hints how to
    mend it, `section` where the specification speaks of it.
    """

    rule: str
    severity: Severity
    level: Level
    pointer: Pointer
    message: str
    hint: str | None = None
    section: str | None = None
    node: str = ""
    """Path of the Zarr node that holds the document, relative to the checked root; empty for the root."""
    position: Position | None = None
    """Where the value begins in the text, when the document was given as text."""

    @property
    def json_pointer(self) -> str:
        """The place as an RFC 6901 JSON Pointer into the document as it was given."""
        return format_pointer(self.pointer)

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON-ready members; absent ones are left out."""
        out: dict[str, Any] = {
            "rule": self.rule,
            "severity": str(self.severity),
            "level": str(self.level),
            "node": self.node,
            "pointer": self.json_pointer,
            "message": self.message,
        }
        if self.hint is not None:
            out["hint"] = self.hint
        if self.section is not None:
            out["section"] = self.section
        if self.position is not None:
            out["line"], out["column"] = self.position
        return out

    def __str__(self) -> str:
        place = self.json_pointer or "/"
        if self.node:
            place = f"{self.node}: {place}"
        text = f"{self.severity}: {place}: {self.message} [{self.rule}]"
        return f"{text}\n  {self.hint}" if self.hint else text


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one check found, sorted by place.

    True in a boolean context when nothing of severity `ERROR` was found.
    """

    findings: tuple[Finding, ...]
    versions: tuple[str, ...] = ()
    """Keys of the versions that the document was judged by, such as ``ome-zarr/0.6``: one for each specification."""
    level: Level = Level.DOCUMENT
    """The level that was asked for."""
    reached: Level = Level.DOCUMENT
    """The deepest level up to `level` for which rules exist and ran."""

    @property
    def version(self) -> str | None:
        """The first of `versions`; None where there is none."""
        return self.versions[0] if self.versions else None

    @property
    def valid(self) -> bool:
        """Whether no finding is an error."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity `ERROR`."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def strict(self) -> Report:
        """Count every warning as an error.

        >>> lenient = Report((Finding(
        ...     rule="x", severity=Severity.WARNING, level=Level.DOCUMENT, pointer=(), message="odd"),))
        >>> lenient.valid, lenient.strict().valid
        (True, False)
        """
        findings = (
            dataclasses.replace(finding, severity=Severity.ERROR) if finding.severity is Severity.WARNING else finding
            for finding in self.findings
        )
        return dataclasses.replace(self, findings=sort_findings(list(findings)))

    def __bool__(self) -> bool:
        return self.valid

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        lines = [str(finding) for finding in self.findings] or ["valid"]
        return "\n".join(lines)


def format_pointer(pointer: Pointer) -> str:
    """Write steps as an RFC 6901 JSON Pointer.

    >>> format_pointer(("ome", "multiscales", 0, "a/b~c"))
    '/ome/multiscales/0/a~1b~0c'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def value_at(document: Any, place: Pointer) -> Any:
    """Return what stands at a place of decoded JSON; None where nothing does."""
    for step in place:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def sort_findings(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Sort by node, place, weight and rule, and drop exact repetitions."""
    return tuple(sorted(dict.fromkeys(findings), key=_sort_key)) if findings else ()


def _sort_key(finding: Finding) -> tuple[Any, ...]:
    # Array indices sort as numbers, and before member names where both could stand.
    steps = tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in finding.pointer)
    return (finding.node, steps, _WEIGHT[finding.severity], finding.rule, finding.message)
