"""Styles of Word: what a paragraph in one of them is, and how it looks.

The names are those of the UN template (New York's, and Geneva's, which end in `_G`), those that Word itself brings,
and a few of our own for what neither has. A style that is none of them is what the style is that it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from masthead.document import Emphasis, Role, Strong
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.parts import ParaKind
from masthead.formats.word.elements import integer, local, qn, switch, value

# By style name: the kind, and the level of a heading or the degree of an item. Of several the first is written.
NAMES: Mapping[str, tuple[ParaKind | Fact, int]] = {
    "__Single Txt": (ParaKind.TEXT, 0),
    "Normal": (ParaKind.TEXT, 0),
    "Body Text": (ParaKind.TEXT, 0),
    "Footnote Text": (ParaKind.TEXT, 0),
    "Endnote Text": (ParaKind.TEXT, 0),
    "_ H _Ch": (ParaKind.HEADING, 1),
    "_ H __M": (ParaKind.HEADING, 1),
    "_ H_1": (ParaKind.HEADING, 2),
    "_ H_2/3": (ParaKind.HEADING, 3),
    "_ H_4": (ParaKind.HEADING, 4),
    "_ H_5/6": (ParaKind.HEADING, 5),
    "Heading 6": (ParaKind.HEADING, 6),
    **{f"Heading {level}": (ParaKind.HEADING, level) for level in range(1, 6)},
    "Hd Chapter BD": (ParaKind.HEADING, 1),
    "List": (ParaKind.ITEM, 1),
    **{f"List {degree}": (ParaKind.ITEM, degree) for degree in range(2, 6)},
    "Caption": (ParaKind.CAPTION, 0),
    "Rep_Table_Number": (ParaKind.CAPTION, 0),
    "Rep_Table_Title": (ParaKind.CAPTION, 0),
    "Table_Note": (ParaKind.TABLE_NOTE, 0),
    **{f"TOC {level}": (ParaKind.CONTENTS, level) for level in range(1, 10)},
    "TOC Heading": (ParaKind.CONTENTS, 0),
    "Subsidiary_Organ": (Fact.ORGAN, 0),
    "Subsidiary_Body": (Fact.BODY, 0),
    "Session": (Fact.SESSION, 0),
    "Place": (Fact.PLACE, 0),
    "Agenda_Item_Normal": (Fact.AGENDA_ITEM, 0),
    "Agenda_Title_H2": (Fact.AGENDA_TITLE, 0),
    "Adoption": (Fact.ADOPTION, 0),
    "Basis": (Fact.BASIS, 0),
    "Sponsors": (Fact.SPONSORS, 0),
    "Title_H_CH": (Fact.TITLE, 0),
    "Title": (Fact.TITLE, 0),
    "__S_S": (Fact.TITLE, 0),
    "__S_M": (Fact.TITLE, 0),
    "__S_L": (Fact.TITLE, 0),
    "Title_H1": (Fact.SUBTITLE, 0),
    "Title_H2": (Fact.SUBTITLE, 0),
    "Subtitle": (Fact.SUBTITLE, 0),
    "Modification": (Fact.MODIFICATION, 0),
    "Rep_PartNumber": (ParaKind.PART, 0),
    "10. Verbatim In Favour Against Abstaining": (ParaKind.VOTE_SIDE, 0),
    "11. Verbatim Voting Groups": (ParaKind.VOTE_STATES, 0),
    "Box_Title": (ParaKind.BOX_TITLE, 0),
    "Closing": (ParaKind.CLOSING, 0),
    "Annex": (ParaKind.ANNEX, 0),
    "Annex_Original": (ParaKind.ANNEX_ORIGINAL, 0),
    "Annex_Title": (ParaKind.ANNEX_TITLE, 0),
    "Distribution": (Fact.DISTRIBUTION, 0),
    "ReleaseDate": (Fact.ISSUED, 0),
    "Original": (Fact.LANGUAGE, 0),
}
ROLES: Mapping[str, Role] = {f"{role.capitalize()} Paragraph": role for role in Role}
EMPHASES: Mapping[str, tuple[type[Strong | Emphasis], ...]] = {
    "Strong": (Strong,),
    "Emphasis": (Emphasis,),
    "Strong Emphasis": (Strong, Emphasis),
    "Emphasis Strong": (Emphasis, Strong),
}
"""Character styles that say which emphasis is the outer one, and that it is meant where all is bold already."""
_NO_HEADING = 9  # the outline level of running text
_DEEPEST = 6
CALLS = ("footnote reference", "endnote reference")


@dataclass(frozen=True, slots=True)
class Style:
    """A style: the kind of its paragraphs, their list and level in it, and whether their letters are bold or italic.

    `known` is False where only the base of all says what it is.
    """

    kind: ParaKind | Fact = ParaKind.TEXT
    level: int = 0
    role: Role | None = None
    bold: bool = False
    italic: bool = False
    list: str = ""
    list_level: int = 0
    name: str = ""
    known: bool = True


class Styles:
    """The styles of one document by their identifiers."""

    def __init__(self, root: Any) -> None:
        styles = () if root is None else root
        self._elements = {str(each.get(qn("w:styleId"))): each for each in styles if local(each) == "style"}
        defaults = [key for key, each in self._elements.items() if each.get(qn("w:type")) == "paragraph"
                    and each.get(qn("w:default")) in ("1", "true", "on")]  # fmt: skip
        self._default = defaults[0] if defaults else ""
        self._found: dict[str, Style] = {}

    def style(self, identifier: str | None) -> Style:
        """Return the style of a paragraph or a run, the default one for None."""
        key = self._default if identifier is None else identifier
        if key not in self._found:
            self._found[key] = self._read(key)
        return self._found[key]

    def _read(self, key: str) -> Style:
        chain: list[Any] = []
        while (element := self._elements.get(key)) is not None and element not in chain:
            chain.append(element)
            key = value(element, "w:basedOn") or ""
        means = [_NAMES.get(simple(name_of(element))) for element in chain]
        kind, level = next(filter(None, means), (ParaKind.TEXT, 0))
        outline = outline_level(value(_own(chain, "w:pPr", "w:outlineLvl"), "w:outlineLvl"))
        if kind is ParaKind.TEXT and outline:
            kind, level = ParaKind.HEADING, outline
        numbering = _own(chain, "w:pPr", "w:numPr")
        numbered = None if numbering is None else numbering.find(qn("w:numPr"))
        names = [name_of(element) for element in chain]
        role = next((ROLES[name] for name in names if name in ROLES), None)
        return Style(
            kind=kind,
            level=level,
            role=role,
            bold=bool(switch(_own(chain, "w:rPr", "w:b"), "w:b")),
            italic=bool(switch(_own(chain, "w:rPr", "w:i"), "w:i")),
            list=value(numbered, "w:numId") or "",
            list_level=integer(value(numbered, "w:ilvl")),
            name=names[0] if names else "",
            known=bool(means) and (means[0] is not None or role is not None),
        )


def _own(chain: Iterable[Any], part: str, name: str) -> Any:
    """The properties of the nearest style in a chain that have one of that name."""
    held = (element.find(qn(part)) for element in chain)
    return next((each for each in held if each is not None and each.find(qn(name)) is not None), None)


def outline_level(outline: str | None) -> int:
    """The level of a heading that an outline level means; 0 where it means running text."""
    level = integer(outline, _NO_HEADING)
    return min(level, _DEEPEST - 1) + 1 if 0 <= level < _NO_HEADING else 0


def name_of(element: Any) -> str:
    """A style's name as Word shows it, its alternatives left out."""
    return (value(element, "w:name") or "").partition(",")[0]


@cache
def simple(name: str) -> str:
    """A style's name as it is compared: templates of other years and duty stations space and underline it otherwise."""
    return re.sub(r"[\s_/]", "", re.sub(r"_G$", "", name)).lower()


_NAMES = {simple(name): meaning for name, meaning in NAMES.items()}
