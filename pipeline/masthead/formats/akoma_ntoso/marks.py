"""The marks of paragraphs and subparagraphs: as elements have them, or typed into the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from masthead.document import Digits, Inline, Item, Locale, Text, joined
from masthead.formats.itemization import Marks

MAX_DEGREE = 6
"""The deepest degree of subparagraphs that is read."""

_BULLETS = "•▪●○◦·*–—-"
# A tab after it says that a short text is a mark.
_BEFORE_TAB = re.compile(
    rf"(?P<mark>[{_BULLETS}]|[^\w\s]?\w{{1,4}}(?:[ \u00a0]?[^\w\s]{{1,2}}|[ \u00a0]\w[^\w\s])|[\u3220-\u3229])"
    r"[^\S\n]*\t\s*(?=\S|$)"
)
_BEFORE_LINE_END = re.compile(r"(?P<mark>[^\w\s]?\w{1,4}[^\w\s])[^\S\n]*\n\s*\t\s*(?=\S|$)")
_BEFORE_SPACE = re.compile(
    r"(?P<mark>\((?:[^\W\d_]{1,3}|[^\W\d_](?:[ \u00a0][^\W\d_]){1,2}|\d{1,2})\)"
    r"|[^\W_]{1,3}\)|[’‘']\d{1,2}[’‘']|[•▪●○◦–—]|[\u3220-\u3229])"
    r"[ \u00a0]+(?=\S|$)"
)
_NUMBER = re.compile(r"(?P<mark>(?P<number>\d{1,3})(?:[ \u00a0]?[-–.](?=[ \u00a0])|(?=\t)))[ \u00a0\t]+(?=\D|$)")
_ROMAN = re.compile(r"[ivx]{1,5}", re.IGNORECASE)
_CORE = re.compile(r"[^\W_]+(?:[ \u00a0][^\W_]+)*")  # after the last letter Arabic doubles them: `(أ أ)`


def typed_mark(content: Sequence[Inline], *, following: int | None = None) -> tuple[str, tuple[Inline, ...]]:
    """Return the mark that is typed at the start of `content`, and the content after it.

    `following` is the number that a paragraph would have here; without it no paragraph is numbered by its text.
    """
    first = content[0] if content else None
    if not isinstance(first, Text):
        return "", tuple(content)
    found = _BEFORE_TAB.match(first.text) or _BEFORE_LINE_END.match(first.text) or _BEFORE_SPACE.match(first.text)
    if not found and (number := _NUMBER.match(first.text)) and int(number["number"]) == following:
        found = number
    if not found:
        return "", tuple(content)
    return found["mark"], joined((Text(first.text[found.end() :]), *content[1:]))


def shape(mark: str, before: str = "") -> str:
    """Return the kind of a mark: `(a)` for letters in parentheses, `(i)` for roman numerals, `’1‘`, `•`.

    `before` is the mark of the subparagraph before, since `(i)` may follow `(h)`.
    """
    found = _CORE.search(mark)
    if not found:
        return mark
    core, previous = (re.sub(r"[\W_]", "", each) for each in (found[0], before))
    follows = len(core) == len(previous) == 1 and ord(core) == ord(previous) + 1
    kind = "1" if core.isdecimal() else "i" if _ROMAN.fullmatch(core) and not follows else "a"
    return mark.replace(found[0], kind)


class ItemMaker:
    """Makes the subparagraphs of one document, with the marks that they have."""

    def __init__(self, locale: Locale, digits: Digits) -> None:
        self._locale, self._digits, self._marks = locale, digits, Marks(locale)
        self._degrees = len(locale.word("marks", "item"))
        self._letters = len(locale.word("marks", "letters"))

    def item(
        self, mark: str, degree: int, before: Sequence[Item], content: tuple[Inline, ...], items: Iterable[Item] = ()
    ) -> Item:
        """Return a subparagraph after those `before` it: with the ordinal of its mark, or else the next one."""
        ordinal = self._marks.next_ordinal(mark, degree, before[-1].ordinal if before else 0)
        is_usual = self.usual(ordinal, degree) == mark
        return Item(ordinal, content, tuple(items), None if is_usual else mark)

    def usual(self, ordinal: int, degree: int) -> str | None:
        """Return the mark that the language gives to a subparagraph, None if it has none."""
        if degree > self._degrees or ordinal > self._letters:
            return None
        return self._locale.item_mark(ordinal, degree, self._digits)

    def mark(self, item: Item, degree: int) -> str:
        """Return the mark of a subparagraph as it is printed."""
        return (self.usual(item.ordinal, degree) or "") if item.mark is None else item.mark

    def is_next(self, mark: str, degree: int, before: Sequence[Item], *, starts: bool) -> bool:
        """Return whether a mark follows those `before` it. `starts` says that a list begins with its first mark."""
        if before:
            return self._marks.follows(mark, self.mark(before[-1], degree))
        return not starts or self._marks.ordinal(mark, degree) in (None, 1)

    def moved(self, items: Iterable[Item], degree: int, new_degree: int) -> tuple[Item, ...]:
        """Return subparagraphs of one degree as those of another, with the same marks."""
        result: list[Item] = []
        for item in items:
            inner = self.moved(item.items, degree + 1, new_degree + 1)
            result.append(self.item(self.mark(item, degree), new_degree, result, item.content, inner))
        return tuple(result)
