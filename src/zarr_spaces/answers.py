"""What the commands read and answer: spaces and points as arguments, reports and coordinates as JSON.

For the command line and for conformance runners alike; everything that is said is of bounded size.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.decode import decode
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.errors import ZarrSpacesError
from zarr_spaces.findings import Severity
from zarr_spaces.kept import LEFT_OUT, findings_shown
from zarr_spaces.quoting import printable, quote
from zarr_spaces.store.load import load_graph

if TYPE_CHECKING:
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Finding, Report
    from zarr_spaces.graph.space import SpaceLike

FINDINGS_LIMIT = 100
TEXT_LIMIT = 2_000  # characters of one message; with the limit on findings, an answer stays readable


class ArgumentError(ZarrSpacesError, ValueError):
    """An argument of the command line cannot be understood."""


def report_as_json(report: Report, limit: int | None = None) -> dict[str, Any]:
    """Write a report as one JSON object, with so many findings of each severity if that is asked for."""
    limit = findings_shown(limit, FINDINGS_LIMIT)
    out: dict[str, Any] = {"valid": report.valid, "message": summary(report)}
    if report.version is not None:
        out["version"] = report.version
    if len(report.versions) > 1:
        out["versions"] = list(report.versions)
    out |= {"level": str(report.level), "reached": str(report.reached)}
    out["findings"] = [_finding(finding) for finding in report.findings[:limit]]
    if len(report) > limit:
        out["findings_left_out"] = len(report) - limit
    return out


def summary(report: Report) -> str:
    """Say in one line what a check found, and how far it looked."""
    counts = [0, 0, 0]
    for finding in report.findings:
        counts[list(Severity).index(finding.severity)] += finding.rule != LEFT_OUT
    more = "more than " if any(finding.rule == LEFT_OUT for finding in report.findings) else ""
    parts = [
        f"{more}{n} {word}{'' if n == 1 else 's'}"
        for n, word in zip(counts, ("error", "warning", "remark"), strict=True)
        if n
    ]
    text = ", ".join(parts) or "no fault found"
    if report.errors:
        first = report.errors[0]
        node = f"{first.node}: " if first.node else ""
        text += f"; first: {shorten(node + (first.json_pointer or '/'), 300)}: {first.message}"
    if report.reached is not report.level:
        text += f" (asked for level {report.level}, checked up to level {report.reached})"
    return shorten(text)


def _finding(finding: Finding) -> dict[str, Any]:
    return {key: shorten(value) if isinstance(value, str) else value for key, value in finding.as_json().items()}


def map_points(path: str, source: str, target: str, coordinates: str | bytes, limits: Limits = DEFAULT) -> list[Any]:
    """Map points, everything given as the command line has it."""
    points = parse_points(coordinates)
    graph = load_graph(path, limits=limits)
    import numpy as np  # not needed before

    # The infinities in the answer say it; other warnings are for whoever calls this.
    with np.errstate(all="ignore"):
        mapped: list[Any] = graph.transform(parse_space(source), parse_space(target), points).tolist()
    return mapped


def parse_space(text: str) -> SpaceLike:
    """Understand a space as the command line gives it: a plain name, or a JSON object with path and name.

    Raises
    ------
    ArgumentError
        If it starts like an object and is none.
    """
    if not text.startswith("{"):
        return text
    value, findings = decode(text)
    if findings or not isinstance(value, dict):
        raise ArgumentError(f"{quote(text)} is no JSON object: {findings[0].message if findings else 'not an object'}")
    return value


def parse_points(text: str | bytes) -> Any:
    """Understand points as the command line gives them: a JSON array of points, each an array of numbers.

    Raises
    ------
    ArgumentError
        If it is anything else.
    """
    value, findings = decode(text)
    if findings:
        raise ArgumentError(f"the points are no JSON: {findings[0].message}")
    if not isinstance(value, list):
        raise ArgumentError(f"expected a JSON array of points, such as [[0, 0], [1.5, 2]], got {quote(value)}")
    for index, point in enumerate(value):
        if not isinstance(point, list) or not all(type(number) in (int, float) for number in point):
            raise ArgumentError(f"point {index} must be an array of numbers, is {quote(point)}; one point is [[1, 2]]")
        if len(point) != len(value[0]):
            raise ArgumentError(f"point {index} has {len(point)} coordinates, point 0 has {len(value[0])}")
    try:
        return [[float(number) for number in point] for point in value]
    except OverflowError as error:
        raise ArgumentError("a coordinate is too large for a floating-point number") from error


def finite(values: list[Any]) -> list[Any]:
    """Replace what JSON has no number for: NaN and infinities become null."""
    return [finite(value) if isinstance(value, list) else value if math.isfinite(value) else None for value in values]


def shorten(text: str, limit: int = TEXT_LIMIT) -> str:
    """Cut a text to a length that a log can take, on one line, control characters escaped."""
    text = printable(text[: 2 * limit].replace("\n  ", "; ").replace("\n", "; "))
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
