"""Reports in every form say the same; the HTML page is used by keyboard, in a real browser."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from playwright.sync_api import Page
from rich.console import Console

from breaking import good
from conftest import accessible
from masthead import preflight, report
from masthead.errors import OrderError
from masthead.findings import Finding, Severity
from masthead.preflight import DEFAULT, Exemption, Facts, Profile, Report, press
from masthead.terms import Language

BOXED = Finding("boxes.margins", Severity.ERROR, "text <stands> in the margin", 2, "foot", "move it", (10, 20, 110, 40))
WHOLE = Finding("metadata.dates", Severity.WARNING, "the file has no date of creation")
LEFT_OUT = Profile("some", (Exemption("links.symbols", "a reason"),))


def made(*findings: Finding, direction: str = "ltr") -> Report:
    facts = Facts(symbol="E/RES/2031/18", organ="المجلس الاقتصادي والاجتماعي", pages=3, direction=direction)
    return Report(facts, findings, LEFT_OUT)


def shown(value: Report) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(report.table(value))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_table_names_each_finding_and_what_is_left_out() -> None:
    text = shown(made(BOXED, WHOLE))
    assert "boxes.margins" in text
    assert "text <stands> in the margin (move it)" in text
    assert "without links.symbols" in text


def test_the_table_keeps_arabic_as_it_is_read() -> None:
    assert "\u2068المجلس الاقتصادي والاجتماعي\u2069" in shown(made())
    assert "nothing found by profile some" in shown(made())


def test_json_keeps_to_its_schema_for_a_real_report() -> None:
    value = preflight.check(good(Language.ARABIC))
    schema = report.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in (value, made(BOXED, WHOLE)):
        jsonschema.validate(json.loads(report.to_json(each)), schema)


def test_the_schema_in_the_documentation_is_current() -> None:
    """Made by `python -c "import json; from masthead import report; print(json.dumps(report.schema(), indent=2))"`."""
    path = Path(__file__).parent.parent / "docs" / "report.schema.json"
    assert json.loads(path.read_text("utf-8")) == report.schema()


def test_the_schema_refuses_what_is_not_a_report() -> None:
    broken = json.loads(report.to_json(made(BOXED)))
    broken["findings"][0]["severity"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, report.schema())


def test_junit_fails_the_rules_that_found_errors_alone() -> None:
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


def test_an_unknown_suffix_is_refused() -> None:
    with pytest.raises(OrderError, match="no form of report"):
        report.render(made(), ".doc", name="x.pdf", pdf=b"")


def test_the_page_needs_nothing_else_and_escapes_what_it_quotes() -> None:
    text = report.to_html(made(BOXED), "x.pdf", good(Language.ENGLISH))
    assert "text &lt;stands&gt; in the margin" in text
    assert all(address.startswith(("data:", "#")) for address in re.findall(r'(?:src|href)="([^"]*)"', text))
    assert text.count('src="data:image/png') == 3


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
    language, direction = request.param
    path = tmp_path / "report.html"
    value = made(BOXED, WHOLE, direction=direction)
    path.write_text(report.to_html(value, "x.pdf", good(language)), "utf-8")
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
def test_the_box_lies_where_the_finding_is(opened: Page) -> None:
    sheet = opened.locator("#page-2 .sheet").bounding_box()
    box = opened.locator("#box-1").bounding_box()
    scale = sheet["width"] / 612
    assert box["x"] - sheet["x"] == pytest.approx(10 * scale, abs=1)
    assert box["y"] - sheet["y"] == pytest.approx(20 * scale, abs=1)
    assert box["width"] == pytest.approx(100 * scale, abs=1)


@pytest.mark.parametrize("opened", [ARABIC], indirect=True)
def test_pages_of_an_arabic_document_run_from_the_right(opened: Page) -> None:
    first, second = (opened.locator(f"#page-{number} img").bounding_box() for number in (1, 2))
    assert first["x"] > second["x"]
    heading = opened.locator("h1").bounding_box()
    assert heading["x"] + heading["width"] > 1000


@pytest.mark.parametrize("opened", [ENGLISH, ARABIC], indirect=True)
def test_nothing_is_cut_off_on_a_narrow_screen(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert accessible(opened) == ""


def test_the_default_profile_names_its_exemptions() -> None:
    assert {exemption.rule for exemption in DEFAULT.exemptions} == {rule.id for rule in press.RULES} | {
        "archive.verapdf"
    }
