"""What a unit says that is the same in every language: references, numbers, calls, organs, its opening verb."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from masthead.locales import load
from masthead.model import plain
from masthead.references import Kind, Unit, citations, organs_named
from masthead.references.citation import Found
from masthead.terms import WESTERN, Language

_DIGITS = "0-9٠-٩"
_PAIRS = (Language.ENGLISH, Language.FRENCH, Language.SPANISH)
_LEAST = 20  # letters from which on a text can be judged untranslated
_HITS = 3  # function words of another language, none of its own
_HOUR = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:a\.m|p\.m|heures?|horas|час|ч\.|时)")  # often in words
_SHARE = 0.6  # of Latin letters in a text of another script


@dataclass(frozen=True, slots=True)
class Features:
    """What one unit says, in values that its sisters in other languages must share.

    `cited` and `numbers` are sorted, with repetitions; `calls` are in their order. `verbs` are the senses that its
    opening verb can have, `foreign` the language that it seems to be in when that is not its own, `length` that of the
    text without references. An annex without a number is no reference here: languages say it in many ways.
    """

    cited: tuple[str, ...]
    numbers: tuple[str, ...]
    calls: tuple[str, ...]
    organs: frozenset[str]
    is_emphatic: bool
    verbs: frozenset[str]
    length: int
    letters: str
    foreign: str


def features(unit: Unit, language: Language) -> Features:
    """Return what `unit`, a text in `language`, says."""
    found = citations(unit.content, language)
    others = tuple(each for each in found if not each.is_call)
    text = unit.text
    verb = plain(unit.emphasis.content) if unit.emphasis else ""
    letters = "".join(character for character in text if character.isalpha())
    return Features(
        tuple(sorted(str(each.citation) for each in others if each.citation.value)),
        tuple(sorted(_numbers(text, others, language))),
        tuple(each.citation.value for each in found if each.is_call),
        organs_named(text, language),
        unit.emphasis is not None,
        _verbs(verb, language) if verb else frozenset(),
        len(_without(text, others).replace("\0", "")),
        letters,
        _foreign(text, others, language),
    )


def _numbers(text: str, found: tuple[Found, ...], language: Language) -> Iterator[str]:
    """The numbers outside references, in one form: without marks between groups, a point before decimals."""
    open_text = _HOUR.sub("", _without(text, found))
    pattern, groups, point = _number_form(language)
    for number in pattern.findall(open_text):
        plain_number = number.translate(WESTERN)
        for mark in groups:
            plain_number = plain_number.replace(mark, "")
        for mark in point:
            plain_number = plain_number.replace(mark, ".")
        yield plain_number


@cache
def _number_form(language: Language) -> tuple[re.Pattern[str], str, str]:
    words = load(language).words["lint"]["number"]
    groups, point = str(words["groups"]), str(words["point"])
    grouped = rf"(?:[{re.escape(groups)}][{_DIGITS}]{{3}}(?![{_DIGITS}]))"
    return (
        re.compile(rf"(?<![{_DIGITS}])[{_DIGITS}]++{grouped}*+(?:[{re.escape(point)}][{_DIGITS}]++)?"),
        groups,
        point,
    )


def _without(text: str, found: tuple[Found, ...]) -> str:
    parts, done = [], 0
    for each in sorted(found, key=lambda each: each.start):
        if each.start >= done:
            parts.append(text[done : each.start])
            parts.append("\0")
            done = each.end
    return "".join((*parts, text[done:]))


def _verbs(verb: str, language: Language) -> frozenset[str]:
    return frozenset(sense for sense, pattern in _senses(language) if pattern.search(verb))


@cache
def _senses(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sense, re.compile(str(form))) for sense, form in load(language).words["verbs"].items())


def _foreign(text: str, found: tuple[Found, ...], language: Language) -> str:
    """The language, or script, of a text that is not in its own; empty where nothing speaks for that."""
    if any(each.citation.kind is Kind.TREATY for each in found):
        return ""  # series are cited by their own name
    open_text = _without(text, found)
    letters = [character for character in open_text if character.isalpha()]
    if len(letters) < _LEAST and not (language not in _PAIRS and len(letters) > 6):
        return ""
    if language not in _PAIRS:
        latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
        return "Latin letters" if latin > _SHARE * len(letters) else ""
    if not all(letter < "\u0250" or "\u1e00" <= letter < "\u2c80" for letter in letters[:_LEAST]):
        return "another script"
    words = re.findall(r"[^\W\d_]+", open_text.lower())
    hits = {other: sum(word in _function_words(other) for word in words) for other in _PAIRS}
    best = max(hits, key=lambda other: hits[other])
    return str(best) if best is not language and hits[best] >= _HITS and not _own(words, language) else ""


def _own(words: list[str], language: Language) -> bool:
    """Whether any word is one that only this language has among its frequent ones."""
    others = frozenset().union(*(_function_words(other) for other in _PAIRS if other is not language))
    return any(word in _function_words(language) - others for word in words)


@cache
def _function_words(language: Language) -> frozenset[str]:
    return frozenset(load(language).words["lint"]["function_words"])
