"""The page of the desk in a browser: by keyboard, in six languages, in both directions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

import desks
from browsing import accessible
from desks import DeskProcess
from masthead.service import view
from masthead.service.desk.page import NAMES, words
from paths import ROOT

DESK = ROOT / "pipeline" / "masthead" / "service" / "desk"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    with desks.desk(tmp_path_factory.mktemp("page") / "desk", "-j", "1") as process:
        client = process.client("editor")
        for language in ("en", "ar"):
            client.submit(f"A_104_1.{language}.md", desks.note("A/104/1", language))
        client.submit("bad.md", "no front matter")
        client.settled()
        yield process


def opened(page: Page, process: DeskProcess, role: str = "all", language: str = "en") -> Page:
    page.goto("about:blank")  # where only the part after # differs, a browser would not load the page again
    page.goto(f"http://127.0.0.1:{process.port}/?lang={language}#token={process.tokens[role]}")
    expect(page.locator("tbody tr").first).to_be_visible()
    return page


@pytest.mark.parametrize("language", NAMES)
def test_the_page_is_accessible_in_each_language(page: Page, running: DeskProcess, language: str) -> None:
    opened(page, running, language=language)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    expect(page.locator("h1")).to_have_text(words()[language]["title"])
    assert accessible(page) == ""
    page.locator('[data-place="A/104/1 ar"]').click()
    expect(page.locator("#pages img").first).to_have_js_property("complete", True)
    assert accessible(page) == ""
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert accessible(page) == ""
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "a phone needs no sideways scrolling"


def test_without_a_token_there_is_nothing_but_a_form(page: Page, running: DeskProcess) -> None:
    page.goto(f"http://127.0.0.1:{running.port}/")
    expect(page.locator("#enter")).to_be_visible()
    expect(page.locator("#work")).to_be_hidden()
    assert "A/104/1" not in page.content()
    assert accessible(page) == ""
    page.get_by_label("Token").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#denied")).to_have_text("This token is not known")
    page.get_by_label("Token").fill(running.tokens["reader"])
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_have_text("the reader")
    expect(page.locator("#add")).to_be_hidden()
    expect(page.locator("#troubles")).to_contain_text("bad.md")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#enter")).to_be_visible()


def test_a_document_is_dropped_approved_revised_compared_and_undone_by_keyboard(
    page: Page, running: DeskProcess
) -> None:
    opened(page, running)
    file = {"name": "A_104_2.en.md", "mimeType": "text/markdown", "buffer": desks.note("A/104/2").encode()}
    page.locator("#files").set_input_files(file)
    cell = page.locator('[data-place="A/104/2 en"]')
    expect(cell).to_contain_text("made")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    expect(page.locator("tbody button").first).to_be_focused()
    page.locator('[data-place="A/104/1 en"]').focus()
    page.keyboard.press("ArrowDown")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#decision-role")).to_have_text("By Layla Haddad, in the role of approver")
    assert accessible(page) == ""
    page.keyboard.type("read in full")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("✓ approved")
    expect(page.locator("#history")).to_contain_text("approved · Layla Haddad (approver): read in full")
    revised = desks.note("A/104/2", text="Another sentence.").encode()
    page.locator("#files").set_input_files({**file, "buffer": revised})
    expect(cell).to_contain_text("changed since approval")
    expect(page.locator("#state")).to_contain_text("changed since approval")  # the panel shows the new version
    with page.expect_popup() as popup:
        page.keyboard.press("c")
    expect(popup.value.locator("#about")).to_contain_text("Another sentence.")
    expect(popup.value.locator(".sheet img").first).to_be_attached()
    popup.value.wait_for_function("() => [...document.images].every((each) => each.naturalWidth > 100)")
    popup.value.close()
    page.keyboard.press("u")
    page.keyboard.type("the wrong draft")
    page.keyboard.press("Enter")
    expect(page.locator("#history")).to_contain_text("undone · Layla Haddad (approver): the wrong draft")
    expect(cell).to_contain_text("made")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(cell).to_be_focused()


def test_all_languages_of_a_document_are_approved_at_once(page: Page, running: DeskProcess) -> None:
    for language in ("en", "fr", "ar"):
        running.client("editor").submit(f"A_104_7.{language}.md", desks.note("A/104/7", language))
    running.client("editor").settled()
    opened(page, running)
    row = page.locator("tbody tr", has_text="A/104/7")
    row.get_by_role("button", name="Approve 3 at once: A/104/7").click()
    expect(page.locator("#decision-title")).to_contain_text("A/104/7")
    assert accessible(page) == ""
    page.keyboard.press("Escape")  # nothing is decided
    expect(row.get_by_text("✓ approved")).to_have_count(0)
    row.get_by_role("button", name="Approve 3 at once").click()
    page.keyboard.type("all read")
    page.keyboard.press("Enter")
    expect(row.get_by_text("✓ approved")).to_have_count(3)
    expect(row.get_by_role("button", name="at once")).to_have_count(0)
    for source in running.client("reader").sources():
        if source.get("symbol") == "A/104/7":
            assert source["approved"]["why"] == "all read"
    opened(page, running, "editor")
    expect(page.get_by_role("button", name="at once")).to_have_count(0)  # who may not approve is not asked


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_a_comparison_is_in_the_language_of_the_page(page: Page, running: DeskProcess, language: str) -> None:
    client = running.client("editor")
    symbol = f"A/104/{80 + len(language) + (language == 'ar')}"
    for text in ("", "Another sentence."):
        client.submit("x.en.md", desks.note(symbol, text=text) if text else desks.note(symbol))
        client.settled()
    opened(page, running, language=language)
    page.locator(f'[data-place="{symbol} en"]').click()
    with page.expect_popup() as popup:
        page.locator("#compare").click()
    compared, said = popup.value, view.words(language)
    expect(compared.locator("#about")).to_contain_text(said["Text"])
    expect(compared.locator("#state")).to_contain_text(said["changed"])
    expect(compared.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert accessible(compared) == ""
    compared.close()


def test_every_language_has_every_text_of_a_comparison() -> None:
    folder = ROOT / "pipeline" / "masthead" / "service"
    tables = tomllib.loads((folder / "view_words.toml").read_text("utf-8"))
    assert set(tables) == set(NAMES) - {"en"}
    template, script = ((folder / name).read_text("utf-8") for name in ("view.html.j2", "view.js"))
    asked = set(re.findall(r'words\["([^"]+)"\]', template)) | set(re.findall(r'\bsay\("([^"]+)"', script))
    asked |= {text for found in re.findall(r"\bsay\([^;]*?\)", script) for text in re.findall(r'"([^"]+)"', found)}
    asked -= {"passed", "baseline"}
    asked |= {f"Page {{n}} of the {side}" for side in view.SIDES} | {
        f"The {side} has no such page." for side in view.SIDES
    }
    for language, table in tables.items():
        assert asked - table.keys() == set(), language
        assert table.keys() - asked == {"passed", "changed", "new", "deleted", "approved", "rejected", "failed"}, (
            language
        )
        for english, text in table.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english)), (language, english)


def test_a_symbol_in_arabic_letters_goes_from_right_to_left(page: Page, running: DeskProcess) -> None:
    opened(page, running)
    drawn = page.evaluate(
        """() => {
          const element = named("ق/2026/14"), places = [];
          document.body.append(element);
          const range = document.createRange(), node = element.firstChild;
          for (const part of ["ق", "2026", "14"]) {
            range.setStart(node, node.data.indexOf(part));
            range.setEnd(node, node.data.indexOf(part) + part.length);
            places.push(range.getBoundingClientRect().left);
          }
          return places;
        }"""
    )
    assert drawn == sorted(drawn, reverse=True)
    assert page.evaluate('named("A/104/1").dir') == "ltr"


def test_what_is_chosen_stays_when_news_of_another_document_come_late(page: Page, running: DeskProcess) -> None:
    client = running.client("editor")
    for language in ("en", "ar"):
        client.submit(f"A_104_90.{language}.md", desks.note("A/104/90", language))
    client.settled()
    opened(page, running)
    page.locator('[data-place="A/104/90 en"]').click()
    expect(page.locator("#name")).to_contain_text("English")
    shown = next(
        each["id"] for each in client.sources() if (each.get("symbol"), each["language"]) == ("A/104/90", "en")
    )
    held = []
    page.route(f"**/api/sources/{shown}", lambda route: held.append(route))  # the answer about the English is late
    running.client("all").decide(shown, "approve")  # its event makes the page ask for it again
    desks.until(lambda: (page.wait_for_timeout(50), held))
    page.locator('[data-place="A/104/90 ar"]').click()
    expect(page.locator("#name")).to_contain_text("العربية")
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)
    expect(page.locator("#name")).to_contain_text("العربية")


def test_languages_that_disagree_are_shown_side_by_side(page: Page, running: DeskProcess) -> None:
    opened(page, running)
    link = page.locator("tbody tr", has_text="A/104/1").get_by_role("link")
    expect(link).to_have_text(re.compile(r"agree|differences: \d"))
    with page.expect_popup() as popup:
        link.click()
    expect(popup.value.locator("tbody tr").first).to_be_visible()
    expect(popup.value.locator("td[dir=rtl]").first).to_be_visible()


def test_what_somebody_else_does_appears_without_a_reload(page: Page, running: DeskProcess) -> None:
    opened(page, running, "reader")
    running.client("editor").submit("A_104_3.fr.md", desks.note("A/104/3", "fr"))
    expect(page.locator('[data-place="A/104/3 fr"]')).to_contain_text("made")
    page.get_by_label("Search").fill("104/3")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Search").fill("")
    page.get_by_label("Show").select_option("approved")
    expect(page.locator('[data-place="A/104/3 fr"]')).to_have_count(0)


def test_every_language_has_every_word_and_the_page_uses_all_of_them() -> None:
    tables = tomllib.loads((DESK / "words.toml").read_text("utf-8"))
    assert set(tables) == set(NAMES)
    for language, table in tables.items():
        assert table.keys() == tables["en"].keys(), language
        for key, text in table.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", tables["en"][key])), (language, key)
    used = (DESK / "desk.js").read_text("utf-8") + (DESK / "desk.html.j2").read_text("utf-8")
    computed = ("only_", "severity_", "act_")
    assert [key for key in tables["en"] if not key.startswith(computed) and not re.search(rf"\b{key}\b", used)] == []


def test_the_page_loads_nothing_from_elsewhere(running: DeskProcess) -> None:
    answer = running.client().ask("GET", "/?lang=ar")
    assert re.findall(rb"(?:https?:)?//[a-z]|@import|url\(", answer.body) == []
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert len({running.client().ask("GET", "/").headers["content-security-policy"] for _ in range(2)}) == 2


def test_the_language_of_the_browser_is_that_of_the_page(running: DeskProcess) -> None:
    for asked, language in (("fr-CH, fr;q=0.9", "fr"), ("de, ar;q=0.5", "ar"), ("", "en"), ("xx", "en")):
        answer = running.client().ask("GET", "/", headers={"accept-language": asked})
        assert answer.headers["content-language"] == language
