"""The runs of a Word paragraph into spans. Whatever is left out is noted in `losses`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from masthead.document import Layout, PageEnd, Reference, Symbol, TableNoteCall
from masthead.formats.links import linked
from masthead.formats.styled.parts import EmbeddedPicture
from masthead.formats.styled.spans import BREAK, TAB, Span, merged, text_of
from masthead.formats.word.conventions import (
    FIT,
    LABEL,
    LAYOUT,
    LITERAL,
    NOTE_CALL,
    PAGE_END,
    SPACED,
    TABLE_NOTE,
    named_fit,
    named_layout,
    page_end_emphases,
)
from masthead.formats.word.diagrams import diagram_texts, draw_diagram
from masthead.formats.word.formulas import read_formula
from masthead.formats.word.looks import font_of, look_of
from masthead.formats.word.losses import Losses
from masthead.formats.word.notes import Notes, call_of
from masthead.formats.word.package_reader import Package
from masthead.formats.word.pictures import alternative_of, draw_chart, find_picture, find_pictures, width_of
from masthead.formats.word.styles import Style, Styles
from masthead.formats.word.symbols import shown_as, sign_of
from masthead.formats.word.xml import XML_SPACE, child, integer, local, qn, value

# Elements whose content is read as if it stood in their place.
_TRANSPARENT = frozenset(
    {"smartTag", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase", "Choice", "Fallback"}
)
# Elements that mean nothing for the text, or are read together with another.
_IGNORED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "proofErr", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart",
    "permEnd", "rubyPr", "annotationRef", "separator", "continuationSeparator", "endnoteRef", "footnoteRef",
    "smartTagPr", "customXmlPr", "bookmarkStart", "lastRenderedPageBreak", "t", "instrText", "fldChar",
})  # fmt: skip
_CHARACTERS = {"tab": TAB, "ptab": TAB, "cr": BREAK, "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_UNSHOWN_FIELDS = ("XE", "TC", "TA", "RD", "SET", "ADVANCE", "PRINT", "PRIVATE", "ASK")
_SILENT_FIELDS = ("", "HYPERLINK", "NOTEREF", "TOC", "PAGEREF")
Related = TypeVar("Related")
_NUMBERS = re.compile(r"[0-9٠-٩]+")
_ONLY_NUMBERS = re.compile(r"[0-9٠-٩]{1,3}(?:[,،]\s*[0-9٠-٩]{1,3})*")
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}")
_SYMBOL_FIELD = re.compile(r'SYMBOL\s+(0x[0-9A-Fa-f]{1,4}|\d{1,5})(?:.*\\f\s+"?([\w ]+?)"?\s*(?:\\|$))?', re.IGNORECASE)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|ft)$")  # before a superscript 2 or 3, which is its power
_UNREAD = re.compile("chartex|/ink|model3d|am3d")  # in the name of an extension: its fallback is a picture
_DRAWN = ("/chart", "/chartex", "/diagram", "/picture", "/wordprocessingInk")
_HYPERLINK = re.compile(r'HYPERLINK\s+"([^"]*)"')


@dataclass(slots=True)
class Runs:
    """The content of a paragraph in order.

    `boxes` are the contents of text boxes and `lines` the texts of diagrams. `contents` is the instruction of a field
    that lists headings, `layout` that of the pages after the paragraph.
    """

    spans: list[Span] = field(default_factory=list)
    pictures: list[EmbeddedPicture] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    contents: str = ""
    layout: Layout | None = None
    losses: Losses = field(default_factory=Losses)


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, whether its result has begun, and the number that a cross-reference shows.

    `link` counts the links of the document, 0 for another field.
    """

    instruction: str
    in_result: bool
    text: str = ""
    look: Span = field(default_factory=Span)
    link: int = 0

    @property
    def name(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What applies to all runs of a paragraph, a hyperlink or a content control."""

    style: Style
    target: Symbol | None = None
    link: int = 0
    literal: bool = False
    address: str = ""
    spaced: bool = False


class RunReader:
    """Reads paragraphs in the order of the document: notes are counted, and a field may span several paragraphs.

    `ours` says that Masthead wrote the file: bookmarks mark its page ends, and Word's last layout means nothing.
    """

    def __init__(self, package: Package, styles: Styles, notes: Notes, *, ours: bool) -> None:
        self.styles, self.notes, self.ours = styles, notes, ours
        self._addresses, self._files, self._charts = package.addresses, package.files, package.charts
        self._theme = package.theme
        self._fields: list[_Field] = []
        self._links = 0
        self._runs = Runs()

    @property
    def last(self) -> Runs:
        """The content of the last paragraph that was read."""
        return self._runs

    def read(self, paragraph: Any, style: Style) -> Runs:
        """Return the content of `paragraph`, which has this style."""
        self._runs = runs = Runs()
        runs.contents = next((each.instruction for each in self._fields if each.name == "TOC"), "")
        self._walk(paragraph, _Surroundings(style))
        runs.spans = self._settled(runs.spans)
        return runs

    # --- elements of a paragraph --------------------------------------------------------------------------------------

    def _walk(self, element: Iterable[Any], around: _Surroundings) -> None:
        for each in element:
            match local(each):
                case "r":
                    self._run(each, around)
                case "hyperlink":
                    self._links += 1
                    address = self._of_part(self._addresses, each).get(each.get(qn("r:id")), "")
                    target = _link_target(address, each.get(qn("w:tooltip"))) or around.target
                    kept = _kept_address(address.replace("%20", " ") if around.spaced else address, target)
                    if self.ours and str(each.get(qn("w:anchor"))).startswith(LABEL):
                        kept = str(each.get(qn("w:tooltip"), ""))
                    self._walk(each, replace(around, target=target, link=self._links, address=kept))
                case "fldSimple":
                    self._fields.append(_Field(str(each.get(qn("w:instr"))), in_result=True))
                    self._begin_result()
                    self._walk(each, around)
                    self._end_field()
                case "sdt":
                    self._control(each, value(child(each, "w:sdtPr"), "w:tag") or "", around)
                case "rt":
                    self._lose("rt", each)
                case "bookmarkStart" if (name := str(each.get(qn("w:name")))).startswith(PAGE_END):
                    self._add(Span(inline=PageEnd(), emphases=page_end_emphases(name), named=True))
                case "bookmarkStart" if self.ours and (name := str(each.get(qn("w:name")))).startswith(FIT):
                    self._add(Span(inline=named_fit(name)))
                case "bookmarkStart" if self.ours and str(each.get(qn("w:name"))).startswith(LAYOUT):
                    self._runs.layout = named_layout(str(each.get(qn("w:name"))))
                case "oMath" | "oMathPara":
                    self._lose("formula", each)
                    for piece in read_formula(each):
                        self._add(Span(piece.text, raised=piece.level > 0, lowered=piece.level < 0, literal=True))
                case "AlternateContent":
                    self._walk(_chosen(each), around)
                case name if name in _TRANSPARENT:
                    self._walk(each, around)
                case name if name and name not in _IGNORED:
                    self._runs.losses.add("unknown", name)

    def _control(self, control: Any, tag: str, around: _Surroundings) -> None:
        """Read a content control. The tags of some say what their text is."""
        before = len(self._runs.spans)
        spaced = around.spaced or (self.ours and tag == SPACED)
        self._walk(control, replace(around, literal=around.literal or tag == LITERAL, spaced=spaced))
        if tag.startswith(TABLE_NOTE) and (ordinal := integer(tag.removeprefix(TABLE_NOTE))) > 0:
            look = (self._runs.spans[before:] or [Span()])[0]
            self._runs.spans[before:] = [replace(look, text="", inline=TableNoteCall(ordinal), raised=False)]

    def _lose(self, kind: str, element: Any) -> None:
        text = "".join(each.text or "" for each in element.iter() if local(each) == "t")
        if text.strip():
            self._runs.losses.add(kind, text)

    def _add(self, span: Span) -> None:
        """Add a span, unless it is part of a field's instruction or is the number of a cross-reference."""
        field = self._fields[-1] if self._fields else None
        if not all(each.in_result for each in self._fields):
            return
        if field and field.name == "NOTEREF":
            field.text, field.look = field.text + span.text, span
            return
        for each in self._fields:
            if each.link and not span.link and (found := _HYPERLINK.search(each.instruction)):
                target = Symbol.at(found[1])
                span = replace(span, target=target, link=each.link, address=_kept_address(found[1], target))
        self._runs.spans.append(span)

    def _of_part(self, relations: Mapping[str, Mapping[str, Related]], element: Any) -> Mapping[str, Related]:
        """Return the relations of the part that an element is in: the text, the footnotes or the endnotes.

        Masthead once wrote those of notes into the part of the text.
        """
        own = relations.get(local(element.getroottree().getroot()), {})
        return own or (relations["document"] if self.ours else own)

    # --- elements of a run --------------------------------------------------------------------------------------------

    def _run(self, run: Any, around: _Surroundings) -> None:
        look = look_of(child(run, "w:rPr"), around.style, self.styles)
        # A hidden call is a place for a note that Word does not allow where it is called: nothing is lost.
        lost = ("hidden",) if look.hidden and child(run, "w:footnoteReference") is None else look.lost
        if lost and (text := "".join(each.text or "" for each in run.iter(qn("w:t")))).strip():
            for kind in lost:
                self._runs.losses.add(kind, text)
        span = Span("", None, look.emphases, look.named, around.literal, around.target, around.link, look.raised)
        if look.lowered or around.address:
            span = replace(span, lowered=look.lowered, address=around.address)
        self._pieces(run, span, look.hidden)

    def _pieces(self, run: Any, look: Span, hidden: bool) -> None:
        font = font_of(run)
        for each in run:
            match local(each):
                case "t" if not hidden:
                    text = shown_as(each.text or "", font) if font else each.text or ""
                    kept = each.get(XML_SPACE) == "preserve"
                    self._add(replace(look, text=text if kept else text.strip(" \t\n\r")))
                case "br" if each.get(qn("w:type")) == "page":
                    self._add(replace(look, text=" "))  # the words on both sides are apart
                    self._add(replace(look, inline=PageEnd()))
                case "br":
                    self._add(replace(look, text=" " if each.get(qn("w:type")) == "column" else BREAK))
                case "lastRenderedPageBreak" if not self.ours:
                    self._add(replace(look, inline=PageEnd()))
                case "footnoteReference" | "endnoteReference" as name:
                    self._call(each, name.removesuffix("Reference"), look, hidden)
                case "fldChar":
                    match each.get(qn("w:fldCharType")):
                        case "begin":
                            self._fields.append(_Field("", in_result=False))
                        case "separate" if self._fields:
                            self._begin_result()
                        case "end" if self._fields:
                            self._end_field()
                case "instrText" if self._fields:
                    self._fields[-1].instruction += each.text or ""
                case "commentReference":
                    self._runs.losses.add("comment")
                case "sym":
                    font_name, code = str(each.get(qn("w:font"))), str(each.get(qn("w:char")))
                    sign = sign_of(font_name, int(code, 16)) if _CODE.fullmatch(code) else None
                    if sign and not hidden:
                        self._add(replace(look, text=sign))
                    elif not sign:
                        self._runs.losses.add("symbol", font_name)
                case "object":
                    picture = find_picture(each, self._of_part(self._files, each))
                    self._runs.pictures += [picture] if picture else []
                    if not picture:
                        self._runs.losses.add("object", str(next(iter(each.xpath(".//@ProgID")), "")))
                case "drawing" | "pict":
                    self._drawing(each)
                case "rt":
                    self._lose("rt", each)
                case "AlternateContent":
                    self._pieces(_chosen(each), look, hidden)
                case "Choice" | "Fallback" | "ruby" | "rubyBase" | "r":
                    self._pieces(each, look, hidden)
                case name if name in _CHARACTERS and not hidden:
                    self._add(replace(look, text=_CHARACTERS[name]))
                case name if name and name not in _IGNORED:
                    self._runs.losses.add("unknown", name)

    def _call(self, reference: Any, kind: str, look: Span, hidden: bool) -> None:
        """Add the call to a note, unless it is hidden; its mark of its own, if it has one, is not text."""
        mark = ""
        if reference.get(qn("w:customMarkFollows")) in ("1", "true", "on"):
            for text in reference.itersiblings(qn("w:t")):
                mark += text.text or ""
                text.text = ""
        call = self.notes.call(kind, str(reference.get(qn("w:id"))), mark, self._own_number(reference))
        if not hidden:
            self._add(replace(look, inline=call, raised=False))

    def _own_number(self, reference: Any) -> int:
        """Return the number that the bookmark of a call says if Masthead wrote the file; 0 if it says none."""
        before = reference.getparent().getprevious() if self.ours else None
        name = "" if before is None else str(before.get(qn("w:name"), ""))
        number = name.removeprefix(NOTE_CALL)
        return int(number) if name != number and number.isdecimal() else 0

    def _drawing(self, drawing: Any) -> None:
        """Add a picture, a chart or the text in a drawing. Lines and frames without text are ornament."""
        boxes = [each for each in drawing.iter() if local(each) == "txbxContent" and not _is_within(each, drawing)]
        filled = [each for each in boxes if "".join(_texts(each)).strip()]
        self._runs.boxes += filled
        if filled:
            self._runs.losses.add("textbox", " ".join(" ".join(_texts(each)) for each in filled))
        if art := " ".join(drawing.xpath(".//*[local-name()='textpath']/@string")).strip():
            self._runs.losses.add("wordart", art)
        relations = drawing.xpath(".//*[local-name()='chart']/@*[local-name()='id']")
        kinds = drawing.xpath(".//*[local-name()='graphicData']/@uri")
        diagrams = drawing.xpath(".//*[local-name()='relIds']/@*[local-name()='dm']")
        if (chart := next((self._charts[key] for key in relations if key in self._charts), None)) is not None:
            pictures, lost = draw_chart(drawing, chart, self._theme)
            self._runs.pictures += pictures
            if lost:
                self._runs.losses.add("chart", lost)
        elif (diagram := next((self._charts[key] for key in diagrams if key in self._charts), None)) is not None:
            self._diagram(drawing, diagram)
        elif found := find_pictures(drawing, self._of_part(self._files, drawing)):
            self._runs.pictures += found
        elif any(kind.endswith(_DRAWN) for kind in kinds) or drawing.xpath(".//*[local-name()='imagedata']"):
            self._runs.losses.add("drawing")

    def _diagram(self, drawing: Any, root: Any) -> None:
        """Add a diagram as a drawing, or the texts in it if the file does not keep its shapes."""
        texts = diagram_texts(root)
        if picture := draw_diagram(root, self._charts):
            words = alternative_of(drawing) or picture.alternative
            self._runs.pictures.append(replace(picture, alternative=words, width=width_of(drawing) or picture.width))
            self._runs.losses.add("smartart", " ".join(texts))
        else:
            self._runs.lines += texts
            self._runs.losses.add("diagram", " ".join(texts))

    def _settled(self, spans: list[Span]) -> list[Span]:
        """Make calls of superscript numbers that notes have, and drop the parentheses around calls in Arabic."""
        result: list[Span] = []
        for span in merged(spans):
            may_call = span.raised and not span.literal
            inner = span.text.strip(" ()[]") if may_call else span.text
            numbers = _NUMBERS.findall(inner) if may_call and not self.ours and _ONLY_NUMBERS.fullmatch(inner) else []
            if may_call and inner in ("2", "3") and _UNIT.search(text_of(result)):
                result.append(span)
                continue
            found = [call for call in map(call_of, numbers) if call and not call.asterisk]
            notes = (self.notes.typed(call.number) or (call if self.notes.has(call.number) else None) for call in found)
            calls = [call for call in notes if call]
            if calls and len(calls) == len(numbers):
                self._runs.losses.add("call", inner)
                result += [replace(span, text="", inline=call, raised=False) for call in calls]
            elif inner or not span.text:
                result.append(span)
        return result

    # --- fields -------------------------------------------------------------------------------------------------------

    def _begin_result(self) -> None:
        field = self._fields[-1]
        field.in_result = True
        if field.name == "HYPERLINK":
            self._links += 1
            field.link = self._links
        elif field.name == "TOC":
            self._runs.contents = field.instruction
        elif field.name not in _SILENT_FIELDS:
            self._runs.losses.add("field", field.name)

    def _end_field(self) -> None:
        field = self._fields.pop()
        if not field.in_result:
            self._add_instruction(field)
        if field.name == "NOTEREF" and (call := call_of(field.text)):
            self._add(replace(field.look, text="", inline=call, raised=False))

    def _add_instruction(self, field: _Field) -> None:
        """Add what a field shows that has no result; report it if that is not known."""
        found = _SYMBOL_FIELD.search(field.instruction)
        if found and field.name == "SYMBOL":
            code = int(found[1], 16 if found[1][:2].lower() == "0x" else 10)
            sign = sign_of(found[2] or "", code) or (chr(code) if chr(code).isprintable() else None)
            self._add(Span(sign or ""))
        elif field.name not in (*_SILENT_FIELDS, *_UNSHOWN_FIELDS):
            self._runs.losses.add("fieldless", field.instruction.strip())


def _chosen(alternatives: Any) -> Any:
    """Return the form that is read of one element: the first, or the last if that is of a kind that is not read."""
    first = alternatives[:1]
    needed = str(first[0].get("Requires")).split() if first else []
    unread = any(_UNREAD.search(str(first[0].nsmap.get(each, each))) for each in needed)
    return alternatives[-1:] if unread else first


def _is_within(element: Any, drawing: Any) -> bool:
    """Return whether an element in a drawing is in a text box, or only for older programs, which show another form."""
    for each in element.iterancestors():
        if each is drawing:
            return False
        if local(each) in ("Fallback", "txbxContent"):
            return True
    return False


def _texts(element: Any) -> list[str]:
    return [each.text or "" for each in element.iter(qn("w:t"))]


def _kept_address(address: str, target: Symbol | None) -> str:
    """Return the address of a link on the web if it is not simply that of its target, or an empty string."""
    link = linked("", address)
    if isinstance(link, Reference) and target and address == target.address:
        return ""
    return link.address if link else ""


def _link_target(address: str, tip: str | None) -> Symbol | None:
    """Return the document to which a hyperlink leads: the symbol in its screen tip if `address` is that symbol's."""
    with suppress(ValueError):
        symbol = Symbol.parse(tip or "")
        if symbol.address == address:
            return symbol
    return Symbol.at(address)
