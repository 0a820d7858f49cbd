"""Find the keywords, strings and comments of program text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Literal, Name, Token
from pygments.util import ClassNotFound

# Few enough to tell apart in black on white. The nearest class above a token wins.
_CLASSES = {
    Token: "",
    Comment: "comment",
    Comment.Preproc: "keyword",
    Keyword: "keyword",
    Name.Tag: "keyword",
    Literal.String: "string",
}


def highlight(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """Cut ``code`` into runs, each with its CSS class or an empty one.

    The runs together are ``code``. A language that nobody knows gives one run.
    """
    lexer = _lexer(language)
    if lexer is None:
        return (("", code),)
    pieces = groupby(_classified(code, lexer), key=lambda piece: piece[0])
    runs = tuple((name, "".join(text for _, text in group)) for name, group in pieces)
    # A few lexers tidy what they read.
    return runs if "".join(text for _, text in runs) == code else (("", code),)


def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language.lower())
    except ClassNotFound:
        return None


def _classified(code: str, lexer: Lexer) -> Iterator[tuple[str, str]]:
    # get_tokens would strip blank lines and change line ends.
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        nearest = next(k for k in reversed(kind.split()) if k in _CLASSES)
        yield _CLASSES[nearest], text
