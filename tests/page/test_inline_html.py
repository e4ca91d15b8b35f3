"""The HTML of a paragraph: emphasis, numbers, references, notes, revisions and foreign words in each language."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Language, Symbol, TemplateError, locales
from masthead.document.model import (
    Content,
    Emphasis,
    Hyperlink,
    LineEnd,
    Lowered,
    Note,
    NoteCall,
    PageEnd,
    Pagination,
    Raised,
    Reference,
    Revision,
    RevisionKind,
    Strong,
    TableNoteCall,
    Text,
)
from masthead.page.inline import Inliner

S = Symbol("A/71/119")
CONTENTS: dict[str, list[Content]] = {
    "en": [
        (
            Text("a"),
            Strong((Text("b"), Emphasis((Text("c"),)))),
        ),
        (Text("5 July 2049 and 3 km, No. 7, 5 %, p. 12"),),
        (Text("x"), NoteCall(1), Text(" y"), NoteCall(1)),
        (Text("x"), NoteCall(1, asterisk=True)),
        (Reference("A/71/119", S), Text(" and "), Reference("71/119", S), Text(" "), Reference("resolution", S)),
        (Text("resolution "), Reference("64/293", Symbol("A/RES/64/293"))),
        (Hyperlink("x y", "https://a.example/?b&c"),),
        (Hyperlink("table 2", "#t"),),
        (Raised("2"), Lowered("3")),
        (Text("a"), LineEnd(), Text("b"), PageEnd(), Text("c")),
        (Text("A/71/119 and 64/293, paras. 3-5"),),
        (Text("مرحبا hello"),),
        (Text('2.5 mm/yr <b> & "q"'),),
        (
            Revision(RevisionKind.REMOVED, (Text("a"),)),
            Revision(RevisionKind.MOVED_HERE, (Text("b"),)),
            Revision(RevisionKind.ADDED, (Text("c"),)),
            Revision(RevisionKind.MOVED_AWAY, (Text("d"),)),
        ),
        (Text("1 000 000 and USD 1,250"),),
        (Text("a\u00adb co\u2011op"),),
        (Text("a → b"),),
    ],
    "ar": [
        (Text("نص ١٢ و 13/14 A/71/119"),),
        (Text("نص"), NoteCall(1), Text(" آخر"), NoteCall(2), NoteCall(3)),
        (Text("و "), Reference("1546 (2004)", Symbol("S/RES/1546 (2004)"))),
        (Strong((Text("نص United Nations"),)),),
        (Text("٥ تموز/يوليه ٢٠٤٩ و 50% و ٣ كم"),),
        (Revision(RevisionKind.ADDED, (Text("نص"),)),),
        (Text("محمَّد"),),
        (Text("(هـ) بند"),),
        (Hyperlink("الجدول 2", "#t"),),
        (Text("نص"), TableNoteCall(1)),
    ],
    "zh": [
        (Text("水。"), NoteCall(1), Text("水")),
        (Text("水"), NoteCall(1), NoteCall(2)),
        (Strong((Text("水文"),)), NoteCall(1)),
        (Text("水 Water 12"),),
        (Text("a"), NoteCall(1)),
        (Text("水"),),
    ],
    "fr": [(Text("le 5 juillet 2049, n° 7, 5 %, 1er août 2049"),), (Text("page 12 et 3 kg"),)],
    "ru": [
        (Text("5 июля 2049 года, № 7, 5 %"),),
    ],
    "es": [
        (Text("5 de julio de 2049, núm. 7"),),
    ],
}
# The language of each content, and the HTML of its parts.
HTML = [json.loads(line) for line in Path(__file__).with_name("inline_html.jsonl").read_text("utf-8").splitlines()]
CASES = list(
    zip(
        HTML,
        [(language, content) for language, contents in CONTENTS.items() for content in contents],
        strict=True,
    )
)
NOTES = (
    Note(1, (Text("Note."),)),
    Note(2, (Text("A/71/119."),)),
    Note(3, (Text("John Reed, "), Emphasis((Text("Tides"),)))),
    Note(1, (Text("Star."),), asterisk=True),
)


def inliner(language: str) -> Inliner:
    document = formats.parse(report(Language(language)).encode(), "x.md")
    made = Inliner(replace(document, notes=NOTES, pagination=Pagination.SOURCE), locales.load(document.language))
    made.table_notes = 1
    return made


@pytest.mark.parametrize(("expected", "case"), CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_the_html_of_a_content(expected: dict[str, object], case: tuple[str, Content]) -> None:
    language, content = case
    made = inliner(language)
    parts = made.parts(content)
    assert {"language": language, "html": [str(part) for part in parts]} == expected
    assert made.page_ends == len(parts) - 1


@pytest.mark.parametrize("call", [NoteCall(9), NoteCall(2, asterisk=True), TableNoteCall(2)])
def test_a_call_to_no_note_is_an_error_that_shows_it(call: NoteCall | TableNoteCall) -> None:
    mark = {"NoteCall(number=9, asterisk=False)": "9", "TableNoteCall(ordinal=2)": "b"}.get(repr(call), "**")
    with pytest.raises(TemplateError) as caught:
        inliner("en").whole((Text("x"), call))
    assert (caught.value.message, caught.value.hint) == (
        f"call to undefined note {mark}", "add the note, or remove the call"
    )  # fmt: skip


def test_a_text_in_a_link_a_form_or_beside_a_number_of_a_resolution() -> None:
    made = inliner("en")
    assert made.entry("See A/71/119") == 'See <span class="unit whole latin">A/71/119</span>'
    assert made.framed((Text("x"),), "[{text}]") == "[<i>x</i>]"
    assert made.number("73/8", "73/8.") == '<span class="number">73/8</span>.'
    assert made.number("73/8", "none") == "none"
    assert made.whole((Text("a"), PageEnd(), Text("b"))) == "ab" and made.page_ends == 0
