"""Transcripts are read as they are, and what cannot be read says so with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from masthead import formats
from masthead.document.errors import MastheadError, ResourceError, SourceError
from masthead.document.findings import Severity
from masthead.document.model import Document, Inline, NoteCall, PageEnd, Pagination, Reference, contents, inlines, plain
from masthead.document.terms import WESTERN, Digits, Language, Organ
from paths import ROOT

EXAMPLES = ROOT / "examples"
ARABIC = EXAMPLES / "E_RES_2017_18.ar.txt"
ENGLISH = EXAMPLES / "E_RES_2041_7.en.txt"


@pytest.fixture(scope="module")
def touchstone() -> Document:
    return formats.read(ARABIC)


def _read(tmp_path: Path, text: str | bytes) -> Document:
    source = tmp_path / "source.txt"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    return formats.read(source)


def _error(tmp_path: Path, text: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        _read(tmp_path, text)
    assert caught.value.hint
    assert caught.value.where.startswith(str(tmp_path / "source.txt"))
    return caught.value


def _line(error: MastheadError) -> int:
    return int(re.search(r"source\.txt:(\d+)", error.where)[1])  # type: ignore[index]


# --- the touchstone ---------------------------------------------------------------------------------------------------


def test_the_front_of_the_transcript_is_read_as_printed(touchstone: Document) -> None:
    assert (touchstone.language, touchstone.organ) == (Language.ARABIC, Organ.ECONOMIC_AND_SOCIAL_COUNCIL)
    assert (touchstone.masthead.distribution, touchstone.masthead.date) == ("General", "18 August 2017")
    assert touchstone.preface.session == "دورة عام ٢٠١٧"
    assert touchstone.preface.agenda_item == "البند ١٩ (ج) من جدول الأعمال"
    assert touchstone.preface.adoption == "قرار اتخذه المجلس الاقتصادي والاجتماعي في ٦ تموز/يوليه ٢٠١٧"
    assert touchstone.preface.basis is not None
    assert plain(touchstone.preface.basis) == "بناء على توصية لجنة منع الجريمة والعدالة الجنائية (E/2017/30)"
    assert plain(touchstone.preface.title).startswith("تنفيذ خطة عمل الأمم المتحدة")
    assert touchstone.closing == ("الجلسة العامة ٤٠", "٦ تموز/يوليه ٢٠١٧")
    assert (str(touchstone.job), touchstone.digits) == ("17-12889 (A)", Digits.ARABIC_INDIC)
    assert touchstone.pagination is Pagination.SOURCE


def test_the_symbol_follows_from_organ_type_and_number(touchstone: Document) -> None:
    assert str(touchstone.number) == "2017/18"
    assert str(touchstone.symbol) == "E/RES/2017/18"


def test_paragraphs_and_sub_paragraphs_are_counted_right(touchstone: Document) -> None:
    assert plain(touchstone.body[0].content) == "إن المجلس الاقتصادي والاجتماعي،"
    assert len(touchstone.preamble) == 19
    assert [len(paragraph.items) for paragraph in touchstone.preamble] == [0] * 5 + [6] + [0] * 13
    assert [item.ordinal for item in touchstone.preamble[5].items] == [1, 2, 3, 4, 5, 6]
    assert [paragraph.number for paragraph in touchstone.operative] == list(range(1, 14))


def test_notes_have_all_their_calls_repeated_ones_among_them(touchstone: Document) -> None:
    calls = [inline.number for inline in _inlines(touchstone) if isinstance(inline, NoteCall)]
    assert calls == [1, 2, 3, 4, 1, 2, 5, 4]
    assert [note.number for note in touchstone.notes] == [1, 2, 3, 4, 5]
    assert plain(touchstone.notes[0].content) == "United Nations, Treaty Series, vol. 2225, No. 39574"


def test_pages_end_where_notes_and_foot_interrupt_the_transcript(touchstone: Document) -> None:
    ends = []
    for content in contents((touchstone.body, touchstone.annexes)):
        for at, inline in enumerate(content):
            if isinstance(inline, PageEnd):
                ends.append((" ".join(plain(content[:at]).split()[-2:]), plain(content[at:])[:9]))
    assert ends == [
        ("بمختلف جوانبها،", ""),
        ("في الاعتبار،", ""),
        ("الثانية والسبعين،", ""),
        ("تنفيذاً فعالاً؛", ""),
        ("المتصلة بتنفيذ", "خطة العمل"),
    ]


def test_nothing_of_the_transcript_is_changed_but_the_order_of_numbers(touchstone: Document) -> None:
    transcript = _same_order(ARABIC.read_text(encoding="utf-8"))
    front, _, body = transcript.partition("إن المجلس")
    notes = re.findall(r"^\(([١-٥])\) (.*)$", body, flags=re.MULTILINE)
    body = re.sub(r"^\([١-٥]\) .*$|^الرجاء.*$|^17-12889.*$", "", body, flags=re.MULTILINE)
    body = re.sub(r"^(\([أبجدهو]ـ?\)|[٠-٩]+ -) ", "", "إن المجلس" + body, flags=re.MULTILINE)
    said = [plain(content) for content in contents((touchstone.body, touchstone.annexes))] + list(touchstone.closing)
    assert _same_order(" ".join(said)).split() == re.sub(r"\^\(.\)|\*", "", body).split()
    assert [(str(note.number), _same_order(plain(note.content))) for note in touchstone.notes] == [
        (number.translate(WESTERN), text.replace("*", "")) for number, text in notes
    ]
    preface = touchstone.preface
    for said_line in (preface.session, preface.agenda_item, preface.adoption, plain(preface.title)):
        assert said_line in front


def test_numbers_become_references_in_logical_order(touchstone: Document) -> None:
    found = [(inline.text, str(inline.target)) for inline in _inlines(touchstone) if isinstance(inline, Reference)]
    assert ("٦٤/٢٩٣", "A/RES/64/293") in found
    assert ("٧١/٢٨٧", "A/RES/71/287") in found
    assert len(found) == 6


def test_what_looks_wrong_is_told_with_its_line_and_left_as_it_is(touchstone: Document) -> None:
    told = {(finding.rule, finding.severity, finding.where.rpartition(":")[2]) for finding in touchstone.findings}
    assert told == {
        ("reference-implausible", Severity.WARNING, "86"),
        ("reference-spellings", Severity.NOTE, "100"),
    }
    assert plain(touchstone.notes[3].content) == "قرار الجمعية العامة ١٧٠/١."


@pytest.mark.parametrize("name", ["E_RES_2017_18.ar", "E_RES_2041_7.en"])
def test_an_example_is_equal_as_transcript_and_as_markdown(name: str) -> None:
    assert formats.read(EXAMPLES / f"{name}.txt") == formats.read(EXAMPLES / f"{name}.md")


def _inlines(document: Document) -> Iterator[Inline]:
    for content in contents((document.body, document.annexes)):
        yield from inlines(content)


def _same_order(text: str) -> str:
    """Write the numbers on both sides of every slash in one order, as the test of words does not look at it."""
    return re.sub(r"[٠-٩]+/[٠-٩]+", lambda found: "/".join(sorted(found[0].split("/"))), text)


# --- other resolutions ------------------------------------------------------------------------------------------------

ASSEMBLY = """Distr.: General
5 November 2038

General Assembly

Ninety-third session
Agenda items 43 and 44

Resolution adopted by the General Assembly
on 1 November 2038

93/8. Lanterns of
lighthouses

The General Assembly

Decides that lanterns of lighthouses are lit at dusk,
and put out at dawn.

Please recycle

38-18418 (E)

30th plenary meeting
1 November 2038
"""


def test_another_organ_with_one_unnumbered_paragraph_and_broken_lines_reads_too(tmp_path: Path) -> None:
    document = _read(tmp_path, ASSEMBLY)
    assert str(document.symbol) == "A/RES/93/8"
    assert document.preface.adoption == "Resolution adopted by the General Assembly on 1 November 2038"
    assert plain(document.preface.title) == "Lanterns of lighthouses"
    assert document.preface.basis is None
    assert [plain(paragraph.content) for paragraph in document.operative] == [
        "Decides that lanterns of lighthouses are lit at dusk, and put out at dawn."
    ]
    assert document.operative[0].number is None


def test_sub_paragraphs_of_two_degrees_are_told_by_their_neighbours(tmp_path: Path) -> None:
    letters = "".join(f"({letter}) Item {letter},\n\n" for letter in "abcdefgh")
    text = ASSEMBLY.replace(
        "Decides that", f"1. Decides:\n\n{letters}(i) Item i:\n\n(i) Inner one,\n\n(ii) Inner two;\n\n2. Decides that"
    )
    items = _read(tmp_path, text).operative[0].items
    assert [item.ordinal for item in items] == list(range(1, 10))
    assert [item.ordinal for item in items[8].items] == [1, 2]


def test_a_form_feed_is_a_page_end(tmp_path: Path) -> None:
    document = _read(tmp_path, ASSEMBLY.replace("at dusk,\n", "at dusk,\n\n\f"))
    assert PageEnd() in document.operative[0].content


# --- bad sources ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \n", "\ufeff".encode()])
def test_an_empty_source_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "empty" in _error(tmp_path, data).message


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"%PDF-1.7\n\xff", "pdftotext"),
        ("Distr.: General".encode("utf-16"), "UTF-16"),
        ("المجلس".encode("windows-1256"), "windows-1256"),
        (b"PK\x03\x04 word", "zip"),
        (b"Distr.: General\x00\n", "binary"),
    ],
)
def test_what_is_not_utf8_text_is_refused_with_the_way_out(tmp_path: Path, data: bytes, hint: str) -> None:
    assert hint in _error(tmp_path, data).hint


def test_ten_megabytes_of_one_line_are_refused_by_size(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="larger than 8 MiB"):
        _read(tmp_path, b"a" * 10_000_000)


def test_a_long_line_is_refused_shortly(tmp_path: Path) -> None:
    error = _error(tmp_path, "Distr.: General\n" + "a " * 1_000_000 + "\n17-12889 (A)")
    assert _line(error) == 2
    assert len(error.message) < 200


def test_a_source_cut_in_mid_note_is_refused_at_its_end(tmp_path: Path) -> None:
    text = ARABIC.read_text(encoding="utf-8")
    error = _error(tmp_path, text[: text.index("المجلد ٢٢٣٧")])
    assert "closing lines" in error.message
    assert _line(error) == 54


@pytest.mark.parametrize(
    ("before", "after", "message", "line"),
    [
        ("بالتنسيق^(٣)،", "بالتنسيق،", "note 3 is never called", 70),
        ("(٣) انظر A/71/119.", "", "call to undefined note 3", 62),
        ("(٢) المرجع", "(١) المرجع", "duplicate note 1, first defined in line 52", 54),
        ("دورة عام ٢٠١٧\n", "", "expected the session", 9),
        ("المجلس الاقتصادي والاجتماعي\n\n\n", "", "expected the organ", 6),
        ("قرار اتخذه المجلس", "قرار اتخذه مجلس", "expected the adoption line", 12),
        ("إن المجلس الاقتصادي والاجتماعي،\n", "", "expected the enacting formula", 19),
        ("١٨/٢٠١٧ -", "١٨/٢٠١٦ -", "does not fit the date of adoption", 16),
        ("17-12889 (A)", "", "no job number", 118),
        ("الجلسة العامة ٤٠\n", "", "ends without its closing lines", 117),
        ("٢٠١٧\n\n[", "٢٠١٧\n\nنص\n\n[", "expected the number and title", 14),
    ],
)
def test_what_is_missing_or_out_of_place_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, message: str, line: int
) -> None:
    text = ARABIC.read_text(encoding="utf-8")
    assert before in text
    error = _error(tmp_path, text.replace(before, after, 1))
    named = [each for each in error.each if message in each.message]
    assert [_line(each) for each in named] == [line]


def test_a_paragraph_number_that_stands_twice_is_a_finding(tmp_path: Path) -> None:
    document = _read(tmp_path, ARABIC.read_text(encoding="utf-8").replace("٣ - يدعو", "٢ - يدعو"))
    told = {(finding.rule, finding.severity) for finding in document.findings}
    assert ("paragraph-repeated", Severity.ERROR) in told
    assert [paragraph.number for paragraph in document.operative][:4] == [1, 2, 2, 4]


def test_marks_that_do_not_close_stay_text_and_are_told(tmp_path: Path) -> None:
    document = _read(tmp_path, ENGLISH.read_text(encoding="utf-8").replace("*Takes note*", "*Takes note"))
    assert plain(document.operative[0].content).startswith("*Takes note of")
    assert "emphasis-unclosed" in {finding.rule for finding in document.findings}


def test_a_file_that_is_not_there_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        formats.read(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match="no reader"):
        formats.read(tmp_path / "picture.png")


def test_asterisks_between_spaces_are_signs_and_those_at_words_are_emphasis() -> None:
    source = (ROOT / "examples" / "E_RES_2041_7.en.txt").read_text("utf-8")
    line = next(line for line in source.splitlines() if "Recalling" in line)
    changed = source.replace(line, f"{line} 2 * 3, * a, *one* b*", 1)
    texts = [plain(content) for content in contents(formats.parse(changed.encode(), "x.txt"))]
    assert [text for text in texts if text.endswith("2 * 3, * a, one b*")]


def test_the_text_of_a_pdf_in_the_order_of_its_stream_says_how_to_extract_it() -> None:
    text = "United Nations A/80/600\nGeneral Assembly Distr.: General\n26 January 2026\n26-00971 (E)\nText."
    with pytest.raises(SourceError, match="without the places of its words") as error:
        formats.parse(text.encode(), "x.txt")
    assert error.value.hint == "extract it with pdftotext -layout"
