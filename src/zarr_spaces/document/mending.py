"""Taking what is broken out of a copy of a document's attributes, until its schema accepts the rest.

A broken transformation or level is replaced by one that keeps its place, so that pointers stay true, and is listed as
opaque. What stands in its place has no parameters: used without that list it cannot be executed, so that no points are
mapped by what was never declared. A broken section is left out.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from zarr_spaces._generated.members import (
    AXES,
    BBOX,
    CODE,
    COORDINATE_SYSTEMS,
    COORDINATE_TRANSFORMATIONS,
    DATASETS,
    GEO,
    GROUP,
    INPUT,
    LAYOUT,
    MULTISCALES,
    NAME,
    OME,
    OUTPUT,
    PATH,
    PROJ,
    PROJJSON,
    RESAMPLING_METHOD,
    SCENE,
    TRANSFORM,
    TRANSFORMATIONS,
    TYPE,
    VERSION,
    WKT2,
)
from zarr_spaces.findings import value_at

if TYPE_CHECKING:
    from zarr_spaces.findings import Finding, Pointer


class Mender:
    """Replaces what is broken in a copy of the attributes, until the schema accepts it."""

    def __init__(self, attributes: Any) -> None:
        self.attributes = attributes
        self.opaque: dict[Pointer, str] = {}
        self._inert: dict[Pointer, dict[str, Any]] = {}
        """What is to stand at the opaque places in the end: the schema would refuse it."""
        self._emptied: set[Pointer] = set()
        """Lists of which nothing was left; the schema would refuse them empty."""

    def mend(self, faults: list[Finding]) -> bool:
        """Take the smallest part around each fault out; False where nothing would be left."""
        parts: dict[Pointer, str] = {}
        for fault in faults:
            if len(fault.pointer) < 2 or fault.pointer[0] != OME or fault.pointer[1] == VERSION:
                return False
            parts.setdefault(_part(fault.pointer), fault.message)
        # Last places first: removing a list's entry moves those behind it.
        for place in sorted(parts, key=lambda place: [str(step).zfill(9) for step in place], reverse=True):
            self._mend(place, parts[place])
        return True

    def disarm(self) -> None:
        """Put what cannot be executed where a sound stand-in has been, and take such out of lists that had nothing."""
        for place, inert in self._inert.items():
            holder = value_at(self.attributes, place[:-1])
            if isinstance(holder, list):
                holder[int(place[-1])] = inert
        for place in self._emptied:
            self._put(place, [])

    def _mend(self, place: Pointer, reason: str) -> None:
        *_, holder, last = place
        if len(place) > 2 and holder == COORDINATE_TRANSFORMATIONS:
            self._blank_transformation(place, reason)
        elif len(place) > 2 and holder == DATASETS:
            self._blank_level(place, reason)
        elif holder == MULTISCALES or last == SCENE:
            self._complete(place)
        elif last in _LISTS and len(place) > 2:
            self._empty(place)
        else:
            _remove(value_at(self.attributes, place[:-1]), last)

    def _complete(self, place: Pointer) -> None:
        """Give an image or scene the lists that it lacks."""
        holder, last = value_at(self.attributes, place[:-1]), place[-1]
        if not isinstance(holder[last], dict):
            holder[last] = {}
        for name in (COORDINATE_TRANSFORMATIONS,) if last == SCENE else (COORDINATE_SYSTEMS, DATASETS):
            if name not in holder[last]:
                self._empty((*place, name))

    def _empty(self, place: Pointer) -> None:
        self._emptied.add(place)
        stand_in = {COORDINATE_SYSTEMS: _SYSTEM, DATASETS: _LEVEL}.get(str(place[-1]), _LINK)
        self._put(place, [copy_plain(stand_in)])

    def _put(self, place: Pointer, value: Any) -> None:
        holder = value_at(self.attributes, place[:-1])
        if isinstance(holder, dict):
            holder[place[-1]] = value

    def _blank_transformation(self, place: Pointer, reason: str) -> None:
        holder, index = value_at(self.attributes, place[:-1]), int(place[-1])
        if place in self.opaque or not isinstance(holder, list):
            return
        self.opaque[place] = reason
        self._inert[place] = _INERT | {end: _reference(holder, (index, end)) for end in (INPUT, OUTPUT)}
        holder[index] = copy_plain(_LINK)

    def _blank_level(self, place: Pointer, reason: str) -> None:
        holder, index = value_at(self.attributes, place[:-1]), int(place[-1])
        transformation = (*place, COORDINATE_TRANSFORMATIONS, 0)
        if transformation in self.opaque or not isinstance(holder, list):
            return
        self.opaque[transformation] = reason
        path = value_at(holder, (index, PATH))
        path = path if isinstance(path, str) else ""
        output = _reference(holder, (index, COORDINATE_TRANSFORMATIONS, 0, OUTPUT))
        inert = {TYPE: "sequence", TRANSFORMATIONS: [_INERT], INPUT: {PATH: path}, OUTPUT: output}
        self._inert[place] = {PATH: path, COORDINATE_TRANSFORMATIONS: [inert]}
        holder[index] = copy_plain(_LEVEL)


class LayoutMender:
    """Does the same for the conventions beside OME-Zarr: pyramids, and the place of pixels on the ground.

    A broken level keeps its group, if it has one. What has no part in mapping points costs no more than itself.
    """

    def __init__(self, attributes: Any) -> None:
        self.attributes = attributes
        self.opaque: dict[Pointer, str] = {}

    def mend(self, faults: list[Finding]) -> bool:
        """Take the smallest part around each fault out; False where nothing would be left."""
        # A level that is replaced as a whole takes its other faults with it.
        whole = {fault.pointer[2] for fault in faults if _costs_level(fault.pointer)}
        for fault in faults:
            match fault.pointer:
                case (str(section), *place) if self._name_version(section, tuple(place)):
                    pass
                case (str(section), str(proj), str(name), *_) if (section, proj) == _PROJ and name in _OWN_COST:
                    _remove(value_at(self.attributes, _PROJ), name)
                case (str(section), *_) if section == GEO and MULTISCALES in self.attributes:
                    self.attributes.pop(GEO, None)
                case (str(section), str(layout), int(index), *inside) if (section, layout) == _LAYOUT:
                    if index in whole:
                        self._blank(index, fault.message)
                    else:
                        _remove(value_at(self.attributes, (*_LAYOUT, index)), inside[0])
                case (str(section), str(name), *_) if section == MULTISCALES and name not in (LAYOUT, VERSION):
                    _remove(self.attributes[MULTISCALES], name)
                case _:
                    return False
        return True

    def _name_version(self, section: str, place: Pointer) -> bool:
        """Read what says no version, or a later one, as of the one that is known; False for any other fault."""
        holder, known = _KNOWN.get((section, *place), ((), ""))
        declared = value_at(self.attributes, holder) if known else None
        if not isinstance(declared, dict):
            return False
        told = declared.get(VERSION)
        if told == known or (isinstance(told, str) and not told.startswith("0.")):  # another major version
            return False
        declared[VERSION] = known
        return True

    def disarm(self) -> None:
        """Leave everything: a level without parameters cannot be mapped by what was never declared."""

    def _blank(self, index: int, reason: str) -> None:
        place: Pointer = (*_LAYOUT, index)
        group = value_at(self.attributes, (*place, GROUP))
        self.opaque.setdefault(place, reason)
        # A group without a usable name leads nowhere, and neither does a path of one point.
        self.attributes[MULTISCALES][LAYOUT][index] = {GROUP: group if isinstance(group, str) and group else "."}


_LAYOUT = (MULTISCALES, LAYOUT)
_PROJ = (GEO, PROJ)
_KNOWN: dict[Pointer, tuple[Pointer, str]] = {
    (MULTISCALES,): ((MULTISCALES,), "0.1.0"),
    (MULTISCALES, VERSION): ((MULTISCALES,), "0.1.0"),
    _PROJ: (_PROJ, "0.1"),
    (*_PROJ, VERSION): (_PROJ, "0.1"),
}
"""Where a fault can be that of a version: what holds it, and the version that is known."""
_OWN_COST = (BBOX, CODE, PROJJSON, TRANSFORM, WKT2)
"""Members of geo.proj of which each can be left out without changing what the others mean."""


def _costs_level(pointer: Pointer) -> bool:
    """Tell whether what is broken has a part in where a level lies, or leaves no level."""
    return pointer[:2] == _LAYOUT and len(pointer) > 2 and pointer[3:4] != (RESAMPLING_METHOD,)


_INERT = {TYPE: "affine", PATH: ""}  # an affine without parameters: the engine refuses it
_LISTS = (COORDINATE_SYSTEMS, COORDINATE_TRANSFORMATIONS, DATASETS)

# Sound stand-ins: with these the schema tells when everything else is.
_LINK = {TYPE: "identity", INPUT: {NAME: "a"}, OUTPUT: {NAME: "b"}}
_LEVEL = {PATH: "0", COORDINATE_TRANSFORMATIONS: [{TYPE: "identity", INPUT: {PATH: "0"}, OUTPUT: {NAME: "a"}}]}
_SYSTEM = {NAME: "a", AXES: [{NAME: name, TYPE: "space"} for name in "yx"]}


def copy_plain(value: Any) -> Any:
    """Copy plain JSON values, none of them shared; in a fifth of the time that copying any object takes."""
    return marshal.loads(marshal.dumps(value, 2))  # noqa: S302 - of bytes written here


def _part(pointer: Pointer) -> Pointer:
    """Return the place of the part that a fault costs: an entry of a list, a member, an image, a section."""
    depth = {MULTISCALES: 3, SCENE: 2}.get(str(pointer[1]), 2)  # where an image or scene stands
    if len(pointer) <= depth:
        return pointer
    return pointer[: depth + 2] if pointer[depth] in _LISTS else pointer[: depth + 1]


def _remove(holder: Any, key: Any) -> None:
    # Gone already where two faults lie in one part.
    if isinstance(holder, dict):
        holder.pop(key, None)
    elif isinstance(holder, list) and key < len(holder):
        del holder[key]


def _reference(holder: Any, steps: tuple[Any, ...]) -> dict[str, str]:
    """Copy what is sound of a reference; an empty name refers to nothing."""
    reference = value_at(holder, steps)
    parts = {key: part for key in (NAME, PATH) if isinstance(part := value_at(reference, (key,)), str)}
    return {NAME: ""} | parts
