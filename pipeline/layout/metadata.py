"""What a PDF says about itself: its XMP packet (ISO 16684-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pydyf

from pipeline import __version__
from pipeline.layout import Imprint
from pipeline.layout.structure import Pdf

GENERATOR = f"Keben {__version__}"

_PACKET = """\
<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
{properties}
</rdf:Description>
{claims}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def moment(imprint: Imprint) -> str:
    """Return when the file was made, as XMP and WeasyPrint write it."""
    return imprint.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def add(pdf: Pdf, imprint: Imprint, claims: str) -> None:
    """Add the packet of ``imprint``, and what the file ``claims`` to conform to.

    A program that knows nothing of PDF must be able to find it: it is not
    compressed.
    """
    producer = pdf.info["Producer"].string
    properties = "\n".join(_properties(imprint, producer))
    packet = _PACKET.format(properties=properties, claims=claims)
    kind = {"Type": "/Metadata", "Subtype": "/XML"}
    stream = pydyf.Stream([packet.encode()], pydyf.Dictionary(kind))
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _properties(imprint: Imprint, producer: str) -> Iterator[str]:
    yield _one("dc:format", "application/pdf")
    yield _one("dc:identifier", imprint.identifier)
    yield _languages("dc:title", imprint.title)
    yield _languages("dc:description", imprint.description)
    yield _languages("dc:rights", imprint.rights)
    yield _list("dc:creator", "Seq", imprint.authors)
    yield _list("dc:publisher", "Bag", filter(None, (imprint.publisher,)))
    yield _list("dc:subject", "Bag", imprint.subjects)
    yield _list("dc:language", "Bag", filter(None, (imprint.language,)))
    yield _one("pdf:Producer", producer)
    yield _one("pdf:Keywords", ", ".join(imprint.subjects))
    yield _one("xmp:CreatorTool", GENERATOR)
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        yield _one(name, moment(imprint))
    edition = f"{imprint.identifier} {moment(imprint)}"
    yield _one("xmpMM:DocumentID", uuid5(NAMESPACE_URL, imprint.identifier).urn)
    yield _one("xmpMM:InstanceID", uuid5(NAMESPACE_URL, edition).urn)
    yield _one("xmpMM:RenditionClass", "default")
    yield _one("xmpMM:VersionID", "1")


def _one(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _languages(name: str, value: str) -> str:
    if not value:
        return ""
    item = f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>"


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
