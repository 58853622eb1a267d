"""What is taken for ordinary, and so spared the rules, is what the rules find nothing in."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from zarr_spaces import Level, check, parse
from zarr_spaces.ome_zarr.v0_6 import OmeZarr
from zarr_spaces.rules.ordinary import is_ordinary
from zarr_spaces.rules.run import run_rules
from zarr_spaces.testing import images, mutations
from zarr_spaces.versions import OME_ZARR_0_6, chosen_rules, parts_of


class Nothing:
    """A store without other nodes; that there is one keeps all parts listed."""

    def attributes(self, path: str) -> None:
        return None

    def array(self, path: str) -> None:
        return None

    def children(self, path: str) -> list[str]:
        return []

    def consolidated(self) -> None:
        return None

    def has_file(self, path: str) -> bool:
        return False


NOTHING = Nothing()
RULES, _ = chosen_rules(OME_ZARR_0_6, Level.DOCUMENT, False)
LIST_PARTS = parts_of(OME_ZARR_0_6)


def axis(name: str) -> dict[str, Any]:
    kind = {"t": ("time", "second"), "c": ("channel", None)}.get(name, ("space", "micrometer"))
    return {"name": name, "type": kind[0]} | ({"unit": kind[1]} if kind[1] else {})


@st.composite
def usual_images(draw: st.DrawFn) -> dict[str, Any]:
    """Draw images as most tools write them."""
    names = draw(st.sampled_from(["yx", "zyx", "cyx", "tczyx"]))
    finest = draw(st.lists(st.sampled_from([1.0, 0.5, 0.108, 2.0, 1e-3]), min_size=len(names), max_size=len(names)))
    datasets = []
    for level in range(draw(st.integers(1, 4))):
        size = [length * (2**level if name in "zyx" else 1) for length, name in zip(finest, names, strict=True)]
        shift = [(coarse - fine) / 2 for coarse, fine in zip(size, finest, strict=True)]
        steps = [{"type": "scale", "scale": size}, {"type": "translation", "translation": shift}]
        ends = {"input": {"path": f"s{level}"}, "output": {"name": "physical"}}
        transformation = {"type": "sequence", "transformations": steps} | ends
        datasets.append({"path": f"s{level}", "coordinateTransformations": [transformation]})
    image = {"name": "image", "type": "mean", "metadata": {}, "datasets": datasets}
    image["coordinateSystems"] = [{"name": "physical", "axes": [axis(name) for name in names]}]
    return {"ome": {"version": "0.6", "multiscales": [image]}}


@st.composite
def nearly_usual_images(draw: st.DrawFn) -> dict[str, Any]:
    """Draw images in which one number or word is another than it should be."""
    document = copy.deepcopy(draw(usual_images()))
    image = document["ome"]["multiscales"][0]
    dataset = draw(st.sampled_from(image["datasets"]))
    (transformation,) = dataset["coordinateTransformations"]
    values = draw(
        st.sampled_from(
            [transformation["transformations"][0]["scale"], transformation["transformations"][1]["translation"]]
        )
    )
    axes = image["coordinateSystems"][0]["axes"]
    words = st.sampled_from(
        ["x", "y", "z", "s0", "s1", "time", "space", "channel", "second", "micrometer", "um", "a/b", "", "odd"]
    )
    match draw(st.integers(0, 5)):
        case 0:
            values[draw(st.integers(0, len(values) - 1))] = draw(
                st.floats(-3, 3) | st.sampled_from([0, -0.0, 1e308, 1e-308])
            )
        case 1:
            values.append(1.0)
        case 2:
            axes[draw(st.integers(0, len(axes) - 1))][draw(st.sampled_from(["name", "type", "unit"]))] = draw(words)
        case 3:
            holder = draw(st.sampled_from([dataset, transformation["input"], transformation["output"], transformation]))
            holder[draw(st.sampled_from(["path", "name"]))] = draw(words)
        case 4:
            axes.reverse()
        case _:
            image["datasets"].reverse()
    return document


def test_usual_image_is_ordinary() -> None:
    for names in ("yx", "zyx", "tczyx"):
        system = {"name": "physical", "axes": [axis(name) for name in names]}
        ends = {"input": {"path": "0"}, "output": {"name": "physical"}}
        steps = [
            {"type": "scale", "scale": [0.5] * len(names)},
            {"type": "translation", "translation": [0] * len(names)},
        ]
        level = {"path": "0", "coordinateTransformations": [{"type": "sequence", "transformations": steps} | ends]}
        image = {"name": "a", "type": "mean", "metadata": {}, "coordinateSystems": [system], "datasets": [level]}
        assert is_ordinary(parse({"ome": {"version": "0.6", "multiscales": [image]}}, OmeZarr).ome)


@given(usual_images())
def test_what_most_tools_write_is_ordinary_and_has_no_finding(document: dict[str, Any]) -> None:
    typed = parse(document, OmeZarr)
    assert is_ordinary(typed.ome)
    assert run_rules(RULES, LIST_PARTS(typed, NOTHING), None) == []


@given(nearly_usual_images() | images() | mutations(images()) | mutations(usual_images()))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_rules_find_the_same_where_parts_are_spared_them(document: dict[str, Any]) -> None:
    assume(check(document, level=Level.SCHEMA).valid)
    typed = parse(document, level=Level.SCHEMA)
    assert run_rules(RULES, LIST_PARTS(typed, None), None) == run_rules(RULES, LIST_PARTS(typed, NOTHING), None)
