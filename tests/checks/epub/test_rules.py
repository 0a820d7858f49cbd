"""Our own rules: a sound book breaks none, and each is broken by one book."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.checks.epub.publication import read
from pipeline.checks.epub.rules import RULES, judge
from pipeline.diagnostics import Code
from tests.specimen import PICTURE, packed, specimen, speech

NAV, NCX = "EPUB/nav.xhtml", "EPUB/toc.ncx"
PACKAGE, CONTENTS = "EPUB/content.opf", "EPUB/text/contents.xhtml"
PROSE, BLOCKS = "EPUB/text/chapter-003.xhtml", "EPUB/text/chapter-004.xhtml"

CSS, END = "EPUB/css/book.css", ".url { word-break: break-all; }"
CLAIM = "structuralNavigation"

# What is replaced in which file, and what that breaks. One flaw shows in the
# navigation document only, so the other lists then disagree with it.
BROKEN = {
    "mimetype": ("mimetype", "epub+zip", "zip", {Code.MIMETYPE_ENTRY}),
    "package-language": (PACKAGE, ' xml:lang="zh-CN"', "", {Code.NO_LANGUAGE}),
    "document-language": (PROSE, ' xml:lang="zh-CN"', "", {Code.NO_LANGUAGE}),
    "declaration": (
        PROSE,
        '<?xml version="1.0" encoding="utf-8"?>\n',
        "",
        {Code.NO_XML_DECLARATION},
    ),
    "link-to-body": (
        PROSE,
        '<body epub:type="bodymatter">',
        '<body id="body" epub:type="bodymatter"><a href="#body">起首</a>',
        {Code.LINK_TO_BODY},
    ),
    "digit-id": (BLOCKS, "<table>", '<table id="1">', {Code.ID_STARTS_WITH_DIGIT}),
    "picture": (PROSE, "seal.png", "lost.png", {Code.PICTURE_MISSING}),
    "no-source": (PROSE, 'src="../images/seal.png"', "", {Code.PICTURE_MISSING}),
    "script": (PROSE, "</head>", "<script>1</script></head>", {Code.SCRIPTED}),
    "handler": (BLOCKS, "<table>", '<table onclick="1">', {Code.SCRIPTED}),
    "note-elsewhere": (PROSE, 'href="#c2-1-n1"', 'href="#c2-1"', {Code.NOTE_ASTRAY}),
    "note-one-way": (PROSE, 'href="#c2-1-n1-ref"', 'href="#c2"', {Code.NOTE_ASTRAY}),
    "ncx": (NCX, "<text>二　种茶", "<text>二　喝茶", {Code.CONTENTS_DISAGREE}),
    "contents-page": (CONTENTS, "二　种茶", "二　喝茶", {Code.CONTENTS_DISAGREE}),
    "entry-left-out": (
        CONTENTS,
        '<li class="back" id="entry-c4"><a href="chapter-007.xhtml#c4">后记</a></li>\n',
        "",
        {Code.CONTENTS_DISAGREE},
    ),
    "target": (
        NAV,
        "chapter-004.xhtml#c2-2",
        "chapter-004.xhtml#c9",
        {Code.ENTRY_WITHOUT_TARGET, Code.CONTENTS_DISAGREE, Code.HEADING_UNLISTED},
    ),
    "other-heading": (
        NAV,
        ">二　种茶<",
        ">二　喝茶<",
        {Code.ENTRY_OFF_HEADING, Code.CONTENTS_DISAGREE},
    ),
    "no-heading": (BLOCKS, "h2", "p", {Code.ENTRY_OFF_HEADING}),
    "order": (
        NAV,
        '<li class="back"><a href="text/chapter-007.xhtml#c4">',
        '<li class="back"><a href="text/chapter-002.xhtml#c2">卷一　春</a></li>'
        '<li class="back"><a href="text/chapter-007.xhtml#c4">',
        {Code.ENTRIES_OUT_OF_ORDER, Code.CONTENTS_DISAGREE},
    ),
    "depth": (
        NAV,
        '<li class="chapter"><a href="text/chapter-004.xhtml#c2-2">二　种茶</a></li>',
        '<li><span>甲</span><ol><li><span>乙</span><ol><li class="chapter">'
        '<a href="text/chapter-004.xhtml#c2-2">二　种茶</a></li></ol></li></ol></li>',
        {Code.ENTRY_TOO_DEEP, Code.CONTENTS_DISAGREE},
    ),
    "older-cover": (
        PACKAGE,
        '<meta name="cover" content="cover" />',
        "",
        {Code.NO_COVER},
    ),
    "newer-cover": (PACKAGE, ' properties="cover-image"', "", {Code.NO_COVER}),
    "long": (BLOCKS, "<table>", "<p>长</p>" * 25_000 + "<table>", {Code.LONG_DOCUMENT}),
    "empty": (BLOCKS, "<table>", "<p>\n</p><table>", {Code.EMPTY_ELEMENT}),
    "inline-style": (
        BLOCKS,
        "<table>",
        '<table style="margin: 0">',
        {Code.INLINE_STYLE},
    ),
    "style-element": (
        BLOCKS,
        "</head>",
        "<style>p { margin: 0 }</style></head>",
        {Code.INLINE_STYLE},
    ),
    "media": (CSS, END, "@media print { p { widows: 3 } }", {Code.STYLE_TOO_NEW}),
    "calc": (CSS, END, "p { padding: calc(1em + 1em) }", {Code.STYLE_TOO_NEW}),
    "colour": (CSS, END, "p { color: #333 }", {Code.FIXED_COLOUR}),
    "background": (CSS, END, "p { background: white }", {Code.FIXED_COLOUR}),
    "size": (CSS, END, "dd { font-size: 12px }", {Code.FIXED_SIZE}),
    "face": (CSS, END, 'p { font-family: "Songti" }', {Code.ABSENT_FACE}),
    "unused": (CSS, END, ".lost { margin: 0 }", {Code.UNUSED_SELECTOR}),
    "twice": (CSS, END, "p { margin: 1em }", {Code.REPEATED_PROPERTY}),
    "direction": (CSS, END, "p { writing-mode: vertical-rl }", {Code.SPINE_DIRECTION}),
    "claim-of-pages": (PACKAGE, CLAIM, "pageBreakMarkers", {Code.UNTRUE_CLAIM}),
    "claim-of-page-list": (PACKAGE, CLAIM, "pageNavigation", {Code.UNTRUE_CLAIM}),
    "claim-of-words": (
        PROSE,
        'alt="印章"',
        'alt=""',
        {Code.PICTURE_UNDESCRIBED, Code.UNTRUE_CLAIM},
    ),
    "conformance": (
        PACKAGE,
        "<manifest>",
        '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1</meta><manifest>',
        {Code.UNPROVED_CLAIM},
    ),
    "mark-unlisted": (
        BLOCKS,
        "<table>",
        '<span id="page-1" epub:type="pagebreak" aria-label="1"></span><table>',
        {Code.PAGES_DISAGREE},
    ),
    "unlisted": (
        BLOCKS,
        "<table>",
        '<h3 id="more">又一节</h3><table>',
        {Code.HEADING_UNLISTED},
    ),
}


# Entries that break a rule by being there.
ADDED = {
    "encryption": ("META-INF/encryption.xml", b"<encryption/>", {Code.ENCRYPTED}),
    "font": ("EPUB/fonts/a.otf", b"OTTO", {Code.FONTS_UNANNOUNCED}),
    "new-font": (
        "EPUB/fonts/a.woff2",
        b"wOF2",
        {Code.NEW_FONT_FORMAT, Code.FONTS_UNANNOUNCED},
    ),
    "heavy-picture": ("EPUB/images/a.png", bytes(1_500_001), {Code.HEAVY_PICTURE}),
    "heavy-book": ("EPUB/a.bin", bytes(50_000_000), {Code.HEAVY_BOOK}),
    "small-cover": ("EPUB/images/cover.jpg", PICTURE.data, {Code.SMALL_COVER}),
}


def rewritten(data: bytes, file: str, old: str, new: str) -> bytes:
    """Return the EPUB ``data`` with ``old`` replaced in one of its files."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == file:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(entry, content)
    return out.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """Return the EPUB ``data`` with an entry of that name and no other like it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for entry in before.infolist():
            if entry.filename != name:
                after.writestr(entry, before.read(entry))
        after.writestr(name, content)
    return out.getvalue()


def findings(data: bytes):
    found = []
    judge(read(data), found.append)
    return found


@pytest.mark.parametrize("book", [specimen, speech])
def test_a_sound_book_breaks_no_rule(book):
    assert findings(packed(book())) == []


def test_formulas_may_be_aligned_where_they_stand():
    aligned = "<mi style='text-align: left'>x</mi></math>"
    assert findings(rewritten(packed(specimen()), PROSE, "</math>", aligned)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_book_is_found_out(name):
    file, old, new, expected = BROKEN[name]
    found = findings(rewritten(packed(specimen()), file, old, new))
    assert {finding.code for finding in found} == expected


@pytest.mark.parametrize("name", ADDED)
def test_an_entry_too_many_is_found_out(name):
    file, content, expected = ADDED[name]
    found = findings(with_entry(packed(specimen()), file, content))
    assert {finding.code for finding in found} == expected


def test_every_rule_has_a_book_that_breaks_it():
    examples = (*BROKEN.values(), *ADDED.values())
    broken = {code for *_, codes in examples for code in codes}
    assert {rule.code for rule in RULES} == broken


def test_every_rule_says_where_it_comes_from():
    assert all(rule.source for rule in RULES)


def test_a_finding_names_the_file_and_its_line():
    file, old, new, _ = BROKEN["digit-id"]
    (found,) = findings(rewritten(packed(specimen()), file, old, new))
    with zipfile.ZipFile(io.BytesIO(packed(specimen()))) as archive:
        before = archive.read(file).decode().partition("<table>")[0]
    assert str(found.span) == f"{file}:{before.count(chr(10)) + 1}"
    assert found.message.startswith("the id “1” starts with a digit")


def test_a_compressed_mimetype_is_found_out():
    out = io.BytesIO()
    before = zipfile.ZipFile(io.BytesIO(packed(speech())))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
    assert [f.code for f in findings(out.getvalue())] == [Code.MIMETYPE_ENTRY]
