"""What page one says of its document: in the masthead, under it, and in the imprint at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from masthead.document import Digits, Direction, JobNumber, Language, locales, organizations, symbols
from masthead.pdf.content.tagged import TaggedBlock
from masthead.pdf.drawn.direction import paired
from masthead.pdf.drawn.pages import DrawnLine, Page
from masthead.pdf.facts.places import HEAD, MASTHEAD, imprint
from masthead.pdf.facts.printed import job_line, spaced
from masthead.pdf.facts.vocabulary import Vocabulary, distribution_labels, same_words, vocabularies


class Distribution(NamedTuple):
    """What the Distr. block says. `issued` is a date as printed."""

    category: str = ""
    issued: str = ""
    day: date | None = None
    version_language: str = ""
    original_language: str = ""


def language(first: Page) -> Vocabulary | None:
    """Return the words of its language: by the organization's name in the masthead, or the letter of the job number."""
    heads = [line for line in first.lines if line.baseline < HEAD]
    named = [words for words in vocabularies() if any(_is_organization(line, words) for line in heads)]
    if named:  # several, if the name is the same in their languages
        return max(named, key=lambda words: _spoken(first, words)) if named[1:] else named[0]
    found = job(first)
    return next((words for words in vocabularies() if found and words.language is found.language), None)


def _spoken(first: Page, words: Vocabulary) -> int:
    """Return how much of page one is in a language: its direction, and lines with words that documents have there."""
    organs = words.words.get("organs", {}).values()
    forms = ("session", "agenda_item", "adoption")
    known = (
        any(same_words(line.text, str(organ)) for organ in organs)
        or any(words.reads_as(form, line.text) for form in forms)
        for line in first.lines
    )
    dated = any(words.day(line.text) for line in first.lines)
    return sum(known) + dated + 2 * (first.right_to_left is (words.language.direction is Direction.RTL))


def organization(first: Page, words: Vocabulary | None) -> str:
    """Return the organization's name."""
    head = (line for line in first.lines if line.baseline < HEAD)
    return next((line.text for line in head if words and _is_organization(line, words)), "")


def organ(first: Page) -> str:
    """Return the organ's name, of one line or more."""
    return " ".join(line.text for line in _masthead(first) if line.size > 15 and line.baseline > HEAD)


def symbol(first: Page, tree: Iterable[TaggedBlock] = ()) -> str:
    """Return what is in the place of the symbol, whether or not it is one: the enlarged letters and all after them.

    A symbol in Arabic letters is that of a block of the structure `tree`; in a file without one, its numbers may be
    read in another order.
    """
    lines = [line for line in _masthead(first) if line.baseline < HEAD]
    for text in (*(block.text for block in tree if 1 in block.pages), *(line.text for line in lines)):
        if symbols.is_right_to_left(read := symbols.as_read(text)):
            return read
    own = organizations.current().symbol
    for line in lines:
        if "/" in line.text or (own and re.fullmatch(rf"(?:{own})\*?", line.text.replace(" ", ""))):
            # On a right-to-left page, the year in brackets may be a line of its own.
            year = next((each.text for each in lines if re.fullmatch(r"\(\d{4}\)", each.text)), "")
            text = paired(line.text.replace(" ", "") + year)
            text = re.sub(r"(?<=/Part)(?=[A-Z]\b)", " ", text)
            return spaced(text) if year or re.search(r" [()]", line.text) else text
    return ""


def distribution(first: Page) -> Distribution:
    """Return the Distr. block: the lines that begin where its first line does."""
    lines = _masthead(first)
    labels = ("Distr",) if organizations.current().is_bundled else distribution_labels()
    top = next((line for line in lines if labels and line.text.startswith(labels)), None)
    if top is None and "distribution" not in organizations.current().mandatory:
        top = next((line for line in lines if _day(line.text)), None)
    if top is None:
        return Distribution()
    block = [line.text for line in lines if _aligned(line, top) and line.baseline >= top.baseline - 1]
    issued = next((line for line in block if _day(line)), "")
    return Distribution(
        _category(top.text, labels) if top.text != issued else "",
        issued,
        _day(issued),
        next((line for line in block if _names_language(line)), ""),
        next((found[1] for line in block if (found := re.match(r"Original\s*:\s*(.*)", line))), ""),
    )


def _aligned(line: DrawnLine, top: DrawnLine) -> bool:
    """Return whether a line begins below another. The block of an organization may be from right to left."""
    is_below = abs(line.left - top.left) < 4
    return is_below or (not organizations.current().is_bundled and abs(line.right - top.right) < 4)


def _category(text: str, labels: tuple[str, ...]) -> str:
    """Return the text after the label of the Distr. block."""
    label = max((each for each in labels if text.startswith(each)), key=len, default="")
    return re.sub(r"^\S*\s*", "", text[len(label) :]) if label else text


def job(first: Page) -> JobNumber | None:
    """Return the job number in the job line at the foot of page one."""
    for line in first.lines:
        if line.baseline > imprint(first):
            found = job_line().search(line.text)
            if found:
                return JobNumber.parse(f"{found[1]} ({found[2]}){found[3]}")
    return None


def recycling(first: Page, words: Vocabulary | None) -> str:
    """Return the request to recycle in the document's language."""
    word = str(words.word("imprint", "recycle")) if words else ""
    lines = (line.text for line in first.lines if line.baseline > imprint(first))
    return next((line for line in lines if same_words(line, word)), "")


def session(first: Page, words: Vocabulary | None, tree: Iterable[TaggedBlock]) -> tuple[str, str]:
    """Return the session line and the agenda item line, at the edge of the frame under the masthead.

    Where a block of the structure `tree` has the letters of a line, its text counts.
    """
    if not words:
        return "", ""
    edge = [line.text for line in first.lines if MASTHEAD < line.baseline < 330 and 50 < first.start(line) < 75]
    kinds = ("session", "agenda_item")
    session_line, item = (next((text for text in edge if words.reads_as(kind, text)), "") for kind in kinds)
    return _exact(session_line, tree), _exact(item, tree)


def adoption(first: Page, words: Vocabulary | None) -> tuple[str, str]:
    """Return the date in the line that says who adopted a resolution, as printed and in ISO 8601."""
    if not words:
        return "", ""
    bold = [line.text for line in first.lines if line.bold and line.baseline > MASTHEAD]

    def join(before: str, line: str) -> str:
        return before + line if words.language is Language.CHINESE or before.endswith("/") else f"{before} {line}"

    for at in range(len(bold)):
        for text in accumulate(bold[at : at + 3], join):
            if words.reads_as("adoption", text) and (day := words.day(text)):
                western = not any("٠" <= character <= "٩" for character in text)
                printed = locales.load(words.language).written(day, Digits.WESTERN if western else Digits.ARABIC_INDIC)
                return printed, day.isoformat()
    return "", ""


def _masthead(first: Page) -> Iterable[DrawnLine]:
    return [line for line in first.lines if line.baseline < MASTHEAD]


def _is_organization(line: DrawnLine, words: Vocabulary) -> bool:
    return same_words(line.text, str(words.word("masthead", "organization")))


def _day(text: str) -> date | None:
    return next((day for words in vocabularies() if (day := words.day(text))), None)


def _names_language(text: str) -> bool:
    names = {language.name.title() for language in Language}
    return text in names | {str(words.word("masthead", "language")) for words in vocabularies()}


def _exact(text: str, tree: Iterable[TaggedBlock]) -> str:
    """Return the text of the block that has the letters of a line; the line itself without such a block."""
    letters, longest = _letters(text), 2 * len(text) + 10  # spaces and marks add no more than that
    near = (element.text for element in tree if text and len(element.text) < longest)
    return next((each for each in near if _letters(each) == letters), paired(text))


def _letters(text: str) -> str:
    """Return letters and digits sorted: by them texts are compared that were extracted in different orders."""
    return "".join(sorted(filter(str.isalnum, text)))
