"""The words of a Word file, counted in its XML, and those of them that a document does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from masthead.document import Document
from masthead.document.references import Doubt
from masthead.formats.lost_words import document_words, loss, words
from masthead.formats.word.xml import is_on, local

SERIOUS = 0.001
"""The share of lost words from which on the loss is an error."""

_SKIPPED = ("Fallback", "pPr", "rPr", "instrText", "sectPr", "oMath")
_SPACES = ("p", "tab", "br", "cr", "ptab", "footnoteReference", "endnoteReference")
_HINT = "the findings above say what is left out; put it into the text itself"


def lost_words(document: Document, sources: Iterable[Any], made_again: str) -> Doubt | None:
    """Return the finding about words in the XML of the `sources` that `document` does not have, None if it has all.

    `made_again` is the text of typed tables of contents.
    """
    wanted = words(" ".join("".join(_texts(source)) for source in sources)) - words(made_again)
    return loss(wanted - document_words(document), wanted.total(), SERIOUS, _HINT)


def _texts(element: Any) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name in _SKIPPED:
            continue
        if name == "r" and is_on(each.find("{*}rPr/{*}vanish")):  # which Word does not print either
            continue
        if name == "t":
            yield each.text or ""
        elif name == "noBreakHyphen":
            yield "-"
        else:
            if name in _SPACES:
                yield " "
            yield from _texts(each)
