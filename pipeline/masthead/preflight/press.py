"""Rules about files that go to a printer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.rules import Fault, Rule

# An operator of ISO 32000-1, table 74, with its numbers before it. Text in hexadecimal strings holds no such letters.
RGB = re.compile(rb"(?<![\d.])((?:[\d.]+\s+){3})(rg|RG)\b")


def black_text(evidence: Evidence) -> Iterator[Fault]:
    """Black is one ink: no black is made of red, green and blue, which a press prints in four."""
    for number, page in enumerate(evidence.reader.pages, 1):
        contents = page.get_contents()
        data = b"" if contents is None else contents.get_data()
        colours = {found[1].split() == [b"0"] * 3 for found in RGB.finditer(data)}
        if True in colours:
            yield Fault("black is set in red, green and blue", page=number, hint="publish the press variant")


def bleed(evidence: Evidence) -> Iterator[Fault]:
    """A printer's page has a trim box, by which it is cut."""
    for number, page in enumerate(evidence.reader.pages, 1):
        if "/TrimBox" not in page:
            yield Fault("the page has no trim box", page=number)


RULES = (
    Rule("press.black", Severity.ERROR, black_text),
    Rule("press.trim-box", Severity.ERROR, bleed),
)
