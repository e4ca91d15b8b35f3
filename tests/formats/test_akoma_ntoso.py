"""Akoma Ntoso files are valid, contain the whole document, and are read back as an equal one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from examples import SOURCES, every_source
from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.model import Note, NoteCall, Paragraph, Role, Text
from masthead.document.terms import Symbol
from masthead.formats.akoma_ntoso.iris import reference_iri, symbol_of
from paths import ROOT
from reference import reference

AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
RESOLUTION = ROOT / "examples" / "specimens" / "A_RES_104_12.en.md"


def written(name: str) -> str:
    return formats.write(formats.read(ROOT / "examples" / "specimens" / f"{name}.md"), ".akn")


def tree(name: str) -> etree._Element:
    return etree.fromstring(written(name).encode())


def found(element: etree._Element, path: str) -> list[str]:
    """Return the attribute values or texts at a path."""
    result = element.xpath(path, namespaces=AKN)
    return [each if isinstance(each, str) else "".join(each.itertext()) for each in result]


# --- what is written --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(reference("akn/akomantoso30.xsd")))


@pytest.mark.slow
@every_source
def test_a_document_is_valid(source: Path, schema: etree.XMLSchema) -> None:
    schema.validate(etree.fromstring(formats.render(formats.read(source), ".xml")))
    assert [f"{error.line}: {error.message}" for error in schema.error_log] == []


@every_source
def test_a_document_is_read_back_equal_and_without_findings(source: Path) -> None:
    document = formats.read(source)
    data = formats.render(document, ".xml")
    again = formats.parse(data, "again.akn.xml")
    assert again == document
    assert [finding for finding in again.findings if finding.rule.startswith("akn")] == []
    assert formats.render(again, ".xml") == data


@pytest.mark.slow
@every_source
def test_identifiers_are_unique_and_the_same_in_all_languages(source: Path) -> None:
    root = etree.fromstring(formats.write(formats.read(source), ".akn").encode())
    ids = found(root, "//@eId")
    assert len(ids) == len(set(ids))
    other = source.with_name(source.name.replace(".ar.", ".en."))
    if other != source and other in SOURCES:
        hierarchy = "//a:mainBody//@eId"
        assert found(root, hierarchy) == found(
            etree.fromstring(formats.write(formats.read(other), ".akn").encode()), hierarchy
        )


def test_a_resolution_is_inside_its_publication() -> None:
    root = tree("A_RES_104_12.en")
    assert found(root, "/a:akomaNtoso/a:documentCollection/@name") == ["publicationResolution"]
    assert found(root, "//a:collectionBody/a:component/a:statement/@name") == ["resolution"]
    works = found(root, "//a:FRBRWork/a:FRBRuri/@value")
    assert works == [
        "/akn/un/documentCollection/publication/un-ga/2049-11-19/A-RES-104-12",
        "/akn/un/statement/deliberation/un-ga/2049-11-05/104-12",
    ]
    assert found(root, "//a:FRBRExpression/a:FRBRuri/@value") == [
        f"{works[0]}/eng@2049-11-19",
        f"{works[1]}/eng@2049-11-05",
    ]
    assert found(root, "//a:coverPage//a:docNumber") == ["A/RES/104/12", "49-10412 (E) 221149"]
    assert found(root, "//a:statement/a:preface//a:p") == ["104/12. Rainwater gardens for cities"]
    assert found(root, "//a:conclusions//a:docDate/@date") == ["2049-11-05"]


def test_the_preamble_has_its_formula_and_containers_and_the_body_numbers_and_points() -> None:
    root = tree("A_RES_104_12.en")
    assert found(root, "//a:preamble/a:formula/a:p") == ["The General Assembly,"]
    assert len(found(root, "//a:preamble/a:container/a:p")) == 5
    assert found(root, "//a:mainBody/a:paragraph/a:num") == ["1.", "2.", "3.", "4.", "5."]
    assert found(root, "//a:mainBody//a:point/@eId")[1:3] == [
        "para_2__list_1__point_b",
        "para_2__list_1__point_b__list_1__point_i",
    ]


def test_a_note_is_at_its_first_call_and_other_calls_refer_to_it() -> None:
    root = tree("A_RES_104_12.en")
    assert found(root, "//a:sup/a:authorialNote/@marker") == ["1", "2"]
    assert found(root, "//a:authorialNote[1]/a:p") == ["A/CONF.410/8, annex.", "A/104/96."]
    assert found(root, "//a:mainBody//a:sup/a:ref/@href") == ["#ftn_1"]


def test_notes_that_only_other_notes_call_are_at_the_end_and_are_read_back() -> None:
    document = formats.read(RESOLUTION)
    body = (Paragraph(Role.FORMULA, (Text("The General Assembly"), NoteCall(1))),)
    second = (Text("A/104/96; see also "), NoteCall(3))
    notes = (Note(1, (Text("See "), NoteCall(2), Text("."))), Note(2, second), Note(3, (Text("A/104/30."),)))
    document = replace(document, body=body, notes=notes)
    data = formats.render(document, ".akn")
    root = etree.fromstring(data)
    assert found(root, "//a:conclusions/a:container[@name='notes']/a:p/a:authorialNote/@marker") == ["2", "3"]
    assert found(root, "//a:authorialNote//a:sup/a:ref/@href") == ["#ftn_2", "#ftn_3"]
    again = formats.parse(data, "x.akn")
    assert again == document
    assert [finding for finding in again.findings if finding.rule.startswith("akn")] == []


def test_parts_of_a_composite_resolution_are_resolutions_of_their_own() -> None:
    root = tree("A_RES_104_13.en")
    assert found(root, "//a:documentCollection/a:preface//a:docTitle") == ["Quiet hours"]
    assert found(root, "//a:component/a:statement/a:preface//a:docNumber") == ["A", "B"]
    assert found(root, "//a:component//a:FRBRnumber/@showAs") == ["104/13 A", "104/13 B"]
    assert len(found(root, "//a:component/a:statement/a:preamble/a:formula")) == 2
    assert found(root, "//a:section//a:crossHeading/@refersTo") == ["#cmp_1__preamble"]


def test_headings_open_divisions_and_an_annex_is_a_document_of_its_own() -> None:
    root = tree("A_104_96.ar")
    assert found(root, "//a:mainBody/a:section/a:num")[:3] == ["أولا -", "ثانيا -", "ثالثا -"]
    assert found(root, "//a:mainBody//a:chapter/@eId") == ["sec_II__title_B__chp_1", "sec_II__title_B__chp_2"]
    assert found(root, "//a:attachment/a:doc/a:preface//a:docType") == ["المرفق الأول", "المرفق الثاني"]
    assert found(root, "//a:attachment//a:FRBRWork/a:FRBRthis/@value")[0].endswith("/A-104-96/!annex_1")


@pytest.mark.parametrize("mark", ["annex", "annex 1", "appendix 2", "enclosure"])
def test_the_title_of_an_annex_may_be_the_word_for_its_kind(mark: str) -> None:
    source = RESOLUTION.read_text(encoding="utf-8")
    for title in ("Annex", "Annex I", "Appendix", "Enclosure"):
        document = formats.parse(f"{source}\n<!-- {mark} --> {title}\n\n1. One.\n".encode(), "annex.md")
        assert formats.parse(formats.render(document, ".xml"), "annex.akn.xml").annexes == document.annexes


def test_a_translation_states_its_original_and_the_distr_block_its_language() -> None:
    root = tree("A_104_30.ar")
    assert found(root, "//a:FRBRlanguage/@language") == ["ara", "ara"]
    assert set(found(root, "//a:FRBRtranslation/@fromLanguage")) == {"eng"}
    assert found(root, "//a:container[@xml:lang='en']/@name") == ["distribution"]


def test_the_content_has_all_text_of_the_pages_except_repeated_heads_and_feet() -> None:
    """Part 1, 4.1: without its tags the content has all the text."""
    from masthead.page import TextKind, printed_texts

    document = formats.read(RESOLUTION)
    root = tree("A_RES_104_12.en")
    for meta in root.iter("{*}meta"):
        meta.clear()
    text = "".join("".join(root.itertext()).split())
    for printed in printed_texts(document):
        if printed.kind is not TextKind.IMPRINT and printed.kind is not TextKind.NOTE:
            for word in printed.text.split():
                assert word.rstrip("12,.") in text


@pytest.mark.parametrize(
    ("symbol", "iri"),
    [
        ("A/RES/64/293", "https://undocs.org/A/RES/64/293"),
        ("E/RES/2017/18", "/akn/un/statement/deliberation/un-ecosoc/2017-01-01/2017-18"),
        ("S/RES/2254 (2015)", "/akn/un/statement/deliberation/un-sc/2015-01-01/2254_(2015)"),
        ("E/2017/30", "/akn/un/documentCollection/publication/un-ecosoc/2017-01-01/E-2017-30"),
        ("A/71/119", "https://undocs.org/A/71/119"),
    ],
)
def test_a_reference_links_to_an_iri_if_its_date_is_known_or_else_to_an_address(symbol: str, iri: str) -> None:
    assert reference_iri(Symbol(symbol), None) == iri
    assert symbol_of(iri) == Symbol(symbol)


def test_a_date_stated_in_the_text_is_part_of_the_iri() -> None:
    assert found(tree("A_RES_104_12.ar"), "//a:preamble//a:ref/@href")[0].endswith("un-ga/2047-12-09/102-31")


def test_a_character_that_sources_may_not_contain_is_refused() -> None:
    document = formats.read(RESOLUTION)
    with pytest.raises(SourceError, match=r"U\+0007"):
        formats.write(replace(document, closing=("a\x07",)), ".akn")
