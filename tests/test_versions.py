"""The table of versions and the rules that the package has belong together."""

from __future__ import annotations

import importlib
import pkgutil

from zarr_spaces import rules
from zarr_spaces.rules.rule import Part, Rule
from zarr_spaces.versions import VERSIONS, rules_of

LISTED = {found for version in VERSIONS for found in rules_of(version)}


def test_every_rule_belongs_to_a_version() -> None:
    for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(found := getattr(value, "rule", None), Rule):
                assert found in LISTED, f"no version has the rule {found.id}"


def test_every_part_has_a_rule() -> None:
    assert set(Part) - {found.part for found in LISTED} == {Part.FAR}
