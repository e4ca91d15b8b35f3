"""Whatever a document holds, writing it as Markdown and reading that gives the same document."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.model import (
    Document,
    DocumentType,
    Emphasis,
    Inline,
    Item,
    Masthead,
    Note,
    NoteCall,
    PageEnd,
    Pagination,
    Paragraph,
    Preface,
    Reference,
    Role,
    Strong,
    Text,
    joined,
    plain,
)
from masthead.reading import markdown as reader
from masthead.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.writing import write

# Fragments that mean something in Markdown, in HTML, in a template, or to the eye that looks for references.
_SIGNS = st.sampled_from(
    [
        *"*_`[]()<>!#&\\^~|:;.,-+=\"'/@{}$%\n\t \u00a0\u2003\u2028\u200f\u202e\ufeff\u0301\U0001f600",
        "**", "***", "__", "  ", "\n\n", "---", "===", "```", "1.", "2) ", "- ", "# ", "> ", "(a) ", "(أ) ", "[^1]",
        "[^1]: ", "![", "](", "[a](A/1)", "<!--", "-->", "<!-- page end -->", "<!-- operative -->", "<b>", "</script>",
        "<http://x>", "&amp;", "&#32;", "&nbsp;", "{{ x }}", "{% if %}", "\\*", "\\\n", "A/71/119", "(E/2017/30)",
        "S/RES/2254 (2015)", "resolution ", "قرارها ", "64/293", "٦٤/٢٩٣", "١٧٠/١", "2254 (2015)", "A/71/",
        "وE/2017/30.", "يحثّ", "،", "Urges",
    ]
)  # fmt: skip
_LETTERS = st.text(st.sampled_from(string.ascii_letters + "ابتثجحخدذ ٠١٢0123 "), min_size=1, max_size=8)
_ANY = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=4)
_TEXTS = st.lists(st.one_of(_SIGNS, _SIGNS, _LETTERS, _ANY), min_size=1, max_size=6).map("".join)
_LINES = _TEXTS.filter(lambda text: bool(text.strip()))
_SYMBOLS = st.sampled_from(["A/71/119", "S/RES/2254 (2015)", "E/RES/2017/18*", "A/RES/64/293"]).map(Symbol.parse)
_LEAVES = st.one_of(
    st.builds(Text, _TEXTS),
    st.builds(Text, _TEXTS),
    st.builds(Reference, _TEXTS, _SYMBOLS),
    st.builds(NoteCall, st.integers(1, 3)),
    st.just(NoteCall(1, asterisk=True)),
    st.just(PageEnd()),
)
_INLINES = st.recursive(
    _LEAVES,
    lambda inner: st.builds(
        lambda kind, content: kind(tuple(content)), st.sampled_from([Strong, Emphasis]), st.lists(inner, max_size=3)
    ),
    max_leaves=4,
)


def _has_text(content: tuple[Inline, ...]) -> bool:
    return any(not isinstance(inline, PageEnd) for inline in content)


_CONTENTS = st.lists(_INLINES, min_size=1, max_size=4).map(joined).filter(_has_text)


def _items(depth: int) -> st.SearchStrategy[tuple[Item, ...]]:
    inner = _items(depth - 1) if depth > 1 else st.just(())
    return st.lists(st.builds(Item, st.integers(1, 26), _CONTENTS, inner), max_size=2).map(tuple)


_PARAGRAPHS = st.builds(
    Paragraph, st.sampled_from(Role), _CONTENTS, st.none() | st.integers(1, 999), st.just(()) | _items(2)
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any words; every note is called, as reading demands."""
    language = draw(st.sampled_from([Language.ARABIC, Language.ENGLISH]))
    organ = draw(st.sampled_from([Organ.GENERAL_ASSEMBLY, Organ.ECONOMIC_AND_SOCIAL_COUNCIL]))
    number = ResolutionNumber(draw(st.integers(1, 2030)), draw(st.integers(1, 999)))
    calls = (NoteCall(1), NoteCall(2), NoteCall(3), NoteCall(1, asterisk=True))
    notes = tuple(Note(call.number, draw(_CONTENTS), call.asterisk) for call in draw(st.permutations(calls)))
    preface = Preface(
        draw(_LINES),
        draw(_LINES),
        draw(_LINES | st.just("قرار اتخذته الجمعية العامة في ٦ تموز/يوليه ٢٠١٧")),
        draw(st.none() | _CONTENTS),
        draw(_CONTENTS),
    )
    return Document(
        type=DocumentType.RESOLUTION,
        language=language,
        organ=organ,
        symbol=draw(_SYMBOLS | st.just(Symbol.parse(f"{organ.series}/RES/{number}"))),
        number=number,
        job=JobNumber("17-12889", language, draw(st.sampled_from([(), ("180817", "110817")]))),
        masthead=Masthead(
            draw(_LINES), draw(_LINES | st.just("18 August 2017")), draw(st.just("") | _LINES), draw(st.booleans())
        ),
        preface=preface,
        body=(*draw(st.lists(_PARAGRAPHS, max_size=4)), Paragraph(Role.OPERATIVE, calls)),
        notes=notes,
        closing=tuple(draw(st.lists(_LINES, max_size=2))),
        digits=draw(st.sampled_from(Digits)),
        pagination=draw(st.sampled_from(Pagination)),
    )


def _read_back(document: Document) -> Document:
    return reader.read(write(document, ".md").encode(), "document.md")


@given(documents())
@settings(max_examples=40, deadline=None)
def test_a_document_written_as_markdown_is_read_back_equal(document: Document) -> None:
    assert _read_back(document) == document


@given(_CONTENTS, st.sampled_from([Language.ARABIC, Language.ENGLISH]))
@settings(max_examples=250, deadline=None)
def test_any_content_is_carried_exactly_in_title_basis_paragraph_item_and_note(
    content: tuple[Inline, ...], language: Language
) -> None:
    calls = (NoteCall(1), NoteCall(2), NoteCall(3), NoteCall(1, asterisk=True))
    document = Document(
        type=DocumentType.RESOLUTION,
        language=language,
        organ=Organ.GENERAL_ASSEMBLY,
        symbol=Symbol.parse("A/RES/73/8"),
        number=ResolutionNumber(73, 8),
        job=JobNumber("18-18418", language),
        masthead=Masthead("General", "5 November 2018"),
        preface=Preface("s", "i", "a", content, content),
        body=(
            Paragraph(Role.FORMULA, content),
            Paragraph(Role.OPERATIVE, content, 1, (Item(1, content), Item(2, calls))),
        ),
        notes=tuple(Note(call.number, content, call.asterisk) for call in calls),
        closing=(),
        digits=Digits.WESTERN,
        pagination=Pagination.FLOW,
    )
    assert _read_back(document) == document


@given(st.lists(_INLINES, max_size=5))
@settings(deadline=None)
def test_the_normal_form_keeps_the_text_and_is_its_own_normal_form(content: list[Inline]) -> None:
    normal = joined(content)
    assert joined(normal) == normal
    assert plain(normal) == plain(content)
