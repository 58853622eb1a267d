"""What a store or document holds, in few words: coordinate systems, levels, transformations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Scale, Sequence, Translation
from zarr_spaces.paths import join_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
        CoordinateSystem,
        Dataset,
        Multiscale,
        Ome,
        Reference,
        Scene,
        Transformation,
    )
    from zarr_spaces.document.reading import Reading
    from zarr_spaces.store.nodes import Nodes


BROKEN_LIMIT = 20  # faults of one group that are listed; validate lists them all


def describe_reading(path: str, reading: Reading, nodes: Nodes | None = None) -> dict[str, Any]:
    """Describe one group as JSON-ready values; `nodes` tell the shapes of its arrays."""
    out: dict[str, Any] = {"path": path}
    if reading.document is not None:
        ome = reading.document.ome
        out["version"] = ome.version
        if ome.multiscales:
            out["images"] = [_image(path, multiscale, nodes) for multiscale in ome.multiscales]
        if ome.scene is not None:
            out["scene"] = _scene(ome.scene)
        out |= _sections(ome)
        if ome.extra:
            out["other"] = sorted(ome.extra)
    if reading.findings:
        out["broken"] = [str(finding) for finding in reading.findings[:BROKEN_LIMIT]]
        if len(reading.findings) > BROKEN_LIMIT:
            out["broken"].append(f"... and {len(reading.findings) - BROKEN_LIMIT} more")
    return out


def _sections(ome: Ome) -> dict[str, Any]:
    """Describe what is no image and no scene."""
    out: dict[str, Any] = {}
    if ome.image_label is not None:
        label = ome.image_label
        source = label.source.image if label.source is not None else None
        out["imageLabel"] = {
            "colors": len(label.colors or ()),
            "properties": len(label.properties or ()),
            **({"source": source} if source is not None else {}),
        }
    if ome.labels is not None:
        out["labels"] = list(ome.labels)
    if ome.plate is not None:
        plate = ome.plate
        out["plate"] = {
            **({"name": plate.name} if plate.name is not None else {}),
            "rows": len(plate.rows),
            "columns": len(plate.columns),
            "acquisitions": len(plate.acquisitions or ()),
            "wells": [well.path for well in plate.wells],
        }
    if ome.well is not None:
        out["well"] = [image.path for image in ome.well.images]
    if ome.bioformats2raw_layout is not None:
        out["bioformats2raw.layout"] = ome.bioformats2raw_layout
    if ome.series is not None:
        out["series"] = list(ome.series)
    return out


def _image(path: str, multiscale: Multiscale, nodes: Nodes | None) -> dict[str, Any]:
    out: dict[str, Any] = {} if multiscale.name is None else {"name": multiscale.name}
    out["coordinateSystems"] = [_system(system) for system in multiscale.coordinate_systems]
    out["levels"] = [_level(path, dataset, nodes) for dataset in multiscale.datasets]
    if multiscale.coordinate_transformations:
        out["coordinateTransformations"] = [_link(item) for item in multiscale.coordinate_transformations]
    return out


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "coordinateSystems": [_system(system) for system in scene.coordinate_systems or ()],
        "coordinateTransformations": [_link(item) for item in scene.coordinate_transformations],
    }


def _system(system: CoordinateSystem) -> dict[str, Any]:
    axes = [
        {key: value for key, value in (("name", axis.name), ("type", axis.type), ("unit", axis.unit)) if value}
        for axis in system.axes
    ]
    return {"name": system.name, "axes": axes}


def _level(path: str, dataset: Dataset, nodes: Nodes | None) -> dict[str, Any]:
    out: dict[str, Any] = {"path": dataset.path}
    if nodes is not None:
        target = join_path(path, dataset.path)
        node = nodes.get(target) if target else None
        out["shape"] = list(node.shape) if node is not None and node.shape is not None else None
        if node is not None and isinstance(kind := node.metadata.get("data_type"), str):
            out["data_type"] = kind
    transformation = dataset.coordinate_transformations[0]
    steps = transformation.transformations if isinstance(transformation, Sequence) else [transformation]
    for step in steps:
        match step:
            case Scale(scale=values):
                out["scale"] = values
            case Translation(translation=values):
                out["translation"] = values
    out["into"] = transformation.output.name if transformation.output is not None else None
    return out


def _link(transformation: Transformation) -> dict[str, Any]:
    out: dict[str, Any] = {"type": transformation.type}
    if transformation.name is not None:
        out["name"] = transformation.name
    return out | {"input": _end(transformation.input), "output": _end(transformation.output)}


def _end(reference: Reference | None) -> Mapping[str, str]:
    if reference is None:
        return {}
    return {key: value for key, value in (("path", reference.path), ("name", reference.name)) if value is not None}
