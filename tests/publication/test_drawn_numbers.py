"""Numbers on Arabic pages: wherever a number may be, preflight finds it drawn as it is printed."""

from __future__ import annotations

import pytest

from manuscripts import AR, report
from masthead import publication
from masthead.publication import SourceFile

TYPED = (
    *(
        "3.75",
        "2 047 300",
        "300 047 2",
        "3 216.4",
        "81,000",
        "1997-2003",
        "15–19",
        "88/146",
        "6/11/2052",
        "8%-9.5%",
        "7+4",
    ),
    *(
        "42%",
        "-0.25",
        "±3",
        "≤ 5",
        "$2 500",
        "16:30",
        "31°45′",
        "2715 (2049)",
        "(3.2)",
        "25 تموز/يوليه 2041",
        "12 مكررا",
    ),
    *("www.example.org/ar/2041", "press-2@example.org", "A/RES/104/12", "49-10773 (A)", "+41 22 555 0199"),
    *("vol. 3010, No. 51222", "14 March 2051", "300 km", "10⁻³", "№ 7"),
)
BODY = (
    *(f"{number}. وبلغ ذلك {typed}، في {typed}؛ وتلاحظ **{typed}**" for number, typed in enumerate(TYPED, 1)),
    *(f"## الفصل {typed}" for typed in ("3.75", "1997-2003", "88/146")),
    "<!-- table -->",
    "\n".join(["| البند | القيمة |", "|---|---:|", *(f"| {typed} | {typed} |" for typed in TYPED)]),
    "نص[^1] وآخر[^2].",
    "[^1]: " + "، ".join(TYPED[:14]) + ".",
    "[^2]: انظر United Nations, Treaty Series, vol. 2225, No. 39574؛ و 3.75.",
)


@pytest.mark.parametrize("digits", ["arab", "latn"])
def test_numbers_are_drawn_as_they_are_read_wherever_they_are(digits: str) -> None:
    source = report(AR, *BODY, digits=digits)
    edition = publication.publish(SourceFile("numbers.md", source.encode()))
    assert [finding for finding in edition.report.findings if finding.rule != "completeness.numbers"] == []


@pytest.mark.parametrize("digits", ["arab", "latn"])
def test_marks_of_any_width_keep_their_room(digits: str) -> None:
    """From 100 on, marks of paragraphs and notes are wider than the room that print gives them."""
    paragraphs = [f"{number}. نص[^{2 * number - 1}] وآخر[^{2 * number}]." for number in range(1, 66)]
    paragraphs += [f"{number}. نص آخر." for number in range(66, 151)]
    notes = [f"[^{number}]: انظر المرفق." for number in range(1, 131)]
    edition = publication.publish(SourceFile("marks.md", report(AR, *paragraphs, *notes, digits=digits).encode()))
    assert edition.report.findings == ()
