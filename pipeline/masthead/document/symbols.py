"""The grammar of document symbols of the current organization, for all that read, print, link or judge them."""

from __future__ import annotations

import re

from masthead.document import organizations
from masthead.document.symbol_grammar import DASH, GENERAL, LETTERED, SPACE

RIGHT_TO_LEFT = "\u0590-\u05ff\u0620-\u064a\u066e-\u06ef"
"""Letters, for a character class."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@organizations.per_organization
def one() -> str:
    """Return the pattern of one symbol in running text: of the organization, or of the general grammar.

    A symbol in Arabic letters does not begin inside a word.
    """
    return rf"(?:{own()}|{GENERAL})" if organizations.current().symbol else GENERAL


@organizations.per_organization
def own() -> str:
    """Return the pattern of a symbol of the organization in running text; of nothing if it has no pattern."""
    pattern = organizations.current().symbol or "(?!)"
    return rf"(?:(?![{RIGHT_TO_LEFT}])|(?<![^\W_]))(?:{pattern})"


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


def is_right_to_left(text: str) -> bool:
    """Return whether a text is a symbol of the organization that begins with a letter of a right-to-left script."""
    own = organizations.current().symbol
    if not own or not re.match(f"[{RIGHT_TO_LEFT}]", text):
        return False
    return re.fullmatch(rf"(?:{own})\*{{0,3}}", text.translate(_DIGITS)) is not None


def ordered(text: str) -> str:
    """Return a right-to-left symbol with the controls that draw its parts one after the other from the right."""
    return "\u2067" + re.sub(r"([/.\-])", "\u200f\\1\u200f", text) + "\u2069"


def as_read(text: str) -> str:
    """Return the right-to-left symbol drawn as `text`, whose numbers may be read in another order; else `text`."""
    if not organizations.current().symbol:
        return text
    words = re.sub(r"[\s\u200e\u200f\u061c\u2066-\u2069]", "", text).translate(_DIGITS)
    first, *others = words.split("/")
    orders = ((first, *others), (first, *others[::-1]), (*others[::-1], first), (*others, first))
    return next((read for order in orders if is_right_to_left(read := "/".join(order))), text)


_AFTER = rf"[,.;:)\]]|{SPACE}(?:of|and|to|de|du|del|et|y|от|и){SPACE}|$"
LETTERS = rf"{SPACE}(?:[A-Z]{DASH}[A-Z](?!\w)|[B-HJ-Z](?!\w)|A(?={_AFTER}))"
"""Letters after a resolution's number in running text, where `A` alone may be the article of the next words."""
JOINT = rf"(?<=[^/A-Z]){DASH}(?=[A-Z]{{1,8}}/)"
"""The dash between the symbols of two organs."""
