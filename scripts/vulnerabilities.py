"""Look the locked packages up among known vulnerabilities.

Usage: .venv/bin/python scripts/vulnerabilities.py

Exit status 0 when each package was looked up and none is vulnerable, 1 when one
is, 3 when any could not be looked up: what was not checked is not called safe.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from machine.sentences import tell

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "release.txt"


def main() -> int:
    """Audit the lock that holds all others."""
    command = (sys.executable, "-m", "pip_audit", "--format=json", "--disable-pip")
    progress = (
        "--progress-spinner=off",
        "--require-hashes",
        "--requirement",
        str(LOCK),
    )
    done = subprocess.run(
        (*command, *progress), capture_output=True, text=True, check=False
    )
    try:
        return verdict(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        tell("no-advisories", reason=(done.stderr.strip().split("\n") or [""])[-1])
        return 3


def verdict(packages: list[dict[str, Any]]) -> int:
    """Tell what was found, and return the exit status."""
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    vulnerable = [package for package in packages if package.get("vulns")]
    for package in vulnerable:
        for found in package["vulns"]:
            fixed = ", ".join(found["fix_versions"]) or "-"
            print(f"{package['name']} {package['version']}: {found['id']} (< {fixed})")
    if vulnerable:
        tell("vulnerable", count=len(vulnerable))
        return 1
    if unknown:
        tell("not-looked-up", count=len(unknown), total=len(packages))
        return 3
    tell("not-vulnerable", count=len(packages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
