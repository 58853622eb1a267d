"""Writing typed documents into the attributes of Zarr nodes, and touching nothing else there."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zarr_spaces.document import check, dump
from zarr_spaces.document.decode import decode
from zarr_spaces.document.detect import unfit_node
from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.source import read_file
from zarr_spaces.errors import InvalidDocument, StaleMetadata, StoreError
from zarr_spaces.quoting import listing, printable
from zarr_spaces.store.above import array_above, copies_above, copies_above_node
from zarr_spaces.store.atomic import locked, replace_file
from zarr_spaces.store.files import METADATA, ZARR_2, is_file, is_folder
from zarr_spaces.store.splice import set_attributes
from zarr_spaces.versions import version_of_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    import zarr

    from zarr_spaces.findings import Report
    from zarr_spaces.model import Model
    from zarr_spaces.versions import SpecVersion


def write(
    document: Model,
    group: str | os.PathLike[str] | zarr.Group | zarr.Array[Any],
    *,
    overwrite: bool = False,
    strict: bool = False,
) -> Report:
    """Write a typed document into the attributes of its group, after a check that it passes.

    Nothing else changes: other attributes, arrays, and in a local ``zarr.json`` every byte that is not of the document.
    The file of a local folder is replaced in one step, so that nobody finds half of it, and others that write to the
    folder by this function are waited for; a group that holds the document already is left alone.

    Parameters
    ----------
    document : typed object
        A whole document, as `parse` and the builders return it.
    group : str, os.PathLike, zarr.Group or zarr.Array
        The folder of a group on a local disk, which is made where there is none; or a node opened for writing, in any
        store. What counts is what the node's own metadata says now, whatever it or a copy of it said when the node was
        opened; afterwards the attributes of `group` are up to date. An array is taken where the metadata is for arrays
        as well.
    overwrite : bool
        Whether attributes that the document has, and that are there with another value, are replaced as a whole.
    strict : bool
        Whether warnings are errors.

    Returns
    -------
    Report
        What the check of the document found. How it fits to the arrays below, ``open_store(path).check()`` tells.

    Raises
    ------
    InvalidDocument
        If the check finds an error. Nothing is written.
    StoreError
        If the node is of another kind or Zarr format than the metadata is for, has other metadata already, or cannot be
        read or written. Then it is as it was.
    TypeError
        If `document` is not a whole document, or `group` nothing that can be written to.

    Warns
    -----
    StaleMetadata
        If a group above has consolidated metadata. That is a copy, which is left as it is.

    Notes
    -----
    OME-Zarr 0.6, "OME-Zarr metadata".

    Examples
    --------
    >>> import tempfile
    >>> from zarr_spaces.build import image
    >>> cells = image("yx", name="cells", pixel_size=0.5, units="micrometer")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write(cells, folder))
    ...     print(write(cells, folder))  # changes nothing
    valid
    valid
    """
    version = version_of_object(document)
    if version is None:
        raise TypeError(f"{type(document).__name__} is no whole typed document; a whole one is what parse() returns")
    report = check(document, strict=strict)
    if not report.valid:
        raise InvalidDocument(report)
    members = dump(document)
    if isinstance(group, str | os.PathLike):
        stale = _write_to_folder(group, members, version, overwrite)
    else:
        stale = _write_to_node(group, members, version, overwrite)
    if stale:
        message = f"the consolidated metadata of {printable(', '.join(stale))} does not know what was written just now"
        warnings.warn(f"{message}: consolidate it again", StaleMetadata, stacklevel=2)
    return report


def _write_to_folder(
    path: str | os.PathLike[str], members: Mapping[str, Any], version: SpecVersion, overwrite: bool
) -> list[str]:
    """Write to a group on a local disk; return the groups above that hold a copy of its metadata."""
    asked = os.fsdecode(path)
    try:
        folder = _folder(asked)
        file = folder / METADATA
        if file.is_symlink():
            target = os.readlink(file)  # noqa: PTH115 - for people
            raise StoreError(
                asked, f"its {METADATA} is a link to {printable(target)}: write to the group that it is of"
            )
        if not folder.exists():
            _require_room(asked, folder)
            folder.mkdir(parents=True, exist_ok=True)
        # What is there is looked at while nobody else writes.
        with locked(folder):
            is_new = not file.exists()
            data = _new(asked, folder, members) if is_new else _changed(asked, file, members, version, overwrite)
            if data is None:
                return []
            replace_file(file, data, is_new=is_new)
    except StoreError:
        raise
    except (OSError, ValueError, RuntimeError) as error:  # a path with a null character, links in a circle
        raise StoreError(asked, f"it cannot be written: {getattr(error, 'strerror', None) or error}") from error
    return copies_above(folder)


def _folder(asked: str) -> Path:
    """Return where the group is, or is to be, behind all links."""
    if not asked:
        raise StoreError('""', 'an empty path names no group: for that of the working directory write "."')
    if "://" in asked:
        raise StoreError(asked, "it is a URL: open the group with zarr.open_group, and hand it over")
    path = Path(asked)
    if path.name == METADATA and not is_folder(path):
        path = path.parent
    if is_file(path):
        raise StoreError(asked, f"it is a file; a group is a folder with a {METADATA}")
    if os.path.lexists(path) and not is_folder(path):
        raise StoreError(asked, "it is a link that leads nowhere, or no folder")
    return path.resolve()


def _new(asked: str, folder: Path, members: Mapping[str, Any]) -> bytes:
    """Return the metadata file of a new group."""
    _require_room(asked, folder)
    node = {"zarr_format": 3, "node_type": "group", "attributes": members}
    return json.dumps(node, ensure_ascii=False, allow_nan=False, indent=2).encode()


def _require_room(asked: str, folder: Path) -> None:
    """Refuse to make a group where there is another kind of node."""
    for name in ZARR_2:
        if os.path.lexists(folder / name):
            raise StoreError(asked, f"there is a {name} in it, of Zarr format 2: the metadata is for Zarr format 3")
    if (array := array_above(folder)) is not None:
        raise StoreError(asked, f"it lies inside the array {printable(str(array))}, which has no groups in it")


def _changed(asked: str, file: Path, members: Mapping[str, Any], version: SpecVersion, overwrite: bool) -> bytes | None:
    """Return the metadata file of a node with the members in it; None where it has them already."""
    data = read_file(file, DEFAULT.size)
    node, findings = decode(data)
    if findings:
        raise StoreError(asked, f"its {METADATA} cannot be understood: {findings[0]}")
    if not isinstance(node, dict):
        raise StoreError(asked, f"its {METADATA} is no JSON object")
    if fault := unfit_node(node, version):
        raise StoreError(asked, f"{fault.message}: {fault.hint}")
    wanted = _differing(asked, members, node.get("attributes", {}), overwrite)
    if not wanted:
        return None
    if not os.access(file, os.W_OK):
        raise StoreError(asked, f"its {METADATA} may not be written")
    return set_attributes(data.decode(), wanted).encode()


def _differing(
    shown: str, members: Mapping[str, Any], attributes: Mapping[str, Any], overwrite: bool
) -> dict[str, Any]:
    """Return the members that the attributes do not have yet.

    Raises
    ------
    StoreError
        If they have another value of the name, and it may not be replaced.
    """
    wanted = {
        name: value
        for name, value in members.items()
        if name not in attributes or not _are_same(attributes[name], value)
    }
    taken = [name for name in wanted if name in attributes]
    if taken and not overwrite:
        raise StoreError(
            shown,
            f"it has other metadata already, in the attribute{'s' if len(taken) > 1 else ''} {listing(taken)}: "
            f"overwrite=True replaces it",
        )
    return wanted


def _are_same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same; to Python, true is 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_are_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_are_same, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _write_to_node(node: Any, members: Mapping[str, Any], version: SpecVersion, overwrite: bool) -> list[str]:
    """Write to a node that is open; return the groups above that hold a copy of its metadata."""
    if type(node).__module__.partition(".")[0] != "zarr":  # so that nothing else needs the library
        raise _unfit_target(node)
    import zarr

    if not isinstance(node, zarr.Group | zarr.Array):
        raise _unfit_target(node)
    shown = str(node.store_path)
    kind = "array" if isinstance(node, zarr.Array) else "group"
    if fault := unfit_node({"zarr_format": node.metadata.zarr_format, "node_type": kind}, version):
        raise StoreError(shown, f"{fault.message}: {fault.hint}")
    current = _afresh(node)
    attributes = current.metadata.attributes
    wanted = _differing(shown, members, attributes, overwrite)
    if wanted and node.read_only:
        raise StoreError(shown, 'it was opened for reading alone: open it with mode="r+"')
    if wanted:
        try:
            current.update_attributes(wanted)
        except (OSError, ValueError) as error:
            raise StoreError(shown, f"it cannot be written: {error}") from error
    node.metadata.attributes.clear()
    node.metadata.attributes.update(attributes)
    return copies_above_node(node) if wanted else []


def _afresh(node: Any) -> Any:
    """Open a node once more, by its own metadata: a copy above it, or what was read long ago, may be out of date.

    What a group repeats of the nodes below it is part of its own metadata, and stays.
    """
    try:
        return type(node).open(node.store_path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(str(node.store_path), f"its metadata cannot be read any more: {error}") from error


def _unfit_target(node: object) -> TypeError:
    return TypeError(f"group: a path or a zarr.Group is needed, not a {type(node).__name__}")
