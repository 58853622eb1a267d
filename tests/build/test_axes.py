"""Axes and coordinate systems from their names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces.build import axes, coordinate_system
from zarr_spaces.ome_zarr.v0_6 import Axis, CoordinateSystem

MICRO = "\u00b5m"


def test_names_tell_types() -> None:
    units = {"time": "second", "space": "micrometer"}
    assert axes("tczyx", units) == [
        Axis(name="t", type="time", unit="second"),
        Axis(name="c", type="channel"),
        Axis(name="z", type="space", unit="micrometer"),
        Axis(name="y", type="space", unit="micrometer"),
        Axis(name="x", type="space", unit="micrometer"),
    ]
    assert axes(["t", "c", "z", "y", "x"], units) == axes("tczyx", units) == axes(iter("tczyx"), units)  # type: ignore[arg-type]


def test_units_by_name_come_before_units_by_type() -> None:
    found = axes("zyx", {"space": "micrometer", "z": "nanometer"})
    assert [axis.unit for axis in found] == ["nanometer", "micrometer", "micrometer"]
    assert axes("cyx", {"space": "meter", "c": "nanometer"})[0] == Axis(name="c", type="channel", unit="nanometer")


def test_axes_are_taken_as_they_are_and_copied() -> None:
    phase = Axis(name="phase", type="phase", long_name="of the cell cycle", extra={"bins": [1, 2]})
    unknown = Axis(name="x", type="space")
    found = axes([phase, Axis(name="y", type="space", unit="inch"), unknown])
    assert found == [phase, Axis(name="y", type="space", unit="inch"), unknown]
    assert found[0] is not phase
    assert found[0].extra["bins"] is not phase.extra["bins"]


def test_a_unit_for_all_fills_in_what_is_missing() -> None:
    given = [Axis(name="y", type="space", unit="inch"), Axis(name="x", type="space")]
    assert [axis.unit for axis in axes(given, "meter")] == ["inch", "meter"]
    assert given[1].unit is None


def test_coordinate_system_has_its_axes() -> None:
    assert coordinate_system("stage", "yx", "inch") == CoordinateSystem(name="stage", axes=axes("yx", "inch"))
    with pytest.raises(ValueError, match="name: a coordinate system needs a name"):
        coordinate_system("", "yx", "inch")


@pytest.mark.parametrize(
    ("names", "units", "message"),
    [
        ("", "meter", "axes: at least one name is needed"),
        ([], None, "axes: at least one name is needed"),
        ("zyx", None, r'units: the axis \'z\' of type space has no unit: write units="micrometer", or what it is'),
        (
            "tyx",
            None,
            r'the axis \'t\' of type time has no unit: write units={"space": "micrometer", "time": "second"}',
        ),
        ("tyx", "meter", r"units: the axis 't' of type time has no unit"),
        ("yx", {"y": "meter"}, r"units: the axis 'x' of type space has no unit"),
        ("yx", "um", "units: 'um' is no unit .* of type space: write 'micrometer'"),
        ("yx", MICRO, "is no unit .* of type space: write 'micrometer'"),
        ("yx", "Micrometre", "write 'micrometer'"),
        ("yx", "nm", "write 'nanometer'"),
        ("yx", "micorn", "write 'micrometer'"),
        ("yx", "pixel", "'pixel' is no unit .* units are written in full, such as 'micrometer'"),
        ("yx", "second", "'second' is no unit .* of type space: units are written in full"),
        ("tyx", {"time": "ms", "space": "meter"}, "'ms' is no unit .* of type time: write 'millisecond'"),
        ("yx", {"y": "meter", "w": "meter"}, "units: there is no axis 'w': the axes are 'y', 'x'"),
        ("yx", {"space": "meter", "time": "second"}, "units: there is no axis 'time'"),
        ("yx", {"spaces": "meter"}, "there is no axis 'spaces': did you mean 'space'?"),
        ("YX", "meter", r"axes: the name 'Y' tells no type.* Did you mean 'y'\? .* write Axis\(name='Y', type=...\)"),
        (
            ["row", "x"],
            "meter",
            r"the name 'row' tells no type, .* For any other axis write Axis\(name='row', type=...\)",
        ),
        (
            [Axis(name="x", type="space", unit="inch")],
            {"x": "meter"},
            "units: the axis 'x' has the unit 'inch' already, not 'meter': leave one of the two out",
        ),
    ],
)
def test_what_is_not_clear_is_refused(names: Any, units: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        axes(names, units)


@pytest.mark.parametrize(
    ("names", "units", "message"),
    [
        (3, None, "axes: names are needed"),
        (None, None, "axes: names are needed"),
        (b"yx", None, "axes: names are needed"),
        ({"y": 1}, None, "axes: names are needed"),
        (Axis(name="x"), None, "axes: names are needed, .* not a Axis"),
        ([1, 2], None, "axes: 1 is neither a name nor an Axis"),
        ({"y", "x"}, None, "axes: names are needed, .* not a set"),
        ("yx", 3, "units: a unit is needed"),
        ("yx", ["meter", "meter"], "units: a unit is needed, .* not a list"),
        ("yx", {"y": 1}, "units: the unit of 'y' must be a string, is 1"),
    ],
)
def test_what_is_no_axes_or_units_is_refused(names: Any, units: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        axes(names, units)


def test_names_of_numpy_become_plain() -> None:
    (y, _) = axes(np.array(["y", "x"]), np.str_("meter"))  # type: ignore[arg-type]
    assert type(y.name) is type(y.unit) is str
    assert type(coordinate_system(np.str_("stage"), "yx", "meter").name) is str
    with pytest.raises(TypeError, match="name: the name of a coordinate system is needed, not 3"):
        coordinate_system(3, "yx", "meter")  # type: ignore[arg-type]
