"""Resolutions read from the structure text of a PDF: notes, calls, imprint and organ come from what is tagged."""

from __future__ import annotations

from pathlib import Path

import pytest

from handmade import handmade
from masthead.document import Document, SourceError, model
from masthead.editing.concordance.printed import read_printed

PARTS = [
    "<P>United Nations", "<P>A/RES/93/301", "<P>General Assembly", "<P>Distr.: General", "<P>14 November 2039",
    "<P>39-20001 (E)", "<P>Please recycle", "<P>Ninety-third session", "<P>Agenda item 9",
    "<P>Resolution adopted by the General Assembly on 20 December 2038", "<H1>93/301. Tides",
    "<P>The General Assembly,", "<P>Recalling its resolution 71/1,", "<+>1", "<P>1. Decides to measure the tides",
    "<+>12", "<+> of all 12 harbours;", "<P>2. Also decides so.", "<P>61st plenary meeting", "<P>20 December 2038",
    "<Note>1 See all of it.", "<Note>12 See 1 note.",
]  # fmt: skip


def printed(tmp_path: Path, *changes: tuple[str, str]) -> Document:
    parts = "; ".join(f"126 {60 + 14 * at} 10 {part}" for at, part in enumerate(PARTS))
    for old, new in changes:
        assert old in parts
        parts = parts.replace(old, new)
    (tmp_path / "A_RES_93_301.en.pdf").write_bytes(handmade(parts))
    return read_printed(tmp_path / "A_RES_93_301.en.pdf")


def plain(document: Document) -> list[str]:
    """The text of each paragraph, with the numbers of notes in brackets."""

    def shown(inline: model.Inline) -> str:
        return f"[{inline.number}]" if isinstance(inline, model.NoteCall) else model.plain((inline,))

    return ["".join(map(shown, block.content)) for block in document.body if isinstance(block, model.Paragraph)]


def test_the_front_the_text_and_the_imprint_are_read(tmp_path: Path) -> None:
    document = printed(tmp_path)
    assert str(document.number) == "93/301" and document.job.number == "39-20001"
    assert document.masthead.distribution == "General"
    assert document.preface.session == "Ninety-third session"
    assert document.closing == ("61st plenary meeting", "20 December 2038")


def test_pieces_that_are_calls_call_notes_and_other_numbers_do_not(tmp_path: Path) -> None:
    document = printed(tmp_path)
    assert plain(document) == [
        "The General Assembly,", "Recalling its resolution 71/1, [1]",
        "Decides to measure the tides [12] of all 12 harbours;", "Also decides so.",
    ]  # fmt: skip
    assert [(note.number, model.plain(note.content)) for note in document.notes] == [
        (1, "See all of it."), (12, "See 1 note."),
    ]  # fmt: skip


def test_a_number_of_no_note_is_text(tmp_path: Path) -> None:
    document = printed(tmp_path, ("<+>12", "<+>13"), ("; 126 354 10 <Note>12 See 1 note.", ""))
    assert plain(document)[2] == "Decides to measure the tides 13 of all 12 harbours;"


def test_the_organ_may_be_one_that_no_locale_has(tmp_path: Path) -> None:
    assert str(printed(tmp_path).organ) == "general-assembly"
    with pytest.raises(SourceError, match="organ"):
        printed(tmp_path, ("<P>General Assembly", "<P>General Assemblies"))


def test_a_file_that_does_not_declare_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not declare its language"):
        printed(tmp_path, ("<H1>", "<P>"))
