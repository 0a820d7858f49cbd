"""The command line: ``keben build``, ``batch``, ``inspect``, ``check`` and others.

Exit statuses: 0 good, 1 the content has errors, 2 wrong usage, 3 something is
missing on this machine. Nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

import argparse
import gc
import io
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from pipeline import __version__
from pipeline.failures import Failure, Status
from pipeline.messages import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale may lack Chinese
            stream.reconfigure(errors="replace")
    # A book is made of millions of objects and has no cycles: collecting them at
    # the usual pace takes a fifth of the time.
    gc.set_threshold(200_000, 20, 20)
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Failure as failure:
        sys.stderr.write(f"keben: {failure}\n")
        return int(failure.status)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        # The reader of our output has left: that is no fault of this run.
        sys.stderr.close()
        return int(Status.GOOD)


class _Parser(argparse.ArgumentParser):
    """A parser that says in our words what is wrong with a call."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to go on, and exit."""
        said = next(filter(None, map(partial(_said, message), _USAGE)), message)
        more = say("failure.usage-more", command=self.prog)
        self.exit(Status.USAGE, f"keben: {said}\n    {more}\n")


# What argparse says, and our sentences with the values in it.
_USAGE = (
    (r"the following arguments are required: (?P<names>.*)", "usage-required"),
    (
        r"argument .*: invalid choice: '(?P<name>.*?)' \(choose from (?P<choices>.*)\)",
        "usage-choice",
    ),
    (r"unrecognized arguments: (?P<names>.*)", "usage-unknown"),
    (r"argument (?P<name>[^:]*): expected .*argument.*", "usage-value"),
    (r"argument [^:]*: (?P<reason>.*)", "usage-reason"),  # of our own
)


def _said(message: str, known: tuple[str, str]) -> str:
    pattern, key = known
    match = re.fullmatch(pattern, message)
    if not match:
        return ""
    values = {n: value.replace("'", "") for n, value in match.groupdict().items()}
    return say(f"failure.{key}", **values)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="keben", description=say("help.keben"))
    parser.add_argument("--version", action="version", version=f"keben {__version__}")
    commands = parser.add_subparsers(required=True, metavar=say("help.command"))
    _add_build(commands)
    _add_batch(commands)
    _add_inspect(commands)
    _add_check(commands)
    _add_fonts(commands)
    _add_themes(commands)
    _add_audit(commands)
    return parser


def _add_build(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "build", _build)
    parser.add_argument(
        "sources", nargs="+", type=Path, metavar="SOURCE", help=say("help.source")
    )
    parser.add_argument(
        "-o",
        dest="out",
        type=Path,
        default=Path("dist"),
        metavar="DIR",
        help=say("help.out"),
    )
    _add_editions(parser)
    parser.add_argument("--watch", action="store_true", help=say("help.watch"))
    _add_json(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help=say("help.quiet"))


def _add_batch(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "batch", _batch)
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help=say("help.batch-source")
    )
    parser.add_argument("--list", type=Path, metavar="FILE", help=say("help.list"))
    parser.add_argument(
        "-o", dest="out", default="dist", metavar="DIR", help=say("help.batch-out")
    )
    _add_editions(parser)
    parser.add_argument(
        "--workers", type=_positive, metavar="N", help=say("help.workers")
    )
    parser.add_argument("--scheduler", metavar="ADDRESS", help=say("help.scheduler"))
    parser.add_argument(
        "--manifest", type=Path, metavar="FILE", help=say("help.manifest")
    )
    parser.add_argument("--again", action="store_true", help=say("help.batch-again"))
    _add_json(parser)


def _add_inspect(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "inspect", _inspect)
    parser.add_argument("source", type=Path, metavar="SOURCE", help=say("help.source"))
    parser.add_argument("--write", action="store_true", help=say("help.write"))
    _add_encoding(parser)
    _add_json(parser)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "check", _check)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=say("help.file")
    )
    _add_json(parser)


def _add_fonts(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "fonts", _fonts)
    parser.add_argument("--theme", metavar="NAME", help=say("help.fonts-theme"))
    parser.add_argument(
        "--language", default="zh-Hans", metavar="TAG", help=say("help.fonts-language")
    )
    _add_json(parser)
    below = parser.add_subparsers(metavar=say("help.command"))
    install = _command(below, "install", _install_fonts)
    install.add_argument(
        "names", nargs="*", metavar="NAME", help=say("help.install-names")
    )
    install.add_argument("--again", action="store_true", help=say("help.again"))
    _add_json(install)


def _add_themes(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "themes", _themes)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=say("help.themes-names")
    )
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help=say("help.pictures")
    )
    _add_json(parser)


def _add_audit(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "audit", _audit)
    parser.add_argument("source", type=Path, metavar="SOURCE", help=say("help.source"))
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=say("help.edition")
    )
    _add_look(parser)
    _add_encoding(parser)
    _add_json(parser)


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    run: object,
) -> _Parser:
    text = say(f"help.{name}")
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _add_editions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=_names, default=(), metavar="epub,pdf", help=say("help.to")
    )
    _add_look(parser)
    parser.add_argument(
        "--no-audit", dest="proved", action="store_false", help=say("help.no-audit")
    )
    parser.add_argument(
        "--provenance",
        dest="recorded",
        action="store_true",
        help=say("help.provenance"),
    )
    parser.add_argument(
        "--no-cache", dest="cached", action="store_false", help=say("help.no-cache")
    )
    _add_encoding(parser)


def _add_look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", metavar="NAME", help=say("help.theme"))
    parser.add_argument(
        "--set",
        dest="settings",
        type=_setting,
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=say("help.set"),
    )


def _add_encoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--encoding", metavar="NAME", help=say("help.encoding"))


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=say("help.json"))


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _positive(value: str) -> int:
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise argparse.ArgumentTypeError(say("failure.no-number", value=value))


def _setting(value: str) -> tuple[str, str]:
    key, sign, setting = value.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(say("failure.no-equals-sign", value=value))
    return key, setting


def _build(options: argparse.Namespace) -> Status:
    from pipeline.cli import building

    return building.run(options)


def _batch(options: argparse.Namespace) -> Status:
    from pipeline.cli import batching

    return batching.run(options)


def _inspect(options: argparse.Namespace) -> Status:
    from pipeline.cli import inspecting

    return inspecting.run(options)


def _check(options: argparse.Namespace) -> Status:
    from pipeline.cli import checking

    return checking.run(options)


def _fonts(options: argparse.Namespace) -> Status:
    from pipeline.cli import fonts

    return fonts.show(options)


def _install_fonts(options: argparse.Namespace) -> Status:
    from pipeline.cli import fonts

    return fonts.install(options)


def _themes(options: argparse.Namespace) -> Status:
    from pipeline.cli import themes

    return themes.run(options)


def _audit(options: argparse.Namespace) -> Status:
    from pipeline.cli import auditing

    return auditing.run(options)
