"""Short texts in Akoma Ntoso as Markdown, and everything that is said of them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Language, MastheadError

# The name of a text, its XML, what is read of it, and all that is said of it, in a file of another program and, where
# that differs, in one that Masthead wrote.
CASES = [json.loads(line) for line in Path(__file__).with_name("akn_snippets.jsonl").read_text("utf-8").splitlines()]
_REPLACED: dict[str, list[tuple[str, str]]] = {
    "no document has a language that is not known": [('language="eng"', 'language="xxx"')],
    "a line of the cover that states nothing known is lost": [
        (
            '<p>Distr.: <inline name="akn4un:distribution">General</inline></p>',
            "<p>Distr.: General</p><p>An odd line</p>",
        ),
        ('<docAuthority refersTo="#un">United Nations</docAuthority>', "United Nations"),
    ],
    "a document has one title": [
        ("<p><docTitle>Tides</docTitle></p>", "<p><docTitle>Tides</docTitle></p><p><docTitle>Moons</docTitle></p>")
    ],
    "a publication holds a document": [
        ('<doc name="report"', '<judgement name="report"'),
        ("</doc>\n      </component>", "</judgement>\n      </component>"),
    ],
}
_SAID = {
    "no document has a language that is not known": [
        "error 2: the file is in the language “xxx” (documents are in ara, zho, eng, fra, rus, spa: "
        '<FRBRlanguage language="eng"/> in the metadata)'
    ],
    "a line of the cover that states nothing known is lost": [
        "warning: left out: “An odd line” in <coverPage> (a document has no place for it; keep this file as well)",
        "error: 3 of the 25 words of the file are not in the document: an, odd, line (no document can have text at "
        "this place; mark it up as a paragraph of the body)",
    ],
    "a document has one title": [
        "warning: left out: a second title (a document has no place for it; keep this file as well)",
        "error: 1 of the 23 words of the file are not in the document: moons (no document can have text at this place; "
        "mark it up as a paragraph of the body)",
    ],
    "a publication holds a document": [
        "error 3: the publication contains no document (documents that can be read: statement, doc, debateReport, act, "
        "bill, alone or in a documentCollection)"
    ],
}


@cache
def frame(*, ours: bool) -> str:
    """Return a file around a text, as Masthead or another program writes it."""
    document = formats.parse(report(Language.ENGLISH, "Text.").encode(), "x.md")
    written = formats.render(document, ".akn")
    assert isinstance(written, bytes)
    own = re.sub(r"<mainBody>.*</mainBody>", "<mainBody>\nTEXT</mainBody>", written.decode(), flags=re.DOTALL)
    others = own.replace(' xmlns:masthead="urn:masthead:document"', "")
    return own if ours else re.sub(r"\s*<presentation.*?</presentation>", "", others, flags=re.DOTALL)


def read(body: str, *, ours: bool, replaced: list[tuple[str, str]] | None = None) -> tuple[str, list[str]]:
    """Return a text in Markdown, and the findings about it by its lines, or the errors of the file."""
    source = frame(ours=ours)
    for old, new in replaced or ():
        assert old in source
        source = source.replace(old, new)
    above = source[: source.index("TEXT")].count("\n")
    try:
        document = formats.parse(source.replace("TEXT", body).encode(), "x.akn")
    except MastheadError as error:
        return "", [f"error {each.where.removeprefix('x.akn:')}: {each.message} ({each.hint})" for each in error.each]
    said = []
    for each in document.findings:
        line = int(each.where.removeprefix("x.akn:")) - above
        place = f"{each.severity} {line}" if line >= 0 and not replaced else f"{each.severity}"
        said.append(f"{place}: {each.message} ({each.hint})")
    text = formats.render(document, ".md")
    assert isinstance(text, bytes)
    return text.decode().partition("\n---\n")[2].strip(), said


@pytest.mark.parametrize("ours", [False, True], ids=["of another program", "of Masthead"])
@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_what_is_read_of_a_text_and_said_of_it(case: dict[str, Any], ours: bool) -> None:
    expected = case["ours"] if ours and "ours" in case else case["others"]
    assert read(case["body"], ours=ours) == (expected["text"], expected["said"])


@pytest.mark.parametrize("name", _REPLACED)
def test_what_is_said_of_the_lines_around_a_text(name: str) -> None:
    assert read("<p>Text.</p>", ours=False, replaced=_REPLACED[name])[1] == _SAID[name]
