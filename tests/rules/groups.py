"""Other nodes of a store as dictionaries, and small documents to put into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zarr_spaces import Level, check

Found = list[tuple[str, str]]


class Groups:
    """What rules may ask about other nodes, answered from dictionaries by path."""

    def __init__(
        self,
        groups: Mapping[str, Mapping[str, Any]],
        arrays: Mapping[str, Mapping[str, Any]] | None = None,
        files: Iterable[str] = (),
    ) -> None:
        self.groups = groups
        self.arrays = arrays or {}
        self.files = set(files)
        self.asked = 0

    def attributes(self, path: str) -> Mapping[str, Any] | None:
        self.asked += 1
        return self.groups.get(path)

    def array(self, path: str) -> Mapping[str, Any] | None:
        return self.arrays.get(path)

    def children(self, path: str) -> Sequence[str]:
        prefix = f"{path}/" if path else ""
        names = [name.removeprefix(prefix) for name in (*self.groups, *self.arrays) if name.startswith(prefix)]
        return sorted({name.partition("/")[0] for name in names} - {""})

    def consolidated(self) -> None:
        return None

    def has_file(self, path: str) -> bool:
        return path in self.files


def ome(**members: Any) -> dict[str, Any]:
    return {"ome": {"version": "0.6", **members}}


def image(*paths: str, **members: Any) -> dict[str, Any]:
    """An image whose levels have these paths, each half as fine as the one before."""
    paths = paths or ("0",)
    axes = [{"name": name, "type": "space", "unit": "micrometer"} for name in "yx"]
    datasets = []
    for index, path in enumerate(paths):
        ends = {"input": {"path": path}, "output": {"name": "um"}}
        step = {"type": "scale", "scale": [0.5 * 2**index] * 2}
        datasets.append({"path": path, "coordinateTransformations": [step | ends]})
    multiscale = {"coordinateSystems": [{"name": "um", "axes": axes}], "datasets": datasets}
    return ome(multiscales=[multiscale], **members)


def label(*paths: str, **members: Any) -> dict[str, Any]:
    return image(*paths, **{"image-label": {"colors": [{"label-value": 1}], **members}})


def plate(*wells: tuple[str, int, int], rows: str = "AB", columns: str = "12", **members: Any) -> dict[str, Any]:
    """A plate with these wells, each given as path, rowIndex and columnIndex; by default the well A/1."""
    listed = [{"path": path, "rowIndex": i, "columnIndex": j} for path, i, j in wells or [("A/1", 0, 0)]]
    names = {"rows": [{"name": name} for name in rows], "columns": [{"name": name} for name in columns]}
    return ome(plate={"name": "p", "field_count": 1, **names, "wells": listed, **members})


def well(*images: str | tuple[str, int]) -> dict[str, Any]:
    """A well with these images, each given as path, or as path and acquisition."""
    listed = [{"path": item} if isinstance(item, str) else {"path": item[0], "acquisition": item[1]} for item in images]
    return ome(well={"images": listed or [{"path": "0"}]})


def found(document: dict[str, Any], rule: str, nodes: Groups | None = None, level: Level = Level.HIERARCHY) -> Found:
    """Return places and messages of what one rule finds; places start below `/ome`."""
    report = check(document, level=level, nodes=nodes)
    assert not [finding for finding in report if finding.level is Level.SCHEMA], str(report)
    return [(finding.json_pointer.removeprefix("/ome"), finding.message) for finding in report if finding.rule == rule]


def hints(document: dict[str, Any], rule: str, nodes: Groups | None = None) -> list[str | None]:
    return [finding.hint for finding in check(document, level=Level.HIERARCHY, nodes=nodes) if finding.rule == rule]


def places(
    document: dict[str, Any], rule: str, nodes: Groups | None = None, level: Level = Level.HIERARCHY
) -> list[str]:
    return [place for place, _ in found(document, rule, nodes, level)]
