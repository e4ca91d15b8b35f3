"""The words that a page adds to a document: the locale's numbers, marks, labels and fixed lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from masthead.document import Digits, Document, DocumentType, DutyStation, Locale, model, organizations

MODIFICATIONS = (DocumentType.ADDENDUM, DocumentType.CORRIGENDUM)
"""The types of document that print the name of their type under the title."""

MarkedBlock = model.Paragraph | model.Heading | model.Part | model.Table | model.Figure
"""The blocks that print a mark before their text."""

SECTIONED = (DocumentType.RESOLUTION, DocumentType.DECISION, DocumentType.DRAFT)
"""The types whose first-level headings are sections: a numeral without a full stop, above its title."""


_LABEL = re.compile(r"[^\W\d_]{4,} (?:\d{1,2}|[IVX]{1,4})")  # a heading that a name follows: Subprogramme 1
_CHAPTERS = 2  # the levels of headings above those that contents list with appendices
_RUNNING = ("part", "section")  # the divisions in running heads
_LATER_PAGE = 13  # the year of a job number from which Geneva prints its later page


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading or annex in a table of contents. `key` is the anchor that it links to; the label of annexes has none.

    `calls` are those of the heading to notes with asterisks, which belong to page one.
    """

    level: int
    key: str
    mark: str
    title: str
    calls: tuple[model.NoteCall, ...] = ()


def modification(document: Document, locale: Locale) -> str:
    """Return the name of the type as an addendum or a corrigendum prints it under its title; empty for other types."""
    if document.type.like not in MODIFICATIONS:
        return ""
    named = document.type if document.type in locale.words["types"] else document.type.like
    return str(locale.word("types", named))


def template_name(document: Document) -> str:
    """Return the name of the template of the document's type, or of that which the type is like."""
    own = f"{document.type}.html.j2"
    has_own = any(path.is_file() for path in organizations.current().candidates(own))
    return own if has_own else f"{document.type.like}.html.j2"


def masthead_organ(document: Document, locale: Locale) -> str:
    """Return the name of the organ in the masthead."""
    return document.masthead.organ or locale.masthead_organ(document.organ.parent)


def distribution_lines(document: Document, locale: Locale) -> tuple[str, ...]:
    """Return the lines of the Distr. block. The third is empty unless the document is a translation."""
    masthead = document.masthead
    form = str(locale.word("masthead", "distribution"))
    # An organization may have no categories of distribution.
    category = form.format(category=masthead.distribution) if masthead.distribution else ""
    lines = (category, masthead.date)
    form = str(locale.word("masthead", "original"))
    if document.job.duty_station is DutyStation.GENEVA:
        form = geneva_form(form)
    original = form.format(language=masthead.original) if masthead.original else ""
    if not (languages := [*filter(None, (original, masthead.restriction))]):
        return lines
    return (*lines, str(locale.word("masthead", "language")) if masthead.translation else "", *languages)


def page_families(document: Document) -> tuple[str, ...]:
    """Return the style sheets of the page that an office uses, besides that of New York.

    Geneva has two: one of the Economic Commission for Europe, which all its offices had before 2013, and a later one.
    New York has one for reports with notes that their first page alone calls.
    Other organizations that print on A4 have the later one.
    """
    if paper := organizations.current().paper:
        return ("geneva", "houses") if paper == "A4" else ()
    if document.job.duty_station is DutyStation.NEW_YORK:
        return ("notes-first",) if document.type is DocumentType.REPORT and _calls_notes_first(document) else ()
    early = int(document.job.barcode[:2]) < _LATER_PAGE or document.symbol.series == "ECE"
    return ("geneva", "geneva-70") if early else ("geneva",)


def _calls_notes_first(document: Document) -> bool:
    """Return whether the lines above the body call notes with asterisks."""
    stars = {note.number for note in document.notes if note.asterisk}
    contents = model.contents(document.body) if stars else ()
    return bool(stars.difference(call.number for content in contents for call in asterisk_calls(content)))


def running_job(document: Document) -> str:
    """Return the job number in the feet of pages, if there is one, without the star of a reissue.

    Geneva prints it in translations only.
    """
    original = document.job.duty_station is DutyStation.GENEVA and not document.masthead.translation
    return "" if original or not document.job.is_known else document.job.number.rstrip("*")


def running_divisions(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the running heads of a section of a budget, with the names that style sheets know them by.

    Even pages have its part, odd pages the section, each with its title.
    """
    divisions = document.preface.divisions
    if len(divisions) < len(_RUNNING):
        return ()
    return tuple(
        pair
        for name, division in zip(_RUNNING, divisions, strict=False)
        for pair in ((name, division.label), (f"{name}-title", " ".join(model.plain(division.title).split())))
    )


def job_text(document: Document) -> str:
    """Return the job number as page one prints it: Geneva has a space before the letter in translations only.

    It is empty if the source has none.
    """
    if not document.job.is_known:
        return ""
    original = document.job.duty_station is DutyStation.GENEVA and not document.masthead.translation
    return str(document.job).replace(" ", "") if original else str(document.job)


def geneva_form(form: str) -> str:
    """Return a form of the masthead as Geneva prints it: without space before a colon, in French too."""
    return re.sub(r"\s:", ":", form)


def opening_lines(document: Document, locale: Locale) -> tuple[tuple[str, str], ...]:
    """Return the lines under the masthead as (CSS class, text).

    A subsidiary organ's name comes first, then its bodies and its session, as in all papers of Geneva; of a main organ
    the session comes first, unless its own name is there too, in a document of two organs.
    """
    preface = document.preface
    own = locale.organ(document.organ)
    organ = own if document.organ.parent is not document.organ else ""
    bodies_first = organ or own in preface.bodies or document.job.duty_station is DutyStation.GENEVA
    bodies, session = tuple(("body", body) for body in preface.bodies), ("session", preface.session)
    lines = (
        ("subsidiary", organ),
        *((*bodies, session) if bodies_first else (session, *bodies)),
        ("place", preface.place),
        ("agenda-item", preface.agenda_item),
    )
    return tuple((kind, line) for kind, line in lines if line)


def title_number(document: Document, locale: Locale) -> str:
    """Return a resolution's number as printed before its title (`١٨/٢٠١٧ -` in logical order, `73/8.`).

    A resolution without a title prints a longer form in its place. Other documents have no number.
    """
    number, shape = document.number, document.digits.shape
    if number is None:
        return ""
    if not document.preface.title:
        form = str(locale.word("resolution", "untitled"))
        return form.format(serial=shape(number.serial), year=shape(number.session))
    return str(locale.word("resolution", "number")).format(number=shape(str(number)))


def table_note_mark(ordinal: int, locale: Locale) -> str:
    """Return the letter of a table's note."""
    return str(locale.word("marks", "letters")[ordinal - 1])


def table_note_call(ordinal: int, locale: Locale) -> str:
    """Return the letter of a table's note as its call prints it.

    U+200C keeps an Arabic letter from joining the word before it.
    """
    mark = table_note_mark(ordinal, locale)
    return mark if mark.isascii() else f"\u200c{mark}"


def vote_lines(vote: model.Vote, locale: Locale) -> tuple[tuple[str, str], ...]:
    """Return the sides of a recorded vote as (heading, States)."""
    sides = (("in_favour", vote.in_favour), ("against", vote.against), ("abstaining", vote.abstaining))
    separator, none = str(locale.word("vote", "separator")), str(locale.word("vote", "none"))
    return tuple((str(locale.word("vote", side)), separator.join(states) or none) for side, states in sides)


def outline(document: Document, locale: Locale, depth: int) -> Iterator[ContentsEntry]:
    """Yield the headings of the body down to level `depth`, then the annexes below a label, as print lists them.

    Where headings of a level have marks, those without are left out, and so are those in boxes. A label and its name,
    such as that of a subprogramme, are an entry one level deeper. What belongs to an annex is of the third level.
    """
    headings = [block for block in document.body if isinstance(block, model.Heading)]
    marked = {block.level for block in headings if block.ordinal}
    found = list(_headings(document.body))
    for place, (block, boxed) in enumerate(found, 1):
        level = block.level if isinstance(block, model.Heading) else 1
        mark, title = block_mark(block, document, locale), model.plain(block.content)
        name = found[place][0] if place < len(found) else None
        if level <= depth and not boxed and (mark or level not in marked):
            yield ContentsEntry(level, f"heading-{place}", mark, title, asterisk_calls(block.content))
        elif (
            isinstance(name, model.Heading)
            and level == name.level == depth + 1
            and not mark
            and is_label(block.content)
        ):
            yield ContentsEntry(level, f"heading-{place}", "", f"{title}. {model.plain(name.content)}")
    annexes = [
        (place, annex)
        for place, annex in enumerate(document.annexes, 1)
        if annex.kind is model.AnnexKind.ANNEX or depth > _CHAPTERS
    ]
    labelled = sum(_is_below_label(annex) for _, annex in annexes)
    if labelled:
        yield ContentsEntry(1, "", str(locale.word("annex", "several" if labelled > 1 else "single")), "")
    for place, annex in annexes:
        mark = annex_mark(annex, document, locale)
        if _is_below_label(annex):
            ordinal = annex.ordinal
            mark = "" if ordinal is None else locale.counted("annex", "entry", ordinal, document.digits)
        yield ContentsEntry(1, f"annex-{place}", mark, model.plain(annex.title))


def listed_paragraphs(document: Document) -> Mapping[str, str]:
    """Return the first and the last number of the paragraphs below each heading of the body, by its key."""
    below: dict[str, list[str]] = {}
    open_: list[tuple[int, str]] = []
    place = 0
    for block in _unboxed(document.body):
        if isinstance(block, model.Heading | model.Part):
            place += 1
            level = block.level if isinstance(block, model.Heading) else 1
            open_ = [*(each for each in open_ if each[0] < level), (level, f"heading-{place}")]
        elif isinstance(block, model.Paragraph) and block.number is not None:
            number = ".".join(filter(None, (block.section, document.digits.shape(str(block.number)))))
            for _, key in open_:
                below.setdefault(key, []).append(number)
    return {key: numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}" for key, numbers in below.items()}


def _unboxed(blocks: Iterable[model.Block]) -> Iterator[model.Block]:
    for block in blocks:
        yield from _unboxed(block.blocks) if isinstance(block, model.Box) else (block,)


def contents_head(contents: model.Contents, locale: Locale) -> str:
    """Return what is above the numbers of a table of contents."""
    page = str(locale.word("contents", "page"))
    return f"{locale.word('contents', 'paragraphs')} {page}" if contents.paragraphs else page


def _is_below_label(annex: model.Annex) -> bool:
    """Whether contents list an annex by its number below a label; an annex without a title has only its own mark."""
    return annex.kind is model.AnnexKind.ANNEX and annex.mark is None and bool(annex.title)


def listed_calls(document: Document, locale: Locale) -> frozenset[str]:
    """Return the keys of the headings whose asterisks the table of contents before them has instead."""
    place = next((at for at, block in enumerate(document.body) if isinstance(block, model.Contents)), None)
    if place is None or not isinstance(contents := document.body[place], model.Contents):
        return frozenset()
    before = {f"heading-{at}" for at, _ in enumerate(_headings(document.body[:place]), 1)}
    listed = outline(document, locale, contents.depth)
    return frozenset(entry.key for entry in listed if entry.calls) - before


def asterisk_calls(content: model.Content) -> tuple[model.NoteCall, ...]:
    """Return the calls to notes with asterisks in a text."""
    return tuple(each for each in model.inlines(content) if isinstance(each, model.NoteCall) and each.asterisk)


def without_asterisks(content: model.Content) -> model.Content:
    """Return a text without its calls to notes with asterisks."""
    return tuple(each for each in content if not (isinstance(each, model.NoteCall) and each.asterisk))


def endnotes_title(locale: Locale) -> str:
    """Return what is printed above notes at the end of a document: the first of the forms that sources have."""
    return str(locale.word("reading", "notes")[0])


def is_label(content: model.Content) -> bool:
    """Return whether a heading without a mark is a label that a name follows: `Subprogramme 1`."""
    return _LABEL.fullmatch(model.plain(content)) is not None


def _headings(
    blocks: Iterable[model.Block], *, boxed: bool = False
) -> Iterator[tuple[model.Heading | model.Part, bool]]:
    """Yield all headings with whether they are in a box."""
    for block in blocks:
        if isinstance(block, model.Heading | model.Part):
            yield block, boxed
        elif isinstance(block, model.Box):
            yield from _headings(block.blocks, boxed=True)


def block_mark(block: MarkedBlock, document: Document, locale: Locale) -> str:
    """Return what is printed before the text of a block: the number of a paragraph or heading, `Table 1`."""
    match block:
        case model.Paragraph(mark=str(mark)) | model.Heading(mark=str(mark)):
            return mark
        case model.Paragraph(number=int(number), section=section):
            return locale.paragraph_mark(number, document.digits, section)
        case model.Heading(level=level, ordinal=int(ordinal)):
            return heading_mark(ordinal, level, document.type, locale, document.digits)
        case model.Part(ordinal):
            return locale.counted("marks", "part", ordinal, document.digits)
        case model.Table(caption=model.Caption(ordinal=int(ordinal), section=section)):
            return locale.counted("tables", "table", ordinal, document.digits, section)
        case model.Figure(caption=model.Caption(ordinal=int(ordinal), section=section)):
            return locale.counted("tables", "figure", ordinal, document.digits, section)
        case _:
            return ""


def heading_mark(ordinal: int, level: int, kind: DocumentType, locale: Locale, digits: Digits) -> str:
    """Return the mark of a heading (`II.`), or of a section of a resolution (`II`)."""
    if level == 1 and kind.like in SECTIONED:
        return locale.counted("marks", "section", ordinal, digits)
    return locale.heading_mark(ordinal, level, digits)


def item_mark(item: model.Item, degree: int, document: Document, locale: Locale) -> str:
    """Return what is printed before a subparagraph: `(a)`. The outermost `degree` is 1."""
    return locale.item_mark(item.ordinal, degree, document.digits) if item.mark is None else item.mark


def annex_mark(annex: model.Annex, document: Document, locale: Locale) -> str:
    """Return the heading of an annex: `Annex`, `Annex II`, `Appendix I`."""
    if annex.mark is not None:
        return annex.mark
    words = str(annex.kind)
    if annex.ordinal is None:
        return str(locale.word(words, "single"))
    return locale.counted(words, "counted", annex.ordinal, document.digits)


def annex_original(annex: model.Annex, locale: Locale) -> str:
    """Return the line that names the original language of an annex: `[Original: French]`; empty if it has none."""
    return str(locale.word("annex", "original")).format(language=annex.original) if annex.original else ""


def called_line(line: str, document: Document) -> model.Content:
    """Return a line of the opening. Asterisks at its end are a call, if a note has them."""
    stars = model.stars(line)
    if stars and any(note.asterisk and note.number == len(stars) for note in document.notes):
        return (model.Text(line.rstrip("*")), model.NoteCall(len(stars), asterisk=True))
    return (model.Text(line),) if line else ()


def printed_symbol(document: Document) -> str:
    """Return the symbol as pages print it: one in Arabic letters has the digits of the document."""
    symbol = document.symbol
    return document.digits.shape(str(symbol)) if symbol.is_right_to_left else str(symbol)


def symbol_content(document: Document) -> model.Content:
    """Return the symbol as the masthead prints it. The asterisk of a reissue is a call to the note that explains it."""
    symbol = printed_symbol(document)
    if symbol.endswith("*") and any(note.asterisk for note in document.notes):
        return (model.Text(symbol.rstrip("*")), model.NoteCall(1, asterisk=True))
    return (model.Text(symbol),)


def alternatives(document: Document, locale: Locale) -> dict[str, str]:
    """Return the texts that stand for the pictures of page one: emblem, barcode, QR code and recycling symbol."""
    values = {"number": document.job.barcode, "address": document.symbol.address}
    return {key: form.format(**values) for key, form in locale.words["alternatives"].items()}
