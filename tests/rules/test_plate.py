"""Plates: their layout, and the groups below them."""

from __future__ import annotations

import time
from typing import Any, ClassVar

import pytest

from tests.rules.groups import Groups, found, hints, image, ome, places, plate, well
from zarr_spaces import Severity, check

POSITION = "well-positions-agree"
WELL = "/plate/wells/0"


def full(n_rows: int, n_columns: int) -> dict[str, Any]:
    rows, columns = [f"r{index}" for index in range(n_rows)], [str(index + 1) for index in range(n_columns)]
    document = plate()
    document["ome"]["plate"] |= {
        "rows": [{"name": name} for name in rows],
        "columns": [{"name": name} for name in columns],
        "wells": [
            {"path": f"{row}/{column}", "rowIndex": i, "columnIndex": j}
            for i, row in enumerate(rows)
            for j, column in enumerate(columns)
        ],
    }
    return document


def acquisitions(*ids: int) -> list[dict[str, Any]]:
    return [{"id": number, "name": "a", "maximumfieldcount": 1} for number in ids]


@pytest.mark.parametrize(
    ("layout", "place", "message", "hint"),
    [
        (("A/1", 0, 0), None, None, None),
        (("B/2", 1.0, 1.0), None, None, None),
        (("A/1", 2, 0), "/rowIndex", "there is no row 2: the plate has 2 rows", "indices count from 0"),
        (("A/1", 0, 3), "/columnIndex", "there is no column 3: the plate has 3 columns", "indices count from 0"),
        (("C/1", 0, 0), "/path", "the plate has no row 'C', which 'C/1' names", "rows: 'A', 'B'"),
        (("A/4", 0, 0), "/path", "the plate has no column '4', which 'A/4' names", "columns: '1', '2', '3'"),
        (("1/A", 0, 0), "/path", "the plate has no row '1' and no column 'A'", "the row comes first: write 'A/1'"),
        (("A/1", 1, 0), "/rowIndex", "rowIndex 1 is the row 'B'", "count from 0"),
        (("A/1", 0, 1), "/columnIndex", "columnIndex 1 is the column '2'", "count from 0"),
        (("A/1", 1, 1), "", "rowIndex 1 and columnIndex 1 are the well 'B/2'", "count from 0"),
        (("A/2", 1, 0), "", "rowIndex 1 and columnIndex 0 are the well 'B/1'", "rowIndex and columnIndex are swapped"),
    ],
)
def test_one_fault_of_a_position_is_one_finding(
    layout: tuple[str, int, int], place: str | None, message: str | None, hint: str | None
) -> None:
    document = plate(layout, columns="123")
    report = [finding for finding in check(document) if finding.severity is Severity.ERROR]
    if place is None:
        assert report == []
        return
    (finding,) = report
    assert (finding.rule, finding.json_pointer) == (POSITION, f"/ome{WELL}{place}")
    assert message is not None
    assert hint is not None
    assert message in finding.message
    assert hint in (finding.hint or "")


def test_both_indices_can_be_out_of_range() -> None:
    assert places(plate(("A/1", 5, 10**300)), POSITION) == [f"{WELL}/columnIndex", f"{WELL}/rowIndex"]


def test_likely_name_is_offered_for_the_part_that_is_wrong() -> None:
    document = full(12, 12)
    document["ome"]["plate"]["wells"][0]["path"] = "r00/1"
    assert hints(document, POSITION) == ["did you mean 'r0/1'?"]


def test_other_wells_are_still_looked_at() -> None:
    document = plate(("A/1", 0, 0), ("B/1", 1, 5), ("B/2", 0, 1), ("A/2", 0, 1))
    assert places(document, POSITION) == ["/plate/wells/1/columnIndex", "/plate/wells/2/rowIndex"]


def test_where_a_row_name_is_given_twice_either_row_may_be_meant() -> None:
    document = plate(("A/1", 0, 0), ("A/2", 1, 1), rows="AA")
    document["ome"]["plate"]["rows"][1]["note"] = "the same again"
    assert [finding.rule for finding in check(document)] == ["row-and-column-names-unique"]


def test_names_that_differ_only_by_case_are_each_named_once() -> None:
    rule = "row-and-column-names-differ-beyond-case"
    assert places(plate(rows="ABab", columns="1c2C"), rule) == [
        "/plate/columns/3/name",
        "/plate/rows/2/name",
        "/plate/rows/3/name",
    ]
    document = plate(rows="Aa")
    document["ome"]["plate"]["rows"].append({"name": "a", "note": "the same again"})
    assert places(document, rule) == ["/plate/rows/1/name"]
    assert places(document, "row-and-column-names-unique") == ["/plate/rows/2/name"]
    assert places(plate(rows="AB", columns="ab"), rule) == []  # a row and a column may be called alike


def test_acquisitions_are_optional_and_their_ids_unique() -> None:
    rule = "acquisition-ids-unique"
    assert places(plate(), rule) == places(plate(acquisitions=[]), rule) == []
    assert places(plate(acquisitions=acquisitions(3, 1, 2)), rule) == []
    assert places(plate(acquisitions=acquisitions(3, 1, 3, 3)), rule) == [
        "/plate/acquisitions/2/id",
        "/plate/acquisitions/3/id",
    ]


def test_what_is_missing_of_one_object_is_said_in_one_finding() -> None:
    document = plate(acquisitions=[{"id": 4}, {"id": 5, "name": "b"}, *acquisitions(6)])
    for name in ("name", "field_count"):
        del document["ome"]["plate"][name]
    assert found(document, "plate-described") == [
        ("/plate", "the plate has no name and no field_count"),
        ("/plate/acquisitions/0", "acquisition 4 has no name and no maximumfieldcount"),
        ("/plate/acquisitions/1", "acquisition 5 has no maximumfieldcount"),
    ]
    assert check(document).valid


def test_large_plates_are_judged_in_little_time() -> None:
    document = full(64, 96)
    assert check(document).findings == ()
    for spot in document["ome"]["plate"]["wells"]:
        spot["path"] = spot["path"].replace("r", "q")
    begin = time.perf_counter()
    assert len(check(document).findings) > 500  # a report words only the first of so many
    assert time.perf_counter() - begin < 10  # seconds; likely names for each well would take minutes


class TestGroups:
    """What a plate says about the groups below it."""

    groups: ClassVar[dict[str, Any]] = {"A": {}, "A/1": well("0"), "A/1/0": image()}

    def test_sound_plate(self) -> None:
        nodes = Groups(self.groups)
        rules = [finding.rule for finding in check(plate(), level="hierarchy", nodes=nodes)]
        assert rules == []

    def test_well_without_group_and_group_without_well(self) -> None:
        document = plate(("A/1", 0, 0), ("A/2", 0, 1), ("B/1", 1, 0))
        nodes = Groups({**self.groups, "A/2": image(), "A/11": {}})
        assert found(document, "plate-wells-exist", nodes) == [
            ("/plate/wells/1/path", "the group at 'A/2' has no well metadata"),
            ("/plate/wells/2/path", "no readable Zarr group at 'B/1'"),
        ]

    def test_array_in_the_place_of_a_well(self) -> None:
        nodes = Groups({"A": {}}, {"A/1": {"shape": [4, 4]}})
        assert hints(plate(), "plate-wells-exist", nodes) == ["it is an array; a group is needed"]

    def test_row_that_is_no_group_is_said_once(self) -> None:
        document = plate(("A/1", 0, 0), ("A/2", 0, 1))
        nodes = Groups({"A/1": well(), "A/2": well()})
        assert found(document, "plate-wells-exist", nodes) == [
            ("/plate/wells/0/path", "no readable Zarr group at 'A'"),
        ]

    def test_well_that_the_plate_cannot_mean_is_not_looked_for(self) -> None:
        document = plate(("A/1", 0, 0), ("C/1", 0, 0))
        report = check(document, level="hierarchy", nodes=Groups(self.groups))
        assert [finding.rule for finding in report] == [POSITION]

    def test_many_missing_wells_get_hints_only_at_first(self) -> None:
        given = hints(full(8, 12), "plate-wells-exist", Groups({"r9": {}}))
        assert len(given) == 96
        assert sum(hint is not None for hint in given) == 20

    @pytest.mark.parametrize(
        ("ids", "images", "message"),
        [
            ((), ["0"], None),
            ((), [("0", 5)], None),  # no list, nothing to compare with
            ((0,), ["0"], None),  # only needed where there are several
            ((0,), [("0", 0)], None),
            ((0,), [("0", 1)], "the image 'A/1/0' gives the acquisition 1, which is not listed"),
            ((0, 1), [("0", 0), ("1", 1)], None),
            ((0, 1), ["0"], "the image 'A/1/0' gives no acquisition, the plate has 2"),
            ((0, 1), ["0", "1"], "the images 'A/1/0', 'A/1/1' give no acquisition, the plate has 2"),
            (
                (0, 1),
                [("0", 2), ("1", 3)],
                "the image 'A/1/0' gives the acquisition 2, which is not listed, as do others: 2 in all",
            ),
        ],
    )
    def test_acquisitions_of_fields_of_view(self, ids: tuple[int, ...], images: list[Any], message: str | None) -> None:
        document = plate(acquisitions=acquisitions(*ids))
        nodes = Groups({**self.groups, "A/1": well(*images)})
        expected = [] if message is None else [(WELL, message)]
        assert found(document, "field-acquisitions-known", nodes) == expected

    @pytest.mark.parametrize("images", [None, 5, [5], [{"path": 1}], [{"path": "0", "acquisition": "x"}]])
    def test_broken_wells_are_left_to_their_own_documents(self, images: Any) -> None:
        nodes = Groups({"A": {}, "A/1": ome(well={"images": images})})
        given = check(plate(acquisitions=acquisitions(0)), level="hierarchy", nodes=nodes)
        assert given.findings == ()

    def test_groups_without_images(self) -> None:
        rule = "plate-groups-hold-images"
        document = plate(("A/1", 0, 0), rows="ABC", columns="123")
        nodes = {**self.groups, "B": {}, "B/1": {}, "A/2": {}, "A/3": {}, "tables": {}, "A/notes": {}}
        assert found(document, rule, Groups(nodes)) == [
            ("/plate/rows/0", "the groups 'A/2', 'A/3' below row 'A' hold no images"),
            ("/plate/rows/1", "the group of row 'B' holds no images"),
        ]
        # An image that no well lists is an image all the same.
        assert found(document, rule, Groups({**self.groups, "B": {}, "B/1": {}, "B/1/0": image()})) == []

    def test_a_wrong_path_is_not_reported_as_a_group_left_over_as_well(self) -> None:
        document = plate(("A/1", 0, 0), ("B/1", 1, 0))
        nodes = Groups({**self.groups, "B": {}, "B/2": {}})
        assert [finding.rule for finding in check(document, level="hierarchy", nodes=nodes)] == ["plate-wells-exist"]
