"""The lines at the beginning of a printed document, classified by their words, and the facts that they state.

Formats without keys share this module: Word documents, transcripts and extracts. They recognize a line by its style or
its position where they can, and otherwise by what it says in its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import Enum, auto

from masthead.document import (
    DocumentType,
    Locale,
    SourceError,
    locales,
    model,
    numbers,
    organizations,
    patterns,
    symbols,
    terms,
)
from masthead.document.references import Doubt
from masthead.formats.itemization import number_pattern
from masthead.page import wording

ISSUED = re.compile(r"\d{1,2}\D{3,30}\d{4}\.?|\d{4}年.{2,9}日")
"""A date of issue as mastheads print it."""

_MAX_ADOPTION_LINE = 200  # characters
_BY_SYMBOL = (
    DocumentType.DRAFT,
    DocumentType.RESOLUTION,
    DocumentType.DECISION,
    DocumentType.STATEMENT,
    DocumentType.REVISION,
)
"""The types that a symbol is enough to know, those before others first. Other marks are also in other symbols."""


class Fact(Enum):
    """What a line at the beginning of a document states."""

    DISTRIBUTION = auto()
    ISSUED = auto()
    LANGUAGE = auto()
    RESTRICTION = auto()
    ORGAN = auto()
    BODY = auto()
    SESSION = auto()
    PLACE = auto()
    AGENDA_ITEM = auto()
    AGENDA_TITLE = auto()
    ADOPTION = auto()
    BASIS = auto()
    SPONSORS = auto()
    TITLE = auto()
    SUBTITLE = auto()
    MODIFICATION = auto()
    DIVISION = auto()
    DIVISION_TITLE = auto()


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """What the block at the top of page one states; None for what it does not."""

    symbol: terms.Symbol | None
    organ: terms.Organ | None
    masthead: model.Masthead | None


def fact_of(text: str, locale: Locale) -> Fact | None:
    """Return what a line below the masthead states, by its words, or None if they do not say."""
    organ = patterns.find_organ(text, locale)
    if organ is not None and organ.parent is not organ:
        return Fact.ORGAN
    if patterns.fold(text) in map(patterns.fold, locale.words["types"].values()):
        return Fact.MODIFICATION
    for fact in (Fact.SESSION, Fact.AGENDA_ITEM):
        if patterns.match(text, locale.word("reading", fact.name.lower())):
            return fact
    if is_adoption(text, locale):
        return Fact.ADOPTION
    if match_number(text, locale) or number_in_title(text, locale):
        return Fact.TITLE
    if enclosed_span(text, str(locale.word("resolution", "basis"))) is not None:
        return Fact.BASIS
    return None


def adoption_date(text: str, locale: Locale, organs: Iterable[terms.Organ] | None = None) -> date | None:
    """Return the date in a line that says when one of `organs`, or any, adopted a resolution; else None."""
    words = locale.words.get("resolution", {})
    # The form of the verb depends on the grammatical gender of the organ's name.
    forms = [str(words[key]) for key in words if key.startswith("adoption")]
    names = [name for organ in organs or terms.Organ for name in (locale.organ(organ), locale.agent(organ))]
    return patterns.find_date(text, locale) if patterns.match(text, forms, {"organ": names}) else None


def is_adoption(text: str, locale: Locale) -> bool:
    """Return whether a line says which organ adopted a resolution, and when."""
    if adoption_date(text, locale):
        return True
    # The Security Council also says at which meeting, in too many ways for a form.
    council = locale.words["references"]["organs"].get(terms.Organ.SECURITY_COUNCIL, "(?!)")
    ends_with_date = patterns.find_date(text, locale) is not None and re.search(r"\d\D{0,8}$", text)
    return len(text) < _MAX_ADOPTION_LINE and bool(re.search(council, text)) and bool(ends_with_date)


def match_number(text: str, locale: Locale) -> re.Match[str] | None:
    """Match the number of a resolution before its title, as the group `number`."""
    return re.match(number_pattern(str(locale.word("resolution", "number")), patterns.NUMBER.pattern), text)


def number_in_title(text: str, locale: Locale) -> terms.ResolutionNumber | None:
    """Return the number of a resolution whose number is all of its title: `Resolution 2254 (2015)`."""
    form = str(locale.word("resolution", "untitled"))
    found = patterns.match(text.translate(terms.WESTERN), [form, form.rstrip(",")])
    with suppress(ValueError, TypeError):
        return terms.ResolutionNumber(int(found["year"]), int(found["serial"])) if found else None
    return None


def enclosed_span(text: str, form: str) -> tuple[int, int] | None:
    """Return the span of the text enclosed by `form`, such as `[{text}]`, or None if `text` does not have this form."""
    before, after = form.partition("{")[0], form.rpartition("}")[2]
    if len(text) > len(before) + len(after) and text.startswith(before) and text.endswith(after):
        return len(before), len(text) - len(after)
    return None


def is_closing(text: str, locale: Locale) -> bool:
    """Return whether a line is only a meeting or only a date."""
    form, months = locale.word("dates", "text"), locale.word("dates", "months")
    date = patterns.match(text, [form], {"month": months})
    if date and len(date["day"]) <= 4 and len(date["year"]) == 4:  # 1er has three characters
        return True
    return patterns.match(text, locale.word("reading", "meeting")) is not None


def read_head(lines: Sequence[tuple[str, Fact | None]], locale: Locale) -> PrintedHead:
    """Read the lines of the head. Each comes with what it states, if its style says that."""
    symbol, organs, issued, original, translation, restriction = None, dict[terms.Organ, None](), "", "", False, ""
    # An organization may have no categories of distribution.
    distribution = None if "distribution" in organizations.current().mandatory else ""
    for text, fact in lines:
        if fact is Fact.DISTRIBUTION or (distribution is None and fact is None):
            value = _value(text, str(locale.word("masthead", "distribution")))
            if fact is not None or value is not None:
                distribution = text if value is None else value
                continue
        if fact is Fact.ISSUED or (fact is None and distribution is not None and not issued and ISSUED.fullmatch(text)):
            issued = text
        elif fact is Fact.RESTRICTION or (fact is None and issued and is_restriction(text, locale)):
            restriction = text
        elif fact is Fact.LANGUAGE or (fact is None and issued and not original):
            value = _value(text, str(locale.word("masthead", "original")))
            original = original if value is None else value
            translation = translation or (value is None and text == locale.word("masthead", "language"))
        if fact is None:
            symbol = symbol or parse_symbol(text)
            if organ := masthead_organ(text, locale):
                organs[organ] = None
    organ = next(iter(organs), None)
    if distribution is None:
        return PrintedHead(symbol, organ, None)
    # A document of two organs has the names of both, each on its own line.
    both = organs if symbol and re.search(symbols.JOINT, str(symbol)) and len(organs) > 1 else ()
    names = " ".join(locale.masthead_organ(each).replace(" ", numbers.NO_BREAK_SPACE) for each in both)
    masthead = model.Masthead(distribution, issued, original, translation, names, restriction)
    return PrintedHead(symbol, organ, masthead)


def is_restriction(text: str, locale: Locale) -> bool:
    """Return whether a line of a masthead says in which languages alone the document is issued: `English only`."""
    return patterns.match(text, [str(locale.word("masthead", "only"))]) is not None


def _value(text: str, form: str) -> str | None:
    """Return the text in the place of the only field of `form`, unchanged if possible, or else folded."""
    forms = masthead_forms(form)
    for each in forms:
        if span := enclosed_span(text, each):
            return text[slice(*span)]
    found = patterns.match(text, forms)
    return next(iter(found.groups())) if found else None


def masthead_forms(form: str) -> tuple[str, str]:
    """Return a form of the masthead as New York and as Geneva print it: in French, the colons differ."""
    return form, wording.geneva_form(form)


def parse_symbol(text: str) -> terms.Symbol | None:
    """Return the symbol that is all of a line, or None."""
    with suppress(ValueError):
        return terms.Symbol.parse(text.strip())
    return None


def job_number(text: str) -> terms.JobNumber | None:
    """Return the job number that is all of a line, or None."""
    with suppress(ValueError):
        return terms.JobNumber.parse(text)
    return None


CATEGORIES: Mapping[terms.Language, tuple[str, ...]] = {
    terms.Language.ENGLISH: ("General", "Limited", "Restricted", "Provisional", "Confidential"),
    terms.Language.FRENCH: ("générale", "limitée", "restreinte", "provisoire", "confidentielle"),
    terms.Language.SPANISH: ("general", "limitada", "reservada", "provisional", "confidencial"),
}
"""The categories of distribution in a Distr. block, by the language of the block."""

_EXAMPLE_DATE = date(2041, 8, 29)

_LETTERS = {
    terms.Language.ARABIC: "[ء-ي]",
    terms.Language.RUSSIAN: "[А-я]",
    terms.Language.CHINESE: "[一-鿿]",
}


def likely_language(text: str) -> terms.Language:
    """Return the language that a text probably has by its letters: English, if they say nothing else."""
    if terms.Language.ENGLISH not in list(terms.Language):
        return next(iter(terms.Language))
    found = {language: len(re.findall(letters, text)) for language, letters in _LETTERS.items()}
    likeliest = max(found, key=found.__getitem__)
    return likeliest if found[likeliest] > len(text) // 4 else terms.Language.ENGLISH


def masthead_doubts(masthead: model.Masthead, locale: Locale) -> Iterator[tuple[str, Doubt]]:
    """Yield what is wrong with the `date`, the `distribution` and the `original` of a masthead, each after this word.

    They are written as in the document's language, or that of its Distr. block.
    """
    block = locales.distribution_locale(locale)
    if is_restriction(masthead.original, locale):
        hint = f"write restriction: {masthead.original}"
        yield "original", Doubt("masthead-original", f"“{masthead.original}” is no language", hint)
    known = block.words["masthead"].get("categories", CATEGORIES.get(block.language, ()))
    if not any(_is_date(masthead.date, each) for each in (locale, block)):
        hint = f"write it like this: {block.written(_EXAMPLE_DATE, terms.Digits.WESTERN)}"
        yield "date", Doubt("masthead-date", f"“{masthead.date}” is not a masthead date", hint)
    if known and patterns.fold(masthead.distribution) not in known:
        close = get_close_matches(masthead.distribution, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
        message = f"unknown distribution “{masthead.distribution}”"
        yield "distribution", Doubt("masthead-distribution", message, hint)


def _is_date(text: str, locale: Locale) -> bool:
    day = patterns.find_date(text, locale)
    return day is not None and patterns.fold(text) in [
        patterns.fold(locale.written(day, digits)) for digits in terms.Digits
    ]


def _example() -> str:
    organization = organizations.current()
    return "A/80/604" if organization.is_bundled else organization.symbol_example


def missing_symbol(where: str) -> SourceError:
    """Return the error for a masthead without a symbol."""
    return SourceError("the masthead has no symbol", where=where, hint=f"it looks like this: {_example()}")


def job_example() -> str:
    """Return a job number as the organization prints it, with the letter of its first language."""
    organization = organizations.current()
    return f"{organization.job_example or terms.NO_JOB} ({next(iter(terms.Language)).letter})"


def missing_job_number(where: str) -> SourceError:
    """Return the error for a printed text without a job number."""
    organization = organizations.current()
    hint = f"it is at the foot of page one, in a line of its own: {job_example()}; the source may be incomplete"
    if not organization.job:
        hint = f"documents of {organization.name} have none: write this one in Markdown"
    return SourceError("no job number, so the language is not known", where=where, hint=hint)


def masthead_organ(text: str, locale: Locale) -> terms.Organ | None:
    """Return the organ that a masthead names so. Letters may be spaced or stretched, as mastheads print them."""
    squeezed = patterns.fold(text).replace(" ", "")
    names = ((organ, name) for organ in terms.Organ for name in (locale.organ(organ), locale.masthead_organ(organ)))
    return next((organ for organ, name in names if patterns.fold(name).replace(" ", "") == squeezed), None)


def document_type(symbol: terms.Symbol, modification: str, headlines: Iterable[str], locale: Locale) -> DocumentType:
    """Return the type of a document by its symbol, the word under its title, and its title and subtitle."""
    for name, word in locale.words["types"].items():
        if patterns.fold(word) == patterns.fold(modification) and name in DocumentType.entries():
            return DocumentType(name)
    ranks = {like: rank for rank, like in enumerate(_BY_SYMBOL)}
    for kind in sorted(DocumentType, key=lambda kind: ranks.get(kind.like, len(ranks))):
        mark = kind.entry.symbol
        known = kind.like in ranks or not organizations.current().is_bundled
        if known and mark and re.search(re.escape(mark) + (r"\d" if mark.endswith(".") else ""), str(symbol)):
            return kind
    kinds = locale.words["reading"].get("kinds", {})
    named = (name for line in headlines for name, pattern in kinds.items() if re.match(pattern, line))
    return DocumentType.of_archetype(DocumentType.known(next(named, DocumentType.REPORT)))
