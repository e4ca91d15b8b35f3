"""What `paragraphs` says of a text is what WeasyPrint says of it by Pango: its lines at any width, and its glyphs."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from masthead.typesetting.engine.weasyprint.text import line_break

import small
from masthead import formats, publication
from masthead.typesetting import ledger, paragraphs
from masthead.typesetting.lines import splits
from masthead.typesetting.paragraphs import ShapedText
from masthead.typesetting.paragraphs.scripts import script_of
from masthead.typesetting.repairs import glyphgroups
from masthead.typesetting.typesetter import typeset
from paths import EXAMPLES, TOUCHSTONE

_ARABIC = re.findall(r"[^\s\w]?[\u0621-\u0652]+[،؛.]?", TOUCHSTONE.read_text("utf-8"))
_OTHER_ARABIC = (
    "٢٠١٧",
    "٦٤\u200f/\u200f٢٩٣",
    "(د-٢٦)",
    "«الخطة»",
    "أيار/مايو",
    "١٢٫٥٪",
    "مُحَمَّدٌ",
    "–",
    "٣٠\u00a0تموز",
    "نص خطة كل",
    *(
        "2017",
        "93/118",
        "(2004)",
        "15-17",
        "15%",
        "٪5",
        "17-02114",
        "46\u200f/\u200f182",
        "3\u00a0000,5",
        "٢-3",
        "؛",
        "-",
    ),
)
_LATIN = [
    "The",
    "Committee,",
    "noting",
    "Article",
    "12",
    "(b)",
    "of",
    "A/RES/70/179",
    "“as",
    "amended”",
    "well-known",
    "1998–2003",
    "Té",
    "fi",
    "AV",
    "Wo.",
    "240\u00a0000",
    "5 240,75",
]
_CYRILLIC = ["Генеральная", "Ассамблея,", "ссылаясь", "на", "статью", "12", "«Устава»", "—", "№", "5/а", "из-за"]
_CHINESE = (
    *(
        "大会",
        "回顾",
        "第104/12号",
        "2049年",
        "11月",
        "联合国",
        "秘书长",
        "，",
        "。",
        "、",
        "《宪章》",
        "（三）",
        "(四)",
        "“又”",
        "一",
    ),
    *(
        "12.5%",
        "3 000",
        "3\u00a0000",
        "A/RES/104/12",
        "b)",
        "——",
        "…",
        "；",
        "：",
        "万",
        "其",
        "中",
        "·",
        "的",
        "了",
        "年",
    ),
)
_SONG, _KAI = ('"Liberation Serif", ' + name for name in ('"Noto Serif SC"', '"AR PL KaitiM GB", "Noto Serif SC"'))
STYLES = {
    "rtl": 'lang="ar" dir="rtl"',
    "latin": 'lang="en" dir="ltr"',
    "cyrillic": 'lang="ru" dir="ltr" style="font-family: Liberation Serif"',
    "tracked": 'lang="fr" dir="ltr" style="letter-spacing: .22pt"',
    "tightened": 'lang="en" dir="ltr" style="letter-spacing: -.3pt; white-space: nowrap"',
    "chinese": f"lang=zh dir=ltr style='font-family: {_SONG}'",
    "chinese, tracked": f"lang=zh dir=ltr style='font-family: {_KAI}; letter-spacing: .24pt'",
}
_WORDS = {
    "rtl": (*_ARABIC[:200], *_OTHER_ARABIC * 4),
    "latin": _LATIN,
    "cyrillic": _CYRILLIC,
    "tracked": _LATIN,
    "tightened": _LATIN,
    "chinese": _CHINESE,
    "chinese, tracked": _CHINESE,
}


def texts(kind: str, count: int) -> Iterator[str]:
    chance, between = random.Random(kind), "" if kind.startswith("chinese") else " "
    for _ in range(count):
        text = between.join(chance.choices(_WORDS[kind], k=chance.choice((1, 2, 3, 9, 30))))
        yield text + chance.choice(("", "", " ")) if chance.random() < 0.9 else " " + text


@pytest.fixture(scope="module")
def styles() -> dict[str, Any]:
    """A style of text of each kind."""
    found: dict[str, Any] = {}
    shaped_text = splits.shaped_text

    def note_down(text: str, style: Any) -> Any:
        found[text] = style
        return shaped_text(text, style)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splits, "shaped_text", note_down)
        typeset(small.html("".join(f"<p {each}>{name}</p>" for name, each in STYLES.items())))
    return found


@pytest.mark.parametrize("kind", STYLES)
def test_lines_are_those_that_weasyprint_finds(kind: str, styles: dict[str, Any]) -> None:
    chance, style, found, asked = random.Random(kind), styles[kind], 0, 0
    for text in texts(kind, 150):
        room = chance.choice((None, 0, chance.uniform(0, 80), chance.uniform(80, 500), chance.uniform(80, 500)))
        rest = text
        while rest:
            made = splits._found(rest, style, room, 0)
            layout, *expected = splits._stock_split_first_line(rest, style, None, room, 0)
            asked += 1
            if made:
                found += 1
                assert (made[0].text, made[0].first_line_direction, *made[1:]) == (
                    (layout.text, layout.first_line_direction, *expected)
                ), (rest, room)
                assert drawn(made[0].line) == laid_out(layout.text, style)
            rest = rest.encode()[expected[1] :].decode() if expected[1] else ""
    assert asked > 140
    # Most columns are wider than these, and Chinese seldom has Latin letters.
    assert found > (0.3 if kind.startswith("chinese") else 0.6) * asked


def drawn(line: paragraphs.Line) -> list[Any]:
    """The groups of a line and where they begin."""
    if line.runs is not None:
        return [pair for run in line.runs for pair in zip(run.starts, run.groups, strict=True)]
    pen, groups = 0, []
    for word in line.words:
        groups += [(pen + start, group) for start, group in zip(word.starts, word.groups, strict=True)]
        pen += word.advance
    return groups


def laid_out(text: str, style: Any) -> list[Any]:
    """The same of a line that Pango lays out."""
    layout = line_break.Layout(style)
    layout.set_text(text)
    box = SimpleNamespace(pango_layout=layout, text=text, style=style)
    runs = glyphgroups.read_line(box)
    return [pair for run in runs for pair in zip(run.starts, run.groups, strict=True)]


def shaped(text: str, style: Any) -> ShapedText:
    made = splits._shaped(text, style)
    assert made
    return made


def test_a_word_that_occurs_again_is_the_same(styles: dict[str, Any]) -> None:
    text = shaped("إن الجمعية العامة إن الجمعية العامة", styles["rtl"])
    assert text.words[0] is not None
    assert text.words[1] is text.words[4]


def test_a_line_that_begins_at_a_kern_is_shaped_again(styles: dict[str, Any]) -> None:
    """Amiri kerns between teh marbuta, space and kaf: a line that ends or begins there is wider."""
    text = shaped("خطة كل " * 20, styles["rtl"])
    unsafe = [token for token in range(1, text.count) if text.unsafe[token]]
    assert unsafe
    found = paragraphs.next_line(text, unsafe[0], 200)
    assert found
    assert found[0].width > (text.ends[found[1] - 1] - text.pens[unsafe[0]]) / 1024


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("12\u200d", "rtl"),
        ("قرار A", "rtl"),
        ("دال\u0655", "rtl"),  # a mark that a font may lack
        (" \u064e", "rtl"),  # a mark without a letter
        ("a\u0301", "ltr"),
        ("да or", "ltr"),
        ("联 ÿ", "ltr"),
        ("soft\u00adhyphen", "ltr"),
    ],
)
def test_text_that_pango_may_divide_otherwise_is_left_to_it(text: str, direction: str) -> None:
    assert script_of(text, direction) is None


def test_a_letter_that_the_font_lacks_is_left_to_pango(styles: dict[str, Any]) -> None:
    assert script_of("\u0243", "ltr") is not None
    assert splits._shaped("a\u021f\u0220", styles["latin"]) is None


def test_a_glyph_that_goes_backwards_is_shaped_as_pango_has_it(styles: dict[str, Any]) -> None:
    shaped = splits._shaped("القائمين على المصابيح", styles["rtl"])  # with a ligature of three letters
    assert shaped is not None and shaped.count == 3


def test_nearly_all_text_of_the_examples_is_set_without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left to it: letters of two scripts, and Latin symbols in right-to-left boxes."""
    letters: Counter[bool] = Counter()
    check = ledger.check

    def count(document: Any) -> Any:
        for box in (placed.box for placed in ledger.texts(document)):
            letters[vars(box.pango_layout).get("line") is not None] += len(box.text)
        return check(document)

    monkeypatch.setattr(ledger, "check", count)
    for source in (*EXAMPLES.glob("*.md"), *EXAMPLES.glob("specimens/*.md")):
        typeset(publication.mark_up(formats.read(source)))
    assert letters.total() > 40_000
    assert letters[True] > 0.98 * letters.total()
