"""What axes say of themselves: types, units, and what is likely meant."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.rules.images import AT, axes, findings, image, link, places, scene, system
from zarr_spaces import Severity, check
from zarr_spaces.rules.units import SPACE_UNITS, TIME_UNITS, likely_unit

AXIS = f"{AT}/coordinateSystems/0/axes/0"
SPACE = (
    "angstrom attometer centimeter decimeter exameter femtometer foot gigameter hectometer inch kilometer megameter "
    "meter micrometer mile millimeter nanometer parsec petameter picometer terameter yard yoctometer yottameter "
    "zeptometer zettameter"
)
TIME = (
    "attosecond centisecond day decisecond exasecond femtosecond gigasecond hectosecond hour kilosecond megasecond "
    "microsecond millisecond minute nanosecond petasecond picosecond second terasecond yoctosecond yottasecond "
    "zeptosecond zettasecond"
)


def with_axis(axis: dict[str, Any]) -> dict[str, Any]:
    """An image with an axis before two of type space."""
    return image({"name": "um", "axes": [axis, *axes("yx")]})


def test_units_are_those_of_the_specification() -> None:
    assert set(SPACE.split()) == SPACE_UNITS
    assert set(TIME.split()) == TIME_UNITS


@pytest.mark.parametrize("names", ["yx", "tyx", "cyx", "tczyx", "dyx", "oyx", "iyx"])
def test_axes_of_the_named_types_are_sound(names: str) -> None:
    assert check(image(system("um", names))).findings == ()


@pytest.mark.parametrize(
    ("axis", "place", "hint"),
    [
        ({"name": "c", "type": "spatial"}, "/type", "did you mean 'space'?"),
        ({"name": "c", "type": "Space"}, "/type", "did you mean 'space'?"),
        ({"name": "c", "type": "TIME"}, "/type", "did you mean 'time'?"),
        ({"name": "c", "type": "chanel"}, "/type", "did you mean 'channel'?"),
        ({"name": "c", "type": "displacements"}, "/type", "did you mean 'displacement'?"),
        ({"name": "c", "type": "phase"}, "/type", "a type of one's own is allowed; few programs know it"),
        ({"name": "c", "type": "angle"}, "/type", "a type of one's own is allowed; few programs know it"),
        ({"name": "c", "type": ""}, "/type", "a type of one's own is allowed; few programs know it"),
        ({"name": "c"}, "", "add type: 'channel'"),
        ({"name": "T"}, "", "add type: 'time'"),
        ({"name": "z"}, "", "add type: 'space'"),
        ({"name": "angle"}, "", "add type, such as 'space', 'time' or 'channel'"),
        ({"name": "c", "Type": "channel"}, "", "did you mean to write type for 'Type'?"),
    ],
)
def test_axis_without_a_named_type(axis: dict[str, Any], place: str, hint: str) -> None:
    (finding,) = findings(with_axis(axis), "axis-type-known")
    assert (finding.json_pointer, finding.hint, finding.severity) == (AXIS + place, hint, Severity.WARNING)


@pytest.mark.parametrize("unit", SPACE.split())
def test_listed_units_of_space(unit: str) -> None:
    document = with_axis({"name": "z", "type": "space", "unit": unit})
    assert places(document, "axis-unit-known") == []
    document = with_axis({"name": "z", "type": "time", "unit": unit})
    assert places(document, "axis-unit-known") == [f"{AXIS}/unit"]


@pytest.mark.parametrize("unit", TIME.split())
def test_listed_units_of_time(unit: str) -> None:
    assert places(with_axis({"name": "t", "type": "time", "unit": unit}), "axis-unit-known") == []


@pytest.mark.parametrize("kind", ["channel", "array", "coordinate", "displacement", "custom", None])
@pytest.mark.parametrize("unit", [None, "nanometer", "um", "volt"])
def test_axes_that_are_neither_space_nor_time_have_any_unit_or_none(kind: str | None, unit: str | None) -> None:
    axis = {"name": "c"} | ({"type": kind} if kind else {}) | ({"unit": unit} if unit else {})
    assert places(with_axis(axis), "axis-unit-known") == []


@pytest.mark.parametrize(
    ("kind", "unit", "meant"),
    [
        ("space", "um", "micrometer"),
        ("space", "\u00b5m", "micrometer"),
        ("space", "\u03bcm", "micrometer"),
        ("space", "UM", "micrometer"),
        ("space", "micron", "micrometer"),
        ("space", "Microns", "micrometer"),
        ("space", "micrometre", "micrometer"),
        ("space", "micrometres", "micrometer"),
        ("space", "micrometers", "micrometer"),
        ("space", "Micrometer", "micrometer"),
        ("space", "micorn", "micrometer"),
        ("space", "mircometer", "micrometer"),
        ("space", "nm", "nanometer"),
        ("space", "NM", "nanometer"),
        ("space", "mm", "millimeter"),
        ("space", "Mm", "megameter"),
        ("space", "m", "meter"),
        ("space", "\u00c5", "angstrom"),
        ("space", "inches", "inch"),
        ("space", "feet", "foot"),
        ("time", "s", "second"),
        ("time", "sec", "second"),
        ("time", "secs", "second"),
        ("time", "Seconds", "second"),
        ("time", "ms", "millisecond"),
        ("time", "msec", "millisecond"),
        ("time", "min", "minute"),
        ("time", "hrs", "hour"),
        ("time", "minuets", "minute"),
    ],
)
def test_other_spellings_of_units_get_the_right_name(kind: str, unit: str, meant: str) -> None:
    (finding,) = findings(with_axis({"name": "a", "type": kind, "unit": unit}), "axis-unit-known")
    assert finding.json_pointer == f"{AXIS}/unit"
    assert finding.hint == f"did you mean '{meant}'?"


@pytest.mark.parametrize("unit", ["pixel", "", "arbitrary units", "x" * 10_000, "\0"])
def test_what_is_no_unit_is_not_guessed(unit: str) -> None:
    assert likely_unit(unit) is None
    (finding,) = findings(with_axis({"name": "z", "type": "space", "unit": unit}), "axis-unit-known")
    assert finding.hint == "units are written in full, such as 'micrometer'"


def test_unit_of_another_type_is_told() -> None:
    (finding,) = findings(with_axis({"name": "z", "type": "space", "unit": "ms"}), "axis-unit-known")
    assert finding.hint == "'millisecond' is a unit of time: is the type or the unit wrong?"


@pytest.mark.parametrize(
    ("axis", "hint"),
    [
        ({"type": "space"}, "add unit, such as 'micrometer'"),
        ({"type": "time"}, "add unit, such as 'second'"),
        ({"type": "space", "units": "micrometer"}, "did you mean to write unit for 'units'?"),
        ({"type": "space", "Unit": "micrometer"}, "did you mean to write unit for 'Unit'?"),
    ],
)
def test_missing_unit(axis: dict[str, Any], hint: str) -> None:
    (finding,) = findings(with_axis({"name": "a"} | axis), "axis-unit-known")
    assert (finding.json_pointer, finding.hint) == (AXIS, hint)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ("yx", 0),
        ("zyx", 0),
        ("tczyx", 0),
        ("ij", 0),
        ("ijk", 0),
        ("x", 1),
        ("cx", 1),
        ("wzyx", 1),
        ("ijyx", 1),  # published validators take the one or the other
        ("ijx", 0),
        ("cdosyx", 1),
        ("tcdosij", 1),
    ],
)
def test_axes_of_a_scene(names: str, count: int) -> None:
    document = scene([system("a", names)], [link("image:um", "a")])
    assert places(document, "scene-axes-published") == ["/ome/scene/coordinateSystems/0/axes"] * count
    assert check(document).valid


def test_many_strange_axes_are_told_in_little_time() -> None:
    strange = [{"name": f"a{index}", "type": f"spacee {index}", "unit": f"mircon {index}"} for index in range(20_000)]
    also = [{"name": f"b{index}", "type": "space", "unit": f"mircon {index}"} for index in range(20_000)]
    document = scene([{"name": "a", "axes": strange + also}], [link("image:um", "a")])
    begin = time.perf_counter()
    assert findings(document, "axis-type-known")  # the report words only the first of so many
    assert time.perf_counter() - begin < 10  # seconds; with a hint for each it would be a minute
