"""How much is read: what is larger is refused with a finding, before it costs time or memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from zarr_spaces.schemas import is_compiled

MAX_DEPTH: Final = 256
"""Levels of nesting: some ten times what metadata needs, and as many as everything behind the decoder can take."""
TEXT_VALUES: Final = 5_000_000
"""Values of a text: the consolidated metadata of a large plate have millions."""
MAPPING_VALUES: Final = 1_000_000
"""Values of a mapping: one with shared parts can stand for more than any machine can hold."""
INTERPRETED_VALUES: Final = 50_000
"""Values of what is judged without jsonschema-rs, where the slowest take some 50 microseconds each."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read and told; what is larger is refused, with a finding that names the limit.

    Raises
    ------
    TypeError, ValueError
        If a limit is no whole number above zero, or `depth` is beyond 256.
    """

    size: int = 64 * 2**20
    """Bytes of one text or metadata file."""
    depth: int = MAX_DEPTH
    """Levels of nesting. It can only be lowered: deeper documents are not safe to walk."""
    values: int | None = None
    """JSON values of a document, members and items all counted; of a text commas and opening brackets are counted,
    which is a little more. None stands for 5,000,000 in a text and 1,000,000 in a mapping that has to be walked
    through; and for 50,000 in what is judged where jsonschema-rs is not installed: the validator in Python takes up to
    50 microseconds for each. Members that no schema describes hold at most 1,000,000 each."""
    findings: int = 1_000
    """Findings of each severity in one report; behind them, one that says how many more there are."""

    def __post_init__(self) -> None:
        for name, value in (("size", self.size), ("depth", self.depth), ("findings", self.findings)):
            _require_count(name, value)
        if self.values is not None:
            _require_count("values", self.values)
        if self.depth > MAX_DEPTH:
            raise ValueError(f"depth can be at most {MAX_DEPTH}, not {self.depth}: deeper documents cannot be walked")

    @property
    def text_values(self) -> int:
        """Values of a text."""
        return TEXT_VALUES if self.values is None else self.values

    @property
    def mapping_values(self) -> int:
        """Values of a mapping."""
        return MAPPING_VALUES if self.values is None else self.values

    @property
    def judged_values(self) -> int:
        """Values of attributes that are given to a validator."""
        if self.values is None:
            return TEXT_VALUES if is_compiled() else INTERPRETED_VALUES
        return self.values


def _require_count(name: str, value: object) -> None:
    if type(value) is not int:
        raise TypeError(f"{name} must be a whole number, is {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, is {value}")


DEFAULT: Final = Limits()


def how_to_raise(name: str) -> str:
    """Say how a limit is raised."""
    return f"raise the limit with Limits({name}=...), on the command line with --max-{name}"
