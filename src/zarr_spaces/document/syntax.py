"""What to say where the grammar of JSON breaks."""

from __future__ import annotations

import re

from zarr_spaces.document.tokens import STRING_BODY, Kind
from zarr_spaces.quoting import quote

Fault = tuple[int, str, str]
"""Offset to point at, message, hint."""

_DUE = {Kind.NO_NAME: "a member name in double quotes", Kind.NO_COLON: "a colon", Kind.NO_VALUE: "a value"}
_STRING_START = re.compile(STRING_BODY)
_WORD = re.compile(r"[\w$.+-]+")
_WORD_BEFORE = re.compile(r"[\w$.+-]*\Z")
_SHOWN = 40
_SPELLINGS = {"true": "true", "false": "false"} | dict.fromkeys(("null", "none", "nil", "undefined"), "null")
_NO_NUMBERS = {"nan", "inf", "infinity"}


def explain_fault(text: str, kind: int, step: str | int, at: int) -> Fault:
    """Say in plain words what is wrong where a walk ended with these, `kind` being negative."""
    due = _DUE.get(kind, f"a comma or {step}")
    char = text[at : at + 1]
    if not char:
        if text.isspace() or not text:
            return at, "the text is empty", "Write a JSON value, such as {}; was the file written to its end?"
        return at, f"the text ends where {due} was due", "Was it cut off? What is opened must be closed."
    if char == "#" or text.startswith(("//", "/*"), at):
        return at, "a comment, which JSON does not have", "Remove it, or put the remark into a member."
    if char in "'`\u2018\u2019\u201c\u201d":
        return at, f"the quote {char} where only a double quote can stand", 'Write "..." around names and strings.'
    if char == '"' and kind in {Kind.NO_NAME, Kind.NO_VALUE}:
        return _bad_string(text, at)
    comma = len(text[:at].rstrip(" \t\n\r")) - 1
    if char in "]}" and kind in {Kind.NO_NAME, Kind.NO_VALUE} and text[max(comma, 0)] == ",":
        return comma, "a comma behind the last item", "Remove this comma; JSON allows one only between two items."
    if (word := _WORD.match(text, at)) and (fault := _bad_word(text, kind, at, word.end())):
        return fault
    if kind == Kind.NO_END:
        return at, "more text behind the end of the document", "Remove it; one text holds one JSON value."
    if kind == Kind.NO_COMMA and (word or char in '"[{'):
        return at, "a comma is missing before this item", "Put a comma between each two items."
    if kind == Kind.NO_VALUE and char in ",]}":
        return at, f"a value is missing before {char}", "Write the value, or null, or remove the place for it."
    if kind == Kind.NO_COLON:
        return at, f"expected a colon, found {quote(char)}", "Put a colon between each member's name and its value."
    hint = "Brackets close in the reverse order of their opening." if char in "]}" else "Remove or replace it."
    if not char.isprintable() or char.isspace():
        hint = "Between its parts, JSON has only spaces, tabs and line breaks; is the file damaged?"
    return at, f"expected {due}, found {quote(char)}", hint


def _bad_string(text: str, at: int) -> Fault:
    match = _STRING_START.match(text, at)
    stop = match.end() if match else at
    char = text[stop : stop + 1]
    if not text[stop + (char == "\\") :]:
        return at, "this string never ends", 'Close it with a double quote; a quote inside it is written \\".'
    if char == "\\":
        escape = text[stop : stop + (6 if text[stop + 1] == "u" else 2)]
        hint = r"The escapes are \" \\ \/ \b \f \n \r \t and \u with four hex digits; a backslash itself is \\."
        return stop, f"{escape if escape.isprintable() else quote(escape)} is no escape that JSON has", hint
    if char in "\r\n":
        return stop, "a line break inside a string", r"Close the string with a double quote, or write \n for it."
    return stop, f"the control character {quote(char)} inside a string", rf"Write it as \u{ord(char):04x}."


def _bad_word(text: str, kind: int, at: int, end: int) -> Fault | None:
    # What the walk took for a whole value or name may be the beginning of this word: 01, 1.e5, trueish.
    if kind in {Kind.NO_COMMA, Kind.NO_END} and (head := _WORD_BEFORE.search(text, max(at - _SHOWN, 0), at)):
        if head.start() == at:
            return None
        at = head.start()
    word = text[at : min(end, at + _SHOWN)]
    bare = word.lstrip("+-").lower()
    if kind == Kind.NO_COLON:
        return None
    if kind == Kind.NO_NAME:
        return at, f"the member name {word} has no quotes", f'Write "{word}".'
    if bare in _SPELLINGS:
        return at, f"{word} is not JSON", f"Write {_SPELLINGS[bare]}."
    if bare in _NO_NUMBERS:
        return at, f"{word} is not JSON", "JSON has finite numbers only; leave it out, or write null or a string."
    if word[0] in "+-.0123456789":
        hint = "Numbers look like 0, -12, 0.5 or 1.5e-3: no leading + or zeros, digits on both sides of the point."
        return at, f"{word} is not a JSON number", hint
    return at, f"{word} is not JSON", "Put text into double quotes; the only bare words are true, false and null."
