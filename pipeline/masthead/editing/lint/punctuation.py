"""Rules about marks and the spaces beside them: punctuation, brackets, quotation marks, the apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.document import Language, Severity
from masthead.editing.lint.characters import ARABIC, LATIN
from masthead.editing.lint.evidence import MOST, Evidence, Fault, Rules

RULES = Rules()

_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "《": "》", "〈": "〉", "「": "」"}
_FOREIGN_QUOTES = re.compile('[“”„«»"]')


@RULES.rule("doubled-space", Severity.WARNING, wrong="of the  Council", right="of the Council")
def doubled_space(evidence: Evidence) -> Iterator[Fault]:
    """Between two words stands one space."""
    for fault, _ in evidence.matches(re.compile(r"(?<=\S)  +(?=\S)")):
        yield fault.saying("two spaces or more stand between words", fix=" ")


@RULES.rule("space-before-mark", Severity.WARNING, wrong="their roofs ,", right="their roofs,")
def space_before_mark(evidence: Evidence) -> Iterator[Fault]:
    """No space stands before a mark of punctuation or a closing bracket; French has one before `; : ! ?`."""
    marks = r",.)\]" if evidence.document.language is Language.FRENCH else r",;:.?!)\]،؛؟，；：。"
    for fault, _ in evidence.matches(re.compile(rf"(?<=[^\s,;:.])[ \u00a0](?=[{marks}](?:[\s\0]|$))")):
        yield fault.saying("a space stands before a mark of punctuation", fix="")


@RULES.rule("space-missing", Severity.WARNING, wrong="les villes;", right="les villes ;")
def space_missing(evidence: Evidence) -> Iterator[Fault]:
    """A space follows a comma or semicolon between words. French has one before `; : ! ?` and inside `« »` too."""
    if evidence.document.language is Language.CHINESE:
        return
    for fault, _ in evidence.matches(re.compile(r"(?<=[^\W\d_])[,;،؛](?=[^\W\d_])")):
        yield fault.saying("no space follows the mark of punctuation", fix=f"{_text(fault)} ")
    if evidence.document.language is Language.FRENCH:
        for fault, found in evidence.matches(re.compile(r"(?<=[^\W\d_])[;:!?»](?!\S)|«(?=\w)")):
            spaced = "« " if found[0] == "«" else f" {found[0]}"
            yield fault.saying(f"no space stands {'behind' if found[0] == '«' else 'before'} “{found[0]}”", fix=spaced)


def _text(fault: Fault) -> str:
    return fault.unit.text[fault.start : fault.end] if fault.unit else ""


@RULES.rule("doubled-mark", Severity.WARNING, wrong="the roofs,,", right="the roofs,")
def doubled_mark(evidence: Evidence) -> Iterator[Fault]:
    """A mark of punctuation stands once; a comma or semicolon beside another mark is one too many."""
    pattern = re.compile(r"[,;،؛，；：] ?[,;:،؛，；：。]|[,;،؛]\.|(?<!\.)\.\.(?!\.)")
    for fault, found in evidence.matches(pattern):
        yield fault.saying(f"two marks of punctuation stand together: “{found[0]}”", "keep the one that is meant")


@RULES.rule("punctuation-script", Severity.WARNING, wrong="النساء, والأطفال", right="النساء، والأطفال")
def punctuation_script(evidence: Evidence) -> Iterator[Fault]:
    """Arabic and Chinese have marks of punctuation of their own; the Latin ones stand only among Latin letters."""
    marks: dict[str, str] = evidence.words.get("punctuation", {})
    if not marks:
        return
    letters = ARABIC if evidence.document.language is Language.ARABIC else "\u4e00-\u9fff》”）"
    signs = "".join(map(re.escape, marks))
    for fault, found in evidence.matches(re.compile(rf"(?<=[{letters}\u064b-\u0652])[{signs}](?=[\s\0{letters}]|$)")):
        yield fault.saying(f"“{found[0]}” is the Latin mark; here it is “{marks[found[0]]}”", fix=marks[found[0]])


@RULES.rule("brackets", Severity.WARNING, wrong="(see A/71/119", right="(see A/71/119)")
def brackets(evidence: Evidence) -> Iterator[Fault]:
    """Every bracket that opens closes in the same paragraph, and the other way round."""
    pattern = re.compile(r"[()\[\]{}（）《》〈〉「」]")
    for unit, text in evidence.texts:
        opened: list[re.Match[str]] = []
        for found in pattern.finditer(text):
            if found[0] in _PAIRS:
                opened.append(found)
            elif opened and _PAIRS[opened[-1][0]] == found[0]:
                opened.pop()
            elif not (
                found[0] == ")" and re.search(r"(?:^|[\s,;])\w{1,4}\Z", text[max(0, found.start() - 6) : found.start()])
            ):
                yield Fault(f"“{found[0]}” closes nothing", unit, found.start(), found.end(), "open it, or take it out")
        for found in opened[:MOST]:
            yield Fault(f"“{found[0]}” is not closed", unit, found.start(), found.end(), "close it, or take it out")


@RULES.rule("quotes", Severity.WARNING, wrong="the item “Gardens", right="the item “Gardens”")
def quotes(evidence: Evidence) -> Iterator[Fault]:
    """Every quotation mark that opens closes in the same paragraph."""
    opening, closing = evidence.words["quotes"]
    for unit, text in evidence.texts:
        if text.count(opening) == text.count(closing):
            continue
        mark = opening if text.count(opening) > text.count(closing) else closing
        at = text.rindex(mark)
        yield Fault(f"the mark {mark} has no counterpart", unit, at, at + 1, "add it, or take this one out")


@RULES.rule("quote-form", Severity.WARNING, wrong='the item "Gardens"', right="the item “Gardens”")
def quote_form(evidence: Evidence) -> Iterator[Fault]:
    """Quotation marks are those of the language: “ ” in English, Spanish and Chinese, « » in French and Russian,
    ” “ in Arabic.
    """
    opening, closing = evidence.words["quotes"]
    for unit, text in evidence.texts:
        inside = opening in text
        for found in _FOREIGN_QUOTES.finditer(text):
            if found[0] not in (opening, closing) and (found[0] == '"' or not inside):
                yield Fault(
                    f"the mark {found[0]} is not this language’s",
                    unit,
                    found.start(),
                    found.end(),
                    f"write {opening} {closing}",
                )
                break


@RULES.rule("apostrophe", Severity.NOTE, wrong="l'Assemblée", right="l’Assemblée")
def apostrophe(evidence: Evidence) -> Iterator[Fault]:
    """The apostrophe between letters is ’ (U+2019)."""
    for fault, _ in evidence.matches(re.compile(rf"(?<=[{LATIN}])['\u2018\u00b4`](?=[{LATIN}])")):
        yield fault.saying("the apostrophe is not ’", fix="\u2019")
