"""Additions to the PDF that WeasyPrint does not make, through its own hooks, so that no file is written twice.

PDF/A-3a and PDF/UA-1 in the same metadata, the reading direction for viewers, page labels, the dates of attachments and
their relationship to the document.
"""

from __future__ import annotations

from datetime import datetime
from types import MethodType
from typing import Any
from xml.sax.saxutils import escape

import masthead.typesetting.engine.pydyf as pydyf
import masthead.typesetting.engine.weasyprint as weasyprint
from masthead.document import WESTERN, TypesettingError, Variant
from masthead.page import Attachment
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.ledger import descendants
from masthead.typesetting.repairs.glyphgroups import CONTROLS

# A property outside the predefined XMP schemas must be described in the file (ISO 19005-3, 6.6.2.3.2).
_UA_SCHEMA = """
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>"""
# PDF/A-4 does not require such descriptions (ISO 19005-4, 6.7.2).
_UA_2 = """
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>
</rdf:Description>"""
_DUBLIN_CORE = """
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/">{}</rdf:Description>"""


def describe(metadata: Any, variant: Variant) -> None:
    """Add to the XMP metadata that the file is PDF/UA too, its language and its identifier."""
    described = f"<dc:language><rdf:Bag><rdf:li>{escape(metadata.lang or '')}</rdf:li></rdf:Bag></dc:language>"
    if identifier := metadata.custom.get("dcterms.identifier"):
        described += f"<dc:identifier>{escape(identifier)}</dc:identifier>"
    more = (_UA_2 if variant is Variant.ARCHIVE_4 else _UA_SCHEMA) + _DUBLIN_CORE.format(described)
    generate = metadata.generate_rdf_metadata

    def generate_rdf_metadata(self: Any, *arguments: Any) -> bytes:
        rdf: bytes = generate(*arguments)
        return rdf.replace(b"</rdf:RDF>", f"{more}\n</rdf:RDF>".encode())

    metadata.generate_rdf_metadata = MethodType(generate_rdf_metadata, metadata)


def attach(attachment: Attachment, created: str | None, fetcher: Any) -> weasyprint.Attachment:
    """Return WeasyPrint's object for an attachment, with the date of the document (`created`, ISO 8601).

    `fetcher` fetches nothing here, but without one WeasyPrint makes a new one each time, which is slow.
    """
    date = _date(created)
    return weasyprint.Attachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=date,
        modified=date,
        url_fetcher=fetcher,
    )


def finish(document: Any, pdf: Any, attachments: tuple[Attachment, ...]) -> None:
    """Complete the PDF of `document` before it is written."""
    preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
    preferences["DisplayDocTitle"] = "true"
    if document._html.etree_element.get("dir") == "rtl":
        preferences["Direction"] = "/R2L"
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": _labels(document)})
    if "Metadata" in pdf.catalog:  # PDF/A-1 demands plain metadata, and some validators for every part
        pdf.objects[int(pdf.catalog["Metadata"].split()[0])].compress = False
    if "AF" in pdf.catalog:  # WeasyPrint lists each file twice for PDF/A: by its name and by its specification
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    _name_in_unicode(pdf)
    kinds = {each.name: each for each in attachments}
    # A plain PDF gets the list of associated files too (ISO 32000-2, 14.13).
    is_listed = "AF" in pdf.catalog
    for file in pdf.objects:
        if isinstance(file, pydyf.Dictionary) and file.get("Type") == "/Filespec" and file["UF"].string in kinds:
            attachment = kinds[file["UF"].string]
            stream = pdf.objects[int(file["EF"]["F"].split()[0])]
            stream.extra["Subtype"] = "/" + attachment.media_type.replace("/", "#2f")
            if not document.metadata.created:
                del stream.extra["Params"]["CreationDate"], stream.extra["Params"]["ModDate"]
            if not is_listed:
                file["AFRelationship"] = f"/{attachment.relationship}"
                pdf.catalog.setdefault("AF", pydyf.Array()).append(file.reference)


def _name_in_unicode(pdf: Any) -> None:
    """Write the names of attachments that are not ASCII as text strings; WeasyPrint writes their UTF-8 as it is."""
    files = {file.reference: file for file in pdf.objects if isinstance(file, pydyf.Dictionary) and "UF" in file}
    tree = pdf.catalog.get("Names", {}).get("EmbeddedFiles")
    names = pdf.objects[int(tree.split()[0])]["Names"] if tree else []
    for at, reference in enumerate(names[1::2]):
        file = files[reference]
        if not file["UF"].string.isascii():
            names[2 * at] = file["F"] = file["UF"]


def _labels(document: Any) -> Any:
    """Return the page labels: the page number as it is printed on the page, or the plain number if none is."""
    numbers, count = pydyf.Array(), len(document.pages)
    for index, page in enumerate(document.pages):
        label = _folio(page._page_box, index + 1, count) or str(index + 1)
        numbers += [index, pydyf.Dictionary({"P": pydyf.String(label)})]
    return numbers


def _folio(page: Any, number: int, count: int) -> str | None:
    for margin in (each for each in page.children if isinstance(each, boxes.MarginBox)):
        printed = "".join(each.text for each in descendants(margin) if isinstance(each, boxes.TextBox))
        text = "".join(char for char in printed if char not in CONTROLS).strip()
        if "".join(text.split()).translate(WESTERN) in (str(number), f"{number}/{count}"):
            return text
    return None


def _date(created: str | None) -> datetime:
    """Return the date; if there is none, any date, which `finish` removes again."""
    try:
        return datetime.fromisoformat(created) if created else datetime.min
    except ValueError as error:
        raise TypesettingError(f"invalid date: {created!r}", where='<meta name="dcterms.created">') from error
