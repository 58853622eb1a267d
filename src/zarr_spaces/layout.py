"""What the levels of a Zarr multiscales pyramid mean: how each lies on the first, and how it was made."""

from __future__ import annotations

import math
import operator
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import Multiscales, ZarrMultiscales
from zarr_spaces.paths import normalise_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zarr_spaces._generated.bindings.zarr_multiscales.v0_1_0 import LayoutLevel
    from zarr_spaces.node_view import NodeView

DEFAULT_METHOD = "nearest"  # what the specification says is meant where no method is named


@dataclass(frozen=True, slots=True)
class PyramidLevel:
    """One level of a pyramid, with what follows from the levels around it filled in."""

    index: int
    """Place in the layout."""
    group: str
    """Path of the level's group below that of the pyramid."""
    source: int | None
    """Index of the level from which this one was made; None where none is named, or there is no such level."""
    scale: tuple[float, ...] | None
    """Size of the level's pixels for each axis, as written or as the factors give it; None where nothing usable tells.

    It counts in pixels of the first level where that has a scale of 1, as it should; in any case the unit is that in
    which the first level's own scale is written, and `place_on` tells the size in pixels of the first level.
    """
    translation: tuple[float, ...] | None
    """Corner of the level's first pixel for each axis, in the same unit; None with `scale`."""
    resampling_method: str
    """How the level was made: its own method, else that of the pyramid, else nearest."""

    @property
    def n(self) -> int | None:
        """Number of axes, as far as the level tells."""
        return len(self.scale) if self.scale is not None else None


def levels_of(pyramid: Multiscales | ZarrMultiscales) -> tuple[PyramidLevel, ...]:
    """List the levels of a pyramid with their effective scale, translation and resampling method.

    Parameters
    ----------
    pyramid : Multiscales or ZarrMultiscales
        The pyramid, or the whole document around it.

    Scales are absolute: scale * index + translation is the same for all levels in one place, with indices that count
    from the corner of the first pixel. Where the first level has a scale of 1 and no translation, as it should, this is
    the index in the first level; else `place_on` tells that. A level without a scale has that of its source times its
    `factors`; the first level has a scale of 1 unless it says another one. A level of which neither is known has None.

    Raises
    ------
    TypeError
        If `pyramid` is of another class.

    Spec : Zarr multiscales 0.1.0, "multiscales.layout"

    Examples
    --------
    >>> from zarr_spaces.zarr_multiscales.v0_1_0 import LayoutLevel, Multiscales
    >>> pyramid = Multiscales(
    ...     version="0.1.0",
    ...     layout=[
    ...         LayoutLevel(group="0"),
    ...         LayoutLevel(group="1", from_group="0", factors=[2, 2]),
    ...         LayoutLevel(group="2", from_group="1", factors=[2, 2], resampling_method="mode"),
    ...     ],
    ... )
    >>> [(level.scale, level.resampling_method) for level in levels_of(pyramid)]
    [((1.0, 1.0), 'nearest'), ((2.0, 2.0), 'nearest'), ((4.0, 4.0), 'mode')]
    """
    if isinstance(pyramid, ZarrMultiscales):
        pyramid = pyramid.multiscales
    if not isinstance(pyramid, Multiscales):
        raise TypeError(f"levels are those of Multiscales or ZarrMultiscales, not of a {type(pyramid).__name__}")
    layout = pyramid.layout
    n = axes_count(pyramid)
    sources = sources_of(pyramid)
    placed: dict[int, tuple[tuple[float, ...], tuple[float, ...]] | None] = {}
    for index in range(len(layout)):
        # Sources mostly stand before, but need not, and may lead in circles: walk to one that is placed.
        chain: dict[int, None] = {}
        at: int | None = index
        while at is not None and at not in placed and at not in chain:
            chain[at] = None
            at = None if _is_absolute(layout[at], at, n) else sources[at]
        for step in reversed(chain):
            if step not in placed:
                source = sources[step]
                placed[step] = _placed(layout[step], step, n, placed.get(source) if source is not None else None)
    method = pyramid.resampling_method or DEFAULT_METHOD
    found = []
    for index, level in enumerate(layout):
        scale, translation = placed[index] or (None, None)
        own = level.resampling_method or method
        found.append(PyramidLevel(index, level.group, sources[index], scale, translation, own))
    return tuple(found)


def place_on(level: PyramidLevel, first: PyramidLevel) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """Tell how a level lies on another, mostly the first: index there = scale * index in the level + translation.

    Both are (n,) numbers, in pixels of the other level and from corner to corner; None where one of the levels has no
    place, or the numbers are beyond floating point.

    Spec : Zarr multiscales 0.1.0, "Transformation Semantics"

    Examples
    --------
    >>> first = PyramidLevel(0, "0", None, (10.0, 10.0), (5.0, 0.0), "mean")
    >>> place_on(PyramidLevel(1, "1", 0, (20.0, 20.0), (5.0, 30.0), "mean"), first)
    ((2.0, 2.0), (0.0, 3.0))
    """
    if level.scale is None or level.translation is None or first.scale is None or first.translation is None:
        return None
    scale = tuple(size / base for size, base in zip(level.scale, first.scale, strict=True))
    rows = zip(level.translation, first.translation, first.scale, strict=True)
    translation = tuple((start - origin) / base for start, origin, base in rows)
    if not all(scale) or not all(map(math.isfinite, (*scale, *translation))):
        return None
    return scale, translation


def axes_count(pyramid: Multiscales) -> int | None:
    """Tell how many axes the levels have: as many as most lists in the layout have numbers; None without any."""
    lists = (values for level in pyramid.layout for values in (level.scale, level.factors, level.translation))
    lengths = Counter(len(values) for values in lists if values is not None)
    return max(lengths, key=lengths.__getitem__, default=None)  # of equally many the first


def sources_of(pyramid: Multiscales) -> list[int | None]:
    """List for each level the index of the level that it was made from; where names repeat, the first one counts.

    Slashes that do not change the meaning of a path make no other name: ``0/`` is ``0``.
    """
    numbers: dict[str, int] = {}
    for index, level in enumerate(pyramid.layout):
        numbers.setdefault(normalise_path(level.group), index)
    sources = (level.from_group for level in pyramid.layout)
    return [numbers.get(normalise_path(source)) if source is not None else None for source in sources]


def _is_absolute(level: LayoutLevel, index: int, n: int | None) -> bool:
    """Tell whether a level is placed without a look at its source."""
    return index == 0 or _fits(level.scale, n)


def _fits(values: Sequence[float] | None, n: int | None) -> bool:
    return values is not None and len(values) == n


def _placed(
    level: LayoutLevel, index: int, n: int | None, source: tuple[tuple[float, ...], tuple[float, ...]] | None
) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """Find the scale and the translation of a level; None where nothing tells, or what tells has not `n` numbers."""
    if n is None or not (level.translation is None or _fits(level.translation, n)):
        return None
    start: Sequence[float] = [0.0] * n
    if level.scale is not None:
        scale = as_floats(level.scale) if _fits(level.scale, n) else None
    elif index == 0:
        scale = (1.0,) * n
    elif source is not None and level.factors is not None and _fits(level.factors, n):
        scale = times(source[0], level.factors)
        start = source[1]  # a level that says no more begins where its source does
    else:
        return None
    translation = as_floats(start if level.translation is None else level.translation)
    if scale is None or translation is None or not all(0 < size < math.inf for size in scale):
        return None
    return scale, translation


def as_floats(values: Sequence[float]) -> tuple[float, ...] | None:
    """Convert numbers of a document to floating point; None where an integer is beyond it.

    >>> as_floats([1, 2.5]), as_floats([10**400])
    ((1.0, 2.5), None)
    """
    try:
        return tuple(map(float, values))
    except OverflowError:
        return None


def times(scale: Sequence[float], factors: Sequence[float]) -> tuple[float, ...] | None:
    """Multiply a scale by factors, axis by axis; None where an integer is beyond floating point."""
    converted = as_floats(factors)
    return tuple(map(operator.mul, scale, converted)) if converted is not None else None


def variables_of_groups(groups: Iterable[str], nodes: NodeView) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Find the variables of levels: by group, the arrays directly below it, by name; those of coordinates are left out.

    Where the pyramid's own group repeats the metadata of the nodes below (consolidated metadata), nothing else is read
    of groups in which it has any.

    Spec : Zarr multiscales 0.1.0, "Group Discovery Methods", "Consolidated Metadata"
    """
    found: dict[str, dict[str, Mapping[str, Any]]] = {group: {} for group in groups}
    repeated = nodes.consolidated()
    if repeated is not None:
        for path, node in repeated.items():
            group, _, name = path.rpartition("/")
            if name and group in found and _is_array(node) and not is_coordinate(name, node):
                found[group][name] = node
    for group, variables in found.items():
        if repeated is None:
            variables |= arrays_below(group, nodes)
        if not variables and (own := nodes.array(group)) is not None:
            variables[""] = own  # against the specification, but plain enough to be read
    return {group: dict(sorted(variables.items())) for group, variables in found.items()}


def arrays_below(group: str, nodes: NodeView) -> dict[str, Mapping[str, Any]]:
    """Find the arrays directly below a group, by name, as the nodes themselves tell; those of coordinates are left out.

    The group whose nodes are looked at has the path ``""``.
    """
    asked = {name: nodes.array(f"{group}/{name}" if group else name) for name in sorted(nodes.children(group))}
    return {name: array for name, array in asked.items() if array is not None and not is_coordinate(name, array)}


def placed_arrays(nodes: NodeView) -> dict[str, Mapping[str, Any]]:
    """Find the arrays to which geo.proj at a node applies: the node itself, named "", or those directly below it."""
    own = nodes.array("")
    return {"": own} if own is not None else arrays_below("", nodes)


def is_coordinate(name: str, array: Mapping[str, Any]) -> bool:
    """Tell whether an array holds the coordinates of a dimension, or a single value.

    Coordinates have one dimension, which has the array's name. Single values stand beside rasters for their reference
    system (``spatial_ref``) or for a point in time.
    """
    return array["shape"] == [] or array.get("dimension_names") == [name]


def names_of(array: Mapping[str, Any]) -> list[str | None]:
    """Return the names of an array's dimensions, None for those without."""
    names = array.get("dimension_names")
    size = len(array["shape"])
    if not isinstance(names, list) or len(names) != size:
        return [None] * size
    return [name if isinstance(name, str) else None for name in names]


def _is_array(node: Any) -> bool:
    return (
        isinstance(node, dict)
        and node.get("node_type") == "array"
        and isinstance(shape := node.get("shape"), list)
        and all(type(size) is int for size in shape)
    )
