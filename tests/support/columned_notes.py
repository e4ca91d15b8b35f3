"""A document whose note has terms and explanations in columns."""

from __future__ import annotations

from masthead import formats
from masthead.document.model import Document, Tab, plain, split_paragraphs


def columned(document: Document) -> str:
    """Return the text of the first note, with `|` where a column begins."""
    return "\n".join(
        "".join("|" if isinstance(inline, Tab) else plain((inline,)) for inline in paragraph)
        for paragraph in split_paragraphs(document.notes[0].content)
    )


MARKDOWN = """\
---
type: report
language: {language}
organ: general-assembly
symbol: A/104/999
job: 49-12345 ({letter})
distribution: General
date: 14 August 2049
original: English
session: '104'
title: {one}
notes: {place}
---

# I. {one}

1. {one}[^1] {two}.

[^1]: {one}:

    <!-- tab 400 -->{one}<!-- tab 1600 -->{two}, {two}<!-- tab 5600 -->{one}, {one}, {one}

    <!-- tab 400 -->ADB<!-- tab 1600 -->African **Development** Bank<!-- tab 5600 -->Geneva

    {two}:

    ADB<!-- tab 1600 -->{two}<!-- tab 5600 -->{one}

    <!-- tab 5600 -->{two}
"""
WORDS = {"en": ("Lamps", "Lamps of the coast"), "ar": ("مصابيح", "مصابيح الساحل القديمة")}


def document_of(language: str = "en", letter: str = "E", place: str = "page") -> Document:
    return formats.parse(markdown(language, letter, place).encode(), "x.md")


def markdown(language: str = "en", letter: str = "E", place: str = "page") -> str:
    one, two = WORDS[language]
    return MARKDOWN.format(language=language, letter=letter, place=place, one=one, two=two)
