"""Whole documents: images and scenes of OME-Zarr 0.6 that obey every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from zarr_spaces.testing.json_values import json_values
from zarr_spaces.testing.transformations import transformations

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
_UNKNOWN = st.dictionaries(st.sampled_from(["x-note", "_private", "orientation"]), json_values(), max_size=1)
_PIXEL = st.floats(1e-3, 1e3)


@st.composite
def images(draw: st.DrawFn, *, executable: bool = True) -> dict[str, Any]:
    """Draw the attributes of an image group.

    Parameters
    ----------
    executable : bool
        Whether to leave out vector fields and parameters stored in arrays.

    Returns
    -------
    dict
        Attributes that a check finds nothing wrong with; unknown members included now and then.
    """
    ome: dict[str, Any] = {"version": draw(st.sampled_from(["0.6", "0.6rc0"]))}
    count = draw(st.sampled_from([1, 1, 1, 2]))
    ome["multiscales"] = [draw(_multiscale(str(index) if index else "", executable)) for index in range(count)]
    if draw(st.booleans()):
        ome["omero"] = {"channels": [draw(_channel()) for _ in range(draw(st.integers(0, 2)))]}
    return {"ome": ome | draw(_UNKNOWN)} | draw(_UNKNOWN)


@st.composite
def scenes(draw: st.DrawFn, *, executable: bool = True) -> dict[str, Any]:
    """Draw the attributes of a scene group whose images lie at ``a`` and ``b`` and have a system ``physical``.

    Parameters
    ----------
    executable : bool
        Whether to leave out vector fields and parameters stored in arrays.

    Returns
    -------
    dict
        Attributes that a check of the document alone finds nothing wrong with.
    """
    names = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    systems = [draw(_system(name)) for name in names]
    sizes = [len(system["axes"]) for system in systems]
    links = [
        draw(transformations(sizes[0], size, executable=executable))
        | {"input": {"name": names[0]}, "output": {"name": name}}
        for name, size in zip(names[1:], sizes[1:], strict=True)
    ]
    for path in draw(st.lists(st.sampled_from(["a", "b"]), min_size=0 if links else 1, max_size=2, unique=True)):
        link = draw(transformations(sizes[0], executable=executable))
        links.append(link | {"input": {"name": "physical", "path": path}, "output": {"name": names[0]}})
    scene = {"coordinateSystems": systems, "coordinateTransformations": links}
    return {"ome": {"version": "0.6", "scene": scene} | draw(_UNKNOWN)}


@st.composite
def _system(draw: st.DrawFn, name: str, kinds: Sequence[str] | None = None) -> dict[str, Any]:
    kinds = kinds or draw(_kinds())
    names = draw(st.lists(_NAMES, min_size=len(kinds), max_size=len(kinds), unique=True))
    axes = []
    for axis, kind in zip(names, kinds, strict=True):
        unit = (
            {"unit": "micrometer"} if kind == "space" else {"unit": "second"} if kind == "time" else {"discrete": True}
        )
        axes.append({"name": axis, "type": kind} | unit | draw(_UNKNOWN))
    return {"name": name, "axes": axes} | draw(_UNKNOWN)


def _kinds() -> st.SearchStrategy[list[str]]:
    leading = st.sampled_from([[], ["time"], ["channel"], ["time", "channel"]])
    return st.builds(lambda first, spatial: [*first, *["space"] * spatial], leading, st.integers(2, 3))


@st.composite
def _multiscale(draw: st.DrawFn, prefix: str, executable: bool) -> dict[str, Any]:
    names = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    systems = [draw(_system(name)) for name in names]
    sizes = [len(system["axes"]) for system in systems]
    out: dict[str, Any] = {"name": draw(_NAMES), "type": "gaussian", "metadata": draw(_UNKNOWN)}
    out["coordinateSystems"] = systems
    out["datasets"] = [
        draw(_dataset(f"{prefix}s{index}", names[0], sizes[0])) for index in range(draw(st.integers(1, 3)))
    ]
    links = []
    for name, size in zip(names[1:], sizes[1:], strict=True):
        there = draw(st.booleans())
        a, b = (names[0], name) if there else (name, names[0])
        n, m = (sizes[0], size) if there else (size, sizes[0])
        links.append(draw(transformations(n, m, executable=executable)) | {"input": {"name": a}, "output": {"name": b}})
    if links:
        out["coordinateTransformations"] = links
    return out | draw(_UNKNOWN)


@st.composite
def _dataset(draw: st.DrawFn, path: str, system: str, n: int) -> dict[str, Any]:
    ends = {"input": {"path": path}, "output": {"name": system}}
    scale = {"type": "scale", "scale": draw(st.lists(_PIXEL, min_size=n, max_size=n))}
    translation = {"type": "translation", "translation": draw(st.lists(_PIXEL, min_size=n, max_size=n))}
    sequence = {"type": "sequence", "transformations": [scale, translation]}
    chosen: dict[str, Any] = draw(st.sampled_from([scale, sequence, {"type": "identity"}]))
    return {"path": path, "coordinateTransformations": [chosen | ends]} | draw(_UNKNOWN)


@st.composite
def _channel(draw: st.DrawFn) -> dict[str, Any]:
    numbers = draw(st.lists(st.integers(0, 65535), min_size=4, max_size=4))
    window = dict(zip(("min", "start", "end", "max"), sorted(numbers), strict=True))
    color = draw(st.text("0123456789ABCDEFabcdef", min_size=6, max_size=6))
    return {"color": color, "window": window, "label": draw(_NAMES)}
