"""The wire names of all members as constants, so that pointers in findings cannot hold a misspelt one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codegen.bindings import HEADER

if TYPE_CHECKING:
    from codegen.sources import Schemas


def generate_members(view: Schemas) -> str:
    """Write one constant for each wire name."""
    wire_names = sorted({
        wire for schema in view.values() for inner in schema["$defs"].values() for wire in inner.get("properties", ())
    })  # fmt: skip
    constants: dict[str, str] = {}
    for wire in wire_names:
        constant = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]", "_", wire).upper()
        if constant in constants:
            raise SystemExit(f"the members {constants[constant]} and {wire} want the same constant {constant}")
        constants[constant] = wire
    lines = [f'{constant}: Final = "{wire}"' for constant, wire in constants.items()]
    head = [HEADER, '"""Wire names of the members, for JSON Pointers."""', "", "from typing import Final", ""]
    return "\n".join([*head, *lines, ""])
