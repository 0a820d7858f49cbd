"""What makes a PDF one to keep: PDF/A-3a and PDF/UA-1, in one file.

ISO 19005-3 asks that nothing outside of the file is needed to show and to read
it, ISO 14289-1 that everybody can read it.
"""

from __future__ import annotations

from importlib.resources import files

from pipeline.layout import Imprint, conformance, metadata
from pipeline.layout.structure import Pdf

VERSION = "1.7"

_CONDITION = "sRGB IEC61966-2.1"

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
    conformance.mend(pdf)
    metadata.add(pdf, imprint, _CLAIMS)
    profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    conformance.intend(pdf, "GTS_PDFA1", profile, 3, (_CONDITION, _CONDITION))
