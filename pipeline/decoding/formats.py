"""Name the formats that are no plain text, by their first bytes."""

from __future__ import annotations

import re

_SIGNATURES = (
    (rb"%PDF-", "PDF"),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", "EPUB"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "OpenDocument (.odt)"),
    (rb"PK\x03\x04(?=.*?word/)", "Word (.docx)"),
    (rb"PK\x03\x04(?=.*?xl/)", "Excel (.xlsx)"),
    (rb"PK\x03\x04(?=.*?ppt/)", "PowerPoint (.pptx)"),
    (rb"PK\x03\x04|PK\x05\x06", "ZIP"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word 97–2003 (.doc)"),
    (rb"\{\\rtf", "RTF"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"\xff\xd8\xff[\xc0-\xfe]", "JPEG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"RIFF.{4}WEBP", "WebP"),
    (rb"II\*\x00|MM\x00\*", "TIFF"),
    (rb"BM.{4}\x00{4}", "BMP"),
    (rb"AT&TFORM", "DjVu"),
    (rb".{60}BOOKMOBI", "Kindle (.mobi)"),
    (rb"\x89\x9b\x9a\xde", "UMD"),
    (rb"ITSF\x03\x00", "CHM"),
    (rb"Rar!\x1a\x07", "RAR"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"\x1f\x8b\x08", "gzip"),
    (rb"SQLite format 3\x00", "SQLite"),
    (rb"\x7fELF", "ELF"),
    (rb"ID3[\x02-\x04]\x00", "MP3"),
    (rb"\x00\x00.{2}ftyp", "MP4"),
)
_WINDOW = 0x4000
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b",
    re.IGNORECASE | re.DOTALL,
)


def identify(data: bytes) -> str | None:
    """Return the name of the format that ``data`` begins with, if it is known."""
    window = data[:_WINDOW]
    for signature, name in _SIGNATURES:
        if re.match(signature, window, re.DOTALL):
            return name
    return None


def is_page(text: str) -> bool:
    """Tell whether a text is a page of HTML."""
    return bool(_PAGE.match(text[:_WINDOW]))
