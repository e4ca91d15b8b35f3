"""Rules about words: dates, months, repeated words, spellings, words of a locale."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from functools import cache

from masthead.document import TEMPLATES, Language, Severity, Vote, locales
from masthead.document.references import Citation, Kind, write_citation
from masthead.editing.lint.evidence import Evidence, Fault, Rules

RULES = Rules()
_DATED = re.compile(r"(?<![0-9/])[0-9]{1,2}(?:er|º)? (?:de )?(?P<month>[^\W\d_]{3,20}+)(?= (?:de )?[0-9]{4})")
_EXAMPLE = "2049-07-06"
_NEAR = 16  # characters beside a month in which its day or year stands


@RULES.rule("month-name", Severity.ERROR, wrong="٦ تموز/يونيه ٢٠١٧", right="٦ تموز/يوليه ٢٠١٧")
def month_name(evidence: Evidence) -> Iterator[Fault]:
    """Months bear the names of the language; in Arabic both names, and of the same month."""
    months = [str(month) for month in evidence.locale.word("dates", "months")]
    if evidence.document.language is Language.ARABIC:
        yield from _dual_names(evidence, months)
        return
    others = {name.casefold(): number for language in Language for number, name in enumerate(_months(language))}
    for fault, found in evidence.matches(_DATED):
        name = found["month"]
        if name in months:
            continue
        small = [month for month in months if month.casefold() == name.casefold()]
        close = get_close_matches(name, months, 1, 0.75)
        if small or close or name.casefold() in others:
            meant = (small or close or [months[others[name.casefold()]]])[0]
            start = found.start("month")
            yield Fault(
                f"no month is called {name}",
                fault.unit,
                start,
                found.end("month"),
                f"{meant}?",
                small[0] if small else None,
            )


@cache
def _months(language: Language) -> tuple[str, ...]:
    return tuple(str(month) for month in locales.load(language).word("dates", "months"))


def _dual_names(evidence: Evidence, months: list[str]) -> Iterator[Fault]:
    pairs = dict(month.split("/") for month in months)
    first = "|".join(pairs)
    second = "|".join(pairs.values())
    letter = "[\u0621-\u064a]"
    near = (
        rf"(?<=[0-9٠-٩] )(?:(?P<first>{first})(?:/(?P<other>{letter}++))?(?!{letter})|(?P<second>{second})(?!{letter}))"
    )
    for fault, found in evidence.matches(re.compile(near)):
        if found["second"]:
            name = next(name for name, other in pairs.items() if other == found["second"])
            yield fault.saying(f"{found[0]} lacks the month’s other name", fix=f"{name}/{found[0]}")
        elif found["other"] is None:
            fix = f"{found[0]}/{pairs[found['first']]}"
            yield fault.saying(f"{found[0]} lacks the month’s other name", fix=fix)
        elif found["other"] != pairs[found["first"]]:
            right = f"{found['first']}/{pairs[found['first']]}"
            yield fault.saying(f"{found[0]} names two months", f"{right}?")


@RULES.rule("date-impossible", Severity.ERROR, wrong="31 June 2017", right="30 June 2017")
def date_impossible(evidence: Evidence) -> Iterator[Fault]:
    """A date is one that the calendar has."""
    words = evidence.lexicon
    chinese = words.language is Language.CHINESE
    for fault, found in evidence.matches(words.months):
        text = found.string
        month = int(found["month"]) if chinese else words.month_numbers[found["month"]]
        near = text[max(0, found.start() - _NEAR) : found.start()]
        day = (
            re.match(r"(\d{1,2})日", text[found.end() : found.end() + 4])
            if chinese
            else re.search(r"(?<![0-9٠-٩/])([0-9٠-٩]{1,2})(?:er)? (?:de )?\Z", near)
        )
        year = (
            re.search(r"(\d{4})年\Z", near)
            if chinese
            else re.match(r" (?:de )?([0-9٠-٩]{4})(?![0-9٠-٩])", text[found.end() : found.end() + _NEAR])
        )
        if not 1 <= month <= 12:
            yield fault.saying(f"there is no month {month}", "compare it with the original")
        elif day and not 1 <= int(day[1]) <= monthrange(int(year[1]) if year else 2000, month)[1]:
            yield fault.saying(f"{found[0]} has no day {day[1]}", "compare it with the original")


@RULES.rule("date-form", Severity.WARNING, wrong="1 avril 2011", right="1er avril 2011")
def date_form(evidence: Evidence) -> Iterator[Fault]:
    """A date is written as the language’s documents write it: day, month, year, with the words between them."""
    months = "|".join(evidence.locale.word("dates", "months"))
    for form in evidence.words["dates"]:
        for fault, found in evidence.matches(re.compile(str(form).replace("{month}", months))):
            yield fault.saying(f"“{found[0]}” is not how a date is written", f"write {_dated(found[0], evidence)}")


def _dated(text: str, evidence: Evidence) -> str:
    """A date as the language has it: the one that `text` says, as far as that is known, or else an example."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    years, others = ([each for each in numbers if (each > 31) is late] for late in (True, False))
    named = (number for name, number in evidence.lexicon.month_numbers.items() if name in text)
    month = others.pop(0) if evidence.document.language is Language.CHINESE else next(named, 0)
    day = others[0] if others else 0
    value = f"{years[0]:04}-{month:02}-{day:02}" if years else f"--{month:02}-{day:02}"
    with suppress(ValueError):  # there may be no such day
        return write_citation(Citation(Kind.DATE, value), evidence.locale, evidence.document.digits)
    return write_citation(Citation(Kind.DATE, _EXAMPLE), evidence.locale, evidence.document.digits)


@RULES.rule("repeated-word", Severity.WARNING, wrong="of the the Council", right="of the Council")
def repeated_word(evidence: Evidence) -> Iterator[Fault]:
    """A word does not stand twice in succession."""
    for fault, found in evidence.matches(re.compile(r"(?<![\w’'-])([^\W\d_]{2,40}+) \1(?![\w’'-])")):
        if found[1].casefold() not in evidence.words["repeated"]:
            yield fault.saying(f"“{found[1]}” stands twice", "take one out, if that is what is meant")


@RULES.rule("conjunction-space", Severity.WARNING, wrong="النساء و الأطفال", right="النساء والأطفال")
def conjunction_space(evidence: Evidence) -> Iterator[Fault]:
    """The conjunction و is written together with its word; only numerals and foreign words stand apart from it."""
    if evidence.document.language is Language.ARABIC:
        for fault, _ in evidence.matches(re.compile("(?<![\\w(])و (?=[\u0621-\u064a])")):
            yield fault.saying("و stands apart from its word", "join them")


@RULES.rule("tanwin-place", Severity.NOTE, wrong="مجدداً … مؤخرًا", right="مجدداً … مؤخراً")
def tanwin_place(evidence: Evidence) -> Iterator[Fault]:
    """Tanwin fath stands in one place through a document: on the letter before the alef, or on the alef."""
    before = list(evidence.matches(re.compile("[\u0621-\u0652]{1,20}\u064b\u0627(?!\\w)")))
    after = list(evidence.matches(re.compile("[\u0621-\u0652]{1,20}\u0627\u064b(?!\\w)")))
    rarer, other = (before, after) if len(before) <= len(after) else (after, before)
    for fault, found in rarer if other else ():
        example = other[0][1][0]
        yield fault.saying(f"{found[0]} has its tanwin in another place than {example}", "keep one way throughout")


@RULES.rule("heading-stop", Severity.WARNING, wrong="Gardens and their cost.", right="Gardens and their cost")
def heading_stop(evidence: Evidence) -> Iterator[Fault]:
    """No full stop ends a title or a heading."""
    for unit in evidence.units:
        if unit.kind in ("title", "heading", "part", "annex", "table", "figure", "agenda title"):
            text = unit.text.rstrip()
            if text.endswith((".", "。")) and not text.endswith("..."):
                yield Fault("a full stop ends a heading", unit, len(text) - 1, len(text), "take it out")


@RULES.rule("word-unverified", Severity.NOTE, wrong="Приложение (unverified)", right="Приложение")
def word_unverified(evidence: Evidence) -> Iterator[Fault]:
    """A word that the page adds by itself is known from printed documents; those that are not say so in the locale.

    Exempted by default: what is unverified concerns the locale, not a document. Ask for it before the first documents
    of a kind go out in a language.
    """
    document = evidence.document
    uses = {
        "annex": bool(document.annexes),
        "vote": any(isinstance(block, Vote) for block in document.body),
        "tables": any(unit.kind in ("table", "figure") and unit.number for unit in evidence.units),
        "types": document.type.value in ("addendum", "corrigendum"),
        "imprint": True,
        "resolution": not document.preface.title,
    }
    words = evidence.locale.words
    for table, key in _unverified(document.language):
        if uses.get(table):
            word = words[table][key]
            message = f"the page prints “{word}” ({table}.{key} of the locale), which no printed document has confirmed"
            yield Fault(message, None, hint="compare it with one")


@cache
def _unverified(language: Language) -> tuple[tuple[str, str], ...]:
    """The words of a locale that its comments call unverified: those of a line, or all of a table's."""
    found, table, whole = [], "", False
    for line in (TEMPLATES / "locales" / f"{language}.toml").read_text("utf-8").split("\n"):
        text, _, comment = line.partition("# ")
        if heading := re.match(r"\[(\w+)\]", line):
            table, whole = heading[1], False
        elif not text.strip():
            whole = whole or "all of this table" in comment.lower()
        elif key := re.match(r"([\w-]+) = ", text):
            if whole or "unverified" in comment.lower():
                found.append((table, key[1]))
            whole = whole or "all of this table" in comment.lower()
    return tuple(found)
