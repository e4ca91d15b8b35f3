"""A Document as Akoma Ntoso, in the way of the United Nations (AKN4UN). `docs/akn.md` says what is what.

Two layers: the publication (`documentCollection`) has what its pages bear besides, and in it stands what was adopted or
written (`statement`, `doc`, `debateReport`), which other publications may hold too (Part 3, 1.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from masthead.document import Annex, Block, Document, Language, Paragraph, Part, Role, locales
from masthead.formats.akoma_ntoso.block_writer import BlockWriter
from masthead.formats.akoma_ntoso.calls import notes_of
from masthead.formats.akoma_ntoso.elements import Builder, Element, written
from masthead.formats.akoma_ntoso.front_writer import FrontWriter
from masthead.formats.akoma_ntoso.metadata import Work, attach, identify, publish, refer
from masthead.formats.akoma_ntoso.span_writer import SpanWriter, identifier
from masthead.formats.akoma_ntoso.vocabulary import AKN, CLASSES, OWN, PUBLICATION, UNKNOWN_DAY, number
from masthead.page import wording


def write(document: Document) -> str:
    """Return `document` as an Akoma Ntoso file. Raises SourceError for characters that no source may hold."""
    return written(_Writing(document).root())


class _Writing:
    """One document while it is written."""

    def __init__(self, document: Document) -> None:
        self.document, self.builder = document, Builder(document)
        self.spans = SpanWriter(self.builder, document, locales.load(document.language))
        self.blocks = BlockWriter(document, self.builder, self.spans)
        self.front = FrontWriter(document, self.builder, self.spans)
        self.parts = list(_parts(document))
        self.composite = self.parts[0][0] is not None

    def root(self) -> Element:
        document, builder, (kind, subtype) = self.document, self.builder, PUBLICATION
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "masthead": OWN})
        name = CLASSES[document.type][2]
        name = f"publication{name[0].upper()}{name[1:]}"
        top = builder.add(root, kind, "", name=name, contains="originalVersion")
        meta = builder.add(top, "meta")
        with self.spans.metadata("") as entries:
            self.front.cover(top)
            self.front.preface(top, titled=self.composite)
            body = builder.add(top, "collectionBody")
            for place, (part, blocks) in enumerate(self.parts, 1):
                self._component(builder.identified(body, "component", str(place)), part, blocks)
            if self.composite:
                self._end(top)
        symbol = str(document.symbol)
        issued = self.front.issued.isoformat() if self.front.issued else UNKNOWN_DAY
        work = Work(kind, subtype, issued, number(symbol), symbol)
        identify(builder, meta, work, document)
        publish(builder, meta, work, document)
        refer(builder, meta, document, entries)
        self._unsaid(meta, root)
        return root

    def _component(self, component: Element, part: Part | None, blocks: Sequence[Block]) -> None:
        """What was adopted or written: the document, or a part of a composite one, with metadata of its own."""
        document, builder = self.document, self.builder
        kind, subtype, name = CLASSES[document.type]
        scope = str(component.get("eId"))
        top = builder.add(component, kind, "", name=name, contains="originalVersion")
        meta = builder.add(top, "meta")
        self.blocks.scope = scope if self.composite else ""
        with self.spans.metadata(f"{scope}__") as entries:
            preface = builder.identified(top, "preface", "", scope)
            if part:
                self.front.part(preface, part)
            else:
                self.front.title(preface)
            if not len(preface):
                top.remove(preface)
            preamble = list(_preamble(blocks))
            if preamble:
                self.blocks.preamble(top, preamble)
            self._body(top, blocks[len(preamble) :])
            if not self.composite:
                self._end(top)
        identify(builder, meta, self._work(kind, subtype, part), document, f"{scope}__")
        refer(builder, meta, document, entries, f"{scope}__")

    def _work(self, kind: str, subtype: str, part: Part | None = None) -> Work:
        document, day = self.document, self.front.adopted or self.front.issued
        shown = str(document.symbol if document.number is None else document.number)
        if document.number and not document.preface.title:
            shown = f"{document.number.serial} ({document.number.session})"
        if part:
            shown += f" {wording.block_mark(part, document, locales.load(Language.ENGLISH))}"
        return Work(kind, subtype, day.isoformat() if day else UNKNOWN_DAY, number(shown), shown)

    def _body(self, top: Element, blocks: Sequence[Block]) -> None:
        body = self.builder.add(top, "mainBody")
        self.blocks.body(body, blocks)
        if not len(body):
            self.builder.add(body, "p")  # the schema wants something

    def _end(self, top: Element) -> None:
        """Closing lines, notes that no text calls, annexes."""
        builder = self.builder
        conclusions = builder.identified(top, "conclusions")
        annexes = builder.add(top, "attachments")
        self.front.closing(conclusions)
        for place, annex in enumerate(self.document.annexes, 1):
            self._annex(builder.identified(annexes, "attachment", str(place)), annex, place)
        if self.spans.waiting:
            self.spans.left_notes(builder.identified(conclusions, "container", "", "", name="notes"))
        for element in (conclusions, annexes):
            if not len(element):
                top.remove(element)

    def _annex(self, attachment: Element, annex: Annex, place: int) -> None:
        builder, (kind, subtype, _) = self.builder, CLASSES[self.document.type]
        scope = str(attachment.get("eId"))
        top = builder.add(attachment, "doc", "", name="annex", contains="originalVersion")
        meta, work = builder.add(top, "meta"), self._work(kind, subtype)
        identify(builder, meta, replace(work, component=f"annex_{place}"), self.document)
        attach(builder, meta, work, self.document)
        self.front.annex(builder.identified(top, "preface", "", scope), annex)
        with self.blocks.annex(scope):
            self._body(top, annex.body)

    def _unsaid(self, meta: Element, root: Element) -> None:
        """What no element of the standard says (Part 1, 5.10): the order of notes, and how pages are set."""
        document, order = self.document, [identifier(note) for note in self.document.notes]
        if order != [note.get("eId") for note in notes_of(root, AKN)]:
            proprietary = self.builder.add(meta, "proprietary", "", source="#un")
            etree.SubElement(proprietary, f"{{{OWN}}}notes", order=" ".join(order))
        presentation = self.builder.add(meta, "presentation", "", source="#un")
        etree.SubElement(presentation, f"{{{OWN}}}page", digits=document.digits, pagination=document.pagination)


def _parts(document: Document) -> Iterator[tuple[Part | None, Sequence[Block]]]:
    """The parts of a composite resolution, each a resolution of its own (Part 3, 1.6); else the document as it is."""
    body = document.body
    starts = [place for place, block in enumerate(body) if isinstance(block, Part)]
    if not starts or starts[0] or CLASSES[document.type][0] != "statement":
        yield None, body
        return
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        part = body[start]
        yield (part if isinstance(part, Part) else None), body[start + 1 : end]


def _preamble(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The enacting formula and the preambular paragraphs that `blocks` begin with."""
    for block in blocks:
        if not isinstance(block, Paragraph) or block.role not in (Role.FORMULA, Role.PREAMBULAR):
            break
        if block.number is not None:
            break
        yield block
