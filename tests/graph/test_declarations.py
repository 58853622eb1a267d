"""Each type of transformation, compiled from its declaration, does what the text of OME-Zarr 0.6 says."""

from __future__ import annotations

import typing
from typing import Any

import numpy as np
import pytest

from zarr_spaces import DimensionMismatch, NotInvertible, UnsupportedTransformation, compile_transformation, parse
from zarr_spaces.ome_zarr import v0_6
from zarr_spaces.transform import compile as bridge

SCALE = {"type": "scale", "scale": [2.0, 3.0]}
SHIFT = {"type": "translation", "translation": [10.0, 20.0]}


def compiled(make: Any, declaration: dict[str, Any], n: int) -> Any:
    """Compile a declaration as a document holds it."""
    ends = make.link("a", "b", **{"kind": declaration["type"]} | {k: v for k, v in declaration.items() if k != "type"})
    document = parse(make.scene({"a": n, "b": n}, ends), v0_6.OmeZarr, level="schema")
    assert document.ome.scene is not None
    return compile_transformation(document.ome.scene.coordinate_transformations[0], n)


def test_every_type_of_the_specification_has_its_compiler() -> None:
    members = {
        getattr(v0_6, member.__forward_arg__) if isinstance(member, typing.ForwardRef) else member
        for member in typing.get_args(v0_6.Transformation)
    }
    assert len(members) == 12
    assert set(bridge._compile.registry) - {object} == members


@pytest.mark.parametrize(
    ("declaration", "point", "expected"),
    [
        ({"type": "identity"}, [1, 2], [1, 2]),
        ({"type": "mapAxis", "mapAxis": [1, 0]}, [1, 2], [2, 1]),
        # Output axis i takes input axis mapAxis[i]; the inverse permutation would give (3, 1, 2).
        ({"type": "mapAxis", "mapAxis": [1, 2, 0]}, [1, 2, 3], [2, 3, 1]),
        ({"type": "projectAxis", "createdOutputs": [0, 1]}, [1, 2], [0, 0, 1, 2]),
        ({"type": "projectAxis", "createdOutputs": [2, 0]}, [1, 2], [0, 1, 0, 2]),
        ({"type": "projectAxis", "droppedInputs": [0]}, [1, 2, 3], [2, 3]),
        ({"type": "projectAxis", "droppedInputs": [2, 0]}, [1, 2, 3], [2]),
        ({"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [1]}, [1, 2], [2, 0]),
        (SCALE, [1, 2], [2, 6]),
        (SHIFT, [1, 2], [11, 22]),
        ({"type": "affine", "affine": [[1, 2, 5], [3, 4, 6]]}, [10, 100], [215, 436]),
        ({"type": "affine", "affine": [[1, 0, 5], [0, 1, 6], [1, 1, 7]]}, [1, 2], [6, 8, 10]),
        ({"type": "affine", "affine": [[1, 2, 5]]}, [1, 2], [10]),
        # A quarter turn: the matrix times the column (1, 2).
        ({"type": "rotation", "rotation": [[0, -1], [1, 0]]}, [1, 2], [-2, 1]),
        ({"type": "sequence", "transformations": [SCALE, SHIFT]}, [1, 2], [12, 26]),
        ({"type": "sequence", "transformations": [SHIFT, SCALE]}, [1, 2], [22, 66]),
        ({"type": "sequence", "transformations": [{"type": "sequence", "transformations": [SCALE]}]}, [1, 2], [2, 6]),
        (
            {
                "type": "sequence",
                "transformations": [
                    {"type": "projectAxis", "createdOutputs": [0]},
                    {"type": "mapAxis", "mapAxis": [2, 1, 0]},
                ],
            },
            [1, 2],
            [2, 1, 0],
        ),
        ({"type": "bijection", "forward": SCALE, "inverse": SHIFT}, [1, 2], [2, 6]),
    ],
)
def test_a_declaration_maps(make: Any, declaration: dict[str, Any], point: list[float], expected: list[float]) -> None:
    assert compiled(make, declaration, len(point))([point]).tolist() == [expected]


def part(inputs: list[int], outputs: list[int], transformation: dict[str, Any]) -> dict[str, Any]:
    return {"inputAxes": inputs, "outputAxes": outputs, "transformation": transformation}


def by_dimension(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "byDimension", "transformations": list(parts)}


@pytest.mark.parametrize(
    ("declaration", "point", "expected"),
    [
        (
            by_dimension(part([0], [0], {"type": "scale", "scale": [2]}), part([1], [1], {"type": "identity"})),
            [1, 2],
            [2, 2],
        ),
        (
            by_dimension(part([0], [1], {"type": "scale", "scale": [2]}), part([1], [0], {"type": "identity"})),
            [1, 5],
            [5, 2],
        ),
        # The order of the lists is the order of the part's own axes.
        (by_dimension(part([1, 0], [0, 1], SCALE)), [1, 5], [10, 3]),
        (by_dimension(part([0, 1], [1, 0], SCALE)), [1, 5], [15, 2]),
        # One input feeds two outputs, from two axes to three.
        (
            by_dimension(
                part([0], [0], {"type": "identity"}),
                part([0], [2], {"type": "translation", "translation": [7]}),
                part([1], [1], {"type": "scale", "scale": [3]}),
            ),
            [1, 2],
            [1, 6, 8],
        ),
        # A part of its own changes the number of axes.
        (by_dimension(part([0, 1], [0, 1, 2], {"type": "projectAxis", "createdOutputs": [1]})), [1, 2], [1, 0, 2]),
        # An input that no part reads is dropped.
        (by_dimension(part([2], [0], {"type": "identity"}), part([0], [1], {"type": "identity"})), [1, 2, 3], [3, 1]),
    ],
)
def test_by_dimension_maps(make: Any, declaration: dict[str, Any], point: list[float], expected: list[float]) -> None:
    assert compiled(make, declaration, len(point))([point]).tolist() == [expected]


def test_a_bijection_is_inverted_by_its_declared_inverse(make: Any) -> None:
    both = compiled(make, {"type": "bijection", "forward": SCALE, "inverse": SHIFT}, 2)
    assert both.inverse()([[1, 2]]).tolist() == [[11, 22]]
    assert both.inverse().inverse()([[1, 2]]).tolist() == [[2, 6]]


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": "mapAxis", "mapAxis": [2, 0, 1]},
        {"type": "projectAxis", "createdOutputs": [1]},
        {"type": "scale", "scale": [2.0, -4.0, 0.5]},
        {"type": "translation", "translation": [1.0, 2.0, 3.0]},
        {"type": "affine", "affine": [[2, 0, 0, 1], [0, 0, 4, 2], [0, 1, 0, 3]]},
        {"type": "rotation", "rotation": [[0, 0, 1], [1, 0, 0], [0, 1, 0]]},
        by_dimension(part([0, 2], [2, 1], SCALE), part([1], [0], {"type": "identity"})),
    ],
    ids=lambda declaration: declaration["type"],
)
def test_the_inverse_gives_the_point_again(make: Any, declaration: dict[str, Any]) -> None:
    forward = compiled(make, declaration, 3)
    points = np.array([[1.0, 2.0, 3.0], [-5.0, 0.0, 8.0]])
    np.testing.assert_allclose(forward.inverse()(forward(points)), points, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": "projectAxis", "droppedInputs": [0]},
        {"type": "projectAxis", "droppedInputs": [0], "createdOutputs": [0]},
        {"type": "scale", "scale": [1.0, 0.0]},
        {"type": "affine", "affine": [[1, 1, 0], [2, 2, 0]]},
        {"type": "affine", "affine": [[1, 0, 0], [0, 1, 0], [0, 0, 0]]},
        by_dimension(part([0], [0], {"type": "identity"}), part([0], [1], {"type": "identity"})),
    ],
)
def test_what_loses_points_is_not_invertible(make: Any, declaration: dict[str, Any]) -> None:
    forward = compiled(make, declaration, 2)
    with pytest.raises(NotInvertible):
        forward.inverse()


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": "displacements", "path": "field"},
        {"type": "coordinates", "path": "field"},
        {"type": "affine", "path": "matrix"},
        {"type": "rotation", "path": "matrix"},
    ],
    ids=lambda declaration: declaration["type"],
)
@pytest.mark.parametrize("nested", [False, True])
def test_parameters_in_arrays_are_unsupported(make: Any, declaration: dict[str, Any], nested: bool) -> None:
    whole = {"type": "sequence", "transformations": [declaration]} if nested else declaration
    with pytest.raises(UnsupportedTransformation) as caught:
        compiled(make, whole, 2)
    assert caught.value.kind == declaration["type"]


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": "scale", "scale": [1.0]},
        {"type": "translation", "translation": [1.0, 2.0, 3.0]},
        {"type": "mapAxis", "mapAxis": [0, 1, 2]},
        {"type": "affine", "affine": [[1, 2], [3, 4]]},
        {"type": "rotation", "rotation": [[1.0]]},
        {"type": "rotation", "rotation": [[0, -1], [1, 0], [0, 0]]},
        by_dimension(part([0, 1], [0], SCALE)),
        by_dimension(part([0], [0], SCALE)),
        {"type": "sequence", "transformations": [{"type": "projectAxis", "droppedInputs": [0]}, SCALE]},
        {"type": "bijection", "forward": SCALE, "inverse": {"type": "scale", "scale": [1.0]}},
    ],
)
def test_parameters_of_another_size_are_a_dimension_mismatch(make: Any, declaration: dict[str, Any]) -> None:
    with pytest.raises(DimensionMismatch):
        compiled(make, declaration, 2)


@pytest.mark.parametrize(
    "declaration",
    [
        {"type": "mapAxis", "mapAxis": [0, 5]},
        {"type": "projectAxis", "droppedInputs": [4]},
        {"type": "projectAxis", "createdOutputs": [4]},
        {"type": "projectAxis", "droppedInputs": [0, 1]},
        by_dimension(part([7], [0], {"type": "identity"})),
        by_dimension(part([0], [1], {"type": "identity"})),
        by_dimension(part([0], [0], {"type": "identity"}), part([1], [0], {"type": "identity"})),
    ],
)
def test_parameters_that_make_no_map_are_unsupported(make: Any, declaration: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedTransformation):
        compiled(make, declaration, 2)


def test_the_number_of_output_axes_is_checked_when_given() -> None:
    drop = v0_6.ProjectAxis(dropped_inputs=[0])
    assert compile_transformation(drop, 3, 2).n_out == 2
    with pytest.raises(DimensionMismatch):
        compile_transformation(drop, 3, 3)
