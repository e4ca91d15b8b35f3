"""The features of a unit that are the same in every language: references, numbers, note calls, organs, opening verb."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from masthead.document import (
    Emphasis,
    Inline,
    Language,
    LineEnd,
    Strong,
    TableNoteCall,
    Text,
    inlines,
    locales,
    organizations,
    plain,
)
from masthead.document.references import Citation, Found, Kind, Unit, find_citations, organs_named
from masthead.editing.concordance.kinds import label
from masthead.editing.concordance.quantities import PLAIN, Quantity, masked, names_in, quantities, spelled

_IN_BRACKETS = re.compile(r"\([^()]*+\)")  # a name in Latin letters is often given there
_OTHER_SCRIPT = "\u0370-\u1dff\u2e80-\uff07\uff0a-\uffef"
_LATIN_NAME = re.compile(rf"[(（][^()（）{_OTHER_SCRIPT}]*[A-Za-z][^()（）{_OTHER_SCRIPT}]*[)）]")
_PAIRS = (Language.ENGLISH, Language.FRENCH, Language.SPANISH)
_LEAST = 20  # letters that a text must have to be reported as untranslated
_HITS = 3  # function words of another language, and none of its own, that make a text foreign
# Not compared, since languages write hours in words or in their own ways: `3 p.m.`, `١٥/٠٠`, `15 h 5`.
_HOUR = re.compile(
    r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:a\.m|p\.m|heures?|horas|час|ч\.|时)"
    r"|(?:الساعة|الساعتين|والساعة) [0-9]{1,2}(?:[/:][0-9]{2})?(?![/:0-9])|[0-9]{1,2} h(?: [0-5]?[0-9])?(?!\w)"
)
# Not compared, since a list has other marks in another language: `(1)`, `16 -`, `’1‘`, at the beginning or in the text.
_MARK = re.compile(
    r"\A\W{0,4}[0-9]{1,3} ?[a-z\u0621-\u064a]? ?[-–.:：)‘’'](?=[ \u0621-\u064a\u4e00-\u9fff])|[’‘'][0-9]{1,2}[’‘']"
)
_ABBREVIATION = re.compile(r"(?<![^\W\d_])[A-ZА-ЯЁÀ-Þ]{2,}(?![^\W\d_s])")
_IN_FULL = 7  # letters that each letter of an abbreviation may have in addition when it is written in full
_WORD_END = re.compile(r"[^\W\d_\u2e80-\uffef]*")  # Chinese has no spaces
# Marks of a list within a paragraph: `1)` in one language is `’1‘` in another.
_LISTED = re.compile(r"(?<![\w(])(\d{1,2})\)(?=\s)|\((\d{1,2})\)(?=\s)")
_PUBLISHED = re.compile(r"\([^()]*(?:1[89]|20)\d\d\)|\b(?:vol|No|pp?)\. ?\d|, (?:1[89]|20)\d\d\b")  # of a citation
NAMED = (str(Kind.TABLE), str(Kind.FIGURE))
"""The kinds of references that are recognized in every language wherever a text has them."""
_UNCAPITALIZED = re.compile(r"(?<![\w'’-])[a-z][a-zß-ɏ]{2,}")
_SHARE = 0.6  # share of Latin letters that makes a text in another script untranslated
_CLOSERS = " ”“»\"')）]\u200e\u200f\u202c"
_JOINED = re.compile(
    r"(?:[,;،؛，；] ?)(?:and|or|et|ou|y|e|o|u|и|или|و|أو|或|和|及|以及) ?\Z"
)  # before the last of a list
_ENDINGS = {
    **dict.fromkeys(",،，", "comma"),
    **dict.fromkeys(";؛；", "semicolon"),
    **dict.fromkeys(".。", "full stop"),
    **dict.fromkeys(":：", "colon"),
}


@dataclass(frozen=True, slots=True)
class Features:
    """What one unit contains, as values that must be equal in its other language versions.

    `cited` and `numbers` are sorted, with repetitions. `numbers` are all numbers in digits and all months, also those
    in references; `labels` says to what they belong: a kind of reference, money, a percentage, or `number`. `spelled`
    are the numbers that the text may have in words, `turned` what an Arabic number is if it was typed backwards.
    `named` are kinds of references whose word the text has, even where none is recognized. `calls` and `table_calls`
    are in order. `verbs` are the possible meanings of the opening verb, `later_verbs` those of the other emphasized
    words. `foreign` is the language of the text if it does not seem to be its own; `spoken` is the most probable of
    English, French and Spanish. `length` is the number of letters outside references and outside names that are
    repeated in Latin letters, `longest` that with abbreviations in full, `share` the part of the whole version,
    `ending` the kind of the last punctuation mark. An annex without a number is not counted as cited, because
    languages express it in many ways.
    """

    cited: tuple[Citation, ...]
    numbers: tuple[str, ...]
    calls: tuple[str, ...]
    length: int
    longest: int = 0
    share: float = 0.0
    table_calls: tuple[int, ...] = ()
    labels: frozenset[tuple[str, str]] = frozenset()
    spelled: frozenset[str] = frozenset()
    turned: frozenset[tuple[str, str]] = frozenset()
    named: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    later_verbs: frozenset[str] = frozenset()
    is_emphatic: bool = False
    is_bold: bool = False
    letters: str = ""
    foreign: str = ""
    spoken: str = ""
    ending: str = ""


def features(unit: Unit, language: Language) -> Features:
    """Return the features of `unit`, a text in `language`."""
    found = find_citations(unit.content, language, in_links=True)
    text = unit.text.translate(PLAIN)
    names = names_in(text, language)
    others = tuple(
        each
        for each in found
        if not each.is_call and not any(start <= each.start and each.end <= end for start, end in names)
    )
    meanings = [_verbs(each, language) for each in _emphasized(unit.content)]
    is_emphatic = bool(meanings)
    first = meanings.pop(0) if unit.emphasis else frozenset()
    letters = "".join(character for character in text if character.isalpha())
    numbers = tuple(_numbers(text, others, language))
    compared = _without_names(_without(text, others), language)
    length, is_kept = sum(map(str.isalpha, compared)), _is_kept(unit)
    return Features(
        cited=tuple(sorted((each.citation for each in others if each.citation.value), key=str)),
        numbers=tuple(sorted(number.value for number in numbers)),
        calls=tuple(each.citation.value for each in found if each.is_call),
        length=length,
        longest=length + _IN_FULL * sum(map(len, _ABBREVIATION.findall(compared))),
        table_calls=tuple(call.ordinal for _, call in unit.calls if isinstance(call, TableNoteCall)),
        labels=frozenset(_labels(numbers, others)),
        spelled=spelled(text, language),
        turned=frozenset((number.value, number.other) for number in numbers if number.other),
        named=frozenset(kind for kind, word in _kind_words(language) if word.search(text)),
        organs=organs_named(text, language),
        verbs=first,
        later_verbs=frozenset().union(*meanings),
        is_emphatic=is_emphatic,
        is_bold=any(isinstance(inline, Strong) for inline in inlines(unit.content)),
        letters="" if is_kept or _cites_a_treaty(others) or text.istitle() else letters,  # a name is not translated
        foreign="" if is_kept else _foreign(text, others, language),
        spoken=_spoken(text),
        ending=_ending(text),
    )


def _ending(text: str) -> str:
    """The kind of the last punctuation mark, before a conjunction that leads to the next of a list."""
    joined = _JOINED.search(text.rstrip(), max(0, len(text) - 12))
    return _ENDINGS.get(joined[0][0] if joined else text.rstrip(_CLOSERS)[-1:], "")


def _numbers(text: str, found: Sequence[Found], language: Language) -> Iterator[Quantity]:
    """The numbers of a text, except hours and typed marks. A target, `6-1` in Arabic, is one number."""
    targets = [each for each in found if each.citation.kind is Kind.TARGET]
    ignored = [*_HOUR.finditer(text), *_MARK.finditer(text), *_listed(text)]
    spans = [*(each.span() for each in ignored), *((target.start, target.end) for target in targets)]
    yield from quantities(masked(text, spans), language)
    yield from (Quantity(target.citation.value, target.start, target.end) for target in targets)


def _listed(text: str) -> list[re.Match[str]]:
    """The marks of a list within a paragraph, 1) … 2) … 3): at least two, in order, outside parentheses."""
    found = [
        each
        for each in _LISTED.finditer(text)
        if each[2] or text.count("(", 0, each.start()) <= text.count(")", 0, each.start())
    ]
    in_order = [int(each[each.lastindex or 0]) for each in found] == [*range(1, len(found) + 1)]
    return found if in_order and len(found) > 1 else []


def _labels(numbers: Iterable[Quantity], found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """To what each number belongs."""
    starts = [each.start for each in found]
    for number in numbers:
        at = bisect_right(starts, number.start) - 1
        if at >= 0 and number.end <= found[at].end:
            yield number.value, label(found[at].citation)
        else:
            yield number.value, number.measure or (str(Kind.DATE) if number.is_month else "number")


def _without(text: str, found: tuple[Found, ...]) -> str:
    """The text with each reference replaced by a null character."""
    parts, done = [], 0
    for each in sorted(found, key=lambda each: each.start):
        if each.start >= done:
            parts.append(text[done : each.start])
            parts.append("\0")
            done = each.end
    return "".join((*parts, text[done:]))


def _without_names(text: str, language: Language) -> str:
    """The text without the names in Latin letters that Arabic, Chinese and Russian add in brackets."""
    return text if language.script == "Latn" else _LATIN_NAME.sub("", text)


def _emphasized(content: Sequence[Inline]) -> Iterator[str]:
    """Yield the emphasized texts, each with the rest of a word that is emphasized in part."""
    for inline, following in zip_longest(content, content[1:]):
        if isinstance(inline, Strong | Emphasis):
            rest = _WORD_END.match(following.text) if isinstance(following, Text) else None
            yield plain(inline.content) + (rest[0] if rest else "")


def _verbs(verb: str, language: Language) -> frozenset[str]:
    """The meanings that an opening verb can have."""
    return frozenset(sense for sense, pattern in _senses(language) if pattern.search(verb))


@organizations.per_organization
def _kind_words(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words for tables and figures, also after an Arabic preposition."""
    forms = locales.load(language).words["references"]
    words = ((kind, str(forms[kind]).partition("{")[0].strip().replace("ال", "")) for kind in NAMED)
    return tuple((kind, re.compile(word)) for kind, word in words)


@organizations.per_organization
def _senses(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    forms = locales.load(language).words["verbs"].items()
    return tuple((sense, re.compile(str(form), re.IGNORECASE)) for sense, form in forms)


def _cites_a_treaty(found: tuple[Found, ...]) -> bool:
    """Whether a treaty is cited: its series has the same name in every language, which would look untranslated."""
    return any(each.citation.kind is Kind.TREATY for each in found)


def _is_kept(unit: Unit) -> bool:
    """Whether a text is kept in its own language: a citation of a publication in a note, or an address in lines."""
    if unit.kind in ("note", "table note"):
        titles = (plain(each.content) for each in inlines(unit.content) if isinstance(each, Emphasis))
        return any(map(str.strip, titles)) and _PUBLISHED.search(unit.text) is not None
    words = re.findall(r"[^\W\d_]{4,}", unit.text)
    has_lines = any(isinstance(each, LineEnd) for each in inlines(unit.content))
    return has_lines and not any(word[0].islower() for word in words)


def _foreign(text: str, found: tuple[Found, ...], language: Language) -> str:
    """The language or script of a text that is not in its own; empty if nothing suggests that."""
    if _cites_a_treaty(found):
        return ""
    open_text = _IN_BRACKETS.sub("", _without(text, found))
    letters = [character for character in open_text if character.isalpha()]
    if len(letters) < _LEAST and not (language.script != "Latn" and len(letters) > 6):
        return ""
    if language.script != "Latn":
        latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
        own = [word for word in re.findall(r"[^\W\d_]{2,}", open_text) if not "A" <= word[0] <= "ɏ"]
        is_name = len(own) > 1 and not _UNCAPITALIZED.search(open_text)  # in a sentence of the language
        return "Latin letters" if latin > _SHARE * len(letters) and not is_name else ""
    if not all(letter < "\u0250" or "\u1e00" <= letter < "\u2c80" for letter in letters[:_LEAST]):
        return "another script"
    words = _words(open_text)
    best, hits = _hits(words)[0]
    return str(best) if best is not language and hits >= _HITS and not _own(words, language) else ""


def _spoken(text: str) -> str:
    """The language of a text in Latin letters, by its function words; empty if these are not conclusive."""
    (best, hits), (_, second), *_ = _hits(_words(text))
    return str(best) if hits > second else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _paired() -> tuple[Language, ...]:
    """The languages in Latin letters that are told apart: those of the United Nations and of the organization."""
    own = (language for language in Language if language.script == "Latn" and language not in _PAIRS)
    return (*_PAIRS, *own)


def _hits(words: list[str]) -> list[tuple[Language, int]]:
    """How many of the words are function words of each language, the highest count first."""
    hits = Counter({other: sum(word in _function_words(other) for word in words) for other in _paired()})
    return hits.most_common()


def _own(words: list[str], language: Language) -> bool:
    """Whether any word is a function word of this language only."""
    others = frozenset().union(*(_function_words(other) for other in _paired() if other is not language))
    return any(word in _function_words(language) - others for word in words)


@organizations.per_organization
def _function_words(language: Language) -> frozenset[str]:
    return frozenset(locales.load(language).words["lint"]["function_words"])
