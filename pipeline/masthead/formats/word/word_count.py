"""The words of a Word file, counted in its XML, and those of them that a document does not have.

The count shares no code with the reader, so that it finds what the reader drops without noticing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from masthead.document import Document, MastheadError, Severity, model
from masthead.document.references import Doubt
from masthead.formats.word.xml import local
from masthead.page import printed_texts

SERIOUS = 0.001
"""The share of lost words from which on the loss is an error."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")  # without digits: numbers and note calls are generated
_SKIPPED = ("Fallback", "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "oMath")
_SPACES = ("p", "tab", "br", "cr", "ptab", "footnoteReference", "endnoteReference")
_SHOWN = 8


def lost_words(document: Document, sources: Iterable[Any], made_again: str) -> Doubt | None:
    """Return the finding about words in the XML of the `sources` that `document` does not have, None if it has all.

    `made_again` is the text of typed tables of contents.
    """
    wanted = _words(" ".join("".join(_texts(source)) for source in sources)) - _words(made_again)
    lost = wanted - _document_words(document)
    count, every = lost.total(), wanted.total()
    if not count:
        return None
    shown = ", ".join(word for word, _ in lost.most_common(_SHOWN))
    message = f"{count} of the {every} words of the file are not in the document: {shown}"
    severity = Severity.ERROR if count > SERIOUS * every else Severity.NOTE
    return Doubt("word-loss", message, "the findings above say what is left out; put it into the text itself", severity)


def _words(text: str) -> Counter[str]:
    plain = text.replace("\u00ad", "").replace("\u2011", "-").replace("\u00a0", " ")
    return Counter(_WORD.findall(plain.casefold()))


def _texts(element: Any) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name in _SKIPPED or (name == "tr" and each.find("{*}trPr/{*}del") is not None):
            continue
        if name == "t":
            yield each.text or ""
        elif name == "noBreakHyphen":
            yield "-"
        else:
            if name in _SPACES:
                yield " "
            yield from _texts(each)


def _document_words(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    with suppress(MastheadError):  # what cannot be printed is an error when it is published
        found += _words(" ".join(text.text for text in printed_texts(document)))
    if not found:
        found += _words(" ".join(map(model.plain, model.contents(document))))
    return found + _words(" ".join(each.alternative for each in model.figures(document)))
