"""The columns of a parallel edition, each as evidence of its own: rules look at one language, as in other files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from masthead.document import Document
from masthead.pdf.content.structure import MarkedContent, StructureElement, columns, content_in_links
from masthead.pdf.content.tagged import tagged_blocks
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.pages import text_by_content
from masthead.pdf.drawn.simple_pages import SimplePages
from masthead.pdf.evidence import Evidence, look
from masthead.pdf.facts.places import HEAD
from masthead.pdf.facts.recognition import PRINTED_ONCE, recognize

_FOOT = 100.0  # points from the lower edge of a page: the place of imprint and running feet


def by_column(whole: Evidence, documents: Sequence[Document] = ()) -> tuple[Evidence, ...]:
    """Return the columns of a parallel edition as evidence of their own; of any other file, `whole` alone.

    `documents` are what the columns should show, by default those whose sources are attached.
    """
    parts = columns(whole.structure)
    if not parts:
        return (whole,)
    held = [frozenset(content_in_links(part)) for part in parts]
    first, second = (_column(whole, parts[at], held[at], held[1 - at], documents[at : at + 1]) for at in (0, 1))
    once = {name: getattr(first.facts, name) for name in PRINTED_ONCE}
    return first, replace(second, facts=replace(second.facts, **once), is_second=True)


def _column(
    whole: Evidence,
    structure: StructureElement,
    own: Collection[MarkedContent],
    other: Collection[MarkedContent],
    documents: Sequence[Document],
) -> Evidence:
    """Return a column as if the `other` content of the file, and what is drawn between it, were not there."""
    is_left = _middle(whole, own) < _middle(whole, other)

    def leave_out(index: int, character: Character) -> bool:
        content = MarkedContent(index + 1, character.content)
        if content in other:
            return True
        page = whole.pages[index]
        if content in own or not HEAD < character.baseline < page.height - _FOOT:
            return False
        # An artifact, such as the page number of an entry of the contents.
        return (character.left + character.right < page.width) is not is_left

    sources = tuple(each for each in whole.sources if not each.document or each.document.language == structure.language)
    pages, _ = look(whole.pdf, SimplePages(whole.file, whole.texts, whole.known_fonts), leave_out)
    tree = tagged_blocks(structure, text_by_content(pages))
    numbers = [{each.number for each in other if each.page == page.number} for page in pages]
    return replace(
        whole,
        pages=pages,
        texts=tuple(text.without(left_out) for text, left_out in zip(whole.texts, numbers, strict=True)),
        structure=structure,
        tree=tree,
        facts=recognize(pages, {"barcode": whole.facts.barcode, "qr": whole.facts.qr_code}, tree),
        document=next(iter(documents), None) or next((each.document for each in sources if each.document), None),
        attached=sources,
        whole=whole,
    )


def _middle(whole: Evidence, content: Collection[MarkedContent]) -> float:
    """Return where most characters of some content are, in points from the left."""
    lines = ((page, line) for page in whole.pages for line in page.lines)
    shown = ((page, each) for page, line in lines for each in line.characters)
    return median([each.left for page, each in shown if MarkedContent(page.number, each.content) in content] or [0.0])
