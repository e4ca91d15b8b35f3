"""What a document is, by the facts on its cover and in its prefaces and, where they are silent, by its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from masthead.document import (
    Digits,
    DocumentType,
    Inline,
    JobNumber,
    Language,
    Locale,
    Masthead,
    Organ,
    Pagination,
    Preface,
    ResolutionNumber,
    SourceError,
    Symbol,
    Text,
    locales,
    plain,
)
from masthead.document.references import Doubt, resolution_symbol
from masthead.formats.akoma_ntoso.facts import Facts, symbol_in
from masthead.formats.akoma_ntoso.vocabulary import CLASSES, LANGUAGES, OWN, organ_of, resolution_number, symbol_of
from masthead.formats.akoma_ntoso.xml import Element, Source

NO_JOB = "00-00000"
"""Stands for a job number where the file names none."""


class Front:
    """The facts of one file. `metas` are the metadata of the publication and of the first document in it."""

    def __init__(self, source: Source, metas: Sequence[Element | None], facts: Facts, locale: Locale) -> None:
        self.source, self.metas, self.facts, self.locale = source, metas, facts, locale
        self._missing: list[str] = []

    def identity(self, kind: DocumentType) -> tuple[Symbol, Organ, ResolutionNumber | None]:
        """Return symbol, organ and number. Raises SourceError where the first two are not to be found."""
        printed, named = [plain(each) for each in self.facts.get("number", ())], list(self._numbers())
        symbol = next(filter(None, (*map(symbol_in, (self._line("symbol"), *named)), *self._works())), None)
        numbers = printed if "symbol" in self.facts else [*printed, *named]
        number = next(filter(None, map(resolution_number, numbers)), None)
        organ = self._author() or next(
            (organ for organ in reversed(Organ) if symbol and f"{symbol}/".startswith(f"{organ.series}/")), None
        )
        if organ and number and kind is DocumentType.RESOLUTION:
            symbol = symbol or resolution_symbol(organ, number)
        if organ is None or symbol is None:
            raise SourceError(
                f"the file does not say {'which organ issued it' if symbol else 'its symbol'}",
                where=self.source.where(self.source.root),
                hint='its cover page says <docNumber refersTo="#symbol">, FRBRauthor refers to an organ by its IRI',
            )
        return symbol, organ, number

    def job(self) -> JobNumber:
        line, language = self._line("job") or self._docket(), self.locale.language
        if not line:
            return JobNumber(self._instead("a job number", NO_JOB), language)
        try:
            job = JobNumber.parse(line)
            if job.language is language:
                return job
            message = f"the job number's letter {job.language.letter} is not that of the language {language}"
        except ValueError as error:
            message = str(error)
        raise SourceError(
            message, where=self.source.where(self.source.root), hint=f"write it so: 17-12889 ({language.letter})"
        )

    def masthead(self) -> Masthead:
        translation = self.source.find(self.metas[0], "identification", "FRBRExpression", "FRBRtranslation")
        return Masthead(
            self._line("distribution") or self._instead("a distribution", "General"),
            self._line("date") or self._issued(),
            self._line("original"),
            translation is not None,
        )

    def preface(self) -> Preface:
        return Preface(
            session=self._line("session"),
            agenda_item=self._line("agenda item"),
            adoption=self._line("adoption"),
            basis=next(iter(self.facts.get("basis", ())), None),
            title=self._content("title"),
            agenda_title=self._content("agenda title"),
            subtitle=self._content("subtitle"),
            sponsors=self._content("sponsors"),
            bodies=tuple(map(plain, self.facts.get("body", ()))),
            place=self._line("place"),
        )

    def digits(self) -> Digits:
        return Digits(self._page("digits", tuple(Digits)) or self.locale.language.digits)

    def pagination(self) -> Pagination:
        return Pagination(self._page("pagination", tuple(Pagination)) or Pagination.FLOW)

    def tell(self) -> None:
        """Put on record what had to be taken instead of facts that are missing, and which are told twice."""
        if self._missing:
            message = f"the file does not name {', '.join(self._missing)}"
            hint = "what stands there instead is no fact: write it before you publish"
            self.source.record.report(self.source.root.sourceline, Doubt("akn-missing", message, hint))
        for fact, told in self.facts.items():
            if fact not in ("body", "number", "type", "authority") and len(set(map(plain, told))) > 1:
                self.source.leave_out(f"a second {fact}", self.source.root)

    def _content(self, fact: str) -> tuple[Inline, ...]:
        return next(iter(self.facts.get(fact, ())), ())

    def _line(self, fact: str) -> str:
        content = self._content(fact)
        if any(not isinstance(inline, Text) for inline in content):
            self.source.flatten(f"markup in the {fact}", self.source.root)
        return plain(content)

    def _instead(self, what: str, value: str) -> str:
        self._missing.append(what)
        return value

    # --- metadata -----------------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[str]:
        for meta in self.metas:
            number = self.source.find(meta, "identification", "FRBRWork", "FRBRnumber")
            if number is not None:
                yield from filter(None, (number.get("showAs"), number.get("value")))

    def _works(self) -> Iterator[Symbol | None]:
        for meta in self.metas:
            work = self.source.find(meta, "identification", "FRBRWork", "FRBRuri")
            if work is not None:
                yield symbol_of(str(work.get("value", "")))

    def _author(self) -> Organ | None:
        """The organ that is the author of the work."""
        named = {
            f"#{each.get('eId')}": str(each.get("href", ""))
            for each in self.source.root.iter(self.source.tag("TLCOrganization"), self.source.tag("TLCConcept"))
        }
        for meta in self.metas:
            author = self.source.find(meta, "identification", "FRBRWork", "FRBRauthor")
            href = "" if author is None else str(author.get("href", ""))
            if organ := organ_of(re.split("[/#]", named.get(href, href))[-1]):
                return organ
        return None

    def _issued(self) -> str:
        """The date of issue as mastheads print it, from the metadata."""
        abroad = locales.distribution_locale(self.locale)
        for level in ("FRBRExpression", "FRBRWork"):
            element = self.source.find(self.metas[0], "identification", level, "FRBRdate")
            try:
                day = date.fromisoformat(str("" if element is None else element.get("date"))[:10])
            except ValueError:
                continue
            return abroad.written(day, Digits.WESTERN)
        return self._instead("a date of issue", abroad.written(date.min.replace(1900), Digits.WESTERN))

    def _docket(self) -> str:
        """The job number where others have it: in the metadata on the foot of page one."""
        for element in self.source.root.iter(self.source.tag("docketNumber")):
            return "".join(element.itertext()).strip()
        return ""

    def _page(self, setting: str, values: tuple[str, ...]) -> str | None:
        """What the publication says of its pages, in our own words."""
        for page in self.source.root.iter(f"{{{OWN}}}page"):
            return str(page.get(setting)) if page.get(setting) in values else None
        return None


def language_of(metas: Sequence[Element | None], source: Source) -> Language:
    """The language of the expression. Raises SourceError where it is none of ours."""
    for meta in metas:
        element = source.find(meta, "identification", "FRBRExpression", "FRBRlanguage")
        code = "" if element is None else str(element.get("language", "")).lower()
        for language, three in LANGUAGES.items():
            if code in (three, language.value):
                return language
    raise SourceError(
        "the file is in none of the languages of the United Nations",
        where=source.where(source.root),
        hint='its metadata name one: <FRBRlanguage language="eng"/>',
    )


def type_of(component: Element, source: Source) -> DocumentType:
    """What kind of document it is, by the name of its element and its own."""
    name, element = str(component.get("name", "")), source.name(component)
    for kind, (_, _, known) in CLASSES.items():
        if name in (known, str(kind)):
            return kind
    words = {
        "draft": DocumentType.DRAFT,
        "decision": DocumentType.DECISION,
        "agenda": DocumentType.AGENDA,
        "letter": DocumentType.LETTER,
        "note": DocumentType.NOTE,
    }
    other = DocumentType.RESOLUTION if element == "statement" else DocumentType.REPORT
    kind = next((kind for word, kind in words.items() if word in name.lower()), other)
    source.flatten(f"the name “{name}” of a {element}, taken for a {kind},", component)
    return kind
