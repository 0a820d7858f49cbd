"""Machines on which something is missing."""

from __future__ import annotations

import builtins

import pytest


@pytest.fixture
def without(monkeypatch):
    """Pretend that some packages are not installed."""

    def hide(*names: str):
        importing = builtins.__import__

        def refuse(name, *rest):
            if name.partition(".")[0] in names:
                raise ImportError(name)
            return importing(name, *rest)

        monkeypatch.setattr(builtins, "__import__", refuse)

    return hide
