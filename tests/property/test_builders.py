"""Laws of builders: nothing is wrong with what they make, and pixels lie where they should."""

from __future__ import annotations

import contextlib
import math
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zarr_spaces import check, compile_transformation, dump, graph_of, levels_of, parse
from zarr_spaces.build import image, level_placement, multiscale_layout, plate, pyramid, scene, well
from zarr_spaces.findings import Severity
from zarr_spaces.ome_zarr.v0_6 import OmeZarr, Scale, Sequence, Translation
from zarr_spaces.zarr_multiscales.v0_1_0 import ResamplingMethod, ZarrMultiscales

UNITS = {"time": "second", "space": "micrometer"}
AXES = st.sampled_from(["yx", "zyx", "cyx", "tyx", "tzyx", "czyx", "tcyx", "tczyx"])
LENGTHS = st.floats(1e-3, 1e3) | st.integers(1, 100)
PLACES = st.just(0) | st.integers(-1000, 1000) | st.floats(-1e3, 1e3)
FACTORS = st.integers(1, 4) | st.floats(1, 4)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
SIDES = st.sampled_from(["corner", "centre"])
WORDS = st.text("ABCdefghijk0123456789", min_size=1, max_size=4)


def units_for(axes: str) -> Any:
    return UNITS if "t" in axes else "micrometer"


@st.composite
def per_axis(draw: st.DrawFn, axes: str, numbers: st.SearchStrategy[float]) -> Any:
    """Draw one of the forms in which numbers for axes may be given."""
    listed = st.lists(numbers, min_size=len(axes), max_size=len(axes))
    named = st.dictionaries(st.sampled_from([*axes, "space"]), numbers)
    return draw(numbers | listed | listed.map(np.array) | named)


@st.composite
def coarser(draw: st.DrawFn, n: int) -> list[list[float]]:
    """Draw how many times coarser than the first each further level is, and none as fine as the one before."""
    factors: list[list[float]] = []
    steps: np.ndarray[Any, np.dtype[np.float64]] = np.ones(n)
    for _ in range(draw(st.integers(0, 4))):
        steps = steps * draw(st.lists(FACTORS, min_size=n, max_size=n))
        if steps.tolist() != (factors[-1] if factors else [1.0] * n):
            factors.append(steps.tolist())
    return factors


@st.composite
def pyramids(draw: st.DrawFn) -> dict[str, Any]:
    axes = draw(AXES)
    factors = draw(coarser(len(axes)))
    return {
        "axes": axes,
        "name": draw(NAMES),
        "units": units_for(axes),
        "method": draw(NAMES),
        "factors": factors,
        "pixel_size": draw(per_axis(axes, LENGTHS)),
        "origin": draw(per_axis(axes, PLACES)),
        "origin_at": draw(SIDES),
        "align": draw(SIDES),
        "system": draw(NAMES),
    }


def assert_sound(document: OmeZarr) -> None:
    report = check(document, strict=True)
    assert not [finding for finding in report if (finding.severity, finding.rule) != (Severity.INFO, "levels-aligned")]
    assert parse(dump(document), OmeZarr) == document


def levels(document: OmeZarr) -> list[tuple[list[float], list[float]]]:
    """List scale and translation of each level."""
    found = []
    for dataset in (document.ome.multiscales or [])[0].datasets:
        match dataset.coordinate_transformations[0]:
            case Scale(scale=scale):
                found.append((scale, [0.0] * len(scale)))
            case Sequence(transformations=[Scale(scale=scale), Translation(translation=translation)]):
                found.append((scale, translation))
            case other:
                pytest.fail(f"{other} maps a level")
    return found


def numbers_of(value: Any, axes: str, other: float) -> list[float]:
    if isinstance(value, dict):
        by_type: dict[str, Any] = dict.fromkeys("zyx", value.get("space", other))
        return [value.get(name, by_type.get(name, other)) for name in axes]
    if isinstance(value, list | np.ndarray):
        return list(value)
    return [value if name in "zyx" else other for name in axes]


@given(pyramids())
def test_nothing_is_wrong_with_pyramids(words: dict[str, Any]) -> None:
    document = pyramid(**words)
    assert_sound(document)
    if words["align"] == "corner":
        assert check(document).findings == ()


@given(pyramids())
def test_levels_are_as_many_times_coarser_as_was_said(words: dict[str, Any]) -> None:
    sizes = numbers_of(words["pixel_size"], words["axes"], 1)
    built = levels(pyramid(**words))
    for (scale, _), factors in zip(built, [[1] * len(sizes), *words["factors"]], strict=True):
        assert scale == pytest.approx([size * factor for size, factor in zip(sizes, factors, strict=True)], rel=1e-15)


@given(pyramids())
def test_levels_share_a_point_of_their_first_pixel(words: dict[str, Any]) -> None:
    document = pyramid(**words)
    half = -0.5 if words["align"] == "corner" else 0.0
    sizes = numbers_of(words["pixel_size"], words["axes"], 1)
    origin = numbers_of(words["origin"], words["axes"], 0)
    by_corner = [words["origin_at"] == "corner" and name in "zyx" for name in words["axes"]]
    # Where the first level's first centre lies, and from there the point that all levels have in common.
    centre = [at + size / 2 if cornered else at for at, size, cornered in zip(origin, sizes, by_corner, strict=True)]
    common = [at + half * size for at, size in zip(centre, sizes, strict=True)]
    for scale, translation in levels(document):
        reached = [half * size + place for size, place in zip(scale, translation, strict=True)]
        assert reached == pytest.approx(common, rel=1e-12, abs=1e-9)
    graph = graph_of(document)
    for index in range(len(words["factors"]) + 1):
        reached = graph.transform({"path": str(index)}, words["system"], [[half] * len(sizes)])[0].tolist()
        assert reached == pytest.approx(common, rel=1e-12, abs=1e-9)


@given(st.decimals("0.001", "10", places=3), st.integers(2, 64), st.integers(-9, 9))
def test_decimals_stay_what_they_are(size: Any, factor: int, origin: int) -> None:
    document = pyramid(
        "yx",
        name="a",
        units="micrometer",
        method="mean",
        pixel_size=float(size),
        factors=[factor],
        origin=origin,
    )
    scale, translation = levels(document)[1]
    assert scale == [float(size * factor)] * 2
    assert translation == [float(origin + size * (factor - 1) / 2)] * 2


@given(pyramids())
def test_nothing_is_wrong_with_images(words: dict[str, Any]) -> None:
    for name in ("factors", "align", "method"):
        del words[name]
    document = image(**words)
    assert check(document).findings == ()
    assert_sound(document)


def matrices(n: int, m: int) -> st.SearchStrategy[Any]:
    """Draw matrices of all kinds: of few and of any numbers, and near to rotations, with a translation behind."""
    few = st.sampled_from([0, 1, -1, 0, 2, 0.5])
    rows = st.lists(st.lists(few, min_size=n, max_size=n), min_size=m, max_size=m)
    rows |= st.lists(st.lists(st.floats(-10, 10), min_size=n, max_size=n), min_size=m, max_size=m)
    if n == m:
        rows |= st.permutations(np.eye(n).tolist())
        rows |= st.builds(turned, st.just(n), st.floats(-4, 4), st.sampled_from([0, 1e-9, 4e-6, 1e-5, 3e-5, 1e-4]))
        stretches = st.lists(st.floats(0.1, 10) | st.just(1.0), min_size=n, max_size=n)
        rows |= st.builds(lambda a, b: (np.array(a) * np.array(b)).tolist(), rows, stretches)
        rows |= st.builds(lambda a, b: (np.array(a).T * np.array(b)).T.tolist(), rows, stretches)
    shift = st.lists(PLACES, min_size=m, max_size=m)
    return st.builds(lambda a, b: [[*row, last] for row, last in zip(a, b, strict=True)], rows, shift)


def turned(n: int, angle: float, noise: float) -> list[list[float]]:
    """Make a rotation that is off by a little."""
    matrix = np.eye(n) + noise * np.sin(np.arange(n * n)).reshape(n, n)
    matrix[:2, :2] = [[math.cos(angle) + noise, -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    result: list[list[float]] = matrix.tolist()
    return result


@st.composite
def scenes(draw: st.DrawFn) -> dict[str, Any]:
    axes = draw(AXES)
    m = len(axes)
    sizes = st.integers(2, 5).filter(lambda n: n != m - 1)
    placement = st.lists(PLACES, min_size=m, max_size=m) | sizes.flatmap(lambda n: matrices(n, m))
    placement |= matrices(m, m) | matrices(m, m).map(np.array)
    paths = st.sampled_from(["a", "b/c", ("a", "stage"), ("d", "physical")])
    images = draw(st.dictionaries(paths, placement, min_size=1))
    return {"name": draw(NAMES), "axes": axes, "units": units_for(axes), "images": images}


def is_singular(placement: Any) -> bool:
    rows = np.array(placement, dtype=float)
    return rows.ndim == 2 and rows.shape[1] == len(rows) + 1 and np.linalg.cond(rows[:, :-1]) > 1e10


@given(scenes())
def test_scenes_place_images_where_they_were_put(words: dict[str, Any]) -> None:
    assume(not any(is_singular(placement) for placement in words["images"].values()))
    document = scene(**words)
    assert check(document).findings == ()
    assert_sound(document)
    assert document.ome.scene is not None
    for made, placement in zip(document.ome.scene.coordinate_transformations, words["images"].values(), strict=True):
        rows = np.array(placement, dtype=float)
        if rows.ndim == 1:
            rows = np.column_stack([np.eye(len(rows)), rows])
        points = np.arange(3 * (rows.shape[1] - 1), dtype=float).reshape(3, -1)
        expected = points @ rows[:, :-1].T + rows[:, -1]
        reached = compile_transformation(made, rows.shape[1] - 1)(points)
        assert np.allclose(reached, expected, rtol=1e-12, atol=1e-9)


@given(st.data())
def test_nothing_is_wrong_with_plates(data: st.DataObject) -> None:
    names = st.lists(WORDS, min_size=1, max_size=4, unique_by=str.lower)
    rows, columns = data.draw(st.integers(1, 40) | names), data.draw(st.integers(1, 48) | names)
    document = plate(rows, columns, name=data.draw(NAMES), field_count=data.draw(st.integers(1, 9)))
    assert check(document).findings == ()
    assert document.ome.plate is not None
    paths = [item.path for item in document.ome.plate.wells]
    assert len(paths) == len(document.ome.plate.rows) * len(document.ome.plate.columns)
    chosen = data.draw(st.lists(st.sampled_from(paths), min_size=1, unique=True))
    acquisitions = data.draw(st.dictionaries(NAMES, st.integers(1, 9), max_size=3))
    document = plate(rows, columns, name="screen", field_count=9, wells=chosen, acquisitions=acquisitions)
    assert check(document).findings == ()
    assert_sound(document)


@given(st.integers(1, 20) | st.dictionaries(WORDS, st.integers(0, 5), min_size=1))
def test_nothing_is_wrong_with_wells(images: Any) -> None:
    document = well(images)
    assert check(document).findings == ()
    assert_sound(document)
    assert document.ome.well is not None
    if isinstance(images, dict):
        assert {item.path: item.acquisition for item in document.ome.well.images} == images


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 30),
    st.floats(),
    st.text("tczyxA/1 um", max_size=4),
    st.lists(st.sampled_from(["y", "x", "X", 1, 0.5, math.nan, None, [1], "A", "a"]), max_size=4),
    st.dictionaries(st.sampled_from(["x", "y", "q", "space", 3]), st.sampled_from([1, "micrometer", None, 0, -1])),
    st.just(1e308),
    st.just(np.zeros((2, 2))),
)
CALLS: list[tuple[Any, dict[str, Any]]] = [
    (image, {"axes": "zyx", "name": "a", "pixel_size": 1, "units": "micrometer", "origin": 0, "path": "0"}),
    (pyramid, {"axes": "yx", "name": "a", "pixel_size": 1, "units": "micrometer", "factors": [2], "method": "m",
               "origin": 1, "align": "corner", "origin_at": "corner", "paths": ["a", "b"], "metadata": {}}),
    (scene, {"name": "w", "axes": "yx", "units": "micrometer", "images": {"a": [1, 2]}, "systems": ()}),
    (plate, {"rows": "AB", "columns": 3, "name": "p", "field_count": 1, "wells": ["A/1"], "acquisitions": {"a": 1}}),
    (well, {"images": 3}),
    (multiscale_layout, {"axes": "yx", "factors": [2], "groups": ["a", "b"], "align": "centre", "crs": "EPSG:32633",
                         "transform": (10, 0, 0, 0, -10, 0), "shape": (4, 4), "bbox": None, "members": ["scale"],
                         "spatial_dimensions": ("y", "x"), "resampling_method": "mode"}),
]  # fmt: skip


METHODS = get_args(ResamplingMethod)
TRANSFORMS = st.tuples(
    st.floats(1e-3, 1e3), st.just(0), st.integers(-1000, 1000), st.just(0), st.floats(-1e3, -1e-3), PLACES
)


@st.composite
def layouts(draw: st.DrawFn, *, is_placed: bool = False) -> dict[str, Any]:
    axes = "yx" if is_placed else draw(st.sampled_from(["yx", "zyx", ("band", "lat", "lon")]))
    factors = draw(coarser(len(axes)))
    words = {
        "axes": axes,
        "factors": factors,
        "align": draw(SIDES),
        "resampling_method": draw(st.none() | st.sampled_from(METHODS)),
    }
    if is_placed or draw(st.booleans()):
        words |= {
            "crs": "EPSG:32633",
            "transform": draw(TRANSFORMS),
            "shape": draw(st.tuples(*[st.integers(1, 99)] * 2)),
        }
    return words


@given(layouts())
def test_nothing_is_wrong_with_layouts(words: dict[str, Any]) -> None:
    document = multiscale_layout(**words)
    assert check(document, strict=True).findings == ()
    assert parse(dump(document), ZarrMultiscales) == document


@given(layouts())
def test_levels_of_layouts_share_a_point_of_their_first_pixel(words: dict[str, Any]) -> None:
    document = multiscale_layout(**words)
    part = 0.5 if words["align"] == "centre" else 0.0
    for level, factors in zip(levels_of(document.multiscales)[1:], words["factors"], strict=True):
        assert level.scale == pytest.approx(factors)
        assert level.translation is not None
        shared = [size * part + start for size, start in zip(level.scale or (), level.translation, strict=True)]
        assert shared == pytest.approx([part] * len(shared), abs=1e-9)


@given(layouts(is_placed=True))
def test_levels_of_layouts_reach_the_same_place_on_the_ground(words: dict[str, Any]) -> None:
    document = multiscale_layout(**words)
    graph = graph_of(document)
    for level in document.multiscales.layout[1:]:
        placed = graph_of(level_placement(document, level.group, shape=(7, 9)))
        points = np.array([[0.0, 0.0], [3.5, 7.25]])
        by_level = placed.transform("pixels", "EPSG:32633", points)
        np.testing.assert_allclose(graph.transform(level.group, "EPSG:32633", points), by_level, rtol=1e-9, atol=1e-6)


@given(st.data())
def test_whatever_is_said_is_right_or_refused(data: st.DataObject) -> None:
    build, words = data.draw(st.sampled_from(CALLS))
    words = words | data.draw(st.dictionaries(st.sampled_from(sorted(words)), ODD, max_size=2))
    with contextlib.suppress(TypeError, ValueError):
        document = build(**words)
        if isinstance(document, OmeZarr):
            assert_sound(document)
        else:
            assert not [finding for finding in check(document) if finding.rule != "geo-code-published"]
