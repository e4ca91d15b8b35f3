"""Anything lost, merged or swapped in one of six versions is reported, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from test_concordance import SIX, versions

from masthead.document.model import Block, Box, Document, Figure, Heading, Paragraph, Role, Table, Text, joined
from masthead.document.model import plain as text_of
from masthead.editing.concordance import Version, concord

LOST = (Paragraph, Heading, Table, Figure, Box)


def changes(document: Document) -> Iterator[tuple[str, Document]]:
    """The document with a block or subparagraph lost, or neighbours merged or swapped; and the kind to be reported."""
    body = document.body
    for at, block in enumerate(body):
        before, behind = body[:at], body[at + 1 :]
        if isinstance(block, LOST) and not _is_formula(block):
            kind = "paragraph" if isinstance(block, Paragraph) else type(block).__name__.lower()
            yield f"{kind}: missing", replace(document, body=(*before, *behind))
        for place in range(len(block.items)) if isinstance(block, Paragraph) else ():
            items = block.items[:place] + block.items[place + 1 :]
            yield "sub-paragraph: missing", replace(document, body=(*before, replace(block, items=items), *behind))
        other = behind[0] if behind else None
        if isinstance(block, Paragraph) and isinstance(other, Paragraph) and _are_alike(block, other):
            both = replace(block, content=joined((*block.content, Text(" "), *other.content)))
            yield "paragraph: merged", replace(document, body=(*before, both, *behind[1:]))
            yield "paragraph: order", replace(document, body=(*before, other, block, *behind[1:]))


def _is_formula(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.FORMULA


def _are_alike(one: Paragraph, other: Paragraph) -> bool:
    return one.role is other.role is not Role.FORMULA and not one.items and not other.items


@pytest.mark.parametrize("language", SIX)
@pytest.mark.parametrize("document", ["A_RES_104_12", "A_104_97"])
def test_each_change_in_one_version_is_reported_alone(document: str, language: str) -> None:
    others = versions(document)
    seen = set()
    for kind, changed in changes(others[language].document):
        found = concord([*(others | {language: Version.of(changed, language)}).values()]).disagreements
        told = [(each.rule, each.versions) for each in found]
        assert told == [(kind, (language,))] or (kind == "paragraph: order" and told == []), (kind, told)
        seen |= {each.rule for each in found}
    assert seen >= {"paragraph: missing", "paragraph: merged", "paragraph: order", "sub-paragraph: missing"}


def test_a_document_may_begin_with_the_paragraphs_that_are_merged() -> None:
    documents = {language: _body_alone(version.document) for language, version in versions("A_RES_104_12").items()}
    first, second, *others = documents["fr"].body
    both = replace(first, content=joined((*first.content, Text(" "), *second.content)))
    documents["fr"] = replace(documents["fr"], body=(both, *others))
    found = concord([Version.of(document, language) for language, document in documents.items()]).disagreements
    assert [(each.rule, each.versions) for each in found] == [("paragraph: merged", ("fr",))]


def _body_alone(document: Document) -> Document:
    """The preambular paragraphs of a document, without title and notes."""
    preface = replace(
        document.preface, session="", agenda_item="", agenda_title=(), adoption="", basis=None, sponsors=(), title=()
    )
    paragraphs = (each for each in document.body if isinstance(each, Paragraph) and each.role is Role.PREAMBULAR)
    plain = tuple(replace(each, content=(Text(text_of(each.content)),)) for each in paragraphs)
    return replace(document, preface=preface, body=plain, notes=(), closing=(), annexes=())
