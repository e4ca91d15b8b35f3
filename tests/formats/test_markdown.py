"""The authoring format: valid sources are read, and errors come with their place and a hint."""

from __future__ import annotations

import os
import pickle
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Document,
    Emphasis,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    Metadatum,
    NoteCall,
    PageEnd,
    Pagination,
    Paragraph,
    Raised,
    Reference,
    Role,
    Table,
    Text,
    Vote,
    plain,
)
from masthead.document.terms import Language, Symbol
from masthead.formats.markdown import reader as markdown
from masthead.formats.markdown import writer
from masthead.formats.markdown.keys import KEYS
from masthead.formats.markdown.writer import write
from masthead.page.markup import mark_up
from paths import ROOT, SPECIMENS

FORMAT = ROOT / "docs" / "format.md"
SOURCE = re.search(r"```markdown\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[1]  # type: ignore[index]


def _read(text: str) -> Document:
    return markdown.read(text.encode(), "source.md")


def _error(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        _read(text)
    assert caught.value.hint
    assert re.fullmatch(r"source\.md:\d+:\d+", caught.value.where)
    return caught.value


def test_the_example_of_the_format_s_page_is_a_document_without_findings() -> None:
    document = _read(SOURCE)
    assert str(document.symbol) == "E/RES/2041/7"
    assert [paragraph.role for paragraph in document.body] == [Role.FORMULA, Role.PREAMBULAR, Role.OPERATIVE]
    assert plain(document.operative[0].items[0].content) == "To lend gauges to harbours that have none;"
    assert document.findings == ()


def test_the_format_s_page_names_every_key() -> None:
    page = FORMAT.read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page] == []


def test_a_page_end_may_be_inside_or_at_the_end_of_a_paragraph() -> None:
    document = _read(
        SOURCE.replace("Council,\n", "Council, <!-- page end -->it,\n<!-- page end -->\n").replace(
            "date: 29", "pagination: source\ndate: 29"
        )
    )
    assert document.body[0].content == (
        Text("The Economic and Social Council, "), PageEnd(), Text("it,"), PageEnd()
    )  # fmt: skip
    assert document.pagination is Pagination.SOURCE


def test_paragraphs_may_run_over_lines() -> None:
    document = _read(SOURCE.replace("resolution 93/118 of", "resolution\n93/118\nof"))
    assert plain(document.body[1].content).startswith("Recalling General Assembly resolution 93/118 of 14")
    assert Reference("93/118", Symbol("A/RES/93/118")) in document.body[1].content


def test_html_and_templates_are_text() -> None:
    text = "<b>bold</b> {{ x }} <script>alert(1)</script> & http://a.b <a.b> \\<http://a.b>"
    content = _read(SOURCE.replace("The Economic and Social Council,", text)).body[0].content
    assert plain(content) == text.replace("\\", "")


def test_a_link_says_what_a_text_refers_to_and_an_escaped_slash_that_it_does_not() -> None:
    content = _read(SOURCE.replace("resolution 93/118", "[the plan](A/93/1), A\\/93\\/2")).body[1].content
    assert Reference("the plan", Symbol("A/93/1")) in content
    assert ", A/93/2 of 14 December 2038," in [inline.text for inline in content if isinstance(inline, Text)]


@pytest.mark.parametrize(
    ("written", "text", "symbol", "address"),
    [
        ("<https://undocs.org/A/RES/64/293>", "A/RES/64/293", "A/RES/64/293", ""),
        ("<https://docs.un.org/ar/S/RES/9(2015)>", "S/RES/9 (2015)", "S/RES/9 (2015)", "https://docs.un.org/ar/S/RES/9(2015)"),
        ("[64/293](https://undocs.org/en/A/RES/64/293)", "64/293", "A/RES/64/293", "https://undocs.org/en/A/RES/64/293"),
        ("[9](<https://undocs.org/S/RES/9%20(2015)>)", "9", "S/RES/9 (2015)", "https://undocs.org/S/RES/9%20(2015)"),
        ("[9](<https://undocs.org//s/RES/9 (2015)>)", "9", "S/RES/9 (2015)", "https://undocs.org//s/RES/9 (2015)"),
    ],
)  # fmt: skip
def test_an_address_of_a_document_refers_to_it_and_is_kept(written: str, text: str, symbol: str, address: str) -> None:
    assert Reference(text, Symbol(symbol), address) in _read(SOURCE.replace("93/118", written)).body[1].content


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the 1^er^ of", (Text("the 1"), Raised("er"), Text(" of"))),
        ("19^e^", (Text("19"), Raised("e"))),
        ("~CO~2~ of CO~2~", (Text("~CO"), Lowered("2"), Text(" of CO"), Lowered("2"))),
        ("~~old~~", (Text("~~old~~"),)),
        ("rain<br/>snow", (Text("rain"), LineEnd(), Text("snow"))),
        ("x^2 + y^2", (Text("x^2 + y^2"),)),
        (r"\^a\^", (Text("^a^"),)),
        ("a^b&#32;c^", (Text("a"), Raised("b c"))),
        ("[page](https://example.org/a?b=c%20d)", (Hyperlink("page", "https://example.org/a?b=c%20d"),)),
        ("<https://example.org>", (Hyperlink("https://example.org", "https://example.org"),)),
    ],
)
def test_raised_text_and_links_to_other_pages_are_read_and_written(written: str, read: tuple[Inline, ...]) -> None:
    document = _read(re.sub(r"(?m)^\*Recalling.*?(?=\[)", lambda _: written, SOURCE))
    (_, paragraph, *_) = document.body
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (*read, NoteCall(1))
    assert _read(write(document)) == document


def test_metadata_are_kept_as_a_tree() -> None:
    metadata = (
        Metadatum(
            "classification",
            (("source", "http://example.org/topics"),),
            entries=(
                Metadatum("keyword", (("value", "2"), ("showAs", "lakes: “calm”"))),
                Metadatum("keyword", (("value", ""),)),
            ),
        ),
        Metadatum("count", (("value", "015"),), entries=(Metadatum("organization", (), "COSTAGUANA"),)),
    )
    document = replace(_read(SOURCE), metadata=metadata)
    assert _read(write(document)) == document


def test_a_mark_gives_paragraphs_the_role_that_their_place_does_not_imply() -> None:
    body = re.sub(r"1\. .*?\n(?=\[)", "<!-- operative -->\n\n*Decides* so.\n\n", SOURCE, flags=re.DOTALL)
    assert _read(body).operative[0].content == (Emphasis((Text("Decides"),)), Text(" so."))
    assert _read(body).operative[0].number is None


def test_notes_with_asterisks_are_numbered_separately() -> None:
    document = _read(SOURCE.replace("[^1]", "[^1] [^*]", 1) + "\n[^*]: Reissued.\n")
    assert NoteCall(1, asterisk=True) in document.body[1].content
    assert [(note.number, note.asterisk) for note in document.notes] == [(1, False), (1, True)]


@pytest.mark.parametrize(
    ("before", "after", "message", "place"),
    [
        ("---\ntype", "type", "no front matter", "1:1"),
        ("---\n\nThe", "\nThe", "does not end", "1:1"),
        ("agenda-item:", "agenda-itm:", "unknown key", "10:1"),
        ("type: resolution", "type: resolutoin", "unknown type", "2:1"),
        ("job: 41-07316 (E)", "job: 41-07316", "not a job number", "6:1"),
        ("(E)", "(A)", "letter A is not that of the language", "6:1"),
        ("number: 2041/7", "number: seven", "not a resolution number", "5:1"),
        ("organ:", "language: fr\norgan:", "duplicate key language", "4:1"),
        ("number: 2041/7\n", "", "lacks number", None),
        ("date: 29 August 2041\n", "", "lacks date", "1:1"),
        ("title: Shared", "title: [Shared]\n#", "must be a single text", None),
        ("title: Shared", "title: {a: b}\n#", "only keys with texts", None),
        ("title: Shared", "title: 'Shared", "not YAML", None),
        ("closing:\n- 31st", "closing: 31st\n#", "must be a list of texts", None),
        ("title: Shared", 'title: "\\a"\n#', "control character", None),
        ("See E/CN.31", "See `E` /CN.31", "code", "29:11"),
        ("*Recalling*", "~~~ *Recalling*", "code", "21:1"),
        ("*Recalling*", "See ![x](y)", "picture", "21:5"),
        ("*Recalling*", "See [x](other.md)", "a link without an address", "21:5"),
        ("*Recalling*", "See <a@example.org>", "a link without an address", "21:5"),
        ("*Recalling*", "See <!-- pageend -->", "unknown mark <!-- pageend -->", "21:5"),
        ("*Recalling*", "See <!--page end--> y", "unknown mark <!--page end-->", "21:5"),
        ("*Recalling*", "See <!-- " + "x" * 99, "unknown mark <!--", "21:5"),
        ("of 14 December", "of  \n14 December", "forced line break", "21:50"),
        ("of 14 December", "of\\\n14 December", "forced line break", "21:50"),
        ("Recalling* G", "Recalling*\nG  \nG", "forced line break", "22:2"),
        ("*Recalling*", "Recalling[^2]", "call to undefined note 2", "21:10"),
        ("2038,[^1]", "2038,", "note 1 is never called", "29:1"),
        ("- (a) To", "- To", "without a mark", "25:4"),
        ("2038,[^1]", "2038,[^1][^b]", "call to undefined note b", "21:72"),
        ("*Recalling*", "<!-- part 99 --> A\n\n*Recalling*", "no mark for part 99", "21:1"),
        ("harbours that", "harbours \x01 that", "control character", "25:37"),
        ("- (a) To", "- (z9) To", "without a mark", "25:4"),
        ("*Recalling*", "See [**x**](https://example.org)", "a link may hold only text", "21:5"),
        ("*Recalling*", "x\n\n<!-- tail --> y\n\nz", "<!-- tail --> without subparagraphs before it", "23:1"),
        ("*Recalling*", "<!-- table 1 --> Lamps\n\nText.\n\nz", "no table after its mark", "21:1"),
        ("*Recalling*", "<!-- figure 1 --> Lamps\n\n| a |\n|---|\n| b |\n\nz", "no figure after its mark", "21:1"),
        ("2038,[^1]", "2038,[^?]", "invalid note label “?”", "21:68"),
        ("[^1]: See", "[^1]: - See", "a note must consist of paragraphs", "29:1"),
        ("*Recalling*", "<!-- part 1 2 -->", "unknown mark <!-- part 1 2 -->", "21:1"),
        ("*Recalling*", "| a | b |\n|---|---|\n| c[^aa] | d |\n\nx", "invalid note label “aa”", "23:4"),
    ],
)
def test_invalid_source_is_an_error_with_its_place(before: str, after: str, message: str, place: str | None) -> None:
    assert before in SOURCE
    error = _error(SOURCE.replace(before, after, 1))
    assert message in error.message
    if place is not None:
        assert error.where.removeprefix("source.md:") == place


def test_an_unknown_key_or_choice_comes_with_a_suggestion() -> None:
    assert "agenda-item" in _error(SOURCE.replace("agenda-item:", "agenda-itm:")).hint
    assert "security-council" in _error(SOURCE.replace("economic-and-social-council", "security-counsil")).hint


@pytest.mark.parametrize(
    ("before", "after", "message", "place"),
    [
        ("*Recalling*", "**Recalling", "** is not closed in its paragraph", "21:1"),
        ("*Recalling*", "2 * 3, snake_case and **Recalling", "** is not closed in its paragraph", "21:23"),
        ("*Recalling*", "H<sub>2</sub>O", "<sub> is printed as it is", "21:2"),
        ("*Recalling*", "~~Not~~", "text between ~~ is not struck out", "21:1"),
        ("*Recalling*", "\\newpage", "commands of LaTeX are printed", "21:1"),
        ("\n1. *Encourages*", "\n1.Encourages", "“1.” is not read as the number of a paragraph", "23:1"),
        ("\n1. *Encourages*", "\n• Encourages", "• does not begin a subparagraph", "23:1"),
        ("title: Shared", "title: “Shared tides”\n#", "the quotation marks around title are printed", "13:8"),
    ],
)
def test_marks_that_would_be_printed_are_findings_with_their_place(
    before: str, after: str, message: str, place: str
) -> None:
    source = SOURCE.replace(before, after, 1)
    if "Encourages" in before:  # no paragraph is left for its subparagraphs
        source = source.replace("   - (a)", "- (a)").replace("   - (b)", "- (b)")
    found = {each.message: each.where.removeprefix("source.md:") for each in _read(source).findings if each.hint}
    assert found[message] == place


def test_numbers_may_be_typed_in_the_digits_of_any_script() -> None:
    typed = SOURCE.replace("1. *Enc", "١. *Enc").replace("number: 2041/7", "number: ２０４１／７")
    assert _read(typed) == _read(SOURCE)


def test_a_line_of_the_preface_may_call_a_note_with_an_asterisk() -> None:
    document = _read(SOURCE.replace("item 12 (b)", "item 12 (b)[^*]") + "\n[^*]: Reissued.\n")
    assert document.preface.agenda_item == "Agenda item 12 (b)*"
    assert _read(write(document)) == document
    literal = replace(document, preface=replace(document.preface, place="[^1] \\[^*]"))
    assert _read(write(literal)) == literal


def test_all_errors_are_reported_in_the_order_of_their_places() -> None:
    source = SOURCE.replace("agenda-item:", "agenda-itm:").replace("2038,[^1]", "2038,[^2]").replace("- (b) To", "- To")
    error = _error(source.replace("title: Shared", "title: Shared: "))
    assert [each.where for each in error.each] == [
        f"source.md:{at}" for at in ("10:1", "13:14", "21:68", "27:4", "29:1")
    ]
    assert all(each.hint for each in error.each)
    assert pickle.loads(pickle.dumps(error)).others[0].message == error.others[0].message


def _body(text: str) -> str:
    return SOURCE.replace("1. *Encourages*", f"{text}\n\n1. *Encourages*")


@pytest.mark.parametrize("depth", [19, 20, 21, 60])
@pytest.mark.parametrize(("quote", "behind"), [("> ", "> text"), ("> ", "> - (a) text"), ("> ", "> 1. text")])
def test_no_text_is_lost_at_any_depth(quote: str, behind: str, depth: int) -> None:
    text = _body(quote * (depth - 1) + behind)
    if depth < 20 and behind == "> text":
        assert "'text'" in repr(_read(text).body)
    else:
        assert "is not allowed here" in _error(text).message


@pytest.mark.parametrize("depth", [1, 19, 20, 21, 60])
def test_no_text_is_lost_in_brackets_and_emphasis(depth: int) -> None:
    content = _read(_body(f"{'[' * depth}{'*' * depth}deep{'*' * depth} end")).body[2].content
    assert plain(content) == f"{'[' * depth}deep end"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("1. Do:\n\n   (a) This;", "a second paragraph", "write - (a) … as far in"),
        ("1. Do:\n\n   - (a) This:\n\n     (i) That.", "a second paragraph", "write - (i) … as far in"),
        ("1. Do:\n\n   a. This;", "a second paragraph", "or write - (a) …"),
        ("    (a) This;", "an indented line", "write - (a) …"),
        ("10. Do:\n\n   - (a) This;", "without a paragraph", "indent it by 4 spaces"),
        ("1. Do:\n\n   | A |\n   |---|\n   | a |", "a table", "without indentation"),
        ("1. Do:\n\n   ***", "a horizontal rule", "remove it"),
        ("1. Do:\n\n   1. This;", "a numbered list inside another", "as subparagraphs: - (a) …"),
        ("- # Title", "a list of subparagraphs", "below its paragraph"),
        ("1. # Title", "a heading", "without indentation"),
        ("1.\n\n2. Do", "a list item without text", "after its mark"),
    ],
)
def test_a_misplaced_block_comes_with_how_to_write_it(text: str, message: str, hint: str) -> None:
    error = _error(SOURCE.replace("*Recalling*", f"# I. X\n\n{text}\n\n*Recalling*"))
    assert message in error.message
    assert hint in error.hint


@pytest.mark.slow
def test_a_hint_shows_the_printed_mark_with_any_hash_seed() -> None:
    code = """
from masthead.document import Language
from masthead.document.locales import load
from masthead.formats.itemization import Marks
print([Marks(load(each)).example(degree) for each in (Language.ARABIC, Language.FRENCH) for degree in (1, 2)])
"""
    for seed in "1234":
        run = [sys.executable, "-X", "utf8", "-c", code]
        told = subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        assert told.decode().strip() == str(["(أ)", "'١'", "a)", "i)"])


@pytest.mark.parametrize("date", ["2041-08-29", "32 August 2041", "yesterday", "on 29 August 2041", "29 août 2041"])
def test_a_date_in_another_form_than_a_masthead_s_is_a_finding(date: str) -> None:
    (finding,) = _read(SOURCE.replace("29 August 2041", date)).findings
    assert (finding.rule, finding.severity, finding.where) == ("masthead-date", Severity.WARNING, "source.md:8:1")
    assert finding.hint == "write it like this: 29 August 2041"


@pytest.mark.parametrize(
    ("language", "date"),
    [("ar", "29 August 2041"), ("ar", "٢٩ آب/أغسطس ٢٠٤١"), ("zh", "2041年8月29日"), ("ru", "29 августа 2041 года")],
)
def test_a_masthead_date_is_in_its_language_or_that_of_the_distr_block(language: str, date: str) -> None:
    text = SOURCE.replace("language: en", f"language: {language}").replace("(E)", f"({Language(language).letter})")
    text = re.sub(r"   - .*\n", "", text.replace("29 August 2041", date))
    assert [each.rule for each in _read(text).findings if each.rule.startswith("masthead")] == []


@pytest.mark.parametrize(("category", "hint"), [("Genral", "did you mean General?"), ("secret", "known are General, ")])
def test_an_unknown_distribution_is_a_finding(category: str, hint: str) -> None:
    (finding,) = _read(SOURCE.replace("distribution: General", f"distribution: {category}")).findings
    assert (finding.rule, finding.where) == ("masthead-distribution", "source.md:7:1")
    assert finding.severity is Severity.WARNING
    assert finding.hint.startswith(hint)


def test_the_labels_of_a_vote_may_be_typed_with_plain_spaces_and_apostrophes() -> None:
    text = re.sub(r"\n   - .*\n", "\n", SOURCE.replace("language: en", "language: fr").replace("(E)", "(F)"))
    vote = "<!-- vote -->\n\n- Votent pour : Chili, Tchad\n- Votent contre : Néant\n- S'abstiennent : Fidji\n"
    assert _read(text.replace("[^1]: See", f"{vote}\n[^1]: See")).body[-1] == Vote(("Chili", "Tchad"), (), ("Fidji",))


def test_a_comment_in_front_matter_has_a_line_of_its_own() -> None:
    document = _read(SOURCE.replace("title: ", "# ask the secretariat\ntitle: "))
    assert document == _read(SOURCE)
    assert "leaves out “# ask”" in _error(SOURCE.replace("calendar of tides", "calendar # ask", 1)).message
    quoted = re.sub("\ntitle: .*", '\ntitle: "Room #7"', SOURCE)
    assert plain(_read(quoted).preface.title) == "Room #7"


def test_front_matter_that_is_too_long_is_an_error() -> None:
    assert "longer than 262,144" in _error(SOURCE.replace("title: ", f"title: {'long ' * 56000}")).message


def test_a_duplicate_note_is_an_error() -> None:
    assert "duplicate note 1" in _error(SOURCE + "\n[^1]: Again.\n").message


def test_a_table_s_note_that_is_never_called_is_a_finding() -> None:
    table = "| A | B |\n|---|---|\n| a{} | b |\n\n[^a]: one\n\n[^b]: two"
    assert plain(_read(_body(table.format("[^a][^b]"))).body[2].rows[0].cells[0].content).startswith("a")
    (finding,) = _read(_body(table.format("[^a]"))).findings
    assert (finding.rule, finding.where) == ("table-note-uncalled", "source.md:29:1")
    in_box = _read(_body(f"> {table.format('')}".replace("\n", "\n> "))).findings
    assert [finding.message[-1] for finding in in_box] == ["a", "b"]


def test_letters_out_of_order_and_duplicate_numbers_are_findings() -> None:
    document = _read(SOURCE.replace("- (b)", "- (c)").replace("[^1]:", "1. *Decides* so.\n\n[^1]:"))
    assert {finding.rule for finding in document.findings} == {"item-order", "paragraph-repeated"}
    assert [item.ordinal for item in document.operative[0].items] == [1, 3]


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile", ["[" * 9000, "[^" * 9000, "*a _b " * 4000, "- " * 9000, "> " * 9000, "&#32;" * 9000]
)
def test_hostile_markdown_is_read_or_refused(hostile: str) -> None:
    text = SOURCE.replace("The Economic and Social Council,\n", f"{hostile}\n")
    try:
        document = _read(text)
    except SourceError as error:
        assert error.hint
    else:
        assert document.body


SIGNS = (
    *(
        "<!-- ",
        " -->",
        "<!-- page end -->",
        "<!-- table 1 -->",
        "<!-- annex 1 -->",
        "<!-- vote -->",
        "<!-- part 99 -->",
    ),
    *("[^1]", "[^a]", "[^*]: x", "[x](A/1)", "![a](b.svg)", "|", "**", "_", "`", "# ", "> ", "- ", "7. ", "(a)"),
    *("\\", "&#0;", "\n\n", "\t", "---\n", ":", '"', "{", "\u202e", "\u2028"),
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(150))
def test_a_source_with_random_errors_is_read_or_refused_with_line_and_column(seed: int) -> None:
    chance = random.Random(seed)
    source = chance.choice(sorted(SPECIMENS.glob("*.md")))
    text = source.read_text("utf-8")
    for _ in range(3):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice([chance.choice(SIGNS), ""]) + text[at + chance.choice([0, 9]) :]
    try:
        document = markdown.read(text.encode(), str(source))
    except SourceError as error:
        assert re.fullmatch(r"\d+:\d+", error.where.removeprefix(f"{source}:"))
        assert error.hint
    else:
        assert markdown.read(formats.write(document, ".md").encode(), "x.md") == document
        assert mark_up(document).text


@pytest.mark.parametrize(
    "text", ["plain", "طلب 𠀀", "a: b", "№ 5\u00a0– x", "it's “so”", "- x", "\\U0001", "#5", "null"]
)
def test_front_matter_has_the_same_bytes_with_and_without_libyaml(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    value = {"agenda-title": text, "metadata": [{"keyword": {"value": text, "entries": [{"p": {"text": text}}]}}]}
    fast = [writer._yaml(value), writer._yaml(value, flow=None)]
    monkeypatch.setattr(writer, "_DUMPER", yaml.SafeDumper)
    assert fast == [writer._yaml(value), writer._yaml(value, flow=None)]
    assert "\\U0002" not in fast[0]


@pytest.mark.parametrize(
    ("cell", "words", "pictures"),
    [
        ("text ![a](a.svg)", "text", ["a"]),
        ("text ![a](a.svg) ![b](b.svg)", "text", ["a", "b"]),
        ("![a](a.svg)![b](b.svg)", "", ["a", "b"]),
    ],
)
def test_pictures_at_the_end_of_a_cell_follow_its_text(
    cell: str, words: str, pictures: list[str], tmp_path: Path
) -> None:
    source = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")
    text = source.replace("\n## ", f"\n| head |\n| --- |\n| {cell} |\n\n## ", 1)
    for name in ("a.svg", "b.svg", "gardens.svg"):
        (tmp_path / name).write_bytes((SPECIMENS / "gardens.svg").read_bytes())
    (tmp_path / "x.md").write_text(text, "utf-8")
    document = formats.read(tmp_path / "x.md")
    tables = [block for block in document.body if isinstance(block, Table)]
    (read,) = next(table.rows[0].cells for table in tables if len(table.columns) == 1)
    assert (plain(read.content), [figure.alternative for figure in read.figures]) == (words, pictures)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("title：Shared", "write title: Shared calendar of tides"),
        ("title = Shared", "write title: Shared calendar of tides"),
        ("title:Shared", "write title: 'Shared calendar of tides'"),
        ("title: Shared: a", "write title: 'Shared: a calendar of tides'"),
    ],
)
def test_a_key_in_another_form_is_an_error_that_says_how_it_is_written(typed: str, hint: str) -> None:
    error = _error(SOURCE.replace("title: Shared", typed, 1))
    assert len(error.each) == 1  # not that the key is missing, too
    assert error.hint.startswith(hint)
    assert error.where.startswith("source.md:13:")
