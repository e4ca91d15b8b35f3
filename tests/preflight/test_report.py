"""Reports have the same content in every form; the HTML page works with the keyboard, in a real browser."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from playwright.sync_api import Page
from rich.console import Console

import bombs
from breaking import good
from browsing import accessible
from handbook import report_schema
from masthead import preflight
from masthead.document.errors import OrderError, SourceError
from masthead.document.findings import Finding, Severity
from masthead.document.rules import Exemption
from masthead.document.terms import Language
from masthead.pdf import Facts
from masthead.preflight import DEFAULT, Profile, Report, press, report
from masthead.preflight.report import extent
from paths import ROOT

BOXED = Finding("text <stands> in the margin", 2, "foot", "move it", (10, 20, 110, 40), rule="boxes.margins")
WHOLE = Finding("the file has no date of creation", rule="metadata.dates", severity=Severity.WARNING)
SECONDS = 60  # for pictures: the machine may be busy
LEFT_OUT = Profile("some", (Exemption("links.symbols", "a reason"),))


def made(*findings: Finding, direction: str = "ltr") -> Report:
    facts = Facts(symbol="E/RES/2031/18", organ="المجلس الاقتصادي والاجتماعي", pages=3, direction=direction)
    return Report(facts, findings, LEFT_OUT)


def shown(value: Report) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(report.table(value), report.exemptions(value.profile))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_lists_findings_and_exemptions() -> None:
    text = shown(made(BOXED, WHOLE))
    assert "boxes.margins" in text
    assert "text <stands> in the margin (move it)" in text
    assert "not checked: links.symbols: a reason" in text


def test_the_table_has_a_line_for_each_rule_and_indented_lines_for_its_findings() -> None:
    assert [line.rstrip() for line in shown(made(BOXED, WHOLE)).splitlines()] == [
        "E/RES/2031/18 · \u2068المجلس الاقتصادي والاجتماعي\u2069 · 3 pages",
        "error  boxes.margins",
        "  page 2, foot: text <stands> in the margin (move it)",
        "warning  metadata.dates",
        "  the file has no date of creation",
        "not checked: links.symbols: a reason",
    ]


def test_the_table_has_each_message_once_with_all_its_places() -> None:
    places = [(1, "“الأعمال”"), (1, "“خطة”"), (3, "“the”")]
    text = shown(made(*(Finding("wrong order", *place, "look", rule="script.order") for place in places)))
    assert text.count("wrong order (look)") == 1
    assert "script.order  3 times" in text
    assert "page 1, \u2068“الأعمال”\u2069, \u2068“خطة”\u2069; page 3, “the”" in text


def test_the_table_isolates_arabic_within_messages() -> None:
    finding = Finding("expected subparagraph (ج), found (د)", 2, "“خطة العمل”", rule="numbering.letters")
    words = "expected subparagraph (\u2068ج\u2069), found (\u2068د\u2069)"
    assert f"page 2, \u2068“خطة العمل”\u2069: {words}" in shown(made(finding))


def test_the_table_keeps_arabic_in_reading_order() -> None:
    assert "\u2068المجلس الاقتصادي والاجتماعي\u2069" in shown(made())
    assert "no findings (profile some)" in shown(made())


def test_json_of_a_real_report_conforms_to_the_schema() -> None:
    value = preflight.check(good(Language.ARABIC))
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in (value, made(BOXED, WHOLE)):
        jsonschema.validate(json.loads(report.to_json(each)), schema)


def test_the_published_schema_is_current() -> None:
    """`python docs/handbook.py` writes it."""
    path = ROOT / "docs" / "report.schema.json"
    assert json.loads(path.read_text("utf-8")) == report_schema()


def test_the_schema_refuses_what_is_not_a_report() -> None:
    broken = json.loads(report.to_json(made(BOXED)))
    broken["findings"][0]["severity"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, report_schema())


def test_junit_fails_only_the_rules_with_errors() -> None:
    suite = ElementTree.fromstring(report.to_junit(made(BOXED, WHOLE), "x.pdf").encode()).find("testsuite")
    assert suite is not None
    failed = [case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None]
    skipped = [case.get("name") for case in suite.iter("testcase") if case.find("skipped") is not None]
    assert (failed, skipped) == (["boxes.margins"], ["links.symbols"])
    assert (suite.get("failures"), suite.get("skipped"), suite.get("tests")) == ("1", "1", str(len(preflight.CHECKS)))


def test_sarif_names_rules_levels_and_pages() -> None:
    (run,) = json.loads(report.to_sarif(made(BOXED, WHOLE), "a b.pdf"))["runs"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    first, second = run["results"]
    assert set(names) == {rule.id for rule in preflight.CHECKS}
    assert (first["ruleId"], first["level"], second["level"]) == ("boxes.margins", "error", "warning")
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.pdf"
    assert first["locations"][0]["logicalLocations"] == [{"name": "page 2", "kind": "element"}]


# --- more than anybody reads ------------------------------------------------------------------------------------------

MANY = tuple(Finding(f"page {page} is wrong", page, rule="structure.folios") for page in range(1, 60_001))
FEW = Finding("text in the margin", 700, rule="boxes.margins")


def many() -> Report:
    return Report(Facts(symbol="E/RES/2031/18", pages=60_000), (*MANY, FEW), LEFT_OUT)


def test_the_table_shows_ten_findings_of_a_rule_and_counts_the_others() -> None:
    text = shown(many())
    assert "structure.folios  60,000 times" in text
    assert "page 10 is wrong" in text
    assert "page 11 is wrong" not in text
    assert "… and 59,990 more of this rule" in text
    assert "text in the margin" in text


def test_json_shows_a_hundred_findings_of_a_rule_and_counts_all() -> None:
    value = json.loads(report.to_json(many()))
    jsonschema.validate(value, report_schema())
    assert len(value["findings"]) == 101
    assert value["counts"] == {"structure.folios": 60_000, "boxes.margins": 1}
    assert value["failed"]


def test_junit_and_sarif_show_a_hundred_findings_of_a_rule_and_count_the_others() -> None:
    rest = "… and 59,900 more of this rule"
    suite = ElementTree.fromstring(report.to_junit(many(), "x.pdf").encode())
    messages = [failure.get("message") for failure in suite.iter("failure")]
    assert (len(messages), messages.count(rest)) == (102, 1)
    (run,) = json.loads(report.to_sarif(many(), "x.pdf"))["runs"]
    assert [each["occurrenceCount"] for each in run["results"] if each["message"]["text"] == rest] == [59_900]
    assert len(run["results"]) == 102


def test_a_long_file_has_pictures_of_page_one_and_of_pages_with_findings_of_each_rule() -> None:
    chosen = extent.pages(many(), 24)
    assert chosen == (*range(1, 24), 700)
    assert extent.pages(made(BOXED), 24) == (1, 2, 3)


def test_the_page_says_how_many_pages_and_findings_it_leaves_out() -> None:
    text = report.to_html(
        replace(many(), facts=replace(many().facts, pages=203)), "x.pdf", bombs.changed(bombs.empty_pages), SECONDS
    )
    assert text.count('src="data:image/png') == 24
    assert "24 of 203 pages are shown" in text
    assert "Findings (60,001)" in text
    assert "… and 59,900 more of this rule" in text
    assert text.count("is wrong</bdi>") == 100


@pytest.mark.parametrize(("count", "rest"), [(39, ""), (40, ""), (41, "and 1 more"), (1240, "and 1,200 more")])
def test_the_page_lists_forty_values_of_a_fact_and_counts_the_others(count: int, rest: str) -> None:
    facts = Facts(pages=3, references=tuple(f"A/104/{number}" for number in range(1000, 1000 + count)))
    text = report.to_html(Report(facts, (), LEFT_OUT), "x.pdf", good(Language.ENGLISH), SECONDS)
    assert len(re.findall("A/104/1[0-9]{3}", text)) == min(count, 40)
    assert ("more" in text) == bool(rest)
    assert rest in text


# --- a file that cannot be read ---------------------------------------------------------------------------------------

UNREAD = SourceError("the file is <no> PDF", where="x.pdf", hint="name a PDF file")


def test_json_of_an_unreadable_file_conforms_to_the_schema() -> None:
    value = json.loads(report.to_json(UNREAD))
    jsonschema.validate(value, report_schema())
    assert value["error"] == {"message": "the file is <no> PDF", "where": "x.pdf", "hint": "name a PDF file"}
    assert value["failed"]


def test_junit_of_an_unreadable_file_is_an_error() -> None:
    suite = ElementTree.fromstring(report.to_junit(UNREAD, "x.pdf").encode()).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("1", "1", "0")
    (error,) = suite.iter("error")
    assert (error.get("message"), error.text) == ("the file is <no> PDF", "name a PDF file")


def test_sarif_of_an_unreadable_file_says_that_the_run_failed() -> None:
    (run,) = json.loads(report.to_sarif(UNREAD, "x.pdf"))["runs"]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"], run["results"]) == (False, 3, [])
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "the file is <no> PDF (name a PDF file)"


def test_the_page_of_an_unreadable_file_says_why() -> None:
    text = report.to_html(UNREAD, "x.pdf", b"")
    assert "No verdict" in text
    assert "the file is &lt;no&gt; PDF" in text


# ----------------------------------------------------------------------------------------------------------------------


def test_an_unknown_suffix_is_refused() -> None:
    with pytest.raises(OrderError, match="unknown form of report"):
        report.render(made(), ".doc", name="x.pdf", pdf=b"")


def test_the_page_has_no_external_resources_and_escapes_what_it_quotes() -> None:
    text = report.to_html(made(BOXED), "x.pdf", good(Language.ENGLISH), SECONDS)
    assert "text &lt;stands&gt; in the margin" in text
    assert all(address.startswith(("data:", "#")) for address in re.findall(r'(?:src|href)="([^"]*)"', text))
    assert text.count('src="data:image/png') == 3


def test_a_page_that_cannot_be_drawn_is_reported_in_its_place() -> None:
    text = report.to_html(made(BOXED), "x.pdf", bombs.changed(bombs.tiling), SECONDS)
    (sheet,) = re.findall(r'<figure id="page-2".*?</figure>', text, re.DOTALL)
    assert "Page 2 could not be drawn: it takes more than 3 seconds." in sheet
    assert 'id="box-1"' in sheet
    assert text.count('src="data:image/png') == 2


def test_junit_replaces_characters_that_xml_cannot_contain() -> None:
    text = report.to_junit(made(replace(BOXED, message="a\x00b\x0bc\ufffe")), "x\x01.pdf")
    failure = ElementTree.fromstring(text.encode()).find(".//failure")
    assert failure is not None
    assert failure.get("message") == "a\ufffdb\ufffdc\ufffd"


def test_the_facts_on_the_page_include_notes_paragraphs_folios_and_references() -> None:
    text = report.to_html(preflight.check(good(Language.ENGLISH)), "x.pdf", good(Language.ENGLISH))
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))
    plain = {key: re.sub("<[^>]*>", "", value) for key, value in facts.items()}
    assert plain["folios"] == "2/3 (page 2), 3/3 (page 3)"
    assert plain["notes"] == "1 (page 1), 2 (page 2)"
    assert plain["paragraphs"].startswith("1 (page 1), 2 (page 1), ")
    assert plain["references"].startswith("E/2031/30, A/71/119, ")


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
    language, direction = request.param
    path = tmp_path / "report.html"
    value = made(BOXED, WHOLE, direction=direction)
    path.write_text(report.to_html(value, "x.pdf", good(language), SECONDS), "utf-8")
    page.goto(path.as_uri())
    return page


ENGLISH, ARABIC = (Language.ENGLISH, "ltr"), (Language.ARABIC, "rtl")


@pytest.mark.parametrize("opened", [ENGLISH], indirect=True)
def test_a_finding_is_reached_and_left_by_keyboard(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Tab")
    assert "margin" in opened.evaluate("document.activeElement.textContent")
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#box-1"
    opened.keyboard.press("Tab")
    opened.keyboard.press("Shift+Tab")
    assert opened.evaluate("document.activeElement.id") == "box-1"
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#finding-1"


@pytest.mark.parametrize("opened", [ENGLISH], indirect=True)
def test_the_box_is_at_the_place_of_the_finding(opened: Page) -> None:
    sheet = opened.locator("#page-2 .sheet").bounding_box()
    box = opened.locator("#box-1").bounding_box()
    scale = sheet["width"] / 612
    assert box["x"] - sheet["x"] == pytest.approx(10 * scale, abs=1)
    assert box["y"] - sheet["y"] == pytest.approx(20 * scale, abs=1)
    assert box["width"] == pytest.approx(100 * scale, abs=1)


@pytest.mark.parametrize("opened", [ENGLISH], indirect=True)
def test_place_hint_and_rule_are_separate(opened: Page) -> None:
    assert opened.locator("#finding-1").inner_text() == "page 2: text <stands> in the margin at foot"
    words = opened.locator("section[aria-labelledby=findings]").inner_text()
    assert "error boxes.margins\nmove it\n" in re.sub(r"\n+", "\n", words)


@pytest.mark.parametrize("opened", [ENGLISH, ARABIC], indirect=True)
def test_the_number_of_a_box_covers_nothing_of_the_page(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 700})
    sheet = opened.locator("#page-2 .sheet").bounding_box()
    flag = opened.locator("#page-2 .flag").bounding_box()
    assert flag["x"] >= sheet["x"] + sheet["width"] or flag["x"] + flag["width"] <= sheet["x"]
    assert 0 <= flag["x"] <= 360 - flag["width"]


@pytest.mark.parametrize("opened", [ARABIC], indirect=True)
def test_arabic_pages_run_from_right_to_left_and_findings_from_left_to_right(opened: Page) -> None:
    first, second = (opened.locator(f"#page-{number} img").bounding_box() for number in (1, 2))
    assert first["x"] > second["x"]
    for words in ("h1", "ol.findings", "dl"):
        assert opened.locator(words).first.evaluate("element => getComputedStyle(element).direction") == "ltr"
    heading, finding = (opened.locator(words).first.bounding_box() for words in ("h2", "ol.findings li"))
    assert abs(finding["x"] - heading["x"]) < 60


@pytest.mark.parametrize("opened", [ENGLISH, ARABIC], indirect=True)
def test_nothing_is_cut_off_on_a_narrow_screen(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert accessible(opened) == ""


def test_the_default_profile_names_its_exemptions() -> None:
    assert {exemption.rule for exemption in DEFAULT.exemptions} == {rule.id for rule in press.RULES} | {
        "archive.verapdf"
    }
