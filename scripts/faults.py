"""Stop builds on the way, fill disks, take permissions away: what is left is whole.

Usage: .venv/bin/python scripts/faults.py [COUNT [SEED]]

COUNT times (100 if nothing is said) a book that has earlier editions is built
again, and something happens at a moment that chance picks by SEED. Then each
edition must be whole, the earlier or the next one; and the build after that must
bring the right bytes, and leave nothing else. Exit status 1 where that fails.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from machine.sentences import tell
from rich.console import Console
from rich.table import Table
from trouble import fonts, tmpfs
from trouble.desk import EARLIER, NEXT, Desk
from trouble.process import (
    KILLED,
    STAGES,
    Child,
    counted,
    dies_at,
    has_room_for,
    keeps_to_permissions,
    start,
)

GOOD, MACHINE = 0, 3
PAGE = 4096  # a disk has room for whole ones


@dataclass
class Bench:
    """What trials have in common: a desk, and what a build does when left alone."""

    desk: Desk
    chance: random.Random
    earlier: Mapping[str, bytes] = field(default_factory=dict)
    next: Mapping[str, bytes] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long each stage takes."""
    changes: int = 0
    """How often a build changes the file system."""

    def measure(self) -> None:
        """Build both editions in peace."""
        self.desk.lay(EARLIER, {})
        self._build()
        self.earlier = self.desk.editions()
        self.desk.lay(NEXT, self.earlier)
        with tempfile.TemporaryDirectory() as folder:
            count = Path(folder) / "count"
            with counted(count) as prepare:
                self.seconds = self._timed(start(self.desk, prepare))
            self.changes = int(count.read_text("ascii"))
        self.next = self.desk.editions()
        assert self.earlier.keys() == self.next.keys()
        assert not set(self.earlier.values()) & set(self.next.values())

    def _build(self) -> None:
        child = start(self.desk)
        assert child.end() == GOOD

    def _timed(self, child: Child) -> dict[str, float]:
        moments = [time.monotonic()]
        for stage in STAGES:
            assert child.awaited(stage)
            moments.append(time.monotonic())
        assert child.end() == GOOD
        moments.append(time.monotonic())
        names = ("start", *STAGES)
        return {n: moments[i + 1] - moments[i] for i, n in enumerate(names)}

    def lay(self) -> None:
        """Prepare a trial: the next text, with the earlier editions."""
        self.desk.lay(NEXT, self.earlier)


# What is looked at ------------------------------------------------------------------


def wrong_with_what_is_left(bench: Bench, *, same: bool) -> Iterator[str]:
    """Yield what is wrong after a trial. ``same``: nothing may have been written."""
    found = bench.desk.editions()
    for name, data in bench.earlier.items():
        whole = (data,) if same else (data, bench.next[name])
        if found.get(name) not in whole:
            yield f"{name} is not whole"
    if same and (more := found.keys() - bench.earlier.keys()):
        yield f"left behind: {', '.join(sorted(more))}"


def wrong_with_the_next_build(bench: Bench) -> Iterator[str]:
    """Yield what is wrong with the build after a trial, and with what it leaves."""
    child = start(bench.desk)
    if status := child.end():
        yield f"the next build ends with {status}"
    found = bench.desk.editions()
    if found != dict(bench.next):
        names = found.keys() ^ bench.next.keys()
        yield f"the next build is another: {', '.join(sorted(names)) or 'in its bytes'}"
    for rest in bench.desk.rests():
        yield f"still there: {rest}"


def expected(child: Child, *statuses: int) -> Iterator[str]:
    """Yield what is wrong with how a build ended."""
    status = child.end()
    if status not in statuses:
        yield f"it ends with {status}, not {' or '.join(map(str, statuses))}"
    if not child.leaves_nobody():
        yield "it leaves processes behind"


# Trials -----------------------------------------------------------------------------


def killed_in(stage: str) -> Callable[[Bench], Iterator[str]]:
    """Return the trial that kills a build while ``stage`` lasts."""

    def trial(bench: Bench) -> Iterator[str]:
        bench.lay()
        child = start(bench.desk)
        if stage != "start":
            child.awaited(stage)
        time.sleep(bench.chance.uniform(0, bench.seconds[stage]))
        child.kill()
        yield from expected(child, KILLED, GOOD)
        yield from wrong_with_what_is_left(bench, same=False)
        yield from wrong_with_the_next_build(bench)

    return trial


def killed_between_changes(bench: Bench) -> Iterator[str]:
    """Kill a build before one of its changes of the file system."""
    bench.lay()
    change = bench.chance.randint(1, bench.changes)
    child = start(bench.desk, dies_at(change))
    yield from expected(child, KILLED, GOOD)
    yield from wrong_with_what_is_left(bench, same=False)
    yield from wrong_with_the_next_build(bench)


def full_for_temporary_files(bench: Bench) -> Iterator[str]:
    """Let no file grow from the start: temporary ones need more."""
    bench.lay()
    child = start(bench.desk, has_room_for(bench.chance.randint(0, 1_000_000)))
    yield from expected(child, MACHINE)
    yield from wrong_with_what_is_left(bench, same=True)
    yield from wrong_with_the_next_build(bench)


def full_for_editions(bench: Bench) -> Iterator[str]:
    """Let no file grow once the pages are set: an edition needs more."""
    bench.lay()
    largest = max(map(len, bench.next.values()))
    room = has_room_for(bench.chance.randrange(largest))
    child = start(bench.desk, room, at="stage.audit")
    yield from expected(child, MACHINE)
    yield from wrong_with_what_is_left(bench, same=True)
    yield from wrong_with_the_next_build(bench)


def full_disk(bench: Bench) -> Iterator[str]:
    """Have editions written to a disk that has too little room."""
    bench.lay()
    pages = sum(-(-len(data) // PAGE) for data in bench.earlier.values())
    room = PAGE * bench.chance.randrange(pages, 2 * pages - len(bench.next))

    def build() -> int:
        for name, data in bench.earlier.items():
            (bench.desk.out / name).write_bytes(data)
        child = start(bench.desk)
        left = wrong_with_what_is_left(bench, same=True)
        problems = [*expected(child, MACHINE), *left]
        print("".join(f"a full disk: {problem}\n" for problem in problems), end="")
        return len(problems)

    if status := tmpfs.inside(bench.desk.out, room, build):
        yield f"on a full disk there are problems: {status}"
    yield from wrong_with_the_next_build(bench)


def no_permission_to(name: str) -> Callable[[Bench], Iterator[str]]:
    """Return the trial in which a folder or a file may not be used."""

    def trial(bench: Bench) -> Iterator[str]:
        bench.lay()
        place = bench.desk.home / name
        mode = place.stat().st_mode
        place.chmod(0o555 if place.is_dir() else 0)
        child = start(bench.desk, keeps_to_permissions)
        yield from expected(child, MACHINE)
        place.chmod(mode)
        yield from wrong_with_what_is_left(bench, same=True)
        yield from wrong_with_the_next_build(bench)

    return trial


def other_temporary_folder(bench: Bench) -> Iterator[str]:
    """Let nobody write where temporary files go: Python finds another folder."""
    bench.lay()
    bench.desk.temporary.chmod(0o555)
    child = start(bench.desk, keeps_to_permissions)
    yield from expected(child, GOOD)
    bench.desk.temporary.chmod(0o755)
    if bench.desk.editions() != dict(bench.next):
        yield "it brings other bytes"
    yield from wrong_with_the_next_build(bench)


def two_at_once(bench: Bench) -> Iterator[str]:
    """Build twice at once, the second some time after the first."""
    bench.lay()
    first = start(bench.desk)
    time.sleep(bench.chance.uniform(0, sum(bench.seconds.values())))
    second = start(bench.desk)
    for child in (first, second):
        yield from expected(child, GOOD)
    if bench.desk.editions() != dict(bench.next):
        yield "two builds at once bring other bytes"
    yield from wrong_with_the_next_build(bench)


def two_at_once_and_one_killed(bench: Bench) -> Iterator[str]:
    """Build twice at once, and kill one of them."""
    bench.lay()
    pair = [start(bench.desk), start(bench.desk)]
    time.sleep(bench.chance.uniform(0, sum(bench.seconds.values())))
    victim = bench.chance.choice(pair)
    victim.kill()
    for child in pair:
        yield from expected(child, *((KILLED, GOOD) if child is victim else (GOOD,)))
    yield from wrong_with_what_is_left(bench, same=False)
    yield from wrong_with_the_next_build(bench)


def fonts_interrupted(bench: Bench) -> Iterator[str]:
    """Kill an installation of fonts before one of its changes, then bring them."""
    bench.lay()
    yield from fonts.interrupted(bench.desk, bench.chance)


@dataclass(frozen=True)
class Fault:
    """What happens, how often in a hundred times, and the trial."""

    name: str
    share: int
    trial: Callable[[Bench], Iterator[str]]


FAULTS = (
    Fault("killed while it starts", 4, killed_in("start")),
    Fault("killed while it reads", 6, killed_in("stage.reading")),
    Fault("killed while it makes the EPUB", 8, killed_in("stage.epub")),
    Fault("killed while it sets the pages", 12, killed_in("stage.pdf")),
    Fault("killed while it proves and publishes", 10, killed_in("stage.audit")),
    Fault("killed between two changes of files", 20, killed_between_changes),
    Fault("no room for temporary files", 5, full_for_temporary_files),
    Fault("no room for editions", 5, full_for_editions),
    Fault("a full disk", 4, full_disk),
    Fault("the folder of editions is read-only", 3, no_permission_to("dist")),
    Fault("the folder of temporary files is read-only", 2, other_temporary_folder),
    Fault("the source may not be read", 1, no_permission_to("夜航.md")),
    Fault("two builds at once", 6, two_at_once),
    Fault("two builds at once, one killed", 4, two_at_once_and_one_killed),
    Fault("an installation of fonts is killed", 10, fonts_interrupted),
)


def main() -> int:
    """Try and tell; 0 when all went well."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    tried: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        bench = Bench(Desk(Path(folder)), chance)
        bench.measure()
        for fault in chosen(count, chance):
            tried[fault.name] += 1
            for problem in fault.trial(bench):
                print(f"{fault.name}: {problem}", flush=True)
                wrong[fault.name] += 1
    report(tried, wrong)
    bad = sum(1 for name in wrong)
    good = sum(tried.values()) - sum(min(wrong[n], tried[n]) for n in wrong)
    tell("faults", good=good, count=sum(tried.values()))
    return 1 if bad else 0


def chosen(count: int, chance: random.Random) -> list[Fault]:
    """Return ``count`` faults in the shares of the table, in an order by chance."""
    able = [fault for fault in FAULTS if fault.trial is not full_disk or tmpfs.works()]
    every = [fault for fault in able for _ in range(fault.share)]
    chance.shuffle(every)
    while len(every) < count:
        every.append(chance.choice(every))
    return every[:count]


def report(tried: Counter[str], wrong: Counter[str]) -> None:
    """Print a table of all faults."""
    table = Table("what happened", "times", "problems")
    for name, count in sorted(tried.items()):
        table.add_row(name, str(count), str(wrong[name]))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
