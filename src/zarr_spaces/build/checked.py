"""Whole documents from their sections, checked before they are handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Ome, OmeZarr
from zarr_spaces.build.given import simplify
from zarr_spaces.document import check
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable


def checked(*given: Iterable[object], **sections: Any) -> OmeZarr:
    """Make a document of its sections.

    Parameters
    ----------
    *given : iterable
        What the caller of a builder handed over. Typed objects in it are taken as they are, and may bring warnings.
    **sections
        Members of `Ome`.

    Raises
    ------
    InvalidDocument
        If a check finds an error in the document, or a warning that no typed object can have brought.
    """
    made = OmeZarr(ome=Ome(version="0.6", **sections))
    simplify(made)
    lenient = any(isinstance(item, Model) for items in given for item in items)
    report = check(made, strict=not lenient)
    if not report.valid:
        raise InvalidDocument(report)
    return made
