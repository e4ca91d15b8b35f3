"""Blocks of a document into shapes, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from markupsafe import Markup

from masthead.document import Direction, Document, Locale, TemplateError, locales, model
from masthead.document.references import BODY, Citation, Kind, Scope
from masthead.page import columns, wording
from masthead.page.digits import bookmark
from masthead.page.inline import Inliner, fitted
from masthead.page.pictures import data_address
from masthead.page.shapes import (
    AnnexShape,
    BoxShape,
    ContentsShape,
    FigureShape,
    HeadingShape,
    ParagraphShape,
    SectionShape,
    Shape,
    TableShape,
    VoteShape,
)
from masthead.page.tables import TableCells, is_text, table_fault

_DEEPEST = 6  # HTML and PDF have six levels of headings


class Shaper:
    """Turns the blocks of one document into shapes. It numbers what it meets, so it must be used in reading order.

    `share` is the part of the page's width that the text has.
    """

    def __init__(self, document: Document, locale: Locale, inliner: Inliner, share: float = 1.0) -> None:
        self._document, self._locale, self._inliner, self._share = document, locale, inliner, share
        self._headings = self._tables = self._figures = 0
        self._anchored: set[str] = set()
        self._listed = wording.listed_calls(document, locale)

    def body(self) -> tuple[Shape, ...]:
        """Return the shapes of the body. Headings begin at level 2, or at level 3 below an adoption line and title."""
        preface = self._document.preface
        above = 2 if preface.adoption else 1
        return tuple(_sections(self._shapes(self._document.body, "p", above, BODY)))

    def annexes(self) -> Iterator[AnnexShape]:
        for place, annex in enumerate(self._document.annexes, 1):
            self._inliner.scope = (place, 0, 0)
            yield self._annex(annex, f"annex-{place}")

    def _annex(self, annex: model.Annex, key: str) -> AnnexShape:
        mark, title = wording.annex_mark(annex, self._document, self._locale), self._inliner.whole(annex.title)
        blocks, kind = annex.body, str(annex.kind)
        landscape = bool(blocks) and isinstance(blocks[0], model.Layout) and blocks[0].landscape
        above = 1 + bool(mark) + bool(annex.title)
        shapes = self._shapes(blocks[landscape:], f"{key}-p", above, self._inliner.scope)
        return AnnexShape(
            key,
            mark,
            wording.annex_original(annex, self._locale),
            title,
            bookmark(model.plain(annex.title), self._document.language),
            tuple(_sections(shapes, landscape=landscape)),
            f"{kind} landscape" if landscape else kind,
        )

    def _shapes(
        self, blocks: Iterable[model.Block], key: str, above: int, scope: Scope
    ) -> Iterator[Shape | model.Layout]:
        """Yield the shapes of `blocks`, which are in `scope` and below a heading of level `above`."""
        levels: list[int] = []  # of the last heading and of those that it is under
        parted, boxes = 0, 0
        for place, block in enumerate(blocks, 1):
            self._inliner.scope = scope
            match block:
                case model.Paragraph():
                    yield from self._paragraph(block, f"{key}{place}")
                case model.Part():
                    levels, parted = [], 1
                    self._inliner.scope = scope = (scope[0], block.ordinal, scope[2])
                    yield self._head(block, above + 1, "part")
                case model.Heading():
                    # HTML and PDF skip no level, whatever the look of a heading.
                    levels = [*(level for level in levels if level < block.level), block.level]
                    yield self._head(block, above + parted + len(levels), f"heading-{block.level}")
                case model.Ornament(content):
                    yield _line("ornament", f"{key}{place}", "", (self._inliner.whole(content),), "")
                case model.Table():
                    yield self._table(block)
                case model.Figure():
                    yield self._figure(block)
                case model.Box():
                    boxes += 1
                    title = self._inliner.whole(block.title)
                    inner = tuple(_sections(self._shapes(block.blocks, f"{key}{place}-", above, (*scope[:2], boxes))))
                    yield BoxShape(title, inner, block.indent)
                case model.Vote():
                    sides = wording.vote_lines(block, self._locale)
                    yield VoteShape(tuple((side, self._inliner.text(states)) for side, states in sides))
                case model.Contents():
                    yield self._contents(block)
                case model.Layout():
                    yield block

    def _mark(self, block: wording.MarkedBlock) -> str:
        return wording.block_mark(block, self._document, self._locale)

    def _paragraph(self, block: model.Paragraph, key: str) -> Iterator[ParagraphShape]:
        number = f"{block.section}.{block.number}" if block.section else str(block.number)
        anchor = self._anchor(number) if block.number else ""
        yield from self._lines(str(block.role), key, self._mark(block), block.content, anchor)
        for degree, place, item in _items(block.items, key, 1):
            mark = wording.item_mark(item, degree, self._document, self._locale)
            anchor = self._anchor(f"{number}({item.ordinal})") if block.number and degree == 1 else ""
            bulleted = " bulleted" if mark == locales.BULLET else ""
            yield from self._lines(f"item degree-{degree}{bulleted}", place, mark, item.content, anchor)
        if block.tail:
            yield from self._lines("tail", f"{key}-tail", "", block.tail, "")

    def _lines(self, kind: str, key: str, mark: str, content: model.Content, anchor: str) -> Iterator[ParagraphShape]:
        """Yield a paragraph, and those that are in its content without a mark of their own."""
        first, *others = model.split_paragraphs(content) or ((),)
        yield _line(kind, key, mark, self._inliner.parts(first), anchor, fitted(first))
        for place, other in enumerate(others, 2):
            yield _line(f"{kind} continued", f"{key}-part-{place}", "", self._inliner.parts(other), "", fitted(other))

    def _anchor(self, paragraph: str) -> str:
        """Return the anchor of a paragraph. Of two paragraphs with the same number only the first has one."""
        anchor = self._inliner.links.anchor(self._inliner.scope, Citation(Kind.PARAGRAPH, paragraph))
        if anchor in self._anchored:
            return ""
        self._anchored.add(anchor)
        return anchor

    def _head(self, block: model.Heading | model.Part, level: int, kind: str) -> HeadingShape:
        self._headings += 1
        key = f"heading-{self._headings}"
        content = wording.without_asterisks(block.content) if key in self._listed else block.content
        mark, text = self._mark(block), self._inliner.whole(content)
        if not mark and wording.is_label(block.content):
            kind += " heading-label"
        label = bookmark(f"{mark} {model.plain(block.content)}", self._document.language)
        return HeadingShape(min(level, _DEEPEST), kind, key, mark, text, label, fitted(content))

    def _table(self, table: model.Table) -> TableShape:
        if fault := table_fault(table):
            where = f"table “{model.plain(table.caption.title)}”"
            raise TemplateError(fault, where=where, hint="give each row the same number of columns")
        document = self._document
        rooms = columns.rooms(table, document.language, document.digits, self._locale)
        is_left_to_right = document.language.direction is Direction.LTR
        cells = TableCells(table, self._inliner, rooms, self._share, table.top or is_text(table), is_left_to_right)
        self._tables += 1
        key = f"table-{self._tables}"
        self._inliner.table, self._inliner.table_notes = key, len(table.notes)
        title, unit = self._inliner.whole(table.caption.title), self._inliner.whole(table.caption.unit)
        head, rows = tuple(cells.rows(table.head, heads=True)), tuple(cells.rows(table.rows, heads=False))
        remarks, notes = self._below(table)
        self._inliner.table_notes = 0
        return TableShape(
            key,
            self._mark(table),
            title,
            unit,
            head,
            rows,
            remarks,
            notes,
            fitted(table.caption.title or table.caption.unit),
            tuple(column.width for column in table.columns),
            cells.is_text,
            table.inset,
            table.leading,
            table.whole,
            cells.word_widths,
            cells.label_widths,
            self._share,
        )

    def _below(self, block: model.Table | model.Figure) -> tuple[tuple[Markup, ...], tuple[tuple[str, Markup], ...]]:
        """Return the remarks and notes below a table or figure. What calls the notes of a picture is in the picture."""
        lettered = tuple(takewhile(bool, map(_lettered, reversed(block.remarks))))[::-1]
        plain = block.remarks[: len(block.remarks) - len(lettered)]
        remarks = tuple(self._inliner.whole(remark) for remark in plain)
        notes = tuple((letter, self._inliner.whole(rest)) for letter, rest in filter(None, lettered))
        notes += tuple(
            (wording.table_note_mark(place, self._locale), self._inliner.whole(note))
            for place, note in enumerate(block.notes, 1)
        )
        return remarks, notes

    def _figure(self, figure: model.Figure) -> FigureShape:
        address = data_address(figure)
        self._figures += 1
        key = f"figure-{self._figures}"
        self._inliner.table, self._inliner.table_notes = key, len(figure.notes)
        title, unit = self._inliner.whole(figure.caption.title), self._inliner.whole(figure.caption.unit)
        remarks, notes = self._below(figure)
        self._inliner.table_notes = 0
        mark, kind = self._mark(figure), str(figure.kind)
        fit, words = fitted(figure.caption.title or figure.caption.unit), figure.alternative
        return FigureShape(key, mark, title, unit, address, words, kind, figure.width, remarks, notes, fit)

    def _contents(self, contents: model.Contents) -> ContentsShape:
        return ContentsShape(
            str(self._locale.word("contents", "title")),
            str(self._locale.word("contents", "page")),
            tuple(
                (
                    entry.level,
                    entry.key,
                    entry.mark,
                    self._inliner.entry(entry.title),
                    self._inliner.whole(entry.calls if entry.key in self._listed else ()),
                )
                for entry in wording.outline(self._document, self._locale, contents.depth)
            ),
            str(self._locale.word("contents", "paragraphs")) if contents.paragraphs else "",
            self._ranges() if contents.paragraphs else {},
        )

    def _ranges(self) -> Mapping[str, Markup]:
        return {key: self._inliner.entry(text) for key, text in wording.listed_paragraphs(self._document).items()}


def _lettered(remark: model.Content) -> tuple[str, model.Content] | None:
    """Return the raised letter with which a line below a picture begins, and the rest; None if it has none."""
    match remark:
        case model.Raised(letter), model.Text(text), *rest if len(letter.strip()) == 1 and (letter + text)[1] == " ":
            return letter.strip(), (model.Text(text.lstrip()), *rest)
    return None


def _sections(shapes: Iterable[Shape | model.Layout], *, landscape: bool = False) -> Iterator[Shape]:
    """Yield shapes, with those of another layout than the one around them in sections. `landscape` is that one."""
    around, kind = model.Layout(landscape), ""
    held: list[Shape] = []
    for shape in (*shapes, around):
        if not isinstance(shape, model.Layout):
            held.append(shape)
            continue
        if kind and held:
            yield SectionShape(kind, tuple(held))
        else:
            yield from held
        held, names = [], []
        if shape.landscape is not landscape:
            names.append("landscape" if shape.landscape else "portrait")
        if shape.columns > 1:
            names.append(f"columns-{shape.columns}")
        if shape.new_page:
            names.append("new-page")
        kind = " ".join(names)


def _items(items: Iterable[model.Item], key: str, degree: int) -> Iterator[tuple[int, str, model.Item]]:
    for place, item in enumerate(items, 1):
        yield degree, f"{key}-{place}", item
        yield from _items(item.items, f"{key}-{place}", degree + 1)


def _line(kind: str, key: str, mark: str, parts: tuple[Markup, ...], anchor: str, fit: str = "") -> ParagraphShape:
    ends_page = len(parts) > 1 and not parts[-1]  # a page end after the last word leaves an empty last part
    return ParagraphShape(kind, key, mark, parts[:-1] if ends_page else parts, ends_page, anchor, fit)
