"""What stands before and behind the text of a document: cover page, prefaces, closing lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from masthead.document import Annex, Digits, Document, DocumentType, Inline, Part, locales, patterns
from masthead.formats.akoma_ntoso.elements import Builder, Element
from masthead.formats.akoma_ntoso.span_writer import SpanWriter
from masthead.formats.akoma_ntoso.vocabulary import ACTORS
from masthead.page import wording

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_DATE = 40  # characters of a closing line that is a date


class FrontWriter:
    """Writes the fronts of one document. `issued` and `adopted` are its dates, None where it does not tell them."""

    def __init__(self, document: Document, builder: Builder, spans: SpanWriter) -> None:
        self.document, self.builder, self.spans, self.locale = document, builder, spans, spans.locale
        abroad = locales.distribution_locale(self.locale)
        self.issued = patterns.find_date(document.masthead.date, abroad)
        lines = (document.preface.adoption, *document.closing)
        self.adopted = next(filter(None, (patterns.find_date(line, self.locale) for line in lines)), None)

    def cover(self, top: Element) -> None:
        """What the masthead and the imprint print (Part 1, 4.3)."""
        document, locale = self.document, self.locale
        cover = self.builder.identified(top, "coverPage")
        masthead = self._container(cover, "masthead")
        self._said(masthead, str(locale.word("masthead", "organization")), "docAuthority", refersTo="#un")
        refers = self.spans.concept("symbol")
        self._said(masthead, wording.symbol_content(document), "docNumber", refersTo=refers)
        organ = document.organ.parent
        author = {"refersTo": f"#{ACTORS[organ]}"} if organ is document.organ else {}
        self._said(masthead, locale.masthead_organ(organ), "docAuthority", **author)
        self._distribution(cover)
        job, refers = " ".join((str(document.job), *document.job.dates)), self.spans.concept("publicationNumber")
        self._said(self._container(cover, "imprint"), job, "docNumber", refersTo=refers)

    def preface(self, top: Element, *, titled: bool) -> None:
        """The lines under the masthead, in the order of the page; `titled` says that the title is one of them."""
        said = self.document.preface
        preface = self.builder.identified(top, "preface")
        lines = wording.opening_lines(self.document, self.locale)
        if lines or said.agenda_title:
            meeting = self._container(preface, "meeting")
            for kind, text in lines:
                self._opening(meeting, kind, text)
            if said.agenda_title:
                self._formed(meeting, said.agenda_title, "agendaTitle")
        if said.adoption or said.basis is not None:
            adoption = self._container(preface, "adoption")
            if said.adoption:
                self._adoption(self.builder.add(adoption, "p"), said.adoption)
            if said.basis is not None:
                self._formed(adoption, said.basis, "basis", str(self.locale.word("resolution", "basis")))
        if titled:
            self.title(preface)
        _drop_empty(preface)

    def title(self, preface: Element) -> None:
        """Number and title, and the lines about them (Part 3, 1.4)."""
        document, said = self.document, self.document.preface
        title = self._container(preface, "title")
        if said.sponsors:
            self._said(title, said.sponsors, "docProponent")
        line = self.builder.add(title, "p")
        if document.number is not None:
            before, number, behind = self._number()
            self.builder.text(line, before)
            self.spans.line(line, number, "docNumber")
            self.builder.text(line, f"{behind} " if said.title else behind)
        if said.title:
            self.spans.line(line, said.title, "docTitle")
        _drop_empty(line)
        if document.type in wording.MODIFICATIONS:
            self._said(title, str(self.locale.word("types", document.type)), "docType")
        if said.subtitle:
            self._formed(title, said.subtitle, "subTitle")
        _drop_empty(title)

    def part(self, preface: Element, part: Part) -> None:
        """The letter and the title of a part of a composite resolution (Part 3, 1.6)."""
        title = self._container(preface, "title")
        self._said(title, wording.block_mark(part, self.document, self.locale), "docNumber")
        if part.content:
            self._said(title, part.content, "docTitle")

    def annex(self, preface: Element, annex: Annex) -> None:
        title = self._container(preface, "title")
        self._said(title, wording.annex_mark(annex, self.document, self.locale), "docType")
        if annex.original:
            self._formed(title, annex.original, "originalLanguage", str(self.locale.word("annex", "original")))
        if annex.title:
            self._said(title, annex.title, "docTitle")

    def closing(self, conclusions: Element) -> None:
        """The closing lines: of what was adopted, a meeting and a date are said to be such (Part 3, 1.7)."""
        if not self.document.closing:
            return
        closing = self._container(conclusions, "conclusion")
        adopted = self.document.type in (DocumentType.RESOLUTION, DocumentType.DECISION)
        for text in self.document.closing:
            found = patterns.find_date(text, self.locale) if adopted and len(text) <= _LONGEST_DATE else None
            if found:
                self._dated(closing, text, found, "adoptionDate")
            elif adopted and patterns.match(text, self.locale.word("reading", "meeting")):
                self._said(closing, text, "event", refersTo=self.spans.concept("meeting"))
            else:
                self.spans.line(closing, text)

    # --- lines --------------------------------------------------------------------------------------------------------

    def _distribution(self, cover: Element) -> None:
        """The Distr. block, which may be in another language than the text."""
        masthead, locale = self.document.masthead, self.locale
        block, language = self._container(cover, "distribution"), str(locale.word("masthead", "distribution_language"))
        if language != self.document.language:
            block.set(_LANGUAGE, language)
        form = str(locale.word("masthead", "distribution"))
        self._formed(block, masthead.distribution, "distribution", form)
        if self.issued:
            self._dated(block, masthead.date, self.issued, "issued")
        else:
            self._formed(block, masthead.date, "issued")
        if masthead.original:
            if masthead.translation and locale.word("masthead", "language"):
                self._formed(block, str(locale.word("masthead", "language")), "languageOfExpression")
            form = str(locale.word("masthead", "original"))
            self._formed(block, masthead.original, "originalLanguage", form)

    def _opening(self, parent: Element, kind: str, text: str) -> None:
        match kind:
            case "session":
                self._said(parent, text, "session")
            case "body":
                self._said(parent, text, "docCommittee")
            case "subsidiary":
                self._said(parent, text, "docAuthority", refersTo=f"#{ACTORS[self.document.organ]}")
            case _:
                self._formed(parent, text, {"agenda-item": "agendaItem"}.get(kind, kind))

    def _adoption(self, line: Element, text: str) -> None:
        """The adoption line, with its date where that is written as texts have dates."""
        element = self.spans.line(line, text, "inline", name="akn4un:adoption")
        if found := patterns.find_date(text, self.locale):
            for written in {self.locale.written(found, digits) for digits in Digits}:
                before, date, behind = text.partition(written)
                if date:
                    element.text = before
                    attributes = {"date": found.isoformat(), "refersTo": self.spans.concept("adoptionDate")}
                    self.builder.add(element, "docDate", date, **attributes).tail = behind

    def _number(self) -> tuple[str, str, str]:
        """A resolution's number as printed, and what is printed before and behind it."""
        number, shape = self.document.number, self.document.digits.shape
        if number is None:
            return "", "", ""
        if self.document.preface.title:
            before, _, behind = str(self.locale.word("resolution", "number")).partition("{number}")
            return before, shape(str(number)), behind
        form = str(self.locale.word("resolution", "untitled"))
        found = re.search(r"\{serial\}.*\{year\}\)?", form)
        within = found[0] if found else form
        before, _, behind = form.partition(within)
        return before, within.format(serial=shape(number.serial), year=shape(number.session)), behind

    def _container(self, parent: Element, name: str) -> Element:
        return self.builder.identified(parent, "container", "", "", name=name)

    def _said(self, parent: Element, content: Sequence[Inline] | str, name: str, **attributes: str) -> None:
        """Add a line that is one element."""
        self.spans.line(self.builder.add(parent, "p"), content, name, **attributes)

    def _dated(self, parent: Element, text: str, found: date, concept: str) -> None:
        self._said(parent, text, "docDate", date=found.isoformat(), refersTo=self.spans.concept(concept))

    def _formed(self, parent: Element, content: Sequence[Inline] | str, name: str, form: str = "{text}") -> None:
        """Add a line of a form of the locale, its text in an element that is named for what it is (Part 1, 4.6)."""
        before, _, behind = re.split(r"(\{\w+\})", form)
        line = self.builder.add(parent, "p", before)
        self.spans.line(line, content, "inline", name=f"akn4un:{name}")
        self.builder.text(line, behind)


def _drop_empty(element: Element) -> None:
    if not len(element):
        element.getparent().remove(element)
