"""JSON values, and documents with one thing changed."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)


def json_values(max_leaves: int = 6) -> st.SearchStrategy[Any]:
    """Draw any JSON value: no NaN, no infinity, no lone surrogate.

    Parameters
    ----------
    max_leaves : int
        Upper bound of the number of scalars in it.
    """
    return st.recursive(
        _SCALARS,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8).filter(_is_text), inner, max_size=3)
        ),
        max_leaves=max_leaves,
    )


def _is_text(value: str) -> bool:
    return not any(0xD800 <= ord(c) < 0xE000 for c in value)


def mutations(documents: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a document in which one value somewhere was replaced, removed or repeated.

    Parameters
    ----------
    documents : strategy of JSON documents
        What to start from.

    Returns
    -------
    The changed copy. Most are invalid, and in a way that sits deep in an otherwise sound document.

    Raises
    ------
    TypeError
        If `documents` is no strategy; for a document `x` give ``strategies.just(x)``.
    """
    if not isinstance(documents, st.SearchStrategy):
        raise TypeError("mutations takes a strategy, such as images(); for one document give strategies.just(document)")
    return _mutated(documents)


@st.composite
def _mutated(draw: st.DrawFn, documents: st.SearchStrategy[Any]) -> Any:
    document = copy.deepcopy(draw(documents))
    holder, key = draw(st.sampled_from(list(_places(document))))
    change = draw(st.sampled_from(["replace", "remove", "repeat", "rename"]))
    if change == "replace":
        holder[key] = draw(json_values())
    elif change == "remove":
        del holder[key]
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif change == "rename":
        holder[key + "s"] = holder.pop(key)
    else:
        holder[key] = [holder[key]]
    return document


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        yield from _places(inner)
