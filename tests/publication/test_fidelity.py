"""Our pages against the printed ones, by the bounds that `benchmarks/fidelity.py` states."""

from __future__ import annotations

import sys

import pytest

from paths import ROOT

PRINTED = ROOT.parent / "shared" / "reference" / "pdf"

pytestmark = pytest.mark.skipif(not PRINTED.is_dir(), reason="the printed documents are not here")
sys.path.insert(0, str(ROOT / "benchmarks"))

import fidelity  # noqa: E402


@pytest.mark.parametrize("name", ["A_RES_73_6-EN.pdf", "A_RES_73_8-EN.pdf"])
def test_a_resolution_falls_on_pages_as_it_was_printed(name: str) -> None:
    printed = fidelity.read((PRINTED / name).read_bytes())
    ours = fidelity.set_again(printed, ends=False)
    share, end, apart = fidelity.compare(printed, ours)
    assert ours.pages == printed.pages
    assert share >= fidelity.LINES
    assert end <= fidelity.ENDS
    assert apart <= fidelity.APART
    kept = fidelity.set_again(printed, ends=True)
    assert fidelity.words(kept) == fidelity.words(printed)


def test_a_geneva_report_has_its_furniture_where_it_was_printed() -> None:
    assert fidelity.compare_geneva(str(PRINTED / "ohchr_1_ru.pdf")) <= fidelity.APART
