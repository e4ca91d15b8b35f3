"""Every element of the standard, wherever a file might have it: its words are in the document, or an error says where.

Each place gets all elements one after another, each with words of its own, in several ways of having text. The words
are counted here with lxml alone: those that the document does not print are those that the error counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from lxml import etree

from akn4un import annex, council_file, heading, numbered, point
from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import Document
from masthead.page import printed_texts

INLINES = """
    ref mref rref mod mmod rmod remark recordedTime vote outcome ins omissis embeddedText embeddedStructure
    opinion placeholder fillIn decoration docType docTitle docNumber docProponent docDate legislature session
    shortTitle docAuthority docPurpose docCommittee docIntroducer docStage docStatus docJurisdiction docketNumber
    courtType neutralCitation party judge lawyer signature argument date time person organization concept object
    event location process role term quantity def entity noteRef eol eop b i a u sub sup abbr span img br inline
    marker quotedText affectedDocument relatedDocument change subFlow
"""
BLOCKS = """
    clause section part paragraph chapter title book tome division list point indent alinea rule subrule proviso
    subsection subpart subparagraph subchapter subtitle subdivision subclause sublist level transitional
    hcontainer article administrationOfOath rollCall prayers oralStatements writtenStatements personalStatements
    ministerialStatements resolutions nationalInterest declarationOfVote communication petitions papers
    noticesOfMotion questions address proceduralMotions pointOfOrder adjournment debateSection speechGroup speech
    question answer other scene narrative summary div container blockList blockContainer tblock ul ol table p
    foreign block longTitle formula recitals citations recital citation crossHeading intro wrapUp content num
    heading subheading item li listIntroduction listWrapUp caption tr td th from quotedStructure embeddedStructure
    interstitial introduction background arguments remedies motivation decision amendmentHeading amendmentContent
    amendmentReference amendmentJustification mainBody body preface preamble conclusions header coverPage
    attachments attachment components component unheardOf
"""
ELEMENTS = tuple(dict.fromkeys(f"{INLINES}{BLOCKS}".split()))

FORMS = {
    "text": "<{e}>{w}</{e}>",
    "line": "<{e}><p>{w}</p></{e}>",
    "content": "<{e}><num>1.</num><heading>{v}</heading><content><p>{w}</p></content></{e}>",
    "mixed": "<{e}>{v} <p>other</p> {w} <i>other</i></{e}> {u}",
    "deep": "<{e}><span><{e}>{w}</{e}></span></{e}>",
    "stated": '<{e} href="#x" date="2049-01-01" name="y" refersTo="#z">{w}</{e}>',
}

LIST = numbered("1.", "Asks:", point("(a)", "first") + point("(b)", "second"))
BLOCK_LIST = (
    numbered("1.", "Asks.") + "<paragraph><content><blockList><listIntroduction>L</listIntroduction>"
    "<item><num>(a)</num><p>one</p></item></blockList></content></paragraph>"
)
TABLE = (
    numbered("1.", "Asks.") + "<paragraph><content><table><caption>C</caption><tr><th><p>H</p></th></tr>"
    "<tr><td><p>v</p></td></tr></table></content></paragraph>"
)
ANNEX = annex(heading("Annex", "H1") + numbered("1.", "Text."))
SECTION = f"<section><num>I</num><heading>Title</heading>{numbered('1.', 'Asks.')}</section>"
NOTE = numbered("1.", 'Asks<authorialNote placement="bottom" marker="1"><p>N</p></authorialNote> them.')


def before(text: str, file: Callable[[], bytes] = council_file, around: str = "{}") -> Callable[[str], bytes]:
    """Return what puts a text before the first place where the file has `text`."""
    start, end = file().decode().split(text, 1)
    return lambda inner: f"{start}{around.format(inner)}{text}{end}".encode()


PLACES = {
    "cover page": before("</coverPage>"),
    "line of the cover page": before("</coverPage>", around="<p>{}</p>"),
    "title": before('</docTitle></p>\n      <p xml:space="preserve"><docTitle refersTo="#adoption">'),
    "line of the title": before('</p>\n      <p xml:space="preserve"><docTitle refersTo="#adoption">'),
    "preface": before("<preamble>", around="<preface>{}</preface>"),
    "line of the preface": before("<preamble>", around="<preface><p>{}</p></preface>"),
    "formula": before("</formula>"),
    "preamble": before("</preamble>"),
    "container of the preamble": before("</preamble>", around='<container name="x">{}</container>'),
    "preambular paragraph": before("</preamble>", around='<container name="x"><p>Noting {},</p></container>'),
    "start of the body": before("<paragraph"),
    "body": before("</mainBody>"),
    "paragraph": before("</paragraph>"),
    "number": before("</num>"),
    "content": before("</content>"),
    "operative paragraph": before(" to sit down."),
    "list": before("<point>", lambda: council_file(LIST)),
    "end of a list": before("</list>", lambda: council_file(LIST)),
    "introduction of a list": before("</intro>", lambda: council_file(LIST)),
    "wrap-up": before("</list>", lambda: council_file(LIST), "<wrapUp>{}</wrapUp>"),
    "point": before("</point>", lambda: council_file(LIST)),
    "text of a point": before("second", lambda: council_file(LIST), "{} "),
    "block list": before("</blockList>", lambda: council_file(BLOCK_LIST)),
    "introduction of a block list": before("</listIntroduction>", lambda: council_file(BLOCK_LIST)),
    "item": before("</item>", lambda: council_file(BLOCK_LIST)),
    "heading": before("</subheading>", lambda: council_file(heading("Title"))),
    "heading of a section": before("</heading>", lambda: council_file(SECTION)),
    "section": before("</section>", lambda: council_file(SECTION)),
    "caption": before("</caption>", lambda: council_file(TABLE)),
    "table": before("</table>", lambda: council_file(TABLE)),
    "row": before("</tr>", lambda: council_file(TABLE)),
    "cell": before("</td>", lambda: council_file(TABLE)),
    "text of a cell": before("v</p>", lambda: council_file(TABLE), "{} "),
    "note": before("</authorialNote>", lambda: council_file(NOTE)),
    "text of a note": before("</p></authorialNote>", lambda: council_file(NOTE)),
    "conclusions": before("</statement>", around="<conclusions>{}</conclusions>"),
    "line of the conclusions": before("</statement>", around="<conclusions><p>{}</p></conclusions>"),
    "statement": before("</statement>"),
    "file": before("</akomaNtoso>"),
    "annex": before("</mainBody></doc>", lambda: council_file(after=ANNEX)),
    "name of an annex": before("</heading>", lambda: council_file(after=ANNEX)),
    "text of an annex": before("Text.", lambda: council_file(after=ANNEX), "{} "),
    "cover of an annex": before("<mainBody><paragraph", lambda: council_file(after=ANNEX), "<coverPage>{}</coverPage>"),
    "attachment": before("<doc ", lambda: council_file(after=ANNEX)),
    "attachments": before("<attachment>", lambda: council_file(after=ANNEX)),
}  # fmt: skip


def inserted(elements: Iterable[str], form: str) -> str:
    """Return the elements one after another, each with words that nothing else has."""
    return " ".join(
        FORMS[form].format(e=element, **{name: f"zz{name}{_letters(number)}" for name in "uvw"})
        for number, element in enumerate(elements)
    )


def _letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)


def words_in(data: bytes) -> set[str]:
    text = etree.fromstring(data).xpath("//text()[not(ancestor::*[local-name() = 'meta'])]")
    return set(re.findall(r"zz\w+", " ".join(map(str, text))))


def words_out(document: Document) -> set[str]:
    text = " ".join(each.text for each in printed_texts(document))
    return set(re.findall(r"zz\w+", f"{text} {document.metadata}"))


def assert_nothing_is_lost_silently(data: bytes) -> None:
    try:
        document = formats.parse(data, "x.xml")
    except SourceError as error:
        assert error.where.startswith("x.xml:"), error
        assert error.hint, error
        return
    lost = words_in(data) - words_out(document)
    found = [each for each in document.findings if each.rule == "word-loss"]
    if not lost:
        return
    (error,) = found
    assert error.severity is Severity.ERROR
    assert int(error.message.split()[0]) >= len(lost)
    assert re.fullmatch(r"x\.xml:\d+", error.where) and error.hint


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.slow
def test_docType_and_the_like_are_never_lost_silently(place: str) -> None:
    for element, form in product(("docType", "event", "div", "foreign"), ("text", "mixed")):
        assert_nothing_is_lost_silently(PLACES[place](inserted([element], form)))


def test_the_line_of_lost_words_is_theirs() -> None:
    data = PLACES["line of the cover page"](inserted(["docType"], "text"))
    (error,) = [each for each in formats.parse(data, "x.xml").findings if each.rule == "word-loss"]
    assert "zzwaa" in data.decode().splitlines()[int(error.where.rpartition(":")[2]) - 1]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_no_word_of_any_element_is_lost_silently(place: str) -> None:
    for form in FORMS:
        assert_nothing_is_lost_silently(PLACES[place](inserted(ELEMENTS, form)))


EMPTY = ("noteRef", "eol", "eop", "img", "br", "marker", "table", "tr")
"""The elements that have no text of their own in the standard: where they have some, it is an error."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["preamble", "body", "content", "operative paragraph", "text of a point", "annex", "cell"]
)
def test_the_words_of_all_other_elements_are_printed_in_a_text(place: str) -> None:
    for element in ELEMENTS:
        data = PLACES[place](inserted([element], "text"))
        lost = words_in(data) - words_out(formats.parse(data, "x.xml"))
        assert not lost or element in EMPTY, element
