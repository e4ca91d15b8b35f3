"""The labels of a document's parts, for writers that walk through its blocks in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from masthead.document.model import Document
from masthead.document.references.citation import Kind
from masthead.document.references.document_units import BODY


class LabelNames:
    """Finds the label of a part by its kind and number. It must be told which annex, part or box is walked through."""

    def __init__(self, document: Document) -> None:
        self._names = {(label.kind, label.value, label.scope): label.name for label in document.labels}
        self._annex, self._part, self._box, self._boxes = 0, 0, 0, 0

    def enter_annex(self) -> None:
        """Go on in the next annex."""
        self._annex, self._part, self._boxes = self._annex + 1, 0, 0

    def enter_part(self, ordinal: int) -> None:
        """Go on in this part."""
        self._part = ordinal

    @contextmanager
    def box(self) -> Iterator[None]:
        """Be in the next box inside."""
        self._boxes += 1
        self._box = self._boxes
        try:
            yield
        finally:
            self._box = 0

    def name(self, kind: Kind, value: str) -> str:
        """Return the label of a part, empty if it has none."""
        if not self._names or not (value or kind is Kind.ANNEX):
            return ""
        place = (self._annex, 0, 0) if kind is Kind.ANNEX else (self._annex, self._part, self._box)
        scope = BODY if kind is Kind.NOTE else place  # notes are numbered through the document
        return self._names.get((str(kind), value, scope), "")
