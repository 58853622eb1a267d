"""The versions of the specifications that this package knows: the only place that does."""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces.findings import Level
from zarr_spaces.rules.run import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.model import Model
    from zarr_spaces.node_view import NodeView
    from zarr_spaces.rules.rule import Rule
    from zarr_spaces.rules.run import Chosen


@dataclass(frozen=True, slots=True, eq=False)
class SpecVersion:
    """Everything that sets one version apart; code is named by module path and loaded on first use."""

    key: str
    """Our name for it, such as ``ome-zarr/0.6``."""
    title: str
    """Its name for people."""
    member: str
    """The attribute under which its metadata stands."""
    tags: tuple[str, ...]
    """What its documents write as their version; the first is what we write."""
    schema: str
    """The schema file of a whole document."""
    model: str
    """``module:class`` of the typed object of a whole document."""
    codec: str
    """``module:name`` such that ``load_name`` and ``dump_name`` are the codec of a whole document."""
    parts: str
    """``module:function`` that lists the parts of a document which rules look at."""
    rules: tuple[str, ...]
    """Every rule: the modules below ``zarr_spaces.rules``, each with the names of functions in it."""
    nodes: tuple[str, ...] = ("group",)
    """The kinds of Zarr nodes that the metadata describes."""


OME_ZARR_0_6 = SpecVersion(
    key="ome-zarr/0.6",
    title="OME-Zarr 0.6",
    member="ome",
    tags=("0.6", "0.6rc0"),
    schema="ome_zarr/0.6/ome_zarr.json",
    model="zarr_spaces._generated.bindings.ome_zarr.v0_6.ome_zarr:OmeZarr",
    codec="zarr_spaces._generated.codecs.ome_zarr.v0_6.ome_zarr:ome_zarr",
    parts="zarr_spaces.rules.parts:ome_parts",
    rules=(
        "names: coordinate_system_names_unique, axis_names_unique, transformation_names_unique",
        "axes: axis_type_known, axis_unit_known, scene_axes_published",
        "image: image_described, image_axes_spatial, image_axes_one_time, image_axes_one_other, image_axes_ordered, "
        "spatial_axes_zyx",
        "paths: paths_lead_below, paths_plain, parameter_paths_inside",
        "references: references_resolve, image_references_resolve",
        "datasets: dataset_path_is_input, dataset_ends_plain, dataset_paths_unique, dataset_arrays_exist, "
        "array_dimensions_are_axes",
        "pyramid: levels_fine_to_coarse, levels_aligned",
        "parameters: parameter_lengths",
        "indices: map_axis_indices_exist, project_axis_indices_exist, by_dimension_indices_exist, "
        "by_dimension_outputs_written_once",
        "matrices: scale_not_zero, scale_not_negative, rotation_proper, rotation_precise, affine_invertible, "
        "affine_needed",
        "bijections: bijection_ends_agree, bijection_needed, bijection_directions_agree",
        "fields: field_input_has_no_channel, field_interpolation_known",
        "intrinsic: intrinsic_system_shared, intrinsic_system_referenced",
        "connected: systems_connected",
        "links: transformation_ends_differ, identity_keeps_units, label_link_below_labels, label_link_type, "
        "label_link_single",
        "arrays: arrays_from_large_to_small, arrays_of_one_data_type, dimension_names_are_axes, affine_array_fits, "
        "rotation_array_fits",
        "field_groups: fields_are_images, field_vector_axis, field_array_fits",
        "plate: acquisition_ids_unique, row_and_column_names_unique, row_and_column_names_differ_beyond_case, "
        "well_positions_agree, well_paths_unique, plate_described",
        "plate_groups: plate_wells_exist, field_acquisitions_known, plate_groups_hold_images",
        "well: field_paths_unique, field_images_exist",
        "labels: label_paths_unique, image_label_on_image, label_colors_given, label_values_unique, "
        "label_source_relative",
        "label_groups: listed_labels_exist, listed_labels_have_image_label, label_images_listed, "
        "label_folders_plain, labels_beside_levels, labels_group_lists, label_levels_match, label_source_is_image, "
        "label_pixels_are_integers",
        "collection: collection_images_numbered, series_images_exist, collection_xml_present, plate_series_match",
        "hierarchy: versions_consistent",
    ),
)

ZARR_MULTISCALES_0_1_0 = SpecVersion(
    key="zarr-multiscales/0.1.0",
    title="Zarr multiscales 0.1.0",
    member="multiscales",
    tags=("0.1.0",),
    schema="zarr_multiscales/0.1.0/zarr_multiscales.json",
    model="zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0.zarr_multiscales:ZarrMultiscales",
    codec="zarr_spaces._generated.codecs.zarr_multiscales.v0_1_0.zarr_multiscales:zarr_multiscales",
    parts="zarr_spaces.rules.layout_parts:layout_parts",
    rules=(
        "layout_levels: layout_version_known, layout_groups_unique, layout_groups_below, layout_sources_exist, "
        "layout_sources_end, layout_lengths_agree, layout_fine_to_coarse, layout_starts_at_base, "
        "layout_scale_agrees_with_factors, layout_scale_absolute, layout_factors_coarsen, layout_levels_placed",
        "layout_translations: layout_translation_from_corner, layout_translation_in_pixels",
        "layout_groups: layout_groups_exist, layout_variables_same, layout_consolidated, layout_consolidated_current",
        "layout_dimensions: layout_axes_are_dimensions, layout_axes_complete, layout_dimensions_ordered, "
        "layout_dimensions_found",
        "layout_arrays: layout_shapes_agree, layout_shapes_exact, layout_arrays_alike, layout_transforms_agree, "
        "layout_systems_same, layout_bbox_agrees",
        "geo_proj: geo_transform_invertible, geo_transform_order, geo_code_published, geo_forms_agree, "
        "geo_bbox_ordered, geo_dimensions_ordered",
    ),
)

GEO_PROJ_0_1 = SpecVersion(
    key="geo-proj/0.1",
    title="geo.proj 0.1",
    member="geo",
    tags=("0.1",),
    schema="composition/geo.json",
    model="zarr_spaces._generated.bindings.composition.geo:GeoAttributes",
    codec="zarr_spaces._generated.codecs.composition.geo:geo_attributes",
    parts="zarr_spaces.rules.layout_parts:geo_parts",
    rules=(
        "geo_proj: geo_transform_invertible, geo_transform_order, geo_code_published, geo_forms_agree, "
        "geo_bbox_ordered, geo_dimensions_ordered, geo_dimensions_found, geo_bbox_agrees",
    ),
    nodes=("group", "array"),
)

VERSIONS: tuple[SpecVersion, ...] = (OME_ZARR_0_6, ZARR_MULTISCALES_0_1_0, GEO_PROJ_0_1)

# Versions that exist and that this release names, but has no schemas for.
OTHER_OME_TAGS = ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6.dev1", "0.6.dev2", "0.6.dev3", "0.6.dev4")


def version_of_object(document: object) -> SpecVersion | None:
    """Return the version whose typed document this is."""
    return version_of_model(type(document))


def version_of_model(model: type) -> SpecVersion | None:
    """Return the version whose typed documents are of a class."""
    kind = f"{model.__module__}:{model.__qualname__}"
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
    listed = (line.partition(": ") for line in version.rules)
    return tuple(
        _named(f"zarr_spaces.rules.{module}:{name}").rule for module, _, names in listed for name in names.split(", ")
    )


@functools.cache
def chosen_rules(version: SpecVersion, level: Level, has_nodes: bool) -> tuple[tuple[Chosen, Chosen], Level]:
    """Return the version's rules that run at a level, sorted for `run_rules`, and the deepest level among them."""
    rules = rules_of(version)
    levels = {item.level for item in rules if level.includes(item.level)} if has_nodes else {Level.DOCUMENT}
    return choose(rules, level, has_nodes), max(levels, key=lambda found: found.depth)


@functools.cache
def parts_of(version: SpecVersion) -> Callable[[Any, NodeView | None], Any]:
    """Return the function that lists the parts of a document, with a look at the other nodes if they are given."""
    parts: Callable[[Any, NodeView | None], Any] = _named(version.parts)
    return parts
