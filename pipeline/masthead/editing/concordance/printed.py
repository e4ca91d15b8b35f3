"""PDFs made by Masthead used instead of their sources: the structure text is read as a transcript.

The structure text has no emphasis, so emphasized verbs are not compared. Only resolutions can be read as transcripts.
For any other document the source attached to the file is used, if the structure text has exactly the same words.
"""

from __future__ import annotations

import re
from pathlib import Path

from masthead import formats
from masthead.document import Document, Language, Organ, SourceError, locales
from masthead.page import printed_texts
from masthead.pdf import TaggedBlock, attached_document, read_text, vocabulary

_NOTE = re.compile(r"\A\W*([0-9٠-٩]{1,3})\W")


def read_printed(pdf: Path) -> Document:
    """Return the document in a tagged PDF made by Masthead. Raises SourceError if it cannot be read."""
    elements = tuple(each for each in read_text(pdf) if each.text)
    try:
        return _transcribed(pdf, elements)
    except SourceError as error:
        document = attached_document(pdf.read_bytes())
        if document is None:
            raise error
        # The words of a drawing are no text of the document: its alternative text is.
        printed = [_spaced(each.text) for each in elements if each.kind != "Figure"]
        if printed != [_spaced(each.text) for each in printed_texts(document)]:
            message = "the text of the PDF differs from the attached source"
            raise SourceError(message, where=str(pdf), hint="run masthead check on it") from None
        return document


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _transcribed(pdf: Path, elements: tuple[TaggedBlock, ...]) -> Document:
    """The document read from its structure text, as a transcript whose notes are at the end."""
    languages = [element.language[:2] for element in elements if element.kind.startswith("H")]
    if not languages or languages[0] not in list(Language):
        hint = "name a PDF made by Masthead, or its source"
        raise SourceError("the PDF does not declare its language", where=str(pdf), hint=hint)
    locale = locales.load(Language(languages[0]))
    start = next((at for at, element in enumerate(elements) if vocabulary.begins_distribution(element.text)), 0)
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
        if element.text not in imprint:
            (notes if element.kind == "Note" else lines).append(_marked(element, calls))
        elif not has_organ:
            lines.append(organ)
            has_organ = True
    transcript = "\n\n".join((*lines, *notes, recycle, *(line for line in imprint if line != recycle)))
    return formats.parse(transcript.encode(), pdf.with_suffix(".txt").name)


def _calls(elements: tuple[TaggedBlock, ...], language: Language) -> dict[str, int]:
    """The number of each note by the mark that calls it."""
    locale = locales.load(language)
    numbers = [int(found[1]) for each in elements if each.kind == "Note" and (found := _NOTE.match(each.text))]
    return {locale.call_mark(number, language.digits): number for number in numbers}


def _marked(element: TaggedBlock, calls: dict[str, int]) -> str:
    """An element's text with its note calls in the syntax of transcripts: pieces that consist only of a call."""
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
