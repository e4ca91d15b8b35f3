"""Which part of the source each text box draws, and where texts and notes may be."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from masthead.document import Severity, TypesettingError, Variant
from masthead.typesetting import ledger
from masthead.typesetting.ledger import Ledger, PlacedText, Zone
from masthead.typesetting.typesetter import typeset
from small import html, note


def box(element: Any, text: str, tag: str = "p") -> Any:
    return SimpleNamespace(element=element, text=text, element_tag=tag)


def entered(source: str, *drawn: str) -> tuple[list[str], str]:
    """Return the source text of each text that is drawn of an element, and what is left of it."""
    element = etree.fromstring(source)
    book = Ledger()
    return [book.enter(box(element, each)) for each in drawn], book.rest(element)


@pytest.mark.parametrize(
    ("source", "drawn", "texts", "rest"),
    [
        ("<p>one two</p>", ("one", "two"), ["one ", "two"], ""),
        ("<p>one two</p>", ("one ", "two"), ["one ", "two"], ""),
        ("<p>one two</p>", ("one",), ["one "], "two"),
        ("<p>one\n   two</p>", ("one", "two"), ["one ", "two"], ""),
        ("<p>  one</p>", ("one",), [" one"], ""),
        ("<p>one<b>x</b>two</p>", ("one", "two"), ["one", "two"], ""),
        ("<p>one <b>x</b> two</p>", ("one ", " two"), ["one ", " two"], ""),
        ("<p>one <b>x</b> two</p>", ("one", "two"), ["one ", " two"], ""),
        ("<p>one</p>", (), [], "one"),
        ("<p> </p>", (), [], ""),
        # A divided word has a hyphen that the source has not.
        ("<p>onetwo</p>", ("one\u2010\u200b", "two"), ["one", "two"], ""),
        # The text of an element with controls is that of its attribute; controls may be left undrawn.
        ('<p data-text="a \u2067b\u2069 c">x</p>', ("a ", "b", " c"), ["a \u2067", "b\u2069 ", "c"], ""),
        ('<p data-text="a  b">x</p>', ("a b",), ["a  b"], ""),
    ],
)
def test_each_text_that_is_drawn_is_the_next_of_the_source(
    source: str, drawn: tuple[str, ...], texts: list[str], rest: str
) -> None:
    found, left = entered(source, *drawn)
    assert left == rest
    assert ["".join(each.split(" ")) for each in found] == ["".join(each.split(" ")) for each in texts]
    assert "".join(found).replace(" ", "") + left.replace(" ", "") == "".join(texts).replace(" ", "") + rest.replace(
        " ", ""
    )


@pytest.mark.parametrize(
    ("source", "drawn", "message"),
    [
        ("<p>one two</p>", ("two",), "“two” where the source continues with “one two”"),
        ("<p>one two</p>", ("one", "one"), "“one” where the source continues with “two”"),
        ("<p>one</p>", ("one more",), "“one more” where the source continues with “one”"),
        ("<p>one</p>", ("one-",), "“one-” where the source continues with “one”"),
        ("<p>a\u2067b</p>", ("ab",), "“ab” where the source continues with “a\u2067b”"),
        (f"<p>{'x' * 50}</p>", ("y" * 50,), f"“{'y' * 40}” where the source continues with “{'x' * 30}”"),
    ],
)
def test_what_is_not_the_next_text_is_an_error_that_quotes_both(
    source: str, drawn: tuple[str, ...], message: str
) -> None:
    with pytest.raises(TypesettingError) as caught:
        entered(source, *drawn)
    assert caught.value.message == f"text is drawn twice or out of order: {message}"


def test_text_of_a_style_sheet_is_no_part_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, str | None] = {}
    check = ledger.check

    def report(document: Any) -> Any:
        findings = check(document)
        boxes = [placed.box for placed in ledger.texts(document)]
        found.update({box.text: getattr(box, "source_text", None) for box in boxes})
        return findings

    monkeypatch.setattr(ledger, "check", report)
    typeset(html("<p>one</p>", style='p::before { content: "*" } @page { @top-center { content: "7" } }'))
    assert found == {"one": "one", "*": None, "7": None}


# --- notes ------------------------------------------------------------------------------------------------------------


def placed(text: str, page: int, of: Any = None) -> PlacedText:
    return PlacedText(SimpleNamespace(text=text), page, Zone.NOTE if of is not None else Zone.FLOW, of)


def of_notes(call: int, note: int | None, *others: tuple[int, tuple[int, ...]]) -> list[str]:
    """Return what is said of a note by the pages of its call and its begin.

    Each of `others` is another note: the page of its call, and the pages on which it is.
    """
    pages: dict[int, list[PlacedText]] = {number: [] for number in range(10)}
    first = object()
    calls, notes = {id(first): placed(" (7) ", call)}, {}
    if note is not None:
        notes[id(first)] = placed("(7)", note)
    for called, held in others:
        other = SimpleNamespace()
        kept.append(other)
        calls[id(other)] = placed("(8)", called)
        notes[id(other)] = placed("(8)", called)
        for page in held:
            pages[page].append(placed("x", page, other))
    try:
        found = list(ledger._check_notes(calls, notes, pages))
    except TypesettingError as error:
        return [f"{error.where}: {error.message}"]
    assert all((each.rule, each.severity) == ("note-after-call", Severity.WARNING) for each in found)
    return [f"{each.page}, {each.where}: {each.message} ({each.hint})" for each in found]


kept: list[object] = []  # the names of notes are the addresses of objects, which must not be used again


@pytest.mark.parametrize(
    ("call", "note", "others", "said"),
    [
        (3, 3, (), []),
        (3, None, (), ["page 3: note (7) is not drawn"]),
        (3, 4, (), ["page 3: note (7) is on page 4, not on the page of its call"]),
        (3, 2, (), ["page 3: note (7) is on page 2, not on the page of its call"]),
        # A note of another page, or one that goes on there, fills the page of the call.
        (3, 2, ((3, (3, 4)),), ["page 3: note (7) is on page 2, not on the page of its call"]),
        (3, 4, ((3, (3,)),), ["page 3: note (7) is on page 4, not on the page of its call"]),
        (3, 4, ((3, (4,)),), ["page 3: note (7) is on page 4, not on the page of its call"]),
        *(
            (
                3,
                4,
                (other,),
                ["3, note (7): note (7) begins on page 4: a longer note fills the page of its call "
                 "(shorten the longer note)"],
            )
            for other in ((3, (3, 4)), (2, (2, 3)), (2, (3,)))
        ),
    ],
)  # fmt: skip
def test_a_note_begins_on_the_page_of_its_call_unless_a_longer_one_fills_it(
    call: int, note: int | None, others: tuple[tuple[int, tuple[int, ...]], ...], said: list[str]
) -> None:
    assert of_notes(call, note, *others) == said


# --- places -----------------------------------------------------------------------------------------------------------


def refusal(body: str, style: str = "", root: str = 'lang="en"') -> tuple[str, str, str] | None:
    """Return the message of the error about a page, its place and its hint; None for a good page."""
    try:
        typeset(html(body, style=style, root=root), variant=Variant.PLAIN)
    except TypesettingError as error:
        return error.message, error.where, error.hint
    return None


OUTSIDE = ("text is outside the page: “word”", "page 1", "divide the word, or shorten it")


@pytest.mark.parametrize(
    ("look", "is_refused"),
    [
        ("left: -20.3pt", False),
        ("left: -20.6pt", True),
        ("left: 20.3pt; text-align: right", False),
        ("left: 20.6pt; text-align: right", True),
    ],
)
def test_text_may_not_leave_the_paper(look: str, is_refused: bool) -> None:
    assert refusal(f'<p style="position: relative; {look}">word</p>') == (OUTSIDE if is_refused else None)


@pytest.mark.parametrize(
    ("top", "message", "points"),
    [
        (-9, None, ""),
        (-9.5, "is outside the text area", "9.5"),
        (210, None, ""),
        (210.5, "runs into the notes", "0.4"),
        (212, "is outside the text area", "1.9"),
    ],
)
def test_text_may_not_leave_the_text_area(top: float, message: str | None, points: str) -> None:
    found = refusal(f'<p style="position: relative; top: {top}pt">word</p>')
    hint = f"the page cannot hold its text by {points} pt"
    assert found == (None if message is None else (f"text {message}: “word”", "page 1", hint))


def test_text_may_not_run_into_the_notes_or_into_other_text() -> None:
    noted = f'<p>a{note(1, "note")}</p><p style="position: relative; top: 180pt">word</p>'
    found = refusal(noted)
    assert found == ("text runs into the notes: “word”", "page 1", "the page cannot hold its text by 1.4 pt")
    assert refusal(noted.replace("180pt", "178pt")) is None
    assert refusal('<p>one</p><p style="margin-top: -15pt">two</p>') == (
        "text overlaps other text: “one” and “two”", "page 1", ""
    )  # fmt: skip
    assert refusal('<p>one</p><p style="margin-top: -15pt; text-align: right">two</p>') is None, "beside it"
    assert refusal('<p>one</p><p style="margin-top: -6pt">two</p>') is None, "its lines are only close"


def test_text_that_is_not_drawn_is_an_error_with_its_element() -> None:
    assert refusal('<p>a</p><h2 style="display: none">lost</h2>') == ("text is not drawn: “lost”", "<h2>", "")


# --- what fits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "root", "message"),
    [
        ("160.7pt", 'lang="en"', None),
        ("161pt", 'lang="en"', "a table is 1 pt wider than the page"),
        ("180pt", 'lang="en"', "a table is 20 pt wider than the page"),
        ("160.7pt", 'lang="ar" dir="rtl"', None),
        ("180pt", 'lang="ar" dir="rtl"', "a table is 20 pt wider than the page"),
    ],
)
def test_a_table_ends_at_both_margins(width: str, root: str, message: str | None) -> None:
    found = refusal(f'<table style="width: {width}; border-spacing: 0"><tr><td>word</td></tr></table>', root=root)
    hint = "remove columns, divide the table, or shorten its longest words"
    assert found == (None if message is None else (message, "page 1, “word”", hint))


def printed(*lines: int) -> tuple[str, str, str] | None:
    """Typeset pages of so many lines each, as a document does that keeps the page ends of its original."""
    blocks = [
        f'<div style="break-after: {"page" if at < len(lines) else "auto"}">{"<p>word</p>" * count}</div>'
        for at, count in enumerate(lines, 1)
    ]
    try:
        typeset(replace(html("".join(blocks), root='lang="en"'), pages=len(lines)), variant=Variant.PLAIN)
    except TypesettingError as error:
        return error.message, error.where, error.hint
    return None


def test_a_printed_page_holds_its_text_or_says_by_how_much_it_does_not() -> None:
    hint = "use a smaller font, or `pagination: flow`"
    assert printed(14, 14) is None  # of 15 points on 220
    assert printed(15, 14) == (
        "the text of printed page 1 does not fit: 15.0 pt of it, 1 lines, run over", "page 1", hint
    )  # fmt: skip
    assert printed(3, 16, 2) == (
        "the text of printed page 2 does not fit: 30.0 pt of it, 2 lines, run over", "page 2", hint
    )  # fmt: skip
    assert printed(16) == (
        "the text of printed page 1 does not fit: 30.0 pt of it, 2 lines, run over", "page 1", hint
    )  # fmt: skip
