"""What is odd about a transformation between two systems, and what links an image to its label images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Identity, Scale, Sequence, Translation
from zarr_spaces._generated.members import INPUT, LABELS, OUTPUT, PATH, TYPE
from zarr_spaces.findings import Severity
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.quoting import closest, quote
from zarr_spaces.rules.rule import Fault, Part, rule
from zarr_spaces.rules.units import spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import CoordinateSystem, Reference, Transformation
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.parts import Edge

_CONSTRAINTS = '"coordinateTransformations" metadata, constraints'


@rule("identity-keeps-units", part=Part.EDGE, section="identity", severity=Severity.WARNING, statements=(42,))
def identity_keeps_units(edge: Edge, at: Pointer) -> Iterable[Fault]:
    """An identity connects axes that are measured in the same unit."""
    source, target = edge.source, edge.target
    if source is None or target is None or not _is_identity(edge.transformation):
        return ()
    for before, after in zip(source.axes, target.axes, strict=False):
        if before.unit != after.unit:
            return _other_units(source, target, at)
    return ()


def _is_identity(item: Transformation) -> bool:
    kind = type(item)
    return kind is Identity or (isinstance(item, Sequence) and all(map(_is_identity, item.transformations)))


def _other_units(source: CoordinateSystem, target: CoordinateSystem, at: Pointer) -> list[Fault]:
    for before, after in zip(source.axes, target.axes, strict=False):
        one, other = before.unit, after.unit
        # Two spellings of one unit are a fault of the axis, not of the transformation.
        if one is not None and other is not None and (spelled_out(one) or one) != (spelled_out(other) or other):
            return [
                Fault(
                    at,
                    f"numbers stay as they are from the axis {quote(before.name)} in {quote(one)} "
                    f"to the axis {quote(after.name)} in {quote(other)}",
                    "a scale converts between units; if the numbers are right, one of the units is wrong",
                )
            ]
    return []


@rule(
    "transformation-ends-differ",
    part=Part.EDGE,
    section="additional details, graph connectedness",
    severity=Severity.WARNING,
    statements=(40,),
)
def transformation_ends_differ(edge: Edge, at: Pointer) -> Iterable[Fault]:
    """A transformation connects two different coordinate systems."""
    source, target = edge.transformation.input, edge.transformation.output
    if source is None or target is None or source.name != target.name or source.name is None:
        return ()
    if source.path != target.path and normalise_path(source.path or "") != normalise_path(target.path or ""):
        return ()
    message = f"input and output are the same coordinate system {quote(source.name)}"
    return [Fault(at, message, "let one of the two refer to another system, or leave the transformation out")]


@rule("label-link-below-labels", part=Part.LABEL_LINK, section=_CONSTRAINTS, statements=(36,))
def label_link_below_labels(edge: Edge, at: Pointer) -> Iterable[Fault]:
    """Where a transformation of an image leads to another node, that is a label image in its group labels."""
    end = _end_elsewhere(edge)
    if end is None:
        return ()
    path, member = end
    parts = path.split("/")
    if (parts[0] == LABELS and len(parts) > 1) or not leads_below(path):
        return ()  # paths that step up, and URLs, are a fault of their own
    hint = f"label images lie in the group {LABELS}; a scene connects other images"
    if len(parts) > 1 and closest(parts[0].lower(), [LABELS]):
        hint = f"did you mean {quote('/'.join([LABELS, *parts[1:]]))}?"
    elif parts == [LABELS]:
        hint = f"go on with the path of the label image: {LABELS}/..."
    return [Fault((*at, member, PATH), f"{quote(path)} is not the path of a label image of this image", hint)]


@rule("label-link-type", part=Part.LABEL_LINK, section=_CONSTRAINTS, statements=(37,))
def label_link_type(edge: Edge, at: Pointer) -> Iterable[Fault]:
    """A transformation between an image and its label image is an identity, a scale or a translation."""
    item = edge.transformation
    if type(item) in _PLAIN or _is_scale_and_translation(item) or _end_elsewhere(edge) is None:
        return ()
    message = f"a transformation of type {item.type} leads to a label image"
    hint = "use an identity, a scale or a translation, or connect the two in a scene"
    return [Fault((*at, TYPE), message, hint)]


@rule(
    "label-link-single",
    part=Part.LABEL_LINK,
    section=_CONSTRAINTS,
    severity=Severity.WARNING,
    statements=(37,),
)
def label_link_single(edge: Edge, at: Pointer) -> Iterable[Fault]:
    """A transformation between an image and its label image is a single one, not a sequence of two."""
    if not _is_scale_and_translation(edge.transformation) or _end_elsewhere(edge) is None:
        return ()
    message = "a sequence leads to a label image"
    hint = "the specification allows it in one place and forbids it in another: not every reader will take it"
    return [Fault((*at, TYPE), message, hint)]


_PLAIN = frozenset((Identity, Scale, Translation))


def _is_scale_and_translation(item: Transformation) -> bool:
    return (
        isinstance(item, Sequence)
        and len(item.transformations) == 2
        and {type(step) for step in item.transformations} == {Scale, Translation}
    )


def _end_elsewhere(edge: Edge) -> tuple[str, str] | None:
    """Return path and member of the end that is elsewhere; None if both are, which is a fault of its own."""
    paths = _path(edge.transformation.input), _path(edge.transformation.output)
    if all(paths):
        return None
    return (paths[0], INPUT) if paths[0] else (paths[1], OUTPUT)


def _path(reference: Reference | None) -> str:
    path = (reference.path or "") if reference is not None else ""
    return normalise_path(path) if leads_below(path) else path
