"""Rules about the metadata of a file: what it says about the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, objects, vocabulary
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN)
_HINT = "publish from the source"


@RULES.rule("metadata.symbol", Severity.ERROR, Need.METADATA, Need.DESCRIPTIONS)
def symbol(evidence: Evidence) -> Iterator[Finding]:
    """The identifier in the metadata is the document's symbol, so that an archive can find the file by it."""
    identifier = evidence.metadata["dc:identifier"]
    if identifier != evidence.facts.symbol:
        yield Finding(f"the identifier in the metadata is {identifier or 'missing'}, not {evidence.facts.symbol}")


@RULES.rule("metadata.title", Severity.ERROR, Need.METADATA, Need.DESCRIPTIONS)
def title(evidence: Evidence) -> Iterator[Finding]:
    """The title in the metadata equals the title in the information dictionary, and is a heading or the symbol."""
    stated = evidence.metadata["dc:title"]
    informed = _information(evidence, "/Title")
    if informed is not None and stated != informed:  # PDF/A-4 has no information dictionary (ISO 19005-4, 6.1.3)
        yield Finding(f"the title is “{stated}” in the metadata, but “{informed}” in the information dictionary")
    headings = [element.text for element in evidence.file_tree if element.kind.startswith("H")]
    spaced = " ".join(stated.split())  # the structure text has plain spaces, the title may have others
    is_symbol = stated == evidence.facts.symbol
    if stated and headings and not is_symbol and not any(spaced in heading for heading in headings):
        yield Finding(f"the title “{stated[:60]}” is not a heading of the document")


@RULES.rule("metadata.dates", Severity.WARNING, Need.DESCRIPTIONS)
def dates(evidence: Evidence) -> Iterator[Finding]:
    """The file has the document's date as its date of creation, so that publishing it again gives the same file."""
    created = _information(evidence, "/CreationDate") or evidence.metadata["xmp:CreateDate"]
    if not created:
        yield Finding("the file has no date of creation")
    elif evidence.facts.date_day and re.sub(r"\D", "", created)[:8] != evidence.facts.date_day.replace("-", ""):
        yield Finding(f"the date of the file is {created}, but the document is dated {evidence.facts.date}")


def _information(evidence: Evidence, key: str) -> str | None:
    """An entry of the information dictionary, empty if it is missing; None if the file has no such dictionary."""
    information = evidence.reader.trailer.get("/Info")
    return None if information is None else objects.text(objects.dictionary(information).get(key))


@RULES.rule("metadata.creator", Severity.WARNING, Need.METADATA, Need.OUR_TAGS)
def creator(evidence: Evidence) -> Iterator[Finding]:
    """The author in the metadata is the organ that the masthead names, and that in the information dictionary."""
    author, organ = evidence.metadata["dc:creator"], evidence.facts.organ
    informed = _information(evidence, "/Author")
    if informed is not None and author != informed:
        message = f"the author is {author or 'missing'} in the metadata, but {informed or 'missing'} in the information"
        yield Finding(f"{message} dictionary", hint=_HINT)
    if author and organ and not evidence.is_second and not vocabulary.same_words(author, organ):
        yield Finding(f"the author in the metadata is {author}, but the organ is {organ}", hint=_HINT)


@RULES.rule("metadata.language", Severity.ERROR, Need.METADATA)
def language(evidence: Evidence) -> Iterator[Finding]:
    """The language in the metadata is the language that the file declares."""
    stated, declared = evidence.metadata["dc:language"], objects.text(evidence.root.get("/Lang"))
    if stated and declared and stated.partition("-")[0].lower() != declared.partition("-")[0].lower():
        yield Finding(f"the language in the metadata is {stated}, but the file declares {declared}", hint=_HINT)
