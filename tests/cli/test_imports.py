"""Nothing is loaded at the start that the command does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = frozenset(
    (
        *("PIL", "chardet", "ebooklib", "jinja2", "lxml", "markdown_it", "pydantic"),
        *("pygments", "pypdfium2", "readability", "tinycss2", "weasyprint", "ziamath"),
    )
)
RUN = """
import sys
from pipeline.cli import main
try:
    main(sys.argv[1:])
finally:
    print("loaded", *{name.partition(".")[0] for name in sys.modules})
"""


def loaded(*arguments: object) -> set[str]:
    """Return what a call of ``keben`` loads, in a new process."""
    command = (sys.executable, "-c", RUN, *map(str, arguments))
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_help_loads_no_library():
    assert loaded("--help") & (HEAVY | {"rich"}) == set()


def test_a_plain_text_is_inspected_without_parsers_and_writers(tmp_path):
    source = tmp_path / "夜航.txt"
    source.write_text("夜航\n\n第一章 出海\n\n　　船出了港。\n", encoding="utf-8")
    assert loaded("inspect", source) & HEAVY == set()


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_the_names_of_heavy_libraries_are_right(tmp_path, suffix):
    source = tmp_path / f"夜航.{suffix}"
    source.write_text("<h1>夜航</h1><p>船出了港。</p>", encoding="utf-8")
    parser = {"html": "lxml", "md": "markdown_it"}[suffix]
    assert parser in loaded("inspect", source) & HEAVY
