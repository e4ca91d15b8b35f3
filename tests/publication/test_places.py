"""Errors that only the page shows are reported at their place in the source, for every source format."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead import formats, publication
from masthead.cli.app import app
from masthead.document.errors import TypesettingError
from masthead.page.markup import Html, mark_up
from masthead.typesetting.typesetter import typeset
from paths import EXAMPLES, SPECIMENS

ENGLISH = EXAMPLES / "E_RES_2041_7.en.md"
BEFORE = "harbour towns to keep"


def source_with(word: str, suffix: str, folder: Path) -> Path:
    """The English example with a word in its first preambular paragraph, in that form."""
    if suffix in (".md", ".txt"):
        text = ENGLISH.with_suffix(suffix).read_text("utf-8")
        assert BEFORE in text
        data = text.replace(BEFORE, f"{word} {BEFORE}").encode()
    else:
        document = formats.parse(source_with(word, ".md", folder).read_bytes(), "x.md")
        data = formats.render(document, suffix)
    path = folder / f"x{suffix}"
    path.write_bytes(data)
    return path


def refusal(source: Path) -> TypesettingError:
    with pytest.raises(TypesettingError) as raised:
        publication.publish(source)
    assert type(raised.value) is TypesettingError
    return raised.value


@pytest.mark.parametrize("suffix", [".md", ".txt", ".xml"])
@pytest.mark.parametrize("word", ["ትግርኛ", "คำ", "हिन्दी"])
def test_a_word_that_no_font_draws_is_told_with_line_and_column(word: str, suffix: str, tmp_path: Path) -> None:
    source = source_with(word, suffix, tmp_path)
    error = refusal(source)
    lines = source.read_text("utf-8").split("\n")
    line, column = next((number, text.index(word)) for number, text in enumerate(lines, 1) if word in text)
    assert error.where == f"{source}:{line}:{column + 1}"
    assert f"U+{ord(word[0]):04X}" in error.message
    assert "script of the language" in error.hint


@pytest.mark.parametrize("word", ["ትግርኛ", "คำ"])
def test_in_word_it_is_told_with_its_paragraph_or_note(word: str, tmp_path: Path) -> None:
    source = source_with(word, ".docx", tmp_path)
    assert refusal(source).where == f"{source}: paragraph 7 “Recalling General Assembly resolution 93/118…”"
    document = formats.read(ENGLISH)
    text = ENGLISH.read_text("utf-8").replace("[^1]: See", f"[^1]: {word} See")
    source.write_bytes(formats.render(formats.parse(text.encode(), "x.md"), ".docx"))
    assert document.notes[0].number == 1
    assert f"“{word} See" in refusal(source).where


def test_where_a_character_stands_twice_the_words_around_it_tell_which(tmp_path: Path) -> None:
    # What stands for a picture is said and not drawn.
    report = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")
    picture, paragraph = "](gardens.svg)", "rain before they plant"
    assert 0 < report.index(picture) < report.index(paragraph)
    source = tmp_path / "x.md"
    source.write_text(
        report.replace(picture, f" ค{picture}").replace(paragraph, "rain\n   ค before they plant"), "utf-8"
    )
    (tmp_path / "gardens.svg").write_bytes((SPECIMENS / "gardens.svg").read_bytes())
    number = source.read_text("utf-8").split("\n").index("   ค before they plant;") + 1
    assert refusal(source).where == f"{source}:{number}:4"


def test_a_character_written_as_a_reference_is_found(tmp_path: Path) -> None:
    for written in ("&#3588;", "&#x0E04;"):
        source = source_with(written, ".md", tmp_path)
        lines = source.read_text("utf-8").split("\n")
        line, column = next((number, text.index("&#")) for number, text in enumerate(lines, 1) if "&#" in text)
        assert refusal(source).where == f"{source}:{line}:{column + 1}"


def test_the_command_names_the_line(tmp_path: Path) -> None:
    source = source_with("คำ", ".md", tmp_path)
    result = CliRunner().invoke(app, ["publish", str(source), "-o", str(tmp_path / "out")])
    assert result.exit_code == TypesettingError.exit_code
    assert f"{source}:22:99: no font has a glyph for 'ค' (U+0E04)" in result.output


def noted(more: str) -> Html:
    """The note by the Secretary-General, with more at its end."""
    source = f"{(SPECIMENS / 'A_104_30.en.md').read_text('utf-8')}\n{more}\n"
    return mark_up(formats.parse(source.encode(), "note.en.md"))


def test_a_table_wider_than_the_page_is_an_error_that_says_by_how_much() -> None:
    figures = ["123 456 789 012.34", "5.6"]  # which are aligned and not divided
    rows = "\n".join(f"| {' | '.join([each] * 16)} |" for each in figures)
    with pytest.raises(TypesettingError, match=r"\d+ pt wider than the page") as error:
        typeset(noted(f"|{' a |' * 16}\n|{'--:|' * 16}\n{rows}"))
    assert error.value.where.startswith("page 1")


def test_words_that_are_too_wide_for_their_table_are_divided() -> None:
    row = f"| {' | '.join(['Incomprehensibilities' * 2] * 6)} |"
    assert typeset(noted(f"{row}\n|{'---|' * 6}\n{row}")).data.startswith(b"%PDF")


def test_a_glyph_that_no_font_has_is_an_error_that_names_it_and_its_text() -> None:
    with pytest.raises(TypesettingError, match="U\\+13000") as error:
        typeset(noted("A glyph \N{EGYPTIAN HIEROGLYPH A001} here."))
    assert "A glyph" in error.value.where


def test_all_characters_that_no_font_has_are_reported_at_once(tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    text = (SPECIMENS / "A_104_PV.12.en.md").read_text("utf-8")
    text = text.replace("measure the rain", "measure \U00012000 the \U00013080 rain")
    source.write_text(text.replace("It was", "\U00010900 was"), "utf-8")
    with pytest.raises(TypesettingError) as caught:
        publication.publish(source)
    places = [(each.where.removeprefix(f"{source}:"), each.message[-8:]) for each in caught.value.each]
    assert places == [("25:68", "U+12000)"), ("25:74", "U+13080)"), ("31:2", "U+10900)")]
