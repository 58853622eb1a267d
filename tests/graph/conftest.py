"""Small documents, and graphs of them."""

from __future__ import annotations

from typing import Any

import pytest

from zarr_spaces import SpaceGraph
from zarr_spaces.document.reading import read
from zarr_spaces.graph.build import build_graph


class Make:
    """Writes metadata in few words."""

    @staticmethod
    def system(name: str, n: int = 2) -> dict[str, Any]:
        return {"name": name, "axes": [{"name": axis, "type": "space"} for axis in "tczyx"[-n:]]}

    @staticmethod
    def link(source: Any, target: Any, kind: str = "identity", **members: Any) -> dict[str, Any]:
        """Write a transformation; a plain string is the name of a system."""
        ends = [{"name": end} if isinstance(end, str) else end for end in (source, target)]
        return {"type": kind, "input": ends[0], "output": ends[1], **members}

    @staticmethod
    def level(path: str, scale: list[float], shift: list[float] | None = None, into: str = "um") -> dict[str, Any]:
        ends = {"input": {"path": path}, "output": {"name": into}}
        how: dict[str, Any] = {"type": "scale", "scale": scale}
        if shift is not None:
            how = {"type": "sequence", "transformations": [how, {"type": "translation", "translation": shift}]}
        return {"path": path, "coordinateTransformations": [how | ends]}

    @classmethod
    def multiscale(cls, *levels: Any, systems: tuple[str, ...] = ("um",), links: Any = ()) -> dict[str, Any]:
        out: dict[str, Any] = {
            "coordinateSystems": [cls.system(name) for name in systems],
            "datasets": list(levels) or [cls.level("0", [0.5, 0.5])],
        }
        return out | ({"coordinateTransformations": list(links)} if links else {})

    @staticmethod
    def image(*multiscales: Any) -> dict[str, Any]:
        return {"ome": {"version": "0.6", "multiscales": list(multiscales)}}

    @classmethod
    def scene(cls, systems: dict[str, int], *links: Any) -> dict[str, Any]:
        listed = [cls.system(name, n) for name, n in systems.items()]
        return {
            "ome": {"version": "0.6", "scene": {"coordinateSystems": listed, "coordinateTransformations": list(links)}}
        }

    @staticmethod
    def graph(root: Any, **others: Any) -> SpaceGraph:
        """Build the graph of a root document and of documents below it, keyed by their paths."""
        readings = {path: read(document) for path, document in ({"": root} | others).items()}
        return build_graph(readings.get)

    @classmethod
    def two_images(cls) -> SpaceGraph:
        """Build a scene of image ``a`` with three levels and image ``b`` with one, placed into a system ``stage``."""
        a = cls.image(
            cls.multiscale(
                cls.level("0", [0.5, 0.25]),
                cls.level("1", [1.0, 0.5], [0.25, 0.125]),
                cls.level("2", [2.0, 1.0], [0.75, 0.375]),
            )
        )
        b = cls.image(cls.multiscale(cls.level("0", [0.5, 0.5])))
        scene = cls.scene(
            {"stage": 2},
            cls.link({"path": "a", "name": "um"}, "stage", "translation", translation=[10.0, 20.0]),
            cls.link({"path": "b", "name": "um"}, "stage", "scale", scale=[2.0, 4.0], name="b on the stage"),
        )
        return cls.graph(scene, a=a, b=b)


@pytest.fixture
def make() -> type[Make]:
    return Make
