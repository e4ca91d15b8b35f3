"""Rules about what readers who do not see a page need (ISO 14289-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import WESTERN, Severity
from masthead.pdf import Evidence, objects, xmp
from masthead.preflight.rules import Fault, Rule


def tags(evidence: Evidence) -> Iterator[Fault]:
    """The file is tagged, and its structure tree holds the text (ISO 14289-1, 7.1)."""
    if not objects.dictionary(evidence.root.get("/MarkInfo")).get("/Marked"):
        yield Fault("the file is not marked as tagged", hint="publish the archive variant")
    if "/StructTreeRoot" not in evidence.root:
        yield Fault("the file has no structure tree", hint="publish the archive variant")


def language(evidence: Evidence) -> Iterator[Fault]:
    """The file says which language it is in, and it is that of its pages (ISO 14289-1, 7.2)."""
    said = objects.text(evidence.root.get("/Lang"))
    if not said:
        yield Fault("the file does not say which language it is in")
    elif evidence.facts.language and said.partition("-")[0].lower() != evidence.facts.language:
        yield Fault(f"the file says its language is {said}, its pages are in {evidence.facts.language}")


def alternatives(evidence: Evidence) -> Iterator[Fault]:
    """Every picture that means something has words that stand for it (ISO 14289-1, 7.3)."""
    for element in evidence.tree:
        if element.kind == "Figure" and not (element.alternative or element.text):
            yield Fault("a picture has no alternative text", page=element.page)


def headings(evidence: Evidence) -> Iterator[Fault]:
    """Headings begin with the first level and leave none out (ISO 14289-1, 7.4.2)."""
    level = 0
    for element in evidence.tree:
        if element.kind[:1] == "H" and element.kind[1:].isdigit():
            here = int(element.kind[1:])
            if here > level + 1:
                yield Fault(f"a heading of level {here} follows one of level {level}", page=element.page)
            level = here


def notes(evidence: Evidence) -> Iterator[Fault]:
    """Notes are tagged as notes (ISO 14289-1, 7.9): a reader can go to one and come back."""
    tagged = sum(element.kind == "Note" for element in evidence.tree)
    printed = sum(note.mark.isdigit() for note in evidence.facts.notes)
    if evidence.tree and tagged < printed:
        yield Fault(f"{printed} notes are printed, {tagged} are tagged as notes")


def direction(evidence: Evidence) -> Iterator[Fault]:
    """A right-to-left document tells viewers so: facing pages stand the right way round (ISO 32000-1, 12.2)."""
    said = str(objects.dictionary(evidence.root.get("/ViewerPreferences")).get("/Direction", "/L2R"))
    if said != {"rtl": "/R2L", "ltr": "/L2R"}[evidence.facts.direction]:
        yield Fault(f"viewers are told {said[1:]}, the pages read {evidence.facts.direction}")


def page_labels(evidence: Evidence) -> Iterator[Fault]:
    """A page's label in a viewer is the folio that it prints."""
    labels = evidence.reader.page_labels if "/PageLabels" in evidence.root else []
    if not labels:
        yield Fault("pages have no labels")
        return
    for folio in evidence.facts.folios:
        if _digits(labels[folio.page - 1]) != _digits(folio.text):
            yield Fault(f"the label is {labels[folio.page - 1]}, the folio {folio.text}", page=folio.page)


def _digits(text: str) -> str:
    return re.sub(r"[^\d/]", "", text.translate(WESTERN))


def bookmarks(evidence: Evidence) -> Iterator[Fault]:
    """The file has bookmarks, so that a reader finds its parts without leafing."""
    if "/First" not in objects.dictionary(evidence.root.get("/Outlines")):
        yield Fault("the file has no bookmarks")


def title(evidence: Evidence) -> Iterator[Fault]:
    """The file has a title, and viewers are asked to show it (ISO 14289-1, 7.1)."""
    if not xmp.said(evidence, f"{{{xmp.DC}}}title"):
        yield Fault("the metadata has no title")
    if not objects.dictionary(evidence.root.get("/ViewerPreferences")).get("/DisplayDocTitle"):
        yield Fault("viewers are not asked to show the title instead of the file's name")


RULES = (
    Rule("accessibility.tags", Severity.ERROR, tags),
    Rule("accessibility.language", Severity.ERROR, language),
    Rule("accessibility.title", Severity.ERROR, title),
    Rule("accessibility.alternatives", Severity.ERROR, alternatives),
    Rule("accessibility.headings", Severity.ERROR, headings),
    Rule("accessibility.notes", Severity.ERROR, notes),
    Rule("accessibility.direction", Severity.ERROR, direction),
    Rule("accessibility.page-labels", Severity.WARNING, page_labels),
    Rule("accessibility.bookmarks", Severity.WARNING, bookmarks),
)
