"""What the words of a line say about it: that it begins with a mark, is a caption, or is complete."""

from __future__ import annotations

import re

from masthead.document import DocumentType, Locale, Organ, patterns
from masthead.formats.extract.calls import CALL
from masthead.formats.itemization import Marks, annex_name
from masthead.formats.opening_lines import enclosed_span, is_closing
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.votes import labels

_BARE = re.compile(r"\S{1,8}(?: [-–])?")
_ENTRY = re.compile(r"(?:\.\.|\. \.|  ) ?(?<!\d)\d{1,3}$")  # of a table of contents: dots or room before the folio
_LONGEST = 8  # characters of its end


class Openers:
    """Classifies lines by the words of one language."""

    def __init__(self, counts: MarkReader, locale: Locale) -> None:
        self._counts, self._locale = counts, locale
        self._marks = Marks(locale)
        self._formulas = {patterns.fold(locale.formula(organ)).rstrip(",،，") for organ in Organ}
        self._sides = [patterns.fold(label.rstrip(" :：")) for label in labels(locale)]
        self._contents = patterns.fold(str(locale.word("contents", "title")))
        self._original = str(locale.word("annex", "original"))
        table, figure = (re.escape(str(locale.word("tables", what)).partition("{")[0]) for what in ("table", "figure"))
        title = r"(?:\d{1,3}|[IVXLC]{1,6})[.:–—]? +(?=[^\W\d_a-zа-я])"
        self._figure, self._titled = re.compile(f"{figure}{title}"), re.compile(f"(?:{table}|{figure}){title}")
        self._remarks = tuple(f"{word}:" for word in locale.word("tables", "remarks"))

    def number(self, text: str) -> int | None:
        """Return the number of a paragraph before a text, or None. After that of its section it has a tab."""
        found = self._marks.sectioned_number(text) or self._marks.number(text)
        return int(found["number"]) if found else None

    def is_sectioned(self, text: str) -> bool:
        """Return whether a text begins with the number of a paragraph after that of its section: `10.2`, and a tab."""
        return self._marks.sectioned_number(text) is not None

    def is_item(self, text: str) -> bool:
        """Return whether a text begins with the mark of a subparagraph."""
        return self._marks.item(text) is not None

    def is_bullet(self, text: str) -> bool:
        """Return whether a text begins with a bullet."""
        return bool(self._counts.bullet(text))

    def level(self, text: str) -> int:
        """Return the level of the heading whose mark begins a text, or 0."""
        text = CALL.sub("", text)
        return self._counts.heading_level(text)

    def places(self, text: str) -> dict[int, int]:
        """Return the ordinals by level that the mark of a heading before a text may mean."""
        return dict(self._counts.heading_places(CALL.sub("", text)))

    def is_marked(self, text: str) -> bool:
        """Return whether a text begins with a mark of any kind."""
        marks = (self.number(text) is not None, self.is_item(text), self.is_bullet(text))
        return any(marks) or self.level(text) > 0

    def is_bare(self, text: str) -> bool:
        """Return whether a text is only a mark."""
        return bool(_BARE.fullmatch(text)) and self.is_marked(f"{text} x")

    def is_side(self, text: str) -> bool:
        """Return whether a text begins with the label of a side of a vote."""
        return patterns.fold(text).startswith(tuple(self._sides))

    def is_contents(self, text: str) -> bool:
        """Return whether a text is the title of a table of contents."""
        return patterns.fold(text) == self._contents

    def is_entry(self, text: str) -> bool:
        """Return whether a text is an entry of a table of contents: it ends with a folio after dots or space."""
        return _ENTRY.search(text[-_LONGEST:]) is not None

    def is_annex(self, text: str) -> bool:
        """Return whether a text is the name of an annex."""
        name = annex_name(text := CALL.sub("", text).strip(), self._locale)
        return name is not None and name.length == len(text)

    def names_annex(self, text: str) -> bool:
        """Return whether a text begins with the name of an annex, and goes on with its title."""
        return annex_name(text, self._locale) is not None and not self.is_annex(text)

    def is_original(self, text: str) -> bool:
        """Return whether a text states the original language of an annex."""
        return enclosed_span(text, self._original) is not None

    def is_caption(self, text: str) -> bool:
        """Return whether a text is the number of a table or a figure."""
        return self._counts.kind.like is not DocumentType.CORRIGENDUM and (
            self._is_whole(text, "table") or self.is_figure(text)
        )

    def is_figure(self, text: str) -> bool:
        """Return whether a text is the number of a figure."""
        return self._is_whole(text, "figure")

    def titles_figure(self, text: str) -> bool:
        """Return whether a text is the number of a figure and its title on one line: `Figure 3. Risks`."""
        return self._figure.match(text) is not None

    def titles_table(self, text: str) -> bool:
        """Return whether a text is the number of a table or a figure and its title on one line: `Table 1: Rules`."""
        return self._titled.match(text) is not None

    def is_remark(self, text: str) -> bool:
        """Return whether a text begins like a line below a table or a picture: `Source:`"""
        return text.startswith(self._remarks)

    def is_part(self, text: str) -> bool:
        """Return whether a text is the letter of a part of a resolution."""
        return self._is_whole(text, "part")

    def is_closing(self, text: str) -> bool:
        """Return whether a text is a closing line of a resolution: the meeting, or the date."""
        return is_closing(text, self._locale)

    def is_formula(self, text: str) -> bool:
        """Return whether a text is an enacting formula."""
        return patterns.fold(text).rstrip(",،，") in self._formulas

    def stands_alone(self, text: str) -> bool:
        """Whether a text needs no full stop: a side of a vote, a caption, a closing line, an original language."""
        return self.is_side(text) or self.is_caption(text) or self.is_closing(text) or self.is_original(text)

    def _is_whole(self, text: str, what: str) -> bool:
        ordinal, length = self._counts.counted(f"{text} ", what)
        return ordinal is not None and length == len(text) + 1
