"""Laws of the strict JSON reader: it agrees with the standard library wherever no refusal of its own applies."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from zarr_spaces.document.decode import decode
from zarr_spaces.document.locate import locate

if TYPE_CHECKING:
    from zarr_spaces.findings import Pointer

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["a:b", '":', "[", "]}", '\\"', "\\ud800", "1e999", "e+000"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4) | st.just('":['), inner, max_size=5)
    ),
    max_leaves=25,
)
FRAGMENTS = st.sampled_from(
    (
        *(
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            '"',
            "\\",
            " ",
            "\n",
            "\t",
            "//",
            "/*",
            "'",
            "\ufeff",
            "\u00b5",
            "\x00",
            "\ud800",
        ),
        *(
            "0",
            "1",
            "-",
            ".",
            "e",
            "E",
            "+",
            "e99",
            "1e999",
            "1E+400",
            "9" * 140,
            "1" * 401,
            "NaN",
            "-Infinity",
            "true",
        ),
        *('"a"', '"b":', '"a":', '"a" :', '"x:y"', "\\ud800", "\\udc00", "\\u0061"),
        *("[" * 200, "]" * 200, "[" * 1200, '{"a":[' * 130, "]}" * 130),
    )
)


@st.composite
def layouts(draw: st.DrawFn, values: st.SearchStrategy[Any] = VALUES) -> tuple[Any, str]:
    value = draw(values)
    indent = draw(st.sampled_from([None, 0, 2, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (" ,\n", " :\r\n")]))
    return value, json.dumps(value, ensure_ascii=draw(st.booleans()), indent=indent, separators=separators)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(layouts())[1]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 3)))
        text = text[:start] + draw(FRAGMENTS | st.text(max_size=2)) + text[stop:]
    return text


class RefusedError(Exception):
    """One of the refusals that go beyond the grammar."""


def reference(text: str) -> Any:
    """Read with the standard library, refusing the same things in the plainest way."""

    def constant(token: str) -> Any:
        raise RefusedError(token)

    def number(kind: type[int] | type[float]) -> Any:
        def convert(token: str) -> int | float:
            if len(token) > 400 or not math.isfinite(float(token[:2] if kind is int else token)):
                raise RefusedError(token)
            return kind(token)

        return convert

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise RefusedError("duplicate")
        return dict(pairs)

    value = json.loads(
        text, parse_constant=constant, parse_int=number(int), parse_float=number(float), object_pairs_hook=members
    )
    if depth(value) > 256:
        raise RefusedError("depth")
    json.dumps(value, ensure_ascii=False).encode()
    return value


def depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth, inner), default=0)


def agrees(text: str) -> None:
    value, findings = decode(text)
    try:
        expected = reference(text)
    except (ValueError, RefusedError, RecursionError):
        assert findings
        assert value is None
    else:
        assert not findings
        assert json.dumps(value) == json.dumps(expected)
    for finding in findings:
        assert finding.position is not None
        assert finding.hint
        line, column = finding.position
        lines = text.split("\n")
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        str(finding).encode()


@given(layouts())
def test_what_the_standard_library_writes_is_read_back(case: tuple[Any, str]) -> None:
    value, text = case
    assert decode(text) == (value, ())
    assert decode(text.encode()) == (value, ())


@given(mutated())
@example('["]",' * 300 + '"' + "[" * 300 + '"' + "]" * 300)
@example('{"a" :1,"b":"x:y","a":1}')
@example('["' + "]" * 600 + '",' + "[" * 256 + "]" * 257)
def test_it_agrees_with_the_standard_library_on_mutated_text(text: str) -> None:
    agrees(text)


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_it_agrees_with_the_standard_library_on_random_tokens(text: str) -> None:
    agrees(text)


@given(st.text())
def test_it_agrees_with_the_standard_library_on_random_text(text: str) -> None:
    agrees(text)


@given(st.binary() | mutated().map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=3))
def test_bytes_never_raise(data: bytes, tail: bytes) -> None:
    value, findings = decode(data + tail)
    assert value is None or not findings
    assert all(finding.position for finding in findings)


@given(mutated(), st.sampled_from(["utf-16", "utf-16-le", "utf-32", "utf-32-be", "latin-1", "cp500"]))
def test_other_encodings_never_raise(text: str, encoding: str) -> None:
    decode(text.encode(encoding, "replace"))


@given(layouts(), st.data())
def test_locate_points_at_the_text_of_the_value(case: tuple[Any, str], data: st.DataObject) -> None:
    value, text = case
    places = list(pointers(value, ()))
    chosen = data.draw(st.lists(st.sampled_from(places), max_size=5))
    missing = [(*pointer, "no such member", 0) for pointer, _ in chosen]
    found = locate(text, [pointer for pointer, _ in chosen] + missing)
    lines = text.split("\n")
    for pointer, inner in chosen:
        line, column = found[pointer]
        offset = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
        assert json.JSONDecoder().raw_decode(text, offset)[0] == inner
        assert found[(*pointer, "no such member", 0)] == found[pointer]


def pointers(value: Any, at: Pointer) -> list[tuple[Pointer, Any]]:
    steps: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    return [(at, value)] + [place for step, inner in steps for place in pointers(inner, (*at, step))]
