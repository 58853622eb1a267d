"""A bound on how many findings are told."""

from __future__ import annotations

from dataclasses import dataclass

from zarr_spaces.findings import Finding, Severity

LEFT_OUT = "findings-left-out"
"""Rule id of the finding that stands for those beyond a limit."""
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Finding):
    """Stands for findings beyond a limit."""

    count: int


class Kept:
    """Findings as they are made: so many of each severity, and how many more there were.

    Severities are counted apart, so that warnings never crowd out an error.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._kept: list[Finding] = []
        self._counts: dict[Severity, int] = {}
        self._beyond: dict[Severity, Finding] = {}

    def has_room(self, severity: Severity) -> bool:
        """Tell whether to make one more finding; the first beyond the limit is made for its place."""
        return self._limit is None or self._counts.get(severity, 0) <= self._limit

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it."""
        severity = finding.severity
        # What stands for several, as where the documents of a store were bounded one by one, counts for them all.
        self.skip(severity, finding.count if isinstance(finding, LeftOut) else 1)
        if self._limit is None or self._counts[severity] <= self._limit:
            self._kept.append(finding)
        else:
            self._beyond.setdefault(severity, finding)

    def skip(self, severity: Severity, count: int = 1) -> None:
        """Count findings that are not made."""
        self._counts[severity] = self._counts.get(severity, 0) + count

    def findings(self) -> list[Finding]:
        """Return what was kept, and for each severity that had more one finding that says how many."""
        counts = {severity: self._counts[severity] - (self._limit or 0) for severity in self._beyond}
        return self._kept + [left_out(first, counts[severity]) for severity, first in self._beyond.items()]


def left_out(first: Finding, count: int) -> LeftOut:
    """Say that findings are left out from one on."""
    return LeftOut(
        count=count,
        rule=LEFT_OUT,
        severity=first.severity,
        level=first.level,
        pointer=first.pointer,
        message=f"{count:,} more {_WORDS[first.severity]}{'' if count == 1 else 's'}, from here on, not listed",
        hint="to see them, raise the limit with Limits(findings=...), on the command line with --max-findings",
        node=first.node,
        position=first.position,
    )


def findings_shown(asked: int | None, usual: int) -> int:
    """Return how many findings to tell: the usual number, or as many of each severity as were asked for."""
    return usual if asked is None else len(Severity) * (asked + 1)  # one more tells what is left out
