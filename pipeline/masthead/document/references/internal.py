"""Which references in a text name a part of its own document: said to be here, or counted and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from masthead.document.references.citation import Found, Kind
from masthead.document.references.forms import Lexicon, lexicon
from masthead.document.terms import Language

_SAID = frozenset({Kind.PARAGRAPH, Kind.SECTION, Kind.NOTE})  # every document has them: own are those said to be
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE})
_OWNERS = frozenset({Kind.DOCUMENT, Kind.TREATY})
_BEFORE = 8  # characters in which it is said before a reference that it is here
_NEAR, _FAR = 6, 40  # characters before and behind, within which a document owns what is named
_ENDS = re.compile(r"[.;؛；。]")
_PARTS = re.compile(r"[.,;:()،؛，；：。]")


def find_internal(text: str, found: Sequence[Found], language: Language) -> tuple[Found, ...]:
    """Return those of `found`, the references of `text` in their order, that name a part of the document itself.

    A list is of one place: `paragraphs 3 and 4 above`.
    """
    words = lexicon(language)
    named = [each for each in found if not each.is_call]
    said = [_is_said(text, each, words) for each in named]
    lists = [at for at, pair in enumerate(pairwise(named)) if _goes_on(text, *pair, words)]
    for at in lists:
        said[at + 1] = said[at + 1] or said[at]
    for at in reversed(lists):
        said[at] = said[at] or said[at + 1]
    foreign: list[bool] = []
    for at, each in enumerate(named):
        before = named[at - 1] if at and (foreign[-1] or named[at - 1].citation.kind in _OWNERS) else None
        behind = named[at + 1] if at + 1 < len(named) else None
        is_elsewhere = words.elsewhere.match(text, each.end) is not None
        foreign.append(is_elsewhere or _is_owned(text, before, each, behind))
    return tuple(each for at, each in enumerate(named) if _is_inside(each, said[at], foreign[at]))


def _is_inside(each: Found, said: bool, foreign: bool) -> bool:
    if each.citation.kind in _COUNTED:
        return said or (each.citation.value != "" and not foreign)
    return said and each.citation.kind in _SAID


def _goes_on(text: str, each: Found, behind: Found, words: Lexicon) -> bool:
    """Whether two are members of one list."""
    is_one = each.citation.kind is behind.citation.kind
    return is_one and bool(words.between.fullmatch(text, each.end, behind.start))


def _is_said(text: str, each: Found, words: Lexicon) -> bool:
    before = words.here_before.search(text, max(0, each.start - _BEFORE), each.start)
    return bool(before or words.here.match(text, each.end))


def _is_owned(text: str, before: Found | None, each: Found, behind: Found | None) -> bool:
    """Whether a document beside it owns what is named: `A/71/119, annex II`, `annex II to resolution 64/293`.

    `before` is a document, or what is owned by one.
    """
    if before:
        gap = text[before.end : each.start]
        if len(gap) <= _NEAR and not _ENDS.search(gap):
            return True
    if behind and behind.citation.kind in _OWNERS:
        gap = text[each.end : behind.start]
        return len(gap) <= _FAR and not _PARTS.search(gap)
    return False
