"""Hostile documents, and a process that gives one of them to everything that reads documents.

Run as ``python -m tests.hostile NAME FOLDER``; it prints one JSON object for each way in.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

MEMORY = 700 * 2**20
SECONDS = 10
"""The hard stop: the aim is two, and machines that also do other things take their time."""
MANY = 100_000
MILLION = 1_000_000

Text = str | bytes


def axes(names: str = "yx") -> list[Any]:
    return [{"name": name, "type": "space", "unit": "micrometer"} for name in names]


def system(name: str) -> Any:
    return {"name": name, "axes": axes()}


def level(path: str, **how: Any) -> Any:
    how = how or {"type": "scale", "scale": [1.0, 1.0]}
    return {"path": path, "coordinateTransformations": [how | {"input": {"path": path}, "output": {"name": "um"}}]}


def image(**members: Any) -> Any:
    described = {"name": "cells", "type": "gaussian", "metadata": {"method": "none"}}
    multiscale = described | {"coordinateSystems": [system("um")], "datasets": [level("0")]} | members
    return {"ome": {"version": "0.6", "multiscales": [multiscale]}}


def with_member(text: str, name: str = "x") -> str:
    return json.dumps(image())[:-2] + f", {json.dumps(name)}: {text}" + "}}"


def link(source: str, target: str) -> Any:
    return {"type": "translation", "translation": [1, 1], "input": {"name": source}, "output": {"name": target}}


def scene(systems: list[Any], links: list[Any]) -> Any:
    return {"ome": {"version": "0.6", "scene": {"coordinateSystems": systems, "coordinateTransformations": links}}}


def plate(wells: list[Any]) -> Any:
    columns = [{"name": str(index + 1)} for index in range(1000)]
    rows = [{"name": f"R{index}"} for index in range(100)]
    return {"ome": {"version": "0.6", "plate": {"name": "p", "columns": columns, "rows": rows, "wells": wells}}}


def well(index: int) -> Any:
    row, column = divmod(index, 1000)
    return {"path": f"R{row}/{column + 1}", "rowIndex": row, "columnIndex": column}


def nested(opening: str, closing: str, inner: str = "", depth: int = 10_000) -> str:
    return opening * depth + inner + closing * depth


def deep_transformations() -> str:
    whole = json.dumps(image(coordinateTransformations=["HERE"]))
    one = nested('{"type": "sequence", "transformations": [', "]}", '{"type": "identity"}')
    return whole.replace('"HERE"', one)


def deep_value(kind: str) -> Any:
    value: Any = {"type": "identity"} if kind == "transformations" else []
    for _ in range(10_000):
        value = [value] if kind == "member" else {"type": "sequence", "transformations": [value]}
    return image(x=value) if kind == "member" else image(coordinateTransformations=[value])


def upwards() -> Any:
    up = "../../elsewhere"
    how = {"type": "affine", "path": up, "input": {"path": up, "name": "um"}, "output": {"path": up, "name": "um"}}
    return image(datasets=[level(up)] * 100, coordinateTransformations=[how] * 100) | {"plate": up}


def pyramid(levels: Iterable[Any], **more: Any) -> str:
    return json.dumps({"multiscales": {"version": "0.1.0", "layout": list(levels)}} | more)


def ground(**members: Any) -> Any:
    return {"proj": {"version": "0.1", "code": "EPSG:32633"} | members}


VALID = "valid"

# Each with what has to be found: a rule, a piece of a rule's name, or nothing (VALID).
TEXTS: dict[str, tuple[Callable[[], Text], str]] = {
    "brackets": (lambda: "[" * 10_000, "json-depth"),
    "closed brackets": (lambda: nested("[", "]"), "json-depth"),
    "deep transformations": (deep_transformations, "json-depth"),
    "deep unknown member": (lambda: with_member(nested("[", "]")), "json-depth"),
    "deep unknown object": (lambda: with_member(nested('{"a":', "}", "1")), "json-depth"),
    "NaN": (lambda: with_member("NaN"), "json-not-a-number"),
    "infinities": (lambda: with_member("[Infinity, -Infinity, 1e999]"), "json-not-a-number"),
    "duplicate keys": (lambda: with_member('{"a": 1, "a": 2}'), "json-duplicate-key"),
    "surrogate, escaped": (lambda: with_member('"\\ud800"'), "json-surrogate"),
    "surrogate, raw": (lambda: with_member('"\ud800"'), "json-surrogate"),
    "surrogate, as bytes": (lambda: with_member('"\ud800"').encode("utf-8", "surrogatepass"), "json-encoding"),
    "million zeros as scale": (
        lambda: json.dumps(image(datasets=[level("0", type="scale", scale=[0] * MILLION)])),
        "parameter-lengths",
    ),
    "million as translation": (
        lambda: json.dumps(
            image(
                datasets=[
                    level(
                        "0",
                        type="sequence",
                        transformations=[
                            {"type": "scale", "scale": [1, 1]},
                            {"type": "translation", "translation": [0.5] * MILLION},
                        ],
                    )
                ]
            )
        ),
        "parameter-lengths",
    ),
    "many systems": (
        lambda: json.dumps(image(coordinateSystems=[system("um"), *(system(f"s{i}") for i in range(MANY))])),
        "systems-connected",
    ),
    "many systems of one name": (
        lambda: json.dumps(image(coordinateSystems=[system("um")] * MANY)),
        "coordinate-system-names-unique",
    ),
    "many axes": (
        lambda: json.dumps(image(coordinateSystems=[{"name": "um", "axes": axes("y") * MANY}])),
        "schema-max-items",
    ),
    "many datasets": (lambda: json.dumps(image(datasets=[level(str(i)) for i in range(MANY)])), VALID),
    "many wrong datasets": (lambda: json.dumps(image(datasets=[{"path": 5}] * MANY)), "schema-type"),
    "many datasets, the last one wrong": (
        lambda: json.dumps(image(datasets=[*(level(str(i)) for i in range(MANY)), {"path": 5}])),
        "schema-type",
    ),
    "many transformations that lead nowhere": (
        lambda: json.dumps(scene([system("a")], [link(f"x{i}", f"y{i}") for i in range(MANY)])),
        "references-resolve",
    ),
    "many wells": (lambda: json.dumps(plate([well(i) for i in range(MANY)])), "plate-described"),
    "many wrong wells": (
        lambda: json.dumps(plate([{"path": i, "rowIndex": -1, "columnIndex": "x"} for i in range(MANY)])),
        "schema-type",
    ),
    "many wells elsewhere": (
        lambda: json.dumps(plate([well(i) | {"path": f"Q{i}/7"} for i in range(MANY)])),
        "well-positions-agree",
    ),
    "a long chain": (
        lambda: json.dumps(
            scene([system(f"s{i}") for i in range(MANY + 1)], [link(f"s{i}", f"s{i + 1}") for i in range(MANY)])
        ),
        VALID,
    ),
    "many levels": (
        lambda: pyramid({"group": str(i), "scale": [i + 1, i + 1]} for i in range(MANY)),
        VALID,
    ),
    "many levels, each made from the next": (
        lambda: pyramid({"group": str(i), "from_group": str(i + 1), "factors": [2]} for i in range(MANY)),
        "layout-sources-exist",
    ),
    "a circle of levels": (
        lambda: pyramid({"group": str(i), "from_group": str((i + 1) % MANY), "factors": [2]} for i in range(MANY)),
        "layout-sources-end",
    ),
    "million as scale of a level": (
        lambda: pyramid([{"group": "0"}, {"group": "1", "from_group": "0", "scale": [1.5] * MILLION}]),
        VALID,
    ),
    "many levels above all": (
        lambda: pyramid({"group": "../" * 9 + str(i)} for i in range(MANY)),
        "layout-groups-below",
    ),
    "a long name of a reference system": (
        lambda: pyramid([{"group": "0"}], geo=ground(wkt2='GEOGCRS["' + "n" * MILLION, code=None)),
        VALID,
    ),
    "huge numbers on the ground": (
        lambda: pyramid([{"group": "0"}], geo=ground(transform=[1e308, 1e308, -1e308, -1e308, 1e308, 5e-324])),
        VALID,
    ),
    "wide unknown object": (lambda: with_member(json.dumps({f"m{i}": [] for i in range(3 * MANY)})), VALID),
    "wide and deep": (lambda: with_member("[" + (nested("[", "]", depth=200) + ",") * 2000 + "0]"), VALID),
    "millions of values": (lambda: with_member("[" + "0," * (6 * MILLION) + "0]"), "json-size"),
    "millions of objects": (lambda: with_member("[" + "{}," * (6 * MILLION) + "0]"), "json-size"),
    "more than 64 MiB": (lambda: with_member('"' + "a" * (65 * 2**20) + '"'), "json-size"),
    "long name": (lambda: json.dumps(image(name="n" * MILLION)), VALID),
    "long member name": (lambda: with_member("1", "n" * MILLION), VALID),
    "long wrong reference": (
        lambda: json.dumps(image(coordinateTransformations=[link("n" * MILLION, "um")])),
        "references-resolve",
    ),
    "number of 300 digits": (lambda: json.dumps(image()).replace("1.0", "9" * 300), VALID),
    "number of 3 million digits": (lambda: json.dumps(image()).replace("1.0", "9" * 3 * MILLION), "json-number-size"),
    "upwards": (lambda: json.dumps(upwards()), "paths-lead-below"),
    "binary": (lambda: bytes(range(256)) * 1000, "json-"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 100, "json-encoding"),
    "HTML": (lambda: "<!DOCTYPE html><html><body>404</body></html>" * 1000, "json-syntax"),
    "UTF-16": (lambda: json.dumps(image()).encode("utf-16"), "json-encoding"),
    "UTF-32": (lambda: json.dumps(image()).encode("utf-32-le"), "json-encoding"),
    "byte order mark": (lambda: json.dumps(image()).encode("utf-8-sig"), "json-encoding"),
    "Latin-1": (lambda: json.dumps(image(name="\xb5m"), ensure_ascii=False).encode("latin-1"), "json-encoding"),
    "empty": (lambda: "", "json-syntax"),
    "whitespace": (lambda: " \n\t" * MILLION, "json-syntax"),
}


def doubling(depth: int) -> Any:
    value: Any = [0]
    for _ in range(depth):
        value = [value, value]
    return image(x=value)


def endless() -> Any:
    whole = image()
    whole["ome"]["x"] = [whole]
    return whole


VALUES: dict[str, tuple[Callable[[], Any], str]] = {
    "deep unknown member, as value": (lambda: deep_value("member"), "json-depth"),
    "deep transformations, as value": (lambda: deep_value("transformations"), "json-depth"),
    "parts in many places": (lambda: doubling(40), "json-size"),
    "itself inside": (endless, "json-depth"),
    "not numbers": (lambda: image(x=[float("nan"), float("inf")]), "json-not-a-number"),
    "no JSON": (lambda: image(x=[object()] * MANY), "json-type"),
    "millions of empty objects": (lambda: image(x=[{} for _ in range(2 * MILLION)]), "json-size"),
    "surrogate, in a value": (lambda: image(x="\ud800"), "json-surrogate"),
}

LIGHT = 200_000
"""Bytes of a text that is given to everything; a larger one takes one way through each part."""
LARGE = 17 * 2**20
"""Bytes of a text that is not given as a mapping."""


def ways(name: str, folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """List the ways in: each returns what is said of the document."""
    from zarr_spaces import InvalidDocument, check, parse

    def rules(source: Any) -> Any:
        report = check(source)
        for finding in report.findings[:2_000]:
            assert finding.message
            assert len(finding.message) < 2_000
        return sorted({finding.rule for finding in report})

    def refused(source: Any) -> Any:
        try:
            parse(source)
        except InvalidDocument as error:
            return sorted({finding.rule for finding in error.report})
        return []

    def command(*arguments: str) -> Any:
        from zarr_spaces.cli.main import main

        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(list(arguments))
        said = out.getvalue() + err.getvalue()
        assert said
        assert "Traceback" not in said
        assert "internal error" not in said
        assert code in (0, 1, 2)
        return code

    if name in VALUES:
        value = VALUES[name][0]()
        yield "value", lambda: rules(value)
        yield "parse", lambda: refused(value)
        return
    text = TEXTS[name][0]()
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    file, store = folder / "document.json", folder / "store.zarr"
    store.mkdir()
    file.write_bytes(data)
    node = b'{"zarr_format": 3, "node_type": "group", "attributes": ' + data + b"}"
    (store / "zarr.json").write_bytes(node)
    yield "text", lambda: rules(text)
    if len(data) < LIGHT:
        yield "file", lambda: rules(file) if len(data) <= 64 * 2**20 else []
        yield "bytes", lambda: rules(data)
        yield "parse", lambda: refused(data)
        yield "dingus document", lambda: command("dingus", "document", str(file))
    try:
        # Of millions of values it is the mapping itself that takes the memory.
        value = json.loads(text) if len(data) < LARGE else json.loads("")
    except (ValueError, RecursionError, UnicodeError):
        pass
    else:
        text = node = data = b""
        yield "mapping", lambda: rules(value)
        del value
    yield "validate", lambda: command("validate", str(file))
    yield "show", lambda: command("show", str(file))
    yield "graph", lambda: command("graph", str(file))
    yield "dingus store", lambda: command("dingus", "store", str(store))


def measure(name: str, folder: Path) -> None:
    """Go every way with a limit on time and memory, and print what each took."""
    from zarr_spaces import check

    check({"ome": {"version": "0.6"}})  # what is loaded once is no cost of the document
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for way, go in ways(name, folder):
        used = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + SECONDS + 1, resource.RLIM_INFINITY))
        said = go()
        seconds = time.process_time() - used
        print(json.dumps({"way": way, "seconds": round(seconds, 2), "megabytes": peak(), "said": said}))
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts again


def peak() -> int:
    """Return the most megabytes that this process has held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


if __name__ == "__main__":
    measure(sys.argv[1], Path(sys.argv[2]))
