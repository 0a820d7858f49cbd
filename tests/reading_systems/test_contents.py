"""Every entry of the contents leads to its heading, and every page to its number."""

from __future__ import annotations

LAND = """async () => {
  const found = []
  for (const entry of system.contents) found.push(await system.land(entry))
  return found
}"""
PAGES = """async () => {
  const { onScreen } = await import('/pages/shared.js')
  const found = []
  for (const { href } of system.pages) {
    await system.goTo(href)
    const mark = system.document().getElementById(href.split('#')[1])
    found.push([href, onScreen(mark)])
  }
  return found
}"""


def same(first: str, second: str) -> bool:
    return "".join(first.split()) == "".join(second.split())


def test_every_entry_lands_on_its_heading(desk, book, system, screenshot):
    with desk.reading(book, system) as page:
        landed = page.evaluate(LAND)
        screenshot(page)
    assert landed
    lost = [e for e in landed if not e["shown"] or not same(e["label"], e["heading"])]
    assert lost == []


def test_a_heading_that_is_pages_away_is_not_on_the_screen(desk, library, system):
    far = """async () => {
      const { onScreen } = await import('/pages/shared.js')
      const [first] = system.contents
      await system.goTo(first.href)
      const headings = [...system.document().querySelectorAll('h2')]
      return [headings.length, onScreen(headings.at(-1))]
    }"""
    with desk.reading(library("law"), system) as page:
        assert page.evaluate(far) == [25, False]


def test_every_printed_page_is_found(desk, library, system):
    with desk.reading(library("first"), system) as page:
        reached = page.evaluate(PAGES)
    assert len(reached) > 3
    assert [place for place, shown in reached if not shown] == []
