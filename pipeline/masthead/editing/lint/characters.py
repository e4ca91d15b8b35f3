"""Rules about letters and digits: of the wrong script or set, invisible ones, look-alikes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from masthead.document import Digits, Direction, Finding, Language, Rules, Severity, numbers
from masthead.editing.lint.manuscript import Manuscript
from masthead.page import reorder, resolve_levels

RULES = Rules[Manuscript]()

_DIGITS = "0-9٠-٩۰-۹"
_PERSIAN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_NUMBER = re.compile(rf"[{_DIGITS}]++(?:[.,/٫٬][{_DIGITS}]++)*+")
_SETS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"
LATIN = "A-Za-z\u00c0-\u024f"
CYRILLIC = "\u0400-\u04ff"
_GREEK = "\u0370-\u03ff"
_MIXED = re.compile(rf"[{LATIN}][{CYRILLIC}{_GREEK}]|[{CYRILLIC}][{LATIN}{_GREEK}]|[{_GREEK}][{LATIN}{CYRILLIC}]")
_JOINS = "letters join without it; remove it unless it is intended"
_SHOWN = 24  # characters on either side of a control that a message shows
_CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # of UAX #9


@RULES.rule("digits-mixed", Severity.ERROR, wrong="عام ٢٠1٧", right="عام ٢٠١٧")
def digits_mixed(manuscript: Manuscript) -> Iterator[Finding]:
    """The digits of a number are all from one set: 0–9, or ٠–٩ in Arabic."""
    digits = manuscript.document.digits
    for span, found in manuscript.matches(_NUMBER):
        if sum(any(digit in found[0] for digit in digit_set) for digit_set in _SETS) > 1:
            fix = digits.shape(found[0].translate(_PERSIAN))
            yield span.finding(f"the number {found[0]} mixes two sets of digits", fix=fix)


@RULES.rule("digits-foreign", Severity.WARNING, wrong="في عام 2017", right="في عام ٢٠١٧")
def digits_foreign(manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers in the text use the digits of the document, except in symbols and beside Latin letters.

    A number that can be read in two ways is not corrected.
    """
    arabic = manuscript.document.digits is Digits.ARABIC_INDIC
    wholes = {
        (unit.place, at): each for unit, each in manuscript.numbers for at in range(each.start, each.end)
    }  # a number with groups of digits is one
    seen = set()
    for span, found in manuscript.matches(_NUMBER):
        used = [at for at, digit_set in enumerate(_SETS) if any(digit in found[0] for digit in digit_set)]
        if used == [1 if arabic else 0] or len(used) > 1:
            continue
        whole = wholes.get((span.unit.place, span.start))
        is_latin = (whole and whole.is_machine) or _beside_latin(found.string, found.start(), found.end())
        if arabic and used == [0] and is_latin:
            continue
        if whole:
            if (span.unit.place, whole.start) in seen:
                continue
            seen.add((span.unit.place, whole.start))
            span = manuscript.span(span.unit, whole.start, whole.end)
        fix = manuscript.document.digits.shape(span.text.translate(_PERSIAN))
        if whole and numbers.is_turned(span.text, whole.printed):
            fix = whole.printed
        message = f"the number {span.text} does not use the digits of the document"
        if whole and numbers.is_ambiguous(span.text):
            yield span.finding(message, f"write {fix} if it is clear what it means")
        else:
            yield span.finding(message, fix=fix)


def _beside_latin(text: str, start: int, end: int) -> bool:
    """Whether the nearest letter on either side is a Latin letter or a masked symbol."""
    before = re.search(r"[^\W\d_]|\0", text[max(0, start - _SHOWN) : start][::-1])
    after = re.search(r"[^\W\d_]|\0", text[end : end + _SHOWN])
    return any(found and re.match(rf"[{LATIN}\0]", found[0]) for found in (before, after))


@RULES.rule("tatweel", Severity.WARNING, wrong="الجمعيـــة", right="الجمعية")
def tatweel(manuscript: Manuscript) -> Iterator[Finding]:
    """Words are not stretched by tatweel (U+0640): it breaks searches, and typesetting justifies lines without it."""
    for span, _ in manuscript.matches(re.compile(rf"(?<=[{ARABIC}\u064b-\u0652])\u0640++(?=[{ARABIC}\u064b-\u0652])")):
        yield span.finding("tatweel inside a word", fix="")


@RULES.rule("presentation-form", Severity.ERROR, wrong="ﻻ تزال", right="لا تزال")
def presentation_form(manuscript: Manuscript) -> Iterator[Finding]:
    """Arabic is written in letters, not in presentation forms (U+FB50–FDFF, U+FE70–FEFC)."""
    pattern = re.compile(r"[\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]++")
    for span, found in manuscript.matches(pattern):
        fix = unicodedata.normalize("NFKC", found[0])
        message = f"a presentation form instead of the letters {fix}"
        yield span.finding(message, "it cannot be searched or read aloud", fix)


@RULES.rule("invisible", Severity.WARNING, wrong="rain\\u200bwater", right="rainwater")
def invisible(manuscript: Manuscript) -> Iterator[Finding]:
    """The text has no invisible characters: zero-width spaces and joiners, soft hyphens, byte order marks. Persian and
    other languages in Arabic letters write the zero-width non-joiner."""
    joined = manuscript.document.language.script == "Arab" and manuscript.document.language is not Language.ARABIC
    for span, found in manuscript.matches(re.compile("[\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2064\ufeff\ufffc]")):
        if joined and found[0] == "\u200c":
            continue
        name = unicodedata.name(found[0], "a separator").lower()
        hints = {"\u200c": _JOINS, "\u200d": _JOINS, "\u200b": "remove it, or write a space if it parts two words"}
        hint, is_certain = hints.get(found[0], "remove it"), found[0] not in hints
        yield span.finding(f"invisible character U+{ord(found[0]):04X}, {name}", hint, "" if is_certain else None)


@RULES.rule("bidi-control", Severity.ERROR, wrong="see \\u202eA/71/119", right="see A/71/119")
def bidi_control(manuscript: Manuscript) -> Iterator[Finding]:
    """The text has no bidirectional control characters: typesetting isolates text of the other direction."""
    base = manuscript.document.language.direction
    for span, found in manuscript.matches(re.compile(f"[{_CONTROLS}]")):
        near = span.unit.text[max(0, found.start() - _SHOWN) : found.end() + _SHOWN]
        clean = near.replace(found[0], "")
        shown, meant = _seen(near, base), _seen(clean, base)
        effect = f"the line would show “{shown}” instead of “{meant}”" if shown != meant else "it has no effect here"
        name = unicodedata.name(found[0]).lower().replace("arabic", "Arabic")
        yield span.finding(f"U+{ord(found[0]):04X}, {name}: {effect}", "remove it")


def _seen(text: str, base: Direction) -> str:
    """The characters of `text` as a line shows them from left to right (UAX #9, L2), without control characters."""
    return "".join(char for char in reorder(text, resolve_levels(text, base)) if char not in _CONTROLS)


@RULES.rule("look-alike", Severity.ERROR, wrong="Cоuncil (Cyrillic о)", right="Council")
def look_alike(manuscript: Manuscript) -> Iterator[Finding]:
    """All letters of a word are from one script: a Cyrillic а in a Latin word looks right, but no search finds it."""
    for span, found in manuscript.matches(_MIXED):
        word = _word(found)
        yield span.finding(f"letters of two scripts in “{word}”: {_named(found[0])}", "type the word again")
    language = manuscript.document.language
    if language is Language.RUSSIAN:
        alone = re.compile(r"(?<![\w(])[acekopxyABCEHKMOPTX](?= [\u0400-\u04ff])")
    elif language is Language.ARABIC:
        alone = re.compile("[\u06a9\u06cc\u06c1\u06be\u06d5\u06d2]")
    else:
        near = f"{LATIN}\u0400-\u04ff"
        alone = re.compile(f"[\u0400-\u04ff](?=/)|(?<![{near}])[аеорсухАВЕКМНОРСТХ](?![{near}])")
    for span, found in manuscript.matches(alone):
        fix = "ك" if found[0] == "\u06a9" else None
        yield span.finding(f"a letter of another script or language: {_named(found[0])}", "type it again", fix)
    for span, found in manuscript.matches(re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]++")):
        yield span.finding(f"full-width letters or digits: {found[0]}", fix=unicodedata.normalize("NFKC", found[0]))


def _word(found: re.Match[str]) -> str:
    """The word around a match."""
    before = re.search(r"\w{0,30}\Z", found.string[max(0, found.start() - 30) : found.start()])
    after = re.match(r"\w{0,30}", found.string[found.end() : found.end() + 30])
    return f"{before[0] if before else ''}{found[0]}{after[0] if after else ''}"


def _named(letters: str) -> str:
    return ", ".join(f"{letter} ({unicodedata.name(letter, 'unknown').lower()})" for letter in letters)


@RULES.rule("letter-in-number", Severity.ERROR, wrong="7 4O5", right="7 405")
def letter_in_number(manuscript: Manuscript) -> Iterator[Finding]:
    """A number has digits only: no letters O, I or l that look like 0 and 1."""
    pattern = re.compile(r"(?<![\w./-])\d[\d., ]{0,12}[OoIl][\dOoIl., ]{0,12}(?<=[\dOoIl])(?![\w/-])")
    for span, found in manuscript.matches(pattern):
        is_counted = re.fullmatch(r"\d+\.I+", found[0]) or re.search(" [OoIl]|[OoIl] ", found[0])  # figure 10.II
        if sum(each.isdigit() for each in found[0]) > 1 and not is_counted:
            fix = found[0].translate(str.maketrans("OoIl", "0011"))
            yield span.finding(f"“{found[0]}” has letters among its digits", f"did you mean {fix}?")


@RULES.rule("stray-vowel", Severity.WARNING, wrong="في ًالقرار", right="في القرار")
def stray_vowel(manuscript: Manuscript) -> Iterator[Finding]:
    """A vowel sign is on a letter, and is not repeated."""
    pattern = re.compile(rf"(?<![{ARABIC}\u064b-\u0652\u0670\u0640])[\u064b-\u0652]|([\u064b-\u0650\u0652])\1")
    for span, found in manuscript.matches(pattern):
        yield span.finding(f"a vowel sign without a letter: {_named(found[0][-1])}", "remove it")


@RULES.rule("not-composed", Severity.WARNING, wrong="re\\u0301solution", right="résolution")
def not_composed(manuscript: Manuscript) -> Iterator[Finding]:
    """Letters with accents are single characters (Unicode normalization form C), as searches expect."""
    for span, found in manuscript.matches(re.compile(r"\w[\u0300-\u0345\u0653-\u0655]++")):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield span.finding(f"{composed} is written as two characters", fix=composed)
