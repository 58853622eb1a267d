"""What a measurement is worth only together with: where and when it was made. Written into `results.md`."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RESULTS = Path(__file__).with_name("results.md")

_PREAMBLE = """\
# Measured speed

Written by `make bench`, one section for each measurement; edits are overwritten. All sides of a comparison are measured
in turn in one run, so that a busy or slow machine touches them alike. A ratio is our time divided by that of the
reference: below 1 we are faster. Times of two runs or two machines cannot be compared, ratios roughly.
"""


def environment(packages: Iterable[str]) -> str:
    """Say in one paragraph when, where and with what is measured."""
    versions = [f"{name} {found}" for name in packages if (found := installed(name))]
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()}: {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}; {', '.join(versions)}."
    )


def installed(package: str) -> str | None:
    """Return the version of a package, or None where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def duration(seconds: float) -> str:
    """Write a duration in ms or µs."""
    return f"{seconds * 1e3:.2f} ms" if abs(seconds) >= 1e-3 else f"{seconds * 1e6:.2f} µs"


def verdict(ratio: float | None, target: float | None) -> str:
    """Write a target and say whether a ratio meets it; None for a ratio that could not be measured."""
    if target is None:
        return ""
    return f"{target:.2f}: {'not measured' if ratio is None else 'met' if ratio <= target else 'missed'}"


def write_section(title: str, body: str, path: Path = RESULTS) -> None:
    """Put a section into the results, in the place of an older one of the same title or else behind all others."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _, *parts = text.split("\n## ")
    sections = {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in parts}
    sections[title] = body.strip("\n")
    written = "".join(f"\n## {name}\n\n{content}\n" for name, content in sections.items())
    path.write_text(_PREAMBLE + written, encoding="utf-8")
