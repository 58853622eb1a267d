"""Paths lead to what is below the group, and are spelt in one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zarr_spaces.findings import Severity
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.odd_paths import OddPath, PathKind
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zarr_spaces.findings import Pointer

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@rule("paths-lead-below", part=Part.PATH, section="OME-Zarr metadata", statements=(25, 39, 90, 107))
def paths_lead_below(odd: OddPath, at: Pointer) -> Iterable[Fault]:
    """The paths of levels, label images, series and references lead to what is below the group."""
    if odd.kind not in (PathKind.NODE, PathKind.REFERENCE) or (why := _leads_out(odd)) is None:
        return ()
    return (Fault(at, f"the path {quote(odd.path)} {why}", "a path leads to what is below this group"),)


@rule(
    "parameter-paths-inside",
    part=Part.PATH,
    section='"coordinateTransformations" metadata',
    severity=Severity.WARNING,
    statements=(140,),
)
def parameter_paths_inside(odd: OddPath, at: Pointer) -> Iterable[Fault]:
    """The paths of arrays and fields with parameters lead to what is inside the store."""
    if odd.kind is not PathKind.PARAMETERS or (why := _leads_out(odd)) is None:
        return ()
    hint = "only what is inside the store is read: copy the parameters below this group"
    return (Fault(at, f"the path {quote(odd.path)} {why}", hint),)


@rule(
    "paths-plain",
    part=Part.PATH,
    section="OME-Zarr metadata",
    severity=Severity.WARNING,
    statements=(25, 39, 90, 107),
)
def paths_plain(odd: OddPath, at: Pointer) -> Iterable[Fault]:
    """Paths have no slash at their ends, and no part that is empty or a dot."""
    if _leads_out(odd) is not None:
        return ()
    plain = normalise_path(odd.path)
    hint = f"write {quote(plain)}" if plain else "leave it out: it means this group itself"
    return (Fault(at, f"the path {quote(odd.path)} is not in its plain spelling", hint),)


def _leads_out(odd: OddPath) -> str | None:
    """Tell why a path leads to what is not below the group; None where it does not."""
    if _URL.match(odd.path):
        return "is a URL"
    parts = odd.path.split("/")
    if ".." in parts:
        return "steps up"
    if odd.kind is PathKind.PARAMETERS and odd.path.startswith("/"):
        return "is absolute"
    if odd.kind is PathKind.NODE and all(part in ("", ".") for part in parts):
        return "means the group itself"
    return None
