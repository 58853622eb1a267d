"""What a rule is, and how the rules of a version run over a document."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from zarr_spaces.findings import Finding, Level, Severity
from zarr_spaces.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView


class Part(enum.StrEnum):
    """The parts of a document that rules look at; beside each, what a rule gets."""

    OME = "ome"
    """All the metadata of a group: `Ome`."""
    MULTISCALE = "multiscale"
    """An image: `Multiscale`."""
    LEVELS = "levels"
    """An image, for rules that only look at its resolution levels: `Multiscale`."""
    COORDINATE_SYSTEMS = "coordinateSystems"
    """A list of coordinate systems: list of `CoordinateSystem`."""
    AXES = "axes"
    """A coordinate system, wherever it stands: `CoordinateSystem`."""
    IMAGE_AXES = "axes of an image"
    """A coordinate system inside an image: `CoordinateSystem`."""
    SCENE_AXES = "axes of a scene"
    """A coordinate system of a scene: `CoordinateSystem`."""
    SCOPE = "scope"
    """A list of coordinate systems with the transformations that stand beside it: `Scope`."""
    EDGE = "edge"
    """A transformation between two systems: `Edge`."""
    FAR = "far"
    """A transformation to or from a system of another node: `Far`. The rules of its own part look at it."""
    LABEL_LINK = "link to a label image"
    """A transformation of an image to or from a system elsewhere: `Edge`."""
    MAP_AXIS = "mapAxis"
    """A transformation of this type, wherever it stands: `Step`. So with the following."""
    PROJECT_AXIS = "projectAxis"
    SCALE = "scale"
    AFFINE = "affine"
    ROTATION = "rotation"
    FIELD = "coordinates or displacements"
    BY_DIMENSION = "byDimension"
    BIJECTION = "bijection"
    PATH = "path"
    """A path that is not spelt in the plain way: `OddPath`."""
    LABELS = "labels"
    """The list of label images: list of str."""
    IMAGE_LABEL = "image-label"
    """`ImageLabel`."""
    PLATE = "plate"
    """`Plate`."""
    WELL = "well"
    """`Well`."""
    LAYOUT = "multiscales.layout"
    """A pyramid of the Zarr multiscales convention: `Layout`."""
    GEO_PROJ = "geo.proj"
    """How pixels are placed in a coordinate reference system: `GeoProj`."""


@dataclass(slots=True)
class Far:
    """A part of a transformation between nodes: as the document alone shows it, and as the other nodes complete it."""

    part: Part
    near: Any
    full: Any


HINTS = 20
"""Faults of one part that get a hint of their own: looking for likely names takes time."""


class Fault(NamedTuple):
    """What a rule yields: the place, what is wrong there, and how to mend it."""

    pointer: Pointer
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One demand of a specification, as data."""

    id: str
    part: Part
    section: str
    severity: Severity
    level: Level
    sentence: str
    function: Callable[..., Iterable[Fault]]
    statements: tuple[int, ...] = ()
    """Numbers of the statements of OME-Zarr 0.6 that the rule enforces, as our documentation counts them."""


class RuleFunction(Protocol):
    """A function that `rule` has decorated: it carries its rule."""

    rule: Rule
    __name__: str

    def __call__(self, part: Any, at: Pointer, /, *context: Any) -> Iterable[Fault]:
        """Give the faults of one part that stands at a place."""
        ...


def rule(
    id: str,  # noqa: A002 - it is the word that users see
    *,
    part: Part,
    section: str,
    severity: Severity = Severity.ERROR,
    level: Level = Level.DOCUMENT,
    statements: tuple[int, ...] = (),
) -> Callable[[Callable[..., Iterable[Fault]]], RuleFunction]:
    """Attach to a function what the catalogue says of it; the first line of its docstring is the sentence.

    A rule of level `HIERARCHY` or deeper is called with a `NodeView` as third argument.
    """

    def attach(function: Callable[..., Iterable[Fault]]) -> RuleFunction:
        sentence = (function.__doc__ or "").partition("\n")[0]
        decorated: Any = function
        decorated.rule = Rule(id, part, section, severity, level, sentence, function, statements)
        attached: RuleFunction = decorated
        return attached

    return attach


Chosen = dict[Part, list[Rule]]
"""Rules by the part that they look at."""


def choose(rules: Iterable[Rule], level: Level, has_nodes: bool) -> tuple[Chosen, Chosen]:
    """Sort the rules that `level` includes: those that one document can answer, and those that need other nodes."""
    alone: Chosen = {}
    with_nodes: Chosen = {}
    for item in rules:
        if item.level is Level.DOCUMENT:
            alone.setdefault(item.part, []).append(item)
        elif has_nodes and level.includes(item.level):
            with_nodes.setdefault(item.part, []).append(item)
    return alone, with_nodes


def run_rules(
    chosen: tuple[Chosen, Chosen],
    parts: Iterable[tuple[Part, Any, Pointer]],
    nodes: NodeView | None,
    limit: int | None = None,
) -> list[Finding]:
    """Run rules over the parts of a document; at most `limit` findings of each severity are made."""
    alone, with_nodes = chosen
    kept: Kept | None = None  # most documents need none
    for kind, part, at in parts:
        if kind is Part.FAR and nodes is not None:
            kept = _run_far(chosen, part, at, nodes, kept or Kept(limit))
            continue
        if kind in alone:
            for item in alone[kind]:
                for fault in item.function(part, at):
                    kept = kept or Kept(limit)
                    _keep(kept, item, fault)
        if kind in with_nodes:
            for item in with_nodes[kind]:
                for fault in item.function(part, at, nodes):
                    kept = kept or Kept(limit)
                    _keep(kept, item, fault)
    return kept.findings() if kept is not None else []


def _run_far(chosen: tuple[Chosen, Chosen], far: Far, at: Pointer, nodes: NodeView, kept: Kept) -> Kept:
    """Run the rules of a part twice: what the document alone shows is told of it alone, else what the nodes show."""
    alone, with_nodes = chosen
    for item in alone.get(far.part, ()):
        if near := list(item.function(far.near, at)):
            for fault in near:
                _keep(kept, item, fault)
        else:
            for fault in item.function(far.full, at):
                _keep(kept, item, fault, Level.HIERARCHY)
    for item in with_nodes.get(far.part, ()):
        for fault in item.function(far.full, at, nodes):
            _keep(kept, item, fault)
    return kept


def _keep(kept: Kept, item: Rule, fault: Fault, level: Level | None = None) -> None:
    if kept.has_room(item.severity):
        kept.add(_finding(item, fault, level or item.level))
    else:
        kept.skip(item.severity)


def _finding(item: Rule, fault: Fault, level: Level) -> Finding:
    return Finding(
        rule=item.id,
        severity=item.severity,
        level=level,
        pointer=fault.pointer,
        message=fault.message,
        hint=fault.hint,
        section=item.section,
    )
