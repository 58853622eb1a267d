"""The versions of the specifications that this package knows: the only place that does."""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.findings import Level
from zarr_spaces.rules.rule import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.model import Model
    from zarr_spaces.rules.rule import Chosen, NodeView, Rule


@dataclass(frozen=True, slots=True, eq=False)
class SpecVersion:
    """Everything that sets one version apart; code is named by module path and loaded on first use."""

    key: str
    """Our name for it, such as ``ome-zarr/0.6``."""
    title: str
    """Its name for people."""
    tags: tuple[str, ...]
    """What its documents write as their version; the first is what we write."""
    schema: str
    """The schema file of a whole document."""
    model: str
    """``module:class`` of the typed object of a whole document."""
    codec: str
    """``module:name`` such that ``load_name`` and ``dump_name`` are the codec of a whole document."""
    shape: str
    """``module:function`` that lists the parts of a document which rules look at."""
    rules: tuple[str, ...]
    """``module:function`` of every rule, in the order of the documentation."""


OME_ZARR_0_6 = SpecVersion(
    key="ome-zarr/0.6",
    title="OME-Zarr 0.6",
    tags=("0.6", "0.6rc0"),
    schema="ome_zarr/0.6/ome_zarr.json",
    model="zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr:OmeZarr",
    codec="zarr_spaces._generated.codecs.ome_zarr.v0_6.ome_zarr:ome_zarr",
    shape="zarr_spaces.rules.shape:ome_parts",
    rules=(
        "zarr_spaces.rules.names:coordinate_system_names_unique",
        "zarr_spaces.rules.names:axis_names_unique",
        "zarr_spaces.rules.names:transformation_names_unique",
        "zarr_spaces.rules.axes:axis_type_known",
        "zarr_spaces.rules.axes:axis_unit_known",
        "zarr_spaces.rules.axes:scene_axes_published",
        "zarr_spaces.rules.image:image_described",
        "zarr_spaces.rules.image:image_axes_spatial",
        "zarr_spaces.rules.image:image_axes_one_time",
        "zarr_spaces.rules.image:image_axes_one_other",
        "zarr_spaces.rules.image:image_axes_ordered",
        "zarr_spaces.rules.image:spatial_axes_zyx",
        "zarr_spaces.rules.paths:paths_lead_below",
        "zarr_spaces.rules.paths:paths_plain",
        "zarr_spaces.rules.paths:parameter_paths_inside",
        "zarr_spaces.rules.references:references_resolve",
        "zarr_spaces.rules.references:image_references_resolve",
        "zarr_spaces.rules.datasets:dataset_path_is_input",
        "zarr_spaces.rules.datasets:dataset_ends_plain",
        "zarr_spaces.rules.datasets:dataset_paths_unique",
        "zarr_spaces.rules.datasets:dataset_arrays_exist",
        "zarr_spaces.rules.datasets:array_dimensions_are_axes",
        "zarr_spaces.rules.pyramid:levels_fine_to_coarse",
        "zarr_spaces.rules.pyramid:levels_aligned",
        "zarr_spaces.rules.parameters:parameter_lengths",
        "zarr_spaces.rules.indices:map_axis_indices_exist",
        "zarr_spaces.rules.indices:project_axis_indices_exist",
        "zarr_spaces.rules.indices:by_dimension_indices_exist",
        "zarr_spaces.rules.indices:by_dimension_outputs_written_once",
        "zarr_spaces.rules.matrices:scale_not_zero",
        "zarr_spaces.rules.matrices:scale_not_negative",
        "zarr_spaces.rules.matrices:rotation_proper",
        "zarr_spaces.rules.matrices:rotation_precise",
        "zarr_spaces.rules.matrices:affine_invertible",
        "zarr_spaces.rules.matrices:affine_needed",
        "zarr_spaces.rules.bijections:bijection_ends_agree",
        "zarr_spaces.rules.bijections:bijection_needed",
        "zarr_spaces.rules.bijections:bijection_directions_agree",
        "zarr_spaces.rules.fields:field_input_has_no_channel",
        "zarr_spaces.rules.fields:field_interpolation_known",
        "zarr_spaces.rules.intrinsic:intrinsic_system_shared",
        "zarr_spaces.rules.intrinsic:intrinsic_system_referenced",
        "zarr_spaces.rules.connected:systems_connected",
        "zarr_spaces.rules.links:transformation_ends_differ",
        "zarr_spaces.rules.links:identity_keeps_units",
        "zarr_spaces.rules.links:label_link_below_labels",
        "zarr_spaces.rules.links:label_link_type",
        "zarr_spaces.rules.links:label_link_single",
        "zarr_spaces.rules.arrays:arrays_from_large_to_small",
        "zarr_spaces.rules.arrays:arrays_of_one_data_type",
        "zarr_spaces.rules.arrays:dimension_names_are_axes",
        "zarr_spaces.rules.arrays:affine_array_fits",
        "zarr_spaces.rules.arrays:rotation_array_fits",
        "zarr_spaces.rules.field_groups:fields_are_images",
        "zarr_spaces.rules.field_groups:field_vector_axis",
        "zarr_spaces.rules.field_groups:field_array_fits",
        "zarr_spaces.rules.plate:acquisition_ids_unique",
        "zarr_spaces.rules.plate:row_and_column_names_unique",
        "zarr_spaces.rules.plate:row_and_column_names_differ_beyond_case",
        "zarr_spaces.rules.plate:well_positions_agree",
        "zarr_spaces.rules.plate:well_paths_unique",
        "zarr_spaces.rules.plate:plate_described",
        "zarr_spaces.rules.plate_groups:plate_wells_exist",
        "zarr_spaces.rules.plate_groups:field_acquisitions_known",
        "zarr_spaces.rules.plate_groups:plate_groups_hold_images",
        "zarr_spaces.rules.well:field_paths_unique",
        "zarr_spaces.rules.well:field_images_exist",
        "zarr_spaces.rules.labels:label_paths_unique",
        "zarr_spaces.rules.labels:image_label_on_image",
        "zarr_spaces.rules.labels:label_colors_given",
        "zarr_spaces.rules.labels:label_values_unique",
        "zarr_spaces.rules.labels:label_source_relative",
        "zarr_spaces.rules.label_groups:listed_labels_exist",
        "zarr_spaces.rules.label_groups:listed_labels_have_image_label",
        "zarr_spaces.rules.label_groups:label_images_listed",
        "zarr_spaces.rules.label_groups:label_folders_plain",
        "zarr_spaces.rules.label_groups:labels_beside_levels",
        "zarr_spaces.rules.label_groups:labels_group_lists",
        "zarr_spaces.rules.label_groups:label_levels_match",
        "zarr_spaces.rules.label_groups:label_source_is_image",
        "zarr_spaces.rules.label_groups:label_pixels_are_integers",
        "zarr_spaces.rules.collection:collection_images_numbered",
        "zarr_spaces.rules.collection:series_images_exist",
        "zarr_spaces.rules.collection:collection_xml_present",
        "zarr_spaces.rules.collection:plate_series_match",
        "zarr_spaces.rules.hierarchy:versions_consistent",
    ),
)

VERSIONS: tuple[SpecVersion, ...] = (OME_ZARR_0_6,)

# Versions that exist and that this release names, but has no schemas for.
OTHER_OME_TAGS = ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6.dev1", "0.6.dev2", "0.6.dev3", "0.6.dev4")


def version_of_object(document: object) -> SpecVersion | None:
    """Return the version whose typed document this is."""
    kind = f"{type(document).__module__}:{type(document).__qualname__}"
    return next((version for version in VERSIONS if version.model == kind), None)


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


@functools.cache
def loader(version: SpecVersion) -> Callable[..., Model]:
    """Return the function that builds the typed object of a document.

    It may be given what the schema has not seen: then it may raise anything. A second argument tells how deep
    transformations may stand in each other.
    """
    module, _, name = version.codec.partition(":")
    load: Callable[..., Model] = _named(f"{module}:load_{name}")
    return load


@functools.cache
def dumper(version: SpecVersion) -> Callable[[Any], dict[str, Any]]:
    """Return the function that writes the version's typed object as JSON-ready attributes."""
    module, _, name = version.codec.partition(":")
    dump: Callable[[Any], dict[str, Any]] = _named(f"{module}:dump_{name}")
    return dump


@functools.cache
def rules_of(version: SpecVersion) -> tuple[Rule, ...]:
    """Return the version's rules."""
    return tuple(_named(path).rule for path in version.rules)


@functools.cache
def chosen_rules(version: SpecVersion, level: Level, has_nodes: bool) -> tuple[tuple[Chosen, Chosen], Level]:
    """Return the version's rules that run at a level, sorted for `run_rules`, and the deepest level among them."""
    rules = rules_of(version)
    levels = {item.level for item in rules if level.includes(item.level)} if has_nodes else {Level.DOCUMENT}
    return choose(rules, level, has_nodes), max(levels, key=lambda found: found.depth)


@functools.cache
def parts_of(version: SpecVersion) -> Callable[[Any, NodeView | None], Any]:
    """Return the function that lists the parts of a document, with a look at the other nodes if they are given."""
    parts: Callable[[Any, NodeView | None], Any] = _named(version.shape)
    return parts
