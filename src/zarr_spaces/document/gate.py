"""The gate: what a caller hands over becomes plain JSON values, of a depth that everything behind it can take."""

from __future__ import annotations

import marshal
import math
from collections.abc import Mapping
from typing import Any

from zarr_spaces.document.decode import MAX_DEPTH
from zarr_spaces.findings import Finding, Level, Pointer, Severity, quote


def is_plain(value: Any) -> bool:
    """Tell quickly whether a value holds nothing but built-in types, nested to a depth that is safe.

    The interpreter's own serialiser walks the value in C: it refuses other types, cycles, and anything nested deeper
    than 2,000 levels, which validators still take and Python code would not. Without it a walk in Python would cost
    more than the validation. (Its oldest version 2 keeps no references, so a cycle cannot pass as one.)
    """
    try:
        marshal.dumps(value, 2)
    except ValueError:
        return False
    return True


def plain(value: object) -> tuple[Any, tuple[Finding, ...]]:
    """Turn mappings, tuples, NumPy scalars and arrays into plain JSON values, or say what cannot be turned."""
    findings: list[Finding] = []
    return _plain(value, (), findings), tuple(findings)


def _plain(value: Any, at: Pointer, findings: list[Finding]) -> Any:
    if value is None or type(value) in (str, bool, int, float):
        return _checked(value, at, findings)
    if len(at) > MAX_DEPTH:
        findings.append(_finding("json-depth", at, f"nested deeper than {MAX_DEPTH} levels", None))
        return None
    if isinstance(value, Mapping):
        out = {}
        for name, inner in value.items():
            if not isinstance(name, str):
                findings.append(_finding("json-type", at, f"the member name {quote(name)} is not a string", None))
                continue
            if not _encodable(name):
                findings.append(
                    _finding("json-surrogate", at, f"the member name {quote(name)} is not Unicode text", None)
                )
                continue
            out[name] = _plain(inner, (*at, name), findings)
            if len(findings) > 100:
                return out
        return out
    if hasattr(value, "tolist"):  # NumPy scalars and arrays, without importing NumPy
        return _plain(value.tolist(), at, findings)
    if isinstance(value, list | tuple):
        return [_plain(inner, (*at, index), findings) for index, inner in enumerate(value) if len(findings) <= 100]
    if isinstance(value, str | int | float):
        return _checked(_unwrap(value), at, findings)
    kind = type(value).__name__
    findings.append(_finding("json-type", at, f"a Python {kind} has no place in JSON", "convert it first"))
    return None


def _unwrap(value: str | int | float) -> str | int | float:
    """Reduce a subclass, such as an enumeration's member, to its built-in type."""
    if isinstance(value, str):
        return str.__str__(value)
    return int(value) if isinstance(value, int) else float(value)


def _checked(value: Any, at: Pointer, findings: list[Finding]) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        findings.append(_finding("json-not-a-number", at, f"{value} is not a JSON number", "use a finite number"))
    elif isinstance(value, str) and not _encodable(value):
        findings.append(
            _finding("json-surrogate", at, f"{quote(value)} is not Unicode text", "remove the lone surrogate")
        )
    return value


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _finding(rule: str, at: Pointer, message: str, hint: str | None) -> Finding:
    return Finding(rule=rule, severity=Severity.ERROR, level=Level.SCHEMA, pointer=at, message=message, hint=hint)
