"""The marks of paragraphs, subparagraphs, headings and annexes: which number or letter each means."""

from __future__ import annotations

import pytest

from masthead.document import AnnexKind, DocumentType, Language, locales
from masthead.formats.itemization import (
    Marks,
    annex_name,
    out_of_order,
    read_number,
    split_counted,
    split_heading,
)

ANNEX, APPENDIX, ENCLOSURE = AnnexKind.ANNEX, AnnexKind.APPENDIX, AnnexKind.ENCLOSURE


def marks(language: str = "en") -> Marks:
    return Marks(locales.load(Language(language)))


@pytest.mark.parametrize(
    ("mark", "ordinals", "announced", "place"),
    [
        # (i) is a letter or a numeral: the next letter after (h), unless a colon announces a deeper degree.
        ("(i)", (8,), False, ((1, 9), True)),
        ("(i)", (8,), True, ((2, 1), True)),
        ("(i)", (3,), False, ((2, 1), True)),
        ("(i)", (3,), True, ((2, 1), True)),
        ("(i)", (), False, ((1, 9), False)),
        ("(v)", (21, 4), False, ((2, 5), True)),
        ("(v)", (21,), False, ((1, 22), True)),
        ("(v)", (21, 3), False, ((1, 22), True)),
        ("(ii)", (2, 1), False, ((2, 2), True)),
        ("(c)", (2, 1), False, ((1, 3), True)),
        ("(c)", (2, 1), True, ((1, 3), True)),
        ("(a)", (), False, ((1, 1), True)),
        ("(a)", (3,), True, ((1, 1), False)),
        ("(d)", (1,), False, ((1, 4), False)),
        # A degree has no subparagraph before the one above it has.
        ("(ii)", (), False, None),
        ("a.", (1,), False, None),
        ("a.", (1, 2), False, ((3, 1), True)),
        ("i.", (1, 2), True, ((3, 9), False)),
        ("i.", (1, 2, 3), True, ((4, 1), True)),
    ],
)
def test_a_mark_with_two_meanings_is_the_next_in_order(
    mark: str, ordinals: tuple[int, ...], announced: bool, place: object
) -> None:
    assert marks().place(mark, ordinals, announced) == place


@pytest.mark.parametrize(
    ("before", "mark", "follows"),
    [
        ("(a)", "(b)", True),
        ("(a)", "(c)", False),
        ("(d)", "(a)", False),
        ("(b)", "(b)", False),
        ("(h)", "(i)", True),
        ("(c)", "(i)", True),
        ("(i)", "(j)", True),
        ("(i)", "(ii)", True),
        ("(i)", "(iii)", False),
        ("(g)", "(ii)", True),  # a list may run on through another
        ("(a)", "(a) bis", True),
        ("(a) bis", "(b)", True),
        ("(a) bis", "(f)", True),
        ("(A)", "(b)", True),
    ],
)
def test_which_mark_follows_which(before: str, mark: str, follows: bool) -> None:
    assert marks().follows(mark, before) is follows


@pytest.mark.parametrize(
    ("mark", "degree", "before", "ordinal"),
    [
        ("(i)", 1, 0, 1),
        ("(i)", 1, 8, 9),
        ("(i)", 1, 3, 9),
        ("(b)", 1, 4, 2),
        ("(ii)", 2, 1, 2),
        ("(b) bis", 1, 4, 4),
        ("(zz)", 1, 4, 5),
        ("x", 1, 4, 5),
    ],
)
def test_the_ordinal_after_another(mark: str, degree: int, before: int, ordinal: int) -> None:
    assert marks().next_ordinal(mark, degree, before) == ordinal


@pytest.mark.parametrize(
    ("language", "examples"),
    [
        ("ar", ["(أ)", "'١'", "أ -", "١)", "١)"]),
        ("zh", ["(a)", "(i)", "a.", "i.", "i."]),
        ("en", ["(a)", "(i)", "a.", "i.", "i."]),
        ("fr", ["a)", "i)", "a.", "i.", "i."]),
        ("ru", ["a)", "i)", "a.", "i.", "i."]),
        ("es", ["a)", "i)", "a.", "i.", "i."]),
    ],
)
def test_the_first_mark_of_each_degree(language: str, examples: list[str]) -> None:
    assert [marks(language).example(degree) for degree in range(1, 6)] == examples


@pytest.mark.parametrize(
    ("text", "section", "number"),
    [
        ("10.1\ttext", "10", "1"),
        ("10.1.\ttext", "10", "1"),
        ("10.1  text", "10", "1"),
        ("A.12\x1etext", "A", "12"),
        ("10.1 text", None, None),
        ("10.1\t", None, None),
        ("10.1234\ttext", None, None),
        ("ABCDEFGHI.1\ttext", None, None),
        ("10,1\ttext", None, None),
    ],
)
def test_a_number_after_that_of_its_section_needs_room_after_it(
    text: str, section: str | None, number: str | None
) -> None:
    found = marks().sectioned_number(text)
    assert (found and found["section"], found and found["number"]) == (section, number)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "4. Text", "4"),
        ("en", "4.Text", None),
        ("en", "4 . Text", "4"),
        ("en", "1234. Text", None),
        ("en", "4) Text", None),
        ("ar", "٤ - نص", "٤"),
        ("ar", "4 - نص", "4"),
        ("ar", "4 – نص", "4"),
        ("ar", "4. نص", None),
    ],
)
def test_the_number_of_a_paragraph_is_before_its_sign_and_a_space(language: str, text: str, number: str | None) -> None:
    found = marks(language).number(text)
    assert (found and found["number"]) == number


@pytest.mark.parametrize(
    ("text", "mark"),
    [("(a) x", "(a)"), ("(iv)  x", "(iv)"), ("(a)x", None), ("x (a) ", None), ("(ab) x", None), ("(a) ", "(a)")],
)
def test_the_mark_of_a_subparagraph_is_before_a_space(text: str, mark: str | None) -> None:
    found = marks().item(text)
    assert (found and found["mark"]) == mark


@pytest.mark.parametrize(
    ("mark", "number"),
    [
        ("5.", (5, False)),
        ("5", (5, False)),
        ("(1)", (1, False)),
        ("٥.", (5, False)),
        ("1234.", (1234, False)),
        ("5 bis.", (5, True)),
        ("5\u00a0ter", (5, True)),
        ("5quater", (5, True)),
        ("5 Quinquies.", (5, True)),
        ("5 бис.", (5, True)),
        ("5 тер.", (5, True)),
        ("5 مكررا", (5, True)),
        ("5 مكرر ثالثا", (5, True)),
        ("5 之一", (5, True)),
        ("5 之四.", (5, True)),
        ("12345.", (None, False)),
        ("(((5", (None, False)),
        ("5....", (None, False)),
        ("’1‘", (None, False)),  # that of a subparagraph
        ("‘1’", (None, False)),
        ("no", (None, False)),
        ("5 x", (None, False)),
    ],
)
def test_the_number_in_a_mark_and_whether_it_has_a_suffix(mark: str, number: tuple[int | None, bool]) -> None:
    assert read_number(mark) == number


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Annex", (ANNEX, None, None, 5)),
        ("en", "ANNEX", (ANNEX, None, "ANNEX", 5)),
        ("en", "Annex II", (ANNEX, 2, None, 8)),
        ("en", "Annex  II ", (ANNEX, 2, None, 10)),
        ("en", "Annex II. Title", (ANNEX, 2, None, 10)),
        ("en", "Annex II – Title", (ANNEX, 2, None, 11)),
        ("en", "Annex II: Title", (ANNEX, 2, None, 10)),
        ("en", "ANNEX A\tTitle", (ANNEX, None, "ANNEX A", 8)),
        ("en", "Annex 2.1", (ANNEX, None, "Annex 2.1", 9)),
        ("en", "Annex No. 3", (ANNEX, None, "Annex No. 3", 11)),
        ("en", "Annex I bis", (ANNEX, None, "Annex I bis", 11)),
        ("en", "Annex (III)", (ANNEX, None, "Annex (III)", 11)),
        ("en", "Appendix I\nTitle", (APPENDIX, 1, None, 11)),
        ("en", "Enclosure", (ENCLOSURE, None, None, 9)),
        ("en", "annex II", None),
        ("en", "Annex II.Title", None),
        ("en", "Annex II -Title", None),
        ("en", "Annexes", None),
        ("en", "Annex IV and others", None),
        ("en", "The annex", None),
        ("ar", "المرفق", (ANNEX, None, None, 6)),
        ("ar", "المرفق الأول", (ANNEX, 1, None, 12)),
        ("ar", "المـرفق الثاني", (ANNEX, 2, None, 14)),
        ("ar", "المرفق ٢: عنوان", (ANNEX, None, "المرفق ٢", 10)),
        ("ar", "المرفق رقم ٣", (ANNEX, None, "المرفق رقم ٣", 12)),
        ("ar", "التذييل الثاني", (APPENDIX, 2, None, 14)),
        ("zh", "附件", (ANNEX, None, None, 2)),
        ("zh", "附件一：标题", (ANNEX, 1, None, 4)),
        ("zh", "附件2", (ANNEX, None, "附件2", 3)),
    ],
)
def test_the_name_of_an_annex_is_all_of_a_text_or_before_a_title(language: str, text: str, name: object) -> None:
    assert annex_name(text, locales.load(Language(language))) == name


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("Table 2", "table", ("", 2)),
        ("Table 10.3", "table", ("10", 3)),
        ("Table A.3", "table", ("A", 3)),
        ("Figure II", "figure", ("", 2)),
        ("Table 2", "figure", None),
        ("Table 10.x", "table", None),
        ("Table 10.", "table", None),
        ("Table", "table", None),
        ("Table 123456789.1", "table", None),
    ],
)
def test_the_mark_of_a_table_may_have_the_number_of_its_section(text: str, key: str, expected: object) -> None:
    assert split_counted(text, "tables", key, locales.load(Language.ENGLISH)) == expected


def test_the_section_of_an_arabic_mark_is_in_western_digits() -> None:
    locale = locales.load(Language.ARABIC)
    mark = locale.counted("tables", "table", 3, Language.ARABIC.digits, "10")
    assert split_counted(mark, "tables", "table", locale) == ("10", 3)


@pytest.mark.parametrize(
    ("text", "level", "kind", "expected"),
    [
        ("II. Water", 1, "report", (2, "Water")),
        ("II.  Water and ice", 1, "report", (2, "Water and ice")),
        ("II.", 1, "report", (2, "")),
        ("XIV. Ice", 1, "report", (14, "Ice")),
        ("II.Water", 1, "report", (None, "II.Water")),
        ("B. Water", 2, "report", (2, "Water")),
        ("B. Water", 1, "report", (None, "B. Water")),
        ("II Water", 1, "resolution", (2, "Water")),
        ("II. Water", 1, "resolution", (None, "II. Water")),
        ("Water", 1, "report", (None, "Water")),
        ("", 1, "report", (None, "")),
    ],
)
def test_a_heading_is_divided_after_its_mark(text: str, level: int, kind: str, expected: object) -> None:
    assert split_heading(text, level, DocumentType(kind), locales.load(Language.ENGLISH)) == expected


def test_the_doubt_about_a_mark_names_it() -> None:
    doubt = out_of_order("(d)")
    assert (doubt.rule, doubt.message, doubt.hint) == (
        "item-order",
        "subparagraph (d) is not the next in order",
        "letter subparagraphs without gaps",
    )
