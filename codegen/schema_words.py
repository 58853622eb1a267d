"""Schemas in words: the type of a value, the members of an object, and what a schema demands beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from codegen.markdown import code, text, verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Link = Callable[[str], str]
    """Turns a reference into a Markdown link."""

# Keywords that name a type, hold schemas of their own or only tell something: all others are demands.
_NO_DEMANDS = {
    "title", "description", "$comment", "errorMessage", "type", "properties", "required", "items", "prefixItems",
    "const", "enum", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "minLength",
    "$ref", "oneOf", "discriminator", "allOf", "if", "then", "else",
}  # fmt: skip
_END = r"(?!\n)"  # part of every pattern here, and only there because of the engines


class Member(NamedTuple):
    """One line of a table of members."""

    name: str
    """With the way that leads to it, where it stands deeper: ``input.path``, ``transformations[0].type``."""
    type: str
    required: bool
    description: str
    reference: str | None
    """The definition that describes it, where one does."""


def type_words(schema: dict[str, Any], link: Link, *, many: bool = False) -> str:
    """Say of what type a value is, in Markdown; empty where the schema leaves it open."""
    if "$ref" in schema:
        further = [link(part["$ref"]) for part in schema.get("allOf", ()) if "$ref" in part]
        return " and ".join([link(schema["$ref"]), *further])
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return "one of " + ", ".join(map(code, schema["enum"]))
    kind = schema.get("type", "")
    if isinstance(kind, list):
        return " or ".join(_noun(schema | {"type": name}, link, many=many) for name in kind)
    return _noun(schema, link, many=many)


def _noun(schema: dict[str, Any], link: Link, *, many: bool) -> str:
    kind = schema.get("type", "")
    if kind == "array":
        return _array("arrays" if many else "array", schema, link)
    if kind in ("string", "number", "integer", "boolean", "object"):
        words = kind + "s" * many + _range(schema)
        length = schema.get("minLength", 0)
        return f"non-empty {words}" if length == 1 else f"{words} of {length} or more characters" if length else words
    count = count_words(schema)
    return f"{count} entries" if count else str(kind)


def _array(noun: str, schema: dict[str, Any], link: Link) -> str:
    count = count_words(schema)
    items = type_words(schema.get("items", {}), link, many=schema.get("maxItems") != 1)
    of = " ".join(filter(None, (count, items or ("entries" if count else ""))))
    return noun + (f" of {of}" if of else "") + (", all different" if schema.get("uniqueItems") else "")


def count_words(schema: dict[str, Any]) -> str:
    """Say how many entries an array has; empty where that is open."""
    low, high = schema.get("minItems", 0), schema.get("maxItems")
    if high is not None:
        return f"{low}" if low == high else f"{low} to {high}"
    return f"{low} or more" if low else ""


def _range(schema: dict[str, Any]) -> str:
    low, high, above = schema.get("minimum"), schema.get("maximum"), schema.get("exclusiveMinimum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    bounds = [f" {sign} {bound}" for sign, bound in ((">", above), (">=", low), ("<=", high)) if bound is not None]
    return ",".join(bounds)


def members(schema: dict[str, Any], link: Link, prefix: str = "") -> Iterator[Member]:
    """List the members that a schema names, those of schemas inside it included."""
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        description = inner.get("description", "")
        yield Member(prefix + name, type_words(inner, link), name in required, description, inner.get("$ref"))
        yield from _inside(inner, prefix + name, link)
    for part in schema.get("allOf", ()):
        yield from members(part, link, prefix)


def _inside(schema: dict[str, Any], at: str, link: Link) -> Iterator[Member]:
    yield from members(schema, link, f"{at}.")
    for index, inner in enumerate(schema.get("prefixItems", ())):
        yield from _inside(inner, f"{at}[{index}]", link)
    if "items" in schema:
        yield from _inside(schema["items"], f"{at}[]", link)


def demands(schema: dict[str, Any], link: Link, at: str = "") -> Iterator[str]:
    """Say in Markdown what a schema demands beyond types and required members, with the place it speaks of.

    The message that a schema has for its own failure is taken where there is one.
    """
    said = text(schema["errorMessage"]) if "errorMessage" in schema else None
    if said is not None:
        yield _at(at, said)
    elif "pattern" in schema:
        yield _at(at, f"matches {verbatim(schema['pattern'].removesuffix(_END))}")
    for key, value in schema.items():
        if key not in _NO_DEMANDS and key != "pattern" and said is None:
            yield _at(at, f"satisfies {code({key: value})}")
    for part in schema.get("allOf", ()):
        if "$ref" not in part:
            yield from demands(part, link, at)
        elif "$ref" not in schema:  # beside a reference it stands in the type
            yield _at(at, f"is a {link(part['$ref'])} as well")
    yield from _conditions(schema, at)
    for name, inner in schema.get("properties", {}).items():
        yield from demands(inner, link, f"{at}.{name}" if at else name)
    for index, inner in enumerate(schema.get("prefixItems", ())):
        yield from demands(inner, link, f"{at}[{index}]")
    if "items" in schema:
        yield from demands(schema["items"], link, f"{at}[]")


def _conditions(schema: dict[str, Any], at: str) -> Iterator[str]:
    if "if" in schema:
        for key, holds in (("then", True), ("else", False)):
            if key in schema:
                yield _at(at, f"{_condition(schema['if'], holds)}: {_consequence(schema[key])}")


def _condition(schema: dict[str, Any], holds: bool) -> str:
    """Say when a condition holds, or when not."""
    if set(schema) == {"not"}:
        return _condition(schema["not"], not holds)
    if set(schema) == {"required"} and len(schema["required"]) == 1:
        return f"{'with' if holds else 'without'} {verbatim(schema['required'][0])}"
    return f"{'where it satisfies' if holds else 'where it does not satisfy'} {code(schema)}"


def _consequence(schema: dict[str, Any]) -> str:
    if "errorMessage" in schema:
        return text(schema["errorMessage"])
    if set(schema) == {"required"}:
        return f"{', '.join(map(verbatim, schema['required']))} required"
    return f"satisfies {code(schema)}"


def _at(at: str, words: str) -> str:
    return f"{verbatim(at)}: {words}" if at else words
