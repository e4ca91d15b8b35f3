"""A document as HTML: what templates print, and how text is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from masthead.document.errors import TemplateError
from masthead.document.model import (
    Document,
    Hyperlink,
    LineBreaking,
    PageEnd,
    Pagination,
    Paragraph,
    Role,
    Strong,
    Text,
)
from masthead.page import art
from masthead.page.markup import Html, mark_up
from paths import ROOT


@pytest.fixture(scope="module")
def html(touchstone: Document) -> Html:
    return mark_up(touchstone)


def test_a_note_is_at_its_first_call_and_later_calls_link_to_it(html: Html) -> None:
    assert [html.text.count(f'id="note-{n}"') for n in range(1, 6)] == [1] * 5
    assert [html.text.count(f'href="#note-{n}"') for n in range(1, 6)] == [1, 1, 0, 1, 0]
    assert all(html.text.index(f'id="note-{n}"') < html.text.index(f'href="#note-{n}"') for n in (1, 2, 4))


def test_numbers_of_resolutions_and_symbols_link_to_their_documents(html: Html) -> None:
    links = re.findall(r'href="(https://[^"]+)"', html.text)
    assert "https://undocs.org/A/RES/64/293" in links
    assert "https://undocs.org/A/71/119" in links
    assert "https://undocs.org/E/2017/30" in links


def test_a_page_end_divides_a_paragraph_into_two_parts(html: Html) -> None:
    parts = re.findall(r'<p class="([^"]+)" data-part="([^"]+)"', html.text)
    assert [kind for kind, _ in parts] == ["operative cut", "operative continued"]
    assert len({key for _, key in parts}) == 1


def test_page_ends_are_ignored_if_the_document_says_so(touchstone: Document) -> None:
    html = mark_up(replace(touchstone, pagination=Pagination.FLOW))
    assert html.pages is None
    assert "page-end" not in html.text
    assert "data-part" not in html.text


def test_words_are_divided_only_if_the_document_asks_and_its_pages_are_not_those_of_print(touchstone: Document) -> None:
    flowing = replace(touchstone, pagination=Pagination.FLOW)
    asked = [replace(each, lines=LineBreaking.HYPHENATED) for each in (touchstone, flowing)]
    sheets = ["css/hyphenated.css" in mark_up(each).text for each in (touchstone, flowing, *asked)]
    assert sheets == [False, False, False, True]


def test_the_text_of_six_printed_pages_must_fill_six_pages(html: Html) -> None:
    assert html.pages == 6


def test_markup_and_template_syntax_in_a_text_is_text(touchstone: Document) -> None:
    hostile = "<script>alert(1)</script> {{ page }} {% raw %} & \"'"
    preface = replace(touchstone.preface, session=hostile, title=(Text(hostile),))
    html = mark_up(replace(touchstone, preface=preface)).text
    assert "<script" not in html
    assert "{{ page }}" in html
    assert "{% raw %}" in html


def test_the_same_document_gives_the_same_html(touchstone: Document, html: Html) -> None:
    assert mark_up(touchstone).text == html.text


@pytest.mark.parametrize(("length", "is_repeated"), [(130, True), (131, False)])
def test_a_title_of_up_to_130_characters_is_repeated_on_each_page(
    touchstone: Document, length: int, is_repeated: bool
) -> None:
    title = ("ميناء " * 30)[: length - 1] + "ا"
    short = replace(touchstone, preface=replace(touchstone.preface, title=(Text(title),)), body=touchstone.body[:1])
    assert (f'data-title="{title}"' in mark_up(short).text) is is_repeated


def test_a_foreign_note_has_its_direction_and_language(html: Html) -> None:
    note = html.text[html.text.index('id="note-1"') :][:400]
    assert re.search(r'<span lang="en" dir="ltr">|<span dir="ltr" lang="en">', note)


def test_latin_words_in_a_link_and_after_initials_are_marked_as_english(touchstone: Document) -> None:
    link = Hyperlink("تقرير World Health", "https://www.who.int")
    content = (Text("انظر A. Reed، و"), link, Text("."))
    changed = replace(touchstone, body=(Paragraph(Role.PLAIN, content),), notes=())
    text = mark_up(changed).text
    assert re.search('href="https://www.who.int">تقرير <span lang="en"[^>]*>World Health</span></a>', text)
    assert re.search('<span class="unit latin"[^>]*lang="en"[^>]*>A. Reed</span>', text)


def test_a_failing_template_is_an_error_with_its_place(touchstone: Document, tmp_path: Path) -> None:
    for name in ("locales", "art"):
        (tmp_path / name).symlink_to(ROOT / "templates" / name)
    (tmp_path / "resolution.html.j2").write_text("<p>\n{{ page.nonsense }}")
    with pytest.raises(TemplateError, match="nonsense") as error:
        mark_up(touchstone, templates=tmp_path)
    assert error.value.where.startswith("resolution.html.j2")


def test_an_emblem_that_cannot_be_read_is_an_error(touchstone: Document, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="picture") as error:
        art.Emblem.load(tmp_path / "nothing.svg")
    assert "nothing.svg" in error.value.where


def test_an_emblem_replaces_the_bundled_one(touchstone: Document, html: Html, tmp_path: Path) -> None:
    emblem = tmp_path / "emblem.svg"
    emblem.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>')
    assert mark_up(touchstone, emblem=art.Emblem.load(emblem)).text != html.text


@pytest.mark.slow
def test_page_ends_only_end_pages_in_paragraphs(touchstone: Document) -> None:
    """A page of the original may end inside a note or a heading; these are not divided."""
    broken = (Text("before "), Strong((PageEnd(), Text("behind"))), PageEnd())
    (first, *others) = touchstone.notes
    noted = replace(touchstone, notes=(replace(first, content=broken), *others))
    html = mark_up(noted)
    assert html.pages == mark_up(touchstone).pages == 6
    assert "before <b>behind</b>" in html.text


def test_a_first_page_is_tightened_by_a_class_of_its_body() -> None:
    html = Html('<html><body lang="ar"><p>a tag: <body ></p></body></html>', Path())
    assert html.tightened().text == '<html><body class="tight" lang="ar"><p>a tag: <body ></p></body></html>'
