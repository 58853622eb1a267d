"""The examples of the Zarr multiscales draft 0.1.0, as documents and as stores, with numbers worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import zarr

from zarr_spaces import Store, check, dump, graph_of, open_store, parse
from zarr_spaces.cli.main import main
from zarr_spaces.layout import levels_of
from zarr_spaces.zarr_multiscales.v0_1_0 import ZarrMultiscales

# "Simple Power-of-2 Pyramid"
POWERS = """
{
  "zarr_format": 3,
  "node_type": "group",
  "attributes": {
    "multiscales": {
      "version": "0.1.0",
      "resampling_method": "average",
      "layout": [
        { "group": "0" },
        {
          "group": "1", "from_group": "0", "resampling_method": "average",
          "factors": [2, 2], "scale": [2.0, 2.0], "translation": [0.0, 0.0]
        },
        {
          "group": "2", "from_group": "1", "resampling_method": "average",
          "factors": [2, 2], "scale": [4.0, 4.0], "translation": [0.0, 0.0]
        }
      ]
    }
  }
}
"""

# "Custom Pyramid Levels"
NAMED = """
{
  "zarr_format": 3,
  "node_type": "group",
  "attributes": {
    "multiscales": {
      "version": "0.1.0",
      "layout": [
        { "group": "full" },
        { "group": "half", "from_group": "full", "scale": [2.0, 2.0] },
        { "group": "quarter", "from_group": "half", "scale": [4.0, 4.0] },
        { "group": "eighth", "from_group": "quarter", "scale": [8.0, 8.0] }
      ]
    }
  }
}
"""

# "Composition with Domain-Specific Metadata": geospatial data
PLACED = """
{
  "zarr_format": 3,
  "node_type": "group",
  "attributes": {
    "multiscales": {
      "version": "0.1.0",
      "layout": [
        { "group": "0" },
        { "group": "1", "from_group": "0", "factors": [2, 2], "scale": [2.0, 2.0] }
      ]
    },
    "geo": {
      "proj": {
        "version": "0.1",
        "code": "EPSG:32633",
        "transform": [10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0],
        "bbox": [500000.0, 4900000.0, 600000.0, 5000000.0]
      }
    }
  }
}
"""
EXAMPLES = {"powers": POWERS, "named": NAMED, "placed": PLACED}


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> str:
    return EXAMPLES[request.param]


def test_examples_are_valid_without_a_remark(example: str) -> None:
    report = check(example)
    assert report.findings == ()
    assert report.version == "zarr-multiscales/0.1.0"


def test_examples_survive_reading_and_writing(example: str) -> None:
    assert dump(parse(example)) == json.loads(example)["attributes"]


def effective(example: str) -> list[tuple[Any, ...]]:
    levels = levels_of(parse(example, ZarrMultiscales).multiscales)
    return [(level.group, level.source, level.scale, level.translation, level.resampling_method) for level in levels]


def test_what_the_levels_mean_is_filled_in() -> None:
    assert effective(POWERS) == [
        ("0", None, (1, 1), (0, 0), "average"),
        ("1", 0, (2, 2), (0, 0), "average"),
        ("2", 1, (4, 4), (0, 0), "average"),
    ]
    # No method is named: nearest is meant.
    assert effective(NAMED) == [
        ("full", None, (1, 1), (0, 0), "nearest"),
        ("half", 0, (2, 2), (0, 0), "nearest"),
        ("quarter", 1, (4, 4), (0, 0), "nearest"),
        ("eighth", 2, (8, 8), (0, 0), "nearest"),
    ]


def test_scales_count_from_the_first_level() -> None:
    graph = graph_of(parse(POWERS))
    # Corner (3, 5) of level 2: 4 * 3 = 12, 4 * 5 = 20 in level 0; 12 / 2 = 6, 20 / 2 = 10 in level 1.
    assert graph.transform("2", "0", [[3, 5]]).tolist() == [[12, 20]]
    assert graph.transform("2", "1", [[3, 5]]).tolist() == [[6, 10]]
    graph = graph_of(parse(NAMED))
    # 8 * 1 = 8 pixels of the full resolution are 8 / 4 = 2 of a quarter.
    assert graph.transform("eighth", "quarter", [[1, 1]]).tolist() == [[2, 2]]
    assert graph.transform("full", "eighth", [[8, 8]]).tolist() == [[1, 1]]


def test_corners_of_the_raster_are_those_of_its_bbox() -> None:
    graph = graph_of(parse(PLACED))
    # x = 10 col + 500000 and y = -10 row + 5000000; points are (row, col), the system has (x, y).
    assert graph.transform("0", "EPSG:32633", [[0, 0]]).tolist() == [[500000, 5000000]]
    # 10000 rows and columns: 10 * 10000 + 500000 = 600000, -10 * 10000 + 5000000 = 4900000.
    assert graph.transform("0", "EPSG:32633", [[10000, 10000]]).tolist() == [[600000, 4900000]]
    # Of level 1, half as many: 5000 * 2 = 10000.
    assert graph.transform("1", "EPSG:32633", [[5000, 5000]]).tolist() == [[600000, 4900000]]
    # Back: (600000 - 500000) / 10 = 10000 columns of level 0, 5000 of level 1.
    assert graph.transform("EPSG:32633", "1", [[600000, 5000000]]).tolist() == [[0, 5000]]


# zarr-python says of each consolidation that the specification of Zarr 3 has none so far.
quiet = pytest.mark.filterwarnings("ignore:Consolidated metadata")


def write(folder: Path, example: str, sizes: dict[str, int], ground: dict[str, Any] | None = None) -> Store:
    """Write the hierarchy of an example: in each level an array `data` of so many rows and columns."""
    root = zarr.create_group(folder, attributes=json.loads(example)["attributes"])
    for name, size in sizes.items():
        level = root.create_group(name)
        if ground is not None and name in ground:
            level.attrs["geo"] = ground[name]
        shape = (size, size)
        level.create_array("data", shape=shape, chunks=(500, 500), dtype="uint16", dimension_names=("y", "x"))
    zarr.consolidate_metadata(root.store)
    return open_store(folder)


@quiet
def test_hierarchy_of_the_placed_pyramid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # "At each resolution level, the geo/proj metadata would specify the appropriate transform for that resolution."
    coarse = {"version": "0.1", "code": "EPSG:32633", "transform": [20.0, 0.0, 500000.0, 0.0, -20.0, 5000000.0]}
    store = write(tmp_path / "raster.zarr", PLACED, {"0": 10000, "1": 5000}, {"1": {"proj": coarse}})
    assert store.check().findings == ()
    # The centre of the first pixel of level 1 is 20 / 2 = 10 m from either edge.
    assert store.transform({"path": "1/data"}, "EPSG:32633", [[0, 0]]).tolist() == [[500010, 4999990]]
    assert len(store.graph.route({"path": "1/data"}, "EPSG:32633").hops) == 2  # by the level's own transform
    # It is the corner between four pixels of level 0: index (0 + 0.5) * 2 - 0.5 = 0.5.
    assert store.transform({"path": "1/data"}, {"path": "0/data"}, [[0, 0]]).tolist() == [[0.5, 0.5]]
    assert main(["show", str(store.root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "(root): Zarr multiscales 0.1.0, geo.proj 0.1",
        "  pyramid",
        "    level 0, scale (1, 1), translation (0, 0)",
        "      array data, shape 10000x10000, dimensions y x, uint16",
        "    level 1, of 0 by nearest, scale (2, 2), translation (0, 0)",
        "      array data, shape 5000x5000, dimensions y x, uint16",
        "  in EPSG:32633, transform (10, 0, 500000, 0, -10, 5000000), bbox (500000, 4900000, 600000, 5000000)",
        "1: geo.proj 0.1",
        "  in EPSG:32633, transform (20, 0, 500000, 0, -20, 5000000)",
    ]


@quiet
def test_hierarchy_of_the_other_examples(tmp_path: Path) -> None:
    powers = write(tmp_path / "powers.zarr", POWERS, {"0": 1000, "1": 500, "2": 250})
    named = write(tmp_path / "named.zarr", NAMED, {"full": 1000, "half": 500, "quarter": 250, "eighth": 125})
    for store in (powers, named):
        assert store.check().findings == ()
    # (1 + 0.5) * 4 - 0.5 = 5.5
    assert powers.transform({"path": "2/data"}, {"path": "0/data"}, [[1, 0]]).tolist() == [[5.5, 1.5]]
    # ((0 + 0.5) * 8) / 2 - 0.5 = 1.5
    assert named.transform({"path": "eighth/data"}, {"path": "half/data"}, [[0, 0]]).tolist() == [[1.5, 1.5]]


@quiet
def test_levels_that_do_not_fit_their_hierarchy_are_found(tmp_path: Path) -> None:
    store = write(tmp_path / "named.zarr", NAMED, {"full": 1000, "half": 500, "quarter": 500})
    found = {finding.rule for finding in store.check()}
    assert {"layout-groups-exist", "layout-shapes-agree"} <= found
