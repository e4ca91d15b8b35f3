"""Charts from tables and CSV files, and pictures that are empty, damaged or incomplete."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageFile

from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.model import Document, Figure, FigureKind, plain
from masthead.document.terms import WESTERN
from masthead.formats import charting
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
FRONT = {
    "en": (SPECIMENS / "A_RES_104_12.en.md").read_text("utf-8").partition("\n---\n")[0],
    "ar": (SPECIMENS / "A_RES_104_12.ar.md").read_text("utf-8").partition("\n---\n")[0],
    "fr": (SPECIMENS / "A_RES_104_12.fr.md").read_text("utf-8").partition("\n---\n")[0],
}
TABLE = "| Harbour | 2041 | 2042 |\n|---|--:|--:|\n| Levee | 12 | 30 |\n| Quay | 25.5 | – |\n| Pier | 7 | 41 |\n"
SVG = {"s": "http://www.w3.org/2000/svg"}


def read(body: str, folder: Path = Path(), language: str = "en") -> Document:
    return formats.parse(f"{FRONT[language]}\n---\n\nText.\n\n{body}\n".encode(), str(folder / "x.md"))


def figure(body: str, folder: Path = Path(), language: str = "en") -> Figure:
    (found,) = [block for block in read(body, folder, language).body if isinstance(block, Figure)]
    return found


def drawn(chart: Figure) -> etree._Element:
    return etree.fromstring(chart.picture)


def texts(chart: Figure) -> list[str]:
    return ["".join(each.itertext()) for each in drawn(chart).iterfind(".//s:text", SVG)]


def refusal(body: str, folder: Path = Path(), language: str = "en") -> str:
    with pytest.raises(SourceError) as caught:
        read(body, folder, language)
    return f"{caught.value.where}: {caught.value.message} ({caught.value.hint})"


# --- from a table -----------------------------------------------------------------------------------------------------


def test_a_table_after_the_mark_of_a_chart_is_a_figure_with_all_its_values_in_words() -> None:
    chart = figure(f"<!-- figure 2, columns --> Keepers\n\n{TABLE}\n<!-- remark --> *Source:* Office.")
    assert (chart.kind, chart.media_type, chart.caption.ordinal) == (FigureKind.CHART, "image/svg+xml", 2)
    assert chart.alternative == "2041 – Levee: 12; Quay: 25.5; Pier: 7. 2042 – Levee: 30; Pier: 41"
    assert {"Levee", "Quay", "Pier", "2041", "2042", "12", "25.5", "41"} <= set(texts(chart))
    assert plain(chart.remarks[0]).startswith("Source:")


@pytest.mark.parametrize(
    "form",
    [kind for kind in charting.KINDS if kind != "points"]
    + ["columns, stacked", "columns, shares", "bars, stacked", "bars, shares", "area, shares", "columns, line 2"],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_shows_its_values_inside_the_drawing(form: str, language: str) -> None:
    chart = figure(f"<!-- figure, {form} --> Keepers\n\n{TABLE}", language=language)
    root = drawn(chart)
    width, height = (float(each) for each in root.get("viewBox", "").split()[2:])
    for each in root.iterfind(".//s:text", SVG):
        assert -1 <= float(each.get("x")) <= width + 1 and 0 <= float(each.get("y")) <= height + 1
    shown = {
        re.sub(r"[\u2066-\u2069\u200e\u200f]", "", text).translate(WESTERN).replace("٫", ".") for text in texts(chart)
    }
    assert {"12", "25.5", "7", "30", "41"} <= shown, shown


def test_the_heights_of_columns_are_those_of_the_values() -> None:
    chart = figure("<!-- figure, columns --> Boats\n\n| Year | Boats |\n|---|--:|\n| 2041 | 10 |\n| 2042 | 40 |\n")
    columns = []
    for each in drawn(chart).iterfind(".//s:polygon", SVG):
        places = [tuple(map(float, pair.split(","))) for pair in each.get("points").split()]
        columns.append(max(y for _, y in places) - min(y for _, y in places))
    assert abs(columns[1] / columns[0] - 4) < 0.01


def test_series_differ_in_more_than_their_shades() -> None:
    both = drawn(figure(f"<!-- figure, columns --> Keepers\n\n{TABLE}"))
    assert len(both.findall(".//s:polygon[@fill='#ffffff']", SVG)) == 3, "two columns and the square of the legend"
    lines = [each for each in both.iterfind(".//s:line", SVG) if each.get("x1") != each.get("x2")]
    assert len([each for each in lines if each.get("y1") != each.get("y2")]) > 20, "lines over the second series"
    dashed = drawn(figure(f"<!-- figure, lines --> Keepers\n\n{TABLE}"))
    assert {each.get("stroke-dasharray") for each in dashed.iterfind(".//s:line", SVG)} >= {None, "5 2"}


def test_an_arabic_chart_is_read_from_the_right_with_its_own_digits() -> None:
    table = "| الميناء | الحراس |\n|---|--:|\n| السد | 12 |\n| الرصيف | 30 272 |\n"
    chart = figure(f"<!-- figure, columns --> الحراس\n\n{table}", language="ar")
    places = {"".join(each.itertext()): float(each.get("x")) for each in drawn(chart).iterfind(".//s:text", SVG)}
    assert places["السد"] > places["الرصيف"]
    assert any("٣٠\u00a0٢٧٢" in text for text in places), places
    latin = figure(f"<!-- figure, columns --> Keepers\n\n{TABLE}")
    first = {"".join(each.itertext()): float(each.get("x")) for each in drawn(latin).iterfind(".//s:text", SVG)}
    assert first["Levee"] < first["Quay"]


@pytest.mark.parametrize(
    "language, typed, value",
    [
        ("en", "1,250", 1250), ("en", "1,250.5", 1250.5), ("en", "(12)", -12), ("en", "−3.5", -3.5), ("en", "40%", 40),
        ("fr", "1 250,5", 1250.5), ("fr", "12,5", 12.5), ("fr", "1,250", 1.25), ("ar", "١٢٫٥", 12.5),
        ("ar", "30 272 400", 30272400), ("ar", "000 210", 210000), ("en", "$1,250", 1250), ("en", "2,5", 2.5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(language: str, typed: str, value: float) -> None:
    from masthead.document import locales
    from masthead.document.terms import Language

    assert (
        charting._value(charting.ChartRow((typed,), ""), 0, locale=locales.load(Language(language)), is_data=False)
        == value
    )


def test_the_same_values_give_the_same_bytes_and_documents_go_round() -> None:
    body = f"<!-- figure 1, bars, stacked --> Keepers\n\n{TABLE}"
    document = read(body)
    assert read(body) == document
    assert formats.parse(formats.render(document, ".md"), "x.md") == document


@pytest.mark.parametrize(
    "body, expected",
    [
        (f"<!-- figure 1 --> Keepers\n\n{TABLE}", "no figure after its mark (say how the table is drawn"),
        (f"<!-- figure 1, columns, pie --> A\n\n{TABLE}", "the kind of chart is not clear (name one of columns"),
        (f"<!-- figure 1, lines, stacked --> A\n\n{TABLE}", "stacked does not apply to lines"),
        (f"<!-- figure 1, columns --> A\n\n{TABLE.replace('25.5', 'many')}", "x.md:26:1: “many” is not a number"),
        (f"<!-- figure 1, columns --> A\n\n{TABLE.replace('| Pier', '| == Pier')}", "rows that are not values"),
        (f"<!-- figure 1, columns --> A\n\n{TABLE.replace('7', '7[^a]')}\n[^a]: Note.", "calls a note"),
        ("<!-- figure 1, columns --> A\n\n| A |\n|---|\n| 1 |", "the chart has no values"),
        ("<!-- figure 1, pie --> A\n\n| A | B |\n|---|---|\n| C | -1 |", "a pie has no negative values"),
    ],
)
def test_what_cannot_be_drawn_is_an_error_with_its_line(body: str, expected: str) -> None:
    message = refusal(body)
    assert expected in message and re.match(r"x\.md:\d+:\d+: ", message), message


def test_all_wrong_values_of_a_chart_are_told_at_once() -> None:
    with pytest.raises(SourceError) as caught:
        read(f"<!-- figure, columns --> A\n\n{TABLE.replace('12', 'x').replace('41', 'y')}")
    assert [each.message for each in caught.value.each] == ["“x” is not a number", "“y” is not a number"]


def test_a_number_that_can_be_read_in_two_ways_in_arabic_is_an_error() -> None:
    table = "| الميناء | الحراس |\n|---|--:|\n| السد | 1,250 |\n"
    assert "“1,250” can be read as two numbers" in refusal(f"<!-- figure, columns --> ا\n\n{table}", language="ar")


# --- from a file ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_a_chart_whose_text_says_what_the_author_says_and_the_values(
    delimiter: str, tmp_path: Path
) -> None:
    rows = [["Harbour", "2041", "2042"], ['"Port Levee"', "12345.5", "30"], ["Quay", "", "18"]]
    (tmp_path / "boats.csv").write_text("\n".join(map(delimiter.join, rows)) + "\n", "utf-8")
    chart = figure("<!-- figure 1, lines, width 300, height 150 --> Boats\n\n![Boats grow](boats.csv)", tmp_path)
    assert chart.alternative == "Boats grow. 2041 – Port Levee: 12,345.5. 2042 – Port Levee: 30; Quay: 18"
    assert drawn(chart).get("viewBox") == "0 0 300 150" and chart.width == 300
    assert "12,345.5" in texts(chart), "numbers of a file are written as the language writes them"


@pytest.mark.parametrize(
    "data, expected",
    [
        (b"", "boats.csv is empty"),
        (b"A,B\n", "boats.csv:1: the chart has no values"),
        (b"A,B\nC\n", "boats.csv:2: a row has 1 cell, the first row 2"),
        (b"A,B\nC,x\n", "boats.csv:2: “x” is not a number"),
        (b'A,B\n"C,1\n', "boats.csv:2: this is not CSV"),
        (b"A,B\nC,\xff\n", "boats.csv:2:3: byte 0xff is not valid UTF-8"),
        (b"PK\x03\x04", "boats.csv:1:1: the source is not UTF-8 text"),
    ],
)
def test_a_bad_csv_file_is_an_error_that_names_it_and_the_row(data: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "boats.csv").write_bytes(data)
    message = refusal("<!-- figure, columns --> A\n\n![B](boats.csv)", tmp_path)
    assert expected in message and re.search(r"x\.md:\d+:\d+: ", message), message


def test_a_csv_file_needs_a_kind_and_a_kind_needs_values(tmp_path: Path) -> None:
    (tmp_path / "boats.csv").write_text("A,B\nC,1\n", "utf-8")
    assert "nothing says how the values of the file are drawn" in refusal("![B](boats.csv)", tmp_path)
    (tmp_path / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    assert "b.svg has no values to draw" in refusal("<!-- figure, pie --> A\n\n![B](b.svg)", tmp_path)
    assert "the picture c.csv cannot be opened" in refusal("<!-- figure, pie --> A\n\n![B](c.csv)", tmp_path)


# --- pictures ---------------------------------------------------------------------------------------------------------


def dots(form: str) -> bytes:
    file = io.BytesIO()
    levels = bytes((7 * at * at) % 251 for at in range(3 * 64 * 64))
    Image.frombytes("RGB", (64, 64), levels).save(file, form)
    return file.getvalue()


@pytest.mark.parametrize(
    "name, data, expected",
    [
        ("map.png", b"", "the picture map.png is empty"),
        ("map.png", dots("PNG")[:-200], "the picture map.png is damaged or incomplete"),
        ("map.jpg", dots("JPEG")[:900], "the picture map.jpg is damaged or incomplete"),
        ("map.png", b"<html>", "the picture map.png is not image/png"),
        ("map.png", dots("JPEG"), "the picture map.png is image/jpeg, not image/png"),
        ("map.svg", b"<svg><g></svg>", "the picture map.svg is not well-formed"),
        ("map.svg", b"<html/>", "the picture map.svg is not SVG but html"),
        ("map.svg", b"\n", "the picture map.svg is empty"),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_broken_picture_is_an_error_that_names_it(
    name: str, data: bytes, expected: str, lenient: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint has it in the whole process
    (tmp_path / name).write_bytes(data)
    message = refusal(f"![A map]({name})", tmp_path)
    assert expected in message and re.search(r"x\.md:\d+:\d+: ", message), message


@pytest.mark.parametrize("form, name", [("PNG", "map.png"), ("JPEG", "map.jpeg")])
def test_a_whole_picture_is_read(form: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(dots(form))
    found = figure(
        f"<!-- figure 1, map --> Harbours\n\n![A map]({name})\n\n<!-- remark --> *Source:* Survey.", tmp_path
    )
    assert (found.kind, plain(found.remarks[0])) == (FigureKind.MAP, "Source: Survey.")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
def test_a_chart_is_its_values_again_after_conversion(form: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "boats.csv").write_text("Year,Boats\n2041,7000\n2042,\n2043,1250.5\n", "utf-8")
    table = TABLE if language == "en" else TABLE.translate(str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩,"))
    body = (
        f"<!-- figure 1, columns, stacked, width 300, height 150 --> Keepers\n\n<!-- unit --> (Posts)\n\n{table}\n\n"
        f"<!-- remark --> *Source:* Office.\n\n<!-- figure 2, columns, line 2 -->\n\n{table}\n\n"
        "<!-- figure 3, lines --> Boats\n\n![Fewer boats](boats.csv)"
    )
    document = read(body, tmp_path, language)
    converted = formats.parse(formats.render(document, form), str(tmp_path / f"y{form}"))
    written = formats.render(converted, ".md").decode()
    assert "image/svg" not in written and table.splitlines()[2] in written and "data:text/csv;base64," in written
    assert "<!-- figure 1, columns, stacked, width 300, height 150 --> Keepers" in written
    again = [block for block in formats.parse(written.encode(), "z.md").body if isinstance(block, Figure)]
    assert again == [block for block in document.body if isinstance(block, Figure)]


def test_a_drawing_that_says_it_is_another_chart_stays_a_picture() -> None:
    chart = figure(f"<!-- figure 2, columns --> Keepers\n\n{TABLE}")
    document = read(f"<!-- figure 2, columns --> Keepers\n\n{TABLE}")
    for old, new in ((b">12<", b">13<"), (b'"rows":[[', b'"rows":[["x",'), (b'"kind":"columns"', b'"kind":"rows"')):
        assert old in chart.picture
        false = replace(chart, picture=chart.picture.replace(old, new))
        changed = replace(document, body=(*document.body[:-1], false))
        assert b"](data:image/svg+xml" in formats.render(changed, ".md")


def test_a_csv_file_after_the_mark_of_a_table_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("Harbour,2041,Note\n# North,,\n> Levee,1250,a|b\n== Total,1250,\n", "utf-8")
    said = "{#posts} Posts\n\n<!-- unit --> (Posts)\n\n{}\n\n<!-- remark --> *Source:* Office.\n\nSee [](#posts)."
    typed = (
        "| Harbour | 2041 | Note |\n|---|--:|---|\n| # North | | |\n| > Levee | 1250 | a\\|b |\n| == Total | 1250 | |"
    )
    as_file, as_table = (
        read(f"<!-- table #, widths 3 2 2 --> {said.replace('{}', each)}", tmp_path)
        for each in ("![](posts.csv)", typed)
    )
    assert as_file == as_table and as_file.findings == ()
    (doubt,) = read("<!-- table # -->\n\n![Posts](posts.csv)", tmp_path).findings
    assert doubt.message.startswith("the words in brackets are not used")
    (tmp_path / "short.csv").write_text("Harbour,2041\nLevee\n", "utf-8")
    for name, message in (
        ("short.csv", "short.csv:2: a row has 1 cell in a table of 2 columns"),
        ("no.csv", "no.csv"),
    ):
        with pytest.raises(SourceError) as caught:
            read(f"<!-- table # --> {said.replace('{}', f'![]({name})')}", tmp_path)
        assert message in caught.value.message


def test_series_without_a_name_and_one_alone_are_said_by_their_values() -> None:
    one = figure("<!-- figure, columns --> A\n\n| Year | Boats |\n|---|--:|\n| 2041 | 10 |\n| 2042 | – |\n")
    assert one.alternative == "2041: 10"
    bare = figure("<!-- figure, columns --> A\n\n| Year | | Ships |\n|---|--:|--:|\n| 2041 | 10 | 7 |\n")
    assert bare.alternative == "2041: 10. Ships – 2041: 7"
    said = figure("<!-- figure, columns --> ا\n\n| السنة | أ | ب |\n|---|--:|--:|\n| ٢ | ١ | ٧ |\n", language="ar")
    assert said.alternative == "أ – ٢: ١. ب – ٢: ٧"
