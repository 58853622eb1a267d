"""What a schema file must keep to, beyond being a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen.sources import resolve
from zarr_spaces.schemas import ID_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from codegen.sources import Schemas

# Keywords on which the two validators agree and which the generator or the wording of errors understands.
# Left out on purpose: default (would be injected and break round trips), multipleOf and format (the engines
# differ), additionalProperties (unknown members are always allowed), patternProperties and $dynamicRef.
_PLAIN = {
    "$schema", "$id", "$ref", "$comment", "title", "description", "errorMessage", "discriminator", "type", "const",
    "enum", "required", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minimum", "maximum",
    "exclusiveMinimum", "minLength", "pattern",
}  # fmt: skip
_ONE = {"items", "contains", "not", "if", "then", "else"}
_MANY = {"anyOf", "oneOf", "allOf", "prefixItems"}
_NAMED = {"properties", "$defs"}
_END = r"$(?!\n)"  # Python's $ also matches before a final newline, the compiled engine's does not


def lint(schemas: Schemas) -> list[str]:
    """Return one line for each fault, with file and place."""
    return [f"schemas/{name}: {fault}" for name, schema in schemas.items() for fault in _file(name, schema, schemas)]


def _file(name: PurePosixPath, schema: dict[str, Any], schemas: Schemas) -> Iterator[str]:
    if schema.get("$id") != ID_BASE + str(name):
        yield f"$id must be {ID_BASE}{name}"
    if "$schema" not in schema:
        yield "$schema is missing"
    for key in ("title", "description", "$ref", "$defs"):
        if key not in schema:
            yield f"the root needs {key}"
    for title, definition in schema.get("$defs", {}).items():
        place = f"#/$defs/{title}"
        if definition.get("title") != title:
            yield f"{place}: title must repeat the definition's name"
        for key in ("description", "$comment"):
            if key not in definition:
                yield f"{place}: {key} is missing ($comment names the section of the specification)"
        for member, inner in definition.get("properties", {}).items():
            if definition.get("type") == "object" and "description" not in inner:
                yield f"{place}/properties/{member}: description is missing"
    yield from _keywords(name, schema, "#", schemas)


def _keywords(name: PurePosixPath, schema: dict[str, Any], place: str, schemas: Schemas) -> Iterator[str]:
    for key, value in schema.items():
        here = f"{place}/{key}"
        if key in _ONE:
            yield from _keywords(name, value, here, schemas)
        elif key in _MANY:
            for index, inner in enumerate(value):
                yield from _keywords(name, inner, f"{here}/{index}", schemas)
        elif key in _NAMED:
            for member, inner in value.items():
                yield from _keywords(name, inner, f"{here}/{member}", schemas)
        elif key not in _PLAIN:
            yield f"{here}: keyword not in use here, see codegen/lint.py"
    if "items" in schema and "prefixItems" in schema:
        yield f"{place}: prefixItems beside items changes what items means"
    for key in ("anyOf", "not"):  # no wording can be derived from a failing alternative
        if key in schema and "errorMessage" not in schema and not place.endswith("/if"):
            yield f"{place}/{key}: needs an errorMessage"
    if (pattern := schema.get("pattern")) is not None:
        if not (pattern.startswith("^") and pattern.endswith(_END)):
            yield f"{place}/pattern: must start with ^ and end with {_END}"
        if any(escape in pattern for escape in (r"\d", r"\w", r"\s", r"\b")):
            yield f"{place}/pattern: spell character classes out, the engines differ on them"
    if (reference := schema.get("$ref")) is not None:
        target, title = resolve(name, reference)
        if title not in schemas.get(target, {}).get("$defs", {}):
            yield f"{place}/$ref: {reference} leads nowhere"
    if "oneOf" in schema:
        yield from _union(name, schema, place, schemas)


def _union(name: PurePosixPath, schema: dict[str, Any], place: str, schemas: Schemas) -> Iterator[str]:
    discriminator = schema.get("discriminator")
    if discriminator is None:
        yield f"{place}/oneOf: needs a discriminator"
        return
    branches = [branch.get("$ref") for branch in schema["oneOf"]]
    if branches != list(discriminator["mapping"].values()):
        yield f"{place}/discriminator: must map to the branches of oneOf, in their order"
    for tag, reference in discriminator["mapping"].items():
        target, title = resolve(name, reference)
        definition = schemas.get(target, {}).get("$defs", {}).get(title, {})
        member = discriminator["propertyName"]
        if definition.get("properties", {}).get(member, {}).get("const") != tag:
            yield f"{place}/discriminator: {title} needs {member} with the const {tag}"
        if member not in definition.get("required", ()):
            yield f"{place}/discriminator: {title} must require {member}"
