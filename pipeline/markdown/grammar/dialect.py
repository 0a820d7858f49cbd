"""The Markdown that Keben reads: CommonMark, and what books need beside it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.markdown.grammar import rules
from pipeline.markdown.grammar.state import PlacedInline

_OPTIONS = {"html": True, "tasklists": True, "alerts": True, "maxNesting": 100}
# Characters, within which an address says that it is a picture.
_HEAD = 100
_BREAKS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


class _Dialect(MarkdownIt):
    """A parser that leaves the bytes of pictures alone.

    To encode what is an address already, character by character, takes minutes
    for a picture of some megabytes.
    """

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        head, sign, _ = url[:_HEAD].partition(";base64,")
        is_picture = sign and head.lower().startswith("data:image/")
        return url if is_picture else super().normalizeLink(url)


@cache
def parser() -> MarkdownIt:
    """Return the parser with all its rules."""
    markdown = _Dialect("commonmark", _OPTIONS)
    markdown.inline = PlacedInline()
    markdown.enable(["table", "strikethrough"])
    # Merged texts would not be where the source has them.
    markdown.disable(["linkify", "text_join", "fragments_join"])
    _use_plugins(markdown)
    _use_own_rules(markdown)
    return markdown


def _use_plugins(markdown: MarkdownIt) -> None:
    markdown.use(footnote_plugin, move_to_end=False)
    markdown.use(deflist_plugin)
    markdown.use(admon_plugin)
    markdown.use(amsmath_plugin)
    markdown.use(attrs_block_plugin)
    markdown.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )


def _use_own_rules(markdown: MarkdownIt) -> None:
    block, inline = markdown.block.ruler, markdown.inline.ruler
    block.before("table", "too_deep", rules.too_deep)
    block.before("fence", "box", rules.box, _BREAKS)
    block.at("admonition", rules.admonition, _BREAKS)
    block.at("code", rules.indented)
    block.at(
        "html_block",
        rules.markup_block,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    block.before("paragraph", "bracketed_formula", rules.bracketed_formula, _BREAKS)
    inline.before("escape", "deep_bracket", rules.deep_bracket)
    inline.before("math_inline", "money", rules.money)
    inline.before("escape", "annotation", rules.annotation)
    inline.before("escape", "ruby", rules.ruby)
    inline.before("escape", "bracketed", rules.bracketed)
    inline.before("emphasis", "marked", rules.marked)
    inline.at("footnote_inline", rules.inline_note)
    inline.at("footnote_ref", rules.note_call)
    inline.before("strikethrough", "script", rules.script)
    inline.before("link", "span", rules.bracketed_span)
    markdown.core.ruler.after("attr", "heading_attributes", rules.heading_attributes)
