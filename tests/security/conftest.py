"""Books made of documents that strangers made, without a network."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.build import Order, Outcome, build
from tests.security.hostile import DRAWINGS, SOURCES


@dataclass(frozen=True)
class Made:
    """What became of a source, and the bytes of its editions."""

    outcome: Outcome
    epub: bytes
    pdf: bytes
    asked_for: tuple[object, ...]
    """What was asked of the network: nothing, if all is well."""


@pytest.fixture(scope="session", params=SOURCES)
def made(request, tmp_path_factory):
    """Build the hostile source of each format."""
    return make(*SOURCES[request.param], tmp_path_factory.mktemp(request.param))


def make(name: str, data: bytes, folder: Path) -> Made:
    (folder / name).write_bytes(data)
    for drawing, content in DRAWINGS.items():
        (folder / drawing).write_bytes(content)
    out = folder / "dist"
    with pytest.MonkeyPatch.context() as patch:
        asked_for = guard(patch)
        outcome = build(folder / name, out, Order(), lambda _stage: None)
    editions = [(out / f"a.{kind}").read_bytes() for kind in ("epub", "pdf")]
    return Made(outcome, *editions, tuple(asked_for))


def guard(patch: pytest.MonkeyPatch) -> list[object]:
    """Keep everybody from the network, and return the list of who tried."""
    tried: list[object] = []

    def refuse(*arguments, **_options):
        tried.append(arguments)
        raise OSError("there is no network here")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        patch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        patch.setattr(socket, name, refuse)
    return tried
