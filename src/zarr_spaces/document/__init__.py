"""From bytes to typed objects and findings: `parse`, `check` and `dump`.

The modules, in the order in which a document meets them:

judging    chooses the way
quick      the way of decoded JSON that the schema accepts, as nearly all of it is
careful    the way of everything else, with every fault in words and in its place
source     what a document may be given as; files
decode     text to values; with refusals, syntax, tokens and locate, which tell what is wrong with a text, and where
gate       Python's other types: harmless, made plain, or refused
limits     how much is read and told
detect     which specifications and versions it follows
verdict    from the typed document to the findings of the rules
reading    the other purpose: what can be used of a document; mending takes out what cannot
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from zarr_spaces.document.judging import judge
from zarr_spaces.document.limits import DEFAULT, Limits
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.findings import Finding, Level, Report, Severity
from zarr_spaces.model import Model
from zarr_spaces.versions import VERSIONS, dumper, version_of_model, version_of_object

if TYPE_CHECKING:
    from zarr_spaces._generated.bindings.composition import GeoAttributes
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import OmeZarr
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import ZarrMultiscales
    from zarr_spaces.node_view import NodeView

    Document = OmeZarr | ZarrMultiscales | GeoAttributes
    """The typed object of a whole document."""

M = TypeVar("M", bound=Model)

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


@overload
def parse(
    source: Source, *, level: Level | str = ..., strict: bool = ..., limits: Limits = ...
) -> OmeZarr | ZarrMultiscales | GeoAttributes: ...
@overload
def parse(
    source: Source, model: type[M], *, level: Level | str = ..., strict: bool = ..., limits: Limits = ...
) -> M: ...
def parse(
    source: Source,
    model: Any = None,
    *,
    level: Level | str = Level.DOCUMENT,
    strict: bool = False,
    limits: Limits = DEFAULT,
) -> Any:
    """Turn a document into its typed object.

    Parameters
    ----------
    source : str, bytes, os.PathLike, mapping or typed object
        As for `check`.
    model : type, optional
        The class that is expected, such as ``zarr_spaces.ome_zarr.v0_6.OmeZarr``: then anything else is an error, and
        type checkers know what they get. Without it the class is that of the version which the document declares; of
        a document with metadata of several specifications, that of OME-Zarr comes first.
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
        As `check`; `TypeError` also if `model` is no class of whole documents.

    Examples
    --------
    >>> from zarr_spaces.ome_zarr.v0_6 import OmeZarr
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
    ...     },
    ...     OmeZarr,
    ... )
    >>> image.ome.multiscales[0].datasets[0].coordinate_transformations[0].scale
    [0.5, 0.5]
    """
    if model is not None and (not isinstance(model, type) or version_of_model(model) is None):
        known = ", ".join(version.model.partition(":")[2] for version in VERSIONS)
        raise TypeError(f"model must be the class of a whole document ({known}), is {model!r}")
    report, documents = judge(source, _level(level), None, limits)
    if strict:
        report = report.strict()
    if not documents or not report.valid:
        raise InvalidDocument(report)
    if model is None:
        return documents[0]
    for document in documents:
        if type(document) is model:
            return document
    raise InvalidDocument(Report((_unexpected(model, report),), report.versions))


def _unexpected(model: type[Model], report: Report) -> Finding:
    wanted = version_of_model(model)
    asked = wanted.key if wanted is not None else model.__name__
    return Finding(
        rule="version-unexpected",
        severity=Severity.ERROR,
        level=Level.SCHEMA,
        pointer=(),
        message=f"this is {' and '.join(report.versions)}, not the {asked} asked for",
        hint="leave model out to take what is there",
    )


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
    # What was read from a text may be as large as a text.
    value, findings = plain(written, Limits(values=DEFAULT.text_values))
    if findings:
        raise InvalidDocument(Report(findings))
    out: dict[str, Any] = value
    return out
