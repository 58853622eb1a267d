"""What a store or document holds, in few words: coordinate systems, levels, transformations, places on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Scale, Sequence, Translation
from zarr_spaces._generated.members import LAYOUT, MULTISCALES
from zarr_spaces.geo import crs_name
from zarr_spaces.layout import levels_of, names_of, variables_of_groups
from zarr_spaces.paths import join_path, leads_below, normalise_path
from zarr_spaces.store.nodes import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zarr_spaces._generated.bindings.composition import GeoProj
    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import (
        CoordinateSystem,
        Dataset,
        Multiscale,
        Ome,
        Reference,
        Scene,
        Transformation,
    )
    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import Multiscales
    from zarr_spaces.document.reading import Reading
    from zarr_spaces.findings import Pointer
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
    if reading.layout is not None:
        out["pyramid"] = _pyramid(path, reading.layout.multiscales, reading.opaque, nodes)
    if reading.proj is not None:
        out["ground"] = _ground(reading.proj)
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


def _pyramid(path: str, pyramid: Multiscales, opaque: Mapping[Pointer, str], nodes: Nodes | None) -> dict[str, Any]:
    """Describe a pyramid by what its levels amount to; those that cannot be read have only their group."""
    view = View(nodes, path) if nodes is not None else None
    meant = levels_of(pyramid)
    groups = {level.index: normalise_path(level.group) for level in meant if leads_below(level.group)}
    variables = variables_of_groups(filter(None, groups.values()), view) if view is not None else {}
    levels = []
    for level in meant:
        out: dict[str, Any] = {"group": level.group}
        if (MULTISCALES, LAYOUT, level.index) not in opaque:
            out["source"] = pyramid.layout[level.source].group if level.source is not None else None
            out["scale"] = list(level.scale) if level.scale is not None else None
            out["translation"] = list(level.translation) if level.translation is not None else None
            out["resampling_method"] = level.resampling_method
        group = groups.get(level.index)
        if view is not None and group:
            is_there = view.attributes(group) is not None or view.array(group) is not None
            arrays = variables[group].items()
            out["variables"] = [_variable(name, array) for name, array in arrays] if is_there else None
        levels.append(out)
    return {"version": pyramid.version, "levels": levels}


def _variable(name: str, array: Mapping[str, Any]) -> dict[str, Any]:
    kind = array.get("data_type")
    return {
        "name": name,
        "shape": list(array["shape"]),
        **({"data_type": kind} if isinstance(kind, str) else {}),
        "dimension_names": names_of(array),
    }


def _ground(proj: GeoProj) -> dict[str, Any]:
    """Describe how pixels lie in a coordinate reference system."""
    out: dict[str, Any] = {"version": proj.version, "crs": crs_name(proj)}
    told = (("transform", proj.transform), ("bbox", proj.bbox), ("spatial_dimensions", proj.spatial_dimensions))
    return out | {key: list(values) for key, values in told if values is not None}


def _link(transformation: Transformation) -> dict[str, Any]:
    out: dict[str, Any] = {"type": transformation.type}
    if transformation.name is not None:
        out["name"] = transformation.name
    return out | {"input": _end(transformation.input), "output": _end(transformation.output)}


def _end(reference: Reference | None) -> Mapping[str, str]:
    if reference is None:
        return {}
    return {key: value for key, value in (("path", reference.path), ("name", reference.name)) if value is not None}
