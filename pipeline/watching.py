"""Wait for a person to save: the only module that knows watchfiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from watchfiles import Change, watch

# How long it takes at most until the first set is there.
_MILLISECONDS = 200
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")


def saved(sources: Iterable[Path], out: Path) -> Iterator[frozenset[Path]]:
    """Yield those of ``sources`` that change, each time that some are saved.

    The first set is empty and comes at once: from then on no change is missed,
    whatever is done before the next is asked for.

    A source changes with its settings, with the pictures below its folder and, if
    it is a folder, with any file in it. What happens in ``out`` does not count.
    Ends only with ``KeyboardInterrupt``.
    """
    known = {source: source.resolve() for source in sources}
    folders = {p if p.is_dir() else p.parent for p in known.values()}
    ignored = out.resolve()

    def concerns(_change: Change, name: str) -> bool:
        path = Path(name)
        return not path.is_relative_to(ignored) and any(
            _belongs(path, source) for source in known.values()
        )

    is_first = True
    for changes in watch(
        *folders,
        watch_filter=concerns,
        rust_timeout=_MILLISECONDS,
        yield_on_timeout=True,
    ):
        paths = [Path(name) for _, name in changes]
        changed = frozenset(
            named
            for named, source in known.items()
            if any(_belongs(path, source) for path in paths)
        )
        if changed or is_first:
            yield changed
        is_first = False


def _belongs(path: Path, source: Path) -> bool:
    folder = source if source.is_dir() else source.parent
    if not path.is_relative_to(folder) or _is_hidden(path.relative_to(folder)):
        return False
    if source.is_dir() or path in (source, source.with_suffix(".toml")):
        return True
    return path.suffix.lower() in _PICTURES


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.endswith("~")
