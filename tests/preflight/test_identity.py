"""What the rules about symbol, masthead, recycling words, job number, codes and dates find on pages written by hand.

An input begins with the paper, if it is A4, and says what page one has otherwise than a complete one: `organ=…` is
another organ, `-organ` none, and all else is drawn too. Then come the later pages, whose usual parts are `head` and
`foot`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cases
from handmade import PAPERS, findings, handmade

TABLE = Path(__file__).with_name("identity_cases.txt")
FIRST = {
    "organization": "126 50 14 {}", "symbol": "440 50 10 {}", "organ": "126 100 17 *{}", "distr": "440 100 10 {}",
    "date": "440 112 10 {}", "text": "126 300 10 {}", "job": "126 {} 10 {}", "recycle": "126 {} 8 {}",
    "bars": "bars 126 {} 101 {}", "qr": "qr 480 {} 50 {}",
}  # fmt: skip
USUAL = {
    "organization": "United Nations", "symbol": "A/93/7", "organ": "General Assembly", "distr": "Distr.: General",
    "date": "1 March 2039", "text": "The rain of the year", "job": "39-02889 (E)    010339",
    "recycle": "Please recycle", "bars": "3902889", "qr": "https://undocs.org/A/93/7",
}  # fmt: skip
LATER = {"head": "440 60 8 {}", "text": "126 300 10 {}", "foot": "126 {} 8 {}"}
USUAL_LATER = {"head": "A/93/7", "text": "More of it", "foot": "39-02889"}
FROM_FOOT = {"job": 52, "recycle": 28, "bars": 77, "qr": 80, "foot": 32}


def page(changes: str, places: dict[str, str], usual: dict[str, str], height: float) -> str:
    texts, more = dict(usual), []
    for change in filter(None, changes.split("; ")):
        name, equals, text = change.partition("=")
        if change.startswith("-"):
            del texts[change[1:]]
        elif equals and name in places:
            texts[name] = text
        else:
            more.append(change)
    parts = [
        places[name].format(*([height - FROM_FOOT[name]] if name in FROM_FOOT else []), text)
        for name, text in texts.items()
    ]
    return "; ".join([*parts, *more])


def outcome(written: str) -> list[str]:
    """What the rules find, with the page."""
    paper = PAPERS["A4" if written.startswith("A4 ") else "Letter"]
    first, *later = map(str.strip, written.removeprefix("A4 ").split("‖"))
    pages = [page(first, FIRST, USUAL, paper[1]), *(page(each, LATER, USUAL_LATER, paper[1]) for each in later)]
    found = findings(handmade(" ‖ ".join(pages), paper), "identity")
    return [cases.shown(f"{each.rule.removeprefix('identity.')} {each.page or ''}: {each.message}") for each in found]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_symbol_masthead_recycling_job_codes_and_dates_identify_the_document(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
