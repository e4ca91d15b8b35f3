"""Rules about what readers who cannot see the page need (ISO 14289-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import WESTERN, Finding, Rules, Severity, locales, model
from masthead.page import wording
from masthead.pdf import Evidence, false_parents, objects
from masthead.preflight.excerpts import excerpt
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN)
_HINT = "publish the archive variant"


@RULES.rule("accessibility.tags", Severity.ERROR, Need.STRUCTURE, Need.TAGGING)
def tags(evidence: Evidence) -> Iterator[Finding]:
    """The file is tagged and has a structure tree (ISO 14289-1, 7.1)."""
    marks = objects.dictionary(evidence.root.get("/MarkInfo"))
    if not objects.is_true(marks.get("/Marked")):
        yield Finding("the file is not marked as tagged", hint=_HINT)
    if objects.is_true(marks.get("/Suspects")):
        yield Finding("the file declares its tags unreliable (Suspects)", hint=_HINT)
    if "/StructTreeRoot" not in evidence.root:
        yield Finding("the file has no structure tree", hint=_HINT)


@RULES.rule("accessibility.parents", Severity.ERROR, Need.STRUCTURE, Need.TAGGING)
def parents(evidence: Evidence) -> Iterator[Finding]:
    """From each piece of text on a page the parent tree leads to its element, by which readers find what it is (ISO
    32000-1, 14.7.4.4). All other text is marked as an artifact (ISO 14289-1, 7.1).
    """
    if evidence.structure is None:
        return
    for number in false_parents(evidence.file):
        yield Finding("the parent tree does not lead to the elements of the page's text", number, hint=_HINT)
    for page, text in zip(evidence.pages, evidence.texts, strict=True):
        if text.unmarked:
            yield Finding("some text is neither tagged nor marked as an artifact", page.number, hint=_HINT)


@RULES.rule("accessibility.language", Severity.ERROR)
def language(evidence: Evidence) -> Iterator[Finding]:
    """The file declares its language, and it is the language of the pages (ISO 14289-1, 7.2)."""
    declared = evidence.language
    if not declared:
        yield Finding("the file does not declare its language")
    elif evidence.facts.language and declared.partition("-")[0].lower() != evidence.facts.language:
        yield Finding(f"the file declares its language as {declared}, but its pages are in {evidence.facts.language}")


@RULES.rule("accessibility.title", Severity.ERROR, Need.METADATA, Need.TAGGING)
def title(evidence: Evidence) -> Iterator[Finding]:
    """The file has a title, and asks viewers to show it instead of the file name (ISO 14289-1, 7.1)."""
    if not evidence.metadata["dc:title"]:
        yield Finding("the metadata have no title")
    if not objects.is_true(objects.dictionary(evidence.root.get("/ViewerPreferences")).get("/DisplayDocTitle")):
        yield Finding("the file does not ask viewers to show its title instead of the file name")


@RULES.rule("accessibility.alternatives", Severity.ERROR, Need.STRUCTURE, Need.DESCRIPTIONS)
def alternatives(evidence: Evidence) -> Iterator[Finding]:
    """Every figure in the structure has an alternative text (ISO 14289-1, 7.3): that of the document in its place,
    where that is known."""
    for element in evidence.tree:
        if element.kind == "Figure" and not (element.alternative.strip() or element.text):
            yield Finding("a figure has no alternative text", page=element.page)
    if evidence.document is None:
        return
    fixed = wording.alternatives(evidence.document, locales.load(evidence.document.language)).values()
    written = [_spaced(figure.alternative) for figure in model.figures(evidence.document)]
    own = set(written)
    known = own.union(map(_spaced, fixed))
    found = {_spaced(element.alternative): element.page for element in evidence.tree if element.kind == "Figure"}
    for text in sorted(found.keys() - known - {""}):
        message = f"the alternative text of a figure is not that of the document: {excerpt(text)}"
        yield Finding(message, found[text], hint="publish from the source")
    for text in sorted(own - found.keys()):
        yield Finding(f"no figure has the alternative text {excerpt(text)}", hint="publish from the source")
    read = [each for each in map(_spaced, (e.alternative for e in evidence.tree if e.kind == "Figure")) if each in own]
    if set(read) == own and read != written:
        yield Finding("the alternative texts of figures are in another order", hint="publish from the source")


def _spaced(text: str) -> str:
    return " ".join(text.split())


@RULES.rule("accessibility.headings", Severity.ERROR, Need.STRUCTURE, Need.DESCRIPTIONS)
def headings(evidence: Evidence) -> Iterator[Finding]:
    """Headings start at level 1 and skip no level (ISO 14289-1, 7.4.2)."""
    level = 0
    for element in evidence.tree:
        if element.kind[:1] == "H" and element.kind[1:].isdigit():
            here = int(element.kind[1:])
            if here > level + 1:
                yield Finding(f"a heading of level {here} follows one of level {level}", page=element.page)
            level = here


@RULES.rule("accessibility.notes", Severity.ERROR, Need.STRUCTURE, Need.DESCRIPTIONS)
def notes(evidence: Evidence) -> Iterator[Finding]:
    """Notes are tagged as notes, so that a reader can jump to one and back (ISO 14289-1, 7.9)."""
    tagged = sum(element.kind == "Note" for element in evidence.tree)
    printed = sum(note.mark.isdigit() for note in evidence.facts.notes)
    if evidence.tree and tagged < printed:
        yield Finding(f"{printed} notes are printed, but {tagged} are tagged as notes")


@RULES.rule("accessibility.direction", Severity.ERROR)
def direction(evidence: Evidence) -> Iterator[Finding]:
    """The viewer preferences declare the reading direction of the pages, so that facing pages are placed correctly
    (ISO 32000-1, 12.2)."""
    declared = str(objects.dictionary(evidence.root.get("/ViewerPreferences")).get("/Direction", "/L2R"))
    if declared != {"rtl": "/R2L", "ltr": "/L2R"}[evidence.facts.direction]:
        yield Finding(f"the file declares the direction {declared[1:]}, but its pages read {evidence.facts.direction}")


@RULES.rule("accessibility.page-labels", Severity.WARNING, Need.DESCRIPTIONS)
def page_labels(evidence: Evidence) -> Iterator[Finding]:
    """The label that viewers show for a page is its printed folio."""
    labels = evidence.reader.page_labels if "/PageLabels" in evidence.root else []
    if not labels:
        yield Finding("the file has no page labels")
        return
    for folio in evidence.facts.folios:
        if _digits(labels[folio.page - 1]) != _digits(folio.text):
            yield Finding(f"the page label is {labels[folio.page - 1]}, but the folio is {folio.text}", folio.page)


def _digits(text: str) -> str:
    return re.sub(r"[^\d/]", "", text.translate(WESTERN))


@RULES.rule("accessibility.bookmarks", Severity.WARNING, Need.DESCRIPTIONS)
def bookmarks(evidence: Evidence) -> Iterator[Finding]:
    """The file has bookmarks, so that a reader can find its parts without leafing through the pages."""
    if "/First" not in objects.dictionary(evidence.root.get("/Outlines")):
        yield Finding("the file has no bookmarks")
