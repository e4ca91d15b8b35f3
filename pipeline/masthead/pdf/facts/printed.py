"""How documents print their identifiers: symbols, job numbers, barcodes, folios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from masthead.document import Organization, organizations, symbol_grammar, terms
from masthead.document import symbols as own_symbols

_BRACKET = "[()]"  # either way round, since the file of a right-to-left page may not mirror it
# A part is never in the style of `ResCMN`: that is a symbol of the Council of Europe, CM/ResCMN(2008)1.
_ELSEWHERE = r"(?![A-Z]{1,8}/[A-Za-z0-9]*[a-z][A-Z])"
_ADOPTED = rf"[A-Z]{{1,8}}/(?:RES|DEC)/\d{{1,4}}/\d{{1,4}}{own_symbols.LETTERS}"
BARCODE = re.compile(r"\*[\d\s]+\*")
FOLIO = re.compile(r"\d{1,4}(?:/\d{1,4})?")


@organizations.per_organization
def symbol() -> re.Pattern[str]:
    """Return the pattern of a symbol, whose brackets may be either way round."""
    own = organizations.current().symbol
    general = rf"(?<![A-Za-z0-9/.]){_ELSEWHERE}(?:{_ADOPTED}|{symbol_grammar.grammar(_BRACKET, _BRACKET)})\*?"
    return re.compile(rf"(?<![A-Za-z0-9/.]){own_symbols.own()}\*?|{general}" if own else general)


@organizations.per_organization
def job_number() -> re.Pattern[str]:
    """Return the pattern of a job number without its letter."""
    organization = organizations.current()
    own = organization.job or "(?!)"
    return re.compile(r"(?:[A-Z]{1,2}\.)?\d\d-\d{5}\*?" if organization.is_bundled else own)


@organizations.per_organization
def job_line() -> re.Pattern[str]:
    """Return the pattern of a job number with its letter and dates."""
    return re.compile(terms.job_pattern(rf"{_BRACKET}\s*", rf"\s*{_BRACKET}").replace(r"((?:\s+", r"((?:\s*"))


def symbols(text: str) -> Iterator[str]:
    """Yield the document symbols in a text as they are printed: `S/RES/2254 (2015)`, `A/80/5 (Vol. II)`.

    Each has a number: two names with a stroke between them, `ATMIS/AUSSOM`, are not a symbol.
    """
    yield from _symbols(organizations.current(), text)


@lru_cache(maxsize=1024)  # the lines of a document: facts and rules look for symbols in them
def _symbols(organization: Organization, text: str) -> tuple[str, ...]:
    found = (match[0].rstrip("*") for match in symbol().finditer(text))
    return tuple(spaced(symbol) for symbol in found if any(map(str.isdigit, symbol)))


def spaced(symbol: str) -> str:
    """Return a symbol with a space and brackets around its year or volume, which addresses and Arabic pages lack."""
    return re.sub(rf"\s?{_BRACKET}({symbol_grammar.GROUP}){_BRACKET}", _in_brackets, symbol)


def _in_brackets(found: re.Match[str]) -> str:
    parted = re.sub(r"(\.|[a-z])\s?(?=[0-9IVXA-Z]+$)", r"\1 ", found[1])
    return f" ({parted})"
