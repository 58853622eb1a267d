"""Small images and scenes that no rule finds fault with, and what a rule finds in them."""

from __future__ import annotations

from typing import Any

from zarr_spaces import Finding, check

AT = "/ome/multiscales/0"

KINDS: dict[str, dict[str, Any]] = {
    "t": {"type": "time", "unit": "second"},
    "c": {"type": "channel", "discrete": True},
    "i": {"type": "array", "discrete": True},
    "j": {"type": "array", "discrete": True},
    "k": {"type": "array", "discrete": True},
    "d": {"type": "displacement", "discrete": True},
    "o": {"type": "coordinate", "discrete": True},
    "s": {"type": "spectrum"},
    "u": {},
}


def axes(names: str) -> list[dict[str, Any]]:
    """Axes by the letters of `KINDS`, in any case; all others are of type space."""
    space = {"type": "space", "unit": "micrometer"}
    return [{"name": name} | KINDS.get(name.lower(), space) for name in names]


def system(name: str, names: str = "yx") -> dict[str, Any]:
    return {"name": name, "axes": axes(names)}


def level(path: str, scale: list[Any] | None, translation: list[Any] | None = None) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "identity"} if scale is None else {"type": "scale", "scale": scale}
    if translation is not None:
        item = {"type": "sequence", "transformations": [item, {"type": "translation", "translation": translation}]}
    ends = {"input": {"path": path}, "output": {"name": "um"}}
    return {"path": path, "coordinateTransformations": [item | ends]}


def image(
    *systems: dict[str, Any], levels: list[dict[str, Any]] | None = None, links: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """An image whose levels map into the system `um`."""
    multiscale: dict[str, Any] = {
        "name": "image",
        "type": "mean",
        "metadata": {},
        "coordinateSystems": list(systems or [system("um")]),
    }
    multiscale["datasets"] = levels or [level("0", [0.5] * len(multiscale["coordinateSystems"][0]["axes"]))]
    if links:
        multiscale["coordinateTransformations"] = links
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


def scene(systems: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, Any]:
    return {"ome": {"version": "0.6", "scene": {"coordinateSystems": systems, "coordinateTransformations": links}}}


def link(source: str, target: str, **more: Any) -> dict[str, Any]:
    """A transformation, by default an identity, between systems written as `name` or `path:name`."""
    ends: dict[str, Any] = {}
    for end, text in (("input", source), ("output", target)):
        path, colon, name = text.rpartition(":")
        ends[end] = {"name": name} | ({"path": path} if colon else {})
    return {"type": "identity", **more, **ends}


def findings(document: dict[str, Any], rule: str) -> list[Finding]:
    return [finding for finding in check(document) if finding.rule == rule]


def places(document: dict[str, Any], rule: str) -> list[str]:
    return [finding.json_pointer for finding in findings(document, rule)]
