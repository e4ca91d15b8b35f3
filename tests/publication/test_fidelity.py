"""Our pages are close to the printed ones, within the limits of `benchmarks/fidelity.py`."""

from __future__ import annotations

import pytest

import fidelity
from reference import reference


@pytest.mark.parametrize("name", ["A_RES_73_6-EN.pdf", "A_RES_73_8-EN.pdf"])
def test_a_resolution_breaks_into_pages_as_printed(name: str) -> None:
    printed = fidelity.read(reference(f"pdf/{name}").read_bytes())
    ours = fidelity.set_again(printed, ends=False)
    share, end, apart = fidelity.compare(printed, ours)
    assert ours.pages == printed.pages
    assert share >= fidelity.LINES
    assert end <= fidelity.ENDS
    assert apart <= fidelity.APART
    kept = fidelity.set_again(printed, ends=True)
    assert fidelity.words(kept) == fidelity.words(printed)


def test_heads_and_feet_of_a_geneva_report_are_where_they_were_printed() -> None:
    assert fidelity.compare_geneva(str(reference("pdf/ohchr_1_ru.pdf"))) <= fidelity.APART
