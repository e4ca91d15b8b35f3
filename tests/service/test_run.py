"""The view of a batch while it runs, and the report that looks the same."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from browsing import accessible
from masthead.batch import Outcome, OutcomeState, reports
from masthead.document.errors import SourceError
from masthead.service.run import shown

FINDING = {"rule": "text.order", "severity": "error", "message": "<b>قرار</b>", "page": 3}


def outcome(number: int) -> Outcome:
    """Every fifth one fails, and every seventh has a finding."""
    source = Path(f"in/{number:03}.md")
    if number % 5 == 0:
        error = SourceError("no front matter", where=f"{source}:1", hint="begin with ---")
        return Outcome(source, "archive", OutcomeState.FAILED, error=error)
    findings = [FINDING] if number % 7 == 0 else []
    report = {"failed": bool(findings), "findings": findings}
    return Outcome(
        source, "archive", OutcomeState.MADE, Path(f"out/{number:03}.pdf"), ("never made",), report, seconds=0.5
    )


def names(page: Page) -> list[str]:
    return [each.inner_text() for each in page.locator("tbody tr:visible th").all()]


def test_documents_appear_while_the_run_goes_on_failures_first(page: Page) -> None:
    with shown(30) as (view, address):
        for number in range(1, 11):
            view.add(outcome(number))
        page.goto(address)
        expect(page.locator("#counts")).to_contain_text("8 made, 2 failed; 1 findings; 4.0 seconds of work. 20 to do")
        expect(page.locator("tbody tr").first).to_contain_text("in/005.md")
        assert accessible(page) == ""
        page.get_by_label("failed").check()
        assert names(page) == ["in/005.md", "in/010.md"]
        for number in range(11, 31):
            view.add(outcome(number))
        expect(page.locator("#done")).to_have_js_property("value", 30)
        expect(page.locator("tbody tr:visible")).to_have_count(6)  # what was chosen stays chosen
    expect(page.locator("#counts")).to_have_text("24 made, 6 failed; 4 findings; 12.0 seconds of work.")
    expect(page.locator("#done")).to_be_hidden()


def test_each_event_says_how_many_documents_are_left() -> None:
    with shown(500) as (view, address):
        for number in range(1, 301):
            view.add(outcome(number))
        view.feed.ended = True
        with urlopen(f"{address}events") as answer:
            lines = answer.read().decode().splitlines()
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith('data: {"documents')]
    assert [(len(event["documents"]), event["left"]) for event in events] == [(200, 300), (100, 200)]


def test_the_report_is_searched_and_sorted(page: Page, tmp_path: Path) -> None:
    reports.write(tmp_path / "run.html", [outcome(number) for number in range(1, 31)])
    page.goto((tmp_path / "run.html").as_uri())
    assert names(page)[:6] == [f"in/{number:03}.md" for number in (5, 10, 15, 20, 25, 30)]
    page.get_by_role("button", name="Source").click()
    assert names(page)[:2] == ["in/001.md", "in/002.md"]
    page.get_by_role("button", name="Source").press("Enter")
    assert names(page)[:2] == ["in/030.md", "in/029.md"]
    assert page.locator("th[aria-sort]").inner_text().startswith("Source")
    page.get_by_label("Search").fill("قرار")
    assert names(page) == ["in/028.md", "in/021.md", "in/014.md", "in/007.md"]
    assert "<b>قرار</b>" in page.locator("tbody").inner_text()
    links = [each.get_attribute("href") for each in page.locator("tbody tr:visible").first.get_by_role("link").all()]
    assert links == [address := os.path.relpath("out/028.pdf", tmp_path), f"{address}#page=3"]
    assert accessible(page) == ""


def test_the_view_gives_the_files_that_were_made(page: Page, tmp_path: Path) -> None:
    (tmp_path / "1.pdf").write_bytes(b"%PDF")
    with shown(2) as (view, address):
        view.add(replace(outcome(1), output=tmp_path / "1.pdf"))
        view.add(outcome(2))  # somebody removed it
        answers = [page.request.get(f"{address}files/{number}") for number in range(4)]
        assert [answer.status for answer in answers] == [404, 200, 404, 404]
        assert answers[1].body() == b"%PDF"
        assert answers[1].headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("count", [0, 500])
def test_a_page_that_comes_late_is_given_everything(page: Page, count: int) -> None:
    with shown(count) as (view, address):
        for number in range(1, count + 1):
            view.add(outcome(number))
        page.goto(address)
        expect(page.locator("tbody tr")).to_have_count(count)
    expect(page.locator("#done")).to_be_hidden()
