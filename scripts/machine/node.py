"""The packages of Node.js in ``.venv/node_modules``: reading systems, and Ace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_FILES = ("package.json", "package-lock.json")
# Scripts of packages would download browsers; ours is the machine's own.
_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def install(lock: Path, home: Path) -> None:
    """Bring what ``lock``, a folder, pins into ``home``, verified by its hashes."""
    for name in _FILES:
        shutil.copyfile(lock / name, home / name)
    subprocess.run(
        ("npm", "ci", *_OPTIONS),
        cwd=home,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "true"},
    )


def files(lock: Path) -> list[Path]:
    """Return the files that make up ``lock``."""
    return [lock / name for name in _FILES]
