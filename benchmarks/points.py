"""Measure point maps against plain NumPy, the speed of the memory and a peer, and write `results.md`.

Run as ``python -m benchmarks.points [--quick]``; ``make bench`` makes an environment that has the peer. One BLAS
thread is used, because idle ones distort everything that runs beside them. A missed target is written down, never an
error: timings of a shared machine must not fail a build.
"""

from __future__ import annotations

import argparse
import os
import statistics
from typing import TYPE_CHECKING, NamedTuple

# Read by BLAS when NumPy is imported, hence before that.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np  # noqa: E402

from benchmarks import race  # noqa: E402
from benchmarks.point_cases import KINDS, LARGE, PEER, Case, given  # noqa: E402
from benchmarks.race import Race, Side  # noqa: E402
from benchmarks.results import duration, environment, table, verdict, write_section  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZES = (1, 1_000, LARGE)
QUICK_SIZES = (1, 1_000, 50_000)
DIMENSIONS = (2, 3, 5)
# Of all cells. Where both sides are the same call of NumPy, only noise lies between them.
PEER_TARGET = 1.05

_OURS, _OURS_INTO = "ours", "ours into `out`"

_METHOD = """\
One BLAS thread. Points are (N, D) float64. Times are medians of {repeats} batches of calls, in CPU time. "ours" makes a
new array, "{into}" writes into one of the caller. A column with a stroke has the ratio of our time to that of
what it names, which does likewise. `np.copyto(out, x)` is the limit that the memory sets where points are many; where
they are few, a call costs more than the work, and the ratio shows what it costs to look at the arguments.

{peer} gets each map as its documentation offers it, `Affine.from_linear_map`, `ByDimension.from_dimensions`,
sequences after `simplify()`, and has no way to write into an array of the caller. Whatever can be prepared is prepared
before, on all sides. `x[:, p]` gives an array in column order, unlike the others."""


class Measured(NamedTuple):
    """A case, and the seconds of one call for each side that could be measured."""

    case: Case
    seconds: dict[str, float]

    @property
    def ratios(self) -> Iterator[tuple[Side, float | None]]:
        """Set our times against those of the others."""
        for ours, others in ((_OURS, self.case.others), (_OURS_INTO, self.case.others_into)):
            for side in others:
                theirs = self.seconds.get(side.name)
                yield side, None if theirs is None else self.seconds[ours] / theirs


def measure(case: Case, repeats: int, batch: float) -> Measured:
    """Measure all sides of a case in turn."""
    ours = Side(_OURS, case.ours), Side(_OURS_INTO, case.ours_into)
    times = race.measure(Race(case.title, [*ours, *case.others, *case.others_into]), repeats, batch)
    return Measured(case, {name: statistics.median(seconds) for name, seconds in times.items()})


def measurements(sizes: Sequence[int], repeats: int, batch: float) -> list[list[Measured]]:
    """Measure each kind with each size of points."""
    rng = np.random.default_rng(0)
    with race.quiet_collector():
        return [[measure(kind(given(rng, n, d)), repeats, batch) for n in sizes for d in DIMENSIONS] for kind in KINDS]


def targets(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield a line for each target, saying whether it is met."""
    for one in measured:
        for side, ratio in one.ratios:
            if side.target is not None:
                what = f"{one.case.title}, {one.case.n:,} x {one.case.d}, {side.name}"
                yield f"- {what}: {_written(ratio)}, target {verdict(ratio, side.target)}"
    against = [ratio for one in measured for side, ratio in one.ratios if side.name == PEER and ratio is not None]
    span = f"{min(against):.2f} to {max(against):.2f}" if against else "?"
    said = verdict(max(against, default=None), PEER_TARGET)
    yield f"- every kind and size, {PEER}: {span}, target {said}"


def tables(measured: Sequence[Sequence[Measured]]) -> Iterator[str]:
    """Yield a table for each kind, under its title."""
    for kind in measured:
        case = kind[0].case
        names = [[f"/ {side.name}" for side in others] for others in (case.others, case.others_into)]
        head = ("N", "D", _OURS, *names[0], _OURS_INTO, *names[1])
        yield f"### {case.title}"
        yield table(head, map(_row, kind))


def _row(one: Measured) -> list[str]:
    cells = [_written(ratio) for _, ratio in one.ratios]
    cut = len(one.case.others)
    ours, into = (duration(one.seconds[name]) for name in (_OURS, _OURS_INTO))
    return [f"{one.case.n:,}", str(one.case.d), ours, *cells[:cut], into, *cells[cut:]]


def _written(ratio: float | None) -> str:
    return "not measured" if ratio is None else f"{ratio:.2f}"


def report(sizes: Sequence[int], repeats: int, batch: float) -> str:
    """Measure everything and write the section."""
    measured = measurements(sizes, repeats, batch)
    return "\n\n".join(
        (
            environment(("zarr-spaces", "numpy", PEER)),
            _METHOD.format(repeats=repeats, into=_OURS_INTO, peer=PEER),
            "Our time as a share of theirs, where something is aimed at:",
            "\n".join(targets([one for kind in measured for one in kind])),
            *tables(measured),
        )
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and unless in a hurry write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="fewer points and repetitions; results.md stays")
    quick = parser.parse_args(arguments).quick
    body = report(*(QUICK_SIZES, 3, 0.001) if quick else (SIZES, 21, 0.02))
    print(body)
    if not quick:
        write_section("Point maps", body)


if __name__ == "__main__":
    main()
