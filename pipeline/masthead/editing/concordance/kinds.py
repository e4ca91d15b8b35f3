"""The kinds of disagreement there are, by the names under which they are told, each with what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from masthead.document.references import Citation, Kind

_UNITS = {  # the kinds of `Unit`, in the words of an editor
    "paragraph": ("formula", "preambular", "operative", "numbered", "plain"),
    "sub-paragraph": ("item",),
    "heading": ("heading", "part"),
    "table": ("table",),
    "row": (),
    "column": (),
    "cell": ("cell",),
    "table note": ("table note",),
    "figure": ("figure", "alternative"),
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
_MERGED = ("paragraph", "sub-paragraph")
_ORDERED = ("paragraph", "sub-paragraph", "row", "column", "note")
_LEVELLED = ("sub-paragraph", "heading")
_TEXTS = {  # what is untranslated, for each unit
    **dict.fromkeys(("paragraph", "sub-paragraph"), "paragraph"),
    **dict.fromkeys(("heading", "table", "figure", "box", "annex"), "heading"),
    **dict.fromkeys(("cell", "vote"), "cell"),
    **dict.fromkeys(("note", "table note"), "note"),
    **dict.fromkeys(("opening line", "closing line"), "line"),
}
_CITED = (Kind.PARAGRAPH, Kind.ARTICLE, Kind.ANNEX, Kind.TABLE, Kind.FIGURE, Kind.SECTION, Kind.NOTE)
FACETS: Mapping[str, tuple[str, ...]] = {
    "date": ("year", "month", "day"),
    "resolution": ("organ", "session", "serial"),
    "treaty": ("volume", "number"),
}
"""What two references of one kind may differ in; a kind of its own where it is all they differ in."""


def word(unit: str) -> str:
    """What an editor calls a unit of this kind: `preambular` is a paragraph."""
    return _WORDS[unit]


def label(citation: Citation) -> str:
    """The kind under which a difference in this reference is told."""
    if citation.kind is Kind.DOCUMENT:
        return "resolution" if "/RES/" in citation.value else "decision" if "/DEC/" in citation.value else "symbol"
    return f"cited {citation.kind}" if citation.kind in _CITED else str(citation.kind)


def untranslated(unit: str) -> str:
    """The kind under which a unit is told that is not translated."""
    return f"untranslated {_TEXTS[word(unit)]}"


def _kinds() -> Iterator[tuple[str, str]]:
    for fact, text in (
        ("type", "the kind of document"),
        ("symbol", "the symbol, where the number is the same"),
        ("number", "the resolution’s or decision’s number"),
        ("organ", "the organ that issues it"),
        ("job number", "the digits of the job number"),
        ("distribution", "the category of distribution"),
        ("date of issue", "the date in the Distr. block"),
        ("original language", "the original language that the Distr. block names"),
    ):
        yield f"masthead: {fact}", text
    yield "table of contents", "whether there is one, and down to which level"
    for unit in _UNITS:
        yield f"{unit}: missing", f"the {unit} that most others have; of two versions, what only one has"
        yield f"{unit}: extra", f"a {unit} that most others have not"
    for unit in _MERGED:
        yield f"{unit}: merged", f"one {unit}, where the others have two"
        yield f"{unit}: split", f"two {unit}s, where the others have one"
    for unit in _ORDERED:
        yield f"{unit}: order", f"the {unit} stands in another place among its like"
    for unit in NUMBERED:
        yield f"{unit}: number", f"the {'letter' if unit == 'sub-paragraph' else 'number'} of the {unit}"
    for unit in _LEVELLED:
        yield f"{unit}: level", f"the {unit} stands on another level"
    for name, text in _CONTENT.items():
        yield name, text
    for name in dict.fromkeys(_TEXTS.values()):
        yield f"untranslated {name}", "it is in another language, or the same in two versions"


_CONTENT = {
    "table: head": "how many of its rows head the table",
    "cell: empty": "a cell without text, where the others have some",
    "cell: number": "another number in a cell",
    "vote: count": "how many States voted so",
    "number": "a number that is another, or is not there, whatever its digits and marks between groups",
    "number: digits swapped": "the same digits in another order",
    "number: one digit": "one digit is another",
    "percentage": "a number of per cent",
    "amount of money": "a number of dollars or the like",
    "symbol": "a document named by its symbol",
    "resolution": "a resolution named",
    "resolution: organ": "a resolution of the same number of another organ",
    "resolution: session": "a resolution of another session, or year, of the same serial",
    "resolution: serial": "a resolution of another serial of the same session, or year",
    "decision": "a decision named",
    "date": "a date, or one that differs in more than one part",
    "date: day": "a date of another day of the same month",
    "date: month": "a date of another month",
    "date: year": "a date of another year",
    "session": "a session named",
    "meeting": "a meeting named",
    "agenda item": "an agenda item named",
    "treaty": "a treaty cited",
    "treaty: volume": "a treaty cited from another volume",
    "treaty: number": "a treaty cited by another number",
    "target": "a target of the Sustainable Development Goals",
    "goal": "a Sustainable Development Goal",
    **{f"cited {kind}": f"{'an' if kind[0] in 'a' else 'a'} {kind} referred to" for kind in _CITED},
    "note call: lost": "a note that is called once less often than in the others",
    "note call: extra": "a note that is called once more often than in the others",
    "note call: moved": "a note that is called as often as in the others, but here and not there",
    "note call: order": "the same notes are called in another order",
    "note call: another": "another note is called",
    "table note call": "which notes of its table a text calls",
    "emphasis": "whether the opening verb is set apart",
    "opening verb": "opening verbs that cannot mean the same",
    "bold passage": "whether words are set bold, outside resolutions",
    "ending": "the mark that ends the paragraph: comma, semicolon, full stop or colon",
    "organ": "organs named, where the versions name different ones",
    "longer": "much longer than its sisters usually are",
    "shorter": "much shorter than its sisters usually are",
}

KINDS: Mapping[str, str] = dict(_kinds())
"""Every kind that a concordance may tell, with what it means, in the order of the documentation."""
