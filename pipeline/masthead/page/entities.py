"""Wrap the numbers and machine tokens of a paragraph as nodes of its content, each with its direction.

They are found in the printed text of the whole paragraph, whatever markup is in it. Links and references are not
divided: of a unit that begins inside one, only the rest is wrapped, and one that ends inside one is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from masthead.document import Digits, Direction, Language, model, numbers
from masthead.document.references import Link
from masthead.page.digits import running_text

_DIVISIBLE = (numbers.NumberKind.WEB, numbers.NumberKind.LATIN)  # a line may end in them


@dataclass(frozen=True, slots=True)
class Entity:
    """A unit of a paragraph: inline content that is printed as one."""

    kind: numbers.NumberKind
    direction: Direction | None
    content: tuple[model.Inline | Link, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no line may end in it."""
        return self.kind not in _DIVISIBLE


Piece = model.Inline | Link | Entity
_Content = tuple[model.Inline | Link, ...]


def entities(content: Iterable[model.Inline | Link], language: Language, digits: Digits) -> tuple[Piece, ...]:
    """Return the content of a paragraph, as it is printed, with each unit that needs it as an Entity."""
    content = tuple(content)
    text = running_text(content)
    units = [unit for unit in numbers.numbers_in(text, language, digits) if _needs(unit, text[unit.start : unit.end])]
    return tuple(_wrapped(content, 0, units)) if units else content


def _needs(unit: numbers.Number, text: str) -> bool:
    """Digits alone are the same in every box; in a left-to-right language a unit needs no more than to be unbroken."""
    if unit.direction is None:
        return unit.kind is not numbers.NumberKind.WEB and any(char in " \u00a0\u202f\u2009-–/+" for char in text)
    return not text.isdigit()


def _wrapped(content: Sequence[model.Inline | Link], start: int, units: Sequence[numbers.Number]) -> Iterator[Piece]:
    """`content`, which begins at `start` of the paragraph, with the units that lie in it wrapped."""
    while content:
        first, end = content[0], start + _length(content[:1])
        # The rest of a unit that began in a link is unbroken; from left to right it would alone be on the wrong side.
        units = [replace(unit, start=max(start, unit.start)) for unit in units if _is_left(unit, start)]
        met = [unit for unit in units if unit.start < end]
        # A reference is unbroken and has its direction by itself.
        within = isinstance(first, model.Reference) and all(start <= unit.start and unit.end <= end for unit in met)
        if not met or within or isinstance(first, model.Raised):
            yield first
        elif isinstance(first, model.Strong | model.Emphasis | Link) and all(
            start <= unit.start and unit.end <= end for unit in met
        ):
            # The model has no entities; whoever turns content into HTML knows them at every depth.
            yield replace(first, content=tuple(_wrapped(first.content, start, met)))  # type: ignore[arg-type]
        elif isinstance(first, model.Revision):
            yield replace(first, content=tuple(_wrapped(first.content, start + 1, met)))  # type: ignore[arg-type]
        else:
            unit = met[0]
            head, rest = _cut(content, unit.start - start)
            inner, rest = _cut(rest, unit.end - unit.start)
            if (_length(head), _length(inner)) == (unit.start - start, unit.end - unit.start):
                yield from head
                yield Entity(unit.kind, unit.direction, inner)
                content, start = rest, unit.end
                continue
            yield first  # an edge of the unit lies within what is not divided
        content, start = content[1:], end


def _is_left(unit: numbers.Number, start: int) -> bool:
    return unit.end > start and (unit.start >= start or unit.direction is not Direction.LTR)


def _length(content: Iterable[model.Inline | Link]) -> int:
    return len(running_text(content))


def _cut(content: Sequence[model.Inline | Link], at: int) -> tuple[_Content, _Content]:
    """Divide content after `at` characters; a link or a reference there stays whole, in the second part."""
    for place, inline in enumerate(content):
        length = _length((inline,))
        if at == 0:
            return tuple(content[:place]), tuple(content[place:])
        if at < length:
            before, after = _halves(inline, at)
            return (*content[:place], *before), (*after, *content[place + 1 :])
        at -= length
    return tuple(content), ()


def _halves(inline: model.Inline | Link, at: int) -> tuple[_Content, _Content]:
    match inline:
        case model.Text(text):
            return (model.Text(text[:at]),), (model.Text(text[at:]),)
        case model.Strong(inner):
            first, second = _cut(inner, at)
            return (model.Strong(first),), (model.Strong(second),)  # type: ignore[arg-type]
        case model.Emphasis(inner):
            first, second = _cut(inner, at)
            return (model.Emphasis(first),), (model.Emphasis(second),)  # type: ignore[arg-type]
        case _:
            return (), (inline,)
