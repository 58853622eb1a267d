"""Judging a document, on the quick way or on the whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.quick import judge_sound

if TYPE_CHECKING:
    from zarr_spaces.document.limits import Limits
    from zarr_spaces.document.verdict import Judged
    from zarr_spaces.findings import Level
    from zarr_spaces.node_view import NodeView


def judge(source: object, level: Level, nodes: NodeView | None, limits: Limits = DEFAULT) -> Judged:
    """Check a source as far as `level` and `nodes` allow."""
    # The quick way knows the usual limits only.
    if type(source) is dict and limits == DEFAULT and (judged := judge_sound(source, level, nodes)) is not None:
        return judged
    from zarr_spaces.document.careful import judge_carefully  # reading text and wording faults takes a while to import

    return judge_carefully(source, level, nodes, limits)
