"""Measure what documents cost, ours against packages that do the same, and write `results.md`.

Run as ``python -m benchmarks.documents [--quick]``; ``make bench`` makes an environment that has the packages of
`peers.txt`. A package that is missing is left out, a missed target is written down: neither is an error.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import zarr_spaces
from benchmarks import race, samples, stages
from benchmarks.race import Race, Side
from benchmarks.results import environment, installed, table, write_section
from benchmarks.startup import HEAD as STARTUP_HEAD
from benchmarks.startup import startup
from zarr_spaces.document.decode import decode
from zarr_spaces.findings import Level
from zarr_spaces.versions import VERSIONS, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.samples import Document

PEERS = ("ome-zarr-models", "yaozarrs")
PACKAGES = ("zarr-spaces", "jsonschema-rs", *PEERS, "pydantic", "pydantic-core")
TITLE = "Documents"
IMAGE = "5-D image of 5 levels"
REGISTERED = "the same image, registered"
PLATE = "plate of 384 wells"
IMAGE_TARGET = 0.5  # half the time of ome-zarr-models
PLATE_TARGET = 1 / 3

_METHOD = """\
{title} has {rules} rules of level document, all of them on. Times are medians of {repeats} batches of calls, in CPU
time, or of {processes} processes; half of the measurements lie between the quartiles. The garbage collector is on."""

_EXPLAINED = """\
What is compared:

- **zarr-spaces** judges 0.6: `parse` and `check` apply the JSON Schema and {rules} rules, all that one document can
  answer, and build the typed object. All findings come at once, with place, reason and remedy. An image that is made in
  the usual way is seen in one look to break no rule; the registered one, with a second coordinate system, an affine
  transformation and named levels, goes through the rules one by one. It does not look at arrays here, nor does it guard
  its typed objects against later assignments, as the others do.
- **ome-zarr-models**, in its models of 0.6, gets the same document. `ImageAttrs` and `HCSAttrs` are what its
  `Image.from_zarr` and `HCS.from_zarr` validate first; then they open arrays or groups and validate once more, which
  is not measured. It takes `"0.2"` and `true` for numbers, lets wells have any indices and stand there twice, does not
  look whether coordinate systems are connected or levels aligned, and warns of nothing that should be there.
- **yaozarrs** has no models of 0.6: it gets the same image and plate written as 0.5, simpler documents without
  coordinate systems and sequences. `OMEAttributes` is its quickest way; `validate_ome_object` is the documented one,
  which tries all versions and kinds and makes its validator anew at each call. It takes `"0.2"` and `true` for numbers,
  does not compare the paths of wells with rows and columns or look whether levels are aligned, and warns of unknown
  units and unusual paths only.
- **json** is Python's own decoder. It lets pass what strict JSON forbids: repeated members, NaN, lone surrogates."""


def peer(package: str, module: str) -> Any:
    """Import what is compared with; None where it is not installed."""
    try:
        return importlib.import_module(module) if installed(package) else None
    except ImportError:
        return None


def documents() -> Iterator[Race]:
    """Yield the races of sound documents, decoded."""
    image, image_0_5, plate, plate_0_5 = samples.image(), samples.image_0_5(), samples.plate(), samples.plate("0.5")
    registered = samples.registered_image()
    for document in (image, registered, plate):
        assert zarr_spaces.check(document).findings == (), "nothing at all may be found in what is measured"
    yield Race(
        IMAGE,
        [
            Side("`zarr_spaces.parse(doc)`", lambda: zarr_spaces.parse(image)),
            Side("`zarr_spaces.check(doc)`", lambda: zarr_spaces.check(image)),
            Side('ome-zarr-models: `ImageAttrs.model_validate(doc["ome"])`', ome_zarr_models(image), IMAGE_TARGET),
            *yaozarrs(image_0_5),
        ],
    )
    yield Race(
        REGISTERED,
        [
            Side("`zarr_spaces.parse(doc)`", lambda: zarr_spaces.parse(registered)),
            Side("`zarr_spaces.check(doc)`", lambda: zarr_spaces.check(registered)),
            Side('ome-zarr-models: `ImageAttrs.model_validate(doc["ome"])`', ome_zarr_models(registered)),
        ],
    )
    yield Race(
        PLATE,
        [
            Side("`zarr_spaces.parse(doc)`", lambda: zarr_spaces.parse(plate)),
            Side("`zarr_spaces.check(doc)`", lambda: zarr_spaces.check(plate)),
            Side('ome-zarr-models: `HCSAttrs.model_validate(doc["ome"])`', ome_zarr_models(plate), PLATE_TARGET),
            *yaozarrs(plate_0_5),
        ],
    )


def broken_documents() -> Iterator[Race]:
    """Yield the races of documents in which something is found."""
    cases = (
        ("image without recommended members", samples.image_without_advice()),
        ("image, one level with a wrong input", samples.image_with_wrong_input()),
        ("image, three values of wrong type", samples.image_with_wrong_types()),
        ("plate, 384 wrong paths", samples.plate_with_wrong_paths()),
    )
    for name, document in cases:
        found = len(zarr_spaces.check(document))
        ours = Side(f"`zarr_spaces.check(doc)`, {found} found", _bound(zarr_spaces.check, document))
        validate = ome_zarr_models(document)
        how = "accepts it" if validate is None or accepts(validate) else "raises its exception"
        yield Race(name, [ours, Side(f"ome-zarr-models, {how}" if validate else "ome-zarr-models", _refused(validate))])


def texts() -> Iterator[Race]:
    """Yield the races of decoding."""
    for name, document in (("image", samples.image()), ("plate", samples.plate())):
        for style, indent in (("compact", None), ("indented", 2)):
            text = json.dumps(document, indent=indent, separators=None if indent else (",", ":"))
            assert decode(text) == (document, ())
            ours = Side("`zarr_spaces.document.decode.decode(text)`", _bound(decode, text))
            yield Race(
                f"{name}, {style}, {len(text):,} bytes", [ours, Side("`json.loads(text)`", _bound(json.loads, text))]
            )


def ome_zarr_models(document: Document) -> Callable[[], object] | None:
    """Return what validates a document by the models of ome-zarr-models, or None without it."""
    kind, name = ("hcs", "HCSAttrs") if "plate" in document["ome"] else ("image", "ImageAttrs")
    module = peer("ome-zarr-models", f"ome_zarr_models.v06.{kind}")
    if module is None:
        return None
    model, attributes = getattr(module, name), document["ome"]
    return lambda: model.model_validate(attributes)


def yaozarrs(document: Document) -> Iterator[Side]:
    """Yield the two ways of yaozarrs with a document of 0.5."""
    module = peer("yaozarrs", "yaozarrs")
    names = ("yaozarrs, 0.5: `v05.OMEAttributes.model_validate(doc)`", "yaozarrs, 0.5: `validate_ome_object(doc)`")
    if module is None:
        yield from (Side(name, None) for name in names)
        return
    model, validate = module.v05.OMEAttributes, module.validate_ome_object
    assert isinstance(validate(document), model), "read as what it is"
    yield Side(names[0], lambda: model.model_validate(document))
    yield Side(names[1], lambda: validate(document))


def accepts(validate: Callable[[], object]) -> bool:
    """Tell whether a validation passes."""
    try:
        validate()
    except ValueError:  # which pydantic's exception is
        return False
    return True


def _refused(validate: Callable[[], object] | None) -> Callable[[], object] | None:
    return None if validate is None else lambda: accepts(validate)


def _bound(function: Callable[[Any], object], argument: object) -> Callable[[], object]:
    return lambda: function(argument)


def memory() -> Iterator[Sequence[str]]:
    """Yield what the typed plate takes, as far as Python's allocator sees it."""
    plate, plate_0_5 = samples.plate(), samples.plate("0.5")
    ways = (
        Side("`zarr_spaces.parse(doc)`", lambda: zarr_spaces.parse(plate)),
        Side("ome-zarr-models: `HCSAttrs`", ome_zarr_models(plate)),
        next(yaozarrs(plate_0_5)),
    )
    for name, function, _ in ways:
        if function is None:
            yield name, "not installed, not measured", ""
            continue
        function()
        tracemalloc.start()
        result = function()
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        del result
        yield name, f"{kept / 1024:.0f} KiB", f"{peak / 1024:.0f} KiB"


def report(quick: bool) -> str:
    """Measure everything and write the section."""
    repeats, batch, processes = (3, 0.002, 2) if quick else (41, 0.02, 31)
    version = next(item for item in VERSIONS if item.key == zarr_spaces.check(samples.image()).version)
    rules = sum(rule.level is Level.DOCUMENT for rule in rules_of(version))
    fresh = list(startup([package for package in PEERS if installed(package)], processes))
    with race.quiet_collector():
        sound, broken, decoded = (
            [row for contest in contests for row in race.run(contest, repeats, batch)]
            for contests in (documents(), broken_documents(), texts())
        )
        spent = [
            row
            for name, document in (
                (IMAGE, samples.image()),
                (REGISTERED, samples.registered_image()),
                (PLATE, samples.plate()),
            )
            for row in stages.stages(name, document, repeats, batch)
        ]
    targets = [
        f"- {what}, {how}: {ratio or '?'}, target {said}" for what, how, *_, ratio, said in (*sound, *fresh) if said
    ]
    return "\n\n".join(
        (
            environment(PACKAGES),
            _METHOD.format(title=version.title, rules=rules, repeats=repeats, processes=processes),
            "Our time as a share of theirs:",
            "\n".join(targets),
            _EXPLAINED.format(rules=rules),
            "### From decoded JSON to a checked, typed object",
            table(race.HEAD, sound),
            "### A fresh process",
            "Times beyond those of the interpreter alone, which the first row gives.",
            table(STARTUP_HEAD, fresh),
            "### Documents in which something is found",
            table(race.HEAD, broken),
            "### Decoding",
            table(race.HEAD, decoded),
            "### Memory of a typed plate",
            "Of Python's allocator; what compiled parts take beside it is not seen.",
            table(("how", "kept", "at most"), memory()),
            "### Where our time goes",
            "Each stage alone; rules to which no part of the document is given are left out.",
            table(stages.HEAD, spent),
        )
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and unless in a hurry write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="few repetitions, as a smoke test; results.md stays")
    quick = parser.parse_args(arguments).quick
    body = report(quick)
    print(body)
    if not quick:
        write_section(TITLE, body)


if __name__ == "__main__":
    main()
