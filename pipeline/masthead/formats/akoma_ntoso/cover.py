"""The cover page of a document that is alone in its file, in the way of the Security Council's own files.

Such a file has its lines in `coverPage`, and no publication around it. What a line has in the file but not on the page
(an empty date, a symbol without its space) is metadata of the document, so that it is written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from masthead.document import Document, Locale, Metadatum, locales, model, patterns
from masthead.page import wording

COVER = "coverPage"
"""The name of the metadatum that has what the lines of the cover page have in the file alone."""
LINES = {
    "publisher": "docAuthority",
    "symbol": "docNumber",
    "issuingBody": "docAuthority",
    "generalDistribution": "docStatus",
    "dateOfIssuance": "docDate",
    "resolutionNumber": "docTitle",
    "adoption": "docTitle",
    "adoptionDate": "docDate",
    "adoptionMeeting": "inline",
}
"""The elements of a cover page by what they refer to. The last two are inside the one before them."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A line of a cover page: what it refers to, its text, and its date (ISO 8601) or title, empty if it has none."""

    refers: str
    text: str
    value: str = ""

    @property
    def attribute(self) -> str:
        """The name of the attribute for the value."""
        return "title" if self.refers == "adoptionMeeting" else "date"

    def metadatum(self) -> Metadatum:
        attributes = (("refersTo", self.refers), *([(self.attribute, self.value)] if self.value else []))
        return Metadatum(LINES[self.refers], attributes, self.text)


def cover_lines(document: Document, locale: Locale) -> Iterator[CoverLine]:
    """Yield the lines that the cover page of `document` has by its facts."""
    preface, masthead = document.preface, document.masthead
    issued = patterns.find_date(masthead.date, locales.distribution_locale(locale))
    yield CoverLine("publisher", str(locale.word("masthead", "organization")))
    yield CoverLine("symbol", model.plain(wording.symbol_content(document)))
    yield CoverLine("issuingBody", wording.masthead_organ(document, locale))
    yield CoverLine("generalDistribution", wording.distribution_lines(document, locale)[0])
    yield CoverLine("dateOfIssuance", masthead.date, issued.isoformat() if issued else "")
    if document.number is not None and not preface.title:
        yield CoverLine("resolutionNumber", wording.title_number(document, locale))
    if preface.adoption:
        yield CoverLine("adoption", preface.adoption)
        day = patterns.find_date(preface.adoption, locale)
        written = {locale.written(day, digits) for digits in type(document.digits)} if day else set()
        found = next((text for text in written if text in preface.adoption), "")
        if day and found:
            yield CoverLine("adoptionDate", found, _adopted(document) or day.isoformat())


def stated_lines(document: Document) -> Iterator[CoverLine]:
    """Yield the lines that are otherwise in the file from which `document` was read."""
    for entry in entries(document.metadata, COVER):
        attributes = dict(entry.attributes)
        refers = attributes.get("refersTo", "")
        if refers in LINES:
            yield CoverLine(refers, entry.text, attributes.get("date") or attributes.get("title", ""))


def entries(metadata: Iterable[Metadatum], *path: str) -> Iterator[Metadatum]:
    """Yield the elements in the elements at a path of names."""
    name, *inner = path
    for element in metadata:
        if element.name == name:
            yield from entries(element.entries, *inner) if inner else element.entries


def has_element(metadata: Iterable[Metadatum], name: str) -> bool:
    """Return whether there is an element with this name anywhere in the metadata."""
    return any(element.name == name or has_element(element.entries, name) for element in metadata)


def is_alone(document: Document) -> bool:
    """Return whether a document is written alone, as it has identifiers of its own."""
    return any(element.name == "identification" for element in document.metadata)


def _adopted(document: Document) -> str:
    """Return the date of the work, by the metadata."""
    dates = entries(document.metadata, "identification", "FRBRWork")
    return next((dict(each.attributes).get("date", "") for each in dates if each.name == "FRBRdate"), "")
