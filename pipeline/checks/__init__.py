"""Validators of finished files, independent of the code that wrote them.

Every module here offers a ``check``, which reports what is wrong with a file
and raises MissingTool where it needs a program that is not installed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from pipeline.diagnostics import Report
from pipeline.failures import Missing

Check: TypeAlias = Callable[[Path, Report], None]


class MissingTool(Missing):
    """A program that a check needs is not installed.

    ``key`` names the sentence of the catalogue that says which one, and
    ``command`` is what installs it.
    """

    def __init__(self, key: str, command: str) -> None:
        super().__init__(key, command=command)
