"""Numbers and machine tokens are found as units, and each is printed as its reader expects it."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.document import numbers
from masthead.document.numbers import BARRIER, LINE_END, MASK, NumberKind, numbers_in
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
    ("-5.5 °م", NumberKind.DEGREES, f"-٥٫٥{N}°م", f"-5.5{N}°م"),
    ("25°ف", NumberKind.DEGREES, "٢٥°ف", "25°ف"),
    ("42 ٪", NumberKind.PERCENT, "٤٢٪", f"42{N}%"),
    ("10 000-20 000", NumberKind.CHAIN, f"١٠{N}٠٠٠-٢٠{N}٠٠٠", f"10{N}000-20{N}000"),
    ("10⁻³", NumberKind.POWER, "١٠⁻³", "10⁻³"),
    ("2715 (2049)", NumberKind.YEAR, f"٢٧١٥{N}(٢٠٤٩)", f"2715{N}(2049)"),
    ("5‰", NumberKind.PERCENT, "٥؉", "5‰"),
    ("-0.25 %", NumberKind.NEGATIVE, "-٠٫٢٥٪", f"-0.25{N}%"),
    ("8-9 %", NumberKind.CHAIN, "٨-٩٪", f"8-9{N}%"),
    ("8-9%", NumberKind.CHAIN, "٨-٩٪", "8-9%"),
    ("2019 – 2021", NumberKind.CHAIN, f"٢٠١٩{N}–{N}٢٠٢١", f"2019{N}–{N}2021"),
    ("2019/2020-2023/2024", NumberKind.CHAIN, "٢٠١٩/٢٠٢٠-٢٠٢٣/٢٠٢٤", "2019/2020-2023/2024"),
    ("2051-03-12", NumberKind.CHAIN, "٢٠٥١-٠٣-١٢", "2051-03-12"),
    ("33° 54′ 20″", NumberKind.DEGREES, f"٣٣°{N}٥٤′{N}٢٠″", f"33°{N}54′{N}20″"),
    ("33°54’20”", NumberKind.DEGREES, "٣٣°٥٤’٢٠”", "33°54’20”"),
    ("15°30.5′", NumberKind.DEGREES, "١٥°٣٠٫٥′", "15°30.5′"),
    (">= 5%", NumberKind.COMPARISON, f">={N}٥٪", f">={N}5%"),
    ("≠ 0", NumberKind.COMPARISON, f"≠{N}٠", f"≠{N}0"),
    ("№ 7", NumberKind.COMPARISON, f"№{N}٧", f"№{N}7"),
    ("1.5:1", NumberKind.TIME, "١٫٥:١", "1.5:1"),
    ("2½", NumberKind.FRACTION, "٢½", "2½"),
    ("2 1/2", NumberKind.FRACTION, "٢ ١/٢", "2 1/2"),
    ("3×10⁻⁴", NumberKind.POWER, "٣×١٠⁻⁴", "3×10⁻⁴"),
    ("6.02 × 10²³", NumberKind.POWER, f"٦٫٠٢{N}×{N}١٠²³", f"6.02{N}×{N}10²³"),
    ("٣٫٧٥", NumberKind.NUMBER, "٣٫٧٥", "3.75"),
    ("١٬٢٥٠٬٠٠٠", NumberKind.NUMBER, "١٬٢٥٠٬٠٠٠", "1,250,000"),
    ("٪٣٥", NumberKind.PERCENT, "٣٥٪", "35%"),
    ("١2٣", NumberKind.NUMBER, "١٢٣", "123"),
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
    ("300 km", NumberKind.LATIN, f"300{N}km"),
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
    ("16-a-1", NumberKind.LATIN, None),
    ("6-8 July 2051", NumberKind.LATIN, None),
    ("-40°C", NumberKind.LATIN, None),
    ("35°N", NumberKind.LATIN, None),
    ("UTC+3", NumberKind.LATIN, None),
    ("5.5 million", NumberKind.LATIN, f"5.5{N}million"),
    ("CH93 0076 2011 6238 5295 7", NumberKind.JOB, f"CH93{N}0076{N}2011{N}6238{N}5295{N}7"),
    ("See A/RES/104/12 and more", NumberKind.LATIN, None),
    ("Job No. 49-10773 (A)", NumberKind.LATIN, f"Job No. 49-10773{N}(A)"),
    ("A/104/12 (Part II)", NumberKind.SYMBOL, f"A/104/12{N}(Part{N}II)"),
    ("A/C.3/104/SR.14, para. 5", NumberKind.LATIN, None),
    ("A/RES/104/1 A-B", NumberKind.LATIN, None),
    ("00961-1-555019", NumberKind.PHONE, None),
    ("+41 22 555 0199/0198", NumberKind.PHONE, f"+41{N}22{N}555{N}0199/0198"),
    ("(02) 5550-0199", NumberKind.PHONE, f"(02){N}5550-0199"),
    ("+41 22 555 0199 ext. 5", NumberKind.LATIN, f"+41{N}22{N}555{N}0199 ext. 5"),
    ("192.168.10.1", NumberKind.HOST, None),
    ("10.0.0.1/24", NumberKind.HOST, None),
    ("2001:db8::8a2e:370:7334", NumberKind.HOST, None),
    ("33° 54′ N, 35° 30′ E", NumberKind.LATIN, None),
    ("5 µs", NumberKind.LATIN, f"5{N}µs"),
    ("12.5 t CO₂", NumberKind.LATIN, f"12.5{N}t CO₂"),
    ("1 250 km", NumberKind.LATIN, f"1{N}250{N}km"),
    ("2.5-3.5 km/h", NumberKind.LATIN, f"2.5-3.5{N}km/h"),
    ("USD 1 250 000", NumberKind.LATIN, f"USD 1{N}250{N}000"),
    ("Berlinger Fridge-tag 2E", NumberKind.LATIN, None),
    ("Model 15 Pro 5G", NumberKind.LATIN, None),
    ("Water 4.0, 2nd ed. (Oxford, 2010)", NumberKind.LATIN, None),
    ("A. Reed and others, “Freezing, thawing”, Tides, vol. 25 (2007), pp. 3980–3986", NumberKind.LATIN, None),
    ('A. Reed, "Freezing and thawing", Tides, vol. 25', NumberKind.LATIN, None),
    ("“Freezing and thawing”, Tides", NumberKind.LATIN, None),
    ("$5 million", NumberKind.LATIN, f"$5{N}million"),
    ("C++", NumberKind.LATIN, None),
    ("B.1.1.7", NumberKind.LATIN, None),
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
        ("1445هـ و30 272 400م و3(أ)", ["1445", "30 272 400", "3"]),  # letters of units are no part of them
        ("و250 km و16.b.1 و49-10773 (A) و10.0.0.1", ["250 km", "16.b.1", "49-10773 (A)", "10.0.0.1"]),
        (
            "من طراز X-1200. وفي 10 a.m. انظر vol. 5.",
            ["X-1200", "10 a.m.", "vol. 5"],
        ),  # the full stop is the sentence's
        ("93/301 - 33° 54′ N", ["93/301", "33° 54′ N"]),
        ("و-5.5° و-3 و-4 °م", ["-5.5°", "-3", "-4 °م"]),  # a minus after the conjunction
        ("و-5", ["-5"]),
        ("25 °مئوية", ["25 °"]),
        ("5.1.2.3", ["5.1.2.3"]),  # a section, not an internet address
        ("12 UNICEF", ["12", "UNICEF"]),
        ("العنوان هو 14 Harbour Road", ["14", "Harbour Road"]),
        ("العنوان هو 14\u00a0Harbour Road.", ["14\u00a0Harbour Road"]),
        (f"العنوان:{LINE_END}14 Harbour Road{LINE_END}1201, rue de Rive", ["14 Harbour Road", "1201, rue de Rive"]),
        (f"العنوان:{LINE_END}UNICEF{LINE_END}2150 Nordhavn{LINE_END}12 عضوا", ["UNICEF", "2150 Nordhavn", "12"]),
        (f"14 Harbour Road، بورت أمبر{LINE_END}نص", ["14", "Harbour Road"]),  # the line has Arabic too
        ("القرار 2715 و2716", ["2715", "2716"]),
        ("”Fridge-tag 2E“ و“Latin النص ”", ["Fridge-tag 2E", "Latin"]),  # Arabic quotation marks, and one left open
        (f"12{BARRIER}34", ["12", "34"]),
        (f"{MASK}{MASK}5", []),
        ("242 22 تشرين الثاني/نوفمبر", ["242", "22"]),  # the second is a day
    ],
)
def test_neighbours_do_not_join_a_unit(text: str, units: list[str]) -> None:
    assert [text[unit.start : unit.end] for unit in numbers_in(text, Language.ARABIC, LATN)] == units


def test_an_address_is_printed_so_that_it_is_found_again() -> None:
    (unit,) = numbers_in("14 Harbour Road, Port Amber", Language.ARABIC, ARAB)
    assert unit.printed == "14\u00a0Harbour Road, Port Amber"
    assert only(f"العنوان {unit.printed}", ARAB)[1] == unit.printed


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "some 1 250 m³ were lost", "1 250 m³"),
        ("en", "at most ≤ 5 µg/m³ of it", "≤ 5 µg/m³"),
        ("en", "some USD 1,250 were lost", "USD 1,250"),
        ("en", "the $1 500 million of 2051", "$1 500 million"),
        ("es", "el -0,5 % de ello", "-0,5 %"),
        ("ru", "на 1 250 млн человек", "1 250 млн"),
        ("fr", "les 12-15 millions", "12-15 millions"),
    ],
)
def test_from_left_to_right_a_number_is_one_unit_with_what_it_counts(language: str, text: str, unit: str) -> None:
    found = numbers_in(text, Language(language), LATN)[0]
    assert text[found.start : found.end] == unit


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
        *("a:", "1:a", "::", "00961-", "1° ", "1°1′", "1×", "1½", "1×10⁻", "AB12 ", "1.0.", "=", "1 km "),
    ],
)
def test_hostile_text_ends(piece: str, end: str) -> None:
    """A pattern that tries its parts in every combination would not end here."""
    text = (piece * 20_000)[:20_000] + end
    units = numbers_in(text, Language.ARABIC, ARAB)
    assert all(first.end <= second.start for first, second in pairwise(units))


def test_acronyms_with_a_slash_are_no_symbol_from_left_to_right() -> None:
    text = "39. The list (UN/CEFACT 2015) and HIV/AIDS, see A/80/1."
    found = [text[each.start : each.end] for each in numbers_in(text, Language.ENGLISH, Digits.WESTERN)]
    assert "UN/CEFACT" not in found
    assert "HIV/AIDS" not in found
    assert "A/80/1" in found


@given(
    st.text("0123456789٣ .,:;/-–−+%٪()$^⁺²¼½°″×~≤=№@\u00a0\ufffcACwmkgohtp" + MASK, max_size=24),
    st.sampled_from(list(Language)),
)
def test_a_kind_is_found_in_no_text_without_its_signs(text: str, language: Language) -> None:
    found = numbers_in(text, language, ARAB)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_SIGNS", {})
        assert numbers_in(text, language, ARAB) == found


@pytest.mark.parametrize("digits", Digits)
def test_degrees_minutes_and_seconds_are_read_from_the_left(digits: Digits) -> None:
    (unit,) = numbers_in("33° 53′ 20″", Language.ARABIC, digits)
    assert unit.direction is Direction.LTR


@given(st.text("مa1٢-/. µ°C²@w:()+" + MASK, max_size=30), st.sampled_from((Language.ARABIC, Language.ENGLISH)))
def test_kinds_that_need_a_digit_or_a_letter_are_found_in_no_text_without_one(text: str, language: Language) -> None:
    for kind in numbers._patterns(language):
        pattern = numbers._pattern(language, kind)
        assert pattern
        needed = numbers._LETTER if kind is NumberKind.LATIN else numbers._DIGIT
        found = pattern.search(text)
        assert kind in numbers._WITHOUT_DIGIT or not found or needed.search(found[0])


def test_equal_texts_are_searched_once() -> None:
    first = numbers_in("في الفترة 1997-2003", Language.ARABIC, ARAB)
    assert numbers_in("في الفترة ١٩٩٧-٢٠٠٣", Language.ARABIC, ARAB) is first


PIECES = (
    "022 917 12 34", "(212) 963-1234", "+41 22 917 1234", "00961-1-555019", "17-12345", "GE.17-12345", "192.168.0.1",
    "AE07 0331 2345 67", "978-92-1-101234-5", "2001:db8::1", "::1", "$5", "USD 5", "-4 °م", "15°30′", "±3 °C", "°F",
    "°", "µg/m³", "μs", "“Port Amber”", '"Quay"', "HIV", f"{MASK} Quay", "−4 km", "6 August", "€5 bn", "+5", "−3–5",
    "5 ½", "3 × 10⁶", "1/2", "100/25", "2049 (2049)", "10:00", "%42", "٪42", "42%", "5‰", "1 250", "000 210", "٤٢", "۴",
    "-", "–", "\u2011", "و", ",", ".", "(",
)  # fmt: skip


@pytest.mark.parametrize("language", [Language.ARABIC, Language.ENGLISH, Language.FRENCH])
def test_what_a_unit_begins_with_is_among_its_first_characters(language: Language) -> None:
    chance = random.Random(language)
    texts = ["".join(chance.choices((*PIECES, " ", " "), k=12)) for _ in range(40)]
    for kind in numbers._FIRST.keys() & numbers._patterns(language).keys():
        whole, quick = re.compile(numbers._patterns(language)[kind]), numbers._pattern(language, kind)
        assert quick is not None
        found = [[match.span() for text in texts for match in each.finditer(text)] for each in (whole, quick)]
        assert found[0] == found[1], kind
