"""What each glyph of a font can stand for, by the font's own `cmap` and `GSUB`.

A substitution passes on what its input glyphs stand for; one under `init`, `medi`, `fina` or `isol` adds the form
(OpenType, "Features for Arabic"). Where one glyph becomes several, the first is the letter and the rest are pieces of
it: dots, strokes, tatweel. Contextual lookups only call others, which are all read: so the answer is what a glyph *can*
stand for.
"""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

from masthead.document import cache
from masthead.pdf.glyphs.meanings import FORMS, PIECE, TATWEEL, Meaning, Reading
from masthead.typesetting import Face

_LONGEST = 4  # letters in a ligature: longer sequences are rows of strokes
_OWN_FORMS = {"INITIAL": "init", "MEDIAL": "medi", "FINAL": "fina", "ISOLATED": "isol"}
_FORM_CODES = ("", *sorted(FORMS))
_NEXT_GLYPH, _READING = "\ufdd0", "\ufdd1"  # no characters, so no reading has them


class ClosureTable(TypedDict):
    """A closure as it is cached, by glyph number. `advances` are in font units, `unit` of which are an em.

    A reading is written as pairs of a character and the place of its form in `_FORM_CODES`. Those of a glyph, and those
    of all glyphs, are one text, since Python reads one long text sooner than thousands of short ones.
    """

    unit: int
    advances: list[int]
    readings: str


class Closure:
    """What the glyphs of one font can stand for, and their advances in thousandths of the size, by glyph number."""

    def __init__(self, table: ClosureTable) -> None:
        self._readings = table["readings"].split(_NEXT_GLYPH)
        self._advances, self._scale = table["advances"], 1000 / table["unit"]
        self._meanings: dict[int, Meaning] = {}

    def advance(self, number: int) -> float:
        return self._advances[number] * self._scale if number < len(self._advances) else 0.0

    def readings(self, number: int) -> frozenset[Reading]:
        written = self._readings[number] if number < len(self._readings) else ""
        return frozenset(map(_reading, written.split(_READING)[1:]))

    def meaning(self, number: int) -> Meaning:
        if number not in self._meanings:
            self._meanings[number] = Meaning(self.readings(number))
        return self._meanings[number]


@lru_cache(maxsize=16)  # the faces of one project
def of_face(face: Face) -> Closure:
    """Return the closure of a face: from the user's cache, or computed and cached there; once in a process.

    Its name in the cache has the hashes of the font and of this module: so a change of either makes it again.
    """
    name = f"closures/{face.sha256[:32]}-{_version()}.json"
    found = cache.read(name)
    if found is None:
        table = close(face.path.read_bytes())
        found = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        cache.write(name, found)
    return Closure(json.loads(found))


@lru_cache
def _version() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]


def close(data: bytes) -> ClosureTable:
    """Compute the closure of a font from its file."""
    from fontTools.ttLib import TTFont  # slow to import, and rarely needed

    font = TTFont(io.BytesIO(data), lazy=True)
    found: dict[str, set[Reading]] = defaultdict(set)
    names = font.getBestCmap()
    if 0x2010 in names:
        names.setdefault(0x2011, names[0x2010])  # HarfBuzz draws a non-breaking hyphen so if the font lacks it
    for code, name in names.items():
        char = chr(code)
        if not _is_presentation_form(char):
            found[name].add(PIECE if char == TATWEEL else ((char, ""),))
    if "GSUB" in font:
        _close(found, list(_substitutions(font["GSUB"].table)))
    for code, name in names.items():
        # A text may have the form itself, as in U+FDF2 for the name of God. Ligatures keep only their letters.
        if _is_presentation_form(char := chr(code)) and all(len(reading) == 1 for reading in found.get(name, ())):
            found[name].add(((char, _OWN_FORMS[unicodedata.name(char).split(" ")[-2]]),))
    return {
        "unit": font["head"].unitsPerEm,
        "advances": [font["hmtx"].metrics[name][0] for name in font.getGlyphOrder()],
        "readings": _NEXT_GLYPH.join([*map(_all_written, map(found.get, font.getGlyphOrder()))]),
    }


def _all_written(readings: Iterable[Reading] | None) -> str:
    """Return the readings of a glyph as one text, each after a mark: that of a piece is empty."""
    return "".join([_READING + written for written in sorted(map(_written, readings or ()))])


def _written(reading: Reading) -> str:
    return "".join(f"{char}{_FORM_CODES.index(form)}" for char, form in reading)


def _reading(written: str) -> Reading:
    return tuple((char, _FORM_CODES[int(form)]) for char, form in zip(written[::2], written[1::2], strict=True))


def _is_presentation_form(char: str) -> bool:
    """Whether a character is a contextual form of letters, unlike the ornate brackets and signs in the same blocks."""
    compatible = "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefe"
    return compatible and unicodedata.name(char, "").endswith(" FORM")


Substitution = tuple[tuple[str, ...], tuple[str, ...], str]  # glyphs, what replaces them, form


def _substitutions(table: Any) -> Iterator[Substitution]:
    """Yield all substitutions but those of stylistic features, which apply only if a style sheet asks for them."""
    features: dict[int, set[str]] = defaultdict(set)
    for record in table.FeatureList.FeatureRecord:
        for index in record.Feature.LookupListIndex:
            features[index].add(record.FeatureTag)
    for index, lookup in enumerate(table.LookupList.Lookup):
        if features[index] and all(tag == "aalt" or tag[:2] in ("ss", "cv") for tag in features[index]):
            continue
        form = next(iter(features[index] & FORMS), "")
        for subtable in lookup.SubTable:
            for before, after in _pairs(getattr(subtable, "ExtSubTable", subtable)):
                yield before, after, form


def _pairs(subtable: Any) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield input and output glyphs by GSUB lookup type: 1 single, 2 multiple, 3 alternate, 4 ligature, 8 reverse."""
    match subtable.LookupType:
        case 1:
            yield from (((name,), (other,)) for name, other in subtable.mapping.items())
        case 2:
            yield from (((name,), tuple(others)) for name, others in subtable.mapping.items())
        case 3:
            yield from (((name,), (other,)) for name, others in subtable.alternates.items() for other in others)
        case 4:
            for first, ligatures in subtable.ligatures.items():
                yield from (((first, *ligature.Component), (ligature.LigGlyph,)) for ligature in ligatures)
        case 8:
            yield from (((name,), (o,)) for name, o in zip(subtable.Coverage.glyphs, subtable.Substitute, strict=True))


def _close(found: dict[str, set[Reading]], substitutions: list[Substitution]) -> None:
    """Pass readings on until nothing new is found.

    What `cmap` and the features of forms say directly is settled: a contextual lookup that puts a letter's medial glyph
    in the place of its final one does not make it a final form.
    """
    uses: dict[str, list[Substitution]] = defaultdict(list)
    for substitution in substitutions:
        for name in substitution[0]:
            uses[name].append(substitution)
    for name in list(found):
        for before, after, form in uses[name]:
            if form and before == (name,):
                found[after[0]] |= _formed(found[name], form)
    settled = {name: {_chars(reading) for reading in readings} for name, readings in found.items()}
    waiting = list(found)
    while waiting:
        for before, after, form in uses[waiting.pop()]:
            if not all(found.get(name) for name in before):
                continue
            new = _formed(_joined(found, before), form)
            for name, readings in zip(after, [new, *[{PIECE}] * len(after)], strict=False):
                known = settled.get(name, ())
                fresh = {reading for reading in readings - found[name] if _chars(reading) not in known}
                if fresh:
                    found[name] |= fresh
                    waiting.append(name)


def _chars(reading: Reading) -> str:
    return "".join(char for char, _ in reading)


def _formed(readings: set[Reading], form: str) -> set[Reading]:
    return {tuple((char, own or form) for char, own in reading) for reading in readings} if form else readings


def _joined(found: dict[str, set[Reading]], names: tuple[str, ...]) -> set[Reading]:
    """Return what a sequence of glyphs stands for together."""
    joined = found[names[0]]
    for name in names[1:]:
        joined = {(*left, *right) for left in joined for right in found[name] if len(left) + len(right) <= _LONGEST}
    return joined
