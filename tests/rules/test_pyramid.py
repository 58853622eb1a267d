"""How the levels of an image lie to each other."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from tests.rules.images import AT, findings, image, level, link, places, system
from zarr_spaces import Severity, check

Scale = list[Any] | None


def pyramid(*levels: tuple[Scale, list[Any] | None], names: str = "yx") -> dict[str, Any]:
    listed = [level(str(index), scale, translation) for index, (scale, translation) in enumerate(levels)]
    return image(system("um", names), levels=listed)


def orders(*scales: Scale) -> list[str]:
    return places(pyramid(*((scale, None) for scale in scales)), "levels-fine-to-coarse")


@pytest.mark.parametrize(
    "scales",
    [
        ([1, 1],),
        ([1, 1], [2, 2], [4, 4]),
        ([1, 1], [1, 1]),
        ([1, 2], [2, 1]),  # as many pixels
        (None, [1, 1], [2, 2]),
        ([0.3, 0.3], [0.3 * (1 - 1e-9), 0.3]),
        ([1, 0], [0.5, 0]),  # of nothing, nothing is finer
        ([-1, -1], [-2, 2], [3, 3]),
        ([10**400, 1.5], [10**400, 1]),
        ([1e200, 1e200], [1e300, 1e300]),
        ([1e-200, 1e-200], [1e-200, 1e-201]),
    ],
)
def test_levels_in_order(scales: tuple[Scale, ...]) -> None:
    assert orders(*scales) == []


@pytest.mark.parametrize(
    ("scales", "levels"),
    [
        (([2, 2], [1, 1]), [1]),
        (([4, 4], [2, 2], [1, 1]), [1, 2]),
        (([1, 1], [4, 4], [2, 2]), [2]),
        (([1, 1], [4, 4], [2, 2], [3, 3]), [2]),
        (([2, 2], None), [1]),
        (([2, 2], [0, 0], [1, 1]), [2]),
        (([-2, 2], [1, 1]), [1]),
        (([1, 1], [1 - 1e-5, 1]), [1]),
    ],
)
def test_levels_out_of_order(scales: tuple[Scale, ...], levels: list[int]) -> None:
    assert orders(*scales) == [f"{AT}/datasets/{index}" for index in levels]


def test_only_levels_of_one_system_and_of_right_length_are_compared() -> None:
    assert orders([2, 2], [1]) == []
    assert orders([2], [1, 1]) == []
    document = pyramid(([2, 2], None), ([1, 1], None))
    multiscale = document["ome"]["multiscales"][0]
    multiscale["coordinateSystems"].append(system("other"))
    multiscale["coordinateTransformations"] = [link("um", "other")]
    multiscale["datasets"][1]["coordinateTransformations"][0]["output"]["name"] = "other"
    report = {finding.rule for finding in check(document)}
    assert report == {"intrinsic-system-shared"}


def test_long_lists_of_long_numbers_are_not_multiplied() -> None:
    assert orders([10**4000] * 2_000, [10**4000] * 2_000) == []


@pytest.mark.parametrize("first", [([0.5, 0.5], None), ([0.5, 0.5], [3.0, -4.0]), (None, None)])
@pytest.mark.parametrize(("y", "x"), list(itertools.product((1, 2, 3, 4), repeat=2)))
def test_averaged_levels_are_aligned(first: tuple[Scale, list[Any] | None], y: int, x: int) -> None:
    scale, start = first[0] or [1, 1], first[1] or [0, 0]
    coarse = [scale[0] * y, scale[1] * x]
    moved = [start[axis] + (coarse[axis] - scale[axis]) / 2 for axis in (0, 1)]
    document = pyramid(first, (coarse, moved))
    assert check(document).findings == ()
    step = scale[0] / 100
    document = pyramid(first, (coarse, [moved[0] + step, moved[1]]))
    assert len(findings(document, "levels-aligned")) == (y > 1)
    document = pyramid(first, (coarse, [moved[0] + step / 100, moved[1]]))
    assert findings(document, "levels-aligned") == []


def test_worst_axis_of_the_first_level_that_is_off_is_told() -> None:
    document = pyramid(
        ([1.0, 0.5, 0.5], None),
        ([1.0, 1.0, 1.0], [0.0, 0.25, 0.25]),
        ([1.0, 2.0, 4.0], None),
        ([1.0, 9.0, 9.0], None),
        names="zyx",
    )
    (finding,) = findings(document, "levels-aligned")
    assert finding.json_pointer == f"{AT}/datasets/2/coordinateTransformations/0"
    assert finding.severity is Severity.INFO
    assert finding.message == (
        "along the axis 'x' the translation is 0, averaging puts it at 1.75: 3.5 pixels of the finest level off"
    )
    assert finding.hint is not None
    assert finding.hint.endswith("where pixels were picked, not averaged, it is right as it is")
    assert check(document).valid


@pytest.mark.parametrize(
    "levels",
    [
        (([1, 1], None), ([1, 1], [5, 5])),  # of as large pixels, nothing was averaged
        (([1, 0], None), ([1, 2], None)),
        (([1], None), ([2, 2], None)),
        (([1, 1], None), ([2, 2], [0.5])),
        (([10**400, 1], None), ([10**400, 2], [0, 7])),
        (([1, 1], [10**400, 0]), ([2, 2], [10**400 + 1, 0.5])),
    ],
)
def test_nothing_is_told_of_alignment(levels: tuple[tuple[Scale, list[Any] | None], ...]) -> None:
    assert findings(pyramid(*levels), "levels-aligned") == []


def test_levels_of_other_systems_are_not_aligned() -> None:
    document = pyramid(([1, 1], None), ([2, 2], [0.5, 0.5]), ([4, 4], None))
    multiscale = document["ome"]["multiscales"][0]
    document = copy.deepcopy(document)
    assert len(findings(document, "levels-aligned")) == 1
    multiscale["coordinateSystems"].append(system("other"))
    multiscale["datasets"][2]["coordinateTransformations"][0]["output"]["name"] = "other"
    assert findings({"ome": {"version": "0.6", "multiscales": [multiscale]}}, "levels-aligned") == []
