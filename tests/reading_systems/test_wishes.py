"""What a reader wishes for is what a reader gets: colours, size, a narrow screen."""

from __future__ import annotations

import pytest
from reading_systems.desk import DARK, PHONE, Screen, System, Wishes

INK, PAPER, LINK = "rgb(221, 221, 221)", "rgb(17, 17, 17)", "rgb(136, 204, 255)"
BESIDES = ("rgba(0, 0, 0, 0)", PAPER)

# What has another colour than the reader's, or no size that grew with the reader's.
STRANGE = """async ([ink, link, papers]) => {
  const found = []
  for (const place of system.places) {
    await system.goTo(place)
    const { body, defaultView } = system.document()
    for (const element of body.querySelectorAll('*')) {
      const { color, backgroundColor, visibility } =
        defaultView.getComputedStyle(element)
      const name = `${place} ${element.localName}.${element.className}`
      const tell = what => found.push(`${name}: ${what}`)
      if (![ink, link].includes(color)) tell(color)
      if (color === link && !element.closest('a')) tell(color)
      if (!papers.includes(backgroundColor)) tell(backgroundColor)
      if (visibility !== 'visible') tell(visibility)
    }
  }
  return found
}"""
SIZES = """async () => {
  await system.goTo(system.contents.at(-1).href)
  const { body, defaultView } = system.document()
  const texts = [...body.querySelectorAll('h1, h2, p, td, pre, aside')]
  return texts.map(text => parseFloat(defaultView.getComputedStyle(text).fontSize))
}"""
# What reaches over the edge of the page that it stands on, can't be scrolled to,
# and is not the space at a line's end.
OVERFLOWING = """async () => {
  const found = []
  for (const place of system.places) {
    await system.goTo(place)
    const { body, defaultView, documentElement } = system.document()
    const style = defaultView.getComputedStyle(documentElement)
    const { width } = defaultView.frameElement.getBoundingClientRect()
    const right = width - parseFloat(style.paddingRight)
    const left = parseFloat(style.paddingLeft)
    const elements = [...body.querySelectorAll('*')]
    const overflow = element => defaultView.getComputedStyle(element).overflowX
    const wide = elements.filter(({ scrollWidth, clientWidth }) =>
      clientWidth && scrollWidth > clientWidth + 1)
    const scrolled = wide.filter(element => overflow(element) === 'auto')
    for (const element of wide) {
      if (element.localName === 'pre' || overflow(element) === 'hidden')
        found.push(`${place} ${element.localName} of ${element.scrollWidth}`)
    }
    for (const element of elements) {
      const text = element.textContent
      if (text && !text.trim() || element.closest('pre *')) continue
      if (scrolled.some(other => other !== element && other.contains(element))) continue
      for (const box of element.getClientRects())
        if (box.width && (box.right > right + 1 || box.left < left - 1))
          found.push(`${place} ${element.localName}: ${box.left} to ${box.right}`)
    }
  }
  return found
}"""


def test_all_text_has_the_colours_of_the_reader(desk, book, system, screenshot):
    with desk.reading(book, system, DARK) as page:
        assert page.evaluate(STRANGE, [INK, LINK, BESIDES]) == []
        page.evaluate("async () => system.goTo(system.contents.at(-1).href)")
        screenshot(page)


def test_text_grows_with_the_wish_of_the_reader(desk, book, system):
    sizes = []
    for wishes in (Wishes(), DARK):
        with desk.reading(book, system, wishes) as page:
            sizes.append(page.evaluate(SIZES))
    usual, large = sizes
    assert usual
    assert large == pytest.approx([2 * size for size in usual])


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_reaches_over_the_edge_of_a_phone(desk, book, size, screenshot):
    style = f"html {{ font-size: {size} !important }}"
    wishes = Wishes(flow="scrolled", style=style)
    with desk.reading(book, System.FOLIATE, wishes, PHONE) as page:
        assert page.evaluate(OVERFLOWING) == []
        screenshot(page)


def test_what_is_too_wide_would_be_seen(desk, library):
    style = "p { width: 500px !important }"
    wishes = Wishes(flow="scrolled", style=style)
    with desk.reading(library("short"), System.FOLIATE, wishes, PHONE) as page:
        assert page.evaluate(OVERFLOWING) != []


@pytest.mark.parametrize("style", ["p { color: black }", "p { background: white }"])
def test_a_colour_of_the_book_would_be_seen(desk, library, style):
    wishes = Wishes(DARK.paper, DARK.style + style)
    with desk.reading(library("short"), System.FOLIATE, wishes) as page:
        assert page.evaluate(STRANGE, [INK, LINK, BESIDES]) != []


def test_lines_that_run_down_go_from_right_to_left(desk, library, system, screenshot):
    columns = """async () => {
      await system.goTo(system.contents[0].href)
      const { documentElement, body, defaultView } = system.document()
      const lines = [...body.querySelectorAll('h1, p')].slice(0, 3)
      const boxes = lines.map(line => line.getBoundingClientRect())
      return [defaultView.getComputedStyle(documentElement).writingMode,
        system.direction, boxes.map(({ left, right }) => [left, right])]
    }"""
    with desk.reading(library("vertical"), system, screen=Screen(600, 800)) as page:
        mode, direction, boxes = page.evaluate(columns)
        screenshot(page)
    assert (mode, direction) == ("vertical-rl", "rtl")
    # Each block stands to the left of the one before it.
    assert all(
        left <= right for (_, left), (right, _) in zip(boxes[1:], boxes, strict=False)
    )
