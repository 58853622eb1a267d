"""The schemas at run time, and the validators that decide by them."""

from __future__ import annotations

import functools
import importlib.util
import json
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zarr_spaces.findings import Pointer

Schema = dict[str, Any]
ID_BASE = "https://w3id.org/zarr-spaces/schemas/"


class Validator(Protocol):
    """What both engines offer, reduced to what is used here."""

    def is_valid(self, instance: Any, /) -> bool:
        """Tell whether the schema accepts `instance`."""
        ...

    def iter_faults(self, instance: Any, /) -> Iterator[tuple[Pointer, Pointer]]:
        """Yield for each fault the place in the instance and the way through the schema."""
        ...

    def first_fault(self, instance: Any, /) -> tuple[Pointer, Pointer] | None:
        """Return one fault as `iter_faults` does, without looking for others; None where the schema accepts."""
        ...


class _Compiled:
    """jsonschema-rs: microseconds a document."""

    def __init__(self, schemas: Mapping[str, Schema], root: str) -> None:
        import jsonschema_rs

        registry = jsonschema_rs.Registry([(ID_BASE + name, schema) for name, schema in schemas.items()])
        validator = jsonschema_rs.Draft202012Validator({"$ref": ID_BASE + root}, registry=registry)
        self.is_valid = validator.is_valid
        self._errors = validator.iter_errors
        self._validate = validator.validate
        self._error = jsonschema_rs.ValidationError

    def iter_faults(self, instance: Any, /) -> Iterator[tuple[Pointer, Pointer]]:
        for error in self._errors(instance):
            yield tuple(error.instance_path), tuple(error.evaluation_path)

    def first_fault(self, instance: Any, /) -> tuple[Pointer, Pointer] | None:
        try:
            self._validate(instance)
        except self._error as error:
            return tuple(error.instance_path), tuple(error.evaluation_path)
        return None


class _Interpreted:
    """jsonschema with referencing: runs wherever Python does, and is the oracle of the tests."""

    def __init__(self, schemas: Mapping[str, Schema], root: str) -> None:
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        # A schema that names its dialect is judged by the plain engine of that dialect, whatever was extended.
        bare = {ID_BASE + name: {**schema} for name, schema in schemas.items()}
        for schema in bare.values():
            schema.pop("$schema", None)
        pairs = ((name, DRAFT202012.create_resource(schema)) for name, schema in bare.items())
        registry: Registry[Any] = Registry().with_resources(pairs)
        extended: Any = extend(Draft202012Validator, {"uniqueItems": _unique_items})  # type: ignore[no-untyped-call]
        self._validator = extended({"$ref": ID_BASE + root}, registry=registry)

    def is_valid(self, instance: Any, /) -> bool:
        return bool(self._validator.is_valid(instance))

    def iter_faults(self, instance: Any, /) -> Iterator[tuple[Pointer, Pointer]]:
        for error in self._validator.iter_errors(instance):
            # This engine writes if/then where the other writes then.
            path = tuple(step for step in error.absolute_schema_path if step != "if")
            yield tuple(error.absolute_path), path

    def first_fault(self, instance: Any, /) -> tuple[Pointer, Pointer] | None:
        return next(self.iter_faults(instance), None)


def _unique_items(_engine: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[Any]:
    # The engine's own way compares each object with each other one: minutes for the wells of a large plate.
    if wanted and isinstance(instance, list) and same_items(instance) is not None:
        from jsonschema import ValidationError

        yield ValidationError("has equal entries")


def same_items(items: list[Any]) -> tuple[int, int] | None:
    """Find the first two equal entries (1 and true are different in JSON, 1 and 1.0 are not)."""
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        first = seen.setdefault(json.dumps(_canonical(item), sort_keys=True), index)
        if first != index:
            return first, index
    return None


def _canonical(value: Any) -> Any:
    """Make numbers that JSON Schema calls equal look equal."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return value


@functools.cache
def bundled() -> dict[str, Schema]:
    """Return every schema file of the package by its path, such as ``ome_zarr/0.6/axes.json``."""
    # The plain way to data of a package; importlib.resources takes as long to import as this takes in all.
    text = pkgutil.get_data("zarr_spaces", "_generated/schemas.json")
    if text is None:
        raise ImportError("the package was loaded by a loader that gives no data files")
    schemas: dict[str, Schema] = json.loads(text)
    return schemas


def make_validator(schemas: Mapping[str, Schema], root: str, *, compiled: bool | None = None) -> Validator:
    """Build a validator for the schema file `root`; `compiled` forces one of the two engines."""
    if compiled is None or compiled:
        try:
            return _Compiled(schemas, root)
        except ImportError:
            if compiled:
                raise
    return _Interpreted(schemas, root)


@functools.cache
def is_compiled() -> bool:
    """Tell whether the compiled engine is there; the other takes only what the decoder yields, such as no tuples."""
    return importlib.util.find_spec("jsonschema_rs") is not None


@functools.cache
def validator(root: str, *, compiled: bool | None = None) -> Validator:
    """Return the deciding validator of the schema file `root`, built on first use (about 10 ms)."""
    return make_validator(closure(root), root, compiled=compiled)


def closure(root: str, schemas: Mapping[str, Schema] | None = None) -> dict[str, Schema]:
    """Find the schema files that `root` needs, itself included, by default among those of the package."""
    schemas = bundled() if schemas is None else schemas
    needed: dict[str, Schema] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = schemas[name]
            waiting += [resolve(name, reference)[0] for reference in _references(schemas[name])]
    return needed


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)


def resolve(name: str, reference: str) -> tuple[str, str]:
    """Split a reference found in file `name` into file and fragment."""
    target, _, fragment = reference.partition("#")
    if not target:
        return name, fragment
    steps = name.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps), fragment
