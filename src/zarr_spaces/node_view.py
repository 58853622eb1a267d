"""The look at the other nodes of a store that is passed to whatever never opens a file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class NodeView(Protocol):
    """What may be asked about the other nodes of a store; paths are relative to the group that is looked at."""

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        """Return the attributes of the group at `path`, or None when there is no readable group."""
        ...

    def array(self, path: str) -> Mapping[str, Any] | None:
        """Return the Zarr v3 metadata of the array at `path`, or None when there is no readable array."""
        ...

    def consolidated(self) -> Mapping[str, Any] | None:
        """Return the metadata of the nodes below as the group's own file repeats it, by path; None without any."""
        ...

    def children(self, path: str) -> Sequence[str]:
        """Return the names of the nodes directly below the group at `path`; none where there is no such group."""
        ...

    def has_file(self, path: str) -> bool:
        """Tell whether there is a file at `path` that is no node's metadata."""
        ...
