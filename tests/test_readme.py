"""The README's examples run as doctests; here the two type checkers' view of them is kept true, and their size."""

from __future__ import annotations

import doctest
from pathlib import Path

from mypy import api

README = Path(__file__).parents[1] / "README.md"


def examples(text: str) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(text)


def test_typed_examples_pass_strict_type_checking(tmp_path: Path) -> None:
    found = examples(README.read_text(encoding="utf-8"))
    assert len(found) > 10
    (tmp_path / "readme.py").write_text("".join(example.source for example in found), encoding="utf-8")
    out, err, code = api.run(["--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "readme.py")])
    assert (code, err) == (0, ""), out


def test_quick_start_is_short_and_whole() -> None:
    _, _, rest = README.read_text(encoding="utf-8").partition("## Quick start\n")
    section, _, _ = rest.partition("\n## ")
    source = "".join(example.source for example in examples(section))
    assert len(source.splitlines()) < 25
    for word in ("zs.pyramid(", "zs.check(", "zs.write(", ".transform("):
        assert word in source
