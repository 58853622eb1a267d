"""The package from outside: what importing costs, and what it offers."""

from __future__ import annotations

import json
import subprocess
import sys

import zarr_spaces

HEAVY = ("numpy", "zarr", "jsonschema", "jsonschema_rs", "referencing", "hypothesis")
DOCUMENT = json.dumps({"ome": {"version": "0.6", "multiscales": []}})


def loaded(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_import_loads_nothing_heavy() -> None:
    assert not loaded("import zarr_spaces") & set(HEAVY)


def test_typed_import_loads_nothing_heavy() -> None:
    assert not loaded("from zarr_spaces.ome_zarr.v0_6 import Axis") & set(HEAVY)


def test_checking_loads_no_array_library() -> None:
    modules = loaded(f"import zarr_spaces; assert not zarr_spaces.check({DOCUMENT!r})")
    assert "jsonschema_rs" in modules
    assert not modules & {"numpy", "zarr", "jsonschema", "hypothesis"}


def test_every_public_name_exists_and_is_documented() -> None:
    for name in zarr_spaces.__all__:
        assert getattr(zarr_spaces, name).__doc__, name
    assert set(zarr_spaces.__all__) <= set(dir(zarr_spaces))
