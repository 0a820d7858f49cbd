"""Rules of our own for markdown-it: what Chinese books need, and what they don't."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it.rules_block import StateBlock, code, html_block, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon.index import admonition as plain_admonition
from mdit_py_plugins.footnote.index import footnote_inline, footnote_ref

from pipeline import limits
from pipeline.markdown.flanking import is_cjk

_RUBY = re.compile(r"\{([^{}|\n]+)((?:\\?\|[^{}|\n]+)+)\}")
_SCRIPT = re.compile(r"([~^])([0-9A-Za-zα-ωΑ-Ω+\-−=()*,.′]{1,20})\1(?![~^])")
_SCRIPTS = {"~": "sub", "^": "sup"}
_WHOLE_BLOCK = re.compile(r"(?i)<(?:[!?]|(?:script|style|pre|textarea)(?=[\s>]|$))")
# What Markdown can't say, and a book can: merged cells, pictures with captions.
_STRUCTURE = re.compile(r"(?i)<(table|figure)(?=[\s>])")
_EXCLAIMED = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z]")
_COLONS = re.compile(":{3,}(.*)")
_ATTRIBUTES = re.compile(r"[ \t]*\{([#.\-][^{}]*)\}$")
_STOPS = frozenset("，。：；？！、”』」）》…—")
_OPENERS = frozenset("“‘《〈「『（【—…")
_SPAN = re.compile(r"\{\.([\w-]+)\}")
# What a bracketed span may be, by its class.
_SPANS = {
    **dict.fromkeys(("专名", "專名", "proper-name"), "proper_name"),
    **dict.fromkeys(("书名", "書名", "work-title"), "work_title"),
    **dict.fromkeys(("夹注", "夾注", "夾註", "gloss"), "gloss"),
}
_ANNOTATED = frozenset({"image", "link_close", "code_inline"})
_SAID_WIDTH = re.compile(r"""\bwidth=["']?([0-9.]+[a-z%]*)""")
_ANNOTATION = re.compile(r"\{[#.:a-zA-Z][^{}|\n]*\}")
_MARKED = re.compile(r"==(?=[^\s=])([^\n]*?[^\s=])==(?!=)")
_BRACKETED = re.compile(r"\\\(([^\n]+?)\\\)")
_BRACKET = re.compile(r"[\[\]]")
_BEFORE_BRACKETS = frozenset("!^")
_LONGEST_FORMULA = 60
# CommonMark 0.31.2, 6.3: no label is longer.
_CALL = re.compile(r"\[\^[^\]\s]{1,999}\]")
_MONEY = re.compile("\\$(?!\\$)[^$\n]*[，。：；？！、][^$\n]*\\$")


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read everything as paragraphs where markdown-it would drop the rest."""
    return state.level >= limits.MARKDOWN_DEPTH and paragraph(state, start, end, silent)


def indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read an indented line as program text, unless it is Chinese prose.

    People who write Chinese indent paragraphs; few indent program text.
    """
    line = state.src[state.bMarks[start] : state.eMarks[start]].strip()
    chinese = is_cjk(line[:1]) or line[:1] in _OPENERS
    if state.is_code_block(start) and chinese and _STOPS & set(line):
        state.sCount[start] = state.blkIndent
        return False
    return code(state, start, end, silent)


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``!!! note`` with what is set in below it, but no exclamation."""
    place = state.bMarks[start] + state.tShift[start]
    called = _EXCLAIMED.match(state.src, place)
    return bool(called) and plain_admonition(state, start, end, silent)


def box(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``::: name`` up to its own ``:::``, with boxes inside."""
    name = _colons(state, start)
    if not name or silent:
        return bool(name)
    last = _end_of_box(state, start, end)
    token = state.push("box_open", "div", 1)
    token.info = name
    token.map = [start, min(last + 1, end)]
    line_limit, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = line_limit
    state.push("box_close", "div", -1)
    state.line = min(last + 1, end)
    return True


def _end_of_box(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes a box, or the one behind its surroundings."""
    depth = 1
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line - 1
        name = _colons(state, line)
        if name is not None:
            depth += 1 if name else -1
        if not depth:
            return line
    return end


def _colons(state: StateBlock, line: int) -> str | None:
    """Return what stands behind ``:::``, or None in any other line."""
    if state.is_code_block(line):
        return None
    place = state.bMarks[line] + state.tShift[line]
    match = _COLONS.fullmatch(state.src[place : state.eMarks[line]].strip())
    return match[1].strip(": ") if match else None


def markup_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read comments, programs and preformatted text as blocks of HTML.

    So are tables and figures, blank lines and all. Markup around prose, such as
    ``<div>``, is left to paragraphs: there the prose is kept.
    """
    place = state.bMarks[start] + state.tShift[start]
    if _WHOLE_BLOCK.match(state.src, place):
        return html_block(state, start, end, silent)
    opening = _STRUCTURE.match(state.src, place)
    if not opening or state.is_code_block(start):
        return False
    if state.env.get("open_structures", 0) >= limits.OPEN_ENDS:
        return False
    last = _end_of_structure(state, start, end, opening[1].lower())
    if last is None:
        state.env["open_structures"] = state.env.get("open_structures", 0) + 1
    if last is None or silent:
        return last is not None
    token = state.push("html_block", "", 0)
    token.map = [start, last + 1]
    token.content = state.getLines(start, last + 1, state.blkIndent, True)  # noqa: FBT003 - markdown-it's signature
    state.line = last + 1
    return True


def _end_of_structure(state: StateBlock, start: int, end: int, name: str) -> int | None:
    """Return the line that closes an element of ``name``; None where none does."""
    depth = 0
    for line in range(start, end):
        text = state.src[state.bMarks[line] : state.eMarks[line]].lower()
        depth += text.count(f"<{name}") - text.count(f"</{name}")
        if depth <= 0:
            return line
    return None


def bracketed_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    r"""Read what stands between ``\[`` and ``\]`` alone on lines as a formula."""
    opening = _line(state, start)
    if state.is_code_block(start) or not opening.startswith("\\["):
        return False
    last = _end_of_formula(state, start, end)
    lines = [_line(state, number) for number in range(start, last + 1)]
    content = "\n".join(lines)[2:-2]
    if not lines[-1].endswith("\\]") or not content or _is_prose(content):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content = content
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _end_of_formula(state: StateBlock, start: int, end: int) -> int:
    """Return the line that ends a formula or, where none does, its paragraph."""
    limit = min(end, start + _LONGEST_FORMULA)
    for number in range(start, limit):
        line = _line(state, number)
        if line.endswith("\\]") or not line:
            return number
    return limit - 1


def _line(state: StateBlock, line: int) -> str:
    return state.src[
        state.bMarks[line] + state.tShift[line] : state.eMarks[line]
    ].strip()


def _is_prose(tex: str) -> bool:
    """Tell whether escaped brackets hold Chinese, which no formula is made of."""
    return "\\" not in tex and any(map(is_cjk, tex))


def ruby(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``{漢字|hàn zì}`` or ``{漢字|hàn|zì}``."""
    match = _RUBY.match(state.src, state.pos, state.posMax)
    if not match or not any(map(is_cjk, match[1])):
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        token.content = match[1]
        token.info = match[2].replace("\\", "")[1:]
    state.pos = match.end()
    return True


def bracketed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    r"""Read ``\(x + y\)`` as a formula, unless the brackets hold Chinese."""
    match = _BRACKETED.match(state.src, state.pos, state.posMax)
    if not match or _is_prose(match[1]):
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = match[1].strip()
    state.pos = match.end()
    return True


def marked(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``==words==`` as stressed."""
    match = _MARKED.match(state.src, state.pos, state.posMax)
    if not match or state.src[state.pos - 1 : state.pos] == "=":
        return False
    if not silent:
        limit, state.posMax = state.posMax, match.end(1)
        state.push("em_open", "em", 1)
        state.pos += 2
        state.md.inline.tokenize(state)
        state.push("em_close", "em", -1)
        state.posMax = limit
    state.pos = match.end()
    return True


def deep_bracket(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read a bracket within too many others, and its ``!`` or ``^``, as text."""
    start = state.pos + (state.src[state.pos] in _BEFORE_BRACKETS)
    if state.src[start : start + 1] != "[" or start not in _deep_brackets(state.src):
        return False
    if not silent:
        state.append_pending(state.src[state.pos : start + 1])
    state.pos = start + 1
    return True


@lru_cache(maxsize=8)
def _deep_brackets(text: str) -> frozenset[int]:
    """Return where brackets open of which no end is looked for."""
    deep: set[int] = set()
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] == "[" else max(0, depth - 1)
        if depth > limits.BRACKET_DEPTH and bracket[0] == "[":
            deep.add(bracket.start())
    return frozenset(deep)


def inline_note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``^[a note]``, as long as most of them end."""
    if not state.src.startswith("^[", state.pos):
        return False
    if state.env.get("open_notes", 0) >= limits.OPEN_ENDS:
        return False
    found = footnote_inline(state, silent)
    if not found:
        state.env["open_notes"] = state.env.get("open_notes", 0) + 1
    return found


def note_call(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``[^name]``, whether there is a note of that name or not."""
    called = _CALL.match(state.src, state.pos, state.posMax)
    return bool(called) and footnote_ref(state, silent, always_match=True)


def script(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``H~2~O`` and ``m^2^``, but neither 3~5 nor ``^_^``."""
    match = _SCRIPT.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos]
    if not match or is_cjk(before) or not (before.isalnum() or before in set(")]")):
        return False
    if not silent:
        name = _SCRIPTS[match[1]]
        state.push(f"{name}_open", name, 1)
        state.pos += 1
        state.push("text", "", 0).content = match[2]
        state.push(f"{name}_close", name, -1)
    state.pos = match.end()
    return True


def bracketed_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read ``[曹操]{.专名}``, ``[史记]{.书名}`` and ``[注文]{.夹注}``."""
    if state.src[state.pos] != "[":
        return False
    start, last = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    match = _SPAN.match(state.src, end + 1, last) if end > start + 1 else None
    if not match or match[1] not in _SPANS:
        return False
    if not silent:
        name = _SPANS[match[1]]
        state.push(f"{name}_open", "span", 1)
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push(f"{name}_close", "span", -1)
    state.pos = match.end()
    return True


def money(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read no formula between two prices: $5，不是 $6."""
    if not _MONEY.match(state.src, state.pos, state.posMax):
        return False
    if not silent:
        state.append_pending("$")
    state.pos += 1
    return True


def annotation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Take ``{width=50%}`` behind a picture; behind a link or code pass over it."""
    match = _ANNOTATION.match(state.src, state.pos, state.posMax)
    if not match or silent or state.pending or not state.tokens:
        return False
    if state.tokens[-1].type not in _ANNOTATED:
        return False
    if wide := _SAID_WIDTH.search(match[0]):
        state.tokens[-1].attrs["width"] = wide[1]
    state.pos = match.end()
    return True


def heading_attributes(state: StateCore) -> None:
    """Take ``{#name}`` from the end of a heading."""
    for opening, content in zip(state.tokens, state.tokens[1:], strict=False):
        match = _ATTRIBUTES.search(content.content)
        if opening.type != "heading_open" or not match:
            continue
        content.content = content.content[: match.start()]
        for word in match[1].split():
            if word.startswith("#"):
                opening.attrs["id"] = word[1:]
