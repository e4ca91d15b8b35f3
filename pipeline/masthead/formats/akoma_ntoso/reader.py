"""Akoma Ntoso, as the United Nations uses it, into a Document. `docs/akn.md` says what is what.

A file is a publication (`documentCollection`) with the document in it, or that document alone. What a Document cannot
hold is told as a finding, with its line: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import chain

from masthead.document import (
    Annex,
    Block,
    Document,
    Note,
    NoteCall,
    Part,
    SourceError,
    contents,
    inlines,
    locales,
    plain,
)
from masthead.formats.akoma_ntoso.blocks import Blocks
from masthead.formats.akoma_ntoso.calls import call_label
from masthead.formats.akoma_ntoso.facts import Facts, lines, read_facts
from masthead.formats.akoma_ntoso.front import Front, language_of, type_of
from masthead.formats.akoma_ntoso.spacing import spaced
from masthead.formats.akoma_ntoso.spans import Spans
from masthead.formats.akoma_ntoso.survey import survey
from masthead.formats.akoma_ntoso.vocabulary import BODIES, DOCUMENTS, PUBLICATION
from masthead.formats.akoma_ntoso.xml import Element, Source, parse
from masthead.formats.itemization import counted_marks


def read(data: bytes, name: str) -> Document:
    """Read a document in Akoma Ntoso. Raises SourceError, with file and line, where it is none."""
    return _Reading(parse(data, name)).document()


class _Reading:
    """One file while it is read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        top = next(iter(source.root), source.root) if source.name(source.root) == "akomaNtoso" else source.root
        self.publication = top if source.name(top) == PUBLICATION[0] else None
        self.components = list(self._components(top))
        self.metas = [source.find(each, "meta") for each in (top, self.components[0])]
        self.locale = locales.load(language_of(self.metas, source))
        self.kind = type_of(self.components[0], source)
        self.spans = Spans(source)
        self.blocks = Blocks(source, self.spans, self.locale, self.kind)
        self.annexed = Blocks(source, self.spans, self.locale, self.kind, annex=True)
        self.parts = [self._part(component) for component in self.components]
        if len(self.components) > 1 and None in self.parts:
            raise SourceError(
                f"{len(self.components)} documents are in one file",
                where=source.where(self.components[1]),
                hint="make a file of each; only parts A, B … of one resolution stand together",
            )

    def document(self) -> Document:
        source = self.source
        holders = [self.publication, *([] if self.parts[0] else self.components[:1])]
        places = (place for holder in holders for place in source.children(holder, "coverPage", "preface"))
        front = Front(source, self.metas, read_facts(places, source, self.spans, self.locale), self.locale)
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
            annexes=tuple(chain.from_iterable(self._annexes(each) for each in (*self.components, self.publication))),
        )
        document = replace(document, notes=tuple(self._called(document)))
        front.tell()
        survey(source)
        source.tell()
        return replace(document, findings=source.record.finish())

    def _called(self, document: Document) -> Iterator[Note]:
        """The notes that are called where a document can hold a call; each goes on record."""
        preface, record = document.preface, self.source.record
        opening = (preface.agenda_title, preface.basis or (), preface.sponsors, preface.title, preface.subtitle)
        texts = chain(opening, contents((document.body, document.annexes)), (note.content for note in document.notes))
        calls = dict.fromkeys(call for text in texts for call in inlines(text) if isinstance(call, NoteCall))
        if str(document.symbol).endswith("*"):
            calls = {NoteCall(1, asterisk=True): None, **calls}
        lines = self.spans.calls.lines()
        for call in calls:
            if call in lines:
                record.call(call_label(call), lines[call])
        for note in document.notes:
            call = NoteCall(note.number, note.asterisk)
            if call in calls:
                record.note(call_label(call), lines[call])
                yield note
            else:
                self.source.leave_out(f"note {call_label(call)}, which is called where no call can be", lines[call])

    # --- parts of the file --------------------------------------------------------------------------------------------

    def _components(self, top: Element) -> Iterator[Element]:
        """The documents in the file: in the publication's body, or named there and standing behind it."""
        name = self.source.name(top)
        if name in DOCUMENTS:
            yield top
            return
        holders = {f"#{each.get('eId')}": each for each in top.iter(self.source.tag("component"))}
        used, found = set(), False
        for component in self.source.children(self.source.find(top, "collectionBody"), "component"):
            for child in component:
                href = str(child.get("href", child.get("src", "")))
                inner = holders.get(href, ()) if self.source.name(child) == "documentRef" else (child,)
                used.add(holders.get(href, component))
                for document in inner:
                    if self.source.name(document) in DOCUMENTS:
                        found = True
                        yield document
                    else:
                        self.source.leave_out(f"<{self.source.name(document)}> in a component", document)
        for unused in set(holders.values()) - used:
            self.source.leave_out("a component that the publication's body does not name", unused)
        if not found:
            raise SourceError(
                f"a file with <{name}> is not read" if name != PUBLICATION[0] else "the publication holds no document",
                where=self.source.where(top),
                hint=f"documents that are read: {', '.join(DOCUMENTS)}, alone or in a {PUBLICATION[0]}",
            )

    def _leave_out_facts(self, facts: Facts, but: Container[str], of: str, element: Element) -> None:
        """Note the facts of a part or an annex that it has no place for."""
        for fact, told in facts.items():
            if fact not in but or len(told) > 1:
                self.source.leave_out(f"a {fact} of {of}", element)

    def _part(self, component: Element) -> Part | None:
        """The part of a composite resolution that a component is: its number is a letter."""
        preface = self.source.find(component, "preface")
        if preface is None:
            return None
        for element in preface.iter(self.source.tag("docNumber")):
            letter = "".join(element.itertext()).strip()
            ordinal = counted_marks(self.locale, "marks", "part").get(letter)
            if ordinal:
                places = self.source.children(component, "coverPage", "preface")
                facts = read_facts(places, self.source, self.spans, self.locale)
                self._leave_out_facts(facts, ("number", "title", "authority"), "a part", preface)
                return Part(ordinal, next(iter(facts.get("title", ())), ()))
        return None

    def _body(self, component: Element, part: Part | None) -> Iterator[Block]:
        if part:
            self.source.record.paragraphs.clear()
            yield part
        yield from self.blocks.preamble(self.source.find(component, "preamble"))
        for body in self.source.children(component, *BODIES):
            yield from self.blocks.body(body)

    def _closing(self) -> Iterator[str]:
        for holder in (*self.components, self.publication):
            for line in lines(self.source.find(holder, "conclusions"), self.source):
                yield from self.spans.printed_lines(line)

    def _annexes(self, holder: Element | None) -> Iterator[Annex]:
        for attachment in self.source.children(self.source.find(holder, "attachments"), "attachment"):
            for document in self.source.children(attachment):
                if self.source.name(document) in DOCUMENTS:
                    yield self._annex(document, attachment)
                    yield from self._annexes(document)
                elif self.source.name(document) not in ("num", "heading", "subheading"):
                    self.source.leave_out(f"an annex that is <{self.source.name(document)}>", document)

    def _annex(self, document: Element, attachment: Element) -> Annex:
        places = list(self.source.children(document, "coverPage", "preface"))
        facts = read_facts(places, self.source, self.spans, self.locale)
        self._leave_out_facts(facts, ("type", "title", "original", "authority"), "an annex", document)
        heads = map(self.spans.read, self.source.children(attachment, "num", "heading", "subheading"))
        told = dict.fromkeys(filter(None, (*heads, *facts.get("type", ())[:1], *facts.get("title", ())[:1])))
        marks = {self.locale.word("annex", "single"): None, **counted_marks(self.locale, "annex", "counted")}
        ordinal = next(filter(None, (marks.get(plain(each)) for each in told)), None)
        titles = [each for each in told if plain(each) not in marks]
        if len(titles) > 1:
            self.source.flatten("an annex of several titles", attachment)
        self.source.record.paragraphs.clear()
        texts = self.source.children(document, "preamble", *BODIES, "conclusions")
        body = tuple(chain.from_iterable(map(self.annexed.body, texts)))
        return Annex(spaced(titles), body, ordinal, plain(next(iter(facts.get("original", ())), ())))
