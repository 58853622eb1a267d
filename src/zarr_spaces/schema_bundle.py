"""The schema of a version in one piece: for editors, and for validators that know no other file.

Every definition stands in `$defs` of the one document, and every reference leads there: no registry, no `$id` inside,
nothing to fetch. Editors replace an object that has a `$ref` by what the reference leads to, members beside it lost;
so a reference that has company is written as a part of `allOf`, which means the same to validators.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from zarr_spaces.catalogue import find_version
from zarr_spaces.schemas import ID_BASE, Schema, closure, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFINITIONS = "#/$defs/"

Names = dict[tuple[str, str], str]
"""(file, name of a definition) → its name in the bundle."""


def schema(version: str, *, node: bool = False) -> dict[str, Any]:
    """Return the JSON Schema of a version as one document that refers to nothing outside.

    Parameters
    ----------
    version : str
        Key or tag of a version, such as ``ome-zarr/0.6`` or ``0.6``.
    node : bool
        Whether to describe a whole ``zarr.json`` instead of the attributes in it. Then nodes without this metadata
        pass, such as arrays: the schema can be given to every ``zarr.json`` of a hierarchy.

    Returns
    -------
    dict
        A schema of Draft 2020-12, new for each call.

    Raises
    ------
    UnknownVersion
        If this release has no such version.

    Examples
    --------
    >>> sorted(schema("0.6"))
    ['$comment', '$defs', '$schema', 'allOf', 'description', 'title']
    """
    known = find_version(version)
    files = closure(known.schema)
    names = _names(files)
    definitions = {
        names[name, title]: _local(definition, name, names)
        for name in sorted(files, key=lambda name: (name != known.schema, name))
        for title, definition in files[name]["$defs"].items()
    }
    root = files[known.schema]
    bundle = {
        "$schema": root["$schema"],
        "$comment": f"In one piece what {ID_BASE}{known.schema} refers to; printed by zarr-spaces.",
        "title": root["title"],
        "description": root["description"],
    }
    main = _local({"$ref": root["$ref"]}, known.schema, names)
    if not node:
        return bundle | {"allOf": [main], "$defs": definitions}
    document = definitions[main["$ref"].removeprefix(_DEFINITIONS)]
    return bundle | _node(root, document) | {"$defs": definitions}


def _names(files: Mapping[str, Schema]) -> Names:
    """Choose a name for each definition: its own where no other file has the same, else one that tells the file."""
    counts = Counter(title for schema in files.values() for title in schema["$defs"])
    return {
        (name, title): title if counts[title] == 1 else f"{name.removesuffix('.json').replace('/', '.')}.{title}"
        for name, schema in files.items()
        for title in schema["$defs"]
    }


def _local(value: Any, name: str, names: Names) -> Any:
    """Rewrite the references in a part of file `name`, so that they lead into the bundle."""
    if isinstance(value, list):
        return [_local(inner, name, names) for inner in value]
    if not isinstance(value, dict):
        return value
    out = {key: _local(inner, name, names) for key, inner in value.items() if key != "$ref"}
    if "discriminator" in value:
        mapping = value["discriminator"]["mapping"]
        out["discriminator"]["mapping"] = {tag: _target(to, name, names) for tag, to in mapping.items()}
    if "$ref" in value:
        reference = {"$ref": _target(value["$ref"], name, names)}
        out = out | {"allOf": [reference, *out.get("allOf", ())]} if out else reference
    return out


def _target(reference: str, name: str, names: Names) -> str:
    target, fragment = resolve(name, reference)
    return _DEFINITIONS + names[target, fragment.removeprefix("/$defs/")]


def _node(root: Schema, document: Schema) -> dict[str, Any]:
    """Describe a node whose attributes are the document, or do not hold the metadata at all."""
    attributes = {key: value for key, value in document.items() if key != "required"}
    return {
        "title": f"zarr.json with {root['title']}",
        "description": f"A node of a Zarr v3 hierarchy; where it holds {root['title']} metadata, that is described.",
        "type": "object",
        "required": ["zarr_format", "node_type"],
        "properties": {
            "zarr_format": {"description": "Version of the Zarr format.", "const": 3},
            "node_type": {"description": "Whether the node is a group or an array.", "enum": ["group", "array"]},
            "attributes": attributes,
        },
    }
