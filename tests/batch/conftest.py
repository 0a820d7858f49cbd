"""A library in a folder of its own, which a test fills."""

import pytest

from tests.batch.shop import TEXT


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def fill(*names):
        for name in names:
            path = tmp_path / "library" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TEXT.format(title=path.stem), "utf-8")
        return tmp_path / "library"

    return fill
