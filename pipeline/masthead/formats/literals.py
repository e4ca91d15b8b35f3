"""Characters that stand only for themselves, although a reader would otherwise find a reference or a mark in them."""

from __future__ import annotations

import re

LITERAL = "\0"
"""Precedes a literal character while a source is read. No source may contain U+0000, so it cannot be confused."""


def literal(text: str) -> str:
    """Return `text` with every character marked as literal that could be part of a reference or a mark."""
    return re.sub(r"[/(<]", rf"{LITERAL}\g<0>", text)
