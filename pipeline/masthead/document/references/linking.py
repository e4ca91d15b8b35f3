"""Citations as links: to a web address, or to a place in the same document.

The addresses are those that the United Nations maintains: undocs.org for documents, treaties.un.org for the volumes of
the Treaty Series, metadata.un.org for the Sustainable Development Goals.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from masthead.document.model import (
    Document,
    Emphasis,
    Hyperlink,
    Inline,
    NoteCall,
    Revision,
    Strong,
    TableNoteCall,
    Text,
    characters,
    inlines,
    plain,
)
from masthead.document.references.citation import Citation, Found, Kind, letter
from masthead.document.references.citation_search import find_citations
from masthead.document.references.document_units import BODY, Scope, scope_of_annex, units
from masthead.document.references.goals import is_goal, is_target
from masthead.document.references.internal import find_in_annexes, find_internal
from masthead.document.terms import Symbol

_TREATIES = "https://treaties.un.org/doc/Publication/UNTS/Volume%20{volume}/v{volume}.pdf"
_GOALS = "https://metadata.un.org/sdg/{number}"
# Besides internal citations. A `Reference` to a document is a link already.
_LINKED = frozenset({Kind.TREATY, Kind.TARGET, Kind.GOAL})


@dataclass(frozen=True, slots=True)
class Link:
    """Inline content that links to `address`: a URL, or `#` and an anchor in the same document."""

    content: tuple[Inline, ...]
    address: str


def address(citation: Citation) -> str:
    """Return the URL of a document, treaty, goal or target, or an empty string for other citations."""
    value = citation.value
    match citation.kind:
        case Kind.DOCUMENT:
            return Symbol(value).address
        case Kind.TREATY:
            return _TREATIES.format(volume=value.partition("/")[0])
        case Kind.TARGET if is_target(value):
            return _GOALS.format(number=value)
        case Kind.GOAL if is_goal(value):
            return _GOALS.format(number=value)
        case _:
            return ""


class Linker:
    """The targets of the citations in one document, and the anchors of its parts."""

    def __init__(self, document: Document) -> None:
        self._document, self._language = document, document.language
        self._anchors: dict[tuple[Scope, Citation], str] = {}
        self._notes: dict[str, str] = {}  # anchors of notes by their numbers in the model
        counts: Counter[str] = Counter()
        for unit in units(document):
            kind = "heading" if unit.kind == "part" else unit.kind
            counts[kind] += 1
            if unit.name:
                is_counted = kind in ("heading", "annex", "table", "figure")
                anchor = f"{kind}-{counts[kind]}" if is_counted else _anchor(unit.scope, unit.name)
                if kind == "note" and unit.number:  # which may print another number
                    anchor = self._notes[str(unit.number)] = _anchor(BODY, Citation(Kind.NOTE, str(unit.number)))
                self._anchors.setdefault((unit.scope, unit.name), anchor)
                if kind in ("table", "figure"):  # usually numbered through the whole document
                    self._anchors.setdefault((BODY, unit.name), anchor)
        self._labels = {
            label.name: self._notes.get(label.value, "")
            if label.kind == Kind.NOTE
            else self.anchor(label.scope, Citation(Kind(label.kind), label.value))
            for label in document.labels
        }

    def address(self, link: Hyperlink) -> str:
        """Return where a link leads, an anchor of this document for a label; empty if nothing has the label."""
        if not link.address.startswith("#"):
            return link.address
        anchor = self._labels.get(link.address[1:], "")
        return f"#{anchor}" if anchor else ""

    def anchor(self, scope: Scope, name: Citation) -> str:
        """Return the anchor of the part `name` in `scope`, an enclosing scope or the body, or an empty string."""
        if (found := self._anchors.get((scope, name))) is not None:
            return found
        annex, part, _ = scope
        around = ((annex, part, 0), (annex, 0, 0), BODY)
        return next((self._anchors[each, name] for each in around if (each, name) in self._anchors), "")

    def link(self, content: tuple[Inline, ...], scope: Scope = BODY) -> tuple[Inline | Link, ...]:
        """Return `content`, which is in `scope`, with all citations except documents as links.

        Where two versions are shown, a citation may begin in one and end in the other: nothing is linked.
        """
        if any(isinstance(inline, Revision) for inline in inlines(content)):
            return content
        targets = self.targets(content, scope)
        pieces = _cut(content, [bound for found, _ in targets for bound in (found.start, found.end)])
        linked: list[Inline | Link] = [*pieces[0]]
        for (_, target), inner, after in zip(targets, pieces[1::2], pieces[2::2], strict=True):
            # A note call is a link itself, and links cannot be nested.
            has_call = any(isinstance(each, NoteCall | TableNoteCall) for each in inlines(inner))
            linked += [*inner, *after] if has_call else [Link(inner, target), *after]
        return tuple(linked)

    def targets(self, content: tuple[Inline, ...], scope: Scope) -> list[tuple[Found, str]]:
        """Return the citations in `content`, which is in `scope`, that have a target, except documents."""
        found, text = find_citations(content, self._language), plain(content)
        if not found:
            return []
        own = set(map(id, find_internal(text, found, self._language)))
        in_annexes = {id(each): annex for each, annex in find_in_annexes(text, found, self._language)}
        targets = []
        links = list(_link_spans(content))
        for each in found:
            if any(start < each.end and each.start < end for start, end in links):
                continue  # what the text of a link cites is not linked again
            annex = in_annexes.get(id(each))
            if annex and id(annex) in own:
                within = scope_of_annex(self._document, annex.citation.value)
                name = self._anchors.get((within, each.citation), "") if within else ""
            else:
                name = self.anchor(scope, each.citation) if id(each) in own else ""
            if name:
                targets.append((each, f"#{name}"))
            elif each.citation.kind in _LINKED and (whole := address(each.citation)):
                targets.append((each, whole))
        return targets


def _link_spans(content: Iterable[Inline]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each link in the plain text of `content`."""
    at = 0
    for inline in inlines(content):
        length = len(characters(inline))
        if isinstance(inline, Hyperlink):
            yield at, at + length
        at += length


def _anchor(scope: Scope, name: Citation) -> str:
    """Return an anchor: `annex-2-paragraph-4-b`, `note-3`, `note-x1` for a note with an asterisk."""
    value = f"x{len(name.value)}" if "*" in name.value else name.value
    number, _, ordinal = value.rstrip(")").partition("(")
    outer = (f"{word}-{at}" for word, at in zip(("annex", "part", "box"), scope, strict=True) if at)
    return "-".join((*outer, name.kind, number, *((letter(int(ordinal)),) if ordinal else ())))


def _cut(content: Iterable[Inline], bounds: Iterable[int], *, opened: bool = False) -> list[tuple[Inline, ...]]:
    """Divide content at the offsets `bounds` of its plain text. An emphasis with a bound inside it is divided too.

    Bounds alternately open and close a link; if `opened`, the first one closes it. A note call at a bound is outside.
    """
    pieces: list[tuple[Inline, ...]] = [()]
    ahead = deque(bounds)
    at = 0
    for inline in content:
        end = at + len(plain((inline,)))
        was_opened, offsets = opened, []
        while ahead and (ahead[0] < end or (ahead[0] == at and opened)):
            offsets.append(ahead.popleft() - at)
            opened = not opened
        match inline:
            case Text(text):
                edges = [0, *offsets, len(text)]
                parts: list[tuple[Inline, ...]] = [(Text(text[a:b]),) if a < b else () for a, b in pairwise(edges)]
            case Strong(inner) | Emphasis(inner):
                cut = _cut(inner, offsets, opened=was_opened)
                parts = [(type(inline)(part),) if part else () for part in cut]
            case _:
                parts = [*(() for _ in offsets), (inline,)]
        pieces[-1] += parts[0]
        pieces += parts[1:]
        at = end
    return [*pieces, *(() for _ in ahead)]
