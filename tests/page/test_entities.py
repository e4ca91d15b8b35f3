"""The units of a paragraph are wrapped whole, whatever markup is in them."""

from __future__ import annotations

import re

import pytest

from manuscripts import report
from masthead import formats
from masthead.document.model import Hyperlink, Text
from masthead.document.numbers import NumberKind
from masthead.document.references import Link
from masthead.document.terms import Digits, Language
from masthead.page.entities import Entity, entities
from masthead.page.markup import mark_up

WEB = "https://example.org/x"


def test_a_symbol_that_is_a_link_is_a_unit_and_so_is_one_of_which_a_part_is() -> None:
    for content in (
        (Text("في تقريره ("), Hyperlink("S/2049/733", WEB), Text(")، وقد نظر")),
        (Text("قراريه "), Hyperlink("1267", WEB), Text("/1988 و")),
    ):
        pieces = entities(content, Language.ARABIC, Digits.WESTERN)
        (unit,) = (piece for piece in pieces if isinstance(piece, Entity))
        assert content[1] in unit.content


@pytest.mark.parametrize("rest", [".2", "-4"])
def test_a_unit_that_begins_in_a_link_does_not_keep_others_from_being_whole(rest: str) -> None:
    content = (Link((Text("الهدف 3"),), WEB), Text(f"{rest} و-0.5% و10⁻³"))
    pieces = entities(content, Language.ARABIC, Digits.WESTERN)
    units = [piece.content for piece in pieces if isinstance(piece, Entity)]
    assert units[-2:] == [(Text("-0.5%"),), (Text("10⁻³"),)]
    # Beside the link, a decimal would be on its other side as a unit of its own; the end of a range is there anyway.
    assert units[:-2] == ([(Text("-4"),)] if rest == "-4" else [])


def test_the_rest_of_a_range_that_begins_in_a_link_is_unbroken() -> None:
    ends = Link((Text("пунктах 23"),), "#paragraph-23"), Link((Text("30"),), "#paragraph-30")
    pieces = entities((Text("в "), ends[0], Text("–"), ends[1], Text(" выше")), Language.RUSSIAN, Digits.WESTERN)
    assert pieces[1] is ends[0]
    assert pieces[2] == Entity(NumberKind.CHAIN, None, (Text("–"), ends[1]))


def test_latin_words_stay_on_the_line_of_their_number() -> None:
    document = formats.parse(report(Language.ARABIC, "1. انظر vol. 5, No. 7, USD 1,250 و 2.5 mm/yr.").encode(), "a.md")
    assert re.findall('class="whole">([^<]+)<', mark_up(document).text) == [
        "vol. 5",
        "No. 7",
        "USD 1,250",
        "2.5\u00a0mm/yr",
    ]
