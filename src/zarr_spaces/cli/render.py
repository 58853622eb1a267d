"""Printing: lines for people, JSON for machines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from zarr_spaces.findings import Severity, format_pointer
from zarr_spaces.kept import findings_shown
from zarr_spaces.quoting import printable, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zarr_spaces.findings import Finding, Report

FINDINGS_LIMIT = 200


def report_lines(path: str, report: Report, summary: str, limit: int | None = None, *, is_store: bool) -> Iterator[str]:
    """Write a report: a line for each finding with its place, the hint below it, a summary at the end."""
    limit = findings_shown(limit, FINDINGS_LIMIT)
    for finding in report.findings[:limit]:
        message = printable(_cut(finding.message))
        yield _place(path, finding, is_store) + f"{finding.severity}: {message} [{finding.rule}]"
        yield f"    at {printable(_cut(format_pointer(finding.pointer))) or '/'}"
        if finding.hint:
            yield f"    {printable(_cut(finding.hint))}"
        if finding.section and finding.severity is not Severity.INFO:
            yield f"    specification: {printable(finding.section)}"
    if len(report) > limit:
        yield f"... and {len(report) - limit} more findings"
    verdict = "valid" if report.valid else "invalid"
    known = ", ".join(report.versions)
    yield f"{printable(path)}: {verdict}{f' {known}' if known else ''}: {printable(summary)}"


def _place(path: str, finding: Finding, is_store: bool) -> str:
    # As compilers write it, so that editors and terminals make a link of it.
    place = "/".join(part for part in (path.rstrip("/"), finding.node, "zarr.json") if part) if is_store else path
    if finding.position is not None:
        place += f":{finding.position.line}:{finding.position.column}"
    return printable(place) + ": "


def _cut(text: str, limit: int = 1_000) -> str:
    return text if len(text) <= limit else f"{text[: limit // 2]} ... {text[-limit // 2 :]}"


def description_lines(description: dict[str, Any]) -> Iterator[str]:
    """Write what one group or array holds."""
    path = description["path"] or "(root)"
    yield f"{printable(path)}: {printable(', '.join(_kinds(description)) or 'metadata that cannot be read')}"
    for image in description.get("images", ()):
        yield f"  image {printable(image['name'])}" if "name" in image else "  image"
        yield from _systems(image["coordinateSystems"])
        yield from _levels(image["levels"])
        yield from _links(image.get("coordinateTransformations", ()))
    if (scene := description.get("scene")) is not None:
        yield "  scene"
        yield from _systems(scene["coordinateSystems"])
        yield from _links(scene["coordinateTransformations"])
    yield from _sections(description)
    yield from _pyramid(description.get("pyramid"))
    yield from _ground(description.get("ground"))
    if "other" in description:
        yield f"  also holds: {printable(', '.join(description['other']))}"
    for broken in description.get("broken", ()):
        for line in broken.splitlines():
            yield f"  left out: {printable(_cut(line))}"


def _kinds(description: dict[str, Any]) -> Iterator[str]:
    if "version" in description:
        yield f"OME-Zarr {description['version']}"
    for key, title in (("pyramid", "Zarr multiscales"), ("ground", "geo.proj")):
        if key in description:
            yield f"{title} {description[key]['version']}"


def _pyramid(pyramid: dict[str, Any] | None) -> Iterator[str]:
    if pyramid is None:
        return
    yield "  pyramid"
    for index, level in enumerate(pyramid["levels"]):
        parts = [f"level {printable(level['group'])}"]
        if "source" not in level:
            parts.append("cannot be read")
        else:
            if index:
                of = f"of {printable(level['source'])} " if level["source"] is not None else ""
                parts.append(f"{of}by {level['resampling_method']}")
            known = level["scale"] is not None
            parts += (
                [f"{key} {_numbers(level[key])}" for key in ("scale", "translation")] if known else ["scale unknown"]
            )
        if level.get("variables", ()) is None:
            parts.append("group missing")
        yield "    " + ", ".join(parts)
        yield from map(_variable, level.get("variables") or ())


def _variable(variable: dict[str, Any]) -> str:
    parts = [f"array {variable['name']}" if variable["name"] else "array"]
    parts.append("shape " + ("x".join(map(str, variable["shape"])) or "of one value"))
    if any(variable["dimension_names"]):
        parts.append(
            f"dimensions {' '.join(name if name is not None else '?' for name in variable['dimension_names'])}"
        )
    if "data_type" in variable:
        parts.append(variable["data_type"])
    return "      " + printable(", ".join(parts))


def _ground(ground: dict[str, Any] | None) -> Iterator[str]:
    if ground is None:
        return
    parts = [ground["crs"]] + [f"{key} {_numbers(ground[key])}" for key in ("transform", "bbox") if key in ground]
    if "spatial_dimensions" in ground:
        parts.append(f"along {', '.join(ground['spatial_dimensions'])}")
    yield "  " + printable(f"in {', '.join(parts)}")


def _sections(description: dict[str, Any]) -> Iterator[str]:
    if (label := description.get("imageLabel")) is not None:
        source = f", source {label['source']}" if "source" in label else ""
        yield printable(f"  label image: colours {label['colors']}, properties {label['properties']}{source}")
    if (plate := description.get("plate")) is not None:
        name = f" {plate['name']}" if "name" in plate else ""
        yield printable(
            f"  plate{name}: {plate['rows']} x {plate['columns']}, "
            f"acquisitions {plate['acquisitions']}, wells {_listed(plate['wells'])}"
        )
    for key, word in (("well", "fields of view"), ("labels", "label images"), ("series", "series")):
        if key in description:
            yield printable(f"  {word}: {_listed(description[key])}")
    if "bioformats2raw.layout" in description:
        yield "  converted by bioformats2raw"


def _listed(paths: list[str], limit: int = 12) -> str:
    more = f" and {len(paths) - limit} more" if len(paths) > limit else ""
    return (", ".join(paths[:limit]) or "none") + more


def _systems(systems: list[dict[str, Any]]) -> Iterator[str]:
    for system in systems:
        axes = " ".join(axis["name"] + (f"[{axis['unit']}]" if "unit" in axis else "") for axis in system["axes"])
        yield f"    system {printable(system['name'])}: {printable(axes)}"


def _levels(levels: list[dict[str, Any]]) -> Iterator[str]:
    for level in levels:
        parts = [f"level {printable(level['path'])}"]
        if level.get("shape") is not None:
            parts.append("shape " + "x".join(map(str, level["shape"])))
        elif "shape" in level:
            parts.append("array missing")
        if "data_type" in level:
            parts.append(printable(level["data_type"]))
        parts += [f"{key} {_numbers(level[key])}" for key in ("scale", "translation") if key in level]
        yield "    " + ", ".join(parts) + f" -> {printable(str(level['into']))}"


def _links(links: Any) -> Iterator[str]:
    for link in links:
        name = f" {link['name']}" if "name" in link else ""
        yield printable(f"    {link['type']}{name}: {_end(link['input'])} -> {_end(link['output'])}")


def _end(end: dict[str, str]) -> str:
    if "path" not in end:
        return end.get("name", "?")
    return f"{end['name']} of {end['path']}" if "name" in end else f"array {end['path']}"


def _numbers(values: list[float]) -> str:
    return "(" + ", ".join(map(_number, values)) + ")"


def _number(value: float) -> str:
    try:
        return f"{value:.12g}"
    except OverflowError:  # an integer beyond the floats
        return quote(value)


def point_lines(points: list[list[float]]) -> Iterator[str]:
    """Write points, one a line, with the digits that give the same number back."""
    for point in points:
        yield " ".join(map(repr, point))


def print_json(value: Any) -> None:
    """Print one JSON value on one line."""
    print(json.dumps(value))


def print_lines(lines: Iterable[str], *, to_errors: bool = False) -> None:
    """Print lines, on the standard error stream if asked."""
    stream = sys.stderr if to_errors else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    for line in lines:
        # A terminal that cannot show a character gets its escape.
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream)
