"""Isolation of directions: which runs become boxes, which letters are joined; no character is lost or moved."""

from __future__ import annotations

import re
import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.terms import Direction
from masthead.page import bidi
from masthead.page.bidi import CONTROLS, NUMBER_CLASS, Atom, Break, Element, Node, isolate
from masthead.page.embedding_levels import EMBEDDINGS, ISOLATES, resolve_levels
from masthead.page.joining import is_mark, letters_join

LTR, RTL = Direction


def b(*children: Node) -> Element:
    return Element("b", (), children)


def right_to_left(*nodes: Node) -> str:
    (html,) = isolate(nodes, RTL)
    return html


class Source(HTMLParser):
    """Extracts the source text from HTML as `masthead.page.bidi` documents it, and the drawn text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = self.drawn = ""
        self._open: list[str | None] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert not any(self._open), "an element stands inside a stretch of text with its source"
        source = dict(attributes).get("data-text")
        self._open.append(source)
        self.text += source or ""

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.drawn += data
        if not (self._open and self._open[-1]):
            self.text += data


def test_text_of_one_direction_is_unchanged() -> None:
    assert right_to_left("قرار الأمم، ٦٤/٢٩٣ و ", b("٢٠١٧"), " (أ)") == "قرار الأمم، ٦٤/٢٩٣ و <b>٢٠١٧</b> (أ)"
    assert isolate(("Recalling ", b("its"), " resolution 64/293"), LTR) == ("Recalling <b>its</b> resolution 64/293",)


def test_a_latin_run_is_one_box_with_its_markup() -> None:
    html = right_to_left("انظر United Nations, ", Element("i", (), ("Treaty Series",)), ", vol. 2225، و")
    assert html == 'انظر <span dir="ltr">United Nations, <i>Treaty Series</i>, vol. 2225</span>، و'


def test_an_element_as_wide_as_a_run_carries_its_direction() -> None:
    assert right_to_left("انظر ", b("United Nations"), " و") == 'انظر <b dir="ltr">United Nations</b> و'


def test_an_element_is_divided_where_a_run_ends_inside_it() -> None:
    link = Element("a", (("href", "x"), ("id", "one")), ("قرار United",))
    assert right_to_left(link, " Nations و") == (
        '<a href="x" id="one">قرار </a><span dir="ltr"><a href="x">United</a> Nations</span> و'
    )


def test_equal_adjacent_elements_are_not_merged() -> None:
    assert right_to_left(b("قرار "), b("قرار ")) == "<b>قرار </b><b>قرار</b>"


def test_letters_divided_by_markup_are_joined() -> None:
    assert right_to_left("مست", b("قب"), "لهم") == (
        '<span data-text="مست">مست\u200d</span><b><span data-text="قب">\u200dقب\u200d</span></b>'
        '<span data-text="لهم">\u200dلهم</span>'
    )
    assert right_to_left("دا", b("ر")) == "دا<b>ر</b>"


def test_letters_are_not_joined_across_the_end_of_a_line() -> None:
    end = Atom("<br>", ends_line=True)
    assert right_to_left("كبير المهندسين", end, "السيدة") == "كبير المهندسين<br>السيدة"
    assert right_to_left("ال", end, "النيل") == "ال<br>النيل"
    joined = right_to_left("مست", b("قب"), end, b("له"), "م")
    assert joined.count("\u200d") == 4 and "قب</span></b><br><b>" in joined


def test_letters_around_a_note_call_are_joined() -> None:
    assert Source(right_to_left("قر", Atom("<sup>(١)</sup>"), "ار")).drawn == "قر(١)ار"
    assert Source(right_to_left("مستق", Atom("<sup>(١)</sup>"), "بل")).drawn == "مستق\u200d(١)\u200dبل"


def test_marks_stay_with_their_letter_and_alef_with_its_lam() -> None:
    assert right_to_left("بأن", b("ّ"), " ل", b("ا")) == "بأنّ لا"


def test_a_resolution_number_is_reordered_and_keeps_its_text() -> None:
    number = Element("a", (("class", f"x {NUMBER_CLASS}"),), ("٦٤/٢٩٣",))
    html = right_to_left("القرار ", number, " المؤرخ")
    assert 'data-text="٦٤/٢٩٣">٦٤\u200f/\u200f٢٩٣<' in html
    assert "dir" not in html
    assert isolate((Element("a", (("class", NUMBER_CLASS),), ("64/293",)),), LTR) == ('<a class="number">64/293</a>',)


def test_targets_with_a_hyphen_follow_the_algorithm() -> None:
    assert right_to_left("الغاية ٥-٢") == "الغاية ٥-٢"


def test_a_divided_paragraph_has_the_levels_of_the_whole() -> None:
    assert isolate(("نص vol. 2225, No. ", Break(), "39574, and نص"), RTL) == (
        'نص <span dir="ltr">vol. 2225, No.</span>',
        '<span dir="ltr">39574, and</span> نص',
    )
    assert isolate((b("قرار ", Break(), " الأمم"), Break()), RTL) == ("<b>قرار</b>", "<b>الأمم</b>", "")


def test_everything_except_atoms_is_escaped() -> None:
    element = Element("a", (("href", '"<&>'),), ("a < b & c",))
    assert isolate((element, Atom("<br>")), LTR) == ('<a href="&quot;&lt;&amp;&gt;">a &lt; b &amp; c</a><br>',)


def test_controls_and_tatweel_of_the_source_are_kept() -> None:
    text = "٦٤\u200f/\u200f٢٩٣ (هـ) م\u200cن ه\u200d ء أ إ آ ٱ ىٰ ًّ"
    assert right_to_left(text) == text
    assert Source(right_to_left("نص \u2067نص\u2069 \u202bنص\u202c")).text == "نص \u2067نص\u2069 \u202bنص\u202c"


def test_levels_are_those_of_the_standard() -> None:
    assert resolve_levels("ab (ا1", RTL) == [2, 2, 1, 1, 1, 2]
    assert resolve_levels("ab (ا1", LTR) == [0, 0, 0, 0, 1, 2]


CHARACTERS = "ab ()[]،,./-%«»12٣٤اببلمهىء\u064b\u0651ـ\u200c" + "".join(sorted(CONTROLS - {"\u200d"}))
TREES = st.recursive(
    st.text(CHARACTERS, max_size=8),
    lambda inner: st.builds(
        Element,
        st.sampled_from(("b", "i", "a")),
        st.sampled_from(((), (("dir", "ltr"),), (("dir", "rtl"),), (("class", NUMBER_CLASS),))),
        st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


def plain(nodes: tuple[Node, ...]) -> str:
    return "".join(node if isinstance(node, str) else plain(getattr(node, "children", ())) for node in nodes)


def visible(text: str) -> str:
    return re.sub(" +", " ", "".join(char for char in text if char not in CONTROLS)).strip(" ")


@given(st.lists(TREES, max_size=4).map(tuple), st.sampled_from(Direction))
def test_no_text_is_lost_or_moved(nodes: tuple[Node, ...], base: Direction) -> None:
    (html,) = isolate(nodes, base)
    source = Source(html)
    assert visible(source.text) == visible(source.drawn) == visible(plain(nodes))
    assert not set(source.drawn) & (ISOLATES | EMBEDDINGS) or "\u202c" in source.drawn
    if visible(plain(nodes)):
        kept = [char for char in source.text if char in CONTROLS]
        assert sorted(kept) == sorted(char for char in plain(nodes) if char in CONTROLS)


@pytest.mark.slow
def test_characters_of_level_text_are_neither_right_to_left_nor_marks_nor_joined() -> None:
    level = [char for char in map(chr, range(sys.maxunicode)) if bidi._LEVEL.fullmatch(char)]
    assert {unicodedata.bidirectional(char) for char in level} <= {
        "L",
        "EN",
        "ES",
        "ET",
        "CS",
        "ON",
        "WS",
        "S",
        "B",
        "",
    }
    assert not [char for char in level if is_mark(char) or char in CONTROLS]
    assert not [char for char in level if letters_join(char, "ب") or letters_join("ب", char)]


@pytest.mark.slow
def test_words_are_letters_and_marks_of_one_class_and_signs_that_take_it() -> None:
    letters = set(map(chr, range(sys.maxunicode)))
    arabic, marks = (
        {char for char in letters if re.fullmatch(f"[{part}]", char)} for part in (bidi._ARABIC, bidi._ARABIC_MARKS)
    )
    assert {unicodedata.bidirectional(char) for char in arabic} == {"AL"}
    assert not [char for char in arabic if is_mark(char)]
    assert {unicodedata.bidirectional(char) for char in marks} == {"NSM"}
    assert all(map(is_mark, marks))
    signs = [char for char in letters if re.fullmatch(bidi._ARABIC_WORDS, f"ب{char}ب") and char not in arabic | marks]
    assert {unicodedata.bidirectional(char) for char in signs} == {"AL", "CS", "ON", "WS"}
    assert not [char for char in signs if unicodedata.category(char) in ("Ps", "Pe") or char in CONTROLS]


def test_words_are_one_piece_up_to_the_space_before_other_text() -> None:
    pieces = bidi._WORDS_AND_CHARACTERS.findall("أن يعمل، في هذا: المجلس 12 of the United Nations (أن) لا")
    assert [piece for piece in pieces if len(piece) > 1] == ["يعمل، في هذا: المجلس", "of the United Nations"]


WORDS = ["بِل", "ال،", "لا", "اب:", "of", "UN.", "de", "12", "٣", "(ب", "ب)", "-", "لـ", "\u202b", "\u2067", "\u2069"]
WORD_TREES = st.recursive(
    st.lists(st.sampled_from([*WORDS, "ه\u200d", "\u064b", " ", ""]), max_size=9).map(" ".join)
    | st.sampled_from((Atom("<img>"), Break())),
    lambda inner: st.builds(
        Element,
        st.just("i"),
        st.sampled_from(((), (("dir", "ltr"),), (("dir", "rtl"), ("class", "unit")))),
        st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=6,
)


@given(st.lists(WORD_TREES, max_size=4).map(tuple), st.sampled_from(Direction))
def test_words_are_the_same_as_if_the_level_of_each_character_were_resolved(
    nodes: tuple[Node, ...], base: Direction
) -> None:
    whole = isolate(nodes, base)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bidi, "_is_level", lambda nodes: False)
        patch.setattr(bidi, "_WORDS_AND_CHARACTERS", re.compile(".", re.DOTALL))
        assert isolate.__wrapped__(nodes, base) == whole


def test_equal_paragraphs_are_resolved_once() -> None:
    nodes = ("نص ", b("12 of"), " نص")
    isolate(nodes, RTL)
    known = isolate.cache_info().hits
    assert isolate(tuple(nodes), RTL) is isolate(nodes, RTL)
    assert isolate.cache_info().hits == known + 2


LEVEL_TREES = st.recursive(
    st.text("abЖ12 ,./-%«»()中，\t\n\u00a0", max_size=8) | st.just(Atom("<img>")) | st.just(Atom("<br>", "\u2060")),
    lambda inner: st.builds(
        Element, st.just("i"), st.just((("class", "unit"),)), st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(st.lists(LEVEL_TREES | st.just(Break()), max_size=6).map(tuple))
def test_level_text_is_the_same_as_if_its_levels_were_resolved(nodes: tuple[Node, ...]) -> None:
    whole = isolate(nodes, LTR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bidi, "_is_level", lambda nodes: False)
        assert isolate.__wrapped__(nodes, LTR) == whole
