"""Two ways to make inputs: led by what code they reach, or blindly."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from fuzzing import mutations
from fuzzing.journal import Journal

# Our own code, and what is in Python of the parsers that it trusts.
_INSTRUMENTED = ["pipeline", "markdown_it", "mdit_py_plugins", "tinycss2", "yaml"]
_LONGEST_INPUT = 8192
_MOST_SECONDS = 60
_MOST_MEGABYTES = 4096
_KEPT = 500
_PATIENCE = 2.0


def guided(name: str, seconds: int, folder: Path) -> None:
    """Fuzz a target by Atheris, and never return: libFuzzer ends the process.

    https://github.com/google/atheris; what it learns stays in ``folder``.
    """
    import atheris

    with atheris.instrument_imports(include=_INSTRUMENTED):
        from fuzzing.targets import TARGETS

        target = TARGETS[name]
        journal = Journal(folder / "found")
        corpus = _sown(target.seeds(), folder / "corpus")
        for path in corpus:  # so that all modules are imported here
            journal.attempt(target.read, path.read_bytes())

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        chance = Random(seed)
        change = mutations.blind(target.tokens)
        if chance.randrange(2):
            change = lambda part, _chance: atheris.Mutate(part, longest)  # noqa: E731
        if target.packed:
            change = mutations.packed(change)
        return change(data, chance)[:longest]

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={_longest(corpus)}",
            f"-timeout={_MOST_SECONDS}",
            f"-rss_limit_mb={_MOST_MEGABYTES}",
            f"-artifact_prefix={folder}/found/",
            "-print_final_stats=1",
            str(folder / "corpus"),
        ],
        _noted(journal, target.read),
        custom_mutator=mutate,
    )
    atheris.Fuzz()


def unguided(name: str, seconds: int, folder: Path) -> None:
    """Fuzz a target by changes that know nothing of what they reach."""
    from fuzzing.targets import TARGETS

    target = TARGETS[name]
    attempt = _noted(Journal(folder / "found"), target.read)
    inputs = list(target.seeds())
    longest = max(_LONGEST_INPUT, 2 * max(map(len, inputs)))
    change = mutations.blind(target.tokens)
    if target.packed:
        change = mutations.packed(change)
    chance = Random(name)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = change(chance.choice(inputs), chance)[:longest]
        attempt(data)
        if len(inputs) < _KEPT:
            inputs.append(data)
        else:
            inputs[chance.randrange(_KEPT)] = data


def _noted(journal: Journal, read: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return ``read`` with a journal, which is written every few seconds."""
    written = 0.0

    def attempt(data: bytes) -> None:
        nonlocal written
        journal.attempt(read, data)
        if time.monotonic() - written > _PATIENCE:
            written = time.monotonic()
            journal.write()

    return attempt


def _sown(seeds: Iterable[bytes], corpus: Path) -> list[Path]:
    """Put ``seeds`` into ``corpus``, and return all that is there."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    return sorted(corpus.iterdir())


def _longest(corpus: Iterable[Path]) -> int:
    return max(_LONGEST_INPUT, 2 * max(path.stat().st_size for path in corpus))
