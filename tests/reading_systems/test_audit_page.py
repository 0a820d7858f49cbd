"""The page of the proof, in Chromium: a million characters, keys, ears, the dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_systems.browser import browsing
from reading_systems.shelf import MODULES

from pipeline.build import Order, build

AXE = MODULES / "@daisy/axe-core-for-ace/axe.min.js"
# On a machine that does nothing else it takes half a second.
PATIENCE = 10_000
WATCH = """
window.tasks = [];
new PerformanceObserver(list => tasks.push(...list.getEntries().map(e => e.duration)))
  .observe({ type: "longtask", buffered: true });
"""
LINE = "　　船出了港,天色晚了；岸上的灯一盏一盏地亮起来，水手们唱着歌。\n"


@pytest.fixture(scope="module")
def novel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proof")
    chapters = (f"第{n}章　夜航\n\n{LINE * 300}\n" for n in range(1, 113))
    source = folder / "夜航.txt"
    source.write_text("".join(chapters), encoding="utf-8")
    made = build(source, folder, Order(outputs=("epub",)), lambda _stage: None)
    assert made.audit.characters > 1_000_000
    return (folder / "夜航.audit.html").as_uri()


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture
def page(browser, novel):
    found = browser.new_context(bypass_csp=True, locale="zh-CN").new_page()
    found.add_init_script(WATCH)
    found.goto(novel)
    yield found
    found.close()


def test_a_million_characters_do_not_freeze_it(page):
    timing = "performance.getEntriesByType('navigation')[0].domInteractive"
    assert page.evaluate(timing) < PATIENCE
    page.evaluate("tasks.length = 0")
    for key in ("End", "Home", "PageDown", "n", "n", "p"):
        page.keyboard.press(key)
        page.evaluate("new Promise(done => requestAnimationFrame(done))")
    assert max(page.evaluate("tasks"), default=0) < PATIENCE / 10


def test_it_asks_nobody(browser, novel):
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(novel)
    assert asked == [novel]


def test_keys_go_from_change_to_change_and_tell_why(page):
    page.keyboard.press("n")
    assert page.inner_text("output") == "1 / 33600"
    assert page.inner_text(":focus del") == ","
    assert page.inner_text(":focus ins") == "，"
    assert page.inner_text("#reason") == "半角逗号改为全角"
    page.keyboard.press("p")
    assert page.inner_text("output") == "33600 / 33600"
    page.keyboard.press("Escape")
    assert page.is_hidden("#reason")


def test_the_mouse_is_told_why_in_the_language_that_is_chosen(page):
    page.click(".language")
    page.keyboard.press("n")  # into view
    page.keyboard.press("Escape")
    box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.inner_text("#reason") == "half-width comma made full-width"


def test_tab_reaches_the_buttons_and_enter_works_them(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "next"
    page.keyboard.press("Enter")
    assert page.inner_text("output") == "1 / 33600"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser, tmp_path, scheme):
    source = tmp_path / "夜航.txt"
    source.write_text(f"第一章　夜航\n\n{LINE}\n12\n{LINE}", encoding="utf-8")
    build(source, tmp_path, Order(outputs=("epub",)), lambda _stage: None)
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(Path(tmp_path, "夜航.audit.html").as_uri())
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert [one["id"] for one in found["violations"]] == []
    assert {"del", "ins"} <= set(
        page.evaluate(
            "[...document.querySelectorAll('.change *')].map(e => e.localName)"
        )
    )
