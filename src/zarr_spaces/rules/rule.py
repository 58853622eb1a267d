"""What a rule is, and how the rules of a version run over a document."""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from zarr_spaces.findings import Finding, Level, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zarr_spaces.findings import Pointer


class Part(enum.Enum):
    """The parts of a document that rules look at."""

    COORDINATE_SYSTEMS = "coordinateSystems"
    """A list of coordinate systems."""
    COORDINATE_SYSTEM = "coordinateSystem"
    MULTISCALE = "multiscale"
    SCOPE = "scope"
    """A list of coordinate systems with the transformations that stand beside it, as a `Scope`."""
    EDGE = "edge"
    """A transformation between two systems, as an `Edge`."""


class Fault(NamedTuple):
    """What a rule yields: the place, what is wrong there, and how to mend it."""

    pointer: Pointer
    message: str
    hint: str | None = None


class NodeView(Protocol):
    """What a rule may ask about the other nodes of a store; paths are relative to the document's group."""

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        """Return the attributes of the group at `path`, or None when there is no readable group."""
        ...

    def array_shape(self, path: str) -> tuple[int, ...] | None:
        """Return the shape of the array at `path`, or None when there is no readable array."""
        ...

    def children(self, path: str) -> Sequence[str]:
        """Return the names of the nodes directly below the group at `path`; none where there is no such group."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand of a specification, as data."""

    id: str
    part: Part
    section: str
    severity: Severity
    level: Level
    sentence: str
    function: Callable[..., Iterator[Fault]]
    statements: tuple[int, ...] = ()
    """Numbers of the statements of OME-Zarr 0.6 that the rule enforces, as our documentation counts them."""


class RuleFunction(Protocol):
    """A function that `rule` has decorated: it carries its rule."""

    rule: Rule
    __name__: str

    def __call__(self, part: Any, at: Pointer, /, *context: Any) -> Iterator[Fault]:
        """Yield the faults of one part that stands at a place."""
        ...


def rule(
    id: str,  # noqa: A002 - it is the word that users see
    *,
    part: Part,
    section: str,
    severity: Severity = Severity.ERROR,
    level: Level = Level.DOCUMENT,
    statements: tuple[int, ...] = (),
) -> Callable[[Callable[..., Iterator[Fault]]], RuleFunction]:
    """Attach to a function what the catalogue says of it; the first line of its docstring is the sentence.

    A rule of level `HIERARCHY` or deeper is called with a `NodeView` as third argument.
    """

    def attach(function: Callable[..., Iterator[Fault]]) -> RuleFunction:
        sentence = (function.__doc__ or "").partition("\n")[0]
        decorated: Any = function
        decorated.rule = Rule(id, part, section, severity, level, sentence, function, statements)
        attached: RuleFunction = decorated
        return attached

    return attach


def run_rules(
    rules: tuple[Rule, ...],
    parts: Iterable[tuple[Part, Any, Pointer]],
    level: Level,
    nodes: NodeView | None,
) -> list[Finding]:
    """Run the rules that `level` includes over the parts; those that need other nodes only where `nodes` are given."""
    alone, with_nodes = _chosen(rules, level, nodes is not None)
    findings: list[Finding] = []
    for kind, part, at in parts:
        for item in alone.get(kind, ()):
            for fault in item.function(part, at):
                findings.append(_finding(item, fault))  # noqa: PERF401 - a comprehension costs a call for nothing found
        for item in with_nodes.get(kind, ()):
            findings.extend(_finding(item, fault) for fault in item.function(part, at, nodes))
    return findings


@functools.cache
def _chosen(
    rules: tuple[Rule, ...], level: Level, has_nodes: bool
) -> tuple[dict[Part, list[Rule]], dict[Part, list[Rule]]]:
    alone: dict[Part, list[Rule]] = {}
    with_nodes: dict[Part, list[Rule]] = {}
    for item in rules:
        if item.level is Level.DOCUMENT:
            alone.setdefault(item.part, []).append(item)
        elif has_nodes and level.includes(item.level):
            with_nodes.setdefault(item.part, []).append(item)
    return alone, with_nodes


def _finding(item: Rule, fault: Fault) -> Finding:
    return Finding(
        rule=item.id,
        severity=item.severity,
        level=item.level,
        pointer=fault.pointer,
        message=fault.message,
        hint=fault.hint,
        section=item.section,
    )
