"""The direction of a paragraph by UAX #9, written into its HTML.

WeasyPrint resolves each text box alone, and lays out the boxes of a line in the direction of their parent. Therefore
the embedding levels of the whole paragraph are computed here, and each run of a deeper level becomes a box with its own
direction, `<span dir>`. What remains in one text box then resolves alone, on any line, to the levels that it has in the
paragraph. Letters that are separated by the edge of an element are joined by U+200D on both sides of it. A mark stays
with its letter, and an alef with its lam.

Whoever extracts the source text from the HTML can rely on this:

- The text nodes, in document order, are the text of the paragraph in logical order, with white space collapsed.
- Where the drawn text differs from the source, it is alone in a `<span data-text="…">` whose attribute holds the source
  text. The two differ only by `CONTROLS`: some are only in the drawn text (inserted joiners, marks and overrides), some
  only in `data-text` (embeddings and isolates that became boxes, soft hyphens). Outside such a span every character is
  from the source, including controls.

Atoms are not text of this paragraph. Preformatted white space and `<br>` are not supported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import escape
from itertools import groupby, pairwise

from masthead.document import Direction, numbers
from masthead.page.embedding_levels import EMBEDDINGS, ISOLATES, resolve_levels
from masthead.page.joining import ALEF, LAM, ZWJ, is_mark, letters_join
from masthead.page.nesting import Leaf, Tag, nest

NUMBER_CLASS = "number"
"""The class of an element that holds a resolution number. In a right-to-left paragraph the part before the slash is
drawn to its right, as in United Nations documents (`٦٤/٢٩٣` read from the right: 64, then 293)."""

UNIT_CLASS = "unit"
"""The class of an element with a direction that holds a number with its signs (`masthead.document.numbers`)."""

LATIN_CLASS = "latin"
"""The class of a unit of the Latin script, in which no mark is needed."""

_MARKED = frozenset((NUMBER_CLASS, UNIT_CLASS))  # elements in which signs get marks

MARKS = frozenset("\u200e\u200f\u061c")
SOFT_HYPHEN = "\u00ad"
"""It is not drawn and no line ends at it: official documents do not divide words."""
CONTROLS = EMBEDDINGS | ISOLATES | MARKS | {ZWJ, SOFT_HYPHEN}
_UNDRAWN = EMBEDDINGS | ISOLATES | {SOFT_HYPHEN}

_MARK = {Direction.LTR: "\u200e", Direction.RTL: "\u200f"}
_OVERRIDE = {Direction.LTR: "\u202d", Direction.RTL: "\u202e"}
_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_SPACE = frozenset(" \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Characters that never leave the level of a left-to-right paragraph, join no letter and belong to none before them:
# those of Latin, Greek, Cyrillic, Armenian and East Asian text, without controls and marks.
_LEVEL = re.compile(
    "[\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205f\u2070-\u20cf"
    "\u2100-\u2bff\u2e80-\u3029\u3030-\u3098\u309b-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\ufffc]*"
)
_PIECES = re.compile(r"[ \t\n\r]+|[^ \t\n\r]+(?: [^ \t\n\r]+)*")
# Words of one script, one space between them, with what every rule resolves as the letters around it (W1, W4 to W6, N1,
# N2). Spaces divide them from other text, so that no mark, alef or embedding of it belongs to them.
_ARABIC, _ARABIC_MARKS = "\u0620-\u064a\u0671-\u0673\u0675-\u06d3", "\u064b-\u065f\u0670"
_WORDS = "[{letters}][{within}]*+(?:[{signs}]*+(?: (?=[{letters}]))?[{within}]++)*"
_ARABIC_WORDS = _WORDS.format(letters=_ARABIC, within=_ARABIC + _ARABIC_MARKS, signs=".:،؛؟«»“”’–")
_LATIN_WORDS = _WORDS.format(letters="A-Za-z", within="A-Za-z", signs=".:,;“”’–")
_SPACE_BETWEEN = re.compile("(?<=.)( )", re.DOTALL)  # in a cluster only words have a space after their beginning
_WORDS_AND_CHARACTERS = re.compile(f"(?:(?<= )(?:{_ARABIC_WORDS}|{_LATIN_WORDS})(?= ))|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Element:
    """An inline element. A `dir` attribute (`ltr`, `rtl`, `auto`) makes it an isolate, which becomes boxes."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """HTML that is kept whole: a note, an image. Letters before and after it join as if it were not there.

    `char` represents it when levels are resolved: a neutral, or U+2060 if it takes no room. Across the end of a line,
    no letters join.
    """

    html: str
    char: str = "\ufffc"
    ends_line: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """Divides the paragraph into two blocks. The levels are still those of the whole paragraph."""


Node = str | Element | Atom | Break


@dataclass(slots=True)
class _Cluster:
    """What is never divided: a letter with its marks, lam with alef, an atom, or a control character.

    Also words with spaces between them, which have one level.
    """

    char: str  # represents the cluster when levels are resolved
    text: str  # as in the source
    drawn: str  # as drawn on the page
    elements: tuple[int, ...]  # the elements around it, from the outermost in, as indices into the table of tags
    atom: Atom | Break | None = None
    level: int = 0
    runs: tuple[int, ...] | None = None  # the direction runs around it, likewise; None in a run where nothing is drawn

    @property
    def is_visible(self) -> bool:
        return self.atom is not None or (self.drawn != "" and self.char not in MARKS)

    @property
    def bidi_class(self) -> str:
        return _bidi_class(self.char)


@dataclass(slots=True)
class _TextBox:
    """Clusters that become one text box, or an atom."""

    clusters: list[_Cluster]
    direction: Direction
    text: str
    drawn: str = ""

    @property
    def first(self) -> _Cluster:
        return self.clusters[0]


@lru_cache(maxsize=1024)  # documents of a series have paragraphs in common
def isolate(nodes: tuple[Node, ...], base: Direction) -> tuple[str, ...]:
    """Return the HTML of a paragraph in a block of direction `base`: one part, and another after each break."""
    tags: list[Tag] = []
    is_level = base is Direction.LTR and _is_level(nodes)
    divide = _PIECES.findall if is_level else _WORDS_AND_CHARACTERS.findall
    clusters = list(_collapse(_flatten(nodes, (), tags, base, divide)))
    if not is_level:
        clusters = _merge(clusters, base)
    _divide(clusters, (0, len(clusters)), int(base is Direction.RTL), (), tags)
    identified: set[int] = set()
    return tuple(nest(_leaves(part, tags, base), tags, identified) for part in _cut(clusters))


def _is_level(nodes: Iterable[Node]) -> bool:
    """Return whether all of a left-to-right paragraph has its level, whatever the order of its characters."""
    for node in nodes:
        if isinstance(node, str):
            if not _LEVEL.fullmatch(node):
                return False
        elif isinstance(node, Element):
            if any(name == "dir" for name, _ in node.attributes) or not _is_level(node.children):
                return False
        elif isinstance(node, Atom) and not _LEVEL.fullmatch(node.char):
            return False
    return True


def _flatten(
    nodes: Iterable[Node],
    elements: tuple[int, ...],
    tags: list[Tag],
    base: Direction,
    divide: Callable[[str], Iterable[str]],
) -> Iterator[_Cluster]:
    """Yield a cluster for each piece of text. An element's `dir` and the order of a number become controls."""
    for node in nodes:
        if isinstance(node, str):
            yield from (
                _Cluster(piece[0], piece, "" if piece in _UNDRAWN else piece, elements) for piece in divide(node)
            )
        elif isinstance(node, Element):
            attributes = dict(node.attributes)
            direction = attributes.pop("dir", "")
            tags.append(Tag(node.tag, tuple(attributes.items())))
            classes = attributes.get("class", "").split()
            each = divide if _MARKED.isdisjoint(classes) else iter
            inside = _flatten(node.children, (*elements, len(tags) - 1), tags, base, each)
            if NUMBER_CLASS in classes and (direction or base) == Direction.RTL:
                inside = _enclose(inside, lambda char: _MARK[Direction.RTL] if char == "/" else "")
            elif UNIT_CLASS in classes and direction and LATIN_CLASS not in classes:
                unit = [*inside]
                text = "".join(cluster.char for cluster in unit)
                inside = _enclose(unit, partial(numbers.mark_around, direction=Direction(direction), unit=text))
            if direction:
                yield _Cluster(_ISOLATE[direction], "", "", elements)
            yield from inside
            if direction:
                yield _Cluster("\u2069", "", "", elements)
        else:
            yield _Cluster(node.char if isinstance(node, Atom) else "", "", "", elements, node)


def _enclose(clusters: Iterable[_Cluster], mark_of: Callable[[str], str]) -> Iterator[_Cluster]:
    """Put the mark of each sign on both sides of it, so that no number attracts it."""
    for cluster in clusters:
        if cluster.char and not cluster.atom and (mark := mark_of(cluster.char)):
            yield _Cluster(mark, "", mark, cluster.elements)
            yield cluster
            yield _Cluster(mark, "", mark, cluster.elements)
        else:
            yield cluster


def _collapse(clusters: Iterable[_Cluster]) -> Iterator[_Cluster]:
    """Collapse white space as `white-space: normal` does, before levels are resolved (CSS Text 3, 4.1.1)."""
    last = ""
    for cluster in clusters:
        if cluster.char in _SPACE and not cluster.atom:
            if last == " ":
                continue
            cluster.char = cluster.text = cluster.drawn = " "
        if cluster.char and cluster.char not in CONTROLS:
            last = cluster.char
        yield cluster


def _merge(clusters: Sequence[_Cluster], base: Direction) -> list[_Cluster]:
    """Give each cluster its level, and merge those that must not be divided."""
    result: list[_Cluster] = []
    last: _Cluster | None = None  # the last cluster that a mark can be on
    level = iter(resolve_levels("".join(cluster.char for cluster in clusters), base))
    removed = ""  # embeddings, which the algorithm removes (UAX #9, X9)
    for cluster in clusters:
        cluster.level = next(level) if cluster.char else result[-1].level if result else int(base is Direction.RTL)
        if cluster.char in EMBEDDINGS and not cluster.atom:
            removed += cluster.text
            continue
        # An embedding that begins or ends between two characters separates them.
        separate = last is not None and bool(removed) and cluster.level != last.level
        if not cluster.atom:
            cluster.text, removed = removed + cluster.text, ""
        if last and not separate and _belongs_to(cluster, last, adjacent=result[-1] is last):
            last.text += cluster.text
            last.drawn += cluster.drawn
            continue
        result.append(cluster)
        if not cluster.atom and cluster.char not in ISOLATES:
            last = None if cluster.char in MARKS else cluster
    if result:
        result[-1].text += removed
    return result


def _belongs_to(cluster: _Cluster, last: _Cluster, *, adjacent: bool) -> bool:
    """Return whether a character must stay with the cluster before it: as a mark, or as alef after lam."""
    if cluster.atom or _stands_alone(cluster.char):
        return False
    if is_mark(cluster.char):
        return True
    lam_alef = cluster.char in ALEF and last.char in LAM and "\u200c" not in last.drawn and cluster.level == last.level
    return adjacent and (lam_alef or unicodedata.bidirectional(cluster.char) == "BN")


@cache
def _stands_alone(char: str) -> bool:
    """Return whether a character never belongs to the cluster before it."""
    if char in CONTROLS:
        return char != ZWJ
    return not (is_mark(char) or char in ALEF or unicodedata.bidirectional(char) == "BN")


def _divide(
    clusters: list[_Cluster], span: tuple[int, int], level: int, runs: tuple[int, ...], tags: list[Tag]
) -> None:
    """Give each cluster of `span` the direction runs around it. A run where nothing is drawn becomes no box."""
    index, end = span
    while index < end:
        stop = index
        while stop < end and clusters[stop].level > level:
            stop += 1
        if stop == index:
            clusters[index].runs = runs
            index += 1
            continue
        if any(cluster.is_visible for cluster in clusters[index:stop]):
            inner = min(cluster.level for cluster in clusters[index:stop])
            around = runs
            if (inner - level) % 2 and not (level % 2 and _is_plain_number(clusters, index, stop)):
                tags.append(Tag("span", direction=_direction(inner)))
                around = (*runs, len(tags) - 1)
            _divide(clusters, (index, stop), inner, around, tags)
        index = stop


def _direction(level: int) -> Direction:
    return Direction.RTL if level % 2 else Direction.LTR


def _is_plain_number(clusters: list[_Cluster], start: int, stop: int) -> bool:
    """Return whether these are digits that resolve to their level in any right-to-left box, wherever a line begins."""
    run = clusters[start:stop]
    kinds = {cluster.bidi_class for cluster in run} - {"CS"}
    if kinds not in ({"AN"}, {"EN"}) or "CS" in (run[0].bidi_class, run[-1].bidi_class):
        return False
    if any((cluster.elements, cluster.level) != (run[0].elements, run[0].level) for cluster in run):
        return False
    before = [cluster.bidi_class for cluster in reversed(clusters[max(0, start - 2) : start])]
    after = [cluster.bidi_class for cluster in clusters[stop : stop + 2]]
    for near, far in ((*before, "", "")[:2], (*after, "", "")[:2]):
        if near in ("EN", "AN", "BN") or (near == "CS" and far in ("EN", "AN")):
            return False
        if near in ("ES", "ET") and kinds == {"EN"}:
            return False
    return True


@cache
def _bidi_class(char: str) -> str:
    """Return the bidirectional class of a character. Isolates are boxes of their own, so here they have no effect."""
    return unicodedata.bidirectional(char) if char and char not in ISOLATES else "BN"


def _cut(clusters: Sequence[_Cluster]) -> list[list[_Cluster]]:
    """Divide the clusters at breaks, and remove the space at the ends of each part."""
    parts: list[list[_Cluster]] = [[]]
    for cluster in clusters:
        if isinstance(cluster.atom, Break):
            parts.append([])
        else:
            parts[-1].append(cluster)
    for part in parts:
        visible = [cluster for cluster in part if cluster.is_visible]
        for cluster in visible[:1] + visible[1:][-1:]:
            if cluster.drawn == " ":
                cluster.text, cluster.drawn = cluster.text.rstrip(" "), ""
    return parts


def _leaves(part: Sequence[_Cluster], tags: Sequence[Tag], base: Direction) -> list[Leaf]:
    boxes = _boxes(part, tags, base)
    for line in _lines(boxes):
        for before, after in pairwise(line):
            if before.direction is after.direction and letters_join(before.drawn, after.drawn):
                before.drawn += ZWJ
                after.drawn = ZWJ + after.drawn
    return [Leaf(_html(box), box.first.elements, box.first.runs or ()) for box in boxes]


def _lines(boxes: Iterable[_TextBox]) -> list[list[_TextBox]]:
    """Return the boxes with text in lists, one for each line that is ended by force."""
    lines: list[list[_TextBox]] = [[]]
    for box in boxes:
        atom = box.first.atom
        if atom is None:
            lines[-1].append(box)
        elif isinstance(atom, Atom) and atom.ends_line:
            lines.append([])
    return lines


def _boxes(part: Sequence[_Cluster], tags: Sequence[Tag], base: Direction) -> list[_TextBox]:
    """Merge clusters with the same elements and runs. The text of undrawn clusters is added to the box before them."""
    boxes: list[_TextBox] = []
    waiting = ""
    for cluster in part:
        last = boxes[-1] if boxes and not boxes[-1].first.atom else None
        if cluster.runs is None or not (cluster.drawn or cluster.atom):
            if last:
                last.text += cluster.text
            else:
                waiting += cluster.text
        elif last and not cluster.atom and (cluster.elements, cluster.runs) == (last.first.elements, last.first.runs):
            last.clusters.append(cluster)
            last.text += cluster.text
        else:
            direction = Direction(tags[cluster.runs[-1]].direction) if cluster.runs else base
            boxes.append(_TextBox([cluster], direction, "" if cluster.atom else waiting + cluster.text))
            waiting = waiting if cluster.atom else ""
    for box in boxes:
        box.drawn = _resolve(box)
    return boxes


def _resolve(box: _TextBox) -> str:
    """Return the drawn text of a box, with overrides in the rare case that alone it resolves to other levels."""
    text = "".join(cluster.drawn for cluster in box.clusters)
    if not text.strip():  # WeasyPrint does not draw white space alone, and extracted words would run together
        return _MARK[box.direction] + text
    met = {(cluster.bidi_class, cluster.level) for cluster in box.clusters}
    if all(_resolves_anywhere(kind, level, box.direction) for kind, level in met):
        return text
    alone, place = resolve_levels(text, box.direction), 0
    for cluster in box.clusters:
        if (alone[place] - cluster.level) % 2:
            break
        place += len(cluster.drawn)
    else:
        return text
    pieces, before = [], box.direction
    words = [(part, _direction(each.level)) for each in box.clusters for part in _SPACE_BETWEEN.split(each.drawn)]
    for (direction, space), same in groupby(words, lambda each: (each[1], each[0] == " ")):
        # Each word has its own override, as the line may end at any space. A mark separates a number from its
        # neighbour, which would be reordered together with it.
        word = "".join(part for part, _ in same)
        mark = _MARK[direction]
        pieces.append("" if direction is before else _MARK[box.direction])
        pieces.append(f"{mark}{word}{mark}" if space else f"{_OVERRIDE[direction]}{word}\u202c")
        before = direction
    return "".join(pieces)


def _resolves_anywhere(kind: str, level: int, direction: Direction) -> bool:
    """Return whether a bidirectional class always resolves to `level` in a box of this direction."""
    if direction is Direction.LTR:
        return kind not in ("R", "AL", "AN")
    return kind == "CS" or (kind != "L" and level % 2 != (kind in ("AN", "EN")))


def _html(box: _TextBox) -> str:
    atom = box.first.atom
    if isinstance(atom, Atom):
        return atom.html
    drawn = escape(box.drawn, quote=False)
    return drawn if box.drawn == box.text else f'<span data-text="{escape(box.text)}">{drawn}</span>'
