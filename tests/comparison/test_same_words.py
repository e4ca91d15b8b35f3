"""What changes no words is tolerated where files of two programs are compared as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead.comparison.contents import BlockLine, PdfContents, TextBlock
from masthead.comparison.results import Difference, EditOperation, Layer, TextEdit
from masthead.comparison.same_words import comparable, same_pieces, tolerated

ADDED, KEPT, REMOVED = EditOperation.ADDED, EditOperation.KEPT, EditOperation.REMOVED


def changed(*edits: tuple[EditOperation, str]) -> Difference:
    return Difference(Layer.TEXT, "words have changed", 1, edits=tuple(TextEdit(*edit) for edit in edits))


CAPTION = changed((KEPT, "Table 3"), (REMOVED, " Cost"))
BLOCK = changed((ADDED, "Cost"))
WORD = changed((KEPT, "the"), (REMOVED, " rain"), (ADDED, " snow"))
HEAD = changed((KEPT, "2045"), (ADDED, " 2045"))
EXCHANGED = changed((REMOVED, "1"), (ADDED, "2")), changed((REMOVED, "2"), (ADDED, "1"))
PAGE = changed((ADDED, "12"))
RAIN, NO_RAIN = changed((ADDED, "rain")), changed((REMOVED, "rain"))


def divided(count: int) -> tuple[Difference, ...]:
    """A block that loses words which so many others gain."""
    words = "abcdefghijk"[:count]
    return changed((REMOVED, " ".join(words))), *(changed((ADDED, word)) for word in words)


@pytest.mark.parametrize(
    ("differences", "left"),
    [
        ((CAPTION, BLOCK), ()),
        ((CAPTION, WORD, BLOCK), (CAPTION, WORD, BLOCK)),
        ((CAPTION, BLOCK, WORD), (WORD,)),
        ((CAPTION,), (CAPTION,)),
        ((HEAD, HEAD), (HEAD, HEAD)),
        ((changed((REMOVED, "inter\u2011mission"), (ADDED, "inter-mission")),), ()),
        ((changed((REMOVED, "C\u2011130")), changed((ADDED, "C-\u200d130"))), ()),
        ((PAGE,), (PAGE,)),
        ((changed((REMOVED, "a b")), changed((ADDED, "a")), changed((ADDED, "b"))), ()),
        ((changed((REMOVED, "a b"), (ADDED, "b a")),), (changed((REMOVED, "a b"), (ADDED, "b a")),)),
        (EXCHANGED, EXCHANGED),
        (divided(7), ()),
        (divided(8), divided(8)),
        ((NO_RAIN, RAIN, NO_RAIN), (NO_RAIN,)),
        ((replace(NO_RAIN, tolerated=True), RAIN), (RAIN,)),
        ((changed((REMOVED, "inter-mission"), (ADDED, "intermission")),), ()),
        ((changed((REMOVED, "3\u2011B"), (ADDED, "3-B")),), ()),
        ((changed((REMOVED, "3-4"), (ADDED, "34")),), (changed((REMOVED, "3-4"), (ADDED, "34")),)),
        (
            (changed((REMOVED, "1,000")), changed((ADDED, "1,000"))),
            (changed((REMOVED, "1,000")), changed((ADDED, "1,000"))),
        ),
        ((changed((REMOVED, "a b")), changed((ADDED, "a a"))), (changed((REMOVED, "a b")), changed((ADDED, "a a")))),
    ],
)
def test_only_changed_words_are_left(differences: tuple[Difference, ...], left: tuple[Difference, ...]) -> None:
    assert tuple(each for each in tolerated(differences) if not each.tolerated) == left


def test_notes_may_be_elsewhere() -> None:
    moved = [Difference(Layer.TEXT, f"{what} was moved", 1) for what in ("note 3", "note “* Reissued.”", "cell “note”")]
    assert [each.tolerated for each in tolerated(moved)] == [True, True, False]


def line(text: str, page: int = 2, top: float = 400.0) -> TextBlock:
    return block("Artifact", text, page, top=top)


def block(kind: str, text: str, *pages: int, top: float = 300.0) -> TextBlock:
    lines = tuple(BlockLine(text, page, (50.0, top, 200.0, top + 10)) for page in pages)
    return TextBlock(kind, text, "en", lines, on=pages, alternative=text if kind == "Figure" else "")


def drawn(text: str, page: int) -> TextBlock:
    """A figure without letters: a drawing says on which page it is."""
    return TextBlock("Figure", text, "en", (), drawings=((page, (50.0, 300.0, 200.0, 310.0)),), alternative=text)


def contents(*blocks: TextBlock) -> PdfContents:
    artifacts: dict[int, tuple[TextBlock, ...]] = {}
    for each in blocks:
        if each.kind == "Artifact":
            artifacts[each.page or 0] = (*artifacts.get(each.page or 0, ()), each)
    return PdfContents(str, tuple(each for each in blocks if each.kind != "Artifact"), artifacts)


EDGES = line("A/80/1", top=40), line("2/9", top=780)
CELL = block("TD", "Total", 2)


def head(page: int) -> tuple[TextBlock, ...]:
    return block("P", "2023", page), block("P", "2024", page)


def wide_head(columns: int, page: int) -> tuple[TextBlock, ...]:
    return tuple(block("P", f"c{number}", page) for number in range(columns))


ONCE, AGAIN = "2023 2024", "2023 2024 2023 2024"
C20, C21 = (" ".join(f"c{number}" for number in range(count)) for count in (20, 21))
UNSEEN = "\ue000p:1\ue001"


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ((block("TH", "Cost Cost", 2, 3),), (block("TH", "Cost", 2),), ("Cost", "Cost")),
        ((block("TD", "Cost Cost", 2),), (block("TD", "Cost", 2),), ("Cost Cost", "Cost")),
        ((block("P", "Cost of Cost", 2, 3),), (block("P", "Cost", 2),), ("Cost of Cost", "Cost")),
        ((*head(1), *head(2)), head(1), (ONCE, ONCE)),
        ((*head(1), *head(1)), head(1), (AGAIN, ONCE)),
        ((*head(1), *head(3)), head(1), (AGAIN, ONCE)),
        ((*head(1), CELL, *head(2)), head(1), (f"{AGAIN} Total", ONCE)),
        ((*head(1), *head(2)[:1]), head(1), ("2023 2024 2023", ONCE)),
        ((*EDGES, line("Cost Staff"), CELL), (*EDGES, CELL), ("Total A/80/1 2/9",) * 2),
        ((*EDGES, line("Distr.: General", 1, 90)), EDGES, ("Distr.: General A/80/1 2/9", "A/80/1 2/9")),
        ((line("Distr.: General", 1, 90),), (block("P", "Distr.:  General", 1),), ("", "")),
        (
            (line("Distr.: Limited", 1, 90),),
            (block("P", "Distr.: General", 1),),
            ("Distr.: Limited", "Distr.: General"),
        ),
        ((line("Distr.: General", 1, 90),), (block("P", "Distr.: General", 2),), ("Distr.: General",) * 2),
        ((*wide_head(20, 1), *wide_head(20, 2)), wide_head(20, 1), (C20, C20)),
        ((*wide_head(21, 1), *wide_head(21, 2)), wide_head(21, 1), (f"{C21} {C21}", C21)),
        (
            (block("P", "Map", 1), *head(1)[:1], *head(2)[:1]),
            (block("P", "Map", 1), *head(1)[:1]),
            ("Map 2023 2023", "Map 2023"),
        ),
        ((block("TH", f"{UNSEEN} {UNSEEN}", 2, 3),), (), (f"{UNSEEN} {UNSEEN}", "")),
        ((*EDGES, line("Cost", top=57.9)), EDGES, ("Cost A/80/1 2/9", "A/80/1 2/9")),
        ((*EDGES, line("Cost", top=58)), EDGES, ("A/80/1 2/9", "A/80/1 2/9")),
        ((*EDGES, line("Cost", top=762)), EDGES, ("A/80/1 2/9", "A/80/1 2/9")),
        ((*EDGES, line("Cost", top=762.1)), EDGES, ("Cost A/80/1 2/9", "A/80/1 2/9")),
        (
            (line("A/80/1", 1, 40), line("Distr.: General", 1, 90), line("1/9", 1, 780)),
            (),
            ("A/80/1 Distr.: General 1/9", ""),
        ),
        ((block("P", "Map .... 35", 2),), (), ("Map", "")),
        ((block("P", "Map ... 35", 2),), (), ("Map ... 35", "")),
        ((block("P", "Map ...... 35", 2),), (block("P", "Map", 2),), ("Map", "Map")),
        ((block("P", "Map ......", 2), block("P", "35", 2)), (block("P", "Map", 2),), ("Map", "Map")),
        ((block("P", "35", 2),), (block("P", "Map", 2),), ("35", "Map")),
        ((block("P", "_____", 2), CELL), (CELL,), ("Total", "Total")),
        ((block("P", "Chief", 2), CELL), (block("Figure", "Chief, Total", 2), CELL), ("Total", "Total")),
        ((block("P", "Chef", 2),), (block("Figure", "Chief", 2),), ("Chef", "")),
        ((line("*2600971*", 1, 90),), (block("Figure", "Barcode: 2600971", 1),), ("", "")),
        ((line("2600971", 1, 90),), (block("Figure", "Barcode: 2600971", 1),), ("2600971", "")),
        ((block("P", "Chief", 2),), (drawn("Chief, Total", 2),), ("", "")),
        ((block("P", "Chief", 2),), (drawn("Chief, Total", 3),), ("Chief", "")),
        ((line("*2600972*", 1, 90),), (block("Figure", "Barcode: 2600971", 1),), ("*2600972*", "")),
    ],
)
def test_what_only_some_programs_write_as_text_is_left_out(
    before: tuple[TextBlock, ...], after: tuple[TextBlock, ...], left: tuple[str, str]
) -> None:
    sides = comparable(contents(*before), contents(*after))
    found = (
        " ".join(each.text for each in (*side.blocks, *(line for lines in side.artifacts.values() for line in lines)))
        for side in sides
    )
    assert tuple(sorted(text.split()) for text in found) == tuple(sorted(text.split()) for text in left)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["32", "A/80/600", "/35"], ["32/35", "A/80/600"], True),
        (["26-00971"], ["26-00917"], False),
        (["A/80/600"], ["A/80/600", "2"], False),
        (["32A"], ["32", "A", "2"], False),
    ],
)
def test_heads_of_turned_pages_may_be_in_other_pieces(one: list[str], other: list[str], same: bool) -> None:
    assert same_pieces(one, other) is same is same_pieces(other, one)


def test_other_layers_and_moved_blocks_stay() -> None:
    others = (Difference(Layer.PICTURE, "a dot"), Difference(Layer.TEXT, "a paragraph was moved", 1))
    assert tuple(tolerated(others)) == others


def test_rows_divided_by_a_page_are_in_the_order_of_pages() -> None:
    cell_by_cell = contents(*(block("P", text, page) for text, page in (("a", 2), ("b", 3), ("c", 2), ("d", 3))))
    page_by_page = contents(*(block("P", text, page) for text, page in (("a", 2), ("c", 2), ("b", 3), ("d", 3))))
    sides = comparable(cell_by_cell, page_by_page)
    assert [[each.text for each in side.blocks] for side in sides] == [["a", "c", "b", "d"]] * 2
