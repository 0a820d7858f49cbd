"""What the pipeline tells its user about a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from pipeline.messages import Message, knows
from pipeline.source import Span

_LISTED = 8
_TOLD_SINGLY = 12


class Severity(Enum):
    """How bad it is. An error fails the build; a note only informs."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Code(Enum):
    """Every diagnostic, once: a stable code and its severity.

    Its sentences stand in the catalogue under ``KNNN.message`` and, where
    there is a way out, ``KNNN.hint``.
    """

    # K0nn, the report itself
    MORE_OF_A_KIND = ("K001", Severity.NOTE)
    # K1nn, bytes to text
    EMPTY_SOURCE = ("K101", Severity.ERROR)
    BINARY_SOURCE = ("K102", Severity.ERROR)
    FOREIGN_FORMAT = ("K103", Severity.ERROR)
    UNKNOWN_ENCODING = ("K104", Severity.ERROR)
    UNCERTAIN_ENCODING = ("K105", Severity.ERROR)
    UNREADABLE_BYTES = ("K106", Severity.WARNING)
    MANY_UNREADABLE_BYTES = ("K107", Severity.WARNING)
    FOREIGN_SEGMENT = ("K108", Severity.NOTE)
    REPAIRED_MISREADING = ("K109", Severity.NOTE)
    LOST_CHARACTERS = ("K110", Severity.WARNING)
    PADDING = ("K111", Severity.NOTE)
    DISGUISED_FILE = ("K150", Severity.ERROR)
    ENCRYPTED_FILE = ("K151", Severity.ERROR)
    COPY_PROTECTED = ("K152", Severity.ERROR)
    BROKEN_CONTAINER = ("K153", Severity.ERROR)
    OVERBLOWN_CONTAINER = ("K154", Severity.ERROR)
    MISSING_PART = ("K155", Severity.ERROR)
    BROKEN_PART = ("K156", Severity.ERROR)
    MENDED_PART = ("K157", Severity.WARNING)
    LOST_PART = ("K158", Severity.WARNING)
    UNPACKABLE = ("K159", Severity.ERROR)
    FIXED_LAYOUT = ("K160", Severity.ERROR)
    # K2nn, structure
    MISSING_NUMBERS = ("K201", Severity.WARNING)
    REPEATED_NUMBER = ("K202", Severity.WARNING)
    MISNUMBERED_HEADING = ("K203", Severity.WARNING)
    DOUBTFUL_HEADING = ("K204", Severity.NOTE)
    DOUBTFUL_FURNITURE = ("K205", Severity.NOTE)
    EMPTY_HINT = ("K206", Severity.WARNING)
    ABSENT_TITLE = ("K207", Severity.WARNING)
    ABSENT_HEADING = ("K208", Severity.WARNING)
    UNUSED_LEVEL = ("K209", Severity.WARNING)
    BROKEN_FRONT_MATTER = ("K250", Severity.ERROR)
    UNKNOWN_DATE = ("K251", Severity.WARNING)
    UNKNOWN_HTML = ("K252", Severity.WARNING)
    UNDEFINED_NOTE = ("K253", Severity.WARNING)
    UNCALLED_NOTE = ("K254", Severity.WARNING)
    UNREADABLE_FORMULA = ("K255", Severity.WARNING)
    SURPLUS_CELL = ("K256", Severity.WARNING)
    UNKNOWN_BOX = ("K257", Severity.NOTE)
    ENCLOSED_HEADING = ("K258", Severity.NOTE)
    REPEATED_NOTE = ("K259", Severity.WARNING)
    UNPAIRED_TAG = ("K260", Severity.WARNING)
    NO_ARTICLE = ("K280", Severity.WARNING)
    PICTURE_LEFT_OUT = ("K281", Severity.WARNING)
    DEEP_MARKUP = ("K282", Severity.ERROR)
    TRACKED_CHANGES = ("K283", Severity.NOTE)
    EMBEDDED_OBJECT = ("K284", Severity.WARNING)
    PICTURES_ON_WEB = ("K285", Severity.WARNING)
    ONLY_FRAMES = ("K286", Severity.ERROR)
    # K3nn, characters
    ILLEGAL_CHARACTER = ("K301", Severity.WARNING)
    OVERLONG_PARAGRAPH = ("K302", Severity.ERROR)
    EMPTY_SECTION = ("K351", Severity.NOTE)
    UNRESOLVED_LINK = ("K352", Severity.WARNING)
    UNPAIRED_QUOTES = ("K353", Severity.WARNING)
    UNPAIRED_BRACKETS = ("K354", Severity.NOTE)
    PRIVATE_USE = ("K355", Severity.WARNING)
    # K4nn, book.toml
    TOML_SYNTAX = ("K401", Severity.ERROR)
    MISSPELT_KEY = ("K402", Severity.ERROR)
    UNKNOWN_KEY = ("K403", Severity.ERROR)
    WRONG_VALUE = ("K404", Severity.ERROR)
    UNKNOWN_RULE = ("K405", Severity.ERROR)
    UNADDRESSED_LINE = ("K406", Severity.ERROR)
    UNKNOWN_FILE = ("K407", Severity.ERROR)
    UNFIT_SETTING = ("K408", Severity.ERROR)
    # K5nn, assets and fonts
    MISSING_GLYPH = ("K501", Severity.ERROR)
    UNREADABLE_PICTURE = ("K502", Severity.ERROR)
    LOST_CHARACTER = ("K503", Severity.WARNING)
    MISSING_FONT = ("K504", Severity.ERROR)
    BROKEN_FONT = ("K505", Severity.ERROR)
    VARIABLE_FONT = ("K506", Severity.ERROR)
    FONT_COLLECTION = ("K507", Severity.ERROR)
    RESTRICTED_FONT = ("K508", Severity.ERROR)
    UNSUITED_COLLECTION = ("K509", Severity.ERROR)
    SUBSTITUTED_FACE = ("K510", Severity.NOTE)
    SUBSTITUTED_BOLD = ("K511", Severity.NOTE)
    FONT_OUTSIDE = ("K512", Severity.ERROR)
    USUAL_PROFILE = ("K520", Severity.WARNING)
    MISSING_PICTURE = ("K550", Severity.ERROR)
    BROKEN_PICTURE = ("K551", Severity.ERROR)
    HUGE_PICTURE = ("K552", Severity.ERROR)
    ACTIVE_PICTURE = ("K553", Severity.ERROR)
    REMOTE_PICTURE = ("K554", Severity.WARNING)
    UNDESCRIBED_PICTURE = ("K555", Severity.WARNING)
    ENDLESS_DRAWING = ("K556", Severity.ERROR)
    # K6nn, finished files
    FOREIGN_PICTURE = ("K601", Severity.ERROR)
    UNREADABLE_EPUB = ("K602", Severity.ERROR)
    EPUBCHECK_ERROR = ("K603", Severity.ERROR)
    EPUBCHECK_WARNING = ("K604", Severity.WARNING)
    EPUBCHECK_REMARK = ("K605", Severity.NOTE)
    MIMETYPE_ENTRY = ("K606", Severity.ERROR)
    NO_LANGUAGE = ("K607", Severity.ERROR)
    NO_XML_DECLARATION = ("K608", Severity.ERROR)
    LINK_TO_BODY = ("K609", Severity.ERROR)
    ID_STARTS_WITH_DIGIT = ("K610", Severity.WARNING)
    PICTURE_MISSING = ("K611", Severity.ERROR)
    PICTURE_UNDESCRIBED = ("K612", Severity.WARNING)
    SCRIPTED = ("K613", Severity.ERROR)
    NOTE_ASTRAY = ("K614", Severity.ERROR)
    CONTENTS_DISAGREE = ("K615", Severity.ERROR)
    ENTRY_WITHOUT_TARGET = ("K616", Severity.ERROR)
    ENTRY_OFF_HEADING = ("K617", Severity.ERROR)
    ENTRIES_OUT_OF_ORDER = ("K618", Severity.ERROR)
    ENTRY_TOO_DEEP = ("K619", Severity.WARNING)
    HEADING_UNLISTED = ("K620", Severity.WARNING)
    COVER_NOT_DRAWN = ("K621", Severity.NOTE)
    PAGE_UNMARKED = ("K622", Severity.WARNING)
    NO_COVER = ("K623", Severity.WARNING)
    SMALL_COVER = ("K624", Severity.WARNING)
    HEAVY_PICTURE = ("K625", Severity.WARNING)
    HEAVY_BOOK = ("K626", Severity.WARNING)
    LONG_DOCUMENT = ("K627", Severity.WARNING)
    ENCRYPTED = ("K628", Severity.WARNING)
    FONTS_UNANNOUNCED = ("K629", Severity.WARNING)
    NEW_FONT_FORMAT = ("K630", Severity.WARNING)
    EMPTY_ELEMENT = ("K631", Severity.WARNING)
    INLINE_STYLE = ("K632", Severity.WARNING)
    STYLE_TOO_NEW = ("K633", Severity.WARNING)
    FIXED_COLOUR = ("K634", Severity.WARNING)
    FIXED_SIZE = ("K635", Severity.WARNING)
    ABSENT_FACE = ("K636", Severity.WARNING)
    UNUSED_SELECTOR = ("K637", Severity.NOTE)
    REPEATED_PROPERTY = ("K638", Severity.NOTE)
    SPINE_DIRECTION = ("K639", Severity.ERROR)
    UNTRUE_CLAIM = ("K640", Severity.ERROR)
    UNPROVED_CLAIM = ("K641", Severity.WARNING)
    PAGES_DISAGREE = ("K642", Severity.ERROR)
    ACE_VIOLATION = ("K643", Severity.ERROR)
    LAYOUT_REMARK = ("K650", Severity.WARNING)
    UNREADABLE_PDF = ("K651", Severity.ERROR)
    FONT_NOT_EMBEDDED = ("K652", Severity.ERROR)
    FOREIGN_FONT = ("K653", Severity.ERROR)
    UNMAPPED_CHARACTER = ("K654", Severity.ERROR)
    NO_OUTLINE = ("K655", Severity.ERROR)
    BOOKMARK_ASTRAY = ("K656", Severity.ERROR)
    BOOKMARKS_OUT_OF_ORDER = ("K657", Severity.ERROR)
    TEXT_DIFFERS = ("K658", Severity.ERROR)
    PAGE_MARK_ASTRAY = ("K659", Severity.ERROR)
    NOT_CONFORMING = ("K660", Severity.ERROR)
    NO_CONFORMANCE = ("K661", Severity.ERROR)
    STOCK_LINES = ("K670", Severity.WARNING)
    RAGGED_LINE = ("K671", Severity.ERROR)
    PROHIBITED_START = ("K672", Severity.ERROR)
    UNCOMPRESSED_PAIR = ("K673", Severity.ERROR)
    LONE_CHARACTER = ("K674", Severity.ERROR)
    OFF_GRID = ("K675", Severity.ERROR)
    LINES_FAILED = ("K676", Severity.WARNING)
    PROHIBITED_END = ("K677", Severity.ERROR)
    LOOSE_LINE = ("K678", Severity.WARNING)
    HALF_WIDTH_MARK = ("K679", Severity.WARNING)
    FALLBACK_FACE = ("K680", Severity.ERROR)
    NO_INK = ("K681", Severity.ERROR)
    LATIN_QUOTES = ("K682", Severity.ERROR)
    NO_HAN_LATIN_SPACE = ("K683", Severity.ERROR)
    NOTE_ON_OTHER_PAGE = ("K684", Severity.ERROR)
    STOCK_PARAGRAPH = ("K685", Severity.WARNING)

    # K7nn, the proof that nothing is lost
    TEXT_LOST = ("K701", Severity.ERROR)
    TEXT_ADDED = ("K702", Severity.ERROR)
    TEXT_ALTERED = ("K703", Severity.ERROR)
    UNFOUNDED_RECORD = ("K704", Severity.ERROR)
    PICTURE_ALTERED = ("K705", Severity.ERROR)

    @property
    def id(self) -> str:
        """Return the stable identifier, such as ``K101``."""
        return self.value[0]

    @property
    def severity(self) -> Severity:
        """Return the severity that the code always carries."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, tied to the source lines that caused it."""

    code: Code
    span: Span | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the sentence, in the user's language."""
        return Message(f"{self.code.id}.message", self.values).text()

    @property
    def hint(self) -> str | None:
        """Return the way out, in the user's language, if there is one."""
        key = f"{self.code.id}.hint"
        return Message(key, self.values).text() if knows(key) else None

    def __str__(self) -> str:
        """Render as one line, and one more for the hint."""
        where = f"{self.span}: " if self.span else ""
        line = f"{where}{self.code.severity.value} {self.code.id}: {self.message}"
        return f"{line}\n  {self.hint}" if self.hint else line


def as_values(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return diagnostics as values of JSON; ``line`` is None where there is none."""
    return [
        {
            "code": d.code.id,
            "severity": d.code.severity.value,
            "line": d.span.first if d.span else None,
            "message": d.message,
            "hint": d.hint,
        }
        for d in diagnostics
    ]


def summarised(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return ``found`` with few of each kind told singly, and the rest at once.

    A damaged text has thousands of one kind. Errors are all told.
    """
    told: list[Diagnostic] = []
    kinds: dict[tuple[Code, str], list[Diagnostic]] = {}
    for diagnostic in found:
        code = diagnostic.code
        kind = kinds.setdefault((code, _file(diagnostic)), [])
        if code.severity is not Severity.ERROR:
            kind.append(diagnostic)
        if len(kind) <= _TOLD_SINGLY:
            told.append(diagnostic)
    rest = (kind[_TOLD_SINGLY:] for kind in kinds.values())
    return (*told, *(_at_once(kind) for kind in rest if kind))


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.span.source if diagnostic.span else ""


def _at_once(kind: Sequence[Diagnostic]) -> Diagnostic:
    spans = [diagnostic.span for diagnostic in kind if diagnostic.span]
    values = {
        "count": len(kind),
        "code": kind[0].code.id,
        "lines": line_numbers(spans) or "–",
    }
    return Diagnostic(Code.MORE_OF_A_KIND, spans[0] if spans else None, values)


def line_numbers(spans: Iterable[Span]) -> str:
    """Return where ``spans`` begin, for a sentence: ``3, 8, 12, …``."""
    return listing(str(span.first) for span in spans)


def listing(names: Iterable[str]) -> str:
    """Return the distinct ``names``, cut short where there are many."""
    distinct = list(dict.fromkeys(names))
    more = ["…"] if len(distinct) > _LISTED else []
    return ", ".join(distinct[:_LISTED] + more)


Report: TypeAlias = Callable[[Diagnostic], None]
