"""Rules that readers check while they read a source: lint reports their findings with all others."""

from __future__ import annotations

from masthead.document import Rule, Rules, Severity
from masthead.editing.lint.manuscript import Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING = Severity.ERROR, Severity.WARNING
RULES.extend(
    Rule(name, severity, text, wrong=wrong, right=right)
    for name, severity, text, wrong, right in (
        (
            "source",
            ERROR,
            "The source can be read: every note call has a note, every note has a call, and all syntax is valid.",
            "[^3] without its note",
            "[^3] and [^3]: …",
        ),
        ("paragraph-order", WARNING, "Paragraphs are numbered in order, without gaps.", "1. … 3. …", "1. … 2. …"),
        ("paragraph-repeated", ERROR, "No two paragraphs have the same number.", "1. … 1. …", "1. … 2. …"),
        ("item-order", WARNING, "Subparagraphs are lettered in order, without gaps.", "(a) … (c) …", "(a) … (b) …"),
        (
            "heading-empty",
            WARNING,
            "A heading has text; only sections of resolutions may have a number alone.",
            "# I.",
            "# I. Introduction",
        ),
        ("note-order", WARNING, "Notes are numbered in the order of their calls.", "[^2] … [^1]", "[^1] … [^2]"),
        ("table-note-uncalled", WARNING, "A table calls the notes below it.", "[^a]: … alone", "[^a] and [^a]: …"),
        ("call-unreadable", WARNING, "A note call contains a number.", "^(x)", "^(1)"),
        ("emphasis-unclosed", WARNING, "Emphasis is closed in its paragraph.", "**يدعو", "**يدعو**"),
        (
            "mark-foreign",
            WARNING,
            "A text has no marks of HTML or of another dialect of Markdown: they would be printed.",
            "H<sub>2</sub>O, ~~old~~",
            "H~2~O",
        ),
        (
            "mark-unread",
            WARNING,
            "The numbers, marks and bullets at the start of paragraphs are written so that they are read as such.",
            "3.Decides",
            "3. Decides",
        ),
        (
            "reference-implausible",
            WARNING,
            "The number of a resolution is possible: its session has begun, its serial number is not too high.",
            "resolution 1/170",
            "resolution 70/1",
        ),
        (
            "reference-order",
            WARNING,
            "The order of the two numbers in a resolution number is clear.",
            "القرار ٥٥/٦٠",
            "القرار ٥٥/٦٠ المؤرخ ٢٠ كانون الأول/ديسمبر ٢٠٠٠",
        ),
    )
)
