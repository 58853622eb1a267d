"""Whole documents that are no images: plates, wells, label groups, conversions; and label images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from zarr_spaces.testing.documents import images

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = st.text("ABCdefghijk0123456789", min_size=1, max_size=4)
_NODE_NAMES = st.text("ABCxyz0123456789_.-", min_size=1, max_size=6).filter(
    lambda name: name.strip(".") != "" and not name.startswith("__")
)
_TIMES = st.integers(0, 2**33)


@st.composite
def plates(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the attributes of a plate; a check of the document alone finds nothing wrong with them.

    Returns
    -------
    dict
        With at least one well, and acquisitions now and then.
    """
    rows, columns = (draw(st.lists(_WORDS, min_size=1, max_size=4, unique_by=str.lower)) for _ in range(2))
    places = [(i, j) for i in range(len(rows)) for j in range(len(columns))]
    wells = [
        {"path": f"{rows[i]}/{columns[j]}", "rowIndex": i, "columnIndex": j}
        for i, j in draw(st.lists(st.sampled_from(places), min_size=1, unique=True))
    ]
    plate: dict[str, Any] = {"name": draw(st.text(max_size=8).filter(_is_text)), "field_count": draw(st.integers(1, 9))}
    plate |= {"rows": _named(rows), "columns": _named(columns), "wells": wells}
    if draw(st.booleans()):
        ids = draw(st.lists(st.integers(0, 20), max_size=3, unique=True))
        plate["acquisitions"] = [
            {"id": number, "name": draw(_WORDS), "maximumfieldcount": draw(st.integers(1, 9))}
            | draw(st.fixed_dictionaries({}, optional={"starttime": _TIMES, "endtime": _TIMES, "description": _WORDS}))
            for number in ids
        ]
    return {"ome": {"version": "0.6", "plate": plate}}


@st.composite
def wells(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the attributes of a well."""
    fields: list[dict[str, Any]] = [
        {"path": path} for path in draw(st.lists(_NODE_NAMES, min_size=1, max_size=4, unique=True))
    ]
    if draw(st.booleans()):
        fields = [field | {"acquisition": draw(st.integers(0, 3))} for field in fields]
    return {"ome": {"version": "0.6", "well": {"images": fields}}}


@st.composite
def label_images(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the attributes of a label image: an image, and what its values mean."""
    document: dict[str, Any] = draw(images())
    values = draw(st.lists(st.integers(-(2**63), 2**64 - 1), min_size=1, max_size=3, unique=True))
    channel = st.integers(0, 255)
    rgba = st.fixed_dictionaries({}, optional={"rgba": st.lists(channel, min_size=4, max_size=4)})
    label: dict[str, Any] = {"colors": [{"label-value": value} | draw(rgba) for value in values]}
    if draw(st.booleans()):
        label["properties"] = [{"label-value": value, "area": draw(st.integers(0, 9))} for value in values]
    if draw(st.booleans()):
        label["source"] = {"image": "../../"}
    document["ome"]["image-label"] = label
    return document


@st.composite
def label_groups(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the attributes of the group that holds label images."""
    paths = st.lists(_NODE_NAMES, min_size=1, max_size=2).map("/".join)
    return {"ome": {"version": "0.6", "labels": draw(st.lists(paths, max_size=3, unique=True))}}


@st.composite
def conversions(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the attributes of the root of a converted file, or of its group ``OME``."""
    if draw(st.booleans()):
        return {"ome": {"version": "0.6", "bioformats2raw.layout": 3}}
    return {"ome": {"version": "0.6", "series": draw(st.lists(_NODE_NAMES, max_size=3, unique=True))}}


def _named(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name} for name in names]


def _is_text(value: str) -> bool:
    return value.isprintable() and not any(0xD800 <= ord(c) < 0xE000 for c in value)
