"""What the hyperlinks of Word lead to, where it is a document of the United Nations."""

from __future__ import annotations

import re
from contextlib import suppress

from masthead.document import Symbol

_QUOTED = re.compile(r'HYPERLINK\s+"([^"]*)"')


def target_of(address: str, tip: str | None) -> Symbol | None:
    """The document that a hyperlink leads to: what its tip says, if that is found there, or its address."""
    with suppress(ValueError):
        symbol = Symbol.parse(tip or "")
        if symbol.address == address:
            return symbol
    return Symbol.at(address)


def target_of_field(instruction: str) -> Symbol | None:
    """The document that a field of the kind HYPERLINK leads to."""
    address = _QUOTED.search(instruction)
    return Symbol.at(address[1]) if address else None
