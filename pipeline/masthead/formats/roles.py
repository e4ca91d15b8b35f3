"""The roles of paragraphs: formula, preambular, operative, numbered or plain."""

from __future__ import annotations

from masthead.document import DocumentType, Role


class Roles:
    """Decides the roles of paragraphs: by the last explicit mark, or else by their position."""

    def __init__(self, kind: DocumentType) -> None:
        self.in_resolution = kind.like in (DocumentType.RESOLUTION, DocumentType.DRAFT)
        self.marked: Role | None = None
        self.first, self.numbered = True, False

    def next(self, number: int | None) -> Role:
        """Return the role of the next paragraph, which has `number`, or None for no number."""
        by_place = self._by_place(number)
        self.first = False
        self.numbered = self.numbered or number is not None
        return self.marked or by_place

    def _by_place(self, number: int | None) -> Role:
        if not self.in_resolution:
            return Role.PLAIN if number is None else Role.NUMBERED
        if self.numbered or number is not None:
            return Role.OPERATIVE
        return Role.FORMULA if self.first else Role.PREAMBULAR
