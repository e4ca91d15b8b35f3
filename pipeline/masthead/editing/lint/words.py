"""Rules about words: months, dates, repeated words, spellings, words that the page adds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches

from masthead.document import Finding, Language, Rules, Severity, Vote, locales, organizations
from masthead.document.references import Citation, Kind, write_citation
from masthead.editing.lint.manuscript import Manuscript

RULES = Rules[Manuscript]()
_DATED = re.compile(r"(?<![0-9/])[0-9]{1,2}(?:er|º)? (?:de )?(?P<month>[^\W\d_]{3,20}+)(?= (?:de )?[0-9]{4})")
_EXAMPLE = "2049-07-06"
_NEAR = 16  # characters before or after a month that may contain its day or year


@RULES.rule("month-name", Severity.ERROR, wrong="٦ تموز/يونيه ٢٠١٧", right="٦ تموز/يوليه ٢٠١٧")
def month_name(manuscript: Manuscript) -> Iterator[Finding]:
    """Months have the names of the language; in Arabic both names, of the same month."""
    months = [str(month) for month in manuscript.locale.word("dates", "months")]
    if manuscript.document.language is Language.ARABIC:
        yield from _dual_names(manuscript, months)
        return
    others = {name.casefold(): number for language in Language for number, name in enumerate(_months(language))}
    for span, found in manuscript.matches(_DATED):
        name = found["month"]
        if name in months:
            continue
        lower = [month for month in months if month.casefold() == name.casefold()]
        close = get_close_matches(name, months, 1, 0.75)
        if lower or close or name.casefold() in others:
            meant = (lower or close or [months[others[name.casefold()]]])[0]
            month = manuscript.span(span.unit, *found.span("month"))
            yield month.finding(f"unknown month {name}", f"did you mean {meant}?", lower[0] if lower else None)


@organizations.per_organization
def _months(language: Language) -> tuple[str, ...]:
    return tuple(str(month) for month in locales.load(language).word("dates", "months"))


def _dual_names(manuscript: Manuscript, months: list[str]) -> Iterator[Finding]:
    pairs = dict(month.split("/") for month in months)
    first = "|".join(pairs)
    second = "|".join(pairs.values())
    letter = "[\u0621-\u064a]"
    near = (
        rf"(?<=[0-9٠-٩] )(?:(?P<first>{first})(?:/(?P<other>{letter}++))?(?!{letter})|(?P<second>{second})(?!{letter}))"
    )
    for span, found in manuscript.matches(re.compile(near)):
        if found["other"] is None:
            fix = next(f"{one}/{other}" for one, other in pairs.items() if found[0] in (one, other))
            yield span.finding(f"{found[0]} lacks the other name of the month", fix=fix)
        elif found["other"] != pairs[found["first"]]:
            right = f"{found['first']}/{pairs[found['first']]}"
            yield span.finding(f"{found[0]} names two different months", f"did you mean {right}?")


@RULES.rule("date-impossible", Severity.ERROR, wrong="31 June 2017", right="30 June 2017")
def date_impossible(manuscript: Manuscript) -> Iterator[Finding]:
    """Dates exist in the calendar."""
    words = manuscript.lexicon
    chinese = words.language is Language.CHINESE
    for span, found in manuscript.matches(words.months):
        before = found.string[max(0, found.start() - _NEAR) : found.start()]
        after = found.string[found.end() : found.end() + _NEAR]
        if chinese:
            month, year = int(found["month"]), re.search(r"(\d{4})年\Z", before)
            day = re.match(r"(\d{1,2})日", after[:4])
        else:
            month, year = words.month_numbers[found["month"]], re.match(r" (?:de )?([0-9٠-٩]{4})(?![0-9٠-٩])", after)
            day = re.search(r"(?<![0-9٠-٩/])([0-9٠-٩]{1,2})(?:er)? (?:de )?\Z", before)
        if not 1 <= month <= 12:
            yield span.finding(f"month {month} does not exist", "compare with the original")
        elif day and not 1 <= int(day[1]) <= monthrange(int(year[1]) if year else 2000, month)[1]:
            yield span.finding(f"{found[0]} has no day {day[1]}", "compare with the original")


@RULES.rule("date-form", Severity.WARNING, wrong="1 avril 2011", right="1er avril 2011")
def date_form(manuscript: Manuscript) -> Iterator[Finding]:
    """Dates are written in the form of the language: the order of day, month and year, and the words between them."""
    months = "|".join(manuscript.locale.word("dates", "months"))
    for form in manuscript.words["dates"]:
        for span, found in manuscript.matches(re.compile(str(form).replace("{month}", months))):
            yield span.finding(f"“{found[0]}” is not in the form of a date", f"write {_dated(found[0], manuscript)}")
    for span, found in manuscript.matches(_NUMERIC_DATE):
        if span.unit.kind != "cell" and 0 < int(found["first"]) < 32 and 0 < int(found["second"]) < 32:
            yield span.finding(
                f"the date {found[0]} has no name of a month", f"write it like this: {_dated('', manuscript)}"
            )


_NUMERIC_DATE = re.compile(
    r"(?<![\w./-])(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?P=sign)(?:19|20)\d\d(?![\w/-])"
)


def _dated(text: str, manuscript: Manuscript) -> str:
    """A date in the form of the language: the one meant by `text` if it can be read, otherwise an example."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    years, others = ([each for each in numbers if (each > 31) is late] for late in (True, False))
    named = (number for name, number in manuscript.lexicon.month_numbers.items() if name in text)
    month = others.pop(0) if manuscript.document.language is Language.CHINESE else next(named, 0)
    day = others[0] if others else 0
    value = f"{years[0]:04}-{month:02}-{day:02}" if years else f"--{month:02}-{day:02}"
    with suppress(ValueError):  # the calendar may not have this day
        return write_citation(Citation(Kind.DATE, value), manuscript.locale, manuscript.document.digits)
    return write_citation(Citation(Kind.DATE, _EXAMPLE), manuscript.locale, manuscript.document.digits)


@RULES.rule("repeated-word", Severity.WARNING, wrong="of the the Council", right="of the Council")
def repeated_word(manuscript: Manuscript) -> Iterator[Finding]:
    """No word is repeated immediately."""
    for span, found in manuscript.matches(re.compile(r"(?<![\w’'-])([^\W\d_]{2,40}+) \1(?![\w’'-])")):
        if found[1].casefold() not in manuscript.words["repeated"]:
            yield span.finding(f"“{found[1]}” is repeated", "remove one, unless it is intended")


@RULES.rule("conjunction-space", Severity.WARNING, wrong="النساء و الأطفال", right="النساء والأطفال")
def conjunction_space(manuscript: Manuscript) -> Iterator[Finding]:
    """The conjunction و is joined to the next word; only numerals and foreign words are separate from it."""
    if manuscript.document.language is Language.ARABIC:
        for span, _ in manuscript.matches(re.compile("(?<![\\w(])و (?=[\u0621-\u064a])")):
            yield span.finding("و is separate from the next word", "join them")


@RULES.rule("tanwin-place", Severity.NOTE, wrong="مجدداً … مؤخرًا", right="مجدداً … مؤخراً")
def tanwin_place(manuscript: Manuscript) -> Iterator[Finding]:
    """Tanwin fath has the same place throughout a document: on the letter before the alef, or on the alef."""
    before = list(manuscript.matches(re.compile("[\u0621-\u0652]{1,20}\u064b\u0627(?!\\w)")))
    after = list(manuscript.matches(re.compile("[\u0621-\u0652]{1,20}\u0627\u064b(?!\\w)")))
    rarer, other = (before, after) if len(before) <= len(after) else (after, before)
    for span, found in rarer if other else ():
        example = other[0][1][0]
        yield span.finding(f"the tanwin of {found[0]} is not placed as in {example}", "use one place throughout")


@RULES.rule("heading-stop", Severity.WARNING, wrong="Gardens and their cost.", right="Gardens and their cost")
def heading_stop(manuscript: Manuscript) -> Iterator[Finding]:
    """Titles and headings do not end with a full stop."""
    for unit in manuscript.units:
        if unit.kind in ("title", "heading", "part", "annex", "table", "figure", "agenda title"):
            text = unit.text.rstrip()
            if text.endswith((".", "。")) and not text.endswith("..."):
                span = manuscript.span(unit, len(text) - 1, len(text))
                yield span.finding("full stop at the end of a heading", "remove it")


@RULES.rule("word-unverified", Severity.NOTE, wrong="Приложение (unverified)", right="Приложение")
def word_unverified(manuscript: Manuscript) -> Iterator[Finding]:
    """The words that the page adds to the text are confirmed by printed documents. Words that are not confirmed are
    marked as unverified in the locale.

    The rule is exempt by default, because it concerns the locale, not a document. Apply it before the first documents
    of a kind are published in a language.
    """
    document = manuscript.document
    uses = {
        "annex": bool(document.annexes),
        "vote": any(isinstance(block, Vote) for block in document.body),
        "tables": any(unit.kind in ("table", "figure") and unit.number for unit in manuscript.units),
        "types": document.type.value in ("addendum", "corrigendum"),
        "imprint": True,
        "resolution": not document.preface.title,
    }
    words = manuscript.locale.words
    for table, key in _unverified(document.language):
        if uses.get(table):
            word = words[table][key]
            message = f"the page has “{word}” ({table}.{key} in the locale), which no printed document confirms"
            yield Finding(message, hint="compare with a printed document", file=manuscript.name)


@organizations.per_organization
def _unverified(language: Language) -> tuple[tuple[str, str], ...]:
    """The words of a locale that its comments mark as unverified: in a line, or in a whole table."""
    found, table, whole = [], "", False
    for line in organizations.current().find(f"locales/{language}.toml").read_text("utf-8").split("\n"):
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
