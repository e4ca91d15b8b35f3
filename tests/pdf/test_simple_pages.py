"""Simple pages are read without PDFium: what is on them, and in which order, is what PDFium reads."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead import formats
from masthead.document import Document, model
from masthead.page import mark_up
from masthead.pdf.content.fonts import read_to_unicode
from masthead.pdf.content.runs import read_page_texts
from masthead.pdf.drawn import raster, words
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.drawing_reader import read_drawings
from masthead.pdf.drawn.drawings import Drawing
from masthead.pdf.drawn.pages import DrawnSpan, Page, read_page, text_by_content
from masthead.pdf.drawn.shown_text import WordTexts
from masthead.pdf.drawn.simple_pages import SimplePages
from masthead.pdf.glyphs.known_fonts import KnownFonts
from masthead.pdf.opening import open_pdf
from masthead.typesetting import fonts, typeset
from paths import EXAMPLES

if TYPE_CHECKING:
    from masthead.publication import Edition

NEAR = 0.002  # points: PDFium's numbers have 24 bits
TEXTS = {
    "ar": (
        "كما وردت الأحكام في الجزء ٢١ من الوثيقة، في ١٢/٤ و ٢٧، ٢٨ (٢٩) و«٣٠».",
        "تقدير المجلس الاقتصادي والاجتماعي لمكافحة الاتجار بالجريمة المنظمة عملاً بأحكامها، ٢٠١٧ – ٢٠١٨.",
        "نصٌّ مُشكَّلٌ فيهِ حركاتٌ كثيرةٌ: لِأنَّ الضَّمَّةَ والشَّدَّةَ معاً، ثمّ 12.5% و ١٫٢٥ في المائة.",
        "يشير إلى COVID-19 وإلى A/RES/70/1 وإلى (UNODC) في سطر واحد، [و] «هكذا»؛ و٥ كم.",
    ),
    "en": (
        'It said: "AVA To" (see 12–15, a/b, 3.5 per cent) and well-known co-operation, office, fjord; résumé naïve.',
        "In 2 001 it met on 31\u00a0October 2019, in para.\u00a04 (a) [sic] and section\u00a0II of 1\u00a0000 pages.",
    ),
    "ru": (
        "Подтверждая резолюцию 1325 (2000) от 31\u00a0октября 2000 года, «Ёлка», № 5.",
        "В пункте\u00a017 выше – также.",
    ),
    "fr": ("L’Assemblée «\u00a0générale\u00a0» : 1\u00a0250 œuvres ; où ça ? Voilà ! Noël à l’île, et cetera.",),
}


def near(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def placed(characters: Sequence[Character]) -> list[Character]:
    """Characters in one order, whichever of two at one place comes first."""
    return sorted(characters, key=lambda each: (round(each.baseline, 1), round(each.left, 2), each.text))


def assert_span(own: DrawnSpan, other: DrawnSpan) -> None:
    assert (own.text, own.font, own.bold) == (other.text, other.font, other.bold)
    assert near((*own.box, own.baseline, own.size), (*other.box, other.baseline, other.size))
    assert len(own.characters) == len(other.characters) == len([*own.characters])
    for one, two in zip(placed(own.characters), placed(other.characters), strict=True):
        assert (one.text, one.spaced, one.font, one.content) == (two.text, two.spaced, two.font, two.content)
        assert near(one[1:7], two[1:7])
    for end in (0, -1):
        assert own.characters[end] == [*own.characters][end]


def assert_page(own: Page, other: Page) -> None:
    assert (own.number, own.right_to_left) == (other.number, other.right_to_left)
    assert near((own.width, own.height), (other.width, other.height))
    assert [line.text for line in own.lines] == [line.text for line in other.lines]
    for one, two in zip(own.lines, other.lines, strict=True):
        assert near((*one.box, one.baseline, one.size), (*two.box, two.baseline, two.size))
        assert (one.contents, one.content, sorted(one.texts)) == (two.contents, two.content, sorted(two.texts))
        for spans in zip(one.spans, two.spans, strict=True):
            assert_span(*spans)
        for spans in zip(one.raised, two.raised, strict=True):
            assert_span(*spans)
    assert_drawings(own.drawings, other.drawings)
    texts = [text_by_content({0: page}) for page in (own, other)]
    for content in {content for line in other.lines for content in line.contents}:
        assert texts[0](0, content) == texts[1](0, content)


def assert_drawings(own: Sequence[Drawing], other: Sequence[Drawing]) -> None:
    assert len(own) == len(other)
    for one, two in zip(own, other, strict=True):
        assert replace(one, box=two.box) == two and near(one.box, two.box)


def both(pdf: bytes) -> Iterator[tuple[Page | None, Page]]:
    """Each page by our own reading, None where that is not simple, and by PDFium."""
    file, count = open_pdf(pdf)
    simple = SimplePages(file, read_page_texts(file), KnownFonts(file, fonts.find_faces()))
    before: list[Page] = []
    with raster.opened(pdf) as opened:
        for index in range(count):
            own = simple.page(index, lambda at: read_drawings(opened[at]), before)
            before.append(read_page(opened[index], index, before))
            yield own, before[-1]


def document(language: str, texts: Sequence[str]) -> Document:
    """A resolution in a language that has these paragraphs."""
    body = tuple(model.Paragraph(model.Role.PREAMBULAR, (model.Text(text),)) for text in texts)
    specimen = formats.read(EXAMPLES / "specimens" / f"A_RES_104_12.{language}.md")
    return replace(specimen, body=body, notes=(), annexes=(), pagination=model.Pagination.FLOW)


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("lines", model.LineBreaking)
def test_what_simple_pages_show_is_what_pdfium_reads(language: str, lines: model.LineBreaking) -> None:
    shown = replace(document(language, TEXTS[language] * 3), lines=lines)
    pages = [*both(typeset(mark_up(shown)).data)]
    assert all(own for own, _ in pages)
    for own, other in pages:
        if own:
            assert_page(own, other)
    spans = [span for own, _ in pages if own for line in own.lines for span in line.spans]
    assert sum(isinstance(span.characters, WordTexts) for span in spans) > len(spans) / 4


def test_the_pages_of_the_touchstone_are_simple(touchstone_edition: Edition) -> None:
    for own, other in both(touchstone_edition.pdf.data):
        assert own is not None
        assert_page(own, other)


@pytest.mark.parametrize("text", ["نصٌّ\u00a0مُشكَّلٌ\u00a0فيهِ معاً\u00a0٥", "شدّّة وبًً هنا"])
def test_marks_beside_no_break_spaces_and_marks_drawn_twice_are_left_to_pdfium(text: str) -> None:
    pages = [*both(typeset(mark_up(document("ar", [text]))).data)]
    assert pages[0][0] is None


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        change(file)
        file.save(made := io.BytesIO())
    return made.getvalue()


def added(content: str) -> Callable[[pikepdf.Pdf], None]:
    """A change that adds a content to the second page, as part of the same stream."""

    def change(file: pikepdf.Pdf) -> None:
        stream = file.pages[1].Contents
        stream.write(stream.read_bytes() + content.encode())

    return change


def font_with_another_name(file: pikepdf.Pdf) -> None:
    for font in file.pages[1].Resources.Font.as_dict().values():
        font.DescendantFonts[0].BaseFont = pikepdf.Name("/ABCDEF+Other")


def other_widths(file: pikepdf.Pdf) -> None:
    for font in file.pages[1].Resources.Font.as_dict().values():
        font.DescendantFonts[0].DW = 500
        font.DescendantFonts[0].W = pikepdf.Array([3, pikepdf.Array([400, 900, 300])])


def codes_without_text(file: pikepdf.Pdf) -> None:
    for font in file.pages[1].Resources.Font.as_dict().values():
        font.ToUnicode.write(b"")


def with_fonts(change: Callable[[pikepdf.Object], None]) -> Callable[[pikepdf.Pdf], None]:
    """A change of each font of the second page."""

    def changes(file: pikepdf.Pdf) -> None:
        for font in file.pages[1].Resources.Font.as_dict().values():
            change(font)

    return changes


def with_table(change: Callable[[bytes], bytes]) -> Callable[[pikepdf.Pdf], None]:
    return with_fonts(lambda font: font.ToUnicode.write(change(font.ToUnicode.read_bytes())))


def halves(font: pikepdf.Object) -> None:
    font.DescendantFonts[0].W = pikepdf.Array(
        [float(each) + 0.5 for each in items] if isinstance(items, pikepdf.Array) else items
        for items in font.DescendantFonts[0].W
    )


def negative(font: pikepdf.Object) -> None:
    font.DescendantFonts[0].W[1][0] = -100


def damaged(font: pikepdf.Object) -> None:
    program = font.DescendantFonts[0].FontDescriptor.FontFile2
    program.write(program.read_bytes().replace(b"glyf", b"glyF", 1))


def damaged_outlines(font: pikepdf.Object) -> None:
    program = font.DescendantFonts[0].FontDescriptor.FontFile2
    data = bytearray(program.read_bytes())
    (start,) = (
        int.from_bytes(data[place + 8 : place + 12])
        for place in range(12, 12 + 16 * data[5], 16)
        if data[place : place + 4] == b"glyf"
    )
    data[start + 40] ^= 1
    program.write(bytes(data))


def twice(font: pikepdf.Object) -> None:
    widths = font.DescendantFonts[0].W
    font.DescendantFonts[0].W = pikepdf.Array([*widths, widths[0], pikepdf.Array([700])])


def surrogates(table: bytes) -> bytes:
    return re.sub(rb"<(....)> <006[0-9a-f]>", rb"<\1> <d835>", table)


def counts(table: bytes) -> bytes:
    return re.sub(rb"[0-9]+ beginbfchar", b"1 beginbfchar", table)


def a_form_with_text(file: pikepdf.Pdf) -> None:
    page = file.pages[1]
    form = pikepdf.Stream(file, b"/F1 12 Tf <0003> Tj", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    page.Resources = pikepdf.Dictionary(Font=page.Resources.Font, XObject={"/Text": file.make_indirect(form)})
    added("\n/Text Do 0 0 m 9 9 l S\n")(file)


def joined(file: pikepdf.Pdf) -> None:
    stream = file.pages[1].Contents
    stream.write(stream.read_bytes().replace(b" Tm\n", b"Tm\n", 1))


CHANGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "a font without a name": added("\nBT /F1 12 Tf (plain) Tj ET"),
    "turned": lambda file: setattr(file.pages[1], "Rotate", 90),
    "cropped": lambda file: setattr(file.pages[1], "CropBox", pikepdf.Array([10, 10, 500, 700])),
    "moved": lambda file: setattr(file.pages[1], "MediaBox", pikepdf.Array([-10, 0, 602, 792])),
    "a state kept in a text": added("\nBT q Q ET"),
    "a text in a text": added("\nBT BT ET ET"),
    "marked content in another one": added("\n/P <</MCID 901>> BDC /Span <</MCID 902>> BDC EMC EMC"),
    "an artifact in marked content": added("\n/P <</MCID 901>> BDC /Artifact BMC EMC EMC"),
    "an identifier with a point": added("\n/P <</MCID 901.0>> BDC EMC"),
    "a form with text": a_form_with_text,
    "a number joined to its operator": joined,
}
CHANGES_OF_FONTS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "another font": font_with_another_name,
    "codes without text": codes_without_text,
    "other widths": other_widths,
    "another kind": with_fonts(lambda font: setattr(font.DescendantFonts[0], "Subtype", pikepdf.Name.CIDFontType0)),
    "another collection": with_fonts(lambda font: setattr(font.DescendantFonts[0].CIDSystemInfo, "Ordering", "Japan1")),
    "half widths": with_fonts(halves),
    "two widths": with_fonts(twice),
    "a width below 0": with_fonts(negative),
    "a font without outlines": with_fonts(damaged),
    "damaged outlines": with_fonts(damaged_outlines),
    "half a width for the rest": with_fonts(lambda font: setattr(font.DescendantFonts[0], "DW", 499.5)),
    "surrogates alone": with_table(surrogates),
    "lists that are longer than they say": with_table(counts),
    "codes of one byte": with_table(lambda table: table.replace(b"<00", b"<")),
    "a comment": with_table(lambda table: table + b"% comment"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_other_pages_are_left_to_pdfium(touchstone_edition: Edition, name: str) -> None:
    pages = [*both(changed(touchstone_edition.pdf.data, CHANGES[name]))]
    assert pages[1][0] is None
    assert all(own is not None for own, _ in pages[2:3])


@pytest.mark.parametrize("name", CHANGES_OF_FONTS)
def test_pages_in_other_fonts_are_left_to_pdfium(touchstone_edition: Edition, name: str) -> None:
    pages = [*both(changed(touchstone_edition.pdf.data, CHANGES_OF_FONTS[name]))]
    assert pages[1][0] is None


LETTERS = {"ar": "لمنوف  ١٢٣/.()-:،\u064b\u0651", "en": "alnAlt  120/.()-:,;"}  # of random texts, as many of each
HEAD = "BT 1 0 0 1 20 20 Tm %s 10 Tf [<%s>] TJ ET "  # a line over the whole page, so that PDFium reads across
Shown = tuple[Sequence[tuple[int, str]], float, float, float]
"""A text: its letters, each with a distance after it; its size; how far the next one is to the right of it and up."""

distances = st.sampled_from(("",) * 8 + ("-78", "1", "5", "-300", "-124.5"))
shown_texts = st.tuples(
    st.lists(
        st.tuples(st.integers(0, 17), st.sampled_from(("",) * 8 + ("-78", "1", "5", "-300", "-124.5"))), min_size=1
    ),
    st.sampled_from((12, 12, 12, 6, 18, 12.5)),
    st.sampled_from((0, 0, 0.5, 1, 2, 5, 20, 60)),
    st.sampled_from((0, 0, 0, 4, -4, 1, -0.01, -14, -30)),
)


@cache
def page_of(language: str) -> tuple[bytes, str, Mapping[str, str], Mapping[str, float]]:
    """A file with one page; the name of the font of its text, the code of each letter there, and the width of each."""
    alphabet = re.sub("[\u064b\u0651]", r"ل\g<0>", " ".join(LETTERS[language]))  # no mark alone
    pdf = typeset(mark_up(document(language, [*TEXTS[language], alphabet]))).data
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.pages[1:]
        for name in {"/StructTreeRoot", "/Names", "/Outlines", "/PageLabels"} & set(file.Root.keys()):
            del file.Root[name]
        font = Counter(run.font for text in read_page_texts(file) for run in text.runs).most_common(1)[0][0]
        assert font
        letters = {text: f"{code:04x}" for code, text in read_to_unicode(font.to_unicode.read_bytes()).items()}
        names = {str(each.BaseFont): name for name, each in file.pages[0].Resources.Font.items()}
        file.save(made := io.BytesIO())
        widths = {code: font.widths[int(code, 16)] for code in letters.values()}
    return made.getvalue(), names[f"/{font.name}"], letters, widths


def content_of(language: str, texts: Sequence[Shown]) -> str:
    """The content of a page with these texts."""
    _, name, letters, widths = page_of(language)
    alphabet = [letters[letter] for letter in LETTERS[language]]
    content = HEAD % (name, f"{alphabet[0]}{alphabet[1]}{letters[' ']}" * 60)
    x, y = 100.0, 700.0
    for places, size, across, up in texts:
        shown = [(alphabet[place], back) for place, back in places]
        array = "".join(f"{code}>{back}<" for code, back in shown)
        content += f"BT 1 0 0 1 {x:.3f} {y} Tm {name} {size} Tf [<{array}>] TJ ET "
        width = sum(widths[code] - float(back or 0) for code, back in shown) * size / 1000
        x, y = (x + max(width, 0) + across if up > -10 else 100.0), y + up
    return content


@pytest.mark.parametrize("language", LETTERS)
@given(texts=st.lists(shown_texts, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_texts_of_any_kind_are_read_as_pdfium_reads_them(language: str, texts: Sequence[Shown]) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].Contents = file.make_stream(content_of(language, texts).encode())

    for own, other in both(changed(page_of(language)[0], change)):
        if own:
            assert_page(own, other)


NUMBERS = (b"0", b"1", b"-1", b"0.5", b"12", b"-14", b"300")
OPERATORS = (
    b" q ",
    b" Q ",
    b" BT ",
    b" ET ",
    b" EMC ",
    b" 5 Ts ",
    b" 2 Tc ",
    b" 50 Tz ",
    b" 1 0 0 1 5 5 cm ",
    b" W n ",
)


def edited(chance: Random, data: bytes) -> bytes:
    """A content or a table of which one token is left out, another one, or somewhere else, or a code is repeated."""
    tokens = re.findall(rb"\s+|[^\s\[\]<>/]+|.", data, re.DOTALL)
    place, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    match chance.choice(("leave out", "repeat", "exchange", "number", "number", "code", "code", "operator")):
        case "leave out":
            del tokens[place]
        case "repeat":
            tokens.insert(place, tokens[other])
        case "exchange":
            tokens[place], tokens[other] = tokens[other], tokens[place]
        case "operator":
            tokens.insert(place, chance.choice(OPERATORS))
        case "number":
            tokens[chance.choice([at for at, token in enumerate(tokens) if token[-1:].isdigit()])] = chance.choice(
                NUMBERS
            )
        case "code":
            at = chance.choice([at for at, token in enumerate(tokens) if re.fullmatch(rb"(?:[0-9a-f]{4})+", token)])
            tokens[at] = tokens[at][:4] * chance.choice((0, 2, 3)) + tokens[at][4:]
    return b"".join(tokens)


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("part", ["content", "texts", "font"])
def test_damaged_pages_are_read_as_pdfium_reads_them(language: str, part: str) -> None:
    chance = Random(f"{language} {part}")

    def change(file: pikepdf.Pdf) -> None:
        page = file.pages[0]
        font = chance.choice([*page.Resources.Font.as_dict().values()])
        if part == "font":
            program = font.DescendantFonts[0].FontDescriptor.FontFile2
            data = bytearray(program.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            program.write(bytes(data))
        else:
            stream = font.ToUnicode if part == "texts" else page.Contents
            stream.write(edited(chance, stream.read_bytes()))

    read = left = 0
    for _ in range(80):
        with suppress(ValueError, TypeError):  # the contents cannot be read
            for own, other in both(changed(page_of(language)[0], change)):
                if own:
                    assert_page(own, other)
                read, left = read + (own is not None), left + (own is None)
    assert left
    assert read or part != "content"


def test_a_text_that_is_drawn_twice_is_left_to_pdfium(touchstone_edition: Edition) -> None:
    def twice(file: pikepdf.Pdf) -> None:
        stream = file.pages[1].Contents
        data = stream.read_bytes()
        (text,) = re.findall(rb"BT\n[^\n]+\n[^\n]+\n[^\n]{200,} TJ\nET\n", data)[:1]
        stream.write(data.replace(text, text * 2))

    assert [own is None for own, _ in both(changed(touchstone_edition.pdf.data, twice))][:3] == [False, True, False]


@pytest.mark.parametrize("many", [0, 30_000])
def test_words_of_earlier_files_do_not_change_what_is_read(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """The same codes draw other glyphs in each of these files, whose subsets of the fonts differ."""
    monkeypatch.setattr(words, "_MANY", many)
    for texts in (TEXTS["ar"][:1], TEXTS["ar"][1:2], TEXTS["ar"][:1]):
        pdf = typeset(mark_up(document("ar", texts))).data
        words.KNOWN.begin_file()
        for own, other in both(pdf):
            assert own is not None
            assert_page(own, other)
