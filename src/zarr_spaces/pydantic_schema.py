"""Typed documents in pydantic: how it validates, serialises and describes them.

pydantic asks the class, `zarr_spaces.model.Model` asks this module; nothing else imports it, and it imports pydantic
only when it is asked. A document in a pydantic model is judged as by `parse`, and each finding becomes an error of its
own, whose place leads into the document.

>>> from pydantic import TypeAdapter
>>> from zarr_spaces.ome_zarr.v0_6 import OmeZarr
>>> TypeAdapter(OmeZarr).validate_python({"ome": {"version": "0.6", "well": {"images": [{"path": "0"}]}}}).ome.well
Well(images=[WellImage(path='0')])
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zarr_spaces.document import dump, parse
from zarr_spaces.errors import InvalidDocument
from zarr_spaces.findings import value_at
from zarr_spaces.schema_bundle import schema
from zarr_spaces.schemas import ID_BASE
from zarr_spaces.versions import VERSIONS, SpecVersion, version_of_model

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, InitErrorDetails

    from zarr_spaces.findings import Finding
    from zarr_spaces.model import Model


def core_schema(kind: type[Model]) -> CoreSchema:
    """Return what pydantic validates and serialises objects of a class by.

    Decoded JSON is parsed with every check of one document; an object of the class is taken as it is. In Python and in
    JSON, an object is written as `dump` writes it.

    Raises
    ------
    pydantic.errors.PydanticSchemaGenerationError
        If the class is that of a part of a document: what is right for a part depends on the whole.
    """
    from pydantic_core import core_schema as core

    _version(kind)

    def validate(value: Any) -> Any:
        return value if isinstance(value, kind) else _parsed(kind, value)

    return core.no_info_plain_validator_function(
        validate,
        ref=f"{kind.__module__}.{kind.__qualname__}",  # described once in a model, however many fields have the type
        serialization=core.plain_serializer_function_ser_schema(dump),
    )


def json_schema(kind: type[Model]) -> dict[str, Any]:
    """Return the JSON Schema of a class of whole documents, so that it can stand inside another schema.

    It has an `$id` of its own, and its references are absolute: they lead into itself, wherever it stands.
    """
    version = _version(kind)
    address = f"{ID_BASE}{version.schema.removesuffix('.json')}.bundle.json"
    bundle = schema(version.key)
    own = {name: value for name, value in bundle.items() if name not in ("$schema", "$comment")}
    return {"$id": address, **_absolute(own, address)}


def _version(kind: type[Model]) -> SpecVersion:
    found = version_of_model(kind)
    if found is None:
        from pydantic.errors import PydanticSchemaGenerationError

        whole = ", ".join(sorted({version.model.rpartition(":")[2] for version in VERSIONS}))
        raise PydanticSchemaGenerationError(
            f"{kind.__name__} is a part of a document, and only whole documents ({whole}) can be judged: use the class "
            f"of the document, or pydantic.InstanceOf[{kind.__name__}] to take objects of this class as they are"
        )
    return found


def _parsed(kind: type[Model], value: Any) -> Model:
    from pydantic_core import PydanticCustomError, ValidationError

    if not isinstance(value, Mapping):  # text and paths are for `parse`: nothing inside a model may open a file
        raise PydanticCustomError("document-type", "Input should be decoded JSON, or an object that parse() returned")
    try:
        return parse(value, kind)
    except InvalidDocument as error:
        details = [_details(finding, value) for finding in error.report.errors]
        raise ValidationError.from_exception_data(kind.__name__, details) from error


def _details(finding: Finding, value: Any) -> InitErrorDetails:
    from pydantic_core import PydanticCustomError

    text = finding.message if finding.hint is None else f"{finding.message} ({finding.hint})"
    rule: Any = finding.rule  # a literal is asked for
    kind = PydanticCustomError(rule, "{text}", {"text": text})
    return {"type": kind, "loc": finding.pointer, "input": value_at(value, finding.pointer)}


def _absolute(value: Any, address: str) -> Any:
    """Write the references in a bundle with its address before them."""
    if isinstance(value, list):
        return [_absolute(inner, address) for inner in value]
    if not isinstance(value, dict):
        return value
    out = {name: _absolute(inner, address) for name, inner in value.items()}
    if isinstance(reference := out.get("$ref"), str):
        out["$ref"] = address + reference
    if isinstance(discriminator := out.get("discriminator"), dict) and "mapping" in discriminator:
        discriminator["mapping"] = {tag: address + target for tag, target in discriminator["mapping"].items()}
    return out
