"""Zip files from unknown hands: DOCX and EPUB are both."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from pipeline import limits
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Span

_FLAG_ENCRYPTED = 0x1

# [MS-OFFCRYPTO] 2.3: an encrypted Office file is an OLE file with this stream.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class Archive:
    """The parts of a zip file, by their paths in it."""

    def __init__(self, name: str, packed: zipfile.ZipFile, report: Report) -> None:
        self.name = name
        self._packed = packed
        self._report = report
        self._parts = {
            info.filename.lstrip("/"): info
            for info in packed.infolist()
            if info.filename and not info.is_dir()
        }

    def __contains__(self, path: str) -> bool:
        """Tell whether there is a part at ``path``."""
        return path in self._parts

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of all parts."""
        return tuple(self._parts)

    def read(self, path: str) -> bytes | None:
        """Return a part; None where there is none, or once it is found damaged."""
        if path not in self._parts:
            return None
        try:
            return self._packed.read(self._parts[path])
        except _DAMAGE as error:
            self._report(_finding(Code.BROKEN_CONTAINER, self.name, problem=error))
            return None


# What zipfile raises for the countless ways in which a file can be damaged.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, OverflowError, MemoryError),
)


def unpack(data: bytes, name: str, wanted: str, report: Report) -> Archive | None:
    """Return the parts of ``data``, or None once it is reported why not.

    ``wanted`` names the format that the file's suffix promises.
    """
    if not data:
        report(_finding(Code.EMPTY_SOURCE, name))
        return None
    if problem := _disguise(data, name, wanted):
        report(problem)
        return None
    try:
        packed = zipfile.ZipFile(BytesIO(data))
    except _DAMAGE as error:
        report(_finding(Code.BROKEN_CONTAINER, name, problem=error))
        return None
    if problem := _danger(packed, name):
        report(problem)
        return None
    return Archive(name, packed, report)


def _disguise(data: bytes, name: str, wanted: str) -> Diagnostic | None:
    if data.startswith(b"PK"):
        return None
    if _ENCRYPTED_STREAM in data:
        return _finding(Code.ENCRYPTED_FILE, name)
    found = formats.identify(data)
    if found is None:
        return _finding(Code.UNPACKABLE, name, wanted=wanted)
    return _finding(Code.DISGUISED_FILE, name, found=found, wanted=wanted)


def overblown(packed: zipfile.ZipFile, name: str) -> Diagnostic | None:
    """Return what is wrong with a file that would unpack to more than any book has."""
    parts = packed.infolist()
    # zipfile stops at the size that a part declares, so these can be trusted.
    size = sum(part.file_size for part in parts)
    ratio = size / max(1, sum(part.compress_size for part in parts))
    bloated = size > limits.UNPACKED_UNWATCHED_BYTES and ratio > limits.UNPACKED_RATIO
    many = len(parts) > limits.UNPACKED_PARTS
    if size > limits.UNPACKED_BYTES or bloated or many:
        return _finding(Code.OVERBLOWN_CONTAINER, name, size=size // (1024 * 1024))
    return None


def _danger(packed: zipfile.ZipFile, name: str) -> Diagnostic | None:
    if any(part.flag_bits & _FLAG_ENCRYPTED for part in packed.infolist()):
        return _finding(Code.ENCRYPTED_FILE, name)
    return overblown(packed, name)


def _finding(code: Code, name: str, **values: object) -> Diagnostic:
    return Diagnostic(code, Span(name, 1, 1), values)
