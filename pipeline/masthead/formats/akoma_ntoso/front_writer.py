"""What comes before and after the text of a document: cover page, prefaces, closing lines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from masthead.document import Annex, Digits, Document, DocumentType, Part, locales, model, patterns
from masthead.formats.akoma_ntoso.builder import Builder, Element, drop_if_empty
from masthead.formats.akoma_ntoso.cover import LINES, CoverLine, cover_lines, has_element, is_alone, stated_lines
from masthead.formats.akoma_ntoso.span_writer import AknSpanWriter
from masthead.formats.akoma_ntoso.vocabulary import ANNEX_LOOK, FACTS, XML_LANG
from masthead.page import wording

_MAX_DATE_LENGTH = 40  # characters of a closing line that is a date


class FrontWriter:
    """Writes the front of one document. `issued` and `adopted` are its dates, None if it does not state them."""

    def __init__(self, document: Document, builder: Builder, spans: AknSpanWriter) -> None:
        self.document, self.builder, self.spans, self.locale = document, builder, spans, spans.locale
        self.issued = patterns.find_date(document.masthead.date, locales.distribution_locale(self.locale))
        lines = (document.preface.adoption, *document.closing)
        self.adopted = next(filter(None, (patterns.find_date(line, self.locale) for line in lines)), None)

    def cover(self, top: Element) -> None:
        """Write what the masthead and the imprint print (Part 1, 4.3)."""
        document, locale, organ = self.document, self.locale, self.document.organ.parent
        cover = self.builder.identified(top, "coverPage")
        masthead = self._container(cover, "masthead")
        self._fact(masthead, "authority", str(locale.word("masthead", "organization")), refersTo="#un")
        self._fact(masthead, "symbol", wording.symbol_content(document))
        author = {"refersTo": f"#{organ.actor}"} if organ is document.organ else {}
        self._fact(masthead, "authority", wording.masthead_organ(document, locale), **author)
        self._distribution(cover)
        job = " ".join((str(document.job), *document.job.dates))
        self._fact(self._container(cover, "imprint"), "job", job)

    def cover_page(self, top: Element) -> None:
        """Write the cover page of a document alone: masthead, number and adoption, as in its own file."""
        document, locale = self.document, self.locale
        lines = {line.refers: line for line in (*cover_lines(document, locale), *stated_lines(document))}
        cover = self.builder.identified(top, "coverPage")
        inside = [lines.pop(key) for key in ("adoptionMeeting", "adoptionDate") if key in lines]
        for line in sorted(lines.values(), key=lambda line: list(LINES).index(line.refers)):
            element = self.builder.add(self.builder.add(cover, "p"), LINES[line.refers], refersTo=f"#{line.refers}")
            if line.value:
                element.set(line.attribute, line.value)
            content: model.Content = (model.Text(line.text),) if line.text else ()
            if line.refers == "symbol" and line.text == model.plain(wording.symbol_content(document)):
                content = wording.symbol_content(document)
            self.spans.fill(element, content)
            if line.refers == "adoption":
                for part in inside:
                    self._mark_part(element, part)
        if document.masthead.original or document.masthead.restriction:
            self._languages(self._container(cover, "distribution"))
        if not has_element(document.metadata, "docketNumber"):
            job = " ".join((str(document.job), *document.job.dates))
            self._fact(self._container(cover, "imprint"), "job", job)

    def _mark_part(self, line: Element, part: CoverLine) -> None:
        """Put a part of the adoption line, its meeting or its date, into an element of its own."""
        reference = {"name": part.refers} if LINES[part.refers] == "inline" else {"refersTo": f"#{part.refers}"}
        attributes = reference | ({part.attribute: part.value} if part.value else {})
        for place, text in ((None, line.text or ""), *((child, child.tail or "") for child in line)):
            start = text.find(part.text)
            if start >= 0:
                inner = self.builder.add(line, LINES[part.refers], part.text, **attributes)
                if place is None:
                    line.insert(0, inner)
                    line.text = text[:start]
                else:
                    place.addnext(inner)
                    place.tail = text[:start]
                inner.tail = text[start + len(part.text) :]
                return

    def preface(self, top: Element, *, titled: bool) -> None:
        """Write the lines under the masthead in the order of the page; `titled` says that the title is among them."""
        preface = self.builder.identified(top, "preface")
        self.opening(preface, titled=titled)
        drop_if_empty(preface)

    def opening(self, preface: Element, *, titled: bool) -> None:
        """Write these lines into a preface. The adoption line of a document alone is on its cover page."""
        given = self.document.preface
        lines = wording.opening_lines(self.document, self.locale)
        if lines or given.agenda_title:
            meeting = self._container(preface, "meeting")
            for kind, text in lines:
                author = {"refersTo": f"#{self.document.organ.actor}"} if kind == "subsidiary" else {}
                self._fact(meeting, "authority" if author else kind.replace("-", " "), text, **author)
            if given.agenda_title:
                self._fact(meeting, "agenda title", given.agenda_title)
        stated = given.adoption and not is_alone(self.document)
        if stated or given.basis is not None:
            adoption = self._container(preface, "adoption")
            if stated:
                self._adoption(adoption, given.adoption)
            if given.basis is not None:
                self._fact(adoption, "basis", given.basis, str(self.locale.word("resolution", "basis")))
        if titled:
            self.title(preface)

    def title(self, preface: Element, *, numbered: bool = True) -> None:
        """Write number and title, and the lines around them (Part 3, 1.4)."""
        document, given = self.document, self.document.preface
        title = self._container(preface, "title")
        if given.sponsors:
            self._fact(title, "sponsors", given.sponsors)
        line = self.builder.add(title, "p")
        if self._is_titled_on_cover():
            numbered, given = False, replace(given, title=())
        if document.number is not None and numbered:
            before, number, after = self._number()
            self.builder.text(line, before)
            self.spans.line(line, number, FACTS["number"][0])
            self.builder.text(line, f"{after} " if given.title else after)
        if given.title:
            self.spans.line(line, given.title, FACTS["title"][0])
        drop_if_empty(line)
        if named := wording.modification(document, self.locale):
            self._fact(title, "type", named)
        if given.subtitle:
            self._fact(title, "subtitle", given.subtitle)
        for division in given.divisions:
            line = self.builder.add(title, "p")
            for fact, content in (("division", (model.Text(division.label),)), ("division title", division.title)):
                element, name = FACTS[fact]
                self.spans.line(line, content, element, name=name)
        drop_if_empty(title)

    def _is_titled_on_cover(self) -> bool:
        """Return whether the cover page of a document alone has number and title in one line."""
        title = model.plain(self.document.preface.title)
        stated = (line.text for line in stated_lines(self.document) if line.refers == "resolutionNumber")
        return bool(title) and any(text.endswith(title) for text in stated)

    def part(self, preface: Element, part: Part) -> None:
        """Write the letter and the title of a part of a composite resolution (Part 3, 1.6)."""
        title = self._container(preface, "title")
        self._fact(title, "number", wording.block_mark(part, self.document, self.locale))
        if part.content:
            self._fact(title, "title", part.content)

    def annex(self, preface: Element, annex: Annex) -> None:
        """Write the lines over an annex."""
        title = self._container(preface, "title")
        if mark := wording.annex_mark(annex, self.document, self.locale):
            content: model.Content = (model.Text(mark),)
            looks = [each for each in self.document.metadata if (each.name, each.text) == (ANNEX_LOOK, mark)]
            for look in dict(looks[0].attributes).get("class", "").split()[::-1] if looks else ():
                content = (model.Strong(content),) if look == "bold" else (model.Emphasis(content),)
            self._fact(title, "type", content)
        if annex.original:
            self._fact(title, "original", annex.original, str(self.locale.word("annex", "original")))
        if annex.title:
            self._fact(title, "title", annex.title)
        drop_if_empty(title)
        drop_if_empty(preface)

    def closing(self, conclusions: Element) -> None:
        """Write the closing lines. In what was adopted, a meeting and a date are marked as such (Part 3, 1.7)."""
        if not self.document.closing:
            return
        closing = self._container(conclusions, "conclusion")
        adopted = self.document.type.like in (DocumentType.RESOLUTION, DocumentType.DECISION)
        for text in self.document.closing:
            day = patterns.find_date(text, self.locale) if adopted and len(text) <= _MAX_DATE_LENGTH else None
            if day:
                self._dated(closing, text, day, "adoptionDate")
            elif adopted and patterns.match(text, self.locale.word("reading", "meeting")):
                line, meeting = self.builder.add(closing, "p"), self.spans.concept("meeting")
                self.spans.line(line, text, "event", refersTo=meeting)
            else:
                self.spans.line(closing, text)

    # --- lines --------------------------------------------------------------------------------------------------------

    def _distribution(self, cover: Element) -> None:
        """Write the Distr. block, which may be in another language than the text."""
        masthead, locale = self.document.masthead, self.locale
        block, language = self._container(cover, "distribution"), str(locale.word("masthead", "distribution_language"))
        if language != self.document.language:
            block.set(XML_LANG, language)
        self._fact(block, "distribution", masthead.distribution, str(locale.word("masthead", "distribution")))
        if self.issued:
            self._dated(block, masthead.date, self.issued, "issued")
        else:
            self._fact(block, "date", masthead.date)
        if masthead.original or masthead.restriction:
            self._languages(block)

    def _languages(self, block: Element) -> None:
        masthead, locale = self.document.masthead, self.locale
        if masthead.translation and locale.word("masthead", "language"):
            self._fact(block, "language", str(locale.word("masthead", "language")))
        if masthead.original:
            self._fact(block, "original", masthead.original, str(locale.word("masthead", "original")))
        if masthead.restriction:
            self._fact(block, "restriction", masthead.restriction)

    def _adoption(self, parent: Element, text: str) -> None:
        """Write the adoption line, with an element for its date if that is written as in running text."""
        element, name = FACTS["adoption"]
        adoption = self.spans.line(self.builder.add(parent, "p"), text, element, name=name)
        if found := patterns.find_date(text, self.locale):
            for written in {self.locale.written(found, digits) for digits in Digits}:
                before, day, after = text.partition(written)
                if day:
                    adoption.text = before
                    attributes = {"date": found.isoformat(), "refersTo": self.spans.concept("adoptionDate")}
                    self.builder.add(adoption, "docDate", day, **attributes).tail = after

    def _number(self) -> tuple[str, str, str]:
        """Return a resolution's number as printed, with what is printed before and after it."""
        number, shape = self.document.number, self.document.digits.shape
        if number is None:
            return "", "", ""
        if self.document.preface.title:
            before, _, after = str(self.locale.word("resolution", "number")).partition("{number}")
            return before, shape(str(number)), after
        form = str(self.locale.word("resolution", "untitled"))
        found = re.search(r"\{serial\}.*\{year\}\)?", form)
        inner = found[0] if found else form
        before, _, after = form.partition(inner)
        return before, inner.format(serial=shape(number.serial), year=shape(number.session)), after

    def _container(self, parent: Element, name: str) -> Element:
        return self.builder.identified(parent, "container", "", "", name=name)

    def _fact(
        self, parent: Element, fact: str, content: model.Content | str, form: str = "{text}", **attributes: str
    ) -> None:
        """Write a line in a form of the locale, its text in the element for this fact (Part 1, 4.6)."""
        element, kind = FACTS[fact]
        if kind:
            attributes = {"name": kind} if element == "inline" else {"refersTo": self.spans.concept(kind)}
        before, _, after = re.split(r"(\{\w+\})", form)
        line = self.builder.add(parent, "p", before)
        self.spans.line(line, content, element, **attributes)
        self.builder.text(line, after)

    def _dated(self, parent: Element, text: str, day: date, concept: str) -> None:
        attributes = {"date": day.isoformat(), "refersTo": self.spans.concept(concept)}
        self.spans.line(self.builder.add(parent, "p"), text, "docDate", **attributes)
