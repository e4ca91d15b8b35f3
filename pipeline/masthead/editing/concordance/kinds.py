"""The kinds of disagreement, as rules: each has a name and a meaning. `comparison` finds them all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from masthead.document import Rule, Severity
from masthead.document.references import Citation, Kind

_UNITS = {  # the words that editors use for the kinds of `Unit`
    "paragraph": ("formula", "preambular", "operative", "numbered", "plain"),
    "sub-paragraph": ("item",),
    "heading": ("heading", "part", "annex title"),
    "table": ("table",),
    "row": (),
    "column": (),
    "cell": ("cell",),
    "table note": ("table note",),
    "figure": ("figure", "alternative"),
    "unit": ("unit",),
    "remark": ("remark",),
    "box": ("box",),
    "vote": ("vote",),
    "annex": ("annex",),
    "note": ("note",),
    "opening line": (
        *("session", "place", "body", "agenda item", "agenda title", "adoption", "basis", "sponsors", "title"),
        "subtitle",
    ),
    "closing line": ("closing",),
}
_WORDS = {kind: word for word, kinds in _UNITS.items() for kind in kinds}
NUMBERED = ("paragraph", "sub-paragraph", "heading", "table", "figure", "annex", "note")
MERGED = ("paragraph", "sub-paragraph")
ORDERED = ("paragraph", "sub-paragraph", "note")  # besides the rows and columns of tables
_LEVELLED = ("sub-paragraph", "heading")
_TEXTS = {  # the name of the text of each unit, if it is untranslated
    **dict.fromkeys(("paragraph", "sub-paragraph"), "paragraph"),
    **dict.fromkeys(("heading", "table", "figure", "box", "annex"), "heading"),
    **dict.fromkeys(("cell", "vote", "unit"), "cell"),
    **dict.fromkeys(("note", "table note", "remark"), "note"),
    **dict.fromkeys(("opening line", "closing line"), "line"),
}
_CITED = (Kind.PARAGRAPH, Kind.ARTICLE, Kind.ANNEX, Kind.TABLE, Kind.FIGURE, Kind.SECTION, Kind.NOTE)
FACETS: Mapping[str, tuple[str, ...]] = {
    "date": ("year", "month", "day"),
    "resolution": ("organ", "session", "serial"),
    "treaty": ("volume", "number"),
}
"""The parts in which two references of one kind may differ. If only one part differs, that is a kind of its own."""


def word(unit: str) -> str:
    """What an editor calls a unit of this kind: a `preambular` is a paragraph."""
    return _WORDS[unit]


def spelled(word: str) -> str:
    """The word in texts for people: the names of kinds keep `sub-paragraph`, which programs may depend on."""
    return word.replace("sub-paragraph", "subparagraph")


def label(citation: Citation) -> str:
    """The kind of a disagreement about this reference."""
    if citation.kind is Kind.DOCUMENT:
        return "resolution" if "/RES/" in citation.value else "decision" if "/DEC/" in citation.value else "symbol"
    return f"cited {citation.kind}" if citation.kind in _CITED else str(citation.kind)


def untranslated(unit: str) -> str:
    """The kind of a disagreement about a unit that is not translated."""
    return f"untranslated {_TEXTS[word(unit)]}"


def _kinds() -> Iterator[tuple[str, str]]:
    """The name and meaning of every kind."""
    for fact, text in _MASTHEAD.items():
        yield f"masthead: {fact}", text
    yield "table of contents", "whether there is one, and its depth"
    for unit in _UNITS:
        one = f"an {spelled(unit)}" if unit[0] in "ao" else f"a {spelled(unit)}"
        yield f"{unit}: missing", f"{one} that most others have; with two versions, that only the other has"
        yield f"{unit}: extra", f"{one} that most others do not have"
    for unit in MERGED:
        yield f"{unit}: merged", f"one {spelled(unit)} instead of two"
        yield f"{unit}: split", f"two {spelled(unit)}s instead of one"
    for unit in ("paragraph", "sub-paragraph", "row", "column", "note"):
        yield f"{unit}: order", f"the {spelled(unit)} is in another place"
    for unit in NUMBERED:
        yield f"{unit}: number", f"the {'letter' if unit == 'sub-paragraph' else 'number'} of the {spelled(unit)}"
    for unit in _LEVELLED:
        yield f"{unit}: level", f"the {'degree' if unit == 'sub-paragraph' else 'level'} of the {spelled(unit)}"
    yield from _CONTENT.items()
    for name in dict.fromkeys(_TEXTS.values()):
        yield f"untranslated {name}", "a text in another language, or the same text in two versions"


_MASTHEAD = {
    "type": "the type of document",
    "symbol": "the symbol, if the number is the same",
    "number": "the number of the resolution or decision",
    "organ": "the organ that issues the document",
    "job number": "the digits of the job number",
    "distribution": "the category of distribution",
    "date of issue": "the date in the Distr. block",
    "original language": "the original language in the Distr. block",
}
_CONTENT = {
    "form": "whether a text is a paragraph, a subparagraph or a heading",
    "table: head": "the number of header rows",
    "cell: empty": "a cell without text that has text in the others",
    "cell: number": "a number in a cell",
    "vote: count": "the number of States that voted this way",
    "number": "a number that differs or is missing, whatever its digits and separators",
    "number: digits swapped": "the same digits in another order",
    "number: one digit": "a number that differs in one digit",
    "percentage": "a percentage",
    "amount of money": "an amount of money",
    "symbol": "a document cited by its symbol",
    "resolution": "a cited resolution",
    "resolution: organ": "a cited resolution of another organ with the same number",
    "resolution: session": "a cited resolution of another session, or year, with the same serial number",
    "resolution: serial": "a cited resolution of the same session, or year, with another serial number",
    "resolution: type": "a resolution that is a decision of the same number in another version",
    "decision": "a cited decision",
    "date": "a date that is missing, or differs in more than one part",
    "date: day": "a date that differs in the day",
    "date: month": "a date that differs in the month",
    "date: year": "a date that differs in the year",
    "session": "a session",
    "meeting": "a meeting",
    "agenda item": "an agenda item",
    "treaty": "a cited treaty",
    "treaty: volume": "a cited treaty that differs in the volume",
    "treaty: number": "a cited treaty that differs in the number",
    "target": "a target of the Sustainable Development Goals",
    "goal": "a Sustainable Development Goal",
    **{f"cited {kind}": f"a cited {kind}" for kind in _CITED},
    "note call: lost": "the note has one call fewer than in the others",
    "note call: extra": "the note has one call more than in the others",
    "note call: moved": "the note has as many calls as in the others, but one is in another place",
    "note call: order": "the same notes are called in another order",
    "note call: another": "the call is to another note",
    "table note call": "the notes of a table that a text calls",
    "emphasis": "whether any word of a paragraph of a resolution is emphasized",
    "opening verb": "opening verbs that cannot have the same meaning",
    "bold passage": "whether there are bold words, outside resolutions",
    "ending": "the punctuation mark at the end: comma, semicolon, full stop or colon",
    "organ": "organs, if versions name different ones",
    "revision": "a text that changed in some versions since the earlier ones, and not in others",
    "longer": "a text much longer than in the other versions",
    "shorter": "a text much shorter than in the other versions",
}

KINDS: Mapping[str, Rule[object]] = {name: Rule(name, Severity.ERROR, text) for name, text in _kinds()}
"""Every kind of disagreement by its name, in the order of the documentation."""
