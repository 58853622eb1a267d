"""The exceptions, each named after its condition, carrying its facts as fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zarr_spaces.findings import Report


class ZarrSpacesError(Exception):
    """Base of every exception that this package raises on purpose."""

    place: str = ""
    """Node path and JSON Pointer of the transformation that is to blame, where one is."""

    def _declared(self) -> str:
        return f" (declared in {self.place})" if self.place else ""


class ZarrSpacesWarning(UserWarning):
    """Base of the warnings of executing code."""


class InvalidDocument(ZarrSpacesError, ValueError):
    """A document breaks its specification; `report` holds every finding."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __repr__(self) -> str:
        return f"InvalidDocument({len(self.report.errors)} errors)"

    def __str__(self) -> str:
        errors = self.report.errors
        shown = "\n".join(str(finding) for finding in errors[:20])
        more = f"\n... and {len(errors) - 20} more" if len(errors) > 20 else ""
        return f"the document has {len(errors)} error{'s' if len(errors) != 1 else ''}\n{shown}{more}"


class StoreError(ZarrSpacesError, OSError):
    """A store or one of its nodes cannot be read or written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class _Unknown(ZarrSpacesError, LookupError):
    """What was asked for is not there; `known` lists what is."""

    def __init__(self, asked: str, known: tuple[str, ...], hint: str | None = None) -> None:
        super().__init__(asked, known, hint)
        self.asked = asked
        self.known = known
        self.hint = hint

    def _said(self, text: str) -> str:
        if self.hint:
            text += f": {self.hint}"
        return f"{text}{'' if text.endswith('?') else '.'} Known: {_listed(self.known) or 'none'}"


class UnknownVersion(_Unknown):
    """A version of a specification that this release does not have, or a tag that several specifications use."""

    def __str__(self) -> str:
        return self._said(f"no version {self.asked[:80]!r} is known")


class UnknownSpace(_Unknown):
    """A name or path that leads to no coordinate system or array of the graph."""

    def __str__(self) -> str:
        return self._said(f"there is no {self.asked}")


class AmbiguousSpace(ZarrSpacesError, LookupError):
    """A name that several images of one group have."""

    def __init__(self, asked: str, images: tuple[int | None, ...]) -> None:
        super().__init__(asked, images)
        self.asked = asked
        self.images = images

    def __str__(self) -> str:
        # A level of a pyramid, too, is in no image.
        shown = ["none of the images" if index is None else f"image {index}" for index in self.images]
        example = next(index for index in self.images if index is not None)
        return f'{self.asked} is in {" and in ".join(shown)}: say which, as in {{..., "multiscale": {example}}}'


_REASONS = 3  # declarations of which a message says why they lead nowhere


class NoRoute(ZarrSpacesError, LookupError):
    """No chain of transformations connects the source with the target."""

    def __init__(self, source: str, target: str, reachable: tuple[str, ...], unused: tuple[str, ...] = ()) -> None:
        super().__init__(source, target, reachable, unused)
        self.source = source
        self.target = target
        self.reachable = reachable
        self.unused = unused
        """Why declarations are not part of the graph."""

    def __str__(self) -> str:
        reached = _listed(self.reachable) or "nothing"
        text = f"no route from {self.source} to {self.target}; reachable from the source: {reached}"
        return "\n  ".join([text, *(f"not used: {reason}" for reason in self.unused[:_REASONS])])


class NotInvertible(ZarrSpacesError, ValueError):
    """A map has no inverse; `step` names the map and `reason` says why."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(step, reason)
        self.step = step
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.step} cannot be inverted: {self.reason}{self._declared()}"


class UnsupportedTransformation(ZarrSpacesError, NotImplementedError):
    """A declared transformation that cannot be executed; `kind` is its type and `reason` says why.

    Akin to `NotImplementedError`, so that code that knows nothing of this package can tell it from a fault of the data.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot execute the {self.kind} transformation: {self.reason}{self._declared()}"


class DimensionMismatch(ZarrSpacesError, ValueError):
    """Numbers of dimensions that must agree do not."""

    def __init__(self, what: str, expected: int | str, got: int | str) -> None:
        super().__init__(what, expected, got)
        self.what = what
        self.expected = expected
        self.got = got

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, got {self.got}{self._declared()}"


class Detour(ZarrSpacesWarning):
    """Points go a longer way, because a transformation on the shortest one cannot be executed."""


class IllConditioned(ZarrSpacesWarning):
    """An inverse exists, but few digits of it can be trusted."""


class StaleMetadata(ZarrSpacesWarning):
    """Consolidated metadata of a group above still holds what a node had before it was written."""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(name[:80] for name in names[:12]) + (", ..." if len(names) > 12 else "")
