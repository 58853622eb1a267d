"""A graph as a Mermaid flowchart, which code hosts and notebooks render."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces.graph.graph import SpaceGraph
    from zarr_spaces.graph.space import Space


def to_mermaid(graph: SpaceGraph) -> str:
    """Draw the spaces, grouped by the node that holds them, and the transformations between them.

    Parameters
    ----------
    graph : SpaceGraph
        From `graph_of`, `load_graph` or a `Store`.

    Returns
    -------
    str
        The text of a flowchart.

    Examples
    --------
    >>> from zarr_spaces import graph_of, multiscale_layout
    >>> print(to_mermaid(graph_of(multiscale_layout("yx", factors=[2]))))
    flowchart LR
      subgraph g0["(root)"]
        s0["0"]
        s1["1"]
      end
      s1 -->|"scale"| s0
    """
    return "\n".join(_lines(graph))


def _lines(graph: SpaceGraph) -> Iterator[str]:
    yield "flowchart LR"
    ids = {space: f"s{index}" for index, space in enumerate(graph.spaces)}
    groups: dict[str, list[Space]] = {}
    owners: dict[Space, str] = {}
    for edge in graph.edges:
        if edge.source.is_array:
            owners.setdefault(edge.source, edge.node)
    for space in graph.spaces:
        groups.setdefault(owners.get(space, space.path), []).append(space)
    for index, (path, members) in enumerate(groups.items()):
        yield f'  subgraph g{index}["{_text(path or "(root)")}"]'
        for space in members:
            yield f"    {ids[space]}{_box(space, graph, path)}"
        yield "  end"
    for edge in graph.edges:
        label = f"{edge.kind}: {edge.name}" if edge.name else f"{edge.kind}, implied" if edge.implied else edge.kind
        yield f'  {ids[edge.source]} -->|"{_text(label)}"| {ids[edge.target]}'


def _box(space: Space, graph: SpaceGraph, group: str) -> str:
    if space.name is None:
        path = space.path.removeprefix(f"{group}/") if group else space.path
        return f'[("{_text(path)}")]'
    axes = graph.spaces[space].axes
    listed = ", ".join(f"{axis.name} [{axis.unit}]" if axis.unit else axis.name for axis in axes)
    return f'["{_text(space.name)}<br/>{_text(listed)}"]' if listed else f'["{_text(space.name)}"]'


def _text(text: str, limit: int = 200) -> str:
    """Escape what would end a label or start markup."""
    shown = text if len(text) <= limit else text[: limit - 3] + "..."
    return "".join(c if c.isalnum() or c in " -_.,:/[]()" else f"#{ord(c)};" for c in shown)
