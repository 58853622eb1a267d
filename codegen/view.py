"""The structural view of the schemas: what the generators need, without what only validators need.

Constraints beside a `$ref`, conditions, bounds and patterns shape no class; left in, they split classes or add
meaningless ones. The view drops them, and with them the definitions that nothing structural refers to.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from codegen.sources import resolve

if TYPE_CHECKING:
    from codegen.sources import Schemas

_KEPT = (
    "$schema",
    "$id",
    "title",
    "description",
    "$ref",
    "type",
    "const",
    "enum",
    "required",
    "discriminator",
)


def structural_view(schemas: Schemas) -> Schemas:
    """Reduce every schema file to its structure, and name its folder as a Python package."""
    views = {name: _view(schema) for name, schema in schemas.items()}
    used = _reachable(views)
    for name, view in views.items():
        view["$defs"] = {title: inner for title, inner in view["$defs"].items() if (name, title) in used}
    return {package_path(name): view for name, view in views.items()}


def package_path(name: PurePosixPath) -> PurePosixPath:
    """Rename version folders so that they can be imported.

    >>> package_path(PurePosixPath("ome_zarr/0.6/axes.json"))
    PurePosixPath('ome_zarr/v0_6/axes.json')
    """
    parts = ["v" + part.replace(".", "_") if part[0].isdigit() else part for part in name.parts]
    return PurePosixPath(*parts)


def _view(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema and "$defs" not in schema:
        return {key: schema[key] for key in ("description", "$ref") if key in schema}
    view = {key: value for key, value in schema.items() if key in _KEPT}
    if "items" in schema:
        view["items"] = _view(schema["items"])
    if "oneOf" in schema:
        view["oneOf"] = [_view(branch) for branch in schema["oneOf"]]
    for key in ("properties", "$defs"):
        if key in schema:
            view[key] = {name: _view(inner) for name, inner in schema[key].items()}
    return view


def _reachable(views: Schemas) -> set[tuple[PurePosixPath, str]]:
    used: set[tuple[PurePosixPath, str]] = set()
    waiting = [resolve(name, view["$ref"]) for name, view in views.items()]
    while waiting:
        name, title = waiting.pop()
        if (name, title) not in used:
            used.add((name, title))
            waiting += [resolve(name, reference) for reference in references(views[name]["$defs"][title])]
    return used


def references(view: Any) -> list[str]:
    """List every `$ref` in a part of a view."""
    if isinstance(view, list):
        return [reference for inner in view for reference in references(inner)]
    if isinstance(view, dict):
        found = [view["$ref"]] if "$ref" in view else []
        return found + [
            reference for key, inner in view.items() if key != "discriminator" for reference in references(inner)
        ]
    return []
