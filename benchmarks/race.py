"""Several ways to do the same, measured in turn in one process."""

from __future__ import annotations

import contextlib
import gc
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.results import duration, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HEAD = ("what", "how", "median", "quartiles", "ours / this", "target")


class Side(NamedTuple):
    """One of the ways; ours comes first in a race."""

    name: str
    function: Callable[[], object] | None
    """None where it cannot be measured, such as for a package that is not installed."""
    target: float | None = None
    """The ratio of our time to this one's that is aimed at."""


class Race(NamedTuple):
    """What is to be done, and the ways to do it."""

    name: str
    sides: Sequence[Side]


@contextlib.contextmanager
def quiet_collector() -> Iterator[None]:
    """Let the garbage collector work for all sides alike, as in use, but spare it what was there before."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def measure(race: Race, repeats: int, batch: float) -> dict[str, list[float]]:
    """Give the seconds of one call, measured `repeats` times in turn; a batch of calls takes about `batch` seconds."""
    functions = {side.name: side.function for side in race.sides if side.function is not None}
    calls = {name: _calls(function, batch) for name, function in functions.items()}
    times: dict[str, list[float]] = {name: [] for name in functions}
    order = list(functions)
    for _ in range(repeats):
        for name in order:
            gc.collect()
            times[name].append(_time(functions[name], calls[name]))
        order.reverse()  # so that nobody always runs in the wake of the same one
    return times


def run(race: Race, repeats: int, batch: float) -> Iterator[Sequence[str]]:
    """Measure a race and yield the rows of its table."""
    times = measure(race, repeats, batch)
    ours = statistics.median(times[race.sides[0].name])
    for index, side in enumerate(race.sides):
        if side.name not in times:
            yield race.name, side.name, "not installed, not measured", "", "", verdict(None, side.target)
            continue
        median = statistics.median(times[side.name])
        compared = (f"{ours / median:.2f}", verdict(ours / median, side.target)) if index else ("", "")
        yield race.name, side.name, duration(median), spread(times[side.name]), *compared


def spread(times: Sequence[float]) -> str:
    """Write the quartiles: half of the measurements lie between them."""
    low, _, high = statistics.quantiles(times, n=4)
    return f"{duration(low)} to {duration(high)}"


def _calls(function: Callable[[], object], batch: float) -> int:
    for _ in range(20):  # the interpreter adapts itself to what runs often
        function()
    return max(1, round(batch / min(_time(function, 3) for _ in range(3))))


def _time(function: Callable[[], object], calls: int) -> float:
    # CPU time: nobody here waits for anything, and what else the machine is busy with must not count.
    start = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - start) / calls
