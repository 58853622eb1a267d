"""What a Zarr multiscales pyramid asks of the groups and arrays below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import GROUP, LAYOUT
from zarr_spaces.findings import Level, Severity, listing, quote
from zarr_spaces.layout import is_coordinate
from zarr_spaces.paths import leads_below, normalise_path
from zarr_spaces.rules.neighbours import no_group
from zarr_spaces.rules.rule import HINTS, Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer
    from zarr_spaces.layout import PyramidLevel
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.shape_of_layouts import Layout

_CONSISTENCY = "Validation Rules"
_CONSOLIDATED = "Consolidated Metadata"
_DISCOVERY = "Group Discovery Methods"


@rule("layout-groups-exist", part=Part.LAYOUT, section=_CONSISTENCY, level=Level.HIERARCHY)
def layout_groups_exist(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The group of a level is a Zarr group below that of the pyramid."""
    faults = 0
    for index, level in enumerate(layout.pyramid.layout):
        path = normalise_path(level.group)
        if path and leads_below(level.group) and nodes.attributes(path) is None:
            faults += 1
            yield Fault((*at, LAYOUT, index, GROUP), *no_group(path, nodes, faults <= HINTS))


@rule("layout-variables-same", part=Part.LAYOUT, section=_DISCOVERY, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_variables_same(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """All levels have the same variables."""
    first: tuple[str, set[str]] | None = None
    for level, arrays in arrays_of_levels(layout, nodes):
        names = set(arrays)
        if first is None:
            first = level.group, names
        elif names != first[1]:
            missing, more = sorted(first[1] - names), sorted(names - first[1])
            parts = [f"lacks {listing(missing)}"] if missing else []
            parts += [f"has {listing(more)} beside them"] if more else []
            message = f"of the variables of {quote(first[0])} the level {' and '.join(parts)}"
            hint = "readers that know a variable by one level look for it in the others"
            yield Fault((*at, LAYOUT, level.index, GROUP), message, hint)


@rule("layout-consolidated", part=Part.LAYOUT, section=_CONSOLIDATED, level=Level.HIERARCHY, severity=Severity.WARNING)
def layout_consolidated(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """The group of the pyramid repeats the metadata of all groups and arrays of its levels."""
    repeated = nodes.consolidated()
    hint = "consolidate the metadata of the group, such as by zarr.consolidate_metadata"
    if repeated is None:
        yield Fault(
            at, "the group has no consolidated metadata, by which readers find levels and variables at once", hint
        )
        return
    for index, paths in _paths_of_levels(layout, nodes):
        if absent := [path for path in paths if path not in repeated]:
            yield Fault((*at, LAYOUT, index), f"the consolidated metadata lacks {listing(absent)}", hint)


@rule("layout-consolidated-current", part=Part.LAYOUT, section=_CONSOLIDATED, level=Level.HIERARCHY)
def layout_consolidated_current(layout: Layout, at: Pointer, nodes: NodeView) -> Iterator[Fault]:
    """What the group repeats of the metadata of its levels is what stands there."""
    repeated = nodes.consolidated()
    if repeated is None:
        return
    hint = "consolidate the metadata of the group again"
    for index, paths in _paths_of_levels(layout, nodes):
        level = normalise_path(layout.pyramid.layout[index].group)
        known = {path for path in repeated if path == level or path.startswith(f"{level}/")}
        stale = [path for path in sorted(known | set(paths)) if path in known and _differs(repeated[path], path, nodes)]
        if stale:
            message = f"the consolidated metadata is not that of {listing(stale)}"
            yield Fault((*at, LAYOUT, index), message, hint)


def _differs(copy: Any, path: str, nodes: NodeView) -> bool:
    """Compare what is repeated of a node with the node; whatever only one side has counts as different."""
    if not isinstance(copy, dict):
        return True
    if (array := nodes.array(path)) is not None:
        kept = {name: value for name, value in copy.items() if name not in _OPTIONAL}
        return kept != {name: value for name, value in array.items() if name not in _OPTIONAL} or (
            (copy.get("attributes") or {}) != (array.get("attributes") or {})
        )
    attributes = nodes.attributes(path)
    return attributes is None or copy.get("node_type") != "group" or (copy.get("attributes") or {}) != attributes


_OPTIONAL = ("attributes", "consolidated_metadata", "storage_transformers")
"""Members that writers leave out or write empty."""


def _paths_of_levels(layout: Layout, nodes: NodeView) -> Iterator[tuple[int, list[str]]]:
    """Yield for each level that is there the paths of its group and of the nodes directly below."""
    for index, level in enumerate(layout.pyramid.layout):
        path = normalise_path(level.group)
        if path and leads_below(level.group) and nodes.attributes(path) is not None:
            yield index, [path, *(f"{path}/{name}" for name in nodes.children(path))]


def arrays_of_levels(layout: Layout, nodes: NodeView) -> Iterator[tuple[PyramidLevel, dict[str, Mapping[str, Any]]]]:
    """Yield each level that is there with its variables, by name, read from the nodes themselves."""
    for level in layout.levels:
        path = normalise_path(level.group)
        if path and leads_below(level.group) and nodes.attributes(path) is not None:
            asked = {name: nodes.array(f"{path}/{name}") for name in nodes.children(path)}
            yield (
                level,
                {name: array for name, array in asked.items() if array is not None and not is_coordinate(name, array)},
            )
