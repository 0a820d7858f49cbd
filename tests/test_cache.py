"""What is kept is right, or it is not there."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import cache

KEY = sha256(b"key").hexdigest()
OTHER = sha256(b"other").hexdigest()


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path) -> Path:
    monkeypatch.setenv("KEBEN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def file(home: Path) -> Path:
    (found,) = home.rglob("*.kept")
    return found


def test_what_is_kept_is_found_under_its_key_alone():
    cache.put(KEY, "船".encode())
    assert cache.get(KEY) == "船".encode()
    assert cache.get(OTHER) is None


def test_what_is_kept_anew_takes_the_place_of_the_old(home):
    cache.put(KEY, b"1")
    cache.put(KEY, b"2")
    assert cache.get(KEY) == b"2"
    assert file(home)


@pytest.mark.parametrize("at", [0, 7, 8, 20, 39, 40, -1])
def test_one_wrong_byte_is_as_good_as_nothing(home, at):
    cache.put(KEY, b"ship" * 9)
    data = bytearray(file(home).read_bytes())
    data[at] ^= 1
    file(home).write_bytes(data)
    assert cache.get(KEY) is None


@pytest.mark.parametrize("size", [0, 1, 8, 40, 45])
def test_what_was_cut_short_is_as_good_as_nothing(home, size):
    cache.put(KEY, b"ship" * 9)
    file(home).write_bytes(file(home).read_bytes()[:size])
    assert cache.get(KEY) is None


def test_a_file_that_belongs_elsewhere_is_as_good_as_nothing(home):
    cache.put(KEY, b"ship")
    moved = home / OTHER[:2] / f"{OTHER}.kept"
    moved.parent.mkdir(exist_ok=True)
    file(home).rename(moved)
    assert cache.get(OTHER) is None


def test_where_nothing_can_be_written_nothing_is_kept(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KEBEN_CACHE", str(tmp_path / "file"))
    cache.put(KEY, b"ship")
    assert cache.get(KEY) is None
    cache.sweep()


def test_an_empty_name_turns_it_off(monkeypatch, tmp_path):
    monkeypatch.setenv("KEBEN_CACHE", "")
    monkeypatch.chdir(tmp_path)
    cache.put(KEY, b"ship")
    assert cache.folder() is None
    assert cache.get(KEY) is None
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_it_is_in_the_cache_of_the_user(monkeypatch):
    monkeypatch.delenv("KEBEN_CACHE")
    assert cache.folder().parts[-2:] == ("keben", "made")


def test_it_can_be_left_alone(home):
    cache.put(KEY, b"ship")
    with cache.unused():
        assert cache.get(KEY) is None
        cache.put(OTHER, b"ship")
    assert cache.get(KEY) == b"ship"
    assert cache.get(OTHER) is None


def test_what_was_not_asked_for_longest_goes_first(monkeypatch, home):
    keys = [sha256(bytes([n])).hexdigest() for n in range(4)]
    for second, key in enumerate(keys):
        cache.put(key, os.urandom(1000))
        os.utime(home / key[:2] / f"{key}.kept", (second, second))
    assert cache.get(keys[0])  # and so it is the newest
    monkeypatch.setattr(cache, "_MOST_BYTES", 2500)
    cache.sweep()
    assert [key for key in keys if cache.get(key)] == [keys[0], keys[3]]
