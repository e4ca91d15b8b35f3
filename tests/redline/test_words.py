"""Words, numbers, symbols and marks of a text, and what changed between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document import Emphasis, Strong, Text, plain
from masthead.redline.contents import compare_contents, merge_contents, version_of
from masthead.redline.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/RES/64/293, 5", ["A/RES/64/293", ",", " ", "5"]),
        ("30 272 400 boats", ["30 272 400", " ", "boats"]),
        ("1.25 and 64/293", ["1.25", " ", "and", " ", "64/293"]),
        ("l’Assemblée co-operation", ["l’Assemblée", " ", "co-operation"]),
        ("أَحْمَدُ كتب", ["أَحْمَدُ", " ", "كتب"]),
        ("安全理事会3", ["安", "全", "理", "事", "会", "3"]),
        ("第2401(2018)和A/RES/64/293号", ["第", "2401(2018)", "和", "A/RES/64/293", "号"]),
        ("5 %", ["5 %"]),
        ("٢٠١٧/١٨ ٪", ["٢٠١٧/١٨ ٪"]),
    ],
)
def test_words_are_what_people_would_call_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=40))
def test_words_together_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


def _edits(old: str, new: str) -> list[tuple[str, str]]:
    return [(edit.removed, edit.added) for edit in compare_contents((Text(old),), (Text(new),)).edits]


def test_an_arabic_word_with_another_vowel_mark_is_one_change() -> None:
    assert _edits("كتب الولد", "كَتب الولد") == [("كتب", "كَتب")]


def test_a_number_is_replaced_whole() -> None:
    assert _edits("in 2020 and 1,250 boats", "in 2021 and 1,350 boats") == [("2020", "2021"), ("1,250", "1,350")]


def test_two_words_side_by_side_are_one_change() -> None:
    assert _edits("the old red boat", "the new blue boat") == [("old red", "new blue")]


def test_a_sentence_that_was_added_begins_where_sentences_do() -> None:
    assert _edits("One boat. Two nets.", "One boat. One lamp. Two nets.") == [("", "One lamp. ")]


def test_spaces_of_another_kind_are_no_change() -> None:
    assert _edits("5 July, ci-dessus, 30 272", "5\u00a0July, ci\u2011dessus, 30\u00a0272") == []


_CONTENT = st.lists(
    st.one_of(
        st.builds(Text, st.text("ab 1أ", min_size=1, max_size=6)),
        st.builds(lambda text: Emphasis((Text(text),)), st.text("ab ", min_size=1, max_size=4)),
        st.builds(lambda text: Strong((Text(text),)), st.text("ab ", min_size=1, max_size=4)),
    ),
    max_size=4,
).map(tuple)


@given(_CONTENT, _CONTENT)
def test_each_version_is_in_the_content_that_shows_both(old: tuple[Text, ...], new: tuple[Text, ...]) -> None:
    both = merge_contents(old, new)
    squeezed = [" ".join(plain(version_of(both, new=version)).split()) for version in (False, True)]
    assert squeezed == [" ".join(plain(each).split()) for each in (old, new)]
