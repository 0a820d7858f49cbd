"""Compare what editions say with what they must say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.audit.account import Account
from pipeline.audit.differences import Difference, differences
from pipeline.audit.editions.edition import Edition
from pipeline.audit.frame import unframed
from pipeline.audit.likeness import Shown, same
from pipeline.audit.settling import Loose
from pipeline.audit.strand import OBJECT, Strand


@dataclass(frozen=True, slots=True)
class Proof:
    """All that is not the same: differences of text, and pictures by number."""

    differences: tuple[Difference, ...]
    pictures: tuple[tuple[int, str], ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything is the same."""
        return not (self.differences or self.pictures)


def prove(account: Account, edition: Edition) -> Proof:
    """Return the proof that ``edition`` says what ``account`` claims."""
    return Proof(
        tuple(_differences(account, edition)),
        tuple(_pictures(account.pictures, edition.pictures)),
    )


def _differences(account: Account, edition: Edition) -> Iterator[Difference]:
    loose = Loose(account.loose)
    pairs = [_bodies(account, edition), (account.notes, edition.notes)]
    if account.title.text and edition.title.text:
        pairs.insert(0, (account.title, edition.title))
    for claimed, said in pairs:
        shown = said if OBJECT in claimed.text else said.without(OBJECT)
        wanted = loose.settled(claimed, shown)
        yield from differences(edition.rendering(wanted), shown)
    for text, place in edition.strays:
        yield Difference("", text, "", place)


def _bodies(account: Account, edition: Edition) -> tuple[Strand, Strand]:
    """Return the body that is claimed and the one that is said."""
    if edition.title.text and not account.is_framed:
        return account.body, edition.body
    claimed = account.body.after(account.opening)
    return claimed, unframed(edition.body, claimed, account.around)


def _pictures(
    claimed: tuple[bytes, ...], shown: tuple[Shown, ...]
) -> Iterator[tuple[int, str]]:
    for number, (ours, theirs) in enumerate(zip_longest(claimed, shown), start=1):
        if ours is None or theirs is None or not same(ours, theirs.data):
            yield number, theirs.place if theirs else ""
