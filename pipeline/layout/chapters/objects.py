"""Objects of a PDF, told in plain values: those can be sent, kept and compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf

from pipeline.layout.chapters.page import Resources, Thing

KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
"""What of the resources of a page is its own (ISO 32000-2, 7.8.3)."""


def told(resources: Mapping[str, Any], images: Mapping[str, Any]) -> Resources:
    """Return what a page refers to, but for what all pages share.

    ``images`` are WeasyPrint's, by name.
    """
    return tuple(
        (
            kind,
            tuple(
                (name, _told(thing or _picture(images[name]), images))
                for name, thing in resources[kind].items()
            ),
        )
        for kind in KINDS
        if [*resources[kind]]
    )


def _picture(known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - pydyf has no types
    ratio = max(known["dpi_ratios"])
    return known["image"].get_x_object(known["interpolate"], ratio)


def _told(thing: Any, images: Mapping[str, Any]) -> Thing:  # noqa: ANN401
    match thing:
        case pydyf.Stream():
            content = b"\n".join(map(pydyf._to_bytes, thing.stream))  # noqa: SLF001
            extra = dict(thing.extra)
            below = extra.pop("Resources", None)
            has_own = told(below, images) if below is not None else None
            compress = "compressed" if thing.compress else ""
            return "stream", content, _told(extra, images), has_own, compress
        case pydyf.String():
            return "string", thing.string
        case {"SMask": {"G": pydyf.Stream() as group}}:  # which is known by its name
            mask = {**thing["SMask"], "G": ("group", group.id)}
            return _told({**thing, "SMask": mask}, images)
        case dict():
            return "dictionary", tuple(
                (key, _told(v, images)) for key, v in thing.items()
            )
        case list():
            return "array", tuple(_told(value, images) for value in thing)
        case _:
            return thing


class Pool:
    """Adds objects to a file, those that are told alike once.

    ``shared`` are the resources of all pages, references of which all have.
    """

    def __init__(self, pdf: Any, shared: Mapping[str, Any]) -> None:  # noqa: ANN401
        self._pdf = pdf
        self._shared = shared
        self._added: dict[object, bytes] = {}

    def of_page(self, what: Resources) -> bytes:
        """Return a reference to the resources of a page: all pages', and its own."""
        key = ("page", what)
        if key not in self._added:
            own = self._resources(what)
            shared = {kind: self._shared[kind] for kind in KINDS}
            merged = {k: pydyf.Dictionary(shared[k] | own[k]) for k in KINDS}
            made = pydyf.Dictionary({**own, **merged})
            self._pdf.add_object(made)
            self._added[key] = made.reference
        return self._added[key]

    def _resources(self, what: Resources) -> pydyf.Dictionary:
        made = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in KINDS})
        told = dict(what)
        for kind in ("XObject", "Pattern", "Shading"):
            made[kind] |= {n: self._added_as(thing) for n, thing in told.get(kind, ())}
        groups = made["XObject"]
        states = told.get("ExtGState", ())
        made["ExtGState"] |= {name: self._made(state, groups) for name, state in states}
        return pydyf.Dictionary(
            {**made, **{name: self._shared[name] for name in ("ColorSpace", "Font")}}
        )

    def _added_as(self, thing: Thing) -> bytes:
        if thing not in self._added:
            made = self._made(thing, {})
            self._pdf.add_object(made)
            self._added[thing] = made.reference
        return self._added[thing]

    def _made(self, thing: Thing, groups: Mapping[str, bytes]) -> Any:  # noqa: ANN401
        match thing:
            case ("stream", content, extra, has_own, compress):
                said = self._made(extra, groups)
                if has_own is not None:
                    said["Resources"] = self._resources(has_own)
                if "SMask" in said:
                    self._pdf.add_object(said["SMask"])
                    said["SMask"] = said["SMask"].reference
                return pydyf.Stream([content], said, compress=bool(compress))
            case ("string", value):
                return pydyf.String(value)
            case ("group", name):
                return groups[name]
            case ("dictionary", items):
                return pydyf.Dictionary(
                    {key: self._made(value, groups) for key, value in items}
                )
            case ("array", values):
                return pydyf.Array(self._made(value, groups) for value in values)
            case _:
                return thing
