"""Rules about the text of a document: all of it is in the file, once, in order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from masthead.document import Document, Finding, Rules, Severity
from masthead.page import TAGS, outline, printed_texts
from masthead.pdf import Evidence, StructureElement, places
from masthead.preflight.excerpts import excerpt
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN)
_ATTACH = "publish from the source"
_INVISIBLE = re.compile("[\u200e\u200f\u200d\u200b\u2060\u061c]")


@RULES.rule("completeness.text-layer", Severity.ERROR)
def text_layer(evidence: Evidence) -> Iterator[Finding]:
    """The pages contain text, not only pictures of text: a scan can be neither searched nor read aloud."""
    if not any(page.lines for page in evidence.pages):
        yield Finding("the pages contain no text", hint="recognize the text (OCR), or publish from the source")


@RULES.rule("completeness.text", Severity.ERROR)
def text(evidence: Evidence) -> Iterator[Finding]:
    """The structure text of the file is the text of the document, word for word and in order.

    It is compared with the document that the file was made from, or with the attached source. Pages without structure
    have no reading order: they must only contain every letter and digit of the text, as often as the text does.
    Running heads and feet are not counted.
    """
    if evidence.document is None:
        return
    if "/StructTreeRoot" not in evidence.root:
        yield from _letters(evidence, " ".join(part.text for part in printed_texts(evidence.document)))
        return
    expected = _printed(evidence.document, is_second=evidence.is_second)
    # For letters in a drawing its alternative text stands.
    told = (element for element in evidence.tree if element.text and not element.alternative)
    present = [(_spaced(element.text), element.page) for element in told]
    if expected == [words for words, _ in present]:
        return
    matcher = SequenceMatcher(None, expected, [words for words, _ in present], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        page = present[min(start, len(present) - 1)][1] if present else None
        for words, found in zip_longest(expected[first:last], (words for words, _ in present[start:end])):
            if words is None:
                yield Finding(f"the text is not in the document: {excerpt(found, 50)}", page)
            elif found is None:
                yield Finding(f"text is missing: {excerpt(words, 50)}", page)
            else:
                yield Finding(f"the text differs: {_difference(words, found)}", page, excerpt(words, 50))


@RULES.rule("completeness.elements", Severity.ERROR, Need.STRUCTURE, Need.OUR_TAGS)
def elements(evidence: Evidence) -> Iterator[Finding]:
    """Headings, tables, lists and figures are tagged as what the document has: each heading with its level, each cell
    with the columns and rows that it spans.

    Screen readers announce the tags, and navigate by them (ISO 14289-1, 7.1).
    """
    if evidence.document is None or evidence.structure is None:
        return
    expected = [_named(*tag) for tag in outline(evidence.document, is_second=evidence.is_second)]
    kinds = frozenset(TAGS.values())
    present = [(_named(each.kind, *each.spans), each) for each in _below(evidence.structure) if each.kind in kinds]
    if expected == [tag for tag, _ in present]:
        return
    matcher = SequenceMatcher(None, expected, [tag for tag, _ in present], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        near = present[min(start, len(present) - 1)][1].page if present else None
        for wanted, found in zip_longest(expected[first:last], present[start:end]):
            if found is None:
                yield Finding(f"the document has {wanted}, which is not tagged as one", near, hint=_ATTACH)
            else:
                tag, element = found
                said = f"tagged as {tag}, but the document has {wanted}" if wanted else f"{tag} is not in the document"
                yield Finding(said, element.page or near, excerpt(element.text or "", 40), _ATTACH)


def _named(kind: str, columns: int, rows: int) -> str:
    return kind + f" over {columns} columns" * (columns > 1) + f" over {rows} rows" * (rows > 1)


def _below(node: StructureElement) -> Iterator[StructureElement]:
    for kid in node.kids:
        if isinstance(kid, StructureElement):
            yield kid
            yield from _below(kid) if kid.kind != "Note" else ()  # the outline has no notes


@RULES.rule("completeness.sources", Severity.ERROR, Need.SOURCE)
def sources(evidence: Evidence) -> Iterator[Finding]:
    """Each attached source can be read, and has the text of the document."""
    if evidence.document is None and not evidence.sources:
        return
    expected = None
    for name, document, reason in evidence.sources:
        if document is None:
            yield Finding(f"the attached source cannot be read: {reason}", where=name, hint=_ATTACH)
        elif document != evidence.document and evidence.document is not None:
            expected = expected or _printed(evidence.document)
            if difference := _first_difference(expected, _printed(document)):
                yield Finding(f"the attached source differs from the document: {difference}", where=name, hint=_ATTACH)


def _printed(document: Document, *, is_second: bool = False) -> list[str]:
    return [_spaced(part.text) for part in printed_texts(document, is_second=is_second)]


def _first_difference(expected: list[str], found: list[str]) -> str:
    for words, other in zip_longest(expected, found, fillvalue=""):
        if words != other:
            return _difference(words, other)
    return ""


def _letters(evidence: Evidence, text: str) -> Iterator[Finding]:
    """The letters and digits of the text that the pages lack, counted."""
    lines = [line for page in evidence.pages for line in (page.lines if page.number == 1 else places.body(page))]
    drawn = Counter(_counted("".join(text for line in lines for text in line.texts)))
    expected = Counter(_counted(text))
    if lacking := (expected - drawn).total():
        message = f"the pages lack {lacking} of the {expected.total()} letters and digits of the text"
        yield Finding(message, hint="publish the archive variant: its structure shows which text is missing")


def _counted(text: str) -> Iterator[str]:
    """Letters and digits without their marks, on which all programs that extract text agree."""
    return (char for char in unicodedata.normalize("NFKD", text) if char.isalnum())


def _spaced(words: str) -> str:
    return " ".join(_INVISIBLE.sub("", words).split())


def _difference(expected: str, found: str) -> str:
    """The first difference of two texts, with some words before and after it."""
    at = next((place for place, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), len(expected))
    start = max(at - 15, 0)
    return f"“{expected[start : at + 25]}” is “{found[start : at + 25]}”"
