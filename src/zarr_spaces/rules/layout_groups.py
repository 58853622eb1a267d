"""What a Zarr multiscales pyramid asks of the groups and arrays below it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import GROUP, LAYOUT
from zarr_spaces.findings import Level, Severity
from zarr_spaces.quoting import listing, quote
from zarr_spaces.rules.neighbours import no_group
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.layout_parts import Layout

_CONSISTENCY = "Validation Rules"
_CONSOLIDATED = "Consolidated Metadata"
_DISCOVERY = "Group Discovery Methods"


@rule("layout-groups-exist", part=Part.LAYOUT, section=_CONSISTENCY, level=Level.HIERARCHY)
def layout_groups_exist(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The group of a level is a Zarr group below that of the pyramid."""
    faults = 0
    for level, path in layout.groups():
        if nodes.attributes(path) is None:
            faults += 1
            yield Fault((*at, LAYOUT, level.index, GROUP), *no_group(path, nodes, faults <= HINTS))


@rule("layout-variables-same", part=Part.LAYOUT, section=_DISCOVERY, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_variables_same(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All levels have the same variables."""
    first: tuple[str, set[str]] | None = None
    for level, _, arrays, _ in layout.arrays(nodes):
        names = set(arrays)
        if first is None:
            first = level.group, names
        elif names != first[1]:
            missing, more = sorted(first[1] - names), sorted(names - first[1])
            parts = [f"lacks {listing(missing)}, which {quote(first[0])} has"] if missing else []
            parts += [f"has {listing(more)}, which {quote(first[0])} lacks"] if more else []
            hint = "readers that know a variable by one level look for it in the others"
            yield Fault((*at, LAYOUT, level.index, GROUP), f"the level {' and '.join(parts)}", hint)


@rule("layout-consolidated", part=Part.LAYOUT, section=_CONSOLIDATED, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_consolidated(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The group of the pyramid repeats the metadata of all groups and arrays of its levels."""
    repeated = nodes.consolidated()
    if repeated is None:
        message = "the group has no consolidated metadata, by which readers find levels and variables at once"
        yield Fault(at, message, _CONSOLIDATE)
        return
    for index, _, paths in _paths_of_levels(layout, nodes):
        if absent := [path for path in paths if path not in repeated]:
            yield Fault((*at, LAYOUT, index), f"the consolidated metadata lacks {listing(absent)}", _CONSOLIDATE)


_CONSOLIDATE = "consolidate the metadata of this group, such as by zarr.consolidate_metadata"


@rule("layout-consolidated-current", part=Part.LAYOUT, section=_CONSOLIDATED, level=Level.HIERARCHY)
def layout_consolidated_current(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """What the group repeats of the metadata of its levels is what stands there."""
    repeated = nodes.consolidated()
    if repeated is None:
        return
    ordered = sorted(repeated)
    for index, level, _ in _paths_of_levels(layout, nodes):
        # Sorted, all paths below a level stand together; "0" is the character behind the slash.
        below = ordered[bisect_left(ordered, f"{level}/") : bisect_left(ordered, f"{level}0")]
        known = [level, *below] if level in repeated else below
        stale = {path: what for path in known if (what := _difference(repeated[path], path, nodes))}
        if stale:
            what = next(iter(stale.values()))
            message = f"the consolidated metadata of {listing(stale)} is not what stands there: {what}"
            yield Fault((*at, LAYOUT, index), message, f"readers go by the copy: {_CONSOLIDATE}")


def _difference(copy: Any, path: str, nodes: NodeView) -> str | None:
    """Say in what the metadata that is repeated of a node differs from the node's own; None where it does not."""
    own = nodes.array(path)
    if own is None:
        attributes = nodes.attributes(path)
        if attributes is None:
            return "there is no such node"
        own = {"zarr_format": 3, "node_type": "group", "attributes": attributes}
    if not isinstance(copy, dict):
        return "the copy is no object"
    one, other = _meant(copy), _meant(own)
    names = [name for name in [*other, *one] if one.get(name) != other.get(name)]
    return f"{quote(names[0])} differs" if names else None


def _meant(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what writers leave out or write empty, and what a node repeats of others."""
    return {name: value for name, value in metadata.items() if value not in _EMPTY and name != "consolidated_metadata"}


_EMPTY: tuple[Any, ...] = (None, {}, [])


def _paths_of_levels(layout: Layout, nodes: NodeView) -> Iterator[tuple[int, str, list[str]]]:
    """Yield for each level that is there the path of its group, and those of it and of the nodes directly below."""
    for level, path, _, _ in layout.arrays(nodes):
        yield level.index, path, [path, *(f"{path}/{name}" for name in nodes.children(path))]
