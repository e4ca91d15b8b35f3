"""Shape the digits of running text as Arabic-Indic or Western, as the document says.

Arabic documents of 2017 print Arabic-Indic digits in running text, but Western digits in Latin text: symbols, job
numbers, treaty citations (`vol. 2225, No. 39574`). Their sources use Western digits throughout. Only digits are
changed, and nothing at all in a document that is written from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, pairwise
from typing import Any

from masthead.document import ARABIC_INDIC, Digits, Direction, Document, model

_JOB_NUMBER = re.compile(r"\d\d-\d{5}\*?\s*\([ACEFRS]\)(?:\s+\d{6})*")
_MASK = "\ue000"  # a private-use character, of class L, in place of text that is not running text
_LINES = ("session", "agenda_item", "adoption", "place")


def with_printed_digits(document: Document) -> Document:
    """Return `document` with the digits that its pages print."""
    if document.language.direction is Direction.LTR:
        return document
    digits, preface = document.digits, document.preface

    def shaped(value: Any) -> Any:
        return model.map_contents(value, partial(shape, digits=digits))

    lines = {name: shape_line(getattr(preface, name), digits) for name in _LINES}
    return replace(
        document,
        preface=replace(shaped(preface), **lines),
        body=shaped(document.body),
        notes=shaped(document.notes),
        annexes=shaped(document.annexes),
        closing=tuple(shape_line(line, digits) for line in document.closing),
    )


def shape_line(line: str, digits: Digits) -> str:
    """Return a line of plain text with the digits of its running text shaped as `digits`."""
    return "".join(inline.text for inline in shape((model.Text(line),), digits) if isinstance(inline, model.Text))


def shape(content: Sequence[model.Inline], digits: Digits) -> model.Content:
    """Return a paragraph's content with the digits of its running text shaped as `digits`.

    Western digits stay in symbols, in words with Latin letters, in job numbers, and in numbers among Latin words.
    """
    text = model.plain(content)
    if digits.shape(text) == text:
        return tuple(content)
    if digits is Digits.WESTERN:
        return tuple(_replaced(content, iter(digits.shape(text))))
    shaped = list(text)
    masked = _masked(content)
    for start, end in _running(masked):
        for place in range(start, end):
            if masked[place] != _MASK:
                shaped[place] = text[place].translate(ARABIC_INDIC)
    return tuple(_replaced(content, iter(shaped)))


def _masked(content: Sequence[model.Inline]) -> str:
    """Return the characters of the content, with those of symbols replaced by a meaningless letter."""
    texts = (each for each in model.inlines(content) if isinstance(each, model.Text | model.Reference))
    return "".join(_MASK * len(each.text) if _is_symbol(each) else each.text for each in texts)


def _is_symbol(inline: model.Text | model.Reference) -> bool:
    return isinstance(inline, model.Reference) and inline.text == str(inline.target)


def _replaced(content: Sequence[model.Inline], chars: Iterator[str]) -> Iterator[model.Inline]:
    """Yield the content with its characters replaced by `chars`."""
    for inline in content:
        match inline:
            case model.Text(text) | model.Reference(text):
                yield replace(inline, text="".join(islice(chars, len(text))))
            case model.Strong(inner) | model.Emphasis(inner):
                yield replace(inline, content=tuple(_replaced(inner, chars)))
            case _:
                yield inline


def _running(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words with digits that belong to running Arabic text."""
    jobs = [match.span() for match in _JOB_NUMBER.finditer(text)]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    before = ""
    for (start, end), (next_start, next_end) in pairwise([*words, (len(text), len(text))]):
        word = text[start:end]
        kind = _kind(word)
        if kind == "number":
            citation = before == "latin" or (before == "" and _kind(text[next_start:next_end]) == "latin")
            if not citation and not any(first <= start < last for first, last in jobs):
                yield start, end
            before = "latin" if citation else "arabic"
        else:
            if kind == "arabic":
                yield start, end
            before = kind or before


def _kind(word: str) -> str:
    """Return `latin`, `symbol` (Latin letters with digits), `arabic`, `number`, or an empty string for punctuation."""
    classes = {unicodedata.bidirectional(char) for char in word}
    if classes & {"R", "AL"}:
        return "arabic"
    if "L" in classes:
        return "symbol" if "EN" in classes or _MASK in word else "latin"
    return "number" if classes & {"EN", "AN"} else ""
