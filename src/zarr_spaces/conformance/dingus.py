"""The answers that a conformance runner asks for: JSON objects of bounded size, and an exit code.

The contract follows the field's own runners: `document` and `store` tell a verdict and exit 0 whatever it is;
`transform` gives coordinates and exits 0, or a message and exits non-zero.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.answers import finite, map_points, report_as_json, shorten
from zarr_spaces.document import check
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.errors import StoreError, ZarrSpacesError
from zarr_spaces.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Level, Report

Answer = tuple[dict[str, Any], int]
"""What to print, and the exit code."""


def judge_document(
    file: str, level: Level, limits: Limits = DEFAULT, *, strict: bool = False, most: int | None = None
) -> Answer:
    """Give the verdict on one JSON file; `strict` counts warnings as errors.

    With `most`, so many findings of each severity are told.
    """
    return _verdict(file, lambda: check(Path(file), level=level, strict=strict, limits=limits), most)


def judge_store(
    path: str, level: Level, limits: Limits = DEFAULT, *, strict: bool = False, most: int | None = None
) -> Answer:
    """Give the verdict on a hierarchy, see `judge_document`."""
    return _verdict(path, lambda: open_store(path, limits=limits).check(level, strict=strict), most)


def _verdict(path: str, judge: Callable[[], Report], most: int | None) -> Answer:
    try:
        report = judge()
    except StoreError as error:
        # What is there but cannot be judged is not valid; what is not there cannot have a verdict.
        return {"valid": False, "message": shorten(str(error))}, 0 if _exists(path) else 2
    return report_as_json(report, most), 0


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def transform(path: str, source: str, target: str, coordinates: str) -> Answer:
    """Map points given as a JSON array from one space of a store or document to another."""
    try:
        mapped = map_points(path, source, target, coordinates)
    except ZarrSpacesError as error:
        return {"message": shorten(str(error))}, 1
    return {"coordinates": finite(mapped)}, 0
