"""What is remembered between documents changes no byte of any."""

from __future__ import annotations

import gc
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
import masthead.typesetting.engine.pydyf as pydyf
import pydyf as stock_pydyf
import pytest
from masthead.typesetting.engine.weasyprint import css, svg
from masthead.typesetting.engine.weasyprint.formatting_structure.boxes import Box, PageBox
from masthead.typesetting.engine.weasyprint.layout import LayoutContext, inline
from masthead.typesetting.engine.weasyprint.text import line_break

import small
import unrepaired
from masthead import formats, publication
from masthead.document import garbage
from masthead.document.errors import TypesettingError
from masthead.page.markup import Html
from masthead.pdf.drawn import raster
from masthead.typesetting import configurations, fonts, lines, pace
from masthead.typesetting.engine import selectors
from masthead.typesetting.fonts import Fonts
from masthead.typesetting.memory import Memory
from masthead.typesetting.pace import pdf_fonts
from masthead.typesetting.repairs import compression, glyphgroups
from masthead.typesetting.typesetter import typeset
from paths import EXAMPLES, TOUCHSTONE
from small import html, note

SPECIMENS = sorted((EXAMPLES / "specimens").glob("A_RES_104_12.*.md"))

# Plain, and what is not: marks, controls, hyphens, brackets after quotations, letters of other scripts.
_LINES = tuple(
    line * 6
    for line in (
        "وإذ تشير إلى قرارها ٢٨٧ (د-٢٦) المؤرخ في ٢٠ كانون الأول، ",
        "إن الجمعية العامة، وإذ تلاحظ «الخطة العالمية» (البيان) ٢٥؛ ",
        "أيار/مايو ٢٠٤٩ و٧٠/١٧٩ والدولُ الأعضاءُ، مُحَمَّدٌ ١٢٫٥٪ ",
        "من أجل\u200f ذلك\u00a0كله – United Nations 12 – ومن ثم: ",
    )
)

_OF_A_DOCUMENT = (Box, LayoutContext, css.Style, css.StyleFor, pace.siblings.ListedElement, pydyf.Stream)
PAGES = {
    "many lines": "".join(f"<p>{line}</p>" for line in _LINES),
    "notes and numbers": "".join(
        f"<p>قرار ٦٤/٢٩٣{note(number, 'انظر القرار ٢٥/٥٥')} والعربية <i>in between</i> Latin 12.</p>"
        for number in range(9)
    ),
    "hyphens, no-break spaces, decorations": "<p>one\u00a0two <u>three four</u> five-six seven, </p>" * 6,
    "tables": "<table><tr><td>دورة عام</td><td>one 2</td></tr><tr><td colspan=2>ثلاثة</td></tr></table>",
    "variables, calculations, viewport": """<style>
        html { --room: 3pt; color: #123 } .a { --room: 7pt } p { padding: var(--room); margin: 0 calc(1em + 2pt) }
        div { width: 50vw; font-size: 1.2em } div p { font-size: smaller; border: .1ex solid; width: inherit }
        </style><p>واحد</p><div class="a"><p>اثنان two</p><p style="--room: 1pt; float: right">x</p></div>""",
    "styles that are changed": """<style>p::before { content: "–" } .b::first-line { font-weight: bold }
        li { list-style: decimal } .c::after { content: leader(".") counter(page) } .f { display: flex }
        table { border-collapse: collapse; padding: 3pt } td { border: 1pt solid; margin: 2pt }</style>
        <p>واحد اثنان</p><p class="b">one two three four five six seven eight nine ten</p><ol><li>a<li>b</ol>
        <p class="c">فصل</p><div class="f"><p>x</p><p>y z</p></div><table><tr><td>1<td>2</table>
        <p style="white-space: pre">a  b</p>""",
    "lines of all kinds": """<style>.i { display: inline-block; min-width: 20pt; text-align: end }
        .n { text-indent: 12pt } .c { text-align: center } .e { text-align: left } .w { white-space: pre-wrap }
        .u { text-decoration: underline } .r { position: relative; top: 2pt } .s { vertical-align: 3pt; padding: 2pt }
        b::after { content: "*" } .j { text-align-last: justify }</style>"""
    + "".join(
        f"""<p class={kind}><span class=i>٤ - <b class=s>ب</b></span>قال إن <i>one</i> العربية <span class=r>two</span>
        <span class=i>x{note(number, "انظر")}</span><span class=u>في</span> المؤرخ{note(10 + number, "القرار")}
        أيار.</p>"""
        for number, kind in enumerate("ncewjj")
    ),
    "drawings": "".join(
        f"""<p style="color: {colour}">a <img alt=x style="width: 20pt" src="data:image/svg+xml,%3Csvg
        xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E{inside}%3C/svg%3E"> b</p>"""
        for colour in ("red", "navy")
        for inside in (
            "%3Cpath d='M1 1h7v7h-7zM2 2h1'/%3E",
            "%3Cg stroke='%23123' fill='none'%3E%3Ccircle r='4' cx='4' cy='4'/%3E%3Cpath d='M1 1l3 4a2 2 0 0 1 3 3'/%3E"
            "%3C/g%3E",
            "%3Crect width='4' height='9' opacity='.5'/%3E%3Cellipse rx='2' ry='3' fill='rgba(0,128,0,.4)'/%3E",
            "%3Cdefs%3E%3ClinearGradient id='g'%3E%3Cstop stop-color='red'/%3E%3C/linearGradient%3E%3C/defs%3E"
            "%3Crect width='9' height='9' fill='url(%23g)'/%3E",
            "%3Cpath d='M1 1' fill='none'/%3E",
        )
    ),
    "pseudo-elements": """<style>p::after { content: "x"; display: table-cell; margin: 3pt }
        a::after { content: target-counter(attr(href), page) }</style>
        <p id="one">واحد</p><p>two <a href="#one">a</a></p>""",
    "rules that see siblings": """<style>p:has(+ ul) { color: red } p:has(~ .last) { margin: 2pt }
        li:last-child { color: navy } ul > :not(:first-child)::before { content: "·" } .last { margin: 1pt !important }
        p { margin: 4pt } p:empty + p { text-indent: 3pt } .o { outline: 1pt solid red; border-bottom: 2pt dotted }
        b { border: thin solid } .c { columns: 2; column-rule: 1pt solid; border: 0 }</style>
        <p>a</p><ul><li>b</li><li class=o>c <b>x</b></li></ul><p style="color: green">d</p><p></p><p class=last>e</p>
        <div class=c><p>f</p><p>g</p></div>""",
    "margin boxes": """<style>@page { @top-left-corner { content: "c" } @left-middle { content: counter(page) }
        @top-left { content: none } @bottom-center { content: counter(page) "/" counter(pages) }
        counter-increment: page 2 }
        @page :first { @top-right { content: "first" counter(page) } @bottom-center { content: normal } }
        h1 { counter-increment: c; string-set: t content() } @page { @bottom-right { content: string(t) counter(c) } }
        </style><h1>one</h1><p style="break-before: page">two</p><h1>three</h1>""",
    "boxes as wide as their contents": """<style>.i { display: inline-block } .p { position: absolute; top: 12pt }
        p { position: relative; height: 3em } .x { width: 30pt }</style>"""
    + "".join(
        f"<p>قال <span class={kind}>{words}</span></p><p class=x><span class={kind}>{words}</span></p>"
        for kind in "ip"
        for words in ("", "one", "one two")
    )
    + "<p><span class=i>"
    + "ثلاثة أربعة " * 30
    + "</span></p>",
    "floats and percentages": '<div style="width: 50%; float: left"><p>قال إن</p></div><p>the rest of it all</p>',
}


@pytest.fixture
def forgetful() -> Iterator[Fonts]:
    """Fonts for which nothing is remembered yet."""
    configurations._idle.cache_clear()
    yield fonts.load()
    configurations._idle.cache_clear()


def linked(body: str, place: Path) -> Html:
    """A page whose style sheets are in a file, so that its styles are those of the next such page too."""
    sheets, style = re.compile("<style>(.*?)</style>", re.DOTALL), small.STYLE
    (place / "page.css").write_text(style + "".join(sheets.findall(body)), "utf-8")
    text = html(sheets.sub("", body)).text
    return Html(text.replace(f"<style>{style}</style>", '<link rel="stylesheet" href="page.css">'), place)


def both(page: Html, known: Fonts) -> tuple[bytes, bytes, bytes]:
    """The page set with the repairs only, then twice with `lines` and `pace`: for the first time, and from caches."""
    slow = unrepaired.typeset(page, unrepaired.REPAIRED, fonts=known)
    return slow.data, typeset(page, fonts=known).data, typeset(page, fonts=known).data


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_small_pages_are_the_same_byte_for_byte(body: str, tmp_path: Path, forgetful: Fonts) -> None:
    for page in (html(body), linked(body, tmp_path)):
        slow, first, again = both(page, forgetful)
        assert slow == first == again


def test_pages_of_one_kind_leave_nothing_to_those_of_another(forgetful: Fonts) -> None:
    styles = ("", "p { font-size: 9pt; margin: 1pt 2% }", "div { direction: ltr } p { white-space: pre-wrap }")
    pages = [html(body, style=style) for style in styles for body in PAGES.values()]
    expected = [unrepaired.typeset(page, unrepaired.REPAIRED, fonts=forgetful).data for page in pages]
    for _ in range(2):
        assert [typeset(page, fonts=forgetful).data for page in pages] == expected


@pytest.mark.parametrize("source", [TOUCHSTONE, *SPECIMENS], ids=lambda path: path.name)
def test_documents_are_the_same_byte_for_byte(source: Path) -> None:
    slow, first, again = both(publication.mark_up(formats.read(source)), fonts.load())
    assert slow == first == again


def test_every_answer_of_the_line_breaker_is_what_weasyprint_says(
    forgetful: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    ours = lines.splits.split_first_line

    def compare(*arguments: object, **named: object) -> object:
        nonlocal asked
        asked += 1
        layout, *rest = ours(*arguments, **named)
        expected, *others = lines.splits._stock_split_first_line(*arguments, **named)
        assert (layout.text, layout.first_line_direction, rest) == (
            expected.text,
            expected.first_line_direction,
            others,
        )
        return (layout, *rest)

    for module in (line_break, inline):
        monkeypatch.setattr(module, "split_first_line", compare)
    monkeypatch.setattr(lines.filling, "fill", _undecided)  # which does not ask for lines
    page = publication.mark_up(formats.read(TOUCHSTONE))
    narrow = html("".join(f"<p>{line}</p>" for line in _LINES), style="p { width: 31mm; font-size: 11.3pt }")
    for each in (page, page, narrow):
        typeset(each, fonts=forgetful)
    assert asked > 400


def _undecided(*arguments: object) -> object:
    raise lines.filling.Undecided


def test_plain_arabic_is_broken_without_pango(forgetful: Fonts, monkeypatch: pytest.MonkeyPatch) -> None:
    left, stock = [], lines.splits._stock_split_first_line

    def note_down(text: str, *arguments: Any, **named: Any) -> Any:
        left.append(text)
        return stock(text, *arguments, **named)

    monkeypatch.setattr(lines.splits, "_stock_split_first_line", note_down)
    typeset(html(f"<p>{'وإذ تلاحظ الخطة (٢٠٤٩) وتشير إلى قرارها ٢٨٧ المؤرخ في ٢٠ تموز، ' * 30}</p>"), fonts=forgetful)
    assert not [text for text in left if len(text) > 40]


@pytest.mark.parametrize("page", [publication.mark_up(formats.read(TOUCHSTONE)), *map(html, PAGES.values())])
def test_every_line_kept_from_measuring_is_the_line_that_drawing_lays_out(
    page: Html, forgetful: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, ours = [], lines.drawn._line

    def compare(textbox: Any) -> Any:
        runs = ours(textbox)
        again = glyphgroups.read_runs(lines.drawn._lay_out(textbox.pango_layout, textbox.style), textbox)
        drawn.append((runs and [run[1:] for run in runs], runs and [run[1:] for run in again]))
        return runs

    monkeypatch.setattr(lines.drawn, "_line", compare)
    typeset(page, fonts=forgetful)
    assert all(kept == again for kept, again in drawn)
    assert any(kept for kept, _ in drawn)


@pytest.mark.parametrize("name", [*PAGES, "a document"])
def test_every_line_placed_from_memory_is_placed_as_weasyprint_places_it(
    name: str, tmp_path: Path, forgetful: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = linked(PAGES[name], tmp_path) if name in PAGES else publication.mark_up(formats.read(TOUCHSTONE))
    kept, ours, write = [], lines.placing.get_next_linebox, lines.placing._write

    def compare(*arguments: Any) -> Any:
        before = len(kept)
        line, goes_on = ours(*arguments)
        if len(kept) > before:
            again, expected = lines.placing._stock_get_next_linebox(*arguments)
            assert (_values(line), goes_on) == (_values(again), expected)
        return line, goes_on

    monkeypatch.setattr(inline, "get_next_linebox", compare)
    monkeypatch.setattr(lines.placing, "_write", lambda *each: (kept.append(each), write(*each))[1])
    for _ in range(2):
        typeset(page, fonts=forgetful)
    assert kept or name not in ("many lines", "notes and numbers", "tables", "lines of all kinds", "a document")


def _values(box: Any) -> Any:
    """What a box knows, its layout and those in it too, but for what tells pace of its content."""
    values = {name: value for name, value in vars(box).items() if name != "pace_content"}
    values["children"] = [_values(child) for child in box.children]
    if "pango_layout" in values:
        layout = {name: value for name, value in vars(values["pango_layout"]).items() if value is not None}
        if line := layout.pop("line", None):
            layout["line"] = line.text, line.width, [(word.content, word.values) for word in line.words]
        values["pango_layout"] = layout
    return type(box), values


def test_paths_of_straight_lines_are_drawn_as_weasyprint_draws_them() -> None:
    chance, straight = random.Random(4), 0
    for _ in range(2000):
        letters = [chance.choice("Mm"), *chance.choices("mMhHvVzZ", k=chance.randint(0, 9))]
        steps = "".join(letter + _numbers(letter, chance) + chance.choice(("", " ")) for letter in letters)
        if pace.drawings._STRAIGHT.fullmatch(steps):
            straight += 1
            assert _drawn(pace.drawings.path, steps) == _drawn(pace.drawings._stock_path, steps), steps
    assert straight > 500


def _numbers(letter: str, chance: random.Random) -> str:
    count = 0 if letter in "zZ" else 2 if letter in "mM" else 1
    return chance.choice((" ", ",")).join(
        chance.choices(("0", "1", "29", "-3", ".25", "4.", "-0", "0.1", "2 5"), k=count)
    )


def _drawn(path: Any, steps: str) -> list[bytes]:
    drawing = svg.SVG(ElementTree.fromstring(f'<svg viewBox="0 0 9 9"><path d="{steps}"/></svg>'), "", None)
    drawing.stream, drawing.inner_width, drawing.inner_height = pydyf.Stream(), 9, 9
    path(drawing, next(iter(drawing.tree)), 12)
    return drawing.stream.stream  # type: ignore[no-any-return]


def test_a_drawing_that_weasyprint_warns_of_is_refused_each_time(forgetful: Fonts) -> None:
    drawing = "%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath transform='rotate(x)'/%3E%3C/svg%3E"
    page = html(f'<p>a <img alt="x" style="width: 9pt" src="data:image/svg+xml,{drawing}"></p>')
    for _ in range(2):
        with pytest.raises(TypesettingError, match="SVG"):
            typeset(page, fonts=forgetful)


def test_styles_of_pseudo_elements_are_made_when_they_are_asked_for(
    forgetful: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, init = [], pace.styles._stock_init
    monkeypatch.setattr(pace.styles, "_stock_init", lambda *each: (made.append(each[3]), init(*each))[1])
    typeset(html("<p>a</p>" * 9), fonts=forgetful)
    assert not {"footnote-call", "footnote-marker", "marker"} & set(made)


def test_a_sheet_that_weasyprint_warns_of_is_refused_each_time(tmp_path: Path, forgetful: Fonts) -> None:
    (tmp_path / "odd.css").write_text("p { colour: red }")
    page = Html('<html lang="en"><head><title>x</title><link rel="stylesheet" href="odd.css"></head></html>', tmp_path)
    for _ in range(2):
        with pytest.raises(TypesettingError, match="colour"):
            typeset(page, fonts=forgetful)


def test_a_sheet_that_changed_is_read_again(tmp_path: Path, forgetful: Fonts) -> None:
    page = Html('<html lang="en"><head><title>x</title><link rel="stylesheet" href="a.css"></head><body>a b', tmp_path)
    sizes = []
    for size in (200, 300):
        (tmp_path / "a.css").write_text(f"@page {{ size: {size}pt }} html {{ font: 10pt 'Liberation Serif' }}")
        with raster.opened(typeset(page, fonts=forgetful).data) as document:
            sizes.append(round(document.get_page_size(0)[0]))
    assert sizes == [200, 300]


def test_memory_forgets_before_it_passes_its_limit() -> None:
    known: Memory[int] = Memory(limit=1000)
    for number in range(50):
        known.keep(number, number, 300)
        assert len(known._values) <= 3
    assert known.get(49) == 49
    assert known.get(0) is None


def test_the_collector_is_as_it_was_after_a_document(forgetful: Fonts) -> None:
    before = gc.get_threshold()
    gc.set_threshold(7000, 11, 12)  # no program's own: an earlier test may have run the command, which raises its own
    try:
        typeset(html("<p>one</p>"), fonts=forgetful)
        assert gc.get_threshold() == (7000, 11, 12)
        with garbage.gc_deferred():
            assert gc.get_threshold() > (7000, 11, 12)
    finally:
        gc.set_threshold(*before)


def test_nothing_of_a_document_is_held_when_it_is_written(forgetful: Fonts) -> None:
    gc.collect()
    held = {id(each) for each in gc.get_objects()}
    typeset(publication.mark_up(formats.read(SPECIMENS[0])), fonts=forgetful)
    (configuration,) = configurations._idle(forgetful)
    configuration.pace["styles"]._values.clear()
    made = [each for each in gc.get_objects() if id(each) not in held]
    assert not [each for each in made if isinstance(each, PageBox | pace.styles.StyleClass)]


def test_a_document_is_freed_without_the_collector(forgetful: Fonts) -> None:
    page = publication.mark_up(formats.read(TOUCHSTONE))
    gc.collect()
    held = {id(each) for each in gc.get_objects()}
    gc.disable()
    try:
        typeset(page, fonts=forgetful)
        made = [each for each in gc.get_objects() if id(each) not in held]
    finally:
        gc.enable()
    assert not [
        each for each in made if isinstance(each, Box | LayoutContext | pydyf.Stream | pace.siblings.ListedElement)
    ]


def test_selectors_of_siblings_match_as_without_pace() -> None:
    page = '<p>one</p><h2 class="a">two</h2><p>three</p><p class="b">four <i>five</i></p><p>six</p>'
    tree = ElementTree.fromstring(f"<div>{page}</div>")
    listed, stock = (kind.from_xml_root(tree) for kind in (pace.siblings.ListedElement, cssselect2.ElementWrapper))
    for one, other in zip(listed.iter_subtree(), stock.iter_subtree(), strict=True):
        for name in ("previous_siblings", "iter_children", "iter_next_siblings"):
            found = [getattr(each, name) for each in (one, other)]
            elements = [[part.etree_element for part in (each() if callable(each) else each)] for each in found]
            assert elements[0] == elements[1], (name, one.etree_element)
        for selector in ("p:has(+ h2)", "p:has(~ .b)", ".a ~ p + p", "p:nth-last-child(-n + 2)", ":has(> i)"):
            assert one.matches(selector) is other.matches(selector), selector


def test_selectors_that_cannot_match_are_left_out_and_no_others() -> None:
    page = (
        '<p>one</p><h2 class="a">two</h2><p>three</p><p class="b">four <i>five</i></p><ul><li class="A">six</li></ul>'
    )
    root = cssselect2.ElementWrapper.from_html_root(ElementTree.fromstring(f"<html>{page}</html>"))
    possible = (
        "*",
        "p",
        "I",
        ".a > *",
        "P.b > :first-child",
        "#x",
        "[lang]",
        ".a + p",
        "h2:not(.c) ~ *",
        ":has(> .c) *",
    )
    impossible = (
        "div",
        ".c",
        ".B",
        ".c > *",
        ".c i",
        ".b .c",
        "table :is(i, b)",
        "p.c + h2",
        "ol > li.A",
        "dl ::marker",
    )
    matcher = selectors.Matcher()
    for selector in selectors.compile_selector_list(
        ", ".join((*possible, *impossible, ".a:is(.c, h2)", ":is(.b) > i"))
    ):
        matcher.add_selector(selector, None)
    narrowed = matcher.narrowed(selectors.names_of(root))
    for element in root.iter_subtree():
        assert narrowed.match(element) == matcher.match(element), element.etree_element
    kept = [each for kind in vars(narrowed).values() if isinstance(kind, list) for each in kind]
    kept += [
        each
        for kind in vars(narrowed).values()
        if isinstance(kind, dict)
        for listed in kind.values()
        for each in listed
    ]
    assert sorted(order for _, _, order, *_ in kept) == [*range(1, len(possible) + 1), 21, 22]


def test_the_children_of_an_element_are_wrapped_once_for_all_selectors(
    forgetful: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each paragraph that `p:has(+ h2)` tests makes wrappers of all, and the time grows with their square."""
    made: list[object] = []
    init = pace.siblings.ListedElement.__init__
    monkeypatch.setattr(
        pace.siblings.ListedElement, "__init__", lambda self, *a, **k: (made.append(a[0]), init(self, *a, **k))[1]
    )
    typeset(html("<style>p:has(+ h2) { color: red }</style>" + "<p>one</p>" * 50), fonts=forgetful)
    assert 50 < len(made) < 100


def test_paragraphs_that_differ_in_their_ids_alone_have_one_class_of_styles(forgetful: Fonts) -> None:
    def classes(page: str) -> int:
        typeset(html(page), fonts=forgetful)
        (configuration,) = configurations._idle(forgetful)
        return len(configuration.pace.pop("styles")._values)

    paragraph = "<p id=p{0}><a href='#p{0}'>one</a> <b>two</b></p>"
    few = classes(paragraph.format(1) + paragraph.format(2))
    assert classes("".join(map(paragraph.format, range(20)))) == few


def test_a_stream_is_written_as_without_pace() -> None:
    stream, stock = (
        module.Stream([b"q", "Q", 1.5], {"Type": "/XObject"}, compress=True) for module in (pydyf, stock_pydyf)
    )
    expected = compression.serialize(stream, compression.compress)
    assert len(expected) >= len(stock.data)
    assert [stream.data, stream.data] == [expected, expected]


@pytest.mark.parametrize("text", ["", "plain", "a (b) \\ c", "line\nline", "نص", "a نص (1)", "𝒳", b"(bytes)", 7])
def test_values_are_written_as_without_pace(text: object) -> None:
    ours, stock = (
        module.Dictionary(
            {
                "Text": module.String(text),
                "Numbers": module.Array([1, 1.5, 2.0, -0.0, 0.00001, -7.25, 1e22, True]),
                "Others": module.Array(["/Name", b"1 0 R", module.Array(), module.String("نص")]),
                "Inner": module.Dictionary({"K": module.Array(range(3)), "Number": -3}),
            }
        )
        for module in (pydyf, stock_pydyf)
    )
    assert ours.data == stock.data


def test_a_font_that_is_read_again_is_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Subsets are remembered by the file that they are of: twenty MiB each, where it is Chinese."""
    monkeypatch.setattr(pdf_fonts, "_files", {})
    for text in ("<p>واحد one</p>", "<p>اثنان two</p>", "<p>ثلاثة three</p>"):
        configurations._idle.cache_clear()
        monkeypatch.setattr(pdf_fonts, "_subsets", subsets := Memory[bytes]())
        typeset(html(text))
        held = [key[0] for key in subsets._values]
        assert held
        assert {id(file) for file in held} <= {id(file) for file in pdf_fonts._files.values()}
    assert len(pdf_fonts._files) == 1
