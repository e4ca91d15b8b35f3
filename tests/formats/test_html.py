"""The web page of a document has the words of its pages, in order, and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given

import hostile
from examples import every_source
from masthead import formats
from masthead.document.errors import SourceError, TemplateError
from masthead.document.locales import load
from masthead.document.model import Contents, Document
from masthead.document.terms import Language
from masthead.page import TextKind, printed_texts, wording
from strategies import documents, examples

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "th", "td"}


def parsed(text: str) -> Element:
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    assert isinstance(root, Element)
    return root


def has(element: Element, kind: str) -> bool:
    return kind in element.get("class", "").split()


def said(element: Element) -> str:
    """The text of an element as a page shows it, without arrows back from notes, and units, which are texts apart."""
    parts = [element.text or ""]
    for child in element:
        apart = has(child, "back") or has(child, "caption-unit")
        parts += ["" if apart else said(child), " " * (child.tag == "p"), child.tail or ""]
    return "".join(parts)


def shown(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip()


def lines(root: Element) -> tuple[list[str], list[str]]:
    """The text of each block that has any: those of the page, and the notes; each paragraph of a cell is a text."""
    texts: tuple[list[str], list[str]] = ([], [])
    of_paragraphs = {cell for tag in ("th", "td") for cell in root.iter(tag) if cell.find("p") is not None}
    for element in root.iter():
        is_block = (element.tag in BLOCKS and element not in of_paragraphs) or has(element, "caption-unit")
        if is_block and (text := shown(said(element))):
            texts[has(element, "note")].append(text)
    return texts


def tags_of(root: Element) -> Iterator[str]:
    return (element.tag for element in root.iter())


def names_of(root: Element) -> Iterator[str]:
    """The names of all attributes."""
    return (name for element in root.iter() for name in element.attrib)


def differences(document: Document, root: Element) -> list[tuple[str, str]]:
    """Where the page says something else than what is printed, the job number last and notes by themselves."""
    locale = load(document.language)
    heads = [wording.contents_head(Contents(2, listed), locale) for listed in (False, True)]
    of_paper = {str(locale.word("imprint", "recycle")), *heads}
    expected = [(each.kind, shown(each.text)) for each in printed_texts(document) if each.text not in of_paper]
    ordered = [
        *(text for kind, text in expected if kind not in (TextKind.NOTE, TextKind.IMPRINT)),
        *(text for kind, text in expected if kind is TextKind.IMPRINT),
    ]
    notes = sorted(text for kind, text in expected if kind is TextKind.NOTE)
    found, found_notes = lines(root)
    pairs = (*zip_longest(filter(None, ordered), found, fillvalue=""), *zip_longest(notes, sorted(found_notes)))
    return [each for each in pairs if each[0] != each[1]]


@pytest.mark.slow
@every_source
def test_the_page_says_what_is_printed_in_its_order_and_nothing_else(source: Path) -> None:
    document = formats.read(source)
    assert differences(document, parsed(formats.write(document, ".html"))) == []


@pytest.mark.slow
@given(documents())
@examples(60)
def test_every_kind_of_block_is_carried_whatever_it_holds(document: Document) -> None:
    try:
        text = formats.write(document, ".html")
    except TemplateError:  # headings that leave a level out, which no page has
        return
    assert differences(document, parsed(text)) == []


@pytest.mark.slow
@every_source
def test_every_link_leads_somewhere_and_notes_are_linked_both_ways(source: Path) -> None:
    root = parsed(formats.write(formats.read(source), ".html"))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    links = [link for link in root.iter("a") if "href" in link.attrib]  # not the label of annexes in the contents
    for link in links:
        address = link.get("href", "")
        assert address.startswith("https://") or address.removeprefix("#") in names, address
    calls = {link.get("id"): link.get("href") for link in links if link.get("role") == "doc-noteref"}
    back = [link.get("href", "").removeprefix("#") for link in links if link.get("role") == "doc-backlink"]
    assert sorted(back) == sorted(map(str, calls))


@pytest.mark.slow
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_hostile_strings_are_text_or_refused(language: Language) -> None:
    harmless = parsed(formats.write(hostile.document("text 64/293", language), ".html"))
    tags, names = set(tags_of(harmless)), set(names_of(harmless))
    refused = 0
    for text in hostile.STRINGS:
        document = hostile.document(text, language)
        try:
            root = parsed(formats.write(document, ".html"))
        except SourceError as error:
            assert "U+" in error.message
            refused += 1
            continue
        assert differences(document, root) == [], repr(text)
        assert set(tags_of(root)) <= tags | {"a", "bdi", "span"}, repr(text)
        assert set(names_of(root)) <= names, repr(text)
    assert refused < 15
