"""Every page of `docs/reference`, printed as JSON for `python -m codegen`, which writes them.

Run as a process of its own, once the generated part of the package is up to date: the rules import it.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from codegen.markdown import link, page, text
from codegen.property_reference import page_name, property_page
from codegen.rule_reference import RULES_PAGE, rules_page
from codegen.sources import read_schemas
from zarr_spaces.versions import VERSIONS

if TYPE_CHECKING:
    from codegen.outputs import Files
    from codegen.sources import Schemas


def generate_pages(schemas: Schemas) -> Files:
    """Write the pages, by their paths below the folder of the reference."""
    pages = {PurePosixPath(page_name(version)): property_page(version, schemas) for version in VERSIONS}
    pages[PurePosixPath(RULES_PAGE)] = rules_page(schemas)
    pages[PurePosixPath("README.md")] = _index()
    return pages


def _index() -> str:
    lines = [
        f"- {link(text(version.title), page_name(version))}: every member, as the schemas have it"
        for version in VERSIONS
    ]
    lines.append(f"- {link('The rules', RULES_PAGE)}: what the schemas cannot say, with an example of each")
    return page(["# Reference", lines])


if __name__ == "__main__":
    print(json.dumps({str(name): content for name, content in generate_pages(read_schemas()).items()}))
