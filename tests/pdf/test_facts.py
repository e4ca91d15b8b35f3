"""Facts are read from published documents of the United Nations, from New York and Geneva, in English and Russian."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from masthead import preflight
from masthead.pdf import Facts, Page, read_text
from masthead.pdf.drawn.pages import read_pages
from masthead.pdf.facts import paragraphs, places, vocabulary
from masthead.preflight import Report
from reference import reference

CUBA, SPACE, BUDGET, ITALY = "A_RES_73_8-EN", "A_RES_73_6-EN", "A_80_604_Add.1", "ohchr_1_ru"


@cache
def report(name: str) -> Report:
    return preflight.check(reference(f"pdf/{name}.pdf").read_bytes(), profile=preflight.profile("foreign"))


def facts(name: str) -> Facts:
    return report(name).facts


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            CUBA,
            {
                "symbol": "A/RES/73/8",
                "organization": "United Nations",
                "organ": "General Assembly",
                "distribution": "General",
                "date": "5 November 2018",
                "date_day": "2018-11-05",
                "version_language": "",
                "original_language": "",
                "job_number": "18-18418",
                "job_letter": "E",
                "job_dates": ("071118",),
                "session": "Seventy-third session",
                "agenda_item": "Agenda item 43",
                "adoption_date": "1 November 2018",
                "adoption_day": "2018-11-01",
                "language": "en",
                "direction": "ltr",
                "pages": 2,
                "paper": "Letter",
                "folio_style": "n/N",
                "barcode": "1818418",
                "qr_code": "http://undocs.org/A/RES/73/8",
                "references": ("A/73/L.3", "A/73/85"),
            },
        ),
        (
            SPACE,
            {
                "symbol": "A/RES/73/6",
                "date_day": "2018-10-31",
                "adoption_day": "2018-10-26",
                "job_number": "18-17962",
                "job_dates": ("021118",),
                "agenda_item": "Agenda item 30",
                "pages": 5,
                "barcode": "1817962",
                "qr_code": "http://undocs.org/A/RES/73/6",
            },
        ),
        (
            BUDGET,
            {
                "symbol": "A/80/604/Add.1",
                "organ": "General Assembly",
                "date_day": "2026-04-07",
                "original_language": "English",
                "version_language": "",
                "job_number": "26-04887",
                "job_letter": "E",
                "job_dates": ("150426",),
                "session": "Eightieth session",
                "agenda_item": "Agenda item 156 (a)",
                "adoption_date": "",
                "pages": 13,
                "paper": "Letter",
                "folio_style": "n/N",
                "barcode": "2604887",
                "qr_code": "https://docs.un.org/en/A/80/604/Add.1",
                "references": ("A/80/596", "A/80/604", "A/80/633", "A/80/5 (Vol. II)", "A/80/604/Add.4"),
            },
        ),
        (
            ITALY,
            {
                "symbol": "A/HRC/WG.6/34/ITA/3",
                "organization": "Организация Объединенных Наций",
                "organ": "Генеральная Ассамблея",
                "distribution": "General",
                "date_day": "2019-08-14",
                "version_language": "Russian",
                "original_language": "English",
                "job_number": "GE.19-13879",
                "job_letter": "R",
                "job_dates": ("210819", "230819"),
                "session": "Тридцать четвертая сессия",
                "agenda_item": "",
                "language": "ru",
                "pages": 18,
                "paper": "A4",
                "folio_style": "n",
                "barcode": "1913879",
                "qr_code": "https://undocs.org/ru/A/HRC/WG.6/34/ITA/3",
            },
        ),
    ],
)
def test_what_the_document_says_of_itself(name: str, expected: dict[str, object]) -> None:
    found = facts(name)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(("name", "last"), [(CUBA, 5), (SPACE, 14), (BUDGET, 44), (ITALY, 94)])
def test_numbered_paragraphs_are_all_found(name: str, last: int) -> None:
    assert [paragraph.number for paragraph in facts(name).paragraphs] == list(range(1, last + 1))


def test_notes_have_their_page_and_every_call() -> None:
    notes = {note.mark: (note.page, note.calls) for note in facts(SPACE).notes}
    assert notes == {
        "1": (1, (1,)),
        "2": (2, (2, 4, 4)),
        "3": (2, (2,)),
        "4": (2, (2,)),
        "5": (3, (3,)),
        "6": (3, (3,)),
    }


def test_table_notes_and_asterisks_are_notes_of_their_page() -> None:
    budget = [(note.mark, note.page, note.calls) for note in facts(BUDGET).notes]
    assert budget == [
        ("a", 1, (1, 1)),
        ("b", 1, (1,)),
        ("1", 3, (3,)),
        ("a", 6, (6, 6)),
        ("a", 7, (7,)),
        ("2", 12, (12,)),
    ]
    assert (facts(ITALY).notes[0].mark, facts(ITALY).notes[0].calls) == ("*", (1,))


def test_endnotes_are_found_with_the_pages_of_their_calls() -> None:
    notes = [note for note in facts(ITALY).notes if note.mark.isdigit()]
    assert [int(note.mark) for note in notes] == list(range(1, 170))
    assert all(len(note.calls) == 1 and note.calls[0] <= note.page for note in notes)


@pytest.mark.parametrize("name", [CUBA, SPACE, BUDGET, ITALY])
def test_heads_and_folios_stand_at_the_outer_edge_of_every_page_but_the_first(name: str) -> None:
    found = facts(name)
    pages = range(2, found.pages + 1)
    outer = {page: "right" if page % 2 else "left" for page in pages}
    assert {head.page: head.side for head in found.running_heads if head.text == found.symbol} == outer
    assert {folio.page: folio.side for folio in found.folios} == outer
    total = f"/{found.pages}" if found.folio_style == "n/N" else ""
    assert [folio.text for folio in found.folios] == [f"{page}{total}" for page in pages]
    assert [job.text for job in found.running_jobs] == [found.job_number] * len(pages)


def test_a_running_title_of_two_lines_is_found() -> None:
    titles = [head.text for head in facts(CUBA).running_heads if head.text != "A/RES/73/8"]
    assert titles == [
        "Necessity of ending the economic, commercial and financial embargo",
        "imposed by the United States of America against Cuba",
    ]


def test_a_tagged_file_whose_tags_say_no_text_is_read_from_its_pages() -> None:
    texts = {(element.kind, element.text) for element in read_text(reference(f"pdf/{SPACE}.pdf"))}
    assert ("P", "1 See A/AC.105/1137.") in texts
    assert ("H2", "Resolution adopted by the General Assembly on 26 October 2018") in texts


@pytest.mark.parametrize("name", [CUBA, SPACE, BUDGET, ITALY])
def test_the_foreign_profile_raises_no_false_error(name: str) -> None:
    assert report(name).findings == ()


@pytest.mark.parametrize(
    ("name", "symbol", "job", "folios"),
    [
        ("ECE_TRADE_C_CEFACT_2018_6.en", "ECE/TRADE/C/CEFACT/2018/6", "GE.18-02016", 21),
        ("ECE_TRADE_C_CEFACT_2019_26.en", "ECE/TRADE/C/CEFACT/2019/26", "GE.19-04574", 11),
        ("A_HRC_WG.6_7_ITA_1.fr", "A/HRC/WG.6/7/ITA/1", "GE.09-17088", 23),
        ("A_HRC_WG.6_34_ITA_3.en", "A/HRC/WG.6/34/ITA/3", "GE.19-13879", 15),
    ],
)
def test_both_pages_of_geneva_are_recognized(name: str, symbol: str, job: str, folios: int) -> None:
    """Before 2019 the masthead and running heads are 14 pt lower, and the feet up to 58 pt higher."""
    pdf = reference(f"geneva/{name}.pdf").read_bytes()
    found = preflight.check(pdf, profile=preflight.profile("foreign")).facts
    assert (found.symbol, found.job_number, len(found.folios)) == (symbol, job, folios)
    assert {head.text for head in found.running_heads} == {symbol}


@pytest.mark.parametrize(
    ("indent", "size", "number"),
    [(0, 10, 14), (23.75, 10, 14), (120, 10, None), (0, 8, None), (120, 8, None)],
    ids=["at the edge", "one indent in", "further in", "in small letters", "further in and small"],
)
def test_a_number_opens_a_paragraph_only_where_paragraphs_begin(indent: float, size: float, number: int | None) -> None:
    file = pikepdf.new()
    file.add_blank_page(page_size=(612, 792))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    file.pages[0].Resources = Dictionary(Font=Dictionary(F=font))

    def page(left: float) -> Page:
        text = f"BT /F {size} Tf {left} 400 Td (14.) Tj 24 0 Td (Lamps are lit.) Tj ET"
        file.pages[0].Contents = file.make_stream(text.encode())
        data = io.BytesIO()
        file.save(data)
        return read_pages(pypdfium2.PdfDocument(data.getvalue()), 1)[0]

    drawn = page(places.column(page(100)) + indent)
    assert paragraphs.opened(drawn, drawn.lines[0]) == number


@pytest.mark.parametrize("label", ["Distr.: General", "Distr. générale", "Distr. general", "Distr.: Limited"])
def test_the_distribution_is_known_by_its_label_in_any_language(label: str) -> None:
    assert vocabulary.begins_distribution(label)
    assert not vocabulary.begins_distribution(f"14 October 2049 {label}")
