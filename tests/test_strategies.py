"""The strategies draw all that there is: what is never drawn, no law is tried on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import find, settings

from zarr_spaces.schemas import bundled
from zarr_spaces.testing import transformations

UNION = bundled()["ome_zarr/0.6/transformations.json"]["$defs"]["Transformation"]


@pytest.mark.parametrize("tag", UNION["discriminator"]["mapping"])
def test_every_type_of_transformation_is_drawn(tag: str) -> None:
    def is_wanted(drawn: dict[str, Any]) -> bool:
        return bool(drawn["type"] == tag)

    sizes = (2, 3) if tag == "projectAxis" else (2, 2)
    quick = settings(max_examples=2_000, database=None)
    assert find(transformations(*sizes, executable=False), is_wanted, settings=quick)["type"] == tag
