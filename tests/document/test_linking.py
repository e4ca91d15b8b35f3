# ruff: noqa: E501  whole sentences
"""Citations link to what they name: a part of the document itself, another document, a treaty, a goal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.locales import load
from masthead.document.model import (
    Emphasis,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    NoteCall,
    Paragraph,
    Raised,
    Strong,
    Text,
    joined,
    plain,
)
from masthead.document.references import Citation, Kind, Link, Linker
from masthead.document.references.document_search import context_of, find_documents
from masthead.document.references.document_units import BODY, units
from masthead.document.terms import Language
from masthead.formats import read
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
UNTS = "https://treaties.un.org/doc/Publication/UNTS/Volume%20{0}/v{0}.pdf"
SDG = "https://metadata.un.org/sdg/"


REPORT = read(SPECIMENS / "A_104_96.en.md")  # with annexes, a table, a figure, sections, paragraphs, notes


def links(text: str, language: str) -> list[tuple[str, str]]:
    """The links of a text in the report, as (text, address)."""
    linked = Linker(replace(REPORT, language=Language(language))).link((Text(text),))
    return [(plain(each.content), each.address) for each in linked if isinstance(each, Link)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "see paragraphs 3 (b) and 4 above, and paragraph 9 above", "paragraph-3-b paragraph-4"),
        ("en", "in paragraph 4 of the present report, in paragraph 5 of that report", "paragraph-4"),
        ("en", "annex II, table 1, figure I, annex I to the Charter, table 1 of the report", "annex-2 table-1 figure-1"),
        ("en", "section II above; section II of the Charter; note 1 above", "heading-2 note-1"),
        ("en", "figure 1, table I and section 2 above", "figure-1 table-1 heading-2"),
        ("fr", "voir le paragraphe 4 ci-dessus, le tableau 1, la section II ci-dessous", "paragraph-4 table-1 heading-2"),
        ("fr", "l’annexe II, l’annexe I de la Charte, la note 1 ci-dessus", "annex-2 note-1"),
        ("es", "véanse los párrafos 3 b) y 4 supra, el cuadro 1 y el anexo II", "paragraph-3-b paragraph-4 table-1 annex-2"),
        ("es", "la sección II infra, la figura I, la nota 1 supra", "heading-2 figure-1 note-1"),
        ("ru", "см. пункты 3 b) и 4 выше, раздел II ниже и приложение II", "paragraph-3-b paragraph-4 heading-2 annex-2"),
        ("ru", "в таблице 1, на диаграмме I, в приложении I к Хартии, в сноске 1 выше", "table-1 figure-1 note-1"),
        ("ar", "انظر الفقرة ٣ (ب) أعلاه والفقرات ٤ و ٥ أدناه", "paragraph-3-b paragraph-4 paragraph-5"),
        ("ar", "انظر الفرع الثاني أدناه والمرفق الثاني والحاشية ١ أعلاه", "heading-2 annex-2 note-1"),
        ("ar", "في الجدول ١ والشكل الأول، وفي المرفق الثاني للميثاق", "table-1 figure-1"),
        ("zh", "见上文第3(b)段、附件二、表1和图一", "paragraph-3-b annex-2 table-1 figure-1"),
        ("zh", "见下文第3、4和5段，上文第二节，上文脚注1", "paragraph-3 paragraph-4 paragraph-5 heading-2 note-1"),
    ],
)  # fmt: skip
def test_citations_of_the_document_itself_link_to_its_parts(language: str, text: str, found: str) -> None:
    assert [address for _, address in links(text, language=language)] == [f"#{name}" for name in found.split()]


@pytest.mark.parametrize(
    "text",
    [
        "A/71/119, annex II",
        "A/71/119, para. 4, and annex II",
        "annex II to resolution 64/293",
        "table 1 of document A/71/119",
        "annex IV, table 7, figure X, section IX above",
        "paragraph 4, section II, note 1",
    ],
)
def test_citations_of_other_documents_or_missing_parts_have_no_link(text: str) -> None:
    content = find_documents(text, context_of(load(Language.ENGLISH), "", "1 January 2050")).content
    assert not any(isinstance(each, Link) for each in Linker(REPORT).link(content))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Treaty Series, vol. 2225, No. 39574", [UNTS.format(2225)]),
        ("ar", "مجموعة المعاهدات، المجلد ٢٢٣٧، الرقم ٣٩٥٧٤", [UNTS.format(2237)]),
        ("ar", "الغايات ٥-٢ و ٨-٧ من أهداف التنمية المستدامة", [f"{SDG}5.2", f"{SDG}8.7"]),
        ("ar", "الغاية ٥٫٢ والهدف ٣٫٢ والهدف ٣", [f"{SDG}5.2", f"{SDG}3"]),  # with the decimal mark, as printed
        ("en", "target 5.c, target 18.2, target 5.d, Goal 16, Goal 18", [f"{SDG}5.c", f"{SDG}16"]),
        ("zh", "具体目标5.2，目标5", [f"{SDG}5.2", f"{SDG}5"]),
    ],
)
def test_treaties_goals_and_targets_link_to_their_publication(language: str, text: str, found: list[str]) -> None:
    assert [address for _, address in links(text, language=language)] == found


def test_a_citation_after_raised_text_a_link_or_a_line_end_is_in_its_place() -> None:
    content = (Text("10 km"), Raised("2"), Text(", CO"), Lowered("2"), Hyperlink("a page", "x:y"), LineEnd())
    linked = Linker(REPORT).link((*content, Text("in paragraph 4 above")))
    assert [plain(each.content) for each in linked if isinstance(each, Link)] == ["paragraph 4"]


def test_the_text_of_a_link_has_no_other_links_and_the_text_beside_it_has() -> None:
    content = (Text("goal 5"), Hyperlink("a page of Goal 7", "x:y"), Text("Goal 16"))
    linked = Linker(REPORT).link(content)
    assert [plain(each.content) for each in linked if isinstance(each, Link)] == ["goal 5", "Goal 16"]


def test_a_part_is_searched_in_its_own_scope_and_then_in_enclosing_ones() -> None:
    linker = Linker(REPORT)
    first = Citation(Kind.PARAGRAPH, "1")
    assert linker.anchor((2, 0, 0), first) == "annex-2-paragraph-1"
    assert linker.anchor(BODY, first) == linker.anchor((3, 0, 0), first) == "paragraph-1"
    assert linker.anchor((2, 0, 0), Citation(Kind.PARAGRAPH, "7")) == "paragraph-7"
    assert Linker(read(SPECIMENS / "A_RES_104_13.en.md")).anchor((0, 1, 0), Citation(Kind.PARAGRAPH, "2(1)")) == (
        "part-1-paragraph-2-a"
    )


def inline() -> st.SearchStrategy[tuple[Inline, ...]]:
    words = st.sampled_from(
        ["see ", "paragraph 4", " above", "Goal 5", ", vol. 7, No. 8", "Treaty Series", " annex ", "II"]
    )
    leaf = st.one_of(words.map(Text), st.just(NoteCall(1)))
    nested = st.lists(leaf, min_size=1, max_size=3).map(tuple)
    return st.lists(st.one_of(leaf, nested.map(Strong), nested.map(Emphasis)), max_size=8).map(joined)


@given(inline())
def test_a_link_changes_no_text_and_contains_no_note_call(content: tuple[Inline, ...]) -> None:
    linked = Linker(REPORT).link(content)
    apart = [each.content if isinstance(each, Link) else (each,) for each in linked]
    assert joined(inline for part in apart for inline in part) == content
    assert not any(isinstance(call, NoteCall) for each in linked if isinstance(each, Link) for call in each.content)


@pytest.mark.parametrize("language", list(Language))
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_linking_changes_no_text(language: Language, text: str) -> None:
    linked = Linker(replace(REPORT, language=language)).link((Text(text),) if text else ())
    assert "".join(plain(each.content if isinstance(each, Link) else (each,)) for each in linked) == text


def test_units_are_named_by_their_place_counted_from_one() -> None:
    document = read(ROOT / "examples" / "specimens" / "A_RES_104_12.en.md")
    preface = replace(document.preface, bodies=("Working group", "Fourth session"))
    places = [unit.place for unit in units(replace(document, preface=preface, closing=("14th meeting", "2 May 2049")))]
    assert [place for place in places if place.startswith("body")] == ["body 1", "body 2"]
    assert [place for place in places if place.startswith("closing")] == ["closing line 1", "closing line 2"]


@pytest.mark.parametrize(
    ("mark", "suffix"),
    [("5 bis.", "bis"), ("5 тер.", "ter"), ("٥ مكررا ثانيا -", "ter"), ("٥ مكررا -", "bis"), ("5之二", "bis")],
)
def test_a_paragraph_that_was_inserted_has_a_place_of_its_own_in_every_language(mark: str, suffix: str) -> None:
    document = read(SPECIMENS / "A_RES_104_12.en.md")
    at = next(at for at, block in enumerate(document.body) if isinstance(block, Paragraph) and block.number == 2)
    inserted = replace(document.body[at], mark=mark)
    body = (*document.body[: at + 1], inserted, *document.body[at + 1 :])
    places = [unit.place for unit in units(replace(document, body=body))]
    assert f"paragraph 2 {suffix}" in places
    assert not any("again" in place for place in places)
