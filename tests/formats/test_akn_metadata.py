"""The metadata of a document in Akoma Ntoso (AKN4UN, parts 1 and 2): what it is, in which version and form, by whom."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from manuscripts import AR, EN, FR, report, resolution
from masthead import formats
from masthead.document import Document, JobNumber, Metadatum

NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def document(text: str) -> Document:
    return formats.parse(text.encode(), "x.md")


def metadata(given: Document) -> list[etree._Element]:
    """The `meta` elements: of the publication, of the document in it, and of each annex."""
    return [*etree.fromstring(formats.render(given, ".akn")).iter(f"{NAMESPACE}meta")]


def entries(element: etree._Element, *paths: str) -> list[str]:
    """The children of elements with their attributes."""
    found = []
    for path in paths:
        holder = element.find("/".join(f"{NAMESPACE}{step}" for step in path.split("/")))
        assert holder is not None
        for child in holder:
            values = " ".join(f"{name}={value}" for name, value in child.attrib.items())
            found.append(f"{etree.QName(child).localname} {values}")
    return found


LEVELS = ("identification/FRBRWork", "identification/FRBRExpression", "identification/FRBRManifestation")


def test_a_publication_is_identified_by_organ_date_and_symbol() -> None:
    publication, inner = metadata(document(resolution(FR, "1. *Décide* cela.")))
    iri = "/akn/un/documentCollection/publication/un-ga/2039-11-14/A-RES-93-301"
    assert entries(publication, *LEVELS) == [
        f"FRBRthis value={iri}/!main",
        f"FRBRuri value={iri}",
        "FRBRalias value=https://undocs.org/A/RES/93/301 name=address",
        "FRBRdate date=2039-11-14 name=work",
        "FRBRauthor href=#un-ga",
        "FRBRcountry value=un",
        "FRBRsubtype value=publication",
        "FRBRnumber value=A-RES-93-301 showAs=A/RES/93/301",
        f"FRBRthis value={iri}/fra@2039-11-14/!main",
        f"FRBRuri value={iri}/fra@2039-11-14",
        "FRBRdate date=2039-11-14 name=expression",
        "FRBRauthor href=#un-ga",
        "FRBRlanguage language=fra",
        f"FRBRthis value={iri}/fra@2039-11-14/!main.xml",
        f"FRBRuri value={iri}/fra@2039-11-14/.xml",
        "FRBRdate date=2039-11-14 name=manifestation",
        "FRBRauthor href=#un-ga",
        "FRBRformat value=xml",
    ]
    # the resolution in it has the date of its adoption, and the number that people cite
    iri = "/akn/un/statement/deliberation/un-ga/2038-12-20/93-301"
    assert entries(inner, *LEVELS)[:7] == [
        f"FRBRthis value={iri}/!main",
        f"FRBRuri value={iri}",
        "FRBRdate date=2038-12-20 name=work",
        "FRBRauthor href=#cmp_1__un-ga",
        "FRBRcountry value=un",
        "FRBRsubtype value=deliberation",
        "FRBRnumber value=93-301 showAs=93/301",
    ]
    identification = inner.find(f"{NAMESPACE}identification")
    assert identification is not None and identification.get("source") == "#cmp_1__un"
    published = publication.find(f"{NAMESPACE}publication")
    assert published is not None
    assert dict(published.attrib) == {
        "date": "2039-11-14", "name": "official document", "showAs": "Nations Unies", "number": "A/RES/93/301"
    }  # fmt: skip


def test_the_organization_and_the_organ_are_the_first_references() -> None:
    publication, inner = metadata(document(resolution(FR, "1. *Décide* cela.")))
    path = "/akn/ontology/organization/un"
    assert entries(publication, "references")[:2] == [
        f"TLCOrganization eId=un href={path}/un showAs=Nations Unies",
        f"TLCOrganization eId=un-ga href={path}/un-ga showAs=Assemblée générale",
    ]
    assert entries(inner, "references")[:2] == [
        f"TLCOrganization eId=cmp_1__un href={path}/un showAs=Nations Unies",
        f"TLCOrganization eId=cmp_1__un-ga href={path}/un-ga showAs=Assemblée générale",
    ]


def test_an_annex_says_to_which_document_it_belongs() -> None:
    _, _, annex = metadata(document(report(EN, "1. One.", "<!-- annex --> Goods", "1. More.")))
    iri = "/akn/un/doc/paper/un-ga/2038-11-30/A-93-7"
    assert entries(annex, "references") == [f"attachmentOf href={iri}/!main showAs=A/93/7"]
    assert entries(annex, *LEVELS)[0] == f"FRBRthis value={iri}/!annex_1"
    assert not [each for each in entries(annex, *LEVELS) if each.startswith("FRBRalias")]


@pytest.mark.parametrize(
    ("original", "code"),
    [("English", "eng"), ("FRENCH", "fra"), ("Spanish", "spa"), ("Russian", "rus"), ("Chinese", "zho"),
     ("German", "und"), ("", "und")],
)  # fmt: skip
def test_a_translation_says_from_which_language(original: str, code: str) -> None:
    given = document(report(AR, "#. نص."))
    given = replace(given, masthead=replace(given.masthead, original=original))
    publication, _ = metadata(given)
    iri = "/akn/un/documentCollection/publication/un-ga/2038-11-30/A-93-7"
    assert [each for each in entries(publication, LEVELS[1]) if "translation" in each] == [
        f"FRBRtranslation href={iri}/{code}@ fromLanguage={code} by=#un"
    ]


@pytest.mark.parametrize(
    ("had", "now", "written"),
    [
        ("38-30101 (E) 011238", "38-30101", "38-30101 (E) 011238"),  # as the file had it
        ("38-30101 (E) 311238", "38-30101", "38-30101 (E) 011238"),  # of another day
        ("38-30102 (E)", "38-30101", "38-30101 (E) 011238"),
        ("none", "38-30101", "38-30101 (E) 011238"),
        ("none", "", "none"),
    ],
)
def test_a_job_number_is_written_as_the_file_had_it_unless_it_is_another(had: str, now: str, written: str) -> None:
    given = document(report(EN, "1. One."))
    given = replace(given, metadata=(Metadatum("proprietary", (), "", (Metadatum("docketNumber", (), had),)),))
    if not now:
        given = replace(given, job=JobNumber.parse("00-00000 (E)"))
    data = formats.render(given, ".akn").decode()
    found = re.search(r"docketNumber[^>]*>([^<]*)<", data)
    assert found and found[1] == written
