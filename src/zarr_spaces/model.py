"""What every generated dataclass has: room for unknown members, and a short repr."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

_SHOWN = 6  # values of a list that a repr shows before it is cut


@dataclass(kw_only=True, slots=True, repr=False)
class Model:
    """Base of the typed objects.

    `extra` holds the members that the schema does not name, as they were read; they are written back.
    """

    extra: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        # Absent members are left out and long lists cut, so that a matrix does not fill the screen.
        shown = (
            f"{item.name}={_brief(value)}"
            for item in fields(self)
            if (value := getattr(self, item.name)) is not None and (item.name != "extra" or value)
        )
        return f"{type(self).__qualname__}({', '.join(shown)})"


def _brief(value: object) -> str:
    if isinstance(value, list) and len(value) > _SHOWN:
        head = ", ".join(_brief(item) for item in value[:_SHOWN])
        return f"[{head}, ... {len(value)} in all]"
    if isinstance(value, list):
        return f"[{', '.join(map(_brief, value))}]"
    if isinstance(value, dict) and len(value) > _SHOWN:
        return f"{{... {len(value)} members}}"
    return repr(value)


def free(value: Any) -> Any:
    """Copy a value that no schema describes, so that the typed object shares nothing with what it was read from.

    Raises
    ------
    ValueError
        If it holds what JSON has no place for.
    """
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if kind is dict and all(type(name) is str for name in value):
        return {name: free(inner) for name, inner in value.items()}
    if kind is list:
        return [free(inner) for inner in value]
    raise ValueError(f"a Python {kind.__name__} has no place in JSON")


def add_extra(out: dict[str, Any], extra: dict[str, Any], known: frozenset[str]) -> None:
    """Put unknown members back beside the known ones.

    Raises
    ------
    ValueError
        If a name in `extra` belongs to a known member: which value is meant would be a guess.
    """
    taken = known.intersection(extra)
    if taken:
        raise ValueError(f"extra may not hold {', '.join(sorted(taken))}: use the attribute of that name")
    out.update(extra)
