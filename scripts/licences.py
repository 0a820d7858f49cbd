"""Write docs/LICENSES.md: the licence of each package and font that is installed.

Usage: .venv/bin/python scripts/licences.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name

from pipeline.fonts.catalogue import collections
from pipeline.provenance import packages

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "LICENSES.md"
# Keben itself, and what an environment may have before anything is put into it.
_PASSED_OVER = ("keben", "pip", "setuptools")
_HEAD = """\
# Licences

`make licences` writes this page from what the installed packages say of themselves.
[NOTICE](../NOTICE) tells what the licences ask of whoever passes Keben on.
"""


def main() -> int:
    """Write the page; 1 where a package does not say its licence."""
    told = licences()
    running = {canonicalize_name(name) for name in packages()}
    parts = (
        _HEAD,
        "## What Keben runs on",
        table(row for name, row in told.items() if name in running),
        "## What its checks, tests and releases use besides",
        table(row for name, row in told.items() if name not in running),
        "## Fonts",
        "Those that come with Keben; the others are there once `keben fonts install`"
        " brought them.",
        fonts(),
    )
    PAGE.write_text("\n\n".join(map(str.strip, parts)) + "\n", encoding="utf-8")
    silent = [name for name, row in told.items() if row[2] == "UNKNOWN"]
    for name in silent:
        print(f"{name}: says nothing of its licence", file=sys.stderr)
    return 1 if silent else 0


def licences() -> dict[str, tuple[str, str, str]]:
    """Return name, version and licence of each installed package."""
    command = (sys.executable, "-m", "piplicenses", "--format=json", "--with-system")
    rows = json.loads(subprocess.check_output(command))
    return {
        canonicalize_name(row["Name"]): (row["Name"], row["Version"], row["License"])
        for row in rows
        if row["Name"] not in _PASSED_OVER
    }


def fonts() -> str:
    """Return a table of all collections."""
    rows = (
        (c.title, c.version or "-", f"{c.licence}, {c.origin.value}: {c.package}")
        for c in collections()
    )
    return table(rows)


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table of names, versions and licences."""
    head = ("| name | version | licence |", "|---|---|---|")
    body = sorted(rows, key=lambda row: row[0].lower())
    return "\n".join((*head, *(f"| {' | '.join(map(flat, row))} |" for row in body)))


def flat(text: str) -> str:
    """Return ``text`` for a cell: some packages give their licence whole."""
    return text.strip().split("\n", 1)[0].replace("|", "/")


if __name__ == "__main__":
    sys.exit(main())
