"""Akoma Ntoso: what is written is valid, says all of a document and is read back; others' files; hostile ones."""

from __future__ import annotations

import io
import itertools
import re
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from masthead import reading, writing
from masthead.errors import SourceError
from masthead.findings import Severity
from masthead.model import (
    Annex,
    Document,
    DocumentType,
    Heading,
    Inline,
    Item,
    NoteCall,
    Paragraph,
    Reference,
    Role,
    Table,
    Text,
    plain,
)
from masthead.publication import publish
from masthead.reading.akn.vocabulary import cited, symbol_of
from masthead.terms import Language, Symbol

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("examples/specimens/*.md"), *ROOT.glob("examples/*.md")])
SCHEMA = ROOT.parent / "shared" / "reference" / "akn" / "akomantoso30.xsd"
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
RESOLUTION = ROOT / "examples" / "specimens" / "A_RES_104_12.en.md"


def written(name: str) -> str:
    return writing.write(reading.read(ROOT / "examples" / "specimens" / f"{name}.md"), ".akn")


def tree(name: str) -> etree._Element:
    return etree.fromstring(written(name).encode())


def found(element: etree._Element, path: str) -> list[str]:
    """The values or texts at a path."""
    result = element.xpath(path, namespaces=AKN)
    return [each if isinstance(each, str) else "".join(each.itertext()) for each in result]


# --- what is written --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    if not SCHEMA.exists():
        pytest.skip("the schema of the standard is not here")
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_document_is_valid(source: Path, schema: etree.XMLSchema) -> None:
    schema.validate(etree.fromstring(writing.render(reading.read(source), ".xml")))
    assert [f"{error.line}: {error.message}" for error in schema.error_log] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_document_is_read_back_equal_and_without_a_remark(source: Path) -> None:
    document = reading.read(source)
    data = writing.render(document, ".xml")
    again = reading.parse(data, "again.akn.xml")
    assert again == document
    assert [finding for finding in again.findings if finding.rule.startswith("akn")] == []
    assert writing.render(again, ".xml") == data


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_identifiers_are_one_elements_each_and_the_same_in_all_languages(source: Path) -> None:
    root = etree.fromstring(writing.write(reading.read(source), ".akn").encode())
    ids = found(root, "//@eId")
    assert len(ids) == len(set(ids))
    other = source.with_name(source.name.replace(".ar.", ".en."))
    if other != source and other in SOURCES:
        hierarchy = "//a:mainBody//@eId"
        assert found(root, hierarchy) == found(
            etree.fromstring(writing.write(reading.read(other), ".akn").encode()), hierarchy
        )


def test_a_resolution_stands_in_its_publication() -> None:
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


def test_a_note_stands_at_its_first_call_and_others_refer_to_it() -> None:
    root = tree("A_RES_104_12.en")
    assert found(root, "//a:authorialNote/@marker") == ["1", "2"]
    assert found(root, "//a:authorialNote[1]/a:p") == ["A/CONF.410/8, annex.", "A/104/96."]
    assert found(root, "//a:mainBody//a:sup/a:ref/@href") == ["#ftn_1"]


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


def test_a_translation_says_from_what_and_the_distr_block_its_own_language() -> None:
    root = tree("A_104_30.ar")
    assert found(root, "//a:FRBRlanguage/@language") == ["ara", "ara"]
    assert set(found(root, "//a:FRBRtranslation/@fromLanguage")) == {"eng"}
    assert found(root, "//a:container[@xml:lang='en']/@name") == ["distribution"]


def test_all_that_pages_say_but_repeated_heads_and_feet_is_content() -> None:
    """Part 1, 4.1: without its tags the content has all the text."""
    from masthead import wording

    document = reading.read(RESOLUTION)
    root = tree("A_RES_104_12.en")
    for meta in root.iter("{*}meta"):
        meta.clear()
    text = "".join("".join(root.itertext()).split())
    for printed in wording.printed(document):
        if printed.kind is not wording.Kind.IMPRINT and printed.kind is not wording.Kind.NOTE:
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
def test_a_reference_links_to_an_iri_where_its_date_is_known_else_to_an_address(symbol: str, iri: str) -> None:
    assert cited(Symbol(symbol), None) == iri
    assert symbol_of(iri) == Symbol(symbol)


def test_a_date_that_the_text_tells_is_part_of_the_iri() -> None:
    assert found(tree("A_RES_104_12.ar"), "//a:preamble//a:ref/@href")[0].endswith("un-ga/2047-12-09/102-31")


def test_what_no_source_may_hold_is_refused() -> None:
    document = reading.read(RESOLUTION)
    with pytest.raises(SourceError, match=r"U\+0007"):
        writing.write(replace(document, closing=("a\x07",)), ".akn")


# --- in and out of pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["A_RES_104_13.en", "A_104_96.ar"])
def test_the_pages_from_akoma_ntoso_are_those_from_markdown(name: str, tmp_path: Path) -> None:
    source = ROOT / "examples" / "specimens" / f"{name}.md"
    (tmp_path / f"{name}.akn.xml").write_text(written(name), "utf-8")
    pdf = publish(tmp_path / f"{name}.akn.xml").pdf.data
    assert pdf == publish(source).pdf.data
    files = pypdf.PdfReader(io.BytesIO(pdf)).root_object["/AF"]
    assert {str(file.get_object()["/UF"]): file.get_object()["/AFRelationship"] for file in files} == {
        f"{name}.md": "/Source",
        f"{name}.akn.xml": "/Source",
    }
    (subtype,) = {file.get_object()["/EF"]["/F"]["/Subtype"] for file in files} - {"/text/markdown"}
    assert subtype == "/application/akn+xml"


# --- what others write ------------------------------------------------------------------------------------------------

OTHERS = """<?xml version="1.0"?>
<!-- by another program -->
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17">
<statement name="resolution">
  <meta>
    <identification source="#editor">
      <FRBRWork>
        <FRBRthis value="/akn/un/statement/deliberation/unga/2047-03-25/101-275/!main"/>
        <FRBRuri value="/akn/un/statement/deliberation/unga/2047-03-25/101-275"/>
        <FRBRdate date="2047-03-25" name="adoption"/>
        <FRBRauthor href="#ga" as="#author"/>
        <FRBRcountry value="un"/>
      </FRBRWork>
      <FRBRExpression><FRBRdate date="2047-03-27" name="x"/><FRBRlanguage language="eng"/></FRBRExpression>
    </identification>
    <lifecycle source="#editor"><eventRef date="2047-03-25" source="#x" type="generation"/></lifecycle>
    <references source="#editor">
      <TLCOrganization eId="ga" href="/akn/ontology/organization/un/generalAssembly" showAs="General Assembly"/>
      <TLCPerson eId="chair" href="/akn/ontology/person/x" showAs="The Chair"/>
    </references>
  </meta>
  <preface>
    <p>Hundred and first session</p>
    <p>A line of its own kind</p>
    <p><docNumber>101/275.</docNumber> <docTitle>
       Benches
       for gardens </docTitle></p>
  </preface>
  <preamble>
    <formula name="enactingFormula"><p>The General Assembly,</p></formula>
    <container name="recalling"><p>
      <i>Recalling</i> <ref href="/akn/un/statement/deliberation/un-ga/2046-12-19/100-182/">resolution 100/182
      of 19 December 2046</ref>,</p></container>
  </preamble>
  <mainBody>
    <section eId="sec_I"><num>I</num><heading>Benches</heading>
      <crossHeading refersTo="#preamble"> Having seen the gardens, </crossHeading>
      <paragraph><num>1.</num><content><p>Asks <person refersTo="#chair">the Chair</person> to sit
        down;<sup><authorialNote marker="a"><p> Or to stand. </p></authorialNote></sup></p></content></paragraph>
      <paragraph status="edited"><num>2.</num>
        <list><intro><p>Requests:</p></intro>
          <point><num>(a)</num><heading>Wood. </heading><content><p>That benches be of wood;</p></content></point>
          <point><num>(b)</num><alinea><content><p>That they</p></content></alinea>
            <list><intro><p>have:</p></intro><point><num>(i)</num><content><p>Legs;</p></content></point></list></point>
          <wrapUp><p>as soon as may be;</p></wrapUp>
        </list>
      </paragraph>
      <paragraph><num>3 bis.</num><content>
        <p>Takes note of the table:</p>
        <table><tr><th><p>Garden</p></th><th><p>Benches</p></th></tr>
          <tr><td rowspan="2"><p>First</p></td><td><p>3</p></td></tr><tr><td>7</td></tr></table></content></paragraph>
      <foreign><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></foreign>
    </section>
    stray words
  </mainBody>
  <conclusions><p><event refersTo="#m">62nd plenary meeting</event>
    <docDate date="2047-03-25">25 March 2047</docDate></p></conclusions>
  <attachments><attachment><heading>Annex</heading><documentRef href="/akn/un/x"/></attachment></attachments>
</statement>
</akomaNtoso>
"""


@pytest.fixture(scope="module")
def others() -> Document:
    return reading.parse(OTHERS.encode(), "others.xml")


def test_what_others_write_is_read(others: Document) -> None:
    assert (others.type, others.language) == (DocumentType.RESOLUTION, Language.ENGLISH)
    assert (str(others.symbol), str(others.number)) == ("A/RES/101/275", "101/275")
    assert (others.preface.session, plain(others.preface.title)) == ("Hundred and first session", "Benches for gardens")
    assert others.masthead.date == "27 March 2047"
    assert others.closing == ("62nd plenary meeting", "25 March 2047")
    formula, recalling, heading, seen, first, second, wrapped, third, table, *_ = others.body
    assert isinstance(formula, Paragraph) and formula.role is Role.FORMULA
    assert isinstance(recalling, Paragraph)
    assert recalling.content[2] == Reference("resolution 100/182 of 19 December 2046", Symbol("A/RES/100/182"))
    assert heading == Heading(1, (Text("Benches"),), 1)
    assert isinstance(seen, Paragraph) and (seen.role, plain(seen.content)) == (
        Role.PREAMBULAR,
        "Having seen the gardens,",
    )
    assert isinstance(first, Paragraph) and plain(first.content) == "Asks the Chair to sit down;"
    assert first.content[-1] == NoteCall(1)
    assert isinstance(second, Paragraph) and [texts(item) for item in second.items] == [
        "Wood. That benches be of wood;",
        "That they have: Legs;",
    ]
    assert isinstance(wrapped, Paragraph) and plain(wrapped.content) == "as soon as may be;"
    assert isinstance(third, Paragraph) and (third.number, plain(third.content)) == (
        None,
        "3 bis. Takes note of the table:",
    )
    assert isinstance(table, Table) and [[plain(cell.content) for cell in row] for row in table.rows] == [
        ["First", "3"],
        ["", "7"],
    ]


def texts(item: Item) -> str:
    return " ".join((plain(item.content), *map(texts, item.items)))


@pytest.mark.parametrize(
    ("message", "there"),
    [
        ("left out: what is said aside, in <!-- … --> or <? … ?>", "<!-- by"),
        ("left out: the metadata <lifecycle>", "<lifecycle"),
        ("left out: the metadata <TLCPerson>", "<TLCPerson"),
        ("left out: “A line of its own kind” in <preface>", "of its own kind"),
        ("read as text alone: <person>", "<person"),
        ("read as text alone: a note's marker that is no number of its own", "marker="),
        ("left out: @status", "status="),
        ("read as text alone: a sub-paragraph's heading", "Wood."),
        ("read as text alone: a number that is none of this place", "3 bis"),
        ("read as text alone: a cell over several rows, which has empty ones below it", "rowspan"),
        ("read as text alone: <math>, which is another standard's", "<math"),
        ("left out: “stray words” between the elements of <mainBody>", "<mainBody>"),
        ("left out: an annex that is <documentRef>", "<documentRef"),
    ],
)
def test_what_a_document_cannot_hold_is_told_with_its_line(others: Document, message: str, there: str) -> None:
    line = OTHERS.count("\n", 0, OTHERS.index(there)) + 1
    (finding,) = [each for each in others.findings if each.message == message]
    assert (finding.severity, finding.where) == (Severity.WARNING, f"others.xml:{line}")
    assert finding.hint


def test_facts_that_are_missing_are_told(others: Document) -> None:
    assert str(others.job) == "00-00000 (E)"
    (finding,) = [each for each in others.findings if each.rule == "akn-missing"]
    assert finding.message == "the file does not name a job number, a distribution"


def test_a_document_by_reference_in_its_publication_is_read() -> None:
    text = written("A_RES_104_12.en")
    start, end = text.index("<component"), text.index("</collectionBody>")
    end_of_body = "</collectionBody>"
    reference = '<component><documentRef href="#cmp_1" showAs="the resolution"/></component>'
    moved = f"{reference}{end_of_body}<components>{text[start:end]}</components>"
    again = reading.parse((text[:start] + moved + text[end + len(end_of_body) :]).encode(), "x.akn")
    assert again == reading.read(RESOLUTION)


HEADER = OTHERS.partition("<mainBody>")[0].replace(
    "A line of its own kind",
    "Agenda item 5</p><p><inline name='akn4un:adoption'>Adopted on 25 March 2047</inline>",
)
FOOTER = "</mainBody></statement></akomaNtoso>"


def of_body(xml: str) -> Document:
    """A document of others with that in its body."""
    return reading.parse(f"{HEADER}<mainBody>{xml}{FOOTER}".encode(), "others.xml")


def test_below_a_cell_over_several_rows_and_columns_there_are_empty_ones() -> None:
    document = of_body(
        '<table><tr><td rowspan="2" colspan="2"><p>a</p></td><td><p>b</p></td><td rowspan="3"><p>c</p></td></tr>'
        '<tr><td style="text-align: end"><p>d</p></td></tr><tr><td>e</td><td>f</td><td>g</td></tr></table>'
    )
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert [[(plain(cell.content), cell.columns) for cell in row] for row in table.rows] == [
        [("a", 2), ("b", 1), ("c", 1)],
        [("", 2), ("d", 1), ("", 1)],
        [("e", 1), ("f", 1), ("g", 1), ("", 1)],
    ]


def test_a_heading_has_its_subheading_behind_it() -> None:
    document = of_body("<section><num>I</num><heading>Head</heading><subheading>Sub</subheading></section>")
    assert document.body[-1] == Heading(1, (Text("Head Sub"),), 1)
    assert "read as text alone: a heading of several paragraphs" in messages(document)


def words(element: etree._Element) -> list[str]:
    return " ".join(element.itertext()).split()


def says_all(xml: str) -> Document:
    """Check that every word of a body is in its document, in order, or in a finding; return the document."""
    document = of_body(xml)
    again = etree.fromstring(writing.write(document, ".akn").encode())
    written = [word for body in again.iter("{*}mainBody") for word in words(body)]
    told = " ".join(re.findall("“(.*?)”", " ".join(messages(document)))).split()
    rest = iter(written)
    for word in words(etree.fromstring(f"<mainBody>{xml}</mainBody>")):
        assert word in told or word in rest, (word, written)
    return document


def numbered(xml: str) -> str:
    return f"<paragraph><num>1.</num>{xml}</paragraph>"


IN_ORDER = {
    "a list of HTML": numbered(
        "<content><p>Adopts:</p><ul><li>one</li><li value='3'>two <b>three</b> four</li></ul><p>five</p></content>"
    ),
    "lists of HTML in one another": numbered(
        "<content><p>Adopts:</p><ol><li><p>one</p></li><li>two<ul><li>three</li><li>four</li></ul>five</li>"
        "<li>six</li></ol></content>"
    ),
    "a list of no paragraph": "<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>",
    "a long list": numbered(
        f"<content><p>Adopts:</p><ul>{''.join(f'<li>w{n}</li>' for n in range(40))}</ul></content>"
    ),
    "a deep list": numbered(
        f"<content><p>Adopts:</p>{''.join(f'<ul><li>w{n}' for n in range(7))}{'</li></ul>' * 7}<p>end</p></content>"
    ),
    "introduction and wrap-up": numbered(
        "<content><p>Adopts:</p><p>second</p><blockList><listIntroduction>intro</listIntroduction><item><num>(a)</num>"
        "<p>one</p></item><item><num>(b)</num><p>two</p></item><listWrapUp>wrap</listWrapUp></blockList></content>"
    ),
    "two introductions": numbered(
        "<intro><p>one</p></intro><list><intro><p>two</p></intro><point><num>(a)</num><heading>three</heading><content>"
        "<p>four</p><p>five</p></content></point><alinea><content><p>six</p></content></alinea><indent><num>(b)</num>"
        "<content><p>seven</p></content></indent><wrapUp><p>eight</p></wrapUp></list><wrapUp><p>nine</p></wrapUp>"
    ),
    "wrap-up in a point": numbered(
        "<list><intro><p>one</p></intro><point><num>(a)</num><list><intro><p>two</p></intro><point><num>(i)</num>"
        "<content><p>three</p></content></point><wrapUp><p>four</p></wrapUp></list></point><point><num>(b)</num>"
        "<content><p>five</p></content></point></list>"
    ),
    "a table in a point": numbered(
        "<list><intro><p>one</p></intro><point><num>(a)</num><content><p>two</p><table><tr><td><p>three</p></td></tr>"
        "</table></content></point><point><num>(b)</num><content><p>four</p></content></point></list>"
    ),
    "numbers before headings": (
        "<clause><num>Clause 7</num><heading>one</heading><subclause><num>(i)</num><content><p>two</p></content>"
        "</subclause></clause><rule><num>Rule 4</num><heading>three</heading><content><p>four</p></content></rule>"
    ),
    "a subheading alone": "<section><subheading>one</subheading><content><p>two</p></content></section>",
    "a speech": "<speech by='#x'><from>Mr. X</from><p>one</p><p>two</p></speech>",
    "deletions": numbered(
        "<content><p>Adopts <del>not<del>ever</del></del><ins>now</ins> this</p><p status='removed'>gone</p></content>"
    ),
    "text between": "<ul>between<li>one</li></ul><subclause>here<content><p>two</p></content></subclause>",
}


@pytest.mark.parametrize("xml", IN_ORDER.values(), ids=IN_ORDER)
def test_every_word_of_a_body_is_read_in_order(xml: str) -> None:
    document = says_all(xml)
    assert not [message for message in messages(document) if "order has changed" in message]
    again = reading.parse(writing.write(document, ".md").encode(), "x.md")
    assert [block for block in again.body if isinstance(block, Paragraph)] == [
        block for block in document.body if isinstance(block, Paragraph)
    ]


def within(*names: str) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    """What stands in an element of one of the names, several in a row."""
    return lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(names), st.lists(inner, max_size=3)
    )


def marked(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element with or without number and heading."""
    nums = st.sampled_from(["", "<num>(a)</num>", "<num>(b)</num>", "<num>7.</num>", "<num>—</num>"])
    heads = st.sampled_from(["", "<heading>@</heading>", "<heading>@</heading><subheading>@</subheading>"])
    return st.builds(
        lambda num, head, parts: f"<{name}>{num}{head}{''.join(parts)}</{name}>",
        nums,
        heads,
        st.lists(inner, max_size=3),
    )


INLINE = st.recursive(
    st.sampled_from([" @ ", " @ <b>@</b> "]), within("b", "i", "span", "ins", "del", "quotedText"), max_leaves=4
)
LINE = within("p", "block")(INLINE)
TABLE = st.just("<table><tr><td rowspan='2'><p>@</p></td><td>@<p>@</p></td></tr><tr><td><p>@</p></td></tr></table>")
LISTS = st.recursive(
    LINE | TABLE,
    lambda inner: (
        within("ul", "ol")(within("li")(INLINE | inner.filter(lambda xml: xml.startswith(("<p", "<ul")))))
        | st.builds(
            "<blockList><listIntroduction>@</listIntroduction>{}<listWrapUp>@</listWrapUp></blockList>".format,
            marked("item", inner),
        )
    ),
    max_leaves=6,
)
CONTENT = within("content")(LISTS)
HIERARCHY = st.recursive(
    CONTENT,
    lambda inner: st.sampled_from(
        ["paragraph", "point", "section", "clause", "alinea", "article", "list", "subparagraph", "hcontainer"]
    ).flatmap(lambda name: marked(name, inner)),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(HIERARCHY | LISTS, max_size=4).map("".join))
def test_every_word_of_any_body_is_read_in_order_or_it_is_told(xml: str) -> None:
    count = itertools.count(1)
    xml = re.sub("@", lambda _: f"w{next(count)}", xml)
    document = of_body(xml)
    again = etree.fromstring(writing.write(document, ".akn").encode())
    written = [word for body in again.iter("{*}mainBody") for word in words(body) if word.startswith("w")]
    told = " ".join(messages(document))
    quoted = " ".join(re.findall("“(.*?)”", told)).split()
    wanted = [word for word in re.findall(r"w\d+", xml) if word not in quoted]
    assert sorted(written) == sorted(wanted)
    assert written == wanted or "the order has changed" in told


def test_points_of_html_are_sub_paragraphs_and_their_marks_are_told() -> None:
    document = says_all(IN_ORDER["a list of HTML"])
    *_, first, last = document.body
    assert isinstance(first, Paragraph) and [item.ordinal for item in first.items] == [1, 2]
    assert [plain(item.content) for item in first.items] == ["one", "two three four"]
    assert isinstance(last, Paragraph) and plain(last.content) == "five"
    mark = "left out: that a sub-paragraph has no mark: it gets that of its place, 2 times"
    assert {mark, "left out: @value"} <= set(messages(document))


def test_what_is_deleted_is_no_text() -> None:
    document = of_body("<p>Adopts <del>not </del>this<b status='removed'>, <i>not</i> that</b>;</p>")
    assert document.body[-1] == Paragraph(Role.PLAIN, (Text("Adopts this;"),))
    assert {"left out: what is deleted, “not”", "left out: what is deleted, “, not that”"} <= set(messages(document))


def test_whatever_has_text_stands_in_the_closing() -> None:
    more = "<conclusions><signature><role>Chair</role> X</signature><container name='notes'><p>A note</p></container>"
    document = reading.parse(OTHERS.replace("<conclusions>", more).encode(), "others.xml")
    assert document.closing == ("Chair X", "A note", "62nd plenary meeting", "25 March 2047")


def test_all_titles_of_an_annex_are_its_title() -> None:
    annex = (
        "<attachment><num>Annex II</num><heading>One</heading><subheading>Two</subheading><doc name='annex'><preface>"
        "<p><docTitle>Three</docTitle></p></preface><mainBody><p>four</p></mainBody></doc></attachment>"
    )
    document = reading.parse(OTHERS.replace("<attachments>", f"<attachments>{annex}").encode(), "others.xml")
    assert document.annexes[0] == Annex((Text("One Two Three"),), (Paragraph(Role.PLAIN, (Text("four"),)),), 2)


def test_what_is_not_xml_is_told_once_with_its_column() -> None:
    with pytest.raises(SourceError) as caught:
        reading.parse(b"<a>\n <b></a>", "x.akn")
    assert caught.value.where == "x.akn:2:9"
    assert caught.value.message == "this is not XML: Opening and ending tag mismatch: b line 2 and a"


def test_where_the_order_cannot_be_kept_that_is_told() -> None:
    table = "<table><tr><td><p>two</p></td></tr></table>"
    document = of_body(
        numbered(f"<list><point><num>(a)</num><content><p>one</p>{table}<p>three</p></content></point></list>")
    )
    assert any("the order has changed" in message for message in messages(document))


def messages(document: Document) -> list[str]:
    return [finding.message for finding in document.findings]


# --- hostile files ----------------------------------------------------------------------------------------------------

GOOD = writing.write(reading.read(RESOLUTION), ".akn")
BODY = "<mainBody>"


def laughing(depth: int = 9) -> str:
    entities = "".join(f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, depth + 1))
    return f'<!DOCTYPE akomaNtoso [<!ENTITY l0 "lol">{entities}]>\n'


def declared(declaration: str) -> str:
    return GOOD.replace("<akoma", f"{declaration}<akoma", 1)


def inside(element: str) -> str:
    return GOOD.replace(BODY, BODY + element, 1)


COMPONENT = GOOD[GOOD.index("<component") : GOOD.index("</collectionBody")]
DECLARATION = "document type declaration"
HOSTILE = {
    "a bomb": (declared(laughing()).replace("41st", "&l9;"), DECLARATION),
    "a bomb behind comments": (f"<!-- x --><?x?>\n{laughing()}<akomaNtoso/>", DECLARATION),
    "an external entity": (declared('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), DECLARATION),
    "an external subset": (declared('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), DECLARATION),
    "an unknown entity": (GOOD.replace("41st", "&nbsp;"), "not XML: Entity 'nbsp' not defined"),
    "depth": (GOOD.replace("41st", "<b>" * 150 + "x" + "</b>" * 150), "more than 100 elements stand in one another"),
    "more depth": (
        GOOD.replace("41st", "<b>" * 100_000 + "</b>" * 100_000),
        "more than 100 elements stand in one another",
    ),
    "elements": (inside("<p/>" * 400_000), "more than 300,000 elements"),
    "attributes": (inside("<p " + " ".join(f'a{n}=""' for n in range(50_000)) + "/>"), "more than 64 attributes"),
    "columns": (inside(f"<table><tr>{'<td/>' * 200}</tr></table>"), "a table has 200 columns"),
    "a picture elsewhere": (inside('<p><img src="http://127.0.0.1/x.png" alt="x"/></p>'), "is not there"),
    "a control character": (GOOD.replace("41st", "\0"), r"control character U\+0000"),
    "a forbidden reference": (GOOD.replace("41st", "&#1;"), "not XML"),
    "a control character by reference": (GOOD.replace("41st", "&#127;"), r"control character U\+007F"),
    "another encoding": (GOOD.replace("UTF-8", "ISO-8859-6"), "it is ISO-8859-6"),
    "half a file": (GOOD[:5000], "not XML: Premature end"),
    "other XML": ("<testsuites/>", "no Akoma Ntoso 3.0"),
    "an older version": (GOOD.replace("akn/3.0", "akn/2.0"), "no Akoma Ntoso 3.0"),
    "no job number": (GOOD.replace("49-10412 (E) 221149", "nonsense"), "not a job number"),
    "another language": (GOOD.replace('language="eng"', 'language="ita"'), "none of the languages"),
    "two documents": (GOOD.replace(COMPONENT, COMPONENT * 2), "2 documents are in one file"),
}


@pytest.mark.parametrize(("text", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_its_line(text: str, message: str) -> None:
    start, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match=message) as caught:
        reading.parse(text.encode(), "hostile.xml")
    assert caught.value.where.startswith("hostile.xml:")
    assert caught.value.hint
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 512 * 1024


@pytest.mark.parametrize(
    "element",
    [
        '<table><tr><td colspan="999999999"><p>x</p></td></tr></table>',
        '<table><tr><td colspan="x"><p>x</p></td></tr></table>',
        '<section xmlns:m="urn:masthead:document" m:level="99"><heading>x</heading></section>',
        '<hcontainer name="contents" xmlns:m="urn:masthead:document"><content><p><placeholder m:depth="-1"/></p>'
        "</content></hcontainer>",
        '<toc><tocItem level="x" href="#">x</tocItem></toc>',
    ],
)
def test_a_number_beyond_what_a_page_can_show_is_left_out(element: str) -> None:
    document = reading.parse(GOOD.replace(BODY, BODY + element).encode(), "x.akn")
    assert any(finding.message.startswith("left out: @") for finding in document.findings)


def test_white_space_counts_where_the_file_says_so() -> None:
    text = "a  b\n c "
    content: tuple[Inline, ...] = (Text(text),)
    document = reading.read(RESOLUTION)
    body = (*document.body[:-1], Paragraph(Role.OPERATIVE, content, 5))
    spaced = replace(document, body=body)
    xml = writing.write(spaced, ".akn")
    assert f'<p xml:space="preserve">{text}</p>' in xml
    assert reading.parse(xml.encode(), "x.akn") == spaced
    loose = reading.parse(xml.replace(' xml:space="preserve"', "").encode(), "x.akn")
    assert isinstance(last := loose.body[-1], Paragraph) and last.content == (Text("a b c"),)
