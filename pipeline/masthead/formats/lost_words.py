"""The words of a source that its document does not have.

What counts them shares no code with a reader, so that it finds what the reader drops without noticing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from masthead.document import Document, MastheadError, Metadatum, Severity, model
from masthead.document.references import Doubt
from masthead.page import printed_texts

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
# Without digits, since numbers and note calls are generated. Chinese has no spaces between words.
_WORD = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+(?:[’'-][^\W\d_{_HAN}]+)*")
_SIGNS = str.maketrans({**dict.fromkeys("\u00ad\u0640\u200c\u200d\u200e\u200f"), "\u2011": "-", "\u00a0": " "})
_SHOWN = 8


def words(text: str) -> Counter[str]:
    """Return the words of a text, in Chinese its characters, without numbers and signs that are not seen."""
    return Counter(_WORD.findall(text.translate(_SIGNS).casefold()))


def document_words(document: Document, unprinted: str = "") -> Counter[str]:
    """Return the words of a document: on its pages, in the descriptions of its figures, in its metadata.

    Metadata of the name `unprinted` repeat what is on the pages, and do not count.
    """
    found: Counter[str] = Counter()
    with suppress(MastheadError):  # what cannot be printed is an error when it is published
        found += words(" ".join(text.text for text in printed_texts(document)))
    if not found:
        found += words(" ".join(map(model.plain, model.contents(document))))
    found += words(" ".join(each.alternative for each in model.figures(document)))
    return found + words(" ".join(_metadata_texts(each for each in document.metadata if each.name != unprinted)))


def _metadata_texts(metadata: Iterable[Metadatum]) -> Iterator[str]:
    for each in metadata:
        yield each.text
        yield from _metadata_texts(each.entries)


def loss(lost: Counter[str], every: int, serious: float, hint: str) -> Doubt | None:
    """Return the finding about lost words of `every` in a source, None if there are none.

    It is an error from the share `serious` on.
    """
    if not (count := lost.total()):
        return None
    shown = ", ".join(word for word, _ in lost.most_common(_SHOWN))
    message = f"{count} of the {every} words of the file are not in the document: {shown}"
    return Doubt("word-loss", message, hint, Severity.ERROR if count > serious * every else Severity.NOTE)
