"""Visible text is compared with the text that is read; good pages have nothing hidden, separated or misplaced."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name

from breaking import good
from damages import damaged, elements
from masthead import preflight
from masthead.document.terms import Language
from masthead.pdf.drawn.visibility import unseen
from masthead.pdf.evidence import gather
from masthead.publication import publish
from paths import SPECIMENS
from retouching import Making, between, changed, kerned, over, redrawn, report, set_with


def rules(data: bytes) -> set[str]:
    return {finding.rule for finding in preflight.check(data).findings}


def test_white_text_on_a_dark_bar_is_visible() -> None:
    bar = ([0, 0, 0], "rg"), ([160, 210, 500, 18], "re"), ([], "f"), ([1, 1, 1], "rg")
    assert "completeness.visible" not in rules(between([*bar], [([0, 0, 0], "rg")], number=10)(Language.ENGLISH))


@pytest.mark.parametrize(
    "make",
    [
        over("1 1 1 rg 100 700 2 60 re f"),  # as wide as a rule
        over("0 0 0 rg 20 20 20 700 re f"),  # in the margin
        set_with("Tr", 0, number=10, after=(0,)),
        set_with("Tr", 2, number=10, after=(0,)),  # filled and stroked
        set_with("rg", 0.2, 0.2, 0.4, number=10, after=(0, 0, 0)),
        between([([], "q"), ([100, 200, 600, 40], "re"), ([], "W"), ([], "n")], [([], "Q")], number=10),
    ],
)
def test_what_hides_nothing_has_no_findings(make: Making) -> None:
    assert "completeness.visible" not in rules(make(Language.ENGLISH))


def test_a_white_area_under_the_text_hides_nothing() -> None:
    def under(operators: list[tuple[list[object], str]]) -> None:
        operators[0:0] = [([], "q"), ([1], "g"), ([0, 0, 612, 792], "re"), ([], "f"), ([], "Q")]

    assert "completeness.visible" not in rules(redrawn(under)(Language.ENGLISH))


@pytest.mark.parametrize("make", [good, report])
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_all_text_of_good_pages_is_visible_when_they_are_drawn(make: Making, language: Language) -> None:
    evidence = gather(make(language))
    assert [hidden for _, hidden in unseen(evidence.pdf, evidence.pages) if hidden] == []


def test_a_page_whose_corner_is_not_at_zero_is_drawn_at_its_place() -> None:
    def shift(file: pikepdf.Pdf) -> None:
        for leaf in file.pages:
            leaf.contents_add(b"q 1 0 0 1 40 30 cm", prepend=True)
            leaf.contents_add(b"Q")
            leaf.MediaBox = Array([40, 30, 652, 822])
            for name in ("/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
                if name in leaf:
                    del leaf[name]

    evidence = gather(changed(shift)(Language.ENGLISH))
    assert [hidden for _, hidden in unseen(evidence.pdf, evidence.pages) if hidden] == []


def test_hidden_words_are_reported_with_their_place() -> None:
    report = preflight.check(set_with("Tr", 3, number=7, after=(0,))(Language.ENGLISH))
    (finding,) = [finding for finding in report.findings if finding.rule == "completeness.visible"]
    assert finding.page == 2
    assert "duties of those who keep the lamps" in finding.message
    assert finding.box is not None
    assert finding.box[1] < 182 * 0.75 < finding.box[3]


def test_small_kerning_does_not_separate_letters() -> None:
    assert "script.joins" not in rules(kerned(-20, number=10)(Language.ARABIC))


def test_letter_spacing_of_latin_letters_is_allowed() -> None:
    assert "script.joins" not in rules(set_with("Tc", 1, number=10, after=(0,))(Language.ENGLISH))


def test_a_page_of_text_without_structure_is_reported_once() -> None:
    def untag(operators: list[tuple[list[object], str]]) -> None:
        operators[:] = [each for each in operators if each[1] not in ("BDC", "BMC", "EMC")]

    report = preflight.check(redrawn(untag)(Language.ENGLISH))
    (finding,) = [finding for finding in report.findings if finding.rule == "completeness.structure"]
    assert "lines of the page" in finding.message


def test_a_file_without_its_last_page_is_checked() -> None:
    report = preflight.check(changed(lambda file: file.pages.__delitem__(-1))(Language.ENGLISH))
    assert report.facts.pages == 2
    assert any("on no page of the file" in finding.message for finding in report.findings)


@pytest.mark.parametrize(
    ("area", "drawn", "found"),
    [([0, 0, 9, 9], 0, []), ([0, 0, 0, 9], 1, []), ([0, 0, 9, 9], 1, [2]), ([0, 0, 9, 9], 2, [2])],
)
def test_a_drawing_is_empty_where_it_is_drawn_and_has_an_area(area: list[int], drawn: int, found: list[int]) -> None:
    def add(file: pikepdf.Pdf) -> None:
        form = file.make_stream(b" ", Type=Name.XObject, Subtype=Name.Form, BBox=Array(area))
        shared = file.pages[0].obj.Resources
        for page in file.pages:
            page.obj.Resources = shared
        shared.XObject.Own = form
        file.pages[1].contents_add(b"/Artifact BMC " + b"/Own Do " * drawn + b"EMC")

    findings = preflight.check(changed(add, report)(Language.ENGLISH)).findings
    assert [each.page for each in findings if each.rule == "completeness.pictures"] == found


def test_the_name_of_a_drawing_that_is_none_stops_no_check() -> None:
    def add(file: pikepdf.Pdf) -> None:
        file.pages[0].obj.Resources.XObject.Own = 7

    assert "completeness.pictures" not in rules(changed(add, report)(Language.ENGLISH))


def _charts(folder: Path, words: str, *, again: str = "") -> Path:
    """A report with a chart of `words`, and perhaps a second chart after the first."""
    chart = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150">{words}</svg>'
    (folder / "gardens.svg").write_text(chart, "utf-8")
    source = folder / "A_104_96.en.md"
    text = (SPECIMENS / source.name).read_text("utf-8")
    source.write_text(text.replace("## B. Cost", f"{again}\n\n## B. Cost", 1), "utf-8")
    return source


def test_a_chart_may_have_words_in_colours_on_areas_and_lines(tmp_path: Path) -> None:
    words = '<text x="5" y="40" font-family="Liberation Serif" font-size="12" fill="#a00000">Bars 2046</text>'
    areas = '<rect width="300" height="90" fill="#ffcc00"/><path d="M0 36h90M0 42h90" stroke="black"/>'
    assert publish(_charts(tmp_path, areas + words)).report.findings == ()


def test_each_figure_has_its_own_alternative_text(tmp_path: Path) -> None:
    again = "<!-- figure 2 --> Trees\n\n![A chart of trees](gardens.svg)"
    pdf = publish(_charts(tmp_path, '<rect width="300" height="90"/>', again=again)).pdf.data

    def exchange(file: pikepdf.Pdf) -> None:
        first, second = elements(file, "Figure")[-2:]
        first.Alt, second.Alt = second.Alt, first.Alt

    assert rules(pdf) == set()
    assert rules(damaged(pdf, exchange)) == {"accessibility.alternatives"}
