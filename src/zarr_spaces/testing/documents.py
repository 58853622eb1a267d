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
    links = [draw(_link(systems[0], system, executable)) for system in systems[1:]]
    for path in draw(st.lists(st.sampled_from(["a", "b"]), min_size=0 if links else 1, max_size=2, unique=True)):
        link = draw(transformations(len(systems[0]["axes"]), executable=executable, plain=True))
        links.append(link | {"input": {"name": "physical", "path": path}, "output": {"name": names[0]}})
    scene = {"coordinateSystems": systems, "coordinateTransformations": _named_apart(links)}
    return {"ome": {"version": "0.6", "scene": scene} | draw(_UNKNOWN)}


@st.composite
def _system(draw: st.DrawFn, name: str, kinds: Sequence[str] | None = None) -> dict[str, Any]:
    kinds = kinds or draw(_kinds())
    names = draw(st.lists(_NAMES, min_size=len(kinds), max_size=len(kinds), unique=True))
    if {name.lower() for name in names[-3:]} == set("xyz"):  # these have an order of their own
        names[-3:] = sorted(names[-3:], key=str.lower, reverse=True)
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
    out: dict[str, Any] = {"name": draw(_NAMES), "type": "gaussian", "metadata": draw(_UNKNOWN)}
    out["coordinateSystems"] = systems
    out["datasets"] = draw(_datasets(prefix, names[0], len(systems[0]["axes"])))
    links = []
    for system in systems[1:]:
        ends = (systems[0], system) if draw(st.booleans()) else (system, systems[0])
        links.append(draw(_link(*ends, executable)))
    if links:
        out["coordinateTransformations"] = _named_apart(links)
    return out | draw(_UNKNOWN)


@st.composite
def _link(draw: st.DrawFn, source: dict[str, Any], target: dict[str, Any], executable: bool) -> dict[str, Any]:
    """Draw a transformation between two systems."""
    n, m = len(source["axes"]), len(target["axes"])
    # A vector field may not vary with a channel.
    executable = executable or any(axis["type"] == "channel" for axis in source["axes"])
    link = draw(transformations(n, m, executable=executable, plain=True))
    units = [[axis.get("unit") for axis in system["axes"]] for system in (source, target)]
    if _is_identity(link) and units[0] != units[1]:
        link = {"type": "scale", "scale": draw(st.lists(_PIXEL, min_size=n, max_size=n))}
    return link | {"input": {"name": source["name"]}, "output": {"name": target["name"]}}


def _is_identity(transformation: dict[str, Any]) -> bool:
    kind = transformation["type"]
    return kind == "identity" or (kind == "sequence" and all(map(_is_identity, transformation["transformations"])))


def _named_apart(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take names away that are taken already."""
    taken: set[Any] = set()
    for link in links:
        if link.get("name") in taken:
            del link["name"]
        taken.add(link.get("name", ""))
    return links


@st.composite
def _datasets(draw: st.DrawFn, prefix: str, system: str, n: int) -> list[dict[str, Any]]:
    """Draw levels from fine to coarse whose pixels are averages of finer ones."""
    finest, offset = (draw(st.lists(_PIXEL, min_size=n, max_size=n)) for _ in range(2))
    datasets: list[dict[str, Any]] = []
    factors = [1] * n
    for index in range(draw(st.integers(1, 3))):
        path = f"{prefix}s{index}"
        size = [length * factor for length, factor in zip(finest, factors, strict=True)]
        shift = [at + (b - a) / 2 for at, a, b in zip(offset, finest, size, strict=True)]
        scale, translation = {"type": "scale", "scale": size}, {"type": "translation", "translation": shift}
        chosen: dict[str, Any] = {"type": "sequence", "transformations": [scale, translation]}
        ends = {"input": {"path": path}, "output": {"name": system}}
        datasets.append({"path": path, "coordinateTransformations": [chosen | ends]} | draw(_UNKNOWN))
        factors = [factor * draw(st.sampled_from([1, 2, 3])) for factor in factors]
    if len(datasets) == 1 and draw(st.booleans()):  # a level without neighbours may leave the translation out
        simple: dict[str, Any] = draw(st.sampled_from([{"type": "identity"}, {"type": "scale", "scale": finest}]))
        ends = {key: datasets[0]["coordinateTransformations"][0][key] for key in ("input", "output")}
        datasets[0]["coordinateTransformations"] = [simple | ends]
    return datasets


@st.composite
def _channel(draw: st.DrawFn) -> dict[str, Any]:
    numbers = draw(st.lists(st.integers(0, 65535), min_size=4, max_size=4))
    window = dict(zip(("min", "start", "end", "max"), sorted(numbers), strict=True))
    color = draw(st.text("0123456789ABCDEFabcdef", min_size=6, max_size=6))
    return {"color": color, "window": window, "label": draw(_NAMES)}
