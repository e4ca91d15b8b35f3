"""The grammar of document symbols of the current organization, for all that read, print, link or judge them."""

from __future__ import annotations

import re

from masthead.document import organizations
from masthead.document.symbol_grammar import DASH, GENERAL, LETTERED, SPACE


@organizations.per_organization
def one() -> str:
    """Return the pattern of one symbol in running text: of the organization, or of the general grammar."""
    own = organizations.current().symbol
    return rf"(?:{own}|{GENERAL})" if own else GENERAL


@organizations.per_organization
def whole() -> str:
    """Return the pattern of all of a masthead's symbol, with the stars of a reissue or of notes."""
    own = organizations.current().symbol
    general = rf"{GENERAL}{LETTERED}"
    return rf"(?:(?:{own})\*{{0,3}}|{general})" if own else general


def is_own(symbol: str) -> bool:
    """Return whether a symbol is one of the organization, by its pattern or else by the series of its organs.

    All symbols of the general grammar are symbols of the United Nations.
    """
    organization = organizations.current()
    if organization.is_bundled:
        return True
    symbol = symbol.rstrip("*")
    if organization.symbol:
        return re.fullmatch(organization.symbol, symbol) is not None
    return any(symbol.startswith(f"{organ.series}/") for organ in organization.organs.values())


_AFTER = rf"[,.;:)\]]|{SPACE}(?:of|and|to|de|du|del|et|y|от|и){SPACE}|$"
LETTERS = rf"{SPACE}(?:[A-Z]{DASH}[A-Z](?!\w)|[B-HJ-Z](?!\w)|A(?={_AFTER}))"
"""Letters after a resolution's number in running text, where `A` alone may be the article of the next words."""
JOINT = rf"(?<=[^/A-Z]){DASH}(?=[A-Z]{{1,8}}/)"
"""The dash between the symbols of two organs."""
