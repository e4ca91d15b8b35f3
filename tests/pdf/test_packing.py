"""Pages whose characters are kept in columns: equal to what they were made of, in a fraction of the memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pdf import evidence
from masthead.pdf.drawn import raster
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.packing import PackedCharacters, packed
from masthead.pdf.drawn.pages import Page, read_pages
from masthead.pdf.drawn.shown_text import WordTexts
from masthead.preflight import DEFAULT, verdict
from masthead.publication import Edition

places = st.floats(allow_nan=False, allow_infinity=False)
characters = st.builds(
    Character,
    *(st.sampled_from(["a", "\u0627", "\u0644\u0627", "\U00020000"]), *[places] * 4, st.sampled_from([10.0, 20.5])),
    *(st.sampled_from([8.5, 12.0]), st.sampled_from(["Amiri", "Times"]), st.booleans(), st.integers(-1, 3)),
    st.sampled_from([0, 90, 270]),
)


@given(st.lists(characters, min_size=1, max_size=12), st.slices(12))
def test_packed_characters_are_those_that_they_were_made_of(shown: list[Character], part: slice) -> None:
    found = PackedCharacters(shown)
    assert [*found] == [found[place] for place in range(len(shown))] == shown
    assert [type(each.spaced) for each in found] == [bool] * len(shown)
    assert (found[-1], found[part], len(found)) == (shown[-1], tuple(shown[part]), len(shown))
    assert [*reversed(found)] == shown[::-1]
    assert found == tuple(shown) == found and hash(found) == hash(tuple(shown))
    assert found != (*shown, shown[0])
    with pytest.raises(IndexError):
        found[len(shown)]


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    with raster.opened(pdf) as document:
        return read_pages(document, len(document))


def test_packed_pages_equal_the_pages_and_take_less_than_a_third_of_the_memory(touchstone_edition: Edition) -> None:
    pdf = touchstone_edition.pdf.data
    pages = pages_of(pdf)
    turned = replace(pages[0], turned=(pages[1],))
    assert packed(turned) == turned
    assert isinstance(packed(turned).turned[0].lines[0].spans[0].characters, PackedCharacters)
    tracemalloc.start()
    try:
        sizes = []
        for read in (pages_of, lambda pdf: tuple(map(packed, pages_of(pdf)))):
            before, _ = tracemalloc.get_traced_memory()
            kept = read(pdf)
            sizes.append(tracemalloc.get_traced_memory()[0] - before)
            assert kept == pages
            del kept
    finally:
        tracemalloc.stop()
    assert sizes[1] < sizes[0] / 3


def test_a_long_document_is_packed_and_judged_alike(
    touchstone_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = touchstone_edition.document
    whole = verdict.judge(touchstone_edition.pdf.data, (document,), DEFAULT)
    monkeypatch.setattr(evidence, "MANY", 1)
    seen = evidence.gather(touchstone_edition.pdf.data, document)
    spans = [span for page in seen.pages for line in page.lines for span in (*line.spans, *line.raised)]
    assert spans and all(isinstance(span.characters, PackedCharacters | WordTexts) for span in spans)
    assert verdict.judge(touchstone_edition.pdf.data, (document,), DEFAULT) == whole
