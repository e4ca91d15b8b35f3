"""The Markdown examples and specimens as the cases of a test."""

from __future__ import annotations

import pytest

from paths import EXAMPLES, SPECIMENS

SOURCES = sorted([*EXAMPLES.glob("*.md"), *SPECIMENS.glob("*.md")])

# One of each type of document and of each language: enough for `make quick`.
_QUICK = {
    *("A_104_96.ar", "A_104_96.en", "A_C.2_104_L.9.en", "A_DEC_104_405.ar", "A_HRC_98_8.ru"),
    *("A_HRC_RES_98_2.fr", "A_RES_104_12.es", "A_RES_104_12.zh", "A_RES_104_13.ar", "S_2049_301.en"),
}

every_source = pytest.mark.parametrize(
    "source",
    [pytest.param(path, id=path.stem, marks=[] if path.stem in _QUICK else pytest.mark.slow) for path in SOURCES],
)
"""Runs a test with the parameter `source` once for each of `SOURCES`."""
