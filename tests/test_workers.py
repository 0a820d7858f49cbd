"""Work that several processes share comes out as if one had done it."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from pipeline import workers


@pytest.fixture
def three(monkeypatch):
    monkeypatch.setenv("KEBEN_WORKERS", "3")


def square(number: int) -> int:
    return number * number


def whoami(_part: object) -> int:
    return os.getpid()


def number_of_workers(_part: object) -> int:
    return workers.count()


def lost(here: int, number: int) -> int:
    """Do as ``square`` does, but for a worker that is killed at it."""
    if os.getpid() != here and number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def failing(number: int) -> int:
    raise ValueError(number)


def test_what_is_made_comes_in_order(three):
    assert list(workers.shared(square, range(9))) == [n * n for n in range(9)]


def test_others_do_the_work(three):
    assert os.getpid() not in workers.shared(whoami, range(9))


def test_one_alone_does_it_here(monkeypatch):
    monkeypatch.setenv("KEBEN_WORKERS", "1")
    assert set(workers.shared(whoami, range(9))) == {os.getpid()}


def test_a_single_part_is_done_here(three):
    assert list(workers.shared(whoami, [0])) == [os.getpid()]


def test_a_worker_has_no_workers(three):
    assert set(workers.shared(number_of_workers, range(9))) == {1}
    assert workers.count() == 3


def test_the_work_of_a_lost_worker_is_done_here(three):
    task = partial(lost, os.getpid())
    assert list(workers.shared(task, range(9))) == [n * n for n in range(9)]


def test_what_is_raised_is_raised_here(three):
    with pytest.raises(ValueError, match="0"):
        list(workers.shared(failing, range(9)))


def test_there_are_as_many_as_processors(monkeypatch):
    monkeypatch.setenv("KEBEN_WORKERS", "")
    assert workers.count() >= 1
