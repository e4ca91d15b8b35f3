"""Links in sources: to documents of the United Nations, and to anything else."""

from __future__ import annotations

import re

from masthead.document import Hyperlink, Reference, Symbol

_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


def linked(text: str, address: str) -> Reference | Hyperlink | None:
    """Return `text` with a link to `address`, or None if that is not an address on the web."""
    if target := Symbol.at(address):
        return Reference(text, target, "" if address == target.address else address)
    return Hyperlink(text, address) if _ADDRESS.match(address) else None
