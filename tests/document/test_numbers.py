"""Numbers and machine tokens are found as units, and each is printed as its reader expects it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document.numbers import BARRIER, MASK, NumberKind, numbers_in
from masthead.document.terms import WESTERN, Digits, Direction, Language

N = "\u00a0"
ARAB, LATN = Digits.ARABIC_INDIC, Digits.WESTERN

# What is typed, and what is printed in Arabic-Indic and in Western digits, in the order of reading.
PRINTED = [
    ("3.75", NumberKind.NUMBER, "٣٫٧٥", "3.75"),
    ("3,75", NumberKind.NUMBER, "٣٫٧٥", "3,75"),
    ("2 047 300", NumberKind.NUMBER, f"٢{N}٠٤٧{N}٣٠٠", f"2{N}047{N}300"),
    ("300 047 2", NumberKind.NUMBER, f"٢{N}٠٤٧{N}٣٠٠", f"2{N}047{N}300"),
    ("000 640", NumberKind.NUMBER, f"٦٤٠{N}٠٠٠", f"640{N}000"),
    ("512 18", NumberKind.NUMBER, f"١٨{N}٥١٢", f"18{N}512"),
    ("3 216.4", NumberKind.NUMBER, f"٣{N}٢١٦٫٤", f"3{N}216.4"),
    ("81,000", NumberKind.NUMBER, "٨١٬٠٠٠", "81,000"),
    ("4,360,500", NumberKind.NUMBER, "٤٬٣٦٠٬٥٠٠", "4,360,500"),
    ("1,750", NumberKind.NUMBER, "١,٧٥٠", "1,750"),  # a decimal or groups: nobody knows
    ("417 836", NumberKind.NUMBER, f"٤١٧{N}٨٣٦", f"417{N}836"),  # either order is a number
    ("1997-2003", NumberKind.CHAIN, "١٩٩٧-٢٠٠٣", "1997-2003"),
    ("88/146", NumberKind.CHAIN, "٨٨/١٤٦", "88/146"),
    ("6/11/2052", NumberKind.CHAIN, "٦/١١/٢٠٥٢", "6/11/2052"),
    ("8%-9.5%", NumberKind.CHAIN, "٨٪-٩٫٥٪", "8%-9.5%"),
    ("7+4", NumberKind.CHAIN, "٧+٤", "7+4"),
    ("42%", NumberKind.PERCENT, "٤٢٪", "42%"),
    ("%42", NumberKind.PERCENT, "٤٢٪", "42%"),
    ("42 %", NumberKind.PERCENT, "٤٢٪", f"42{N}%"),
    ("-0.25", NumberKind.NEGATIVE, "-٠٫٢٥", "-0.25"),
    ("±3", NumberKind.COMPARISON, "±٣", "±3"),
    ("$2 500", NumberKind.CURRENCY, f"$٢{N}٥٠٠", f"$2{N}500"),
    ("16:30", NumberKind.TIME, "١٦:٣٠", "16:30"),
    ("31°45′", NumberKind.DEGREES, "٣١°٤٥′", "31°45′"),
    ("022 917 123", NumberKind.NUMBER, f"١٢٣{N}٩١٧{N}٠٢٢", f"123{N}917{N}022"),
    ("12.345,67", NumberKind.NUMBER, "١٢٬٣٤٥٫٦٧", "12.345,67"),
    ("1.250.000", NumberKind.NUMBER, "١٬٢٥٠٬٠٠٠", "1.250.000"),
    ("14:30–16:45", NumberKind.CHAIN, "١٤:٣٠–١٦:٤٥", "14:30–16:45"),
    ("5 ± 2", NumberKind.CHAIN, f"٥{N}±{N}٢", f"5{N}±{N}2"),
    ("5~10", NumberKind.CHAIN, "٥~١٠", "5~10"),
    ("+5", NumberKind.NEGATIVE, "+٥", "+5"),
    ("–5", NumberKind.NEGATIVE, "–٥", "–5"),
    ("2 500 $", NumberKind.CURRENCY, f"٢{N}٥٠٠{N}$", f"2{N}500{N}$"),
    ("10:00:30", NumberKind.TIME, "١٠:٠٠:٣٠", "10:00:30"),
    ("1:50 000", NumberKind.TIME, f"١:٥٠{N}٠٠٠", f"1:50{N}000"),
    ("-5.5°", NumberKind.DEGREES, "-٥٫٥°", "-5.5°"),
    ("10⁻³", NumberKind.POWER, "١٠⁻³", "10⁻³"),
    ("2715 (2049)", NumberKind.YEAR, f"٢٧١٥{N}(٢٠٤٩)", f"2715{N}(2049)"),
]
# Tokens of the Latin script keep their digits.
MACHINE = [
    ("www.example.org/ar/2041", NumberKind.WEB, None),
    ("press-2@example.org", NumberKind.MAIL, None),
    ("A/RES/104/12", NumberKind.SYMBOL, None),
    ("S/RES/3104 (2049)", NumberKind.SYMBOL, f"S/RES/3104{N}(2049)"),
    ("49-10773 (A)", NumberKind.JOB, f"49-10773{N}(A)"),
    ("+41 22 555 0199", NumberKind.PHONE, f"+41{N}22{N}555{N}0199"),
    ("vol. 3010, No. 51222", NumberKind.LATIN, None),
    ("14 March 2051", NumberKind.LATIN, None),
    ("300 km", NumberKind.LATIN, None),
    ("A/RES/104/12-14", NumberKind.SYMBOL, None),
    ("GE.49-10773", NumberKind.JOB, None),
    ("978-92-1-101234-5", NumberKind.JOB, None),
    ("(+41 22) 555 0199", NumberKind.PHONE, f"(+41{N}22){N}555{N}0199"),
    ("(212) 555-0199", NumberKind.PHONE, f"(212){N}555-0199"),
    ("1-212-555-0199", NumberKind.PHONE, None),
    ("022 555 01 99", NumberKind.PHONE, f"022{N}555{N}01{N}99"),
    ("00 41 22 555 0199", NumberKind.PHONE, f"00{N}41{N}22{N}555{N}0199"),
    ("21st", NumberKind.LATIN, None),
    ("16.b.1", NumberKind.LATIN, None),
    ("6-8 July 2051", NumberKind.LATIN, None),
    ("-40°C", NumberKind.LATIN, None),
    ("35°N", NumberKind.LATIN, None),
    ("UTC+3", NumberKind.LATIN, None),
    ("5.5 million", NumberKind.LATIN, None),
    ("CH93 0076 2011 6238 5295 7", NumberKind.LATIN, None),
    ("See A/RES/104/12 and more", NumberKind.LATIN, None),
    ("Job No. 49-10773 (A)", NumberKind.LATIN, None),
    ("A/104/12 (Part II)", NumberKind.SYMBOL, f"A/104/12{N}(Part{N}II)"),
]


def only(text: str, digits: Digits) -> tuple[NumberKind, str]:
    (unit,) = numbers_in(text, Language.ARABIC, digits)
    return unit.kind, unit.printed


@pytest.mark.parametrize("around", ["وبلغ {} في السنة", "({})", "{}", "ذلك {}؛ وتلاحظ"])
@pytest.mark.parametrize(("typed", "kind", "indic", "western"), PRINTED)
def test_a_number_is_printed_as_one_unit(typed: str, kind: NumberKind, indic: str, western: str, around: str) -> None:
    text = around.format(typed)
    assert only(text, ARAB) == (kind, indic)
    assert only(text, LATN) == (kind, western)


@pytest.mark.parametrize(("typed", "kind", "indic", "western"), PRINTED)
def test_printed_numbers_are_printed_again_as_they_are(typed: str, kind: NumberKind, indic: str, western: str) -> None:
    assert only(f"وبلغ {indic} في السنة", ARAB)[1] == indic
    assert only(f"وبلغ {western} في السنة", LATN)[1] == western


@pytest.mark.parametrize("digits", [ARAB, LATN])
@pytest.mark.parametrize(("typed", "kind", "printed"), MACHINE)
def test_a_token_of_the_latin_script_is_whole_and_keeps_western_digits(
    typed: str, kind: NumberKind, printed: str | None, digits: Digits
) -> None:
    (unit,) = numbers_in(f"انظر {typed}؛ وتلاحظ", Language.ARABIC, digits)
    assert (unit.kind, unit.printed, unit.direction) == (kind, printed or typed, Direction.LTR)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("ما-3", ["3"]),  # the hyphen belongs to the word
        ("(UNICEF) 3", ["UNICEF", "3"]),
        ("12 UNICEF", ["12", "UNICEF"]),
        ("القرار 2715 و2716", ["2715", "2716"]),
        (f"12{BARRIER}34", ["12", "34"]),
        (f"{MASK}{MASK}5", []),
        ("242 22 تشرين الثاني/نوفمبر", ["242", "22"]),  # the second is a day
    ],
)
def test_neighbours_do_not_join_a_unit(text: str, units: list[str]) -> None:
    assert [text[unit.start : unit.end] for unit in numbers_in(text, Language.ARABIC, LATN)] == units


def test_a_left_to_right_language_keeps_what_is_typed() -> None:
    (unit,) = numbers_in("It came to 2 047 300 then", Language.ENGLISH, LATN)
    assert (unit.printed, unit.direction) == ("2 047 300", None)


@given(st.text("0123456789٠١٢٣٤٥٦٧٨٩ .,/-–+%()$°:؛،وABk\u00a0", max_size=40), st.sampled_from(Digits))
def test_units_are_in_order_do_not_overlap_and_lose_no_digit(text: str, digits: Digits) -> None:
    units = numbers_in(text, Language.ARABIC, digits)
    places = [place for unit in units for place in (unit.start, unit.end)]
    assert places == sorted(places)
    for unit in units:
        typed = sorted(filter(str.isdigit, text[unit.start : unit.end].translate(WESTERN)))
        assert sorted(filter(str.isdigit, unit.printed.translate(WESTERN))) == typed


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "a", "٣"])
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1-",
            "1 ",
            "000 ",
            "1,",
            "1.",
            "A/",
            "a ",
            "(a ",
            "a.",
            "a.a@",
            "www.",
            "+1",
            "1%",
            "1/",
            MASK,
            f"{MASK} ",
        ),
        *("0 ", "01 ", "(1", "(212) ", "1°", "1:", "10:00", "1~", "1^", "1⁻", "1$", "978-", "-1", "1.000", "GE."),
    ],
)
def test_hostile_text_ends(piece: str, end: str) -> None:
    """A pattern that tries its parts in every combination would not end here."""
    text = (piece * 20_000)[:20_000] + end
    units = numbers_in(text, Language.ARABIC, ARAB)
    assert all(first.end <= second.start for first, second in pairwise(units))
