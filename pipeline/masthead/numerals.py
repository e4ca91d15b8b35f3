"""Digits of running text, Arabic-Indic or Western by the document's setting.

United Nations documents in Arabic of 2017 print Arabic-Indic digits in running text and leave Western ones in what
is Latin: symbols, job numbers, treaty citations (`vol. 2225, No. 39574`). Their sources type all in Western digits.
Nothing but digits is ever changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from masthead.bidi import Element, Node
from masthead.terms import ARABIC_INDIC, Digits

_JOB_NUMBER = re.compile(r"\d\d-\d{5}\*?\s*\([ACEFRS]\)(?:\s+\d{6})*")
_MASK = "\ue000"  # a character of the private area, of class L, in the place of text that is no running text


def shape(nodes: Sequence[Node], digits: Digits) -> tuple[Node, ...]:
    """Return a paragraph's inline nodes with the digits of its running text as `digits` says.

    Western digits stay in words that have Latin letters, in job numbers, in numbers that stand among Latin words, and
    in elements with `dir="ltr"` or the class `symbol`.
    """
    if digits is Digits.WESTERN:
        return tuple(_replaced(nodes, iter(digits.shape(_text(nodes)))))
    text = list(_text(nodes))
    masked = _text(nodes, mask=True)
    for start, end in _running(masked):
        text[start:end] = masked[start:end].translate(ARABIC_INDIC)
    return tuple(_replaced(nodes, iter(text)))


def _text(nodes: Sequence[Node], *, mask: bool = False) -> str:
    """The characters of strings; with `mask`, those of left-to-right elements are letters without meaning."""
    result = ""
    for node in nodes:
        if isinstance(node, str):
            result += node
        elif isinstance(node, Element):
            inner = _text(node.children, mask=mask)
            attributes = dict(node.attributes)
            apart = attributes.get("dir") == "ltr" or "symbol" in attributes.get("class", "").split()
            result += _MASK * len(inner) if mask and apart else inner
    return result


def _replaced(nodes: Sequence[Node], chars: Iterator[str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield "".join(next(chars) for _ in node)
        elif isinstance(node, Element):
            yield Element(node.tag, node.attributes, tuple(_replaced(node.children, chars)))
        else:
            yield node


def _running(text: str) -> Iterator[tuple[int, int]]:
    """The words with digits that belong to running Arabic text, as (start, end)."""
    jobs = [match.span() for match in _JOB_NUMBER.finditer(text)]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    before = ""
    for (start, end), (after, behind) in pairwise([*words, (len(text), len(text))]):
        word = text[start:end]
        kind = _kind(word)
        if kind == "number":
            citation = before == "latin" or (before == "" and _kind(text[after:behind]) == "latin")
            if not citation and not any(first <= start < last for first, last in jobs):
                yield start, end
            before = "latin" if citation else "arabic"
        else:
            if kind == "arabic":
                yield start, end
            before = kind or before


def _kind(word: str) -> str:
    """`latin`: letters alone; `symbol`: Latin letters with digits; `arabic`; `number`; nothing for punctuation."""
    classes = {unicodedata.bidirectional(char) for char in word}
    if classes & {"R", "AL"}:
        return "arabic"
    if "L" in classes:
        return "symbol" if "EN" in classes or _MASK in word else "latin"
    return "number" if classes & {"EN", "AN"} else ""
