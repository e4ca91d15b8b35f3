"""What changed between two documents, as a list and as a document that shows both."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import revising
from masthead import formats
from masthead.document import Document, OrderError, SourceError, Symbol, has_revisions, model, plain
from masthead.redline import ChangeKind, changes, merge, redline, to_dict, to_lines
from masthead.redline.contents import version_of
from paths import SPECIMENS

_HEAD = """---
type: draft
language: en
organ: general-assembly
symbol: A/C.2/104/L.9
job: 49-07316 (E)
distribution: Limited
date: {date}
title: Rain
---

The General Assembly,

"""
OLD = """*Recalling* its resolution 93/118 of 14 December 2038,

*Noting* that rain falls on roofs in all cities of the region,[^1]

1. *Decides* to lend gauges to harbours that have none;

2. *Requests* the Secretary-General to report on it every year;

3. *Invites* Member States:

   - (a) To collect the rain that falls on public buildings;

   - (b) To publish their own observations.

<!-- table 1 --> Gauges

| Harbour | 2041 | 2042 |
|---------|-----:|-----:|
| North   |  100 |  200 |
| South   |  300 |  400 |

[^1]: See E/CN.31/2040/9.
"""


def _read(text: str, date: str = "29 August 2049") -> Document:
    return formats.parse((_HEAD.format(date=date) + text).encode(), "draft.md")


def _lines(new: str) -> list[str]:
    return list(to_lines(changes(redline(_read(OLD), _read(new)))))


def test_a_document_has_not_changed_from_itself() -> None:
    assert _lines(OLD) == []
    assert not has_revisions(redline(_read(OLD), _read(OLD)).lines)


def test_a_word_is_named_with_its_place() -> None:
    assert _lines(OLD.replace("gauges to", "boats to")) == ["paragraph 1: changed: [-gauges-]{+boats+}"]


def test_a_subparagraph_a_note_and_a_cell_are_places() -> None:
    new = (
        OLD.replace("public buildings", "all buildings")
        .replace("E/CN.31/2040/9", "E/CN.31/2041/9")
        .replace("200", "250")
    )
    assert _lines(new) == [
        "paragraph 3 (a): changed: [-public-]{+all+}",
        "table 1, row 2, cell 3: changed: [-200-]{+250+}",
        "note 1: changed: [-E/CN.31/2040/9-]{+E/CN.31/2041/9+}",
    ]


def test_an_added_paragraph_renumbers_those_after_it() -> None:
    new = OLD.replace("2. *Requests*", "2. *Thanks* the keepers of all lights;\n\n3. *Requests*").replace(
        "3. *Invites*", "4. *Invites*"
    )
    assert _lines(new) == [
        "new paragraph 2: added: {+Thanks the keepers of all lights;+}",
        "old paragraph 2 → new paragraph 3: renumbered",
        "old paragraph 3 → new paragraph 4: renumbered",
    ]


def test_a_bis_paragraph_renumbers_nothing() -> None:
    new = OLD.replace("2. *Requests*", "1. <!-- mark 1 bis. --> *Thanks* the keepers of all lights;\n\n2. *Requests*")
    assert _lines(new) == ["new paragraph 1 bis: added: {+Thanks the keepers of all lights;+}"]


def test_a_moved_paragraph_is_said_to_move_once() -> None:
    first = "*Recalling* its resolution 93/118 of 14 December 2038,\n\n"
    second = "*Noting* that rain falls on roofs in all cities of the region,[^1]\n\n"
    assert _lines(OLD.replace(first + second, second + first)) == [
        "old preambular paragraph 1 → new preambular paragraph 2: moved"
    ]


def test_rows_and_columns_are_aligned() -> None:
    row = OLD.replace("| South ", "| East    |  500 |  600 |\n| South ")
    assert _lines(row) == ["table 1, new row 3: added: {+East | 500 | 600+}"]
    column = OLD
    for before, after in (
        ("2042 |", "2042 | 2043 |"),
        ("-----:|\n", "-----:|-----:|\n"),
        ("200 |", "200 | 210 |"),
        ("400 |", "400 | 410 |"),
    ):
        column = column.replace(before, after)
    assert _lines(column) == ["table 1, new column 4: added: {+2043 | 210 | 410+}"]


def test_a_row_inside_a_cell_that_spans_rows_is_added_alone() -> None:
    old = OLD.replace("| South   |", "| ^       |")
    new = old.replace("| ^ ", "| ^     |  250 |  260 |\n| ^ ")
    assert old != OLD
    found = redline(_read(old), _read(new))
    assert list(to_lines(changes(found))) == ["table 1, new row 3: added: {+| 250 | 260+}"]
    assert "{++250++}" in formats.render(merge(found), ".md").decode()
    assert "{--North" not in formats.render(merge(found), ".md").decode()


def test_a_note_that_was_added_changes_the_calls_of_no_other() -> None:
    new = OLD.replace("2038,", "2038,[^1]").replace("region,[^1]", "region,[^2]") + "\n[^2]: See E/CN.31/2040/9.\n"
    new = new.replace("[^1]: See E/CN.31/2040/9.", "[^1]: Resolution of the harbours.")
    assert _lines(new) == [
        "preambular paragraph 1: changed: {+[1]+}",
        "new note 1: added: {+Resolution of the harbours.+}",
    ]


def test_facts_of_page_one_are_changes_too() -> None:
    found = changes(redline(_read(OLD), _read(OLD, "30 August 2049")))
    assert [(change.unit, change.edits[0].added) for change in found.changes] == [("date", "30")]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            "organ: general-assembly",
            "organ: security-council",
            "organ: changed: [-General Assembly-]{+Security Council+}",
        ),
        ("07316 (E)", "07316 (E) 171049", "job number: changed: {+171049+}"),
    ],
)
def test_the_organ_and_the_dates_of_the_job_line_are_facts_too(before: str, after: str, line: str) -> None:
    new = formats.parse((_HEAD.replace(before, after).format(date="29 August 2049") + OLD).encode(), "draft.md")
    assert list(to_lines(changes(redline(_read(OLD), new)))) == [f"page one, {line}"]


_STARRED = _HEAD.replace("title: Rain", "title: Rain[^*]") + "1. *Decides* so.\n\n[^*]: {{note}}\n"


def _starred(note: str, title: str = "Rain") -> Document:
    text = _STARRED.format(date="29 August 2049").format(note=note).replace("Rain", title)
    return formats.parse(text.encode(), "draft.md")


def test_a_note_with_an_asterisk_keeps_it_and_shows_both_texts() -> None:
    found = redline(_starred("A/104/50."), _starred("The original is in French."))
    assert list(to_lines(changes(found))) == ["note *: changed: [-A/104/50-]{+The original is in French+}"]
    both = merge(found)
    assert [(note.number, note.asterisk) for note in both.notes] == [(1, True)]
    assert both.preface.title == found.new.preface.title


@pytest.mark.parametrize(("same", "number"), [(30, 1), (29, 2)])
def test_a_note_that_is_called_after_the_same_thirty_characters_is_rewritten(same: int, number: int) -> None:
    """And otherwise one was removed, and another one added."""

    def document(start: str, note: str) -> Document:
        body = f"1. *Decides* {start}{'x' * same}[^1].\n\n[^1]: {note}\n"
        return formats.parse((_HEAD.format(date="29 August 2049") + body).encode(), "draft.md")

    both = merge(redline(document("a", "A/104/50."), document("b", "Prices of 2048 in the harbour towns.")))
    assert len(both.notes) == number


def test_a_removed_note_with_an_asterisk_that_only_the_old_page_one_calls_is_in_the_summary() -> None:
    head = _HEAD.format(date="29 August 2049")
    starred = head.replace("title:", "session: Ninety-third session*\ntitle:") + OLD + "\n[^*]: Resumed.\n"
    plain_one = head.replace("title:", "session: Ninety-third session\ntitle:") + OLD
    both = merge(redline(*(formats.parse(each.encode(), "draft.md") for each in (starred, plain_one))))
    assert [plain(each.content) for each in both.annexes[-1].body if "Resumed" in repr(each)] == ["* Resumed."]


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ("North<p>East<p>West", "North<p>West", "North<p>{--East¶--}West"),
        ("North<p>West", "North<p>East<p>West", "North<p>{++East¶++}<p>West"),
        ("North<p>West", "North<p>Rest", "North<p>{--West--}{++Rest++}"),
    ],
)
def test_the_ends_of_paragraphs_in_a_cell_stay(before: str, after: str, both: str) -> None:
    found = redline(*(_read(OLD.replace("| North ", f"| {each} ")) for each in (before, after)))
    assert f"| {both} |" in formats.render(merge(found), ".md").decode()


def test_the_summary_lists_as_many_lines_of_page_one_as_it_counts() -> None:
    old, new = _read(OLD), _read(OLD, "30 August 2049")
    new = replace(new, symbol=Symbol("A/C.2/104/L.9/Rev.1"))
    *_, title, symbol, day, table = merge(redline(old, new)).annexes[-1].body
    assert isinstance(table, model.Table)
    assert [plain(cell.content) for cell in table.rows[0].cells] == [plain(title.content), "2"]
    assert "Rev.1" in plain(symbol.content)
    assert "30" in plain(day.content)


def test_two_versions_with_one_symbol_and_date_are_not_said_to_be_from_one_to_the_other() -> None:
    first = merge(redline(_read(OLD), _read(OLD.replace("gauges to", "boats to")))).body[0]
    assert plain(first.content) == "Changes between two versions of A/C.2/104/L.9 (29 August 2049)."


def test_changes_of_page_one_tables_and_notes_are_counted_apart() -> None:
    new = OLD.replace("gauges to", "boats to").replace("200", "250").replace("E/CN.31/2040/9", "E/CN.31/2041/9")
    found = changes(redline(_read(OLD), _read(new, "30 August 2049")))
    assert {name: count for name, count in found.counts.items() if count} == {
        "changed": 1,
        "page one": 1,
        "tables": 1,
        "notes": 1,
    }
    assert next(to_lines(found)) == "page one, date: changed: [-29-]{+30+}"


def test_a_link_or_a_kind_of_space_or_emphasis_is_no_change_of_the_text() -> None:
    for before, after in (
        ("1. *Decides* to lend", "1. *Decides* [to lend](https://example.org/)"),
        ("resolution 93/118", "resolution\u00a0[93/118](https://undocs.org/A/RES/93/118)"),
        ("public buildings", "**pub**lic buildings"),
    ):
        assert before in OLD
        assert _lines(OLD.replace(before, after)) == []
        assert not has_revisions(merge(redline(_read(OLD), _read(OLD.replace(before, after)))).body[1:])


def test_a_word_inside_a_link_changes_alone() -> None:
    linked = OLD.replace("gauges to harbours", "[gauges to harbours](https://example.org/)")
    found = redline(_read(linked), _read(linked.replace("gauges to", "boats to")))
    assert list(to_lines(changes(found))) == ["paragraph 1: changed: [-gauges-]{+boats+}"]
    kept = version_of(next(block for block in merge(found).body if "boats" in plain(block.content)).content, new=True)
    assert {each.address for each in kept if isinstance(each, model.Hyperlink)} == {"https://example.org/"}


@pytest.mark.parametrize("typed", ["قرارها 2285 (2016)", "قرارها\u00a0٢٢٨٥ (٢٠١٦)"])
def test_the_digits_of_a_source_are_no_change_of_the_text(typed: str) -> None:
    head = _HEAD.format(date="29 August 2049").replace("language: en", "language: ar").replace("(E)", "(A)")
    head = head.replace("The General Assembly,", "إن الجمعية العامة،")
    old = formats.parse(f"{head}وإذ تشير إلى قرارها ٢٢٨٥ (٢٠١٦)،\n".encode(), "old.md")
    assert not changes(redline(old, formats.parse(f"{head}وإذ تشير إلى {typed}،\n".encode(), "new.md"))).changes


def test_a_rewritten_paragraph_is_a_pair_without_words_that_are_shared_by_chance() -> None:
    new = OLD.replace(
        "*Requests* the Secretary-General to report on it every year",
        "*Encourages* all cities that own a lighthouse to open the doors of it in the autumn",
    )
    (line,) = _lines(new)
    assert line == (
        "paragraph 2: changed: [-Requests the Secretary-General to report on it every year;-]"
        "{+Encourages all cities that own a lighthouse to open the doors of it in the autumn;+}"
    )


def test_documents_in_two_languages_are_refused() -> None:
    other = formats.read(SPECIMENS / "A_RES_104_12.fr.md")
    with pytest.raises(OrderError, match="in English, the second in French"):
        redline(_read(OLD), other)


def test_json_has_every_change_and_the_counts() -> None:
    found = changes(redline(_read(OLD), _read(OLD.replace("gauges to", "boats to"))))
    said = json.loads(json.dumps(to_dict(found)))
    assert said["changes"] == [
        {
            "kind": "changed",
            "unit": "operative",
            "old": "paragraph 1",
            "new": "paragraph 1",
            "edits": [{"removed": "gauges", "added": "boats"}],
        }
    ]
    assert {name: count for name, count in said["counts"].items() if count} == {"changed": 1}
    assert said["words"] == 2


def test_the_document_that_shows_both_is_read_back_from_markdown() -> None:
    new = (
        OLD.replace("gauges to", "boats to")
        .replace("2. *Requests*", "2. *Thanks* all;\n\n3. *Requests*")
        .replace("3. *Invites*", "4. *Invites*")
    )
    both = merge(redline(_read(OLD), _read(new)))
    assert formats.parse(formats.render(both, ".md"), "both.md") == both
    with pytest.raises(SourceError, match=r"\.akn cannot show two versions"):
        formats.render(both, ".akn")


@pytest.mark.parametrize("source", sorted(SPECIMENS.glob("A_RES_104_12.*.md")), ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(4))
def test_all_of_both_is_shown_and_little_more_than_what_changed(source: Path, seed: int) -> None:
    pair = revising.revise(formats.read(source), seed, 3)
    found = redline(pair.old, pair.new)
    listed = changes(found)
    assert pair.kinds
    assert listed.words <= 1.05 * pair.words + 0.01
    assert len(listed.of(ChangeKind.MOVED)) >= len(pair.moved)
    both = merge(found)
    for side, document in ((False, pair.old), (True, pair.new)):
        wanted = [plain(content) for content in model.contents(document.body)]
        text = "\n".join(plain(version_of(content, new=side)) for content in model.contents(both.body))
        joined = text.replace("¶", " ")
        assert all(" ".join(each.split()) in " ".join(joined.split()) for each in wanted)


def test_a_space_alone_has_a_sign() -> None:
    (line,) = _lines(OLD.replace("buildings;", "buildings ;"))
    assert line.endswith(": changed: {+␣+}")


def test_a_mark_that_changed_where_a_paragraph_was_divided_is_named() -> None:
    whole = "4. *Decides* that the harbours in the north measure the rain, that they publish what they found.\n"
    before, after = _read(f"{OLD}\n{whole}"), _read(f"{OLD}\n{whole.replace(', that', f';{chr(10) * 2}5. that')}")
    (line,) = to_lines(changes(redline(before, after)))
    assert line == "old paragraph 4 → new paragraph 4; paragraph 5: divided: [-,-] … {+;+}"


def test_a_subparagraph_at_another_level_is_said_to_be_that() -> None:
    new = OLD.replace("   - (b) To publish", "      - (i) To publish")
    assert any(line.endswith("its level or kind only") or "→" in line for line in _lines(new))
