"""One small book, in which losses can be planted."""

from __future__ import annotations

import pytest
from planting import book


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return book.made(tmp_path_factory.mktemp("work"))
