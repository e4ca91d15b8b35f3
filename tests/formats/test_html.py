"""The web page of a document: the words that are printed, in a real browser, for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given, settings
from playwright.sync_api import Browser, Page

import hostile
from browsing import accessible
from masthead import formats
from masthead.document.errors import SourceError, TemplateError
from masthead.document.locales import load
from masthead.document.model import Document
from masthead.document.terms import Language
from masthead.page import TextKind, printed_texts
from paths import SPECIMENS, TOUCHSTONE
from strategies import documents

EVERY = (TOUCHSTONE, *sorted(SPECIMENS.glob("*.md")))
OF_EACH_KIND = (
    TOUCHSTONE,
    *(SPECIMENS / f"{name}.md" for name in ("A_104_96.en", "A_104_96.ar", "A_C.2_104_L.9.en", "A_DEC_104_405.ar",
                                            "A_RES_104_12.zh", "A_RES_104_13.ar", "S_2049_301.en")),
)  # fmt: skip
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "th", "td"}


def made(source: Path, folder: Path) -> Path:
    path = folder / f"{source.stem}.html"
    path.write_text(formats.write(formats.read(source), ".html"), "utf-8")
    return path


def parsed(text: str) -> Element:
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    assert isinstance(root, Element)
    return root


def has(element: Element, kind: str) -> bool:
    return kind in element.get("class", "").split()


def said(element: Element) -> str:
    """The text of an element as a page shows it, without the arrows that lead back from notes."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if has(child, "back") else said(child), child.tail or ""]
    return "".join(parts)


def shown(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip()


def lines(root: Element) -> tuple[list[str], list[str]]:
    """The text of each block that has any: those of the page, and the notes."""
    texts: tuple[list[str], list[str]] = ([], [])
    for element in root.iter():
        if element.tag in BLOCKS and (text := shown(said(element))):
            texts[has(element, "note")].append(text)
    return texts


def tags_of(root: Element) -> Iterator[str]:
    return (element.tag for element in root.iter())


def names_of(root: Element) -> Iterator[str]:
    """The names of all attributes."""
    return (name for element in root.iter() for name in element.attrib)


def differences(document: Document, root: Element) -> list[tuple[str, str]]:
    """Where the page says something else than what is printed, the job number last and notes by themselves."""
    locale = load(document.language)
    of_paper = {str(locale.word("imprint", "recycle")), str(locale.word("contents", "page"))}
    expected = [(each.kind, shown(each.text)) for each in printed_texts(document) if each.text not in of_paper]
    ordered = [
        *(text for kind, text in expected if kind not in (TextKind.NOTE, TextKind.IMPRINT)),
        *(text for kind, text in expected if kind is TextKind.IMPRINT),
    ]
    notes = sorted(text for kind, text in expected if kind is TextKind.NOTE)
    found, found_notes = lines(root)
    pairs = (*zip_longest(filter(None, ordered), found, fillvalue=""), *zip_longest(notes, sorted(found_notes)))
    return [each for each in pairs if each[0] != each[1]]


@pytest.mark.parametrize("source", EVERY, ids=lambda path: path.stem)
def test_the_page_says_what_is_printed_in_its_order_and_nothing_else(source: Path) -> None:
    document = formats.read(source)
    assert differences(document, parsed(formats.write(document, ".html"))) == []


@given(documents())
@settings(max_examples=60, deadline=None)
def test_every_kind_of_block_is_carried_whatever_it_holds(document: Document) -> None:
    try:
        text = formats.write(document, ".html")
    except TemplateError:  # headings that leave a level out, which no page has
        return
    assert differences(document, parsed(text)) == []


@pytest.mark.parametrize("source", EVERY, ids=lambda path: path.stem)
def test_every_link_leads_somewhere_and_notes_are_linked_both_ways(source: Path) -> None:
    root = parsed(formats.write(formats.read(source), ".html"))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    links = list(root.iter("a"))
    for link in links:
        address = link.get("href", "")
        assert address.startswith("https://") or address.removeprefix("#") in names, address
    calls = {link.get("id"): link.get("href") for link in links if link.get("role") == "doc-noteref"}
    back = [link.get("href", "").removeprefix("#") for link in links if link.get("role") == "doc-backlink"]
    assert sorted(back) == sorted(map(str, calls))


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


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_hostile_strings_are_text_or_refused(language: Language) -> None:
    harmless = parsed(formats.write(hostile.document("text 64/293", language), ".html"))
    tags, names = set(tags_of(harmless)), set(names_of(harmless))
    refused = 0
    for text in hostile.STRINGS:
        document = hostile.document(text, language)
        try:
            root = parsed(formats.write(document, ".html"))
        except SourceError as error:
            assert "U+" in error.message
            refused += 1
            continue
        assert differences(document, root) == [], repr(text)
        assert set(tags_of(root)) <= tags | {"a", "bdi", "span"}, repr(text)
        assert set(names_of(root)) <= names, repr(text)
    assert refused < 15
