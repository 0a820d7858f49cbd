"""``keben inspect --write``: what was understood, as settings that can be edited."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.failures import Missing, Misuse
from pipeline.messages import say
from pipeline.model import Creator, Metadata, Section, plain
from pipeline.reading import Reading
from pipeline.source import Span

_ROLES = {"aut": "author", "trl": "translator", "edt": "editor"}
_FIELDS = (
    "subtitle",
    "publisher",
    "date",
    "source_url",
    "language",
    "rights",
    "description",
    "identifier",
    "isbn",
    "series",
    "series_index",
    "subjects",
)


def write(source: Path, understood: Reading) -> Path:
    """Write the settings of ``source`` beside it; they rebuild the same book.

    Returns where they are. An existing file is never touched: raises Misuse.
    """
    path = source / "book.toml" if source.is_dir() else source.with_suffix(".toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in _lines(understood, source)))
    except FileExistsError as error:
        raise Misuse("failure.settings-exist", path=path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Missing(
            "failure.unwritable", folder=path.parent, reason=reason
        ) from error
    return path


def _lines(understood: Reading, source: Path) -> Iterator[str]:
    manuscript = understood.manuscript
    named = _address if source.is_dir() else _number
    yield f"# {say('draft.purpose')}"
    yield from metadata(manuscript.meta)
    if manuscript.encoding:
        # Said, not guessed, an encoding would also rule lines in another one.
        yield f"# {_setting('encoding', manuscript.encoding)}"
    yield ""
    yield f"# {say('draft.headings')}"
    if source.is_dir():
        yield f"# {say('draft.files')}"
    yield "[headings]"
    yield "add = []"
    yield "remove = []"
    yield from _headings(understood.book.sections, named)
    yield ""
    yield f"# {say('draft.lines')}"
    yield "[lines]"
    yield "keep = []"
    yield "drop = []"
    for drop in manuscript.drops:
        excerpt = " ".join(drop.text.split())[:40]
        yield f"# {named(drop.span)}  {drop.reason}  {excerpt}"


def _number(span: Span) -> str:
    """Return the first line of ``span`` as settings for one file name it."""
    return str(span.first)


def _address(span: Span) -> str:
    """Return the first line of ``span`` as settings for several files name it."""
    return _string(str(span))


def metadata(meta: Metadata) -> Iterator[str]:
    """Yield what is known about a work, as lines of book.toml."""
    yield _setting("title", meta.title)
    yield from _creators(meta.creators)
    for key in _FIELDS:
        if value := getattr(meta, key):
            yield _setting(key, value)


def _headings(
    sections: Iterable[Section], named: Callable[[Span], str]
) -> Iterator[str]:
    for section in sections:
        title = f"{'  ' * section.level}{plain(section.title)}"
        yield " ".join(f"# {named(section.span):>6}{title}".split("\n"))
        yield from _headings(section.sections, named)


def _creators(creators: Sequence[Creator]) -> Iterator[str]:
    """Yield the people by role; in another order, all as authors with roles."""
    by_role = {role: [c for c in creators if c.role == role] for role in _ROLES}
    if [c for people in by_role.values() for c in people] != list(creators):
        by_role = {"aut": list(creators)}
    for role, people in by_role.items():
        if people:
            written = ", ".join(_person(creator, role) for creator in people)
            yield f"{_ROLES[role]} = [{written}]"


def _person(creator: Creator, role: str) -> str:
    said = {"name": creator.name, "file_as": creator.file_as}
    if creator.role != role:
        said["role"] = creator.role
    if not creator.file_as and creator.role == role:
        return _string(creator.name)
    return f"{{ {', '.join(_setting(k, v) for k, v in said.items() if v)} }}"


def _setting(key: str, value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return f"{key} = {_string(value)}"
    return f"{key} = [{', '.join(map(_string, value))}]"


def _string(value: str) -> str:
    # A JSON string is a TOML basic string: both escape alike but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
