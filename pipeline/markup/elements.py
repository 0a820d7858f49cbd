"""The elements of HTML by what they do to the flow of text."""

from __future__ import annotations

from pipeline.tree import Child

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_GROUPING = (
    *("address", "article", "aside", "blockquote", "body", "center", "details"),
    *("dialog", "div", "fieldset", "figcaption", "figure", "footer", "form"),
    *("header", "hgroup", "html", "legend", "main", "nav", "p", "pre", "search"),
    *("section", "summary"),
)
_LISTS = ("dd", "dir", "dl", "dt", "li", "menu", "ol", "ul")
_TABLES = ("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead")
_BLOCKS = frozenset((*_GROUPING, *HEADINGS, *_LISTS, *_TABLES, "hr", "tr"))

SILENT = frozenset({"script", "style", "template", "link", "meta", "head", "base"})
"""Elements that nobody reads: they leave no record when they go."""


def is_block(node: Child) -> bool:
    """Tell whether ``node`` begins a line of its own, or holds what does."""
    if isinstance(node, str):
        return False
    if node.name in _BLOCKS:
        return True
    if node.name == "math":
        return node.get("display") == "block"
    return any(map(is_block, node.children))
