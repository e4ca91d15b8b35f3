"""Akoma Ntoso, as the United Nations uses it, into a Document.

A file is a publication (`documentCollection`) with the document in it, or that document alone. What a Document cannot
hold is a finding with its line: nothing is left out without one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import chain, pairwise

from masthead.document import Document, DocumentType, SourceError, Symbol, locales, model, with_own_notes
from masthead.document.references import Kind
from masthead.formats.akoma_ntoso.annexes import divided, parted, without_look
from masthead.formats.akoma_ntoso.block_reader import AknBlockReader
from masthead.formats.akoma_ntoso.cover import COVER, LINES, CoverLine, cover_lines, is_alone
from masthead.formats.akoma_ntoso.facts import TEXT_OUTSIDE_NOTES, AknFacts, lines, read_facts
from masthead.formats.akoma_ntoso.front_reader import FrontReader, check_language, digits_of, language_of, type_of
from masthead.formats.akoma_ntoso.metadata_reader import read_metadata
from masthead.formats.akoma_ntoso.source import AknSource, Element, children, find, parse
from masthead.formats.akoma_ntoso.spacing import spaced
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader
from masthead.formats.akoma_ntoso.survey import survey
from masthead.formats.akoma_ntoso.vocabulary import (
    ANNEX_LOOK,
    ATTACHMENT,
    BODIES,
    COMMENT,
    DOCUMENTS,
    LABEL,
    NO_DATE,
    OWN_NOTES,
    OWN_SOURCE,
    PUBLICATION,
    READ_METADATA,
    RUN_IN,
)
from masthead.formats.akoma_ntoso.word_count import report_lost_words
from masthead.formats.itemization import counted_marks
from masthead.formats.labels import note_label


def read(data: bytes, name: str) -> Document:
    """Return the document in an Akoma Ntoso file. Raises SourceError, with file and line."""
    return _AknReader(parse(data, name)).document()


_LABELLED = tuple(map(str, (Kind.PARAGRAPH, Kind.SECTION, Kind.TABLE, Kind.FIGURE, Kind.ANNEX, Kind.NOTE)))


class _AknReader:
    """Reads one file."""

    def __init__(self, source: AknSource) -> None:
        self.source = source
        top = next(iter(source.root), source.root) if source.root.tag == "akomaNtoso" else source.root
        self.publication = top if top.tag == PUBLICATION[0] else None
        self.components = list(self._components(top))
        documents = [each for each in children(top.getparent()) if each.tag in (*DOCUMENTS, PUBLICATION[0])]
        if len(documents) > 1:
            message, hint = f"{len(documents)} documents are in one file", "make a file of each"
            raise SourceError(message, where=source.where(documents[1]), hint=hint)
        self.metas = [find(each, "meta") for each in (top, self.components[0])]
        self.locale = locales.load(language_of(self.metas, source))
        self.kind = type_of(self.components[0], source)
        self.spans = AknSpanReader(source)
        self.digits = digits_of(source, self.locale.language)
        self.blocks = AknBlockReader(source, self.spans, self.locale, self.kind, self.digits)
        self.annex_blocks = AknBlockReader(source, self.spans, self.locale, self.kind, self.digits, annex=True)
        self.parts = [self._part(component) for component in self.components]
        if len(self.components) > 1 and None in self.parts:
            message = f"{len(self.components)} documents are in one file"
            hint = "make a file of each; only the parts A, B … of one resolution can be in one file"
            raise SourceError(message, where=source.where(self.components[1]), hint=hint)

    def document(self) -> Document:
        source = self.source
        fronts = [self.publication, *([] if self.parts[0] else self.components[:1])]
        facts = self._facts(*fronts)
        front = FrontReader(source, self.metas, facts, self.locale)
        symbol, organ, number = front.identity(self.kind)
        body = tuple(chain.from_iterable(map(self._body, self.components, self.parts)))
        closing = tuple(self._closing())
        body, annexes = self._parted(body, tuple(chain.from_iterable(map(self._annexes, self._holders()))))
        document = Document(
            type=self.kind,
            language=self.locale.language,
            organ=organ,
            symbol=symbol,
            number=number,
            job=front.job(),
            masthead=front.masthead(organ),
            preface=front.preface(),
            body=body,
            notes=self.spans.notes(),
            closing=closing,
            digits=self.digits,
            pagination=front.pagination(),
            lines=front.lines(),
            note_place=front.note_place(),
            annexes=annexes,
            metadata=tuple(self._metadata()),
            labels=tuple(_labels(source)),
        )
        document = replace(document, metadata=(*document.metadata, *self._cover(document)))
        document = replace(document, notes=tuple(self._called_notes(document)))
        if not source.is_ours:
            document = with_own_notes(document, self.spans.calls.markers)
        if (stated := str(document.symbol)).endswith("*") and not any(note.asterisk for note in document.notes):
            source.note_loss(f"the asterisk after the symbol {stated}, which calls no note", source.root)
            document = replace(document, symbol=Symbol(stated.rstrip("*")))
        front.report()
        if not source.is_ours:
            formulas = document.paragraphs(model.Role.FORMULA)
            check_language(source, self.locale, model.plain(formulas[0].content) if formulas else "")
        survey(source)
        source.report()
        if not source.is_ours:
            report_lost_words(source, document)
        document = replace(document, findings=source.record.settle())
        source.record.check(document)
        return document

    def _called_notes(self, document: Document) -> Iterator[model.Note]:
        """Yield the notes that are called where a document can have a call, and put them on record."""
        preface, record = document.preface, self.source.record
        opening: tuple[model.Content, ...] = (
            preface.agenda_title,
            preface.basis or (),
            preface.sponsors,
            preface.title,
            preface.subtitle,
        )
        opening += tuple(division.title for division in preface.divisions)
        notes = (note.content for note in document.notes)
        texts = chain(opening, model.contents((document.body, document.annexes)), notes)
        inlines = chain.from_iterable(map(model.inlines, texts))
        calls = dict.fromkeys(call for call in inlines if isinstance(call, model.NoteCall))
        if str(document.symbol).endswith("*"):
            calls = {model.NoteCall(1, asterisk=True): None, **calls}
        for line in (preface.session, preface.agenda_item, preface.adoption, preface.place):
            if stars := model.stars(line):
                calls.setdefault(model.NoteCall(len(stars), asterisk=True))
        lines = self.spans.calls.lines()
        for call in calls:
            if call in lines:
                record.call(note_label(call), lines[call])
        for note in document.notes:
            call, label = model.NoteCall(note.number, note.asterisk), note_label(note)
            if call in calls:
                record.note(label, lines[call])
                yield note
            else:
                self.source.note_loss(f"note {label}: its call is in a place that cannot have one", lines[call])

    # --- metadata -----------------------------------------------------------------------------------------------------

    def _metadata(self) -> Iterator[model.Metadatum]:
        """Yield the metadata: of a document alone all, of one in a publication those that no reader makes facts of."""
        source = self.source
        for meta in self.metas if self.publication is not None else self.metas[:1]:
            found = (each for each in children(meta) if each.get("source") != OWN_SOURCE)
            if self.publication is not None:
                found = (each for each in found if each.tag not in READ_METADATA)
            yield from read_metadata(found, self.source)
        if self.publication is None:
            yield from (model.Metadatum(COMMENT, text=comment) for comment in source.comments)
            yield from (model.Metadatum(RUN_IN, text=heading) for heading in source.run_in)
            yield from (model.Metadatum(ANNEX_LOOK, (("class", look),), name) for name, look in source.looks)
            for attachment in self.source.root.iter("attachment"):
                for meta in attachment.iterfind("*/meta"):
                    found = (each for each in meta if each.get("source") != OWN_SOURCE)
                    if entries := tuple(read_metadata(found, self.source)):
                        yield model.Metadatum(ATTACHMENT, entries=entries)

    def _cover(self, document: Document) -> Iterator[model.Metadatum]:
        """Yield what the cover page of a document alone states otherwise than its facts."""
        cover = None if self.publication is not None else find(self.components[0], "coverPage")
        if cover is None or not is_alone(document):
            return
        expected = {line.refers: line for line in cover_lines(document, self.locale)}
        stated = []
        for element in cover.iter(*set(LINES.values())):
            refers = str(element.get("refersTo", element.get("name", ""))).removeprefix("#")
            value = element.get("date", element.get("title", ""))
            text = re.sub(r"[ \t\r\n]+", " ", "".join(map(str, element.xpath(TEXT_OUTSIDE_NOTES)))).strip()
            if LINES.get(refers) == element.tag and element not in self.source.renamed:
                line = CoverLine(refers, text, value)
                if line != expected.pop(refers, None):
                    stated.append(line.metadatum())
                self._note_line(line, element)
        if stated:
            yield model.Metadatum(COVER, entries=tuple(stated))

    def _note_line(self, line: CoverLine, element: Element) -> None:
        """Report an irregularity in a line of the cover page."""
        if line.value == NO_DATE:
            self.source.note_oddity(f"the date {NO_DATE}; that of its words is read", element)
        if not line.text and line.refers in ("symbol", "resolutionNumber", "adoption"):
            what = {"symbol": "symbol", "resolutionNumber": "number", "adoption": "adoption"}[line.refers]
            self.source.note_oddity(f"a cover page without its {what}", element, "the metadata have it")

    # --- parts of the file --------------------------------------------------------------------------------------------

    def _components(self, top: Element) -> Iterator[Element]:
        """Yield the documents in the file: those in the publication's body, or to which it refers."""
        if top.tag in DOCUMENTS:
            yield top
            return
        holders = {f"#{each.get('eId')}": each for each in top.iter("component")}
        used, found = set(), False
        for component in children(find(top, "collectionBody"), "component"):
            for child in component:
                href = str(child.get("href", child.get("src", "")))
                inner = holders.get(href, ()) if child.tag == "documentRef" else (child,)
                used.add(holders.get(href, component))
                for document in inner:
                    if document.tag in DOCUMENTS:
                        found = True
                        yield document
                    else:
                        self.source.note_loss(f"<{document.tag}> in a component", document)
        for holder in holders.values():
            if holder not in used:
                self.source.note_loss("a component to which the publication's body does not refer", holder)
        if not found:
            is_publication = top.tag == PUBLICATION[0]
            raise SourceError(
                "the publication contains no document" if is_publication else f"a file with <{top.tag}> cannot be read",
                where=self.source.where(top),
                hint=f"documents that can be read: {', '.join(DOCUMENTS)}, alone or in a {PUBLICATION[0]}",
            )

    def _facts(self, *holders: Element | None) -> AknFacts:
        """Return the facts in the cover pages and prefaces of `holders`."""
        places = (place for holder in holders for place in children(holder, "coverPage", "preface"))
        adopted = self.kind.like in (DocumentType.RESOLUTION, DocumentType.DECISION)
        return read_facts(places, self.source, self.spans, self.locale, adopted=adopted)

    def _note_other_facts(self, facts: AknFacts, known: Container[str], what: str, element: Element) -> None:
        """Note the facts of a part or an annex for which it has no place."""
        for fact, stated in facts.items():
            if fact not in known or len(stated) > 1:
                self.source.note_loss(f"the {fact} of {what}", element)

    def _part(self, component: Element) -> model.Part | None:
        """Return the part of a composite resolution that a component is: its number is a letter."""
        preface = find(component, "preface")
        for element in () if preface is None else preface.iter("docNumber"):
            letter = "".join(element.itertext()).strip()
            if ordinal := counted_marks(self.locale, "marks", "part").get(letter):
                facts = self._facts(component)
                self._note_other_facts(facts, ("number", "title", "authority"), "a part", preface)
                return model.Part(ordinal, facts.first("title"))
        return None

    def _body(self, component: Element, part: model.Part | None) -> Iterator[model.Block]:
        if part:
            self.source.record.paragraphs.clear()
            yield part
        texts = list(children(component, "preamble", *BODIES))
        for before, text in pairwise((None, *texts)):
            if text.tag == "preamble":
                if before is not None:
                    self.source.note_oddity("a preamble after the body", text, "it is read where it is")
                yield from self.blocks.preamble(text)
            else:
                yield from self.blocks.body(text)

    def _closing(self) -> Iterator[str]:
        for holder in (*self.components, self.publication):
            for line in lines(find(holder, "conclusions")):
                yield from self.spans.closing_lines(line)

    def _holders(self) -> Iterator[Element | None]:
        """Yield the elements that annexes may be in: a document alone may have them beside it, as components."""
        yield from (*self.components, self.publication)
        if self.publication is None and self.source.root not in self.components:
            yield self.source.root

    def _annexes(self, holder: Element | None) -> Iterator[model.Annex]:
        groups = ("attachments",) if holder is self.publication else ("attachments", "components")
        referred = {f"#{each.get('eId')}" for each in self.source.root.iter("component")}
        for attachment in chain.from_iterable(map(children, children(holder, *groups))):
            for document in attachment:
                if document.tag in DOCUMENTS:
                    annex = self._annex(document, attachment)
                    yield from (
                        (annex,) if self.source.is_ours else divided(annex, self.locale, self.digits, self.source.looks)
                    )
                    yield from self._annexes(document)
                elif document.get("href") not in referred and document.tag not in ("num", "heading", "subheading"):
                    self.source.note_loss(f"an annex that is <{document.tag}>", document)

    def _parted(
        self, body: tuple[model.Block, ...], annexes: tuple[model.Annex, ...]
    ) -> tuple[tuple[model.Block, ...], tuple[model.Annex, ...]]:
        """Move the name and title of the first annex to it from the end of the body."""
        if self.source.is_ours:
            return body, annexes
        body, heads = parted(body, annexes, self.locale)
        if heads:
            attachment = next(self.source.root.iter("attachment", "component"), self.source.root)
            self.source.note_oddity("an annex whose name is at the end of the body", attachment)
            whole = replace(annexes[0], body=(*heads, *annexes[0].body))
            annexes = (*divided(whole, self.locale, self.digits, self.source.looks), *annexes[1:])
        return body, annexes

    def _annex(self, document: Element, attachment: Element) -> model.Annex:
        facts = self._facts(document)
        self._note_other_facts(facts, ("type", "title", "original", "authority"), "an annex", document)
        heads = map(self.spans.read, children(attachment, "num", "heading", "subheading"))
        stated = dict.fromkeys(filter(None, (*heads, facts.first("type"), facts.first("title"))))
        marks: dict[str, tuple[model.AnnexKind, int | None]] = {}
        for kind in model.AnnexKind:
            marks.setdefault(self.locale.word(kind, "single"), (kind, None))
            for name, count in counted_marks(self.locale, kind, "counted").items():
                marks.setdefault(name, (kind, count))
        # In our files the title may be the same word as a name.
        names = [facts.first("type")] if self.source.is_ours else stated
        named = [marks[text] for text in map(model.plain, names) if text in marks]
        kind, ordinal = max(named, key=lambda each: each[1] is not None, default=(model.AnnexKind.ANNEX, None))
        mark = None
        if self.source.is_ours:
            mark = model.plain(without_look(facts.first("type"), self.source.looks))
        if mark is None or mark in marks:
            mark = None
        elif facts.first("type"):
            stated.pop(facts.first("type"), None)
        titles = [each for each in stated if model.plain(each) not in marks]
        if self.source.is_ours:
            titles = [*filter(None, [facts.first("title")])]
        if len(titles) > 1:
            self.source.note_flattened("an annex with several titles", attachment)
        self.source.record.paragraphs.clear()
        texts = children(document, "preamble", *BODIES, "conclusions")
        body = tuple(chain.from_iterable(map(self.annex_blocks.body, texts)))
        original, own_notes = model.plain(facts.first("original")), document.get(OWN_NOTES) == "true"
        return model.Annex(spaced(titles), body, ordinal, original, mark, kind, own_notes)


def _labels(source: AknSource) -> Iterator[model.Label]:
    """Yield the labels that Masthead wrote; one that is not in its form is left out."""
    for element in source.root.iter(LABEL):
        name, kind, value, scope = (str(element.get(key, "")) for key in ("name", "kind", "value", "scope"))
        places = [int(place) for place in scope.split() if place.isdecimal() and len(place) < 5]
        if name and kind in _LABELLED and len(places) == 3:
            yield model.Label(name, kind, value, (places[0], places[1], places[2]))
