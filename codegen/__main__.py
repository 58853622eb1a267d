"""Generate `src/zarr_spaces/_generated` from the schemas, or check that it is up to date."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import PurePosixPath

from jsonschema import Draft202012Validator

from codegen import outputs
from codegen.bindings import HEADER, generate_bindings
from codegen.codecs import generate_codecs
from codegen.lint import lint
from codegen.members import generate_members
from codegen.sources import Schemas, read_schemas
from codegen.view import structural_view


def generate(schemas: Schemas) -> outputs.Files:
    """Generate every file, by its path below the generated folder."""
    view = structural_view(schemas)
    bindings = generate_bindings(view)
    files = {PurePosixPath("bindings", name): text for name, text in bindings.files.items()}
    codecs = generate_codecs(view, bindings.field_names)
    files |= {PurePosixPath("codecs", name): text for name, text in codecs.items()}
    files[PurePosixPath("members.py")] = generate_members(view)
    files[PurePosixPath("__init__.py")] = f"{HEADER}\n"
    files[PurePosixPath("schemas.json")] = _bundle(schemas)
    return files


def _bundle(schemas: Schemas) -> str:
    # One schema a line: small enough to load at once, and a change shows in the diff as the file that changed.
    lines = [f"{json.dumps(str(name))}: {json.dumps(schema, ensure_ascii=False)}" for name, schema in schemas.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the committed files differ")
    options = parser.parse_args(arguments)
    schemas = read_schemas()
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    if faults := lint(schemas):
        print("\n".join(faults), file=sys.stderr)
        return 1
    files = generate(schemas)
    if not options.check:
        print("\n".join(outputs.write(files)) or "nothing to do")
        return 0
    if differences := list(outputs.compare(files)):
        print("\n".join(differences), file=sys.stderr)
        print("run `make codegen` and commit what it writes", file=sys.stderr)
        return 1
    print(f"{len(files)} generated files are up to date")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
