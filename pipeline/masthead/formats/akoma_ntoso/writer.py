"""A Document as Akoma Ntoso, following the guidelines of the United Nations (AKN4UN).

There are two layers (Part 3, 1.1): the publication (`documentCollection`) has what only its pages need, and inside it
is what was adopted or written (`statement`, `doc`, `debateReport`), which other publications may contain as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from masthead.document import (
    Annex,
    AnnexKind,
    Block,
    Document,
    Language,
    LineBreaking,
    NotePlace,
    Paragraph,
    Part,
    Role,
    locales,
)
from masthead.document.references import Kind
from masthead.formats.akoma_ntoso.block_writer import AknBlockWriter
from masthead.formats.akoma_ntoso.builder import Builder, Element, drop_if_empty, serialize
from masthead.formats.akoma_ntoso.cover import is_alone
from masthead.formats.akoma_ntoso.front_writer import FrontWriter
from masthead.formats.akoma_ntoso.iris import UNKNOWN_DAY, Work, iri_number
from masthead.formats.akoma_ntoso.metadata_writer import MetadataWriter
from masthead.formats.akoma_ntoso.notes import notes_of
from masthead.formats.akoma_ntoso.span_writer import AknSpanWriter, note_identifier
from masthead.formats.akoma_ntoso.vocabulary import (
    AKN,
    ATTACHMENT,
    COMMENT,
    LABEL,
    META_ORDER,
    NOTE_ORDER,
    OWN,
    OWN_NOTES,
    OWN_SOURCE,
    PAGE,
    PREFIXES,
    PUBLICATION,
    class_of,
)
from masthead.formats.source import check_characters
from masthead.page import wording


def write(document: Document) -> str:
    """Return `document` as the text of an Akoma Ntoso file.

    Raises SourceError for a character that sources may not contain.
    """
    return serialize(_AknWriter(document).root())


class _AknWriter:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.builder = document, Builder(document)
        self.spans = AknSpanWriter(self.builder, document, locales.load(document.language))
        self.blocks = AknBlockWriter(document, self.builder, self.spans)
        self.front = FrontWriter(document, self.builder, self.spans)
        self.metadata = MetadataWriter(document, self.builder)
        self.parts = list(_parts(document))
        self.is_alone = is_alone(document)
        self.is_composite = self.parts[0][0] is not None

    def root(self) -> Element:
        prefixes = {AKN: None, OWN: "masthead"} | PREFIXES
        nsmap = {short: namespace for namespace, short in prefixes.items() if short != "xml"}
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=nsmap)
        if self.is_alone:
            self._alone(root)
        else:
            self._publication(root)
        self._link(root)
        return root

    def _link(self, root: Element) -> None:
        """Let references to labels lead to the identifiers of what has the labels."""
        notes = {(str(Kind.NOTE), str(note.number)): note_identifier(note) for note in self.document.notes}
        names = {}
        for label in self.document.labels:
            key = (label.kind, label.value)
            names[f"#{label.name}"] = notes.get(key) or self.blocks.named.get((*key, label.scope), "")
        for link in root.iter(f"{{{AKN}}}a") if names else ():
            if identifier := names.get(href := link.get("href")):
                link.set(LABEL, href[1:])
                link.set("href", f"#{identifier}")

    def _alone(self, root: Element) -> None:
        """Write the document without a publication around it, with the metadata that it came with."""
        document, builder = self.document, self.builder
        kind, _, name = class_of(document.type)
        for comment in (each.text for each in document.metadata if each.name == COMMENT):
            root.append(etree.Comment(check_characters(comment.replace("--", "\u2010\u2010"), document)))
        top = builder.add(root, kind, name=name)
        meta = builder.add(top, "meta")
        with self.spans.metadata("") as entries:
            self.front.cover_page(top)
            preface = builder.identified(top, "preface")
            self.front.opening(preface, titled=False)
            self.front.title(preface, numbered=bool(document.preface.title))
            drop_if_empty(preface)
            preamble = list(_preamble(document.body))
            if preamble:
                self.blocks.preamble(top, preamble)
            self._body(top, document.body[len(preamble) :])
            self._end(top)
        self.metadata.refer(meta, entries, source=OWN_SOURCE)
        self._own_metadata(meta, root, OWN_SOURCE)
        self.metadata.carry(meta, (each for each in document.metadata if each.name in META_ORDER))

    def _publication(self, root: Element) -> None:
        """Write the publication with what was adopted or written in it."""
        document, builder, (kind, subtype) = self.document, self.builder, PUBLICATION
        name = class_of(document.type)[2]
        name = f"publication{name[0].upper()}{name[1:]}"
        top = builder.add(root, kind, name=name, contains="originalVersion")
        meta = builder.add(top, "meta")
        with self.spans.metadata("") as entries:
            self.front.cover(top)
            self.front.preface(top, titled=self.is_composite)
            body = builder.add(top, "collectionBody")
            for place, (part, blocks) in enumerate(self.parts, 1):
                self._component(builder.identified(body, "component", str(place)), part, blocks)
            if self.is_composite:
                self._end(top)
        symbol = str(document.symbol)
        issued = self.front.issued.isoformat() if self.front.issued else UNKNOWN_DAY
        work = Work(kind, subtype, issued, iri_number(symbol), symbol)
        self.metadata.identify(meta, work)
        self.metadata.publish(meta, work)
        self.metadata.refer(meta, entries)
        self._own_metadata(meta, root)

    def _component(self, component: Element, part: Part | None, blocks: Sequence[Block]) -> None:
        """Write what was adopted or written: the document, or a part of a composite one, with its own metadata."""
        kind, _, name = class_of(self.document.type)
        scope = str(component.get("eId"))
        top = self.builder.add(component, kind, name=name, contains="originalVersion")
        meta = self.builder.add(top, "meta")
        self.blocks.scope = scope if self.is_composite else ""
        self.blocks.place = (0, part.ordinal if part else 0, 0)
        with self.spans.metadata(f"{scope}__") as entries:
            preface = self.builder.identified(top, "preface", "", scope)
            if part:
                self.front.part(preface, part)
            else:
                self.front.title(preface)
            drop_if_empty(preface)
            preamble = list(_preamble(blocks))
            if preamble:
                self.blocks.preamble(top, preamble)
            self._body(top, blocks[len(preamble) :])
            if not self.is_composite:
                self._end(top)
        self.metadata.identify(meta, self._work(part), f"{scope}__")
        self.metadata.refer(meta, entries, f"{scope}__")
        if scope.endswith("_1"):
            self.metadata.carry(meta, (each for each in self.document.metadata if each.name in META_ORDER))

    def _work(self, part: Part | None = None) -> Work:
        """Return what identifies the document or a part of it, apart from its publication."""
        document, day = self.document, self.front.adopted or self.front.issued
        kind, subtype, _ = class_of(document.type)
        shown = str(document.symbol if document.number is None else document.number)
        if document.number and not document.preface.title:
            shown = f"{document.number.serial} ({document.number.session})"
        if part:
            shown += f" {wording.block_mark(part, document, locales.load(Language.ENGLISH))}"
        return Work(kind, subtype, day.isoformat() if day else UNKNOWN_DAY, iri_number(shown), shown)

    def _body(self, top: Element, blocks: Sequence[Block]) -> None:
        body = self.builder.add(top, "mainBody")
        self.blocks.body(body, blocks)
        if not len(body):
            self.builder.add(body, "p")  # the schema requires an element

    def _end(self, top: Element) -> None:
        """Write closing lines, notes that no text calls, and annexes."""
        builder = self.builder
        conclusions = builder.identified(top, "conclusions")
        annexes = builder.add(top, "attachments")
        self.front.closing(conclusions)
        for place, annex in enumerate(self.document.annexes, 1):
            self._annex(builder.identified(annexes, "attachment", str(place)), annex, place)
        if self.spans.unwritten:
            self.spans.remaining_notes(builder.identified(conclusions, "container", name="notes"))
        drop_if_empty(conclusions)
        drop_if_empty(annexes)

    def _annex(self, attachment: Element, annex: Annex, place: int) -> None:
        scope = str(attachment.get("eId"))
        top = self.builder.add(attachment, "doc", name="annex", contains="originalVersion")
        if annex.own_notes:
            top.set(OWN_NOTES, "true")
        meta, work = self.builder.add(top, "meta"), self._work()
        carried = [each for each in self.document.metadata if each.name == ATTACHMENT] if self.is_alone else []
        source = OWN_SOURCE if self.is_alone else ""
        if place <= len(carried):
            self.metadata.carry(meta, carried[place - 1].entries)
        else:
            self.metadata.identify(meta, replace(work, component=f"annex_{place}"), source=source)
        if not self.is_alone:
            self.metadata.attach(meta, work)
        self.front.annex(self.builder.identified(top, "preface", "", scope), annex)
        with self.blocks.annex(scope, place):
            if annex.kind is AnnexKind.ANNEX:
                self.blocks.name(Kind.ANNEX, str(annex.ordinal or ""), attachment)
            self._body(top, annex.body)

    def _own_metadata(self, meta: Element, root: Element, source: str = "#un") -> None:
        """Write what the standard cannot say (Part 1, 5.10): the order of notes, and how pages are set."""
        document, order = self.document, [note_identifier(note) for note in self.document.notes]
        if order != [note.get("eId") for note in notes_of(root, f"{{{AKN}}}authorialNote")]:
            proprietary = self.builder.add(meta, "proprietary", source=source)
            etree.SubElement(proprietary, NOTE_ORDER, order=" ".join(order))
        if document.labels:
            proprietary = self.builder.add(meta, "proprietary", source=source)
            for label in document.labels:
                scope = " ".join(map(str, label.scope))
                etree.SubElement(proprietary, LABEL, name=label.name, kind=label.kind, value=label.value, scope=scope)
        presentation = self.builder.add(meta, "presentation", source=source)
        page = etree.SubElement(presentation, PAGE, digits=document.digits, pagination=document.pagination)
        if document.lines is not LineBreaking.FIRST_FIT:
            page.set("lines", document.lines)
        if document.note_place is not NotePlace.PAGE:
            page.set("notes", document.note_place)


def _parts(document: Document) -> Iterator[tuple[Part | None, Sequence[Block]]]:
    """Yield the parts of a composite resolution, each a resolution of its own (Part 3, 1.6), or the whole body."""
    body = document.body
    starts = [place for place, block in enumerate(body) if isinstance(block, Part)]
    if not starts or starts[0] or class_of(document.type)[0] != "statement":
        yield None, body
        return
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        part = body[start]
        yield (part if isinstance(part, Part) else None), body[start + 1 : end]


def _preamble(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the enacting formula and the preambular paragraphs at the start of `blocks`."""
    for block in blocks:
        if not isinstance(block, Paragraph) or block.role not in (Role.FORMULA, Role.PREAMBULAR):
            break
        if block.number is not None or block.mark is not None:
            break
        yield block
