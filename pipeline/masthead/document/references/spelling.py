"""How a citation is written, to find texts that write the same kind of citation in different ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document.references.citation import Citation, Found, Kind
from masthead.document.terms import as_searchable

_DIGITS = re.compile(r"[0-9٠-٩]+")
_ROMAN = re.compile(r"[IVX]+(?!\w)")
_ZERO = re.compile(r"(?<![0-9٠-٩])[0٠](?=[0-9٠-٩])")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE, Kind.SECTION})
_LETTERED = frozenset({Kind.PARAGRAPH, Kind.AGENDA_ITEM})


def normalized(citation: Citation) -> Citation:
    """Return the citation without spaces in its value: `S/RES/2254(2015)` is the same as `S/RES/2254 (2015)`."""
    return Citation(citation.kind, citation.value.replace(" ", ""))


def spellings(found: Found, text: str) -> Iterator[tuple[str, str]]:
    """Yield (aspect, way) for how `found` is written in `text`: `numeral`, and `roman` or `figures`.

    Inflection is not an aspect, nor is a capital at the beginning of a sentence. An aspect that the text leaves open,
    as a list does from its second member on, is left out.
    """
    text = as_searchable(text)
    written, kind = text[found.start : found.end], found.citation.kind
    match kind:
        case Kind.DOCUMENT:
            yield "form", "symbol" if re.search("[A-Z]/", written) else "number"
            yield "spaces", "space" if " " in written else "none"
        case Kind.SESSION:
            yield "numeral", "figures" if _DIGITS.search(written) else "words"
            if written.casefold().startswith(("hundred", "one hundred")):
                yield "hundred", written.casefold().partition("hundred")[0]
        case Kind.DATE | Kind.TREATY:
            yield "form", _DIGITS.sub("0", _ZERO.sub("o", written))
        case Kind.TARGET:
            yield "mark", _DIGITS.sub("0", written[_first(written) :])
        case Kind.GOAL:
            if written[0].isalpha() and _is_within(text, found.start):
                yield "capital", "capital" if written[0].isupper() else "small"
        case _ if kind in _COUNTED and found.citation.value:
            yield "numeral", _numeral(written)
        case _ if kind in _LETTERED and "(" in found.citation.value:
            yield "letter", _LETTER.sub("a", _DIGITS.sub("0", written[_first(written) :]))
    if kind in _COUNTED | _LETTERED and (word := _WORDS.match(written)):
        yield "word", "abbreviated" if written.startswith(".", word.end()) else "whole"


def _first(written: str) -> int:
    found = _DIGITS.search(written)
    return found.start() if found else 0


def _numeral(written: str) -> str:
    return "figures" if _DIGITS.search(written) else "roman" if _ROMAN.search(written) else "words"


def _is_within(text: str, start: int) -> bool:
    """Return whether a word is inside a sentence, not at its beginning."""
    before = text[:start].rstrip(' (“”«»"')
    return bool(before) and before[-1] not in ".!?:。：！？"
