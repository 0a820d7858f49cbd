"""Build the wheel and the sdist, have them checked, and try both.

Usage: .venv/bin/python scripts/distribution.py

Each is installed into an empty environment, with the locked versions of what it
needs, and builds a book there in a folder outside the checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from machine.sentences import tell

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
OUT = ROOT / "dist" / "packages"
LOCK = ROOT / "requirements" / "book.txt"
TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n\n第二章 归来\n\n　　船回了港。\n"


def main() -> int:
    """Build and try; a program that fails ends this with its own message."""
    shutil.rmtree(OUT, ignore_errors=True)
    run(UV, "build", "--quiet", "--no-build-isolation", "--out-dir", OUT, ROOT)
    packages = sorted((*OUT.glob("*.whl"), *OUT.glob("*.tar.gz")))
    run(sys.executable, "-m", "twine", "check", "--strict", *packages)
    for package in packages:
        tell("trying", package=package.name)
        try_out(package)
    return 0


def try_out(package: Path) -> None:
    """Install ``package`` where nothing is, and make a book with it."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        python = home / "bare" / "bin" / "python"
        run(UV, "venv", "--quiet", "--python", sys.executable, home / "bare")
        install = (UV, "pip", "install", "--quiet", "--python", python)
        run(*install, "--require-hashes", "--requirement", LOCK)
        run(*install, "--no-deps", "--no-build-isolation", package)
        (home / "night.txt").write_text(TEXT, encoding="utf-8")
        run(home / "bare" / "bin" / "keben", "build", "--quiet", "night.txt", cwd=home)
        editions = [home / "dist" / f"night.{suffix}" for suffix in ("epub", "pdf")]
        run(sys.executable, "-m", "pipeline", "check", *editions)


def run(*command: object, cwd: Path = ROOT) -> None:
    """Run a program without what this environment knows of its own."""
    kept = {name: os.environ[name] for name in os.environ if name != "VIRTUAL_ENV"}
    subprocess.run(tuple(map(str, command)), cwd=cwd, env=kept, check=True)


if __name__ == "__main__":
    sys.exit(main())
