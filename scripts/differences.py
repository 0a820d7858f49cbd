"""Say where two files differ: parts of an EPUB, objects of a PDF, lines of a text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import PurePath
from zipfile import ZipFile, ZipInfo

import pikepdf

_SHOWN = 12


def differences(name: str, first: bytes, second: bytes) -> list[str]:
    """Return in sentences how two files called ``name`` differ; none if they do not."""
    if first == second:
        return []
    match PurePath(name).suffix:
        case ".epub":
            found = list(_archives(first, second))
        case ".pdf":
            found = list(_pdfs(first, second))
        case _:
            found = list(_texts(name, first, second))
    return found or [f"{name}: the same parts, packed differently"]


def _archives(first: bytes, second: bytes) -> Iterator[str]:
    one, other = (ZipFile(io.BytesIO(data)) for data in (first, second))
    if one.namelist() != other.namelist():
        yield from _texts("list of parts", *map(_listed, (one, other)))
    for name in sorted(set(one.namelist()) & set(other.namelist())):
        for key, value in _header(one.getinfo(name)).items():
            if value != (now := _header(other.getinfo(name))[key]):
                yield f"{name}: {key} is {value}, then {now}"
        yield from _texts(name, one.read(name), other.read(name))


def _listed(archive: ZipFile) -> bytes:
    return "\n".join(archive.namelist()).encode()


def _header(entry: ZipInfo) -> dict[str, object]:
    return {
        "date": entry.date_time,
        "method": entry.compress_type,
        "attributes": hex(entry.external_attr),
        "system": entry.create_system,
    }


def _pdfs(first: bytes, second: bytes) -> Iterator[str]:
    one, other = map(_objects, (first, second))
    for number in sorted(set(one) | set(other)):
        before, after = one.get(number), other.get(number)
        if before is None or after is None:
            yield f"object {number} is in one of them only"
        else:
            yield from _texts(f"object {number}", before, after)


def _objects(data: bytes) -> Mapping[int, bytes]:
    """Return each object by its number, the trailer as 0, streams unpacked."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {0: pdf.trailer.unparse()}
        for item in pdf.objects:
            found[item.objgen[0]] = item.unparse()
            if isinstance(item, pikepdf.Stream):
                found[item.objgen[0]] += b"\n" + item.read_bytes()
    return found


def _texts(name: str, first: bytes, second: bytes) -> Iterator[str]:
    if first == second:
        return
    try:
        one, other = first.decode(), second.decode()
    except UnicodeDecodeError:
        at = next(_unequal(first, second))
        yield f"{name}: {len(first)} and {len(second)} bytes, different from byte {at}"
        return
    lines = unified_diff(one.split("\n"), other.split("\n"), lineterm="", n=0)
    for line in islice(lines, 2, 2 + _SHOWN):
        yield f"{name}: {line}"


def _unequal(first: bytes, second: bytes) -> Iterator[int]:
    yield from (
        at
        for at, pair in enumerate(zip(first, second, strict=False))
        if len({*pair}) > 1
    )
    yield min(len(first), len(second))
