"""The command ``zarr-spaces``: parses arguments and calls the public API."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from zarr_spaces import __version__
from zarr_spaces.cli import reference
from zarr_spaces.cli.limits import add_limits, limits_of
from zarr_spaces.cli.render import print_json, print_lines
from zarr_spaces.errors import ZarrSpacesError, ZarrSpacesWarning
from zarr_spaces.findings import Level
from zarr_spaces.quoting import printable

_SPACE = (
    "name of a coordinate system or level of the root document, or of a reference system such as EPSG:32633, "
    'or {"path": ..., "name": ...}; path alone is an array'
)
_UNUSABLE = 2
_MESSAGE_LIMIT = 10_000  # characters of one message on a terminal


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 valid, 1 errors found, 2 unusable input or arguments."""
    options = _parser().parse_args(_positional(sys.argv[1:] if arguments is None else arguments))
    collects = gc.isenabled()
    gc.disable()  # a command ends soon, and collecting among a million values takes half of the time
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", ZarrSpacesWarning)
            warnings.showwarning = _show_warning
            code: int = options.run(options)
        sys.stdout.flush()
    except ZarrSpacesError as error:
        return _fail(options, str(error), _UNUSABLE)
    except BrokenPipeError:
        _abandon_output()  # the reader has seen enough
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # files are read behind errors of their own, so this is about what is written
        _abandon_output()
        print_lines([f"zarr-spaces: cannot write the answer: {error.strerror or error}"], to_errors=True)
        return _UNUSABLE
    except Exception as error:
        return _fail(options, f"internal error, please report it: {type(error).__name__}: {error}", 3)
    finally:
        if collects:
            gc.enable()
    return code


def _abandon_output() -> None:
    # What is still to be written would fail once more when the interpreter ends, with an exit code of its own.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    # Where in the code a warning was raised is of no use on the command line.
    print_lines([f"zarr-spaces: warning: {printable(str(message)[:_MESSAGE_LIMIT])}"], to_errors=True)


def _positional(arguments: list[str]) -> list[str]:
    # What a conformance runner passes are never options, even where a name begins with a dash.
    if arguments[:2] == ["dingus", "transform"] and len(arguments) > 3 and "--" not in arguments:
        return [*arguments[:2], "--", *arguments[2:]]
    return arguments


def _fail(options: argparse.Namespace, message: str, code: int) -> int:
    if getattr(options, "format", "text") == "json":
        from zarr_spaces.answers import shorten

        print_json({"message": shorten(message)})
    else:
        lines = [printable(line) for line in message[:_MESSAGE_LIMIT].split("\n")]
        print_lines(["zarr-spaces: " + "\n".join(lines)], to_errors=True)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zarr-spaces", description="Coordinate spaces in Zarr: typed, checked and executable."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    validate = _command(commands, "validate", _validate, "judge documents and stores by the version they declare")
    validate.add_argument("paths", nargs="+", metavar="PATH", help="a store's folder, or a JSON file")
    _level(validate)
    add_limits(validate)

    show = _command(
        commands, "show", _show, "list coordinate systems, levels, transformations and places on the ground"
    )
    show.add_argument("path", metavar="PATH")
    add_limits(show)

    graph = _command(
        commands, "graph", _graph, "draw the graph of coordinate systems, levels and arrays as a Mermaid flowchart"
    )
    graph.add_argument("path", metavar="PATH")
    add_limits(graph)

    transform = _command(commands, "transform", _transform, "map points from one space to another")
    explain = _command(commands, "explain", _explain, "list the transformations that points pass")
    for command in (transform, explain):
        command.add_argument("path", metavar="PATH")
        command.add_argument("source", metavar="SOURCE", help=_SPACE)
        command.add_argument("target", metavar="TARGET", help="as SOURCE")
        add_limits(command)
    transform.add_argument("points", metavar="POINTS", help="a JSON array of points, or - for standard input")

    reference.add_commands(commands, _command, _print_reference)

    dingus = commands.add_parser(
        "dingus", help="answer a conformance runner", description="Answer a conformance runner."
    )
    kinds = dingus.add_subparsers(required=True, metavar="KIND")
    document = _command(kinds, "document", _dingus_document, "judge one JSON file", formats=False)
    document.add_argument("file", metavar="FILE")
    _level(document)
    add_limits(document)
    store = _command(kinds, "store", _dingus_store, "judge a hierarchy", formats=False)
    store.add_argument("path", metavar="PATH")
    _level(store)
    add_limits(store)
    points = _command(kinds, "transform", _dingus_transform, "map points", formats=False)
    points.add_argument("path", metavar="PATH")
    points.add_argument("source", metavar="SOURCE", help=_SPACE)
    points.add_argument("target", metavar="TARGET", help="as SOURCE")
    points.add_argument("coordinates", metavar="COORDINATES", help="a JSON array of points")
    return parser


def _command(commands: Any, name: str, run: Any, text: str, *, formats: bool = True) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + "."
    )
    if formats:
        command.add_argument("--format", choices=("text", "json"), default="text", help="for people or for machines")
        command.set_defaults(run=run)
    else:
        command.set_defaults(run=run, format="json")
    return command


def _level(command: argparse.ArgumentParser) -> None:
    known = [str(level) for level in Level]
    command.add_argument(
        "--level",
        choices=known,
        metavar="LEVEL",
        help=f"how far to look: {', '.join(known)}; without it document for a file, arrays for a store",
    )
    command.add_argument("--strict", action="store_true", help="count warnings as errors")


def _validate(options: argparse.Namespace) -> int:
    from zarr_spaces.answers import report_as_json, shorten, summary
    from zarr_spaces.cli.render import report_lines
    from zarr_spaces.document import check
    from zarr_spaces.store import open_store
    from zarr_spaces.store.files import METADATA
    from zarr_spaces.store.load import is_document

    answers, code, limits = [], 0, limits_of(options)
    for path in options.paths:
        is_store = not is_document(path)
        try:
            if not is_store:
                level = options.level or Level.DOCUMENT
                report = check(Path(path), level=level, strict=options.strict, limits=limits)
            else:
                report = open_store(path, limits=limits).check(options.level or Level.ARRAYS, strict=options.strict)
        except ZarrSpacesError as error:
            if options.format == "json":
                answers.append({"path": path, "message": shorten(str(error))})
            else:
                _fail(options, str(error), _UNUSABLE)
            code = _UNUSABLE
            continue
        code = max(code, 0 if report.valid else 1)
        if options.format == "json":
            answers.append({"path": path} | report_as_json(report, options.max_findings))
        else:
            shown = str(Path(path).parent) if is_store and Path(path).name == METADATA else path
            print_lines(report_lines(shown, report, summary(report), options.max_findings, is_store=is_store))
    if options.format == "json":
        print_json(answers)
    return code


def _show(options: argparse.Namespace) -> int:
    from zarr_spaces.cli.render import description_lines
    from zarr_spaces.store.load import describe

    descriptions = describe(options.path, limits=limits_of(options))
    if options.format == "json":
        print_json(descriptions)
    else:
        for description in descriptions:
            print_lines(description_lines(description))
    return 0


def _graph(options: argparse.Namespace) -> int:
    from zarr_spaces.graph import to_mermaid
    from zarr_spaces.store.load import load_graph

    graph = load_graph(options.path, limits=limits_of(options))
    if options.format == "text":
        print_lines(to_mermaid(graph).splitlines())
        return 0
    print_json(graph.as_json())
    return 0


def _transform(options: argparse.Namespace) -> int:
    from zarr_spaces.answers import finite, map_points
    from zarr_spaces.cli.render import point_lines

    points = _standard_input() if options.points == "-" else options.points
    mapped = map_points(options.path, options.source, options.target, points, limits_of(options))
    if options.format == "json":
        print_json({"coordinates": finite(mapped)})
    else:
        print_lines(point_lines(mapped))
    return 0


def _standard_input() -> str | bytes:
    # Bytes where they are to be had: what they are encoded in is for the decoder to say.
    stream = getattr(sys.stdin, "buffer", sys.stdin)
    content: str | bytes = stream.read()
    return content


def _explain(options: argparse.Namespace) -> int:
    from zarr_spaces.answers import parse_space
    from zarr_spaces.store.load import load_graph

    graph = load_graph(options.path, limits=limits_of(options))
    route = graph.route(parse_space(options.source), parse_space(options.target))
    if options.format == "json":
        print_json(route.as_json())
    else:
        print_lines(str(route).splitlines())
    return 0


def _print_reference(options: argparse.Namespace) -> int:
    print_lines(options.lines(options))
    return 0


def _dingus_document(options: argparse.Namespace) -> int:
    from zarr_spaces.conformance import dingus

    level = Level(options.level or Level.DOCUMENT)
    answer, code = dingus.judge_document(
        options.file, level, limits_of(options), strict=options.strict, most=options.max_findings
    )
    print_json(answer)
    return code


def _dingus_store(options: argparse.Namespace) -> int:
    from zarr_spaces.conformance import dingus

    level = Level(options.level or Level.ARRAYS)
    answer, code = dingus.judge_store(
        options.path, level, limits_of(options), strict=options.strict, most=options.max_findings
    )
    print_json(answer)
    return code


def _dingus_transform(options: argparse.Namespace) -> int:
    from zarr_spaces.conformance import dingus

    answer, code = dingus.transform(options.path, options.source, options.target, options.coordinates)
    print_json(answer)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
