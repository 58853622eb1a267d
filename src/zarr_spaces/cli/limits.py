"""The limits on what is read, as options of the command line."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from zarr_spaces.document.limits import Limits

# The numbers are written out: what knows them is not loaded for commands that read nothing.
_HELP = {
    "size": "bytes of one metadata file (default: 64Mi)",
    "depth": "levels of nesting (default, and at most: 256)",
    "values": "JSON values of one document (default: 5,000,000; without jsonschema-rs 50,000)",
    "findings": "findings of each severity (default: 1,000, of which the first are printed)",
}
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 2**10, "mi": 2**20, "gi": 2**30}
_AMOUNT = re.compile(r"([0-9]{1,18})([kmg]i?|)b?", re.IGNORECASE)


def add_limits(command: argparse.ArgumentParser) -> None:
    """Add an option for each limit."""
    group = command.add_argument_group("limits", "what is larger is refused; N may have a unit: 10k, 64M, 1Gi")
    for name, text in _HELP.items():
        group.add_argument(f"--max-{name}", type=_checked(name), metavar="N", help=text)


def limits_of(options: argparse.Namespace) -> Limits:
    """Return the limits that the options ask for."""
    from zarr_spaces.document.limits import Limits

    given = {name: getattr(options, f"max_{name}") for name in _HELP}
    return Limits(**{name: value for name, value in given.items() if value is not None})


def _checked(name: str) -> Callable[[str], int]:
    def amount(text: str) -> int:
        from zarr_spaces.document.limits import Limits

        match = _AMOUNT.fullmatch(text)
        if match is None:
            raise argparse.ArgumentTypeError(f"expected a number such as 500, 10k or 64M, got {text[:40]!r}")
        value = int(match[1]) * _UNITS[match[2].lower()]
        try:
            Limits(**{name: value})
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return value

    return amount
