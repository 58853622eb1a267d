"""Strict JSON: one example for each refusal with its place, hostile texts within a time bound, and locate."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from zarr_spaces.document.decode import decode
from zarr_spaces.document.limits import MAX_DEPTH, Limits
from zarr_spaces.document.locate import locate
from zarr_spaces.document.refusals import MAX_NUMBER
from zarr_spaces.findings import Finding, Level, Position, Severity

if TYPE_CHECKING:
    from collections.abc import Callable


MAX_FINDINGS = Limits().findings
MORE = ["findings-left-out"]


def only(text: str | bytes | bytearray | memoryview) -> Finding:
    value, findings = decode(text)
    assert value is None
    (finding,) = findings
    assert (finding.severity, finding.level) == (Severity.ERROR, Level.SCHEMA)
    assert finding.hint
    return finding


def brief(text: str | bytes) -> list[tuple[str, str, tuple[int, int] | None]]:
    return [(finding.rule, finding.json_pointer, finding.position) for finding in decode(text)[1]]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_every_kind_of_bytes_is_read(kind: Callable[[bytes], bytes | bytearray | memoryview]) -> None:
    assert decode(kind('{"unit": "\u00b5m"}'.encode())) == ({"unit": "\u00b5m"}, ())


def test_other_types_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        decode(5)  # type: ignore[arg-type]  # what untyped callers do


SOUND = [
    "null",
    " [1, 2.5, -0.0, 1e300, 1E-400, true] ",
    '{"a": {"b": []}, "": {}}',
    '{"url": "https://example.org:80/a", "a" : "]}[{", "quote": "\\":", "\\\\": 1}',
    '"\\ud83d\\ude00 \\\\ud800 \\u00e9"',
    "[" + "7" * MAX_NUMBER + ", 0." + "3" * (MAX_NUMBER - 2) + "]",
    "[1e99, 1e308, 1e-999, 0e999, " + "1" * 300 + ".5]",
    "[" * MAX_DEPTH + "]" * MAX_DEPTH,
    '{"a":' * (MAX_DEPTH - 1) + "[]" + "}" * (MAX_DEPTH - 1),
    "[" + ",".join(["[]", '"]"', '"["', '"\\""'] * 400) + "]",
]


@pytest.mark.parametrize("text", SOUND, ids=range(len(SOUND)))
def test_what_is_sound_is_read_as_json_loads_reads_it(text: str) -> None:
    assert decode(text) == decode(text.encode()) == (json.loads(text), ())


SYNTAX: list[tuple[str, str, tuple[int, int], str, str]] = [
    ("", "", (1, 1), "the text is empty", "{}"),
    (" \n ", "", (2, 2), "the text is empty", "{}"),
    ('{\n  "a": 1 // why\n}', "", (2, 10), "a comment", "Remove"),
    ("/* why */ {}", "", (1, 1), "a comment", "Remove"),
    ('{"a":\n# why\n1}', "/a", (2, 1), "a comment", "Remove"),
    ('{"a": [1, 2, ]}', "/a", (1, 12), "a comma behind the last item", "Remove this comma"),
    ('{"a": 1,\n}', "", (1, 8), "a comma behind the last item", "Remove this comma"),
    ("{'a': 1}", "", (1, 2), "the quote '", '"..."'),
    ("{\"a\": 'b'}", "/a", (1, 7), "the quote '", '"..."'),
    ("[\u201ca\u201d]", "/0", (1, 2), "the quote \u201c", '"..."'),
    ('{"a": 1 "b": 2}', "", (1, 9), "a comma is missing", "Put a comma"),
    ('["a"\n "b"]', "", (2, 2), "a comma is missing", "Put a comma"),
    ("[1 2]", "", (1, 4), "a comma is missing", "Put a comma"),
    ('{"a": True}', "/a", (1, 7), "True is not JSON", "Write true."),
    ("[0, False]", "/1", (1, 5), "False is not JSON", "Write false."),
    ("None", "", (1, 1), "None is not JSON", "Write null."),
    ("[nan]", "/0", (1, 2), "nan is not JSON", "finite"),
    ("[text]", "/0", (1, 2), "text is not JSON", "double quotes"),
    ("[trueish]", "", (1, 2), "trueish is not JSON", "double quotes"),
    ('{"x": {scale: 1}}', "/x", (1, 8), "the member name scale has no quotes", '"scale"'),
    ('{"a": "bc}', "/a", (1, 7), "never ends", "Close it"),
    ('{"a": "bc\\', "/a", (1, 7), "never ends", "Close it"),
    ('["bc\n"]', "/0", (1, 5), "a line break inside a string", r"\n"),
    ('{"a\tb": 1}', "", (1, 4), "the control character '\\t'", r"\u0009"),
    ('["C:\\path"]', "/0", (1, 5), r"\p is no escape", r"\\"),
    ('["\\u12g4"]', "/0", (1, 3), r"\u12g4 is no escape", r"\u with four"),
    ("{} {}", "", (1, 4), "more text behind the end", "Remove"),
    ('{"a": 1}}', "", (1, 9), "more text behind the end", "Remove"),
    ("[1}", "", (1, 3), "expected a comma or ], found '}'", "reverse order"),
    ('{"a" 1}', "/a", (1, 6), "expected a colon, found '1'", "Put a colon"),
    ('{"a":}', "/a", (1, 6), "a value is missing before }", "null"),
    ("[1,,2]", "", (1, 4), "a value is missing before ,", "null"),
    ("[[1", "/0", (1, 4), "ends where a comma or ] was due", "cut off"),
    ('{"a": {', "/a", (1, 8), "ends where a member name", "cut off"),
    ('{"a": {"b"', "/a/b", (1, 11), "ends where a colon", "cut off"),
    ('[{"a":', "/0/a", (1, 7), "ends where a value", "cut off"),
    ("[01]", "", (1, 2), "01 is not a JSON number", "Numbers look like"),
    ("[1.]", "", (1, 2), "1. is not a JSON number", "Numbers look like"),
    ("[+1]", "/0", (1, 2), "+1 is not a JSON number", "Numbers look like"),
    ("[.5]", "/0", (1, 2), ".5 is not a JSON number", "Numbers look like"),
    ("0x1F", "", (1, 1), "0x1F is not a JSON number", "Numbers look like"),
    ("[\u00a01]", "/0", (1, 2), "expected a value, found '\\xa0'", "spaces"),
    ("[1;2]", "", (1, 3), "expected a comma or ], found ';'", "Remove or replace"),
    ('[[\x00"a"]]', "/0/0", (1, 3), "found '\\x00'", "damaged"),
]


@pytest.mark.parametrize(("text", "pointer", "place", "message", "hint"), SYNTAX, ids=[case[0] for case in SYNTAX])
def test_syntax(text: str, pointer: str, place: tuple[int, int], message: str, hint: str) -> None:
    finding = only(text)
    assert (finding.rule, finding.json_pointer, finding.position) == ("json-syntax", pointer, place)
    assert message in finding.message
    assert finding.hint is not None
    assert hint in finding.hint


def test_columns_count_characters() -> None:
    assert only('{"\U0001f600\u00b5": oops}'.encode()).position == (1, 8)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(encoding: str) -> None:
    for text in ('{"a": 1}', "[" + "1" * 500 + "]"):
        finding = only(text.encode(encoding))
        assert (finding.rule, finding.json_pointer, finding.position) == ("json-encoding", "", (1, 1))
        assert encoding[:6].upper() in finding.message
        assert "UTF-8" in (finding.hint or "")


@pytest.mark.parametrize("text", ["\ufeff{}", b"\xef\xbb\xbf{}", "\ufeff[" + "1" * 500 + "]"])
def test_a_byte_order_mark_is_refused(text: str | bytes) -> None:
    finding = only(text)
    assert (finding.rule, finding.position) == ("json-encoding", (1, 1))
    assert "byte order mark" in finding.message


def test_bytes_that_are_not_utf8() -> None:
    finding = only(b'{"a": [1,\n {"unit": "\xb5m"}]}')
    assert (finding.rule, finding.json_pointer, finding.position) == ("json-encoding", "/a/1/unit", (2, 12))
    assert "0xb5" in finding.message
    assert "Latin-1" in (finding.hint or "")
    assert "middle of a character" in only(b'["\xe2\x82').message


def test_not_a_number() -> None:
    long = f'"e": [-1E+400, {"1" * 320}.0, {"1" * 250}e99]'
    text = '{"a": NaN, "b": [-Infinity, 1],\n "c": Infinity, "d": 1e999, ' + long + "}"
    value, findings = decode(text)
    assert value is None
    assert [(finding.rule, finding.json_pointer) for finding in findings] == [
        ("json-not-a-number", pointer) for pointer in ("/a", "/b/0", "/c", "/d", "/e/0", "/e/1", "/e/2")
    ]
    assert [finding.position for finding in findings[:5]] == [(1, 7), (1, 18), (2, 7), (2, 22), (2, 35)]
    assert "NaN is not a JSON number" in findings[0].message
    assert "1e999 is beyond the range" in findings[3].message


@pytest.mark.parametrize("token", ["1e999", "-1e309", "1E309", "1e+0400", "12345e305"])
def test_each_spelling_of_an_overflow(token: str) -> None:
    assert brief(f'{{"a": {token}}}') == [("json-not-a-number", "/a", (1, 7))]


def test_every_duplicate_is_reported() -> None:
    text = '{"a": 1, "b": [{"c": 1,\n  "c": 2}], "a": 3, "\\u0061": 4}'
    assert brief(text) == [
        ("json-duplicate-key", "/b/0/c", (2, 3)),
        ("json-duplicate-key", "/a", (2, 13)),
        ("json-duplicate-key", "/a", (2, 21)),
    ]
    assert "'c'" in decode(text)[1][0].message


@pytest.mark.parametrize(
    "text", ['{"a" :1,"b":"x:y","a"\n:1}', '{"a":":","a":1}', '{"\\":":1,"\\":":2}', '{"":0,"":0}']
)
def test_duplicates_are_found_among_other_colons(text: str) -> None:
    assert [rule for rule, _, _ in brief(text)] == ["json-duplicate-key"]


def test_lone_surrogates() -> None:
    text = '{"x\\ud800": {"y": "\\ude00"}, "b": ["\\ud83d\\ude00", "a\\ud800\\ud83d\\ude00"]}'
    expected = [("json-surrogate", "", (1, 4)), ("json-surrogate", "", (1, 20)), ("json-surrogate", "/b/1", (1, 54))]
    assert brief(text) == expected
    assert r"\ud800" in decode(text)[1][0].message
    assert brief('["\ud800"]') == [("json-surrogate", "/0", (1, 3))]
    for finding in decode(text)[1]:
        str(finding).encode()


def test_depth() -> None:
    for text in ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), '[{"a":' * 200 + "1" + "}]" * 200):
        finding = only(text)
        assert finding.rule == "json-depth"
        assert len(finding.pointer) == MAX_DEPTH
        assert str(MAX_DEPTH) in finding.message


def test_depth_is_not_hidden_by_brackets_in_strings() -> None:
    deep = '["]",' * (MAX_DEPTH + 1) + '"' + "[" * MAX_DEPTH + '"' + "]" * (MAX_DEPTH + 1)
    assert only(deep).rule == "json-depth"
    wide = "[" + "[[[]],[]]," * 5000 + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "]"
    assert only(wide).rule == "json-depth"


@pytest.mark.parametrize(
    "number", ["1" * (MAX_NUMBER + 1), "-0." + "12" * MAX_NUMBER, "1e-" + "0" * MAX_NUMBER, "9" * 5000]
)
def test_number_size(number: str) -> None:
    assert brief(f'{{"a": [0, {number}]}}') == [("json-number-size", "/a/1", (1, 11))]
    assert str(MAX_NUMBER) in only(number).message


def test_findings_are_capped_and_the_rest_is_counted() -> None:
    text = "[" + "NaN,\n" * 250 + "oops]"
    _, findings = decode(text, Limits(findings=100))
    assert [finding.rule for finding in findings] == ["json-not-a-number"] * 100 + ["findings-left-out", "json-syntax"]
    assert "150 more errors" in findings[100].message
    assert findings[100].position == (101, 1)
    assert findings[-1].position == (251, 1)


def test_a_fault_is_reported_with_what_stood_before_it() -> None:
    assert brief('{"a": 1, "a": NaN, }') == [
        ("json-duplicate-key", "/a", (1, 10)),
        ("json-not-a-number", "/a", (1, 15)),
        ("json-syntax", "", (1, 18)),
    ]


def test_unlimited_integers_are_refused_before_they_are_converted() -> None:
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        assert timed("1" * 3_000_000) == ["json-number-size"]
    finally:
        sys.set_int_max_str_digits(limit)


def timed(text: str | bytes) -> list[str]:
    start = time.perf_counter()
    value, findings = decode(text)
    assert time.perf_counter() - start < 5
    assert value is None
    for finding in findings:
        assert len(finding.message) < 300
    return [finding.rule for finding in findings]


HOSTILE: list[tuple[str, Callable[[], str | bytes], list[str]]] = [
    ("10,000 arrays", lambda: "[" * 10_000, ["json-depth"]),
    ("1,000,000 arrays", lambda: "[" * 1_000_000, ["json-depth"]),
    ("1,000,000 closed arrays", lambda: "[" * 1_000_000 + "]" * 1_000_000, ["json-depth"]),
    ("10,000 objects", lambda: '{"a":' * 10_000, ["json-depth"]),
    ("1,000,000 objects", lambda: '{"a":' * 1_000_000, ["json-depth"]),
    ("50 MB of digits", lambda: b"1" * 50_000_000, ["json-number-size"]),
    ("50 MB of fraction", lambda: b"0." + b"1" * 50_000_000, ["json-number-size"]),
    ("unterminated string", lambda: '["' + "a" * 4_000_000, ["json-syntax"]),
    ("unterminated escapes", lambda: '["' + "\\n" * 2_000_000, ["json-syntax"]),
    ("unterminated list", lambda: "[" + "1," * 1_000_000, ["json-syntax"]),
    ("backslashes", lambda: '"' + "\\" * 4_000_001, ["json-syntax"]),
    ("white space", lambda: " \n" * 2_000_000, ["json-syntax"]),
    ("one long word", lambda: "a" * 4_000_000, ["json-syntax"]),
    ("minus signs", lambda: "-" * 4_000_000, ["json-syntax"]),
    ("zero bytes", lambda: b"\x00" * 4_000_000, ["json-syntax"]),
    ("bad byte behind everything", lambda: b"[" + b"1," * 1_000_000 + b"\xff", ["json-encoding"]),
    (
        "duplicates",
        lambda: "{" + ",".join(['"a":1'] * 1_000_000) + "}",
        ["json-duplicate-key"] * MAX_FINDINGS + MORE,
    ),
    (
        "infinities",
        lambda: "[" + "1e999,\n" * 300_000 + "1]",
        ["json-not-a-number"] * MAX_FINDINGS + MORE,
    ),
    (
        "surrogates",
        lambda: "[" + '"\\ud800",' * 300_000 + "1]",
        ["json-surrogate"] * MAX_FINDINGS + MORE,
    ),
]


@pytest.mark.parametrize(("make", "rules"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_text_takes_seconds_at_most(make: Callable[[], str | bytes], rules: list[str]) -> None:
    assert timed(make()) == rules


TEXT = '{"ome": {"axes": [{"name": "y"},\n  {"name": "\u00b5"}], "b":true},\n\t"scale" : [ 1, -2.5 ]}'


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ((), (1, 1)),
        (("ome",), (1, 9)),
        (("ome", "axes", 0, "name"), (1, 28)),
        (("ome", "axes", 1), (2, 3)),
        (("ome", "axes", 1, "name"), (2, 12)),
        (("ome", "b"), (2, 23)),
        (("scale", 1), (3, 17)),
        (("scale", 2), (3, 12)),
        (("scale", 1, "deeper"), (3, 17)),
        (("scale", "1"), (3, 12)),
        (("ome", "axes", 0, "unit", "x"), (1, 19)),
        (("missing",), (1, 1)),
    ],
)
def test_locate(pointer: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert locate(TEXT, [pointer]) == locate(TEXT.encode(), [pointer]) == {pointer: Position(*place)}


def test_locate_takes_the_last_of_duplicates() -> None:
    text = '{"a": {"b": 1}, "c": 0, "a": {"d": 2}}'
    pointers: list[tuple[str | int, ...]] = [("a",), ("a", "b"), ("a", "d")]
    assert [place.column for place in locate(text, pointers).values()] == [30, 30, 36]


def test_locate_finds_escaped_names() -> None:
    assert locate('{"\\u0061/\\"": 1}', [('a/"',)]) == {('a/"',): Position(1, 15)}


def test_locate_never_fails_on_what_is_not_json() -> None:
    for text in ("", " \n", "oops", '{"a": [1, oops', b"\xff\xfe"):
        assert set(locate(text, [("a", 0), ()])) == {("a", 0), ()}


def test_locate_is_fast_and_not_recursive() -> None:
    value: dict[str, Any] = {"wells": [{"path": f"A/{index}", "row": index} for index in range(4000)]}
    start = time.perf_counter()
    found = locate(json.dumps(value), [("wells", index, "row") for index in range(4000)])
    assert len(set(found.values())) == 4000
    assert locate("[" * 100_000 + "]" * 100_000, [(0,) * 500])[(0,) * 500] == (1, 501)
    assert time.perf_counter() - start < 5
