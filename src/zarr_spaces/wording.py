"""How a rejection is put into words.

The schema as written decides. For words it is rewritten once: a union becomes a choice by its tag, so that an error
names the exact member instead of stopping at the union.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from zarr_spaces.excerpt import LARGE, Excerpt, holds_more
from zarr_spaces.findings import Finding, Level, Severity, value_at
from zarr_spaces.kept import LEFT_OUT, Kept
from zarr_spaces.quoting import closest, quote
from zarr_spaces.schemas import Schema, Validator, bundled, closure, make_validator, resolve, same_items, validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zarr_spaces.findings import Pointer


@functools.cache
def _wording(root: str, *, compiled: bool | None = None) -> tuple[Validator, dict[str, Schema]]:
    schemas = {name: _dispatched(schema) for name, schema in closure(root).items()}
    return make_validator(schemas, root, compiled=compiled), schemas


def schema_findings(
    root: str, document: Any, limit: int | None = None, *, compiled: bool | None = None
) -> list[Finding]:
    """Say what the schema file `root` finds wrong with a document, one finding for each fault; empty if accepted.

    At most `limit` findings are worded. Of a large document the faults around the first one are told.
    """
    if validator(root, compiled=compiled).is_valid(document):
        return []
    worded, schemas = _wording(root, compiled=compiled)
    if holds_more(document, LARGE):
        if findings := _word(_faults_around(worded, document), document, schemas, root, limit):
            return [*findings, _MORE]
    elif findings := _word(worded.iter_faults(document), document, schemas, root, limit):
        return findings
    # A rejection never gets lost, even where the schema for words is content.
    decisive = validator(root, compiled=compiled)
    faults = _faults_around(decisive, document) if holds_more(document, LARGE) else decisive.iter_faults(document)
    return _word(faults, document, bundled(), root, limit)


_MORE = Finding(
    rule=LEFT_OUT,
    severity=Severity.INFO,
    level=Level.SCHEMA,
    pointer=(),
    message=f"there may be more: in a document of over {LARGE:,} values, faults are looked for near the first one only",
    hint="mend those that are listed, and check again",
)


def _faults_around(engine: Validator, document: Any) -> list[tuple[Pointer, Pointer]]:
    """List faults at the beginning of a large document, else the first one and those behind it."""
    if faults := _faults_in(Excerpt(document), engine):
        return faults
    first = engine.first_fault(document)
    return [first, *_faults_in(Excerpt(document, first[0]), engine)] if first is not None else []


def _faults_in(part: Excerpt, engine: Validator) -> list[tuple[Pointer, Pointer]]:
    faults = engine.iter_faults(part.value)
    return [(part.in_document(pointer), path) for pointer, path in faults if part.holds(pointer, str(path[-1]))]


_UNION = ("oneOf", "discriminator", "errorMessage")


def _dispatched(schema: Any) -> Any:
    """Rewrite every tagged union as a choice by its tag."""
    if isinstance(schema, list):
        return [_dispatched(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if "discriminator" not in schema:
        return {key: _dispatched(inner) for key, inner in schema.items()}
    out = {key: _dispatched(inner) for key, inner in schema.items() if key not in _UNION}
    member, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
    known = {"enum": list(mapping)} | ({"errorMessage": schema["errorMessage"]} if "errorMessage" in schema else {})
    out |= {"type": "object", "required": [member], "properties": {member: known}}
    out["allOf"] = [
        {
            "if": {"required": [member], "properties": {member: {"const": tag}}},
            "then": {"$ref": reference},
        }
        for tag, reference in mapping.items()
    ]
    return out


_HINTS = 50  # findings with hints that take a search for likely names


def _word(
    faults: Iterable[tuple[Pointer, Pointer]],
    document: Any,
    schemas: Mapping[str, Schema],
    root: str,
    limit: int | None,
) -> list[Finding]:
    # Two definitions that meet at one place may say the same of it; of equal words, those that help most stay.
    findings: dict[tuple[str, Pointer, str], Finding] = {}
    beyond = set()
    for pointer, path in faults:
        if limit is not None and len(findings) > limit:
            beyond.add((pointer, path[-1]))
            continue
        visited = _follow("", {"$ref": root}, path, schemas)
        *_, parent, value = visited
        keyword = str(path[-1])
        instance = value_at(document, pointer)
        comments = [step["$comment"] for step in visited if isinstance(step, dict) and "$comment" in step]
        for message, hint in _words(keyword, value, parent, instance, len(findings) < _HINTS):
            finding = Finding(
                rule=rule_of(keyword),
                severity=Severity.ERROR,
                level=Level.SCHEMA,
                pointer=pointer,
                message=message,
                hint=hint,
                section=comments[-1] if comments else None,
            )
            key = (finding.rule, finding.pointer, finding.message)
            findings[key] = min(findings.get(key, finding), finding, key=_helpfulness)
    kept = Kept(limit)
    for finding in findings.values():
        kept.add(finding)
    for _ in beyond:
        kept.skip(Severity.ERROR)
    return kept.findings()


def rule_of(keyword: str) -> str:
    """Return the rule id of the findings that a failing keyword leads to.

    >>> rule_of("minItems")
    'schema-min-items'
    """
    return "schema-" + re.sub("[A-Z]", lambda capital: "-" + capital[0].lower(), keyword)


def _helpfulness(finding: Finding) -> tuple[bool, str, str]:
    return finding.hint is None, finding.section or "", finding.hint or ""


def _follow(name: str, schema: Any, path: tuple[Any, ...], schemas: Mapping[str, Schema]) -> list[Any]:
    """List the schemas on the way to a failed keyword, the keyword's value last."""
    if not path:
        return [schema]
    step, rest = path[0], path[1:]
    if isinstance(schema, list):
        return [schema, *_follow(name, schema[step], rest, schemas)]
    if step != "$ref" and step in schema:
        try:
            return [schema, *_follow(name, schema[step], rest, schemas)]
        except (KeyError, IndexError):
            # One engine leaves $ref out of its paths: the step may belong to what the reference leads to.
            if "$ref" not in schema:
                raise
    target, fragment = resolve(name, schema["$ref"])
    inner: Any = schemas[target]
    for part in fragment.split("/")[1:]:
        inner = inner[part]
    return [schema, *_follow(target, inner, rest if step == "$ref" else path, schemas)]


_TYPES = {
    "object": "an object", "array": "an array", "string": "a string", "number": "a number",
    "integer": "a whole number", "boolean": "true or false", "null": "null",
}  # fmt: skip


def _words(keyword: str, value: Any, parent: Any, instance: Any, likely: bool) -> Iterator[tuple[str, str | None]]:
    """Yield message and hint for one failed keyword; `likely` asks to look for names that may have been meant."""
    schema: Schema = parent if isinstance(parent, dict) else {}
    hint = schema.get("description")
    if "errorMessage" in schema and keyword == "enum":
        close = closest(instance, value) if likely and isinstance(instance, str) else None
        yield f"{schema['errorMessage']}, not {_shown(instance)}", f"did you mean {close}?" if close else hint
    elif "errorMessage" in schema:
        yield schema["errorMessage"], hint
    elif keyword == "required":
        members = schema.get("properties", {})
        for name in value:
            if name not in instance:
                description = members.get(name, {}).get("description")
                hint = f"{name}: {description}" if description else None
                unknown = [key for key in instance if key not in members] if likely else []
                if close := closest(name, unknown, 0.75):
                    hint = f"did you mean to write {name} for {quote(close)}?"
                yield f"the member {name} is missing", hint
    elif keyword == "type" and isinstance(instance, str) and set(schema.get("properties", ())) == {"name", "path"}:
        # The drafts before 0.6 wrote a reference as a string; the message is for those who have such a document.
        hint = f'older drafts wrote a string: write {{"name": {quote(instance)}}}, or {{"path": ...}} for an array'
        yield f"must be an object, is {_shown(instance)}", hint.replace("'", '"')
    elif keyword == "type":
        wanted = " or ".join(_TYPES[name] for name in ([value] if isinstance(value, str) else value))
        yield f"must be {wanted}, is {_shown(instance)}", hint
    elif keyword == "const":
        yield f"must be {quote(value)}, is {_shown(instance)}", hint
    elif keyword == "enum":
        close = _meant(instance, value) if likely and isinstance(instance, str) else None
        listed = ", ".join(map(str, value))
        known = f"did you mean {close}? Known: {listed}" if close else f"known: {listed}"
        if not isinstance(instance, str) and all(isinstance(item, str) for item in value):
            yield f"must be a string, is {_shown(instance)}", f'{known}; write it in quotes, such as "{value[0]}"'
        else:
            yield f"{quote(instance)} is not among the values known here", known
    elif keyword in _BOUNDS:
        yield (
            _BOUNDS[keyword].format(
                value=value, count=len(instance) if isinstance(instance, list) else quote(instance)
            ),
            hint,
        )
    elif keyword == "uniqueItems" and isinstance(instance, list):
        first, second = same_items(instance) or (0, 0)
        yield (
            f"the entries {first} and {second} are equal: {quote(instance[second])}",
            "let every entry stand only once",
        )
    else:
        yield f"{quote(instance)} does not satisfy {keyword}: {quote(value)}", hint


# Names that the field uses for what specifications call otherwise, so that spelling does not lead there.
_SYNONYMS = {
    "bicubic": "cubic", "majority": "mode", "maximum": "max", "mean": "average", "median": "med", "minimum": "min",
}  # fmt: skip


def _meant(instance: str, known: list[Any]) -> str | None:
    """Guess which of the known values was meant: by a usual name of it, else by the spelling."""
    synonym = _SYNONYMS.get(instance.lower())
    return synonym if synonym is not None and synonym in known else closest(instance, known)


_BOUNDS = {
    "minItems": "has too few entries: {count}, at least {value} needed",
    "maxItems": "has too many entries: {count}, at most {value} allowed",
    "minimum": "must be at least {value}, is {count}",
    "maximum": "must be at most {value}, is {count}",
    "exclusiveMinimum": "must be greater than {value}, is {count}",
    "minLength": "must not be empty",
    "pattern": "{count} has not the expected form",
}


def _shown(instance: Any) -> str:
    if isinstance(instance, dict):
        return "an object"
    if isinstance(instance, list | tuple):
        return "an array" if instance else "an empty array"
    return (
        quote(instance)
        if instance is None or isinstance(instance, bool | int | float)
        else f"the string {quote(instance)}"
    )
