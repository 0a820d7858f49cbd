"""Losses planted in finished editions: every one is found. make proof plants more."""

from __future__ import annotations

from random import Random

import pytest
from planting import epub, pdf
from planting.pages import Pages

SEEDS = range(3)
KINDS = {"epub": epub, "pdf": pdf}


@pytest.mark.parametrize("name", KINDS)
def test_the_edition_itself_is_proved(made, name):
    assert made.proves(f"船经.{name}", getattr(made, name))


def test_a_pdf_that_is_only_packed_again_is_proved(made):
    assert made.proves("船经.pdf", Pages.of(made.pdf).packed())


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name, module in KINDS.items() for kind in module.LOSSES],
)
def test_every_loss_is_found(made, name, kind):
    for seed in SEEDS:
        chance = Random(f"{kind} {seed}")
        changed = KINDS[name].planted(getattr(made, name), kind, chance)
        assert not made.proves(f"船经.{name}", changed), seed
