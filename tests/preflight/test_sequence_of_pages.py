"""Folios, running heads, job numbers and notes on the pages where they belong; headings by level."""

from __future__ import annotations

import pytest

from handmade import findings, handmade

FIRST = "126 50 14 United Nations; 440 50 10 A/93/7; 126 300 10 Text; 126 740 10 39-02889 (E)"


def found(rule: str, *later: str, first: str = FIRST) -> list[str]:
    return [f"{each.page or ''}: {each.message}" for each in findings(handmade(" ‖ ".join((first, *later))), rule)]


def later(folio: str = "", symbol: str = "A/93/7", job: str = "39-02889", *, even: bool = True) -> str:
    """A later page: on even pages the symbol and the folio are at the left edge, the job number at the right one."""
    outer, inner = (72, 480) if even else (480, 72)
    parts = [f"{outer} 60 8 {symbol}", "126 300 10 More", f"{inner} 760 8 {job}"]
    return "; ".join([*parts, f"{outer} 760 8 {folio}"] if folio else parts)


@pytest.mark.parametrize(
    ("folios", "expected"),
    [
        (("2/3", "3/3"), []),
        (("2", "3"), []),
        (("2/3", ""), ["3: the page has no folio"]),
        (("2/3", "2/3"), ["3: the folio is 2/3, but this is page 3 of 3"]),
        (("2/4", "3/3"), ["2: the folio is 2/4, but this is page 2 of 3"]),
        (("3", "3"), ["2: the folio is 3, but this is page 2 of 3"]),
        (("2/3", "3"), [": some folios have the form n/N, others only n"]),
    ],
)
def test_later_pages_have_folios_with_their_number_and_the_total(folios: tuple[str, str], expected: list[str]) -> None:
    assert found("structure.folios", later(folios[0]), later(folios[1], even=False)) == expected


def test_page_one_has_no_folio() -> None:
    first = f"{FIRST}; 480 760 8 1/2"
    assert found("structure.folios", later("2/2"), first=first) == ["1: page one has a folio: 1/2"]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((later("2/3"), later("3/3", even=False)), []),
        (
            (later("2/3", even=False), later("3/3", even=False)),
            [
                "2: the running head A/93/7 is on the right, not on the left",
                "2: the folio 2/3 is on the right, not on the left",
                "2: the job number 39-02889 is on the left, not on the right",
            ],
        ),
        (
            (later("2/3"), later("3/3")),
            [
                "3: the running head A/93/7 is on the left, not on the right",
                "3: the folio 3/3 is on the left, not on the right",
                "3: the job number 39-02889 is on the right, not on the left",
            ],
        ),
        ((later("2/3", symbol="A title", even=True), later("3/3", symbol="A title")), [
            "3: the folio 3/3 is on the left, not on the right",
            "3: the job number 39-02889 is on the right, not on the left",
        ]),
    ],
)  # fmt: skip
def test_symbol_and_folio_are_at_the_outer_side_and_the_job_number_at_the_inner(
    pages: tuple[str, str], expected: list[str]
) -> None:
    assert found("structure.sides", *pages) == expected


def test_a_document_from_the_right_is_bound_on_the_right() -> None:
    first = "126 50 14 ~الأمم المتحدة; 440 50 10 A/93/7; 126 300 10 ~قرار المجلس"
    assert found("structure.sides", later("2/2", even=False), first=first) == []
    assert len(found("structure.sides", later("2/2"), first=first)) == 3


def noted(*notes: str, calls: str = "1", page: str = "") -> str:
    """A page whose text calls notes, and has notes at its foot."""
    call = "".join(f"; {166 + 20 * at} 296.5 6 {mark}; {172 + 20 * at} 300 10 xx" for at, mark in enumerate(calls))
    foot = "".join(
        f"; 123 {600 + 12 * at} 8.5 See all of it; 112 {597 + 12 * at} 5.5 {mark}" for at, mark in enumerate(notes)
    )
    return f"123 300 10 Some words{call}{foot}{page}"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((noted("1"),), []),
        ((noted("1", calls=""),), ["1: note 1 is never called"]),
        ((noted("1", "2", calls="1"),), ["1: note 2 is never called"]),
        ((noted(calls="1"), noted("1", calls="")), ["2: note 1 is on page 2, but its first call is on page 1"]),
        ((noted("1", calls="1"), noted(calls="1")), []),  # called again
        ((noted(calls="12"), noted("1", "2", calls="")), []),  # endnotes: all follow the text
        ((noted(calls="1"), noted("1", "2", calls="2")), []),
        (
            (noted("1", calls="12"), noted("2", "3", calls="3")),
            ["2: note 2 is on page 2, but its first call is on page 1"],
        ),
    ],
)
def test_notes_are_called_and_begin_on_the_page_of_their_first_call(
    pages: tuple[str, ...], expected: list[str]
) -> None:
    assert found("structure.notes", *pages[1:], first=pages[0]) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("123", []),
        ("12321", []),
        ("1231", []),
        ("2", ["1: a heading of level 2 follows one of level 0"]),
        ("13", ["1: a heading of level 3 follows one of level 1"]),
        ("1324", ["1: a heading of level 3 follows one of level 1", "1: a heading of level 4 follows one of level 2"]),
    ],
)
def test_headings_skip_no_level(levels: str, expected: list[str]) -> None:
    page = "; ".join(f"126 {300 + 20 * at} 10 <H{level}>Heading" for at, level in enumerate(levels))
    assert found("accessibility.headings", first=page) == expected


TEXT = "; ".join(f"126 {300 + 14 * at} 10 Some words of the text" for at in range(4))
NEXT = "126 100 10 More words; 126 114 10 and more; 126 128 10 and more"


@pytest.mark.parametrize(
    ("end", "is_found"),
    [
        ("126 370 10 <H2>Rain", True),
        ("126 370 10 <P>Rain", False),
        ("126 370 12 *Rain", True),
        ("126 370 11.4 *Rain", False),  # no larger than text in bold type may be
        ("126 370 12 Rain", False),
        ("126 370 14 *Notes", False),
        ("126 370 12 *Rain; ! 126 300 100 62 re f", False),  # it heads a figure
        ("126 370 12 *Rain; ! 126 300 100 58 re f", True),
        ("126 370 12 *Rain; ! 126 340 9 9 re f; ! 126 280 9 9 re f", False),  # of several areas
        ("126 370 12 *Rain; ! 126 500 100 62 re f", True),  # which is above it
        ("126 370 12 *Rain; 123 600 8.5 See all of it; 112 597 5.5 1", True),  # notes do not follow it
        ("126 370 12 *Rain; 126 384 10 and more", False),
    ],
)
def test_a_heading_is_not_at_the_foot_of_a_page(end: str, is_found: bool) -> None:
    heading = end.split(";")[0].rpartition(">")[2].rpartition("*")[2].rpartition(" ")[2]
    expected = [f"1: a heading is at the foot of the page: {heading}"] if is_found else []
    assert found("flow.headings", NEXT, first=f"{TEXT}; {end}") == expected
    assert found("flow.headings", first=f"{TEXT}; {end}") == []  # on the last page nothing follows it


def test_a_page_with_a_title_alone_and_a_page_with_a_figure_are_as_they_should_be() -> None:
    assert found("flow.headings", NEXT, first="126 300 14 *Rain; 126 320 14 *Snow") == []
    assert found("flow.blank-pages", "126 100 10 One", first=TEXT) == ["2: the page has only 1 line of text"]
    assert found("flow.blank-pages", "126 100 10 One; 126 60 10 head; 126 770 10 2", first=TEXT) == [
        "2: the page has only 1 line of text"
    ]
    assert found("flow.blank-pages", NEXT, first=TEXT) == []
