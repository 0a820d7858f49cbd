"""The environment of the templates: the only module that knows Jinja2."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import CodeType

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory: each renderer needs the same ones."""

    def __init__(self) -> None:
        self._kept: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, if its template was compiled before."""
        bucket.code = self._kept.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what ``bucket`` holds."""
        self._kept[bucket.key] = bucket.code


@cache
def _source(name: str) -> tuple[str, str, None] | None:
    """Return a template and where it stands; None where there is none."""
    path = files("pipeline.render") / "templates" / name
    return (path.read_text("utf-8"), str(path), None) if path.is_file() else None


# Each renderer has an environment of its own, in which the same code is at home.
_COMPILED = _Compiled()
_SOURCES = FunctionLoader(_source)


def environment() -> Environment:
    """Return an environment of the shared templates, without a book."""
    return Environment(
        loader=_SOURCES,
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled(template: Template, values: Mapping[str, object]) -> Markup:
    """Return what a template makes of ``values``: markup, in which text is escaped."""
    return Markup(template.render(values))  # noqa: S704 - a template's own output


def render_alone(name: str, values: Mapping[str, object]) -> str:
    """Render a template that is no part of a book, such as a report."""
    return environment().get_template(f"{name}.j2").render(values)


__all__ = ["Markup", "Template", "environment", "filled", "render_alone"]
