"""Two PDFs compared, or many: did anything change that a reader could notice?

There are five layers, the cheapest first: bytes; structure; logical text; breaks of lines and pages; the picture. If
the bytes are equal, nothing else is looked at. Pages are aligned by content first, and what is written alike in both
files is not read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pypdfium2

from masthead.comparison import alignment, breaks, consequences, glyphs, inks, items, objects, picture, same_words, text
from masthead.comparison.canonical import content_of
from masthead.comparison.contents import PdfContents, TextBlock, read_contents
from masthead.comparison.items import PdfItem
from masthead.comparison.opened import OpenPdf, PageKey, without_artifacts
from masthead.comparison.results import Comparison, Difference, DocumentKey, EditOperation, Layer, Side
from masthead.comparison.tolerance import DEFAULT, Aspect, Tolerance
from masthead.comparison.typefaces import Typeface, TypefacePair, match
from masthead.document import Rectangle, files
from masthead.pdf import raster
from masthead.typesetting import Pdf, PdfSource

_UNNAMED = DocumentKey("document")
_ORDER = {layer: place for place, layer in enumerate(Layer)}
_MOST_LETTERS = 120  # of the words that a region of the picture touches
_LETTER = (0.0, 0.0, 612.0, 792.0)  # PDFium's paper for a page that has none
_ALIKE = 12  # characters by which a line is known again


def compare(
    baseline: PdfSource, candidate: PdfSource, *, key: DocumentKey = _UNNAMED, tolerance: Tolerance = DEFAULT
) -> Comparison:
    """Compare two PDFs. Raises SourceError if one cannot be read."""
    old_data, new_data = Pdf.load(baseline).data, Pdf.load(candidate).data
    with raster.opened(old_data, where="baseline") as old, raster.opened(new_data, where="candidate") as new:
        sides = Side(files.sha256(old_data), len(old)), Side(files.sha256(new_data), len(new))
        if sides[0] == sides[1]:
            return Comparison(key, *sides, ignored=tolerance.ignored)
        before = OpenPdf(old_data, old, where="baseline")
        after = OpenPdf(new_data, new, where="candidate")
        documents = _DocumentComparison(before, after, tolerance)
        found = [
            Difference(Layer.BYTES, f"{len(old_data)} bytes, now {len(new_data)}", tolerated=True),
            *documents.differences(),
        ]
    if tolerance.judged is not Aspect.ALL:  # what follows may have lost what it follows from
        found = [replace(each, tolerated=each.tolerated or not _is_judged(each, tolerance.judged)) for each in found]
        found = list(consequences.of_pages(found))
    if tolerance.judged is Aspect.TEXT:
        found = same_words.tolerated(found)
    # The text layer reports tags as structure, so layers are not in order yet.
    found.sort(key=lambda each: _ORDER[each.layer])
    return Comparison(key, *sides, tuple(found), tolerance.ignored, homes=documents.homes)


def _is_judged(difference: Difference, aspect: Aspect) -> bool:
    """Whether a difference is of those that are judged. Two programs divide words by other spaces; those are not."""
    sides = (
        "".join("".join(edit.text.split()) for edit in difference.edits if edit.operation is not unwanted)
        for unwanted in (EditOperation.ADDED, EditOperation.REMOVED)
    )
    return aspect.judges(difference.layer) and (not difference.edits or len(set(sides)) > 1)


class _DocumentComparison:
    """Compares two open PDFs."""

    def __init__(self, before: OpenPdf, after: OpenPdf, tolerance: Tolerance) -> None:
        self._before, self._after, self._tolerance = before, after, tolerance
        self._matches: dict[tuple[str, str], TypefacePair] = {}
        self._rewritten: Mapping[int, list[Rectangle]] = {}
        old, new = ([(key.body, key.resources) for key in pdf.keys] for pdf in (before, after))
        self._alignment = alignment.align(old, new, before.words, after.words)

    @property
    def homes(self) -> tuple[tuple[int, int], ...]:
        """The pages of the candidate that have another number in the baseline, each with that; 0 if it is new."""
        homes = {new + 1: old + 1 for old, new in self._alignment.pairs.items()}
        pages = ((page, homes.get(page, 0)) for page in range(1, self._alignment.after + 1))
        return tuple((page, home) for page, home in pages if page != home)

    def differences(self) -> Iterator[Difference]:
        aligned = self._alignment
        changed = {old: new for old, new in aligned.pairs.items() if self._has_changed(old, new)}
        for old, new in changed.items():
            if self._is_resized(old, new):  # what is drawn is compared at the same places, whatever the boxes are
                _unfold(self._before.document[old], self._after.document[new])
        before, after = self._read(changed)
        numbers = [aligned.number(page) for page in range(len(self._before))]
        old_items = self._before.items(numbers, aligned.pairs)
        new_items = self._after.items([page + 1 for page in range(len(self._after))], aligned.pairs.values())
        described = list(items.differences(old_items, new_items, self._settled(before, after)))
        fonts = [each for pair in self._matches.values() for each in pair.changes]
        drawn = list(self._drawn(before, after, changed))
        found = [
            *aligned.differences(self._begins),
            *consequences.of_items(described, drawn, self._rewritten, self._has_other_pages),
            *fonts,
            *_merged(consequences.of_drawings(drawn, described, tuple(self._matches.values()))),
        ]
        yield from consequences.of_pages(found)

    @property
    def _has_other_pages(self) -> bool:
        return len(self._before) != len(self._after) or bool(self._alignment.moved)

    def _settled(self, before: PdfContents, after: PdfContents) -> items.Settled:
        """A function that says whether items are at the same words, on pages that have changed."""
        homes = {new + 1: old + 1 for old, new in self._alignment.pairs.items()}

        def settled(old: PdfItem, new: PdfItem, attribute: str) -> bool:
            if new.page and old.page == new.page and self._is_resized(homes[new.page] - 1, new.page - 1):
                return True
            if attribute == "target":
                targets = (each.attributes.get("target", "") for each in (old, new))
                (a, down), (b, below) = (
                    pdf.spots.get(target, (0, 0.0))
                    for pdf, target in zip((self._before, self._after), targets, strict=True)
                )
                if a and homes.get(b) == a and self._is_resized(a - 1, b - 1):
                    return True
                old_page, new_page = before.drawings.get(a), after.drawings.get(b)
                lines = old_page and old_page.line_below(down), new_page and new_page.line_below(below)
                return bool(lines[0] and lines[1] and lines[0][:_ALIKE] == lines[1][:_ALIKE])
            old_page, new_page = before.drawings.get(homes.get(old.page or 0, 0)), after.drawings.get(new.page or 0)
            if not old_page or not new_page or not old.box or not new.box:
                return False
            return bool(was := old_page.words_in(old.box)) and was == new_page.words_in(new.box)

        return settled

    def _has_changed(self, old: int, new: int) -> bool:
        """Whether paired pages must be read: they are not written alike, in fonts that draw alike."""
        before, after = self._before.keys[old], self._after.keys[new]
        alike = self._written_alike(before, after, old, new)
        if before == after:
            return False
        if alike and before.artifacts != after.artifacts:
            # Heads and feet alone: on a page that has another number now, they may have that number.
            renumbered = old != new or len(self._before) != len(self._after)
            return not renumbered or not self._same_but_for_numbers(old, new)
        return not alike

    def _written_alike(self, before: PageKey, after: PageKey, old: int, new: int) -> bool:
        if (before.body, before.resources, before.geometry) != (after.body, after.resources, after.geometry):
            self._match_fonts(old, new)
            return False
        if before.fonts == after.fonts:
            return True
        return self._match_fonts(old, new)

    def _match_fonts(self, old: int, new: int) -> bool:
        """Compare the fonts of two pages that have the same names; return whether all of them draw and read alike."""
        before, after = self._before.fonts(old), self._after.fonts(new)
        used = dict(self._before.keys[old].fonts).keys() & dict(self._after.keys[new].fonts).keys()
        pairs = [self._match(before[name], after[name]) for name in sorted(used)]
        if all(pair.other == frozenset() for pair in pairs):
            return True
        content = without_artifacts(content_of(self._after.pages[new]))
        return all(pair.same_on(content) for pair in pairs)

    def _match(self, old: Typeface, new: Typeface) -> TypefacePair:
        key = old.digest, new.digest
        if key not in self._matches:
            self._matches[key] = match(old, new) if old.name == new.name else TypefacePair(old, new, (), (), None)
        return self._matches[key]

    def _same_but_for_numbers(self, old: int, new: int) -> bool:
        sides = ((self._before, old, len(self._before)), (self._after, new, len(self._after)))
        words = [
            Counter(_without_numbers(word, page + 1, count) for word in pdf.heads(page)) for pdf, page, count in sides
        ]
        return words[0] == words[1]

    def _begins(self, candidate: bool, page: int) -> str:
        words = (self._after if candidate else self._before).words(page)
        return " ".join(words[:6]) + (" …" if len(words) > 6 else "")

    def _read(self, changed: Mapping[int, int]) -> tuple[PdfContents, PdfContents]:
        """Read what the pages that have changed show, and those that were split or joined."""
        aligned = self._alignment
        numbers = {old: str(new + 1) for old, new in aligned.pairs.items()}
        old_names = [numbers.get(page, f"removed {page}") for page in range(len(self._before))]
        new_names = [str(page + 1) for page in range(len(self._after))]
        split, joined = aligned.split, aligned.joined
        old_pages = {page + 1 for page in (*changed, *joined, *split.values())}
        wholes = {aligned.pairs[page] for page in (*joined.values(), *split.values())}
        new_pages = {page + 1 for page in (*changed.values(), *split, *wholes)}
        before = read_contents(self._before, old_names, sorted(old_pages), self._tolerance)
        after = read_contents(self._after, new_names, sorted(new_pages), self._tolerance)
        return same_words.comparable(before, after) if self._is_text else (before, after)

    @property
    def _is_text(self) -> bool:
        return self._tolerance.judged is Aspect.TEXT

    def _drawn(self, before: PdfContents, after: PdfContents, changed: Mapping[int, int]) -> Iterator[Difference]:
        """What the pages that have changed show otherwise: text, breaks and picture."""
        aligned = self._alignment
        numbers = {old + 1: new + 1 for old, new in aligned.pairs.items()}
        gone = {page + 1 for page in aligned.removed if page not in aligned.joined}
        come = {page + 1 for page in aligned.inserted if page not in aligned.split}
        blocks: tuple[text.Blocks, text.Blocks] = (
            _without_pages(before.blocks, gone),
            _without_pages(after.blocks, come),
        )
        pairings = text.align(*blocks)
        blocks = text.revealed(*blocks, pairings, before.reveal, after.reveal)
        yield from text.differences(*blocks, pairings, numbers)
        found = glyphs.compare(*blocks, pairings, numbers, self._tolerance)
        self._rewritten = found.rewritten
        resized = {new + 1 for old, new in changed.items() if self._is_resized(old, new)}
        for each in found.differences:
            yield replace(each, follows=each.follows or (_is_move(each) and resized.issuperset(each.on_pages)))
        yield from breaks.differences(*blocks, pairings, numbers, found)
        for each in self._heads(before, after, changed, found):
            yield replace(each, follows=each.follows or (_is_move(each) and resized.issuperset(each.on_pages)))
        for old, new in changed.items():
            paints = inks.read_paints(self._before.pages[old]), inks.read_paints(self._after.pages[new])
            yield from inks.differences(*paints, new + 1)
        moved = {page for each in found.differences if _is_move(each) for page in each.on_pages}
        yield from self._pictures(before, after, changed, found, moved | resized)

    def _is_resized(self, old: int, new: int) -> bool:
        return self._before.keys[old].geometry != self._after.keys[new].geometry

    def _heads(
        self, before: PdfContents, after: PdfContents, changed: Mapping[int, int], found: glyphs.GlyphChanges
    ) -> Iterator[Difference]:
        """Heads and feet, page by page: what has changed on many pages is one difference."""
        for old, new in changed.items():
            if self._is_text and old % 2 != new % 2:  # left and right pages have other heads
                continue
            numbers = {old + 1: new + 1}
            sides = before.artifacts.get(old + 1, ()), after.artifacts.get(new + 1, ())
            if renumbered := old != new or len(self._before) != len(self._after) or self._is_text:
                counts = ((old + 1, len(self._before)), (new + 1, len(self._after)))
                sides = _apart_from_numbers(sides[0], counts[0]), _apart_from_numbers(sides[1], counts[1])
                words = [[word for block in side for word in block.text.split()] for side in sides]
                same = Counter(words[0]) == Counter(words[1])  # on the other side of the page
                if same or (self._is_text and same_words.same_pieces(*words)):
                    heads = (glyph.box for side in sides for block in side for _, glyph in block.glyphs)
                    found.explained[new + 1] += heads
                    continue
            pairings = text.align(*sides)
            yield from (replace(each, page=new + 1) for each in text.differences(*sides, pairings, numbers))
            here = glyphs.compare(*sides, pairings, numbers, self._tolerance, reads=not renumbered)
            follows = old % 2 != new % 2  # left and right pages are mirror images
            yield from (replace(each, follows=each.follows or follows) for each in here.differences)
            for page, boxes in here.explained.items():
                found.explained[page] += boxes

    def _pictures(
        self,
        before: PdfContents,
        after: PdfContents,
        changed: Mapping[int, int],
        found: glyphs.GlyphChanges,
        moved: set[int],
    ) -> Iterator[Difference]:
        """The picture of each page: its objects and inks, then its pixels.

        A page whose text was pushed has no pixels to compare: its glyphs and objects are compared one by one. On pages
        that have `moved`, so have the objects.
        """
        aligned = self._alignment
        shifted = {old: new for old, new in changed.items() if new + 1 in found.shifted}
        for old in {*aligned.split.values(), *aligned.joined.values()} & changed.keys():
            shifted[old] = changed[old]
        old_pages = {old: new + 1 for old, new in shifted.items()} | dict.fromkeys(aligned.joined, 0)
        old_objects = [(new, each) for old, new in old_pages.items() for each in before.drawings[old + 1].objects]
        new_pages = {*shifted.values(), *aligned.split}
        new_objects = [(page + 1, each) for page in new_pages for each in after.drawings[page + 1].objects]
        parts = bool(aligned.split or aligned.joined)  # one page more has its own rules, one less has none
        for each in objects.of_shifted_pages(old_objects, new_objects):
            yield replace(each, follows=parts)
        for old, new in changed.items():
            number = new + 1
            if old in shifted:
                continue
            drawings = before.drawings[old + 1], after.drawings[number]
            of_objects = objects.differences(drawings[0].objects, drawings[1].objects, number, self._tolerance)
            for each in of_objects:
                if each.box and not each.tolerated:
                    found.explained[number].append(each.box)
                yield replace(each, follows=" has moved " in each.message and number in moved)
            pictures = []
            for pdf, page in ((self._before, old), (self._after, new)):
                opened = pdf.document[page]
                drawn = raster.rasterize(opened, picture.DPI, grey=True)
                pictures.append(picture.without_regions(drawn, number, self._tolerance))
                opened.close()
            resized = self._is_resized(old, new)
            for box in picture.differences(pictures[0], pictures[1], self._tolerance):
                was, now = (drawing.words_near(box) for drawing in drawings)
                words = now if was == now else " → ".join(filter(None, (was, now)))
                follows = resized or any(consequences.touch(box, other) for other in found.explained.get(number, ()))
                shown = _shortened(words)
                yield Difference(Layer.PICTURE, "the picture differs", number, box, words=shown, follows=follows)


def _unfold(*documents: pypdfium2.PdfPage) -> None:
    """Give pages one box that holds those of both, and turn them upright."""
    boxes = [page.get_mediabox() or _LETTER for page in documents]
    left, bottom, right, top = zip(*boxes, strict=True)
    for page in documents:
        box = min(left), min(bottom), max(right), max(top)
        page.set_mediabox(*box)
        page.set_cropbox(*box)
        page.set_rotation(0)
        page.close()


def _is_move(difference: Difference) -> bool:
    return " moved " in difference.message and not difference.tolerated


def _without_numbers(word: str, page: int, count: int) -> str:
    def sign(found: re.Match[str]) -> str:
        return "#" if int(found[0]) in (page, count) else found[0]

    return re.sub(r"\d{1,6}", sign, word)


def _apart_from_numbers(blocks: Iterable[TextBlock], numbers: tuple[int, int]) -> tuple[TextBlock, ...]:
    """Heads and feet with signs in place of the number of the page and of all pages."""
    return tuple(replace(block, text=_without_numbers(block.text, *numbers)) for block in blocks)


def _without_pages(blocks: Iterable[TextBlock], pages: set[int]) -> tuple[TextBlock, ...]:
    """The blocks but for those that are wholly on `pages`."""
    return tuple(block for block in blocks if not block.on or not pages.issuperset(block.on))


def _merged(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Make differences one that are the same on several pages."""
    groups: dict[object, list[Difference]] = defaultdict(list)
    for each in differences:
        single = each.page is None or each.edits or each.message == "the picture differs"
        groups[id(each) if single else (each.layer, each.message, each.tolerated, each.follows)].append(each)
    for same in groups.values():
        pages = tuple(sorted({page for each in same for page in each.on_pages}))
        yield replace(same[0], pages=pages if len(pages) > 1 else ())


def _shortened(words: str) -> str:
    return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"
