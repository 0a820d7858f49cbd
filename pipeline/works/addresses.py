"""Lines that a person named: each must be a line of one file of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.config import BookConfig
from pipeline.diagnostics import Code, Diagnostic, listing
from pipeline.reader import LineHints


def misaddressed(config: BookConfig, files: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the lines that ``config`` names in ``files``.

    A number alone says enough where there is one file only.
    """
    if len(files) > 1:
        for key, lines in _numbers(config).items():
            values = {"key": key, "line": min(lines), "file": files[0]}
            yield Diagnostic(Code.UNADDRESSED_LINE, config.places[key], values)
    for name in sorted(config.lines.keys() - set(files)):
        for key in _named(config.lines[name]):
            values = {"key": key, "file": name, "files": listing(files)}
            yield Diagnostic(Code.UNKNOWN_FILE, config.places[key], values)


def _numbers(config: BookConfig) -> Mapping[str, frozenset[int]]:
    """Return the lines that are named without a file, by setting."""
    levels = (key for key in config.hints.headings_level if key.isdecimal())
    named = {**_named(config.hints), "headings.level": frozenset(map(int, levels))}
    return {key: lines for key, lines in named.items() if lines}


def _named(hints: LineHints) -> Mapping[str, frozenset[int]]:
    lines = {
        "headings.add": frozenset(hint.line for hint in hints.headings_add),
        "headings.remove": hints.headings_remove,
        "lines.keep": hints.keep,
        "lines.drop": hints.drop,
    }
    return {key: numbers for key, numbers in lines.items() if numbers}
