"""The runs of a Word paragraph into spans. Whatever in them is not carried is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from masthead.document import Emphasis, PageEnd, Strong, Symbol, TableNoteCall
from masthead.formats.styled.parts import EmbeddedPicture
from masthead.formats.styled.spans import BREAK, TAB, Span, merged
from masthead.formats.word.elements import integer, local, qn, value
from masthead.formats.word.links import target_of, target_of_field
from masthead.formats.word.looks import look_of
from masthead.formats.word.losses import Losses
from masthead.formats.word.notes import Notes, call_of
from masthead.formats.word.package import Package
from masthead.formats.word.styles import Style, Styles

LITERAL = "masthead:literal"
"""The tag of a content control: the text in it means these characters and nothing else."""
TABLE_NOTE = "masthead:table-note:"
"""The tag of a content control around the call of a table's note, its ordinal behind it."""
PAGE_END = "MastheadPageEnd"
"""Bookmarks that begin with this stand where pages of the printed original ended; behind `_`, in which emphases."""
EMPHASIS_LETTERS: dict[str, type[Strong | Emphasis]] = {"S": Strong, "E": Emphasis}

_INSIDE = frozenset({"smartTag", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase", "Choice"})
_SILENT = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "proofErr", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart",
    "permEnd", "rubyPr", "annotationRef", "separator", "continuationSeparator", "endnoteRef", "footnoteRef",
    "smartTagPr", "customXmlPr", "Fallback", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "bookmarkStart", "lastRenderedPageBreak", "t", "delText", "delInstrText", "instrText",
    "fldChar",
})  # fmt: skip
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHARACTERS = {"tab": TAB, "ptab": TAB, "cr": BREAK, "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FIELDS = ("", "HYPERLINK", "NOTEREF", "TOC", "PAGEREF")
_NUMBERS = re.compile(r"[0-9٠-٩]+")
_NUMBERS_ONLY = re.compile(r"[0-9٠-٩]{1,3}(?:[,،]\s*[0-9٠-٩]{1,3})*")


@dataclass(slots=True)
class Runs:
    """What a paragraph holds, in order; `contents` is the instruction of a field that lists headings."""

    spans: list[Span] = field(default_factory=list)
    pictures: list[EmbeddedPicture] = field(default_factory=list)
    contents: str = ""
    losses: Losses = field(default_factory=Losses)


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, whether its result has begun, and the number that a note's call shows."""

    instruction: str
    in_result: bool
    text: str = ""
    look: Span = field(default_factory=Span)

    @property
    def name(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What holds for the runs of a paragraph or a part of it."""

    style: Style
    target: Symbol | None = None
    link: int = 0
    literal: bool = False


class RunReader:
    """Reads paragraphs in the order of the document: notes are counted, and fields run through several of them.

    `ours` says that the document marks page ends by bookmarks, and those of Word's last layout mean nothing.
    """

    def __init__(self, package: Package, styles: Styles, notes: Notes, *, ours: bool) -> None:
        self.styles, self.notes, self.ours = styles, notes, ours
        self._addresses, self._files = package.addresses, package.files
        self._fields: list[_Field] = []
        self._links = 0
        self._runs = Runs()

    def read(self, paragraph: Any, style: Style) -> Runs:
        """Return what `paragraph`, which is in that style, holds."""
        self._runs = runs = Runs()
        runs.contents = next((each.instruction for each in self._fields if each.name == "TOC"), "")
        self._walk(paragraph, _Surroundings(style))
        runs.spans = self._settled(runs.spans)
        return runs

    # --- what stands in a paragraph -----------------------------------------------------------------------------------

    def _walk(self, element: Iterable[Any], around: _Surroundings) -> None:
        for child in element:
            match local(child):
                case "r":
                    self._run(child, around)
                case "hyperlink":
                    self._links += 1
                    address = self._addresses.get(child.get(qn("r:id")), "")
                    target = target_of(address, child.get(qn("w:tooltip"))) or around.target
                    self._walk(child, replace(around, target=target, link=self._links))
                case "fldSimple":
                    self._open(str(child.get(qn("w:instr"))), in_result=True)
                    self._walk(child, around)
                    self._close()
                case "sdt":
                    self._control(child, value(child.find(qn("w:sdtPr")), "w:tag") or "", around)
                case "ins" | "moveTo" as name:
                    self._tell(name, child)
                    self._walk(child, around)
                case "del" | "moveFrom" | "rt" as name:
                    self._tell(name, child)
                case "bookmarkStart" if str(child.get(qn("w:name"))).startswith(PAGE_END):
                    letters = str(child.get(qn("w:name"))).rpartition("_")[2]
                    emphases = tuple(EMPHASIS_LETTERS[letter] for letter in letters if letter in EMPHASIS_LETTERS)
                    self._add(Span(inline=PageEnd(), emphases=emphases, named=True))
                case "oMath" | "oMathPara":
                    self._tell("formula", child)
                    self._add(Span("".join(child.itertext())))
                case "AlternateContent":
                    self._walk(child[:1], around)
                case name if name in _INSIDE:
                    self._walk(child, around)
                case name if name and name not in _SILENT:
                    self._runs.losses.tell("unknown", name)

    def _control(self, control: Any, tag: str, around: _Surroundings) -> None:
        """Read a content control: some of them say what the text in them is."""
        before = len(self._runs.spans)
        self._walk(control, replace(around, literal=around.literal or tag == LITERAL))
        if tag.startswith(TABLE_NOTE) and (ordinal := integer(tag.removeprefix(TABLE_NOTE))) > 0:
            look = (self._runs.spans[before:] or [Span()])[0]
            call = replace(look, text="", inline=TableNoteCall(ordinal), raised=False)
            self._runs.spans[before:] = [call]

    def _tell(self, what: str, element: Any) -> None:
        text = "".join(each.text or "" for each in element.iter() if local(each) in ("t", "delText"))
        if text.strip():
            self._runs.losses.tell(what, text)

    def _add(self, span: Span) -> None:
        """Add a span where it is none of a field's instruction; within some fields it means something of its own."""
        field = self._fields[-1] if self._fields else None
        if not all(each.in_result for each in self._fields):
            return
        if field and field.name == "NOTEREF":
            field.text, field.look = field.text + span.text, span
            return
        for each in self._fields:
            if each.name == "HYPERLINK":
                span = replace(span, target=span.target or target_of_field(each.instruction))
        self._runs.spans.append(span)

    # --- runs ---------------------------------------------------------------------------------------------------------

    def _run(self, run: Any, around: _Surroundings) -> None:
        look = look_of(run.find(qn("w:rPr")), around.style, self.styles)
        lost = ("hidden",) if look.hidden and run.find(qn("w:footnoteReference")) is None else look.lost
        if lost and (text := "".join(each.text or "" for each in run.iter(qn("w:t")))).strip():
            for name in lost:
                self._runs.losses.tell(name, text)
        span = Span("", None, look.emphases, look.named, around.literal, around.target, around.link, look.raised)
        self._pieces(run, span, look.hidden)

    def _pieces(self, run: Iterable[Any], look: Span, hidden: bool) -> None:
        for child in run:
            match local(child):
                case "t" if not hidden:
                    text = child.text or ""
                    kept = child.get(_SPACE) == "preserve"
                    self._add(replace(look, text=text if kept else text.strip(" \t\n\r")))
                case "br" if child.get(qn("w:type")) == "page":
                    self._add(replace(look, inline=PageEnd()))
                case "br":
                    self._add(replace(look, text=BREAK))
                case "lastRenderedPageBreak" if not self.ours:
                    self._add(replace(look, inline=PageEnd()))
                case "footnoteReference" | "endnoteReference" as name:
                    self._call(child, name.removesuffix("Reference"), look, hidden)
                case "fldChar":
                    match child.get(qn("w:fldCharType")):
                        case "begin":
                            self._open("")
                        case "separate" if self._fields:
                            self._begin_result()
                        case "end" if self._fields:
                            self._close()
                case "instrText" if self._fields:
                    self._fields[-1].instruction += child.text or ""
                case "commentReference":
                    self._runs.losses.tell("comment")
                case "sym":
                    self._runs.losses.tell("symbol", str(child.get(qn("w:font"))))
                case "object":
                    self._runs.losses.tell("object")
                case "drawing" | "pict":
                    self._drawing(child)
                case "rt":
                    self._tell("rt", child)
                case "AlternateContent":
                    self._pieces(child[:1], look, hidden)
                case "Choice" | "ruby" | "rubyBase" | "r":
                    self._pieces(child, look, hidden)
                case name if name in _CHARACTERS and not hidden:
                    self._add(replace(look, text=_CHARACTERS[name]))
                case name if name and name not in _SILENT:
                    self._runs.losses.tell("unknown", name)

    def _call(self, reference: Any, kind: str, look: Span, hidden: bool) -> None:
        """Add a note's call; a hidden one only says where Word keeps a note that is called where it allows none."""
        mark = ""
        if reference.get(qn("w:customMarkFollows")) in ("1", "true", "on"):
            for text in reference.itersiblings(qn("w:t")):
                mark += text.text or ""
                text.text = ""
        call = self.notes.call(kind, str(reference.get(qn("w:id"))), mark)
        if not hidden:
            self._add(replace(look, inline=call, raised=False))

    def _settled(self, spans: list[Span]) -> list[Span]:
        """Make calls of raised numbers that notes have, and drop the parentheses that Arabic puts around calls."""
        result: list[Span] = []
        for span in merged(spans):
            inner = span.text.strip(" ()[]") if span.raised and not span.literal else span.text
            numbers = _NUMBERS.findall(inner) if span.raised and _NUMBERS_ONLY.fullmatch(inner) else []
            calls = [
                call for call in map(call_of, numbers) if call and not call.asterisk and self.notes.has(call.number)
            ]
            if calls and len(calls) == len(numbers):
                self._runs.losses.tell("call", inner)
                result += [replace(span, text="", inline=call, raised=False) for call in calls]
            elif inner or not span.text:
                result.append(span)
        return result

    # --- fields, links, drawings --------------------------------------------------------------------------------------

    def _open(self, instruction: str, *, in_result: bool = False) -> None:
        self._fields.append(_Field(instruction, in_result))
        self._begin_result() if in_result else None

    def _begin_result(self) -> None:
        field = self._fields[-1]
        field.in_result = True
        if field.name == "TOC":
            self._runs.contents = field.instruction
        elif field.name not in _FIELDS:
            self._runs.losses.tell("field", field.name)

    def _close(self) -> None:
        field = self._fields.pop()
        if field.name == "NOTEREF" and (call := call_of(field.text)):
            self._add(replace(field.look, text="", inline=call, raised=False))

    def _drawing(self, drawing: Any) -> None:
        """Take in a picture; tell of a text box, a chart, a diagram. Lines and frames without text are ornament."""
        text = "".join(drawing.xpath(".//*[local-name()='txbxContent']//*[local-name()='t']/text()"))
        files = drawing.xpath(".//*[local-name()='svgBlip' or local-name()='blip']/@*[local-name()='embed']")
        files += drawing.xpath(".//*[local-name()='imagedata']/@*[local-name()='id']")
        kinds = drawing.xpath(".//*[local-name()='graphicData']/@uri")
        if text.strip():
            self._runs.losses.tell("textbox", text)
        elif files and files[-1] in self._files:
            words = drawing.xpath(".//*[local-name()='docPr']/@descr | .//*[local-name()='shape']/@alt")
            self._runs.pictures.append(EmbeddedPicture(*self._files[files[-1]], str(words[0]) if words else ""))
        elif any(kind.endswith(("/chart", "/diagram")) for kind in kinds):
            self._runs.losses.tell("drawing")
