"""Preflight sees each way in which a drawn number can lie, and none where it does not."""

from __future__ import annotations

import pytest

from breaking import html
from masthead import preflight
from masthead.document import Language

PHRASE = "دورة عام ٢٠٣١"


def forced(text: str) -> str:
    """The text, drawn from left to right whatever it is."""
    return f'<span data-text="{text}">\u202d{text}\u202c</span>'


def narrow(text: str, width: int) -> str:
    """The text in a box of so many points: its lines end where they can."""
    return f'<span style="display: inline-block; width: {width}pt; line-height: 20pt">{text}</span>'


# What the page draws for a number, and the rule that finds the fault.
FAULTS = [
    ("٣٠ ٢٧٢ ٤٠٠", "script.order"),  # the groups run from the right
    ("<span dir=ltr>٣٠ ٢٧٢ ٤٠٠</span>", "script.order"),
    ('<span data-text="١ ٨١٤٫٩">١\u200f \u200f٨١٤٫٩</span>', "script.order"),
    ("٦٤/٢٩٣", "script.order"),  # the pair runs from the left
    (forced("٢٠٠٨-٢٠٠٩"), "script.order"),
    (forced("١٠-١-٢"), "script.order"),
    (forced("١٥–١٩"), "script.order"),
    (forced("٣/٤/٢٠٤١"), "script.order"),
    (forced("٥+٢"), "script.order"),
    (forced("١٢٪-١٥٪"), "script.order"),
    (forced("٣٥٪"), "script.order"),
    (forced("-٠٫٥"), "script.order"),
    (forced("٢٦٧٢ (٢٠٢٣)"), "script.order"),
    ('<span data-text="١٠:٠٠">١٠\u200f:\u200f٠٠</span>', "script.order"),
    ('<span data-text="١٫٢٥">١\u200f٫\u200f٢٥</span>', "script.order"),
    ("١٥°٣٠′", "script.order"),
    ("+41 22 917 1234", "script.order"),
    ("+1-212-963-4475", "script.order"),
    ("17-12889 (A)", "script.order"),
    ("30 August 2041", "script.order"),
    ("١.٢٥", "script.numbers"),  # the point looks like a zero
    (narrow("٢٧٢ ٤٠٠", 24), "script.numbers"),
    (narrow("+41 22 917 1234", 40), "script.numbers"),
]


@pytest.mark.parametrize(("drawn", "rule"), FAULTS)
def test_a_number_that_is_drawn_wrong_is_found(drawn: str, rule: str) -> None:
    report = preflight.check(html((PHRASE, f"دورة {drawn} عام"))(Language.ARABIC))
    assert rule in {finding.rule for finding in report.findings}
