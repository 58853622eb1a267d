"""What the first check costs in a fresh process: imports, and all that is made on first use."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.race import spread
from benchmarks.results import duration, verdict
from benchmarks.samples import image, image_0_5

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = (
    "what",
    "how",
    "wall time",
    "quartiles",
    "user CPU",
    "user CPU: ours / this",
    "wall time: ours / this",
    "target",
)
TARGET = 0.5


class Program(NamedTuple):
    """What a fresh process runs; the document lies there as `doc`, decoded."""

    name: str
    code: str
    package: str | None
    """What it is compared by name with; None for ours."""
    target: float | None = None


class Spent(NamedTuple):
    """What processes took, in seconds, one entry for each."""

    wall: list[float]
    user: list[float]


# A module is asked for nothing but to be imported; ours loads its parts on first use, hence the second contest.
IMPORTS = (
    Program("`import zarr_spaces`", "import zarr_spaces", None),
    Program("`import yaozarrs`", "import yaozarrs", "yaozarrs"),
    Program("`import ome_zarr_models`", "import ome_zarr_models", "ome-zarr-models"),
)
CHECKS = (
    Program("`zarr_spaces.check(doc)`", "import zarr_spaces; assert zarr_spaces.check(doc).valid", None),
    Program(
        "yaozarrs: `validate_ome_object(doc)`",
        "import yaozarrs; yaozarrs.validate_ome_object(doc)",
        "yaozarrs",
        TARGET,
    ),
    Program(
        'ome-zarr-models: `ImageAttrs.model_validate(doc["ome"])`',
        'from ome_zarr_models.v06.image import ImageAttrs; ImageAttrs.model_validate(doc["ome"])',
        "ome-zarr-models",
        TARGET,
    ),
)


def startup(available: Sequence[str], repeats: int) -> Iterator[Sequence[str]]:
    """Run every program in turn, many times, and yield the rows of the table."""
    bare = Program("the interpreter alone", "", None)
    programs = [
        program for program in (bare, *IMPORTS, *CHECKS) if program.package is None or program.package in available
    ]
    spent = {program.name: Spent([], []) for program in programs}
    with tempfile.TemporaryDirectory() as cache:
        # All sides find their bytecode in one cache, which the first round fills: an installer may have compiled some
        # packages and not others, and the environment may forbid to write bytecode.
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        variables["PYTHONPYCACHEPREFIX"] = cache
        for program in programs:
            _run(program, variables)
        for _ in range(repeats):
            for program in programs:
                wall, user = _run(program, variables)
                spent[program.name].wall.append(wall)
                spent[program.name].user.append(user)
            programs.reverse()
    start = spent[bare.name]
    yield "start", bare.name, _median(start.wall), spread(start.wall), _median(start.user), "", "", ""
    for what, contest in (("import", IMPORTS), ("import and first check", CHECKS)):
        ours = _beyond(spent[contest[0].name], start)
        for index, program in enumerate(contest):
            if program.name not in spent:
                yield what, program.name, "not installed, not measured", *[""] * 4, verdict(None, program.target)
                continue
            net = _beyond(spent[program.name], start)
            medians = (_median(net.wall), spread(net.wall), _median(net.user))
            wall, user = (
                statistics.median(a) / max(statistics.median(b), 1e-4) for a, b in zip(ours, net, strict=True)
            )
            ratios = (f"{user:.2f}", f"{wall:.2f}", verdict(wall, program.target)) if index else ("", "", "")
            yield what, program.name, *medians, *ratios


def _run(program: Program, variables: dict[str, str]) -> tuple[float, float]:
    """Run one program in a process of its own; give its wall time and user CPU time."""
    # Both documents as literals, so that no program pays for decoding or for importing what decodes.
    document = image_0_5() if program.package == "yaozarrs" else image()
    arguments = [sys.executable, "-P", "-c", f"doc = {document!r}\n{program.code}"]
    started = time.perf_counter()
    child = os.posix_spawn(sys.executable, arguments, variables)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    assert status == 0, program.code
    return wall, usage.ru_utime


def _beyond(spent: Spent, start: Spent) -> Spent:
    """Subtract what the interpreter alone takes."""
    wall, user = statistics.median(start.wall), statistics.median(start.user)
    return Spent([value - wall for value in spent.wall], [value - user for value in spent.user])


def _median(times: Sequence[float]) -> str:
    return duration(statistics.median(times))
