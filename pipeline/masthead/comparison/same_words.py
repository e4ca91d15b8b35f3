"""What two programs write otherwise though the words are the same: only judged where a file is compared as text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from masthead.comparison.contents import UNREAD, PdfContents, TextBlock
from masthead.comparison.results import Difference, EditOperation, Layer

_LEADER = re.compile(r"[.․…·](?:\s?[.․…·]){3,}")
_NUMBERED = re.compile(rf"{_LEADER.pattern}\s*\d*")
_ADDED, _KEPT, _REMOVED = EditOperation.ADDED, EditOperation.KEPT, EditOperation.REMOVED
_NUMBER = re.compile(r"[\d.,()−–]*")
_RULE = re.compile(r"[\s_]*")
_NOTE = re.compile("note .* was moved")
_JOINER = re.compile("[\u200b\u200d\u2060\ufeff]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2011](?=\w)")
_NEAR = 8  # differences: a caption and its number, a table's head
_COLUMNS = 20  # in the widest head
_BAND = 18.0  # points from the first line of a page to the last one of its head, and so for its foot


_Line = tuple[int, str]  # its page and its text


def comparable(before: PdfContents, after: PdfContents) -> tuple[PdfContents, PdfContents]:
    """Return what two files show, without what only some programs write as text.

    That is: figures, and the words in them that the alternative text of the other file has; rules; leaders with their
    page numbers; heads of tables where they are repeated, in their cells or as artifacts, and the words of charts,
    between the head and the foot of a page. A line that only one program tags is left out of both if it is the same.
    """
    plain = _plain(before), _plain(after)
    alike: tuple[set[_Line], set[_Line]] = set(), set()
    for number, other in ((0, 1), (1, 0)):
        lines = {(page, _bare(line.text)) for page, found in plain[number].artifacts.items() for line in found}
        tagged, drawn = {*_tagged(plain[other])}, _figures((before, after)[other])
        alike[number].update(lines & tagged, (each for each in lines if _is_code(*each, drawn)))
        more = Counter(text for _, text in _tagged(plain[number])) - Counter(text for _, text in _tagged(plain[other]))
        alike[number].update(
            each for each in _tagged(plain[number]) if more[each[1]] and each[1] in drawn.get(each[0], "")
        )
        alike[other].update(lines & tagged)
    tagged_order = tuple(_without(side, same) for side, same in zip(plain, alike, strict=True))
    first, second = max(tagged_order, tuple(map(_by_page, tagged_order)), key=_likeness)
    return first, second


def _by_page(contents: PdfContents) -> PdfContents:
    """The contents page by page: some programs tag the rest of a divided row so, others cell by cell."""
    return replace(contents, blocks=tuple(sorted(contents.blocks, key=lambda block: block.page or 0)))


def _likeness(sides: Sequence[PdfContents]) -> int:
    """How many blocks two files have in the same order."""
    first, second = ([block.text for block in side.blocks] for side in sides)
    return sum(match.size for match in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())


def _tagged(contents: PdfContents) -> list[_Line]:
    return [(block.page or 0, _bare(block.text)) for block in contents.blocks]


def _figures(contents: PdfContents) -> Mapping[int, str]:
    """The alternative texts of the figures of each page."""
    found: dict[int, str] = defaultdict(str)
    for block in contents.blocks:
        if block.kind == "Figure":
            found[block.page or (block.drawings[0][0] if block.drawings else 0)] += _bare(block.text)
    return found


def _plain(contents: PdfContents) -> PdfContents:
    blocks = []
    dotted = {block.page for block in contents.blocks if _LEADER.search(block.text)}
    for block in contents.blocks:
        text = _once(block, " ".join(_NUMBERED.sub("", block.text).split()))
        is_page = block.page in dotted and text.isdecimal()
        if block.kind != "Figure" and not is_page and not _RULE.fullmatch(text):
            blocks.append(replace(block, text=text))
    artifacts = {page: tuple(_outer(lines, page)) for page, lines in contents.artifacts.items()}
    return replace(contents, blocks=tuple(_without_heads(blocks)), artifacts=artifacts)


def _without_heads(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """The blocks without the head of a table that comes again, directly after it, for the rows of the next page."""
    words = [(block.page or 0, block.text) for block in blocks]
    again: set[int] = set()
    for start in (each for each in range(2, len(words)) if words[each][0] == words[each - 1][0] + 1):
        for size in range(2, min(_COLUMNS, start) + 1):
            if words[start : start + size] == [(page + 1, text) for page, text in words[start - size : start]]:
                again.update(range(start, start + size))
    return (block for place, block in enumerate(blocks) if place not in again)


def _once(block: TextBlock, text: str) -> str:
    """The text of a block; if it is the head of a table and has its words again for each page, once."""
    words, times = text.split(), len({line.page for line in block.lines})
    part = len(words) // max(times, 1)
    is_again = times > 1 and not UNREAD.search(text) and words == words[:part] * times
    return " ".join(words[:part]) if is_again else text


def _outer(lines: Sequence[TextBlock], page: int) -> Iterator[TextBlock]:
    """The artifacts of a page that are its head and its foot. The first page has a masthead."""
    places = [line.lines[0].box[1] for line in lines]
    for line, place in zip(lines, places, strict=True):
        is_outer = place - min(places) < _BAND or max(places) - place < _BAND
        if (page == 1 or is_outer) and not _RULE.fullmatch(_NUMBERED.sub("", line.text)):
            yield line


def _is_code(page: int, line: str, drawn: Mapping[int, str]) -> bool:
    """Whether a line is a barcode set in a font: the other file draws it, and says what it is."""
    code = line.strip("*")
    return code != line and bool(code) and code in drawn.get(page, "")


def _without(contents: PdfContents, same: set[tuple[int, str]]) -> PdfContents:
    artifacts = {
        page: tuple(line for line in lines if (page, _bare(line.text)) not in same)
        for page, lines in contents.artifacts.items()
    }
    blocks = tuple(block for block in contents.blocks if (block.page or 0, _bare(block.text)) not in same)
    return replace(contents, blocks=blocks, artifacts=artifacts)


def tolerated(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences of text, with those tolerated that change no words.

    Programs divide text into blocks and words otherwise, so words that are removed and added again close by have not
    changed. They put notes at their calls or at the end of a page.
    """
    found = list(differences)
    texts = [place for place, each in enumerate(found) if each.layer is Layer.TEXT and not each.tolerated]
    open_texts = [found[place] for place in texts]
    alike = {number for number, each in enumerate(open_texts) if _is_alike(each) or _NOTE.fullmatch(each.message)}
    alike |= {*_divided(open_texts, alike)}
    for number in alike:
        found[texts[number]] = replace(open_texts[number], tolerated=True)
    return found


def same_pieces(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two heads have the same words, divided or ordered otherwise, as on a page that is turned."""
    few, many = sorted((one, other), key=len)
    whole = "".join(few)
    return len(whole) == len("".join(many)) and all(piece in whole for piece in many)


def _bare(text: str) -> str:
    """A text without spaces and joiners, and without hyphens between letters, which are lost at line ends."""
    return _HYPHEN.sub("", "".join(_JOINER.sub("", text).split())).replace("\u2011", "-")


def _letters(difference: Difference, *operations: EditOperation) -> str:
    return _bare("".join(edit.text for edit in difference.edits if edit.operation in operations))


def _is_alike(difference: Difference) -> bool:
    """Whether both sides have the same letters in the same order."""
    return bool(difference.edits) and _letters(difference, _KEPT, _REMOVED) == _letters(difference, _KEPT, _ADDED)


def _divided(differences: Sequence[Difference], known: set[int]) -> Iterator[int]:
    """The differences that divide the same words otherwise: what one block loses, those close by gain, in its order.

    A number alone is more than words: in another cell it says something else.
    """
    left = [number for number in range(len(differences)) if number not in known and differences[number].edits]
    start = 0
    while start < len(left):
        removed = added = ""
        for end in range(start, min(start + _NEAR, len(left))):
            lost, gained = (_letters(differences[left[end]], operation) for operation in (_REMOVED, _ADDED))
            if lost and gained:
                break
            removed, added = removed + lost, added + gained
            if removed == added:
                if not _NUMBER.fullmatch(removed):
                    yield from left[start : end + 1]
                    start = end
                break
        start += 1
