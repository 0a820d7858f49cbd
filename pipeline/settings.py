"""Read book.toml, and check once what a person wrote there.

The file is ``book.toml`` in a folder, or ``STEM.toml`` beside a source.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StrictBool,
    StrictInt,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from pydantic_extra_types.isbn import ISBN

from pipeline import limits
from pipeline.config import BookConfig
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup import languages
from pipeline.messages import knows, say
from pipeline.model import Creator, Metadata, Official
from pipeline.reader import HeadingHint, Hints, LineHints
from pipeline.source import UNPRINTABLE, Span

_RANGE = re.compile(r"([0-9]+)(?:\s*-\s*([0-9]+))?")
_ADDRESS = re.compile(r"(.+):([0-9]+(?:\s*-\s*[0-9]+)?)")


def parse(text: str, name: str, report: Report) -> BookConfig | None:
    """Return the settings in ``text``, or None once what is wrong is reported."""
    try:
        table = tomllib.loads(text)
        return _config(_File.model_validate(table), text, name)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        report(_syntax_error(str(error), name))
    except ValidationError as error:
        for problem in error.errors():
            report(_problem(problem["type"], problem["loc"], text, name))
    return None


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _iso(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


def _person(value: object) -> object:
    return value if isinstance(value, dict) else {"name": value}


def _number(value: object) -> object:
    return str(value) if isinstance(value, int | float) else value


def _isbn(value: str) -> str:
    """Return an ISBN as it was written, hyphens and all, once it is proved."""
    _ISBN.validate_python(_digits(value))
    return value


def _digits(isbn: str) -> str:
    return re.sub(r"[\s\-‐-–]", "", isbn).upper()


def _line_range(value: object) -> object:
    if isinstance(value, int):
        return (value, value)
    if isinstance(value, str) and (match := _RANGE.fullmatch(value)):
        return (int(match[1]), int(match[2] or match[1]))
    return value


def _possible(line: int) -> int:
    if line > limits.LINE_NUMBER:
        raise PydanticCustomError("line_number", "beyond the end of any file")
    return line


def _in_order(lines: tuple[int, int]) -> tuple[int, int]:
    if lines[0] > lines[1]:
        raise PydanticCustomError("line_range", "the last line is before the first")
    return lines


def _addressed(value: object) -> object:
    """Return lines as a table: 3, "4-6" and "第二章.md:4-6" are ways to write one."""
    if isinstance(value, str) and (match := _ADDRESS.fullmatch(value)):
        return {"file": match[1], "line": match[2]}
    return {"line": value} if isinstance(value, int | str) else value


def _heading(value: object) -> object:
    """Return a heading as a table, whose line is one number."""
    table = _addressed(value)
    if isinstance(table, dict) and str(table.get("line")).isdecimal():
        return {**table, "line": int(table["line"])}
    return table


def _printable(value: str) -> str:
    if UNPRINTABLE.search(value):
        raise ValueError("control character")
    return value


_Words = Annotated[str, Strict(), AfterValidator(_printable)]
_Names = Annotated[list[_Words], BeforeValidator(_one_or_more)]
_ISBN: TypeAdapter[str] = TypeAdapter(ISBN)
_Isbn = Annotated[_Words, AfterValidator(_isbn)]
_Number = Annotated[
    str, BeforeValidator(_number), Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")
]
_Date = Annotated[
    str,
    BeforeValidator(_iso),
    Field(pattern=r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?$"),
]
_Day = Annotated[
    str,
    BeforeValidator(_iso),
    Field(pattern=r"^\d{4}-\d\d-\d\d$"),
]
_Line = Annotated[StrictInt, Field(ge=1), AfterValidator(_possible)]
_Level = Annotated[StrictInt, Field(ge=1, le=6)]
_LineRange = Annotated[
    tuple[_Line, _Line], BeforeValidator(_line_range), AfterValidator(_in_order)
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Heading(_Table):
    file: _Words = ""
    line: _Line
    level: _Level | None = None
    title: _Words | None = None


class _Person(_Table):
    name: _Words
    file_as: _Words = ""
    # https://www.loc.gov/marc/relators/
    role: Annotated[str, Field(pattern="^[a-z]{3}$")] = ""


_People = Annotated[
    list[Annotated[_Person, BeforeValidator(_person)]], BeforeValidator(_one_or_more)
]


class _Place(_Table):
    file: _Words = ""
    line: _LineRange


_Places = list[Annotated[_Place, BeforeValidator(_addressed)]]


class _Headings(_Table):
    add: list[Annotated[_Heading, BeforeValidator(_heading)]] = []
    remove: _Places = []
    pattern: re.Pattern[str] | None = None
    level: dict[re.Pattern[str], _Level] = {}


class _Lines(_Table):
    keep: _Places = []
    drop: _Places = []


def _face(value: object) -> object:
    return {"": value} if isinstance(value, str) else value


_Weight = Annotated[str, Field(pattern="^([1-9]00(-italic)?)?$")]
_Faces = Annotated[dict[_Weight, _Words], BeforeValidator(_face)]


class _Fonts(_Table):
    song: _Faces = {}
    hei: _Faces = {}
    kai: _Faces = {}
    fangsong: _Faces = {}
    xiaobiaosong: _Faces = {}
    latin: _Faces = {}
    latin_sans: _Faces = {}
    mono: _Faces = {}
    rare: _Faces = {}
    symbols: _Faces = {}


class _Rules(_Table):
    off: list[_Words] = []


def _written(pattern: str, kind: str) -> AfterValidator:
    """Ask for what a whole value is written like; ``wanted`` says so in words."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise PydanticCustomError(kind, "not as it is written")
        return value

    return AfterValidator(check)


class _Gongwen(_Table):
    copy_number: Annotated[_Words, _written("[0-9]{6}", "copy_number")] = ""
    secrecy: Annotated[_Words, _written("(绝密|机密|秘密)(★.+)?", "secrecy")] = ""
    urgency: Annotated[_Words, _written("特急|加急|特提|平急", "urgency")] = ""
    letterhead: _Names = []
    number: Annotated[
        _Words, _written("[^0-9]+〔[0-9]{4}〕[1-9][0-9]*号", "document_number")
    ] = ""
    signers: _Names = []
    recipients: _Words = ""
    attachments: _Names = []
    signature: _Names = []
    date: _Day = ""
    seal: Annotated[_Words, _written("印章", "seal")] = ""
    remark: _Words = ""
    copied_to: _Words = ""
    printer: _Words = ""
    printed: _Day = ""


class _File(_Table):
    title: _Words = ""
    subtitle: _Words = ""
    author: _People = []
    translator: _People = []
    editor: _People = []
    publisher: _Words = ""
    date: _Date = ""
    source_url: _Words = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = ""
    rights: _Words = ""
    description: _Words = ""
    identifier: _Words = ""
    isbn: _Isbn = ""
    series: _Words = ""
    series_index: _Number = ""
    subjects: _Names = []
    cover: _Words = ""
    sources: list[_Words] = []
    encoding: _Words | None = None
    theme: _Words | None = None
    to: _Names = []
    normalise: StrictBool = True
    headings: _Headings = _Headings()
    lines: _Lines = _Lines()
    rules: _Rules = _Rules()
    fonts: _Fonts = _Fonts()
    gongwen: _Gongwen = _Gongwen()
    set: dict[str, _Words | StrictInt] = {}


_KEYS = TypeAdapter(_File).json_schema()


def _config(file: _File, text: str, name: str) -> BookConfig:
    return BookConfig(
        _hints(file),
        tuple(file.sources),
        file.cover,
        file.theme,
        tuple(file.to),
        {key: str(value) for key, value in file.set.items()},
        file.fonts.model_dump(exclude_unset=True),
        dict(_places(file, text, name)),
        {name: _line_hints(file, name) for name in _files(file) if name},
    )


def _places(file: _File, text: str, name: str) -> Iterator[tuple[str, Span]]:
    for key, said in (
        ("cover", file.cover),
        ("theme", file.theme),
        ("to", file.to),
        *((f"set.{name}", True) for name in file.set),
        ("headings.add", file.headings.add),
        ("headings.remove", file.headings.remove),
        ("headings.level", file.headings.level),
        ("lines.keep", file.lines.keep),
        ("lines.drop", file.lines.drop),
        ("rules.off", file.rules.off),
        *((f"fonts.{role}", said) for role, said in file.fonts),
    ):
        if said:
            line = _line_of(key.split("."), text)
            yield key, Span(name, line, line)


def _hints(file: _File) -> Hints:
    headings, lines = file.headings, _line_hints(file, "")
    return Hints(
        encoding=file.encoding,
        headings_add=lines.headings_add,
        headings_remove=lines.headings_remove,
        keep=lines.keep,
        drop=lines.drop,
        headings_pattern=headings.pattern.pattern if headings.pattern else None,
        headings_level={key.pattern: level for key, level in headings.level.items()},
        normalise=file.normalise,
        rules_off=frozenset(file.rules.off),
        meta=_metadata(file),
    )


def _files(file: _File) -> Iterator[str]:
    """Yield the files that lines are said of; an empty name where none was said."""
    headings, lines = file.headings, file.lines
    yield from (heading.file for heading in headings.add)
    yield from (p.file for p in (*headings.remove, *lines.keep, *lines.drop))


def _line_hints(file: _File, name: str) -> LineHints:
    added = (heading for heading in file.headings.add if heading.file == name)
    return LineHints(
        tuple(HeadingHint(h.line, h.level, h.title) for h in added),
        _lines(file.headings.remove, name),
        _lines(file.lines.keep, name),
        _lines(file.lines.drop, name),
    )


def _lines(places: list[_Place], name: str) -> frozenset[int]:
    ranges = sorted(place.line for place in places if place.file == name)
    found: set[int] = set()
    done = 0
    for first, last in ranges:
        # Ranges that lie within one another are gone through once.
        found.update(range(max(first, done + 1), last + 1))
        done = max(done, last)
    return frozenset(found)


def _metadata(file: _File) -> Metadata:
    return Metadata(
        title=file.title,
        subtitle=file.subtitle,
        creators=tuple(_creators(file)),
        publisher=file.publisher,
        date=file.date,
        source_url=file.source_url,
        language=languages.known(file.language),
        rights=file.rights,
        description=file.description,
        identifier=file.identifier or _urn(file.isbn),
        isbn=file.isbn,
        series=file.series,
        series_index=file.series_index,
        subjects=tuple(file.subjects),
        official=_official(file.gongwen),
    )


def _official(said: _Gongwen) -> Official | None:
    values = said.model_dump(exclude_unset=True)
    known: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in values.items()
    }
    return Official(**known) if any(known.values()) else None


def _urn(isbn: str) -> str:
    """Return the name that an ISBN is (RFC 8254), in its thirteen digits."""
    return f"urn:isbn:{_ISBN.validate_python(_digits(isbn))}" if isbn else ""


def _creators(file: _File) -> Iterator[Creator]:
    for people, role in (
        (file.author, "aut"),
        (file.translator, "trl"),
        (file.editor, "edt"),
    ):
        for person in people:
            yield Creator(person.name, person.role or role, person.file_as)


# What tomllib says, and what it comes from.
_SYNTAX = (
    ("Illegal character '\\n'", "unclosed"),
    ("Unterminated string", "unclosed"),
    ("Unescaped '\\' in a string", "backslash"),
    ("Expected '=' after a key", "equals"),
    ("Invalid initial character for a key part", "equals"),
    ("Invalid value", "value"),
    ("Cannot overwrite a value", "twice"),
    ("Cannot declare", "twice"),
    ("Expected newline or end of document", "more"),
    ("Unclosed array", "bracket"),
    ("Unclosed inline table", "bracket"),
    ("maximum recursion depth", "deep"),
)


def _syntax_error(message: str, name: str) -> Diagnostic:
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(place[1]) if place else 1
    known = next((key for start, key in _SYNTAX if message.startswith(start)), "")
    said = re.sub(r"\s*\(at .*\)$", "", message)
    problem = say(f"toml.{known}") if known else said
    return Diagnostic(Code.TOML_SYNTAX, Span(name, line, line), {"problem": problem})


def _problem(
    kind: str, place: tuple[int | str, ...], text: str, name: str
) -> Diagnostic:
    keys = [part for part in place if isinstance(part, str) and part.isidentifier()]
    if kind == "extra_forbidden" and keys[-1:] != [place[-1]]:
        keys.append(str(place[-1]))  # a key that no name of ours could be
    key = ".".join(keys)
    line = _line_of(keys, text)
    span = Span(name, line, line)
    if kind == "extra_forbidden":
        close = get_close_matches(keys[-1], _known(keys[:-1]), n=1)
        code = Code.MISSPELT_KEY if close else Code.UNKNOWN_KEY
        return Diagnostic(code, span, {"key": key, "close": "".join(close)})
    # Of numbers of books there is more than one way to be wrong.
    kind = "isbn" if kind.startswith("isbn") else kind
    wanted = f"wanted.{kind}" if knows(f"wanted.{kind}") else "wanted.other"
    return Diagnostic(Code.WRONG_VALUE, span, {"key": key, "wanted": say(wanted)})


def _known(table: list[str]) -> list[str]:
    schema: dict[str, Any] = _KEYS
    for key in table:
        below = schema.get("properties", {}).get(key, {})
        reference = str(below.get("$ref", "")).rpartition("/")[2]
        schema = _KEYS.get("$defs", {}).get(reference, {})
    return list(schema.get("properties", {}))


_SETTING = re.compile(r"""\s*("[^"]*"|'[^']*'|[^=#]+?)\s*=""")


def _names(key: str) -> list[str]:
    return [key[1:-1]] if key[0] in "\"'" else key.split(".")


def _line_of(keys: list[str], text: str) -> int:
    """Return the line that sets ``keys``: tomllib does not say where it was."""
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            table = header[1].split(".")
        setting = _SETTING.match(line)
        path = table + _names(setting[1]) if setting else table
        # A value inside an array has a longer name than any line has.
        if (setting and path == keys[: len(path)]) or (header and path == keys):
            return number
    return 1
