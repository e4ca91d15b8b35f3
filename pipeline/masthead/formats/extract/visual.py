"""Right-to-left text from pdftotext, brought into logical order.

pdftotext reads a line from the right and wraps it in embedding characters. Left-to-right runs in it, including numbers,
keep their visual order, wrapped in embedding characters of their own together with any signs that touch them on the
left. So the line is first read from right to left throughout; then the runs that UAX #9 displays from left to right are
reversed: words in other scripts with everything between them, and numbers.

In a document that runs from left to right only its right-to-left words are wrapped, with the signs beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

_RLE, _LRE, _POP = "\u202b", "\u202a", "\u202c"
_MARKS = re.compile(f"[{_RLE}{_LRE}{_POP}]")
# What is displayed from left to right, by bidi class (UAX #9, W4 to N1): words with all between them, and numbers with
# one separator between two of a kind.
_WORDS = re.compile(r"[LE][LECSTN]*[LE]|L")
_NUMBERS = re.compile(r"T*E(?:[CS]?E)*T*|A(?:C?A)*")
_LOOSE = re.compile(r" (?=[\u064b-\u0652])")  # space before a combining sign, which belongs to the letter before
_NOTE = re.compile(r"\([٠-٩]\)\s+|\*+\s+")
_AROUND = re.compile(r"(?P<right>\W*)(?P<words>\w.*?)(?P<left>[^\w\u064b-\u0652]*)")
_STOP = re.compile(r"^([.,;:]+)(\w.*)$")  # it ends a right-to-left line whose words are all left-to-right
_CLASSES = {"L": "L", "EN": "E", "AN": "A", "R": "R", "AL": "R", "NSM": "R", "CS": "C", "ES": "S", "ET": "T"}


def is_visual(text: str) -> bool:
    """Return whether a text runs from right to left: most of its letters are between the characters of pdftotext."""
    if _RLE not in text:
        return False
    classes = Counter(map(unicodedata.bidirectional, text))
    return classes["R"] + classes["AL"] > classes["L"]


def is_embedding(character: str) -> bool:
    """Return whether a character is one of these embedding characters."""
    return character in (_RLE, _LRE, _POP)


def logical(line: str) -> str:
    """Return a line in logical order. Separate chunks, such as cells of a table, follow from right to left."""
    pieces: list[str] = []
    end = 0
    for start, stop in _groups(line):
        pieces += [line[end:start], _group(line[start:stop])]
        end = stop
    return _LOOSE.sub("", _MARKS.sub("", "".join(reversed((*pieces, line[end:]))) if pieces else line))


def plain(line: str) -> str:
    """Return a line that runs from left to right, with its right-to-left words in logical order."""
    pieces: list[str] = []
    end = 0
    for start, stop in _groups(line):
        around = _AROUND.fullmatch(_MARKS.sub("", line[start:stop]))
        # The signs beside the words are wrapped with them: those at the right come first.
        before, after = (around["left"][::-1], around["right"][::-1]) if around else ("", "")
        inner = _group(f"{_RLE}{around['words']}{_POP}") if around else _group(line[start:stop])
        pieces += [line[end:start], before, inner, after]
        end = stop
    return _MARKS.sub("", "".join((*pieces, line[end:]))) if pieces else line


def _groups(line: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the outermost embeddings. One that is not closed extends to the end of the line."""
    depth = start = 0
    for mark in _MARKS.finditer(line):
        if not depth and mark[0] == _RLE:
            start, depth = mark.start(), 1
        elif depth:
            depth += -1 if mark[0] == _POP else 1
            if not depth:
                yield start, mark.end()
    if depth:
        yield start, len(line)


def _group(group: str) -> str:
    """Return an embedding in logical order."""
    from_right = "".join(
        part[::-1] if place % 2 else part
        for place, part in enumerate(re.split(f"{_LRE}([^{_POP}]*){_POP}?", group.replace(_RLE, "")))
    )
    from_right = _MARKS.sub("", from_right)
    classes = "".join(_CLASSES.get(unicodedata.bidirectional(character), "N") for character in from_right)
    if "R" not in classes and "L" in classes:  # all of it is left-to-right, except the mark of a note
        mark = _NOTE.match(from_right)
        length = mark.end() if mark else 0
        return from_right[:length] + _STOP.sub(r"\2\1", from_right[length:][::-1])
    if "R" not in classes and "A" not in classes:
        return from_right[::-1]
    done: list[str] = []
    end = 0
    for start, stop in _stretches(classes):
        done += [from_right[end:start], from_right[start:stop][::-1]]
        end = stop
    return "".join(done) + from_right[end:]


def _stretches(classes: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that are displayed from left to right."""
    end = 0
    for words in _WORDS.finditer(classes):
        if "L" in words[0]:
            yield from (found.span() for found in _NUMBERS.finditer(classes, end, words.start()))
            yield words.span()
            end = words.end()
    yield from (found.span() for found in _NUMBERS.finditer(classes, end))
