"""The styles of Word by which paragraphs are written and read: what each means, and how its letters look.

The names are those of the UN template (of New York and, ending in `_G`, of Geneva), those of Word itself, and a few of
Masthead's own for what neither has. A style with any other name means what the style means on which it is based.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from masthead.document import Emphasis, Role, RowKind, Strong
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.parts import ParaKind
from masthead.formats.word.xml import integer, is_on, local, qn, value

Kind = ParaKind | Fact

# The names of the styles by what they mean: the kind, and the level of a heading or the degree of an item. The first
# name that the template has is written.
NAMES: Mapping[tuple[Kind, int], tuple[str, ...]] = {
    (ParaKind.TEXT, 0): (
        *("__Single Txt", "_ Para No", "_ Bullet 1", "_ Bullet 2", "_ Bullet 3"),  # numbers and bullets are in the text
        *("Normal", "Body Text", "Footnote Text", "Endnote Text"),
    ),
    (ParaKind.HEADING, 1): ("_ H _Ch", "_ H __M", "Heading 1", "Hd Chapter BD"),
    (ParaKind.HEADING, 2): ("_ H_1", "Heading 2"),
    (ParaKind.HEADING, 3): ("_ H_2/3", "Heading 3"),
    (ParaKind.HEADING, 4): ("_ H_4", "Heading 4"),
    (ParaKind.HEADING, 5): ("_ H_5/6", "Heading 5"),
    (ParaKind.HEADING, 6): ("Heading 6",),
    (ParaKind.ITEM, 1): ("List",),
    **{(ParaKind.ITEM, degree): (f"List {degree}",) for degree in range(2, 7)},
    (ParaKind.TAIL, 0): ("Paragraph Tail",),
    (ParaKind.ORNAMENT, 0): ("Ornament",),
    (ParaKind.CONTINUED, 1): ("List Continue",),
    **{(ParaKind.CONTINUED, degree): (f"List Continue {degree}",) for degree in range(2, 6)},
    (ParaKind.CAPTION, 0): ("Caption", "Rep_Table_Number", "Rep_Table_Title"),
    (ParaKind.UNIT, 0): ("Table_Unit",),
    (ParaKind.REMARK, 0): ("Table_Remark",),
    (ParaKind.TABLE_NOTE, 0): ("Table_Note",),
    (ParaKind.CONTENTS, 0): ("TOC Heading",),
    **{(ParaKind.CONTENTS, level): (f"TOC {level}",) for level in range(1, 10)},
    (Fact.ORGAN, 0): ("Subsidiary_Organ",),
    (Fact.BODY, 0): ("Subsidiary_Body",),
    (Fact.SESSION, 0): ("Session",),
    (Fact.PLACE, 0): ("Place",),
    (Fact.AGENDA_ITEM, 0): ("Agenda_Item_Normal",),
    (Fact.AGENDA_TITLE, 0): ("Agenda_Title_H2",),
    (Fact.ADOPTION, 0): ("Adoption",),
    (Fact.BASIS, 0): ("Basis",),
    (Fact.SPONSORS, 0): ("Sponsors",),
    (Fact.TITLE, 0): ("Title_H_CH", "Title", "__S_S", "__S_M", "__S_L"),
    (Fact.SUBTITLE, 0): ("Title_H1", "Title_H2", "Subtitle"),
    (Fact.MODIFICATION, 0): ("Modification",),
    (Fact.DIVISION, 0): ("Division",),
    (Fact.DIVISION_TITLE, 0): ("Division_Title",),
    (ParaKind.PART, 0): ("Rep_PartNumber",),
    (ParaKind.VOTE_SIDE, 0): ("10. Verbatim In Favour Against Abstaining",),
    (ParaKind.VOTE_STATES, 0): ("11. Verbatim Voting Groups",),
    (ParaKind.BOX_TITLE, 0): ("Box_Title",),
    (ParaKind.CLOSING, 0): ("Closing",),
    (ParaKind.ANNEX, 0): ("Annex",),
    (ParaKind.ANNEX_ORIGINAL, 0): ("Annex_Original",),
    (ParaKind.ANNEX_TITLE, 0): ("Annex_Title",),
    (Fact.DISTRIBUTION, 0): ("Distribution",),
    (Fact.ISSUED, 0): ("ReleaseDate",),
    (Fact.LANGUAGE, 0): ("Original",),
    (Fact.RESTRICTION, 0): ("Restriction",),
}
ROLES: Mapping[str, Role] = {f"{role.capitalize()} Paragraph": role for role in Role}
EMPHASES: Mapping[str, tuple[type[Strong | Emphasis], ...]] = {
    "Strong": (Strong,),
    "Emphasis": (Emphasis,),
    "Strong Emphasis": (Strong, Emphasis),
    "Emphasis Strong": (Emphasis, Strong),
}
"""Character styles for emphasis. They state which emphasis is the outer one, and hold where all is bold already."""
ROW_KINDS: Mapping[str, RowKind] = {f"Table_{kind.capitalize()}": kind for kind in RowKind}
"""The styles of the first paragraph of a row."""
NOTE_CALLS = ("footnote reference", "endnote reference")
_BODY_LEVEL = 9  # the outline level of running text
_MAX_LEVEL = 6
_USUAL_SIZE = 20  # half-points, of letters whose size no style states (ECMA-376, 17.3.2.38)


@dataclass(frozen=True, slots=True)
class Style:
    """A style: the kind of its paragraphs, their list and level in it, and whether their letters are bold or italic.

    `size` is that of its letters in half-points, 0 if it does not say it. They are `apart` in twentieths of a point and
    `wide` in per cent of their usual width.
    `known` says that its own name has a meaning, not only that of a style on which it is based.
    """

    kind: Kind = ParaKind.TEXT
    level: int = 0
    role: Role | None = None
    bold: bool = False
    italic: bool = False
    size: int = 0
    apart: int = 0
    wide: int = 100
    list: str = ""
    list_level: int = 0
    name: str = ""
    known: bool = True


class Styles:
    """The styles of one document by their identifiers. `text_size` is that of plain text, in half-points."""

    def __init__(self, root: Any) -> None:
        styles = () if root is None else root
        self._elements = {str(each.get(qn("w:styleId"))): each for each in styles if local(each) == "style"}
        paragraphs = ((key, each) for key, each in self._elements.items() if each.get(qn("w:type")) == "paragraph")
        self._default = next((key for key, each in paragraphs if each.get(qn("w:default")) in ("1", "true", "on")), "")
        self._read_styles: dict[str, Style] = {}
        usual = (
            ()
            if root is None
            else root.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
        )
        stated = next((integer(each.get(qn("w:val"))) for each in usual), 0)
        self.text_size = self.style(None).size or stated or _USUAL_SIZE

    def style(self, identifier: str | None) -> Style:
        """Return the style of a paragraph or a run, the default style for None."""
        key = self._default if identifier is None else identifier
        if key not in self._read_styles:
            self._read_styles[key] = self._read(key)
        return self._read_styles[key]

    def spacing(self, identifier: str | None) -> dict[str, str]:
        """Return the properties of the lines of a style, and of the space around its paragraphs."""
        found: dict[str, str] = {}
        for element in reversed(self._chain(self._default if identifier is None else identifier)):
            spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
            found.update({} if spacing is None else {str(key): str(text) for key, text in spacing.attrib.items()})
        return found

    def indent(self, identifier: str | None) -> int:
        """Return how far the lines of a style after the first are indented, in twentieths of a point."""
        found = _nearest(self._chain(self._default if identifier is None else identifier), "w:pPr", "w:ind")
        return max(integer(None if found is None else found.get(qn(f"w:{side}"))) for side in ("left", "start"))

    def begins_page(self, identifier: str | None) -> bool:
        """Return whether paragraphs of a style begin a page."""
        return is_on(
            _nearest(self._chain(self._default if identifier is None else identifier), "w:pPr", "w:pageBreakBefore")
        )

    def _chain(self, key: str) -> list[Any]:
        """Return the elements of a style and of those on which it is based."""
        chain: list[Any] = []
        while (element := self._elements.get(key)) is not None and element not in chain:
            chain.append(element)
            key = value(element, "w:basedOn") or ""
        return chain

    def _read(self, key: str) -> Style:
        chain = self._chain(key)
        names = [_name(element) for element in chain]
        meanings = [_MEANINGS.get(_simple(name)) for name in names]
        kind, level = next(filter(None, meanings), (ParaKind.TEXT, 0))
        outline = _nearest(chain, "w:pPr", "w:outlineLvl")
        heading_level = outline_level(None if outline is None else outline.get(qn("w:val")))
        if kind is ParaKind.TEXT and heading_level:
            kind, level = ParaKind.HEADING, heading_level
        numbering = _nearest(chain, "w:pPr", "w:numPr")
        role = next((ROLES[name] for name in names if name in ROLES), None)
        return Style(
            kind=kind,
            level=level,
            role=role,
            bold=is_on(_nearest(chain, "w:rPr", "w:b")),
            italic=is_on(_nearest(chain, "w:rPr", "w:i")),
            size=_number(chain, "w:sz"),
            apart=_number(chain, "w:spacing"),
            wide=_number(chain, "w:w", 100),
            list=value(numbering, "w:numId") or "",
            list_level=integer(value(numbering, "w:ilvl")),
            name=names[0] if names else "",
            known=bool(meanings) and (meanings[0] is not None or role is not None or names[0] in ROW_KINDS),
        )


def style_identifiers(root: Any) -> Mapping[tuple[Kind, int], str]:
    """Return the identifier of the style for each kind and level; of several it is the first in NAMES."""
    keys = {_simple(_name(style)): style.get(qn("w:styleId")) for style in root.iter(qn("w:style"))}
    return {meaning: keys[name] for name, meaning in reversed(_MEANINGS.items()) if name in keys}


def outline_level(outline: str | None) -> int:
    """Return the level of a heading with this outline level, 0 for running text."""
    level = integer(outline, _BODY_LEVEL)
    return min(level, _MAX_LEVEL - 1) + 1 if 0 <= level < _BODY_LEVEL else 0


def _nearest(chain: Iterable[Any], part: str, name: str) -> Any:
    """Return the property of the first style in a chain that has it, None if none has."""
    found = (element.find(f"{qn(part)}/{qn(name)}") for element in chain)
    return next((each for each in found if each is not None), None)


def _number(chain: Iterable[Any], name: str, default: int = 0) -> int:
    """Return the number that a property of letters has in the first style of a chain that has it."""
    found = _nearest(chain, "w:rPr", name)
    return default if found is None else integer(found.get(qn("w:val")), default)


def _name(element: Any) -> str:
    """Return the name of a style as Word shows it, without its alternative names."""
    return (value(element, "w:name") or "").partition(",")[0]


@cache
def _simple(name: str) -> str:
    """Return a name for comparison: templates of other years and duty stations space and underline it differently."""
    return re.sub(r"[\s_/]", "", re.sub(r"_G$", "", name)).lower()


_MEANINGS = {_simple(name): meaning for meaning, names in NAMES.items() for name in names}
