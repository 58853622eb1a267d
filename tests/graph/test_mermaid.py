"""The drawing: nothing in a document may steer it, and nothing of the graph is left out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from zarr_spaces import to_mermaid

NODE = re.compile(r' +s\d+\[\(?"[^"`<>]*(<br/>)?[^"`<>]*"\)?\]')
GROUP = re.compile(r' +subgraph g\d+\["[^"`<>]*"\]')
EDGE = re.compile(r' +s\d+ -->\|"[^"`<>|]*"\| s\d+')


def test_two_images_are_drawn_in_full(make: Any) -> None:
    assert to_mermaid(make.two_images()).splitlines() == [
        "flowchart LR",
        '  subgraph g0["(root)"]',
        '    s0["stage<br/>y, x"]',
        "  end",
        '  subgraph g1["a"]',
        '    s1["um<br/>y, x"]',
        '    s2[("0")]',
        '    s3[("1")]',
        '    s4[("2")]',
        "  end",
        '  subgraph g2["b"]',
        '    s5["um<br/>y, x"]',
        '    s6[("0")]',
        "  end",
        '  s1 -->|"translation"| s0',
        '  s5 -->|"scale: b on the stage"| s0',
        '  s2 -->|"scale"| s1',
        '  s3 -->|"sequence"| s1',
        '  s4 -->|"sequence"| s1',
        '  s6 -->|"scale"| s5',
    ]


def test_parallel_and_opaque_edges_are_drawn(make: Any) -> None:
    links = [make.link("a", "b"), make.link("a", "b"), make.link("a", "b", "wobble")]
    drawn = to_mermaid(make.graph(make.scene({"a": 2, "b": 2}, *links)))
    assert drawn.count("-->") == 3
    assert '-->|"unknown"|' in drawn


@pytest.mark.parametrize(
    "nasty",
    [
        '"]',
        "a\nend",
        "a --> b",
        "`code`",
        "<script>alert(1)</script>",
        "#quot;",
        "%%{init: {}}%%",
        "a|b",
        "a\\",
        "\u2028x",
    ],
)
def test_names_are_shown_and_steer_nothing(make: Any, nasty: str) -> None:
    system = make.system("b") | {"axes": [{"name": nasty, "unit": nasty}, {"name": "x"}]}
    link = make.link("a", nasty, name=nasty)
    scene = make.scene({"a": 2, nasty: 2}, link, make.link("a", "b"))
    scene["ome"]["scene"]["coordinateSystems"].append(system)
    lines = to_mermaid(make.graph(scene)).splitlines()
    assert [sum(bool(kind.fullmatch(line)) for line in lines) for kind in (GROUP, NODE, EDGE)] == [1, 3, 2]
    assert len(lines) == 1 + 1 + 3 + 1 + 2
    shown = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), lines[3])
    assert nasty in shown or nasty in "\n".join(lines)


def test_a_very_long_name_is_cut(make: Any) -> None:
    drawn = to_mermaid(make.graph(make.scene({"a": 2, "n" * 5000: 2}, make.link("a", "n" * 5000))))
    assert len(drawn) < 500


def test_every_array_has_a_label(make: Any) -> None:
    stray = make.level("1", [1.0, 1.0])
    stray["coordinateTransformations"][0]["input"]["path"] = "0"
    drawn = to_mermaid(make.graph(make.image(make.multiscale(make.level("0", [1.0, 1.0]), stray))))
    assert '[("")]' not in drawn
