"""The facts that a cover page and a preface tell, each in an element of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from masthead.document import Inline, Locale, NoteCall, Symbol, Text, patterns, plain
from masthead.formats.akoma_ntoso.spans import Spans, concept
from masthead.formats.akoma_ntoso.xml import Element, Source

_ELEMENTS = {
    ("docNumber", "symbol"): "symbol",
    ("docNumber", "publicationNumber"): "job",
    ("docNumber", ""): "number",
    ("docketNumber", ""): "job",
    ("docDate", "issued"): "date",
    ("docCommittee", ""): "body",
    ("docProponent", ""): "sponsors",
    ("docTitle", ""): "title",
    ("docType", ""): "type",
    ("docAuthority", ""): "authority",
    ("session", ""): "session",
    ("inline", "akn4un:distribution"): "distribution",
    ("inline", "akn4un:issued"): "date",
    ("inline", "akn4un:languageOfExpression"): "language",
    ("inline", "akn4un:originalLanguage"): "original",
    ("inline", "akn4un:place"): "place",
    ("inline", "akn4un:agendaItem"): "agenda item",
    ("inline", "akn4un:agendaTitle"): "agenda title",
    ("inline", "akn4un:adoption"): "adoption",
    ("inline", "akn4un:basis"): "basis",
    ("inline", "akn4un:subTitle"): "subtitle",
}
"""Which fact an element holds, by its name and by its `@name` or the concept that it refers to."""

_BESIDES_NOTES = ".//text()[not(ancestor::*[local-name() = 'authorialNote'])]"

Facts = Mapping[str, list[tuple[Inline, ...]]]


def read_facts(places: Iterable[Element | None], source: Source, spans: Spans, locale: Locale) -> Facts:
    """Return the facts that cover pages and prefaces tell, each as often as it is told, in order."""
    facts: dict[str, list[tuple[Inline, ...]]] = {}
    for place in places:
        on_cover = place is not None and source.name(place) == "coverPage"
        for line in lines(place, source):
            found = False
            for fact, element in _found(line, source):
                found, content = True, spans.read(element)
                if fact == "number" and symbol_in(plain(content)):
                    fact = "symbol"
                elif fact == "title" and on_cover and patterns.find_date(plain(content), locale):
                    fact = "adoption"
                if fact == "symbol" and NoteCall(1, asterisk=True) in content:  # tells that the document is a reissue
                    content = (Text(f"{plain(content)}*"),)
                facts.setdefault(fact, []).append(content)
            if not found and (text := spans.text(line)):
                for fact, value in _meant(text, locale):
                    facts.setdefault(fact, []).append((Text(value),))
                    found = True
                if not found:
                    source.leave_out(f"“{text[:60]}” in <{source.name(place)}>", line)
    return facts


def lines(place: Element | None, source: Source) -> Iterator[Element]:
    """The paragraphs in a place, and all else that has text, but for the container that holds uncalled notes."""
    for child in source.children(place):
        texts = (child.text, *(each.tail for each in child))
        if source.name(child) in ("p", "block") or any(text and text.strip() for text in texts):
            yield child
        elif child.get("name") != "notes" or any(map(str.strip, child.xpath(_BESIDES_NOTES))):
            yield from lines(child, source)


def symbol_in(text: str) -> Symbol | None:
    """The symbol that is the whole of `text`; None where it is a number or a letter."""
    try:
        return Symbol.parse(text.strip())
    except ValueError:
        return None


def _found(element: Element, source: Source) -> Iterator[tuple[str, Element]]:
    """The facts in a line; inside one no other is looked for."""
    for child in element:
        name = source.name(child)
        fact = _ELEMENTS.get((name, str(child.get("name", "")) or concept(child))) or _ELEMENTS.get((name, ""))
        if name == "docDate" and not fact and _is_all(child, element):
            fact = "date"
        if fact:
            yield fact, child
        else:
            yield from _found(child, source)


def _is_all(child: Element, line: Element) -> bool:
    """Whether a line says nothing else than what stands in `child`."""
    return "".join(child.itertext()).strip() == "".join(line.itertext()).strip()


def _meant(text: str, locale: Locale) -> Iterator[tuple[str, str]]:
    """What a line of another's means by its words."""
    if found := patterns.match(text, [str(locale.word("masthead", "distribution"))]):
        yield "distribution", found["category"]
    elif text == locale.word("masthead", "organization") or patterns.find_organ(text, locale):
        yield "authority", text
    elif patterns.match(text, locale.words["reading"].get("session", ())):
        yield "session", text
    elif patterns.match(text, locale.words["reading"].get("agenda_item", ())):
        yield "agenda item", text
    elif not text.startswith("[") and patterns.find_date(text, locale):
        yield "adoption", text
