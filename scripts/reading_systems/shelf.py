"""A server on this machine alone: the reading systems, and the books to read."""

from __future__ import annotations

import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

_PAGES = Path(__file__).parent / "pages"
MODULES = Path(sys.prefix) / "node_modules"


class Shelf(ThreadingHTTPServer):
    """Serves ``/pages``, ``/modules`` (npm's packages) and the ``/books`` put on it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.books: list[Path] = []
        super().__init__(("127.0.0.1", 0), _Answer)

    def put(self, book: Path) -> str:
        """Return the path under which ``book`` is served."""
        if book not in self.books:
            self.books.append(book)
        return f"/books/{self.books.index(book)}.epub"

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"http://127.0.0.1:{self.server_port}{quote(path)}"

    def find(self, path: str) -> Path | None:
        """Return the file that a path stands for."""
        _, room, *rest = path.split("/")
        if ".." in rest:
            return None
        match room:
            case "pages":
                return _PAGES.joinpath(*rest)
            case "modules":
                return MODULES.joinpath(*rest)
            case "books":
                return self.books[int(rest[0].partition(".")[0])]
            case _:
                return None


@contextmanager
def serving() -> Iterator[Shelf]:
    """Give a shelf that is open until the context ends."""
    with Shelf() as shelf:
        thread = threading.Thread(target=shelf.serve_forever, daemon=True)
        thread.start()
        try:
            yield shelf
        finally:
            shelf.shutdown()
            thread.join()


class _Answer(BaseHTTPRequestHandler):
    server: Shelf
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.server.find(unquote(urlsplit(self.path).path))
        if path is None or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words: object) -> None:
        """Keep quiet: tests say what matters."""
