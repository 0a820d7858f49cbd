"""What makes a PDF one to keep: PDF/A-3a and PDF/UA-1, in one file.

ISO 19005-3 asks that nothing outside of the file is needed to show and to read
it, ISO 14289-1 that everybody can read it.
"""

from __future__ import annotations

from importlib.resources import files

import pydyf

from pipeline.layout import Imprint, cff, metadata
from pipeline.layout.structure import Dictionary, Pdf

VERSION = "1.7"

_CONDITION = "sRGB IEC61966-2.1"
_PRINTED = 4  # ISO 32000-1, 12.5.3

# PDF/UA is not among the schemas that PDF/A knows: the file explains it itself.
_CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is kept</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def finish(pdf: Pdf, imprint: Imprint) -> None:
    """Make ``pdf`` conform, before it is written."""
    metadata.add(pdf, imprint, _CLAIMS)
    for thing in pdf.objects:
        match thing:
            case pydyf.Dictionary() if thing.get("Type") == "/Annot":
                thing["F"] = _PRINTED
            case pydyf.Dictionary() if "FontFile3" in thing:
                _embed_by_number(pdf, thing)
            case pydyf.Stream() if thing.extra.get("Subtype") == "/Image":
                thing.extra["Interpolate"] = "false"
    pdf.catalog["OutputIntents"] = pydyf.Array([_output_intent(pdf)])


def _output_intent(pdf: Pdf) -> Dictionary:
    """Say what red, green and blue in the file mean: sRGB, as the ICC has it."""
    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    profile = pydyf.Stream([content], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(_CONDITION),
            "RegistryName": pydyf.String("http://www.color.org"),
            "Info": pydyf.String(_CONDITION),
            "DestOutputProfile": profile.reference,
        }
    )


def _embed_by_number(pdf: Pdf, descriptor: Dictionary) -> None:
    """Embed a font so that each code is the number of a glyph."""
    number = int(descriptor["FontFile3"].split()[0])
    file = pdf.objects[number]
    if (table := cff.cid_keyed(b"".join(file.stream))) is not None:
        file.stream = [table]
        file.extra = pydyf.Dictionary({"Subtype": "/CIDFontType0C"})
