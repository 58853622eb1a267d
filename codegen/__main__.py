"""Generate `src/zarr_spaces/_generated` and `docs/reference` from schemas and rules, or check that they are up to date.

The reference is made last and by a process of its own: it tells what the package says of its rules, and the package can
be imported only once its bindings are those of the schemas.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import PurePosixPath

from jsonschema import Draft202012Validator

from codegen import outputs
from codegen.bindings import HEADER, generate_bindings
from codegen.codecs import generate_codecs
from codegen.lint import lint
from codegen.members import generate_members
from codegen.sources import ROOT, Schemas, read_schemas
from codegen.view import structural_view


def generate(schemas: Schemas) -> outputs.Files:
    """Generate every file of the package, by its path below the generated folder."""
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


def generate_reference() -> outputs.Files | None:
    """Generate the pages of the reference from the package as it lies there; None, and words, where that fails."""
    command = [sys.executable, "-m", "codegen.pages"]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if result.returncode:
        return None
    return {PurePosixPath(name): text for name, text in json.loads(result.stdout).items()}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the committed files differ")
    options = parser.parse_args(arguments)
    schemas = read_schemas()
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    if faults := lint(schemas):
        print("\n".join(faults), file=sys.stderr)
        return 1
    package = generate(schemas)
    return _check(package) if options.check else _write(package)


def _write(package: outputs.Files) -> int:
    done = outputs.write(package, outputs.PACKAGE)
    pages = generate_reference()
    if pages is not None:
        done += outputs.write(pages, outputs.REFERENCE)
    print("\n".join(done) or "nothing to do")
    if pages is None:
        print("docs/reference is left as it was: mend what is reported above, then run this again", file=sys.stderr)
        return 1
    return 0


def _check(package: outputs.Files) -> int:
    differences = list(outputs.compare(package, outputs.PACKAGE))
    pages = generate_reference()
    if pages is None:
        differences.append("docs/reference: cannot be computed, for the reason above")
    else:
        differences += outputs.compare(pages, outputs.REFERENCE)
    if differences:
        print("\n".join(differences), file=sys.stderr)
        print("run `make codegen` and commit what it writes", file=sys.stderr)
        return 1
    print(f"{len(package) + len(pages or ())} generated files are up to date")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
