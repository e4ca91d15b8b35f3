"""Short transcripts as Markdown, everything that is said of them, and what no transcript can have."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from masthead import formats
from masthead.document import MastheadError, SourceError
from masthead.document.model import (
    Annex,
    Box,
    Contents,
    Document,
    Heading,
    Note,
    NoteCall,
    Ornament,
    Paragraph,
    Role,
    Text,
)
from masthead.document.terms import DocumentType

FRONT = """Distr.: General
14 November 2039

General Assembly

Ninety-third session
Agenda item 9

Resolution adopted by the General Assembly on 20 December 2038

[on the report of the Second Committee (A/93/417)]

93/301. Tides

The General Assembly,

"""
END = """

61st plenary meeting
20 December 2038

Please recycle
39-20001 (E)    151139
"""
# The name of a text, what is around it where that is not as above, what is read of it, and all that is said of it.
CASES = [
    json.loads(line) for line in Path(__file__).with_name("transcript_snippets.jsonl").read_text("utf-8").splitlines()
]


def read(body: str, front: str = FRONT, end: str = END) -> tuple[str, list[str]]:
    """Return a text in Markdown, and the findings about it by its lines, or the errors of the transcript."""
    above = front.count("\n")

    def place(where: str) -> str:
        line, colon, column = where.removeprefix("x.txt:").partition(":")
        return f"{int(line) - above}{colon}{column}"

    try:
        document = formats.parse(f"{front}{body}{end}".encode(), "x.txt")
    except MastheadError as error:
        return "", [f"error {place(each.where)}: {each.message} ({each.hint})" for each in error.each]
    text = formats.render(document, ".md")
    assert isinstance(text, bytes)
    said = [f"{each.severity} {place(each.where)}: {each.message} ({each.hint})" for each in document.findings]
    return text.decode().partition("\n---\n")[2].strip(), said


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_what_is_read_of_a_text_and_said_of_it(case: dict[str, Any]) -> None:
    front = FRONT.replace(case["old"], case["new"], 1) if "old" in case else FRONT
    assert read(case["source"], front, case.get("end", END)) == (case["text"], case["said"])


def document() -> Document:
    return formats.parse(f"{FRONT}Recalling x,\n\n1. Requests y.{END}".encode(), "x.txt")


def test_a_transcript_is_written_as_it_is_read() -> None:
    written = formats.render(document(), ".txt")
    assert isinstance(written, bytes)
    assert formats.parse(written, "y.txt") == document()
    plain = f"{FRONT}Recalling x,\n\n1. Requests y.{END}"
    assert written.decode() == plain.replace("Please recycle\n", "Please recycle\n\n")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"type": DocumentType.REPORT}, "a document of type report, only resolutions"),
        ({"body": (Ornament((Text("x"),)),)}, "an ornament"),
        ({"body": (Box((), ()),)}, "a box"),
        ({"body": (Contents(1),)}, "a table of contents"),
        ({"body": (Heading(1, (Text("x"),)),)}, "a heading"),
        ({"annexes": (Annex((), ()),)}, "an annex"),
        ({"notes": (Note(1, (Text("x"),), asterisk=True),)}, "a note with an asterisk"),
    ],
)
def test_what_no_transcript_can_have_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(SourceError) as caught:
        formats.render(replace(document(), **changed), ".txt")
    assert caught.value.message == f"a transcript cannot represent {message}"
    assert (caught.value.where, bool(caught.value.hint)) == ("A/RES/93/301", True)


@pytest.mark.parametrize("name", ["bodies", "agenda_title", "sponsors", "subtitle"])
def test_lines_that_no_transcript_can_have_are_refused(name: str) -> None:
    value = ("x",) if name == "bodies" else (Text("x"),)
    preface = replace(document().preface, **{name: value})  # type: ignore[arg-type]
    with pytest.raises(SourceError, match=f"a transcript cannot represent the key {name.replace('_', '-')}"):
        formats.render(replace(document(), preface=preface), ".txt")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ("a text like a number", "paragraph 3: “4. y…”"),
        ("a part of the masthead", "the organ of this document"),
        ("a note", "note 1: “x…”"),
    ],
)
def test_what_would_be_read_back_otherwise_is_refused(changed: str, message: str) -> None:
    given = document()
    match changed:
        case "a text like a number":
            *body, last = given.body
            assert isinstance(last, Paragraph)
            given = replace(given, body=(*body, replace(last, content=(Text("4. y"),), number=None, role=Role.PLAIN)))
        case "a part of the masthead":
            given = replace(given, masthead=replace(given.masthead, organ="Harbour Board"))
        case _:
            given = replace(
                given,
                notes=(
                    Note(
                        1,
                        (Text("x"), NoteCall(1)),
                    ),
                ),
            )
    with pytest.raises(SourceError) as caught:
        formats.render(given, ".txt")
    assert caught.value.message.startswith(f"a transcript cannot represent {message}"), caught.value.message
