"""Packages that could not be looked up are not called safe."""

from __future__ import annotations

import pytest
from vulnerabilities import verdict

SAFE = {"name": "a", "version": "1", "vulns": []}
UNKNOWN = {"name": "b", "skip_reason": "not found"}
FOUND = {"id": "CVE-0", "fix_versions": ["2"]}
VULNERABLE = {"name": "c", "version": "1", "vulns": [FOUND]}


@pytest.mark.parametrize(
    ("packages", "status"),
    [
        ([SAFE], 0),
        ([SAFE, UNKNOWN], 3),
        ([SAFE, UNKNOWN, VULNERABLE], 1),
    ],
)
def test_the_exit_status_says_what_was_found(packages, status, capsys):
    assert verdict(packages) == status
