"""Measure point maps against plain NumPy and the speed of the memory, and write `results.md`.

Run as ``python -m benchmarks.points [--quick]``. The two sides of a ratio are measured in turn in one process,
with one BLAS thread, because idle BLAS threads distort everything that runs beside them. A missed target is
written down, never an error: timings of a shared machine must not fail a build.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

# Read by BLAS when NumPy is imported, hence before that.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np  # noqa: E402

from benchmarks.results import duration, environment, table, verdict, write_section  # noqa: E402
from zarr_spaces.transform.compose import compose  # noqa: E402
from zarr_spaces.transform.point_map import (  # noqa: E402
    Affine,
    Permutation,
    PointMap,
    Scale,
    ScaleTranslation,
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zarr_spaces.transform.contract import FloatArray


class Case(NamedTuple):
    """Two functions that are to be compared, and the ratio that is aimed at."""

    name: str
    n: int
    d: int
    ours: Callable[[], object]
    reference_name: str
    reference: Callable[[], object]
    target: float | None


def cases(rng: np.random.Generator, large: int) -> Iterator[Case]:
    """Yield the cases, each with data of its own."""
    for d in (3, 2, 5):
        yield affine_case(rng, large, d, 1.3 if d == 3 else None)
    yield sequence_case(rng, large)
    for n in (large, 1_000):
        for d in (2, 3, 5):
            yield from copy_cases(rng, n, d, targets=n == large)
    matrix, offset, point = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(1, 3))
    single = Affine(matrix, offset)
    yield Case("affine", 1, 3, lambda: single(point), "x @ A.T + b", lambda: point @ matrix.T + offset, 1.5)


def affine_case(rng: np.random.Generator, n: int, d: int, target: float | None) -> Case:
    """Compare an affine map with the matrix product alone."""
    matrix, points = rng.normal(size=(d, d)), rng.normal(size=(n, d))
    ours = Affine(matrix, rng.normal(size=d))
    return Case("affine", n, d, lambda: ours(points), "x @ A.T", lambda: points @ matrix.T, target)


def sequence_case(rng: np.random.Generator, n: int) -> Case:
    """Compare five linear steps with one affine map."""
    rotation = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    five = compose(
        Scale([0.5, 2.0, 3.0]),
        Translation([1.0, 2.0, 3.0]),
        Affine(rotation),
        Permutation([2, 0, 1]),
        Translation([4.0, 5.0, 6.0]),
    )
    one, points = Affine(rng.normal(size=(3, 3)), rng.normal(size=3)), rng.normal(size=(n, 3))
    return Case("sequence of five", n, 3, lambda: five(points), "one affine", lambda: one(points), 1.3)


def copy_cases(rng: np.random.Generator, n: int, d: int, *, targets: bool) -> Iterator[Case]:
    """Compare maps that never mix axes with copying the points."""
    points, ours_out, copy_out = rng.normal(size=(n, d)), np.empty((n, d)), np.empty((n, d))
    factors, shift = rng.normal(size=d), rng.normal(size=d)
    maps: list[tuple[str, PointMap, float]] = [
        ("translation, out", Translation(shift), 1.6),
        ("scale, out", Scale(factors), 1.6),
        ("scale+translation, out", ScaleTranslation(factors, shift), 2.3),
        ("permutation, out", Permutation(np.roll(np.arange(d), 1).tolist()), 2.0),
    ]
    for name, one, target in maps:
        yield Case(
            name,
            n,
            d,
            _bind(one, points, ours_out),
            "np.copyto",
            lambda: np.copyto(copy_out, points),
            target if targets else None,
        )


def _bind(one: PointMap, points: FloatArray, out: FloatArray) -> Callable[[], object]:
    return lambda: one(points, out)


def measure(case: Case, repeats: int) -> tuple[float, float]:
    """Give the medians of interleaved measurements, in seconds for one call."""
    times: tuple[list[float], list[float]] = ([], [])
    functions = (case.ours, case.reference)
    calls = max(1, 50_000 // max(case.n, 25))
    for function in functions:
        function()
    for _ in range(repeats):
        for function, spent in zip(functions, times, strict=True):
            start = time.perf_counter()
            for _ in range(calls):
                function()
            spent.append((time.perf_counter() - start) / calls)
    return statistics.median(times[0]), statistics.median(times[1])


def rows(large: int, repeats: int) -> Iterator[Sequence[str]]:
    """Measure every case and yield the rows of the table."""
    for case in cases(np.random.default_rng(0), large):
        ours, reference = measure(case, repeats)
        ratio = ours / reference
        size = (f"{case.n:,}", str(case.d))
        times = (duration(ours), case.reference_name, duration(reference))
        yield case.name, *size, *times, f"{ratio:.2f}", verdict(ratio, case.target)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and unless in a hurry write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="fewer points and repetitions; results.md stays")
    quick = parser.parse_args(arguments).quick
    measured = rows(*(200_000, 7) if quick else (1_000_000, 41))
    head = ("case", "N", "D", "ours", "reference", "time", "ratio", "target")
    body = f"{environment(('zarr-spaces', 'numpy'))} One BLAS thread.\n\n{table(head, measured)}"
    print(body)
    if not quick:
        write_section("Point maps", body)


if __name__ == "__main__":
    main()
