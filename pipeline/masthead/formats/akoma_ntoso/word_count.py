"""The words of an Akoma Ntoso file, counted in its XML, and those of them that a document does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from masthead.document import Document
from masthead.formats.akoma_ntoso.cover import COVER
from masthead.formats.akoma_ntoso.source import AknSource, Element
from masthead.formats.akoma_ntoso.vocabulary import INLINES
from masthead.formats.lost_words import document_words, loss, words

_SEPARATE = ("authorialNote", "br", "eol", "img")  # inline elements that part words
_UNREAD = ("meta", "toc")  # the entries of a table of contents are made again
_HINT = "no document can have text at this place; mark it up as a paragraph of the body"


def report_lost_words(source: AknSource, document: Document) -> None:
    """Put on record how many words of the file `document` does not have, with the line of the first."""
    texts = list(_texts(source.root))
    wanted = words("".join(text for text, _ in texts))
    lost = wanted - document_words(document, COVER)
    if doubt := loss(lost, wanted.total(), 0, _HINT):
        source.record.report(_line_of(lost, texts), doubt)


def _texts(element: Element) -> Iterator[tuple[str, int]]:
    """Yield the texts in an element with the line of their element; a space parts what is not one line of text."""
    if element.tag in _UNREAD:
        return
    space = element.tag not in INLINES or element.tag in _SEPARATE
    yield " " * space + (element.text or ""), element.sourceline
    for child in element:
        yield from _texts(child)
        yield child.tail or "", child.sourceline
    yield " " * space, element.sourceline


def _line_of(lost: Counter[str], texts: list[tuple[str, int]]) -> int:
    """Return the line of the text with most of the lost words."""
    return max(texts, key=lambda each: ((words(each[0]) & lost).total(), -each[1]))[1]
