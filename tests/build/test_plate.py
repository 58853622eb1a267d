"""Plates and wells in few words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from zarr_spaces import InvalidDocument, check, dump
from zarr_spaces.build import plate, well
from zarr_spaces.ome_zarr.v0_6 import Acquisition, Plate

WORDS: dict[str, Any] = {"rows": 2, "columns": 3, "name": "a", "field_count": 1}


def made(rows: Any, columns: Any, **words: Any) -> Plate:
    document = plate(rows, columns, name="screen", field_count=4, **words)
    assert check(document, strict=True).findings == ()
    assert document.ome.plate is not None
    return document.ome.plate


@pytest.mark.parametrize(
    ("rows", "columns", "last"),
    [
        (8, 12, "H/12"),
        (16, 24, "P/24"),
        (32, 48, "AF/48"),  # 1536 wells
        (np.int64(2), np.int64(3), "B/3"),
        ("ABCD", 2, "D/2"),
        (["top", "bottom"], ["left", "right"], "bottom/right"),
        (np.array(["A", "B"]), range(1, 3), None),
    ],
    ids=str,
)
def test_rows_and_columns_are_counted_or_named(rows: Any, columns: Any, last: str | None) -> None:
    if last is None:
        with pytest.raises(TypeError, match="columns: names are strings, 1 is none"):
            made(rows, columns)
        return
    layout = made(rows, columns)
    assert layout.wells[-1].path == last
    assert len(layout.wells) == len(layout.rows) * len(layout.columns)
    assert (layout.wells[-1].row_index, layout.wells[-1].column_index) == (
        len(layout.rows) - 1,
        len(layout.columns) - 1,
    )


def test_rows_go_on_behind_z() -> None:
    names = [row.name for row in made(703, 1).rows]
    assert names[:27] == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA"]
    assert names[51:53] == ["AZ", "BA"]
    assert names[701:] == ["ZZ", "AAA"]


def test_wells_are_found_in_their_row_and_column() -> None:
    layout = made(8, 12, wells=["C/12", "A/1"])
    assert dump_wells(layout) == [("C/12", 2, 11), ("A/1", 0, 0)]


def dump_wells(layout: Plate) -> list[tuple[str, int, int]]:
    return [(item.path, item.row_index, item.column_index) for item in layout.wells]


def test_acquisitions_are_numbered_or_taken_as_they_are() -> None:
    layout = made(2, 2, acquisitions={"day 1": 4, "day 2": np.int64(2)})
    assert layout.acquisitions == [
        Acquisition(id=0, name="day 1", maximumfieldcount=4),
        Acquisition(id=1, name="day 2", maximumfieldcount=2),
    ]
    given = [Acquisition(id=7, name="a", maximumfieldcount=1, starttime=0)]
    layout = made(2, 2, acquisitions=given)
    assert layout.acquisitions == given
    assert layout.acquisitions[0] is not given[0]
    assert made(2, 2).acquisitions is None
    bare = plate(2, 2, name="a", field_count=1, acquisitions=[Acquisition(id=0)])
    assert [finding.rule for finding in check(bare)] == ["plate-described"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"rows": 0}, "rows: 0: at least 1 is needed"),
        ({"columns": -3}, "columns: -3: at least 1 is needed"),
        ({"rows": ["A/B"]}, "rows: 'A/B' holds a slash, which parts row from column in a well's path"),
        ({"columns": ["1", "2/"]}, "columns: '2/' holds a slash"),
        ({"rows": 10**7, "columns": 1}, "rows: 10000000 are too many, 10000 at most"),
        ({"columns": 10**400}, "columns: a very large integer are too many"),
        ({"rows": 10**4, "columns": 10**3}, "wells: 10000000 are too many, 1000000 at most"),
        ({"wells": []}, "wells: at least one is needed"),
        ({"wells": ["A1"]}, "wells: the plate has no well 'A1': did you mean 'A/1'?"),
        ({"wells": ["1/A"]}, "wells: the plate has no well '1/A'"),
        ({"wells": ["A/01"]}, "wells: the plate has no well 'A/01': did you mean 'A/1'?"),
        ({"wells": ["Q/99"]}, "no well 'Q/99': rows: 'A', 'B'; columns: '1', '2', '3'"),
        ({"wells": [("A", "1")]}, "wells: the plate has no well a tuple"),
    ],
)
def test_what_is_not_clear_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        plate(**WORDS | words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"rows": "12"}, "rows: '12' is a text: write a number, or a list of names"),
        ({"columns": "12"}, "columns: '12' is a text: write a number, or a list of names"),
        ({"rows": 2.5}, "rows: a number or a list of names is needed, not 2.5"),
        ({"rows": True}, "rows: a number or a list of names is needed, not true"),
        ({"rows": None}, "rows: a number or a list of names is needed, not null"),
        ({"rows": {"A", "B"}}, "rows: a number or a list of names is needed, not a set"),
        ({"wells": {"A/1"}}, "wells: a list of paths such as .* is needed, not a set"),
        ({"wells": "A/1"}, "wells: a list of paths such as .* is needed, not 'A/1'"),
        ({"acquisitions": 2}, "acquisitions: a list of acquisitions is needed, not 2"),
        ({"acquisitions": ["a"]}, "acquisitions: 'a' is no Acquisition: write names with their numbers of fields"),
    ],
)
def test_what_is_of_another_kind_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        plate(**WORDS | words)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"rows": ["A", "A"]}, "schema-unique-items"),
        ({"rows": ["A", "a"]}, "row-and-column-names-differ-beyond-case"),
        ({"rows": ["A 1"]}, "schema-pattern"),
        ({"field_count": 0}, "schema-minimum"),
        ({"field_count": None}, "plate-described"),
        ({"wells": ["A/1", "A/1"]}, "schema-unique-items"),
        ({"acquisitions": [Acquisition(id=1), Acquisition(id=1, name="b")]}, "acquisition-ids-unique"),
    ],
)
def test_what_breaks_a_rule_is_refused(words: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidDocument, match=rule):
        plate(**WORDS | words)


def test_wells_have_fields() -> None:
    assert dump(well(2))["ome"]["well"] == {"images": [{"path": "0"}, {"path": "1"}]}
    assert dump(well(["left", "right"]))["ome"]["well"] == {"images": [{"path": "left"}, {"path": "right"}]}
    assert dump(well({"0": 3, "1": np.int64(4)}))["ome"]["well"] == {
        "images": [{"path": "0", "acquisition": 3}, {"path": "1", "acquisition": 4}]
    }
    for images in (2, ["a"], {"a": 0}):
        assert check(well(images), strict=True).findings == ()


@pytest.mark.parametrize(
    ("images", "error", "message"),
    [
        (0, ValueError, "images: 0: at least 1 is needed"),
        (10**8, ValueError, "images: 100000000 are too many, 10000 at most"),
        ({"0": -1}, ValueError, "images: the acquisition of '0' is -1: ids of acquisitions count from 0"),
        ({"0"}, TypeError, "images: a number or a list of names is needed, not a set"),
        ([], ValueError, "images: a well has at least one field of view"),
        ({}, ValueError, "images: a well has at least one field of view"),
        ("0", TypeError, "images: '0' is a text: write a number, or a list of names"),
        (None, TypeError, "images: a number or a list of names is needed"),
        ([0], TypeError, "images: names are strings, 0 is none"),
        (["a", "a"], InvalidDocument, "schema-unique-items"),
        (["a/b"], InvalidDocument, "the path of a field of view is one name"),
        ({"a": "b"}, InvalidDocument, "schema-type"),
    ],
)
def test_wells_that_cannot_be_are_refused(images: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        well(images)


def test_names_of_numpy_become_plain() -> None:
    layout = made(np.array(["A"]), np.array(["1", "2"]), wells=np.array(["A/1"]), acquisitions={np.str_("day"): 1})
    assert "np." not in repr(layout)
    assert {type(item.path) for item in layout.wells} == {type(row.name) for row in layout.rows} == {str}
    assert "np." not in repr(well(np.array(["a", "b"])))
