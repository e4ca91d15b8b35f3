"""The side-by-side page in Debian's Chromium, PDFs instead of sources, and the command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from browsing import accessible
from discords import SPECIMENS
from masthead.cli.app import app
from masthead.document.errors import SourceError
from masthead.document.model import LineEnd, Lowered, NoteCall, Raised, TableNoteCall, Text
from masthead.editing.concordance import Version, concord, read_version, to_dict, to_html
from masthead.formats import read
from masthead.formats.markdown import reader as markdown
from masthead.publication import publish

LANGUAGES = ("en", "ar", "fr", "zh")
SLIP = ("2055", "2050")


def changed() -> list[Version]:
    """Four versions; the French one has another year in paragraph 1 and lacks paragraph 3."""
    versions = []
    for language in LANGUAGES:
        text = (SPECIMENS / f"A_RES_104_12.{language}.md").read_text("utf-8")
        if language == "fr":
            third = text[text.index("3. *Décide*") : text.index("4. *Prie*")]
            text = text.replace(third, "").replace(*SLIP, 1)
        versions.append(Version.of(markdown.read(text.encode(), language), language))
    return versions


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    path = tmp_path / "page.html"
    path.write_text(to_html(concord(changed())), "utf-8")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert requests == [path.as_uri()]  # it needs nothing else
    assert accessible(page) == ""
    return page


def test_raised_and_lowered_text_calls_and_ends_of_lines_are_on_the_page() -> None:
    content = (Text("CO"), Lowered("2"), LineEnd(), Text("m"), Raised("3"), TableNoteCall(2), NoteCall(1))
    versions = changed()
    first = versions[0].document
    body = tuple(replace(block, content=content) if at == 1 else block for at, block in enumerate(first.body))
    html = to_html(concord([Version.of(replace(first, body=body), "x"), *versions[1:]]))
    assert "CO<sub>2</sub><br>m<sup>3</sup><sup>" in html


def test_each_version_has_its_own_direction(opened: Page) -> None:
    cell = opened.locator("td[lang=ar]").nth(9)
    assert cell.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    edges = cell.evaluate(
        "cell => { const range = document.createRange(); range.selectNodeContents(cell);"
        " const text = range.getBoundingClientRect(), box = cell.getBoundingClientRect();"
        " return [text.left - box.left, box.right - text.right] }"
    )
    assert edges[1] < edges[0] + 12  # the text begins at the right edge
    assert opened.locator("td[lang=en]").nth(9).evaluate("cell => getComputedStyle(cell).direction") == "ltr"


def test_a_row_is_one_paragraph(opened: Page) -> None:
    row = opened.locator("tbody tr:has(td.gap)")
    assert row.count() == 1
    cells = row.locator("td").all()
    assert "gap" in cells[2].get_attribute("class")
    boxes = [cell.bounding_box() for cell in cells]
    assert len({round(box["y"]) for box in boxes}) == 1


def test_disagreements_are_reached_by_keyboard_and_filtered(opened: Page) -> None:
    told = opened.locator("tr[tabindex]").count()
    assert told == 2
    places = []
    for _ in range(told + 1):
        opened.keyboard.press("n")
        places.append(opened.evaluate("document.activeElement.querySelector('th').textContent.trim().split('\\n')[0]"))
    assert places == ["paragraph 1", "paragraph 3", "paragraph 1"]
    opened.keyboard.press("p")
    assert "paragraph 3" in opened.evaluate("document.activeElement.textContent")
    opened.keyboard.press("f")
    assert opened.locator("tbody tr:visible").count() == told
    opened.locator("#kind").select_option("number: one digit")
    assert opened.locator("tbody tr:visible").count() == 1
    opened.locator(".version").nth(1).uncheck()
    assert opened.locator("td[lang=ar]:visible").count() == 0


def test_the_version_that_differs_is_marked(opened: Page) -> None:
    row = opened.locator("tr[tabindex]").first
    assert row.locator("td.odd").count() == 1
    assert row.locator("td.odd").get_attribute("lang") == "fr"


def test_the_page_escapes_what_it_quotes() -> None:
    text = (SPECIMENS / "A_RES_104_13.en.md").read_text("utf-8").replace("Quiet hours in cities", "a \\<b>c\\</b>")
    versions = [Version.of(markdown.read(text.encode(), "en"), "en"), read_version(SPECIMENS / "A_RES_104_13.ar.md")]
    assert "a &lt;b&gt;c&lt;/b&gt;" in to_html(concord(versions))


def printed(folder: Path, name: str, *slip: str) -> Path:
    """The PDF of a specimen, with a slip in it."""
    source, pdf = folder / f"{name}.md", folder / f"{name}.pdf"
    text = (SPECIMENS / source.name).read_text("utf-8")
    source.write_text(text.replace(*slip) if slip else text, "utf-8")
    publish(source).pdf.save(pdf)
    return pdf


def test_pdfs_of_resolutions_replace_sources(tmp_path: Path) -> None:
    slips = {"ar": ("٢٠٥٥", "٢٠٥٠"), "ru": ()}
    versions = [read_version(printed(tmp_path, f"A_RES_104_12.{each}", *slip)) for each, slip in slips.items()]
    versions += [read_version(SPECIMENS / f"A_RES_104_12.{each}.md") for each in ("es", "zh")]
    found = concord(versions).disagreements
    told = [(each.rule, each.where, each.versions) for each in found]
    assert told == [("number: one digit", "paragraph 1", ("ar (PDF)",))]


def test_pdfs_of_other_documents_replace_sources_if_their_text_is_that_of_the_source(tmp_path: Path) -> None:
    english = printed(tmp_path, "A_DEC_104_405.en", "5 to 2", "6 to 2")
    found = concord([read_version(english), read_version(SPECIMENS / "A_DEC_104_405.ar.md")]).disagreements
    assert [(each.rule, each.where) for each in found] == [("number", "unnumbered paragraph 1")]
    with pikepdf.open(english, allow_overwriting_input=True) as file:
        spans = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each]
        next(each for each in spans if "blue" in str(each.ActualText)).ActualText = pikepdf.String("in red.")
        file.save()
    with pytest.raises(SourceError, match="the text of the PDF differs from the attached source"):
        read_version(english)


def test_the_command_prints_locations_and_exits_with_1(tmp_path: Path) -> None:
    sources = [SPECIMENS / f"A_RES_104_12.{language}.md" for language in ("ar", "en", "zh")]
    agreed = CliRunner().invoke(app, ["concord", *map(str, sources)])
    assert (agreed.exit_code, agreed.stdout) == (0, "")
    slipped = tmp_path / sources[1].name
    slipped.write_text(sources[1].read_text("utf-8").replace(*SLIP, 1), "utf-8")
    page = tmp_path / "page.html"
    command = ["concord", str(sources[0]), str(slipped), str(sources[2]), "--json", "--html", str(page)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    value = json.loads(result.stdout)
    assert [(each["kind"], each["place"]) for each in value["disagreements"]] == [("number: one digit", "paragraph 1")]
    line = next(at for at, text in enumerate(slipped.read_text("utf-8").split("\n"), 1) if "2050" in text)
    assert value["disagreements"][0]["where"] == {"en": f"{slipped}:{line}:5"}
    told = CliRunner().invoke(app, command[:4]).stdout
    assert told == f"{slipped}:{line}:5: paragraph 1: en: has 2050, not 2055 [number: one digit]\n"
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_json_has_the_place_of_each_unit_in_each_version() -> None:
    value = to_dict(concord([Version.of(read(SPECIMENS / f"A_RES_104_12.{each}.md"), each) for each in ("ar", "ru")]))
    assert value["agree"]
    assert ["paragraph 2 (a)", "paragraph 2 (a)"] in value["rows"]
