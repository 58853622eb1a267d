"""Images and pyramids in few words."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump, graph_of
from zarr_spaces.build import axes, coordinate_system, image, pyramid
from zarr_spaces.ome_zarr.v0_6 import (
    Axis,
    Identity,
    Omero,
    OmeroChannel,
    OmeroWindow,
    OmeZarr,
    Reference,
    Rotation,
    Scale,
    Translation,
)

WORDS: dict[str, Any] = {"axes": "zyx", "name": "cells", "units": "micrometer", "method": "mean"}


def steps(document: OmeZarr) -> list[Any]:
    """List the transformations of the levels as JSON, their ends left out."""
    (multiscale,) = dump(document)["ome"]["multiscales"]
    found = []
    for dataset in multiscale["datasets"]:
        (step,) = dataset["coordinateTransformations"]
        assert step.pop("input") == {"path": dataset["path"]}
        assert step.pop("output") == {"name": multiscale["coordinateSystems"][0]["name"]}
        found.append(step)
    return found


def scale(*numbers: float) -> dict[str, Any]:
    return {"type": "scale", "scale": list(numbers)}


def moved(step: dict[str, Any], *numbers: float) -> dict[str, Any]:
    return {"type": "sequence", "transformations": [step, {"type": "translation", "translation": list(numbers)}]}


def test_half_a_pixel_is_included() -> None:
    document = pyramid(**WORDS, pixel_size=(2, 0.5, 0.5), factors=[(1, 2, 2), (1, 4, 4), (2, 8, 8)])
    assert steps(document) == [
        scale(2, 0.5, 0.5),
        moved(scale(2, 1, 1), 0, 0.25, 0.25),
        moved(scale(2, 2, 2), 0, 0.75, 0.75),
        moved(scale(4, 4, 4), 1, 1.75, 1.75),
    ]
    assert check(document).findings == ()


def test_levels_of_picked_pixels_share_a_centre() -> None:
    document = pyramid(**WORDS, pixel_size=0.5, factors=[2, 4], align="centre")
    assert steps(document) == [scale(0.5, 0.5, 0.5), scale(1, 1, 1), scale(2, 2, 2)]
    assert {finding.rule for finding in check(document, strict=True)} == {"levels-aligned"}
    picked = graph_of(document).transform({"path": "1"}, {"path": "0"}, [[0, 1, 2]])
    assert picked.tolist() == [[0, 2, 4]]  # as [::2] has it


def test_the_origin_may_be_that_of_a_corner() -> None:
    words = WORDS | {"axes": "tczyx", "units": {"time": "second", "space": "micrometer"}}
    sizes = {"t": 3, "space": 0.5}
    by_corner = pyramid(**words, pixel_size=sizes, factors=[2], origin={"x": 10, "t": 7}, origin_at="corner")
    assert steps(by_corner) == [
        moved(scale(3, 1, 0.5, 0.5, 0.5), 7, 0, 0.25, 0.25, 10.25),
        moved(scale(3, 1, 1, 1, 1), 7, 0, 0.5, 0.5, 10.5),
    ]
    by_centre = pyramid(**words, pixel_size=sizes, factors=[2], origin=[7, 0, 0.25, 0.25, 10.25])
    assert steps(by_centre) == steps(by_corner)


def test_both_spellings_of_centre_are_known() -> None:
    words = WORDS | {"pixel_size": 1, "factors": [2], "origin": 5}
    assert pyramid(**words, align="center") == pyramid(**words, align="centre")
    assert pyramid(**words, origin_at="center") == pyramid(**words, origin_at="centre") == pyramid(**words)


@pytest.mark.parametrize(
    "sizes",
    [
        [1, 0.5, 0.5],
        (1, 0.5, 0.5),
        {"y": 0.5, "x": 0.5},
        {"z": 1, "space": 0.5},
        np.array([1, 0.5, 0.5]),
        np.array([1, 0.5, 0.5], dtype=np.float32),
        [np.int64(1), np.float64(0.5), np.float32(0.5)],
    ],
    ids=repr,
)
def test_numbers_come_in_any_form_and_become_plain(sizes: Any) -> None:
    document = pyramid(**WORDS, pixel_size=sizes, factors=[sizes * 0 + 2 if isinstance(sizes, np.ndarray) else 2])
    assert steps(document) == [scale(1, 0.5, 0.5), moved(scale(2, 1, 1), 0.5, 0.25, 0.25)]
    level = (document.ome.multiscales or [])[0].datasets[0].coordinate_transformations[0]
    assert isinstance(level, Scale)
    assert {type(number) for number in level.scale} == {float}


def test_factors_may_be_one_array() -> None:
    assert pyramid(**WORDS, pixel_size=1, factors=np.array([[1, 2, 2], [1, 4, 4]])) == pyramid(
        **WORDS, pixel_size=1, factors=[{"y": 2, "x": 2}, {"y": 4, "x": 4}]
    )


def test_there_is_no_noise_of_rounding() -> None:
    document = pyramid(**WORDS, pixel_size=0.1, factors=[3, 7], origin=0.3)
    assert steps(document)[1:] == [
        moved(scale(0.3, 0.3, 0.3), 0.4, 0.4, 0.4),  # 0.1 * 3 is 0.30000000000000004
        moved(scale(0.7, 0.7, 0.7), 0.6, 0.6, 0.6),
    ]


def test_an_image_is_a_pyramid_of_one_level() -> None:
    document = image("yx", name="cells", pixel_size=0.5, units="micrometer", path="full", system="stage")
    assert dump(document) == {
        "ome": {
            "version": "0.6",
            "multiscales": [
                {
                    "name": "cells",
                    "type": "none",
                    "metadata": {"factors": []},
                    "coordinateSystems": [dump_system("stage")],
                    "datasets": [
                        {
                            "path": "full",
                            "coordinateTransformations": [
                                scale(0.5, 0.5) | {"input": {"path": "full"}, "output": {"name": "stage"}}
                            ],
                        }
                    ],
                }
            ],
        }
    }


def dump_system(name: str) -> dict[str, Any]:
    return {"name": name, "axes": [{"name": axis, "type": "space", "unit": "micrometer"} for axis in "yx"]}


def test_a_level_is_never_an_identity() -> None:
    assert steps(image("yx", name="a", pixel_size=1, units="meter")) == [scale(1, 1)]


def test_the_downscaling_is_described() -> None:
    (multiscale,) = pyramid(**WORDS, pixel_size=1, factors=[{"x": 2}]).ome.multiscales or []
    assert (multiscale.name, multiscale.type, multiscale.metadata) == ("cells", "mean", {"factors": [[1, 1, 2]]})
    about = {"version": [1]}
    (multiscale,) = pyramid(**WORDS, pixel_size=1, factors=[2], metadata=about).ome.multiscales or []
    about["version"].append(2)
    assert multiscale.metadata == {"version": [1]}


def test_paths_are_those_of_the_arrays() -> None:
    (multiscale,) = pyramid(**WORDS, pixel_size=1, factors=[2], paths=["s0", "s1"]).ome.multiscales or []
    assert [dataset.path for dataset in multiscale.datasets] == ["s0", "s1"]


def test_further_systems_are_copied() -> None:
    stage = coordinate_system("stage", "zyx", "micrometer")
    link = Translation(translation=[1, 2, 3], input=Reference(name="physical"), output=Reference(name="stage"))
    document = pyramid(**WORDS, pixel_size=1, factors=[2], systems=[stage], transformations=[link])
    assert check(document, strict=True).findings == ()
    before = copy.deepcopy(document)
    stage.axes[0].unit = link.translation[0] = None  # type: ignore[call-overload]
    assert document == before
    assert graph_of(document).transform({"path": "1"}, "stage", [[0, 0, 0]]).tolist() == [[1.5, 2.5, 3.5]]


def test_other_sections_are_attributes() -> None:
    document = image("cyx", name="cells", pixel_size=0.5, units="micrometer")
    channel = OmeroChannel(color="FF0000", window=OmeroWindow(min=0, max=255, start=0, end=200))
    document.ome.omero = Omero(channels=[channel])
    assert check(document, strict=True).findings == ()


def test_only_axes_that_are_handed_over_may_bring_warnings() -> None:
    bare = [Axis(name="y", type="space"), Axis(name="x", type="space")]
    assert {finding.rule for finding in check(image(bare, name="a", pixel_size=1))} == {"axis-unit-known"}
    assert check(image(axes("yx", "inch"), name="a", pixel_size=1), strict=True).findings == ()
    with pytest.raises(InvalidDocument, match="spatial-axes-zyx"):
        image("xyz", name="a", pixel_size=1, units="meter")
    with pytest.raises(InvalidDocument, match="paths-plain"):
        image("yx", name="a", pixel_size=1, units="meter", path="0/")


def test_what_does_not_fit_together_is_refused() -> None:
    words: dict[str, Any] = {"axes": "yx", "name": "a", "pixel_size": 1, "units": "meter"}
    stage = coordinate_system("stage", "yx", "meter")
    lost = Identity(input=Reference(name="phsyical"), output=Reference(name="stage"))
    bent = Rotation(rotation=[[1, 1], [0, 1]], input=Reference(name="physical"), output=Reference(name="stage"))
    with pytest.raises(InvalidDocument, match="did you mean 'physical'"):
        image(**words, systems=[stage], transformations=[lost])
    with pytest.raises(InvalidDocument, match="rotation-proper"):
        image(**words, systems=[stage], transformations=[bent])
    with pytest.raises(InvalidDocument, match="no transformation connects the coordinate system 'stage'"):
        image(**words, systems=[stage])
    with pytest.raises(InvalidDocument, match="the path '0' is already that of level 0"):
        pyramid(**words, method="mean", factors=[2], paths=["0", "0"])
    with pytest.raises(InvalidDocument, match="axes"):
        image(**words | {"axes": "x"})
    with pytest.raises(InvalidDocument, match="stands behind"):
        image(**words | {"axes": "yxc"})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"pixel_size": [1, 2]}, "pixel_size: 2 numbers for 3 axes: give one for each of 'z', 'y', 'x'"),
        ({"pixel_size": {"y": 1, "k": 1}}, "pixel_size: there is no axis 'k': the axes are 'z', 'y', 'x'"),
        ({"pixel_size": {"spac": 1}}, "pixel_size: there is no axis 'spac': did you mean 'space'?"),
        ({"pixel_size": 0}, "pixel_size: 0 along the axis 'z': pixels are larger than 0"),
        ({"pixel_size": (1, -2, 1)}, "pixel_size: -2 along the axis 'y'"),
        ({"pixel_size": float("nan")}, "pixel_size: nan is no number that metadata can hold"),
        ({"pixel_size": 10**400}, "pixel_size: the numbers are beyond the range"),
        ({"origin": float("inf")}, "origin: inf is no number"),
        ({"origin": [1, 2, 3, 4]}, "origin: 4 numbers for 3 axes"),
        ({"factors": [2, 0.5]}, r"factors\[1\]: 0.5 along the axis 'z': a level is as fine as the first one, 1, or"),
        ({"factors": [2, 4, 2]}, r"factors\[2\]: finer than the level before: factors are counted from the finest"),
        (
            {"factors": [2, 2, 2]},
            r"factors\[1\]: as fine as the level before: factors are counted from the finest level",
        ),
        ({"factors": [1, 2, 4]}, r"factors\[0\]: as fine as the finest level, which is not listed"),
        ({"factors": [2, (2, 2, 2)]}, r"factors\[1\]: as fine as the level before"),
        ({"system": ""}, "system: a coordinate system needs a name"),
        ({"axes": ""}, "axes: at least one name is needed"),
        ({"factors": [[2, 2]]}, r"factors\[0\]: 2 numbers for 3 axes"),
        ({"factors": [{"q": 2}]}, r"factors\[0\]: there is no axis 'q'"),
        ({"paths": ["0"]}, "paths: 1 paths for 2 levels: give one for each, the finest first"),
        ({"align": "middle"}, 'align: \'middle\' is neither "centre" nor "corner"'),
        ({"origin_at": None}, 'origin_at: null is neither "centre" nor "corner"'),
    ],
)
def test_what_is_not_clear_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pyramid(**WORDS | {"pixel_size": 1, "factors": [2]} | words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"pixel_size": "1"}, "pixel_size: a number is needed, not '1'"),
        ({"pixel_size": True}, "pixel_size: a number is needed, not true"),
        ({"pixel_size": [1, 1, "1"]}, "pixel_size: a number is needed"),
        ({"pixel_size": [[1, 1, 1]]}, "pixel_size: a number is needed, not a list"),
        ({"pixel_size": None}, "pixel_size: a number is needed, not null"),
        ({"factors": 2}, r"factors: one entry for each further level is needed, such as \[2, 4\], not 2"),
        ({"factors": {"x": 2}}, "factors: one entry for each further level is needed, .* not a dict"),
        ({"paths": "01"}, "paths: a list of paths is needed, not '01'"),
        ({"systems": coordinate_system("a", "yx", "meter")}, "systems: a list of coordinate systems is needed"),
        ({"systems": ["stage"]}, r"systems\[0\]: typed coordinate systems are needed, not 'stage'"),
        ({"systems": [Axis(name="x")]}, r"systems\[0\]: typed coordinate systems are needed, not a Axis"),
        (
            {"transformations": [{"type": "identity"}]},
            r"transformations\[0\]: typed transformations are needed, not a dict",
        ),
        ({"transformations": [Axis(name="x")]}, r"transformations\[0\]: typed transformations are needed"),
        ({"system": 3}, "system: the name of a coordinate system is needed, not 3"),
        ({"pixel_size": {0.5, 2}}, "pixel_size: a set has no order"),
        ({"origin": frozenset([1])}, "origin: a set has no order"),
        ({"factors": {2, 4}}, "factors: one entry for each further level is needed, .* not a set"),
        ({"pixel_size": np.ma.array([1, 2, 3], mask=[False, True, False])}, "pixel_size: a number is needed, not null"),
        ({"factors": np.ma.array([2, 4], mask=[False, True])}, r"factors\[1\]: a number is needed, not null"),
        ({"metadata": "none"}, "metadata: an object is needed"),
    ],
)
def test_what_is_of_another_kind_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        pyramid(**WORDS | {"pixel_size": 1, "factors": [2]} | words)


def test_names_of_numpy_become_plain() -> None:
    about: Any = {np.str_("k"): (np.int64(1), np.str_("v")), "array": np.arange(2)}
    document = pyramid(
        [np.str_("y"), "x"],
        name=np.str_("cells"),
        pixel_size=1,
        units=np.str_("meter"),
        factors=[2],
        method=np.str_("mean"),
        paths=np.array(["a", "b"]),
        system=np.str_("stage"),
        metadata=about,
    )
    assert "np." not in repr(document)
    (multiscale,) = document.ome.multiscales or []
    assert multiscale.metadata == {"k": [1, "v"], "array": [0, 1]}
    assert type(next(iter(multiscale.metadata))) is str
    about["array"][0] = 7
    assert multiscale.metadata["array"] == [0, 1]


def test_typed_objects_keep_no_arrays() -> None:
    stage = coordinate_system("stage", "yx", "meter")
    stage.axes = tuple(stage.axes)  # type: ignore[assignment]  # the point of the test
    link = Scale(scale=np.array([1, 2]), input=Reference(name="physical"), output=Reference(name="stage"))  # type: ignore[arg-type]
    document = image("yx", name="a", pixel_size=1, units="meter", systems=iter([stage]), transformations=[link])
    (multiscale,) = document.ome.multiscales or []
    assert type(multiscale.coordinate_systems[1].axes) is list
    (made,) = multiscale.coordinate_transformations or []
    assert isinstance(made, Scale)
    assert type(made.scale) is list
    assert isinstance(link.scale, np.ndarray)
    assert isinstance(stage.axes, tuple)


def test_objects_that_are_too_deep_are_refused() -> None:
    metadata: dict[str, Any] = {}
    for _ in range(5000):
        metadata = {"a": metadata}
    with pytest.raises(ValueError, match="metadata: its parts stand in each other too deeply"):
        pyramid(**WORDS, pixel_size=1, factors=[2], metadata=metadata)
