"""The Security Council's own files are read as they are, and written again with everything that is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import council as counts
from akn4un import annex, council_file, heading, numbered, point
from masthead import formats
from masthead.document import DocumentType
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Block,
    Document,
    Emphasis,
    Heading,
    Hyperlink,
    NoteCall,
    Ornament,
    Paragraph,
    Raised,
    Reference,
    Role,
    Strong,
    Text,
    contents,
    plain,
)
from masthead.document.terms import Digits, Language, Organ, ResolutionNumber, Symbol
from paths import ROOT
from reference import reference

pytestmark = pytest.mark.slow  # each file is written and read again in two forms: all take more than a second

LINK = "https://undocs.org/en/S/RES/3097(2048)"


def read(data: bytes) -> Document:
    return formats.parse(data, "council.xml")


def body(xml: str, language: str = "en") -> tuple[Block, ...]:
    """Return the blocks after the formula. Both ways of writing must keep the document and what is counted."""
    data = council_file(xml, language)
    kept(data)
    return read(data).body[1:]


def read_again(data: bytes) -> Document:
    document = read(data)
    for form in (".akn", ".md"):
        assert formats.parse(formats.render(document, form), f"again{form}") == document
    return document


def kept(data: bytes) -> Document:
    document = read_again(data)
    source, target = counts.facts_of(data), counts.facts_of(formats.render(document, ".akn"))
    for name, values in source.items():
        if name != "numbers":
            assert target[name] == values, name
    return document


def paragraph(xml: str, language: str = "en") -> Paragraph:
    (block,) = body(xml, language)
    assert isinstance(block, Paragraph)
    return block


def messages(document: Document) -> list[str]:
    return [re.sub(r", \d+ times$", "", finding.message) for finding in document.findings]


# --- front ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_file_is_read_and_written_with_all_that_is_in_it(language: str) -> None:
    document = kept(council_file(language=language))
    assert (document.type, document.language) == (DocumentType.RESOLUTION, Language(language))
    assert (document.organ, document.symbol) == (Organ.SECURITY_COUNCIL, Symbol("S/RES/3104 (2049)"))
    assert document.number == ResolutionNumber(2049, 3104)
    assert document.job.number == "49-11207"
    assert (document.masthead.distribution, document.masthead.date) == ("General", "2 December 2049")
    assert "14207" in document.preface.adoption and "  " not in document.preface.adoption
    assert document.preface.title == () and document.closing == ()
    assert document.digits is Digits.WESTERN
    assert "left out" not in " ".join(messages(document))


def test_the_document_has_keywords_votes_drafts_and_identifiers() -> None:
    metadata = {each.name: each for each in read(council_file()).metadata}
    (first, second) = metadata["classification"].entries
    assert dict(first.attributes)["dictionary"] == "SDGO"
    assert dict(second.attributes)["showAs"] == "lakes: all of them"
    assert [dict(step.attributes)["date"] for step in metadata["workflow"].entries] == ["2049-12-01", "0001-01-01"]
    voters = metadata["analysis"].entries[0].entries[0].entries[0].entries[0]
    assert (voters.name, [each.text for each in voters.entries]) == ("akn4un:voters", ["COSTAGUANA", "ORSINIA"])
    assert metadata["comment"].text == "An unofficial copy"


@pytest.mark.slow
def test_what_the_schema_allows_is_written_as_it_allows() -> None:
    schema = etree.XMLSchema(etree.parse(reference("akn/akomantoso30.xsd")))
    more = annex(heading("Annex", "H1") + numbered("", "Text."))
    for language in ("en", "ar", "zh"):
        data = council_file(language=language, after=more)
        schema.assertValid(etree.fromstring(data).getroottree())
        schema.assertValid(etree.fromstring(formats.render(read(data), ".akn")).getroottree())


def test_an_empty_date_is_a_note_and_written_again() -> None:
    document = kept(council_file(language="ar"))
    assert "the date 0001-01-01; that of its words is read" in messages(document)
    assert {finding.severity for finding in document.findings} == {Severity.NOTE}
    assert formats.write(document, ".akn").count('date="0001-01-01"') == 3


def test_a_symbol_without_its_space_or_without_any_text_is_that_of_the_work() -> None:
    for symbol in ("S/RES/3104(2049)", ""):
        data = council_file(symbol=symbol)
        assert kept(data).symbol == Symbol("S/RES/3104 (2049)")
        assert f'refersTo="#symbol">{symbol}<' in formats.write(read(data), ".akn").replace('"/>', '"><')


def test_an_empty_title_is_made_of_the_symbol() -> None:
    document = kept(council_file(number=""))
    assert document.number == ResolutionNumber(2049, 3104)
    assert "a cover page without its number" in messages(document)


def test_a_job_number_that_is_none_is_a_finding() -> None:
    assert "left out: the job number “unknown”, which is not valid" in messages(read(council_file(job="unknown")))
    assert "the file does not state a job number" in messages(read(council_file(job="")))
    other = read(council_file(job="49-11207 (F)"))
    assert (other.language, other.job.language) == (Language.ENGLISH, Language.ENGLISH)
    assert any("that of another language" in message for message in messages(other))


def test_a_language_that_is_not_one_of_the_six_is_refused() -> None:
    data = council_file().replace(b'FRBRlanguage language="eng"', b'FRBRlanguage language="deu"')
    with pytest.raises(SourceError, match="the file is in the language “deu”") as caught:
        read(data)
    assert "ara, zho, eng, fra, rus, spa" in caught.value.hint


@pytest.mark.parametrize(
    ("language", "code", "found"),
    [("en", "rus", "English"), ("en", "fra", "English"), ("zh", "eng", "Chinese"), ("ar", "spa", "Arabic")],
)
def test_a_text_in_another_language_than_its_metadata_say_is_told(language: str, code: str, found: str) -> None:
    words = {"en": "Asks them to sit down.", "ar": "يطلب إليهم الجلوس على المقاعد.", "zh": "请他们坐在公园里的长椅上。"}
    data = council_file(numbered("1.", words[language]), language)
    stated = re.sub(rb'FRBRlanguage language="...', f'FRBRlanguage language="{code}'.encode(), data)
    (finding,) = [each for each in read(stated).findings if each.rule == "akn-language"]
    assert found in finding.message and code in finding.message and finding.hint
    assert not [each for each in read(data).findings if each.rule == "akn-language"]


def test_another_organ_is_named_as_its_file_names_it() -> None:
    data = council_file().replace(b">Security Council</docAuthority>", b">Peacebuilding Commission</docAuthority>")
    assert kept(data).masthead.organ == "Peacebuilding Commission"


def test_a_symbol_that_is_none_is_told() -> None:
    assert any(
        "the symbol “T/RES/12 (XX)”" in message for message in messages(read(council_file(symbol="T/RES/12 (XX)")))
    )


def test_a_line_with_number_and_title_is_both() -> None:
    data = council_file(symbol="A/RES/104/12", number="104/12. Benches").replace(
        b"Security Council", b"General Assembly"
    )
    document = kept(data.replace(b'href="sc"', b'href="ga"'))
    assert (document.number, plain(document.preface.title)) == (ResolutionNumber(104, 12), "Benches")


def test_a_draft_needs_no_title_and_a_symbol_may_call_a_note() -> None:
    data = council_file(symbol='S/2049/301<authorialNote marker="*" eId="n"><p>Reissued.</p></authorialNote>')
    data = re.sub(rb'<p xml:space="preserve">\s*<docTitle refersTo="#(?:reso|adop).*?</p>', b"", data, flags=re.DOTALL)
    document = read(data.replace(b'name="resolution"', b'name="draftResolution"'))
    assert (document.type, document.symbol, document.preface.title) == (DocumentType.DRAFT, Symbol("S/2049/301*"), ())
    for form in (".akn", ".md", ".docx"):
        assert formats.parse(formats.render(document, form), f"x{form}") == document


def test_a_statement_by_the_president_is_a_type_of_its_own() -> None:
    data = council_file(numbered("", "On 2 December:") + numbered("", "\t“The Council is calm.”"))
    data = data.replace(b"S/RES/3104 (2049)", b"S/PRST/2049/4").replace(b'href="sc" as="author"', b'href="ga" as="x"')
    title = b"<preface><p><docTitle>Statement by the President of the Security Council</docTitle></p></preface>"
    data = re.sub(rb"<preamble>.*</preamble>", title, data, flags=re.DOTALL)
    data = re.sub(rb'<p xml:space="preserve">\s*<docTitle refersTo="#(?:reso|adop).*?</p>', b"", data, flags=re.DOTALL)
    document = kept(data)
    assert (document.type, document.organ) == (DocumentType.STATEMENT, Organ.SECURITY_COUNCIL)
    assert plain(document.preface.title) == "Statement by the President of the Security Council"
    assert [block.role for block in document.body if isinstance(block, Paragraph)] == [Role.PLAIN, Role.PLAIN]
    assert "the name “resolution” of a statement by the President" in messages(document)


# --- inlines ----------------------------------------------------------------------------------------------------------


def test_white_space_is_layout_whatever_the_file_says() -> None:
    text = '\t\t \u202f<span class="italic">Asks </span>them\n        , at\u00a0once,   to\tsit '
    assert paragraph(numbered("1.", text)).content == (Emphasis((Text("Asks"),)), Text(" them, at\u00a0once, to sit"))


def test_line_ends_between_chinese_characters_are_no_space() -> None:
    assert plain(paragraph(numbered("1.", "\t请他们\n          坐下"), "zh").content) == "请他们坐下"


def test_bold_and_italic_of_every_kind_is_read() -> None:
    text = '<span class="bold italic">a</span><span class="bold italic">b</span> '
    text += '<span class="bold">c</span><b><i>d</i></b>'
    found = paragraph(numbered("1.", text)).content
    assert found == (
        Strong((Emphasis((Text("ab"),)),)),
        Text(" "),
        Strong((Text("c"), Emphasis((Text("d"),)))),
    )


def test_the_parts_of_a_link_are_one_reference_and_its_address_is_kept() -> None:
    text = f'its resolution <a href="{LINK}">3097</a><a href="{LINK}"> (2048)</a><a href="{LINK}"></a>,'
    document = read(council_file(numbered("1.", text)))
    assert paragraph(numbered("1.", text)).content == (
        Text("its resolution "),
        Reference("3097 (2048)", Symbol("S/RES/3097 (2048)"), LINK),
        Text(","),
    )
    assert messages(document) == [
        "a link without text, which is left out",
        "a link in several parts, which are joined",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://undocs.org/ch/S/RES/3097 (2048)",
        "https://undocs.org/sp/S/RES/3097(2048)",
        "https://undocs.org//S/RES/3097 (2048)",
        "https://undocs.org/fr/s/res/3097(2048)",
        "http://undocs.org/S/RES/3097%20(2048)",
    ],
)
def test_addresses_lead_to_the_document_whatever_is_odd_in_them(address: str) -> None:
    link = paragraph(numbered("1.", f'<a href="{address}">3097</a>')).content[0]
    assert link == Reference("3097", Symbol("S/RES/3097 (2048)"), address)


def test_a_link_to_another_page_is_kept_and_noted() -> None:
    xml = numbered("1.", '<a href="https://example.org/x y?a=1&amp;b">here</a>')
    assert paragraph(xml).content == (Hyperlink("here", "https://example.org/x y?a=1&b"),)
    assert "a link to another page than that of a document" in messages(read(council_file(xml)))


def test_a_link_in_bold_is_bold() -> None:
    xml = numbered(
        "1.", f'<span class="bold"><a href="{LINK}">30</a></span><span class="bold"><a href="{LINK}">97</a></span>'
    )
    assert paragraph(xml).content == (Strong((Reference("3097", Symbol("S/RES/3097 (2048)"), LINK),)),)


def test_raised_text_is_raised_and_the_parentheses_of_a_call_are_those_of_the_page() -> None:
    assert paragraph(numbered("1.", "le 1<sup>er</sup> mai")).content == (Text("le 1"), Raised("er"), Text(" mai"))
    note = '<authorialNote marker="1" placement="bottom" eId="n"><p>\tSee A/74/976.</p></authorialNote>'
    text = f"\tالتقرير<sup>(</sup><sup>{note}</sup><sup>)</sup>؛"
    document = read(council_file(numbered("1 -", text), "ar"))
    assert document.body[1].content == (Text("التقرير"), NoteCall(1), Text("؛"))  # type: ignore[union-attr]
    assert plain(document.notes[0].content) == "See A/74/976."
    assert formats.parse(formats.render(document, ".akn"), "x.akn") == document


# --- numbers, marks, lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "language", "number", "kept_mark"),
    [
        ("1.", "en", 1, None),
        ("1 -", "ar", 1, None),
        ("1-", "ar", 1, "1-"),
        ("5 bis.", "en", 5, "5 bis."),
        ("5 ter.", "en", 5, "5 ter."),
        ("5 مكررا -", "ar", 5, "5 مكررا -"),
        ("5之二.", "zh", 5, "5之二."),
        ("•", "en", None, "•"),
        ("’1‘", "ar", None, "’1‘"),
    ],
)
def test_numbers_are_kept_as_printed(mark: str, language: str, number: int | None, kept_mark: str | None) -> None:
    block = paragraph(numbered(mark, "\tAsks them to sit;"), language)
    assert (block.number, block.mark, plain(block.content)) == (number, kept_mark, "Asks them to sit;")


def test_a_number_typed_into_the_text_is_the_number_of_the_paragraph() -> None:
    xml = numbered("", "1 -\t<b>يطلب</b> إليهم؛") + numbered("", "2 - يقرر؛") + numbered("", "70 - كتابا.")
    first, second, third = body(xml, "ar")
    assert [(each.number, each.mark) for each in (first, second) if isinstance(each, Paragraph)] == [
        (1, None),
        (2, None),
    ]
    assert isinstance(third, Paragraph) and (third.number, plain(third.content)) == (None, "70 - كتابا.")
    assert messages(read(council_file(xml, "ar"))).count("a number typed into the text") == 1


def test_a_number_before_a_tab_is_the_number_of_the_paragraph_if_it_is_the_next() -> None:
    xml = numbered("1.", "Asks;") + numbered("", "\t2\t<i>Urges</i> them;") + numbered("", "\t30\tchairs.")
    first, second, third = (each for each in body(xml) if isinstance(each, Paragraph))
    assert [(each.number, each.mark) for each in (first, second)] == [(1, None), (2, "2")]
    assert (third.number, plain(third.content)) == (None, "30 chairs.")


def test_numbers_that_jump_are_kept_and_told() -> None:
    xml = numbered("1.", "One;") + numbered("3.", "Three.")
    assert [block.number for block in body(xml) if isinstance(block, Paragraph)] == [1, 3]
    (finding,) = [each for each in read(council_file(xml)).findings if each.rule == "paragraph-order"]
    assert finding.where.startswith("council.xml:")


def test_a_list_between_points_belongs_to_the_point_before_it() -> None:
    inner = ""
    for mark, text in (("", "Six"), ("•", "Five"), ("a.", "Four"), ("–", "Three"), ("(i)", "Two")):
        inner = f"<sublist>{point(mark, text)}{inner}</sublist>"
    xml = numbered("1.", "Asks:", f"{point('(a)', 'One')}{inner}{point('(b)', 'Last')}")
    items = paragraph(xml).items
    assert [item.ordinal for item in items] == [1, 2]
    chain = items[0]
    marks = [chain.mark]
    while chain.items:
        (chain,) = chain.items
        marks.append(chain.mark)
    assert marks == [None, None, "–", "a.", "•", ""]
    assert plain(chain.content) == "Six"


def test_marks_are_kept_as_printed() -> None:
    marks = ["(i)", "(ii)", "•", "–", "", "a.", "㈠", "’1‘"]
    items = paragraph(numbered("1.", "Asks:", "".join(point(mark, "x;") for mark in marks))).items
    assert [item.mark for item in items] == marks
    assert [item.ordinal for item in items] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_text_after_a_list_ends_its_paragraph() -> None:
    wrap = '<wrapUp><p xml:space="preserve">\tas soon as may be;</p></wrapUp>'
    block = paragraph(numbered("1.", "Asks:", point("(a)", "One") + wrap))
    assert plain(block.tail) == "as soon as may be;"


def test_a_heading_before_the_number_of_a_point_begins_its_text_and_is_written_there_again() -> None:
    xml = numbered("1.", "Asks:", point("(a)", "To sit;", "<subheading>Benches: </subheading>"))
    assert [plain(item.content) for item in paragraph(xml).items] == ["Benches: To sit;"]


def test_sub_paragraphs_as_paragraphs_belong_to_the_paragraph_before() -> None:
    xml = numbered("1.", "Asks:") + "".join(
        (
            numbered("(a)", "\tOne:"),
            numbered("", "(i)\tTwo;", kind="MercuryDocument"),
            numbered("", "(ii) Three;"),
            numbered("(b)", "Four;"),
            numbered("2.", "Requests:"),
            numbered("", "five;"),
            numbered("", "six."),
            numbered("3.", "Decides."),
        )
    )
    first, second, third = (block for block in body(xml) if isinstance(block, Paragraph))
    assert [(item.mark, len(item.items)) for item in first.items] == [(None, 2), (None, 0)]
    assert [(item.mark, plain(item.content)) for item in second.items] == [("", "five;"), ("", "six.")]
    assert third.items == ()
    assert "a subparagraph as a paragraph of its own" in messages(read(council_file(xml)))


def test_preambular_lists_and_lines_are_kept() -> None:
    preamble = (
        '<container name="x"><blockList><listIntroduction>\tRecalling:</listIntroduction>'
        "<item><num>(a)</num><p>\tthe one,</p></item><item><num>•</num><p>\tthe other,</p></item>"
        "</blockList></container>"
    )
    block = kept(council_file(preamble=preamble)).body[1]
    assert isinstance(block, Paragraph) and block.role is Role.PREAMBULAR
    assert [item.mark for item in block.items] == [None, "•"]


# --- headings, ornaments, annexes -------------------------------------------------------------------------------------


def test_headings_have_the_level_of_their_class_and_do_not_stop_the_numbers() -> None:
    xml = (
        heading("Lighthouses", "H1") + heading("Lamps") + numbered("1.", "One;") + heading("Oil", "H4")
        + '<paragraph class="H23"><num>(i)</num><subheading>\tWicks</subheading></paragraph>'
        + heading("2a.\tGlass") + heading("(ii)\n\t\tBrass") + numbered("2.", "Two.")
    )  # fmt: skip
    blocks = body(xml)
    assert [block for block in blocks if isinstance(block, Heading)] == [
        Heading(2, (Text("Lighthouses"),)),
        Heading(3, (Text("Lamps"),)),
        Heading(4, (Text("Oil"),)),
        Heading(3, (Text("Wicks"),), mark="(i)"),
        Heading(3, (Text("Glass"),), mark="2a."),
        Heading(3, (Text("Brass"),), mark="(ii)"),
    ]
    assert [block.number for block in blocks if isinstance(block, Paragraph)] == [1, 2]


def test_a_heading_as_a_paragraph_or_a_container_is_a_heading() -> None:
    xml = (
        numbered("1.", "One;") + '<container name="Reporting"><p>\tReporting</p></container>' + numbered("", "\tLamps")
    )
    assert body(xml)[1:] == (Heading(3, (Text("Reporting"),)), Heading(3, (Text("Lamps"),)))
    assert "a heading as a paragraph" in messages(read(council_file(xml)))


def test_a_preambular_paragraph_in_the_body_is_preambular() -> None:
    xml = numbered("", "Noting the lamps,") + numbered("1.", "Asks,") + numbered("", "Decides,")
    roles = [block.role for block in body(xml) if isinstance(block, Paragraph)]
    assert roles == [Role.PREAMBULAR, Role.OPERATIVE, Role.OPERATIVE]


def test_an_asterisk_alone_is_an_ornament() -> None:
    assert body(numbered("", " ") + numbered("", "*") + numbered("1.", "One."))[0] == Ornament()


def test_several_annexes_in_one_document_are_several() -> None:
    bold = '<span class="bold">Annex</span>'
    names = (heading("Annex A", "H1") + heading("Boats", "H1"), numbered("", bold, kind="H1"), numbered("", "Annex II"))
    inner = "".join(name + numbered("1.", "One;") for name in names)
    document = read(council_file(after=annex(inner)))
    assert [(each.mark, each.ordinal, plain(each.title)) for each in document.annexes] == [
        ("Annex A", None, "Boats"),
        (None, None, ""),
        (None, 2, ""),
    ]
    assert [len(each.body) for each in document.annexes] == [1, 1, 1]
    for form in (".akn", ".md"):
        assert formats.parse(formats.render(document, form), f"x{form}") == document
    assert 'class="bold">Annex<' in formats.write(document, ".akn")
    assert not [each for each in document.findings if each.rule == "paragraph-repeated"]


def test_headings_that_end_the_body_are_the_name_and_title_of_the_annex_after_it() -> None:
    ends = numbered("1.", "Asks.") + heading("Annex A", "H1") + heading("Nets and ropes", "H1")
    document = kept(council_file(ends, after=annex(numbered("1.", "Nets."))))
    assert [(each.mark, plain(each.title), len(each.body)) for each in document.annexes] == [
        ("Annex A", "Nets and ropes", 1)
    ]
    assert not [block for block in document.body if isinstance(block, Heading)]
    assert "an annex whose name is at the end of the body" in messages(document)
    # An annex with its own name, or headings that name none, are as they are.
    for last, inner in (("Annex A", heading("Annex B", "H1")), ("Nets", numbered("1.", "Nets."))):
        (block,) = read(council_file(numbered("1.", "Asks.") + heading(last, "H1"), after=annex(inner))).body[2:]
        assert isinstance(block, Heading)


def test_an_annex_without_a_name_has_none() -> None:
    document = read(council_file(after=annex(numbered("", "A name") + numbered("", "One."))))
    assert [each.mark for each in document.annexes] == [""]


def test_a_preamble_that_resumes_after_the_body_is_read_where_it_is() -> None:
    data = council_file(
        numbered("", "*"), after='<preamble><container name="x"><p>\tNoting,</p></container></preamble>'
    )
    assert "a preamble after the body" in messages(read(data))
    assert [type(block).__name__ for block in read(data).body] == ["Paragraph", "Ornament", "Paragraph"]


# --- what other files of this kind may have ---------------------------------------------------------------------------

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="


def plainly(inner: str) -> str:
    return f"<paragraph><content>{inner}</content></paragraph>"


OTHER = {
    "a table": (
        "<hcontainer><content><p>Boats:</p><table><caption>Boats</caption><tr><th><p>a</p></th><th><p>b</p></th></tr>"
        "<tr><td><p>c</p></td><td colspan='1'><p>d</p></td></tr></table></content></hcontainer>"
    ),
    "b, i, u and br": numbered(
        "1.", "Asks <b>them</b> <i>to</i> <u>sit</u> <sub>down</sub><br/>now <ins>here</ins> <span>there</span>."
    ),
    "ref": numbered("1.", 'Its <ref href="/akn/un/statement/deliberation/unsc/2048-01-01/3097-2048/">3097</ref>.'),
    "a quoted structure": (
        numbered("1.", "Amends:")
        + "<quotedStructure><paragraph><num>7.</num><content><p>quoted</p></content></paragraph></quotedStructure>"
    ),
    "a table of contents": "<toc><tocItem level='1' href='#x'>Lamps</tocItem></toc>",
    "several paragraphs in one": plainly("<p>One.</p><p>Two.</p>"),
    "a note in a heading": heading(
        'Lamps<sup><authorialNote marker="1" eId="n"><p>One.</p><p>Two.</p></authorialNote></sup>'
    ),
    "an image": plainly(f'<p><img src="data:image/png;base64,{DOT}" alt="a lamp"/></p>'),
    "classes unknown": '<paragraph class="Normal" style="x"><content><p class="z">\tText.</p></content></paragraph>',
    "a section": f"<section><num>I</num><heading>Lamps</heading>{numbered('1.', 'One.')}</section>",
    "nothing": "<p/>",
    "an empty number": numbered("1.", "") + plainly("<p>\tText.</p>"),
    "a list alone": f"<list>{point('(a)', 'One;')}{point('(b)', 'Two.')}</list>",
    "a point deeper than six": (
        "<paragraph><num>1.</num>" + "<list><point><num>(a)</num>" * 9 + "<content><p>x</p></content>"
        + "</point></list>" * 9 + "</paragraph>"
    ),
    "an unknown element": plainly("<p>A <person refersTo='#x'>chair</person> <date>today</date>.</p>"),
    "hyphens and controls": numbered("1.", "S/2049/1\u2011Rev \u202bx\u202c \u200fy\u00ad z \uf0b7 w"),
}  # fmt: skip


def test_a_note_of_a_table_that_is_below_none_is_a_finding() -> None:
    note = '<authorialNote marker="1" eId="n"><p>One.</p></authorialNote>'
    document = read(council_file(plainly(f'<p class="tableNotes">Lamps {note}</p>')))
    assert plain(document.body[1].content).strip() == "Lamps"
    assert "left out: a note of a table, in a text that is not below one" in messages(document)


@pytest.mark.parametrize("xml", OTHER.values(), ids=OTHER)
@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.slow)])
def test_whatever_else_a_file_has_is_read_and_every_word_of_it_is_kept_or_told(xml: str, language: str) -> None:
    document = read(council_file(xml, language))
    told = " ".join(messages(document))
    again = formats.parse(formats.render(document, ".akn"), "x.akn")
    assert again == document
    assert formats.parse(formats.render(document, ".md"), "x.md") == document
    words = " ".join(etree.fromstring(f"<x>{xml}</x>").itertext()).split()
    written = "".join(etree.fromstring(formats.render(document, ".akn")).itertext())
    assert [word for word in words if word not in written and word not in told] in ([], ["Lamps"])  # of the contents


def test_conclusions_are_closing_lines() -> None:
    after = "<conclusions><p>14207th meeting</p><p>2 December 2049</p></conclusions>"
    document = read(council_file(after=after))
    assert formats.parse(formats.render(document, ".akn"), "x.akn") == document
    assert document.closing == ("14207th meeting", "2 December 2049")


# --- the files themselves ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("place", range(0, 999, 83))
def test_a_sample_of_the_council_s_files_loses_nothing(place: int) -> None:
    files = sorted(Path(reference("council")).rglob("*.xml"))
    schema = etree.XMLSchema(etree.parse(reference("akn/akomantoso30.xsd")))
    _, found = counts.differences(files[place], schema)
    assert found == []
    assert not [each for each in formats.read(files[place]).findings if each.rule == "akn-left-out"]


def component(text: str) -> str:
    return f'<component><doc name="annex"><meta/><mainBody>{numbered("", text)}</mainBody></doc></component>'


@pytest.mark.parametrize("place", ["in the document", "beside it"])
def test_components_of_a_document_alone_are_its_annexes(place: str) -> None:
    parts = f"<components>{component('One.')}{component('Two.')}</components>"
    data = council_file(after=parts if place == "in the document" else "")
    if place == "beside it":
        data = data.replace(b"</statement>", f"</statement>{parts}".encode())
    texts = [[plain(content) for content in contents(annex.body)] for annex in read(data).annexes]
    assert texts == [["One."], ["Two."]]


def test_a_second_document_in_the_file_is_refused() -> None:
    data = council_file()
    begin, end = data.index(b"<statement"), data.index(b"</akomaNtoso>")
    with pytest.raises(SourceError, match="2 documents are in one file"):
        read(data[:end] + data[begin:end] + data[end:])


def test_an_asterisk_after_the_symbol_that_calls_no_note_is_told() -> None:
    document = read(council_file(symbol="S/RES/3104 (2049)*"))
    assert formats.parse(formats.render(document, ".md"), "again.md") == document
    assert str(document.symbol) == "S/RES/3104 (2049)"
    assert "left out: the asterisk after the symbol S/RES/3104 (2049)*, which calls no note" in messages(document)


# --- files of other kinds from the same source ------------------------------------------------------------------------


def test_a_draft_that_is_called_a_resolution_is_a_draft() -> None:
    document = read_again(council_file(symbol="S/2049/301", number="Draft resolution"))
    assert (document.type, document.symbol) == (DocumentType.DRAFT, Symbol("S/2049/301"))
    assert plain(document.preface.title) == "Draft resolution"
    assert "the name “resolution” of a draft" in messages(document)


def test_title_lines_are_told_apart_by_their_words() -> None:
    data = council_file(number="Resolution adopted by the General Assembly on 2 December 2049", symbol="A/RES/104/12")
    start, end = data.decode().split('<docTitle refersTo="#adoption">')
    text = f'{start}<docTitle refersTo="#adoption">104/12. Lakes</docTitle>{end.partition("</docTitle>")[2]}'
    document = read_again(text.replace(">Security Council<", ">General Assembly<").encode())
    assert document.preface.adoption == "Resolution adopted by the General Assembly on 2 December 2049"
    assert (str(document.number), plain(document.preface.title).strip()) == ("104/12", "Lakes")


def test_the_title_of_a_letter_may_have_a_date() -> None:
    data = council_file(symbol="S/2049/77", number="Letter dated 2 December 2049 from the President").decode()
    data = data.replace('name="resolution"', 'name="officialLetter"').replace("#resolutionNumber", "#title1")
    assert plain(read(data.encode()).preface.title) == "Letter dated 2 December 2049 from the President"


def test_the_parts_of_older_resolutions_are_numbered_from_1_each() -> None:
    parts = "".join(numbered("", part) + numbered("1.", "Asks;") + numbered("2.", "Asks.") for part in "AB")
    document = read(council_file(parts))
    assert [plain(block.content) for block in document.body if isinstance(block, Heading)] == ["A", "B"]
    assert not [message for message in messages(document) if "duplicate" in message]


def test_a_line_with_a_picture_alone_is_no_loss(tmp_path: Path) -> None:
    picture = ROOT / "examples" / "specimens" / "gardens.svg"
    (tmp_path / "a.svg").write_bytes(picture.read_bytes())
    (tmp_path / "a.xml").write_bytes(council_file(numbered("", '<img src="a.svg" alt="A garden"></img>')))
    assert not [message for message in messages(formats.read(tmp_path / "a.xml")) if "left out" in message]


def test_speeches_are_read_paragraph_by_paragraph() -> None:
    inner = "<speech><from>The President</from><p>The meeting is open.</p><p>I give the floor.</p></speech>"
    document = read(council_file(numbered("1.", "Asks.") + f"<section><heading>Lakes</heading>{inner}</section>"))
    texts = [plain(block.content) for block in document.body if isinstance(block, Paragraph)]
    assert texts[-3:] == ["The President", "The meeting is open.", "I give the floor."]
