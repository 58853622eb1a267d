"""The page of a version: every definition of its schemas, with a table of its members."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from codegen.markdown import anchor, code, link, page, table, text, verbatim
from codegen.schema_words import count_words, demands, members
from codegen.sources import resolve
from codegen.view import references
from zarr_spaces.schemas import closure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.schema_words import Member
    from codegen.sources import Schemas
    from zarr_spaces.versions import SpecVersion


def page_name(version: SpecVersion) -> str:
    """Name the page of a version.

    >>> from zarr_spaces.versions import OME_ZARR_0_6
    >>> page_name(OME_ZARR_0_6)
    'ome-zarr-0.6.md'
    """
    return version.key.replace("/", "-") + ".md"


def property_page(version: SpecVersion, schemas: Schemas) -> str:
    """Write the page of one version."""
    return _Page(version, schemas).write()


class _Page:
    """Collects the blocks of one page, and knows where each definition stands in it."""

    def __init__(self, version: SpecVersion, schemas: Schemas) -> None:
        self.version = version
        root = PurePosixPath(version.schema)
        by_path = {str(name): schema for name, schema in schemas.items()}
        used = {PurePosixPath(name) for name in closure(version.schema, by_path)}
        # The file of the whole document first, then the version's own, then what it shares with others.
        order = sorted(used, key=lambda name: (name != root, name.parent != root.parent, name))
        self.files = {name: schemas[name] for name in order}
        self.anchors: dict[tuple[PurePosixPath, str], str] = {}
        for name, schema in self.files.items():
            for title in schema["$defs"]:
                if (target := anchor(title)) in self.anchors.values():
                    raise SystemExit(f"two definitions of {version.key} would have the heading {title}")
                self.anchors[name, title] = target

    def write(self) -> str:
        blocks = [*self._head()]
        for name, schema in self.files.items():
            source = link(verbatim(f"schemas/{name}"), f"../../schemas/{name}")
            blocks += [f"## {name}", f"{text(schema['description'])} Source: {source}."]
            for title, definition in schema["$defs"].items():
                blocks += self._definition(name, title, definition)
        return page(blocks)

    def _head(self) -> Iterator[list[str] | str]:
        root = next(iter(self.files.values()))
        tags = " or ".join(map(code, self.version.tags))
        yield f"# {self.version.title}"
        yield text(root["description"])
        yield [
            f"Documents write their version as {tags}; the key of the version is {verbatim(self.version.key)}.",
            "Members that stand in no table are allowed everywhere, and kept.",
            f"What a schema cannot say is in {link('the rules', 'rules.md')};",
            f"{verbatim(f'zarr-spaces schema {self.version.key}')} prints all schemas as one.",
        ]
        rows = [
            (self._link(name, title), text(definition["description"]))
            for name, schema in self.files.items()
            for title, definition in schema["$defs"].items()
        ]
        yield table(("definition", "what it is"), rows)

    def _definition(self, name: PurePosixPath, title: str, definition: dict[str, Any]) -> Iterator[list[str] | str]:
        def to(reference: str) -> str:
            return self._link(*resolve(name, reference))

        yield f"### {title}"
        facts = [f"Specification: {text(definition['$comment'])}."]
        if users := self._users(name, title):
            facts.append(f"Used by {', '.join(users)}.")
        yield [text(definition["description"]), *facts]
        if "oneOf" in definition:
            yield from self._union(name, definition)
        elif "type" not in definition:
            yield "A constraint on values that another definition describes."
        if rows := [self._row(name, member) for member in members(definition, to)]:
            yield table(("member", "type", "required", "description"), rows)
        # One message often stands at several places of a schema: the first tells.
        said: dict[str, str] = {}
        if "type" not in definition and (count := count_words(definition)):
            said[count] = f"{count} entries"
        for line in demands(definition, to):
            said.setdefault(line.rpartition(": ")[2], line)
        yield [f"- {line[0].upper()}{line[1:]}" for line in said.values()]

    def _row(self, name: PurePosixPath, member: Member) -> tuple[str, ...]:
        described = member.description
        if not described and member.reference is not None:
            described = self._target(name, member.reference)["description"]
        return verbatim(member.name), member.type, "yes" if member.required else "no", text(described)

    def _target(self, name: PurePosixPath, reference: str) -> dict[str, Any]:
        target, title = resolve(name, reference)
        definition: dict[str, Any] = self.files[target]["$defs"][title]
        return definition

    def _union(self, name: PurePosixPath, definition: dict[str, Any]) -> Iterator[list[str] | str]:
        member, mapping = definition["discriminator"]["propertyName"], definition["discriminator"]["mapping"]
        yield f"One of these, told apart by the member {verbatim(member)}:"
        rows = [
            (code(tag), self._link(*resolve(name, reference)), text(self._target(name, reference)["description"]))
            for tag, reference in mapping.items()
        ]
        yield table((verbatim(member), "definition", "what it is"), rows)

    def _link(self, name: PurePosixPath, title: str) -> str:
        return link(title, "#" + self.anchors[name, title])

    def _users(self, name: PurePosixPath, title: str) -> list[str]:
        """Link the definitions that refer to one."""
        return [
            self._link(other, user)
            for other, schema in self.files.items()
            for user, definition in schema["$defs"].items()
            if (other, user) != (name, title)
            and (name, title) in {resolve(other, reference) for reference in references(definition)}
        ]
