"""The United Nations' own files of Security Council resolutions: their pages show what is in them, and nothing else."""

from __future__ import annotations

import pytest

from akn4un import annex, council_file, heading, numbered, point
from council_pages import compare, drawn_words, examine
from masthead.document import Digits
from masthead.publication import Edition, SourceFile, publish
from reference import reference

# Two pages each: the same resolution in six languages, one without a meeting, one with an annex, a statement.
SAMPLE = (
    *(f"2020/{folder}/S_RES_2546 (2020)-2012940{folder[0]}.xml" for folder in ("Chinese", "English", "French")),
    *(f"2020/{folder}/S_RES_2546 (2020)-2012940{folder[0]}.xml" for folder in ("Arabic", "Russian", "Spanish")),
    "2020/English/S_PRST_2020_11.xml",
)


_LINK = '<a href="https://undocs.org/en/S/RES/3001 (2047)">{}</a>'
_VERBS = {"en": ("italic", "Decides"), "ar": ("bold italic", "يقرر"), "zh": ("bold", "决定")}
_TEXTS = {
    "en": " to light co\u2011operative harbours of 30\u00a0States, by its resolution ",
    "ar": " إنارة موانئ 30\u00a0دولة بموجب القرار ",
    "zh": "按照第1号计划点亮港口，根据决议",
}


def file_in(language: str) -> bytes:
    """A file with a heading, a list of two degrees, an ornament, a link in two parts, and an annex."""
    look, verb = _VERBS[language]
    text = f'\t<span class="{look}">{verb}</span>{_TEXTS[language]}'
    link = _LINK.format("3001") + _LINK.format(" (2047)")
    points = point("(a)", text) + f"<sublist>{point('•', text)}{point('', text)}</sublist>"
    body = (
        heading(verb) + numbered("1.", f"{text}{link}:", points) + "<paragraph><content><p>*</p></content></paragraph>"
    )
    after = annex(heading("Annex", "H1") + numbered("", text) + numbered("", text))
    return council_file(body + numbered("", f"2. {text}."), language, after=after, symbol="S/RES/3104(2049)")


@pytest.fixture(scope="module", params=_VERBS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return publish(SourceFile(f"x.{request.param}.xml", file_in(request.param)))


def test_the_pages_show_every_word_link_and_emphasis(edition: Edition) -> None:
    counts, lines = compare(file_in(str(edition.document.language)), edition)
    assert lines == []
    assert counts["links"] == 1
    assert counts["words"] > 50
    assert counts["emphasis"] > 10


def test_preflight_finds_no_error(edition: Edition) -> None:
    assert [found for found in edition.report.findings if found.severity != "note"] == []


def test_digits_are_those_of_the_file(edition: Edition) -> None:
    assert edition.document.digits is Digits.WESTERN
    assert {"3104", "2049", "3001", "2047"} <= set(drawn_words(edition.pdf.data))


def test_the_symbol_has_a_space_before_its_year_on_the_page(edition: Edition) -> None:
    assert str(edition.document.symbol) == "S/RES/3104 (2049)"


@pytest.mark.parametrize("name", SAMPLE)
def test_a_file_of_the_united_nations_is_published_whole(name: str) -> None:
    counts, lines = examine(reference(f"council/{name}"))
    assert lines == []
    assert counts["pages"] in (2, 3)
