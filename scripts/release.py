"""Make a release: the editions, their proof, their checksums and where they come from.

Usage: .venv/bin/python scripts/release.py VERSION SOURCE...

Refuses, with a sentence and exit status 1, where the tree has changes that are
not committed, where the tag of the version names another commit, or where a
check or the audit finds an error; an earlier release stays until then.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from machine.sentences import say, tell

from pipeline.scratch import clear

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT / "dist" / "release"
# https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string
_VERSION = re.compile(
    r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
)
_PROVENANCE = ".provenance.json"
_DRAFT = ".release-"


class Refused(Exception):  # noqa: N818 - it is a decision, not an error
    """There is no release; the sentence says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(say(key, **values))


def main() -> int:
    """Make the release of the version and the sources that are named."""
    version, *names = sys.argv[1:]
    sources = list(map(Path, names))
    RELEASE.parent.mkdir(exist_ok=True)
    try:
        commit = settled(version, sources)
        clear(RELEASE.parent, _DRAFT)
        with tempfile.TemporaryDirectory(
            dir=RELEASE.parent, prefix=f"{_DRAFT}{os.getpid()}-"
        ) as draft:
            folder = Path(draft) / "release"
            made(folder, sources)
            told = provenance(folder, version, commit)
            write(folder / "provenance.json", told)
            seal(folder)
            count = len(list(folder.iterdir()))
            shutil.rmtree(RELEASE, ignore_errors=True)
            folder.rename(RELEASE)
    except Refused as refusal:
        print(f"keben: {refusal}", file=sys.stderr)
        return 1
    tell("released", folder=RELEASE.relative_to(ROOT), count=count, version=version)
    return 0


def settled(version: str, sources: list[Path]) -> str:
    """Return the commit that is released. Raises Refused where there is none."""
    if not version:
        raise Refused("no-version")
    if not _VERSION.fullmatch(version):
        raise Refused("bad-version", version=version)
    if not sources:
        raise Refused("no-sources")
    commit = git("rev-parse", "HEAD")
    if not commit:
        raise Refused("no-checkout")
    if changes := git("status", "--porcelain"):
        raise Refused("dirty", changes=changes)
    tag = f"v{version}"
    if git("rev-parse", "--quiet", "--verify", f"{tag}^{{commit}}") not in ("", commit):
        raise Refused("tag-elsewhere", tag=tag)
    return commit


def git(*arguments: str) -> str:
    """Return what git says, and nothing where it fails or is not there."""
    if not shutil.which("git"):
        return ""
    done = subprocess.run(
        ("git", "-C", ROOT, *arguments), capture_output=True, text=True, check=False
    )
    return "" if done.returncode else done.stdout.strip()


def made(folder: Path, sources: list[Path]) -> None:
    """Fill ``folder`` with editions that pass each check. Raises Refused."""
    keben("building", "build", "--quiet", "--provenance", "-o", folder, *sources)
    editions = sorted((*folder.glob("*.epub"), *folder.glob("*.pdf")))
    keben("checking", "check", *editions)
    for source in sources:
        own = [path for path in editions if path.stem == stem(source)]
        keben("auditing", "audit", source, *own)


def stem(source: Path) -> str:
    """Return what the editions of ``source`` are called."""
    return source.resolve().name if source.is_dir() else source.stem


def keben(stage: str, *arguments: object) -> None:
    """Run a command of Keben. Raises Refused where it finds an error."""
    tell(stage)
    command = (sys.executable, "-m", "pipeline", *map(str, arguments))
    if subprocess.run(command, check=False).returncode:
        raise Refused("refused", stage=say(stage), folder=RELEASE.relative_to(ROOT))


def provenance(folder: Path, version: str, commit: str) -> dict[str, Any]:
    """Return where all that is in ``folder`` comes from, each book's own told in it."""
    own = sorted(folder.glob(f"*{_PROVENANCE}"))
    books = [book(path) for path in own]
    for path in own:
        path.unlink()
    return {
        "format": 1,
        "version": version,
        "commit": commit,
        "command": f"make release VERSION={version}",
        "books": books,
    }


def book(path: Path) -> dict[str, Any]:
    """Return the provenance of a book, and what its audit proved."""
    audit = path.with_name(path.name.replace(_PROVENANCE, ".audit.json"))
    told: dict[str, Any] = json.loads(path.read_bytes())
    proof = json.loads(audit.read_bytes())
    kept = {key: proof[key] for key in ("proved", "characters") if key in proof}
    return {**told, "audit": kept}


def write(path: Path, value: object) -> None:
    """Write ``value`` as JSON for people and programs."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


def seal(folder: Path) -> None:
    """Write SHA256SUMS, as ``sha256sum --check`` reads it."""
    lines = [f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
