"""What a rule is: a function, with what the catalogue says of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from zarr_spaces.findings import Level, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zarr_spaces.findings import Pointer


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
