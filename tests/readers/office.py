"""Word files for tests, zipped from hand-written XML."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_CORE = (
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
}


def docx(body="", *, core="", links=None, pictures=None, spaces=_SPACES, **parts):
    """Return a Word file: its body, and the content of its other parts.

    ``links`` are external targets and ``pictures`` are bytes, by relationship id.
    """
    relations = {kind: (kind, f"{kind}.xml", "") for kind in parts}
    relations |= {
        name: ("hyperlink", target, ' TargetMode="External"')
        for name, target in (links or {}).items()
    }
    relations |= {name: ("image", f"media/{name}.png", "") for name in (pictures or {})}
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(
            {
                "main": ("officeDocument", "word/document.xml", ""),
                "core": ("core-properties", "/docProps/core.xml", ""),
            }
        ),
        "docProps/core.xml": _CORE.format(core),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>", spaces),
        "word/_rels/document.xml.rels": _relations(relations),
    }
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = _part(_PARTS[kind], content, spaces)
    for name, data in (pictures or {}).items():
        files[f"word/media/{name}.png"] = data
    return zipped(files)


def zipped(files) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def p(content, style="", properties=""):
    """Return a paragraph of text, or of runs where ``content`` is markup."""
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{name}{properties}</w:pPr>{runs}</w:p>"


def r(text, properties=""):
    """Return a run of text."""
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def style(
    name, *, key="", outline="", based="", properties="", run="", kind="paragraph"
):
    """Return a style; ``outline`` counts from 0, as Word does."""
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key or name}"><w:name w:val="{name}"/>'
        f"{parent}<w:pPr>{level}{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def numbered(number, level=0):
    """Return the properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbers(*levels, number="1"):
    """Return the definition of a list: for each level a format, a text, and more."""
    defined = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{"".join(more)}</w:lvl>'
        for n, (form, text, *more) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}0">{defined}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}0"/></w:num>'
    )


def _relations(found) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
        for name, (kind, target, mode) in found.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'


def _part(root, content, spaces) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {spaces}>{content}</w:{root}>'
    )
