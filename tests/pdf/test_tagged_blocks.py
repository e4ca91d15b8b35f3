"""The structure tree as blocks: which elements begin one, and what their text, pages and language are."""

from __future__ import annotations

import pytest

from masthead.pdf.content.structure import (
    MarkedContent,
    StructureElement,
    columns,
    revised_content,
)
from masthead.pdf.content.tagged import Piece, tagged_blocks

Kid = StructureElement | MarkedContent


def element(kind: str, *kids: Kid, text: str | None = None, language: str = "", alt: str = "") -> StructureElement:
    return StructureElement(kind, language, text, alt, None, kids)


def shown(page: int, number: int) -> MarkedContent:
    return MarkedContent(page, number)


def texts(page: int, number: int) -> str:
    """What marked content shows: its page, from 0, and its number."""
    return f"[{page}.{number}]"


def blocks(*kids: Kid, language: str = "en") -> list[tuple[str, str, tuple[int, ...], str, bool]]:
    root = StructureElement("", language, None, "", None, kids)
    return [(each.kind, each.text, each.pages, each.language, each.in_cell) for each in tagged_blocks(root, texts)]


def test_a_file_without_a_tree_has_no_blocks() -> None:
    assert tagged_blocks(None) == ()


def test_elements_within_the_text_of_a_block_belong_to_it() -> None:
    span, label = element("Span", shown(1, 2)), element("Lbl", shown(1, 1))
    assert blocks(element("P", label, span, shown(2, 3))) == [("P", "[0.1][0.2][1.3]", (1, 2), "en", False)]


def test_an_element_of_text_outside_any_block_is_one() -> None:
    assert blocks(element("Span", shown(1, 2))) == [("Span", "[0.2]", (1,), "en", False)]
    assert blocks(shown(1, 2)) == []


def test_a_block_inside_another_is_one_of_its_own() -> None:
    inner = element("P", shown(1, 2))
    assert blocks(element("Sect", shown(1, 1), inner)) == [
        ("Sect", "[0.1]", (1,), "en", False), ("P", "[0.2]", (1,), "en", False),
    ]  # fmt: skip
    assert blocks(element("Sect", inner)) == [("P", "[0.2]", (1,), "en", False)]  # what holds no text is no block


def test_the_language_is_that_of_the_nearest_element() -> None:
    note = element("Note", shown(1, 2))
    assert blocks(element("P", shown(1, 1), note, language="fr"), element("P", shown(1, 3))) == [
        ("P", "[0.1]", (1,), "fr", False), ("Note", "[0.2]", (1,), "fr", False), ("P", "[0.3]", (1,), "en", False),
    ]  # fmt: skip


def test_a_cell_and_what_is_in_it_are_side_by_side_with_others() -> None:
    cell = element("TD", element("P", shown(1, 2)), shown(1, 1))
    assert [(kind, held) for kind, *_, held in blocks(element("Table", element("TR", cell)))] == [
        ("TD", True), ("P", True),
    ]  # fmt: skip
    assert [held for *_, held in blocks(element("TH", shown(1, 1)), element("P", shown(1, 2)))] == [True, False]


def test_replacement_text_is_read_instead_of_what_is_shown() -> None:
    said = element("Span", shown(1, 1), element("Span", shown(1, 3)), shown(1, 2), text="said")
    root = StructureElement("", "en", None, "", None, (element("P", said, shown(1, 4)),))
    (block,) = tagged_blocks(root, texts)
    assert block.text == "said[0.4]"
    assert block.pieces == (Piece("said", 1, 1), Piece("", 1, 2), Piece("[0.4]", 1, 4))


def test_figures_and_what_has_an_alternative_are_blocks_without_text() -> None:
    root = StructureElement(
        "", "en", None, "", None, (element("Figure"), element("Formula", alt="x squared"), element("P"))
    )
    assert [(block.kind, block.alternative) for block in tagged_blocks(root, texts)] == [
        ("Figure", ""), ("Formula", "x squared"),
    ]  # fmt: skip


def test_the_page_of_a_block_is_the_first_that_it_is_on() -> None:
    root = StructureElement("", "en", None, "", None, (element("P", shown(3, 1), shown(2, 2)), element("Figure")))
    first, second = tagged_blocks(root, texts)
    assert (first.page, first.pages, second.page) == (2, (2, 3), None)


def test_content_on_no_page_says_nothing() -> None:
    root = StructureElement("", "en", None, "", None, (element("P", MarkedContent(None, 1), shown(1, 2)),))
    assert [block.text for block in tagged_blocks(root, texts)] == ["[0.2]"]


def test_white_space_is_one_space() -> None:
    root = StructureElement("", "en", None, "", None, (element("P", shown(1, 1), shown(1, 2)),))
    (block,) = tagged_blocks(root, lambda page, number: f"  a\n{number} ")
    assert block.text == "a 1 a 2"


# --- what is found in a tree ------------------------------------------------------------------------------------------


def section(language: str, *kids: Kid) -> StructureElement:
    return StructureElement("Sect", language, None, "", None, kids)


def tree(*kids: Kid, language: str = "en") -> StructureElement:
    return StructureElement("", language, None, "", None, kids)


@pytest.mark.parametrize(
    "kids",
    [
        (section("en"), section("en")),
        (section("en"), section("")),  # of the same language
        (section("en"), section("ar"), section("fr")),
        (section("en"), section("ar"), element("P")),
        (section("en"), element("P")),
        (section("ar"),),
        (),
    ],
)
def test_other_trees_have_no_columns(kids: tuple[StructureElement, ...]) -> None:
    assert columns(tree(element("Document", *kids))) == ()
    assert columns(None) == ()


def test_revised_content_is_that_of_our_types() -> None:
    added = StructureElement("Span", "", None, "", None, (element("Em", shown(1, 2)), shown(1, 3)), own="Ins")
    removed = StructureElement("Span", "", None, "", None, (shown(1, 4),), own="Del")
    other = StructureElement("Span", "", None, "", None, (shown(1, 5),), own="Ours")
    assert revised_content(tree(element("P", shown(1, 1), added, removed, other))) == {
        (1, 2): "Ins", (1, 3): "Ins", (1, 4): "Del",
    }  # fmt: skip
