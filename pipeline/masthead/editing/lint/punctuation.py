"""Rules about punctuation: marks, the spaces beside them, brackets, quotation marks, the apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from masthead.document import Finding, Language, Rules, Severity, model
from masthead.document.references import Unit
from masthead.editing.lint.characters import ARABIC, CYRILLIC, LATIN
from masthead.editing.lint.manuscript import MOST, Manuscript

RULES = Rules[Manuscript]()

_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "《": "》", "〈": "〉", "「": "」"}
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]++$"), re.compile(r"[^\W\d_]++")
_PREFIX = re.compile("[وف]?[بكل]?")
_LATIN_MARKS = {
    "،": ",",
    "؛": ";",
    "؟": "?",
    "，": ",",
    "；": ";",
    "：": ":",
    "。": ".",
    "、": ",",
    "？": "?",
    "！": "!",
}
_FOREIGN_QUOTES = re.compile('[“”„«»"]')
_SINGLE_QUOTES = re.compile(
    r"(?<![\w’'])(?:'(?=[^\s\d])[^'\n]{1,200}?(?<=\S)'|‘(?=[^\s\d])[^‘’\n]{1,200}?(?<=\S)’)(?!\w)"
)
_SHOWN = 40  # characters of a quotation in a message


@RULES.rule("doubled-space", Severity.WARNING, wrong="of the  Council", right="of the Council")
def doubled_space(manuscript: Manuscript) -> Iterator[Finding]:
    """There is one space between two words."""
    for span, _ in manuscript.matches(re.compile(r"(?<=\S)  +(?=\S)")):
        yield span.finding("more than one space between words", fix=" ")


@RULES.rule("space-before-mark", Severity.WARNING, wrong="their roofs ,", right="their roofs,")
def space_before_mark(manuscript: Manuscript) -> Iterator[Finding]:
    """There is no space before a punctuation mark or a closing bracket, except in French before `; : ! ?`."""
    marks = r",.)\]" if manuscript.document.language is Language.FRENCH else r",;:.?!)\]،؛؟，；：。"
    for span, _ in manuscript.matches(re.compile(rf"(?<=[^\s,;:.]) (?=[{marks}](?:[\s\0]|$)|[)\]][{marks}])")):
        yield span.finding("space before a punctuation mark", fix="")
    for span, found in manuscript.matches(re.compile(r"(?<=[^\s,;:.]) [,;،؛](?=[^\W\d_])")):
        yield span.finding("space before a punctuation mark, and none after it", fix=f"{found[0].strip()} ")


@RULES.rule("space-missing", Severity.WARNING, wrong="les villes;", right="les villes ;")
def space_missing(manuscript: Manuscript) -> Iterator[Finding]:
    """A comma or semicolon between words is followed by a space. French also has a space before `; : ! ?` and inside
    `« »`."""
    if manuscript.document.language is Language.CHINESE:
        return
    for span, found in manuscript.matches(re.compile(r"(?<=[^\W\d_])[,;،؛](?=[^\W\d_])")):
        yield span.finding("no space after the punctuation mark", fix=f"{found[0]} ")
    if manuscript.document.language is Language.ENGLISH:
        for span, _ in manuscript.matches(re.compile(r"(?<![^\W\d_])(?:Nos?|vols?|paras?)\.(?=\d)")):
            yield span.finding(f"no space after “{span.text}”", fix=f"{span.text} ")
    if manuscript.document.language is Language.FRENCH:
        for span, found in manuscript.matches(re.compile(r"(?<=[^\W\d_])[;:!?»](?!\S)|«(?=\w)")):
            side, spaced = ("after", "« ") if found[0] == "«" else ("before", f" {found[0]}")
            yield span.finding(f"no space {side} “{found[0]}”", fix=spaced)


@RULES.rule("reference-space", Severity.WARNING, wrong="shown in[](#costs)", right="shown in [](#costs)")
def reference_space(manuscript: Manuscript) -> Iterator[Finding]:
    """There is a space between a word and a reference to a label.

    In Arabic, conjunctions and prepositions of one letter are joined to it.
    """
    if manuscript.document.language is Language.CHINESE:
        return
    for unit in manuscript.units:
        for start, end in _label_links(unit):
            before, after = _LAST_WORD.search(unit.text[:start]), _FIRST_WORD.match(unit.text[end:])
            if before and not (manuscript.document.language is Language.ARABIC and _PREFIX.fullmatch(before[0])):
                yield manuscript.span(unit, before.start(), start).finding("no space before the reference", "add it")
            if after:
                yield manuscript.span(unit, end, end + len(after[0])).finding("no space after the reference", "add it")


def _label_links(unit: Unit) -> Iterator[tuple[int, int]]:
    """Yield the spans of the references to labels in a unit's text, of those that are more than their own words."""
    at = 0
    for inline in model.inlines(unit.content):
        length = len(model.characters(inline))
        if isinstance(inline, model.Hyperlink) and inline.address.startswith("#") and inline.text[-1:].isdecimal():
            yield at, at + length
        at += length


@RULES.rule("doubled-mark", Severity.WARNING, wrong="the roofs,,", right="the roofs,")
def doubled_mark(manuscript: Manuscript) -> Iterator[Finding]:
    """Punctuation marks are not repeated; there is no comma or semicolon beside another mark."""
    pattern = re.compile(
        r"[,;،؛，；：] ?[,;:،؛，；：。]|[,;،؛]\.|(?<=[^\s.])\.\.(?!\.)"
    )  # two dots alone mean that a figure is not available
    for span, found in manuscript.matches(pattern):
        yield span.finding(f"two punctuation marks in a row: “{found[0]}”", "keep the intended one")


@RULES.rule("punctuation-script", Severity.WARNING, wrong="النساء, والأطفال", right="النساء، والأطفال")
def punctuation_script(manuscript: Manuscript) -> Iterator[Finding]:
    """Arabic and Chinese use their own punctuation marks; Latin marks occur only among Latin letters."""
    marks: dict[str, str] = manuscript.words.get("punctuation", {})
    if not marks:
        return
    letters = ARABIC if manuscript.document.language is Language.ARABIC else "\u4e00-\u9fff》”）"
    signs = "".join(map(re.escape, marks))
    pattern = re.compile(rf"(?<=[{letters}\u064b-\u0652])[{signs}](?=[\s\0{letters}]|$)")
    found_marks = [manuscript.matches(pattern)]
    if manuscript.document.language is Language.ARABIC:
        after_number = rf"(?<=[٠-٩])[{signs}](?=\s|$)|(?<=[0-9])[{signs}](?=\s[{ARABIC}])"
        found_marks.append(manuscript.matches(re.compile(after_number)))
    for span, found in chain.from_iterable(found_marks):
        right = marks[found[0]]
        yield span.finding(f"Latin punctuation mark “{found[0]}” instead of “{right}”", fix=right)


@RULES.rule("mark-script", Severity.WARNING, wrong="the roofs، and", right="the roofs, and")
def mark_script(manuscript: Manuscript) -> Iterator[Finding]:
    """Languages in Latin or Cyrillic letters have no Arabic or Chinese punctuation marks between their letters."""
    if manuscript.document.language in (Language.ARABIC, Language.CHINESE):
        return
    for span, found in manuscript.matches(re.compile(rf"(?<=[{LATIN}{CYRILLIC}\d])[{''.join(_LATIN_MARKS)}]")):
        yield span.finding(f"“{found[0]}” is a mark of another script", fix=_LATIN_MARKS[found[0]])


@RULES.rule("double-hyphen", Severity.NOTE, wrong="the roofs -- and", right="the roofs – and")
def double_hyphen(manuscript: Manuscript) -> Iterator[Finding]:
    """A dash is one character."""
    for span, found in manuscript.matches(re.compile(r"(?<=[^\s!-]) ?-{2,3} ?(?=[^\s>-])")):
        yield span.finding(f"“{found[0].strip()}” is printed as it is", "write – or —")


@RULES.rule("brackets", Severity.WARNING, wrong="(see A/71/119", right="(see A/71/119)")
def brackets(manuscript: Manuscript) -> Iterator[Finding]:
    """Every opening bracket has a closing one in the same paragraph, and vice versa."""
    pattern = re.compile(r"[()\[\]{}（）《》〈〉「」]")
    for unit, text in manuscript.texts:
        opened: list[re.Match[str]] = []
        for found in pattern.finditer(text):
            if found[0] in _PAIRS:
                opened.append(found)
            elif opened and _PAIRS[opened[-1][0]] == found[0]:
                opened.pop()
            elif not _is_item_mark(found):
                span = manuscript.span(unit, found.start(), found.end())
                yield span.finding(f"“{found[0]}” has no opening bracket", "add it, or remove this one")
        for found in opened[:MOST]:
            span = manuscript.span(unit, found.start(), found.end())
            yield span.finding(f"“{found[0]}” is not closed", "close it, or remove it")


def _is_item_mark(found: re.Match[str]) -> bool:
    """Whether a closing bracket follows the letter or number of an item, as in `a) …`."""
    before = found.string[max(0, found.start() - 6) : found.start()]
    return found[0] == ")" and bool(re.search(r"(?:^|[\s,;])\w{1,4}\Z", before))


@RULES.rule("quotes", Severity.WARNING, wrong="the item “Gardens", right="the item “Gardens”")
def quotes(manuscript: Manuscript) -> Iterator[Finding]:
    """Every opening quotation mark has a closing one in the same paragraph.

    A quotation of several paragraphs opens at the beginning of each, and closes at the end of the last.
    """
    opening, closing = manuscript.words["quotes"]
    texts = [text for _, text in manuscript.texts]
    for (unit, text), following in zip(manuscript.texts, (*texts[1:], ""), strict=True):
        unclosed = text.count(opening) - text.count(closing)
        continues = unclosed == 1 and text.startswith(opening) and following.startswith(opening)
        if not unclosed or continues:
            continue
        mark = opening if text.count(opening) > text.count(closing) else closing
        at = text.rindex(mark)
        message = f"quotation mark {mark} without its counterpart"
        yield manuscript.span(unit, at, at + 1).finding(message, "add the other, or remove this one")


@RULES.rule("quote-form", Severity.WARNING, wrong='the item "Gardens"', right="the item “Gardens”")
def quote_form(manuscript: Manuscript) -> Iterator[Finding]:
    """Quotation marks are those of the language: “ ” in English, Spanish and Chinese, « » in French and Russian,
    ” “ in Arabic."""
    opening, closing = manuscript.words["quotes"]
    letter = ARABIC if manuscript.document.language is Language.ARABIC else LATIN
    turned = re.compile(rf"(?<![^\s(]){closing}(?=[{letter}])")
    for unit, text in manuscript.texts:
        inside = opening in text
        for found in _FOREIGN_QUOTES.finditer(text):
            if found[0] not in (opening, closing) and (found[0] == '"' or not inside):
                span = manuscript.span(unit, found.start(), found.end())
                message = f"quotation mark {found[0]} is not used in this language"
                yield span.finding(message, f"write {opening} {closing}")
                break
        else:
            if (first := turned.search(text)) is not None:
                span = manuscript.span(unit, first.start(), first.start() + 1)
                yield span.finding(f"{closing} begins a quotation", f"write {opening} {closing}")


@RULES.rule("quote-single", Severity.NOTE, wrong="the item 'Gardens'", right="the item “Gardens”")
def quote_single(manuscript: Manuscript) -> Iterator[Finding]:
    """Single quotation marks are only inside other quotation marks."""
    opening, closing = manuscript.words["quotes"]
    for unit, text in manuscript.texts:
        for found in islice(_SINGLE_QUOTES.finditer(text), MOST):
            is_curly = found[0].startswith("‘")  # in other languages ‘ is a letter or the mark of a subparagraph
            if is_curly and manuscript.document.language is not Language.ENGLISH:
                continue
            if text.count(opening, 0, found.start()) == text.count(closing, 0, found.start()):
                span = manuscript.span(unit, found.start(), found.end())
                yield span.finding(f"single quotation marks: {found[0][:_SHOWN]}", f"write {opening} {closing}")


@RULES.rule("apostrophe", Severity.NOTE, wrong="l'Assemblée", right="l’Assemblée")
def apostrophe(manuscript: Manuscript) -> Iterator[Finding]:
    """The apostrophe between letters is ’ (U+2019)."""
    for span, _ in manuscript.matches(re.compile(rf"(?<=[{LATIN}])['\u2018\u00b4`](?=[{LATIN}])")):
        yield span.finding("the apostrophe is not ’", fix="\u2019")
