"""Akoma Ntoso, as the United Nations uses it, into a Document.

A file is a publication (`documentCollection`) with the document in it, or that document alone. What a Document cannot
hold is a finding with its line: nothing is left out without one.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import chain

from masthead.document import Document, SourceError, locales, model
from masthead.formats.akoma_ntoso.block_reader import AknBlockReader
from masthead.formats.akoma_ntoso.facts import AknFacts, lines, read_facts
from masthead.formats.akoma_ntoso.front_reader import FrontReader, language_of, type_of
from masthead.formats.akoma_ntoso.source import AknSource, Element, children, find, parse
from masthead.formats.akoma_ntoso.spacing import spaced
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader
from masthead.formats.akoma_ntoso.survey import survey
from masthead.formats.akoma_ntoso.vocabulary import BODIES, DOCUMENTS, PUBLICATION
from masthead.formats.itemization import counted_marks
from masthead.formats.labels import note_label


def read(data: bytes, name: str) -> Document:
    """Return the document in an Akoma Ntoso file. Raises SourceError, with file and line."""
    return _AknReader(parse(data, name)).document()


class _AknReader:
    """Reads one file."""

    def __init__(self, source: AknSource) -> None:
        self.source = source
        top = next(iter(source.root), source.root) if source.root.tag == "akomaNtoso" else source.root
        self.publication = top if top.tag == PUBLICATION[0] else None
        self.components = list(self._components(top))
        self.metas = [find(each, "meta") for each in (top, self.components[0])]
        self.locale = locales.load(language_of(self.metas, source))
        self.kind = type_of(self.components[0], source)
        self.spans = AknSpanReader(source)
        self.blocks = AknBlockReader(source, self.spans, self.locale, self.kind)
        self.annex_blocks = AknBlockReader(source, self.spans, self.locale, self.kind, annex=True)
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
        document = Document(
            type=self.kind,
            language=self.locale.language,
            organ=organ,
            symbol=symbol,
            number=number,
            job=front.job(),
            masthead=front.masthead(),
            preface=front.preface(),
            body=tuple(chain.from_iterable(map(self._body, self.components, self.parts))),
            notes=self.spans.notes(),
            closing=tuple(self._closing()),
            digits=front.digits(),
            pagination=front.pagination(),
            annexes=tuple(chain.from_iterable(map(self._annexes, (*self.components, self.publication)))),
        )
        document = replace(document, notes=tuple(self._called_notes(document)))
        front.report()
        survey(source)
        source.report()
        return replace(document, findings=source.record.finish())

    def _called_notes(self, document: Document) -> Iterator[model.Note]:
        """Yield the notes that are called where a document can have a call, and put them on record."""
        preface, record = document.preface, self.source.record
        opening = (preface.agenda_title, preface.basis or (), preface.sponsors, preface.title, preface.subtitle)
        notes = (note.content for note in document.notes)
        texts = chain(opening, model.contents((document.body, document.annexes)), notes)
        inlines = chain.from_iterable(map(model.inlines, texts))
        calls = dict.fromkeys(call for call in inlines if isinstance(call, model.NoteCall))
        if str(document.symbol).endswith("*"):
            calls = {model.NoteCall(1, asterisk=True): None, **calls}
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
                self.source.note_loss(f"note {label}, which is called where no call can be", lines[call])

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
        return read_facts(places, self.source, self.spans, self.locale)

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
        yield from self.blocks.preamble(find(component, "preamble"))
        for body in children(component, *BODIES):
            yield from self.blocks.body(body)

    def _closing(self) -> Iterator[str]:
        for holder in (*self.components, self.publication):
            for line in lines(find(holder, "conclusions")):
                yield from self.spans.closing_lines(line)

    def _annexes(self, holder: Element | None) -> Iterator[model.Annex]:
        for attachment in children(find(holder, "attachments"), "attachment"):
            for document in attachment:
                if document.tag in DOCUMENTS:
                    yield self._annex(document, attachment)
                    yield from self._annexes(document)
                elif document.tag not in ("num", "heading", "subheading"):
                    self.source.note_loss(f"an annex that is <{document.tag}>", document)

    def _annex(self, document: Element, attachment: Element) -> model.Annex:
        facts = self._facts(document)
        self._note_other_facts(facts, ("type", "title", "original", "authority"), "an annex", document)
        heads = map(self.spans.read, children(attachment, "num", "heading", "subheading"))
        stated = dict.fromkeys(filter(None, (*heads, facts.first("type"), facts.first("title"))))
        marks = {self.locale.word("annex", "single"): None, **counted_marks(self.locale, "annex", "counted")}
        ordinal = next(filter(None, (marks.get(model.plain(each)) for each in stated)), None)
        titles = [each for each in stated if model.plain(each) not in marks]
        if len(titles) > 1:
            self.source.note_flattened("an annex with several titles", attachment)
        self.source.record.paragraphs.clear()
        texts = children(document, "preamble", *BODIES, "conclusions")
        body = tuple(chain.from_iterable(map(self.annex_blocks.body, texts)))
        return model.Annex(spaced(titles), body, ordinal, model.plain(facts.first("original")))
