"""The codecs: one plain load and one plain dump function for each generated class.

Plain attribute stores on an object made without `__init__` are several times as fast as any library that
inspects types at run time, and a reader can step through them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen.bindings import HEADER
from codegen.sources import resolve

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from codegen.sources import Schemas

FieldNames = dict[tuple[str, str], dict[str, str]]


def generate_codecs(view: Schemas, field_names: FieldNames) -> dict[PurePosixPath, str]:
    """Write one codec module for each schema file, and the packages around them."""
    files: dict[PurePosixPath, str] = {}
    for name, schema in view.items():
        files[name.with_suffix(".py")] = _Module(name, view, field_names).write(schema)
        for parent in name.parents:
            files[parent / "__init__.py"] = f"{HEADER}\n"
    return files


def snake(title: str) -> str:
    """Write a class name as the tail of a function name.

    >>> snake("ByDimensionItem")
    'by_dimension_item'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", title).lower()


class _Module:
    """Writes the codec module of one schema file."""

    def __init__(self, name: PurePosixPath, view: Schemas, field_names: FieldNames) -> None:
        self.name = name
        self.view = view
        self.field_names = field_names
        self.imports: dict[str, set[str]] = {}
        self.tables: list[str] = []  # they name functions, so they stand at the module's end

    def write(self, schema: dict[str, Any]) -> str:
        blocks = [self._definition(title, inner) for title, inner in schema["$defs"].items()]
        bindings = self._import_path("bindings", self.name)
        classes = sorted(title for title in schema["$defs"])
        head = [
            HEADER,
            "",
            "from __future__ import annotations",
            "",
            "from collections.abc import Callable, Mapping",
        ]
        head += ["from typing import Any", "", f"from {bindings} import {', '.join(classes)}"]
        head += [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(self.imports.items())]
        head += ["from zarr_spaces.model import add_extra, free", "", "_new = object.__new__"]
        return "\n".join(head) + "\n" + "".join(blocks) + "".join("\n" + table for table in self.tables)

    def _import_path(self, kind: str, name: PurePosixPath) -> str:
        return ".".join(("zarr_spaces", "_generated", kind, *name.with_suffix("").parts))

    def _definition(self, title: str, schema: dict[str, Any]) -> str:
        if "oneOf" in schema:
            return self._union(title, schema)
        return self._class(title, schema)

    def _union(self, title: str, schema: dict[str, Any]) -> str:
        tags = schema["discriminator"]["mapping"]
        member = schema["discriminator"]["propertyName"]
        loads = "\n".join(f'    "{tag}": {self._function("load", reference)},' for tag, reference in tags.items())
        dumps = "\n".join(f"    {self._class_name(r)}: {self._function('dump', r)}," for r in tags.values())
        name = snake(title)
        table = name.upper()
        self.tables.append(f"""
_LOAD_{table}: dict[str, Callable[[Mapping[str, Any]], {title}]] = {{
{loads}
}}
_DUMP_{table}: dict[type, Callable[[Any], dict[str, Any]]] = {{
{dumps}
}}
""")
        return f'''

def load_{name}(data: Mapping[str, Any]) -> {title}:
    """Build the `{title}` that the member {member} names."""
    return _LOAD_{table}[data["{member}"]](data)


def dump_{name}(obj: {title}) -> dict[str, Any]:
    """Write a `{title}` as a JSON object."""
    return _DUMP_{table}[type(obj)](obj)

'''

    def _class(self, title: str, schema: dict[str, Any]) -> str:
        module = ".".join(self.name.with_suffix("").parts)
        fields = self.field_names[module, title]
        required = set(schema.get("required", ()))
        name = snake(title)
        known = f"_{name.upper()}"
        load = [f"    obj = _new({title})"]
        dump = ["    out: dict[str, Any] = {"]
        optional: list[str] = []
        # Required members first, then the rest in the schema's order: what a reader expects in a written file.
        for wire, inner in sorted(schema["properties"].items(), key=lambda item: item[0] not in required):
            attribute = f"obj.{fields[wire]}"
            if wire in required:
                value = f'data["{wire}"]'
                load.append(f"    {attribute} = {self._expression('load', inner, value)}")
                dump.append(f'        "{wire}": {self._expression("dump", inner, attribute)},')
                continue
            plain = self._expression("load", inner, "value") == "value"
            if plain:
                load.append(f'    {attribute} = data.get("{wire}")')
            else:
                load.append(f'    value = data.get("{wire}")')
                load.append(f"    {attribute} = None if value is None else {self._expression('load', inner, 'value')}")
            optional.append(f"    if {attribute} is not None:")
            optional.append(f'        out["{wire}"] = {self._expression("dump", inner, attribute)}')
        dump.append("    }")
        names = ", ".join(f'"{wire}"' for wire in schema["properties"])
        return "\n".join([
            "",
            "",
            f"{known} = frozenset(({names},))",
            "",
            "",
            f"def load_{name}(data: Mapping[str, Any]) -> {title}:",
            f'    """Build a `{title}` from its JSON object, which must have passed the schema."""',
            *load,
            f"    obj.extra = {{}} if data.keys() <= {known} else "
            f"{{k: free(v) for k, v in data.items() if k not in {known}}}",
            "    return obj",
            "",
            "",
            f"def dump_{name}(obj: {title}) -> dict[str, Any]:",
            f'    """Write a `{title}` as a JSON object, absent members left out."""',
            *dump,
            *optional,
            "    if obj.extra:",
            f"        add_extra(out, obj.extra, {known})",
            "    return out",
            "",
        ])  # fmt: skip

    def _expression(self, verb: str, schema: dict[str, Any], value: str) -> str:
        """Write what loads or dumps one value; the value itself where there is nothing to do."""
        loading = verb == "load"
        if "$ref" in schema:
            return f"{self._function(verb, schema['$ref'])}({value})"
        if schema.get("type") == "integer" and loading:
            return f"int({value})"  # 1.0 is an integer to JSON Schema
        if schema.get("type") == "object":
            return f"free({value})" if loading else f"dict({value})"
        if schema.get("type") == "array":
            inner = self._expression(verb, schema["items"], "v")
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
