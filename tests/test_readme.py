"""The README's examples run as doctests; here the two type checkers' view of them is kept true."""

from __future__ import annotations

import doctest
from pathlib import Path

from mypy import api

README = Path(__file__).parents[1] / "README.md"


def test_typed_examples_pass_strict_type_checking(tmp_path: Path) -> None:
    examples = doctest.DocTestParser().get_examples(README.read_text(encoding="utf-8"))
    assert len(examples) > 10
    (tmp_path / "readme.py").write_text("".join(example.source for example in examples), encoding="utf-8")
    out, err, code = api.run(["--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "readme.py")])
    assert (code, err) == (0, ""), out
