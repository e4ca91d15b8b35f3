"""How findings quote the text of a document."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[\W_]+")


def excerpt(text: str, most: int = 40) -> str:
    """The text in quotation marks, cut off after about `most` characters."""
    return f"“{text[:most]}…”" if len(text) > most + 1 else f"“{text}”"


def plain(text: str) -> str:
    """The letters and digits of a text in lower case, to compare it with another."""
    return _OTHER.sub("", text.casefold())
