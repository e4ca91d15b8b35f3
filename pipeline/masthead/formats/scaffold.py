"""A short document of a given type, language, organ and date that can be published, for its author to replace."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from masthead.document import Document, DocumentType, Locale, Pagination, locales, model, organizations, symbols, terms
from masthead.document.references import Citation, Kind, resolution_symbol, write_citation

ADOPTED = (DocumentType.RESOLUTION, DocumentType.DECISION)
_TITLES = {DocumentType.LETTER: "letter", DocumentType.STATEMENT: "statement"}
_UN_TITLES = {**_TITLES, DocumentType.LETTER: "letter_to_secretary_general"}


def new_document(kind: DocumentType, language: terms.Language, organ: terms.Organ, day: date) -> Document:
    """Return a document of that kind, issued and adopted on `day`."""
    return _Start(kind, locales.load(language), organ, day).document()


def usual_organ(kind: DocumentType) -> terms.Organ:
    """Return the organ that issues such documents, or else the first one: statements are of the Security Council."""
    usual = terms.Organ.SECURITY_COUNCIL if kind.like is DocumentType.STATEMENT else terms.Organ.first()
    return usual if usual in list(terms.Organ) else terms.Organ.first()


def session_of(organ: terms.Organ, day: date) -> int:
    """Return the session of the organ on that day, or the year for organs that count by years.

    Session n of the Assembly opens in September of 1945 + n. The Human Rights Council has had three a year since 2006.
    """
    if organ is terms.Organ.GENERAL_ASSEMBLY:
        return day.year - 1945 - (day.month < 9)
    if organ is terms.Organ.HUMAN_RIGHTS_COUNCIL:
        return 3 * (day.year - 2006) + 1 + (day.month >= 6) + (day.month >= 9)
    return day.year


class _Start:
    """The parts of the new document."""

    def __init__(self, kind: DocumentType, locale: Locale, organ: terms.Organ, day: date) -> None:
        self.kind, self.locale, self.organ, self.day = kind, locale, organ, day
        self.words: dict[str, Any] = locale.words["new"]
        self.digits = locale.language.digits
        self.session = session_of(organ, day)
        self.council = organ is terms.Organ.SECURITY_COUNCIL

    def document(self) -> Document:
        number = None
        if self.kind.like in ADOPTED:
            number = terms.ResolutionNumber(self.session, 401 if self.kind.like is DocumentType.DECISION else 1)
        return Document(
            type=self.kind,
            language=self.locale.language,
            organ=self.organ,
            symbol=self.symbol(number),
            number=number,
            job=self.job(),
            masthead=self.masthead(),
            preface=self.preface(),
            body=self.body(),
            notes=(),
            closing=self.closing(),
            digits=self.digits,
            pagination=Pagination.FLOW,
        )

    def symbol(self, number: terms.ResolutionNumber | None) -> terms.Symbol:
        if self.kind.like is DocumentType.RESOLUTION and number:
            with suppress(ValueError):  # symbols of an organization need not follow from the number
                return resolution_symbol(self.organ, number, self.kind.entry.symbol)
        form = self.kind.entry.new or "{session}/1"
        if self.kind.like is DocumentType.RECORD and self.council:  # its records are numbered through all years
            form = "PV.1"
        return self._own(form)

    def _own(self, form: str) -> terms.Symbol:
        """Return the symbol of a form, or one with the mark of the type.

        It is the example of the organization if the grammar of its symbols has other forms.
        """
        mark, series, session = self.kind.entry.symbol, self.organ.series, self.session
        rest = form.format(session=session)
        tried = [f"{series}/{rest}", f"{series}{rest}", f"{series}{mark}{session}/1"]
        own = [symbol for symbol in tried if symbols.is_own(symbol)]
        marked = [symbol for symbol in own if mark in symbol]
        return terms.Symbol.parse(next(iter([*marked, *own]), organizations.current().symbol_example))

    def job(self) -> terms.JobNumber:
        organization = organizations.current()
        if not organization.is_bundled:
            return terms.JobNumber(organization.job_example or terms.NO_JOB, self.locale.language)
        geneva = "GE." if self.organ is terms.Organ.HUMAN_RIGHTS_COUNCIL else ""
        return terms.JobNumber(f"{geneva}{self.day.year % 100:02}-00001", self.locale.language)

    def masthead(self) -> model.Masthead:
        abroad, mandatory = locales.distribution_locale(self.locale), organizations.current().mandatory
        names = abroad.words.get("languages", {})
        original = str(names.get(self.locale.language) or self.words["original"])
        distribution = str(self.words["distribution"]) if "distribution" in mandatory else ""
        day = abroad.written(self.day, terms.Digits.WESTERN) if "date" in mandatory else ""
        return model.Masthead(distribution, day, "" if self.kind.like in ADOPTED else original)

    def preface(self) -> model.Preface:
        written = self.locale.written(self.day, self.digits)
        is_resolution = self.kind.like is DocumentType.RESOLUTION
        if self.council and is_resolution:
            adoption = str(self.words["council"]).format(n=self.digits.shape(1), date=written)
            return model.Preface("", "", adoption, None, ())
        titles = _UN_TITLES if organizations.current().is_bundled else _TITLES
        title = str(self.words[titles.get(self.kind.like, "title")]).format(date=written)
        return model.Preface(
            session="" if self.council else self.cited(Kind.SESSION, str(self.session)),
            agenda_item="" if self.council else str(self.words["agenda_item"]).format(n=self.digits.shape(1)),
            adoption=self.locale.adoption(self.organ, self.day, self.digits) if is_resolution else "",
            basis=None,
            title=(model.Text(title),),
            sponsors=(model.Text(str(self.words["sponsors"])),) if self.kind.like is DocumentType.DRAFT else (),
        )

    def cited(self, kind: Kind, value: str) -> str:
        text = write_citation(Citation(kind, value), self.locale, self.digits)
        return text[:1].upper() + text[1:]

    def body(self) -> tuple[model.Block, ...]:
        comma, semicolon, stop = self.words["ends"]
        sentence = (model.Text(f"{self.words['sentence']}{stop}"),)
        match self.kind.like:
            case DocumentType.RESOLUTION | DocumentType.DRAFT:
                return (
                    model.Paragraph(model.Role.FORMULA, (model.Text(self.locale.formula(self.organ)),)),
                    self.opened(model.Role.PREAMBULAR, "opening", comma),
                    self.opened(model.Role.OPERATIVE, "verb", semicolon, 1),
                    self.opened(model.Role.OPERATIVE, "verb", stop, 2),
                )
            case DocumentType.REPORT:
                heading = model.Heading(1, (model.Text(str(self.words["heading"])),), 1)
                return (heading, *(model.Paragraph(model.Role.NUMBERED, sentence, number) for number in (1, 2)))
            case DocumentType.AGENDA:
                return tuple(model.Paragraph(model.Role.NUMBERED, sentence, number) for number in (1, 2))
            case _:
                return (model.Paragraph(model.Role.PLAIN, sentence),) * 2

    def opened(self, role: model.Role, word: str, end: str, number: int | None = None) -> model.Paragraph:
        """Return a paragraph that begins with a verb in the emphasis that the language uses."""
        opening = model.Strong if self.locale.word("resolution", "verb") == "strong" else model.Emphasis
        first = self.locale.agreeing("new", word, self.organ)
        words = (opening((model.Text(first),)), model.Text(f"{self.words['text']}{end}"))
        return model.Paragraph(role, words, number)

    def closing(self) -> tuple[str, ...]:
        if self.kind.like is DocumentType.LETTER:
            return tuple(self.words["signature"])
        if self.kind.like is not DocumentType.RESOLUTION or self.council:
            return ()
        values = {"meeting": self.cited(Kind.MEETING, "1"), "date": self.locale.written(self.day, self.digits)}
        return tuple(form.format_map(values) for form in self.words["closing"])
