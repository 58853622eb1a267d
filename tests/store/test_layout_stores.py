"""Stores with pyramids and placed arrays: read, described, mapped, with whatever is broken in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import zarr

from zarr_spaces import InvalidDocument, Store, StoreError, multiscale_layout, open_store, write
from zarr_spaces.store.load import describe, load_graph

CODE = "EPSG:32633"
LEVELS: list[dict[str, Any]] = [
    {"group": "0"},
    {"group": "1", "from_group": "0", "scale": [1, 2, 2], "resampling_method": "mode"},
]


def ground(size: float, code: str = CODE) -> dict[str, Any]:
    return {"proj": {"version": "0.1", "code": code, "transform": [size, 0, 500000, 0, -size, 5000000]}}


def array(*shape: int, names: str = "time y x", **attributes: Any) -> dict[str, Any]:
    dimensions: dict[str, Any] = {"dimension_names": names.split()} if names else {}
    node = {"zarr_format": 3, "node_type": "array", "shape": list(shape), "data_type": "float32"}
    return node | dimensions | {"attributes": attributes}


def raster(make: Any, *levels: Any, **attributes: Any) -> dict[str, Any]:
    """Describe a pyramid of rasters with a time axis, its coordinates and a reference variable."""
    nodes: dict[str, Any] = {
        "": make.group(multiscales={"version": "0.1.0", "layout": list(levels) or LEVELS}, **attributes)
    }
    for k, size in (("0", 8), ("1", 4)):
        nodes |= {
            k: make.group(),
            f"{k}/t": array(3, size, size),
            f"{k}/time": array(3, names="time"),
            f"{k}/spatial_ref": array(names=""),
        }
    return nodes


def test_points_pass_between_levels_and_onto_the_ground(make: Any) -> None:
    store = open_store(make.store(raster(make, geo=ground(10))))
    assert store.transform({"path": "1/t"}, {"path": "0/t"}, [[2, 0, 1]]).tolist() == [[2, 0.5, 2.5]]
    assert store.transform({"path": "1/t"}, CODE, [[2, 0, 1]]).tolist() == [[500030, 4999990]]
    assert store.explain({"path": "1/t"}, CODE).splitlines() == [
        f"array '1/t' -> '{CODE}': 3 hops",
        "  1. array '1/t' -> '1': translation, implied, from the centres of pixels, which arrays count, to corners, "
        "which the convention counts (/multiscales/layout/1)",
        "  2. '1' -> '0': scale, as declared (/multiscales/layout/1)",
        f"  3. '0' -> '{CODE}': affine, as declared (/geo/proj/transform)",
    ]


def test_own_place_of_a_level_shortens_the_way(make: Any) -> None:
    nodes = raster(make, geo=ground(10)) | {"1": make.group(geo=ground(20))}
    store = open_store(make.store(nodes))
    assert len(store.graph.route({"path": "1/t"}, CODE).hops) == 2
    assert store.transform({"path": "1/t"}, CODE, [[2, 0, 1]]).tolist() == [[500030, 4999990]]


def test_own_place_of_an_array_counts_more_than_that_of_its_level(make: Any) -> None:
    nodes = raster(make) | {"1": make.group(geo=ground(20)), "1/t": array(3, 4, 4, geo=ground(1))}
    store = open_store(make.store(nodes))
    assert store.transform({"path": "1/t"}, CODE, [[2, 0, 1]]).tolist() == [[500001.5, 4999999.5]]


def test_description_of_a_pyramid(make: Any) -> None:
    geo = ground(10)
    geo["proj"] |= {"bbox": [500000, 4999920, 500080, 5000000], "spatial_dimensions": ["y", "x"]}
    nodes = raster(make, geo=geo)
    root, t = describe(make.store(nodes | {"1/t": array(3, 4, 4, names="", geo=ground(1))}))
    assert root == {
        "path": "",
        "pyramid": {
            "version": "0.1.0",
            "levels": [
                {
                    "group": "0",
                    "source": None,
                    "scale": [1, 1, 1],
                    "translation": [0, 0, 0],
                    "resampling_method": "nearest",
                    "variables": [
                        {
                            "name": "t",
                            "shape": [3, 8, 8],
                            "data_type": "float32",
                            "dimension_names": ["time", "y", "x"],
                        }
                    ],
                },
                {
                    "group": "1",
                    "source": "0",
                    "scale": [1, 2, 2],
                    "translation": [0, 0, 0],
                    "resampling_method": "mode",
                    "variables": [
                        {"name": "t", "shape": [3, 4, 4], "data_type": "float32", "dimension_names": [None, None, None]}
                    ],
                },
            ],
        },
        "ground": {
            "version": "0.1",
            "crs": CODE,
            "transform": [10, 0, 500000, 0, -10, 5000000],
            "bbox": [500000, 4999920, 500080, 5000000],
            "spatial_dimensions": ["y", "x"],
        },
    }
    assert t == {
        "path": "1/t",
        "ground": {"version": "0.1", "crs": CODE, "transform": [1, 0, 500000, 0, -1, 5000000]},
    }


def test_description_tells_what_is_missing_or_broken(make: Any) -> None:
    levels = [*LEVELS, {"group": "7", "scale": [1, 4, 4]}, {"group": "8", "scale": "x"}, {"group": "9"}]
    (root,) = describe(make.store(raster(make, *levels, geo={"proj": 3})))
    _, _, missing, broken, unplaced = root["pyramid"]["levels"]
    assert missing["variables"] is None
    assert broken == {"group": "8", "variables": None}
    assert (unplaced["scale"], unplaced["translation"]) == (None, None)
    assert "ground" not in root
    assert [line.partition(":")[2].partition(":")[0] for line in root["broken"]] == [
        " /multiscales/layout/3/scale",
        " /geo/proj",
    ]


def test_levels_that_are_broken_nodes_keep_their_place(make: Any) -> None:
    nodes = raster(make) | {"1": "{", "1/t": "[]"}
    store = open_store(make.store(nodes))
    assert store.transform("1", "0", [[0, 1, 1]]).tolist() == [[0, 2, 2]]
    assert not [space for space in store.graph.spaces if space.path.startswith("1/")]
    assert not store.check().valid


def test_levels_outside_the_store_are_never_read(make: Any) -> None:
    secret = make.folder / "secret"
    secret.mkdir()
    make.store(raster(make))
    (make.folder / "store" / "0").rename(secret / "0")
    (make.folder / "store" / "0").symlink_to(secret / "0", target_is_directory=True)
    (make.folder / "store" / "zarr.json").write_text(
        (make.folder / "store" / "zarr.json").read_text().replace('"group": "1"', '"group": "../secret/0"')
    )
    store = open_store(make.folder / "store")
    assert not [space for space in store.graph.spaces if space.is_array]
    assert not store.check().valid
    (root,) = describe(make.folder / "store")
    assert "shape" not in str(root)


def test_links_in_a_circle_end(make: Any) -> None:
    root = make.store(raster(make))
    (root / "0" / "again").symlink_to(root, target_is_directory=True)
    assert len(describe(root)) == 1
    assert open_store(root).graph.spaces


def test_any_pyramid_below_can_be_the_root(make: Any) -> None:
    nodes = {"": make.group()} | {f"rasters/{path}".rstrip("/"): node for path, node in raster(make).items()}
    root = make.store(nodes | {"rasters": nodes["rasters"]})
    with pytest.raises(StoreError, match="groups below that have it: 'rasters'"):
        load_graph(root)
    assert load_graph(root / "rasters").transform("1", "0", [[0, 1, 1]]).tolist() == [[0, 2, 2]]


def test_group_of_placed_arrays(make: Any) -> None:
    root = make.store({"": make.group(geo=ground(10)), "a": array(4, 4, names="y x"), "y": array(4, names="y")})
    store = open_store(root)
    assert store.transform({"path": "a"}, CODE, [[0, 1]]).tolist() == [[500015, 4999995]]
    assert [description["ground"]["crs"] for description in describe(root)] == [CODE]
    assert store.check().version == "geo-proj/0.1"


def test_placed_array_can_be_the_root(make: Any) -> None:
    store = open_store(make.store({"": array(4, 4, names="lon lat", geo=ground(10))}))
    assert store.transform("pixels", CODE, [[1, 2]]).tolist() == [[500020, 4999990]]
    assert len(store.graph.spaces) == 3
    assert store.check().valid


def test_root_of_which_nothing_can_be_read_is_invalid_and_says_why(make: Any) -> None:
    with pytest.raises(InvalidDocument, match="layout"):
        load_graph(make.store({"": make.group(multiscales={"version": "0.1.0", "layout": 3})}))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Write a pyramid by zarr-python and consolidate its metadata."""
    root = zarr.create_group(
        tmp_path / "written.zarr", attributes={"multiscales": {"version": "0.1.0", "layout": LEVELS}}
    )
    for k, size in (("0", 8), ("1", 4)):
        level = root.create_group(k)
        level.create_array("t", shape=(3, size, size), dtype="float32", dimension_names=("time", "y", "x"))
        level.create_array("time", shape=(3,), dtype="float64", dimension_names=("time",))
    zarr.consolidate_metadata(root.store)
    return tmp_path / "written.zarr"


@pytest.mark.filterwarnings("ignore:Consolidated metadata")
class TestConsolidated:
    def test_a_written_pyramid_is_sound(self, written: Path) -> None:
        assert open_store(written).check().findings == ()

    def test_variables_are_found_without_a_look_at_the_levels(self, written: Path) -> None:
        for k in "01":
            (written / k / "t" / "zarr.json").unlink()
            (written / k / "zarr.json").unlink()
        store = open_store(written)
        assert [space.path for space in store.graph.spaces if space.is_array] == ["0/t", "1/t"]
        assert store.transform({"path": "1/t"}, {"path": "0/t"}, [[0, 0, 0]]).tolist() == [[0, 0.5, 0.5]]

    def test_variables_are_found_by_a_look_where_nothing_is_consolidated(self, written: Path) -> None:
        known = list(open_store(written).graph.spaces)
        (written / "zarr.json").write_bytes(without_copy(written))
        assert list(open_store(written).graph.spaces) == known

    def test_what_is_not_repeated_is_no_variable(self, written: Path) -> None:
        zarr.open_group(written / "0", use_consolidated=False).create_array("late", shape=(3, 8, 8), dtype="float32")
        store = open_store(written)
        with pytest.raises(LookupError):
            store.graph.find({"path": "0/late"})
        assert "layout-consolidated" in {finding.rule for finding in store.check()}


def without_copy(root: Path) -> bytes:
    node = json.loads((root / "zarr.json").read_bytes())
    del node["consolidated_metadata"]
    return json.dumps(node).encode()


def test_image_and_pyramid_share_their_arrays(make: Any) -> None:
    layout = [{"group": "0"}, {"group": "1", "from_group": "0", "factors": [2, 2]}]
    image = make.image("0/t", "1/t")["attributes"]
    nodes = {"": make.group(**image, multiscales={"version": "0.1.0", "layout": layout})}
    nodes |= {"0": make.group(), "1": make.group(), "0/t": array(8, 8, names="y x"), "1/t": array(4, 4, names="y x")}
    store = open_store(make.store(nodes))
    assert [space.path for space in store.graph.spaces if space.is_array] == ["0/t", "1/t"]
    # The image's second level begins a quarter of a micrometre after its first: half of a pixel of 0.5 micrometres.
    by_image = store.transform("um", {"path": "0/t"}, store.transform({"path": "1/t"}, "um", [[1, 3]]))
    by_pyramid = store.transform("0", {"path": "0/t"}, store.transform({"path": "1/t"}, "0", [[1, 3]]))
    assert by_image.tolist() == by_pyramid.tolist() == [[2.5, 6.5]]
    (root,) = describe(make.folder / "store")
    assert {"version", "images", "pyramid"} <= root.keys()
    assert store.check().versions == ("ome-zarr/0.6", "zarr-multiscales/0.1.0")


def test_scene_reaches_the_pyramids_of_its_images(make: Any) -> None:
    nodes = make.two_images()
    nodes["a"]["attributes"]["multiscales"] = {"version": "0.1.0", "layout": [{"group": "0", "scale": [1, 1]}]}
    nodes["a"]["attributes"]["geo"] = ground(10)
    store: Store = open_store(make.store(nodes))
    # The level is the array 0 itself; 10 micrometres on the stage are 0 of the image, the centre of its first pixel.
    assert store.transform("stage", CODE, [[10, 20]]).tolist() == [[500005, 4999995]]
    assert store.transform({"path": "b/0"}, CODE, [[0, 0]]).tolist() == [[500005, 4999995]]


def test_levels_and_variables_are_found_by_their_methods(tmp_path: Path) -> None:
    write(multiscale_layout("yx", factors=[2], groups=["full", "half"]), tmp_path / "p.zarr")
    root = zarr.open_group(tmp_path / "p.zarr")
    for name, size in (("full", 8), ("half", 4)):
        group = root.create_group(name)
        group.create_array("red", shape=(size, size), dtype="uint8", dimension_names=("y", "x"))
        group.create_array("x", shape=(size,), dtype="float64", dimension_names=("x",))
    store = open_store(tmp_path / "p.zarr")
    assert [(level.group, level.scale) for level in store.levels()] == [("full", (1.0, 1.0)), ("half", (2.0, 2.0))]
    found = store.variables()
    assert {group: {name: array["shape"] for name, array in arrays.items()} for group, arrays in found.items()} == {
        "full": {"red": [8, 8]},
        "half": {"red": [4, 4]},
    }
    for path in ("full", "nowhere"):
        with pytest.raises(StoreError, match="no pyramid"):
            store.levels(path)
