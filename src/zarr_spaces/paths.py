"""Paths of Zarr nodes as metadata writes them."""

from __future__ import annotations


def normalise_path(path: str) -> str:
    """Strip what does not change the meaning: slashes at the ends, empty and ``.`` parts.

    >>> normalise_path("/images//a/")
    'images/a'
    """
    if path.isalnum():  # nearly all of them
        return path
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def leads_below(path: str) -> bool:
    """Tell whether a path, as metadata writes it, can be that of a node below its own.

    >>> leads_below("labels/cells"), leads_below("../cells"), leads_below("https://example.org/cells")
    (True, False, False)
    """
    return ".." not in path.split("/") and "://" not in path


def join_path(base: str, path: str) -> str | None:
    """Join a path found in a node's metadata to that node's path; None where it steps up.

    Metadata speaks of what is below its node, so a path with ``..`` has no meaning, even where it would come back.

    >>> join_path("images/a", "0")
    'images/a/0'
    >>> join_path("images", "../secret") is None
    True
    """
    below = normalise_path(path)
    if ".." in below.split("/"):
        return None
    return f"{base}/{below}".strip("/")
