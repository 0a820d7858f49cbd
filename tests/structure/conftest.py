from __future__ import annotations

from time import process_time

import pytest


@pytest.fixture
def benchmark_seconds():
    def seconds(action):
        start = process_time()
        action()
        return process_time() - start

    return seconds
