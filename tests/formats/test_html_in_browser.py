"""The web page of a document in a real browser: accessible, usable by keyboard and on a phone, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsing import accessible
from masthead import formats
from paths import SPECIMENS, TOUCHSTONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

EVERY = (TOUCHSTONE, *sorted(SPECIMENS.glob("*.md")))
OF_EACH_KIND = (
    TOUCHSTONE,
    *(SPECIMENS / f"{name}.md" for name in ("A_104_96.en", "A_104_96.ar", "A_C.2_104_L.9.en", "A_DEC_104_405.ar",
                                            "A_RES_104_12.zh", "A_RES_104_13.ar", "S_2049_301.en")),
)  # fmt: skip


def made(source: Path, folder: Path) -> Path:
    path = folder / f"{source.stem}.html"
    path.write_text(formats.write(formats.read(source), ".html"), "utf-8")
    return path


def test_the_page_needs_nothing_else_and_no_script(browser: Browser, tmp_path: Path) -> None:
    path = made(SPECIMENS / "A_104_96.ar.md", tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert page.locator("main table").is_visible()
    context.close()
    assert "<script" not in path.read_text("utf-8")


@pytest.mark.parametrize("source", OF_EACH_KIND, ids=lambda path: path.stem)
def test_axe_finds_nothing_on_a_desk_on_a_phone_and_in_the_dark(page: Page, tmp_path: Path, source: Path) -> None:
    page.goto(made(source, tmp_path).as_uri())
    assert accessible(page) == ""
    page.set_viewport_size({"width": 360, "height": 740})
    assert accessible(page) == ""
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert accessible(page) == ""


def test_nothing_but_wide_tables_moves_sideways_on_a_phone(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for source in EVERY:
        page.goto(made(source, tmp_path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360, source.name
    page.goto((tmp_path / "A_104_96.ar.html").as_uri())
    table = page.locator(".scroller")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    table.evaluate("box => { window.moved = new Promise(tell => box.onscroll = () => tell(box.scrollLeft)) }")
    table.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("window.moved") < 0  # it begins at the right


def test_a_note_is_reached_from_its_call_and_left_for_it_by_keyboard(page: Page, tmp_path: Path) -> None:
    page.goto(made(TOUCHSTONE, tmp_path).as_uri())
    page.locator("#note-1-call-2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note-1"
    assert page.locator("#note-1").is_visible()
    page.locator("#note-1 .back").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note-1-call-2"


def test_the_first_stop_by_keyboard_leads_past_the_masthead(page: Page, tmp_path: Path) -> None:
    page.goto(made(TOUCHSTONE, tmp_path).as_uri())
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box and box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#text"


def test_arabic_runs_from_the_right_and_so_do_its_resolution_numbers(page: Page, tmp_path: Path) -> None:
    page.goto(made(TOUCHSTONE, tmp_path).as_uri())
    emblem, symbol = (page.locator(name).bounding_box() for name in (".emblem", ".document-symbol"))
    assert emblem and symbol and emblem["x"] > symbol["x"]
    session, serial = (page.locator(".title-number bdi").nth(place).bounding_box() for place in (0, 1))
    assert page.locator(".title-number bdi").first.inner_text() == "٢٠١٧"
    assert session and serial and session["x"] > serial["x"]
    series, rest = (page.locator(f".document-symbol {part}").bounding_box() for part in (".series", "a"))
    assert series and rest and series["x"] == pytest.approx(rest["x"], abs=1)  # E, then /RES/2017/18


def test_what_leads_elsewhere_on_a_screen_is_not_printed(page: Page, tmp_path: Path) -> None:
    page.goto(made(SPECIMENS / "A_104_96.en.md", tmp_path).as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".back:visible, .skip:visible").count() == 0
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.pdf().startswith(b"%PDF")
