"""How documents print their identifiers: symbols, job numbers, barcodes, folios."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKET = "[()]"  # either way round, since the file of a right-to-left page may not mirror it
_YEAR_OR_VOLUME = r"\d{4}|(?:Vol|Sect|Chap)\.\s?\w{1,5}|Part\s?[IVX]{1,5}|Introduction"
# A part is never in the style of `ResCMN`: that is a symbol of the Council of Europe, CM/ResCMN(2008)1.
_PART = r"/(?![A-Za-z0-9]*[a-z][A-Z])[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*"
SYMBOL = re.compile(
    rf"(?<![A-Za-z0-9/.])[A-Z]{{1,8}}(?:{_PART})+(?:\s?{_BRACKET}(?:{_YEAR_OR_VOLUME}){_BRACKET}|\([A-Za-z0-9]+\))?\*?"
)
JOB = re.compile(r"(?:[A-Z]{1,2}\.)?\d\d-\d{5}\*?")
JOB_LINE = re.compile(rf"((?:GE\.|V\.)?\d\d-\d{{5}}\*?)\s*{_BRACKET}\s*([ACEFRS])\s*{_BRACKET}((?:\s*\d{{6}})*)")
BARCODE = re.compile(r"\*[\d\s]+\*")
FOLIO = re.compile(r"\d{1,4}(?:/\d{1,4})?")


def symbols(text: str) -> Iterator[str]:
    """Yield the document symbols in a text as they are printed: `S/RES/2254 (2015)`, `A/80/5 (Vol. II)`."""
    yield from (spaced(match[0].rstrip("*")) for match in SYMBOL.finditer(text))


def spaced(symbol: str) -> str:
    """Return a symbol with a space and brackets around its year or volume, which addresses and Arabic pages lack."""
    return re.sub(rf"\s?{_BRACKET}({_YEAR_OR_VOLUME}){_BRACKET}", _in_brackets, symbol)


def _in_brackets(found: re.Match[str]) -> str:
    parted = re.sub(r"(\.|Part)\s?", r"\1 ", found[1])
    return f" ({parted})"
