"""What several documents leave out of one report."""

from __future__ import annotations

from typing import Any

import pytest

from zarr_spaces import Limits, open_store


@pytest.mark.parametrize("limit", [1, 2, 5, 99, 100, 101, 250])
def test_what_the_documents_of_a_store_leave_out_is_added_up(make: Any, limit: int) -> None:
    doubled = make.group(ome={"version": "0.6", "labels": ["a"] * 101})
    root = make.store({"": doubled, "x": doubled, "y": doubled})
    report = open_store(root, limits=Limits(findings=limit)).check("document")
    (more,) = [f for f in report if f.rule == "findings-left-out"]
    assert (len(report) - 1, more.message.split()[0]) == (limit, str(300 - limit))
