"""The commands that print what this release knows: its rules, and its schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from zarr_spaces.catalogue import RuleRecord

_VERSION = "key or tag of a version, such as ome-zarr/0.6 or 0.6"


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser], run: Any) -> None:
    """Add the commands; `run` prints the lines that they answer."""
    rules = command(commands, "rules", run, "list the rules that documents are judged by")
    # The destination is not `version`, which belongs to the option of the whole program.
    rules.add_argument("--version", dest="of_version", metavar="VERSION", help=f"only its rules: {_VERSION}")
    rules.set_defaults(lines=_rules)

    schema = command(commands, "schema", run, "print the JSON Schema of a version, in one piece", formats=False)
    schema.add_argument("of_version", metavar="VERSION", help=_VERSION)
    schema.add_argument("--node", action="store_true", help="describe a whole zarr.json, not only its attributes")
    # What it prints goes into a file as a rule: a complaint must not.
    schema.set_defaults(lines=_schema, format="text")


def _rules(options: argparse.Namespace) -> Iterable[str]:
    from zarr_spaces.catalogue import list_rules

    rules = list_rules(options.of_version)
    if options.format == "json":
        return [json.dumps([rule.as_json() for rule in rules])]
    return _table(rules)


def _table(rules: tuple[RuleRecord, ...]) -> Iterator[str]:
    widths = [max((len(getattr(rule, key)) for rule in rules), default=0) for key in ("severity", "level", "id")]
    for rule in rules:
        cells = (rule.severity, rule.level, rule.id)
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)) + f"  {rule.sentence}"


def _schema(options: argparse.Namespace) -> Iterable[str]:
    from zarr_spaces.schema_bundle import schema

    return json.dumps(schema(options.of_version, node=options.node), indent=2).splitlines()
