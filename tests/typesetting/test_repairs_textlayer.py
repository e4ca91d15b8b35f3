"""Each code of a page stands for what it draws: one character, or in right-to-left text one number."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest

import unrepaired
from masthead.document.errors import TypesettingError
from masthead.typesetting.repairs.glyphgroups import CONTROLS
from masthead.typesetting.typesetter import Pdf, Variant, typeset
from small import html

MARKED = "إذ يُعرب مجدداً عن إدانته الشديدة للكرامة، كلٌّ في إطار ولايته أنّ يحثُّ تنفيذاً فعالاً"


def set_page(body: str, style: str = "", typeset: Callable[..., Pdf] = typeset) -> bytes:
    return typeset(html(f"<p>{body}</p>", style=style), variant=Variant.PLAIN).data


def meanings(pdf: bytes) -> list[str]:
    """What the codes of every font mean, as its ToUnicode says."""
    texts = []
    for number in range(1, pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Size"]):
        thing = pypdf.PdfReader(io.BytesIO(pdf)).get_object(number)
        if isinstance(thing, pypdf.generic.StreamObject) and b"beginbfchar" in thing.get_data():
            codes = re.findall(rb"<[0-9a-f]{4}> <([0-9a-f]*)>", thing.get_data())
            texts += [bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes]
    return texts


def letters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFD", text) if not char.isspace() and char not in CONTROLS)


@pytest.mark.parametrize("reader", ["pypdf", "pdfium"])
def test_every_letter_and_mark_comes_back_once(reader: str) -> None:
    pdf = set_page(MARKED)
    if reader == "pypdf":
        read = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    else:
        read = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert letters(read) == letters(MARKED)


def test_stock_leaves_codes_without_meaning() -> None:
    assert "" in meanings(set_page(MARKED, typeset=unrepaired.typeset))
    assert all(meanings(set_page(MARKED)))


def test_controls_mean_nothing() -> None:
    pdf = set_page("قرارها ٦٤\u200f/\u200f٢٩٣ \u200fالمؤرخ مس\u200d<b>\u200dتقبل</b> \u202dabc\u202c")
    assert not CONTROLS & set("".join(meanings(pdf)))


def test_a_number_is_one_code() -> None:
    assert {"٢٠١٧", "٦٤/٢٩٣"} <= set(meanings(set_page("عام ٢٠١٧ في القرار ٦٤/٢٩٣ المؤرخ")))


def test_a_number_at_the_end_of_a_line_does_not_mix_the_lines_for_pdfium() -> None:
    words = " ".join(f"word{at} <span style='white-space: nowrap'>1,234,567,{at}</span>" for at in range(100, 160))
    page = html(f"<p>{words}</p>", root='lang="en"', style="html { font: 10pt/1.2 Liberation Serif }")
    pages = pypdfium2.PdfDocument(typeset(page, variant=Variant.PLAIN).data)
    read = " ".join(each.get_textpage().get_text_range() for each in pages)
    assert read.split() == re.sub("<[^>]*>", "", words).split()


@pytest.mark.parametrize("reader", ["pypdf", "pdfium"])
@pytest.mark.parametrize("family", ["DejaVu Sans", "Amiri"])
def test_letters_of_a_ligature_are_read_in_their_order(family: str, reader: str) -> None:
    words = "الإقليم والأقضية عملا بالآثار عملاً لأمم"
    pdf = set_page(words, style=f'p {{ font-family: "{family}" }}')
    if reader == "pypdf":
        read = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    else:
        read = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert [letters(word) for word in read.split()] == [letters(word) for word in words.split()]
    bare = [re.sub("[\u064b-\u0652]", "", unicodedata.normalize("NFC", text)) for text in (read, words)]
    assert bare[0].split() == bare[1].split()


def test_spaces_are_glyphs_even_alone_in_their_box() -> None:
    pdf = set_page("كلمة<b> </b>أخرى")
    assert pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split() == ["كلمة", "أخرى"]


def test_the_page_has_no_text_rise_and_no_actual_text() -> None:
    content = pypdf.PdfReader(io.BytesIO(set_page(MARKED))).pages[0].get_contents()
    assert content is not None
    assert not re.search(rb"\bTs\b|ActualText", content.get_data())


def test_a_missing_glyph_is_named_with_the_text_around_it() -> None:
    with pytest.raises(TypesettingError, match=r"U\+13080") as raised:
        set_page("قبل 𓂀 بعد")
    assert "قبل 𓂀 بعد" in raised.value.where


def test_a_family_that_is_not_bundled_is_refused() -> None:
    with pytest.raises(TypesettingError, match="Garamond"):
        set_page("نص", style="p { font-family: Garamond, Amiri }")


def test_letters_that_the_requested_family_lacks_are_drawn_by_the_first_that_has_them_and_reported() -> None:
    page = html("<p>one <b>نص</b> two 中文 three</p>", style='p { font-family: "Liberation Serif" }')
    findings = typeset(page, variant=Variant.PLAIN).findings
    assert [(found.severity, found.rule, found.where) for found in findings] == [
        ("note", "substitute-font", "“نص”"),
        ("note", "substitute-font", "“中文”"),
    ]
    assert [found.message.partition(" in ")[2] for found in findings] == ["Amiri", "Noto Serif SC"]
    assert typeset(html("<p>نص</p>"), variant=Variant.PLAIN).findings == ()


@pytest.mark.parametrize("style", ["", "font-weight: bold", "font-style: italic"])
@pytest.mark.parametrize("family", ['"Liberation Serif"', "Amiri", '"Liberation Serif", "Noto Serif SC"'])
def test_a_non_breaking_hyphen_is_drawn_as_the_hyphen_of_its_font_and_no_line_ends_at_it(
    family: str, style: str
) -> None:
    text = "8747\u2011th " + "co\u2011op " * 30
    page = html(f"<p dir=ltr lang=en>{text}</p>", style=f"p {{ font-family: {family}; text-align: start; {style} }}")
    pdf = typeset(page, variant=Variant.PLAIN)
    content = pypdf.PdfReader(io.BytesIO(pdf.data)).pages[0]
    read = content.extract_text()
    assert read.split() == text.split()
    assert not any(line.rstrip().endswith("\u2011") for line in read.splitlines())
    assert len(content["/Resources"]["/Font"]) == 1
    assert pdf.findings == ()


def test_a_font_may_draw_thousands_of_different_characters() -> None:
    chars = "".join(map(chr, range(0x4E00, 0x4E00 + 3000))) + "𠂇𡎚𩾃"
    pdf = set_page(chars, style='@page { size: 500pt 900pt } p { font-family: "Noto Serif SC" }')
    read = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "".join(read.split()) == chars


@pytest.mark.parametrize("family", ["Amiri", "DejaVu Sans"])
def test_what_is_drawn_is_what_stock_draws(family: str) -> None:
    """The same ink: composites and codes change what a reader gets, not what an eye sees."""
    text = "إذ يُعرب مجدداً عن إدانته لأمم، عام ٢٠١٧ و Treaty Series"
    style = f'p {{ text-align: start; width: 150pt; font-family: "{family}", "Liberation Serif" }}'
    ours, stock = (
        pypdfium2.PdfDocument(set_page(text, style, each))[0].render(scale=3, grayscale=True).to_numpy().astype(int)
        for each in (typeset, unrepaired.typeset)
    )
    assert abs(ours - stock).mean() < 0.6
