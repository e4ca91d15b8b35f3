"""A PDF of ours standing in for its source: its structure text as a transcript, read as any other.

Emphasis is no part of that text, so verbs set apart are not compared. Transcripts are of resolutions. For any other
document the source that travels in the file stands in, once the structure text has been found to be its very words.
"""

from __future__ import annotations

import re
from pathlib import Path

from masthead import formats
from masthead.document import Document, Language, Organ, SourceError, locales
from masthead.page import printed_texts
from masthead.pdf import TaggedBlock, attached, open_pdf, read_text

_NOTE = re.compile(r"\A\W*([0-9٠-٩]{1,3})\W")


def read_printed(pdf: Path) -> Document:
    """Return the document that a tagged PDF of ours holds. Raises SourceError where it cannot be told."""
    elements = read_text(pdf)
    try:
        return _transcribed(pdf, elements)
    except SourceError as error:
        document = attached(open_pdf(pdf.read_bytes())[0])
        if document is None:
            raise error
        if [_spaced(each.text) for each in elements] != [_spaced(each.text) for each in printed_texts(document)]:
            message = "the text of the PDF is not that of the source in it"
            raise SourceError(message, where=str(pdf), hint="masthead check says where") from None
        return document


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _transcribed(pdf: Path, elements: tuple[TaggedBlock, ...]) -> Document:
    """The document as its structure text says it, a transcript whose notes stand at the end."""
    languages = [element.language[:2] for element in elements if element.kind.startswith("H")]
    if not languages or languages[0] not in list(Language):
        raise SourceError("the PDF does not say its language", where=str(pdf), hint="name a PDF of ours, or its source")
    locale = locales.load(Language(languages[0]))
    start = next((at for at, element in enumerate(elements) if element.text.startswith("Distr.")), 0)
    recycle = str(locale.word("imprint", "recycle"))
    imprint = [each.text for each in elements if formats.job_number(each.text) or each.text == recycle]
    printed_organ = elements[start - 1].text if start else ""
    organs = {locale.masthead_organ(organ): locale.organ(organ) for organ in Organ}
    organ = organs.get(printed_organ, printed_organ)
    calls = _calls(elements, locale.language)
    lines: list[str] = []
    notes: list[str] = []
    has_organ = False
    for element in elements[start:]:
        if element.text in imprint:
            if not has_organ:
                lines.append(organ)
            has_organ = True
            continue
        (notes if element.kind == "Note" else lines).append(_marked(element, calls))
    transcript = "\n\n".join((*lines, *notes, recycle, *(line for line in imprint if line != recycle)))
    return formats.parse(transcript.encode(), pdf.with_suffix(".txt").name)


def _calls(elements: tuple[TaggedBlock, ...], language: Language) -> dict[str, int]:
    """What calls each note, by the notes there are."""
    locale = locales.load(language)
    numbers = [int(found[1]) for each in elements if each.kind == "Note" and (found := _NOTE.match(each.text))]
    return {locale.call_mark(number, language.digits): number for number in numbers}


def _marked(element: TaggedBlock, calls: dict[str, int]) -> str:
    """An element's text with its note calls as transcripts mark them: those pieces that are nothing but a call."""
    if element.kind == "Note":
        found = _NOTE.match(element.text)
        return f"({found[1]}) {element.text[found.end() :].strip()}" if found else element.text
    parts, done = [], 0
    for piece in element.pieces:
        mark = piece.text.strip()
        at = element.text.find(mark, done) if mark else -1
        if at < 0:
            continue
        parts.append(element.text[done:at])
        parts.append(f"^({calls[mark]})" if mark in calls else mark)
        done = at + len(mark)
    return "".join((*parts, element.text[done:]))
