"""What is measured with points: each kind of map, and what does the same without this package."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.race import Side
from zarr_spaces.transform.compose import compose
from zarr_spaces.transform.point_map import (
    Affine,
    ByDimension,
    Permutation,
    PointMap,
    Scale,
    ScaleTranslation,
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.transform.contract import FloatArray

PEER = "transformnd"
LARGE = 1_000_000
PRODUCT_ALONE = "`x @ A.T`"


class Case(NamedTuple):
    """A kind of map with points of one size."""

    title: str
    n: int
    d: int
    ours: Callable[[], FloatArray]
    """Into a new array."""
    ours_into: Callable[[], FloatArray]
    """Into an array of the caller."""
    others: tuple[Side, ...]
    """Compared with `ours`: they make a new array."""
    others_into: tuple[Side, ...]
    """Compared with `ours_into`: they write into an array."""


@dataclass(frozen=True)
class Given:
    """Points, and parameters of all kinds of maps."""

    points: FloatArray
    matrix: FloatArray
    rotation: FloatArray
    offset: FloatArray
    factors: FloatArray
    order: list[int]

    def case(self, title: str, one: PointMap, *others: Side, into: tuple[Side, ...] = ()) -> Case:
        """Set a map against other ways, and writing into an array against copying the points into one."""
        points, out, copied = self.points, np.empty_like(self.points), np.empty_like(self.points)
        expected = one(points)
        assert np.array_equal(one(points, out), expected)
        for side in others:
            if side.function is not None and side.name != PRODUCT_ALONE:
                assert np.allclose(np.asarray(side.function()), expected), (title, side.name)
        copying = Side("`np.copyto(out, x)`", lambda: np.copyto(copied, points), self.copy_target(one))
        n, d = points.shape
        return Case(title, n, d, lambda: one(points), lambda: one(points, out), others, (copying, *into))

    def copy_target(self, one: PointMap) -> float | None:
        """Tell what is aimed at where the memory alone should count."""
        return 1.6 if len(self.points) >= LARGE and isinstance(one, Scale | Translation) else None


def given(rng: np.random.Generator, n: int, d: int) -> Given:
    """Draw points and parameters."""
    return Given(
        points=rng.normal(size=(n, d)),
        matrix=rng.normal(size=(d, d)),
        rotation=np.linalg.qr(rng.normal(size=(d, d)))[0],
        offset=rng.normal(size=d),
        factors=rng.normal(size=d),
        order=np.roll(np.arange(d), 1).tolist(),
    )


def peer(make: Callable[[Any], Any], points: FloatArray) -> Side:
    """Set up what its documentation offers for the same map; it has no way to write into an array of the caller."""
    try:
        package = importlib.import_module(f"{PEER}.transforms")
    except ImportError:
        return Side(PEER, None)
    one = make(package)
    return Side(PEER, lambda: one.apply(points))


def affine(these: Given) -> Case:
    """Set the affine map against the product alone, and against product and sum."""
    x, a, b = these.points, these.matrix, these.offset
    return these.case(
        "Affine",
        Affine(a, b),
        Side(PRODUCT_ALONE, lambda: x @ a.T, 1.3 if x.shape == (LARGE, 3) else None),
        Side("`x @ A.T + b`", lambda: x @ a.T + b, 1.5 if len(x) == 1 else None),
        peer(lambda package: package.Affine.from_linear_map(a, b), x),
    )


def sequence(these: Given) -> Case:
    """Set five steps against the product of their matrices, made by hand, and against each step by itself."""
    x, r, t, s, p = these.points, these.rotation, these.offset, these.factors, these.order
    five = compose(Scale(s), Translation(t), Affine(r), Permutation(p), Translation(s))
    whole = five.as_affine()
    assert whole is not None
    a, b = whole

    def simplified(package: Any) -> Any:
        # Without `simplify` it takes three times as long.
        steps = package.Scale(s), package.Translate(t), package.Affine.from_linear_map(r), package.MapAxis(p)
        return importlib.import_module(PEER).TransformSequence([*steps, package.Translate(s)]).simplify()

    return these.case(
        "Sequence of scale, translation, rotation, permutation and translation",
        five,
        Side("`x @ A.T + b`", lambda: x @ a.T + b),
        Side("`((x * s + t) @ R.T)[:, p] + s`", lambda: ((x * s + t) @ r.T)[:, p] + s),
        peer(simplified, x),
    )


def by_dimension(these: Given) -> Case:
    """Set affine maps of the first D // 2 axes and of the others against the same by slices."""
    x, d = these.points, these.points.shape[1]
    cut = d // 2
    parts = [(list(axes), these.matrix[axes][:, axes], these.offset[axes]) for axes in np.split(np.arange(d), [cut])]
    (_, a, b), (_, c, e) = parts

    def sliced() -> FloatArray:
        out = np.empty_like(x)
        out[:, :cut] = x[:, :cut] @ a.T + b
        out[:, cut:] = x[:, cut:] @ c.T + e
        return out

    def side_by_side(package: Any) -> Any:
        return package.ByDimension.from_dimensions(package.Affine.from_linear_map(m, v) for _, m, v in parts)

    return these.case(
        "By dimension, an affine map for each half of the axes",
        compose(ByDimension([(axes, axes, Affine(m, v)) for axes, m, v in parts])),
        Side("`x @ A.T + b` by slices", sliced),
        peer(side_by_side, x),
    )


def scale(these: Given) -> Case:
    """Set a scale against a product."""
    x, s, out = these.points, these.factors, np.empty_like(these.points)
    return these.case(
        "Scale",
        Scale(s),
        Side("`x * s`", lambda: x * s),
        peer(lambda package: package.Scale(s), x),
        into=(Side("`np.multiply(x, s, out)`", lambda: np.multiply(x, s, out)),),
    )


def translation(these: Given) -> Case:
    """Set a translation against a sum."""
    x, t, out = these.points, these.offset, np.empty_like(these.points)
    return these.case(
        "Translation",
        Translation(t),
        Side("`x + t`", lambda: x + t),
        peer(lambda package: package.Translate(t), x),
        into=(Side("`np.add(x, t, out)`", lambda: np.add(x, t, out)),),
    )


def scale_translation(these: Given) -> Case:
    """Set a scale with a translation, which is what most levels of images have, against product and sum."""
    x, s, t = these.points, these.factors, these.offset
    return these.case(
        "Scale, then translation",
        ScaleTranslation(s, t),
        Side("`x * s + t`", lambda: x * s + t),
        peer(lambda package: (package.Scale(s) | package.Translate(t)).simplify(), x),
    )


def permutation(these: Given) -> Case:
    """Set a permutation against indexing, whose answer is in column order, and against taking columns."""
    x, p = these.points, these.order
    return these.case(
        "Permutation",
        Permutation(p),
        Side("`x[:, p]`", lambda: x[:, p]),
        Side("`x.take(p, axis=1)`", lambda: x.take(p, axis=1)),
        peer(lambda package: package.MapAxis(p), x),
    )


KINDS = (affine, sequence, by_dimension, scale, translation, scale_translation, permutation)
