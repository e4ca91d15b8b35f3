"""Find the citations that refer to a part of the document itself.

Paragraphs, sections and notes are internal only if the text says so: "above", "of the present resolution"; a paragraph
also in an annex that is internal: "paragraph 3 of annex II". Annexes,
tables and figures with a number are internal unless they belong to another document: "annex II to resolution 64/293".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from masthead.document.references.citation import Found, Kind
from masthead.document.references.forms import Lexicon, lexicon
from masthead.document.terms import Language, as_searchable

_ONLY_IF_SAID = frozenset({Kind.PARAGRAPH, Kind.SECTION, Kind.NOTE})
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE})
_OWNERS = frozenset({Kind.DOCUMENT, Kind.TREATY})
_BEFORE = 8  # characters before a citation that are searched for words such as "present"
_OF = 10  # the greatest distance of an annex after its paragraph
_THEN = re.compile(r"[,،， ]{0,2}")  # between an annex and its paragraph after it
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
    foreign = _foreign(text, named, words)
    return tuple(each for at, each in enumerate(named) if _is_inside(each, said[at], foreign[at]))


def find_in_annexes(text: str, found: Sequence[Found], language: Language) -> tuple[tuple[Found, Found], ...]:
    """Return the paragraphs of annexes of the document itself among `found`, each with the citation of its annex.

    They are written as `paragraphs 3 and 4 of annex II` or `annex II, paragraph 3`. An annex without a number may
    also be that of another document, unless `find_internal` returns it.
    """
    words, text = lexicon(language), as_searchable(text)
    named = [each for each in found if not each.is_call]
    foreign = _foreign(text, named, words)
    pairs = []
    for first, last in _paragraph_lists(text, named, words):
        before = named[first - 1] if first else None
        after = named[last + 1] if last + 1 < len(named) else None
        if after and _is_of_annex(text, named[last], after, words):
            annex, is_own = after, not foreign[last + 1]
        elif before and _follows_annex(text, before, named[first]):
            annex, is_own = before, not foreign[first - 1]
        else:
            continue
        pairs += [(each, annex) for each in named[first : last + 1] if is_own]
    return tuple(pairs)


def _paragraph_lists(text: str, named: Sequence[Found], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the places of the first and the last of paragraphs that are cited together."""
    first = 0
    for at, each in enumerate(named):
        if at + 1 < len(named) and _are_listed(text, each, named[at + 1], words):
            continue
        if each.citation.kind is Kind.PARAGRAPH:
            yield first, at
        first = at + 1


def _is_of_annex(text: str, each: Found, after: Found, words: Lexicon) -> bool:
    """Return whether an annex follows a citation as that which contains it: `of annex II`."""
    gap = text[each.end : after.start]
    is_of = gap == " " or words.elsewhere.match(text, each.end) is not None  # Russian has the genitive alone
    return after.citation.kind is Kind.ANNEX and is_of and len(gap) <= _OF and not _CLAUSE_END.search(gap)


def _follows_annex(text: str, before: Found, each: Found) -> bool:
    """Return whether a citation directly follows that of an annex: `annex II, paragraph 3`."""
    return before.citation.kind is Kind.ANNEX and _THEN.fullmatch(text, before.end, each.start) is not None


def _foreign(text: str, named: Sequence[Found], words: Lexicon) -> list[bool]:
    """Return of each citation whether the text says that it refers to another document."""
    foreign: list[bool] = []
    for at, each in enumerate(named):
        before = named[at - 1] if at and (foreign[-1] or named[at - 1].citation.kind in _OWNERS) else None
        after = named[at + 1] if at + 1 < len(named) else None
        is_elsewhere = words.elsewhere.match(text, each.end) is not None
        if is_elsewhere and after and _is_of_annex(text, each, after, words):
            is_elsewhere = False  # the text after the annex says whose it is
        foreign.append(is_elsewhere or _is_owned(text, before, each, after))
    return foreign


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
