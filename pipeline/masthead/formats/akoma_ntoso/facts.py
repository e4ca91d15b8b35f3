"""The facts in cover pages and prefaces, each in an element of its own or in the words of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from masthead.document import Inline, Locale, NoteCall, Text, patterns, plain
from masthead.formats.akoma_ntoso.source import AknSource, Element, children
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader, concept
from masthead.formats.akoma_ntoso.vocabulary import FACTS
from masthead.formats.opening_lines import match_number, parse_symbol

_BY_ELEMENT = {element: fact for fact, element in FACTS.items()}
# As other programs have them.
_BY_ELEMENT |= {(name, kind.removeprefix("akn4un:")): fact for (name, kind), fact in _BY_ELEMENT.items() if kind}
_BY_ELEMENT |= {("docketNumber", ""): "job", ("docDate", "issued"): "date"}
_BY_CONCEPT = {"resolutionNumber": "number", "adoption": "adoption", "dateOfIssuance": "date"}
"""The facts that the United Nations' files mark by a concept, in whichever element."""
TEXT_OUTSIDE_NOTES = ".//text()[not(ancestor::*[local-name() = 'authorialNote'])]"


class AknFacts(dict[str, list[tuple[Inline, ...]]]):
    """Facts by their names in `vocabulary.FACTS`, each with the contents of all its elements in order."""

    def first(self, fact: str) -> tuple[Inline, ...]:
        """Return the first content of a fact, empty if there is none."""
        return next(iter(self.get(fact, ())), ())


def read_facts(
    places: Iterable[Element], source: AknSource, spans: AknSpanReader, locale: Locale, *, adopted: bool
) -> AknFacts:
    """Return the facts in cover pages and prefaces. A line without any is noted as left out.

    `adopted` says that a title with a date on a cover page is the adoption: letters have dates in their titles too.
    """
    facts = AknFacts()
    for place in places:
        on_cover = place.tag == "coverPage"
        for line in lines(place):
            found = False
            for fact, child in _marked_facts(line):
                found, content = True, spans.read(child)
                if fact == "number" and parse_symbol(plain(content)):
                    fact = "symbol"
                elif child.tag == "docTitle" and not source.is_ours and (on_cover or fact != "title"):
                    marked, fact = fact, _by_words(fact, plain(content), locale, adopted=adopted)
                    if fact != marked and on_cover:
                        source.renamed.add(child)
                if fact == "symbol" and NoteCall(1, asterisk=True) in content:  # a reissue, explained in that note
                    content = (Text(f"{plain(content)}*"),)
                facts.setdefault(fact, []).append(content)
            if not found and (text := spans.text(line)):
                if stated := _stated_fact(text, locale):
                    facts.setdefault(stated[0], []).append((Text(stated[1]),))
                else:
                    source.note_loss(f"“{text[:60]}” in <{place.tag}>", line)
    return facts


def _by_words(fact: str, text: str, locale: Locale, *, adopted: bool) -> str:
    """Return which of the title lines a text is: number, adoption or title, if its words say another than its mark."""
    if match_number(text, locale):
        return "number"
    if adopted and fact != "adoption" and patterns.find_date(text, locale):
        return "adoption"
    return "title" if fact == "number" and text and not re.search(r"\d", text) else fact


def lines(place: Element | None) -> Iterator[Element]:
    """Yield the elements with text in a place, without the container of notes that no text calls."""
    for child in children(place):
        texts = (child.text, *(each.tail for each in child))
        if child.tag in ("p", "block") or any(text and text.strip() for text in texts):
            yield child
        elif child.get("name") != "notes" or any(map(str.strip, child.xpath(TEXT_OUTSIDE_NOTES))):
            yield from lines(child)


def _marked_facts(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield the facts that elements of a line mark; inside one of them no other is searched."""
    for child in element:
        kind = str(child.get("name", "")) or concept(child) or str(child.get("refersTo", "")).removeprefix("#")
        fact = _BY_ELEMENT.get((child.tag, kind)) or _BY_CONCEPT.get(kind) or _BY_ELEMENT.get((child.tag, ""))
        if child.tag == "docDate" and not fact and _is_whole_line(child, element):
            fact = "date"
        if fact:
            yield fact, child
        else:
            yield from _marked_facts(child)


def _is_whole_line(child: Element, line: Element) -> bool:
    return "".join(child.itertext()).strip() == "".join(line.itertext()).strip()


def _stated_fact(text: str, locale: Locale) -> tuple[str, str] | None:
    """Return the fact that a line of another program states by its words, and its text."""
    reading = locale.words["reading"]
    if found := patterns.match(text, [str(locale.word("masthead", "distribution"))]):
        return "distribution", found["category"]
    if text == locale.word("masthead", "organization") or patterns.find_organ(text, locale):
        return "authority", text
    if patterns.match(text, reading.get("session", ())):
        return "session", text
    if patterns.match(text, reading.get("agenda_item", ())):
        return "agenda item", text
    if not text.startswith("[") and patterns.find_date(text, locale):
        return "adoption", text
    return None
