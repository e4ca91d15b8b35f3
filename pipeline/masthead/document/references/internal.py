"""Find the citations that refer to a part of the document itself.

Paragraphs, sections and notes are internal only if the text says so: "above", "of the present resolution". Annexes,
tables and figures with a number are internal unless they belong to another document: "annex II to resolution 64/293".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from masthead.document.references.citation import Found, Kind
from masthead.document.references.forms import Lexicon, lexicon
from masthead.document.terms import Language, as_searchable

_ONLY_IF_SAID = frozenset({Kind.PARAGRAPH, Kind.SECTION, Kind.NOTE})
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE})
_OWNERS = frozenset({Kind.DOCUMENT, Kind.TREATY})
_BEFORE = 8  # characters before a citation that are searched for words such as "present"
_NEAR, _FAR = 6, 40  # the greatest distance of a document before and after a citation that belongs to it
_SENTENCE_END = re.compile(r"[.;؛；。]")  # a document before it does not own a citation after it
_CLAUSE_END = re.compile(r"[.,;:()،؛，；：。]")  # likewise for a document after it


def find_internal(text: str, found: Sequence[Found], language: Language) -> tuple[Found, ...]:
    """Return those of `found`, the citations of `text` in order, that refer to a part of the document itself.

    The members of a list are treated alike: `paragraphs 3 and 4 above`.
    """
    words, text = lexicon(language), as_searchable(text)
    named = [each for each in found if not each.is_call]
    said = [_is_said(text, each, words) for each in named]
    lists = [at for at, pair in enumerate(pairwise(named)) if _are_listed(text, *pair, words)]
    for at in lists:  # "above" before or after a list is said of all its members
        said[at + 1] = said[at + 1] or said[at]
    for at in reversed(lists):
        said[at] = said[at] or said[at + 1]
    foreign: list[bool] = []
    for at, each in enumerate(named):
        before = named[at - 1] if at and (foreign[-1] or named[at - 1].citation.kind in _OWNERS) else None
        after = named[at + 1] if at + 1 < len(named) else None
        is_elsewhere = words.elsewhere.match(text, each.end) is not None
        foreign.append(is_elsewhere or _is_owned(text, before, each, after))
    return tuple(each for at, each in enumerate(named) if _is_inside(each, said[at], foreign[at]))


def _is_inside(each: Found, said: bool, foreign: bool) -> bool:
    if each.citation.kind in _COUNTED:
        return said or (each.citation.value != "" and not foreign)
    return said and each.citation.kind in _ONLY_IF_SAID


def _are_listed(text: str, each: Found, following: Found, words: Lexicon) -> bool:
    """Return whether two citations are members of one list."""
    same_kind = each.citation.kind is following.citation.kind
    return same_kind and bool(words.between.fullmatch(text, each.end, following.start))


def _is_said(text: str, each: Found, words: Lexicon) -> bool:
    """Return whether the text says that a citation refers to the document itself."""
    before = words.here_before.search(text, max(0, each.start - _BEFORE), each.start)
    return bool(before or words.here.match(text, each.end))


def _is_owned(text: str, before: Found | None, each: Found, after: Found | None) -> bool:
    """Return whether a citation belongs to a document next to it.

    It does in `A/71/119, annex II` and `annex II to resolution 64/293`. `before` is a document, or belongs to one.
    """
    if before:
        gap = text[before.end : each.start]
        if len(gap) <= _NEAR and not _SENTENCE_END.search(gap):
            return True
    if after and after.citation.kind in _OWNERS:
        gap = text[each.end : after.start]
        return len(gap) <= _FAR and not _CLAUSE_END.search(gap)
    return False
