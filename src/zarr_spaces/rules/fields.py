"""Transformations by vector fields, as far as the document itself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import INTERPOLATION
from zarr_spaces.findings import Severity
from zarr_spaces.quoting import closest, listing, quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Coordinates, Displacements
    from zarr_spaces.findings import Pointer
    from zarr_spaces.rules.steps import Step

_SECTION = "coordinates and displacements"

# The types that the specification itself names, less channel; what has no type may be any of them.
_ALLOWED = frozenset({None, "space", "time", "array", "coordinate", "displacement"})

# The specification names the first three and says that there are more; published schemas have the last.
_INTERPOLATIONS = ("nearest", "linear", "bspline-cubic", "cubic")


@rule("field-input-has-no-channel", part=Part.FIELD, section=_SECTION, statements=(73,))
def field_input_has_no_channel(step: Step, at: Pointer) -> Iterable[Fault]:
    """A vector field has no channel and no axis of a custom type in its input."""
    if step.axes is None:
        return ()
    for axis in step.axes:
        if axis.type not in _ALLOWED:
            break
    else:
        return ()
    refused = [axis for axis in step.axes if axis.type not in _ALLOWED]
    others = "" if len(refused) == 1 else f", and {len(refused) - 1} more like it"
    message = (
        f"the field takes the axis {quote(refused[0].name)} of type {quote(refused[0].type)}{others}: "
        "a field has no room for a channel or custom axis beside its vectors"
    )
    return (Fault(at, message, "write a byDimension in which the field takes the other axes"),)


@rule(
    "field-interpolation-known",
    part=Part.FIELD,
    section=_SECTION,
    severity=Severity.WARNING,
    statements=(137,),
)
def field_interpolation_known(step: Step, at: Pointer) -> Iterable[Fault]:
    """The interpolation of a vector field is one that the specification or its schemas name."""
    item: Coordinates | Displacements = step.transformation
    name = item.interpolation
    if name is None or name in _INTERPOLATIONS:
        return ()
    message = f"the interpolation {quote(name)} is not among {listing(_INTERPOLATIONS)}: readers may take linear"
    likely = next((known for known in _INTERPOLATIONS if known in name.lower()), None) or closest(name, _INTERPOLATIONS)
    return (Fault((*at, INTERPOLATION), message, f"did you mean {quote(likely)}?" if likely else None),)
