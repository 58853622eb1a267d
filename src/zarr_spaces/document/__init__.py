"""From bytes to typed objects and findings: `parse`, `check` and `dump`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zarr_spaces.document.judging import judge
from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.findings import Level, Report
from zarr_spaces.model import Model
from zarr_spaces.versions import dumper, version_of_object

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces.rules.rule import NodeView

__all__ = ["Limits", "Source", "check", "dump", "parse"]

Source = str | bytes | os.PathLike[str] | Mapping[str, Any] | Model
"""JSON text, a path to a file of it, its decoded form, or a typed object."""


def check(
    source: Source,
    *,
    level: Level | str = Level.DOCUMENT,
    nodes: NodeView | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT,
) -> Report:
    """Judge a document by the version that it declares: by its schema and, where that accepts it, by its rules.

    Each of the two reports all that it finds at once.

    Parameters
    ----------
    source : str, bytes, os.PathLike, mapping or typed object
        JSON text, the path of a file, decoded JSON, or an object from `parse`. Either the attributes of a group, or a
        whole ``zarr.json``.
    level : Level
        How far to look.
    nodes : NodeView, optional
        The other nodes of the store, for the levels from `Level.HIERARCHY` on.
    strict : bool
        Whether to count warnings as errors, see `Report.strict`.
    limits : Limits
        How much is read and told. What is beyond a limit is a finding; a file that is too large is a `StoreError`.

    Returns
    -------
    Report
        Never an exception for what a document holds. Pointers lead into the document as it was given.

    Raises
    ------
    StoreError
        If a file cannot be read.
    TypeError
        If `source` is a typed object that is only a part of a document.
    ValueError
        If there is no such level.

    Examples
    --------
    >>> report = check('{"ome": {"version": "0.6", "multiscales": []}}')
    >>> print(report)
    error: /ome/multiscales: has too few entries: 0, at least 1 needed [schema-min-items]
      The images of the group.
    """
    report, _ = judge(source, _level(level), nodes, limits)
    return report.strict() if strict else report


def _level(level: Level | str) -> Level:
    return level if type(level) is Level else Level(level)  # the call takes longer than the question


def parse(
    source: Source, *, level: Level | str = Level.DOCUMENT, strict: bool = False, limits: Limits = DEFAULT
) -> OmeZarr:
    """Turn a document into its typed object.

    Parameters
    ----------
    source : str, bytes, os.PathLike, mapping or typed object
        As for `check`.
    level : Level
        The checks that the document must pass: `Level.SCHEMA`, or anything deeper for what one document can answer.
    strict : bool
        Whether warnings are errors.
    limits : Limits
        As for `check`.

    Raises
    ------
    InvalidDocument
        With every finding, if one of them is an error.
    StoreError, TypeError, ValueError
        As `check`.

    Examples
    --------
    >>> image = parse(
    ...     {
    ...         "ome": {
    ...             "version": "0.6",
    ...             "multiscales": [
    ...                 {
    ...                     "coordinateSystems": [
    ...                         {"name": "um", "axes": [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}]}
    ...                     ],
    ...                     "datasets": [
    ...                         {
    ...                             "path": "0",
    ...                             "coordinateTransformations": [
    ...                                 {
    ...                                     "type": "scale",
    ...                                     "scale": [0.5, 0.5],
    ...                                     "input": {"path": "0"},
    ...                                     "output": {"name": "um"},
    ...                                 }
    ...                             ],
    ...                         }
    ...                     ],
    ...                 }
    ...             ],
    ...         }
    ...     }
    ... )
    >>> image.ome.multiscales[0].datasets[0].coordinate_transformations[0].scale
    [0.5, 0.5]
    """
    report, document = judge(source, _level(level), None, limits)
    if strict:
        report = report.strict()
    if document is None or not report.valid:
        raise InvalidDocument(report)
    return document


def dump(document: Model) -> dict[str, Any]:
    """Write a typed document as the attributes of its Zarr group, ready for JSON.

    Absent members are left out and unknown ones written back: ``dump(parse(x)) == x``, but for the order of members
    and for null where a member may be absent.

    Nothing in it is shared with `document`; NumPy's numbers and arrays become plain ones.

    Raises
    ------
    TypeError
        If `document` is not a whole document, such as one axis.
    ValueError
        If `extra` holds a name that belongs to a known member.
    InvalidDocument
        If an attribute holds what has no place in JSON, or an object of another type than its class declares.
    """
    version = version_of_object(document)
    if version is None:
        raise TypeError(f"{type(document).__name__} is not a whole document; a whole one is what parse() returns")
    from zarr_spaces.document.gate import plain
    from zarr_spaces.document.source import MALFORMED, unwritable

    try:
        written = dumper(version)(document)
    except MALFORMED as error:
        raise InvalidDocument(Report((unwritable(error),))) from error
    value, findings = plain(written)
    if findings:
        raise InvalidDocument(Report(findings))
    out: dict[str, Any] = value
    return out
