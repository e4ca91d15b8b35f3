"""Two language versions side by side: in pairs, clean by preflight, each column as its own edition has it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import masthead
from masthead import preflight, publication
from masthead.document import WESTERN, OrderError, Organization, TemplateError, Variant, model
from masthead.editing import concordance
from masthead.pdf import TaggedBlock, by_column, gather
from masthead.press.imposition import Booklet, impose
from masthead.publication import Edition, Options
from paths import ORGANIZATIONS, SPECIMENS

CITY = ORGANIZATIONS / "city-council"
DOCUMENTS = CITY / "documents"
NAMES = ("ordinance", "paper", "notice")
LONG = {
    "en": "The cost of a tree is 1,250 dinars, of which 240 are for water.[^{n}] "
    + "Those with least shade come first. " * 40,
    "ar": "وتبلغ تكلفة الشجرة ١ ٢٥٠ دينارا، منها ٢٤٠ للماء[^{n}]. " + "وتأتي الأحياء الأقل ظلا أولا. " * 40,
}
SHORT = {"en": "It heard the residents.", "ar": "واستمعت اللجنة إلى السكان."}
NOTE = {"en": "[^{n}]: Prices of 2048.", "ar": "[^{n}]: بأسعار عام ٢٠٤٨."}
ANNEX = {"en": "<!-- annex --> What they said", "ar": "<!-- annex --> ما قالوه"}


@pytest.fixture(autouse=True)
def city() -> Iterator[None]:
    with Organization.load(CITY).used():
        yield


def parallel(name: str, *languages: str, folder: Path = DOCUMENTS) -> Edition:
    first, second = languages or ("en", "ar")
    return publication.publish_parallel(folder / f"{name}.{first}.md", folder / f"{name}.{second}.md")


def long_paper(folder: Path) -> Path:
    """Write a paper of several pages in two languages: long paragraphs with notes, a table, an annex."""
    for language in ("en", "ar"):
        text = (DOCUMENTS / f"paper.{language}.md").read_text("utf-8")
        table = re.search(r"<!-- table 1 -->.*?\n\n\|.*?\n\n", text, re.DOTALL)
        assert table
        parts = [
            f"{number}. {(LONG if number % 2 else SHORT)[language].format(n=(number - 3) // 2)}\n"
            for number in range(4, 10)
        ]
        notes = [NOTE[language].format(n=number) for number in (1, 2, 3)]
        body = "\n".join((*parts, ANNEX[language], "", f"{SHORT[language]}\n", table[0].replace("table 1", "table 2")))
        (folder / f"paper.{language}.md").write_text(f"{text}\n{body}\n" + "\n\n".join(notes), "utf-8")
    return folder


def tops(edition: Edition) -> list[dict[str, float]]:
    """Return the baseline at which each numbered paragraph begins, by number, in each column."""
    found = []
    for column in by_column(gather(edition.pdf.data)):
        shown = ((page, each) for page in column.pages for line in page.lines for each in line.characters)
        places = {(page.number, each.content): 1000 * page.number + each.baseline for page, each in shown}
        heights = {}
        for block in column.tree:
            if block.kind == "P" and (begun := re.match(r"(\d{1,2})(?:\.| -)\s", block.text.translate(WESTERN))):
                piece = block.pieces[0]
                heights[begun[1]] = places[piece.page, piece.number]
        found.append(heights)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("languages", [("en", "ar"), ("ar", "en")], ids="-".join)
@pytest.mark.parametrize("name", NAMES)
def test_the_documents_of_the_city_are_clean_side_by_side(
    name: str, languages: tuple[str, str], tmp_path: Path
) -> None:
    edition = parallel(name, *languages)
    assert edition.report.findings == ()
    assert edition.name.endswith("-".join(languages))
    assert masthead.compare(edition.pdf, parallel(name, *languages).pdf).same
    assert impose(edition.pdf, Booklet()).data.startswith(b"%PDF")
    # A file at a path is checked against the sources in it.
    edition.pdf.save(tmp_path / "x.pdf")
    assert preflight.check(tmp_path / "x.pdf").findings == ()


@pytest.mark.slow
def test_a_parallel_edition_is_valid_by_verapdf() -> None:
    pytest.importorskip("jpype")
    edition = parallel("ordinance")
    assert preflight.check(edition.pdf, profile="archive").findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("variant", [Variant.ARCHIVE_4, Variant.PRESS])
def test_a_parallel_edition_has_other_variants(variant: Variant) -> None:
    sources = (DOCUMENTS / "paper.en.md", DOCUMENTS / "paper.ar.md")
    found = publication.publish_parallel(*sources, Options(variant)).report.findings
    assert {each.rule for each in found} <= {"press.signature"}


def test_a_plain_parallel_edition_is_refused() -> None:
    with pytest.raises(OrderError, match="no tags"):
        publication.publish_parallel("a.en.md", "a.ar.md", Options(Variant.PLAIN))


@pytest.mark.slow
def test_columns_run_over_pages_with_notes_tables_and_an_annex(tmp_path: Path) -> None:
    edition = parallel("paper", folder=long_paper(tmp_path))
    assert edition.report.findings == ()
    assert edition.report.facts.pages >= 4
    english, arabic = tops(edition)
    assert english.keys() == arabic.keys() >= {str(number) for number in range(1, 10)}
    # Paired paragraphs begin at the same height; the first lines of 10 and of 14 pt type differ by some points.
    assert all(abs(english[number] - arabic[number]) < 8 for number in english)
    versions = [
        concordance.Version.of(publication.read(tmp_path / f"paper.{language}.md"), language)
        for language in ("en", "ar")
    ]
    assert concordance.concord(versions).disagreements == ()


@pytest.mark.slow
def test_a_paragraph_that_one_version_lacks_leaves_a_gap(tmp_path: Path) -> None:
    text = (DOCUMENTS / "ordinance.en.md").read_text("utf-8")
    (tmp_path / "x.en.md").write_text(
        text.replace("*Recalling* its ordinance QMR-2047-O3 on the trees of the old town,\n\n", ""), "utf-8"
    )
    (tmp_path / "x.ar.md").write_text((DOCUMENTS / "ordinance.ar.md").read_text("utf-8"), "utf-8")
    edition = parallel("x", folder=tmp_path)
    assert edition.report.findings == ()
    english, arabic = tops(edition)
    assert all(abs(english[number] - arabic[number]) < 8 for number in ("1", "2", "3"))


@pytest.mark.slow
def test_a_screen_reader_reads_one_language_after_the_other() -> None:
    tree = gather(parallel("paper").pdf.data).tree
    languages = [block.language for block in tree if re.search(r"[^\W\d_]", block.text)]
    assert languages == sorted(languages, reverse=True)  # en, then ar

    def own(language: str) -> list[str]:
        blocks: tuple[TaggedBlock, ...] = gather(publication.publish(DOCUMENTS / f"paper.{language}.md").pdf.data).tree
        return [block.text for block in blocks if block.text]

    once = "QMR-P-2049-3"
    assert [block.text for block in tree if block.text] == own("en") + [text for text in own("ar") if text != once]


@pytest.mark.slow
def test_each_column_is_checked_against_its_own_document() -> None:
    edition = parallel("paper")
    assert edition.beside
    heading = next(block for block in edition.beside.body if isinstance(block, model.Heading))
    other = replace(edition.beside, body=(heading, *edition.beside.body))
    rules = {each.rule for each in preflight.check(edition.pdf, edition.document, other).findings}
    assert {"completeness.text", "completeness.elements"} <= rules
    swapped = preflight.check(edition.pdf, edition.beside, edition.document).findings
    assert "completeness.text" in {each.rule for each in swapped}


@pytest.mark.slow
def test_text_in_the_other_half_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from masthead import typesetting
    from masthead.page import Html
    from masthead.typesetting import Pdf

    def shifted(html: Html, *, variant: Variant) -> Pdf:
        style = ".half:last-child main { margin-left: -16pt }"
        return typeset(replace(html, text=html.text.replace("</style>", f"{style}</style>")), variant=variant)

    typeset = typesetting.typeset
    monkeypatch.setattr(typesetting, "typeset", shifted)
    assert {each.rule for each in parallel("paper").report.findings} == {"boxes.column"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "languages"), [("A_104_96", ("en", "ar")), ("A_RES_104_12", ("zh", "ar")), ("A_RES_104_12", ("en", "ru"))]
)
def test_documents_of_the_united_nations_are_clean_side_by_side(name: str, languages: tuple[str, str]) -> None:
    with masthead.document.organizations.bundled().used():
        assert parallel(name, *languages, folder=SPECIMENS).report.findings == ()


def test_two_documents_are_not_side_by_side() -> None:
    with pytest.raises(OrderError, match="are not the same document"):
        publication.publish_parallel(DOCUMENTS / "paper.en.md", DOCUMENTS / "notice.ar.md")
    with pytest.raises(OrderError, match="both versions are in English"):
        publication.publish_parallel(DOCUMENTS / "paper.en.md", DOCUMENTS / "paper.en.md")


def test_a_template_without_the_classes_of_the_bundled_ones_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "city"
    shutil.copytree(CITY, home)
    (home / "templates" / "report.html.j2").write_text(
        '{% extends "bundled/report.html.j2" %}{% block closing %}<p class="plain">By the city.</p>{% endblock %}'
    )
    with Organization.load(home).used(), pytest.raises(TemplateError, match="prints other paragraphs"):
        parallel("paper")
