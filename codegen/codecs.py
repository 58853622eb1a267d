"""The codecs: one plain load and one plain dump function for each generated class.

Plain attribute stores on an object made without `__init__` are several times as fast as any library that
inspects types at run time, and a reader can step through them.

A loader may be given what no schema has accepted yet: it ends, with an object or with an exception, whatever that is.
Where definitions nest in themselves, `room` tells how deep they still may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.bindings import HEADER
from codegen.sources import resolve
from codegen.view import references

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from codegen.sources import Schemas

FieldNames = dict[tuple[str, str], dict[str, str]]
Definition = tuple["PurePosixPath", str]


_MANY = 6  # optional members


def generate_codecs(view: Schemas, field_names: FieldNames) -> dict[PurePosixPath, str]:
    """Write one codec module for each schema file, and the packages around them."""
    files: dict[PurePosixPath, str] = {}
    nesting = nesting_definitions(view)
    for name, schema in view.items():
        files[name.with_suffix(".py")] = _Module(name, view, field_names, nesting).write(schema)
        for parent in name.parents:
            files[parent / "__init__.py"] = f"{HEADER}\n"
    return files


def snake(title: str) -> str:
    """Write a class name as the tail of a function name.

    >>> snake("ByDimensionItem")
    'by_dimension_item'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", title).lower()


def nesting_definitions(view: Schemas) -> set[Definition]:
    """Find the definitions whose objects can hold objects of one definition inside each other, however deep.

    The branches of a union among them are counted in: all branches are loaded by the same call.
    """
    targets = {
        (name, title): {resolve(name, reference) for reference in references(inner)}
        for name, schema in view.items()
        for title, inner in schema["$defs"].items()
    }
    reached = {definition: set(inner) for definition, inner in targets.items()}
    for _ in targets:
        for inner in reached.values():
            inner |= {further for target in inner for further in reached[target]}
    nesting = {
        definition
        for definition, inner in reached.items()
        if any(target in reached[target] for target in inner | {definition})
    }
    unions = [definition for definition in nesting if "oneOf" in view[definition[0]]["$defs"][definition[1]]]
    return nesting | {branch for union in unions for branch in targets[union]}


def _is_plain(definition: dict[str, Any]) -> bool:
    """Tell whether a definition is that of a list of words, which need no codec."""
    return "enum" in definition


def _type(schema: dict[str, Any]) -> str | None:
    """Return the type of a value that is there: null is the same as an absent member, and never gets so far."""
    kind = schema.get("type")
    if isinstance(kind, list):
        (kind,) = (inner for inner in kind if inner != "null")
    return kind


def _bound(value: str) -> tuple[str, str]:
    """Give a value a name, if it has none, and write the expression that does."""
    return (value, value) if value.isidentifier() else ("v", f"(v := {value})")


class _Module:
    """Writes the codec module of one schema file."""

    def __init__(self, name: PurePosixPath, view: Schemas, field_names: FieldNames, nesting: set[Definition]) -> None:
        self.name = name
        self.view = view
        self.field_names = field_names
        self.nesting = nesting
        self.imports: dict[str, set[str]] = {"zarr_spaces.model": {"add_extra", "free_members"}}
        self.tables: list[str] = []  # they name functions, so they stand at the module's end

    def write(self, schema: dict[str, Any]) -> str:
        coded = {title: inner for title, inner in schema["$defs"].items() if not _is_plain(inner)}
        blocks = [self._definition(title, inner) for title, inner in coded.items()]
        bindings = self._import_path("bindings", self.name)
        classes = sorted(coded)
        head = [
            HEADER,
            "",
            "from __future__ import annotations",
            "",
            "from collections.abc import Callable, Mapping",
        ]
        head += ["from typing import Any", "", f"from {bindings} import {', '.join(classes)}"]
        head += [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(self.imports.items())]
        head += ["", "_new = object.__new__"]
        return "\n".join(head) + "\n" + "".join(blocks) + "".join("\n" + table for table in self.tables)

    def _import_path(self, kind: str, name: PurePosixPath) -> str:
        return ".".join(("zarr_spaces", "_generated", kind, *name.with_suffix("").parts))

    def _definition(self, title: str, schema: dict[str, Any]) -> str:
        if "oneOf" in schema:
            return self._union(title, schema)
        return self._class(title, schema)

    def _room(self, title: str) -> str:
        """Write the parameter of a loader that tells how deep its objects may nest, where they can."""
        if (self.name, title) not in self.nesting:
            return ""
        self._need("ROOM")
        return ", room: int = ROOM"

    def _need(self, name: str) -> str:
        self.imports["zarr_spaces.model"].add(name)
        return name

    def _union(self, title: str, schema: dict[str, Any]) -> str:
        tags = schema["discriminator"]["mapping"]
        member = schema["discriminator"]["propertyName"]
        loads = "\n".join(f'    "{tag}": {self._function("load", reference)},' for tag, reference in tags.items())
        dumps = "\n".join(f"    {self._class_name(r)}: {self._function('dump', r)}," for r in tags.values())
        name = snake(title)
        table = name.upper()
        room = self._room(title)
        self.tables.append(f"""
_LOAD_{table}: dict[str, Callable[..., {title}]] = {{
{loads}
}}
_DUMP_{table}: dict[type, Callable[[Any], dict[str, Any]]] = {{
{dumps}
}}
""")
        return f'''

def load_{name}(data: Mapping[str, Any]{room}) -> {title}:
    """Build the `{title}` that the member {member} names."""
    return _LOAD_{table}[data["{member}"]](data{", room" if room else ""})


def dump_{name}(obj: {title}) -> dict[str, Any]:
    """Write a `{title}` as a JSON object."""
    return _DUMP_{table}[type(obj)](obj)

'''

    def _class(self, title: str, schema: dict[str, Any]) -> str:
        module = ".".join(self.name.with_suffix("").parts)
        fields = {wire: f"obj.{name}" for wire, name in self.field_names[module, title].items()}
        # Required members first, then the rest in the schema's order: what a reader expects in a written file.
        required = {wire: inner for wire, inner in schema["properties"].items() if wire in schema.get("required", ())}
        optional = {wire: inner for wire, inner in schema["properties"].items() if wire not in required}
        name = snake(title)
        known = f"_{name.upper()}"
        names = ", ".join(f'"{wire}"' for wire in schema["properties"])
        room = self._room(title)
        return "\n".join([
            "",
            "",
            f"{known} = frozenset(({names},))",
            "",
            "",
            f"def load_{name}(data: Mapping[str, Any]{room}) -> {title}:",
            f'    """Build a `{title}` from its JSON object."""',
            *self._stop(schema, room),
            f"    obj = _new({title})",
            *self._load_required(required, fields),
            *self._load_optional(optional, fields, len(required)),
            f"    if len(data) != {'count' if optional else len(required)}:",
            f"        obj.extra = free_members(data, {known})",
            "    return obj",
            "",
            "",
            f"def dump_{name}(obj: {title}) -> dict[str, Any]:",
            f'    """Write a `{title}` as a JSON object, absent members left out."""',
            "    out: dict[str, Any] = {",
            *(f'        "{wire}": {self._dump(inner, fields[wire])},' for wire, inner in required.items()),
            "    }",
            *(
                line
                for wire, inner in optional.items()
                for line in (
                    f"    if {fields[wire]} is not None:",
                    f'        out["{wire}"] = {self._dump(inner, fields[wire])}',
                )
            ),
            "    if obj.extra:",
            f"        add_extra(out, obj.extra, {known})",
            "    return out",
            "",
        ])  # fmt: skip

    def _stop(self, schema: dict[str, Any], room: str) -> list[str]:
        """Write the end of the nesting, where an object holds others that can nest."""
        if not room or not any(resolve(self.name, reference) in self.nesting for reference in references(schema)):
            return []
        return ["    if room < 0:", f"        raise {self._need('TooDeep')}"]

    def _load_required(self, members: dict[str, Any], fields: dict[str, str]) -> list[str]:
        return [f"    {fields[wire]} = " + self._load(inner, f'data["{wire}"]') for wire, inner in members.items()]

    def _load_optional(self, members: dict[str, Any], fields: dict[str, str], required: int) -> list[str]:
        if not members:
            return []
        lines = []
        if required:  # many objects have nothing but what is required
            targets = " = ".join(fields[wire] for wire in members)
            lines += [f"    if len(data) == {required}:", f"        {targets} = None", "        return obj"]
        # Known members are counted; where one is null the count is too low, which costs time only.
        lines.append(f"    count = {required}")
        for index, (wire, inner) in enumerate(members.items()):
            if index == 1 and len(members) >= _MANY:  # of many, mostly only the first is there
                targets = " = ".join(fields[other] for other in list(members)[1:])
                lines += ["    if len(data) == count:", f"        {targets} = None", "        return obj"]
            lines += [
                f'    value = data.get("{wire}")',
                "    if value is None:",
                f"        {fields[wire]} = None",
                "    else:",
                f"        {fields[wire]} = {self._load(inner, 'value')}",
                "        count += 1",
            ]
        return lines

    def _load(self, schema: dict[str, Any], value: str) -> str:
        """Write what loads one value; the value itself where there is nothing to do."""
        if "$ref" in schema:
            target, title = resolve(self.name, schema["$ref"])
            if _is_plain(self.view[target]["$defs"][title]):
                return value
            return self._call(target, title, schema["$ref"], value)
        match _type(schema):
            case "integer" if "const" not in schema:
                # 1.0 is an integer to JSON Schema
                name, bound = _bound(value)
                return f"{name} if type({bound}) is int else int({name})"
            case "string" if "const" not in schema and "enum" not in schema:
                name, bound = _bound(value)
                return f"{name} if {bound}.isascii() else {self._need('text')}({name})"
            case "object":
                return f"{self._need('free')}({value})"
            case "number":
                name, bound = _bound(value)
                return f"{name} if type({bound}) is float else {self._need('number')}({name})"
            case "array" if schema["items"].get("type") == "number":
                # Adding up is the quickest way to find out that there are only numbers, none of them foreign.
                name, bound = _bound(value)
                return f"list({name}) if type(sum({bound}, 0.0)) is float else {self._need('numbers')}({name})"
            case "array":
                inner = self._load(schema["items"], "v")
                return f"list({value})" if inner == "v" else f"[{inner} for v in {value}]"
        return value

    def _call(self, target: PurePosixPath, title: str, reference: str, value: str) -> str:
        nests = (target, title) in self.nesting
        # Only a step from one object into the next of its kind makes the room smaller.
        room = (", room - 1" if self._is_union(target, title) else ", room") if nests else ""
        if target == self.name and self._is_union(target, title) and value.isidentifier():
            member = self.view[target]["$defs"][title]["discriminator"]["propertyName"]
            return f'_LOAD_{snake(title).upper()}[{value}["{member}"]]({value}{room})'
        return f"{self._function('load', reference)}({value}{room})"

    def _is_union(self, target: PurePosixPath, title: str) -> bool:
        return "oneOf" in self.view[target]["$defs"][title]

    def _dump(self, schema: dict[str, Any], value: str) -> str:
        """Write what dumps one value."""
        if "$ref" in schema:
            target, title = resolve(self.name, schema["$ref"])
            is_plain = _is_plain(self.view[target]["$defs"][title])
            return value if is_plain else f"{self._function('dump', schema['$ref'])}({value})"
        if _type(schema) == "object":
            return f"dict({value})"
        if _type(schema) == "array":
            inner = self._dump(schema["items"], "v")
            return f"list({value})" if inner == "v" else f"[{inner} for v in {value}]"
        return value

    def _class_name(self, reference: str) -> str:
        target, title = resolve(self.name, reference)
        if target != self.name:
            self.imports.setdefault(self._import_path("bindings", target), set()).add(title)
        return title

    def _function(self, verb: str, reference: str) -> str:
        target, title = resolve(self.name, reference)
        function = f"{verb}_{snake(title)}"
        if target != self.name:
            self.imports.setdefault(self._import_path("codecs", target), set()).add(function)
        return function
