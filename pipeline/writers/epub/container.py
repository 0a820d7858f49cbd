"""The zip container, the same to the byte on every build.

See EPUB 3.3, 4.2 OCF abstract container and 4.3 OCF ZIP container.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import PurePosixPath
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RENDITION = "rendition: http://www.idpf.org/vocab/rendition/#"
_PACKED_ALREADY = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})
_UNIX = 3
_MODE = 0o100644 << 16
# The first moment that a zip can tell.
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)


def normalise(archive: bytes, language: str, modified: datetime) -> bytes:
    """Return EbookLib's ``archive`` with nothing in it left to the machine.

    Times, modes and compression are fixed, and the package document gets what
    EbookLib has no way to say: its ``language``.
    """
    moment = max(modified.astimezone(UTC), _BEGINNING)
    normalised = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(normalised, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".opf"):
                data = _package_document(data, language)
            new.writestr(_entry(name, moment), data, compresslevel=9)
    return normalised.getvalue()


def _entry(name: str, moment: datetime) -> ZipInfo:
    day = (moment.year, moment.month, moment.day)
    entry = ZipInfo(name, (*day, moment.hour, moment.minute, moment.second))
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    suffix = PurePosixPath(name).suffix.lower()
    bare = name == "mimetype" or suffix in _PACKED_ALREADY
    entry.compress_type = ZIP_STORED if bare else ZIP_DEFLATED
    return entry


def _package_document(data: bytes, language: str) -> bytes:
    root = ElementTree.fromstring(data)  # noqa: S314 - EbookLib wrote it just now
    root.set(_XML_LANG, language)
    # EbookLib declares the rendition vocabulary, whose prefix is reserved.
    prefixes = root.attrib.pop("prefix").partition(_RENDITION)[2].strip()
    if prefixes:
        root.set("prefix", prefixes)
    ElementTree.register_namespace("", _OPF)
    ElementTree.register_namespace("dc", _DC)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
