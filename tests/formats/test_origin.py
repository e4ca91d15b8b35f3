"""What only a page shows to be wrong is told with its place in the source, whatever the source's form."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead import formats, publication
from masthead.cli.app import app
from masthead.document.errors import GlyphError, TypesettingError
from paths import ROOT

EXAMPLES = ROOT / "examples"
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
@pytest.mark.parametrize("word", ["كلمة", "คำ", "हिन्दी", "中文"])
def test_a_word_that_no_font_draws_is_told_with_line_and_column(word: str, suffix: str, tmp_path: Path) -> None:
    source = source_with(word, suffix, tmp_path)
    error = refusal(source)
    lines = source.read_text("utf-8").split("\n")
    line, column = next((number, text.index(word)) for number, text in enumerate(lines, 1) if word in text)
    assert error.where == f"{source}:{line}:{column + 1}"
    assert f"U+{ord(word[0]):04X}" in error.message
    assert "script of the language" in error.hint


@pytest.mark.parametrize("word", ["كلمة", "คำ"])
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
    report = (EXAMPLES / "specimens" / "A_104_96.en.md").read_text("utf-8")
    picture, paragraph = "](gardens.svg)", "rain before they plant"
    assert 0 < report.index(picture) < report.index(paragraph)
    source = tmp_path / "x.md"
    source.write_text(
        report.replace(picture, f" ค{picture}").replace(paragraph, "rain\n   ค before they plant"), "utf-8"
    )
    (tmp_path / "gardens.svg").write_bytes((EXAMPLES / "specimens" / "gardens.svg").read_bytes())
    number = source.read_text("utf-8").split("\n").index("   ค before they plant;") + 1
    assert refusal(source).where == f"{source}:{number}:4"


def test_a_character_written_as_a_reference_is_found(tmp_path: Path) -> None:
    for written in ("&#3588;", "&#x0E04;"):
        source = source_with(written, ".md", tmp_path)
        lines = source.read_text("utf-8").split("\n")
        line, column = next((number, text.index("&#")) for number, text in enumerate(lines, 1) if "&#" in text)
        assert refusal(source).where == f"{source}:{line}:{column + 1}"


def test_what_stands_in_no_source_keeps_its_place_on_the_page() -> None:
    error = GlyphError("no font", where="“a ค b”", hint="take it out", text="a ค b", at=2)
    traced = formats.locate_glyph(error, ENGLISH.read_bytes(), "x.md")
    assert (traced.message, traced.where, traced.hint) == ("no font", "“a ค b”", "take it out")


def test_the_command_names_the_line(tmp_path: Path) -> None:
    source = source_with("คำ", ".md", tmp_path)
    result = CliRunner().invoke(app, ["publish", str(source), "-o", str(tmp_path / "out")])
    assert result.exit_code == TypesettingError.exit_code
    assert f"{source}:22:99: no font has a glyph for 'ค' (U+0E04)" in result.output
