"""Rules that the readers keep: what they remark on a source is told as any other slip, with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from masthead.document import Severity
from masthead.editing.lint.evidence import Evidence, Fault, Rules

RULES = Rules()


def _told(text: str) -> Callable[[Evidence], Iterator[Fault]]:
    """A rule that the readers keep: what they remarked is told by them, with its line."""

    def check(evidence: Evidence) -> Iterator[Fault]:
        yield from ()

    check.__doc__ = text
    return check


for name, severity, text, wrong, right in (
    (
        "source",
        Severity.ERROR,
        "The source can be read: every note called has its text, every note is called, every mark is known.",
        "[^3] without its note",
        "[^3] and [^3]: …",
    ),
    ("paragraph-order", Severity.WARNING, "Paragraphs are numbered in order, without gap.", "1. … 3. …", "1. … 2. …"),
    ("paragraph-repeated", Severity.ERROR, "No two paragraphs bear one number.", "1. … 1. …", "1. … 2. …"),
    (
        "item-order",
        Severity.WARNING,
        "Sub-paragraphs are lettered in order, without gap.",
        "(a) … (c) …",
        "(a) … (b) …",
    ),
    ("note-order", Severity.WARNING, "Notes are numbered in the order of their calls.", "[^2] … [^1]", "[^1] … [^2]"),
    ("call-unreadable", Severity.WARNING, "A note call names a number.", "^(x)", "^(1)"),
    ("emphasis-unclosed", Severity.WARNING, "Emphasis that opens closes in its paragraph.", "**يدعو", "**يدعو**"),
    (
        "reference-implausible",
        Severity.WARNING,
        "A resolution’s number can be one: the session had begun, its serial is possible.",
        "resolution 1/170",
        "resolution 70/1",
    ),
    (
        "reference-order",
        Severity.WARNING,
        "Which of its two orders a transcript’s number has is certain.",
        "القرار ٥٥/٦٠",
        "القرار ٥٥/٦٠ المؤرخ ٢٠ كانون الأول/ديسمبر ٢٠٠٠",
    ),
):
    RULES.rule(name, severity, wrong=wrong, right=right)(_told(text))
