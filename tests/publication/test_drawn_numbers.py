"""Numbers on Arabic pages: wherever a number may be, preflight finds it drawn as it is printed."""

from __future__ import annotations

import pypdfium2
import pytest

from drawn import lines
from manuscripts import AR, EN, ZH, report, resolution, sentence
from masthead import publication
from masthead.document import Severity
from masthead.document.terms import WESTERN, Direction, Language
from masthead.page import CONTROLS, reorder, resolve_levels
from masthead.publication import SourceFile

TYPED = (
    *(
        "3.75",
        "2 047 300",
        "300 047 2",
        "3 216.4",
        "81,000",
        "1997-2003",
        "15–19",
        "88/146",
        "6/11/2052",
        "8%-9.5%",
        "7+4",
    ),
    *(
        "42%",
        "-0.25",
        "±3",
        "≤ 5",
        "$2 500",
        "16:30",
        "31°45′",
        "2715 (2049)",
        "(3.2)",
        "25 تموز/يوليه 2041",
        "12 مكررا",
    ),
    *("www.example.org/ar/2041", "press-2@example.org", "A/RES/104/12", "49-10773 (A)", "+41 22 555 0199"),
    *("vol. 3010, No. 51222", "14 March 2051", "300 km", "10⁻³", "№ 7"),
    *("-4 °م", "25°م", "-31°45′", "10 000-20 000", "5 µs", "-12.5 %", "الهدف 3.2"),
)
BODY = (
    *(f"{number}. وبلغ ذلك {typed}، في {typed}؛ وتلاحظ **{typed}**" for number, typed in enumerate(TYPED, 1)),
    *(f"## الفصل {typed}" for typed in ("3.75", "1997-2003", "88/146")),
    "<!-- table -->",
    "\n".join(["| البند | القيمة |", "|---|---:|", *(f"| {typed} | {typed} |" for typed in TYPED)]),
    "نص[^1] وآخر[^2].",
    "[^1]: " + "، ".join(TYPED[:14]) + ".",
    "[^2]: انظر United Nations, Treaty Series, vol. 2225, No. 39574؛ و 3.75.",
)


@pytest.mark.parametrize("digits", ["arab", "latn"])
def test_numbers_are_drawn_as_they_are_read_wherever_they_are(digits: str) -> None:
    source = report(AR, *BODY, digits=digits)
    edition = publication.publish(SourceFile("numbers.md", source.encode()))
    assert [finding for finding in edition.report.findings if finding.rule != "completeness.numbers"] == []


@pytest.mark.parametrize("digits", ["arab", "latn"])
def test_numbers_in_headings_contents_and_titles_of_annexes(digits: str) -> None:
    headings = [block for typed in TYPED for block in (f"# مسائل {typed} أخرى", "نص.")]
    annexes = [block for typed in TYPED for block in (f"<!-- annex --> مسائل {typed} أخرى", "نص.")]
    source = report(AR, "<!-- contents 1 -->", *headings, *annexes, digits=digits)
    edition = publication.publish(SourceFile("numbers.md", source.encode()))
    assert [finding for finding in edition.report.findings if finding.rule != "completeness.numbers"] == []


@pytest.mark.parametrize(("digits", "messages"), [("arab", ["the points in ٥.١.٢ look like zeros"]), ("latn", [])])
def test_points_that_look_like_zeros_are_reported(digits: str, messages: list[str]) -> None:
    source = report(AR, "1. انظر الفرع 5.1.2 والفرع 5-1-2.", digits=digits)
    edition = publication.publish(SourceFile("numbers.md", source.encode()))
    assert [finding.message for finding in edition.report.findings] == messages


# As typed in a title, and from left to right with Western digits.
@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("2020/2021", "2021/2020"),
        ("1997-2003", "2003-1997"),
        ("+41 22 555 0199", "+41\u00a022\u00a0555\u00a00199"),
        ("30 272 400", "30\u00a0272\u00a0400"),
        ("37.5°", "37.5°"),
    ],
)
def test_numbers_in_running_heads_and_bookmarks(typed: str, drawn: str) -> None:
    title = f"مسائل {typed} أخرى"
    source = resolution(AR, *["نص."] * 34, f"# {title}", title=title, digits="latn")
    edition = publication.publish(SourceFile("numbers.md", source.encode()))
    assert [finding for finding in edition.report.findings if finding.rule != "completeness.numbers"] == []
    with pypdfium2.PdfDocument(edition.pdf.data) as pdf:
        bookmarks = [bookmark.get_title() for bookmark in pdf.get_toc()]
    assert len(bookmarks) == 2
    for text in bookmarks:
        shown = "".join(reorder(text, resolve_levels(text, Direction.RTL)))
        assert f" {drawn} " in shown.translate(dict.fromkeys(map(ord, CONTROLS)))
    heads = [line.text.replace(" ", "") for line in lines(edition.pdf.data) if line.page > 1 and line.baseline < 72]
    assert any(drawn.replace("\u00a0", "") in head.replace("\u00a0", "") for head in heads)


@pytest.mark.parametrize(
    ("language", "digits", "words"),
    [
        (AR, "arab", ("نص", " وآخر", "انظر المرفق.")),
        (AR, "latn", ("نص", " وآخر", "انظر المرفق.")),
        (EN, "", ("A text", " and another", "See the annex.")),
        (ZH, "", ("一", "二", "见附件。")),
    ],
)
def test_marks_of_any_width_keep_their_room(language: Language, digits: str, words: tuple[str, str, str]) -> None:
    """From 100 on, marks of paragraphs and notes are wider than the room that print gives them."""
    one, two, note = words
    paragraphs = [f"{number}. {one}[^{2 * number - 1}]{two}[^{2 * number}]." for number in range(1, 66)]
    paragraphs += [f"{number}. {one}{two}." for number in range(66, 151)]
    notes = [f"[^{number}]: {note}" for number in range(1, 131)]
    options = {"digits": digits} if digits else {}
    edition = publication.publish(SourceFile("marks.md", report(language, *paragraphs, *notes, **options).encode()))
    assert edition.report.findings == ()


@pytest.mark.parametrize("language", [AR, ZH])
def test_a_call_stays_on_the_line_of_the_number_before_it(language: Language) -> None:
    paragraphs = [f"{sentence(language)}35%[^1] 2008-2009[^1] 2672 (2023)[^1]" for _ in range(3)]
    edition = publication.publish(SourceFile("calls.md", report(language, *paragraphs, "[^1]: UN.").encode()))
    assert edition.report.findings == ()


def test_addresses_in_headings_are_not_links_in_contents() -> None:
    body = ("<!-- contents 1 -->", "# United Nations, *Treaty Series*, vol. 2225, No. 39574", *["Text."] * 12)
    edition = publication.publish(SourceFile("links.md", report(EN, *body).encode()))
    assert edition.report.findings == ()


def test_a_title_that_fills_its_line_in_the_contents_has_a_short_leader() -> None:
    """Only one dot is before the number of the page, and the number is not text of its own."""
    title = "وإذ يشير إلى United Nations, Treaty Series, vol. 2237, No. 39574، وإذ يلاحظ ما تقدم،"
    source = resolution(AR, "<!-- contents 1 -->", f"# {title}", "نص.", digits="latn")
    edition = publication.publish(SourceFile("contents.md", source.encode()))
    assert edition.report.findings == ()


def test_a_symbol_with_letters_of_its_parts_is_a_link() -> None:
    source = report(AR, "انظر A/RES/103/1 A-B وS/PV.8750 (Resumption 1) وA/75/873–S/2021/437.")
    assert publication.publish(SourceFile("parts.md", source.encode())).report.findings == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (AR, "وبلغ 3×10^-4^ و10^6^ و250 m^3^ و12.5 t CO~2~ و5 كم^2^ ذلك."),
        (EN, "It was 3×10^-4^ and 10^6^, 250 m^3^ of CO~2~ and 2^13^."),
        (ZH, "数额为10^6^和CO~2~。"),
    ],
)
def test_exponents_are_no_note_calls_and_formulae_have_their_digits_in_line(language: Language, text: str) -> None:
    edition = publication.publish(SourceFile("powers.md", report(language, f"1. {text}").encode()))
    assert [finding for finding in edition.report.findings if finding.severity is not Severity.NOTE] == []
    with pypdfium2.PdfDocument(edition.pdf.data) as pdf:
        assert "10⁶" in pdf[0].get_textpage().get_text_range().translate(WESTERN)
