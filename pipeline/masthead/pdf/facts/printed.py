"""The forms in which documents print what they are known by: symbols, job lines, folios."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKET = "[()]"  # it may come out of a right-to-left page either way round
_YEAR_OR_VOLUME = r"\d{4}|(?:Vol|Sect|Chap)\.\s?\w{1,5}|Part\s?[IVX]{1,5}|Introduction"
# No part is written as `ResCMN` is: so is the Council of Europe's, CM/ResCMN(2008)1.
_PART = r"/(?![A-Za-z0-9]*[a-z][A-Z])[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*"
SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9/.])[A-Z]{{1,8}}(?:{_PART})+(?:\s?{_BRACKET}(?:{_YEAR_OR_VOLUME}){_BRACKET}|\([A-Za-z0-9]+\))?\*?"
)
JOB = re.compile(r"(?:[A-Z]{1,2}\.)?\d\d-\d{5}\*?")
JOB_LINE = re.compile(rf"((?:GE\.|V\.)?\d\d-\d{{5}}\*?)\s*{_BRACKET}\s*([ACEFRS])\s*{_BRACKET}((?:\s*\d{{6}})*)")
BARCODE = re.compile(r"\*[\d\s]+\*")
FOLIO = re.compile(r"\d{1,4}(?:/\d{1,4})?")


def symbols(text: str) -> Iterator[str]:
    """The document symbols in a text, each as print has it: `S/RES/2254 (2015)`, `A/80/5 (Vol. II)`."""
    yield from (spaced(match[0].rstrip("*")) for match in SYMBOL.finditer(text))


def spaced(symbol: str) -> str:
    """A symbol with a space and brackets around its year or volume, which addresses and Arabic pages have otherwise."""
    return re.sub(rf"\s?{_BRACKET}({_YEAR_OR_VOLUME}){_BRACKET}", _in_brackets, symbol)


def _in_brackets(found: re.Match[str]) -> str:
    parted = re.sub(r"(\.|Part)\s?", r"\1 ", found[1])
    return f" ({parted})"
