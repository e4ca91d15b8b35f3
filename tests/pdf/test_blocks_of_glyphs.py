"""The text of blocks as shaping sees it: isolates of calls, numbers of resolutions, the language of the content."""

from __future__ import annotations

import pikepdf
import pytest

from masthead.pdf import Block
from masthead.pdf.content.structure import MarkedContent, StructureElement
from masthead.pdf.glyphs.blocks import drawn_blocks
from masthead.pdf.glyphs.known_fonts import KnownFonts

Kid = StructureElement | MarkedContent
HERE = MarkedContent(1, 1)


def element(kind: str, *kids: Kid | str, language: str = "", own: str = "") -> StructureElement:
    """An element; a text is an element within the text, with content of its own."""
    inner = tuple(
        StructureElement("Span", "", each, "", 1, (HERE,)) if isinstance(each, str) else each for each in kids
    )
    return StructureElement(kind, language, None, "", 1, inner, own=own)


def blocks(*kids: Kid, language: str = "en") -> list[Block]:
    file = pikepdf.new()
    root = StructureElement("", language, None, "", None, kids)
    return list(drawn_blocks(file, (), root, KnownFonts(file, ())))


def texts(*kids: Kid, language: str = "en") -> list[str]:
    return [block.text for block in blocks(*kids, language=language)]


def test_paragraphs_headings_notes_cells_and_labels_are_blocks() -> None:
    kinds = ("P", "H", "H1", "H6", "Note", "Lbl", "LBody", "TD", "TH", "Caption")
    assert [block.kind for block in blocks(*(element(kind, "a") for kind in kinds))] == [*kinds]
    assert texts(element("Sect", element("P", "a"))) == ["a"]
    assert texts(element("P")) == []  # without content


def test_the_text_of_a_block_is_that_of_its_elements_in_order() -> None:
    assert texts(element("P", "one ", element("Em", "two"), " three")) == ["one two three"]
    note = element("Note", "see")
    assert texts(element("P", "one", note, "two")) == ["onetwo", "see"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (element("Reference", "(1)"), "a \u2068(1)\u2069 b"),
        (element("Link", "(12)"), "a \u2068(12)\u2069 b"),
        (element("Link", "(x)"), "a (x) b"),
        (element("Link", "(1) c"), "a (1) c b"),
        (element("Span", "(1)"), "a (1) b"),
    ],
)
def test_a_call_is_an_isolate(part: StructureElement, text: str) -> None:
    assert texts(element("P", "a ", part, " b")) == [text]


@pytest.mark.parametrize(
    ("kind", "text", "language", "expected"),
    [
        ("Link", "71/1", "ar", "71\u200f/\u200f1"),
        ("Link", "71/1", "en", "71/1"),
        ("Link", "71/1 ب", "ar", "71/1 ب"),
        ("Span", "71/1", "ar", "71/1"),
        ("H1", "71/1 ب", "ar", "71\u200f/\u200f1 ب"),
        ("H1", "71/1 a", "en", "71/1 a"),
        ("H1", "ب 71/1", "ar", "ب 71/1"),
    ],
)
def test_the_number_of_a_resolution_is_read_from_the_right_in_arabic(
    kind: str, text: str, language: str, expected: str
) -> None:
    part = element(kind, text)
    whole = part if kind == "H1" else element("P", part)
    assert texts(whole, language=language) == [expected]


@pytest.mark.parametrize(("language", "text"), [("ar", "ا\u2067ب\u2069"), ("ar-EG", "ا\u2067ب\u2069"), ("fr", "اب")])
def test_the_text_of_one_of_two_versions_is_an_isolate_in_arabic(language: str, text: str) -> None:
    revised = element("Span", "ب", own="Ins")
    assert texts(element("P", "ا", revised), language=language) == [text]
    assert texts(element("P", "ا", element("Span", "ب", own="Other")), language=language) == ["اب"]


def test_letters_are_composed_with_their_accents_but_arabic_marks_stay_as_typed() -> None:
    assert texts(element("P", "re\u0301sume\u0301")) == ["résumé"]
    typed = "ب\u0651\u064e"  # which NFC would turn round
    assert texts(element("P", f"e\u0301 {typed}")) == [f"é {typed}"]


def test_the_language_of_a_block_is_that_of_all_its_content() -> None:
    english = element("Span", "a", language="en")
    assert [block.language for block in blocks(element("P", english), language="ar")] == ["en"]
    assert [block.language for block in blocks(element("P", english, "ب"), language="ar")] == ["ar"]
    call = element("Reference", "(1)")
    assert [block.language for block in blocks(element("P", english, call), language="ar")] == ["en"]
    assert [block.language for block in blocks(element("P", call), language="ar")] == ["ar"]
    assert [block.language for block in blocks(element("P", "a", language="fr"), language="ar")] == ["fr"]


def test_a_file_without_a_tree_has_no_blocks() -> None:
    file = pikepdf.new()
    assert drawn_blocks(file, (), None, KnownFonts(file, ())) == ()
