"""What the hyperlinks of Word lead to, where it is a document of the United Nations."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote

from masthead.terms import Symbol

_ADDRESS = re.compile(
    r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:(?:ar|en|es|fr|ru|zh)/)?(?P<symbol>[^?#]+)", re.I
)
_COUNCIL = re.compile(r"(S/RES/\d{1,4})\s*(\(\d{4}\))")
_QUOTED = re.compile(r'HYPERLINK\s+"([^"]*)"')


def target_of(address: str, tip: str | None) -> Symbol | None:
    """The document that a hyperlink leads to: what its tip says, if that is found there, or its address."""
    with suppress(ValueError):
        symbol = Symbol.parse(tip or "")
        if symbol.address == address:
            return symbol
    return _symbol_at(address)


def target_of_field(instruction: str) -> Symbol | None:
    """The document that a field of the kind HYPERLINK leads to."""
    address = _QUOTED.search(instruction)
    return _symbol_at(address[1]) if address else None


def _symbol_at(address: str) -> Symbol | None:
    """The document that is found at an address of the United Nations' documents."""
    found = _ADDRESS.fullmatch(unquote(address))
    if found is None:
        return None
    with suppress(ValueError):
        return Symbol.parse(_COUNCIL.sub(r"\1 \2", found["symbol"].rstrip("/ ")))
    return None
