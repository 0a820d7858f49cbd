"""Ace by DAISY has nothing to say."""

from __future__ import annotations

import pytest

from pipeline.checks.epub import ace


def test_ace_finds_no_violation(book):
    ace.check(book, pytest.fail)
