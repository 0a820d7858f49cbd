"""Proving that WeasyPrint's inside is what our changes to it were made for.

Its inner functions are nobody's promise: each that is replaced or relied upon
is known by the hash of its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import indent
from types import ModuleType
from typing import Any, TypeAlias

Function: TypeAlias = Callable[..., Any]
"""A function of WeasyPrint, which has no types."""
Place: TypeAlias = tuple[ModuleType, str]
"""A module, and the name of a function or a class in it."""
Replacement: TypeAlias = tuple[ModuleType | type, str, object]
"""A module or class, a name in it, and what is to have that name."""


def differences(proved: Mapping[Place, str]) -> tuple[str, ...]:
    """Return which of the ``proved`` functions have another hash now."""
    return tuple(
        f"{module.__name__}.{name}"
        for (module, name), proof in proved.items()
        if proof != fingerprint(module, name)
    )


@cache
def fingerprint(module: ModuleType, name: str) -> str:
    """Return the hash of a function's or class's source; empty without source."""
    source = source_of(module, name)
    return sha256(source.encode()).hexdigest()[:16] if source else ""


def source_of(module: ModuleType, name: str) -> str:
    """Return the source of a function or class; empty where there is none."""
    found = re.search(
        rf"^(?:def|class) {name}\b.*?(?=^\S|\Z)",
        _source(module),
        re.MULTILINE | re.DOTALL,
    )
    return found[0] if found else ""


@cache
def edited(place: Place, *edits: tuple[str, str], **names: object) -> Function:
    """Return a function made from its own source, but for the ``edits``.

    Each is what is there, once, and what comes in its place; the latter may use
    ``names`` besides those of the module. Raises ValueError.
    """
    module, name = place
    source = source_of(module, name)
    for old, new in edits:
        if source.count(old) != 1:
            raise ValueError(f"not once in {module.__name__}.{name}: {old!r}")
        source = source.replace(old, new)
    # Inside a function the names are its own, and those of the module stay theirs.
    within = (
        f"def within({', '.join(names)}):\n{indent(source, '    ')}    return {name}"
    )
    made: dict[str, Function] = {}
    exec(compile(within, str(module.__file__), "exec"), vars(module), made)  # noqa: S102 - theirs, but for what the edits say
    function: Function = made["within"](**names)
    return function


@contextmanager
def replaced(replacements: Iterable[Replacement]) -> Iterator[None]:
    """Replace what modules have under some names, inside the ``with``."""
    before: list[Replacement] = []
    try:
        for module, name, value in replacements:
            before.append((module, name, getattr(module, name)))
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in reversed(before):
            setattr(module, name, value)


@cache
def _source(module: ModuleType) -> str:
    try:
        return Path(str(module.__file__)).read_text(encoding="utf-8")
    except OSError:
        return ""
