"""Akoma Ntoso from other programs: every word is read in order, or a finding names it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from masthead import formats
from masthead.document import DocumentType
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Annex,
    Document,
    Heading,
    Item,
    NoteCall,
    Paragraph,
    Reference,
    Role,
    Table,
    Text,
    plain,
)
from masthead.document.terms import Language, Symbol
from paths import ROOT
from strategies import examples

RESOLUTION = ROOT / "examples" / "specimens" / "A_RES_104_12.en.md"

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
    return formats.parse(OTHERS.encode(), "others.xml")


def test_a_file_from_another_program_is_read(others: Document) -> None:
    assert (others.type, others.language) == (DocumentType.RESOLUTION, Language.ENGLISH)
    assert (str(others.symbol), str(others.number)) == ("A/RES/101/275", "101/275")
    assert (others.preface.session, plain(others.preface.title)) == ("Hundred and first session", "Benches for gardens")
    assert others.masthead.date == "27 March 2047"
    assert others.closing == ("62nd plenary meeting", "25 March 2047")
    formula, recalling, heading, seen, first, second, third, table, *_ = others.body
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
        "That they\nhave: Legs;",
    ]
    assert plain(second.tail) == "as soon as may be;"
    assert isinstance(third, Paragraph)
    assert (third.number, third.mark, plain(third.content)) == (3, "3 bis.", "Takes note of the table:")
    assert isinstance(table, Table) and [[plain(cell.content) for cell in row.cells] for row in table.rows] == [
        ["First", "3"],
        ["7"],
    ]


def texts(item: Item) -> str:
    return " ".join((plain(item.content), *map(texts, item.items)))


@pytest.mark.parametrize(
    ("message", "there"),
    [
        ("left out: “A line of its own kind” in <preface>", "of its own kind"),
        ("read as plain text: <person>", "<person"),
        ("read as plain text: the marker of a note that is not a number of its own", "marker="),
        ("left out: @status", "status="),
        ("read as plain text: the heading of a subparagraph", "Wood."),
        ("read as plain text: <math> of another standard", "<math"),
        ("read as plain text: text between the elements of <mainBody>", "<mainBody>"),
        ("left out: an annex that is <documentRef>", "<documentRef"),
    ],
)
def test_what_a_document_cannot_hold_is_a_finding_with_its_line(others: Document, message: str, there: str) -> None:
    line = OTHERS.count("\n", 0, OTHERS.index(there)) + 1
    (finding,) = [each for each in others.findings if each.message == message]
    assert (finding.severity, finding.where) == (Severity.WARNING, f"others.xml:{line}")
    assert finding.hint


def test_missing_facts_are_a_finding(others: Document) -> None:
    assert str(others.job) == "00-00000 (E)"
    (finding,) = [each for each in others.findings if each.rule == "akn-missing"]
    assert finding.message == "the file does not state a job number, a distribution"


def test_a_document_by_reference_in_its_publication_is_read() -> None:
    text = formats.write(formats.read(RESOLUTION), ".akn")
    start, end = text.index("<component"), text.index("</collectionBody>")
    end_of_body = "</collectionBody>"
    reference = '<component><documentRef href="#cmp_1" showAs="the resolution"/></component>'
    moved = f"{reference}{end_of_body}<components>{text[start:end]}</components>"
    again = formats.parse((text[:start] + moved + text[end + len(end_of_body) :]).encode(), "x.akn")
    assert again == formats.read(RESOLUTION)


HEADER = OTHERS.partition("<mainBody>")[0].replace(
    "A line of its own kind",
    "Agenda item 5</p><p><inline name='akn4un:adoption'>Adopted on 25 March 2047</inline>",
)
FOOTER = "</mainBody></statement></akomaNtoso>"


def of_body(xml: str) -> Document:
    """Return a document of another program with `xml` in its body."""
    return formats.parse(f"{HEADER}<mainBody>{xml}{FOOTER}".encode(), "others.xml")


def test_cells_over_several_rows_and_columns_are_read() -> None:
    document = of_body(
        '<table><tr><td rowspan="2" colspan="2"><p>a</p></td><td><p>b</p></td><td rowspan="3"><p>c</p></td></tr>'
        '<tr><td style="text-align: end"><p>d</p></td></tr><tr><td>e</td><td>f</td><td>g</td></tr></table>'
    )
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert [[(plain(cell.content), cell.columns, cell.rows) for cell in row.cells] for row in table.rows] == [
        [("a", 2, 2), ("b", 1, 1), ("c", 1, 3)],
        [("d", 1, 1)],
        [("e", 1, 1), ("f", 1, 1), ("g", 1, 1)],
    ]


def test_a_subheading_is_read_after_its_heading() -> None:
    document = of_body("<section><num>I</num><heading>Head</heading><subheading>Sub</subheading></section>")
    assert document.body[-1] == Heading(1, (Text("Head Sub"),), 1)
    assert "read as plain text: a heading of several paragraphs" in messages(document)


def words(element: etree._Element) -> list[str]:
    return " ".join(element.itertext()).split()


def says_all(xml: str) -> Document:
    """Return the document with this body, after checking that its words are all in it, in order, or in a finding."""
    document = of_body(xml)
    again = etree.fromstring(formats.write(document, ".akn").encode())
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
    "two lists, each with a wrap-up": numbered(
        "<content>"
        "<blockList><listIntroduction>one</listIntroduction><item><p>two</p></item><listWrapUp>three</listWrapUp>"
        "</blockList><blockList><listIntroduction>four</listIntroduction><item><p>five</p></item>"
        "<listWrapUp>six</listWrapUp></blockList></content>"
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
    again = formats.parse(formats.write(document, ".md").encode(), "x.md")
    assert [block for block in again.body if isinstance(block, Paragraph)] == [
        block for block in document.body if isinstance(block, Paragraph)
    ]


def within(*names: str) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    """Return a strategy for an element with one of these names that contains several others."""
    return lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(names), st.lists(inner, max_size=3)
    )


def marked(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy for an element with or without number and heading."""
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


@pytest.mark.slow
@examples(150)
@given(st.lists(HIERARCHY | LISTS, max_size=4).map("".join))
def test_every_word_of_any_body_is_read_in_order_or_named_in_a_finding(xml: str) -> None:
    count = itertools.count(1)
    xml = re.sub("@", lambda _: f"w{next(count)}", xml)
    document = of_body(xml)
    again = etree.fromstring(formats.write(document, ".akn").encode())
    written = [word for body in again.iter("{*}mainBody") for word in words(body) if word.startswith("w")]
    told = " ".join(messages(document))
    quoted = " ".join(re.findall("“(.*?)”", told)).split()
    wanted = [word for word in re.findall(r"w\d+", xml) if word not in quoted]
    assert sorted(written) == sorted(wanted)
    assert written == wanted or "the order has changed" in told


def test_points_of_html_are_sub_paragraphs_with_a_finding_about_their_marks() -> None:
    document = says_all(IN_ORDER["a list of HTML"])
    *_, first, last = document.body
    assert isinstance(first, Paragraph) and [item.ordinal for item in first.items] == [1, 2]
    assert [plain(item.content) for item in first.items] == ["one", "two three four"]
    assert isinstance(last, Paragraph) and plain(last.content) == "five"
    mark = "left out: that a subparagraph has no mark: it gets that of its place, 2 times"
    assert {mark, "left out: @value"} <= set(messages(document))


def test_deleted_text_is_left_out() -> None:
    document = of_body("<p>Adopts <del>not </del>this<b status='removed'>, <i>not</i> that</b>;</p>")
    assert document.body[-1] == Paragraph(Role.PLAIN, (Text("Adopts this;"),))
    assert {"left out: deleted text “not”", "left out: deleted text “, not that”"} <= set(messages(document))


def test_everything_with_text_is_read_into_the_closing() -> None:
    more = "<conclusions><signature><role>Chair</role> X</signature><container name='notes'><p>A note</p></container>"
    document = formats.parse(OTHERS.replace("<conclusions>", more).encode(), "others.xml")
    assert document.closing == ("Chair X", "A note", "62nd plenary meeting", "25 March 2047")


def test_all_titles_of_an_annex_are_joined() -> None:
    annex = (
        "<attachment><num>Annex II</num><heading>One</heading><subheading>Two</subheading><doc name='annex'><preface>"
        "<p><docTitle>Three</docTitle></p></preface><mainBody><p>four</p></mainBody></doc></attachment>"
    )
    document = formats.parse(OTHERS.replace("<attachments>", f"<attachments>{annex}").encode(), "others.xml")
    assert document.annexes[0] == Annex((Text("One Two Three"),), (Paragraph(Role.PLAIN, (Text("four"),)),), 2)


def test_all_faults_of_an_xml_file_are_errors_in_order() -> None:
    text = "<akomaNtoso>\n<p>R&D</p>\n<b>&nbsp;</b>\n<i a=1>x</p>\n</i></akomaNtoso>"
    with pytest.raises(SourceError) as caught:
        formats.parse(text.encode(), "x.xml")
    assert [(error.where, error.message.removeprefix("this is not XML: ")) for error in caught.value.each] == [
        ("x.xml:2:7", "& stands by itself"),
        ("x.xml:3:10", "unknown entity &nbsp;"),
        ("x.xml:4:6", "the value of an attribute has no quotation marks"),
        ("x.xml:4:13", "</p> while <akomaNtoso> of line 1 is open"),
    ]


def test_pictures_that_cannot_be_read_are_errors_together() -> None:
    text = formats.write(formats.read(RESOLUTION), ".xml")
    at = text.index("<paragraph", text.index("<mainBody"))
    broken = '<block name="figure"><img src="{}.svg" alt="A map"/></block>'
    with pytest.raises(SourceError) as caught:
        formats.parse((text[:at] + broken.format("a") + broken.format("b") + text[at:]).encode(), "x.xml")
    assert [error.message for error in caught.value.each] == [
        f"the picture {name}.svg cannot be opened" for name in "ab"
    ]


def test_invalid_xml_is_an_error_with_its_column() -> None:
    with pytest.raises(SourceError) as caught:
        formats.parse(b"<a>\n <b></a>", "x.akn")
    assert caught.value.where == "x.akn:2:9"
    assert caught.value.message == "this is not XML: </a> while <b> of line 2 is open"


def test_a_changed_order_is_a_finding() -> None:
    table = "<table><tr><td><p>two</p></td></tr></table>"
    document = of_body(
        numbered(f"<list><point><num>(a)</num><content><p>one</p>{table}<p>three</p></content></point></list>")
    )
    assert any("the order has changed" in message for message in messages(document))


def messages(document: Document) -> list[str]:
    return [finding.message for finding in document.findings]
