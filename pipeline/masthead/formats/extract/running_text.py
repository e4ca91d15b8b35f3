"""Consecutive lines as one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from masthead.document.references import Doubt
from masthead.formats.extract.pages import HINT, PageLine

_UNSPACED = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]$")  # Chinese letters and marks
_END = 4  # characters that decide how a line continues
_PARTED_DASH = re.compile(r"[^\W\d_] [-‐‑]$")  # the PDF has a space before it
_DASH = re.compile(r"(?:[/—]|[^\W\d_][-‐‑])$")


def joined(lines: Iterable[PageLine]) -> str:
    """Return the text of lines, with single spaces."""
    pieces: list[str] = []
    for line in lines:
        text = " ".join(line.text.split())
        if pieces and not _runs_on(pieces[-1][-_END:], text):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def _runs_on(before: str, after: str) -> bool:
    if _UNSPACED.search(before) and _UNSPACED.search(after[:1]):
        return True
    return bool(_DASH.search(before)) or (bool(_PARTED_DASH.search(before)) and after[:1].islower())


def parted_words(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Doubt]]:
    """Yield doubts about words that the PDF has split: joined, they are a word that occurs elsewhere in the texts."""
    words = Counter(word for _, text in texts for word in _WORD.findall(text))
    for number, text in texts:
        for found in _PARTED.finditer(text):
            whole = found[1] + found[2]
            if words[whole] and words[found[2]] + words[found[1]] <= 3 and min(words[found[1]], words[found[2]]) == 1:
                parted = f"{found[1]} {found[2]}"
                yield number, Doubt("word-parted", f"“{parted}” may be one word, “{whole}”", HINT)
        for found in _DASHED.finditer(text):
            yield number, Doubt("word-parted", f"“{found[0]}” may be one word", HINT)


_WORD = re.compile(r"[^\W\d_]+")
_PARTED = re.compile(r"(?<!\S)([^\W\d_]+) (?=([^\W\d_]+))")
_DASHED = re.compile(r"\( [\w/]+|(?<![^\W\d_])[^\W\d_]+ (?:[-‐‑’][^\W\d_]+|[,)](?!\w))")
