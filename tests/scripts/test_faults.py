"""A few of the hundred faults: whatever happens, editions are whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "faults.py"


def test_editions_are_whole_whatever_happens():
    """Kill four builds, by the seed at stages that differ; see scripts/faults.py."""
    command = (sys.executable, str(SCRIPT), "4", "2")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"4 of 4|4 次中有 4 次", done.stderr)
