"""The intrinsic coordinate system: the one into which every resolution level maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zarr_spaces._generated.members import COORDINATE_TRANSFORMATIONS, DATASETS, NAME, OUTPUT
from zarr_spaces.paths import normalise_path
from zarr_spaces.quoting import quote
from zarr_spaces.rules.rule import Fault, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zarr_spaces._generated.bindings.ome_zarr.v0_6 import Multiscale, Reference
    from zarr_spaces.findings import Pointer


def _outputs(multiscale: Multiscale) -> Iterator[tuple[Pointer, str]]:
    """Yield the system into which each level maps, with its place; names that lead nowhere are left out."""
    listed = {system.name for system in multiscale.coordinate_systems}
    for index, dataset in enumerate(multiscale.datasets):
        for place, transformation in enumerate(dataset.coordinate_transformations):
            output = transformation.output  # a system of this image, whatever path it is given
            if output is not None and output.name is not None and output.name in listed:
                yield (DATASETS, index, COORDINATE_TRANSFORMATIONS, place, OUTPUT, NAME), output.name


@rule(
    "intrinsic-system-shared",
    part=Part.MULTISCALE,
    section='"multiscales" metadata, datasets',
    statements=(97,),
)
def intrinsic_system_shared(multiscale: Multiscale, at: Pointer) -> Iterator[Fault]:
    """All levels of an image map into the same coordinate system."""
    outputs = list(_outputs(multiscale))
    for place, name in outputs:
        if name != outputs[0][1]:
            yield Fault(
                (*at, *place),
                f"this level maps into {quote(name)}, the first one into {quote(outputs[0][1])}",
                "map every level into one system, and add a transformation from there to the other",
            )


@rule(
    "intrinsic-system-referenced",
    part=Part.MULTISCALE,
    section='"coordinateTransformations" metadata, constraints',
    statements=(35,),
)
def intrinsic_system_referenced(multiscale: Multiscale, at: Pointer) -> Iterator[Fault]:
    """A transformation beside the levels has the intrinsic coordinate system at one of its ends."""
    if not multiscale.coordinate_transformations:
        return
    intrinsic = next((name for _, name in _outputs(multiscale)), None)
    if intrinsic is None:
        return
    for index, transformation in enumerate(multiscale.coordinate_transformations):
        if not (_is(transformation.input, intrinsic) or _is(transformation.output, intrinsic)):
            yield Fault(
                (*at, COORDINATE_TRANSFORMATIONS, index),
                f"neither input nor output is the intrinsic coordinate system {quote(intrinsic)}",
                "only transformations from or to the system into which the levels map may stand here",
            )


def _is(reference: Reference | None, name: str) -> bool:
    return reference is not None and reference.name == name and not normalise_path(reference.path or "")
