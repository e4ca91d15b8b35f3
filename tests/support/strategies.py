"""Documents of any words for hypothesis: every kind of block, in every language, of hostile text.

They are documents in the form that readers give: every note is called, no level of headings is left out, no head of a
table is empty. What is called has a text.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain

from hypothesis import settings
from hypothesis import strategies as st

from masthead.document import DocumentType
from masthead.document.locales import load
from masthead.document.model import (
    Alignment,
    Annex,
    AnnexKind,
    Block,
    Box,
    Caption,
    Cell,
    Column,
    Contents,
    Division,
    Document,
    Emphasis,
    Figure,
    FigureKind,
    Heading,
    Hyperlink,
    Inline,
    Item,
    Layout,
    LineBreaking,
    LineEnd,
    Lowered,
    Masthead,
    Metadatum,
    Note,
    NoteCall,
    NotePlace,
    Ornament,
    PageEnd,
    Pagination,
    Paragraph,
    ParagraphEnd,
    Part,
    Preface,
    Raised,
    Reference,
    Role,
    Row,
    RowKind,
    Strong,
    Tab,
    Table,
    TableNoteCall,
    Text,
    Vote,
    joined,
)
from masthead.document.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.formats.pictures import MEDIA_TYPES


def examples(count: int) -> settings:
    """Settings for `count` examples of any duration; for fewer if the profile `quick` is in force."""
    quick = settings.get_current_profile_name() == "quick"
    return settings(max_examples=min(count, settings.default.max_examples) if quick else count, deadline=None)


# Fragments that mean something in Markdown, in HTML, in XML, in a template, or to the eye that looks for references.
_SIGNS = st.sampled_from(
    [
        *"*_`[]()<>!#&\\^~|:;.,-+=\"'/@{}$%\n\t \u00a0\u2003\u2028\u200f\u202e\ufeff\u0301\U0001f600",
        "**", "***", "__", "  ", "\n\n", "---", "===", "```", "1.", "2) ", "- ", "# ", "> ", "(a) ", "(أ) ", "[^1]",
        "[^1]: ", "![", "](", "[a](A/1)", "<!--", "-->", "<!-- page end -->", "<!-- operative -->", "<b>", "</script>",
        "<http://x>", "&amp;", "&#32;", "&nbsp;", "{{ x }}", "{% if %}", "\\*", "\\\n", "A/71/119", "(E/2017/30)",
        "S/RES/2254 (2015)", "resolution ", "قرارها ", "64/293", "٦٤/٢٩٣", "١٧٠/١", "2254 (2015)", "A/71/",
        "وE/2017/30.", "يحثّ", "،", "Urges", "]]>", "<![CDATA[", "<?xml", "<!DOCTYPE x", "&lt;", "18 December 2013",
        "I.", "أولا - ", "I", "A", "None", "1", "<",
    ]
)  # fmt: skip
_LETTERS = st.text(st.sampled_from(string.ascii_letters + "ابتثجحخدذ ٠١٢0123 "), min_size=1, max_size=8)
_ANY = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=4)
TEXTS = st.lists(st.one_of(_SIGNS, _SIGNS, _LETTERS, _ANY), min_size=1, max_size=6).map("".join)
LINES = TEXTS.filter(lambda text: bool(text.strip()))
_MAYBE = st.just("") | LINES
_SYMBOLS = st.sampled_from(["A/71/119", "S/RES/2254 (2015)", "E/RES/2017/18*", "A/RES/64/293", "A/S-32/2"]).map(
    Symbol.parse
)
_CALLS = (NoteCall(1), NoteCall(2), NoteCall(3), NoteCall(1, asterisk=True))
_ANNEX_CALLS = (NoteCall(4), NoteCall(5))  # of the last annex
_LEAVES = st.one_of(
    st.builds(Text, TEXTS),
    st.builds(Text, TEXTS),
    st.builds(Reference, TEXTS, _SYMBOLS),
    st.builds(
        Reference, TEXTS, st.just(Symbol("S/RES/2254 (2015)")), st.just("https://undocs.org/fr/S/RES/2254(2015)")
    ),
    st.builds(Hyperlink, TEXTS, st.just("https://example.org/a?b=c&d=(e)")),
    st.sampled_from(_CALLS),
    st.just(PageEnd()),
    st.sampled_from([Raised("2"), Lowered("2"), Raised("a b*^"), Lowered("~]")]),
)


def _inlines(leaves: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda kind, content: kind(tuple(content)), st.sampled_from([Strong, Emphasis]), st.lists(inner, max_size=3)
        ),
        max_leaves=4,
    )


def _has_text(content: tuple[Inline, ...]) -> bool:
    return any(not isinstance(inline, PageEnd) for inline in content)


def _contents(inlines: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inlines, min_size=1, max_size=4).map(joined).filter(_has_text)


INLINES = _inlines(_LEAVES)
CONTENTS = _contents(INLINES) | st.just((Text("a (b)"), LineEnd(), Strong((Text("c"), LineEnd(), Text("d")))))
_IN_TABLES = {
    notes: _contents(_inlines(st.one_of(_LEAVES, st.builds(TableNoteCall, st.integers(1, notes)))))
    if notes
    else CONTENTS
    for notes in range(3)
}
"""Content of a table with so many notes."""
_OPTIONAL = st.just(()) | CONTENTS
_ORDINALS = st.integers(1, 10)
_LETTERED = _ORDINALS.filter(lambda ordinal: ordinal != 9)  # (i) alone is rather the first roman numeral
_SECTIONS = st.sampled_from(["", "", "10", "II"])


def _divided(contents: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Content of one paragraph or two."""
    return contents | st.builds(lambda one, other: (*one, ParagraphEnd(), *other), contents, contents)


_TABBED = st.builds(
    lambda one, other, beside: (*one, ParagraphEnd(), Tab(568), Text("A B"), Tab(2837), *beside, ParagraphEnd(),
                                Tab(2837), *beside, ParagraphEnd(), Text("C"), Tab(90), Raised("2"), *other),
    CONTENTS, st.just(()) | st.just((Tab(4000), Text("D"))),
    st.sampled_from(((Text("e f"),), (Strong((Text("g"),)), Text(" h")), (Emphasis((Text("i"),)),))),
)  # fmt: skip
"""Content of a note with terms and explanations in columns."""


def _items(depth: int) -> st.SearchStrategy[tuple[Item, ...]]:
    inner = _items(depth - 1) if depth > 1 else st.just(())
    items = st.builds(Item, _LETTERED, _divided(CONTENTS), inner, st.sampled_from([None, None, "•", "§ 2", ""]))
    return st.lists(items, max_size=2).map(_in_order)


def _in_order(items: list[Item]) -> tuple[Item, ...]:
    """The items; those with marks as printed have the next ordinal, as no language has such marks."""
    result: list[Item] = []
    for item in items:
        following = result[-1].ordinal + 1 if result else 1
        result.append(item if item.mark is None else replace(item, ordinal=following))
    return tuple(result)


@st.composite
def _paragraphs(draw: st.DrawFn) -> Paragraph:
    number = draw(st.none() | st.integers(1, 999))
    section = "" if number is None else draw(_SECTIONS)
    items = draw(st.just(()) | _items(4))
    return Paragraph(
        draw(st.sampled_from(Role)),
        draw(CONTENTS),
        number,
        items,
        draw(_OPTIONAL) if items else (),
        draw(st.none() | st.just("§" if number is None else f"{number} bis.")) if not section else None,
        section=section,
    )


_PARAGRAPHS = _paragraphs()


_CHART = Figure(b"x", "image/png", "a | chart ] of\nlamps", kind=FigureKind.CHART, width=240)
_IN_CELLS = st.sampled_from([(), (), (), (_CHART,), (_CHART, Figure(b"<svg/>", "image/svg+xml", "lamps"))])


@st.composite
def _rows(
    draw: st.DrawFn, columns: int, contents: st.SearchStrategy[tuple[Inline, ...]], *, heads: bool = False
) -> list[Row]:
    """Up to two rows of so many columns, some of whose cells are joined, or one with cells over two rows."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 2))):
        joints = draw(st.sets(st.integers(1, columns - 1)) if columns > 1 else st.just(set()))
        ends = [*sorted(joints), columns]
        cells = tuple(
            Cell(draw(contents), end - start, figures=draw(_IN_CELLS))
            for start, end in zip([0, *ends], ends, strict=False)
        )
        kind, indent = (RowKind.ITEM, 0) if heads else (draw(st.sampled_from(RowKind)), draw(st.integers(0, 2)))
        rows.append(Row(cells, kind, indent))
    if len(rows) == 1 and len(rows[0].cells) > 1 and draw(st.booleans()):
        tall = draw(st.integers(0, len(rows[0].cells) - 1))
        first = [replace(cell, rows=2 if at == tall else 1) for at, cell in enumerate(rows[0].cells)]
        others = tuple(Cell(draw(contents), cell.columns) for at, cell in enumerate(rows[0].cells) if at != tall)
        rows = [replace(rows[0], cells=tuple(first)), Row(others)]
    return rows


@st.composite
def _captions(draw: st.DrawFn, contents: st.SearchStrategy[tuple[Inline, ...]], *calls: TableNoteCall) -> Caption:
    ordinal = draw(st.none() | _ORDINALS)
    section = "" if ordinal is None else draw(_SECTIONS)
    return Caption(joined((*draw(contents), *calls)), ordinal, section, draw(contents))


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    columns, notes = draw(st.integers(1, 3)), draw(st.integers(0, 2))
    contents = st.just(()) | _IN_TABLES[notes]
    calls = map(TableNoteCall, range(1, notes + 1))
    divided = st.just(()) | _divided(_IN_TABLES[notes])
    heads = draw(_rows(columns, divided, heads=True))
    if heads and not any(cell.content for cell in heads[0].cells):
        heads = []
    widths = draw(st.booleans())
    return Table(
        caption=draw(_captions(contents, *calls)),
        head=tuple(heads),
        rows=tuple(draw(_rows(columns, divided))),
        columns=tuple(
            Column(draw(st.sampled_from(Alignment)), draw(st.integers(1, 9840)) if widths else 0, draw(st.booleans()))
            for _ in range(columns)
        ),
        remarks=tuple(draw(st.lists(_IN_TABLES[notes], max_size=2))),
        notes=tuple(draw(_divided(_IN_TABLES[notes])) for _ in range(notes)),
        top=draw(st.booleans()),
        inset=draw(st.booleans()),
        leading=draw(st.sampled_from((0, 186, 200))),
    )


@st.composite
def _votes(draw: st.DrawFn, language: Language) -> Vote:
    words = load(language).word("vote", "separator"), load(language).word("vote", "none")
    states = LINES.map(str.strip).filter(lambda text: bool(text) and words[0] not in text and text != words[1])
    # A name cannot end so that it and the separator make the separator begin earlier.
    states = states.filter(lambda text: f"{text}{words[0]}x".split(words[0])[0] == text)
    sides = st.lists(states, max_size=2).map(tuple)
    return Vote(draw(sides), draw(sides), draw(sides))


_FIGURES = st.builds(
    lambda picture, *others: Figure(b"<svg/>" if others[0] == "image/svg+xml" else picture, *others),
    st.binary(max_size=8), st.sampled_from(sorted(set(MEDIA_TYPES.values()))), LINES, _captions(_OPTIONAL),
    st.sampled_from(FigureKind), st.sampled_from([0, 300]), st.lists(CONTENTS, max_size=1).map(tuple),
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn, language: Language, boxes: int = 1) -> tuple[Block, ...]:
    """Some blocks, headings of each level under one of the level above."""
    kinds = [_PARAGRAPHS, _PARAGRAPHS, st.integers(1, 6), st.builds(Part, _ORDINALS, _OPTIONAL), _tables(), _FIGURES,
             _votes(language), st.builds(Contents, st.integers(1, 6), st.booleans()),
             st.builds(Layout, st.booleans(), st.integers(1, 2)), st.builds(Ornament, st.just((Text("*"),)) | CONTENTS),
             st.builds(Heading, st.just(1), CONTENTS, st.none(), st.just("§ 1"))]  # fmt: skip
    if boxes:
        kinds.append(st.builds(Box, _OPTIONAL, bodies(language, boxes - 1)))
    return _without_gaps(draw(st.lists(st.one_of(kinds), max_size=4)), draw)


def _without_gaps(drawn: list[int | Block], draw: st.DrawFn) -> tuple[Block, ...]:
    """Make a heading of each number in `drawn`, of that level or the deepest that may stand there."""
    blocks: list[Block] = []
    level = 0
    for each in drawn:
        if isinstance(each, int):
            blocks.append(Heading(min(each, level + 1), draw(CONTENTS), draw(st.none() | _ORDINALS)))
        else:
            blocks.append(each)
        level = _level(blocks[-1], level)
    return tuple(blocks)


def _level(block: Block, level: int) -> int:
    """The level of the last heading so far, those in boxes counted."""
    match block:
        case Heading():
            return block.level
        case Part():
            return 0
        case Box():
            return reduce(lambda before, inner: _level(inner, before), block.blocks, level)
        case _:
            return level


_METADATA = (
    Metadatum(
        "classification", (("source", "x"),), entries=(Metadatum("keyword", (("value", "<&>"), ("showAs", ""))),)
    ),
    Metadatum("analysis", (("source", "#un"),), entries=(Metadatum("akn4un:voters", (), "A\nB", (Metadatum("x"),)),)),
)


def _with_calls(annexes: Sequence[Annex], calls: Sequence[NoteCall]) -> tuple[Annex, ...]:
    """Call notes at the end of the last annex."""
    if not calls:
        return tuple(annexes)
    last = Paragraph(Role.PLAIN, (Text("x"), *chain(*zip(calls, [Text("x")] * len(calls), strict=True))))
    return (*annexes[:-1], replace(annexes[-1], body=(*annexes[-1].body, last)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of any type, organ and language; every note is called, as reading demands."""
    kind, language, organ = (draw(st.sampled_from(tuple(each))) for each in (DocumentType, Language, Organ))
    number = draw(st.none() | st.builds(ResolutionNumber, st.integers(1, 2030), st.integers(1, 999)))
    if kind is DocumentType.RESOLUTION and organ is not Organ.SECURITY_COUNCIL:
        number = number or ResolutionNumber(70, 1)
    untitled = kind is DocumentType.RESOLUTION and organ is Organ.SECURITY_COUNCIL
    required = kind is DocumentType.RESOLUTION and not untitled
    last_annex = draw(st.permutations(_ANNEX_CALLS)) if draw(st.booleans()) else []
    calls = draw(st.permutations([*_CALLS, *last_annex]))
    notes = tuple(Note(call.number, draw(_divided(CONTENTS) | _TABBED), call.asterisk) for call in calls)
    preface = Preface(
        session=draw(LINES if required else _MAYBE),
        agenda_item=draw(LINES if required else _MAYBE),
        adoption=draw((LINES if required else _MAYBE) | st.just("قرار اتخذته الجمعية العامة في ٦ تموز/يوليه ٢٠١٧")),
        basis=draw(st.none() | CONTENTS),
        title=draw(_OPTIONAL if untitled else CONTENTS),
        agenda_title=draw(_OPTIONAL),
        subtitle=draw(_OPTIONAL),
        sponsors=draw(_OPTIONAL),
        bodies=tuple(draw(st.lists(LINES, max_size=2))),
        place=draw(_MAYBE),
        divisions=tuple(Division(label, draw(_OPTIONAL)) for label in draw(st.sampled_from([(), ("Part IV", "7")]))),
    )
    annexes = st.builds(
        Annex, _OPTIONAL, bodies(language), st.none() | _ORDINALS, _MAYBE, kind=st.sampled_from(AnnexKind),
        own_notes=st.booleans()
    )  # fmt: skip
    annexes |= st.builds(Annex, _OPTIONAL, bodies(language), st.none(), _MAYBE, st.just("Annex A – Items"))
    symbols = _SYMBOLS if number is None else _SYMBOLS | st.just(Symbol.parse(f"{organ.series}/RES/{number}"))
    last = Paragraph(Role.OPERATIVE, tuple(chain(*zip(_CALLS, [Text("x")] * 4, strict=True))))
    return Document(
        type=kind,
        language=language,
        organ=organ,
        symbol=draw(symbols),
        number=number,
        job=JobNumber("17-12889", language, draw(st.sampled_from([(), ("180817", "110817")]))),
        masthead=Masthead(
            draw(LINES),
            draw(LINES | st.just("18 August 2017")),
            draw(_MAYBE),
            draw(st.booleans()),
            draw(st.sampled_from(["", "Peacebuilding Commission"])),
            draw(st.sampled_from(["", "", "English only", "English, French and Spanish only"])),
        ),
        preface=preface,
        body=(*draw(bodies(language)), last),
        notes=notes,
        closing=tuple(draw(st.lists(LINES, max_size=2))),
        digits=draw(st.sampled_from(Digits)),
        pagination=draw(st.sampled_from(Pagination)),
        lines=draw(st.sampled_from(LineBreaking)),
        note_place=draw(st.sampled_from(NotePlace)),
        annexes=_with_calls(draw(st.lists(annexes, min_size=bool(last_annex), max_size=2)), last_annex),
        metadata=draw(st.sampled_from([(), _METADATA])),
    )
