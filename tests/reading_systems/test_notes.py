"""Every note opens: in a window of its own, or where its reference leads."""

from __future__ import annotations

import pytest
from reading_systems.desk import System

# The references of all documents, each with what its note says.
REFERENCES = """async open => {
  const found = []
  for (const place of system.places) {
    await system.goTo(place)
    const count = system.document().querySelectorAll('.noteref a').length
    for (let index = 0; index < count; index++) {
      if (!system.popup) await system.goTo(place)
      const reference = system.document().querySelectorAll('.noteref a')[index]
      const note = reference.getAttribute('href').split('#')[1]
      const text = system.document().getElementById(note).textContent.trim()
      const opened = system.popup
        ? await system.popup(reference) : { text: await system.follow(reference) }
      found.push({ ...opened, note: text })
    }
  }
  return found
}"""
NOTES = {"markdown": 3, "manual": 2, "vertical": 2}


@pytest.mark.parametrize("name", NOTES)
def test_every_note_opens(desk, library, name, system, screenshot):
    with desk.reading(library(name), system) as page:
        opened = page.evaluate(REFERENCES)
        screenshot(page)
    assert len(opened) == NOTES[name]
    assert [note["text"] for note in opened] == [note["note"] for note in opened]
    if system is System.FOLIATE:
        assert {(note["kind"], note["apart"]) for note in opened} == {
            ("footnote", True)
        }
