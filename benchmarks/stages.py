"""Where the time of a check goes: each of its stages alone, and among them each rule."""

from __future__ import annotations

import statistics
from collections import deque
from typing import TYPE_CHECKING, Any

import zarr_spaces
from benchmarks.race import Race, Side, measure
from benchmarks.results import duration
from zarr_spaces.document.detect import detect
from zarr_spaces.findings import Level
from zarr_spaces.rules.run import run_rules
from zarr_spaces.schemas import validator
from zarr_spaces.versions import chosen_rules, loader, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.samples import Document
    from zarr_spaces.rules.rule import Part, Rule

HEAD = ("document", "stage", "time", "share of the check")

_Found = list[tuple["Part", Any, Any]]


def stages(name: str, document: Document, repeats: int, batch: float) -> Iterator[Sequence[str]]:
    """Measure the stages of one check and yield the rows of the table."""
    race = Race(name, [Side(stage, function) for stage, function in _stages(document)])
    medians = {stage: statistics.median(times) for stage, times in measure(race, repeats, batch).items()}
    whole = medians["whole check"]
    for stage, spent in medians.items():
        yield name, stage, duration(spent), f"{spent / whole:.0%}"


def _stages(document: Document) -> Iterator[tuple[str, Callable[[], object]]]:
    detected = detect(document)
    (version,) = detected.versions
    attributes = detected.attributes
    load, is_valid, list_parts = loader(version), validator(version.schema).is_valid, parts_of(version)
    typed = load(attributes)
    parts: _Found = list(list_parts(typed, None))
    chosen, _ = chosen_rules(version, Level.DOCUMENT, False)
    yield "whole check", lambda: zarr_spaces.check(document)
    yield "recognise the version", lambda: detect(document)
    yield "build the typed object", lambda: load(attributes)
    yield "validate by the schema", lambda: is_valid(attributes)
    yield "all rules, with listing the parts", lambda: run_rules(chosen, list_parts(typed, None), None)
    yield f"list the parts that rules look at, {len(parts)}", lambda: deque(list_parts(typed, None), maxlen=0)
    for kind in dict.fromkeys(kind for kind, *_ in parts):
        for rule in chosen[0].get(kind, ()):
            yield f"rule {rule.id}", _alone(rule, parts)


def _alone(rule: Rule, parts: _Found) -> Callable[[], object]:
    mine = [(part, at) for kind, part, at in parts if kind is rule.part]

    def run() -> None:
        for part, at in mine:
            deque(rule.function(part, at), maxlen=0)

    return run
