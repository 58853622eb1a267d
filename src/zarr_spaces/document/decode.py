"""Decode strict JSON: at nearly plain speed when the text is sound, with precise findings when it is not.

The standard library's parser, written in C, reads every text. It is lenient where a file for other programs
must not be: duplicate members, NaN, lone surrogates, any depth. Cheap tests, which err on the side of
suspicion only, watch for those; a text is walked through token by token when it is suspect or refused.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from zarr_spaces.document.limits import DEFAULT
from zarr_spaces.document.refusals import not_utf8, refusals, too_large, too_many, unexplained

if TYPE_CHECKING:
    from collections.abc import Generator

    from zarr_spaces.document.limits import Limits
    from zarr_spaces.findings import Finding


def decode(text: str | bytes | bytearray | memoryview, limits: Limits = DEFAULT) -> tuple[Any, tuple[Finding, ...]]:
    """Decode one JSON text strictly (RFC 8259, with the choices of RFC 7493).

    Beside what breaks the grammar, it refuses what programs read differently: any encoding but UTF-8
    without a byte order mark, NaN and infinities (``1e999`` included), duplicate members, lone surrogates,
    numbers of more than 400 characters, and whatever is beyond the limits.

    Parameters
    ----------
    text
        One JSON document.
    limits
        How large and how deep it may be, and how many findings are worded.

    Returns
    -------
    value
        The decoded value; None if there are findings.
    findings
        What is wrong and where, in the order of the text; never raised.

    Examples
    --------
    >>> decode('{"scale": [1, 0.5]}')
    ({'scale': [1, 0.5]}, ())
    >>> value, findings = decode('{"scale": [1, 0.5,]}')
    >>> print(findings[0], tuple(findings[0].position))
    error: /scale: a comma behind the last item [json-syntax]
      Remove this comma; JSON allows one only between two items. (1, 18)
    """
    length = len(text) if isinstance(text, str | bytes) else memoryview(text).nbytes
    if length > limits.size:
        return None, too_large(length, limits)
    if isinstance(text, str):
        try:
            data = text.encode()
        except UnicodeEncodeError:  # surrogates
            return None, refusals(text, b"", limits)
        if len(data) > limits.size:
            return None, too_large(len(data), limits)
    else:
        data = text if isinstance(text, bytes) else bytes(memoryview(text))
        try:
            text = str(data, "utf-8")
        except UnicodeDecodeError as error:
            return None, not_utf8(data, error, limits)
    if len(data) > 2 * limits.text_values and _has_many(data, limits.text_values):
        return None, too_many(limits)
    digits = data.translate(_DIGITS_ALIKE)
    if _DIGIT_RUN in digits and (findings := refusals(text, data, limits)):
        return None, findings
    next(tally := _tally())
    try:
        value = json.JSONDecoder(object_hook=tally.send, parse_constant=_refuse).decode(text)
    except (ValueError, RecursionError) as error:
        return None, refusals(text, data, limits) or unexplained(text, error)
    members = tally.send(None)
    suspect = _has_duplicates(data, members) or _is_deep(data, value, limits.depth) or _is_lossy(data, digits, value)
    if suspect and (findings := refusals(text, data, limits)):
        return None, findings
    return value, ()


# The cheap tests: none of them may miss what the walk would find.


def _tally() -> Generator[Any, Any, None]:
    # A generator's bound `send` is the cheapest object hook there is: a fifth of the price of a hook on pairs.
    members = 0
    sent = yield
    while sent is not None:
        members += len(sent)
        sent = yield sent
    yield members


# A number of over 400 characters has 130 digits in a row, and so has one that overflows with an exponent
# of two digits. These must be found before the parser spends quadratic time on them.
_DIGIT_RUN = b"0" * 130
_DIGITS_ALIKE = bytes.maketrans(b"123456789+E", b"0000000000e")
_BIG_EXPONENT = re.compile(rb"[0-9][eE]\+?[0-9]{3}")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def _is_lossy(data: bytes, digits: bytes, value: Any) -> bool:
    # `rfind` because it takes a quarter of the time of `find` and `in` here.
    has_exponent = digits.rfind(b"e000") >= 0 and _BIG_EXPONENT.search(data)
    if not has_exponent and not (b"\\" in data and _SURROGATE_ESCAPE.search(data)):
        return False
    try:
        return not json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:  # an infinity or a lone surrogate
        return True


def _has_many(data: bytes, limit: int) -> bool:
    # Each value but the first stands behind a comma or an opening bracket.
    return 1 + data.count(b",") + data.count(b"[") + data.count(b"{") > limit


def _refuse(token: str) -> NoReturn:
    raise ValueError(token)


def _has_duplicates(data: bytes, members: int) -> bool:
    # The text of each member has one colon behind a quote. More of them than members survived: suspect.
    return data.count(b":") != members and data.translate(None, b" \t\n\r").count(b'":') != members


_ONE_BRACKET = bytes.maketrans(b"{}", b"[]")
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"\\'))


def _is_deep(data: bytes, value: Any, depth: int) -> bool:
    if len(data) <= 2 * depth:
        return False
    marks = data.translate(_ONE_BRACKET, _NO_MARKS)
    brackets = marks.translate(None, b'"\\')
    if len(brackets) <= 2 * depth:
        return False
    # If all quotes stand in pairs, then no string holds a bracket or an escape: all brackets are structure.
    if 2 * marks.count(b'""') == marks.count(b'"'):
        for level in range(1, min(16, depth)):
            brackets = brackets.replace(b"[]", b"")  # takes the innermost level off
            if len(brackets) <= 2 * (depth - level):
                return False
    return _is_deeper(value, depth)


def _is_deeper(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        items = (outer.values() if isinstance(outer, dict) else outer for outer in level)
        level = [inner for inner in itertools.chain.from_iterable(items) if isinstance(inner, (dict, list))]
    return bool(level)
