"""The parts of a PDF that are not drawn, as items in an editor's words, and how the items of two files differ.

An item is a bookmark, a link, a sticky note, a layer, or the document itself, with attributes: `contents`, `target`.
The comparison names the item and the attribute. A change that many items have in common is one difference.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from masthead.comparison.results import MILLIMETRE, Difference, Layer
from masthead.document import Rectangle

_MOST = 2  # items with the same change that are named one by one
_LONGEST = 160  # characters of a value that are shown
_SETTLED = 0.43  # points (0.15 mm): something is at the same place


@dataclass(frozen=True, slots=True)
class PdfItem:
    """Something with a name: its kind (`bookmark`, `link`), its label, its attributes, and its page from 1.

    A value that begins with `#` is a digest, which says nothing to people. Attributes in `silent` are shown by no
    reader and no reading program. `box` is the region on the page. An item that `flows` moves with the text: its page
    and box are not compared.
    """

    kind: str
    label: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    page: int | None = None
    box: Rectangle | None = None
    silent: frozenset[str] = frozenset()
    flows: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What it is, wherever it is."""
        return self.kind, self.label, *(part for item in self.attributes.items() for part in item)

    @property
    def name(self) -> str:
        """The item in messages."""
        return f"{self.kind} “{_short(self.label)}”" if self.label else self.kind


@dataclass(frozen=True, slots=True)
class _Change:
    """An attribute that is different; an item that was added or removed has no attribute."""

    item: PdfItem
    attribute: str
    was: str
    now: str
    silent: bool
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A difference of items of a kind: in `attribute`, empty for items that were added or removed.

    `settled` says that items are where they were in the text, which has moved.
    """

    difference: Difference
    kind: str
    attribute: str
    settled: bool


Settled = Callable[[PdfItem, PdfItem, str], bool]
"""Whether two items are at the same words, or lead (by the attribute `target`) to the same words."""


def differences(baseline: Sequence[PdfItem], candidate: Sequence[PdfItem], settled: Settled) -> Iterator[Described]:
    """Yield the differences: the same change of many items once, with their number."""
    groups: dict[Hashable, list[_Change]] = defaultdict(list)
    for old, new in _pairs(baseline, candidate):
        changes = list(_changes(old, new, settled))
        said = {(each.was, each.now) for each in changes if not _REPEATS.search(each.attribute)}
        for change in changes:
            if _REPEATS.search(change.attribute) and (change.was, change.now) in said:
                continue
            if change.attribute:
                key: Hashable = change.item.kind, change.attribute, change.silent, change.settled
            else:
                key = change.item.kind, bool(change.was), change.silent
            groups[key].append(change)
    yield from _reordered(baseline, candidate)
    for changes in groups.values():
        same = len({_values(each) for each in changes}) == 1 and changes[0].attribute
        if len(changes) == 1 or not changes[0].item.kind.startswith(_MANY) or (len(changes) <= _MOST and not same):
            found = [_one(each) for each in changes]
        else:
            found = [_many(changes)]
        first = changes[0]
        yield from (Described(each, first.item.kind, first.attribute, first.settled) for each in found)


_ORDERED = ("bookmark", "layer", "form field")
# Kinds of which a document has so many that the same change of them is one difference.
_MANY = ("link", "bookmark", "destination", "page", "form field", "tags", "font", "highlight")


# XMP repeats the document information, and other boxes are that of the paper if they are not set.
_REPEATS = re.compile(r"^XMP |\((Crop|Trim|Bleed|Art)Box\)")


def _reordered(baseline: Sequence[PdfItem], candidate: Sequence[PdfItem]) -> Iterator[Described]:
    """Yield the kinds of which the document has the same, but in another order."""
    for kind in _ORDERED:
        before, after = ([each.label for each in side if each.kind == kind] for side in (baseline, candidate))
        if before != after and sorted(before) == sorted(after):
            first = next(new for old, new in zip(before, after, strict=True) if old != new)
            message = f"the order of {kind}s has changed: “{_short(first)}” is earlier"
            yield Described(Difference(Layer.STRUCTURE, message), kind, "order", False)


def _pairs(
    baseline: Sequence[PdfItem], candidate: Sequence[PdfItem]
) -> Iterator[tuple[PdfItem | None, PdfItem | None]]:
    """Pair items: those of the same name and place first, then the most similar ones, in order."""
    kinds = dict.fromkeys(each.kind for each in (*baseline, *candidate))
    before, after = _by(baseline, _kind), _by(candidate, _kind)
    for kind in kinds:
        old, new = before.get(kind, []), after.get(kind, [])
        for key in (_everything, _named_place, _named, _place, _kind):
            if not old or not new:
                break
            olds, news = _by(old, key), _by(new, key)
            if key in (_place, _kind) and not (old[0].page or len(old) == len(new)):
                break  # items of the document that have other names are others
            paired = [pair for each in olds for pair in zip(olds[each], news.get(each, ()), strict=False)]
            if key is _kind:
                paired = [(a, b) for a, b in paired if a.label == b.label or a.attributes == b.attributes]
            yield from paired
            gone = {id(each) for pair in paired for each in pair}
            old, new = ([each for each in side if id(each) not in gone] for side in (old, new))
        yield from ((each, None) for each in old)
        yield from ((None, each) for each in new)


def _by(items: Iterable[PdfItem], key: Callable[[PdfItem], Hashable]) -> dict[Hashable, list[PdfItem]]:
    grouped: dict[Hashable, list[PdfItem]] = defaultdict(list)
    for each in items:
        grouped[key(each)].append(each)
    return grouped


def _everything(item: PdfItem) -> Hashable:
    return item.key, None if item.flows else item.page


def _named_place(item: PdfItem) -> Hashable:
    return item.label, item.page


def _named(item: PdfItem) -> Hashable:
    return item.label


def _place(item: PdfItem) -> Hashable:
    return item.page


def _kind(item: PdfItem) -> Hashable:
    return item.kind


def _changes(old: PdfItem | None, new: PdfItem | None, settled: Settled) -> Iterator[_Change]:
    if old is None or new is None:
        item = new or old
        assert item is not None
        yield _Change(item, "", "yes" if old else "", "yes" if new else "", item.silent >= {""})
        return
    changed = False
    for name in dict.fromkeys((*old.attributes, *new.attributes)):
        was, now = old.attributes.get(name, ""), new.attributes.get(name, "")
        if was != now:
            changed = True
            moved = name == "target" and settled(old, new, name)
            yield _Change(new, name, was, now, name in new.silent | old.silent, moved)
    if old.label != new.label and not changed:
        yield _Change(new, "name", old.label, new.label, False)
    if old.flows or new.flows:
        return
    if old.page != new.page:
        yield _Change(new, "page", f"{old.page}", f"{new.page}", False, settled(old, new, "page"))
    elif old.box and new.box and max(abs(a - b) for a, b in zip(old.box, new.box, strict=True)) > _SETTLED:
        moved = settled(old, new, "place")
        yield _Change(new, "place", _millimetres(old.box), _millimetres(new.box), False, moved)


def _millimetres(box: Rectangle) -> str:
    left, top, right, bottom = (side / MILLIMETRE for side in box)
    return f"{left:.1f} mm from the left, {top:.1f} from the top, {right - left:.1f} × {bottom - top:.1f}"


def _one(change: _Change) -> Difference:
    item = change.item
    if not change.attribute:
        message = f"{item.name} was {'added' if change.now else 'removed'}{_details(item)}"
    elif item.kind == "document":
        message = f"{change.attribute}{_values(change)}"
    else:
        message = f"{change.attribute} of {item.name}{_values(change)}"
    return Difference(Layer.STRUCTURE, message, item.page, item.box, tolerated=change.silent)


def _many(changes: list[_Change]) -> Difference:
    first = changes[0]
    item = first.item
    kind = item.kind if item.kind.endswith("s") else f"{item.kind}s"
    pages = sorted({each.item.page for each in changes if each.item.page})
    page = pages[0] if pages else None
    names = f", the first is “{_short(item.label)}”" if item.label else ""
    if not first.attribute:
        message = f"{len(changes)} {kind} were {'added' if first.now else 'removed'}{names}"
    else:
        (same, count), *_ = Counter(_values(each) for each in changes).most_common(1)
        subject = f"{first.attribute} of {len(changes)} {kind}"
        if count == len(changes):
            message = f"{subject}{same}{names}"
        else:
            verb = "have" if first.attribute.endswith("s") else "has"
            example = item.name if item.label or not page else f"page {page}"
            example = f"{count} of them{same}{names}" if count > 1 else f"{example}{_values(first)}"
            message = f"the {subject} {verb} changed; {example}"
    every = tuple(pages) if len(pages) > 1 else ()
    return Difference(Layer.STRUCTURE, message, page, item.box, tolerated=first.silent, pages=every)


def _values(change: _Change) -> str:
    was, now = change.was, change.now
    if was.startswith("#") or now.startswith("#"):  # digests say nothing to people
        return " has changed" if was and now else " was added" if now else " was removed"
    if not was:
        return f": “{_short(now)}” was added"
    if not now:
        return f": “{_short(was)}” was removed"
    return f": “{_short(was)}” is now “{_short(now)}”"


def _details(item: PdfItem) -> str:
    shown = [f"{name} “{_short(value)}”" for name, value in item.attributes.items() if value and value[0] != "#"]
    return f": {', '.join(shown[:3])}" if shown else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
